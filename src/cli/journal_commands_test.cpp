// The commands of the journal, asked of the program itself on a folder of invented dossiers.
#include <cstdio>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <sstream>
#include <string>

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <sys/wait.h>
#include <unistd.h>

#include "cli/demo_seed.h"
#include "cli/journal_keys.h"
#include "journal/checkpoint.h"
#include "journal/compact_range.h"
#include "journal/proof_file.h"
#include "journal/tiles_export.h"

namespace cli {
namespace {

namespace fs = std::filesystem;
using testing::HasSubstr;
using testing::StartsWith;

std::string read(const fs::path& file) {
  std::ifstream in(file, std::ios::binary);
  std::ostringstream text;
  text << in.rdbuf();
  return text.str();
}

class JournalCommands : public testing::Test {
 protected:
  struct Ran {
    int status = -1;
    std::string out;
    std::string err;
  };

  static void SetUpTestSuite() {
    // In memory where the system offers that: nothing here is about disks.
    const fs::path memory = "/dev/shm";
    std::string pattern =
        (fs::exists(memory) ? memory : fs::temp_directory_path()) / "motcua-journal-XXXXXX";
    folder_ = ::mkdtemp(pattern.data());
    const auto data = DataFolder::open(folder_ / "data");
    ASSERT_TRUE(data);
    const auto shipped = find_shipped();
    ASSERT_TRUE(shipped) << shipped.error().message;
    const calendar::Instant until{std::chrono::milliseconds{1'795'000'000'000}};
    calendar::ManualClock clock{until - std::chrono::days{31}};
    auto office = Office::open(*data, *shipped, clock, {});
    ASSERT_TRUE(office) << office.error().message;
    const auto seeded =
        seed_demo(**office, clock, until, {.dossiers = 60, .seed = 3, .days = 30}, [&](int) {
          const auto head = (*office)->sealing().seal(clock.now());
          ASSERT_TRUE(head) << head.error().message;
          if (!head->has_value()) return;
          std::ofstream{folder_ / "kept", std::ios::binary} << (*head)->checkpoint;
        });
    ASSERT_TRUE(seeded);
    const auto head = (*office)->sealing().seal(clock.now());
    ASSERT_TRUE(head) << head.error().message;
    const auto named =
        (*office)->workplace().store.each_record([](const casework::JournalRecord& record) {
          if (record.type == "filed") code_ = record.number;
          return code_.empty();
        });
    ASSERT_TRUE(named);
    ASSERT_FALSE(code_.empty());
    dossiers_ = seeded->filed;
  }
  static void TearDownTestSuite() {
    std::error_code ignored;
    fs::remove_all(folder_, ignored);
  }

  static Ran motcua(const std::string& words) {
    const fs::path errors = folder_ / "err";
    const std::string command = "cd / && '" + std::string{MOTCUA_BINARY} + "' journal " + words +
                                " 2>'" + errors.string() + "'";
    Ran ran;
    FILE* pipe = ::popen(command.c_str(), "r");
    char buffer[4096];
    while (const std::size_t size = std::fread(buffer, 1, sizeof buffer, pipe)) {
      ran.out.append(buffer, size);
    }
    const int ended = ::pclose(pipe);
    ran.status = WIFEXITED(ended) ? WEXITSTATUS(ended) : -1;
    ran.err = read(errors);
    return ran;
  }
  static std::string data() { return "--data '" + (folder_ / "data").string() + "' "; }
  static std::string path(const char* name) { return "'" + (folder_ / name).string() + "' "; }
  static std::string keys() { return "--key " + path("data/journal.keys"); }

