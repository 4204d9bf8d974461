// Running dossiers carried to another revision on the real store: previewed, moved, taken back.
#include "casework/migration.h"

#include <functional>
#include <utility>

#include <boost/json.hpp>
#include <gmock/gmock.h>

#include "casework/definition_kinds.h"
#include "casework/test_workplace.h"
#include "procedure/test_revisions.h"

namespace casework {
namespace {

using test::Commune;

class Migrations : public ::testing::Test {
 protected:
  void SetUp() override {
    const procedure::PackageFiles files = procedure::with_legal_check();
    to = procedure::digest_of(files);
    ASSERT_TRUE(office.store->save_revision(to, "1.012994", files_text(files)));
    from = procedure::shipped("1.012994").digest;
    auto revised = procedure::load_package(files, procedure::shipped_dictionary());
    ASSERT_TRUE(revised) << procedure::told(revised.error());
    const Publication published{.code = "1.012994",
                                .digest = to,
                                .from = calendar::parse_date("2026-08-01"),
                                // For a day that is over: what is filed goes by the other one.
                                .to = calendar::parse_date("2026-08-02"),
                                .origin = "folder",
                                .approval = {},
                                .card = procedure::card_of(*revised)};
    publish = [this, published] {
      EXPECT_TRUE(
          office.store->save_definitions({{.kind = definition::kPackage,
                                           .key = "1.012994",
                                           .version = 1,
                                           .at = {},
                                           .actor = {},
                                           .digest = to,
                                           .body = to_body(std::vector<Publication>{published})}}));
      EXPECT_TRUE(office.publications->refresh(*office.store));
    };
  }
  // Published once the dossiers are there.
  [[nodiscard]] MigrationPlan plan() {
    if (publish) std::exchange(publish, nullptr)();
    return {.procedure = "1.012994", .from = from, .to = to, .mapping = {}};
  }
  [[nodiscard]] MigrationOrder order(const std::string& id = "m1") {
    return {.plan = plan(), .id = id, .reason = "thêm bước kiểm tra", .act = "QĐ 2/QĐ-UBND"};
  }
  [[nodiscard]] const party::Officer& manager() const {
    return office.officer("administrator@H41");
  }
  std::string withdrawn() {
    const std::string id = office.filed("1.012994");
    EXPECT_TRUE(withdraw(*office.workplace, office.request(id, ""), {.reason = "nộp nhầm nơi"}));
    return id;
  }

