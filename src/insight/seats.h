#pragma once
// seats.h - how many people could take each kind of work at one agency, over a period.
//
// A seat is (what is asked, class of procedures).  Procedures of one class are those that no
// mandate at this agency tells apart: it names neither their code nor their field, or the same.
// So an agency with three thousand procedures has a handful of seats, and the gate is asked once
// for all that share one.
#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <unordered_map>
#include <vector>

#include "insight/demand.h"

namespace insight {

// From `from` until the next stretch, or the end of the period.
struct Stretch {
  Instant from{};
  std::uint32_t count = 0;  // people who could take it
  std::uint32_t only = 0;   // of exactly one: his place among the agency's members
};
using Timeline = std::span<const Stretch>;

// Immutable once built.
class AgencySeats {
 public:
  using Class = std::uint32_t;

  // `members`: everybody whose post, mandate or takeover is at this agency; `asks`: every kind of
  // ask there is; `procedures`: all, of which some representative stands for each class.
  AgencySeats(const party::AgencyId& agency, std::vector<StaffMemberPtr> members,
              std::span<const Ask> asks, std::span<const ProcedureDemandPtr> procedures,
              const Period& period);

  [[nodiscard]] const std::vector<StaffMemberPtr>& members() const { return members_; }
  // Nothing where no procedure of that class was there when the seats were built.
  [[nodiscard]] std::optional<Class> class_of(const ProcedureDemand& procedure) const;
  [[nodiscard]] std::size_t class_count() const { return classes_; }
  [[nodiscard]] std::size_t seat_of(std::size_t ask, Class of) const { return ask * classes_ + of; }
  [[nodiscard]] std::size_t seat_count() const { return begins_.size() - 1; }
  [[nodiscard]] Timeline timeline(std::size_t seat) const {
    return Timeline{stretches_}.subspan(begins_[seat], begins_[seat + 1] - begins_[seat]);
  }

 private:
  std::vector<StaffMemberPtr> members_;
  std::unordered_map<std::string, std::uint32_t> codes_;   // that mandates here name, from 1
  std::unordered_map<std::string, std::uint32_t> fields_;  // likewise
  std::unordered_map<std::uint64_t, Class> known_;
  std::size_t classes_ = 0;
  std::vector<std::uint32_t> begins_;
  std::vector<Stretch> stretches_;

  [[nodiscard]] std::uint64_t key_of(const ProcedureDemand& procedure) const;
};
using AgencySeatsPtr = std::shared_ptr<const AgencySeats>;

// The stretch that holds `at`; the first where `at` lies before.
[[nodiscard]] const Stretch& stretch_at(Timeline timeline, Instant at);
// Where something about a person changes, within the period: its begin first, each once, in order.
[[nodiscard]] std::vector<Instant> moments_of(const StaffMember& member, const Period& period);

}  // namespace insight
