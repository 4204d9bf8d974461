#pragma once
// gap.h - where nobody is, since when, why, and who could be given it.
//
// One gap stands for all steps for which the same is asked at the same agency over the same time:
// a vacant chair is told once, not once a procedure.
#include <string>
#include <string_view>
#include <vector>

#include "calendar/language.h"
#include "insight/coverage.h"
#include "insight/entitlement.h"

namespace insight {

// Some agencies; none given: all.
using Reach = std::function<bool(const party::AgencyId&)>;

enum class GapReason {
  impossible,      // the step asks for a role that its action is not for: mend the procedure
  nobody_here,     // no officer has a post or a mandate at the agency
  role_not_held,   // there are officers, but none in that role for such a procedure
  disabled,        // the accounts of those who hold it are disabled
  not_in_service,  // their service has not begun or is over
  authority_over,  // the grant or delegation has not begun or is over
  absent,          // they are all away
};
[[nodiscard]] std::string_view name(GapReason reason);
// What happened, and what to do about it.
[[nodiscard]] calendar::Bilingual explain(GapReason reason);

// Somebody who would be there but for something.
struct Hindrance {
  StaffMemberPtr member;
  GapReason why = GapReason::absent;
  std::optional<Instant> until{};  // of an absence
};

struct Gap {
  AgencyIndex agency = kNoAgency;
  Ask ask{};
  Period when{};
  bool lasts = false;  // to the end of what was looked at, perhaps beyond
  GapReason reason = GapReason::role_not_held;
  std::vector<Hindrance> hindrances{};
  std::int64_t steps = 0;
  std::int64_t procedures = 0;
  std::vector<Cell> cells{};  // at most GapQuery::cells_max of them
};

struct GapQuery {
  Period within{};
  std::size_t cells_max = 200;  // kept of each gap
  // Which cells are looked at; none: all.
  std::function<bool(const Cell&)> only{};
};

// The gravest first: those that are there earliest, then those of most steps.
[[nodiscard]] std::vector<Gap> gaps(const Coverage& coverage, const GapQuery& query);

// Why nobody could take the cell's work at `at`.
struct Diagnosis {
  GapReason reason = GapReason::role_not_held;
  std::vector<Hindrance> hindrances{};
};
[[nodiscard]] Diagnosis diagnose(const Coverage& coverage, const Cell& cell, Instant at);
[[nodiscard]] Diagnosis diagnose(const Coverage& coverage, AgencyIndex agency,
                                 const Occasion& occasion, Instant at);

// Who could take it at `at`; and who could be given it: in service and there, first those of the
// same agency, then those who have the role at another one near by; people of `of` only.
[[nodiscard]] std::vector<StaffMemberPtr> people(const Coverage& coverage, const Cell& cell,
                                                 Instant at);
[[nodiscard]] std::vector<StaffMemberPtr> candidates(const Coverage& coverage, AgencyIndex agency,
                                                     const Ask& ask, Instant at,
                                                     std::size_t most = 5, const Reach& of = {});

// Gathers cells into gaps.
class GapCollector {
 public:
  GapCollector(const Coverage& coverage, std::size_t cells_max)
      : coverage_(coverage), cells_max_(cells_max) {}
  // Cells of one procedure come together.
  void add(const Cell& cell, const Period& when);
  [[nodiscard]] std::vector<Gap> take();

 private:
  struct Key {
    AgencyIndex agency;
    std::uint32_t ask;
    Instant from;
    Instant until;
    GapReason reason;
    auto operator<=>(const Key&) const = default;
  };
  const Coverage& coverage_;
  std::size_t cells_max_;
  std::map<std::pair<SeatPlace, Instant>, Diagnosis> diagnoses_;
  struct Gathered {
    Gap gap;
    std::uint32_t last_procedure = 0xFFFFFFFFU;
  };
  std::map<Key, Gathered> gathered_;
};

// When nobody is there, within `within`.
[[nodiscard]] std::vector<Period> empty_periods(Timeline timeline, const Period& within,
                                                Instant end_of_timeline);

}  // namespace insight
