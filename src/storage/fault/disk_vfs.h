#pragma once
// disk_vfs.h - SQLite on a fault::Disk: a VFS that is everybody's while it lives.
//
// For tests.  While a DiskVfs lives it is SQLite's default, so that the store under test is the one
// that people run.  Locks and the shared memory of the WAL are kept with the file; they belong to
// the machine and are gone with it.  A sync of a file that is new makes its name durable where
// SQLite's own VFS on Unix does (journals and WALs), and nowhere else.
#include <memory>
#include <mutex>
#include <string>

#include "storage/fault/disk.h"

struct sqlite3_vfs;

namespace storage::fault {

class DiskVfs {
 public:
  DiskVfs();
  ~DiskVfs();
  DiskVfs(const DiskVfs&) = delete;
  DiskVfs& operator=(const DiskVfs&) = delete;

  // What is opened from now on lies on this disk; what is open stays where it is.
  void mount(std::shared_ptr<Disk> disk);

  // Switches that break the store's safety, to see that the tests find out.
  // Every connection runs with PRAGMA synchronous=NORMAL, whatever it asks for.
  void force_normal_sync(bool on);
  // A failed sync is told as some other error.
  void hide_sync_errors(bool on);

  struct State;

 private:
  std::unique_ptr<State> state_;
  std::unique_ptr<sqlite3_vfs> vfs_;
};

}  // namespace storage::fault
