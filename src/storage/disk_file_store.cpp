#include "storage/disk_file_store.h"

#include <array>
#include <cerrno>
#include <cstdio>
#include <cstdlib>  // mkostemp
#include <cstring>
#include <mutex>
#include <utility>

#include <dirent.h>
#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/sha256.h"
#include "calendar/clock.h"
#include "storage/held_back_source.h"

namespace storage {

namespace {

using base::Done;
using base::FaultCode;
using base::Outcome;
using calendar::Instant;
using std::filesystem::path;

constexpr std::chrono::hours kLeftoversLife{24};

base::Fault fault_of_errno(const char* doing) {
  const int error = errno;
  FaultCode code = FaultCode::internal;
  if (error == ENOSPC || error == EDQUOT) code = FaultCode::exhausted;
  if (error == EMFILE || error == ENFILE) code = FaultCode::unavailable;
  return base::Fault{code, std::string{doing} + ": " + std::strerror(error)};
}

void sync_or_stop(int descriptor) {
  if (fsync(descriptor) == 0) return;
  std::fprintf(stderr, "motcua: the disk refused to make a file durable; stopping at once\n");
  std::_Exit(70);
}

class Descriptor {
 public:
  explicit Descriptor(int raw) : raw_(raw) {}
  ~Descriptor() {
    if (raw_ >= 0) ::close(raw_);
  }
  Descriptor(Descriptor&& other) noexcept : raw_(std::exchange(other.raw_, -1)) {}
  Descriptor& operator=(Descriptor&&) = delete;
  Descriptor(const Descriptor&) = delete;
  Descriptor& operator=(const Descriptor&) = delete;
  [[nodiscard]] int raw() const { return raw_; }

 private:
  int raw_;
};

Outcome<Done> sync_folder(const path& folder) {
  const Descriptor directory(::open(folder.c_str(), O_RDONLY | O_DIRECTORY | O_CLOEXEC));
  if (directory.raw() < 0) return base::Failure{fault_of_errno("open folder")};
  sync_or_stop(directory.raw());
  return Done{};
}

Outcome<Done> write_all(int file, std::string_view bytes) {
  while (!bytes.empty()) {
    const ssize_t wrote = ::write(file, bytes.data(), bytes.size());
    if (wrote < 0 && errno == EINTR) continue;
    if (wrote < 0) return base::Failure{fault_of_errno("write file")};
    bytes.remove_prefix(static_cast<std::size_t>(wrote));
  }
  return Done{};
}

// By the same clock as everybody else in the program, which may not be the one of the kernel.
timespec now_for_file() {
  const auto now = calendar::SystemClock{}.now().time_since_epoch();
  const auto seconds = std::chrono::floor<std::chrono::seconds>(now);
  return {.tv_sec = seconds.count(),
          .tv_nsec = std::chrono::duration_cast<std::chrono::nanoseconds>(now - seconds).count()};
}

std::array<timespec, 2> both_times() {
  return {timespec{.tv_sec = 0, .tv_nsec = UTIME_OMIT}, now_for_file()};
}

Instant put_at(const struct stat& facts) {
  return Instant{std::chrono::seconds{facts.st_mtim.tv_sec}} +
         std::chrono::milliseconds{facts.st_mtim.tv_nsec / 1'000'000};
}

// Names of the entries of a folder; nothing when it cannot be read (any more).
std::vector<std::string> names_in(const path& folder) {
  std::vector<std::string> names;
  DIR* directory = ::opendir(folder.c_str());
  if (directory == nullptr) return names;
  while (const dirent* entry = ::readdir(directory)) names.emplace_back(entry->d_name);
  ::closedir(directory);
  return names;
}

class DiskPieces final : public Pieces {
 public:
  explicit DiskPieces(Descriptor file) : file_(std::move(file)) {}
  Outcome<std::string> read(std::size_t most) override {
    std::string bytes(most, '\0');
    for (;;) {
      const ssize_t count = ::read(file_.raw(), bytes.data(), bytes.size());
      if (count < 0 && errno == EINTR) continue;
      if (count < 0) return base::Failure{fault_of_errno("read file")};
      bytes.resize(static_cast<std::size_t>(count));
      return bytes;
    }
  }

