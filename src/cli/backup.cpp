#include "cli/backup.h"

#include <algorithm>
#include <optional>

#include "cli/backup_place.h"
#include "cli/data_folder.h"
#include "storage/disk_file_store.h"
#include "storage/sqlite/online_backup.h"

namespace cli {

namespace {

namespace fs = std::filesystem;
using storage::sqlite::NamedFile;
using storage::sqlite::StoreImage;

// As often as a paper goes between image and copy: hardly ever once.
constexpr int kAttempts = 3;

// Compared with the address on the way; its length.
base::Outcome<std::int64_t> copy_paper(casework::FileStore& from, casework::FileStore& to,
                                       const std::string& address) {
  const std::unique_ptr<casework::FileSource> source = TRY(from.open(address));
  const std::unique_ptr<casework::FileSink> sink = TRY(to.open_sink());
  for (;;) {
    const std::string piece = TRY(source->next());
    if (piece.empty()) break;
    TRY(sink->append(piece));
  }
  const std::string written = TRY(sink->finish());
  if (written != address) {
    return base::fault(base::FaultCode::corrupt, "file " + address + " is not what was stored");
  }
  return source->size();
}

class Backup {
 public:
  Backup(const BackupOptions& options, BackupPlace place, calendar::Clock& clock,
         const BackupProgress& progress)
      : data_(options.data),
        keep_(options.keep),
        place_(std::move(place)),
        clock_(clock),
        progress_(progress) {}

  base::Outcome<BackupDone> take() {
    const FileLock alone = TRY(place_.hold());
    TRY(place_.clean());
    from_ = TRY(storage::open_disk_files(data_ / "files"));
    to_ = TRY(storage::open_disk_files(place_.papers()));
    for (int attempt = 1;; ++attempt) {
      BackupManifest& manifest = done_.manifest;
      manifest = {};
      done_.findings.clear();
      manifest.taken_at = clock_.now();
      const BackupPlace::Begun begun = TRY(place_.begin(manifest.taken_at));
      const fs::path image = begun.folder / kStoreImageName;
      TRY(storage::sqlite::copy_store(
          (data_ / kStoreImageName).string(), image.string(),
          [&](std::int64_t pages, std::int64_t all) { tell(BackupStage::store, pages, all); }));
      const bool gone = TRY(copy_papers(image));
      if (gone && attempt < kAttempts) {
        TRY(place_.clean());
        continue;
      }
      TRY(describe(begun));
      TRY(place_.finish(begun));
      done_.generation = begun.name;
      break;
    }
    if (keep_ > 0) TRY(prune());
    return std::move(done_);
  }

 private:
  void tell(BackupStage stage, std::int64_t done, std::int64_t all) const {
    if (progress_) progress_(stage, done, all);
  }

  // What the image names; true: something is gone that the store does not name any more.
  base::Outcome<bool> copy_papers(const fs::path& image) {
    const StoreImage store = TRY(StoreImage::open(image.string(), StoreImage::Kind::still));
    const storage::sqlite::StoreFacts facts = TRY(store.facts());
    BackupManifest& manifest = done_.manifest;
    manifest.schema = facts.schema;
    manifest.rows = facts.rows;
    manifest.last_event = facts.last_event;
    manifest.head = facts.head;
    const std::vector<NamedFile> named = TRY(store.files());
    bool gone = false;
    std::int64_t seen = 0;
    for (const NamedFile& file : named) {
      tell(BackupStage::papers, ++seen, static_cast<std::int64_t>(named.size()));
      const auto copied = copied_size(file);
      if (copied) {
        ++manifest.papers;
        manifest.paper_bytes += *copied;
        continue;
      }
      const base::FaultCode code = copied.error().code;
      if (code != base::FaultCode::not_found && code != base::FaultCode::corrupt) {
        return base::Failure{copied.error()};
      }
      if (code == base::FaultCode::not_found && !TRY(still_named(file.sha256))) gone = true;
      manifest.missing.push_back(file.sha256);
      done_.findings.push_back(
          {code == base::FaultCode::not_found ? Disorder::paper_missing : Disorder::paper_changed,
           file.sha256});
    }
    return gone;
  }

  // There already with that length, or copied now.
  base::Outcome<std::int64_t> copied_size(const NamedFile& file) {
    if (!casework::is_file_address(file.sha256)) {
      return base::fault(base::FaultCode::not_found, "not a file address");
    }
    const auto there = to_->size(file.sha256);
    if (there && (!file.size.has_value() || *there == *file.size)) return *there;
    const std::int64_t size = TRY(copy_paper(*from_, *to_, file.sha256));
    ++done_.papers_copied;
    done_.bytes_copied += size;
    return size;
  }

