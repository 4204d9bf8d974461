#pragma once
// store_image.h - looks at a store without changing it: what is in it, which files it names, and
// whether it agrees with itself.
//
// For the image in a backup, which nothing may touch, and for the store of a data folder while a
// server writes to it.  Stores of earlier schemas are read as they are.
#include <cstdint>
#include <functional>
#include <map>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <vector>

#include "base/fault.h"
#include "calendar/instant.h"
#include "casework/store.h"
#include "journal/tree.h"
#include "storage/sqlite/database.h"

namespace storage::sqlite {

struct LastEvent {
  calendar::Instant at{};
  std::string code;  // of its dossier
  std::string type;
};

struct StoreFacts {
  std::int64_t schema = 0;
  std::map<std::string, std::int64_t> rows;  // of each table
  std::optional<LastEvent> last_event;
  std::string head;  // newest signed tree head, as a checkpoint; empty: none yet
};

// A file that the store names; the size is not known where only its address stands.
struct NamedFile {
  std::string sha256;
  std::optional<std::int64_t> size;
};

enum class StoreCheck {
  integrity,       // SQLite finds its file damaged
  events,          // a dossier's version is not the number of its events
  orphans,         // rows that belong to no dossier
  running,         // what runs is not at its dossier's version
  search,          // a dossier that no search finds
  dossier_codes,   // codes of an agency and day have a gap or a double
  number_series,   // more or fewer numbers stand in events than were allotted
  file_addresses,  // a file is named by something that is no address
};
struct StoreFinding {
  StoreCheck check{};
  std::string subject;  // id of a dossier, name of a series, or a text of SQLite
};

class StoreImage {
 public:
  // `still`: a file that nobody writes.  `live`: a server may be at work; everything is seen as it
  // was when it was first looked at.
  enum class Kind { still, live };
  // Fault `not_found`: no file there; `corrupt`: not a store; `invalid`: of a newer program.
  [[nodiscard]] static base::Outcome<StoreImage> open(const std::string& path, Kind kind);

  [[nodiscard]] std::int64_t schema() const { return schema_; }
  [[nodiscard]] base::Outcome<StoreFacts> facts() const;
  // Each named address once, in order.
  [[nodiscard]] base::Outcome<std::vector<NamedFile>> files() const;
  // Is it still named?
  [[nodiscard]] base::Outcome<bool> names(const std::string& sha256) const;
  // Every disagreement, at most `kFindingsOfACheck` of each kind.
  static constexpr std::int64_t kFindingsOfACheck = 20;
  [[nodiscard]] base::Outcome<std::vector<StoreFinding>> check() const;

  // Of the journal; nothing in a store of a schema from before it.
  [[nodiscard]] base::Outcome<std::vector<std::string>> tenants() const;
  [[nodiscard]] base::Outcome<std::vector<casework::HeadRow>> heads(
      const std::string& tenant) const;
  [[nodiscard]] base::Outcome<std::int64_t> leaves(const std::string& tenant) const;
  // The image outlives it.
  [[nodiscard]] journal::TreeSource tree(const std::string& tenant) const;
  // As Store::each_record has it: at one moment, which for a live store is now, and later than what
  // was seen before.
  [[nodiscard]] base::Outcome<base::Done> each_record(
      const std::string& tenant,
      const std::function<bool(const casework::JournalRecord&)>& visit) const;

 private:
  // Statements that answer address and size (or NULL) of what is named.
  [[nodiscard]] std::span<const char* const> naming() const;

  StoreImage(std::unique_ptr<Database> database, std::int64_t schema)
      : database_(std::move(database)), schema_(schema) {}
  std::unique_ptr<Database> database_;
  std::int64_t schema_;
};

}  // namespace storage::sqlite
