// Tables of the organisation: in with a preview, out again, and at the scale of the country.
#include "casework/organisation_tables.h"

#include <chrono>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <iostream>
#include <sstream>

#include <boost/json.hpp>
#include <gtest/gtest.h>

#include "base/json.h"
#include "base/text.h"
#include "casework/test_stores.h"
#include "party/test_organisation.h"

namespace casework {
namespace {

using party::test::day;

class Tables : public testing::Test {
 protected:
  Tables() {
    std::string name = (std::filesystem::temp_directory_path() / "motcua-tables-XXXXXX").string();
    folder_ = std::filesystem::path{::mkdtemp(name.data())};
    store_ = test::open_test_store(folder_);
    open(party::test::small_province());
  }
  ~Tables() override {
    register_.reset();
    store_.reset();
    std::error_code ignored;
    std::filesystem::remove_all(folder_, ignored);
  }
  void open(std::vector<party::Agency> agencies) {
    auto founding = party::Organisation::build(std::move(agencies));
    register_ = OrganisationRegister::open(*store_, std::move(founding).value(), [] {
                  return day("2026-12-01");
                }).value();
  }
  ImportPreview preview(OrganisationTable table, const std::string& bytes) {
    const auto made = preview_import(
        *register_, {.table = table, .on = day("2026-12-01"), .act = party::test::an_act()}, bytes);
    EXPECT_TRUE(made.has_value()) << made.error().detail.en;
    return made ? *made : ImportPreview{};
  }
  void apply(const ImportPreview& shown) {
    Registration one;
    one.batch = shown.batch;
    const auto saved = register_->save(*store_, one, shown.version);
    ASSERT_TRUE(saved.has_value()) << saved.error().message;
  }
  std::string out(OrganisationTable table) {
    const SheetTable sheet = organisation_sheet(*register_->state(), table, day("2026-12-01"));
    std::string text;
    for (std::size_t i = 0; i < sheet.columns.size(); ++i) {
      text += (i == 0 ? "" : ",") + sheet.columns[i].title;
    }
    text += "\n";
    for (const auto& row : sheet.rows) {
      for (std::size_t i = 0; i < row.size(); ++i) {
        std::string cell;
        if (const auto* words = std::get_if<std::string>(&row[i])) cell = *words;
        if (const auto* number = std::get_if<std::int64_t>(&row[i])) cell = std::to_string(*number);
        text += (i == 0 ? "\"" : ",\"") + cell + "\"";
      }
      text += "\n";
    }
    return text;
  }

