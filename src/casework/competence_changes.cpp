#include "casework/competence_changes.h"

#include <algorithm>
#include <map>
#include <set>

#include <boost/json.hpp>

#include "base/text.h"
#include "casework/definition_kinds.h"
#include "casework/execute.h"
#include "casework/gate.h"
#include "casework/view.h"
#include "form/validation.h"
#include "party/authority.h"

namespace casework {

namespace {

using base::json::array;
using base::json::object;
using base::json::value;

constexpr std::size_t kEffectsMax = 200;

std::vector<KnownProcedure> procedures_of(const Workplace& workplace) {
  std::vector<KnownProcedure> known;
  for (const procedure::CardPtr& card : workplace.publications.all()) {
    known.push_back({card->code, card->field.vi});
  }
  return known;
}

// Rows by id, in words that change when the row does.
std::map<std::string, std::string> rows_of(const CompetenceTable& table) {
  std::map<std::string, std::string> rows;
  const auto scope = [](const RowScope& one) {
    std::string text;
    for (const std::string& code : one.procedures) text += code + ",";
    for (const std::string& field : one.fields) text += field + ",";
    text += one.from.has_value() ? calendar::to_iso(*one.from) : "";
    text += "..";
    return text + (one.to.has_value() ? calendar::to_iso(*one.to) : "");
  };
  for (const CompetenceRule& rule : table.rules) {
    std::string text = rule.kind + "|" + scope(rule.scope) + "|";
    for (const std::string& place : rule.places) text += place + ",";
    text += "|" + std::string{to_text(rule.subject)} + "|" + std::string{to_text(rule.residence)};
    text += "|" + std::to_string(rule.age_from.value_or(-1)) + "-" +
            std::to_string(rule.age_to.value_or(-1));
    text += "|" + std::string{to_text(rule.target)} + rule.agency + "|" + rule.place_field + "|" +
            rule.act.act + rule.act.article + "|" + rule.reason.vi + "|" + rule.reason.en;
    rows[rule.id] = text;
  }
  for (const ReceptionRule& rule : table.reception) {
    std::string text = std::string{to_text(rule.where)} + "|" + scope(rule.scope) + "|";
    for (const std::string& centre : rule.centres) text += centre + ",";
    text += std::string{rule.work_waits_for_papers ? "|waits" : "|"} +
            (rule.by_post ? "post" : "nopost") + "|" + rule.act.act + rule.act.article + "|" +
            rule.note.vi;
    rows[rule.id] = text;
  }
  return rows;
}

// The codes that any row of either table is about.
std::set<std::string> touched(const CompetenceTable& table,
                              const std::vector<KnownProcedure>& known) {
  std::set<std::string> codes;
  for (const CompetenceRule& rule : table.rules) {
    for (const KnownProcedure& one : known) {
      RowScope whenever = rule.scope;
      whenever.from.reset();
      whenever.to.reset();
      if (is_about(whenever, one.code, one.field, Date{})) codes.insert(one.code);
    }
  }
  return codes;
}

std::string competent_at(const procedure::Procedure& procedure, const Workplace& workplace,
                         const CompetenceModel* model, const std::string& commune, Date on) {
  CompetenceQuery query;
  query.situation.on = on;
  query.chosen = commune;
  query.model = model;
  const auto found = competence_for(procedure, workplace.organisation, query);
  return found ? found->agency : std::string{"?"};
}

// Who would be competent otherwise: compared on every day on which something changes, in every
// commune, and told in groups.
std::vector<Bilingual> effects_of(Workplace& workplace, const CompetenceModel* before,
                                  const CompetenceModel* after) {
  const std::vector<KnownProcedure> known = procedures_of(workplace);
  const Date today = calendar::local_date(workplace.clock.now());
  std::set<std::string> codes;
  std::set<Date> on{today};
  for (const CompetenceModel* model : {before, after}) {
    if (model == nullptr) continue;
    codes.merge(touched(model->table(), known));
    for (const Date day : days_of_change(model->table())) {
      if (day > today) on.insert(day);
    }
  }
  std::vector<Bilingual> effects;
  for (const std::string& code : codes) {
    const ProcedurePtr procedure = workplace.publications.find(code);
    if (procedure == nullptr) continue;
    std::map<std::string, int> last;
    for (const Date day : on) {
      std::map<std::string, int> groups;
      for (const party::Agency* commune : workplace.organisation.communes()) {
        const std::string was =
            competent_at(*procedure, workplace, before, commune->unit_code, day);
        const std::string is = competent_at(*procedure, workplace, after, commune->unit_code, day);
        if (was == is) continue;
        const bool own = was == commune->id.text();
        const bool to_own = is == commune->id.text();
        ++groups[(own ? "UBND cấp xã" : was) + " → " + (to_own ? "UBND cấp xã" : is)];
      }
      if (groups == last) continue;
      last = groups;
      for (const auto& [change, count] : groups) {
        if (effects.size() == kEffectsMax) return effects;
        const std::string text =
            code + ", " + calendar::to_iso(day) + ": " + change + " (" + std::to_string(count);
        effects.push_back({text + " xã, phường)", text + " communes)"});
      }
    }
  }
  return effects;
}

base::Failure<Failure> not_taken(const CompetencePreview& preview) {
  std::vector<form::FieldProblem> problems;
  const auto add = [&](std::string vi, std::string en) {
    problems.push_back({.field = "text",
                        .page = {},
                        .code = form::ProblemCode::bad_format,
                        .severity = form::Severity::error,
                        .message = {std::move(vi), std::move(en)}});
  };
  for (const form::DefinitionProblem& one : preview.problems) {
    const std::string text = std::to_string(one.line) + ": " + one.message + "; " + one.remedy;
    add("Dòng " + text, "Line " + text);
  }
  for (const CompetenceFinding& one : preview.findings) {
    if (one.error) add(one.message.vi, one.message.en);
  }
  return base::Failure{Failure{FailureKind::unprocessable,
                               "competence-not-consistent",
                               {"Bảng thẩm quyền có lỗi nên chưa áp dụng được. Hãy sửa các lỗi đã "
                                "nêu rồi gửi lại.",
                                "The table of competence has faults and was not taken. Mend them "
                                "and send it again."},
                               std::move(problems)}};
}

object finding_json(const CompetenceFinding& one) {
  array rows;
  for (const std::string& row : one.rows) rows.push_back(value(row));
  return {{"fault", std::string{to_text(one.fault)}},
          {"error", one.error},
          {"rows", std::move(rows)},
          {"message", text_json(one.message)}};
}

object act_json(const procedure::LegalBasis& act) {
  return {{"number", act.act}, {"article", act.article}, {"title", text_json(act.title)}};
}

}  // namespace

bool CompetencePreview::acceptable() const {
  return problems.empty() &&
         std::ranges::none_of(findings, [](const CompetenceFinding& one) { return one.error; });
}

Answer<CompetencePreview> preview_competence(Workplace& workplace, const std::string& text) {
  CompetencePreview preview;
  auto table = read_competence_table(text);
  if (!table) {
    preview.problems = std::move(table).error();
    return preview;
  }
  preview.findings = check_competence(*table, workplace.organisation, procedures_of(workplace));
  const CompetenceModelPtr before = workplace.competence->model();
  const auto old_rows =
      before == nullptr ? std::map<std::string, std::string>{} : rows_of(before->table());
  const auto new_rows = rows_of(*table);
  for (const auto& [id, row] : new_rows) {
    const auto old = old_rows.find(id);
    if (old == old_rows.end()) {
      preview.added.push_back(id);
    } else if (old->second != row) {
      preview.changed.push_back(id);
    }
  }
  for (const auto& [id, row] : old_rows) {
    if (!new_rows.contains(id)) preview.removed.push_back(id);
  }
  if (preview.acceptable()) {
    const CompetenceModel after = TRY_AS_FAILURE(CompetenceModel::build(std::move(table).value()));
    preview.effects = effects_of(workplace, before.get(), &after);
  }
  return preview;
}

Answer<std::int64_t> import_competence(Workplace& workplace, const party::Officer& officer,
                                       const CompetenceImport& wanted) {
  const std::string& province = workplace.competence->province();
  const auto home = party::AgencyId::parse(province);
  if (!home) {
    return fail(
        FailureKind::not_allowed_now, "no-competence-table",
        {"Hệ thống này không có bảng thẩm quyền.", "There is no table of competence here."});
  }
  const Instant now = TRY(workplace.clock.next());
  TRY(require(
      party::may(officer, party::Action::manage_procedures, party::Subject{.agency = *home}, now)));
  for (const auto& [text, field] :
       {std::pair{&wanted.reason, "reason"}, std::pair{&wanted.act, "act"}}) {
    if (base::length_in_characters(base::to_one_line(*text)) >= 5) continue;
    form::FieldProblem problem{.field = field,
                               .page = {},
                               .code = form::ProblemCode::required,
                               .severity = form::Severity::error,
                               .message = {"Ghi ít nhất 5 ký tự.", "At least 5 characters."}};
    return base::Failure{
        Failure{FailureKind::unprocessable,
                "reason-missing",
                {"Hãy ghi lý do và số quyết định làm căn cứ.", "Say why, and by which decision."},
                {std::move(problem)}}};
  }
  const CompetencePreview preview = TRY(preview_competence(workplace, wanted.text));
  if (!preview.acceptable()) return not_taken(preview);
  const DefinitionRow row{
      .kind = definition::kCompetence,
      .key = province,
      .version = wanted.expected_version + 1,
      .at = now,
      .actor = actor_of(officer),
      .digest = {},
      .body = base::to_text(
          object{{"text", wanted.text}, {"reason", wanted.reason}, {"act", wanted.act}})};
  const auto saved = workplace.store.save_definitions({row});
  if (!saved && saved.error().code == base::FaultCode::conflict) {
    Failure stale{FailureKind::stale,
                  "stale",
                  {"Bảng thẩm quyền đã được người khác thay đổi. Hãy tải lại rồi làm lại.",
                   "Somebody has changed the table meanwhile. Load it again."},
                  {}};
    stale.version = workplace.competence->version();
    return base::Failure{std::move(stale)};
  }
  if (!saved) return base::Failure{failure_from(saved.error())};
  TRY_AS_FAILURE(workplace.competence->refresh(workplace.store));
  return row.version;
}

object to_json(const CompetencePreview& preview) {
  const auto list = [](const std::vector<std::string>& ids) {
    array all;
    for (const std::string& id : ids) all.push_back(value(id));
    return all;
  };
  array problems;
  for (const form::DefinitionProblem& one : preview.problems) {
    problems.push_back(
        object{{"line", one.line}, {"message", one.message}, {"remedy", one.remedy}});
  }
  array findings;
  for (const CompetenceFinding& one : preview.findings) findings.push_back(finding_json(one));
  array effects;
  for (const Bilingual& one : preview.effects) effects.push_back(text_json(one));
  return {{"acceptable", preview.acceptable()}, {"problems", std::move(problems)},
          {"findings", std::move(findings)},    {"added", list(preview.added)},
          {"removed", list(preview.removed)},   {"changed", list(preview.changed)},
          {"effects", std::move(effects)}};
}

Answer<object> competence_table_json(Workplace& workplace) {
  const CompetenceModelPtr model = workplace.competence->model();
  array findings;
  if (model != nullptr) {
    for (const CompetenceFinding& one :
         check_competence(model->table(), workplace.organisation, procedures_of(workplace))) {
      findings.push_back(finding_json(one));
    }
  }
  array versions;
  for (const DefinitionRow& row : TRY_AS_FAILURE(workplace.store.definition_history(
           definition::kCompetence, workplace.competence->province()))) {
    const value body = TRY_AS_FAILURE(base::parse_json(row.body));
    versions.push_back(object{{"version", row.version},
                              {"at", calendar::to_iso(row.at)},
                              {"by", row.actor.name},
                              {"reason", base::string_or(body, "reason")},
                              {"act", base::string_or(body, "act")}});
  }
  return object{{"version", workplace.competence->version()},
                {"text", workplace.competence->text()},
                {"findings", std::move(findings)},
                {"versions", std::move(versions)}};
}

Answer<object> explain_competence(Workplace& workplace, const CompetenceQuestion& question) {
  const Date on = question.on.value_or(calendar::local_date(workplace.clock.now()));
  ProcedurePtr procedure = TRY_AS_FAILURE(workplace.publications.find_here(question.procedure));
  if (procedure == nullptr) {
    return fail(FailureKind::not_found, "procedure-not-found",
                {"Không có thủ tục mang mã " + question.procedure + ".",
                 "There is no procedure " + question.procedure + "."});
  }
  const CompetenceModelPtr model = workplace.competence->model();
  CompetenceQuery query;
  query.situation.on = on;
  query.chosen = question.place;
  query.model = model.get();
  // Of another day: as it ends, as far as is known now.
  const calendar::Instant now = workplace.clock.now();
  const bool today = on == calendar::local_date(now);
  query.moved = moved_by_decisions(
      workplace.authority->now(),
      today ? now
            : calendar::at_local(on + std::chrono::days{1}, calendar::TimeOfDay{0}) -
                  std::chrono::milliseconds{1});
  dossier::Person somebody;
  if (question.subject == Subject::organisation) somebody.tax_code = "0";
  if (question.subject == Subject::person) somebody.personal_id = "0";
  if (question.subject != Subject::any) query.applicant = &somebody;
  const Competence found = TRY(competence_for(*procedure, workplace.organisation, query));
  object json{{"procedure", procedure_ref(*procedure)},
              {"on", calendar::to_iso(on)},
              {"agency", agency_json(workplace, found.agency)},
              {"by_procedure", agency_json(workplace, found.by_procedure)},
              {"centre", agency_json(workplace, found.centre)},
              {"anywhere", found.anywhere}};
  if (found.moved.has_value()) {
    json["basis"] = object{{"rule", found.moved->rule},
                           {"act", found.moved->act},
                           {"article", found.moved->article},
                           {"reason", text_json(found.moved->reason)}};
  } else {
    object basis{{"rule", ""},
                 {"act", ""},
                 {"article", ""},
                 {"reason", text_json(procedure->authority.text)}};
    for (const procedure::LegalBasis& one : procedure->legal_basis) {
      if (!one.in_force(on)) continue;
      basis["act"] = one.act;
      basis["article"] = one.article;
      break;
    }
    json["basis"] = std::move(basis);
  }
  if (found.reception != nullptr) {
    json["reception"] = object{{"rule", found.reception->id},
                               {"where", std::string{to_text(found.reception->where)}},
                               {"act", act_json(found.reception->act)},
                               {"example", found.reception->example},
                               {"by_post", found.reception->by_post},
                               {"work_waits_for_papers", found.reception->work_waits_for_papers}};
  } else {
    json["reception"] = nullptr;
  }
  if (!question.at.empty()) {
    query.received_at = question.at;
    const auto here = competence_for(*procedure, workplace.organisation, query);
    json["received_here"] = here.has_value();
    json["received_here_reason"] = here ? value(nullptr) : value(text_json(here.error().detail));
  }
  array places;
  for (const party::Agency& agency : workplace.organisation.agencies()) {
    if (!agency.is_centre() || !agency.is_valid_on(on)) continue;
    if (!may_return_at(found, workplace.organisation, agency.id.text(), on)) continue;
    places.push_back(agency_json(workplace, agency.id.text()));
  }
  json["return_places"] = std::move(places);
  return json;
}

}  // namespace casework
