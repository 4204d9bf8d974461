#include "casework/organisation_columns.h"

#include <array>

namespace casework {

namespace {

constexpr std::array<std::string_view, 15> kAgencies{
    "code",      "kind",       "parent",     "name_vi",       "name_en",
    "unit_code", "address",    "valid_from", "valid_to",      "code_status",
    "successor", "act_number", "act_issuer", "act_issued_on", "act_title"};
constexpr std::array<std::string_view, 7> kCounters{"centre", "number", "name_vi", "name_en",
                                                    "fields", "from",   "to"};
constexpr std::array<std::string_view, 7> kPositions{"code",  "title_vi", "title_en", "rank",
                                                     "roles", "holders",  "heads"};
constexpr std::array<std::string_view, 14> kOfficers{
    "identity", "name", "username",   "email",      "phone",      "agency",        "position",
    "from",     "to",   "concurrent", "act_number", "act_issuer", "act_issued_on", "act_title"};

constexpr std::array<std::string_view, 4> kAgenciesNeeded{"code", "kind", "parent", "name_vi"};
constexpr std::array<std::string_view, 3> kCountersNeeded{"centre", "number", "name_vi"};
constexpr std::array<std::string_view, 2> kPositionsNeeded{"code", "title_vi"};
constexpr std::array<std::string_view, 2> kOfficersNeeded{"identity", "name"};

}  // namespace

std::span<const std::string_view> columns_of(OrganisationTable table) {
  switch (table) {
    case OrganisationTable::agencies:
      return kAgencies;
    case OrganisationTable::counters:
      return kCounters;
    case OrganisationTable::positions:
      return kPositions;
    case OrganisationTable::officers:
      return kOfficers;
  }
  return {};
}

std::span<const std::string_view> needed_columns(OrganisationTable table) {
  switch (table) {
    case OrganisationTable::agencies:
      return kAgenciesNeeded;
    case OrganisationTable::counters:
      return kCountersNeeded;
    case OrganisationTable::positions:
      return kPositionsNeeded;
    case OrganisationTable::officers:
      return kOfficersNeeded;
  }
  return {};
}

}  // namespace casework
