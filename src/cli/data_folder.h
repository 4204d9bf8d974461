#pragma once
// data_folder.h - where things are: the shipped definitions, the web faces, and a store's folder.
#include <filesystem>
#include <map>
#include <optional>
#include <string>
#include <utility>

#include "base/fault.h"

namespace cli {

// The folder that holds data/, procedures/ and the built web faces: MOTCUA_HOME, or found upwards
// from the program's own place, or /usr/share/motcua.  Never from the working directory.
struct Shipped {
  std::filesystem::path data;
  std::filesystem::path procedures;
  std::filesystem::path web;  // has portal/ and desk/; may not exist before the web is built
};
[[nodiscard]] base::Outcome<Shipped> find_shipped();

// The right to write in a data folder.  Two programs on one folder would run two clocks and send
// each mail twice, so a second one is turned away; the system gives the right back when a program
// ends, however it ends.
class FolderHold {
 public:
  FolderHold(FolderHold&& other) noexcept : descriptor_(std::exchange(other.descriptor_, -1)) {}
  FolderHold& operator=(FolderHold&&) = delete;
  FolderHold(const FolderHold&) = delete;
  FolderHold& operator=(const FolderHold&) = delete;
  ~FolderHold();

 private:
  friend class DataFolder;
  explicit FolderHold(int descriptor) : descriptor_(descriptor) {}
  int descriptor_;
};

// DIR of --data: DIR/motcua.db, DIR/files/, DIR/secret.key, DIR/journal.key, DIR/journal.keys,
// DIR/log/, DIR/mail/, DIR/tmp/.
class DataFolder {
 public:
  // Creates what is absent, for its owner only; sets the umask of the process accordingly.
  [[nodiscard]] static base::Outcome<DataFolder> open(const std::filesystem::path& folder);

  // Fault `conflict`: another program works in the folder.
  [[nodiscard]] base::Outcome<FolderHold> hold() const;

  // The hold, or nothing where another program has it: then only definitions are written, beside
  // it (storage::sqlite::Neighbours).
  [[nodiscard]] base::Outcome<std::optional<FolderHold>> hold_if_free() const;

  [[nodiscard]] std::string store() const { return (folder_ / "motcua.db").string(); }
  [[nodiscard]] const std::filesystem::path& path() const { return folder_; }
  [[nodiscard]] std::filesystem::path files() const { return folder_ / "files"; }
  [[nodiscard]] std::filesystem::path log() const { return folder_ / "log"; }
  [[nodiscard]] std::filesystem::path mail() const { return folder_ / "mail"; }
  [[nodiscard]] std::filesystem::path temporary() const { return folder_ / "tmp"; }
  [[nodiscard]] const std::string& secret_key() const { return secret_key_; }

 private:
  DataFolder(std::filesystem::path folder, std::string key)
      : folder_(std::move(folder)), secret_key_(std::move(key)) {}
  std::filesystem::path folder_;
  std::string secret_key_;
};

[[nodiscard]] base::Outcome<std::string> read_text(const std::filesystem::path& file);
// For its owner only; on the disk when it returns, and never seen half.
[[nodiscard]] base::Outcome<base::Done> write_durably(const std::filesystem::path& file,
                                                      const std::string& text);
// Files of a folder (and of its sub-folders) by their relative name.
[[nodiscard]] base::Outcome<std::map<std::string, std::string>> read_folder(
    const std::filesystem::path& folder);

}  // namespace cli
