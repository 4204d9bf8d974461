#pragma once
// organisation_change.h - what may happen to agencies: established, renamed, moved, amended,
// merged, split, dissolved; each on a day, by a legal act.
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "calendar/instant.h"
#include "party/legal_act.h"
#include "party/organisation.h"
#include "party/procedure_scope.h"

namespace party {

enum class ChangeKind {
  establish,  // `founds` come into being
  rename,     // `states` have another name
  move,       // `states` stand below another parent
  amend,      // `states` have another address, unit code or code status
  merge,      // `ends` end; all their work passes, to one each
  split,      // work of one or more passes to several, by procedures; who ends stands in `ends`
  dissolve,   // `ends` end; their work passes to those who are named
};
[[nodiscard]] std::string_view name(ChangeKind kind);
[[nodiscard]] std::optional<ChangeKind> parse_change_kind(std::string_view text);
[[nodiscard]] const calendar::Bilingual& title(ChangeKind kind);

// Running work, files, numbers and officers of `from` go on at `to`.
struct Passing {
  AgencyId from;
  AgencyId to;
  // All: `to` is the default heir, who has whatever no other passing names.
  ProcedureScope procedures{};

  friend bool operator==(const Passing&, const Passing&) = default;
};

struct OrganisationChange {
  std::string id;  // of whoever registered it: unique
  ChangeKind kind = ChangeKind::establish;
  calendar::Date on{};  // the first day on which it is so
  LegalAct act{};
  std::vector<Agency> founds{};   // new agencies; their codes were never used before
  std::vector<Agency> states{};   // agencies as they are from that day on (rename, move, amend)
  std::vector<AgencyId> ends{};   // their last day is the day before
  std::vector<Passing> passes{};  // in merge, split and dissolve

  friend bool operator==(const OrganisationChange&, const OrganisationChange&) = default;
};

}  // namespace party
