#pragma once
// time_rules.h - what decrees and practice set about time besides the limits themselves: when to
// warn, when an apology is due, how often a date may be put off.
//
// Data with effective dates (data/calendars/time-rules.yaml); the defaults here are those of
// NĐ 118/2025/NĐ-CP and serve tests and offices without a file.
#include <string>
#include <string_view>
#include <vector>

#include "base/fault.h"
#include "calendar/instant.h"

namespace calendar {

struct TimeRules {
  Date effective_from{};
  int warning_minutes = 8 * 60;        // working minutes left when the officer is warned
  int apology_days = 1;                // calendar days before the due instant, at the latest
  int apology_draft_minutes = 8 * 60;  // working minutes before that, to read and sign the draft
  int extensions_max = 1;              // how often a date may be put off
  int supplement_reminder_days = 30;   // calendar days an applicant may take before a reminder
  TimeOfDay transfer_cutoff = hour_minute(15);  // received after it: handed on the next morning
  std::string source = "NĐ 118/2025/NĐ-CP";

  friend bool operator==(const TimeRules&, const TimeRules&) = default;
};

// Immutable; any thread.
class TimeRulebook {
 public:
  TimeRulebook() = default;
  // Fault `invalid`: two sets from the same day, a negative number, no set at all.
  [[nodiscard]] static base::Outcome<TimeRulebook> build(std::vector<TimeRules> sets);

  // Those in force that day; the first set also serves all time before it.
  [[nodiscard]] const TimeRules& on(Date day) const;

 private:
  std::vector<TimeRules> sets_{TimeRules{}};  // by date
};

}  // namespace calendar
