#pragma once
// backup_place.h - the folder that backups go to.
//
//   TO/2026-08-20T100000Z/   a generation: image of the store, keys, manifest.json, SHA256SUMS
//   TO/files/                papers of all generations, each once, under its SHA-256
//   TO/lock                  held by whoever writes here
//
// A generation is made under a name that begins with ".unfinished-" and renamed once everything in
// it is on the disk; one that is taken away is renamed first, too.  So what has a name is whole,
// whenever a backup is killed.
#include <filesystem>
#include <string>
#include <utility>
#include <vector>

#include "base/fault.h"
#include "calendar/instant.h"

namespace cli {

// An exclusive lock on a file, given back when the program ends, however it ends.
class FileLock {
 public:
  // Fault `conflict` with `taken`: somebody else has it.
  [[nodiscard]] static base::Outcome<FileLock> take(const std::filesystem::path& file,
                                                    const std::string& taken);
  FileLock(FileLock&& other) noexcept : descriptor_(std::exchange(other.descriptor_, -1)) {}
  FileLock& operator=(FileLock&&) = delete;
  FileLock(const FileLock&) = delete;
  FileLock& operator=(const FileLock&) = delete;
  ~FileLock();

 private:
  explicit FileLock(int descriptor) : descriptor_(descriptor) {}
  int descriptor_;
};

class BackupPlace {
 public:
  // Fault `not_found`: no such folder, or no generation in it.
  [[nodiscard]] static base::Outcome<BackupPlace> open(const std::filesystem::path& folder);
  // Creates it, for its owner only.
  [[nodiscard]] static base::Outcome<BackupPlace> create(const std::filesystem::path& folder);

  [[nodiscard]] base::Outcome<FileLock> hold() const;
  // Takes away what a killed backup left.  Requires: hold().
  [[nodiscard]] base::Outcome<base::Done> clean() const;

  // Names of the whole ones, oldest first.
  [[nodiscard]] std::vector<std::string> generations() const;
  // The wanted one, or the newest where none is named.  Fault `not_found`.
  [[nodiscard]] base::Outcome<std::string> choose(const std::string& wanted) const;
  [[nodiscard]] std::filesystem::path generation(const std::string& name) const {
    return folder_ / name;
  }
  [[nodiscard]] std::filesystem::path papers() const { return folder_ / "files"; }
  [[nodiscard]] const std::filesystem::path& folder() const { return folder_; }

  // An empty folder for a generation of that moment; the name that it will have.
  struct Begun {
    std::string name;
    std::filesystem::path folder;
  };
  [[nodiscard]] base::Outcome<Begun> begin(calendar::Instant at) const;
  // Everything in it is written and synced by the caller; now it gets its name.
  [[nodiscard]] base::Outcome<base::Done> finish(const Begun& begun) const;
  [[nodiscard]] base::Outcome<base::Done> remove(const std::string& name) const;

 private:
  explicit BackupPlace(std::filesystem::path folder) : folder_(std::move(folder)) {}
  std::filesystem::path folder_;
};

// "2026-08-20T100000Z".
[[nodiscard]] std::string generation_name(calendar::Instant at);

// For the owner's eyes only; synced.  The folder is the caller's to sync.
[[nodiscard]] base::Outcome<base::Done> write_synced(const std::filesystem::path& file,
                                                     const std::string& text);
[[nodiscard]] base::Outcome<base::Done> sync_folder(const std::filesystem::path& folder);

}  // namespace cli
