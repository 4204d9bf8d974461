// outline_office.cpp - the half of the outline that offices and jurists meet: steps, competence,
// legal basis, dates, how results are printed and kept.
#include <algorithm>
#include <array>

#include "bpmn/process.h"
#include "procedure/outline.h"
#include "procedure/procedure_json.h"
#include "rules/dmn_model.h"
#include "rules/expression.h"

namespace procedure {
namespace {

using form::Bilingual;

Bilingual day(const std::optional<calendar::Date>& date) {
  if (!date) return {};
  return {calendar::to_vietnamese(*date), calendar::to_iso(*date)};
}

Bilingual action_in_words(StepAction action) {
  switch (action) {
    case StepAction::receive:
      return {"tiếp nhận", "receive"};
    case StepAction::assign:
      return {"phân công", "assign"};
    case StepAction::process:
      return {"thụ lý", "process"};
    case StepAction::consult:
      return {"cho ý kiến", "consult"};
    case StepAction::approve:
      return {"ký duyệt", "approve"};
    case StepAction::issue:
      return {"phát hành", "issue"};
    case StepAction::return_result:
      return {"trả kết quả", "return"};
  }
  return {};
}

Bilingual part_in_words(AgencyPart part) {
  switch (part) {
    case AgencyPart::receiving:
      return {"nơi tiếp nhận", "the receiving agency"};
    case AgencyPart::competent:
      return {"cơ quan có thẩm quyền", "the competent agency"};
    case AgencyPart::lead:
      return {"cơ quan chủ trì", "the leading agency"};
    case AgencyPart::committee:
      return {"Ủy ban nhân dân", "the people's committee"};
    case AgencyPart::consulted:
      return {"cơ quan được lấy ý kiến", "the consulted agency"};
    case AgencyPart::police:
      return {"cơ quan Công an", "the police"};
    case AgencyPart::insurance:
      return {"cơ quan Bảo hiểm xã hội", "the social insurance"};
  }
  return {};
}

Entry step_entry(const Step& step) {
  Entry entry{"process.steps." + step.id,
              Affected::officer,
              {"Bước “" + step.title.vi + "”", "Step “" + step.title.en + "”"},
              {}};
  const auto say = [&](std::string key, Bilingual label, Bilingual value) {
    entry.facts.push_back(
        {std::move(key), Affected::officer, std::move(label), std::move(value), {}});
  };
  say("title", {"tên", "title"}, step.title);
  say("action", {"việc", "action"}, action_in_words(step.action));
  say("role", {"người làm", "done by"}, party::title(step.role));
  say("agency", {"nơi làm", "done at"}, part_in_words(step.agency));
  Fact limit{"limit", Affected::officer, {"thời gian", "time"}, {}, {}, Fact::Measure::length};
  if (step.limit) {
    limit.value = in_words(*step.limit);
    limit.size = step.limit->working_minutes();
  }
  entry.facts.push_back(std::move(limit));
  say("counted", {"tính vào thời hạn", "counted"}, yes_or_no(step.counted));
  for (const Outcome& outcome : step.outcomes) {
    Bilingual label = outcome.label;
    if (outcome.needs_reason) {
      label.vi += " (phải nêu lý do)";
      label.en += " (with a reason)";
    }
    say("outcomes." + outcome.code,
        {"kết quả bước “" + outcome.code + "”", "outcome “" + outcome.code + "”"}, label);
  }
  say("silence", {"kết quả khi hết thời gian", "outcome when time is over"}, plain(step.silence));
  say("status", {"trạng thái quốc gia", "national status"},
      plain(std::to_string(step.national_status)));
  return entry;
}

void tell_process(const Procedure& procedure, Outline& outline) {
  Order steps{"process.steps", Affected::officer, {"thứ tự các bước", "order of the steps"}, {}};
  for (const Step& step : procedure.steps) {
    steps.items.emplace_back(step.id, step.title);
    outline.entries.push_back(step_entry(step));
  }
  outline.orders.push_back(std::move(steps));
  if (procedure.process == nullptr) return;
  const bpmn::Process& process = *procedure.process;
  for (const bpmn::ProcessNode& node : process.nodes()) {
    if (procedure.find_step(node.id) != nullptr) continue;
    const std::string kind{bpmn::to_string(node.kind)};
    const std::string name = node.name.empty() ? node.id : node.name;
    outline.entries.push_back(
        {"process.nodes." + node.id,
         Affected::officer,
         {"Phần tử “" + name + "” của quy trình", "Element “" + name + "” of the process"},
         {{"kind", Affected::officer, {"loại", "kind"}, plain(kind), {}},
          {"name", Affected::officer, {"tên", "name"}, plain(node.name), {}},
          {"event",
           Affected::officer,
           {"sự kiện", "event"},
           node.event.kind == bpmn::EventKind::none
               ? Bilingual{}
               : plain(std::string{bpmn::to_string(node.event.kind)} + " " + node.event.name + " " +
                       node.event.text),
           {}}}});
  }
  const auto name = [&](bpmn::NodeIndex index) {
    const bpmn::ProcessNode& node = process.node(index);
    return node.name.empty() ? node.id : node.name;
  };
  for (const bpmn::ProcessFlow& flow : process.flows()) {
    const std::string from = name(flow.source);
    const std::string to = name(flow.target);
    outline.entries.push_back(
        {"process.flows." + flow.id,
         Affected::officer,
         {"Đường đi từ “" + from + "” đến “" + to + "”",
          "The way from “" + from + "” to “" + to + "”"},
         {{"from", Affected::officer, {"đi từ", "from"}, plain(from), {}},
          {"to", Affected::officer, {"đi đến", "to"}, plain(to), {}},
          {"when",
           Affected::officer,
           {"điều kiện", "condition"},
           plain(flow.condition == nullptr ? std::string{} : flow.condition->text()),
           {}},
          {"default",
           Affected::officer,
           {"mặc định", "default"},
           flow.is_default ? yes_or_no(true) : Bilingual{},
           {}}}});
  }
}

void tell_rules(const Procedure& procedure, Outline& outline) {
  if (procedure.rules == nullptr) return;
  for (const rules::DecisionEntry& decision : procedure.rules->decisions()) {
    outline.entries.push_back(
        {"rules." + decision.id,
         Affected::fee,
         {"Quyết định “" + decision.name + "”", "Decision “" + decision.name + "”"},
         {{"name", Affected::fee, {"tên", "name"}, plain(decision.name), {}},
          {"type", Affected::fee, {"kiểu", "type"}, plain(decision.type), {}}}});
  }
}

Entry authority_entry(const Authority& authority) {
  Entry entry{"authority", Affected::law, {"Thẩm quyền", "Competence"}, {}};
  const auto say = [&](const char* key, Bilingual label, Bilingual value) {
    entry.facts.push_back({key, Affected::law, std::move(label), std::move(value), {}});
  };
  say("text", {"cơ quan giải quyết", "agency"}, authority.text);
  say("rule", {"cách xác định", "rule"}, plain(std::string{to_text(authority.rule)}));
  say("place_field", {"theo câu hỏi", "by the question"}, plain(authority.place_field));
  say("lead", {"cơ quan chủ trì", "lead"}, plain(authority.lead));
  say("committee", {"Ủy ban nhân dân", "committee"}, plain(authority.committee));
  say("agency", {"cơ quan", "agency code"}, plain(authority.agency));
  say("decision", {"theo quyết định", "by the decision"}, plain(authority.decision));
  say("consulted", {"cơ quan được lấy ý kiến", "consulted"}, plain(authority.consulted));
  say("body", {"đơn vị của xã", "body of the commune"}, plain(authority.body));
  Bilingual partners;
  for (const Partner& partner : authority.partners) {
    const Bilingual part = part_in_words(partner.part);
    partners.vi += (partners.vi.empty() ? "" : "; ") + part.vi + " " + partner.kind;
    partners.en += (partners.en.empty() ? "" : "; ") + part.en + " " + partner.kind;
  }
  say("partners", {"cơ quan phối hợp", "partners"}, partners);
  return entry;
}

void tell_law(const Procedure& procedure, Outline& outline) {
  Entry self{"", Affected::law, {}, {}};
  const auto say = [&](const char* key, Bilingual label, Bilingual value) {
    self.facts.push_back({key, Affected::law, std::move(label), std::move(value), {}});
  };
  say("code", {"Mã thủ tục", "Code"}, plain(procedure.code));
  say("revision", {"Bản", "Revision"}, plain(std::to_string(procedure.revision)));
  say("effective_from", {"Có hiệu lực từ", "In force from"}, day(procedure.effective_from));
  say("effective_to", {"Có hiệu lực đến", "In force until"}, day(procedure.effective_to));
  say("level", {"Cấp thực hiện", "Level"}, plain(std::string{to_text(procedure.level)}));
  Bilingual kept;
  if (procedure.retention) {
    const Retention& retention = *procedure.retention;
    kept = retention.permanent ? Bilingual{"vĩnh viễn", "permanently"}
                               : Bilingual{std::to_string(retention.years) + " năm",
                                           std::to_string(retention.years) + " years"};
    if (!retention.basis.empty()) {
      kept.vi += " (" + retention.basis + ")";
      kept.en += " (" + retention.basis + ")";
    }
  }
  say("retention", {"Thời hạn lưu hồ sơ", "Dossiers are kept"}, kept);
  std::string assumed;
  for (const std::string& one : procedure.assumed) assumed += (assumed.empty() ? "" : ", ") + one;
  say("assumed", {"Nội dung còn giả định", "What is assumed"}, plain(assumed));
  outline.entries.push_back(std::move(self));
  outline.entries.push_back(authority_entry(procedure.authority));
  for (const LegalBasis& basis : procedure.legal_basis) {
    const std::string act = basis.act + (basis.article.empty() ? "" : ", " + basis.article);
    outline.entries.push_back({"legal_basis." + act,
                               Affected::law,
                               {"Căn cứ pháp lý " + act, "Legal basis " + act},
                               {{"title", Affected::law, {"tên", "title"}, basis.title, {}},
                                {"from", Affected::law, {"từ ngày", "from"}, day(basis.from), {}},
                                {"to", Affected::law, {"đến ngày", "to"}, day(basis.to), {}}}});
  }
  for (const LinkedProcedure& linked : procedure.linked) {
    Fact limit{"limit", Affected::deadline, {"thời hạn", "limit"}, in_words(linked.limit), {}};
    limit.size = nominal_working_minutes(linked.limit);
    limit.measure = Fact::Measure::length;
    outline.entries.push_back(
        {"linked." + linked.code,
         Affected::citizen,
         {"Thủ tục liên thông “" + linked.name.vi + "”",
          "Linked procedure “" + linked.name.en + "”"},
         {{"name", Affected::citizen, {"tên", "name"}, linked.name, {}},
          {"agency", Affected::officer, {"nơi làm", "done by"}, linked.agency, {}},
          {"agency_code",
           Affected::officer,
           {"mã nơi làm", "agency code"},
           plain(linked.agency_code),
           {}},
          std::move(limit)}});
  }
}

void tell_layouts(const Procedure& procedure, Outline& outline) {
  for (const ResultLayout& layout : procedure.result_layouts) {
    Entry entry{
        "layouts." + layout.code,
        Affected::officer,
        {"Cách in kết quả " + layout.code, "Layout of the result " + layout.code},
        {{"template", Affected::officer, {"mẫu in", "template"}, plain(layout.template_id), {}}}};
    for (const ResultField& field : layout.fields) {
      entry.facts.push_back({"fields." + field.path,
                             Affected::officer,
                             {"ô “" + field.path + "”", "field “" + field.path + "”"},
                             plain(field.value == nullptr ? "" : field.value->text()),
                             {}});
    }
    outline.entries.push_back(std::move(entry));
  }
}

void tell_examples(const Procedure& procedure, Outline& outline) {
  for (const Example& example : procedure.examples) {
    std::string papers;
    for (const std::string& id : example.components) papers += (papers.empty() ? "" : ", ") + id;
    outline.entries.push_back(
        {"examples." + example.name,
         Affected::officer,
         {"Ví dụ kiểm thử “" + example.name + "”", "Worked example “" + example.name + "”"},
         {{"answers",
           Affected::officer,
           {"nội dung khai", "answers"},
           plain(base::to_text(example.answers)),
           {}},
          {"channel",
           Affected::officer,
           {"cách nộp", "channel"},
           plain(std::string{to_text(example.channel)}),
           {}},
          {"on", Affected::officer, {"ngày", "day"}, plain(calendar::to_iso(example.on)), {}},
          {"case", Affected::officer, {"trường hợp", "case"}, plain(example.case_id), {}},
          {"fee", Affected::officer, {"lệ phí", "fee"}, plain(std::to_string(example.fee)), {}},
          {"components", Affected::officer, {"giấy tờ", "papers"}, plain(papers), {}}}});
  }
}

}  // namespace

form::Bilingual plain(std::string text) {
  return {text, text};
}

form::Bilingual yes_or_no(bool value) {
  return value ? Bilingual{"có", "yes"} : Bilingual{"không", "no"};
}

void outline_for_offices(const Procedure& procedure, Outline& outline) {
  tell_law(procedure, outline);
  tell_process(procedure, outline);
  tell_rules(procedure, outline);
  tell_layouts(procedure, outline);
  tell_examples(procedure, outline);
}

Outline outline_of(const Procedure& procedure) {
  Outline outline;
  outline_for_citizens(procedure, outline);
  outline_for_offices(procedure, outline);
  return outline;
}

}  // namespace procedure
