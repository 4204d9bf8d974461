#include "casework/follow_up_book.h"

#include <boost/json.hpp>
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "casework/test_workplace.h"

namespace casework {
namespace {

using test::Commune;
using testing::ElementsAre;
using testing::HasSubstr;

constexpr const char* kCounter = "reception@H41.101.01";

class FollowUp : public testing::Test {
 protected:
  std::string received(const std::string& code) {
    Filing filing = commune.filing(code);
    filing.channel = "counter";
    filing.receive = true;
    filing.duplicate_confirmed = true;
    const auto done = commune.file(filing, kCounter);
    EXPECT_TRUE(done) << Commune::told(done.error());
    return done ? done->done.id : std::string{};
  }
  FollowUpPage page(const FollowUpQuery& query, const char* officer = kCounter) {
    auto answer = follow_up_book(*commune.workplace, commune.officer(officer), query);
    EXPECT_TRUE(answer) << answer.error().code;
    return answer ? std::move(answer).value() : FollowUpPage{};
  }
  Failure refused(const FollowUpQuery& query, const char* officer = kCounter) {
    const auto answer = follow_up_book(*commune.workplace, commune.officer(officer), query);
    EXPECT_FALSE(answer);
    return answer ? Failure{} : answer.error();
  }
  static std::vector<std::string> numbers(const FollowUpPage& page) {
    std::vector<std::string> all;
    for (const FollowUpRow& row : page.rows) all.push_back(row.number);
    return all;
  }
  static FollowUpQuery civil_status() {
    return {.agency = "H41.101.01",
            .book = procedure::shipped("1.001193").field.vi,
            .year = "2026",
            .from = {},
            .to = {},
            .cursor = {}};
  }

