// Every hostile file gets its verdict, in a process like the server's, within time and memory.
#include <algorithm>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <iostream>
#include <iterator>
#include <set>

#include <boost/json.hpp>
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "documents/decoder_process.h"
#include "documents/pdf_probe.h"
#include "documents/test_hostile_files.h"
#include "documents/test_images.h"

namespace documents {
namespace {

using test_hostile::HostileFile;
using test_hostile::Paper;

IntakePolicy shipped_policy() {
  std::ifstream file(PROJECT_ROOT "/data/policy/uploads.yaml");
  const std::string text{std::istreambuf_iterator<char>(file), {}};
  auto policy = parse_intake_policy(text);
  EXPECT_TRUE(policy) << policy.error().message;
  return std::move(policy).value();
}

const DecoderProgram& decoder() {
  static const DecoderProgram program{{DECODER, "inspect"}};
  return program;
}

// What the tool writes, for as long as the object lives.
class Folder {
 public:
  Folder() {
    std::string name = (std::filesystem::temp_directory_path() / "motcua-hostile-XXXXXX").string();
    path_ = ::mkdtemp(name.data());
  }
  ~Folder() {
    std::error_code ignored;
    std::filesystem::remove_all(path_, ignored);
  }
  Folder(const Folder&) = delete;
  Folder& operator=(const Folder&) = delete;

  [[nodiscard]] std::vector<HostileFile> corpus() const {
    std::string out;
    EXPECT_EQ(probe::run(std::string{DECODER} + " write " + path_, out), 0);
    std::vector<HostileFile> files;
    const auto list = base::parse_json(read("corpus.json"));
    if (!list) return files;
    for (const base::json::value& one : list->as_array()) {
      files.push_back({.id = base::string_or(one, "id"),
                       .name = base::string_or(one, "name"),
                       .paper = base::bool_or(one, "drawings") ? Paper::drawings : Paper::ordinary,
                       .bytes = {},
                       .code = base::string_or(one, "code"),
                       .media_type = base::string_or(one, "media_type"),
                       .kept_name = base::string_or(one, "kept_name"),
                       .must_not_hold = base::string_or(one, "must_not_hold")});
    }
    return files;
  }
  [[nodiscard]] std::string picture(const std::string& words) const {
    std::string out;
    EXPECT_EQ(probe::run(std::string{DECODER} + " picture " + words + " " + path_ + "/p", out), 0);
    return read("p");
  }
  [[nodiscard]] std::string read(const std::string& name) const {
    std::ifstream file(path_ + "/" + name, std::ios::binary);
    return {std::istreambuf_iterator<char>(file), {}};
  }

