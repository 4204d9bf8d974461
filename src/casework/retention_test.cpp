// Retention on the real store: what is over is erased, what is not stays, and the journal holds.
#include "casework/retention.h"

#include <boost/json.hpp>

#include "casework/journal_record.h"
#include "casework/printing.h"
#include "casework/test_workplace.h"
#include "casework/timeline.h"

namespace casework {
namespace {

using test::Commune;

class RetentionOfDossiers : public ::testing::Test {
 protected:
  // As if the package said so.
  void keep_for(const char* code, std::optional<procedure::Retention> retention) {
    for (const procedure::CardPtr& card : office.publications->all()) {
      if (card->code != code) continue;
      const_cast<procedure::Card&>(*card).erased_by_schedule =
          retention.has_value() && !retention->permanent;
    }
    const_cast<procedure::Procedure&>(*office.publications->find(code)).retention =
        std::move(retention);
  }
  std::string withdrawn(const char* code) {
    const std::string id = office.filed(code);
    const auto done =
        withdraw(*office.workplace, office.request(id, ""), {.reason = "nộp nhầm nơi"});
    EXPECT_TRUE(done) << (done ? "" : Commune::told(done.error()));
    return id;
  }
  std::vector<std::string> due_ids() {
    std::vector<std::string> ids;
    const auto due = due_erasures(*office.workplace, 100);
    EXPECT_TRUE(due);
    for (const DueErasure& one : *due) ids.push_back(one.id);
    return ids;
  }
  void expect_journal_holds() {
    ASSERT_TRUE(office.store->integrate_journal());
    ASSERT_TRUE(office.store->each_record([](const JournalRecord& record) {
      EXPECT_EQ(record.leaf_hash, bytes_of(journal::leaf_hash(leaf_of("H41", record))));
      return true;
    }));
  }

  Commune office;
};

TEST_F(RetentionOfDossiers, ErasesWhatIsOverAndLeavesTheRest) {
  keep_for("1.001193", procedure::Retention{.permanent = false, .years = 5, .basis = "Điều 3 thử"});
  keep_for("1.004873", procedure::Retention{.permanent = true, .years = 0, .basis = "Điều 4 thử"});
  const std::string over = withdrawn("1.001193");
  const std::string for_ever = withdrawn("1.004873");
  const std::string open = office.filed("1.001193");
  EXPECT_TRUE(due_ids().empty());
  office.clock.set(dossier::test::at("2026-08-27T09:00:00+07:00"));
  const std::string later = withdrawn("1.001193");
  office.clock.set(dossier::test::at("2031-08-20T09:00:00+07:00"));
  EXPECT_TRUE(due_ids().empty()) << "a day or an hour early";
  office.clock.set(dossier::test::at("2031-08-21T09:00:00+07:00"));
  EXPECT_EQ(due_ids(), std::vector<std::string>{over});

  const auto code = office.state(over).code;
  const auto erased = erase_due(*office.workplace, *due_erasures(*office.workplace, 100));
  ASSERT_TRUE(erased) << Commune::told(erased.error());
  EXPECT_EQ(*erased, 1);
  EXPECT_TRUE(due_ids().empty());
  expect_journal_holds();

  const auto after = open_dossier(*office.workplace, over);
  ASSERT_TRUE(after);
  EXPECT_TRUE(after->dossier.erased);
  EXPECT_EQ(after->dossier.code, code);
  EXPECT_EQ(after->dossier.applicant.name, "");
  const auto timeline = timeline_json(*office.workplace, *after, Audience::officer);
  ASSERT_TRUE(timeline);
  EXPECT_NE(base::to_text(*timeline).find("Điều 3 thử"), std::string::npos);
  const auto printed = print_document(*office.workplace, *after, Document::filing);
  ASSERT_FALSE(printed);
  EXPECT_EQ(printed.error().code, "content-erased");
  for (const std::string& id : {for_ever, open, later}) {
    EXPECT_FALSE(office.state(id).applicant.name.empty()) << id;
  }
}

TEST_F(RetentionOfDossiers, AnAdministratorErasesByADecisionWhereTheScheduleIsSilent) {
  const std::string id = withdrawn("1.001193");
  const auto officer = erase_content(*office.workplace, office.request(id, "reception@H41.101.01"),
                                     {.basis = "Quyết định 12/QĐ-UBND"});
  ASSERT_FALSE(officer);
  EXPECT_EQ(officer.error().kind, FailureKind::forbidden);
  const auto request = office.request(id, "administrator@H41");
  const auto done = erase_content(*office.workplace, request, {.basis = "Quyết định 12/QĐ-UBND"});
  ASSERT_TRUE(done) << Commune::told(done.error());
  EXPECT_TRUE(done->dossier.erased);
  const auto again = erase_content(*office.workplace, request, {.basis = "Quyết định 12/QĐ-UBND"});
  ASSERT_TRUE(again) << "the same request, the same answer";
  EXPECT_EQ(again->dossier, done->dossier);
  // What is said of it from now on could never be erased again.
  const auto rated = rate(*office.workplace,
                          {.dossier = id,
                           .request = {.key = "later", .hash = {}, .actor = "r"},
                           .if_match = std::nullopt,
                           .officer = nullptr},
                          {.score = 5, .comment = "tôi là Nguyễn Văn A"});
  ASSERT_FALSE(rated);
  EXPECT_EQ(rated.error().code, "already-erased");
  expect_journal_holds();
}

TEST_F(RetentionOfDossiers, TheScheduleBindsTheAdministratorToo) {
  keep_for("1.001193", procedure::Retention{.permanent = true, .years = 0, .basis = "Điều 4 thử"});
  const std::string id = withdrawn("1.001193");
  const auto refused = erase_content(*office.workplace, office.request(id, "administrator@H41"),
                                     {.basis = "Quyết định 12/QĐ-UBND"});
  ASSERT_FALSE(refused);
  EXPECT_EQ(refused.error().code, "kept-by-law");
}

}  // namespace
}  // namespace casework
