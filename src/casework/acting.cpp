#include "casework/acting.h"

#include <algorithm>
#include <array>

#include "base/text.h"
#include "casework/persons.h"
#include "party/personal_id.h"

namespace casework {

namespace {

constexpr std::array<std::string_view, 3> kConsents{"signed", "witnessed", "spoken"};
constexpr std::size_t kTextMax = 200;

form::FieldProblem problem(const char* field, form::ProblemCode code, const char* vi,
                           const char* en) {
  return {.field = field,
          .page = {},
          .code = code,
          .severity = form::Severity::error,
          .message = {vi, en}};
}

std::optional<party::Identifier> identifier_of(const dossier::Person& person) {
  if (auto number = party::recognise_identifier(person.personal_id)) return number;
  return party::recognise_identifier(person.tax_code);
}

// By the number alone: whether a year of birth says that he has been of age for sure.
bool is_of_age_for_sure(const dossier::Person& person, calendar::Date today) {
  const auto id = party::PersonalId::parse(person.personal_id);
  const auto year = id ? id->birth_year() : std::nullopt;
  constexpr int kOfAge = 18;  // Civil Code, article 20
  return year.has_value() &&
         static_cast<int>(std::chrono::year_month_day{today}.year()) - *year > kOfAge;
}

void tidy(std::string& text) {
  text = base::to_one_line(text);
}

void check_paper(dossier::ActingFor& acting, const dossier::Person& represented,
                 calendar::Date today, std::vector<form::FieldProblem>& problems) {
  const auto kind = party::parse_representation_kind(acting.kind);
  if (!kind.has_value()) {
    problems.push_back(problem("acting.kind", form::ProblemCode::required,
                               "Chọn tư cách người nộp thay: cha mẹ, giám hộ, được ủy quyền hay "
                               "đại diện theo pháp luật.",
                               "Choose as what he acts: parent, guardian, authorised person or "
                               "legal representative."));
  }
  if (acting.number.empty() && acting.title.empty()) {
    problems.push_back(problem("acting.number", form::ProblemCode::required,
                               "Nhập số hoặc tên giấy tờ chứng minh được nộp thay.",
                               "Enter the number or the name of the paper by which he acts."));
  }
  if (!acting.issued_on.empty() && !calendar::parse_date(acting.issued_on).has_value()) {
    problems.push_back(problem("acting.issued_on", form::ProblemCode::bad_format,
                               "Ngày ghi trên giấy chưa đúng, ví dụ 2026-11-23.",
                               "The day of the paper is not right, e.g. 2026-11-23."));
  }
  if (std::ranges::any_of(
          std::array{&acting.number, &acting.title, &acting.issuer},
          [](const std::string* text) { return base::length_in_characters(*text) > kTextMax; })) {
    problems.push_back(problem("acting.title", form::ProblemCode::too_long,
                               "Tên giấy tờ quá dài (tối đa 200 ký tự).",
                               "The name of the paper is too long (200 characters at most)."));
  }
  if (kind == party::RepresentationKind::parent && is_of_age_for_sure(represented, today)) {
    problems.push_back(problem("acting.kind", form::ProblemCode::bad_format,
                               "Người được đại diện đã đủ 18 tuổi: cần giấy ủy quyền, hoặc tự nộp.",
                               "The represented person is of age: an authorisation is needed, or "
                               "he files himself."));
  }
}

void check_assistance(dossier::Assistance& assistance, const party::Officer* officer,
                      std::vector<form::FieldProblem>& problems) {
  tidy(assistance.witness);
  tidy(assistance.note);
  if (officer == nullptr) {
    problems.push_back(problem("assistance.consent", form::ProblemCode::bad_format,
                               "Chỉ cán bộ đã đăng nhập mới nộp giúp người dân.",
                               "Only an officer who is signed in files for a citizen."));
    return;
  }
  if (std::ranges::find(kConsents, assistance.consent) == kConsents.end()) {
    problems.push_back(problem("assistance.consent", form::ProblemCode::required,
                               "Ghi cách người dân đã đồng ý: ký tên, có người chứng kiến, hay "
                               "bằng lời nói.",
                               "Say how the person agreed: signed, before a witness, or spoken."));
  }
  if (assistance.consent == "witnessed" && assistance.witness.empty()) {
    problems.push_back(problem("assistance.witness", form::ProblemCode::required,
                               "Nhập tên người chứng kiến.", "Enter the witness's name."));
  }
  if (base::length_in_characters(assistance.witness) > kTextMax ||
      base::length_in_characters(assistance.note) > kTextMax) {
    problems.push_back(problem("assistance.note", form::ProblemCode::too_long,
                               "Ghi chú quá dài (tối đa 200 ký tự).",
                               "The note is too long (200 characters at most)."));
  }
}

party::Sighting sighting_of(const dossier::Person& person, const party::Identifier& number,
                            const std::string& source, calendar::Date on) {
  return {.kind = number.kind == party::IdentifierKind::tax_code && person.personal_id.empty()
                      ? party::PersonKind::organisation
                      : party::PersonKind::individual,
          .name = person.name,
          .identifiers = {number},
          .born = std::nullopt,
          .phone = person.phone,
          .email = person.email,
          .address = person.address,
          .on = on,
          .source = source};
}

}  // namespace

Answer<Acting> check_acting(Workplace& workplace, const Filing& filing,
                            const dossier::Person& applicant, const procedure::Procedure& procedure,
                            const party::Officer* officer) {
  Acting result;
  const calendar::Date today = calendar::local_date(workplace.clock.now());
  if (filing.assistance.has_value()) {
    result.assistance = filing.assistance;
    check_assistance(*result.assistance, officer, result.problems);
  }
  if (!filing.on_behalf_of.has_value()) return result;
  dossier::ActingFor acting = filing.acting.value_or(dossier::ActingFor{});
  for (std::string* text : {&acting.number, &acting.title, &acting.issuer}) tidy(*text);
  acting.recorded.clear();
  acting.seen = officer != nullptr;
  const auto one = identifier_of(applicant);
  const auto other = identifier_of(*filing.on_behalf_of);
  if (officer != nullptr && one.has_value() && other.has_value()) {
    std::string which;
    const auto reason = TRY(represents(workplace, *one, *other, procedure, &which));
    if (reason == party::RepresentationReason::counts) {
      acting.recorded = which;
      result.acting = std::move(acting);
      return result;
    }
  }
  check_paper(acting, *filing.on_behalf_of, today, result.problems);
  result.acting = std::move(acting);
  return result;
}

void remember_people(Workplace& workplace, const party::Officer& officer, const std::string& id,
                     const dossier::Dossier& filed) {
  const calendar::Date today = calendar::local_date(filed.filed_at);
  const std::string source = "officer:" + officer.id.text;
  const auto applicant = identifier_of(filed.applicant);
  if (applicant.has_value()) {
    [[maybe_unused]] const auto seen =
        sight(workplace, sighting_of(filed.applicant, *applicant, source, today));
  }
  if (!filed.on_behalf_of.has_value() || !filed.acting.has_value()) return;
  const auto kind = party::parse_representation_kind(filed.acting->kind);
  const auto owner = identifier_of(*filed.on_behalf_of);
  const bool anew = filed.acting->recorded.empty() && kind.has_value();
  if (!anew || !applicant.has_value() || !owner.has_value()) return;
  const auto seen_as = [](const dossier::Person& person, const party::Identifier& number) {
    return PersonSeen{.name = person.name,
                      .number = number.value,
                      .born = {},
                      .organisation = number.kind == party::IdentifierKind::tax_code &&
                                      person.personal_id.empty()};
  };
  // A paper that names no term is of this matter: it is kept for this procedure alone.
  const RepresentationForm form{
      .kind = *kind,
      .represented = seen_as(*filed.on_behalf_of, *owner),
      .representative = seen_as(filed.applicant, *applicant),
      .procedures = *kind == party::RepresentationKind::authorised
                        ? party::ProcedureScope{.all = false, .codes = {filed.procedure}}
                        : party::ProcedureScope{},
      .from = today,
      .until = std::nullopt,
      .evidence = {.number = filed.acting->number,
                   .issuer = filed.acting->issuer,
                   .issued_on = calendar::parse_date(filed.acting->issued_on),
                   .title = filed.acting->title}};
  [[maybe_unused]] const auto recorded = record_representation(
      workplace, officer, form,
      {.key = "acting/" + id, .hash = "acting/" + id, .actor = officer.id.text});
}

}  // namespace casework
