#pragma once
// archive_inspection.h - looks through ZIP files and the documents that are ZIP files (DOCX, XLSX,
// ODT) within fixed limits, before anything else opens them.
//
// The directory is judged first (zip_directory.h), then every member is unpacked by libarchive,
// counted as it comes, and held to what it may be.  Nothing is written anywhere.
#include "documents/media_type.h"

namespace documents::internal {

// How deep it is in other archives, and what all of them have used so far.
struct ArchiveBudget {
  int depth = 0;  // of the file that is looked at: 1 for an upload
  std::size_t entries = 0;
  std::uint64_t unpacked = 0;
  std::uint64_t packed = 0;  // of the upload itself
};

// Requires: `type` is docx, xlsx, odt or zip, and `bytes` begin like one.
[[nodiscard]] base::Result<base::Done, RefusedFile> inspect_archive(std::string_view bytes,
                                                                    MediaType type,
                                                                    const InspectionRules& rules,
                                                                    ArchiveBudget& budget);

// As inspect_file(), for a member.
[[nodiscard]] base::Result<InspectedFile, RefusedFile> inspect_within(std::string_view bytes,
                                                                      const InspectionRules& rules,
                                                                      ArchiveBudget& budget);

}  // namespace documents::internal
