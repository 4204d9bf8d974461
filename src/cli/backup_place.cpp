#include "cli/backup_place.h"

#include <algorithm>
#include <cerrno>
#include <cstring>

#include <fcntl.h>
#include <sys/file.h>
#include <unistd.h>

namespace cli {

namespace {

namespace fs = std::filesystem;

constexpr const char* kUnfinished = ".unfinished-";
constexpr const char* kGoing = ".going-";

base::Failure<base::Fault> failed(const std::string& doing, int error) {
  const auto code =
      error == ENOSPC || error == EDQUOT ? base::FaultCode::exhausted : base::FaultCode::internal;
  return base::fault(code, doing + ": " + std::strerror(error));
}

// 2026-08-20T100000Z, with -2 and so on where several were begun in one second.
bool is_generation_name(const std::string& name) {
  constexpr std::string_view kShape = "0000-00-00T000000Z";
  if (name.size() < kShape.size()) return false;
  for (std::size_t i = 0; i < kShape.size(); ++i) {
    const bool digit = name[i] >= '0' && name[i] <= '9';
    if (kShape[i] == '0' ? !digit : name[i] != kShape[i]) return false;
  }
  const std::string rest = name.substr(kShape.size());
  return rest.empty() || (rest.size() >= 2 && rest.front() == '-' &&
                          rest.find_first_not_of("0123456789", 1) == std::string::npos);
}

base::Outcome<base::Done> remove_tree(const fs::path& folder) {
  std::error_code error;
  fs::remove_all(folder, error);
  if (error) return failed("remove " + folder.string(), error.value());
  return base::Done{};
}

base::Outcome<base::Done> rename_synced(const fs::path& from, const fs::path& to) {
  if (::rename(from.c_str(), to.c_str()) != 0) return failed("rename " + from.string(), errno);
  return sync_folder(to.parent_path());
}

}  // namespace

base::Outcome<FileLock> FileLock::take(const fs::path& file, const std::string& taken) {
  const int descriptor = ::open(file.c_str(), O_RDWR | O_CREAT | O_CLOEXEC, 0600);
  if (descriptor < 0) return failed("write " + file.string(), errno);
  FileLock lock{descriptor};
  if (::flock(descriptor, LOCK_EX | LOCK_NB) != 0) {
    return base::fault(base::FaultCode::conflict, taken);
  }
  return lock;
}

FileLock::~FileLock() {
  if (descriptor_ >= 0) ::close(descriptor_);
}

base::Outcome<BackupPlace> BackupPlace::open(const fs::path& folder) {
  std::error_code error;
  if (!fs::is_directory(folder, error)) {
    return base::fault(base::FaultCode::not_found, "there is no folder " + folder.string());
  }
  BackupPlace place{fs::absolute(folder, error)};
  if (place.generations().empty()) {
    return base::fault(base::FaultCode::not_found,
                       folder.string() + " holds no backup (no folder like 2026-08-20T100000Z)");
  }
  return place;
}

base::Outcome<BackupPlace> BackupPlace::create(const fs::path& folder) {
  std::error_code error;
  fs::create_directories(folder / "files", error);
  if (error) return failed("create " + folder.string(), error.value());
  fs::permissions(folder, fs::perms::owner_all, error);
  return BackupPlace{fs::absolute(folder, error)};
}

base::Outcome<FileLock> BackupPlace::hold() const {
  return FileLock::take(folder_ / "lock", folder_.string() +
                                              " is being written by another backup: wait until "
                                              "it has ended");
}

base::Outcome<base::Done> BackupPlace::clean() const {
  std::error_code error;
  std::vector<fs::path> leavings;
  for (const auto& entry : fs::directory_iterator(folder_, error)) {
    const std::string name = entry.path().filename().string();
    if (name.starts_with(kUnfinished) || name.starts_with(kGoing)) leavings.push_back(entry.path());
  }
  for (const fs::path& one : leavings) TRY(remove_tree(one));
  return base::Done{};
}

std::vector<std::string> BackupPlace::generations() const {
  std::vector<std::string> names;
  std::error_code error;
  for (const auto& entry : fs::directory_iterator(folder_, error)) {
    const std::string name = entry.path().filename().string();
    if (is_generation_name(name) && entry.is_directory(error)) names.push_back(name);
  }
  // "…Z-2" is later than "…Z" and "…Z-10" later than "…Z-2".
  std::ranges::sort(names, [](const std::string& a, const std::string& b) {
    const std::string first = a.substr(0, 18);
    const std::string second = b.substr(0, 18);
    if (first != second) return first < second;
    return a.size() != b.size() ? a.size() < b.size() : a < b;
  });
  return names;
}

base::Outcome<std::string> BackupPlace::choose(const std::string& wanted) const {
  const std::vector<std::string> names = generations();
  if (wanted.empty() && !names.empty()) return names.back();
  if (std::ranges::find(names, wanted) != names.end()) return wanted;
  std::string there;
  for (const std::string& name : names) there += " " + name;
  return base::fault(base::FaultCode::not_found,
                     "there is no generation " + wanted + "; there are:" + there);
}

base::Outcome<BackupPlace::Begun> BackupPlace::begin(calendar::Instant at) const {
  const std::string moment = generation_name(at);
  std::string name = moment;
  std::error_code error;
  for (int n = 2; fs::exists(folder_ / name, error); ++n) name = moment + "-" + std::to_string(n);
  Begun begun{.name = name, .folder = folder_ / (kUnfinished + name)};
  TRY(remove_tree(begun.folder));
  fs::create_directory(begun.folder, error);
  if (error) return failed("create " + begun.folder.string(), error.value());
  fs::permissions(begun.folder, fs::perms::owner_all, error);
  return begun;
}

base::Outcome<base::Done> BackupPlace::finish(const Begun& begun) const {
  TRY(sync_folder(begun.folder));
  return rename_synced(begun.folder, folder_ / begun.name);
}

base::Outcome<base::Done> BackupPlace::remove(const std::string& name) const {
  const fs::path going = folder_ / (kGoing + name);
  TRY(rename_synced(folder_ / name, going));
  return remove_tree(going);
}

std::string generation_name(calendar::Instant at) {
  const auto seconds = std::chrono::floor<std::chrono::seconds>(at);
  const auto day = std::chrono::floor<std::chrono::days>(seconds);
  const auto of_day = (seconds - day).count();
  const auto two = [](std::int64_t number) {
    return (number < 10 ? "0" : "") + std::to_string(number);
  };
  return calendar::to_iso(calendar::Date{day}) + "T" + two(of_day / 3600) + two(of_day / 60 % 60) +
         two(of_day % 60) + "Z";
}

base::Outcome<base::Done> write_synced(const fs::path& file, const std::string& text) {
  const int descriptor = ::open(file.c_str(), O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0600);
  if (descriptor < 0) return failed("write " + file.string(), errno);
  std::string_view rest = text;
  int error = 0;
  while (!rest.empty() && error == 0) {
    const ssize_t wrote = ::write(descriptor, rest.data(), rest.size());
    if (wrote >= 0) {
      rest.remove_prefix(static_cast<std::size_t>(wrote));
    } else if (errno != EINTR) {
      error = errno;
    }
  }
  if (error == 0 && ::fsync(descriptor) != 0) error = errno;
  ::close(descriptor);
  if (error != 0) return failed("write " + file.string(), error);
  return base::Done{};
}

base::Outcome<base::Done> sync_folder(const fs::path& folder) {
  const int descriptor = ::open(folder.c_str(), O_RDONLY | O_DIRECTORY | O_CLOEXEC);
  if (descriptor < 0) return failed("open " + folder.string(), errno);
  const int error = ::fsync(descriptor) == 0 ? 0 : errno;
  ::close(descriptor);
  if (error != 0) return failed("sync " + folder.string(), error);
  return base::Done{};
}

}  // namespace cli
