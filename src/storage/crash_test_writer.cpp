// crash_test_writer.cpp - a program to be killed: commits without end and says what was
// acknowledged.
//
// crash_test_writer FILE ROUND: eight threads file dossiers and act on them; after each commit its
// dossier id and version are written to stdout, one line each, unbuffered.
#include <atomic>
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
        const auto next = storage::contract::next_of(commit, "next-" + id);
        auto same_time = next;
        same_time.at = commit.at;
        same_time.tasks[0].activity = 2;
        same_time.tasks[0].step = "examine";
        if (!(*store)->commit(same_time)) std::_Exit(5);
        say(id, 3);
      }
    });
  }
  for (std::thread& thread : threads) thread.join();
}
