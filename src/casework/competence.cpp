#include "casework/competence.h"

#include <boost/json.hpp>

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

}  // namespace

Answer<Competence> competence_for(const procedure::Procedure& procedure,
                                  const party::Organisation& organisation,
                                  const base::json::object& answers, const std::string& chosen,
                                  const std::string& received_at) {
  Competence result;
  const party::Agency* competent = nullptr;
  if (procedure.authority.rule == procedure::Authority::Rule::lead_and_committee) {
    competent = TRY(known(organisation, procedure.authority.lead));
    const party::Agency* committee = TRY(known(organisation, procedure.authority.committee));
    result.parts["lead"] = competent->id.text();
    result.parts["committee"] = committee->id.text();
  } else {
    std::string place;
    if (!procedure.authority.place_field.empty()) {
      place = base::string_or(answers, procedure.authority.place_field);
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
    result.parts["lead"] = competent->id.text();
    result.parts["committee"] = competent->id.text();
  }
  result.agency = competent->id.text();
  result.parts["competent"] = competent->id.text();
  result.parts["consulted"] = competent->id.text();
  const party::Agency* counter = organisation.find(received_at);
  const party::Agency* centre = counter != nullptr && counter->is_centre()
                                    ? counter
                                    : organisation.one_stop_centre(competent->id);
  result.receiving = centre != nullptr ? centre->id.text() : competent->id.text();
  result.parts["receiving"] = result.receiving;
  return result;
}

}  // namespace casework
