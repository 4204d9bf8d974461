// kill_writer.cpp - a program to be killed: works on a store without end and says what was
// acknowledged.
//
// kill_writer FILE ROUND: after each commit its dossier id and version are written to stdout, one
// line each, unbuffered.
#include <cstdio>
#include <cstdlib>

#include <unistd.h>

#include "storage/fault/load.h"
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
  storage::fault::run_load(**store,
                           {.round = std::strtoll(arguments[2], nullptr, 10), .acknowledged = say});
  // Nothing but the end of the process ends it.
  return 4;
}
