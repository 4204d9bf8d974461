#pragma once
// demand_reading.h - what the published procedures ask of the agencies of today.
//
// A procedure is loaded once a revision; what is kept of it is a few lines.  Where agencies have
// overlays of their own, or another revision comes into force within the time looked at, there are
// several demands of one code, each for its agencies and days.
#include <map>
#include <memory>
#include <optional>
#include <set>
#include <string>
#include <vector>

#include "base/fault.h"
#include "casework/competence_book.h"
#include "casework/publications.h"
#include "insight/demand.h"
#include "party/authority_register.h"
#include "party/organisation.h"

namespace insight {

using AuthorityPtr = std::shared_ptr<const party::AuthorityRegister>;

// One organisation; another day or version of it is another reader.  Not thread-safe.
class DemandReader {
 public:
  // `organisation` outlives the reader.  `table`: the province's table of competence, or null.
  // `authority`: where decisions of phân cấp move competence, as known at `now`, or null.
  DemandReader(casework::Publications& publications, const party::Organisation& organisation,
               casework::CompetenceModelPtr table = nullptr, AuthorityPtr authority = nullptr,
               Instant now = Instant::min());

  [[nodiscard]] const AgencyTablePtr& agencies() const { return agencies_; }
  // All of these codes that is in force on some day of `period`.
  [[nodiscard]] std::vector<ProcedureDemandPtr> read(const std::set<std::string>& codes,
                                                     const Period& period);
  [[nodiscard]] std::vector<ProcedureDemandPtr> read(const std::string& code, const Period& period);
  // As if `procedure` were in force from that day on: of its code the demands before that day, and
  // its own.  A procedure for one agency and those below it: `agency`; else empty.
  [[nodiscard]] std::vector<ProcedureDemandPtr> read_with(const procedure::Procedure& procedure,
                                                          calendar::Date from,
                                                          const std::string& agency,
                                                          const Period& period);
  // As if nothing of that code were in force from that day on.
  [[nodiscard]] std::vector<ProcedureDemandPtr> read_without(const std::string& code,
                                                             calendar::Date from,
                                                             const Period& period);
  // May be null.
  [[nodiscard]] const AuthorityPtr& authority() const { return authority_; }
  // As if the register of authority were this one.
  [[nodiscard]] std::vector<ProcedureDemandPtr> read_with(const AuthorityPtr& authority,
                                                          const std::set<std::string>& codes,
                                                          const Period& period);
  // Codes that could not be read, and why: for the log.
  [[nodiscard]] const std::map<std::string, std::string>& troubles() const { return troubles_; }

 private:
  // What is kept of a revision.
  struct Shape {
    std::string field;
    calendar::Bilingual name;
    calendar::Bilingual field_name;
    std::vector<StepDemand> steps;
    Places places;
  };
  using ShapePtr = std::shared_ptr<const Shape>;

  // `day`: as of when competence is asked.
  [[nodiscard]] ShapePtr shape_of(const procedure::Procedure& procedure, calendar::Date day);
  [[nodiscard]] Places places_of(const procedure::Procedure& procedure, calendar::Date day);
  // What the table and the decisions say of that procedure on that day; empty: nothing.
  [[nodiscard]] std::string moving(std::string_view code, std::string_view field,
                                   calendar::Date day) const;
  [[nodiscard]] bool anything_moves() const;
  [[nodiscard]] Instant moment_on(calendar::Date day) const;
  // The days on which the table or a decision begins or ends to say something of it.
  void add_moving_days(std::string_view code, std::string_view field,
                       std::set<calendar::Date>& days, calendar::Date last) const;
  // From `from` to the day before `until`, over which nothing changes.
  void read_stretch(const std::string& code, calendar::Date from, const Period& in_force,
                    const std::vector<casework::OverlayPublication>& overlays,
                    std::vector<ProcedureDemandPtr>& into);
  [[nodiscard]] bool is_below(AgencyIndex agency, const party::AgencyId& above) const;

  casework::Publications& publications_;
  const party::Organisation& organisation_;
  casework::CompetenceModelPtr table_;
  AgencyTablePtr agencies_;
  AuthorityPtr authority_;
  Instant now_;
  std::map<std::string, ShapePtr> shapes_;  // by digest and what moves it
  std::map<std::string, Places> places_;    // by what the authority says and what moves it
  std::map<std::string, std::string> troubles_;
};

}  // namespace insight
