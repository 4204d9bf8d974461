#pragma once
// disk.h - a disk in memory that forgets at a power cut whatever was not synced.
//
// For tests.  Each file keeps what is durable apart from what was written since its last sync, and
// the folder keeps which names are durable.  A cut makes the image that a machine would find after
// it: either nothing that was unsynced is there, or chance decides for every sector of 512 bytes,
// for every new or deleted name and for the length of every file.  From then on the disk answers
// every call with `gone`: whoever still runs on it belongs to a machine that is off.
// All calls are thread-safe.
#include <cstdint>
#include <functional>
#include <map>
#include <memory>
#include <mutex>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "base/random.h"

namespace storage::fault {

inline constexpr std::size_t kSector = 512;

enum class Answer {
  done,
  short_read,   // the file ended before; the rest is zero
  gone,         // the power is cut
  sync_failed,  // what was to be made durable is lost, and the machine goes on
  refused,      // an input or output error
  full,         // no room
};

// What a cut leaves of what was not synced.
enum class Survivors { none, some };

// The names on a disk and what stands in them.
using Image = std::map<std::string, std::string>;

// What goes wrong, counted in calls from now on; 0: never.
struct Faults {
  std::uint64_t cut_at = 0;          // the n-th change of the disk (write, sync, create, delete …)
  std::uint64_t fail_sync_at = 0;    // the n-th sync of a file or the folder
  std::uint64_t refuse_read_at = 0;  // the n-th reading
  std::uint64_t refuse_write_at = 0;
  bool halves_the_write = false;  // the refused write has done its first half
  bool silently = false;          // the refused write says that it was done
  bool goes_on_refusing = false;  // every read or write from then on, until faults are set anew
  bool lies = false;              // syncs do nothing and say that they did
  std::uint64_t room = 0;         // bytes that all files may hold together; 0: no limit
};

class Disk {
 public:
  struct File;  // shared by all who have it open
  using Handle = std::shared_ptr<File>;

  // All chance comes from `seed`.
  explicit Disk(std::uint64_t seed, Image image = {});
  ~Disk();
  Disk(const Disk&) = delete;
  Disk& operator=(const Disk&) = delete;

  void set_faults(const Faults& faults);
  // Cuts the power now, if it is on.
  void cut();
  [[nodiscard]] bool is_cut() const;
  // Changes made so far, over all faults set.
  [[nodiscard]] std::uint64_t changes() const;
  [[nodiscard]] std::uint64_t syncs() const;
  // A reading or writing was refused.
  [[nodiscard]] bool refuses() const;
  // The k-th sync has failed.
  [[nodiscard]] bool sync_has_failed() const;
  // What a machine finds that starts from this disk: before a cut, all of it as if it were durable.
  [[nodiscard]] Image image() const;
  // Only what is durable now, whatever else is under way.
  [[nodiscard]] Image durable_image() const;
  void set_survivors(Survivors survivors);
  // Called once, with what would be left if the power were cut then, when a sync fails.
  void when_sync_fails(std::function<void(const std::string& what, const Image& image)> told);

  // Null with `done`: there is no such file.
  [[nodiscard]] std::pair<Answer, Handle> open(const std::string& name, bool create);
  // A file without a name.
  [[nodiscard]] Handle open_unnamed();
  [[nodiscard]] bool exists(const std::string& name) const;
  [[nodiscard]] Answer remove(const std::string& name, bool sync_folder);
  [[nodiscard]] Answer read(File& file, std::uint64_t offset, std::span<char> into);
  [[nodiscard]] Answer write(File& file, std::uint64_t offset, std::string_view bytes);
  [[nodiscard]] Answer truncate(File& file, std::uint64_t size);
  [[nodiscard]] Answer sync(File& file, bool folder_too);
  [[nodiscard]] std::pair<Answer, std::uint64_t> size(const File& file) const;

 private:
  using Names = std::map<std::string, Handle>;
  // Counts a change; false where the disk is gone or goes now.
  bool may_change();
  void go_dark();
  // Counts a sync; true where it is the one that fails.
  bool sync_fails(const std::string& what);
  [[nodiscard]] Image make_survivors();
  [[nodiscard]] std::string name_of(const File& file) const;
  [[nodiscard]] std::string survivor_of(const File& file);
  [[nodiscard]] bool chance(std::uint64_t percent);

  mutable std::mutex mutex_;
  base::SeededRandom random_;
  Survivors survivors_ = Survivors::none;
  Faults faults_;
  std::uint64_t changes_ = 0, cut_at_ = 0;
  std::uint64_t syncs_ = 0, reads_ = 0, writes_ = 0;
  bool sync_has_failed_ = false;
  std::function<void(const std::string&, const Image&)> when_sync_fails_;
  std::uint64_t used_ = 0;
  Names names_, durable_names_;
  std::optional<Image> after_cut_;
};

}  // namespace storage::fault
