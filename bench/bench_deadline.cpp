// bench_deadline.cpp - a limit of 21 working days with its derivation, over the shipped calendar.
#include "calendar/deadline.h"
#include "cli/compose.h"
#include "figure.h"

int main() {
  const auto shipped = cli::find_shipped();
  if (!shipped) bench::give_up(shipped.error().message);
  const auto office = cli::read_calendar(*shipped);
  if (!office) bench::give_up(office.error().message);
  const auto limit = calendar::Limit::parse("21wd");
  const auto received = calendar::parse_instant("2026-08-20T10:00:00+07:00");
  if (!limit || !received) bench::give_up("the limit or the moment cannot be read");

  const auto measure = [&](const std::string& what, const std::string& goal,
                           const calendar::DeadlineRequest& first) {
    std::size_t steps = 0;
    const double each = bench::nanoseconds_each([&](std::size_t n) {
      calendar::DeadlineRequest request = first;
      for (std::size_t i = 0; i < n; ++i) {
        // Every minute of a working morning: no two calls alike.
        request.start = first.start + std::chrono::minutes{static_cast<int>(i % 80)};
        const auto due = calendar::deadline(request, *office);
        if (!due) bench::give_up("the deadline was refused");
        steps = due->steps.size();
        bench::keep(*due);
      }
    });
    bench::print({.what = what + " (" + std::to_string(steps) + " steps)",
                  .goal = goal,
                  .measured = bench::grouped(each) + " ns"});
  };
  measure("Deadline, 21 working days with derivation", "< 2,000 ns",
          {.start = *received, .limit = *limit});
  const auto paused_from = calendar::parse_instant("2026-08-25T09:00:00+07:00");
  const auto paused_to = calendar::parse_instant("2026-09-03T15:00:00+07:00");
  if (!paused_from || !paused_to) bench::give_up("the pause cannot be read");
  measure("Deadline, 21 working days, cut-off and one pause", "",
          {.start = *received,
           .limit = *limit,
           .cutoff = calendar::kUsualCutoff,
           .pauses = {{.from = *paused_from, .to = *paused_to}}});
  return 0;
}
