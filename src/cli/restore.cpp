#include "cli/restore.h"

#include <algorithm>
#include <cerrno>
#include <cstring>
#include <fstream>
#include <optional>

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include "cli/backup_place.h"
#include "cli/data_folder.h"
#include "storage/disk_file_store.h"

namespace cli {

namespace {

namespace fs = std::filesystem;
using storage::sqlite::NamedFile;
using storage::sqlite::StoreImage;

constexpr const char* kStaging = ".restore";

// What a data folder may hold and still count as empty.
bool is_nothing(const std::string& name) {
  return name == "lock" || name == "lost+found";
}

std::vector<std::string> entries_of(const fs::path& folder) {
  std::vector<std::string> names;
  std::error_code error;
  for (const auto& entry : fs::directory_iterator(folder, error)) {
    const std::string name = entry.path().filename().string();
    if (!is_nothing(name)) names.push_back(name);
  }
  return names;
}

base::Outcome<base::Done> rename_to(const fs::path& from, const fs::path& to) {
  if (::rename(from.c_str(), to.c_str()) == 0) return base::Done{};
  const int error = errno;
  return base::fault(base::FaultCode::internal, "rename " + from.string() + " to " + to.string() +
                                                    ": " + std::strerror(error));
}

base::Outcome<base::Done> make_folder(const fs::path& folder) {
  std::error_code error;
  fs::create_directories(folder, error);
  if (!error) fs::permissions(folder, fs::perms::owner_all, error);
  if (!error) return base::Done{};
  return base::fault(base::FaultCode::internal,
                     "cannot create " + folder.string() + ": " + error.message());
}

// A restore that was killed: whatever else lies there came out of its staging folder, for the
// folder was empty before, and there is no store yet.
bool left_by_a_restore(const fs::path& data, const std::vector<std::string>& entries) {
  std::error_code error;
  return std::ranges::find(entries, kStaging) != entries.end() &&
         !fs::exists(data / kStoreImageName, error);
}

// Makes the folder empty, or says why it may not be; where the old one went.
base::Outcome<fs::path> make_room(const fs::path& data, bool force, calendar::Clock& clock) {
  const std::vector<std::string> entries = entries_of(data);
  if (entries.empty()) return fs::path{};
  if (left_by_a_restore(data, entries)) {
    for (const std::string& name : entries) {
      std::error_code error;
      if (name != kStaging) fs::remove_all(data / name, error);
    }
    std::error_code error;
    fs::remove_all(data / kStaging, error);
    return fs::path{};
  }
  if (!force) {
    return base::fault(base::FaultCode::conflict,
                       data.string() +
                           " is not empty: name another folder with --data, or have this one "
                           "moved aside with --force");
  }
  const fs::path aside = data.string() + ".before-" + generation_name(clock.now());
  TRY(rename_to(data, aside));
  TRY(make_folder(data));
  return aside;
}

class Restoring {
 public:
  Restoring(const RestoreOptions& options, BackupPlace place, const BackupProgress& progress)
      : options_(options),
        place_(std::move(place)),
        staging_(options.data / kStaging),
        progress_(progress) {}

  // False: papers are lost, and that is not accepted.
  base::Outcome<bool> stage(const std::string& name, Verified& verified) {
    TRY(make_folder(staging_));
    const fs::path generation = place_.generation(name);
    TRY(copy_papers(generation / kStoreImageName, verified));
    if (!verified.good() && !options_.accept_losses) return false;
    for (const ManifestFile& part : verified.manifest.files) {
      TRY(copy_part(generation / part.name, part));
    }
    return true;
  }

  // In this order: a store without its papers and keys is never seen.
  base::Outcome<base::Done> put_in_place(const BackupManifest& manifest) {
    TRY(sync_folder(staging_));
    TRY(rename_to(staging_ / "files", options_.data / "files"));
    for (const ManifestFile& part : manifest.files) {
      if (part.name == kStoreImageName) continue;
      TRY(rename_to(staging_ / part.name, options_.data / part.name));
    }
    TRY(sync_folder(options_.data));
    TRY(rename_to(staging_ / kStoreImageName, options_.data / kStoreImageName));
    TRY(sync_folder(options_.data));
    discard();
    return sync_folder(options_.data);
  }

  void discard() const {
    std::error_code error;
    fs::remove_all(staging_, error);
  }

 private:
  base::Outcome<base::Done> copy_papers(const fs::path& image, Verified& verified) {
    const StoreImage store = TRY(StoreImage::open(image.string(), StoreImage::Kind::still));
    const std::vector<NamedFile> named = TRY(store.files());
    const auto to = TRY(storage::open_disk_files(staging_ / "files"));
    std::int64_t seen = 0;
    for (const NamedFile& file : named) {
      if (progress_) {
        progress_(BackupStage::papers, ++seen, static_cast<std::int64_t>(named.size()));
      }
      const auto size = copy_paper(*to, file.sha256);
      if (size) {
        ++verified.papers;
        verified.paper_bytes += *size;
        continue;
      }
      const base::FaultCode code = size.error().code;
      if (code != base::FaultCode::not_found && code != base::FaultCode::corrupt) {
        return base::Failure{size.error()};
      }
      verified.findings.push_back(
          {code == base::FaultCode::not_found ? Disorder::paper_missing : Disorder::paper_changed,
           file.sha256});
    }
    return base::Done{};
  }