  std::filesystem::path folder_;
  std::unique_ptr<Store> store_;
  std::unique_ptr<OrganisationRegister> register_;
};

TEST_F(Tables, SayWhatIsAddedChangedEndedAndRefusedWithItsLine) {
  const std::string csv =
      "code,kind,parent,name_vi,unit_code,valid_from,valid_to,successor\n"
      "H41.050,department,H41,Sở Mới,,2027-01-01,,\n"
      "H41.101,commune_committee,H41,Ủy ban nhân dân phường Vinh,16681,,,\n"
      "H41.102,commune_committee,H41,Ủy ban nhân dân phường Vinh Hưng,16682,,2026-12-31,H41.101\n"
      "H41.102.01,commune_centre,H41.102,Trung tâm Phục vụ hành chính công phường Vinh "
      "Hưng,,,2026-12-31,H41.101.01\n"
      "H41.103,commune_committee,H41,Ủy ban nhân dân xã Đông Lộc,16683,,,\n"
      "H4x,department,H41,Sai mã,,,,\n"
      "H41.016,department,H41,Công an tỉnh,,,hôm qua,\n";
  const ImportPreview shown = preview(OrganisationTable::agencies, csv);
  EXPECT_EQ(shown.count(ImportEffect::added), 1);
  EXPECT_EQ(shown.count(ImportEffect::changed), 1);
  EXPECT_EQ(shown.count(ImportEffect::ended), 2);
  EXPECT_EQ(shown.count(ImportEffect::refused), 2);
  EXPECT_EQ(shown.unchanged, 1);
  EXPECT_EQ(shown.lines.back().line, 8);
  EXPECT_NE(shown.lines.back().what.vi.find("hôm qua"), std::string::npos);
}

TEST_F(Tables, TellWhatIsWrongWithTheWholeAtItsLine) {
  const ImportPreview shown =
      preview(OrganisationTable::agencies,
              "code,kind,parent,name_vi,unit_code,valid_to,successor\n"
              "H41.102,commune_committee,H41,Ủy ban nhân dân phường Vinh Hưng,16682,2026-12-31,\n"
              "H41.070,department,H41.999,Sở,,,\n");
  EXPECT_EQ(shown.count(ImportEffect::refused), 3) << "no heir, a centre left behind, no parent";
  for (const ImportLine& one : shown.lines) EXPECT_GE(one.line, 2) << one.what.en;
}

TEST_F(Tables, DoNothingWhenImportedTwiceOrInTheOtherNormalForm) {
  // "Ủy ban nhân dân phường Vinh" with the marks of the first letter apart.
  const std::string nfd =
      "code,kind,parent,name_vi,unit_code\n"
      "H41.101,commune_committee,H41,U\xCC\x89y ban nhân dân phường Thành Vinh,16681\n";
  EXPECT_TRUE(preview(OrganisationTable::agencies, nfd).batch.is_empty());
  const std::string csv =
      "code,title_vi,rank,roles,holders,heads\nchu-tich,Chủ tịch,1,leader;head,1,x\n";
  const ImportPreview shown = preview(OrganisationTable::positions, csv);
  EXPECT_EQ(shown.count(ImportEffect::added), 1);
  EXPECT_EQ(shown.digest, preview(OrganisationTable::positions, csv).digest);
  apply(shown);
  const ImportPreview again = preview(OrganisationTable::positions, csv);
  EXPECT_TRUE(again.batch.is_empty());
  EXPECT_EQ(again.unchanged, 1);
  EXPECT_NE(again.digest, shown.digest);
}

TEST_F(Tables, AreReadWithSemicolonsQuotesLineBreaksAndApostrophes) {
  const ImportPreview shown = preview(OrganisationTable::counters,
                                      "\xEF\xBB\xBF"
                                      "centre;number;name_vi;fields;from\r\n"
                                      "H41.101.01;1;\"'=Quầy \"\"một\"\"\nHộ tịch\";\"Hộ tịch; "
                                      "Chứng thực\";1/1/2027\r\n"
                                      "H41.101.01;2;Đất đai;;46388\r\n");
  ASSERT_EQ(shown.count(ImportEffect::refused), 0) << shown.lines.back().what.en;
  const auto& counters = shown.batch.staff.counters;
  ASSERT_EQ(counters.size(), 2U);
  EXPECT_EQ(counters[0].name.vi, "=Quầy \"một\" Hộ tịch");
  EXPECT_EQ(counters[0].fields, (std::vector<std::string>{"Hộ tịch", "Chứng thực"}));
  EXPECT_EQ(counters[0].from, day("2027-01-01"));
  EXPECT_EQ(counters[1].from, day("2027-01-01")) << "the day's number in a spreadsheet";
}

TEST_F(Tables, RefuseWhatIsNoTable) {
  for (const char* bytes : {"", "tên,tuổi\nA,1\n", "code,kind\n\"", "PK\x03\x04zip", "\xFF\xFE"}) {
    const auto made = preview_import(
        *register_, {.table = OrganisationTable::agencies, .on = day("2026-12-01")}, bytes);
    EXPECT_FALSE(made.has_value()) << bytes;
  }
}

TEST_F(Tables, OfTheWholeCountryArePreviewedInSeconds) {
  std::ifstream file(std::string{PROJECT_ROOT} +
                     "/../shared/data/administrative-units/vn_units_2026-07-25.json");
  if (!file) GTEST_SKIP() << "the list of all communes is not here";
  std::ostringstream text;
  text << file.rdbuf();
  const auto provinces = boost::json::parse(text.str());
  std::string csv = "code,kind,parent,name_vi,unit_code\n";
  std::string people = "identity,name,username,agency,position,from\n";
  open({});
  int communes = 0;
  int letter = 0;
  for (const auto& province : provinces.as_array()) {
    const std::string code =
        std::string(1, static_cast<char>('A' + letter / 2)) + (letter % 2 == 0 ? "01" : "02");
    ++letter;
    csv += code + ",province_committee,,UBND " + base::string_or(province, "FullName") + "," +
           base::string_or(province, "Code") + "\n";
    for (const auto& ward : province.at("Wards").as_array()) {
      const std::string commune = code + "." + std::to_string(1000 + communes++);
      const std::string name = base::string_or(ward, "FullName");
      const std::string unit = base::string_or(ward, "Code");
      csv += commune + ",commune_committee," + code + ",UBND " + name + "," + unit + "\n";
      csv += commune + ".01,commune_centre," + commune + ",TTPVHCC " + name + "," + unit + "\n";
      for (int nth = 0; nth < 2 && communes <= 3000; ++nth) {
        const std::string number = std::to_string(100'000'000'000 + communes * 2 + nth).substr(1);
        people += "0" + number + ",Cán bộ " + number + ",cb" + number + "," + commune + ",p" +
                  std::to_string(nth) + ",2027-01-01\n";
      }
    }
  }
  EXPECT_EQ(communes, 3321);
  const auto began = std::chrono::steady_clock::now();
  const ImportPreview agencies = preview(OrganisationTable::agencies, csv);
  const auto first = std::chrono::steady_clock::now();
  EXPECT_EQ(agencies.count(ImportEffect::refused), 0);
  EXPECT_EQ(agencies.count(ImportEffect::added), 34 + 2 * 3321);
  apply(agencies);
  apply(preview(OrganisationTable::positions, "code,title_vi\np0,Chủ tịch\np1,Công chức\n"));
  const auto second = std::chrono::steady_clock::now();
  const ImportPreview officers = preview(OrganisationTable::officers, people);
  const auto third = std::chrono::steady_clock::now();
  EXPECT_EQ(officers.count(ImportEffect::refused), 0);
  EXPECT_EQ(officers.batch.staff.people.size(), 6000U);
  const auto ms = [](auto from, auto to) {
    return std::chrono::duration_cast<std::chrono::milliseconds>(to - from).count();
  };
  std::cout << "preview of 34 provinces and 3,321 communes: " << ms(began, first)
            << " ms; of 6,000 officers: " << ms(second, third) << " ms\n";
  EXPECT_LT(ms(second, third), 5000);
}

TEST_F(Tables, ComeBackAsTheyWentOut) {
  apply(preview(OrganisationTable::positions, "code,title_vi,rank\nchu-tich,Chủ tịch,1\n"));
  apply(preview(OrganisationTable::officers,
                "identity,name,username,agency,position,from,concurrent\n"
                "040190004321,Võ Thị Ưởng,uong,H41.101,chu-tich,2026-01-01,\n"
                "040190004321,Võ Thị Ưởng,uong,H41.102,chu-tich,2026-02-01,có\n"));
  apply(preview(OrganisationTable::counters,
                "centre,number,name_vi,fields\nH41.101.01,1,Hộ tịch,Hộ tịch; Chứng thực\n"));
  for (const OrganisationTable table :
       {OrganisationTable::agencies, OrganisationTable::counters, OrganisationTable::positions,
        OrganisationTable::officers}) {
    const ImportPreview again = preview(table, out(table));
    EXPECT_TRUE(again.batch.is_empty()) << name(table);
    EXPECT_TRUE(again.lines.empty()) << name(table);
    EXPECT_GT(again.unchanged, 0) << name(table);
  }
}

}  // namespace
}  // namespace casework