  Commune commune;
};

TEST_F(FollowUp, ListsWhatWasReceivedInTheOrderOfItsBook) {
  const std::string first = received("1.001193");
  received("1.001612");       // another book
  commune.filed("1.001193");  // not received: in no book
  commune.clock.set(dossier::test::at("2026-08-21T09:00:00+07:00"));
  received("1.004873");  // the same field
  const FollowUpPage rows = page(civil_status());
  ASSERT_THAT(numbers(rows), ElementsAre("1", "2"));
  EXPECT_EQ(rows.next_cursor, "");
  const FollowUpRow& row = rows.rows[0];
  EXPECT_EQ(row.id, first);
  EXPECT_EQ(row.code, commune.state(first).code);
  EXPECT_EQ(row.procedure->code, "1.001193");
  EXPECT_EQ(row.applicant, "Nguyễn Văn An");
  EXPECT_EQ(row.lead_agency, "H41.101");
  EXPECT_EQ(row.received_at, commune.state(first).received_at);
  EXPECT_EQ(row.due_at, commune.state(first).due_at);
  EXPECT_EQ(row.returned_at, std::nullopt);
  EXPECT_EQ(row.return_method, "online");
  EXPECT_EQ(row.punctuality, dossier::Punctuality::open);

  const auto books = follow_up_books(*commune.workplace, commune.officer(kCounter), "");
  ASSERT_TRUE(books);
  EXPECT_THAT(*books, testing::UnorderedElementsAre(
                          FollowUpBook{civil_status().book, "2026"},
                          FollowUpBook{procedure::shipped("1.001612").field.vi, "2026"}));
}

TEST_F(FollowUp, GoesPageByPageWithoutGapsOrTwins) {
  for (int i = 0; i < 7; ++i) received("1.001193");
  FollowUpQuery query = civil_status();
  query.limit = 3;
  std::vector<std::string> all;
  int pages = 0;
  do {
    const FollowUpPage rows = page(query);
    for (const std::string& number : numbers(rows)) all.push_back(number);
    query.cursor = rows.next_cursor;
    ++pages;
  } while (!query.cursor.empty() && pages < 10);
  EXPECT_THAT(all, testing::UnorderedElementsAre("1", "2", "3", "4", "5", "6", "7"));
  EXPECT_EQ(pages, 3);
  query.cursor = "no|cursor|of|ours";
  EXPECT_LE(page(query).rows.size(), 3U);
}

TEST_F(FollowUp, KeepsToThePeriodOfReception) {
  received("1.001193");
  commune.clock.set(dossier::test::at("2026-09-03T09:00:00+07:00"));
  received("1.001193");
  FollowUpQuery query = civil_status();
  query.from = *calendar::parse_date("2026-09-01");
  EXPECT_THAT(numbers(page(query)), ElementsAre("2"));
  query.from.reset();
  query.to = *calendar::parse_date("2026-08-31");
  EXPECT_THAT(numbers(page(query)), ElementsAre("1"));
  query.to = *calendar::parse_date("2026-09-03");
  EXPECT_THAT(numbers(page(query)), ElementsAre("1", "2"));
}

TEST_F(FollowUp, SaysWhatIsWrongWithTheQuestion) {
  for (const auto& [year, from, to] :
       std::vector<std::array<const char*, 3>>{{"26", "", ""},
                                               {"", "", ""},
                                               {"abcd", "", ""},
                                               {"1999", "", ""},
                                               {"2026", "2026-09-01", "2026-08-01"},
                                               {"2026", "2025-12-31", ""},
                                               {"2026", "", "2027-01-01"}}) {
    SCOPED_TRACE(std::string{year} + from + to);
    FollowUpQuery query = civil_status();
    query.year = year;
    if (*from != '\0') query.from = calendar::parse_date(from);
    if (*to != '\0') query.to = calendar::parse_date(to);
    EXPECT_EQ(refused(query).code, "bad-period");
  }
  FollowUpQuery query = civil_status();
  query.book.clear();
  EXPECT_EQ(refused(query).code, "bad-period");
  query = civil_status();
  query.agency = "H99.99";
  EXPECT_EQ(refused(query).code, "agency-not-found");
  query.book = "Không có";
  query.agency.clear();
  EXPECT_TRUE(page(query).rows.empty());
}

TEST_F(FollowUp, IsForThoseOfTheUnitAndThoseWhoWatchOverIt) {
  received("1.001193");
  EXPECT_EQ(refused(civil_status(), "reception@H41.102.01").kind, FailureKind::forbidden);
  EXPECT_EQ(page(civil_status(), "leader@H41").rows.size(), 1U);
  // Another unit's book of the same name holds nothing of this one.
  FollowUpQuery other = civil_status();
  other.agency = "H41.102.01";
  EXPECT_TRUE(page(other, "reception@H41.102.01").rows.empty());
}

TEST_F(FollowUp, PrintsTheWholePeriodAndWritesRealDates) {
  const std::string id = received("1.001193");
  const party::Officer& leader = commune.officer("leader@H41.101");
  FollowUpQuery query = civil_status();
  const auto pdf = follow_up_book_pdf(*commune.workplace, leader, query);
  ASSERT_TRUE(pdf) << pdf.error().code;
  EXPECT_EQ(commune.printer.template_id, "mau-07");
  EXPECT_EQ(commune.printer.fields.at_pointer("/rows/0/number").as_string(), "1");
  EXPECT_EQ(commune.printer.fields.at_pointer("/period/count").as_int64(), 1);
  const auto xlsx = follow_up_book_xlsx(*commune.workplace, leader, query);
  ASSERT_TRUE(xlsx);
  const SheetTable& table = commune.printer.table;
  ASSERT_EQ(table.rows.size(), 1U);
  ASSERT_EQ(table.rows[0].size(), table.columns.size());
  EXPECT_EQ(std::get<std::int64_t>(table.rows[0][0]), 1);
  EXPECT_EQ(std::get<Instant>(table.rows[0][7]), *commune.state(id).received_at);
  const auto json = follow_up_book_json(*commune.workplace, leader, query);
  ASSERT_TRUE(json);
  EXPECT_EQ(json->at("rows").at(0).at("number").as_string(), "1");
  EXPECT_TRUE(json->at("next_cursor").is_null());
}

}  // namespace
}  // namespace casework
