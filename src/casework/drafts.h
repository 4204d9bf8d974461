#pragma once
// drafts.h - a filing that is being written: kept for the citizen, opened by its secret.
//
// Drafts are not dossiers: they hold what may still be wrong and may be thrown away, so they are
// not journalled, and they expire.
#include <string>

#include "base/json.h"
#include "casework/execute.h"
#include "casework/filing.h"
#include "casework/uploads.h"

namespace casework {

inline constexpr std::chrono::days kDraftLife{30};
inline constexpr std::size_t kDraftFilesMax = 60;

struct DraftContent {
  std::string procedure;
  std::string agency;
  std::string page;
  base::json::object answers;
};

// Answers are Draft objects of api/openapi.yaml; the secret is told only when a draft is made.
[[nodiscard]] Answer<base::json::object> create_draft(Workplace& workplace, DraftContent content,
                                                      const RequestKey& request);
// Is there such a draft, and does the secret open it?
[[nodiscard]] Answer<base::Done> check_draft(Workplace& workplace, const std::string& id,
                                             const std::string& secret);
[[nodiscard]] Answer<base::json::object> show_draft(Workplace& workplace, const std::string& id,
                                                    const std::string& secret);
[[nodiscard]] Answer<base::json::object> save_draft(Workplace& workplace, const std::string& id,
                                                    const std::string& secret,
                                                    DraftContent content);
[[nodiscard]] Answer<base::Done> delete_draft(Workplace& workplace, const std::string& id,
                                              const std::string& secret);
// Without asking for its secret: it has become a dossier.
[[nodiscard]] base::Outcome<base::Done> drop_draft(Store& store, const std::string& id);
[[nodiscard]] Answer<dossier::Attachment> add_draft_file(Workplace& workplace,
                                                         const std::string& id,
                                                         const std::string& secret, Upload upload,
                                                         const RequestKey& request);
[[nodiscard]] Answer<base::Done> remove_draft_file(Workplace& workplace, const std::string& id,
                                                   const std::string& secret,
                                                   const std::string& file);
// The filing that a draft stands for; the caller adds what is said beside it.
[[nodiscard]] Answer<Filing> filing_from_draft(Workplace& workplace, const std::string& id,
                                               const std::string& secret);

}  // namespace casework
