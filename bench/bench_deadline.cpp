// bench_deadline.cpp - limits over the shipped calendar: with their derivation, and bare due
// instants as a preview of a calendar change needs them.
#include <vector>

#include "calendar/deadline.h"
#include "cli/compose.h"
#include "figure.h"

namespace {

using calendar::DeadlineRequest;
using calendar::OfficeCalendar;

calendar::Instant moment(const char* text) {
  const auto read = calendar::parse_instant(text);
  if (!read) bench::give_up(std::string(text) + " is no moment");
  return *read;
}

calendar::Limit limit(const char* text) {
  const auto read = calendar::Limit::parse(text);
  if (!read) bench::give_up(std::string(text) + " is no limit");
  return *read;
}

// Every minute of a working morning: no two calls alike.
calendar::Instant varied(calendar::Instant first, std::size_t i) {
  return first + std::chrono::minutes{static_cast<int>(i % 80)};
}

// The yardstick: 21 working days found by asking the calendar day after day, and nothing else.
double bare_walk(const OfficeCalendar& office, calendar::Instant received) {
  return bench::nanoseconds_each([&](std::size_t n) {
    for (std::size_t i = 0; i < n; ++i) {
      calendar::Date on = calendar::local_date(varied(received, i));
      for (int left = 21; left > 0;) {
        on += std::chrono::days{1};
        if (office.is_working_day(on)) --left;
      }
      bench::keep(on);
    }
  });
}

struct Walked {
  double nanoseconds;
  std::size_t steps;
};
Walked explained(const OfficeCalendar& office, const DeadlineRequest& first) {
  Walked walked{};
  walked.nanoseconds = bench::nanoseconds_each([&](std::size_t n) {
    DeadlineRequest request = first;
    for (std::size_t i = 0; i < n; ++i) {
      request.start = varied(first.start, i);
      const auto due = calendar::deadline(request, office);
      if (!due) bench::give_up("the deadline was refused");
      walked.steps = due->steps.size();
      bench::keep(*due);
    }
  });
  return walked;
}

double bare(const OfficeCalendar& office, const DeadlineRequest& first) {
  return bench::nanoseconds_each([&](std::size_t n) {
    DeadlineRequest request = first;
    for (std::size_t i = 0; i < n; ++i) {
      request.start = varied(first.start, i);
      const auto due = calendar::due_of(request, office);
      if (!due) bench::give_up("the deadline was refused");
      bench::keep(*due);
    }
  });
}

// What a preview computes: both limits of each of a million dossiers received over two years, by
// the calendar as it is and as it would be.
void preview(const OfficeCalendar& office, double walk) {
  constexpr std::size_t kDossiers = 1'000'000;
  calendar::OfficeSchedule changed = office.schedule();
  const calendar::Date off{std::chrono::year{2026} / 10 / 5};
  changed.closures.push_back({off, off, std::nullopt, {"Nghỉ", "Closed"}, ""});
  const auto after = OfficeCalendar::build(
      std::make_shared<const calendar::NationalDays>(office.national_days()), changed);
  if (!after) bench::give_up(after.error().message);
  const std::vector<calendar::Limit> limits{limit("168h"), limit("30d"), limit("3wd"),
                                            limit("21wd")};
  const calendar::Instant first = moment("2025-01-02T08:00:00+07:00");
  std::size_t moved = 0;
  const auto start = bench::Stopwatch::now();
  for (std::size_t i = 0; i < kDossiers; ++i) {
    DeadlineRequest request{.start = first + std::chrono::minutes{static_cast<int>(i)},
                            .limit = limits[i % 4]};
    for (const std::size_t which : {i % 4, (i + 1) % 4}) {
      request.limit = limits[which];
      const auto before = calendar::due_of(request, office);
      const auto then = calendar::due_of(request, *after);
      if (!before || !then) bench::give_up("the deadline was refused");
      if (*before != *then) ++moved;
    }
  }
  const double took = bench::seconds_since(start);
  bench::print({.what = "Due instants of 1,000,000 dossiers, two limits each, by two calendars (" +
                        bench::grouped(static_cast<double>(moved)) + " moved)",
                .goal = "< 5 s",
                .measured = bench::fixed(took, 2) + " s",
                .ratio = bench::fixed(took * 1e9 / (4.0 * kDossiers) / walk, 1) +
                         " times the bare walk each"});
}

}  // namespace

int main() {
  const auto shipped = cli::find_shipped();
  if (!shipped) bench::give_up(shipped.error().message);
  const auto office = cli::read_calendar(*shipped);
  if (!office) bench::give_up(office.error().message);
  const calendar::Instant received = moment("2026-08-20T10:00:00+07:00");
  const double walk = bare_walk(*office, received);
  const auto ratio = [&](double each) {
    return bench::fixed(each / walk, 1) + " times the bare walk over the days (" +
           bench::fixed(walk, 0) + " ns)";
  };
  const DeadlineRequest plain{.start = received, .limit = limit("21wd")};
  DeadlineRequest paused = plain;
  paused.cutoff = calendar::kUsualCutoff;
  paused.pauses = {
      {.from = moment("2026-08-25T09:00:00+07:00"), .to = moment("2026-09-03T15:00:00+07:00")}};

  const auto with_steps = [&](const std::string& what, const std::string& goal,
                              const DeadlineRequest& request) {
    const Walked walked = explained(*office, request);
    bench::print({.what = what + " (" + std::to_string(walked.steps) + " steps)",
                  .goal = goal,
                  .measured = bench::grouped(walked.nanoseconds) + " ns",
                  .ratio = ratio(walked.nanoseconds)});
  };
  with_steps("Deadline, 21 working days with derivation", "< 2,000 ns", plain);
  with_steps("Deadline, 21 working days, cut-off and one pause", "", paused);
  const auto due_only = [&](const std::string& what, const std::string& goal,
                            const DeadlineRequest& request) {
    const double each = bare(*office, request);
    bench::print({.what = what,
                  .goal = goal,
                  .measured = bench::fixed(each, 0) + " ns",
                  .ratio = ratio(each)});
  };
  due_only("Due instant alone, 21 working days", "< 150 ns", plain);
  due_only("Due instant alone, 168 working hours", "", {.start = received, .limit = limit("168h")});
  due_only("Due instant alone, 30 days", "", {.start = received, .limit = limit("30d")});
  due_only("Due instant alone, 21 working days, cut-off and one pause", "", paused);
  preview(*office, walk);
  return 0;
}
