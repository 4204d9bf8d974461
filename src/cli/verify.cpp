#include "cli/verify.h"

#include <algorithm>
#include <optional>

#include "casework/file_store.h"
#include "cli/data_folder.h"
#include "cli/verify_journal.h"

namespace cli {

namespace {

namespace fs = std::filesystem;
using storage::sqlite::NamedFile;
using storage::sqlite::StoreImage;

void tell(const BackupProgress& progress, BackupStage stage, std::int64_t done, std::int64_t all) {
  if (progress) progress(stage, done, all);
}

// Read as a plain file: a backup may lie on a medium that nobody can write to.
base::Outcome<ManifestFile> read_paper(const fs::path& papers, const std::string& address) {
  if (!casework::is_file_address(address)) {
    return base::fault(base::FaultCode::not_found, "not a file address");
  }
  return measure_file(papers / address.substr(0, 2) / address);
}

class Verifying {
 public:
  Verifying(Verified& verified, const BackupProgress& progress)
      : verified_(verified), progress_(progress) {}

  void find(Disorder disorder, std::string subject) {
    verified_.findings.push_back({disorder, std::move(subject)});
  }

  base::Outcome<base::Done> store(const StoreImage& image, const fs::path& keys) {
    tell(progress_, BackupStage::checks, 0, 2);
    for (const storage::sqlite::StoreFinding& found : TRY(image.check())) {
      verified_.findings.push_back(finding_of(found));
    }
    tell(progress_, BackupStage::checks, 1, 2);
    if (!verified_.good()) return base::Done{};
    verified_.leaves = TRY(verify_journal(image, keys, verified_.findings));
    tell(progress_, BackupStage::checks, 2, 2);
    return base::Done{};
  }

  base::Outcome<base::Done> papers(const StoreImage& image, const fs::path& papers,
                                   const std::optional<fs::path>& live) {
    const std::vector<NamedFile> named = TRY(image.files());
    std::int64_t seen = 0;
    for (const NamedFile& file : named) {
      tell(progress_, BackupStage::papers, ++seen, static_cast<std::int64_t>(named.size()));
      const auto paper = read_paper(papers, file.sha256);
      if (paper && paper->sha256 == file.sha256 &&
          (!file.size.has_value() || paper->size == *file.size)) {
        ++verified_.papers;
        verified_.paper_bytes += paper->size;
        continue;
      }
      const bool gone = !paper && paper.error().code == base::FaultCode::not_found;
      if (gone && live.has_value()) {
        // Erased, row and paper, while we were reading.
        const StoreImage now = TRY(StoreImage::open(live->string(), StoreImage::Kind::live));
        const bool named_now = TRY(now.names(file.sha256));
        if (!named_now) continue;
      }
      find(gone ? Disorder::paper_missing : Disorder::paper_changed, file.sha256);
    }
    return base::Done{};
  }

