// Every arrow points down: what a module includes, and what ARCHITECTURE.md says about it.
#include <algorithm>
#include <map>
#include <set>
#include <sstream>

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <re2/re2.h>

#include "source_tree.h"

namespace tidy {
namespace {

using Modules = std::set<std::string>;

// What each module of src/ may include, bottom-up; the module table of ARCHITECTURE.md says the
// same.
const std::vector<std::pair<std::string, Modules>>& may_include() {
  static const Modules core{"base",  "calendar", "rules",     "bpmn",
                            "party", "form",     "procedure", "dossier"};
  // Known from the use cases up; what a dossier is does not depend on how it is remembered.
  static const auto with = [](Modules modules, const Modules& more) {
    modules.insert(more.begin(), more.end());
    return modules;
  };
  static const Modules journalled = with(core, {"journal", "catalogue"});
  static const Modules casework = with(journalled, {"casework"});
  static const std::vector<std::pair<std::string, Modules>> kMayInclude{
      {"base", {}},
      {"calendar", {"base"}},
      {"rules", {"base"}},
      {"bpmn", {"base", "rules"}},
      {"journal", {"base"}},
      {"party", {"base", "calendar"}},
      {"oidc", {"base", "calendar", "party"}},
      {"form", {"base", "calendar", "rules", "party"}},
      {"procedure", {"base", "calendar", "rules", "bpmn", "party", "form"}},
      {"dossier", {"base", "calendar", "rules", "bpmn", "party", "form", "procedure"}},
      {"catalogue", {"base", "calendar", "rules", "bpmn", "party", "form", "procedure"}},
      {"casework", journalled},
      {"rehearsal", casework},
      {"insight", casework},
      {"storage", casework},
      {"documents", casework},
      {"connect", with(casework, {"oidc"})},
      {"identity", with(casework, {"oidc"})},
      {"http", with(casework, {"oidc", "rehearsal", "documents", "identity", "insight"})},
      {"cli", with(casework, {"oidc", "rehearsal", "storage", "documents", "connect", "identity",
                              "insight", "http"})},
  };
  return kMayInclude;
}

const Modules* find_allowed(const std::string& module) {
  for (const auto& [name, allowed] : may_include()) {
    if (name == module) return &allowed;
  }
  return nullptr;
}

// "src/form/field.h" -> "form"
std::string module_of(const SourceFile& file) {
  const std::string rest = file.path.substr(4);
  return rest.substr(0, rest.find('/'));
}

Modules folders_of_src() {
  Modules folders;
  for (const SourceFile& file : repository()) {
    if (file.is_below("src/") && file.is_cpp()) folders.insert(module_of(file));
  }
  return folders;
}

TEST(Layering, IncludesGoOnlyDown) {
  for (const SourceFile& file : repository()) {
    if (!file.is_below("src/") || !file.is_cpp()) continue;
    const std::string module = module_of(file);
    const Modules* allowed = find_allowed(module);
    ASSERT_NE(allowed, nullptr) << file.path << ": add the module to the table in " << __FILE__;
    std::istringstream lines(file.text);
    for (std::string line; std::getline(lines, line);) {
      std::string included;
      if (!RE2::FullMatch(line, R"re(#include "([^"]+)".*)re", &included)) continue;
      const std::size_t slash = included.find('/');
      ASSERT_NE(slash, std::string::npos)
          << file.path << ": write \"" << module << "/" << included << "\", from src/";
      const std::string used = included.substr(0, slash);
      EXPECT_TRUE(used == module || allowed->contains(used))
          << file.path << " includes " << included << ", but " << module << " may not use " << used
          << ". Move what is needed down, or take it through a port.";
    }
  }
}

TEST(Layering, TheTableHasEveryFolderAndNoOther) {
  Modules tabled;
  for (const auto& [name, allowed] : may_include()) tabled.insert(name);
  EXPECT_EQ(tabled, folders_of_src());
}

TEST(Layering, TheTableItselfPointsDown) {
  Modules below;
  for (const auto& [name, allowed] : may_include()) {
    for (const std::string& used : allowed) {
      EXPECT_TRUE(below.contains(used)) << name << " may use " << used << ", which stands above it";
    }
    below.insert(name);
  }
}

TEST(Layering, ArchitectureTellsTheSame) {
  const SourceFile* architecture = find_file("ARCHITECTURE.md");
  ASSERT_NE(architecture, nullptr);
  std::vector<std::pair<std::string, Modules>> told;
  for (const TableRow& row : table_of(architecture->text, "module")) {
    ASSERT_GE(row.size(), 3U);
    std::string name = row[0];
    std::erase(name, '`');
    Modules allowed;
    std::string word;
    std::string list = row[2];
    std::replace(list.begin(), list.end(), ',', ' ');
    std::istringstream words(list);
    while (words >> word) {
      if (word != "-") allowed.insert(word);
    }
    told.emplace_back(name, allowed);
  }
  EXPECT_EQ(told, may_include()) << "Make the module table of ARCHITECTURE.md and the one in "
                                 << __FILE__ << " the same.";
}

TEST(Layering, BuildFilesUseWhatTheTableAllows) {
  static const RE2 uses(R"(USES\s+([a-z\s]+))");
  for (const auto& [name, allowed] : may_include()) {
    const SourceFile* file = find_file("src/" + name + "/CMakeLists.txt");
    ASSERT_NE(file, nullptr) << name;
    std::string list;
    if (!RE2::PartialMatch(file->text, uses, &list)) continue;
    std::istringstream words(list);
    for (std::string word; words >> word;) {
      EXPECT_TRUE(allowed.contains(word)) << file->path << " uses " << word;
    }
  }
}

}  // namespace
}  // namespace tidy
