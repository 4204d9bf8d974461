#include "party/dossier_code.h"

#include <gtest/gtest.h>

namespace party {
namespace {

TEST(DossierCode, IsReadInAllThreeGenerations) {
  const auto old = DossierCode::parse("000.00.12.H41-231128-0001");
  ASSERT_TRUE(old);
  EXPECT_EQ(old->generation(), DossierCodeGeneration::of_2018);
  EXPECT_EQ(old->agency().text(), "H41.12");
  EXPECT_EQ(calendar::to_iso(old->received_on()), "2023-11-28");
  EXPECT_EQ(old->number(), 1U);
  EXPECT_EQ(old->text(), "000.00.12.H41-231128-0001");

  const auto today = DossierCode::parse("H15.50.05.13-261008-0975");
  ASSERT_TRUE(today);
  EXPECT_EQ(today->generation(), DossierCodeGeneration::of_2025);
  EXPECT_EQ(today->agency().text(), "H15.50.05.13");
  EXPECT_EQ(today->number(), 975U);
  EXPECT_FALSE(today->ministry());

  const auto ministry = DossierCode::parse("H41.101.01-260820-150123");
  ASSERT_TRUE(ministry);
  EXPECT_EQ(ministry->generation(), DossierCodeGeneration::ministry);
  EXPECT_EQ(ministry->ministry(), "15");
  EXPECT_EQ(ministry->number(), 123U);

  EXPECT_EQ(DossierCode::parse(" h41.101.01-260820-0001 ")->text(), "H41.101.01-260820-0001");
  EXPECT_EQ(DossierCode::parse("H41.101.01-260820-12345")->number(), 12345U);
  EXPECT_EQ(DossierCode::parse("005.01.12.H41-231128-0001")->agency().text(), "H41.12.01.005");
}

TEST(DossierCode, IsRefusedWithTheReason) {
  const struct {
    const char* text;
    DossierCodeRefusal refusal;
  } kCases[] = {
      {"", DossierCodeRefusal::malformed},
      {"H41.101.01", DossierCodeRefusal::malformed},
      {"H41.101.01-260820", DossierCodeRefusal::malformed},
      {"H41.101.01-26820-0001", DossierCodeRefusal::malformed},
      {"H41.101.01-260820-00O1", DossierCodeRefusal::malformed},
      {"H41.101.01-260820-0001-2", DossierCodeRefusal::malformed},
      {"H41.101.01-260230-0001", DossierCodeRefusal::impossible_date},
      {"H41.101.01-261301-0001", DossierCodeRefusal::impossible_date},
      {"000.00.12.H41-230229-0001", DossierCodeRefusal::impossible_date},
      {"H41.101.01-260820-001", DossierCodeRefusal::bad_number},
      {"H41.101.01-260820-0000", DossierCodeRefusal::bad_number},
      {"H41.101.01-260820-150000", DossierCodeRefusal::bad_number},
      {"H41.101.01-260820-12345678901", DossierCodeRefusal::bad_number},
      {"000.00.12-231128-0001", DossierCodeRefusal::bad_agency},
      {"Z41.1-231128-0001", DossierCodeRefusal::bad_agency},
      {"H41..1-231128-0001", DossierCodeRefusal::bad_agency},
      {"-231128-0001", DossierCodeRefusal::bad_agency},
      {"H41.1.2.3.4.5.6.7.8-231128-0001", DossierCodeRefusal::bad_agency},
  };
  for (const auto& given : kCases) {
    const auto code = DossierCode::parse(given.text);
    ASSERT_FALSE(code) << given.text;
    EXPECT_EQ(code.error(), given.refusal) << given.text;
  }
  EXPECT_FALSE(DossierCode::parse(std::string(100000, 'H')));
}

TEST(DossierCode, IsMadeForTodayAndReadBack) {
  const auto agency = AgencyId::parse("H41.101.01");
  const auto on = calendar::parse_date("2026-08-20");
  for (const std::uint64_t number : {1ULL, 42ULL, 9999ULL, 10000ULL}) {
    const DossierCode made = DossierCode::make(*agency, *on, number);
    const auto read = DossierCode::parse(made.text());
    ASSERT_TRUE(read) << made.text();
    EXPECT_EQ(read->number(), number);
    EXPECT_EQ(read->agency(), *agency);
    EXPECT_EQ(read->received_on(), *on);
  }
  EXPECT_EQ(DossierCode::make(*agency, *on, 1).text(), "H41.101.01-260820-0001");
}

TEST(AgencyId, FollowsTheRulesOfItsAct) {
  EXPECT_EQ(AgencyId::parse("h41.2.15")->text(), "H41.2.15");
  EXPECT_TRUE(AgencyId::parse("H41.2.15")->is_within(*AgencyId::parse("H41.2")));
  EXPECT_TRUE(AgencyId::parse("H41")->is_within(*AgencyId::parse("H41")));
  EXPECT_FALSE(AgencyId::parse("H41.21")->is_within(*AgencyId::parse("H41.2")));
  EXPECT_FALSE(AgencyId::parse("H41")->is_within(*AgencyId::parse("H41.2")));
  for (const char* text : {"", "H4", "H4A", "Z41", "H41.", "H41..1", "H411", "H41.1234567", "H41-1",
                           "H41.Đ", "H41.1.2.3.4.5.6.7.8.9.10.11.12.13.14"}) {
    EXPECT_FALSE(AgencyId::parse(text)) << text;
  }
}

}  // namespace
}  // namespace party