 private:
  std::string path_;
};

struct Cost {
  std::string id;
  std::int64_t memory = 0;
  std::chrono::microseconds processor{0};
};

void expect_verdict(const HostileFile& file, const IntakePolicy& policy, std::vector<Cost>& costs) {
  SCOPED_TRACE(file.id);
  JudgementQuestion question{
      .rules = policy.rules_for("1.013225",
                                file.paper == Paper::drawings ? "drawings_house" : "declaration"),
      .picture = policy.picture,
      .name = file.name,
      .declared = {},
      .bytes = file.bytes};
  const DecoderRun run = run_decoder(decoder(), to_wire(question), policy.process);
  costs.push_back({file.id, run.peak_memory_bytes, run.processor});
  std::string code = "file-too-demanding";
  std::string vi = "x", en = "x";
  if (run.end == DecoderEnd::answered) {
    const auto answer = answer_from_wire(run.answer, file.bytes);
    ASSERT_TRUE(answer);
    code = answer->has_value() ? "" : answer->error().code;
    if (answer->has_value()) {
      EXPECT_EQ((*answer)->media_type, file.media_type);
      if (!file.must_not_hold.empty()) {
        EXPECT_EQ((*answer)->bytes.find(file.must_not_hold), std::string::npos);
        EXPECT_FALSE((*answer)->converted_from.empty());
      }
    } else {
      vi = answer->error().detail.vi;
      en = answer->error().detail.en;
    }
  }
  EXPECT_EQ(code, file.code) << en;
  EXPECT_FALSE(vi.empty());
  EXPECT_FALSE(en.empty());
}

TEST(HostileUploads, AreAllJudgedRightlyWithinTimeAndMemory) {
  const IntakePolicy policy = shipped_policy();
  // Made by another process: what this one has used is what a decoder is counted to begin with.
  const Folder folder;
  const std::vector<HostileFile> files = folder.corpus();
  EXPECT_GE(files.size(), 120U);
  std::set<std::string> ids;
  std::vector<Cost> costs;
  for (HostileFile file : files) {
    EXPECT_TRUE(ids.insert(file.id).second) << file.id;
    file.bytes = folder.read(file.id);
    expect_verdict(file, policy, costs);
  }
  constexpr std::int64_t kMegabyte = 1 << 20;
  std::cout << files.size() << " hostile files judged\n";
  std::ranges::sort(costs, std::ranges::greater{}, &Cost::memory);
  for (std::size_t i = 0; i < 3; ++i) {
    std::cout << "  memory " << costs[i].memory / kMegabyte << " MB: " << costs[i].id << '\n';
  }
  std::ranges::sort(costs, std::ranges::greater{}, &Cost::processor);
  for (std::size_t i = 0; i < 3; ++i) {
    std::cout << "  processor " << costs[i].processor.count() / 1000 << " ms: " << costs[i].id
              << '\n';
  }
  for (const Cost& cost : costs) {
    // What is stopped at its limit has reached the limit.
    const bool is_bomb = cost.id == "pdf-object-stream-bomb";
    EXPECT_LE(cost.memory, (is_bomb ? 256 : 128) * kMegabyte) << cost.id;
    EXPECT_LE(cost.processor, std::chrono::seconds{5}) << cost.id;
  }
}

TEST(HostileUploads, ThirtyAndMoreAreAboutTheLimitsOfArchives) {
  int refused = 0;
  for (const HostileFile& file : test_hostile::hostile_archives()) refused += !file.code.empty();
  std::cout << refused << " archives beyond a limit\n";
  EXPECT_GE(refused, 30);
}

TEST(DecoderProcess, TheLargestPicturesOfPhonesAndScannersFitIn) {
  const IntakePolicy policy = shipped_policy();
  // Those that have to be turned are whole in memory, the others row by row.
  const Folder folder;
  for (const auto& [id, words] : {std::pair{"24 million, turned", "6000 4000 6"},
                                  std::pair{"50 million, upright", "8300 6000 1"}}) {
    const std::string bytes = folder.picture(words);
    const DecoderRun run = run_decoder(
        decoder(),
        to_wire(
            {.rules = {}, .picture = policy.picture, .name = {}, .declared = {}, .bytes = bytes}),
        policy.process);
    ASSERT_EQ(run.end, DecoderEnd::answered) << id;
    const auto answer = answer_from_wire(run.answer, bytes);
    ASSERT_TRUE(answer && answer->has_value()) << id;
    std::cout << id << ": " << (run.peak_memory_bytes >> 20U) << " MB, "
              << run.processor.count() / 1000 << " ms\n";
    EXPECT_LE(run.peak_memory_bytes, 128 << 20) << id;
  }
}

TEST(DecoderProcess, IsRefusedWhatItDoesNotNeed) {
  // A decoder that answers nothing, hangs, or is not there: nobody is let in.
  const IntakePolicy policy = shipped_policy();
  const auto judged = [&](std::vector<std::string> words) {
    IntakePolicy hasty = policy;
    hasty.process.seconds = std::chrono::seconds{1};
    ConfinedIntake intake(hasty, {std::move(words)});
    return intake.inspect({.bytes = test_images::pdf(1),
                           .name = "a.pdf",
                           .declared = {},
                           .procedure = {},
                           .component = {}});
  };
  EXPECT_EQ(judged({"/bin/true"}).error().code, "file-too-demanding");
  EXPECT_EQ(judged({"/bin/false"}).error().code, "file-too-demanding");
  EXPECT_EQ(judged({"/bin/cat"}).error().code, "file-too-demanding");
  EXPECT_EQ(judged({"/bin/sleep", "60"}).error().code, "file-too-demanding");
  EXPECT_EQ(judged({"/nowhere/decoder"}).error().code, "file-check-unavailable");
  EXPECT_TRUE(judged(decoder().words));
}

TEST(UploadJudgement, AnswersThatAreNoneAreNotBelieved) {
  const std::string asked = test_images::pdf(1);
  for (const std::string wire :
       {"", "x", "5:", "2:{}", "99999999:{}", "2:[]", "21:{\"media_type\":\"text/a\"}",
        "28:{\"media_type\":\"image/jpeg\"}", "40:{\"media_type\":\"application/pdf\"}",
        "29:{\"refused\":\"x\",\"code\":\"ok\"}  "}) {
    EXPECT_FALSE(answer_from_wire(wire, "no such file")) << wire;
  }
  casework::InspectedUpload upload{
      .bytes = asked, .media_type = "application/pdf", .converted_from = {}};
  const auto same =
      answer_from_wire(to_wire(casework::Answer<casework::InspectedUpload>{upload}, asked), asked);
  ASSERT_TRUE(same && same->has_value());
  EXPECT_EQ((*same)->bytes, asked);
}

// `file` of the Debian package of the same name, where it is installed: two that read the same.
TEST(HostileUploads, WhatIsTakenLooksTheSameToLibmagic) {
  std::string out;
  if (probe::run("file --version", out) != 0) GTEST_SKIP() << "no program `file` here";
  const IntakePolicy policy = shipped_policy();
  int compared = 0;
  for (const HostileFile& file : test_hostile::all()) {
    if (!file.code.empty()) continue;
    const probe::TemporaryFile there(file.bytes, ".bin");
    std::string seen;
    ASSERT_EQ(probe::run("file --brief --mime-type " + there.path(), seen), 0);
    seen.erase(seen.find_last_not_of('\n') + 1);
    // Parts in another order than Word writes them are a ZIP to libmagic.
    if (seen == "application/zip" || seen == "application/octet-stream") continue;
    EXPECT_EQ(seen, file.media_type) << file.id;
    ++compared;
  }
  std::cout << compared << " compared with libmagic\n";
  EXPECT_GT(compared, 20);
}

}  // namespace
}  // namespace documents
