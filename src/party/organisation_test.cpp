#include "party/organisation.h"

#include <fstream>
#include <set>
#include <sstream>

#include <gtest/gtest.h>

#include "party/organisation_csv.h"

namespace party {
namespace {

std::string shipped_text() {
  std::ifstream file(std::string(PROJECT_ROOT) + "/data/units/nghe-an.csv");
  std::ostringstream text;
  text << file.rdbuf();
  return text.str();
}

AgencyId id(const char* text) {
  return *AgencyId::parse(text);
}

class NgheAn : public testing::Test {
 protected:
  void SetUp() override {
    auto parsed = parse_organisation_csv(shipped_text());
    ASSERT_TRUE(parsed) << parsed.error().message;
    organisation_ = std::move(parsed).value();
  }
  Organisation organisation_;
};

TEST_F(NgheAn, Has130CommunesEachWithACommitteeAndACentre) {
  std::set<std::string> unit_codes;
  int wards = 0;
  for (const Agency* commune : organisation_.communes()) {
    unit_codes.insert(commune->unit_code);
    EXPECT_EQ(commune->unit_code.size(), 5U);
    if (commune->name.vi.find("phường") != std::string::npos) ++wards;
    const Agency* centre = organisation_.one_stop_centre(commune->id);
    ASSERT_NE(centre, nullptr);
    EXPECT_EQ(centre->kind, AgencyKind::commune_centre);
    EXPECT_EQ(centre->parent, commune->id);
    EXPECT_TRUE(centre->id.is_within(commune->id));
    EXPECT_TRUE(commune->code_is_example);
  }
  EXPECT_EQ(unit_codes.size(), 130U);
  EXPECT_EQ(wards, 11);
}

TEST_F(NgheAn, IsFoundByCodeAndUnit) {
  const Agency* province = organisation_.find("H41");
  ASSERT_NE(province, nullptr);
  EXPECT_FALSE(province->code_is_example);
  EXPECT_EQ(province->name.vi, "Ủy ban nhân dân tỉnh Nghệ An");
  EXPECT_EQ(organisation_.commune("16690")->name.vi, "Ủy ban nhân dân phường Trường Vinh");
  EXPECT_EQ(organisation_.commune("00001"), nullptr);
  EXPECT_EQ(organisation_.find("H40"), nullptr);
  EXPECT_EQ(organisation_.children(id("H41")).size(), 17U + 130U);
}

TEST_F(NgheAn, ReceivesForTheProvinceInOneCentre) {
  for (const char* code : {"H41", "H41.001", "H41.003", "H41.001.01"}) {
    const Agency* centre = organisation_.one_stop_centre(id(code));
    ASSERT_NE(centre, nullptr) << code;
    EXPECT_EQ(centre->id.text(), "H41.001.01");
  }
  EXPECT_EQ(organisation_.one_stop_centre(id("H99")), nullptr);
}

TEST_F(NgheAn, HasAPoliceForEveryCommuneThatReceivesInTheCommunesCentre) {
  std::set<std::string> units;
  for (const Agency& agency : organisation_.agencies()) {
    if (agency.kind != AgencyKind::commune_police) continue;
    units.insert(agency.unit_code);
    const Agency* commune = organisation_.commune(agency.unit_code);
    ASSERT_NE(commune, nullptr) << agency.id.text();
    EXPECT_EQ(organisation_.one_stop_centre(agency.id), organisation_.one_stop_centre(commune->id));
    EXPECT_FALSE(organisation_.is_within(agency.id, commune->id)) << "its own line of command";
  }
  EXPECT_EQ(units.size(), 130U);
  EXPECT_EQ(organisation_.find("H41.016.101")->name.vi, "Công an phường Thành Vinh");
  EXPECT_EQ(organisation_.find("H41.017")->kind, AgencyKind::provincial_insurance);
}

TEST_F(NgheAn, KnowsWhoIsAbove) {
  const auto above = organisation_.ancestors(id("H41.101.01"));
  ASSERT_EQ(above.size(), 2U);
  EXPECT_EQ(above[0]->id.text(), "H41.101");
  EXPECT_EQ(above[1]->id.text(), "H41");
  EXPECT_TRUE(organisation_.is_within(id("H41.101.01"), id("H41")));
  EXPECT_FALSE(organisation_.is_within(id("H41"), id("H41.101")));
}

TEST_F(NgheAn, HasHistory) {
  const Agency* commune = organisation_.commune("16690");
  EXPECT_FALSE(commune->is_valid_on(*calendar::parse_date("2025-06-30")));
  EXPECT_TRUE(commune->is_valid_on(*calendar::parse_date("2025-07-01")));
}

TEST_F(NgheAn, SurvivesBeingWrittenAndReadAgain) {
  const std::string text = to_csv(organisation_);
  const auto again = parse_organisation_csv(text);
  ASSERT_TRUE(again) << again.error().message;
  EXPECT_EQ(to_csv(*again), text);
  EXPECT_EQ(again->agencies().size(), organisation_.agencies().size());
}

TEST(OrganisationCsv, RefusesBadTextWithItsLine) {
  const std::string head = "code,kind,parent,name_vi\n";
  for (const std::string& text : {
           std::string{},
           std::string{"# only a comment\n"},
           std::string{"code,kind\n"},
           std::string{"code,code,kind,parent,name_vi\n"},
           head + "H41,department,\n",
           head + "H41,office,,A\n",
           head + "H4,department,,A\n",
           head + "H41,department,,\n",
           head + "H41,department,H42,A\n",
           head + "H41,department,H41,A\n",
           head + "H41,department,,A\nH41,department,,B\n",
           head + "H41,department,H42,A\nH42,department,H41,B\n",
           head + "H41,department,,\"A\n",
           head + "\xff,department,,A\n",
           std::string("code,kind,parent,name_vi,valid_from\nH41,department,,A,2025-02-30\n"),
           std::string("code,kind,parent,name_vi,code_status\nH41,department,,A,maybe\n"),
           std::string("code,kind,parent,name_vi,unit_code\nH41,department,,A,4x\n"),
           std::string("code,kind,parent,name_vi,unit_code\nH41,commune_committee,,A,1\n"
                       "H42,commune_committee,,A,1\n"),
       }) {
    const auto parsed = parse_organisation_csv(text);
    ASSERT_FALSE(parsed) << text;
    EXPECT_EQ(parsed.error().code, base::FaultCode::invalid);
  }
  const auto placed = parse_organisation_csv(head + "H41,department,,A\nH4,department,,B\n");
  EXPECT_NE(placed.error().message.find("line 3"), std::string::npos);
}

TEST(OrganisationCsv, ReadsQuotesByteOrderMarksAndUnknownColumns) {
  const auto parsed = parse_organisation_csv(
      "\xEF\xBB\xBF"
      "name_vi,code,remark,kind,parent\r\n\"Sở \"\"A\"\", B\",H41,x,department,\r\n");
  ASSERT_TRUE(parsed) << parsed.error().message;
  EXPECT_EQ(parsed->agencies()[0].name.vi, "Sở \"A\", B");
}

}  // namespace
}  // namespace party