 private:
  Verified& verified_;
  const BackupProgress& progress_;
};

// The parts of a generation against manifest and sums; false: there is no use in looking further.
bool parts_hold(const fs::path& folder, Verified& verified, Verifying& verifying) {
  const auto manifest_text = read_text(folder / kManifestName);
  const auto sums_text = read_text(folder / kSumsName);
  const auto manifest = manifest_text
                            ? parse_manifest(*manifest_text)
                            : base::Outcome<BackupManifest>{base::Failure{manifest_text.error()}};
  if (!manifest) {
    verifying.find(Disorder::manifest_unreadable, manifest.error().message);
    return false;
  }
  verified.manifest = *manifest;
  const auto sums =
      sums_text
          ? parse_sums(*sums_text)
          : base::Outcome<std::map<std::string, std::string>>{base::Failure{sums_text.error()}};
  const auto itself = measure_file(folder / kManifestName);
  if (!sums_text || !itself) {
    verifying.find(Disorder::part_missing, kSumsName);
  } else if (!sums) {
    verifying.find(Disorder::manifest_changed, kSumsName);
  } else {
    const auto sum = sums->find(kManifestName);
    bool same = sum != sums->end() && sum->second == itself->sha256 &&
                sums->size() == manifest->files.size() + 1;
    for (const ManifestFile& file : manifest->files) {
      const auto of_file = sums->find(file.name);
      same = same && of_file != sums->end() && of_file->second == file.sha256;
    }
    if (!same) verifying.find(Disorder::manifest_changed, kManifestName);
  }
  bool image = manifest->find(kStoreImageName) != nullptr;
  if (!image) verifying.find(Disorder::manifest_changed, kStoreImageName);
  for (const ManifestFile& file : manifest->files) {
    const auto measured = measure_file(folder / file.name);
    if (measured && *measured == file) continue;
    verifying.find(measured ? Disorder::part_changed : Disorder::part_missing, file.name);
    if (file.name == kStoreImageName) image = false;
  }
  for (const std::string& name : key_names()) {
    // Of a store from before there was a journal, its keys are not missing.
    if (name == key_names().front() && manifest->find(name) == nullptr) {
      verifying.find(Disorder::key_missing, name);
    }
  }
  return image;
}

bool agrees(const BackupManifest& manifest, const storage::sqlite::StoreFacts& facts) {
  const bool same_last =
      manifest.last_event.has_value() == facts.last_event.has_value() &&
      (!facts.last_event.has_value() || (manifest.last_event->at == facts.last_event->at &&
                                         manifest.last_event->code == facts.last_event->code &&
                                         manifest.last_event->type == facts.last_event->type));
  return manifest.schema == facts.schema && manifest.rows == facts.rows &&
         manifest.head == facts.head && same_last;
}

}  // namespace

base::Outcome<Verified> verify_generation(const BackupPlace& place, const std::string& name,
                                          Papers papers, const BackupProgress& progress) {
  Verified verified{.generation = name,
                    .manifest = {},
                    .papers = 0,
                    .paper_bytes = 0,
                    .leaves = 0,
                    .findings = {}};
  Verifying verifying(verified, progress);
  const fs::path folder = place.generation(name);
  if (!parts_hold(folder, verified, verifying)) return verified;
  const auto image = StoreImage::open((folder / kStoreImageName).string(), StoreImage::Kind::still);
  if (!image) {
    verifying.find(Disorder::store_unreadable, image.error().message);
    return verified;
  }
  const auto facts = image->facts();
  if (!facts || !agrees(verified.manifest, *facts)) {
    verifying.find(Disorder::manifest_disagrees, kManifestName);
  }
  const auto checked = verifying.store(*image, folder);
  if (!checked) verifying.find(Disorder::store_damaged, checked.error().message);
  if (papers == Papers::read && checked) {
    TRY(verifying.papers(*image, place.papers(), std::nullopt));
  }
  return verified;
}

base::Outcome<Verified> verify_data(const fs::path& data, const BackupProgress& progress) {
  Verified verified;
  Verifying verifying(verified, progress);
  const fs::path file = data / kStoreImageName;
  auto image = StoreImage::open(file.string(), StoreImage::Kind::live);
  if (!image && image.error().code == base::FaultCode::not_found) {
    return base::Failure{image.error()};
  }
  if (!image) {
    verifying.find(Disorder::store_unreadable, image.error().message);
    return verified;
  }
  const auto checked = verifying.store(*image, data);
  if (!checked) verifying.find(Disorder::store_damaged, checked.error().message);
  if (!checked) return verified;
  const storage::sqlite::StoreFacts facts = TRY(image->facts());
  verified.manifest.engine = "sqlite";
  verified.manifest.schema = facts.schema;
  verified.manifest.rows = facts.rows;
  verified.manifest.last_event = facts.last_event;
  verified.manifest.head = facts.head;
  std::error_code error;
  if (!fs::exists(data / key_names().front(), error)) {
    verifying.find(Disorder::key_missing, key_names().front());
  }
  TRY(verifying.papers(*image, data / "files", file));
  return verified;
}

}  // namespace cli
