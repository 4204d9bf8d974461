#include "casework/competence.h"

#include <boost/json.hpp>

#include "form/validation.h"

namespace casework {

namespace {

// A commune committee named by its agency code, its centre's code or its five-digit unit code.
const party::Agency* commune_named(const party::Organisation& organisation,
                                   const std::string& name) {
  if (name.empty()) return nullptr;
  if (const party::Agency* commune = organisation.commune(name)) return commune;
  const party::Agency* agency = organisation.find(name);
  while (agency != nullptr && agency->kind != party::AgencyKind::commune_committee) {
    agency = agency->parent.has_value() ? organisation.find(*agency->parent) : nullptr;
  }
  return agency;
}

Answer<const party::Agency*> known(const party::Organisation& organisation,
                                   const std::string& code) {
  const party::Agency* agency = organisation.find(code);
  if (agency == nullptr) {
    return fail(FailureKind::unprocessable, "agency-unknown",
                {"Cơ quan " + code + " không có trong danh mục. Hãy báo quản trị viên.",
                 "Agency " + code + " is not in the register. Tell the administrator."});
  }
  return agency;
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
  if (competent == nullptr) competent = commune_named(organisation, received_at);
  if (competent == nullptr) {
    // Told where it was typed.
    const bool typed = !place.empty();
    form::FieldProblem problem{
        .field = typed ? procedure.authority.place_field : std::string{"agency"},
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

}  // namespace

Answer<Competence> competence_for(const procedure::Procedure& procedure,
                                  const party::Organisation& organisation,
                                  const procedure::Situation& situation, const std::string& chosen,
                                  const std::string& received_at) {
  using Rule = procedure::Authority::Rule;
  const procedure::Authority& authority = procedure.authority;
  const party::Agency* competent = nullptr;
  switch (authority.rule) {
    case Rule::commune_of_place:
      competent = TRY(commune_of_place(procedure, organisation, situation, chosen, received_at));
      break;
    case Rule::lead_and_committee:
      competent = TRY(known(organisation, authority.lead));
      break;
    case Rule::agency:
      competent = TRY(known(organisation, authority.agency));
      break;
    case Rule::decision:
      competent = TRY(decided_agency(procedure, organisation, situation));
      break;
  }
  const party::Agency* committee = competent;
  if (!authority.body.empty()) competent = TRY(of_kind(organisation, *competent, authority.body));
  if (authority.rule == Rule::lead_and_committee) {
    committee = TRY(known(organisation, authority.committee));
  }
  const party::Agency* consulted = competent;
  if (!authority.consulted.empty()) consulted = TRY(known(organisation, authority.consulted));
  Competence result;
  result.agency = competent->id.text();
  result.parts["lead"] = competent->id.text();
  result.parts["competent"] = competent->id.text();
  result.parts["committee"] = committee->id.text();
  result.parts["consulted"] = consulted->id.text();
  for (const procedure::Partner& partner : authority.partners) {
    const party::Agency* agency = TRY(of_kind(organisation, *committee, partner.kind));
    result.parts[std::string{procedure::to_text(partner.part)}] = agency->id.text();
  }
  const party::Agency* counter = organisation.find(received_at);
  const party::Agency* centre = counter != nullptr && counter->is_centre()
                                    ? counter
                                    : organisation.one_stop_centre(competent->id);
  result.receiving = centre != nullptr ? centre->id.text() : competent->id.text();
  result.parts["receiving"] = result.receiving;
  return result;
}

}  // namespace casework
