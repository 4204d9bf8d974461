// bench_time.cpp - time passing in a store of a million dossiers at work: finding what is due, and
// walking over every running clock.
#include <algorithm>
#include <filesystem>

#include <CLI/CLI.hpp>
#include <sqlite3.h>

#include "cli/compose.h"
#include "figure.h"
#include "raw_store.h"
#include "running_store.h"

namespace {

using bench::fixed;
using bench::grouped;
using calendar::Instant;

std::string milliseconds(double seconds) {
  return fixed(seconds * 1e3, seconds < 0.1 ? 2 : 0) + " ms";
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

void run(const bench::RunningStore& wanted) {
  const Instant end = bench::make_running_store(wanted);
  bench::wake_some(wanted);
  const auto shipped = cli::find_shipped();
  if (!shipped) bench::give_up(shipped.error().message);
  const auto data = cli::DataFolder::open(bench::folder_of(wanted));
  if (!data) bench::give_up(data.error().message);
  calendar::ManualClock clock{end};
  const auto office = cli::Office::open(*data, *shipped, clock, "http://127.0.0.1:8080");
  if (!office) bench::give_up(office.error().message);
  casework::Workplace& workplace = (*office)->workplace();
  bench::RawDatabase raw(data->store());
  measure_due(workplace.store, raw, end, wanted);
  measure_walk(workplace.store, raw);
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
