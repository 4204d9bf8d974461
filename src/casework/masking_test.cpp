#include "casework/masking.h"

#include <boost/json.hpp>
#include <gtest/gtest.h>

namespace casework {
namespace {

form::Field field_of(form::FieldType type,
                     form::PersonalData personal = form::PersonalData::basic) {
  form::Field field;
  field.id = "one";
  field.type = type;
  field.personal_data = personal;
  return field;
}

base::json::value masked(const form::Field& field, const char* text) {
  return masked_answer(field, base::json::value(text));
}

TEST(Masking, LeavesTheLastThreeDigits) {
  EXPECT_EQ(masked_digits("040123456789"), "*********789");
  EXPECT_EQ(masked_digits("0912345678"), "*******678");
  EXPECT_EQ(masked_digits("12345"), "***");
  EXPECT_EQ(masked_digits(""), "***");
}

TEST(Masking, LeavesTheCommuneOfAnAddress) {
  EXPECT_EQ(masked_place("Số 5, khối 3, phường Thành Vinh"), "***, phường Thành Vinh");
  EXPECT_EQ(masked_place("Xóm 7"), "***");
}

TEST(Masking, CoversAnswersByTheKindOfTheField) {
  using form::FieldType;
  EXPECT_EQ(masked(field_of(FieldType::personal_id), "040123456789"), "*********789");
  EXPECT_EQ(masked(field_of(FieldType::phone), "0912345678"), "*******678");
  EXPECT_EQ(masked(field_of(FieldType::email), "dao@example.vn"), "d***@example.vn");
  EXPECT_EQ(masked(field_of(FieldType::email), "no address"), "***");
  EXPECT_EQ(masked(field_of(FieldType::address_detail), "Số 5, khối 3"), "***, khối 3");
  EXPECT_EQ(masked(field_of(FieldType::text, form::PersonalData::sensitive), "HIV"), "***");
  EXPECT_EQ(masked(field_of(FieldType::text), "Lê Thị Đào"), "Lê Thị Đào");
  EXPECT_EQ(masked(field_of(FieldType::tax_code), "0100109106"), "0100109106");
  EXPECT_EQ(masked(field_of(FieldType::tax_code), "0100109106-001"), "0100109106-001");
  EXPECT_EQ(masked(field_of(FieldType::tax_code), "040190123987"), "*********987")
      << "an individual's is his identity number";
  EXPECT_EQ(masked(field_of(FieldType::phone), ""), "");
  EXPECT_EQ(masked_answer(field_of(FieldType::boolean, form::PersonalData::sensitive), true),
            "***");
  EXPECT_TRUE(masked_answer(field_of(FieldType::phone), nullptr).is_null());
}

TEST(Masking, CoversTheCellsOfATable) {
  form::Field table = field_of(form::FieldType::table);
  form::Field number = field_of(form::FieldType::personal_id);
  number.id = "number";
  form::Field name = field_of(form::FieldType::text);
  name.id = "name";
  table.columns = {number, name};
  const base::json::value rows =
      base::json::array{base::json::object{{"number", "040123456789"}, {"name", "Đào"}}, "no row"};
  const auto covered = masked_answer(table, rows);
  ASSERT_EQ(covered.as_array().size(), 1U);
  EXPECT_EQ(covered.at(0).at("number"), "*********789");
  EXPECT_EQ(covered.at(0).at("name"), "Đào");
}

TEST(Masking, CoversWhatADossierSaysOfPeople) {
  procedure::Procedure procedure;
  base::json::object dossier{
      {"applicant_detail", base::json::object{{"name", "Lê Thị Đào"},
                                              {"personal_id", "040123456789"},
                                              {"phone", "0912345678"},
                                              {"email", "dao@example.vn"},
                                              {"address", "Số 5, phường Thành Vinh"}}},
      {"on_behalf_of", nullptr},
      {"answers", base::json::object{{"unknown", "0987654321"}}},
      {"corrections",
       base::json::array{base::json::object{
           {"field", "unknown"}, {"before", "0912345678"}, {"after", "0912345670"}}}},
      {"timeline",
       base::json::array{base::json::object{{"type", "corrected"}, {"detail", "0912345678"}},
                         base::json::object{{"type", "filed"}, {"detail", "x"}}}}};
  mask_dossier(dossier, procedure);
  const std::string text = base::to_text(dossier);
  for (const char* secret :
       {"040123456789", "0912345678", "0912345670", "0987654321", "dao@", "Số 5"}) {
    EXPECT_EQ(text.find(secret), std::string::npos) << secret << " in " << text;
  }
  EXPECT_NE(text.find("Lê Thị Đào"), std::string::npos);
  EXPECT_EQ(dossier.at("timeline").at(1).at("detail"), "x");
}

}  // namespace
}  // namespace casework
