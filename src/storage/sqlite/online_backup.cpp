#include "storage/sqlite/online_backup.h"

#include <cerrno>
#include <cstdio>
#include <cstring>
#include <filesystem>
#include <memory>

#include <fcntl.h>
#include <sqlite3.h>
#include <unistd.h>

#include "storage/sqlite/database.h"

namespace storage::sqlite {

namespace {

// One mebibyte between two looks at the progress.
constexpr int kPagesAtOnce = 256;
base::Failure<base::Fault> failed(const std::string& doing, int error) {
  const auto code =
      error == ENOSPC || error == EDQUOT ? base::FaultCode::exhausted : base::FaultCode::internal;
  return base::fault(code, doing + ": " + std::strerror(error));
}

class Target {
 public:
  // A plain file: nothing beside it, and no sync but ours.
  static base::Outcome<std::unique_ptr<Target>> create(const std::string& path) {
    const int descriptor = ::open(path.c_str(), O_RDWR | O_CREAT | O_EXCL | O_CLOEXEC, 0600);
    if (descriptor < 0) {
      const int error = errno;
      if (error == EEXIST) return base::fault(base::FaultCode::conflict, path + " exists");
      return failed("create " + path, error);
    }
    std::unique_ptr<Target> target(new Target(path, descriptor));
    const int opened = sqlite3_open_v2(path.c_str(), &target->raw_,
                                       SQLITE_OPEN_READWRITE | SQLITE_OPEN_NOMUTEX, nullptr);
    if (opened != SQLITE_OK ||
        sqlite3_exec(target->raw_,
                     "PRAGMA journal_mode=OFF; PRAGMA synchronous=OFF; PRAGMA cache_size=-4000;",
                     nullptr, nullptr, nullptr) != SQLITE_OK) {
      return base::fault(base::FaultCode::internal,
                         "open " + path + ": " + sqlite3_errmsg(target->raw_));
    }
    return target;
  }
  ~Target() {
    sqlite3_close(raw_);
    if (descriptor_ >= 0) ::close(descriptor_);
    if (!whole_) ::unlink(path_.c_str());
  }
  Target(const Target&) = delete;
  Target& operator=(const Target&) = delete;

  [[nodiscard]] sqlite3* raw() const { return raw_; }

  // Has the disk begin on what was written, and waits for what it had begun on before: one large
  // sync at the end would hold up the syncs of the server's commits behind it.
  void hand_over() const {
    ::sync_file_range(descriptor_, 0, 0, SYNC_FILE_RANGE_WAIT_BEFORE | SYNC_FILE_RANGE_WRITE);
  }
  base::Outcome<base::Done> finish() {
    if (sqlite3_close(raw_) != SQLITE_OK) {
      return base::fault(base::FaultCode::internal, "close " + path_);
    }
    raw_ = nullptr;
    if (::fsync(descriptor_) != 0) return failed("sync " + path_, errno);
    whole_ = true;
    return base::Done{};
  }

 private:
  Target(std::string path, int descriptor) : path_(std::move(path)), descriptor_(descriptor) {}

  std::string path_;
  int descriptor_;
  sqlite3* raw_ = nullptr;
  bool whole_ = false;
};

base::Outcome<base::Done> copy_pages(const Database& source, const Target& target,
                                     const CopyProgress& progress) {
  sqlite3_backup* copying = sqlite3_backup_init(target.raw(), "main", source.raw(), "main");
  if (copying == nullptr) {
    return base::fault(base::FaultCode::internal,
                       std::string{"begin the image: "} + sqlite3_errmsg(target.raw()));
  }
  int step = SQLITE_OK;
  while (step == SQLITE_OK) {
    step = sqlite3_backup_step(copying, kPagesAtOnce);
    const std::int64_t all = sqlite3_backup_pagecount(copying);
    if (progress) progress(all - sqlite3_backup_remaining(copying), all);
    target.hand_over();
  }
  sqlite3_backup_finish(copying);
  if (step == SQLITE_DONE) return base::Done{};
  return base::fault(step == SQLITE_FULL ? base::FaultCode::exhausted : base::FaultCode::internal,
                     std::string{"copy the store: "} + sqlite3_errstr(step));
}

}  // namespace

base::Outcome<base::Done> copy_store(const std::string& from, const std::string& to,
                                     const CopyProgress& progress) {
  std::error_code error;
  if (!std::filesystem::is_regular_file(from, error)) {
    return base::fault(base::FaultCode::not_found, "there is no store at " + from);
  }
  const std::unique_ptr<Database> source = TRY(Database::open(from, Database::Use::read));
  // From here on the source is as it is now, however long it takes: without a transaction of our
  // own each step would begin anew after a commit of the server.
  TRY(source->run("BEGIN; SELECT count(*) FROM sqlite_schema;"));
  const std::unique_ptr<Target> target = TRY(Target::create(to));
  TRY(copy_pages(*source, *target, progress));
  return target->finish();
}

}  // namespace storage::sqlite
