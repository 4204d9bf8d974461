// Who is competent: the procedure's rule, the province's table, and days of change.
#include "casework/competence.h"

#include <fstream>
#include <sstream>

#include <boost/json.hpp>
#include <gtest/gtest.h>

#include "casework/competence_check.h"
#include "casework/test_history.h"
#include "dossier/test_dossiers.h"

namespace casework {
namespace {

constexpr const char* kHead = "format: motcua-competence-1\n";
constexpr const char* kAct =
    "act: {number: \"12/2026/QĐ-UBND\", article: \"Điều 2\", title: {vi: \"Phân cấp\", en: "
    "\"Decentralisation\"}}\n    reason: {vi: \"Đã phân cấp\", en: \"Decentralised\"}\n";

calendar::Date day(const char* text) {
  return *calendar::parse_date(text);
}

// A row of that id with what else is said of it.
std::string row(const std::string& id, const std::string& rest) {
  return "  - id: " + id + "\n    kind: decentralised\n    " + rest + "\n    " + kAct;
}

CompetenceTable table_of(const std::string& rows, const std::string& reception = {}) {
  std::string yaml = kHead;
  if (!rows.empty()) yaml += "rules:\n" + rows;
  if (!reception.empty()) yaml += "reception:\n" + reception;
  auto table = read_competence_table(yaml);
  EXPECT_TRUE(table) << yaml << "\n"
                     << (table ? ""
                               : std::to_string(table.error().front().line) + ": " +
                                     table.error().front().message);
  return table ? std::move(table).value() : CompetenceTable{};
}

CompetenceModel model_of(const std::string& rows, const std::string& reception = {}) {
  auto model = CompetenceModel::build(table_of(rows, reception));
  EXPECT_TRUE(model) << model.error().message;
  return std::move(model).value();
}

const party::Organisation& province() {
  return test::shipped_organisation();
}

struct Asked {
  const char* code = "1.001193";
  const char* place = "16681";
  const char* on = "2026-08-20";
  const char* at = "";
  const char* personal_id = "";
  const char* tax_code = "";
};
Answer<Competence> ask(const CompetenceModel& model, const Asked& asked) {
  dossier::Person person;
  person.personal_id = asked.personal_id;
  person.tax_code = asked.tax_code;
  CompetenceQuery query;
  query.situation.on = day(asked.on);
  query.chosen = asked.place;
  query.received_at = asked.at;
  query.model = &model;
  query.applicant = &person;
  return competence_for(procedure::shipped(asked.code), province(), query);
}
std::string agency(const CompetenceModel& model, const Asked& asked) {
  const auto found = ask(model, asked);
  return found ? found->agency : found.error().code;
}

TEST(CompetenceTable, MovesACompetenceOnItsDayAndBack) {
  const CompetenceModel model =
      model_of(row("PC-1",
                   "procedures: [\"1.001193\"]\n    from: 2026-09-01\n    to: 2026-12-31\n    "
                   "agency: H41.004"));
  const struct {
    const char* on;
    const char* expected;
  } kDays[] = {{"2026-08-31", "H41.101"},
               {"2026-09-01", "H41.004"},
               {"2026-10-15", "H41.004"},
               {"2026-12-31", "H41.004"},
               {"2027-01-01", "H41.101"}};
  for (const auto& one : kDays) {
    EXPECT_EQ(agency(model, {.on = one.on}), one.expected) << one.on;
  }
  const auto moved = ask(model, {.on = "2026-09-01"});
  ASSERT_TRUE(moved);
  ASSERT_TRUE(moved->moved.has_value());
  EXPECT_EQ(moved->moved->rule, "PC-1");
  EXPECT_EQ(moved->moved->act, "12/2026/QĐ-UBND");
  EXPECT_EQ(moved->moved->article, "Điều 2");
  EXPECT_EQ(moved->moved->reason.vi, "Đã phân cấp");
  EXPECT_EQ(moved->by_procedure, "H41.101");
  for (const char* part : {"lead", "competent", "committee"}) {
    EXPECT_EQ(moved->parts.at(part), "H41.004") << part;
  }
  EXPECT_EQ(moved->receiving, "H41.001.01") << "a department is received at the provincial centre";
  EXPECT_FALSE(ask(model, {.on = "2026-08-31"})->moved.has_value());
}

TEST(CompetenceTable, MovesADepartmentsWorkToTheCommuneOfThePlace) {
  const CompetenceModel model =
      model_of(row("PC-1", "procedures: [\"1.012994\"]\n    commune: true"));
  EXPECT_EQ(agency(model, {.code = "1.012994", .place = "16690"}), "H41.102");
  EXPECT_EQ(agency(model, {.code = "1.012994", .place = ""}), "agency-unknown")
      << "nobody said which commune";
}

// Decisions of phân cấp are asked where no row of the table fits.
Answer<Competence> ask_moved(MovedCompetence moved, const char* place, const char* at = "") {
  CompetenceQuery query;
  query.situation.on = day("2026-08-20");
  query.chosen = place;
  query.received_at = at;
  query.moved = [moved = std::move(moved)](const std::string& agency, const std::string&,
                                           const std::string&) -> std::optional<MovedCompetence> {
    if (agency == moved.agency || agency.starts_with("H41.1")) return std::nullopt;
    return moved;
  };
  return competence_for(procedure::shipped("1.012994"), province(), query);
}

TEST(MovedCompetence, GoesToTheAgencyOfTheLevelInThePlaceOfTheMatter) {
  const MovedCompetence to_communes{.level = party::AgencyKind::commune_committee,
                                    .act = "12/2026/QĐ-UBND"};
  const auto there = ask_moved(to_communes, "16690");
  ASSERT_TRUE(there);
  EXPECT_EQ(there->agency, "H41.102");
  EXPECT_EQ(there->moved->act, "12/2026/QĐ-UBND");
  EXPECT_EQ(there->receiving, "H41.102.01") << "its own centre";
  const auto counter = ask_moved(to_communes, "", "H41.101.01");
  ASSERT_TRUE(counter);
  EXPECT_EQ(counter->agency, "H41.101") << "where the counter stands, if nothing else is said";
  const auto nowhere = ask_moved(to_communes, "");
  ASSERT_FALSE(nowhere);
  EXPECT_EQ(nowhere.error().code, "agency-missing");
  ASSERT_EQ(nowhere.error().problems.size(), 1U);
  EXPECT_EQ(nowhere.error().problems[0].field, "agency");
  const auto police = ask_moved({.level = party::AgencyKind::commune_police, .act = "1"}, "16690");
  ASSERT_TRUE(police);
  EXPECT_EQ(province().find(police->agency)->kind, party::AgencyKind::commune_police);
  EXPECT_EQ(province().find(police->agency)->unit_code, "16690");
  const auto elsewhere = ask_moved({.agency = "H41.004", .act = "1"}, "16690");
  ASSERT_TRUE(elsewhere);
  EXPECT_EQ(elsewhere->agency, "H41.004");
}

TEST(CompetenceTable, ReadsPlaceSubjectAndAge) {
  const CompetenceModel model = model_of(
      row("P", "procedures: [\"1.001193\"]\n    places: [\"16690\"]\n    agency: H41.004") +
      row("O", "procedures: [\"1.001612\"]\n    subject: organisation\n    agency: H41.002") +
      row("Y",
          "procedures: [\"1.004873\"]\n    subject: person\n    age: {to: 17}\n    agency: "
          "H41.005"));
  EXPECT_EQ(agency(model, {.place = "16690"}), "H41.004");
  EXPECT_EQ(agency(model, {.place = "16681"}), "H41.101");
  EXPECT_EQ(agency(model, {.code = "1.001612", .tax_code = "0100109106"}), "H41.002");
  EXPECT_EQ(agency(model, {.code = "1.001612", .personal_id = "040088000004"}), "H41.101");
  EXPECT_EQ(agency(model, {.code = "1.001612"}), "H41.101") << "nobody known fits no such row";
  EXPECT_EQ(agency(model, {.code = "1.004873", .personal_id = "040210000004"}), "H41.005")
      << "born 2010";
  EXPECT_EQ(agency(model, {.code = "1.004873", .personal_id = "040088000004"}), "H41.101");
}

TEST(CompetenceTable, KnowsProceduresByTheirField) {
  const CompetenceModel model = model_of(row("F", "fields: [\"hộ tịch\"]\n    agency: H41.004"));
  EXPECT_EQ(agency(model, {.code = "1.001193"}),
            procedure::shipped("1.001193").field.vi == "Hộ tịch" ? "H41.004" : "H41.101");
  EXPECT_EQ(agency(model, {.code = "1.013225"}), "H41.101");
}

TEST(CompetenceTable, TheFirstRowThatFitsDecides) {
  const CompetenceModel model =
      model_of(row("A",
                   "procedures: [\"1.001193\"]\n    places: [\"16690\"]\n    agency: H41.004\n    "
                   "before: [B]") +
               row("B", "procedures: [\"1.001193\"]\n    agency: H41.005"));
  EXPECT_EQ(agency(model, {.place = "16690"}), "H41.004");
  EXPECT_EQ(agency(model, {.place = "16681"}), "H41.005");
}

TEST(CompetenceTable, IsADmnModelThatSaysTheSame) {
  const std::string xml = dmn_of(
      table_of(row("A", "procedures: [\"1.001193\"]\n    from: 2026-09-01\n    agency: H41.004")));
  EXPECT_NE(xml.find("hitPolicy=\"FIRST\""), std::string::npos);
  EXPECT_NE(xml.find("&gt;= date(\"2026-09-01\")"), std::string::npos);
}

TEST(CompetenceTable, AsksWhatElseHasMovedItWhereNoRowFits) {
  CompetenceQuery query;
  query.situation.on = day("2026-08-20");
  query.chosen = "16681";
  query.moved = [](const std::string& from, const std::string& code, const std::string& field) {
    EXPECT_EQ(from, "H41.101");
    EXPECT_FALSE(field.empty());
    std::optional<MovedCompetence> moved;
    if (code == "1.001193") {
      moved = MovedCompetence{
          .agency = "H41.004", .act = "9/2026/QĐ-UBND", .reason = {"ủy quyền", "delegated"}};
    }
    return moved;
  };
  const auto moved = competence_for(procedure::shipped("1.001193"), province(), query);
  ASSERT_TRUE(moved);
  EXPECT_EQ(moved->agency, "H41.004");
  EXPECT_EQ(moved->moved->act, "9/2026/QĐ-UBND");
  const auto stays = competence_for(procedure::shipped("1.004873"), province(), query);
  ASSERT_TRUE(stays);
  EXPECT_EQ(stays->agency, "H41.101");
}

constexpr const char* kAnywhere =
    "  - id: R1\n    procedures: [\"1.001193\"]\n    where: anywhere\n    act: {number: "
    "\"118/2025/NĐ-CP\", title: {vi: \"a\", en: \"a\"}}\n"
    "  - id: R2\n    procedures: [\"1.004873\"]\n    where: listed\n    centres: [\"H41.102.01\"]\n"
    "    act: {number: \"118/2025/NĐ-CP\", title: {vi: \"a\", en: \"a\"}}\n";

TEST(Reception, IsAnywhereOnlyWhereTheProvinceSaysSo) {
  const CompetenceModel model = model_of("", kAnywhere);
  const auto here = ask(model, {.at = "H41.103.01"});
  ASSERT_TRUE(here);
  EXPECT_EQ(here->receiving, "H41.103.01");
  EXPECT_EQ(here->centre, "H41.101.01");
  EXPECT_EQ(here->returning, "H41.103.01");
  EXPECT_EQ(here->parts.at("centre"), "H41.101.01");
  EXPECT_TRUE(ask(model, {.code = "1.004873", .at = "H41.102.01"})) << "listed";
  const auto no = ask(model, {.code = "1.004873", .at = "H41.103.01"});
  ASSERT_FALSE(no);
  EXPECT_EQ(no.error().code, "reception-not-here");
  EXPECT_EQ(no.error().kind, FailureKind::not_allowed_now);
  EXPECT_NE(no.error().detail.vi.find("phường Thành Vinh"), std::string::npos)
      << "says who is competent and where to go: " << no.error().detail.vi;
  EXPECT_FALSE(ask(model, {.code = "2.000815", .at = "H41.103.01"})) << "no row: own centre only";
  EXPECT_TRUE(ask(model, {.code = "2.000815", .at = "H41.101.01"}));
  EXPECT_TRUE(ask(model_of(""), {.code = "2.000815", .at = "H41.103.01"}))
      << "where nothing is said, nothing is refused";
}

TEST(Return, IsAtACentreOfTheProvinceWhereReceptionIsAnywhere) {
  const CompetenceModel model = model_of("", kAnywhere);
  const auto at = [&](const char* code, const char* place) {
    CompetenceQuery query;
    query.situation.on = day("2026-08-20");
    query.chosen = "16681";
    query.return_at = place;
    query.model = &model;
    const auto found = competence_for(procedure::shipped(code), province(), query);
    return found ? found->returning : found.error().code;
  };
  EXPECT_EQ(at("1.001193", "H41.103.01"), "H41.103.01");
  EXPECT_EQ(at("1.001193", ""), "H41.101.01");
  EXPECT_EQ(at("1.001193", "H41.103"), "return-place-unknown") << "a committee is no counter";
  EXPECT_EQ(at("1.001193", "H41.999.01"), "return-place-unknown");
  EXPECT_EQ(at("2.000815", "H41.103.01"), "return-place-unknown");
}

std::vector<std::string> faults(const std::string& rows, const std::string& reception = {}) {
  std::vector<KnownProcedure> known;
  for (const char* code : procedure::kShipped) {
    known.push_back({code, procedure::shipped(code).field.vi});
  }
  std::vector<std::string> found;
  for (const auto& one : check_competence(table_of(rows, reception), province(), known)) {
    std::string text{to_text(one.fault)};
    for (const std::string& id : one.rows) text += " " + id;
    found.push_back(text);
  }
  return found;
}

TEST(CompetenceCheck, FindsOverlapsWhereverTheyLie) {
  const std::string a = "procedures: [\"1.001193\"]\n    ";
  const auto none = std::vector<std::string>{};
  EXPECT_EQ(faults(row("A", a + "to: 2026-08-31\n    agency: H41.004") +
                   row("B", a + "from: 2026-09-01\n    agency: H41.005")),
            none)
      << "one after the other";
  EXPECT_EQ(faults(row("A", a + "to: 2026-09-01\n    agency: H41.004") +
                   row("B", a + "from: 2026-09-01\n    agency: H41.005")),
            std::vector<std::string>{"overlap A B"})
      << "one day is enough";
  EXPECT_EQ(faults(row("A", a + "places: [\"16681\"]\n    agency: H41.004") +
                   row("B", a + "places: [\"16690\"]\n    agency: H41.005")),
            none);
  EXPECT_EQ(faults(row("A", a + "subject: person\n    agency: H41.004") +
                   row("B", a + "subject: organisation\n    agency: H41.005")),
            none);
  EXPECT_EQ(faults(row("A", a + "age: {to: 17}\n    agency: H41.004") +
                   row("B", a + "age: {from: 18}\n    agency: H41.005")),
            none);
  EXPECT_EQ(faults(row("A", a + "places: [\"16681\"]\n    agency: H41.004\n    before: [B]") +
                   row("B", a + "agency: H41.005")),
            none)
      << "it says that it goes first";
  EXPECT_EQ(faults(row("A", a + "agency: H41.004") +
                   row("B", a + "places: [\"16681\"]\n    agency: H41.005")),
            std::vector<std::string>{"never_decides A B"});
  EXPECT_EQ(faults(row("A", "fields: [\"" + procedure::shipped("1.001193").field.vi +
                                "\"]\n    places: [\"16681\"]\n    agency: H41.004") +
                   row("B", a + "agency: H41.005")),
            std::vector<std::string>{"overlap A B"})
      << "by field and by code";
}

TEST(CompetenceCheck, FindsNamesThatNobodyBears) {
  EXPECT_EQ(faults(row("A", "procedures: [\"1.001193\"]\n    agency: H41.999")),
            std::vector<std::string>{"unknown_agency A"});
  EXPECT_EQ(faults(row("A", "procedures: [\"9.999999\"]\n    agency: H41.004")),
            std::vector<std::string>{"unknown_procedure A"});
  EXPECT_EQ(faults(row("A",
                       "procedures: [\"1.001193\"]\n    places: [\"00000\"]\n    agency: "
                       "H41.004")),
            std::vector<std::string>{"unknown_place A"});
  EXPECT_EQ(faults("",
                   "  - id: R\n    procedures: [\"1.001193\"]\n    where: listed\n    "
                   "centres: [\"H41.102\"]\n    act: {number: \"x\", title: {vi: \"a\", en: "
                   "\"a\"}}\n"),
            std::vector<std::string>{"no_centre R"});
}

TEST(CompetenceTable, RefusesWhatCannotBeMeant) {
  const auto problem = [](const std::string& rest) {
    const auto table = read_competence_table(kHead + rest);
    return table ? std::string{} : table.error().front().message;
  };
  EXPECT_NE(problem("rules: 7\n"), "");
  EXPECT_NE(problem("rules:\n" + row("A", "procedures: [\"1\"]")), "") << "to whom?";
  EXPECT_NE(problem("rules:\n" + row("A", "agency: H41.004")), "") << "of what?";
  EXPECT_NE(problem("rules:\n" + row("A", "procedures: [\"1\"]\n    agency: bưu điện")), "");
  EXPECT_NE(problem("rules:\n" + row("A",
                                     "procedures: [\"1\"]\n    commune: true\n    agency: "
                                     "H41.004")),
            "");
  EXPECT_NE(problem("rules:\n" + row("A",
                                     "procedures: [\"1\"]\n    agency: H41.004\n    from: "
                                     "2026-09-02\n    to: 2026-09-01")),
            "");
  EXPECT_NE(problem("rules:\n" + row("A", "procedures: [\"1\"]\n    agency: H41.004") +
                    row("A", "procedures: [\"2\"]\n    agency: H41.004")),
            "")
      << "twice";
  EXPECT_NE(problem("rules:\n" + row("A",
                                     "procedures: [\"1\"]\n    agency: H41.004\n    before: "
                                     "[Z]")),
            "");
  EXPECT_NE(problem("rules:\n" + row("A", "procedures: [\"1\"]\n    agency: H41.004\n    typo: 1")),
            "");
  const auto other = read_competence_table("format: other\n");
  EXPECT_FALSE(other);
}

TEST(CompetenceTable, ThatIsShippedHasNoFaults) {
  std::ifstream file(std::string{PROJECT_ROOT} + "/data/policy/competence.yaml");
  std::ostringstream text;
  text << file.rdbuf();
  auto table = read_competence_table(text.str());
  ASSERT_TRUE(table) << table.error().front().line << ": " << table.error().front().message;
  std::vector<KnownProcedure> known;
  for (const char* code : procedure::kShipped) {
    known.push_back({code, procedure::shipped(code).field.vi});
  }
  for (const auto& one : check_competence(*table, province(), known)) {
    ADD_FAILURE() << one.message.en;
  }
  const auto model = CompetenceModel::build(std::move(table).value());
  ASSERT_TRUE(model);
  for (const KnownProcedure& one : known) {
    EXPECT_NE(
        model->reception_for({.procedure = one.code, .field = one.field, .on = day("2026-08-20")}),
        nullptr)
        << one.code;
  }
}

}  // namespace
}  // namespace casework
