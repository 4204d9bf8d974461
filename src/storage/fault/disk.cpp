#include "storage/fault/disk.h"

#include <algorithm>
#include <utility>

namespace storage::fault {

// One change of a file that was not synced yet.
struct Change {
  std::uint64_t offset = 0;
  std::string bytes;
  std::optional<std::uint64_t> new_size;  // a truncation instead
};

struct Disk::File {
  std::string durable;
  std::string current;
  std::vector<Change> unsynced;
};

namespace {

void overwrite(std::string& content, std::uint64_t offset, std::string_view bytes) {
  const std::size_t end = static_cast<std::size_t>(offset) + bytes.size();
  if (content.size() < end) content.resize(end, '\0');
  std::ranges::copy(bytes, content.begin() + static_cast<std::ptrdiff_t>(offset));
}

}  // namespace

Disk::Disk(std::uint64_t seed, Image image) : random_(seed) {
  for (auto& [name, bytes] : image) {
    auto file = std::make_shared<File>();
    used_ += bytes.size();
    file->durable = bytes;
    file->current = std::move(bytes);
    names_.emplace(name, file);
  }
  durable_names_ = names_;
}
Disk::~Disk() = default;

void Disk::set_faults(const Faults& faults) {
  const std::scoped_lock lock(mutex_);
  faults_ = faults;
  cut_at_ = faults.cut_at == 0 ? 0 : changes_ + faults.cut_at;
  syncs_ = reads_ = writes_ = 0;
}
void Disk::cut() {
  const std::scoped_lock lock(mutex_);
  go_dark();
}
bool Disk::is_cut() const {
  const std::scoped_lock lock(mutex_);
  return after_cut_.has_value();
}
std::uint64_t Disk::changes() const {
  const std::scoped_lock lock(mutex_);
  return changes_;
}
std::uint64_t Disk::syncs() const {
  const std::scoped_lock lock(mutex_);
  return syncs_;
}
bool Disk::refuses() const {
  const std::scoped_lock lock(mutex_);
  return (faults_.refuse_read_at != 0 && reads_ >= faults_.refuse_read_at) ||
         (faults_.refuse_write_at != 0 && writes_ >= faults_.refuse_write_at);
}
bool Disk::sync_has_failed() const {
  const std::scoped_lock lock(mutex_);
  return sync_has_failed_;
}
void Disk::when_sync_fails(std::function<void(const std::string& what, const Image& image)> told) {
  const std::scoped_lock lock(mutex_);
  when_sync_fails_ = std::move(told);
}
void Disk::set_survivors(Survivors survivors) {
  const std::scoped_lock lock(mutex_);
  survivors_ = survivors;
}

Image Disk::image() const {
  const std::scoped_lock lock(mutex_);
  if (after_cut_.has_value()) return *after_cut_;
  Image image;
  for (const auto& [name, file] : names_) image.emplace(name, file->current);
  return image;
}
Image Disk::durable_image() const {
  const std::scoped_lock lock(mutex_);
  Image image;
  for (const auto& [name, file] : durable_names_) image.emplace(name, file->durable);
  return image;
}

bool Disk::chance(std::uint64_t percent) {
  return random_.below(100) < percent;
}

bool Disk::may_change() {
  if (after_cut_.has_value()) return false;
  ++changes_;
  if (cut_at_ != 0 && changes_ >= cut_at_) {
    go_dark();
    return false;
  }
  return true;
}

void Disk::go_dark() {
  if (!after_cut_.has_value()) after_cut_ = make_survivors();
}

bool Disk::sync_fails(const std::string& what) {
  if (++syncs_ != faults_.fail_sync_at) return false;
  sync_has_failed_ = true;
  if (when_sync_fails_) when_sync_fails_(what, make_survivors());
  return true;
}

std::string Disk::name_of(const File& file) const {
  for (const auto& [name, known] : names_) {
    if (known.get() == &file) return name;
  }
  return "(no name)";
}

Image Disk::make_survivors() {
  Image image;
  Names left = durable_names_;
  if (survivors_ == Survivors::some) {
    // Each name that was made, replaced or deleted since the folder was synced is there or not.
    for (const auto& [name, file] : durable_names_) {
      const auto now = names_.find(name);
      if (now == names_.end() && chance(50)) left.erase(name);
      if (now != names_.end() && now->second != file && chance(50)) left[name] = now->second;
    }
    for (const auto& [name, file] : names_) {
      if (!durable_names_.contains(name) && chance(50)) left.emplace(name, file);
    }
  }
  for (const auto& [name, file] : left) image.emplace(name, survivor_of(*file));
  return image;
}

std::string Disk::survivor_of(const File& file) {
  std::string content = file.durable;
  if (survivors_ == Survivors::none || file.unsynced.empty()) return content;
  // Much, half or little of it got to the disk, in any order.
  constexpr std::uint64_t kShares[] = {3, 50, 97};
  const std::uint64_t share = kShares[random_.below(3)];
  std::size_t least = content.size();
  for (const Change& change : file.unsynced) {
    if (change.new_size.has_value()) {
      if (chance(share)) content.resize(static_cast<std::size_t>(*change.new_size), '\0');
      least = std::min(least, content.size());
      continue;
    }
    // Torn where sectors meet; a sector is old or new as far as this change goes.
    std::uint64_t at = change.offset;
    std::string_view rest = change.bytes;
    while (!rest.empty()) {
      const std::size_t piece =
          std::min<std::size_t>(rest.size(), kSector - static_cast<std::size_t>(at % kSector));
      if (chance(share)) overwrite(content, at, rest.substr(0, piece));
      at += piece;
      rest.remove_prefix(piece);
    }
  }
  // The length is written apart from the content: cut short, or with whatever lay there before.
  if (content.size() > least && chance(25)) {
    content.resize(least + static_cast<std::size_t>(random_.below(content.size() - least + 1)));
  }
  if (chance(10)) {
    std::string rubbish(static_cast<std::size_t>(random_.below(3 * 4096)), '\0');
    random_.fill(std::as_writable_bytes(std::span(rubbish)));
    content += rubbish;
  }
  return content;
}

std::pair<Answer, Disk::Handle> Disk::open(const std::string& name, bool create) {
  const std::scoped_lock lock(mutex_);
  if (after_cut_.has_value()) return {Answer::gone, nullptr};
  const auto found = names_.find(name);
  if (found != names_.end()) return {Answer::done, found->second};
  if (!create) return {Answer::done, nullptr};
  if (!may_change()) return {Answer::gone, nullptr};
  return {Answer::done, names_.emplace(name, std::make_shared<File>()).first->second};
}

Disk::Handle Disk::open_unnamed() {
  return std::make_shared<File>();
}

bool Disk::exists(const std::string& name) const {
  const std::scoped_lock lock(mutex_);
  const auto found = names_.find(name);
  // As SQLite asks: an empty file is none.
  return found != names_.end() && !found->second->current.empty();
}

Answer Disk::remove(const std::string& name, bool sync_folder) {
  const std::scoped_lock lock(mutex_);
  if (!may_change()) return Answer::gone;
  const auto found = names_.find(name);
  if (found != names_.end()) {
    used_ -= found->second->current.size();
    names_.erase(found);
  }
  if (!sync_folder) return Answer::done;
  if (sync_fails("(folder)")) return Answer::sync_failed;
  if (!faults_.lies) durable_names_ = names_;
  return Answer::done;
}

Answer Disk::read(File& file, std::uint64_t offset, std::span<char> into) {
  const std::scoped_lock lock(mutex_);
  if (after_cut_.has_value()) return Answer::gone;
  ++reads_;
  if (faults_.refuse_read_at != 0 &&
      (reads_ == faults_.refuse_read_at ||
       (faults_.goes_on_refusing && reads_ > faults_.refuse_read_at))) {
    return Answer::refused;
  }
  const std::string& content = file.current;
  const std::size_t there =
      offset >= content.size()
          ? 0
          : std::min(into.size(), content.size() - static_cast<std::size_t>(offset));
  if (there > 0) {
    std::copy_n(content.data() + offset, there, into.data());
  }
  std::ranges::fill(into.subspan(there), '\0');
  return there == into.size() ? Answer::done : Answer::short_read;
}

Answer Disk::write(File& file, std::uint64_t offset, std::string_view bytes) {
  const std::scoped_lock lock(mutex_);
  if (!may_change()) return Answer::gone;
  ++writes_;
  Answer answer = Answer::done;
  if (faults_.refuse_write_at != 0 &&
      (writes_ == faults_.refuse_write_at ||
       (faults_.goes_on_refusing && writes_ > faults_.refuse_write_at))) {
    answer = faults_.silently ? Answer::done : Answer::refused;
    if (!faults_.halves_the_write) return answer;
    bytes = bytes.substr(0, bytes.size() / 2);
  }
  const std::uint64_t end = offset + bytes.size();
  const std::uint64_t grows = end > file.current.size() ? end - file.current.size() : 0;
  if (faults_.room != 0 && grows > 0 && used_ + grows > faults_.room) return Answer::full;
  used_ += grows;
  overwrite(file.current, offset, bytes);
  file.unsynced.push_back({.offset = offset, .bytes = std::string{bytes}, .new_size = {}});
  return answer;
}

Answer Disk::truncate(File& file, std::uint64_t size) {
  const std::scoped_lock lock(mutex_);
  if (!may_change()) return Answer::gone;
  used_ = used_ - file.current.size() + size;
  file.current.resize(static_cast<std::size_t>(size), '\0');
  file.unsynced.push_back({.offset = 0, .bytes = {}, .new_size = size});
  return Answer::done;
}

Answer Disk::sync(File& file, bool folder_too) {
  const std::scoped_lock lock(mutex_);
  if (!may_change()) return Answer::gone;
  if (faults_.lies) return Answer::done;
  // The kernel has dropped what it could not write and takes it for clean: nobody writes it again.
  std::vector<Change> changes = std::exchange(file.unsynced, {});
  if (sync_fails(name_of(file))) return Answer::sync_failed;
  // Changes that a failed sync has lost stay lost: only what came since is written.
  for (const Change& change : changes) {
    if (change.new_size.has_value()) {
      file.durable.resize(static_cast<std::size_t>(*change.new_size), '\0');
    } else {
      overwrite(file.durable, change.offset, change.bytes);
    }
  }
  if (!folder_too) return Answer::done;
  if (sync_fails("(folder)")) return Answer::sync_failed;
  durable_names_ = names_;
  return Answer::done;
}

std::pair<Answer, std::uint64_t> Disk::size(const File& file) const {
  const std::scoped_lock lock(mutex_);
  if (after_cut_.has_value()) return {Answer::gone, 0};
  return {Answer::done, file.current.size()};
}

}  // namespace storage::fault
