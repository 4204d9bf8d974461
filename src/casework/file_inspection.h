#pragma once
// file_inspection.h - what a scanner says of each file, and that nothing is opened before it has
// spoken.
//
// With a scanner (Workplace::scanner) every upload gets a register entry before its row is written:
// released, being checked, or held back.  A scanner that is down leaves files "being checked",
// never "released": the filing goes on, officers see why a paper cannot be opened yet, and
// judge_due() asks again, after longer and longer pauses.  A file that is held back is sealed and
// its plain bytes removed.  Without a scanner a file has no entry and is released by its content
// alone (documents/upload_judgement.h); what was held back stays so.
//
//   entry "file-inspection", key: the address, found by: its state, "again" (to be scanned anew),
//   "sealed"
#include <cstdint>
#include <string>
#include <vector>

#include "base/json.h"
#include "casework/failure.h"
#include "casework/workplace.h"

namespace casework {

inline constexpr const char* kFileInspection = "file-inspection";

enum class FileState { released, checking, held };
[[nodiscard]] std::string_view name_of(FileState state);  // "released" …

struct FileInspection {
  std::string address;
  FileState state = FileState::released;
  std::string threat{};   // held: what the scanner calls it
  std::string engine{};   // that judged, with its signatures
  std::string trouble{};  // why there was no verdict the last time
  int attempts = 0;       // without a verdict
  bool again = false;     // released, and to be scanned anew
  Instant since{};        // of the state
  Instant next_at{};      // when it is asked for the next time
  std::string sealed{};   // where the bytes are, once they are held back
  std::int64_t version = 0;
};

// nothing: nobody ever scanned it.
[[nodiscard]] base::Outcome<std::optional<FileInspection>> find_inspection(
    Workplace& workplace, const std::string& address);

struct KeptUpload {
  std::string address;
  FileState state = FileState::released;
};
// Keeps the bytes of an upload, and the scanner's verdict if it gives one now; both are durable
// when this returns.  Failure `file-held-back`: it found something, now or earlier; that is sealed.
// `original`: what `bytes` were made of, or empty.
[[nodiscard]] Answer<KeptUpload> keep_upload(Workplace& workplace, std::string_view bytes,
                                             std::string_view original);

// The bytes are gone, so nothing needs to be known of them.  Should they be there again, they are
// to be checked.
[[nodiscard]] base::Outcome<base::Done> forget_inspection(Workplace& workplace,
                                                          const std::string& address);

// For whoever is about to read a file.  Failures `file-being-checked`, `file-held-back`.
[[nodiscard]] Answer<base::Done> check_released(Workplace& workplace, const std::string& address);
// For whoever is about to use papers: none is held back.
[[nodiscard]] Answer<base::Done> check_none_held(Workplace& workplace,
                                                 const std::vector<dossier::Attachment>& papers);

struct Judged {
  int released = 0;
  int held = 0;
  int waiting = 0;      // still without a verdict
  std::string trouble;  // what the scanner answered in its place
  bool more = false;    // more are due at once
};
// Has those scanned that are due; ends with the first that gets no verdict.  One caller at a time.
[[nodiscard]] base::Outcome<Judged> judge_due(Workplace& workplace);
// Everything that is stored is to be scanned anew, and stays released meanwhile.  How many files.
[[nodiscard]] base::Outcome<std::int64_t> order_rescan(Workplace& workplace);

// {"state": …, "reason": {"vi", "en"}, "threat", "engine", "since"}; null: released unscanned.
[[nodiscard]] base::json::value inspection_json(const std::optional<FileInspection>& inspection);
// Adds "inspection" to each object that names an address in "sha256".
[[nodiscard]] Answer<base::Done> add_inspections(Workplace& workplace, base::json::array& files);

}  // namespace casework
