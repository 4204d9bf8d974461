#pragma once
// coverage.h - is there somebody for every step of every procedure, everywhere, at every moment of
// a period?
//
// A value: what it was made from is shared, nothing of it changes, any number of threads may ask.
// A change (an officer, a procedure) makes another one that shares all it does not concern.  Every
// answer is what party::may says of the people there; coverage_property_test.cpp holds it to that.
#include <cstdint>
#include <functional>
#include <map>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <vector>

#include "insight/demand.h"
#include "insight/seats.h"
#include "insight/staff.h"

namespace insight {

// One step of one procedure with one competent agency.
struct Cell {
  std::uint32_t procedure = 0;  // of Coverage::procedures()
  std::uint32_t place = 0;      // of its places
  std::uint32_t step = 0;       // of its steps

  friend bool operator==(const Cell&, const Cell&) = default;
};

// Where the people of a cell are counted.
struct SeatPlace {
  AgencyIndex agency = kNoAgency;
  std::uint32_t seat = 0;

  friend auto operator<=>(const SeatPlace&, const SeatPlace&) = default;
};

enum class CellState : std::uint8_t {
  covered,
  thin,  // one person only
  gap,   // nobody
};
struct CellCount {
  std::int64_t steps = 0;
  std::int64_t gaps = 0;
  std::int64_t thin = 0;

  void add(CellState state) {
    ++steps;
    gaps += state == CellState::gap ? 1 : 0;
    thin += state == CellState::thin ? 1 : 0;
  }
  void add(const CellCount& more) {
    steps += more.steps;
    gaps += more.gaps;
    thin += more.thin;
  }
};

struct StaffChange {
  std::string officer;      // key
  StaffMemberPtr now = {};  // null: there is none any more
};
struct Changes {
  std::vector<StaffChange> staff{};
  // All demands of these codes are replaced by those in `procedures`.
  std::vector<std::string> codes{};
  std::vector<ProcedureDemandPtr> procedures{};
};

class Coverage {
 public:
  Coverage(AgencyTablePtr agencies, std::vector<ProcedureDemandPtr> procedures,
           const std::vector<StaffMemberPtr>& staff, const Period& period);

  // The same after a change.
  [[nodiscard]] Coverage with(const Changes& changes) const;

  [[nodiscard]] const Period& period() const { return period_; }
  [[nodiscard]] const AgencyTable& agencies() const { return *agencies_; }
  [[nodiscard]] const std::vector<ProcedureDemandPtr>& procedures() const { return procedures_; }
  [[nodiscard]] const std::vector<Ask>& asks() const { return asks_; }
  [[nodiscard]] const AgencySeats& seats(AgencyIndex agency) const { return *seats_[agency]; }
  // As he is when the period begins.
  [[nodiscard]] StaffMemberPtr find_member(const std::string& officer) const;
  // By key.
  [[nodiscard]] const std::map<std::string, StaffMemberPtr>& staff() const { return *staff_; }

  [[nodiscard]] const StepDemand& step(const Cell& cell) const;
  [[nodiscard]] const Place& place(const Cell& cell) const;
  [[nodiscard]] SeatPlace seat(const Cell& cell) const;
  // Requires: the place is known.
  [[nodiscard]] Timeline timeline(const SeatPlace& seat) const;
  [[nodiscard]] CellState state(const Cell& cell, Instant at) const;

  // Every cell of the procedures in force at some moment of `within`.
  void each_cell(const Period& within, const std::function<void(const Cell&)>& visit) const;
  // True where the people of an agency are counted as in `other`, one having been made from the
  // other.
  [[nodiscard]] bool shares(const Coverage& other, AgencyIndex agency) const {
    return seats_[agency] == other.seats_[agency];
  }
  // The same of one demand.
  void each_cell_of(std::uint32_t procedure, const std::function<void(const Cell&)>& visit) const;

  // By agency: how its seats stand at one moment, for going through millions of cells.
  class Snapshot {
   public:
    Snapshot(const Coverage& coverage, Instant at);
    [[nodiscard]] Instant at() const { return at_; }
    [[nodiscard]] CellState state(const SeatPlace& seat) const {
      return states_[seat.agency][seat.seat];
    }

   private:
    Instant at_;
    std::vector<std::vector<CellState>> states_;
  };
  // Counts of the procedure at the place, for demands in force at the snapshot's moment.
  [[nodiscard]] CellCount count(const Snapshot& snapshot, std::uint32_t procedure,
                                std::uint32_t place) const;
  [[nodiscard]] CellCount count(Instant at) const;

  // True where one of its steps lies.
  [[nodiscard]] bool is_known(AgencyIndex agency) const { return agency < seats_.size(); }

 private:
  // By agency: the class of each procedure; empty where all are of the first.
  using Classes = std::shared_ptr<const std::vector<AgencySeats::Class>>;

  AgencyTablePtr agencies_;
  Period period_;
  std::vector<ProcedureDemandPtr> procedures_;
  std::vector<Ask> asks_;
  std::vector<std::vector<std::uint32_t>> ask_of_;  // by procedure and step
  std::shared_ptr<const std::map<std::string, StaffMemberPtr>> staff_;
  std::vector<AgencySeatsPtr> seats_;
  std::vector<Classes> classes_;

  void number_asks();
  void build_agency(AgencyIndex agency, std::vector<StaffMemberPtr> members);
  void classify(AgencyIndex agency);
  // The same after some procedures went and others came; false: its seats have to be made anew.
  [[nodiscard]] bool reclassify(AgencyIndex agency, const std::vector<std::uint32_t>& kept,
                                const Classes& before,
                                const std::vector<ProcedureDemandPtr>& fresh);
  [[nodiscard]] std::vector<AgencyIndex> agencies_of(const party::Officer& officer) const;
};

}  // namespace insight
