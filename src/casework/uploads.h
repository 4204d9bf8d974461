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
  std::string owner;  // "draft:ID", "dossier:ID" or "officer:ID"
};

[[nodiscard]] dossier::Attachment attachment_of(const FileRow& row);

// The same request gives the same attachment.
[[nodiscard]] Answer<dossier::Attachment> take_upload(Workplace& workplace, Upload upload,
                                                      const RequestKey& request);

// Attachments by id, each of which must belong to one of `owners`.
[[nodiscard]] Answer<std::vector<dossier::Attachment>> attachments_by_id(
    Workplace& workplace, const std::vector<std::string>& ids,
    const std::vector<std::string>& owners);

}  // namespace casework
