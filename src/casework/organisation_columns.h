#pragma once
// organisation_columns.h - the columns of the organisation's tables.  Internal to casework.
#include <span>
#include <string_view>

#include "casework/organisation_tables.h"

namespace casework {

[[nodiscard]] std::span<const std::string_view> columns_of(OrganisationTable table);
// Those of them that have to be there.
[[nodiscard]] std::span<const std::string_view> needed_columns(OrganisationTable table);

}  // namespace casework
