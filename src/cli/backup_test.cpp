// Backup, restore and verify on folders of their own, and what they say to each kind of damage.
#include "cli/backup.h"

#include <cstdlib>
#include <fstream>

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <sys/stat.h>

#include "base/json.h"
#include "base/random.h"
#include "casework/test_commits.h"
#include "cli/backup_place.h"
#include "cli/data_folder.h"
#include "cli/restore.h"
#include "cli/verify.h"
#include "storage/disk_file_store.h"
#include "storage/sqlite/database.h"
#include "storage/sqlite/migrations.h"
#include "storage/sqlite/sqlite_store.h"

namespace cli {
namespace {

namespace fs = std::filesystem;
namespace contract = storage::contract;
using testing::ElementsAre;
using testing::IsEmpty;

class Backups : public testing::Test {
 protected:
  Backups() {
    std::string name = (fs::temp_directory_path() / "motcua-XXXXXX").string();
    root_ = ::mkdtemp(name.data());
    EXPECT_TRUE(DataFolder::open(data()));
  }
  ~Backups() override {
    std::error_code ignored;
    fs::remove_all(root_, ignored);
  }

  [[nodiscard]] fs::path data() const { return root_ / "data"; }
  [[nodiscard]] fs::path to() const { return root_ / "backups"; }
  [[nodiscard]] fs::path fresh() const { return root_ / "fresh"; }

  std::unique_ptr<casework::Store> store() {
    return *storage::sqlite::open_store((data() / "motcua.db").string(), "H41");
  }
  // A dossier with one paper; the paper's address.
  std::string file_dossier(casework::Store& store, const std::string& id) {
    const auto files = *storage::open_disk_files(data() / "files");
    const std::string bytes = "giấy tờ " + id;
    const std::string address = *files->put(bytes);
    EXPECT_TRUE(store.save_file({.id = "f-" + id,
                                 .name = "giấy.pdf",
                                 .component = "c",
                                 .media_type = "application/pdf",
                                 .converted_from = {},
                                 .sha256 = address,
                                 .size = static_cast<std::int64_t>(bytes.size()),
                                 .owner = "dossier:" + id,
                                 .uploaded_at = contract::moment()},
                                std::nullopt));
    EXPECT_TRUE(store.commit(contract::new_dossier(id)));
    return address;
  }
  base::Outcome<BackupDone> back_up(int keep = 0) {
    clock_.advance(std::chrono::minutes{1});
    return take_backup({.data = data(), .to = to(), .keep = keep}, clock_);
  }
  BackupPlace place() { return *BackupPlace::open(to()); }
  std::vector<Disorder> disorders(const std::string& generation) {
    const auto verified = verify_generation(place(), generation, Papers::read);
    EXPECT_TRUE(verified) << verified.error().message;
    return kinds_of(verified->findings);
  }
  static std::vector<Disorder> kinds_of(const std::vector<Finding>& findings) {
    std::vector<Disorder> kinds;
    for (const Finding& finding : findings) kinds.push_back(finding.disorder);
    return kinds;
  }
  base::Outcome<Restored> restore_to_fresh(RestoreOptions options = {}) {
    options.from = to();
    options.data = fresh();
    return restore(options, clock_);
  }
  static std::string text_of(const fs::path& file) { return *read_text(file); }
  static void write(const fs::path& file, const std::string& text) {
    std::ofstream(file, std::ios::binary) << text;
  }
  static fs::path paper_in(const fs::path& folder, const std::string& address) {
    return folder / "files" / address.substr(0, 2) / address;
  }
  // After a part was changed on purpose: the manifest and the sums say what is there now.
  void make_sums_agree(const fs::path& generation) {
    BackupManifest manifest = *parse_manifest(text_of(generation / kManifestName));
    for (ManifestFile& file : manifest.files) file = *measure_file(generation / file.name);
    write(generation / kManifestName, to_text(manifest));
    std::vector<ManifestFile> summed = manifest.files;
    summed.push_back(*measure_file(generation / kManifestName));
    write(generation / kSumsName, to_sums(summed));
  }

