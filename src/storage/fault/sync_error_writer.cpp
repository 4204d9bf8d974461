// sync_error_writer.cpp - a program that works on a store until a sync fails, and on and on if it
// may.
//
// sync_error_writer IMAGE ROUND SEED K [ending] [hide]: mounts the disk of IMAGE and lets its K-th
// sync fail (with "ending": the K-th since the work was done and the store is being closed; with
// "hide": tells it as an error of another kind).  Says on stdout, one line each: "ID VERSION" for
// what was acknowledged, and "! NAME" when the sync of NAME has failed; by then IMAGE holds what a
// machine would find that starts again.
#include <atomic>
#include <cstdio>
#include <cstdlib>
#include <string_view>
#include <thread>

#include <unistd.h>

#include "storage/fault/disk_vfs.h"
#include "storage/fault/image_file.h"
#include "storage/fault/load.h"
#include "storage/sqlite/sqlite_store.h"

namespace {

// One write per line: a line is whole or not there.
void say(const std::string& line) {
  const std::string whole = line + '\n';
  [[maybe_unused]] const ssize_t wrote = ::write(1, whole.data(), whole.size());
}

int work(int count, char** arguments) {
  using namespace storage::fault;
  const std::string image = arguments[1];
  const std::uint64_t k = std::strtoull(arguments[4], nullptr, 10);
  bool ending = false;
  bool hide = false;
  for (int i = 5; i < count; ++i) {
    ending = ending || std::string_view{arguments[i]} == "ending";
    hide = hide || std::string_view{arguments[i]} == "hide";
  }
  DiskVfs vfs;
  vfs.hide_sync_errors(hide);
  const auto disk =
      std::make_shared<Disk>(std::strtoull(arguments[3], nullptr, 10), read_image(image));
  disk->set_survivors(k % 3 == 0 ? Survivors::none : Survivors::some);
  disk->when_sync_fails([&](const std::string& what, const Image& left) {
    write_image(image, left);
    say("! " + what);
  });
  vfs.mount(disk);
  if (!ending) disk->set_faults({.fail_sync_at = k});
  auto store = storage::sqlite::open_store("motcua.db", "H41");
  if (!store) {
    std::fprintf(stderr, "%s\n", store.error().message.c_str());
    return 3;
  }
  std::atomic<int> done{0};
  std::atomic<bool> stop{false};
  run_load(**store, {.round = std::strtoll(arguments[2], nullptr, 10),
                     .threads = 4,
                     .acknowledged =
                         [&](const std::string& dossier, std::int64_t version) {
                           say(dossier + ' ' + std::to_string(version));
                           ++done;
                           // A process that goes on after a failed sync ends here, some time.
                           if (done > 100 && (ending || disk->sync_has_failed())) stop = true;
                         },
                     .stop = &stop,
                     .insists = true});
  if (ending) disk->set_faults({.fail_sync_at = k});
  *store = nullptr;
  return disk->sync_has_failed() ? 4 : 0;
}

}  // namespace

int main(int count, char** arguments) {
  return count < 5 ? 2 : work(count, arguments);
}