  // From a plain file: a backup may lie on a medium that nobody can write to.
  base::Outcome<std::int64_t> copy_paper(casework::FileStore& to, const std::string& address) {
    std::ifstream file(place_.papers() / address.substr(0, 2) / address, std::ios::binary);
    if (!file) return base::fault(base::FaultCode::not_found, "no file " + address);
    const std::unique_ptr<casework::FileSink> sink = TRY(to.open_sink());
    std::int64_t size = 0;
    std::string piece(1U << 16U, '\0');
    while (file) {
      file.read(piece.data(), static_cast<std::streamsize>(piece.size()));
      const auto got = static_cast<std::size_t>(file.gcount());
      TRY(sink->append(std::string_view{piece}.substr(0, got)));
      size += static_cast<std::int64_t>(got);
    }
    if (file.bad()) return base::fault(base::FaultCode::internal, "reading " + address + " failed");
    const std::string written = TRY(sink->finish());
    if (written == address) return size;
    TRY(to.remove(written));
    return base::fault(base::FaultCode::corrupt, "file " + address + " is not what was stored");
  }

  // Compared with the manifest once more on its way.
  base::Outcome<base::Done> copy_part(const fs::path& from, const ManifestFile& part) {
    const fs::path to = staging_ / part.name;
    std::error_code error;
    fs::copy_file(from, to, fs::copy_options::overwrite_existing, error);
    if (error) {
      return base::fault(base::FaultCode::internal,
                         "cannot copy " + from.string() + ": " + error.message());
    }
    fs::permissions(to, fs::perms::owner_read | fs::perms::owner_write, error);
    const int descriptor = ::open(to.c_str(), O_RDONLY | O_CLOEXEC);
    const bool synced = descriptor >= 0 && ::fsync(descriptor) == 0;
    if (descriptor >= 0) ::close(descriptor);
    if (!synced) return base::fault(base::FaultCode::internal, "cannot sync " + to.string());
    const ManifestFile copied = TRY(measure_file(to));
    if (copied == part) return base::Done{};
    return base::fault(base::FaultCode::corrupt,
                       from.string() + " changed while it was read: verify the backup");
  }

  const RestoreOptions& options_;
  BackupPlace place_;
  fs::path staging_;
  const BackupProgress& progress_;
};

// Without a whole store there is nothing to restore; without some papers or a key there is.
bool forbids(const std::vector<Finding>& findings, bool accept_losses) {
  return std::ranges::any_of(findings, [&](const Finding& finding) {
    return !accept_losses || (finding.disorder != Disorder::key_missing &&
                              finding.disorder != Disorder::paper_unaddressed);
  });
}

base::Outcome<base::Done> move_back(const fs::path& data, const fs::path& aside) {
  if (aside.empty()) return base::Done{};
  std::error_code error;
  fs::remove_all(data, error);
  return rename_to(aside, data);
}

}  // namespace

base::Outcome<Restored> restore(const RestoreOptions& options, calendar::Clock& clock,
                                const BackupProgress& progress) {
  ::umask(0077);
  const BackupPlace place = TRY(BackupPlace::open(options.from));
  // Nobody prunes while we read; where there is no lock, nobody ever wrote or can.
  std::error_code error;
  std::optional<FileLock> undisturbed;
  if (fs::exists(place.folder() / "lock", error)) {
    auto held = place.hold();
    if (!held && held.error().code == base::FaultCode::conflict) {
      return base::Failure{held.error()};
    }
    if (held) undisturbed.emplace(std::move(held).value());
  }
  const std::string name = TRY(place.choose(options.generation));
  Restored restored;
  restored.verified = TRY(verify_generation(place, name, Papers::left, progress));
  if (forbids(restored.verified.findings, options.accept_losses)) return restored;
  TRY(make_folder(options.data));
  const std::string taken = options.data.string() +
                            " is in use by another motcua: stop that one first, or name another "
                            "folder with --data";
  std::vector<FileLock> alone;
  alone.push_back(TRY(FileLock::take(options.data / "lock", taken)));
  restored.moved_to = TRY(make_room(options.data, options.force, clock));
  // The lock has moved aside with the folder.
  if (!restored.moved_to.empty()) {
    alone.push_back(TRY(FileLock::take(options.data / "lock", taken)));
  }
  Restoring restoring(options, place, progress);
  const auto staged = restoring.stage(name, restored.verified);
  if (!staged || !*staged) {
    restoring.discard();
    TRY(move_back(options.data, restored.moved_to));
    restored.moved_to.clear();
    if (!staged) return base::Failure{staged.error()};
    return restored;
  }
  TRY(restoring.put_in_place(restored.verified.manifest));
  restored.done = true;
  return restored;
}

}  // namespace cli