  static inline fs::path folder_;
  static inline std::string code_;
  static inline std::int64_t dossiers_ = 0;
};

TEST_F(JournalCommands, VerifyFindsAWholeStoreWhole) {
  const Ran ran = motcua("verify " + data() + "--json --checkpoint " + path("kept") + keys());
  EXPECT_EQ(ran.status, 0) << ran.out;
  EXPECT_EQ(ran.err, "");
  const auto json = base::parse_json(ran.out);
  ASSERT_TRUE(json);
  EXPECT_TRUE(base::bool_or(*json, "whole"));
  EXPECT_EQ(base::int_or(*json, "first_bad_index"), -1);
  EXPECT_GT(base::int_or(*json, "leaves"), 100);
  EXPECT_EQ(base::int_or(*json, "dossiers"), dossiers_);
  EXPECT_GE(base::int_or(*json, "heads"), 3);
  const Ran words = motcua("verify " + data());
  EXPECT_EQ(words.status, 0);
  EXPECT_THAT(words.out, StartsWith("Sổ ghi nguyên vẹn"));
  EXPECT_THAT(words.out, HasSubstr("--checkpoint"));
}

TEST_F(JournalCommands, VerifyTellsOfACheckpointThatIsNotOfThisTree) {
  const auto key = journal::SigningKey::parse(read(folder_ / "data/journal.key"));
  ASSERT_TRUE(key);
  std::ofstream{folder_ / "other", std::ios::binary} << journal::sign_checkpoint(
      {.origin = key->verifier().name, .size = 20, .root = journal::hash_leaf("other")}, *key);
  const Ran ran = motcua("verify " + data() + "--lang en --no-rows --checkpoint " + path("other"));
  EXPECT_EQ(ran.status, 1) << ran.out;
  EXPECT_THAT(ran.out, HasSubstr("the signed head is not of this tree"));
  EXPECT_THAT(ran.out, HasSubstr("First bad index: 0."));
}

TEST_F(JournalCommands, ProofsHoldWithoutTheStore) {
  const std::string proof = path("proof");
  Ran ran = motcua("prove " + data() + code_ + " --out " + proof);
  EXPECT_EQ(ran.status, 0) << ran.err;
  EXPECT_EQ(ran.out, "");
  ran = motcua("check-proof " + proof + keys());
  EXPECT_EQ(ran.status, 0) << ran.out << ran.err;
  EXPECT_THAT(ran.out, StartsWith("good: "));
  EXPECT_THAT(ran.out, HasSubstr("filed"));

  ran = motcua("prove " + data() + code_ + " --opening --sequence 2");
  EXPECT_EQ(ran.status, 0) << ran.err;
  EXPECT_THAT(ran.out, HasSubstr("\nsalt "));
  std::ofstream{folder_ / "opened", std::ios::binary} << ran.out;
  ran = motcua("check-proof --json " + path("opened") + keys());
  EXPECT_EQ(ran.status, 0) << ran.out;
  EXPECT_THAT(ran.out, HasSubstr(R"("judgement":"good")"));

  std::string changed = read(folder_ / "proof");
  const std::size_t at = changed.find("\nat 1") + 5;
  changed[at] = changed[at] == '7' ? '8' : '7';
  std::ofstream{folder_ / "changed", std::ios::binary} << changed;
  ran = motcua("check-proof " + path("changed") + keys());
  EXPECT_EQ(ran.status, 1);
  EXPECT_THAT(ran.out, StartsWith("bad: not-in-tree: "));
  std::ofstream{folder_ / "changed", std::ios::binary} << "nonsense";
  ran = motcua("check-proof " + path("changed") + keys());
  EXPECT_EQ(ran.status, 1);
  EXPECT_THAT(ran.out, StartsWith("bad: malformed: "));
}

// A witness who has only the files makes the same root, also after the tree has grown.
TEST_F(JournalCommands, ExportCarriesTheWholeTree) {
  Ran ran = motcua("export " + data() + path("tiles") + "--json");
  ASSERT_EQ(ran.status, 0) << ran.err;
  const auto head = journal::parse_checkpoint(read(folder_ / "tiles/checkpoint"));
  ASSERT_TRUE(head);
  journal::CompactRange hashes;
  journal::CompactRange leaves;
  for (const auto& file : journal::files_between(0, head->head.size)) {
    const std::string text = read(folder_ / "tiles" / file.path());
    if (file.level == 0) {
      for (std::size_t at = 0; at < text.size(); at += 32) {
        hashes.append(*journal::hash_from(std::string_view{text}.substr(at, 32)));
      }
    }
    if (file.level == journal::ExportFile::kEntriesLevel) {
      const auto entries = journal::parse_entries(text);
      ASSERT_TRUE(entries);
      for (const std::string_view leaf : *entries) leaves.append(journal::hash_leaf(leaf));
    }
  }
  EXPECT_EQ(hashes.size(), head->head.size);
  EXPECT_EQ(hashes.root(), head->head.root);
  EXPECT_EQ(leaves.root(), head->head.root);
  EXPECT_EQ(read(folder_ / "tiles/keys"), read(folder_ / "data/journal.keys"));

  ran = motcua("export " + data() + path("tiles") + "--json");
  EXPECT_EQ(ran.status, 0);
  EXPECT_THAT(ran.out, HasSubstr(R"("files_written":0)"));
  // Somebody else's folder is not written over.
  const auto key = journal::SigningKey::parse(read(folder_ / "data/journal.key"));
  std::ofstream{folder_ / "tiles/checkpoint", std::ios::binary} << journal::sign_checkpoint(
      {.origin = key->verifier().name, .size = 20, .root = journal::hash_leaf("other")}, *key);
  ran = motcua("export " + data() + path("tiles"));
  EXPECT_EQ(ran.status, 3);
  EXPECT_THAT(ran.err, HasSubstr("motcua journal verify"));
}

TEST_F(JournalCommands, KeyPrintsTheVerifierKeys) {
  const Ran ran = motcua("key " + data());
  EXPECT_EQ(ran.status, 0);
  EXPECT_EQ(ran.out, read(folder_ / "data/journal.keys"));
}

TEST_F(JournalCommands, WhatIsNotThereIsAFaultAndNothingIsMade) {
  for (const char* words : {"verify", "key", "export", "prove"}) {
    std::string command = std::string{words} + " --data /nonexistent/motcua ";
    if (std::string_view{words} == "export") command += path("nowhere");
    if (std::string_view{words} == "prove") command += "H41-1";
    const Ran ran = motcua(command);
    EXPECT_EQ(ran.status, 3) << words;
    EXPECT_EQ(ran.out, "") << words;
    EXPECT_THAT(ran.err, HasSubstr("/nonexistent/motcua")) << words;
  }
  EXPECT_FALSE(fs::exists(folder_ / "nowhere"));
  EXPECT_EQ(motcua("prove " + data() + "H41-no-such-code").status, 3);
  EXPECT_EQ(motcua("check-proof " + path("data/journal.key") + "--key " + path("data/journal.key"))
                .status,
            2)
      << "a secret key is no verifier key";
  EXPECT_EQ(motcua("verify").status, 2);
}

}  // namespace
}  // namespace cli