 private:
  Descriptor file_;
};

class DiskFileStore final : public casework::FileStore {
 public:
  explicit DiskFileStore(path folder) : folder_(std::move(folder)) {}

  Outcome<std::string> put(std::string_view bytes) override {
    std::string name = base::to_hex(base::sha256(bytes));
    if (TRY(made_young(name))) return name;
    auto sink = TRY(open_sink());
    TRY(sink->append(bytes));
    return sink->finish();
  }

  Outcome<std::unique_ptr<casework::FileSink>> open_sink() override {
    // A name that nothing has: what a dead process left behind is in nobody's way.
    std::string name = (folder_ / "incoming" / "XXXXXX").string();
    Descriptor file(::mkostemp(name.data(), O_CLOEXEC));
    if (file.raw() < 0) return base::Failure{fault_of_errno("create file")};
    return std::unique_ptr<casework::FileSink>{
        std::make_unique<Sink>(*this, std::move(file), std::move(name))};
  }

  Outcome<std::string> get(const std::string& address) override {
    auto source = TRY(open(address));
    std::string content;
    content.reserve(static_cast<std::size_t>(source->size()));
    for (;;) {
      const std::string piece = TRY(source->next());
      if (piece.empty()) return content;
      content += piece;
    }
  }

  Outcome<std::unique_ptr<casework::FileSource>> open(const std::string& address) override {
    TRY(check(address));
    Descriptor file(::open(place_of(address).c_str(), O_RDONLY | O_CLOEXEC));
    if (file.raw() < 0) return absent(address);
    struct stat facts{};
    if (::fstat(file.raw(), &facts) != 0) return base::Failure{fault_of_errno("look at file")};
    return held_back_source(address, facts.st_size, std::make_unique<DiskPieces>(std::move(file)));
  }

  Outcome<std::int64_t> size(const std::string& address) override {
    TRY(check(address));
    struct stat facts{};
    if (::stat(place_of(address).c_str(), &facts) != 0) return absent(address);
    return static_cast<std::int64_t>(facts.st_size);
  }

  Outcome<Done> each(const std::function<bool(const casework::StoredFile&)>& visit) override {
    for (const std::string& shard : names_in(folder_)) {
      if (shard.size() != 2) continue;
      for (const std::string& name : names_in(folder_ / shard)) {
        if (!casework::is_file_address(name) || !name.starts_with(shard)) continue;
        struct stat facts{};
        if (::stat(place_of(name).c_str(), &facts) != 0 || !S_ISREG(facts.st_mode)) continue;
        if (!visit({.address = name, .size = facts.st_size, .put_at = put_at(facts)})) {
          return Done{};
        }
      }
    }
    return Done{};
  }

  Outcome<bool> remove_put_before(const std::string& address, Instant moment) override {
    TRY(check(address));
    const std::scoped_lock lock(places_);
    struct stat facts{};
    if (::stat(place_of(address).c_str(), &facts) != 0) return false;
    if (put_at(facts) >= moment) return false;
    TRY(unlink(address));
    return true;
  }

  Outcome<Done> remove(const std::string& address) override {
    TRY(check(address));
    const std::scoped_lock lock(places_);
    return unlink(address);
  }

 private:
  class Sink final : public casework::FileSink {
   public:
    Sink(DiskFileStore& store, Descriptor file, std::string name)
        : store_(store), file_(std::move(file)), name_(std::move(name)) {}
    ~Sink() override {
      if (!name_.empty()) ::unlink(name_.c_str());
    }
    Outcome<Done> append(std::string_view bytes) override {
      hash_.update(bytes);
      return write_all(file_.raw(), bytes);
    }
    Outcome<std::string> finish() override {
      std::string address = base::to_hex(hash_.finish());
      if (TRY(store_.made_young(address))) return address;
      TRY(store_.place(file_.raw(), name_, address));
      name_.clear();
      return address;
    }

