#include "journal/tiles_export.h"

#include <algorithm>

#include "base/ensure.h"

namespace journal {

namespace {

std::string three_digits(std::int64_t group) {
  const std::string digits = std::to_string(group);
  return std::string(3 - digits.size(), '0') + digits;
}

void add_level(std::vector<ExportFile>& files, int level, std::int64_t old_count,
               std::int64_t count) {
  for (std::int64_t number = old_count / kTileWidth; number * kTileWidth < count; ++number) {
    const std::int64_t width = std::min(kTileWidth, count - number * kTileWidth);
    if (number * kTileWidth + width == old_count) continue;
    files.push_back({.level = level, .number = number, .width = static_cast<int>(width)});
  }
}

}  // namespace

std::string tile_number_path(std::int64_t number) {
  std::string path = three_digits(number % 1'000);
  for (std::int64_t rest = number / 1'000; rest > 0; rest /= 1'000) {
    path = "x" + three_digits(rest % 1'000) + "/" + path;
  }
  return path;
}

std::string ExportFile::path() const {
  std::string path =
      level == kEntriesLevel ? "tile/entries/" : "tile/" + std::to_string(level) + "/";
  path += tile_number_path(number);
  if (width != kTileWidth) path += ".p/" + std::to_string(width);
  return path;
}

std::vector<ExportFile> files_between(std::int64_t old_size, std::int64_t size) {
  std::vector<ExportFile> files;
  std::int64_t old_count = old_size;
  std::int64_t count = size;
  for (int level = 0; count > 0; ++level) {
    add_level(files, level, old_count, count);
    old_count /= kTileWidth;
    count /= kTileWidth;
  }
  add_level(files, ExportFile::kEntriesLevel, old_size, size);
  return files;
}

base::Outcome<std::string> tile_content(StoredTree& tree, const ExportFile& file) {
  return tree.hashes(file.level, file.number * kTileWidth, file.width);
}

void append_entry(std::string& bundle, std::string_view leaf) {
  ENSURE(leaf.size() < 65'536, "a leaf is short");
  bundle += static_cast<char>(static_cast<unsigned char>(leaf.size() >> 8U));
  bundle += static_cast<char>(static_cast<unsigned char>(leaf.size() & 0xFFU));
  bundle += leaf;
}

std::optional<std::vector<std::string_view>> parse_entries(std::string_view bundle) {
  std::vector<std::string_view> leaves;
  while (!bundle.empty()) {
    if (bundle.size() < 2 || leaves.size() == static_cast<std::size_t>(kTileWidth)) {
      return std::nullopt;
    }
    const std::size_t length = static_cast<std::size_t>(static_cast<unsigned char>(bundle[0]))
                                   << 8U |
                               static_cast<unsigned char>(bundle[1]);
    if (bundle.size() - 2 < length) return std::nullopt;
    leaves.push_back(bundle.substr(2, length));
    bundle.remove_prefix(2 + length);
  }
  return leaves;
}

}  // namespace journal
