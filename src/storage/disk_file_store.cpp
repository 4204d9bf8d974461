#include "storage/disk_file_store.h"

#include <cerrno>
#include <cstdio>
#include <cstdlib>  // mkostemp
#include <cstring>
#include <fstream>
#include <sstream>

#include <fcntl.h>
#include <unistd.h>

#include "base/sha256.h"

namespace storage {

namespace {

base::Fault fault_of_errno(const char* doing) {
  const int error = errno;
  const auto code =
      error == ENOSPC || error == EDQUOT ? base::FaultCode::exhausted : base::FaultCode::internal;
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
  Descriptor(const Descriptor&) = delete;
  Descriptor& operator=(const Descriptor&) = delete;
  [[nodiscard]] int raw() const { return raw_; }

 private:
  int raw_;
};

class DiskFileStore final : public casework::FileStore {
 public:
  explicit DiskFileStore(std::filesystem::path folder) : folder_(std::move(folder)) {}

  base::Outcome<std::string> put(std::string_view bytes) override {
    const std::string name = base::to_hex(base::sha256(bytes));
    const std::filesystem::path place = place_of(name);
    std::error_code error;
    // There already, whole: another may have put it this moment, so its folders are synced all the
    // same.  What is there but spoiled is written anew.
    if (std::filesystem::exists(place, error) && get(name).has_value()) {
      sync_folders_of(place);
      return name;
    }
    std::filesystem::create_directories(place.parent_path(), error);
    if (error) {
      errno = error.value();
      return base::Failure{fault_of_errno("create folder")};
    }
    // A name that nothing has: what a dead process left behind (pids come again) is in nobody's
    // way.
    std::string beside = place.string() + ".partXXXXXX";
    auto written = write(beside, bytes);
    if (written && ::rename(beside.c_str(), place.c_str()) != 0) {
      written = base::Failure{fault_of_errno("rename")};
    }
    if (!written) {
      std::filesystem::remove(beside, error);
      return base::Failure{written.error()};
    }
    sync_folders_of(place);
    return name;
  }

  base::Outcome<std::string> get(const std::string& sha256) override {
    if (sha256.size() != 64 || sha256.find_first_not_of("0123456789abcdef") != std::string::npos) {
      return base::fault(base::FaultCode::not_found, "not a file address");
    }
    std::ifstream file(place_of(sha256), std::ios::binary);
    if (!file) return base::fault(base::FaultCode::not_found, "no file " + sha256);
    std::ostringstream bytes;
    bytes << file.rdbuf();
    std::string content = std::move(bytes).str();
    if (base::to_hex(base::sha256(content)) != sha256) {
      return base::fault(base::FaultCode::corrupt, "file " + sha256 + " is not what was stored");
    }
    return content;
  }

 private:
  [[nodiscard]] std::filesystem::path place_of(const std::string& name) const {
    return folder_ / name.substr(0, 2) / name;
  }

  void sync_folders_of(const std::filesystem::path& place) const {
    for (const auto& parent : {place.parent_path(), folder_}) {
      const Descriptor directory(::open(parent.c_str(), O_RDONLY | O_DIRECTORY | O_CLOEXEC));
      if (directory.raw() >= 0) sync_or_stop(directory.raw());
    }
  }

  // `path` ends with XXXXXX, which becomes a name of its own.
  static base::Outcome<base::Done> write(std::string& path, std::string_view bytes) {
    const Descriptor file(::mkostemp(path.data(), O_CLOEXEC));
    if (file.raw() < 0) return base::Failure{fault_of_errno("create file")};
    while (!bytes.empty()) {
      const ssize_t wrote = ::write(file.raw(), bytes.data(), bytes.size());
      if (wrote < 0 && errno == EINTR) continue;
      if (wrote < 0) return base::Failure{fault_of_errno("write file")};
      bytes.remove_prefix(static_cast<std::size_t>(wrote));
    }
    sync_or_stop(file.raw());
    return base::Done{};
  }

  std::filesystem::path folder_;
};

}  // namespace

base::Outcome<std::unique_ptr<casework::FileStore>> open_disk_files(
    const std::filesystem::path& folder) {
  std::error_code error;
  std::filesystem::create_directories(folder, error);
  if (error) {
    return base::fault(base::FaultCode::internal, "cannot create " + folder.string());
  }
  return std::unique_ptr<casework::FileStore>{std::make_unique<DiskFileStore>(folder)};
}

}  // namespace storage
