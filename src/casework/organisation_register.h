#pragma once
// organisation_register.h - the organisation that is registered here, on every day: what is
// shipped, and the batches of changes, posts and people that were added since.
//
// Thread-safe.  A batch is a version of one definition (kind "organisation"); versions are appended
// and never taken back.  A change that lies ahead counts from midnight of its day, without anybody
// doing anything.
//
// The first batch keeps the organisation that was shipped then, so that a release that ships
// another one rewrites no history.
#include <atomic>
#include <cstdint>
#include <functional>
#include <map>
#include <memory>
#include <mutex>
#include <string>
#include <vector>

#include "base/fault.h"
#include "casework/live_organisation.h"
#include "casework/organisation_day.h"
#include "casework/organisation_state.h"
#include "casework/store.h"

namespace casework {

class OrganisationRegister : public OrganisationSource {
 public:
  using Today = std::function<calendar::Date()>;
  // Fault `corrupt`: what is stored does not make an organisation.
  [[nodiscard]] static base::Outcome<std::unique_ptr<OrganisationRegister>> open(
      Store& store, party::Organisation founding, Today today);

  [[nodiscard]] const party::Organisation& today() const override;
  [[nodiscard]] calendar::Date date_of_today() const { return today_(); }
  [[nodiscard]] OrganisationStatePtr state() const;
  // As it is on that day by what is registered now.
  [[nodiscard]] OrganisationPtr on(calendar::Date on) const;

  // Takes over what was registered since, by whichever program; true: something was, or the day
  // brought a change.
  [[nodiscard]] base::Outcome<bool> refresh(Store& store);

  // The state with that batch on top, or all that is wrong with it; nothing is kept.
  [[nodiscard]] base::Result<OrganisationState, party::OrganisationProblems> with(
      const party::OrganisationBatch& batch) const;
  // Appends it.  Fault `conflict`: the register is not at `expected_version`; `invalid`: it is not
  // accepted, see with().
  [[nodiscard]] base::Outcome<std::int64_t> save(Store& store, Registration registration,
                                                 std::int64_t expected_version);

  // That day by what is registered now: for looking at many officers as they will be.
  [[nodiscard]] OrganisationDay day(calendar::Date on) const;

  // What was registered by that moment.
  [[nodiscard]] OrganisationStatePtr as_registered(Instant at) const;

  // What today makes of an officer; see OrganisationDay.
  void place(party::Officer& officer) const;
  void add_mandates(party::Officer& officer) const;
  // Both, for an officer who was given nothing or whose mandates are those of his post already.
  void dress(party::Officer& officer) const {
    place(officer);
    add_mandates(officer);
  }
  // Both as they were at that moment, by what was registered then; `entrust` comes between them.
  void dress_at(party::Officer& officer, Instant at, const Entrust& entrust) const;

 private:
  struct Snapshot {
    OrganisationDay day;
    OrganisationStatePtr state;
    party::DaySpan span;
  };
  struct Retired {
    std::unique_ptr<const Snapshot> snapshot;
    calendar::Date on;  // the day on which another took its place
  };
  OrganisationRegister(party::Organisation founding, Today today)
      : founding_(std::move(founding)), today_(std::move(today)) {}
  [[nodiscard]] base::Outcome<base::Done> read(Store& store);
  void put(const OrganisationStatePtr& state) const;
  [[nodiscard]] const Snapshot& current() const;

  party::Organisation founding_;
  Today today_;
  mutable std::mutex mutex_;
  mutable std::unique_ptr<const Snapshot> snapshot_;
  mutable std::atomic<const Snapshot*> current_ = nullptr;
  mutable std::vector<Retired> retired_;
  mutable std::map<std::string, std::pair<std::int64_t, OrganisationPtr>> other_days_;
  mutable std::map<std::int64_t, OrganisationStatePtr> earlier_;  // by version
  std::atomic<std::int64_t> seen_ = -1;                           // of all definitions
  mutable std::atomic<bool> turned_ = false;  // something changed that refresh() has not told
};

}  // namespace casework
