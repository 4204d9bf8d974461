#pragma once
// organisation_record.h - what is registered of an organisation, batch after batch.
//
// A batch says of each item how it is from now on; an item that is there already is replaced.
// Changes of agencies are only added, or withdrawn before their day.
#include <string>
#include <vector>

#include "party/organisation_change.h"
#include "party/organisation_staff.h"

namespace party {

struct OrganisationBatch {
  std::vector<OrganisationChange> changes{};
  std::vector<std::string> withdrawn{};  // ids of changes
  OrganisationStaff staff{};

  [[nodiscard]] bool is_empty() const;
  friend bool operator==(const OrganisationBatch&, const OrganisationBatch&) = default;
};

struct OrganisationRecord {
  std::vector<OrganisationChange> changes{};
  OrganisationStaff staff{};
};

// Two items that say something of the same thing: the later one counts.
[[nodiscard]] bool is_same(const Position& one, const Position& other);
[[nodiscard]] bool is_same(const StaffMember& one, const StaffMember& other);
[[nodiscard]] bool is_same(const Appointment& one, const Appointment& other);
[[nodiscard]] bool is_same(const ServiceCounter& one, const ServiceCounter& other);

void add(OrganisationRecord& record, const OrganisationBatch& batch);

}  // namespace party
