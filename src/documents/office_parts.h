#pragma once
// office_parts.h - what may be in a DOCX, XLSX or ODT file: no programs, nothing that is fetched
// from elsewhere when it is opened, no tricks with XML.
//
// Source: ECMA-376 part 2 (packages), OASIS OpenDocument 1.3 part 2.
#include <string>
#include <string_view>

#include "base/fault.h"
#include "documents/media_type.h"

namespace documents::internal {

class OfficeParts {
 public:
  explicit OfficeParts(MediaType type) : type_(type) {}

  // `part` may be cut at ArchiveLimits::member_bytes.
  [[nodiscard]] base::Result<base::Done, RefusedFile> take(std::string_view name,
                                                           std::string_view part);
  // A file of its own that somebody put into the document: to be judged as one.
  [[nodiscard]] bool is_attached_file(std::string_view name) const;
  // All was there that makes it a document of its type.
  [[nodiscard]] base::Result<base::Done, RefusedFile> check_complete() const;

 private:
  MediaType type_;
  bool has_types_ = false;
  bool has_body_ = false;
};

}  // namespace documents::internal
