#include "documents/zip_directory.h"

#include <algorithm>
#include <optional>

namespace documents::internal {
namespace {

using namespace std::string_view_literals;

constexpr std::size_t kLocal = 30, kCentral = 46, kEnd = 22;
constexpr std::uint32_t kElsewhere = 0xffffffff;  // the number stands in the ZIP64 field

std::uint32_t u16(std::string_view bytes, std::size_t at) {
  return static_cast<std::uint32_t>(static_cast<unsigned char>(bytes[at])) |
         (static_cast<std::uint32_t>(static_cast<unsigned char>(bytes[at + 1])) << 8U);
}
std::uint32_t u32(std::string_view bytes, std::size_t at) {
  return u16(bytes, at) | (u16(bytes, at + 2) << 16U);
}
std::uint64_t u64(std::string_view bytes, std::size_t at) {
  return u32(bytes, at) | (std::uint64_t{u32(bytes, at + 4)} << 32U);
}

// The end of the directory: its comment reaches exactly to the end of the file.
std::optional<std::size_t> find_end(std::string_view bytes) {
  if (bytes.size() < kEnd) return std::nullopt;
  std::optional<std::size_t> found;
  const std::size_t first = bytes.size() - std::min(bytes.size(), kEnd + 65'535);
  for (std::size_t at = bytes.find("PK\5\6"sv, first); at != std::string_view::npos;
       at = bytes.find("PK\5\6"sv, at + 1)) {
    if (bytes.size() - at < kEnd) break;
    // Two that could be meant: nobody says which one the next program takes.
    if (found) return std::nullopt;
    if (at + kEnd + u16(bytes, at + 20) == bytes.size()) found = at;
  }
  return found;
}

// Numbers too large for their own field, in the order of the fields that say so.
struct Zip64 {
  std::string_view field;
  std::optional<std::uint64_t> take() {
    if (field.size() < 8) return std::nullopt;
    const std::uint64_t value = u64(field, 0);
    field.remove_prefix(8);
    return value;
  }
};
Zip64 zip64_in(std::string_view extra) {
  while (extra.size() >= 4) {
    const std::size_t size = u16(extra, 2);
    if (size > extra.size() - 4) break;
    if (u16(extra, 0) == 1) return {extra.substr(4, size)};
    extra.remove_prefix(4 + size);
  }
  return {};
}

bool is_special_file(std::uint32_t made_by, std::uint32_t attributes) {
  if ((made_by >> 8U) != 3 && (made_by >> 8U) != 19) return false;  // not Unix, not macOS
  const std::uint32_t type = (attributes >> 16U) & 0170000U;
  return type != 0 && type != 0100000U && type != 0040000U;
}

// Reads the central entry at `at`, and moves behind it.
std::optional<ZipEntry> read_central(std::string_view bytes, std::size_t& at, std::size_t end) {
  if (end - at < kCentral || bytes.substr(at, 4) != "PK\1\2"sv) return std::nullopt;
  const std::size_t name = u16(bytes, at + 28);
  const std::size_t extra = u16(bytes, at + 30);
  const std::size_t comment = u16(bytes, at + 32);
  if (name + extra + comment > end - at - kCentral) return std::nullopt;
  ZipEntry entry;
  entry.name = bytes.substr(at + kCentral, name);
  Zip64 more = zip64_in(bytes.substr(at + kCentral + name, extra));
  entry.size = u32(bytes, at + 24);
  entry.packed = u32(bytes, at + 20);
  std::uint64_t start = u32(bytes, at + 42);
  for (std::uint64_t* const one : {&entry.size, &entry.packed, &start}) {
    if (*one != kElsewhere) continue;
    const auto value = more.take();
    if (!value) return std::nullopt;
    *one = *value;
  }
  if (start > bytes.size() || u16(bytes, at + 34) != 0) return std::nullopt;  // one disk
  entry.start = static_cast<std::size_t>(start);
  entry.method = u16(bytes, at + 10);
  // Bit 0: encrypted; 6: strongly; 13: the directory is masked.
  entry.is_encrypted = (u16(bytes, at + 8) & 0x2041U) != 0;
  entry.is_special = is_special_file(u16(bytes, at + 4), u32(bytes, at + 38));
  at += kCentral + name + extra + comment;
  return entry;
}

// The entry's own header says the same; sets where its data end.
bool agrees_with_local(std::string_view bytes, std::size_t directory, ZipEntry& entry) {
  const std::size_t at = entry.start;
  if (at > directory || directory - at < kLocal || bytes.substr(at, 4) != "PK\3\4"sv) return false;
  const std::size_t name = u16(bytes, at + 26);
  const std::size_t extra = u16(bytes, at + 28);
  if (name + extra > directory - at - kLocal) return false;
  if (bytes.substr(at + kLocal, name) != entry.name) return false;
  if (u16(bytes, at + 8) != entry.method) return false;
  const std::uint32_t flags = u16(bytes, at + 6);
  if ((flags & 0x2041U) != 0) entry.is_encrypted = true;
  const bool sizes_follow = (flags & 8U) != 0;
  const std::uint32_t packed = u32(bytes, at + 18);
  const std::uint32_t size = u32(bytes, at + 22);
  if (!sizes_follow && packed != kElsewhere && packed != entry.packed) return false;
  if (!sizes_follow && size != kElsewhere && size != entry.size) return false;
  const std::size_t data = at + kLocal + name + extra;
  if (entry.packed > directory - data) return false;
  entry.end = data + static_cast<std::size_t>(entry.packed);
  return true;
}

// In order of place: from the first byte on, none inside another, none hidden between two.
bool lie_side_by_side(std::string_view bytes, std::size_t directory,
                      const std::vector<ZipEntry>& entries) {
  std::vector<const ZipEntry*> by_place;
  for (const ZipEntry& entry : entries) by_place.push_back(&entry);
  std::ranges::sort(by_place, {}, &ZipEntry::start);
  std::size_t end = 0;
  for (const ZipEntry* entry : by_place) {
    if (entry->start < end) return false;
    if (bytes.substr(end, entry->start - end).find("PK\3\4"sv) != std::string_view::npos) {
      return false;
    }
    if (end == 0 && entry->start != 0) return false;
    end = entry->end;
  }
  return bytes.substr(end, directory - end).find("PK\3\4"sv) == std::string_view::npos;
}

}  // namespace

base::Result<std::vector<ZipEntry>, ZipFlaw> read_zip_directory(std::string_view bytes,
                                                                std::size_t entries_max) {
  const auto end = find_end(bytes);
  if (!end) return base::Failure{ZipFlaw::no_directory};
  std::uint64_t count = u16(bytes, *end + 10);
  std::uint64_t size = u32(bytes, *end + 12);
  std::uint64_t start = u32(bytes, *end + 16);
  std::size_t behind = *end;
  if (count == 0xffff || size == kElsewhere || start == kElsewhere) {
    // ZIP64: a locator in front of the end says where the long end is.
    constexpr std::size_t kLocator = 20, kLongEnd = 56;
    if (*end < kLocator + kLongEnd || bytes.substr(*end - kLocator, 4) != "PK\6\7"sv) {
      return base::Failure{ZipFlaw::inconsistent};
    }
    const std::uint64_t at = u64(bytes, *end - kLocator + 8);
    if (at > *end - kLocator - kLongEnd ||
        bytes.substr(static_cast<std::size_t>(at), 4) != "PK\6\6"sv) {
      return base::Failure{ZipFlaw::inconsistent};
    }
    behind = static_cast<std::size_t>(at);
    count = u64(bytes, behind + 32);
    size = u64(bytes, behind + 40);
    start = u64(bytes, behind + 48);
  }
  if (count > entries_max) return base::Failure{ZipFlaw::too_many_entries};
  if (start > behind || size != behind - start) return base::Failure{ZipFlaw::inconsistent};
  const auto directory = static_cast<std::size_t>(start);
  std::vector<ZipEntry> entries;
  std::size_t at = directory;
  while (at < behind) {
    // Counts lie: 65,536 entries more are written as none more.
    if (entries.size() >= entries_max) return base::Failure{ZipFlaw::too_many_entries};
    auto entry = read_central(bytes, at, behind);
    if (!entry || !agrees_with_local(bytes, directory, *entry)) {
      return base::Failure{ZipFlaw::inconsistent};
    }
    entries.push_back(*std::move(entry));
  }
  if (entries.size() != count) return base::Failure{ZipFlaw::inconsistent};
  if (!lie_side_by_side(bytes, directory, entries)) return base::Failure{ZipFlaw::inconsistent};
  return entries;
}

}  // namespace documents::internal
