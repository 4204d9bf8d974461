#pragma once
// working_time.h - walking along the working minutes of an office, forwards and backwards.
//
// Small sums beside the statutory clock (deadline.h): when to warn, when an apology must have been
// sent, when a dossier has to be handed on.  A moment counts as working from the opening of an
// interval to its end, both included, so that "by the end of the morning" is one.
#include <cstdint>
#include <optional>

#include "calendar/instant.h"
#include "calendar/office_calendar.h"

namespace calendar {

// How far these functions look for working time before they give up.
inline constexpr int kSearchDays = 3653;

// Working minutes of [from, to), to the minute; negative never: 0 if to <= from.
[[nodiscard]] std::int64_t working_minutes_between(Instant from, Instant to,
                                                   const OfficeCalendar& office);

// The moment at which `minutes` working minutes have passed since the minute of `from` (seconds are
// cut off, as for limits in hours); `from` itself for 0 or less.  Ends with an interval, not with
// the opening of the next.  nullopt: ten years went by without work, or the calendar ended.
[[nodiscard]] std::optional<Instant> add_working_minutes(Instant from, std::int64_t minutes,
                                                         const OfficeCalendar& office);

// The latest moment t <= due with at least `minutes` working minutes in [t, due); `due` itself for
// 0 or less.  Where ten years do not hold that much work: ten years before `due`.
[[nodiscard]] Instant working_minutes_before(Instant due, std::int64_t minutes,
                                             const OfficeCalendar& office);

// The latest working moment at least `days_before` times 24 hours before `due`: until then the
// apology for a late result must have gone out.  Without work in the ten years before: that time
// before `due`. Source: Nghị định 118/2025/NĐ-CP (at the latest one day before the limit ends). Our
// reading of "one day": 24 hours.
[[nodiscard]] Instant notice_due(Instant due, int days_before, const OfficeCalendar& office);

// Until when a dossier received at `received` has to be handed on to those who settle it.  Received
// on a working day up to the cut-off, while the office still works: the end of that day's last
// interval; else the opening of the next working day (`received` itself if there is none in ten
// years).
// Source: Nghị định 118/2025/NĐ-CP, điều 18.
[[nodiscard]] Instant transfer_due(Instant received, TimeOfDay cutoff,
                                   const OfficeCalendar& office);

}  // namespace calendar