  Commune office;
  std::string from;
  std::string to;
  std::function<void()> publish;
};

TEST_F(Migrations, ArePreviewedWithoutWriting) {
  const std::string open = office.filed("1.012994");
  const std::string closed = withdrawn();
  const std::string other = office.filed("1.001193");
  const auto preview = preview_migration(*office.workplace, plan());
  ASSERT_TRUE(preview) << Commune::told(preview.error());
  EXPECT_EQ(preview->moves, 1);
  EXPECT_EQ(preview->needs_human, 0);
  ASSERT_EQ(preview->dossiers.size(), 1U);
  EXPECT_EQ(preview->dossiers.front().id, open);
  EXPECT_FALSE(preview->differences.empty());
  EXPECT_EQ(office.state(open).digest, from);
}

TEST_F(Migrations, MoveWhatRunsAndTakeItBack) {
  const std::string one = office.filed("1.012994");
  const std::string two = office.filed("1.012994");
  const std::string closed = withdrawn();
  const dossier::Dossier before = office.state(one);
  const auto done = apply_migration(*office.workplace, manager(), order());
  ASSERT_TRUE(done) << Commune::told(done.error());
  EXPECT_EQ(done->moved, 2);
  EXPECT_TRUE(done->left.empty());
  EXPECT_EQ(office.state(one).digest, from + "+" + to);
  EXPECT_EQ(office.state(one).limits, before.limits);
  EXPECT_EQ(office.state(closed).digest, from);
  office.expect_replays(one);
  office.expect_replays(two);
  // A second time there is nothing left to do, and the record says what was done.
  EXPECT_EQ(apply_migration(*office.workplace, manager(), order())->moved, 0);
  const auto record = office.store->find_definition(definition::kMigration, "m1", 0);
  ASSERT_TRUE(record && record->has_value());
  EXPECT_THAT((*record)->body, testing::HasSubstr("\"state\":\"finished\""));

  const auto back =
      revert_migration(*office.workplace, manager(), "m1", "quyết định bị bãi bỏ", "QĐ 3/QĐ-UBND");
  ASSERT_TRUE(back) << Commune::told(back.error());
  EXPECT_EQ(back->moved, 2);
  EXPECT_EQ(office.state(one).digest, from);
  EXPECT_EQ(office.state(one).process, before.process);
  EXPECT_EQ(office.state(one).tasks, before.tasks);
  office.expect_replays(one);
  EXPECT_FALSE(apply_migration(*office.workplace, manager(), order()));
}

TEST_F(Migrations, BrokenOffGoOnWhenOrderedAgain) {
  const std::string one = office.filed("1.012994");
  const std::string two = office.filed("1.012994");
  // As if the program had died after the record and the first dossier.
  const auto first = apply_migration(*office.workplace, manager(), order());
  ASSERT_TRUE(first);
  const std::string three = office.filed("1.012994");
  const auto again = apply_migration(*office.workplace, manager(), order());
  ASSERT_TRUE(again);
  EXPECT_EQ(again->moved, 1);
  EXPECT_EQ(office.state(three).digest, from + "+" + to);
  for (const std::string& id : {one, two, three}) office.expect_replays(id);
}

TEST_F(Migrations, NeedTheRightAReasonAndAnAct) {
  const std::string id = office.filed("1.012994");
  EXPECT_EQ(apply_migration(*office.workplace, office.officer("specialist@H41.002"), order())
                .error()
                .kind,
            FailureKind::forbidden);
  MigrationOrder silent = order();
  silent.reason = "";
  EXPECT_FALSE(apply_migration(*office.workplace, manager(), silent));
  MigrationOrder lawless = order();
  lawless.act = "";
  EXPECT_FALSE(apply_migration(*office.workplace, manager(), lawless));
  MigrationOrder unknown = order();
  unknown.plan.to = std::string(64, '0');
  EXPECT_FALSE(apply_migration(*office.workplace, manager(), unknown));
  EXPECT_FALSE(office.store->find_definition(definition::kMigration, "m1", 0)->has_value());
  EXPECT_EQ(office.state(id).digest, from);
}

TEST_F(Migrations, TheApplicantSeesThePapersOfTheFiling) {
  const std::string id = office.filed("1.012994");
  ASSERT_TRUE(apply_migration(*office.workplace, manager(), order()));
  const auto open = open_dossier(*office.workplace, id);
  ASSERT_TRUE(open);
  EXPECT_EQ(open->procedure->revision, 1);
  EXPECT_EQ(open->procedure->cases.front().limits.front().published.text(), "30d");
  EXPECT_NE(open->procedure->find_step("legal_check"), nullptr);
}

TEST_F(Migrations, GoOnlyToARevisionOfTheProcedureThatWasApproved) {
  const std::string one = office.filed("1.012994");
  MigrationPlan unpublished{.procedure = "1.012994", .from = from, .to = to, .mapping = {}};
  const auto refused = preview_migration(*office.workplace, unpublished);
  ASSERT_FALSE(refused) << "it is known, but only proposed";
  EXPECT_EQ(refused.error().code, "revision-not-published");
  MigrationPlan other = unpublished;
  other.to = procedure::shipped("1.004873").digest;
  const auto elsewhere = preview_migration(*office.workplace, other);
  ASSERT_FALSE(elsewhere);
  EXPECT_EQ(elsewhere.error().code, "revision-of-another-procedure");
  EXPECT_EQ(office.state(one).digest, from);
}

}  // namespace
}  // namespace casework
