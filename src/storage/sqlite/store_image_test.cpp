#include "storage/sqlite/store_image.h"

#include <fstream>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "casework/test_commits.h"
#include "storage/sqlite/migrations.h"
#include "storage/sqlite/sqlite_store.h"
#include "storage/sqlite/test_folder.h"

namespace storage::sqlite {
namespace {

const std::string kAddress(64, 'a');
const std::string kOriginal(64, 'b');

// Three dossiers, one of them at work, and two papers.
void fill(const std::string& path) {
  const auto store = *open_store(path, "H41");
  std::int64_t minutes = 0;
  for (const char* id : {"a", "b", "c"}) {
    const auto first = contract::new_dossier(id, "dossier/H41.101.01/260820", minutes++);
    ASSERT_TRUE(store->commit(first));
    auto next = contract::next_of(first, std::string{"k"} + id);
    next.clock = "running";
    ASSERT_TRUE(store->commit(next));
  }
  ASSERT_TRUE(store->save_file({.id = "f1",
                                .name = "giấy.pdf",
                                .component = "c",
                                .media_type = "application/pdf",
                                .converted_from = "image/heic;sha256=" + kOriginal,
                                .sha256 = kAddress,
                                .size = 12,
                                .owner = "dossier:a",
                                .uploaded_at = contract::moment()},
                               std::nullopt));
}

StoreImage open(const std::string& path, StoreImage::Kind kind = StoreImage::Kind::still) {
  auto image = StoreImage::open(path, kind);
  EXPECT_TRUE(image) << image.error().message;
  return std::move(image).value();
}

TEST(StoreImage, SaysWhatIsInAStoreAndLeavesItAsItIs) {
  const TemporaryFolder folder;
  fill(folder.file());
  {
    const StoreImage image = open(folder.file());
    const auto facts = image.facts();
    ASSERT_TRUE(facts) << facts.error().message;
    EXPECT_EQ(facts->schema, newest_schema());
    EXPECT_EQ(facts->rows.at("dossier"), 3);
    EXPECT_EQ(facts->rows.at("event"), 9);
    ASSERT_TRUE(facts->last_event.has_value());
    EXPECT_EQ(facts->last_event->code, "H41.101.01-260820-0003");
    EXPECT_EQ(facts->last_event->type, "task_completed");
    EXPECT_EQ(facts->last_event->at, contract::moment(3));
    EXPECT_TRUE(image.check()->empty()) << image.check()->front().subject;
    const auto files = image.files();
    ASSERT_EQ(files->size(), 2U);
    EXPECT_EQ((*files)[0].sha256, kAddress);
    EXPECT_EQ((*files)[0].size, 12);
    EXPECT_EQ((*files)[1].sha256, kOriginal);
    EXPECT_FALSE((*files)[1].size.has_value());
    EXPECT_TRUE(*image.names(kAddress));
    EXPECT_TRUE(*image.names(kOriginal));
    EXPECT_FALSE(*image.names(std::string(64, 'c')));
  }
  int entries = 0;
  for ([[maybe_unused]] const auto& entry : std::filesystem::directory_iterator(folder.path())) {
    ++entries;
  }
  EXPECT_EQ(entries, 1) << "nothing appeared beside it";
}

TEST(StoreImage, SeesALiveStoreAsItWasWhenFirstLookedAt) {
  const TemporaryFolder folder;
  fill(folder.file());
  const auto store = *open_store(folder.file(), "H41");
  const StoreImage image = open(folder.file(), StoreImage::Kind::live);
  EXPECT_EQ(image.facts()->rows.at("dossier"), 3);
  ASSERT_TRUE(store->commit(contract::new_dossier("d", "dossier/H41.101.01/260820", 9)));
  EXPECT_EQ(image.facts()->rows.at("dossier"), 3);
  EXPECT_TRUE(image.check()->empty());
}

TEST(StoreImage, FindsWhatDisagrees) {
  const struct {
    const char* damage;
    StoreCheck found;
    const char* subject;
  } kDamages[]{
      {"DELETE FROM event WHERE dossier = 'b' AND sequence = 2", StoreCheck::events, "b"},
      {"DELETE FROM event WHERE dossier = 'b' AND sequence = 3", StoreCheck::events, "b"},
      {"UPDATE event SET sequence = 7 WHERE dossier = 'b' AND sequence = 3", StoreCheck::events,
       "b"},
      {"UPDATE dossier SET version = 4 WHERE id = 'c'", StoreCheck::events, "c"},
      {"DELETE FROM dossier WHERE id = 'a'", StoreCheck::orphans, "a"},
      {"INSERT INTO task SELECT tenant, agency, sort_at, 'x', activity, role, assignee, "
       "assignee_name, step, action, opened_at, due_at, dossier_due_at, received, paused, "
       "procedure FROM task LIMIT 1",
       StoreCheck::orphans, "x"},
      {"UPDATE running SET version = 2 WHERE dossier = 'b'", StoreCheck::running, "b"},
      {"DELETE FROM dossier_words WHERE rowid = (SELECT search_row FROM dossier WHERE id = 'b')",
       StoreCheck::search, "b"},
      {"UPDATE dossier SET code = 'H41.101.01-260820-0009' WHERE id = 'b'",
       StoreCheck::dossier_codes, "dossier/H41.101.01/260820"},
      {"UPDATE number_series SET last = 4", StoreCheck::dossier_codes, "dossier/H41.101.01/260820"},
      {"UPDATE event SET number = '' WHERE dossier = 'b'", StoreCheck::number_series, "H41"},
      {"UPDATE file SET sha256 = '../etc/passwd'", StoreCheck::file_addresses, "../etc/passwd"},
  };
  for (const auto& one : kDamages) {
    const TemporaryFolder folder;
    fill(folder.file());
    {
      const auto database = *Database::open(folder.file());
      ASSERT_TRUE(database->run("PRAGMA foreign_keys=OFF"));
      const auto damaged = database->run(one.damage);
      ASSERT_TRUE(damaged) << damaged.error().message;
    }
    const auto findings = open(folder.file()).check();
    ASSERT_TRUE(findings) << one.damage << ": " << findings.error().message;
    const bool found = std::ranges::any_of(*findings, [&](const StoreFinding& finding) {
      return finding.check == one.found && finding.subject == one.subject;
    });
    std::string told;
    for (const StoreFinding& finding : *findings) {
      told += std::to_string(static_cast<int>(finding.check)) + " " + finding.subject + "; ";
    }
    EXPECT_TRUE(found) << one.damage << " told of: " << told;
  }
}

TEST(StoreImage, ReadsStoresOfEarlierSchemas) {
  for (std::int64_t schema = 1; schema <= newest_schema(); ++schema) {
    const TemporaryFolder folder;
    {
      const auto database = *Database::open(folder.file());
      ASSERT_TRUE(migrate_to(*database, schema));
      const std::string file =
          "INSERT INTO file (tenant, id, name, component, media_type, converted_from, sha256, "
          "size, owner, uploaded_at) VALUES ('H41', 'f', '', '', '', 'image/heic;sha256=" +
          kOriginal + "', '" + kAddress + "', 5, '', 0)";
      ASSERT_TRUE(database->run(file.c_str()));
      // What the migration does of itself.
      if (schema >= 4) {
        ASSERT_TRUE(database->run("UPDATE file SET original = substr(converted_from, 19)"));
      }
    }
    const StoreImage image = open(folder.file());
    EXPECT_EQ(image.schema(), schema);
    const auto facts = image.facts();
    ASSERT_TRUE(facts) << schema << ": " << facts.error().message;
    EXPECT_EQ(facts->schema, schema);
    const auto checked = image.check();
    ASSERT_TRUE(checked) << schema << ": " << checked.error().message;
    EXPECT_TRUE(checked->empty()) << schema;
    const auto files = image.files();
    ASSERT_TRUE(files) << schema << ": " << files.error().message;
    EXPECT_EQ(files->size(), 2U) << schema;
    EXPECT_TRUE(*image.names(kOriginal)) << schema;
  }
}

TEST(StoreImage, TellsWhyItCannotBeRead) {
  const TemporaryFolder folder;
  const auto open_still = [&] { return StoreImage::open(folder.file(), StoreImage::Kind::still); };
  EXPECT_EQ(open_still().error().code, base::FaultCode::not_found);
  {
    std::ofstream(folder.file()) << std::string(9'000, 'x');
  }
  EXPECT_EQ(open_still().error().code, base::FaultCode::corrupt);
  std::filesystem::remove(folder.file());
  {
    ASSERT_TRUE((*Database::open(folder.file()))->run("CREATE TABLE other (x)"));
  }
  EXPECT_EQ(open_still().error().code, base::FaultCode::corrupt);
  std::filesystem::remove(folder.file());
  {
    ASSERT_TRUE(open_store(folder.file(), "H41"));
  }
  ASSERT_TRUE((*Database::open(folder.file()))->run("INSERT INTO schema_version VALUES (999)"));
  EXPECT_EQ(open_still().error().code, base::FaultCode::invalid);
}

}  // namespace
}  // namespace storage::sqlite
