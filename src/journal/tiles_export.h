#pragma once
// tiles_export.h - the tree as static files in the layout of C2SP tlog-tiles: names and contents.
//
// Which file is written where, and when, is for whoever has a disk.
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "journal/tree.h"

namespace journal {

// "x001/x234/067" of 1234067.
[[nodiscard]] std::string tile_number_path(std::int64_t number);

// One file of the layout: `width` entries of the tile, 256 where it is complete.
struct ExportFile {
  int level = 0;  // kEntriesLevel: a bundle of leaves
  std::int64_t number = 0;
  int width = 0;

  static constexpr int kEntriesLevel = -1;
  // "tile/0/x001/067", "tile/1/000.p/12", "tile/entries/000.p/200"
  [[nodiscard]] std::string path() const;
  friend bool operator==(const ExportFile&, const ExportFile&) = default;
};

// Every file that a tree of `size` has and one of `old_size` had not, lowest level first, bundles
// of leaves at the end.
[[nodiscard]] std::vector<ExportFile> files_between(std::int64_t old_size, std::int64_t size);

// The hashes of a tile file.
[[nodiscard]] base::Outcome<std::string> tile_content(StoredTree& tree, const ExportFile& file);

// A bundle of leaves: each after its length as two bytes, most significant first.
// Requires: leaf.size() < 65,536.
void append_entry(std::string& bundle, std::string_view leaf);
[[nodiscard]] std::optional<std::vector<std::string_view>> parse_entries(std::string_view bundle);

}  // namespace journal
