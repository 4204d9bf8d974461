#include "casework/competence.h"

#include <algorithm>

#include <boost/json.hpp>

#include "form/validation.h"
#include "party/partial_date.h"
#include "party/personal_id.h"

namespace casework {

namespace {

// A commune committee named by its agency code, its centre's code or its five-digit unit code.
const party::Agency* commune_named(const party::Organisation& organisation,
                                   const std::string& name) {
  if (name.empty()) return nullptr;
  if (const party::Agency* commune = organisation.commune(name)) return commune;
  const party::Agency* agency = organisation.heir(name);
  while (agency != nullptr && agency->kind != party::AgencyKind::commune_committee) {
    agency = agency->parent.has_value() ? organisation.find(*agency->parent) : nullptr;
  }
  return agency;
}

Answer<const party::Agency*> known(const party::Organisation& organisation,
                                   const std::string& code) {
  // A procedure may still name an agency that is no more: who goes on with its work decides.
  const party::Agency* agency = organisation.heir(code);
  if (agency == nullptr) {
    return fail(FailureKind::unprocessable, "agency-unknown",
                {"Cơ quan " + code + " không có trong danh mục. Hãy báo quản trị viên.",
                 "Agency " + code + " is not in the register. Tell the administrator."});
  }
  return agency;
}

// `typed_in`: the field whose answer is no commune; empty: none was chosen.
base::Failure<Failure> commune_missing(const std::string& typed_in) {
  const bool typed = !typed_in.empty();
  form::FieldProblem problem{
      .field = typed ? typed_in : std::string{"agency"},
      .page = {},
      .code = typed ? form::ProblemCode::unknown_option : form::ProblemCode::required,
      .severity = form::Severity::error,
      .message = typed ? Bilingual{"Không có xã, phường mang mã này. Hãy chọn lại.",
                                   "There is no commune of that code. Choose again."}
                       : Bilingual{"Hãy chọn Ủy ban nhân dân xã, phường giải quyết hồ sơ.",
                                   "Choose the commune whose committee decides."}};
  return base::Failure{Failure{FailureKind::unprocessable,
                               "agency-missing",
                               {"Chưa xác định được cơ quan giải quyết. Hãy chọn xã, phường.",
                                "The competent agency is not known. Choose the commune."},
                               {std::move(problem)}}};
}

// The committee of the place, told where it was typed when there is none.
Answer<const party::Agency*> commune_of_place(const procedure::Procedure& procedure,
                                              const party::Organisation& organisation,
                                              const procedure::Situation& situation,
                                              const std::string& chosen,
                                              const std::string& received_at) {
  const party::Agency* competent = nullptr;
  std::string place;
  if (!procedure.authority.place_field.empty()) {
    place = base::string_or(situation.answers, procedure.authority.place_field);
  }
  competent = commune_named(organisation, chosen);
  if (competent == nullptr) competent = commune_named(organisation, place);
  // What was typed and is no commune is told, not replaced.
  if (competent == nullptr && place.empty()) competent = commune_named(organisation, received_at);
  if (competent == nullptr) {
    return commune_missing(place.empty() ? std::string{} : procedure.authority.place_field);
  }
  return competent;
}

Answer<const party::Agency*> decided_agency(const procedure::Procedure& procedure,
                                            const party::Organisation& organisation,
                                            const procedure::Situation& situation) {
  procedure::Situation judged = situation;
  judged.answers = form::evaluate(procedure.form, situation.answers, situation.on).answers;
  const auto code = procedure::decided_authority(procedure, judged);
  if (!code) {
    return fail(FailureKind::unprocessable, "agency-missing",
                {"Thông tin kê khai chưa đủ để xác định cơ quan giải quyết. Hãy khai tiếp.",
                 "The answers do not say yet which agency is competent. Answer the rest."});
  }
  if (const party::Agency* commune = organisation.commune(*code)) return commune;
  return known(organisation, *code);
}

// The agency of that kind in the commune; else the nearest one that stands above it.
Answer<const party::Agency*> of_kind(const party::Organisation& organisation,
                                     const party::Agency& near, const std::string& kind) {
  std::vector<const party::Agency*> candidates;
  for (const party::Agency& agency : organisation.agencies()) {
    if (party::name(agency.kind) == kind) candidates.push_back(&agency);
  }
  for (const party::Agency* one : candidates) {
    const bool same_commune = !near.unit_code.empty() && one->unit_code == near.unit_code;
    if (same_commune || organisation.is_within(one->id, near.id)) return one;
  }
  for (const party::Agency* above : organisation.ancestors(near.id)) {
    for (const party::Agency* one : candidates) {
      if (one->parent.has_value() && *one->parent == above->id) return one;
    }
  }
  return known(organisation, kind);
}

// Who stands behind the parts of the process, once it is known who decides.
struct Deciders {
  const party::Agency* competent = nullptr;
  const party::Agency* committee = nullptr;
};

Answer<Deciders> own_rule(const procedure::Procedure& procedure,
                          const party::Organisation& organisation,
                          const procedure::Situation& situation, const std::string& chosen,
                          const std::string& received_at) {
  using Rule = procedure::Authority::Rule;
  const procedure::Authority& authority = procedure.authority;
  Deciders found;
  switch (authority.rule) {
    case Rule::commune_of_place:
      found.competent =
          TRY(commune_of_place(procedure, organisation, situation, chosen, received_at));
      break;
    case Rule::lead_and_committee:
      found.competent = TRY(known(organisation, authority.lead));
      break;
    case Rule::agency:
      found.competent = TRY(known(organisation, authority.agency));
      break;
    case Rule::decision:
      found.competent = TRY(decided_agency(procedure, organisation, situation));
      break;
  }
  found.committee = found.competent;
  if (!authority.body.empty()) {
    found.competent = TRY(of_kind(organisation, *found.competent, authority.body));
  }
  if (authority.rule == Rule::lead_and_committee) {
    found.committee = TRY(known(organisation, authority.committee));
  }
  return found;
}

// The answer to the field that the form fills from the applicant's own data.
std::string prefilled(const procedure::Procedure& procedure, const base::json::object& answers,
                      std::string_view hint) {
  for (const form::Page& page : procedure.form.pages) {
    for (const form::Field& field : page.fields) {
      if (field.prefill != hint) continue;
      std::string text = base::string_or(answers, field.id);
      if (!text.empty()) return text;
    }
  }
  return {};
}

std::optional<int> years_on(const party::PartialDate& born, Date on) {
  if (born.year <= 0) return std::nullopt;
  const std::chrono::year_month_day day{on};
  int years = static_cast<int>(day.year()) - born.year;
  if (!born.month.has_value()) return years;
  const auto month = static_cast<int>(static_cast<unsigned>(day.month()));
  const auto today = static_cast<int>(static_cast<unsigned>(day.day()));
  if (*born.month > month || (*born.month == month && born.day.value_or(1) > today)) --years;
  return years;
}

CompetenceFacts facts_of(const procedure::Procedure& procedure, const CompetenceQuery& query,
                         const std::string& place) {
  CompetenceFacts facts{.procedure = procedure.code,
                        .field = procedure.field.vi,
                        .place = place,
                        .on = query.situation.on};
  if (query.applicant == nullptr) return facts;
  const dossier::Person& person = *query.applicant;
  if (person.tax_code.empty() && person.personal_id.empty()) return facts;
  facts.subject = person.tax_code.empty() ? Subject::person : Subject::organisation;
  if (facts.subject == Subject::person) {
    // The day of birth where the form asks for it; else the year that the number tells, so that the
    // age is the one reached in that year.
    const auto born = party::parse_partial_date(
        prefilled(procedure, query.situation.answers, "id_card.birth_date"));
    if (born) facts.age = years_on(*born, facts.on);
    if (!facts.age.has_value()) {
      const auto id = party::PersonalId::parse(person.personal_id);
      if (id && id->birth_year().has_value()) {
        facts.age = years_on({.year = *id->birth_year(), .month = {}, .day = {}}, facts.on);
      }
    }
  }
  const std::string home = prefilled(procedure, query.situation.answers, "applicant.commune");
  if (!home.empty() && !place.empty()) {
    facts.residence = home == place ? Residence::in_place : Residence::elsewhere;
  }
  return facts;
}

std::string place_of(const procedure::Procedure& procedure, const party::Organisation& organisation,
                     const CompetenceQuery& query, const party::Agency& competent) {
  if (competent.kind == party::AgencyKind::commune_committee ||
      competent.kind == party::AgencyKind::commune_police) {
    return competent.unit_code;
  }
  std::string said = query.chosen;
  if (!procedure.authority.place_field.empty() && said.empty()) {
    said = base::string_or(query.situation.answers, procedure.authority.place_field);
  }
  const party::Agency* commune = commune_named(organisation, said);
  return commune == nullptr ? std::string{} : commune->unit_code;
}

dossier::CompetenceNote note_of(const CompetenceRule& rule) {
  return {.rule = rule.id,
          .act = rule.act.act,
          .article = rule.act.article,
          .reason = {rule.reason.vi, rule.reason.en}};
}

// Whom the row names; it has to be there on the day.
Answer<const party::Agency*> target_of(const CompetenceRule& rule,
                                       const party::Organisation& organisation,
                                       const CompetenceQuery& query, const std::string& place) {
  const party::Agency* found = nullptr;
  if (rule.target == Target::agency) {
    found = organisation.heir(rule.agency);
  } else {
    const std::string said = rule.place_field.empty()
                                 ? std::string{}
                                 : base::string_or(query.situation.answers, rule.place_field);
    for (const std::string& name : {said, place, query.chosen, query.received_at}) {
      found = commune_named(organisation, name);
      if (found != nullptr) break;
    }
  }
  if (found != nullptr && found->is_valid_on(query.situation.on)) return found;
  return fail(FailureKind::unprocessable, "agency-unknown",
              {"Dòng " + rule.id +
                   " của bảng thẩm quyền không chỉ ra cơ quan đang hoạt động. Hãy chọn xã, phường "
                   "hoặc báo quản trị viên.",
               "Row " + rule.id +
                   " of the table of competence names no agency of that day. Choose the commune, "
                   "or tell the administrator."});
}

// Whom a decision has moved it to: the agency, or that of the level in the place of the matter.
Answer<const party::Agency*> target_of(const MovedCompetence& moved,
                                       const party::Organisation& organisation,
                                       const CompetenceQuery& query, const std::string& place) {
  if (!moved.level.has_value()) return known(organisation, moved.agency);
  const party::Agency* commune = nullptr;
  for (const std::string& name : {place, query.chosen, query.received_at}) {
    commune = commune_named(organisation, name);
    if (commune != nullptr && commune->is_valid_on(query.situation.on)) break;
    commune = nullptr;
  }
  if (commune == nullptr) return commune_missing({});
  if (*moved.level == commune->kind) return commune;
  return of_kind(organisation, *commune, std::string{party::name(*moved.level)});
}

Answer<Competence> with_parts(const procedure::Procedure& procedure,
                              const party::Organisation& organisation, const Deciders& deciders) {
  const procedure::Authority& authority = procedure.authority;
  const party::Agency* consulted = deciders.competent;
  if (!authority.consulted.empty()) consulted = TRY(known(organisation, authority.consulted));
  Competence result;
  result.agency = deciders.competent->id.text();
  result.parts["lead"] = result.agency;
  result.parts["competent"] = result.agency;
  result.parts["committee"] = deciders.committee->id.text();
  result.parts["consulted"] = consulted->id.text();
  for (const procedure::Partner& partner : authority.partners) {
    const party::Agency* agency = TRY(of_kind(organisation, *deciders.committee, partner.kind));
    result.parts[std::string{procedure::to_text(partner.part)}] = agency->id.text();
  }
  const party::Agency* centre = organisation.one_stop_centre(deciders.competent->id);
  result.centre = centre != nullptr ? centre->id.text() : result.agency;
  return result;
}

base::Failure<Failure> not_received_here(const Competence& competence,
                                         const party::Organisation& organisation) {
  const party::Agency* agency = organisation.find(competence.agency);
  const party::Agency* centre = organisation.find(competence.centre);
  const Bilingual who = agency == nullptr ? Bilingual{competence.agency, competence.agency}
                                          : Bilingual{agency->name.vi, agency->name.en};
  Bilingual where = centre == nullptr ? who : Bilingual{centre->name.vi, centre->name.en};
  if (where.en.empty()) where.en = where.vi;
  if (centre != nullptr && !centre->address.empty()) {
    where.vi += " (" + centre->address + ")";
    where.en += " (" + centre->address + ")";
  }
  return fail(FailureKind::not_allowed_now, "reception-not-here",
              {"Thủ tục này chưa được tiếp nhận ngoài địa bàn. Cơ quan giải quyết là " + who.vi +
                   ". Hãy hướng dẫn người dân nộp tại " + where.vi + " hoặc nộp trực tuyến.",
               "This procedure is not received outside its own area. " +
                   (who.en.empty() ? who.vi : who.en) + " decides. Send the applicant to " +
                   where.en + ", or have it filed on line."});
}

}  // namespace

Answer<Competence> competence_for(const procedure::Procedure& procedure,
                                  const party::Organisation& organisation,
                                  const procedure::Situation& situation, const std::string& chosen,
                                  const std::string& received_at) {
  CompetenceQuery query;
  query.situation = situation;
  query.chosen = chosen;
  query.received_at = received_at;
  return competence_for(procedure, organisation, query);
}

bool may_return_at(const Competence& competence, const party::Organisation& organisation,
                   const std::string& agency, Date on) {
  if (agency == competence.receiving || agency == competence.centre) return true;
  const party::Agency* place = organisation.heir(agency);
  if (place == nullptr || !place->is_centre() || !place->is_valid_on(on)) return false;
  if (competence.anywhere) return true;
  return competence.reception != nullptr &&
         std::ranges::find(competence.reception->centres, agency) !=
             competence.reception->centres.end();
}

Answer<Competence> competence_for(const procedure::Procedure& procedure,
                                  const party::Organisation& organisation,
                                  const CompetenceQuery& query) {
  Deciders deciders =
      TRY(own_rule(procedure, organisation, query.situation, query.chosen, query.received_at));
  const std::string by_procedure = deciders.competent->id.text();
  const std::string place = place_of(procedure, organisation, query, *deciders.competent);
  std::optional<dossier::CompetenceNote> moved;
  const CompetenceFacts facts = facts_of(procedure, query, place);
  const CompetenceRule* row = query.model == nullptr ? nullptr : query.model->rule_for(facts);
  if (row != nullptr) {
    const party::Agency* target = TRY(target_of(*row, organisation, query, place));
    deciders = {.competent = target, .committee = target};
    if (row->target == Target::commune && !procedure.authority.body.empty()) {
      deciders.competent = TRY(of_kind(organisation, *target, procedure.authority.body));
    }
    moved = note_of(*row);
  } else if (query.moved) {
    auto elsewhere = query.moved(by_procedure, procedure.code, procedure.field.vi);
    // What an agency that is no more had moved stays moved under its successor.
    for (const party::AgencyId& former : organisation.takes_over(deciders.competent->id)) {
      if (elsewhere.has_value()) break;
      elsewhere = query.moved(former.text(), procedure.code, procedure.field.vi);
    }
    if (elsewhere.has_value()) {
      const party::Agency* target = TRY(target_of(*elsewhere, organisation, query, place));
      deciders = {.competent = target, .committee = target};
      moved = dossier::CompetenceNote{.rule = {},
                                      .act = elsewhere->act,
                                      .article = {},
                                      .reason = {elsewhere->reason.vi, elsewhere->reason.en}};
    }
  }
  Competence result = TRY(with_parts(procedure, organisation, deciders));
  result.by_procedure = by_procedure;
  // A row that leaves it where it is moves nothing.
  if (result.agency != by_procedure || (row != nullptr)) result.moved = std::move(moved);

  if (query.model != nullptr && !query.model->table().reception.empty()) {
    result.reception = query.model->reception_for(facts);
    result.anywhere = result.reception != nullptr && result.reception->where == Reception::anywhere;
  }
  const party::Agency* counter = organisation.heir(query.received_at);
  result.receiving = result.centre;
  if (counter != nullptr && counter->is_centre() && counter->id.text() != result.centre) {
    result.receiving = counter->id.text();
    const bool listed = result.reception != nullptr &&
                        std::ranges::find(result.reception->centres, result.receiving) !=
                            result.reception->centres.end();
    if (!result.anywhere && !listed) return not_received_here(result, organisation);
  }
  result.parts["receiving"] = result.receiving;
  if (result.centre != result.receiving) result.parts["centre"] = result.centre;
  result.returning = query.return_at.empty() ? result.receiving : query.return_at;
  if (!may_return_at(result, organisation, result.returning, query.situation.on)) {
    form::FieldProblem problem{
        .field = "return_at",
        .page = {},
        .code = form::ProblemCode::unknown_option,
        .severity = form::Severity::error,
        .message = {"Không trả kết quả của thủ tục này tại nơi đã chọn. Hãy chọn nơi khác.",
                    "Results of this procedure are not handed out there. Choose another place."}};
    return base::Failure{Failure{FailureKind::unprocessable,
                                 "return-place-unknown",
                                 {"Nơi nhận kết quả chưa đúng. Hãy chọn lại.",
                                  "The place of return is not right. Choose again."},
                                 {std::move(problem)}}};
  }
  if (result.returning != result.receiving) result.parts["returning"] = result.returning;
  return result;
}

}  // namespace casework
