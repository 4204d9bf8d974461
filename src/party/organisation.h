#pragma once
// organisation.h - the agencies of a province and how they hang together.
//
// Immutable once built, safe to share between threads.  It is the organisation of one day: those
// that exist, and behind them those that are no more, whom a lookup by code still finds, so that
// what bears their name keeps it.  Their work goes on at their heirs.
// (party/organisation_history.h has all days.)
#include <cstddef>
#include <optional>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

#include "base/fault.h"
#include "calendar/instant.h"
#include "calendar/language.h"
#include "party/agency_id.h"
#include "party/procedure_scope.h"

namespace party {

enum class AgencyKind {
  province_committee,    // Ủy ban nhân dân tỉnh
  department,            // sở, ban, ngành
  department_unit,       // a unit inside a department
  provincial_centre,     // Trung tâm Phục vụ hành chính công of the province
  commune_committee,     // Ủy ban nhân dân xã, phường, đặc khu
  commune_centre,        // Trung tâm Phục vụ hành chính công of the commune
  commune_police,        // Công an xã, phường, đặc khu; `unit_code` says of which
  provincial_insurance,  // Bảo hiểm xã hội of the province
};
// "province_committee" ...; the words of the CSV file.
[[nodiscard]] std::string_view name(AgencyKind kind);
[[nodiscard]] std::optional<AgencyKind> parse_agency_kind(std::string_view text);
// How far down: the province's committee 0, what works for the whole province 1, the commune's
// committee 2, what works for one commune 3.
[[nodiscard]] int depth_of(AgencyKind kind);

struct Agency {
  AgencyId id;
  AgencyKind kind = AgencyKind::department;
  std::optional<AgencyId> parent{};
  calendar::Bilingual name{};
  std::string unit_code{};  // administrative unit, "40" or five digits; empty for others
  std::string address{};
  std::optional<calendar::Date> valid_from{};
  std::optional<calendar::Date> valid_to{};  // last day
  bool code_is_example = false;              // the code is ours, not official

  [[nodiscard]] bool is_valid_on(calendar::Date on) const;
  [[nodiscard]] bool is_centre() const {
    return kind == AgencyKind::provincial_centre || kind == AgencyKind::commune_centre;
  }
  friend bool operator==(const Agency&, const Agency&) = default;
};

// Work of `from` has passed to `to`: all of it, or that of some procedures.
struct PassedWork {
  AgencyId from;
  AgencyId to;
  ProcedureScope procedures{};
};

class Organisation {
 public:
  Organisation() = default;
  // Fault `invalid`: a code twice, an unknown parent, a parent that is below its child, more than
  // 100,000 agencies.
  [[nodiscard]] static base::Outcome<Organisation> build(std::vector<Agency> agencies);
  // With those that are no more (the last state of each; never a code of `agencies`) and with what
  // passed to whom until that day, in the order in which it did.
  [[nodiscard]] static base::Outcome<Organisation> build(std::vector<Agency> agencies,
                                                         std::vector<Agency> former,
                                                         std::vector<PassedWork> passed);

  // Those that exist, in the order given.
  [[nodiscard]] const std::vector<Agency>& agencies() const { return agencies_; }
  [[nodiscard]] const std::vector<Agency>& former() const { return former_; }
  [[nodiscard]] bool is_former(std::string_view code) const;
  // Who goes on with the work of that agency: itself, or through all that followed the agency of
  // this day that has it.  Nobody: the code is unknown, or its work passed to nobody.
  [[nodiscard]] const Agency* heir(std::string_view code) const;
  // The same of its work in one procedure, where a split told them apart.
  [[nodiscard]] const Agency* heir(std::string_view code, std::string_view procedure,
                                   std::string_view field) const;
  // The agencies that are no more whose heir it is; in order of code.
  [[nodiscard]] const std::vector<AgencyId>& takes_over(const AgencyId& id) const;
  // Parts of the work of others that a split gave to it, by procedures.
  [[nodiscard]] std::vector<PassedWork> shares(const AgencyId& id) const;
  // Who exists is found first, then who is no more.
  [[nodiscard]] const Agency* find(const AgencyId& id) const;
  [[nodiscard]] const Agency* find(std::string_view code) const;
  [[nodiscard]] std::vector<const Agency*> children(const AgencyId& id) const;
  // Nearest first, without the agency itself.
  [[nodiscard]] std::vector<const Agency*> ancestors(const AgencyId& id) const;
  // The committee of a commune by its five-digit code; by the code of a commune that is no more,
  // the committee that goes on with its work.
  [[nodiscard]] const Agency* commune(std::string_view unit_code) const;
  // The committee that has, or had, that commune, by the name it has or had.
  [[nodiscard]] const Agency* commune_of_name(std::string_view unit_code) const;
  // All commune committees.
  [[nodiscard]] std::vector<const Agency*> communes() const;
  // Where dossiers for that agency are received and returned: itself if it is a centre, its own
  // child centre, or that of the nearest ancestor that has one; for the police of a commune the
  // centre of that commune.
  [[nodiscard]] const Agency* one_stop_centre(const AgencyId& id) const;
  // True for the agency itself and whatever hangs below it in the tree.
  [[nodiscard]] bool is_within(const AgencyId& id, const AgencyId& ancestor) const;

 private:
  [[nodiscard]] const Agency* walk(std::string at, std::size_t from, std::string_view procedure,
                                   std::string_view field) const;

  std::vector<Agency> agencies_;
  std::vector<Agency> former_;
  std::vector<PassedWork> passed_;
  std::unordered_map<std::string, std::size_t> index_;
  std::unordered_map<std::string, std::size_t> former_index_;
  std::unordered_map<std::string, std::vector<std::size_t>> passed_from_;
  std::unordered_map<std::string, std::vector<AgencyId>> takes_over_;
  std::unordered_map<std::string, std::size_t> former_communes_;
  std::unordered_map<std::string, std::vector<std::size_t>> children_;
  std::unordered_map<std::string, std::size_t> communes_;
};

}  // namespace party