   private:
    DiskFileStore& store_;
    Descriptor file_;
    std::string name_;  // empty once it is in its place
    base::Sha256Stream hash_;
  };

  static Outcome<Done> check(const std::string& address) {
    if (casework::is_file_address(address)) return Done{};
    return base::fault(FaultCode::not_found, "not a file address");
  }
  static base::Failure<base::Fault> absent(const std::string& address) {
    if (errno != ENOENT && errno != ENOTDIR) return base::Failure{fault_of_errno("open file")};
    return base::fault(FaultCode::not_found, "no file " + address);
  }

  [[nodiscard]] path place_of(const std::string& address) const {
    return folder_ / address.substr(0, 2) / address;
  }

  // True: it is there, whole and durable, and young.  Another may have put it this moment, so its
  // folders are synced all the same.  What is there but spoiled is written anew.
  Outcome<bool> made_young(const std::string& address) {
    if (!is_whole(address)) return false;
    {
      const std::scoped_lock lock(places_);
      const auto times = both_times();
      // Removed since it was looked at: it is written anew.
      if (::utimensat(AT_FDCWD, place_of(address).c_str(), times.data(), 0) != 0) return false;
    }
    TRY(sync_folders_of(address));
    return true;
  }
  bool is_whole(const std::string& address) {
    auto source = open(address);
    if (!source) return false;
    for (;;) {
      const auto piece = (*source)->next();
      if (!piece) return false;
      if (piece->empty()) return true;
    }
  }

  Outcome<Done> place(int file, const std::string& from, const std::string& address) {
    const path to = place_of(address);
    if (::mkdir(to.parent_path().c_str(), 0777) != 0 && errno != EEXIST) {
      return base::Failure{fault_of_errno("create folder")};
    }
    sync_or_stop(file);
    {
      const std::scoped_lock lock(places_);
      const auto times = both_times();
      if (::futimens(file, times.data()) != 0) return base::Failure{fault_of_errno("date file")};
      if (::rename(from.c_str(), to.c_str()) != 0) return base::Failure{fault_of_errno("rename")};
    }
    return sync_folders_of(address);
  }

  Outcome<Done> sync_folders_of(const std::string& address) const {
    TRY(sync_folder(place_of(address).parent_path()));
    return sync_folder(folder_);
  }

  Outcome<Done> unlink(const std::string& address) const {
    if (::unlink(place_of(address).c_str()) != 0 && errno != ENOENT && errno != ENOTDIR) {
      return base::Failure{fault_of_errno("remove file")};
    }
    return Done{};
  }

  path folder_;
  // Between a put that finds its file there and a removal of the same file.
  std::mutex places_;
};

void clear_leftovers(const path& incoming) {
  const Instant before = calendar::SystemClock{}.now() - kLeftoversLife;
  for (const std::string& name : names_in(incoming)) {
    struct stat facts{};
    const path file = incoming / name;
    if (::stat(file.c_str(), &facts) != 0 || !S_ISREG(facts.st_mode)) continue;
    if (put_at(facts) < before) ::unlink(file.c_str());
  }
}

}  // namespace

Outcome<std::unique_ptr<casework::FileStore>> open_disk_files(const path& folder) {
  std::error_code error;
  std::filesystem::create_directories(folder / "incoming", error);
  if (error) return base::fault(FaultCode::internal, "cannot create " + folder.string());
  clear_leftovers(folder / "incoming");
  return std::unique_ptr<casework::FileStore>{std::make_unique<DiskFileStore>(folder)};
}

}  // namespace storage
