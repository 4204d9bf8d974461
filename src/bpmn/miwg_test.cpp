// miwg_test.cpp - the executable diagrams among the reference models of the OMG's model interchange
// working group, played to their ends by the scripts in tests/golden/bpmn, where the models are
// there.
//
// MOTCUA_MIWG_DIR names another folder.
#include <algorithm>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <set>
#include <sstream>

#include <gtest/gtest.h>

#include "bpmn/model_xml.h"
#include "bpmn/scripted_run.h"

namespace bpmn {
namespace {

namespace fs = std::filesystem;

fs::path models() {
  const char* named = std::getenv("MOTCUA_MIWG_DIR");
  return named != nullptr ? fs::path{named}
                          : fs::path{PROJECT_ROOT} / ".." / "shared" / "data" / "bpmn-miwg";
}

std::string text_in(const fs::path& path) {
  std::ifstream file{path, std::ios::binary};
  std::ostringstream text;
  text << file.rdbuf();
  return text.str();
}

std::vector<fs::path> files_of(const fs::path& folder, const char* extension) {
  std::vector<fs::path> files;
  for (const fs::directory_entry& entry : fs::directory_iterator{folder}) {
    if (entry.path().extension() == extension) files.push_back(entry.path());
  }
  std::ranges::sort(files);
  return files;
}

bool is_executable(const Model& model) {
  return std::ranges::any_of(model.processes, &ProcessModel::executable);
}

class Miwg : public ::testing::Test {
 protected:
  void SetUp() override {
    if (!fs::exists(models())) GTEST_SKIP() << "the reference models are not at " << models();
    for (const fs::path& file : files_of(models(), ".bpmn")) {
      auto model = read_model(text_in(file));
      ASSERT_TRUE(model) << file << ": " << model.error().message;
      read_.emplace_back(file.stem().string(), std::move(*model));
    }
    for (const auto& [name, model] : read_) library_.push_back(&model);
  }

  std::vector<std::pair<std::string, Model>> read_;
  std::vector<const Model*> library_;  // a diagram may call a process of another file
};

TEST_F(Miwg, EveryExecutableDiagramIsPlayedToItsEnd) {
  const std::vector<fs::path> scripts =
      files_of(fs::path{PROJECT_ROOT} / "tests" / "golden" / "bpmn", ".run");
  int executable = 0;
  std::set<fs::path> played;
  for (const auto& [name, model] : read_) {
    if (!is_executable(model)) continue;
    ++executable;
    const auto process = compile(model, {}, {.names = {}, .library = library_});
    if (!process) {
      for (const Finding& finding : process.error()) ADD_FAILURE() << name << to_text(finding);
      continue;
    }
    int runs = 0;
    for (const fs::path& script : scripts) {
      const std::string stem = script.stem().string();
      if (stem != name && !stem.starts_with(name + "-")) continue;
      const auto run = run_script(*process, text_in(script));
      ASSERT_TRUE(run) << script << ":" << run.error().line << ": " << run.error().message;
      EXPECT_TRUE(run->instance.is_over()) << script;
      played.insert(script);
      ++runs;
    }
    EXPECT_GT(runs, 0) << name << " has no script";
  }
  EXPECT_EQ(executable, 7);
  EXPECT_EQ(played.size(), scripts.size()) << "a script without its model";
}

}  // namespace
}  // namespace bpmn
