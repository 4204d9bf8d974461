#pragma once
// duty_calls.h - dossiers whose open task nobody could take, and who was called for it.
//
// Register entries beside the dossiers: which tasks stand in for want of a person, so that the
// inbox says so and the call ends when somebody can take it.  The assignment itself is an event of
// the dossier.
#include <string>
#include <string_view>
#include <vector>

#include "base/json.h"
#include "casework/store.h"

namespace casework {

struct DutyCall {
  std::string dossier;  // id
  std::string code;
  std::uint32_t activity = 0;
  std::string step;
  std::string agency;  // where the task lies
  std::string role;    // that it asks for
  std::string procedure;
  std::string officer{};  // who was called; empty: there was nobody to call
  std::string officer_name{};
  std::string reason{};  // insight::GapReason
  Instant since{};
  std::int64_t version = 0;  // of the entry; 0: not kept yet
};

[[nodiscard]] base::Outcome<std::vector<DutyCall>> duty_calls(Store& store);
[[nodiscard]] base::Outcome<std::vector<DutyCall>> duty_calls_of(Store& store,
                                                                 const std::string& officer);
// Conflict: somebody else was first.
[[nodiscard]] base::Outcome<base::Done> keep_call(Store& store, const DutyCall& call, Instant at);
[[nodiscard]] base::Outcome<base::Done> end_call(Store& store, const DutyCall& call);

// Who is called for an agency, by its administrator's choice: officer ids by agency.
struct DutyHolder {
  std::string agency;
  std::string officer;
  std::string named_by{};  // name of who said so
  Instant at{};
  std::int64_t version = 0;
};
[[nodiscard]] base::Outcome<std::vector<DutyHolder>> duty_holders(Store& store);
// An empty officer takes the name away.
[[nodiscard]] base::Outcome<base::Done> name_duty_holder(Store& store, const DutyHolder& holder);

}  // namespace casework
