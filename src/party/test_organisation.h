#pragma once
// test_organisation.h - a small province for tests: three communes with their centres and police.
#include <string>
#include <vector>

#include <gtest/gtest.h>

#include "party/organisation_history.h"

namespace party::test {

inline AgencyId id(const std::string& text) {
  return *AgencyId::parse(text);
}
inline calendar::Date day(const char* text) {
  return *calendar::parse_date(text);
}

inline Agency agency(const std::string& code, AgencyKind kind, const std::string& parent,
                     const std::string& name, const std::string& unit_code = {}) {
  Agency made{.id = id(code), .kind = kind, .name = {name, {}}, .unit_code = unit_code};
  if (!parent.empty()) made.parent = id(parent);
  return made;
}

inline std::vector<Agency> small_province() {
  std::vector<Agency> all{
      agency("H41", AgencyKind::province_committee, "", "Ủy ban nhân dân tỉnh Nghệ An", "40"),
      agency("H41.016", AgencyKind::department, "H41", "Công an tỉnh")};
  const std::vector<std::string> names{"phường Thành Vinh", "phường Vinh Hưng", "xã Đông Lộc"};
  for (std::size_t i = 0; i < names.size(); ++i) {
    const std::string number = std::to_string(101 + i);
    const std::string code = "H41." + number;
    all.push_back(agency(code, AgencyKind::commune_committee, "H41", "Ủy ban nhân dân " + names[i],
                         std::to_string(16681 + i)));
    all.push_back(agency(code + ".01", AgencyKind::commune_centre, code,
                         "Trung tâm Phục vụ hành chính công " + names[i]));
    all.push_back(agency("H41.016." + number, AgencyKind::commune_police, "H41.016",
                         "Công an " + names[i], std::to_string(16681 + i)));
  }
  return all;
}

inline LegalAct an_act() {
  return {.number = "1678/NQ-UBTVQH15",
          .issuer = "Ủy ban Thường vụ Quốc hội",
          .issued_on = day("2026-11-16"),
          .title = "Sắp xếp đơn vị hành chính cấp xã"};
}

// H41.101 to H41.103 become H41.231, with their centres and police.
inline OrganisationChange three_communes_merge(calendar::Date on) {
  OrganisationChange merge{
      .id = "sap-nhap-vinh", .kind = ChangeKind::merge, .on = on, .act = an_act()};
  merge.founds = {agency("H41.231", AgencyKind::commune_committee, "H41",
                         "Ủy ban nhân dân phường Vinh Lộc", "16999"),
                  agency("H41.231.01", AgencyKind::commune_centre, "H41.231",
                         "Trung tâm Phục vụ hành chính công phường Vinh Lộc"),
                  agency("H41.016.231", AgencyKind::commune_police, "H41.016",
                         "Công an phường Vinh Lộc", "16999")};
  for (const char* number : {"101", "102", "103"}) {
    const std::string code = "H41." + std::string{number};
    const std::string police = "H41.016." + std::string{number};
    for (const auto& [from, to] : std::vector<std::pair<std::string, std::string>>{
             {code, "H41.231"}, {code + ".01", "H41.231.01"}, {police, "H41.016.231"}}) {
      merge.ends.push_back(id(from));
      merge.passes.push_back({.from = id(from), .to = id(to)});
    }
  }
  return merge;
}

inline OrganisationHistory history_with(std::vector<OrganisationChange> changes) {
  auto founding = Organisation::build(small_province());
  EXPECT_TRUE(founding.has_value());
  auto built = OrganisationHistory::build(*founding, std::move(changes));
  if (!built) {
    for (const auto& problem : built.error()) ADD_FAILURE() << problem.message.en;
    return {};
  }
  return std::move(built).value();
}

}  // namespace party::test
