#include "party/representation.h"

#include <algorithm>
#include <array>

namespace party {

namespace {

using calendar::Bilingual;
using calendar::Date;

constexpr std::array<std::string_view, 4> kKinds{"parent", "guardian", "authorised",
                                                 "legal_representative"};

// Civil Code 91/2015/QH13, article 20.1: an adult is eighteen or older.
constexpr int kOfAge = 18;

// The same day `years` later; of 29 February, where there is none, 1 March.
Date years_after(Date day, int years) {
  const std::chrono::year_month_day then{day};
  const auto later = std::chrono::year_month_day{then.year() + std::chrono::years{years},
                                                 then.month(), then.day()};
  if (later.ok()) return std::chrono::sys_days{later};
  return std::chrono::sys_days{later.year() / std::chrono::March / 1};
}

// Whether somebody born then is of age on that day; what is unknown counts for the child.
bool is_of_age(const PartialDate& born, Date on) {
  const int month = born.month.value_or(12);
  const int day = born.day.value_or(1);
  const auto date = std::chrono::year{born.year} / month / day;
  if (!date.ok()) return false;
  Date birthday = std::chrono::sys_days{date};
  if (!born.day) birthday = std::chrono::sys_days{date.year() / date.month() / std::chrono::last};
  return on >= years_after(birthday, kOfAge);
}

RepresentationReason judge(const Representation& one, std::string_view procedure,
                           std::string_view field, Date on,
                           const std::optional<PartialDate>& born) {
  if (one.revoked_on && on >= *one.revoked_on) return RepresentationReason::revoked;
  const auto last = last_day(one);
  if (last && on > *last) return RepresentationReason::ended;
  if (one.from && on < *one.from) return RepresentationReason::not_begun;
  if (!one.procedures.covers(procedure, field)) return RepresentationReason::other_procedures;
  if (one.kind == RepresentationKind::parent) {
    if (!born) return RepresentationReason::birth_unknown;
    if (is_of_age(*born, on)) return RepresentationReason::of_age;
  }
  return RepresentationReason::counts;
}

// How far from yes.
int distance(RepresentationReason reason) {
  switch (reason) {
    case RepresentationReason::counts:
      return 0;
    case RepresentationReason::birth_unknown:
      return 1;
    case RepresentationReason::other_procedures:
      return 2;
    case RepresentationReason::not_begun:
      return 3;
    case RepresentationReason::of_age:
      return 4;
    case RepresentationReason::ended:
      return 5;
    case RepresentationReason::revoked:
      return 6;
    case RepresentationReason::none_recorded:
      break;
  }
  return 7;
}

}  // namespace

std::string_view name(RepresentationKind kind) {
  return kKinds[static_cast<std::size_t>(kind)];
}

std::optional<RepresentationKind> parse_representation_kind(std::string_view text) {
  const auto* found = std::ranges::find(kKinds, text);
  if (found == kKinds.end()) return std::nullopt;
  return static_cast<RepresentationKind>(found - kKinds.begin());
}

const Bilingual& title(RepresentationKind kind) {
  static const std::array<Bilingual, 4> kTitles{{
      {"Cha, mẹ của người chưa thành niên", "Parent of a minor"},
      {"Người giám hộ", "Guardian"},
      {"Người được ủy quyền", "Authorised person"},
      {"Người đại diện theo pháp luật của tổ chức", "Legal representative of the organisation"},
  }};
  return kTitles[static_cast<std::size_t>(kind)];
}

std::vector<RepresentationProblem> problems_of(const Representation& representation) {
  std::vector<RepresentationProblem> problems;
  if (representation.represented == representation.representative) {
    problems.push_back(RepresentationProblem::self);
  }
  if (!representation.evidence.is_named() && representation.evidence.title.empty() &&
      representation.file.empty()) {
    problems.push_back(RepresentationProblem::evidence_missing);
  }
  if (representation.kind == RepresentationKind::authorised && !representation.until &&
      !representation.from && !representation.evidence.issued_on) {
    problems.push_back(RepresentationProblem::day_missing);
  }
  if (representation.from && representation.until && *representation.until < *representation.from) {
    problems.push_back(RepresentationProblem::end_before_start);
  }
  return problems;
}

std::optional<Date> last_day(const Representation& representation) {
  if (representation.until) return representation.until;
  if (representation.kind != RepresentationKind::authorised) return std::nullopt;
  // Article 563: one year from the day it was given.
  const auto given =
      representation.evidence.issued_on ? representation.evidence.issued_on : representation.from;
  if (!given) return std::nullopt;
  return years_after(*given, 1) - std::chrono::days{1};
}

RepresentationVerdict may_represent(std::span<const Representation> recorded,
                                    std::string_view representative, std::string_view represented,
                                    std::string_view procedure, std::string_view field, Date on,
                                    const std::optional<PartialDate>& born) {
  RepresentationVerdict best;
  for (const Representation& one : recorded) {
    if (one.representative != representative || one.represented != represented) continue;
    const RepresentationReason reason = judge(one, procedure, field, on, born);
    if (best.by == nullptr || distance(reason) < distance(best.reason)) {
      best = {.reason = reason, .by = &one};
    }
  }
  return best;
}

Bilingual explain(RepresentationProblem problem) {
  switch (problem) {
    case RepresentationProblem::self:
      return {"Người đại diện và người được đại diện là một; hãy chọn người khác.",
              "The representative and the represented are the same; choose another person."};
    case RepresentationProblem::evidence_missing:
      return {"Chưa ghi giấy tờ chứng minh quyền đại diện; hãy nhập số hoặc tên giấy tờ.",
              "No evidence of the representation is named; enter the number or what paper it is."};
    case RepresentationProblem::day_missing:
      return {"Giấy ủy quyền cần ngày lập hoặc thời hạn; hãy nhập ngày ghi trên giấy.",
              "An authorisation needs the day it was given, or its term; enter the day."};
    case RepresentationProblem::end_before_start:
      return {"Ngày hết hạn đứng trước ngày bắt đầu; hãy kiểm tra lại.",
              "The end lies before the start; check the days."};
  }
  return {};
}

Bilingual explain(RepresentationReason reason) {
  switch (reason) {
    case RepresentationReason::counts:
      return {"Có quyền đại diện.", "The representation counts."};
    case RepresentationReason::none_recorded:
      return {"Chưa có giấy tờ nào cho biết người này được đại diện; hãy ghi giấy tờ chứng minh.",
              "Nothing says that this person may act for the other; record the evidence."};
    case RepresentationReason::not_begun:
      return {"Thời hạn đại diện chưa bắt đầu.", "The representation has not begun."};
    case RepresentationReason::ended:
      return {"Thời hạn đại diện đã hết; cần giấy tờ mới.",
              "The representation has ended; a new paper is needed."};
    case RepresentationReason::revoked:
      return {"Việc đại diện đã bị chấm dứt; cần giấy tờ mới.",
              "The representation was revoked; a new paper is needed."};
    case RepresentationReason::other_procedures:
      return {"Giấy ủy quyền không bao gồm thủ tục này.",
              "The representation does not cover this procedure."};
    case RepresentationReason::of_age:
      return {"Người được đại diện đã đủ 18 tuổi và tự mình nộp hồ sơ, hoặc ủy quyền bằng văn bản.",
              "The represented person is eighteen and acts in person, or by an authorisation."};
    case RepresentationReason::birth_unknown:
      return {"Chưa biết ngày sinh của người được đại diện; hãy nhập ngày sinh.",
              "The represented person's day of birth is not known; enter it."};
  }
  return {};
}

}  // namespace party
