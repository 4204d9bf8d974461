#pragma once
// coverage_stretch.h - coverage over days on which the organisation is the same, kept up with what
// changes.
#include <chrono>
#include <cstdint>
#include <map>
#include <memory>
#include <set>
#include <string>
#include <vector>

#include "casework/organisation_day.h"
#include "casework/workplace.h"
#include "insight/coverage.h"
#include "insight/demand_reading.h"
#include "insight/staffing.h"

namespace insight {

// Immutable.
struct CoverageView {
  std::shared_ptr<const party::Organisation> organisation;
  std::shared_ptr<const Coverage> coverage;
  std::chrono::microseconds took{0};
  std::map<std::string, std::string> troubles{};  // procedures that could not be read
};
using CoverageViewPtr = std::shared_ptr<const CoverageView>;

// What a stretch is counted on; where any of it is another, the stretch is another one.
struct CoverageGround {
  Period period{};
  std::int64_t version = 0;           // of the register of the organisation
  const void* organisation_now = {};  // where none is registered: the one there is
  casework::CompetenceModelPtr table{};
  std::string moves{};  // the decisions of phân cấp, and which of them count now

  friend bool operator==(const CoverageGround&, const CoverageGround&) = default;
};

// Not thread-safe.
class CoverageStretch {
 public:
  CoverageStretch(casework::Workplace& workplace, CoverageGround ground);

  [[nodiscard]] const CoverageGround& ground() const { return ground_; }
  // Takes in what has changed since, as far as possible without counting the rest anew.
  [[nodiscard]] base::Outcome<base::Done> refresh();
  // After the first refresh().
  [[nodiscard]] const CoverageViewPtr& view() const { return view_; }
  [[nodiscard]] DemandReader& reader() { return *reader_; }
  // Who would be there over these days.
  [[nodiscard]] std::vector<StaffMemberPtr> staff_by(const StaffSources& sources) const;

 private:
  [[nodiscard]] base::Outcome<base::Done> count();
  [[nodiscard]] base::Outcome<std::set<std::string>> codes() const;
  [[nodiscard]] std::string signature_of(const std::string& code) const;
  [[nodiscard]] base::Outcome<bool> take_procedures(Changes& changes);
  [[nodiscard]] bool take_staff(Changes& changes);
  void put(Coverage coverage, std::chrono::steady_clock::time_point begun);

  casework::Workplace& workplace_;
  CoverageGround ground_;
  std::unique_ptr<const casework::OrganisationDay> day_;  // null: none is registered
  std::shared_ptr<const party::Organisation> organisation_;
  std::unique_ptr<DemandReader> reader_;
  std::int64_t seen_sequence_ = -1;
  std::map<std::string, std::string> signatures_;           // of what is published, by code
  std::map<std::string, std::uint64_t> fingerprints_;       // of the staff, by key
  std::vector<casework::OfficerAccountPtr> seen_accounts_;  // as written: another one, another row
  AuthorityPtr seen_entries_;
  CoverageViewPtr view_;
};

}  // namespace insight
