// tck_test.cpp - the cases of the DMN TCK that lie beside the repository, where they are there.
//
// MOTCUA_TCK_DIR names another folder; MOTCUA_TCK_SHOW=1 prints every failed case.
#include "rules/tck.h"

#include <algorithm>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <iostream>
#include <sstream>

#include <gtest/gtest.h>

namespace rules {
namespace {

namespace fs = std::filesystem;

// Passed cases may only become more: raise these with the code, never lower them.
constexpr int kLevel2Floor = 116;
constexpr int kLevel3Floor = 1407;

std::string text_in(const fs::path& path) {
  std::ifstream file{path, std::ios::binary};
  std::ostringstream text;
  text << file.rdbuf();
  return text.str();
}

fs::path kit() {
  const char* named = std::getenv("MOTCUA_TCK_DIR");
  return named != nullptr ? fs::path{named}
                          : fs::path{PROJECT_ROOT} / ".." / "shared" / "data" / "dmn-tck";
}

struct Count {
  int passed = 0;
  int failed = 0;
};

// Models that import others are read once those are there.
std::vector<Model> models_in(const std::vector<fs::path>& files) {
  std::vector<Model> models;
  for (std::size_t round = 0; round < files.size(); ++round) {
    std::vector<Model> next;
    for (const fs::path& file : files) {
      if (const auto model = read_dmn(text_in(file), models)) next.push_back(*model);
    }
    models = std::move(next);
  }
  return models;
}

Count run_folder(const fs::path& folder, bool show) {
  std::vector<fs::path> model_files;
  std::vector<fs::path> test_files;
  for (const fs::directory_entry& entry : fs::directory_iterator{folder}) {
    if (entry.path().extension() == ".dmn") model_files.push_back(entry.path());
    if (entry.path().extension() == ".xml") test_files.push_back(entry.path());
  }
  const std::vector<Model> imports =
      model_files.size() > 1 ? models_in(model_files) : std::vector<Model>{};
  Count count;
  for (const fs::path& test : test_files) {
    const fs::path model = folder / (folder.filename().string() + ".dmn");
    const auto cases = run_tck(text_in(model), text_in(test), imports);
    if (!cases) {
      ADD_FAILURE() << test << ": " << cases.error().message;
      continue;
    }
    for (const TckCase& each : *cases) {
      ++(each.passed ? count.passed : count.failed);
      if (show && !each.passed) {
        std::cout << folder.filename().string() << " " << each.id << ": " << each.message << "\n";
      }
    }
  }
  return count;
}

Count run_level(const std::string& level) {
  const bool show = std::getenv("MOTCUA_TCK_SHOW") != nullptr;
  Count total;
  std::vector<fs::path> folders;
  for (const fs::directory_entry& entry : fs::directory_iterator{kit() / level}) {
    if (entry.is_directory()) folders.push_back(entry.path());
  }
  std::ranges::sort(folders);
  for (const fs::path& folder : folders) {
    const Count count = run_folder(folder, show);
    if (show && count.failed > 0) {
      std::cout << "== " << folder.filename().string() << " " << count.failed << " failed\n";
    }
    total.passed += count.passed;
    total.failed += count.failed;
  }
  std::cout << level << ": " << total.passed << "/" << total.passed + total.failed << "\n";
  return total;
}

TEST(Tck, PassesLevel2) {
  if (!fs::exists(kit())) GTEST_SKIP() << "the TCK is not at " << kit();
  EXPECT_GE(run_level("compliance-level-2").passed, kLevel2Floor);
}

TEST(Tck, PassesMostOfLevel3) {
  if (!fs::exists(kit())) GTEST_SKIP() << "the TCK is not at " << kit();
  EXPECT_GE(run_level("compliance-level-3").passed, kLevel3Floor);
}

}  // namespace
}  // namespace rules
