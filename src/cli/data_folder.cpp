#include "cli/data_folder.h"

#include <array>
#include <cerrno>
#include <cstdlib>
#include <cstring>
#include <fstream>
#include <sstream>

#include <fcntl.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/random.h"

namespace cli {

namespace {

namespace fs = std::filesystem;

bool is_home(const fs::path& folder) {
  std::error_code error;
  return fs::is_directory(folder / "procedures" / "national", error) &&
         fs::is_directory(folder / "data" / "calendars", error);
}

Shipped shipped_at(const fs::path& home) {
  // In the source tree the built faces lie in build/web; installed they lie beside the data.
  std::error_code error;
  fs::path web = home / "web";
  if (fs::is_directory(home / "build" / "web", error)) web = home / "build" / "web";
  return {.data = home / "data", .procedures = home / "procedures", .web = web};
}

base::Outcome<std::string> read_or_make_key(const fs::path& file) {
  std::error_code error;
  if (fs::exists(file, error)) {
    std::string key = TRY(read_text(file));
    if (key.size() < 64) {
      return base::fault(base::FaultCode::corrupt,
                         file.string() +
                             " is damaged: restore it from a backup, because receipts "
                             "that were handed out depend on it");
    }
    return key;
  }
  const std::string key = base::random_hex(base::system_random(), 32);
  // Beside it first: a key that a kill has cut off would be taken for a damaged one for ever.
  // Linked, so that of two programs that start at once both go on with the same.
  const fs::path beside = file.string() + "." + base::random_hex(base::system_random(), 8);
  TRY(write_durably(beside, key));
  const bool linked = ::link(beside.c_str(), file.c_str()) == 0;
  const int failed = linked ? 0 : errno;
  fs::remove(beside, error);
  if (failed == EEXIST) return read_text(file);
  if (failed != 0) {
    return base::fault(base::FaultCode::internal,
                       "cannot write " + file.string() + ": " + std::strerror(failed));
  }
  return key;
}

}  // namespace

base::Outcome<Shipped> find_shipped() {
  if (const char* home = std::getenv("MOTCUA_HOME"); home != nullptr && *home != '\0') {
    // Named and wrong: other definitions would be served than the ones that were meant.
    if (!is_home(home)) {
      return base::fault(base::FaultCode::not_found,
                         std::string{"MOTCUA_HOME names "} + home +
                             ", which does not hold procedures/national and data/calendars");
    }
    return shipped_at(home);
  }
  std::error_code error;
  for (fs::path at = fs::read_symlink("/proc/self/exe", error).parent_path();
       !error && at.has_relative_path(); at = at.parent_path()) {
    if (is_home(at)) return shipped_at(at);
    if (is_home(at / "share" / "motcua")) return shipped_at(at / "share" / "motcua");
  }
  if (is_home("/usr/share/motcua")) return shipped_at("/usr/share/motcua");
  return base::fault(base::FaultCode::not_found,
                     "the shipped definitions (data/, procedures/) are not found beside the "
                     "program; set MOTCUA_HOME to the folder that holds them");
}

base::Outcome<DataFolder> DataFolder::open(const fs::path& folder) {
  // Personal data lies in here: for the owner's eyes only, whatever the umask of whoever starts us.
  ::umask(0077);
  std::error_code error;
  for (const fs::path& one :
       {folder, folder / "files", folder / "log", folder / "mail", folder / "tmp"}) {
    fs::create_directories(one, error);
    if (error) {
      return base::fault(base::FaultCode::internal,
                         "cannot create " + one.string() + ": " + error.message());
    }
  }
  fs::permissions(folder, fs::perms::owner_all, error);
  const fs::path absolute = fs::absolute(folder, error);
  std::string key = TRY(read_or_make_key(absolute / "secret.key"));
  return DataFolder{absolute, std::move(key)};
}

base::Outcome<FolderHold> DataFolder::hold() const {
  const fs::path file = folder_ / "lock";
  const int descriptor = ::open(file.c_str(), O_RDWR | O_CREAT | O_CLOEXEC, 0600);
  if (descriptor < 0)
    return base::fault(base::FaultCode::internal, "cannot write " + file.string());
  FolderHold hold{descriptor};
  if (::flock(descriptor, LOCK_EX | LOCK_NB) != 0) {
    return base::fault(base::FaultCode::conflict,
                       folder_.string() +
                           " is in use by another motcua: stop that one first, or name another "
                           "folder with --data");
  }
  return hold;
}

FolderHold::~FolderHold() {
  if (descriptor_ >= 0) ::close(descriptor_);
}

// Beside it first, then in its place.
base::Outcome<base::Done> write_durably(const fs::path& file, const std::string& text) {
  const std::string beside = file.string() + ".new";
  const int descriptor =
      ::open(beside.c_str(), O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, S_IRUSR | S_IWUSR);
  bool written =
      descriptor >= 0 &&
      ::write(descriptor, text.data(), text.size()) == static_cast<ssize_t>(text.size()) &&
      ::fsync(descriptor) == 0;
  if (descriptor >= 0) ::close(descriptor);
  written = written && ::rename(beside.c_str(), file.c_str()) == 0;
  if (!written) {
    return base::fault(base::FaultCode::internal,
                       "cannot write " + file.string() + ": " + std::strerror(errno));
  }
  const int folder = ::open(file.parent_path().c_str(), O_RDONLY | O_DIRECTORY | O_CLOEXEC);
  if (folder >= 0) {
    ::fsync(folder);
    ::close(folder);
  }
  return base::Done{};
}

base::Outcome<std::optional<FolderHold>> DataFolder::hold_if_free() const {
  auto held = hold();
  std::optional<FolderHold> mine;
  if (held) {
    mine.emplace(std::move(held).value());
  } else if (held.error().code != base::FaultCode::conflict) {
    return base::Failure{std::move(held).error()};
  }
  return mine;
}

base::Outcome<std::string> read_text(const fs::path& file) {
  std::ifstream stream(file, std::ios::binary);
  if (!stream) return base::fault(base::FaultCode::not_found, "cannot read " + file.string());
  std::ostringstream text;
  text << stream.rdbuf();
  return std::move(text).str();
}

base::Outcome<std::map<std::string, std::string>> read_folder(const fs::path& folder) {
  std::map<std::string, std::string> files;
  std::error_code error;
  for (auto at = fs::recursive_directory_iterator(folder, error);
       !error && at != fs::recursive_directory_iterator(); at.increment(error)) {
    if (!at->is_regular_file()) continue;
    files.emplace(at->path().lexically_relative(folder).string(), TRY(read_text(at->path())));
  }
  if (error) {
    return base::fault(base::FaultCode::not_found,
                       "cannot read " + folder.string() + ": " + error.message());
  }
  return files;
}

}  // namespace cli
