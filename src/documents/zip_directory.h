#pragma once
// zip_directory.h - the directory of a ZIP file, read strictly: what two programs would read
// differently is refused, for one of them is the scanner and the other one the victim.
//
//   zip       := {local entry} {central entry} end
//   local     := "PK\3\4" 26 bytes, name, extra, data, [data descriptor]
//   central   := "PK\1\2" 42 bytes, name, extra, comment
//   end       := "PK\5\6" 18 bytes, comment: at the very end of the file
//
// Source: PKWARE APPNOTE 6.3.10, 4.3 and 4.4.  Our reading: nothing in front of the first entry,
// entries do not overlap, no entry hides between two of them, local and central name agree.
#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "base/result.h"

namespace documents::internal {

struct ZipEntry {
  std::string name;  // as stored, any bytes
  std::uint64_t packed = 0;
  std::uint64_t size = 0;
  std::size_t start = 0;  // of its local header
  std::size_t end = 0;    // of its data
  unsigned method = 0;
  bool is_encrypted = false;
  bool is_special = false;  // a link or a device
};

enum class ZipFlaw {
  no_directory,      // no end of directory, or bytes after it
  inconsistent,      // directory and entries do not tell the same
  too_many_entries,  // more than the caller takes
};

[[nodiscard]] base::Result<std::vector<ZipEntry>, ZipFlaw> read_zip_directory(
    std::string_view bytes, std::size_t entries_max);

}  // namespace documents::internal
