#include "calendar/time_rules.h"

#include <algorithm>

namespace calendar {

base::Outcome<TimeRulebook> TimeRulebook::build(std::vector<TimeRules> sets) {
  if (sets.empty()) return base::fault(base::FaultCode::invalid, "no rules about time");
  std::ranges::sort(sets, {}, &TimeRules::effective_from);
  const auto twice = std::ranges::adjacent_find(sets, {}, &TimeRules::effective_from);
  if (twice != sets.end()) {
    return base::fault(base::FaultCode::invalid,
                       "two sets of rules from " + to_iso(twice->effective_from));
  }
  for (const TimeRules& one : sets) {
    const bool sensible = one.warning_minutes >= 0 && one.apology_days >= 0 &&
                          one.apology_draft_minutes >= 0 && one.extensions_max >= 0 &&
                          one.supplement_reminder_days > 0;
    if (!sensible) {
      return base::fault(base::FaultCode::invalid,
                         "a negative number in the rules from " + to_iso(one.effective_from));
    }
  }
  TimeRulebook book;
  book.sets_ = std::move(sets);
  return book;
}

const TimeRules& TimeRulebook::on(Date day) const {
  const auto after = std::ranges::upper_bound(sets_, day, {}, &TimeRules::effective_from);
  return after == sets_.begin() ? sets_.front() : *std::prev(after);
}

}  // namespace calendar
