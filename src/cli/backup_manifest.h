#pragma once
// backup_manifest.h - what a generation of a backup says of itself: manifest.json.
//
// Beside it lies SHA256SUMS over every file of the generation, the manifest too, in the form that
// `sha256sum -c` reads, so that somebody without this program can look as well.
#include <cstdint>
#include <filesystem>
#include <map>
#include <optional>
#include <string>
#include <vector>

#include "base/fault.h"
#include "calendar/instant.h"
#include "storage/sqlite/store_image.h"

namespace cli {

inline constexpr const char* kManifestName = "manifest.json";
inline constexpr const char* kSumsName = "SHA256SUMS";
inline constexpr const char* kStoreImageName = "motcua.db";

struct ManifestFile {
  std::string name;
  std::int64_t size = 0;
  std::string sha256;
  friend bool operator==(const ManifestFile&, const ManifestFile&) = default;
};

struct BackupManifest {
  std::string program;  // version that took it
  std::string engine;   // "sqlite" or "postgres"
  std::int64_t schema = 0;
  calendar::Instant taken_at{};              // the moment the image shows
  std::vector<ManifestFile> files;           // of the generation
  std::map<std::string, std::int64_t> rows;  // of each table of the image
  std::optional<storage::sqlite::LastEvent> last_event;
  std::string head;         // newest signed tree head in the image
  std::int64_t papers = 0;  // files that the image names
  std::int64_t paper_bytes = 0;
  std::vector<std::string> missing;  // named, but gone or spoiled when the backup was taken

  [[nodiscard]] const ManifestFile* find(const std::string& name) const;
};

[[nodiscard]] std::string to_text(const BackupManifest& manifest);
// Fault `invalid`: not such a manifest.
[[nodiscard]] base::Outcome<BackupManifest> parse_manifest(const std::string& text);

// The text of SHA256SUMS and back.
[[nodiscard]] std::string to_sums(const std::vector<ManifestFile>& files);
[[nodiscard]] base::Outcome<std::map<std::string, std::string>> parse_sums(const std::string& text);

// Length and hash of a file as it is.  Fault `not_found`: it is not there.
[[nodiscard]] base::Outcome<ManifestFile> measure_file(const std::filesystem::path& file);

}  // namespace cli
