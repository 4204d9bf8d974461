// crash_test_writer.cpp - a program to be killed: commits without end and says what was
// acknowledged.
//
// crash_test_writer FILE ROUND: eight threads file dossiers and act on them, a ninth does what time
// passing asks for; after each commit its dossier id and version are written to stdout, one line
// each, unbuffered.
#include <chrono>
#include <cstdio>
#include <thread>

#include <unistd.h>

#include "storage/contract/test_commits.h"
#include "storage/sqlite/sqlite_store.h"

namespace {

// One write per line: a line is whole or not there.
void say(const std::string& id, std::int64_t version) {
  const std::string line = id + " " + std::to_string(version) + "\n";
  [[maybe_unused]] const ssize_t wrote = ::write(1, line.data(), line.size());
}

// Warns of every third, several in one go, and lets the others sleep.
void sweep(casework::Store& store, casework::Instant now) {
  for (;;) {
    const auto due = store.wakes_due(now, 24);
    if (!due) std::_Exit(7);
    if (due->empty()) std::this_thread::sleep_for(std::chrono::milliseconds{1});
    std::vector<casework::Commit> warnings;
    std::vector<casework::WakeRow> asleep;
    for (const casework::WakeRow& row : *due) {
      const auto loaded = store.load(row.dossier);
      if (!loaded || !loaded->has_value()) std::_Exit(8);
      if ((*loaded)->row.version != row.version || row.dossier.back() % 3 != 0) {
        asleep.push_back({.dossier = row.dossier, .at = casework::kNever, .version = row.version});
        continue;
      }
      casework::Commit warning = storage::contract::new_dossier(row.dossier, "s", 0);
      warning = storage::contract::next_of(warning, "warn-" + row.dossier);
      warning.expected_version = row.version;
      warning.row.version = row.version + 1;
      warning.at = now;
      warning.tasks[0].activity = static_cast<std::uint32_t>(row.version);
      warning.events[0].type = "warned";
      warning.clock = "warned";
      warnings.push_back(warning);
    }
    const auto done = store.commit_all(warnings);
    for (std::size_t i = 0; i < done.size(); ++i) {
      if (done[i]) say(warnings[i].row.id, done[i]->version);
    }
    if (!store.move_wakes(asleep)) std::_Exit(9);
  }
}

}  // namespace

int main(int count, char** arguments) {
  if (count != 3) return 2;
  const auto store = storage::sqlite::open_store(arguments[1], "H41");
  if (!store) {
    std::fprintf(stderr, "%s\n", store.error().message.c_str());
    return 3;
  }
  const std::string round = arguments[2];
  const std::int64_t base = std::atoll(arguments[2]);
  std::vector<std::thread> threads;
  for (int t = 0; t < 8; ++t) {
    threads.emplace_back([&, t] {
      for (int i = 0;; ++i) {
        const std::string id = round + "-" + std::to_string(t) + "-" + std::to_string(i);
        auto commit = storage::contract::new_dossier(id, "s", base);
        if (!(*store)->commit(commit)) std::_Exit(4);
        say(id, 2);
        auto received = storage::contract::next_of(commit, "next-" + id);
        received.at = commit.at;
        received.tasks[0].activity = 2;
        received.tasks[0].step = "examine";
        received.clock = "running";
        received.wake_at = commit.at;
        if (!(*store)->commit(received)) std::_Exit(5);
        say(id, 3);
        // Every third is finished, which may meet the sweep.
        if (i % 3 != 0) continue;
        auto finished = storage::contract::next_of(received, "last-" + id);
        finished.at = commit.at;
        finished.tasks[0].activity = 3;
        finished.clock.clear();
        finished.wake_at.reset();
        const auto done = (*store)->commit(finished);
        if (done) say(id, 4);
        if (!done && done.error().failure != casework::CommitFailure::conflict) std::_Exit(6);
      }
    });
  }
  threads.emplace_back([&] { sweep(**store, storage::contract::moment(base)); });
  for (std::thread& thread : threads) thread.join();
}
