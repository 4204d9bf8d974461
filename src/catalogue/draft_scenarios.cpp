#include "catalogue/draft_scenarios.h"

#include <algorithm>
#include <set>
#include <string>
#include <vector>

#include <boost/json.hpp>

#include "bpmn/process.h"
#include "procedure/assessment.h"
#include "rules/expression.h"

namespace catalogue {

namespace {

using form::Field;
using form::FieldType;
using procedure::Channel;
using procedure::Procedure;
using procedure::Step;
using procedure::StepAction;

constexpr const char* kDay = "2026-08-20";
// A way that has not ended by then goes in a circle.
constexpr std::size_t kStepsMax = 40;

std::string quoted(std::string_view text) {
  std::string out = "\"";
  for (const char c : text) {
    if (c == '"' || c == '\\') out += '\\';
    out += c == '\n' || c == '\r' ? ' ' : c;
  }
  return out + "\"";
}

// What somebody might have answered; empty: a kind that no draft asks for.
std::string answer_to(const Field& field) {
  switch (field.type) {
    case FieldType::personal_id:
      return "040195000003";
    case FieldType::tax_code:
      return "0100109106";
    case FieldType::phone:
      return "0912345678";
    case FieldType::email:
      return "an@example.vn";
    case FieldType::commune:
      return "16681";
    case FieldType::date:
      return "1995-03-02";
    case FieldType::partial_date:
      return "1995";
    case FieldType::time:
      return "08:30";
    case FieldType::boolean:
      return "yes";
    case FieldType::integer:
    case FieldType::money:
      return std::to_string(std::max<std::int64_t>(field.minimum.value_or(1), 1));
    case FieldType::choice:
    case FieldType::multi_choice:
      return field.options.empty() ? std::string{} : field.options.front().value;
    case FieldType::text:
    case FieldType::long_text:
    case FieldType::address_detail:
      return quoted(field.max_length.value_or(100) < 12 ? "An" : "Nguyễn Văn An");
    case FieldType::table:
      return {};
  }
  return {};
}

std::string_view spoken(Channel channel) {
  switch (channel) {
    case Channel::online:
      return "online";
    case Channel::counter:
      return "at counter";
    case Channel::post:
      return "by post";
  }
  return "online";
}

// The element that a flow leads to from `node` when the step before has had that outcome: the next
// step, or nothing at an end.
const Step* step_after(const Procedure& procedure, const Step& step, const std::string& outcome) {
  const bpmn::Process& process = *procedure.process;
  bpmn::NodeIndex node = process.index_of(step.id);
  const std::string said = "\"" + outcome + "\"";
  for (std::size_t i = 0; i < process.nodes().size(); ++i) {
    const auto& outgoing = process.node(node).outgoing;
    if (outgoing.empty()) return nullptr;
    bpmn::FlowIndex way = outgoing.front();
    for (const bpmn::FlowIndex one : outgoing) {
      const auto& condition = process.flow(one).condition;
      if (condition == nullptr) continue;
      if (condition->text().find(said) != std::string::npos) {
        way = one;
        break;
      }
      if (one == outgoing.back() && process.node(node).default_flow != bpmn::kNone) {
        way = process.node(node).default_flow;
      }
    }
    node = process.flow(way).target;
    if (const Step* next = procedure.find_step(process.node(node).id)) return next;
  }
  return nullptr;
}

class Writer {
 public:
  Writer(const Procedure& procedure, std::string_view source)
      : procedure_(procedure), source_(source) {
    for (const form::Page& page : procedure.form.pages) {
      for (const Field& field : page.fields) fields_.push_back(&field);
    }
    at_counter_ = procedure.takes(Channel::counter);
    const Channel channel = at_counter_ ? Channel::counter : procedure.channels.front();
    procedure::Situation situation{.answers = {}, .channel = channel, .on = {}};
    situation.on = *calendar::parse_date(kDay);
    for (const Field* field : fields_) {
      if (field->type == FieldType::choice && !field->options.empty()) {
        situation.answers[field->id] = field->options.front().value;
      }
      if (field->type == FieldType::multi_choice && !field->options.empty()) {
        situation.answers[field->id] = base::json::array{field->options.front().value};
      }
      if (field->type == FieldType::boolean) situation.answers[field->id] = true;
      if (field->type == FieldType::integer || field->type == FieldType::money) {
        situation.answers[field->id] = std::max<std::int64_t>(field->minimum.value_or(1), 1);
      }
    }
    const procedure::Case* chosen = procedure::select_case(procedure, situation);
    if (const auto fees = procedure::fees_for(procedure, *chosen, situation)) fee_ = fees->total;
  }

  procedure::PackageFiles write() {
    procedure::PackageFiles files;
    files["scenarios/common.txt"] = common();
    files["scenarios/the-ordinary-way-to-the-result.txt"] =
        story("Đường đi thông thường: từ tiếp nhận đến trả kết quả.", nullptr, {});
    for (const Step& step : procedure_.steps) {
      for (std::size_t i = 1; i < step.outcomes.size(); ++i) {
        const std::string& outcome = step.outcomes[i].code;
        std::string name = step.id + "-" + outcome;
        std::ranges::replace(name, '_', '-');
        files["scenarios/" + name + ".txt"] = story(
            "Bước “" + step.title.vi + "”: " + step.outcomes[i].label.vi + ".", &step, outcome);
      }
    }
    files["scenarios/every-case-and-question.txt"] = situations();
    return files;
  }

