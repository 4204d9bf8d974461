#pragma once
// file_original.h - the upload that a picture was drawn from, opened by whoever leads the work,
// with a reason that is journalled.
#include <string>

#include "casework/execute.h"

namespace casework {

struct OriginalFile {
  std::string bytes;
  std::string media_type;
  std::string name;
};

// By whoever may assign the work on the dossier (party::Action::assign_task) at an agency that
// takes part.  The reading is recorded before the bytes are given.  Failures: `not_found` (no such
// paper, or nothing was made of it), `reason-missing`, `file-being-checked`, `file-held-back`.
[[nodiscard]] Answer<OriginalFile> open_original(Workplace& workplace,
                                                 const party::Officer& officer,
                                                 const OpenDossier& open, const std::string& file,
                                                 const std::string& reason);

}  // namespace casework
