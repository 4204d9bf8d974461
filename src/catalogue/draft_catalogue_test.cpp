// Drafts over the published catalogue itself; skipped where it is not at hand.
#include <algorithm>
#include <chrono>
#include <cstdlib>
#include <filesystem>
#include <iostream>
#include <map>

#include <boost/json.hpp>
#include <gtest/gtest.h>

#include "base/random.h"
#include "bpmn/event.h"
#include "bpmn/process.h"
#include "bpmn/step.h"
#include "catalogue/draft.h"
#include "catalogue/line_reader.h"
#include "catalogue/page_reader.h"
#include "catalogue/test_drafts.h"
#include "procedure/assessment.h"

namespace catalogue {
namespace {

using procedure::Level;

const std::filesystem::path kCatalogue =
    std::filesystem::path{PROJECT_ROOT} / "../shared/data/catalogue";

const std::vector<Entry>& entries() {
  static const std::vector<Entry> read = [] {
    std::vector<Entry> list;
    if (!std::filesystem::exists(kCatalogue)) return list;
    std::vector<std::filesystem::path> files;
    for (const auto& file : std::filesystem::directory_iterator(kCatalogue)) {
      if (file.path().string().ends_with(".jsonl.gz")) files.push_back(file.path());
    }
    std::ranges::sort(files);
    for (const auto& file : files) {
      LineReader reader([&](const Line& line) {
        const auto entry = read_page(line.text, Source{file.filename().string(), line.number});
        if (entry) list.push_back(*entry);
        return true;
      });
      EXPECT_TRUE(reader.push(procedure::text_of_file(file)));
      EXPECT_TRUE(reader.finish());
    }
    return list;
  }();
  return read;
}

struct Drawn {
  const Entry* entry;
  Draft draft;
};

struct Figures {
  std::vector<Drawn> drafts;
  std::map<std::string, int> refusals;
  std::map<std::string, int> doubts;
  std::map<std::string, int> processes;
  std::string first_problem;
  int wanted = 0;
  int free_of_doubt = 0;  // of those that hold publication
};

const Figures& figures() {
  static const Figures counted = [] {
    Figures all;
    for (const Entry& entry : entries()) {
      const auto level = natural_level(entry, shipped_policy());
      if (!level) continue;
      ++all.wanted;
      auto draft = draft_package(entry, {*level, "H41"}, shipped_sources());
      if (!draft) {
        for (const DraftReason& reason : draft.error()) {
          ++all.refusals[std::string{to_text(reason.refusal)}];
          if (all.first_problem.empty()) {
            all.first_problem = entry.code + " " + reason.detail.substr(0, 2000);
          }
        }
        continue;
      }
      const bool held = std::ranges::any_of(draft->doubts, holds_publication);
      all.free_of_doubt += held ? 0 : 1;
      for (const DraftDoubt doubt : draft->doubts) ++all.doubts[std::string{to_text(doubt)}];
      ++all.processes[std::string{to_text(draft->process.variant)} +
                      (draft->process.inspection ? "+inspection" : "") +
                      (draft->process.consultation ? "+consultation" : "")];
      all.drafts.push_back({&entry, std::move(*draft)});
    }
    return all;
  }();
  return counted;
}

TEST(DraftsOfTheCatalogue, AreNineInTenOfCommuneAndProvince) {
  if (entries().empty()) GTEST_SKIP() << "the published catalogue is not at hand";
  const auto before = std::chrono::steady_clock::now();
  const Figures& all = figures();
  const auto took = std::chrono::duration_cast<std::chrono::milliseconds>(
      std::chrono::steady_clock::now() - before);
  std::cout << "commune and province: " << all.wanted << ", drafts that run: " << all.drafts.size()
            << ", of these without what holds publication: " << all.free_of_doubt << ", in "
            << took.count() << " ms\n";
  for (const auto& [name, count] : all.refusals)
    std::cout << "  not drafted: " << name << " " << count << '\n';
  for (const auto& [name, count] : all.doubts)
    std::cout << "  doubt: " << name << " " << count << '\n';
  for (const auto& [name, count] : all.processes)
    std::cout << "  process: " << name << " " << count << '\n';
  EXPECT_GE(all.drafts.size() * 10, static_cast<std::size_t>(all.wanted) * 9) << all.first_problem;
}

TEST(DraftsOfTheCatalogue, PromiseNoMoreThanWasPublished) {
  if (entries().empty()) GTEST_SKIP() << "the published catalogue is not at hand";
  const std::vector<Drawn>& drafts = figures().drafts;
  for (std::size_t i = 0; i < drafts.size(); i += 7) {
    const Drawn& one = drafts[i];
    const procedure::Procedure procedure = loaded(one.draft);
    std::int64_t sum = 0;
    for (const procedure::Step& step : procedure.steps) {
      if (step.counted && step.limit) sum += step.limit->working_minutes();
    }
    for (const procedure::Case& chosen : procedure.cases) {
      for (const procedure::ChannelLimit& limit : chosen.limits) {
        EXPECT_LE(sum, procedure::nominal_working_minutes(limit.published)) << one.draft.code;
      }
    }
  }
}

// A person's choices at random, until the process has ended.
void play(const procedure::Procedure& procedure, base::SeededRandom& random) {
  const procedure::Case& chosen = procedure.cases[random.below(procedure.cases.size())];
  procedure::Situation situation;
  situation.on = *calendar::make_date(2026, 8, 20);
  std::map<std::string, std::string> outcomes;
  bpmn::Instance instance;
  const auto take = [&](const bpmn::Trigger& trigger) {
    rules::Context variables = procedure::variables_of(procedure, situation, &chosen);
    for (const auto& [name, outcome] : outcomes) variables.set(name, outcome);
    const auto events = bpmn::step(*procedure.process, instance, trigger, rules::Value{variables});
    ASSERT_TRUE(events) << bpmn::to_string(events.error().reason);
    for (const bpmn::Event& event : *events) bpmn::apply_to(*procedure.process, instance, event);
  };
  take(bpmn::Start{});
  for (int steps = 0; steps < 500 && !testing::Test::HasFatalFailure(); ++steps) {
    if (instance.state == bpmn::InstanceState::completed) return;
    const auto open = bpmn::open_tasks(*procedure.process, instance);
    ASSERT_EQ(open.size(), 1U);
    const std::string& id = procedure.process->node(open.front().node).id;
    const procedure::Step* step = procedure.find_step(id);
    ASSERT_NE(step, nullptr);
    const std::string& outcome = step->outcomes[random.below(step->outcomes.size())].code;
    outcomes["outcome"] = outcome;
    outcomes[id + "_outcome"] = outcome;
    take(bpmn::CompleteTask{open.front().id});
  }
  EXPECT_EQ(instance.state, bpmn::InstanceState::completed);
}

TEST(DraftsOfTheCatalogue, RunToTheirEndWhateverIsChosen) {
  if (entries().empty()) GTEST_SKIP() << "the published catalogue is not at hand";
  const Figures& all = figures();
  ASSERT_FALSE(all.drafts.empty());
  const char* given = std::getenv("MOTCUA_SEED");
  const std::uint64_t seed = given != nullptr ? std::strtoull(given, nullptr, 10) : 20260820;
  std::cout << "MOTCUA_SEED=" << seed << '\n';
  base::SeededRandom random(seed);
  for (int i = 0; i < 50; ++i) {
    const Drawn& one = all.drafts[random.below(all.drafts.size())];
    SCOPED_TRACE(one.draft.code);
    const procedure::Procedure procedure = loaded(one.draft);
    for (int walk = 0; walk < 10; ++walk) play(procedure, random);
    if (HasFatalFailure()) return;
  }
}

TEST(DraftsOfTheCatalogue, HaveTheSameIdsEachTime) {
  if (entries().empty()) GTEST_SKIP() << "the published catalogue is not at hand";
  const Figures& all = figures();
  for (std::size_t i = 0; i < all.drafts.size(); i += 97) {
    const Drawn& one = all.drafts[i];
    const auto again = draft_package(*one.entry, {one.draft.level, "H41"}, shipped_sources());
    ASSERT_TRUE(again);
    EXPECT_EQ(again->digest, one.draft.digest);
  }
}

}  // namespace
}  // namespace catalogue
