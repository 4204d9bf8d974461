// bench_time.cpp - time passing in a store of a million dossiers at work: finding what is due, the
// whole sweep, walking over every running clock, and what a changed calendar would move.
#include <algorithm>
#include <filesystem>

#include <CLI/CLI.hpp>
#include <sqlite3.h>

#include "casework/calendar_changes.h"
#include "casework/sweep.h"
#include "cli/compose.h"
#include "figure.h"
#include "raw_store.h"
#include "running_store.h"
#include "timed_store.h"

namespace {

using bench::fixed;
using bench::grouped;
using calendar::Instant;

std::string milliseconds(double seconds) {
  if (seconds < 1e-4) return fixed(seconds * 1e6, 1) + " us";
  return fixed(seconds * 1e3, seconds < 0.01 ? 2 : 0) + " ms";
}
std::string times(double measured, double yardstick) {
  return fixed(measured / yardstick, measured < 10 * yardstick ? 1 : 0) + " times ";
}
// The quickest of several: what the work costs where nothing else disturbs it.
template <class Work>
double quickest(int repetitions, Work work) {
  double best = 1e9;
  for (int i = 0; i < repetitions; ++i) {
    const auto start = bench::Stopwatch::now();
    work();
    best = std::min(best, bench::seconds_since(start));
  }
  return best;
}

// SQLite alone, every value of every row read: the yardstick of a walk.
struct BareWalk {
  std::int64_t rows = 0;
  std::size_t bytes = 0;
};
BareWalk walk(sqlite3_stmt* statement) {
  BareWalk done;
  while (sqlite3_step(statement) == SQLITE_ROW) {
    ++done.rows;
    for (int i = 0; i < sqlite3_column_count(statement); ++i) {
      bench::keep(sqlite3_column_text(statement, i));
      done.bytes += static_cast<std::size_t>(sqlite3_column_bytes(statement, i));
    }
  }
  sqlite3_reset(statement);
  return done;
}

void measure_due(casework::Store& store, bench::RawDatabase& raw, Instant end,
                 const bench::RunningStore& wanted) {
  const int limit = static_cast<int>(wanted.due) + 1;
  std::size_t found = 0;
  const double ours = quickest(20, [&] {
    const auto due = store.wakes_due(end, limit);
    if (!due) bench::give_up(due.error().message);
    found = due->size();
  });
  if (found != static_cast<std::size_t>(wanted.due)) {
    bench::give_up("due are " + std::to_string(found));
  }
  sqlite3_stmt* bare = raw.prepare(
      "SELECT dossier, wake_at, version FROM running WHERE tenant = 'H41' AND wake_at <= " +
      std::to_string(end.time_since_epoch().count()) + " ORDER BY wake_at");
  const double yardstick = quickest(20, [&] { bench::keep(walk(bare)); });
  const double next = quickest(200, [&] {
    if (!store.next_wake_at()) bench::give_up("the next moment cannot be read");
  });
  bench::print(
      {.what = "Finding " + grouped(static_cast<double>(found)) + " due of " +
               grouped(static_cast<double>(wanted.dossiers)) + " dossiers",
       .goal = "",
       .measured = milliseconds(ours) + "; when the next is due: " + milliseconds(next),
       .ratio = times(ours, yardstick) + "the bare look-up (" + milliseconds(yardstick) + ")"});
}

void measure_walk(casework::Store& store, bench::RawDatabase& raw) {
  std::int64_t rows = 0;
  const double ours = quickest(3, [&] {
    rows = 0;
    const auto done = store.each_running({}, [&](const casework::RunningRow& row) {
      bench::keep(row);
      ++rows;
      return true;
    });
    if (!done) bench::give_up(done.error().message);
  });
  sqlite3_stmt* bare = raw.prepare(
      "SELECT dossier, code, agency, clock, version, due_at FROM running WHERE tenant = 'H41'");
  BareWalk walked;
  const double yardstick = quickest(3, [&] { walked = walk(bare); });
  bench::print(
      {.what = "Walking over " + grouped(static_cast<double>(rows)) + " running clocks, " +
               grouped(static_cast<double>(walked.bytes) / static_cast<double>(rows)) +
               " bytes each",
       .goal = "",
       .measured = milliseconds(ours),
       .ratio = times(ours, yardstick) + "the bare scan (" + milliseconds(yardstick) + ")"});
}

// The office's, with another store under it.
casework::Workplace on(casework::Store& store, casework::Workplace& workplace) {
  return {.store = store,
          .files = workplace.files,
          .inspector = workplace.inspector,
          .printer = workplace.printer,
          .officers = workplace.officers,
          .clock = workplace.clock,
          .random = workplace.random,
          .publications = workplace.publications,
          .organisation = workplace.organisation,
          .calendars = workplace.calendars,
          .time_rules = workplace.time_rules,
          .secrets = workplace.secrets,
          .in_flight = workplace.in_flight,
          .public_url = workplace.public_url,
          .demo = workplace.demo};
}

// Loading what a sweep loads, through SQLite alone.
double bare_look_up(bench::RawDatabase& raw, Instant end) {
  sqlite3_stmt* bare = raw.prepare(
      "SELECT d.*, r.wake_at FROM running r CROSS JOIN dossier d ON d.tenant = r.tenant "
      "AND d.id = r.dossier WHERE r.tenant = 'H41' AND r.wake_at <= " +
      std::to_string(end.time_since_epoch().count()) + " ORDER BY r.wake_at");
  return quickest(5, [&] { bench::keep(walk(bare)); });
}

void measure_sweep(casework::Workplace& workplace, bench::RawDatabase& raw, Instant end,
                   const bench::RunningStore& wanted) {
  const double yardstick = bare_look_up(raw, end);
  bench::TimedStore timed(workplace.store);
  casework::Workplace around = on(timed, workplace);
  const auto start = bench::Stopwatch::now();
  const auto done = casework::sweep(around, static_cast<int>(wanted.due));
  const double took = bench::seconds_since(start);
  if (!done) bench::give_up(done.error().detail.en);
  const double apart = took - timed.seconds_writing();
  bench::print({.what = "Sweep, " + grouped(done->woken) + " due of " +
                        grouped(static_cast<double>(wanted.dossiers)) + ": " +
                        grouped(done->warnings) + " warnings, " + grouped(done->apologies) +
                        " apologies drafted, " + grouped(done->overdue) + " marked overdue, " +
                        grouped(done->silences) + " silences, " + grouped(done->postponed) +
                        " postponed",
                .goal = "50 ms and the commits",
                .measured = milliseconds(apart) + " and " + milliseconds(timed.seconds_writing()) +
                            " for the commits",
                .ratio = times(apart, yardstick) + "the bare look-up of the dossiers (" +
                         milliseconds(yardstick) + ")"});
  const auto again = quickest(20, [&] {
    const auto nothing = casework::sweep(around, static_cast<int>(wanted.due));
    if (!nothing || nothing->woken != 0) bench::give_up("the sweep did not come to its end");
  });
  bench::print(
      {.what = "The next sweep, nothing due", .goal = "", .measured = milliseconds(again)});
}

// A day off for everybody, the next but one working day.
calendar::OfficeSchedule with_a_closure(const casework::Workplace& workplace, Instant end) {
  const calendar::OfficeCalendar office = workplace.calendar_of("H41");
  calendar::Date on = calendar::local_date(end) + std::chrono::days{2};
  while (office.working_intervals(on).empty()) on += std::chrono::days{1};
  calendar::OfficeSchedule schedule;
  schedule.closures.push_back(
      {.first = on, .last = on, .hours = {}, .reason = {"Nghỉ do bão", "Storm"}, .act = "CĐ 1"});
  return schedule;
}

void measure_preview(casework::Workplace& workplace, bench::RawDatabase& raw, Instant end) {
  sqlite3_stmt* bare = raw.prepare(
      "SELECT dossier, code, agency, clock, version, due_at FROM running WHERE tenant = 'H41'");
  const double yardstick = quickest(3, [&] { bench::keep(walk(bare)); });
  const calendar::OfficeSchedule closed = with_a_closure(workplace, end);
  casework::CalendarPreview preview;
  const double took = quickest(3, [&] {
    const auto asked = casework::preview_calendar(workplace, "H41", closed);
    if (!asked) bench::give_up(asked.error().detail.en);
    preview = *asked;
  });
  bench::print(
      {.what = "Preview of a day off in the whole province: " +
               grouped(static_cast<double>(preview.checked)) + " due dates worked out, " +
               grouped(static_cast<double>(preview.moved)) + " would move, " +
               grouped(static_cast<double>(preview.standing)) + " clocks stand",
       .goal = "5 s",
       .measured = fixed(took, 2) + " s",
       .ratio = times(took, yardstick) + "the bare scan (" + milliseconds(yardstick) + ")"});
  if (preview.unreadable > 0) {
    bench::note(std::to_string(preview.unreadable) + " clocks could not be read");
  }
}

void run(const bench::RunningStore& wanted) {
  const Instant end = bench::make_running_store(wanted);
  bench::wake_some(wanted);
  const auto shipped = cli::find_shipped();
  if (!shipped) bench::give_up(shipped.error().message);
  const auto data = cli::DataFolder::open(bench::folder_of(wanted));
  if (!data) bench::give_up(data.error().message);
  calendar::ManualClock clock{end};
  const auto office =
      cli::Office::open(*data, *shipped, clock, {.public_url = "http://127.0.0.1:8080"});
  if (!office) bench::give_up(office.error().message);
  casework::Workplace& workplace = (*office)->workplace();
  bench::RawDatabase raw(data->store());
  measure_due(workplace.store, raw, end, wanted);
  measure_sweep(workplace, raw, end, wanted);
  measure_walk(workplace.store, raw);
  measure_preview(workplace, raw, end);
}

}  // namespace

int main(int argc, char** argv) {
  CLI::App program{"Measures what the passing of time costs where many dossiers are at work"};
  bench::RunningStore wanted;
  program.add_option("--data", wanted.folder, "Stores are made and kept in it, one of each size")
      ->capture_default_str();
  program.add_option("--dossiers", wanted.dossiers)->capture_default_str();
  program.add_option("--due", wanted.due, "At one moment")->capture_default_str();
  program.add_option("--lives", wanted.lives, "Lived through the use cases, to be copied")
      ->capture_default_str();
  CLI11_PARSE(program, argc, argv);
  run(wanted);
  return 0;
}