 private:
  std::string head(const std::string& sentence) const {
    std::string line = sentence;
    std::ranges::replace(line, '\n', ' ');
    return "# " + line + "\n# Source: Cơ sở dữ liệu quốc gia về thủ tục hành chính" +
           (source_.empty() ? std::string{} : ", " + std::string{source_}) + "\nlike everybody\n\n";
  }

  std::string common() const {
    std::string text = "# Bản nháp: câu trả lời dùng chung để thử.\ndata everybody\n";
    for (const Field* field : fields_) {
      const std::string answer = answer_to(*field);
      if (!answer.empty()) text += field->id + " = " + answer + "\n";
    }
    return text + "applicant.name = Nguyễn Văn An\napplicant.phone = 0912345678\n";
  }

  // The first way on at every step, but at the first visit of `turned`, where it has `outcome`.
  std::string story(const std::string& sentence, const Step* turned, const std::string& outcome) {
    std::string text = head(sentence) + "on " + kDay + " 09:00  ";
    const Step* step = procedure_.steps.empty() ? nullptr : &procedure_.steps.front();
    if (at_counter_) {
      text += "reception files at counter and receives\n";
    } else if (procedure_.takes(Channel::online)) {
      text += "citizen files online\n  reception receives\n";
    } else {
      text += "reception files by post and receives\n";
    }
    bool refuses = false;
    bool returned = false;
    for (std::size_t i = 0; step != nullptr && i < kStepsMax; ++i) {
      const procedure::Outcome* chosen = &step->outcomes.front();
      if (step == turned) {
        chosen = step->find_outcome(outcome);
        turned = nullptr;
        refuses =
            chosen->needs_reason && step_after(procedure_, *step, outcome) ==
                                        step_after(procedure_, *step, step->outcomes.front().code);
      } else if (refuses && step->find_outcome("refused") != nullptr) {
        // Whoever examined it has said no: whoever signs agrees.
        chosen = step->find_outcome("refused");
      }
      text += line(*step, *chosen);
      returned = step->action == StepAction::return_result;
      step = step_after(procedure_, *step, chosen->code);
    }
    text += returned ? "  -> status 10\n" : "  -> closed\n";
    return text;
  }

  std::string line(const Step& step, const procedure::Outcome& outcome) const {
    const std::string who = "  " + std::string{party::name(step.role)};
    switch (step.action) {
      case StepAction::receive:
        return {};
      case StepAction::issue:
        return who + " issues " + step.id + "\n";
      case StepAction::return_result:
        return (fee_ > 0 ? "  cashier pays\n" : std::string{}) + who + " returns " + step.id + "\n";
      case StepAction::assign:
      case StepAction::process:
      case StepAction::consult:
      case StepAction::approve:
        break;
    }
    return who + " completes " + step.id + " " + quoted(outcome.code) +
           (outcome.needs_reason ? " because \"Thử nghiệm\"\n" : "\n");
  }

  std::string supposing(Channel channel, const std::string& changes) const {
    return "supposing " + std::string{spoken(channel)} + (changes.empty() ? "" : " ") + changes;
  }

  // Every case by the examples that were worked out for it, through every channel; every question
  // that shows or hides another, both ways.
  std::string situations() const {
    std::string text = head("Từng trường hợp, từng kênh nộp và từng câu hỏi có điều kiện.");
    text += "on " + std::string{kDay} + "\n";
    for (const procedure::Example& example : procedure_.examples) {
      std::string changes;
      for (const auto& [key, value] : example.answers) {
        if (!value.is_string()) continue;
        const std::string answer{value.get_string().data(), value.get_string().size()};
        changes += (changes.empty() ? "" : ", ") + std::string{key} + " = " + answer;
      }
      for (const Channel channel : procedure_.channels) {
        text += supposing(channel, changes) + " -> case " + example.case_id;
        if (channel == example.channel) text += "; fee " + std::to_string(example.fee);
        text += "\n";
      }
    }
    std::set<std::string> asked;
    for (const Field* field : fields_) {
      for (const auto* condition : {&field->visible_when, &field->required_when}) {
        if (!condition->has_value()) continue;
        asked.insert((*condition)->names().begin(), (*condition)->names().end());
      }
    }
    const Channel channel = procedure_.channels.front();
    for (const Field* field : fields_) {
      if (field->type == FieldType::multi_choice) {
        // What is chosen among several is what the fees are made of.
        for (const form::Option& option : field->options) {
          text += supposing(channel, field->id + " = " + option.value) + "\n";
        }
        continue;
      }
      if (!asked.contains(field->id)) continue;
      if (field->type == FieldType::boolean) {
        text += supposing(channel, field->id + " = yes") + "\n";
        text += supposing(channel, field->id + " = no") + "\n";
      }
      for (const form::Option& option : field->options) {
        text += supposing(channel, field->id + " = " + option.value) + "\n";
      }
      if (!field->required) text += supposing(channel, field->id + " = nothing") + "\n";
    }
    return text;
  }

  const Procedure& procedure_;
  std::string_view source_;
  std::vector<const Field*> fields_;
  bool at_counter_ = false;
  std::int64_t fee_ = 0;
};

}  // namespace

procedure::PackageFiles draft_scenarios(const Procedure& procedure, std::string_view source) {
  return Writer(procedure, source).write();
}

}  // namespace catalogue