  [[nodiscard]] base::Outcome<bool> still_named(const std::string& address) const {
    const StoreImage live =
        TRY(StoreImage::open((data_ / kStoreImageName).string(), StoreImage::Kind::live));
    return live.names(address);
  }

  base::Outcome<base::Done> describe(const BackupPlace::Begun& begun) {
    BackupManifest& manifest = done_.manifest;
    manifest.program = MOTCUA_VERSION;
    manifest.engine = "sqlite";
    manifest.files.push_back(TRY(measure_file(begun.folder / kStoreImageName)));
    std::error_code error;
    for (const std::string& name : key_names()) {
      if (!fs::exists(data_ / name, error)) continue;
      const std::string key = TRY(read_text(data_ / name));
      TRY(write_synced(begun.folder / name, key));
      manifest.files.push_back(TRY(measure_file(begun.folder / name)));
    }
    if (manifest.find(key_names().front()) == nullptr) {
      done_.findings.push_back({Disorder::key_missing, key_names().front()});
    }
    TRY(write_synced(begun.folder / kManifestName, to_text(manifest)));
    std::vector<ManifestFile> summed = manifest.files;
    summed.push_back(TRY(measure_file(begun.folder / kManifestName)));
    return write_synced(begun.folder / kSumsName, to_sums(summed));
  }

  base::Outcome<base::Done> prune() {
    std::vector<std::string> names = place_.generations();
    while (names.size() > static_cast<std::size_t>(keep_)) {
      TRY(place_.remove(names.front()));
      done_.pruned.push_back(names.front());
      names.erase(names.begin());
    }
    std::vector<std::string> named;
    for (const std::string& name : names) {
      const fs::path image = place_.generation(name) / kStoreImageName;
      const auto files = files_of(image);
      if (!files) {
        // Which papers it names is not known: none is taken away.
        done_.findings.push_back({Disorder::store_unreadable, image.string()});
        return base::Done{};
      }
      for (const NamedFile& file : *files) named.push_back(file.sha256);
    }
    std::ranges::sort(named);
    std::vector<std::string> going;
    TRY(to_->each([&](const casework::StoredFile& file) {
      if (!std::ranges::binary_search(named, file.address)) going.push_back(file.address);
      return true;
    }));
    for (const std::string& address : going) {
      TRY(to_->remove(address));
      ++done_.papers_pruned;
    }
    return base::Done{};
  }

  static base::Outcome<std::vector<NamedFile>> files_of(const fs::path& image) {
    const StoreImage store = TRY(StoreImage::open(image.string(), StoreImage::Kind::still));
    return store.files();
  }

  fs::path data_;
  int keep_;
  BackupPlace place_;
  calendar::Clock& clock_;
  const BackupProgress& progress_;
  std::unique_ptr<casework::FileStore> from_;
  std::unique_ptr<casework::FileStore> to_;
  BackupDone done_;
};

// One inside the other would have the backup copy itself, or the server sweep it away.
base::Outcome<base::Done> refuse_nesting(const fs::path& data, const fs::path& to) {
  std::error_code error;
  const std::string inner = (fs::weakly_canonical(to, error) / "").string();
  const std::string outer = (fs::weakly_canonical(data, error) / "").string();
  if (inner.starts_with(outer) || outer.starts_with(inner)) {
    return base::fault(base::FaultCode::invalid,
                       "the backup may not lie in the data folder, nor the data folder in the "
                       "backup: " +
                           to.string());
  }
  return base::Done{};
}

}  // namespace

const std::vector<std::string>& key_names() {
  static const std::vector<std::string> names{"secret.key", "journal.key", "journal.keys"};
  return names;
}

base::Outcome<BackupDone> take_backup(const BackupOptions& options, calendar::Clock& clock,
                                      const BackupProgress& progress) {
  std::error_code error;
  if (!fs::is_regular_file(options.data / kStoreImageName, error)) {
    return base::fault(base::FaultCode::not_found,
                       "there is no store in " + options.data.string() + ": check --data");
  }
  TRY(refuse_nesting(options.data, options.to));
  Backup backup(options, TRY(BackupPlace::create(options.to)), clock, progress);
  return backup.take();
}

}  // namespace cli
