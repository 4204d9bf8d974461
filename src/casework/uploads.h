#pragma once
// uploads.h - a paper arrives: judged by its content, kept by its hash, named for its owner.
#include <string>

#include "casework/execute.h"

namespace casework {

struct Upload {
  std::string bytes;
  std::string name;
  std::string declared;  // media type the sender says
  std::string component;
  std::string owner;        // "draft:ID", "dossier:ID" or "officer:ID"
  std::string procedure{};  // whose component it is; empty: of none yet
};

[[nodiscard]] dossier::Attachment attachment_of(const FileRow& row);

// What a stranger called it, without what could mislead or harm: no folders, no hidden characters,
// and the ending of what it is.  Empty media types leave the ending alone.
[[nodiscard]] std::string safe_file_name(std::string_view name, std::string_view media_type);

// The same request gives the same attachment.
[[nodiscard]] Answer<dossier::Attachment> take_upload(Workplace& workplace, Upload upload,
                                                      const RequestKey& request);

// An attachment as whoever uploaded it sees it: with what the scanner says.
[[nodiscard]] Answer<base::json::object> taken_json(Workplace& workplace,
                                                    const dossier::Attachment& attachment);

// Attachments by id, each of which must belong to one of `owners`.
[[nodiscard]] Answer<std::vector<dossier::Attachment>> attachments_by_id(
    Workplace& workplace, const std::vector<std::string>& ids,
    const std::vector<std::string>& owners);

}  // namespace casework
