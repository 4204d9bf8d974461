#pragma once
// competence_book.h - the province's table of competence as it is in force: the shipped one, until
// the province has published its own.
//
// Versions are definitions (kind "competence", key: the province) that are appended and never
// changed; dates of change stand in the rows, so that a version says what was and what will be.
#include <cstdint>
#include <functional>
#include <memory>
#include <mutex>
#include <optional>
#include <string>

#include "casework/competence.h"
#include "casework/store.h"
#include "party/authority_register.h"

namespace casework {

using CompetenceModelPtr = std::shared_ptr<const CompetenceModel>;

// Thread-safe.
class CompetenceBook {
 public:
  // Nothing is said about competence beyond the procedures.
  CompetenceBook() = default;
  // Fault `invalid`: the shipped text has problems.
  [[nodiscard]] static base::Outcome<std::shared_ptr<CompetenceBook>> open(
      const std::string& province, const std::string& shipped);

  // Takes over the newest published version; true: it is another one.
  [[nodiscard]] base::Outcome<bool> refresh(Store& store);
  // Null when nothing is said.  Never changed once it is there.
  [[nodiscard]] CompetenceModelPtr model() const;
  [[nodiscard]] std::string text() const;      // as written
  [[nodiscard]] std::int64_t version() const;  // 0: the shipped one
  [[nodiscard]] const std::string& province() const { return province_; }

 private:
  void put(CompetenceModelPtr model, std::string text, std::int64_t version);

  std::string province_;
  mutable std::mutex mutex_;
  CompetenceModelPtr model_;
  std::string text_;
  std::int64_t version_ = 0;
};

using MovedBy = std::function<std::optional<MovedCompetence>(
    const std::string& agency, const std::string& code, const std::string& field)>;
// Where recorded decisions of phân cấp have moved competence at that moment: for
// CompetenceQuery::moved.
[[nodiscard]] MovedBy moved_by_decisions(std::shared_ptr<const party::AuthorityRegister> entries,
                                         calendar::Instant at);
struct Workplace;
[[nodiscard]] MovedBy moved_by_decisions(Workplace& workplace);  // by now

}  // namespace casework
