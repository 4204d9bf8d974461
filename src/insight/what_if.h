#pragma once
// what_if.h - what somebody is about to do, and what it would leave without anybody.
//
// Asked before the deed by whoever offers it: deactivating an account, changing roles, an absence,
// a grant or its end, a publication, a withdrawal.  Nothing is written.
#include <string>
#include <variant>
#include <vector>

#include "base/json.h"
#include "casework/failure.h"
#include "insight/coverage_watch.h"
#include "insight/gaps_ahead.h"

namespace insight {

using casework::Answer;

// Of an officer, known or new: what he would be.  Members that are absent stay as they are.
struct OfficerBecomes {
  std::string officer;
  std::optional<bool> active{};
  std::optional<party::AgencyId> agency{};
  std::optional<std::vector<party::Role>> roles{};
  std::optional<calendar::Date> active_to{};
};
struct OfficerAway {
  std::string officer;
  Period when{};
  std::string deputy{};  // takes his roles over meanwhile; empty: nobody
};
struct RoleGiven {
  std::string officer;
  party::Role role = party::Role::specialist;
  party::AgencyId agency;
  party::ProcedureScope procedures{};
  Period when{};
};
// A grant, delegation or absence, by its id.
struct MandateEnds {
  std::string mandate;
  Instant at{};
};
struct ProcedurePublished {
  casework::ProcedurePtr procedure;
  calendar::Date from;
  std::string agency{};  // of an overlay; empty: everywhere
};
struct ProcedureWithdrawn {
  std::string code;
  calendar::Date from;
};
using Deed = std::variant<OfficerBecomes, OfficerAway, RoleGiven, MandateEnds, ProcedurePublished,
                          ProcedureWithdrawn>;

inline constexpr std::size_t kDeedsMax = 200;

// {"kind": "officer" | "absence" | "grant" | "end" | "withdrawal", …}: the members of
// ForesightChange in api/openapi.yaml.  A publication is not among them: whoever knows proposals
// makes it.
[[nodiscard]] Answer<Deed> read_deed(const base::json::object& json, Instant now);

// What all days ahead together have: see Foresight.
struct WhatIf {
  std::vector<SeenGap> gaps{};
  std::int64_t steps = 0;
  std::int64_t procedures = 0;
  std::int64_t agencies = 0;
};
// All of them together.
[[nodiscard]] Answer<WhatIf> what_if(CoverageWatch& watch, const std::vector<Deed>& deeds,
                                     Instant now);

}  // namespace insight
