#pragma once
// organisation.h - the agencies of a province and how they hang together.
//
// Immutable once built, safe to share between threads.  Agencies have a validity, so that history
// can be asked; lookups by code find an agency whatever the date.
#include <cstddef>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

#include "base/fault.h"
#include "calendar/instant.h"
#include "calendar/language.h"
#include "party/agency_id.h"

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
};

class Organisation {
 public:
  Organisation() = default;
  // Fault `invalid`: a code twice, an unknown parent, a parent that is below its child, more than
  // 100,000 agencies.
  [[nodiscard]] static base::Outcome<Organisation> build(std::vector<Agency> agencies);

  // In the order given.
  [[nodiscard]] const std::vector<Agency>& agencies() const { return agencies_; }
  [[nodiscard]] const Agency* find(const AgencyId& id) const;
  [[nodiscard]] const Agency* find(std::string_view code) const;
  [[nodiscard]] std::vector<const Agency*> children(const AgencyId& id) const;
  // Nearest first, without the agency itself.
  [[nodiscard]] std::vector<const Agency*> ancestors(const AgencyId& id) const;
  // The committee of a commune by its five-digit code.
  [[nodiscard]] const Agency* commune(std::string_view unit_code) const;
  // All commune committees.
  [[nodiscard]] std::vector<const Agency*> communes() const;
  // Where dossiers for that agency are received and returned: itself if it is a centre, its own
  // child centre, or that of the nearest ancestor that has one; for the police of a commune the
  // centre of that commune.
  [[nodiscard]] const Agency* one_stop_centre(const AgencyId& id) const;
  // True for the agency itself and whatever hangs below it in the tree.
  [[nodiscard]] bool is_within(const AgencyId& id, const AgencyId& ancestor) const;

 private:
  std::vector<Agency> agencies_;
  std::unordered_map<std::string, std::size_t> index_;
  std::unordered_map<std::string, std::vector<std::size_t>> children_;
  std::unordered_map<std::string, std::size_t> communes_;
};

}  // namespace party
