// preload.cpp - calls of the system that fail when told so, for a program that is run as it is.
//
// A library for LD_PRELOAD.  MOTCUA_FAIL_SYNC_AT=K lets the K-th fsync or fdatasync fail with EIO,
// of files whose path contains MOTCUA_FAIL_SYNC_IN where that is given.  While the file named by
// MOTCUA_FULL_WHILE exists, no file beside it or below its folder grows: ENOSPC.
#include <array>
#include <atomic>
#include <cerrno>
#include <cstdint>
#include <cstdio>
#include <cstdlib>
#include <cstring>
#include <string>
#include <string_view>

#include <dlfcn.h>
#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

namespace {

template <class Function>
Function* real(const char* name) {
  void* found = ::dlsym(RTLD_NEXT, name);
  Function* function = nullptr;
  static_assert(sizeof function == sizeof found);
  std::memcpy(&function, &found, sizeof function);
  return function;
}

std::string path_of(int file) {
  const std::string link = "/proc/self/fd/" + std::to_string(file);
  std::array<char, 4096> path{};
  const ssize_t length = ::readlink(link.c_str(), path.data(), path.size());
  return length > 0 ? std::string(path.data(), static_cast<std::size_t>(length)) : std::string{};
}

bool sync_fails(int file) {
  static const char* const at = std::getenv("MOTCUA_FAIL_SYNC_AT");
  static const char* const in = std::getenv("MOTCUA_FAIL_SYNC_IN");
  static const std::int64_t wanted = at != nullptr ? std::strtoll(at, nullptr, 10) : 0;
  static std::atomic<std::int64_t> made{0};
  if (wanted == 0) return false;
  const std::string path = path_of(file);
  if (in != nullptr && path.find(in) == std::string::npos) return false;
  if (++made != wanted) return false;
  std::fprintf(stderr, "the sync of %s fails\n", path.c_str());
  errno = EIO;
  return true;
}

// There is no room for bytes up to `end` in `file`.
bool no_room(int file, std::int64_t end) {
  static const char* const flag = std::getenv("MOTCUA_FULL_WHILE");
  if (flag == nullptr || ::access(flag, F_OK) != 0) return false;
  static const std::string folder =
      std::string{flag}.substr(0, std::string_view{flag}.rfind('/') + 1);
  struct stat facts{};
  if (::fstat(file, &facts) != 0 || !S_ISREG(facts.st_mode) || end <= facts.st_size) return false;
  if (!path_of(file).starts_with(folder)) return false;
  errno = ENOSPC;
  return true;
}

}  // namespace

extern "C" {

__attribute__((visibility("default"))) int fsync(int file) {
  static auto* const next = real<int(int)>("fsync");
  return sync_fails(file) ? -1 : next(file);
}
__attribute__((visibility("default"))) int fdatasync(int file) {
  static auto* const next = real<int(int)>("fdatasync");
  return sync_fails(file) ? -1 : next(file);
}
__attribute__((visibility("default"))) ssize_t write(int file, const void* from, size_t count) {
  static auto* const next = real<ssize_t(int, const void*, size_t)>("write");
  const off_t at = ::lseek(file, 0, SEEK_CUR);
  if (at >= 0 && no_room(file, static_cast<std::int64_t>(at) + static_cast<std::int64_t>(count))) {
    return -1;
  }
  return next(file, from, count);
}
__attribute__((visibility("default"))) ssize_t pwrite64(int file, const void* from, size_t count,
                                                        off64_t at) {
  static auto* const next = real<ssize_t(int, const void*, size_t, off64_t)>("pwrite64");
  return no_room(file, at + static_cast<std::int64_t>(count)) ? -1 : next(file, from, count, at);
}
__attribute__((visibility("default"))) ssize_t pwrite(int file, const void* from, size_t count,
                                                      off_t at) {
  return pwrite64(file, from, count, at);
}

}  // extern "C"