  fs::path root_;
  calendar::ManualClock clock_{contract::moment(60)};
};

TEST_F(Backups, HoldStorePapersAndKeysAndGiveThemBack) {
  const auto live = store();
  const std::string paper = file_dossier(*live, "a");
  const auto done = back_up();
  ASSERT_TRUE(done) << done.error().message;
  EXPECT_THAT(done->findings, IsEmpty());
  EXPECT_EQ(done->generation, "2026-08-20T040100Z");
  EXPECT_EQ(done->papers_copied, 1);
  EXPECT_EQ(done->manifest.rows.at("dossier"), 1);
  EXPECT_EQ(done->manifest.last_event->code, "H41.101.01-260820-0001");
  const fs::path generation = to() / done->generation;
  struct stat facts{};
  for (const char* name : {"motcua.db", "secret.key", "manifest.json", "SHA256SUMS"}) {
    ASSERT_EQ(::stat((generation / name).c_str(), &facts), 0) << name;
    EXPECT_EQ(facts.st_mode & 0777U, 0600U) << name;
  }
  EXPECT_THAT(disorders(done->generation), IsEmpty());

  const auto restored = restore_to_fresh();
  ASSERT_TRUE(restored) << restored.error().message;
  ASSERT_TRUE(restored->done);
  EXPECT_EQ(restored->verified.papers, 1);
  EXPECT_EQ(text_of(paper_in(fresh(), paper)), "giấy tờ a");
  EXPECT_EQ(text_of(fresh() / "secret.key"), text_of(data() / "secret.key"));
  ASSERT_EQ(::stat((fresh() / "secret.key").c_str(), &facts), 0);
  EXPECT_EQ(facts.st_mode & 0777U, 0600U);
  EXPECT_FALSE(fs::exists(fresh() / ".restore"));
  EXPECT_TRUE(verify_data(fresh())->good());
  const auto again = *storage::sqlite::open_store((fresh() / "motcua.db").string(), "H41");
  const auto next = again->commit(contract::new_dossier("b"));
  ASSERT_TRUE(next);
  EXPECT_EQ(next->numbers.at(0), "H41.101.01-260820-0002") << "codes go on";
}

TEST_F(Backups, CopyAPaperOnce) {
  const auto live = store();
  file_dossier(*live, "a");
  ASSERT_EQ(back_up()->papers_copied, 1);
  EXPECT_EQ(back_up()->papers_copied, 0);
  const std::string second = file_dossier(*live, "b");
  EXPECT_EQ(back_up()->papers_copied, 1);
  // One that is there with another length is copied again.
  write(paper_in(to(), second), "gi");
  EXPECT_EQ(back_up()->papers_copied, 1);
  EXPECT_EQ(text_of(paper_in(to(), second)), "giấy tờ b");
  const auto two = take_backup({.data = data(), .to = to(), .keep = 0}, clock_);
  EXPECT_TRUE(two->generation.ends_with("Z-2")) << "two of one second have two names";
  EXPECT_EQ(*place().choose(""), two->generation) << "and the later one is the newest";
}

TEST_F(Backups, KeepSoManyGenerationsAndThePapersThatTheyName) {
  const auto live = store();
  const std::string first = file_dossier(*live, "a");
  ASSERT_TRUE(back_up());
  {
    const auto database = *storage::sqlite::Database::open((data() / "motcua.db").string());
    ASSERT_TRUE(database->run("DELETE FROM file; DELETE FROM dossier_file;"));
  }
  const std::string second = file_dossier(*live, "b");
  const auto both = back_up(2);
  EXPECT_THAT(both->pruned, IsEmpty());
  EXPECT_EQ(both->papers_pruned, 0);
  const auto one = back_up(1);
  EXPECT_EQ(one->pruned.size(), 2U);
  EXPECT_EQ(one->papers_pruned, 1);
  EXPECT_FALSE(fs::exists(paper_in(to(), first)));
  EXPECT_TRUE(fs::exists(paper_in(to(), second)));
  EXPECT_THAT(place().generations(), ElementsAre(one->generation));
  EXPECT_THAT(disorders(one->generation), IsEmpty());
}

TEST_F(Backups, TakeNoPaperAwayWhileAnImageCannotBeRead) {
  const auto live = store();
  const std::string paper = file_dossier(*live, "a");
  const auto first = back_up();
  write(to() / first->generation / "motcua.db", "spoilt");
  {
    const auto database = *storage::sqlite::Database::open((data() / "motcua.db").string());
    ASSERT_TRUE(database->run("DELETE FROM file; DELETE FROM dossier_file;"));
  }
  const auto done = back_up(5);
  ASSERT_TRUE(done);
  EXPECT_THAT(kinds_of(done->findings), ElementsAre(Disorder::store_unreadable));
  EXPECT_TRUE(fs::exists(paper_in(to(), paper)));
}

TEST_F(Backups, TellOfAPaperThatTheFolderHasLostAndSaveTheRest) {
  const auto live = store();
  const std::string gone = file_dossier(*live, "a");
  const std::string spoilt = file_dossier(*live, "b");
  const std::string whole = file_dossier(*live, "c");
  fs::remove(paper_in(data(), gone));
  write(paper_in(data(), spoilt), "giấy tờ x");
  EXPECT_THAT(kinds_of(verify_data(data())->findings),
              testing::UnorderedElementsAre(Disorder::paper_missing, Disorder::paper_changed));
  const auto done = back_up();
  ASSERT_TRUE(done) << done.error().message;
  EXPECT_THAT(done->manifest.missing, testing::UnorderedElementsAre(gone, spoilt));
  EXPECT_EQ(done->findings.size(), 2U);
  EXPECT_FALSE(fs::exists(paper_in(to(), spoilt))) << "nothing spoilt gets in";

  const auto refused = restore_to_fresh();
  ASSERT_TRUE(refused) << refused.error().message;
  EXPECT_FALSE(refused->done);
  EXPECT_EQ(refused->verified.findings.size(), 2U);
  EXPECT_FALSE(fs::exists(fresh() / "motcua.db"));
  EXPECT_FALSE(fs::exists(fresh() / ".restore"));
  const auto accepted = restore_to_fresh(
      {.from = {}, .generation = {}, .data = {}, .force = false, .accept_losses = true});
  ASSERT_TRUE(accepted) << accepted.error().message;
  EXPECT_TRUE(accepted->done);
  EXPECT_EQ(text_of(paper_in(fresh(), whole)), "giấy tờ c");
}

TEST_F(Backups, BeginAnewWhereAPaperIsErasedInBetween) {
  const auto live = store();
  const std::string kept = file_dossier(*live, "a");
  const std::string erased = file_dossier(*live, "b");
  bool done_once = false;
  const auto done = take_backup(
      {.data = data(), .to = to(), .keep = 0}, clock_,
      [&](BackupStage stage, std::int64_t, std::int64_t) {
        if (stage != BackupStage::papers || std::exchange(done_once, true)) return;
        const auto database = *storage::sqlite::Database::open((data() / "motcua.db").string());
        ASSERT_TRUE(database->run("DELETE FROM file WHERE id = 'f-b'; DELETE FROM dossier_file"));
        fs::remove(paper_in(data(), erased));
      });
  ASSERT_TRUE(done) << done.error().message;
  EXPECT_THAT(done->findings, IsEmpty());
  EXPECT_EQ(done->manifest.papers, 1);
  EXPECT_THAT(place().generations(), ElementsAre(done->generation));
  EXPECT_THAT(disorders(done->generation), IsEmpty());
  EXPECT_TRUE(fs::exists(paper_in(to(), kept)));
}

TEST_F(Backups, ClearWhatAKilledOneLeft) {
  const auto live = store();
  file_dossier(*live, "a");
  const auto first = back_up();
  fs::create_directories(to() / ".unfinished-2026-08-20T040200Z");
  write(to() / ".unfinished-2026-08-20T040200Z" / "motcua.db", "half");
  fs::create_directories(to() / ".going-2026-08-19T040200Z");
  EXPECT_THAT(place().generations(), ElementsAre(first->generation)) << "half is none";
  const auto second = back_up();
  ASSERT_TRUE(second) << second.error().message;
  EXPECT_FALSE(fs::exists(to() / ".unfinished-2026-08-20T040200Z"));
  EXPECT_FALSE(fs::exists(to() / ".going-2026-08-19T040200Z"));
  EXPECT_THAT(place().generations(), ElementsAre(first->generation, second->generation));
}

TEST_F(Backups, AreRefusedWhereTheyCannotBe) {
  const auto nowhere = take_backup({.data = root_ / "none", .to = to(), .keep = 0}, clock_);
  ASSERT_FALSE(nowhere);
  EXPECT_EQ(nowhere.error().code, base::FaultCode::not_found);
  EXPECT_FALSE(fs::exists(to()));
  EXPECT_FALSE(fs::exists(root_ / "none"));
  {
    store();
  }
  for (const fs::path& inside : {data() / "backups", data(), data() / "files", root_}) {
    const auto nested = take_backup({.data = data(), .to = inside, .keep = 0}, clock_);
    ASSERT_FALSE(nested) << inside;
    EXPECT_EQ(nested.error().code, base::FaultCode::invalid) << inside;
  }
  ASSERT_TRUE(back_up());
  const auto held = *place().hold();
  const auto second = back_up();
  ASSERT_FALSE(second);
  EXPECT_EQ(second.error().code, base::FaultCode::conflict);
}

TEST_F(Backups, AreFoundDamagedWhateverWasDone) {
  const auto live = store();
  const std::string paper = file_dossier(*live, "a");
  file_dossier(*live, "b");
  const std::string name = back_up()->generation;
  const fs::path generation = to() / name;
  const auto flip = [](const fs::path& file, std::size_t at) {
    std::string text = text_of(file);
    text.at(at) = static_cast<char>(text.at(at) ^ 1);
    write(file, text);
  };
  const struct {
    const char* what;
    std::function<void()> damage;
    Disorder found;
    fs::path file;
  } kDamages[]{
      {"a byte of the image", [&] { flip(generation / "motcua.db", 5000); }, Disorder::part_changed,
       generation / "motcua.db"},
      {"the image cut short", [&] { fs::resize_file(generation / "motcua.db", 8192); },
       Disorder::part_changed, generation / "motcua.db"},
      {"no image", [&] { fs::remove(generation / "motcua.db"); }, Disorder::part_missing,
       generation / "motcua.db"},
      {"a byte of a paper", [&] { flip(paper_in(to(), paper), 3); }, Disorder::paper_changed,
       paper_in(to(), paper)},
      {"a paper cut short", [&] { fs::resize_file(paper_in(to(), paper), 2); },
       Disorder::paper_changed, paper_in(to(), paper)},
      {"a paper gone", [&] { fs::remove(paper_in(to(), paper)); }, Disorder::paper_missing,
       paper_in(to(), paper)},
      {"a key changed", [&] { flip(generation / "secret.key", 7); }, Disorder::part_changed,
       generation / "secret.key"},
      {"a key gone", [&] { fs::remove(generation / "secret.key"); }, Disorder::part_missing,
       generation / "secret.key"},
      {"no manifest", [&] { fs::remove(generation / kManifestName); },
       Disorder::manifest_unreadable, generation / kManifestName},
      {"a manifest of nonsense", [&] { write(generation / kManifestName, "{\"a\":1}"); },
       Disorder::manifest_unreadable, generation / kManifestName},
      {"a manifest that leads elsewhere",
       [&] {
         BackupManifest manifest = *parse_manifest(text_of(generation / kManifestName));
         manifest.files[0].name = "../../data/motcua.db";
         write(generation / kManifestName, to_text(manifest));
       },
       Disorder::manifest_unreadable, generation / kManifestName},
      {"a digit of the manifest",
       [&] {
         std::string text = text_of(generation / kManifestName);
         text.at(text.find("\"dossier\":2") + 10) = '3';
         write(generation / kManifestName, text);
       },
       Disorder::manifest_changed, generation / kManifestName},
      {"no sums", [&] { fs::remove(generation / kSumsName); }, Disorder::part_missing,
       generation / kSumsName},
      {"a digit of the sums", [&] { flip(generation / kSumsName, 1); }, Disorder::manifest_changed,
       generation / kSumsName},
  };
  for (const auto& one : kDamages) {
    EXPECT_THAT(disorders(name), IsEmpty()) << "before " << one.what;
    const std::string before = text_of(one.file);
    one.damage();
    EXPECT_THAT(disorders(name), testing::Contains(one.found)) << one.what;
    const auto refused = restore_to_fresh();
    ASSERT_TRUE(refused) << one.what << ": " << refused.error().message;
    EXPECT_FALSE(refused->done) << one.what;
    EXPECT_FALSE(fs::exists(fresh() / "motcua.db")) << one.what;
    write(one.file, before);
  }
}

TEST_F(Backups, WithAManifestOfAnotherStoreAreFoundOut) {
  const auto live = store();
  file_dossier(*live, "a");
  const std::string first = back_up()->generation;
  file_dossier(*live, "b");
  const std::string second = back_up()->generation;
  // Somebody swaps the images and makes every sum agree.
  fs::copy_file(to() / first / "motcua.db", to() / second / "motcua.db",
                fs::copy_options::overwrite_existing);
  make_sums_agree(to() / second);
  EXPECT_THAT(disorders(second), ElementsAre(Disorder::manifest_disagrees));
}

TEST_F(Backups, WhoseImageWasWrittenInAreFoundOutByTheImageItself) {
  const auto live = store();
  file_dossier(*live, "a");
  const std::string name = back_up()->generation;
  const fs::path image = to() / name / "motcua.db";
  {
    const auto database = *storage::sqlite::Database::open(image.string());
    ASSERT_TRUE(database->run("UPDATE event SET payload = '{\"a\":2}' WHERE sequence = 1"));
  }
  make_sums_agree(to() / name);
  EXPECT_THAT(disorders(name), testing::Contains(Disorder::journal_damaged));
  {
    const auto database = *storage::sqlite::Database::open(image.string());
    ASSERT_TRUE(database->run("DELETE FROM event WHERE sequence = 2"));
  }
  make_sums_agree(to() / name);
  EXPECT_THAT(disorders(name), testing::Contains(Disorder::events_disagree));
}

// A changed byte of a page that no sum covers is found by the page's own content or not at all:
// what the sums cover is found always.
TEST_F(Backups, AreFoundDamagedAtAnyByteOfTheImage) {
  const auto live = store();
  file_dossier(*live, "a");
  const std::string name = back_up()->generation;
  const fs::path image = to() / name / "motcua.db";
  const std::string whole = text_of(image);
  base::SeededRandom random(20'260'820);
  for (int i = 0; i < 25; ++i) {
    std::string text = whole;
    const std::size_t at = random.below(text.size());
    text[at] = static_cast<char>(text[at] ^ (1 << random.below(8)));
    write(image, text);
    EXPECT_THAT(disorders(name), testing::Contains(Disorder::part_changed)) << at;
    // With sums made to agree it may be found or not, but never crashes.
    make_sums_agree(to() / name);
    disorders(name);
  }
}

TEST_F(Backups, AreRestoredIntoAnEmptyFolderOnly) {
  const auto live = store();
  file_dossier(*live, "a");
  ASSERT_TRUE(back_up());
  ASSERT_TRUE(restore_to_fresh()->done);
  const auto again = restore_to_fresh();
  ASSERT_FALSE(again);
  EXPECT_EQ(again.error().code, base::FaultCode::conflict);
  const auto forced = restore_to_fresh(
      {.from = {}, .generation = {}, .data = {}, .force = true, .accept_losses = false});
  ASSERT_TRUE(forced) << forced.error().message;
  EXPECT_TRUE(forced->done);
  EXPECT_EQ(forced->moved_to.string(), fresh().string() + ".before-2026-08-20T040100Z");
  EXPECT_TRUE(verify_data(forced->moved_to)->good());
  EXPECT_TRUE(verify_data(fresh())->good());
  // A server at work there.
  const DataFolder folder = *DataFolder::open(fresh());
  const FolderHold hold = *folder.hold();
  const auto in_use = restore_to_fresh(
      {.from = {}, .generation = {}, .data = {}, .force = true, .accept_losses = false});
  ASSERT_FALSE(in_use);
  EXPECT_THAT(in_use.error().message, testing::HasSubstr("in use by another motcua"));
}

TEST_F(Backups, AreNotPrunedWhileTheyAreRestored) {
  {
    store();
  }
  ASSERT_TRUE(back_up());
  {
    const auto pruning = *place().hold();
    const auto refused = restore_to_fresh();
    ASSERT_FALSE(refused);
    EXPECT_EQ(refused.error().code, base::FaultCode::conflict);
  }
  EXPECT_TRUE(restore_to_fresh()->done);
}

TEST_F(Backups, MoveTheOldFolderBackWhereThePapersAreLost) {
  const auto live = store();
  const std::string paper = file_dossier(*live, "a");
  ASSERT_TRUE(back_up());
  ASSERT_TRUE(restore_to_fresh()->done);
  write(fresh() / "mine.txt", "x");
  fs::remove(paper_in(to(), paper));
  const auto refused = restore_to_fresh(
      {.from = {}, .generation = {}, .data = {}, .force = true, .accept_losses = false});
  ASSERT_TRUE(refused) << refused.error().message;
  EXPECT_FALSE(refused->done);
  EXPECT_TRUE(refused->moved_to.empty());
  EXPECT_EQ(text_of(fresh() / "mine.txt"), "x");
  EXPECT_TRUE(verify_data(fresh())->good());
}

TEST_F(Backups, AreRestoredAnewWhereARestoreWasKilled) {
  const auto live = store();
  const std::string paper = file_dossier(*live, "a");
  ASSERT_TRUE(back_up());
  // Killed after the papers were in their place and before the store was.
  fs::create_directories(fresh() / ".restore");
  write(fresh() / ".restore" / "motcua.db", "half");
  fs::create_directories(fresh() / "files" / "ab");
  write(fresh() / "secret.key", "other");
  const auto restored = restore_to_fresh();
  ASSERT_TRUE(restored) << restored.error().message;
  EXPECT_TRUE(restored->done);
  EXPECT_TRUE(verify_data(fresh())->good());
  EXPECT_TRUE(fs::exists(paper_in(fresh(), paper)));
}

TEST_F(Backups, OfEarlierSchemasAreRestoredAsTheyAreAndOfNewerOnesRefused) {
  {
    const auto database = *storage::sqlite::Database::open((data() / "motcua.db").string());
    ASSERT_TRUE(storage::sqlite::migrate_to(*database, 2));
  }
  const auto done = back_up();
  ASSERT_TRUE(done) << done.error().message;
  EXPECT_EQ(done->manifest.schema, 2);
  ASSERT_TRUE(restore_to_fresh()->done);
  EXPECT_EQ(verify_data(fresh())->manifest.schema, 2);
  EXPECT_TRUE(storage::sqlite::open_store((fresh() / "motcua.db").string(), "H41"))
      << "brought up at the next start";
  {
    const auto database = *storage::sqlite::Database::open((data() / "motcua.db").string());
    ASSERT_TRUE(database->run("INSERT INTO schema_version VALUES (999)"));
  }
  const auto newer = back_up();
  ASSERT_FALSE(newer);
  EXPECT_EQ(newer.error().code, base::FaultCode::invalid);
}

TEST_F(Backups, AreChosenByName) {
  {
    store();
  }
  const std::string first = back_up()->generation;
  const std::string second = back_up()->generation;
  EXPECT_EQ(*place().choose(""), second);
  EXPECT_EQ(*place().choose(first), first);
  const auto unknown = place().choose("2020-01-01T000000Z");
  ASSERT_FALSE(unknown);
  EXPECT_THAT(unknown.error().message, testing::HasSubstr(first));
  fs::create_directories(root_ / "empty");
  EXPECT_EQ(BackupPlace::open(root_ / "empty").error().code, base::FaultCode::not_found);
  EXPECT_EQ(BackupPlace::open(root_ / "none").error().code, base::FaultCode::not_found);
}

TEST_F(Backups, AreReadFromAMediumThatNobodyCanWriteTo) {
  const auto live = store();
  file_dossier(*live, "a");
  ASSERT_TRUE(back_up());
  fs::remove(to() / "lock");
  std::vector<fs::path> before;
  for (const auto& entry : fs::recursive_directory_iterator(to())) before.push_back(entry.path());
  EXPECT_THAT(disorders(place().generations().back()), IsEmpty());
  ASSERT_TRUE(restore_to_fresh()->done);
  std::vector<fs::path> after;
  for (const auto& entry : fs::recursive_directory_iterator(to())) after.push_back(entry.path());
  EXPECT_THAT(after, testing::UnorderedElementsAreArray(before)) << "nothing was written";
}

TEST(BackupManifests, SurviveTheirText) {
  BackupManifest manifest;
  manifest.program = "0.1.0";
  manifest.engine = "sqlite";
  manifest.schema = 3;
  manifest.taken_at = contract::moment();
  manifest.files = {{.name = "motcua.db", .size = 12, .sha256 = std::string(64, 'a')}};
  manifest.rows = {{"dossier", 1}, {"event", 2}};
  manifest.last_event = {.at = contract::moment(1), .code = "H41-1", .type = "filed"};
  manifest.head = "motcua/H41\n12\nabc\n";
  manifest.papers = 3;
  manifest.paper_bytes = 4;
  manifest.missing = {std::string(64, 'b')};
  const auto read = parse_manifest(to_text(manifest));
  ASSERT_TRUE(read) << read.error().message;
  EXPECT_EQ(to_text(*read), to_text(manifest));
  EXPECT_EQ(read->files, manifest.files);
  EXPECT_EQ(read->rows, manifest.rows);
  for (const char* bad : {"", "{", "[]", "{}", R"({"format":"motcua-backup-v2"})",
                          R"({"format":"motcua-backup-v1","taken_at":"gestern"})"}) {
    EXPECT_FALSE(parse_manifest(bad)) << bad;
  }
  EXPECT_TRUE(parse_sums(to_sums(manifest.files)));
  for (const char* bad : {"x", "abc  file\n", "\n"}) EXPECT_FALSE(parse_sums(bad)) << bad;
  EXPECT_FALSE(parse_sums(std::string(64, 'a') + "  ../x\n"));
}

TEST(BackupNames, AreMomentsInUtc) {
  EXPECT_EQ(generation_name(*calendar::parse_instant("2026-08-20T10:00:00+07:00")),
            "2026-08-20T030000Z");
  EXPECT_EQ(generation_name(*calendar::parse_instant("2026-01-01T06:59:59.999+07:00")),
            "2025-12-31T235959Z");
}

}  // namespace
}  // namespace cli
