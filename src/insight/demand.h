#pragma once
// demand.h - what procedures ask of agencies: at every reachable step somebody of a role, there.
//
// Small values, made once per revision (demand_reading.h), so that thousands of procedures and
// hundreds of agencies are held and gone through in milliseconds.
#include <array>
#include <cstdint>
#include <memory>
#include <string>
#include <string_view>
#include <unordered_map>
#include <utility>
#include <vector>

#include "calendar/language.h"
#include "insight/staff.h"
#include "party/agency_id.h"
#include "party/authority.h"
#include "procedure/step.h"

namespace insight {

using AgencyIndex = std::uint32_t;
inline constexpr AgencyIndex kNoAgency = 0xFFFFFFFFU;
inline constexpr std::size_t kPartCount = 7;  // of procedure::AgencyPart

// The agencies by number.  Immutable and shared; another organisation is another table.
class AgencyTable {
 public:
  explicit AgencyTable(std::vector<party::AgencyId> agencies);
  [[nodiscard]] std::size_t size() const { return agencies_.size(); }
  [[nodiscard]] const party::AgencyId& operator[](AgencyIndex index) const {
    return agencies_[index];
  }
  [[nodiscard]] AgencyIndex index_of(const party::AgencyId& id) const;
  [[nodiscard]] AgencyIndex index_of(const std::string& code) const;

 private:
  std::vector<party::AgencyId> agencies_;
  std::unordered_map<std::string, AgencyIndex> index_;
};
using AgencyTablePtr = std::shared_ptr<const AgencyTable>;

// What is asked of one person: to do a step of this kind in this role.
struct Ask {
  procedure::StepAction action = procedure::StepAction::process;
  party::Role role = party::Role::specialist;

  friend bool operator==(const Ask&, const Ask&) = default;
};

struct StepDemand {
  std::string id{};
  calendar::Bilingual title{};
  Ask ask{};
  procedure::AgencyPart part = procedure::AgencyPart::competent;
};

// One competent agency with those that take part beside it.
struct Place {
  AgencyIndex agency = kNoAgency;
  std::array<AgencyIndex, kPartCount> parts{};  // by procedure::AgencyPart
};
using Places = std::shared_ptr<const std::vector<Place>>;

// A procedure as one revision has it, for the agencies that go by that revision while it is in
// force.  Several of one code may stand beside each other: for other agencies, or other days.
struct ProcedureDemand {
  std::string code;
  std::string field{};  // in Vietnamese, as authority is given by it
  calendar::Bilingual name{};
  calendar::Bilingual field_name{};
  Period in_force{Instant::min(), Instant::max()};
  std::vector<StepDemand> steps{};
  Places places{};
};
using ProcedureDemandPtr = std::shared_ptr<const ProcedureDemand>;

[[nodiscard]] inline AgencyIndex agency_of(const Place& place, const StepDemand& step) {
  return place.parts[static_cast<std::size_t>(step.part)];
}

}  // namespace insight
