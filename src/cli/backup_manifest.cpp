#include "cli/backup_manifest.h"

#include <algorithm>
#include <fstream>

#include <boost/json.hpp>

#include "base/json.h"
#include "base/sha256.h"
#include "casework/file_store.h"

namespace cli {

namespace {

constexpr const char* kFormat = "motcua-backup-v1";

base::Failure<base::Fault> bad(const std::string& what) {
  return base::fault(base::FaultCode::invalid, "the manifest " + what);
}

// Names of files in a generation: no way out of its folder.
bool is_plain_name(const std::string& name) {
  return !name.empty() && name.size() <= 100 && name.front() != '.' &&
         name.find('/') == std::string::npos;
}

base::Outcome<std::vector<ManifestFile>> read_files(const base::json::value& json) {
  std::vector<ManifestFile> files;
  const base::json::value* list = base::find(json, "files");
  if (list == nullptr || !list->is_array()) return bad("names no files");
  for (const base::json::value& one : list->get_array()) {
    ManifestFile file{.name = base::string_or(one, "name"),
                      .size = base::int_or(one, "size", -1),
                      .sha256 = base::string_or(one, "sha256")};
    if (!is_plain_name(file.name) || file.size < 0 || !casework::is_file_address(file.sha256)) {
      return bad("has an entry that is no file");
    }
    files.push_back(std::move(file));
  }
  return files;
}

}  // namespace

const ManifestFile* BackupManifest::find(const std::string& name) const {
  const auto found = std::ranges::find(files, name, &ManifestFile::name);
  return found == files.end() ? nullptr : &*found;
}

std::string to_text(const BackupManifest& manifest) {
  base::json::array files;
  for (const ManifestFile& file : manifest.files) {
    files.push_back(
        base::json::object{{"name", file.name}, {"size", file.size}, {"sha256", file.sha256}});
  }
  base::json::object rows;
  for (const auto& [table, count] : manifest.rows) rows[table] = count;
  base::json::array missing;
  for (const std::string& address : manifest.missing) missing.emplace_back(address);
  base::json::object json{{"format", kFormat},
                          {"program", manifest.program},
                          {"engine", manifest.engine},
                          {"schema", manifest.schema},
                          {"taken_at", calendar::to_iso(manifest.taken_at)},
                          {"files", std::move(files)},
                          {"rows", std::move(rows)},
                          {"papers", manifest.papers},
                          {"paper_bytes", manifest.paper_bytes},
                          {"missing", std::move(missing)},
                          {"head", manifest.head}};
  if (manifest.last_event.has_value()) {
    json["last_event"] = base::json::object{{"at", calendar::to_iso(manifest.last_event->at)},
                                            {"code", manifest.last_event->code},
                                            {"type", manifest.last_event->type}};
  }
  return base::to_text(base::json::value(std::move(json))) + "\n";
}

base::Outcome<BackupManifest> parse_manifest(const std::string& text) {
  const base::json::value json = TRY(base::parse_json(text));
  if (base::string_or(json, "format") != kFormat) return bad("is not of the format that is known");
  BackupManifest manifest;
  manifest.program = base::string_or(json, "program");
  manifest.engine = base::string_or(json, "engine");
  manifest.schema = base::int_or(json, "schema");
  manifest.papers = base::int_or(json, "papers");
  manifest.paper_bytes = base::int_or(json, "paper_bytes");
  manifest.head = base::string_or(json, "head");
  const auto taken_at = calendar::parse_instant(base::string_or(json, "taken_at"));
  if (!taken_at.has_value()) return bad("does not say when it was taken");
  manifest.taken_at = *taken_at;
  manifest.files = TRY(read_files(json));
  const base::json::value* rows = base::find(json, "rows");
  if (rows == nullptr || !rows->is_object()) return bad("counts no rows");
  for (const auto& [table, count] : rows->get_object()) {
    if (!count.is_int64()) return bad("counts rows with something that is no number");
    manifest.rows.emplace(table, count.get_int64());
  }
  if (const base::json::value* missing = base::find(json, "missing");
      missing != nullptr && missing->is_array()) {
    for (const base::json::value& address : missing->get_array()) {
      if (!address.is_string()) return bad("has an address that is no text");
      manifest.missing.emplace_back(address.get_string());
    }
  }
  if (const base::json::value* last = base::find(json, "last_event"); last != nullptr) {
    const auto at = calendar::parse_instant(base::string_or(*last, "at"));
    if (!at.has_value()) return bad("does not say when its last event was");
    manifest.last_event = {
        .at = *at, .code = base::string_or(*last, "code"), .type = base::string_or(*last, "type")};
  }
  return manifest;
}

std::string to_sums(const std::vector<ManifestFile>& files) {
  std::string text;
  for (const ManifestFile& file : files) text += file.sha256 + "  " + file.name + "\n";
  return text;
}

base::Outcome<std::map<std::string, std::string>> parse_sums(const std::string& text) {
  std::map<std::string, std::string> sums;
  constexpr std::size_t kHash = 64;
  for (std::size_t at = 0; at < text.size();) {
    const std::size_t end = text.find('\n', at);
    const std::string line = text.substr(at, end - at);
    if (end == std::string::npos || line.size() < kHash + 3 || line.substr(kHash, 2) != "  " ||
        !casework::is_file_address(line.substr(0, kHash)) ||
        !is_plain_name(line.substr(kHash + 2))) {
      return base::fault(base::FaultCode::invalid, "not a list of SHA-256 sums");
    }
    sums[line.substr(kHash + 2)] = line.substr(0, kHash);
    at = end + 1;
  }
  return sums;
}

base::Outcome<ManifestFile> measure_file(const std::filesystem::path& file) {
  std::ifstream stream(file, std::ios::binary);
  if (!stream) return base::fault(base::FaultCode::not_found, "cannot read " + file.string());
  base::Sha256Stream hash;
  ManifestFile measured{.name = file.filename().string(), .size = 0, .sha256 = {}};
  std::string buffer(1U << 20U, '\0');
  while (stream) {
    stream.read(buffer.data(), static_cast<std::streamsize>(buffer.size()));
    const auto got = static_cast<std::size_t>(stream.gcount());
    hash.update(std::string_view{buffer}.substr(0, got));
    measured.size += static_cast<std::int64_t>(got);
  }
  if (stream.bad()) {
    return base::fault(base::FaultCode::internal, "reading " + file.string() + " failed");
  }
  measured.sha256 = base::to_hex(hash.finish());
  return measured;
}

}  // namespace cli
