#include "http/server_upload.h"

#include <cerrno>
#include <cstring>
#include <utility>

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

namespace http {

namespace {
bool is_no_room(int error) {
  return error == ENOSPC || error == EDQUOT;
}
}  // namespace

base::Outcome<UploadFile> UploadFile::create(const std::filesystem::path& folder,
                                             const std::string& name) {
  std::filesystem::path path = folder / name;
  const int descriptor = ::open(path.c_str(), O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0600);
  if (descriptor < 0) {
    return base::fault(
        is_no_room(errno) ? base::FaultCode::exhausted : base::FaultCode::unavailable,
        "cannot create an upload file in " + folder.string() + ": " + std::strerror(errno));
  }
  return UploadFile{descriptor, std::move(path)};
}

UploadFile::UploadFile(int descriptor, std::filesystem::path path)
    : descriptor_(descriptor), path_(std::move(path)) {}

UploadFile::UploadFile(UploadFile&& other) noexcept
    : descriptor_(std::exchange(other.descriptor_, -1)),
      path_(std::move(other.path_)),
      size_(other.size_),
      no_room_(other.no_room_) {
  other.path_.clear();
}

UploadFile::~UploadFile() {
  if (descriptor_ >= 0) ::close(descriptor_);
  if (!path_.empty()) ::unlink(path_.c_str());
}

bool UploadFile::write(std::string_view bytes) {
  while (!bytes.empty()) {
    const ssize_t written = ::write(descriptor_, bytes.data(), bytes.size());
    if (written < 0) {
      if (errno == EINTR) continue;
      no_room_ = is_no_room(errno);
      return false;
    }
    size_ += static_cast<std::uint64_t>(written);
    bytes.remove_prefix(static_cast<std::size_t>(written));
  }
  return true;
}

bool UploadFile::close() {
  if (::close(std::exchange(descriptor_, -1)) == 0) return true;
  no_room_ = is_no_room(errno);
  return false;
}

base::Outcome<OutgoingFile> OutgoingFile::open(const std::filesystem::path& path) {
  const int descriptor = ::open(path.c_str(), O_RDONLY | O_CLOEXEC | O_NONBLOCK);
  struct stat facts{};
  if (descriptor < 0 || ::fstat(descriptor, &facts) != 0 || !S_ISREG(facts.st_mode)) {
    if (descriptor >= 0) ::close(descriptor);
    return base::fault(base::FaultCode::not_found, "cannot open " + path.string());
  }
  return OutgoingFile{descriptor, static_cast<std::uint64_t>(facts.st_size)};
}

OutgoingFile::OutgoingFile(OutgoingFile&& other) noexcept
    : descriptor_(std::exchange(other.descriptor_, -1)), size_(other.size_) {}

OutgoingFile::~OutgoingFile() {
  if (descriptor_ >= 0) ::close(descriptor_);
}

std::size_t OutgoingFile::read(std::uint64_t offset, std::span<char> into) const {
  for (;;) {
    const ssize_t count =
        ::pread(descriptor_, into.data(), into.size(), static_cast<off_t>(offset));
    if (count >= 0) return static_cast<std::size_t>(count);
    if (errno != EINTR) return 0;
  }
}

}  // namespace http
