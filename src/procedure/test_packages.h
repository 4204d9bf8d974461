#pragma once
// test_packages.h - the shipped dictionary and packages, read from the tree for the tests.
#include <filesystem>
#include <fstream>
#include <map>
#include <sstream>
#include <string>

#include <gtest/gtest.h>

#include "form/dictionary_yaml.h"
#include "procedure/package.h"

namespace procedure {

inline std::string text_of_file(const std::filesystem::path& path) {
  std::ifstream in(path, std::ios::binary);
  std::ostringstream text;
  text << in.rdbuf();
  return text.str();
}

inline std::map<std::string, std::string> files_below(const std::filesystem::path& folder) {
  std::map<std::string, std::string> files;
  for (const auto& entry : std::filesystem::recursive_directory_iterator(folder)) {
    if (!entry.is_regular_file()) continue;
    files[entry.path().lexically_relative(folder).string()] = text_of_file(entry.path());
  }
  return files;
}

inline std::string told(const form::DefinitionProblems& problems) {
  std::string text;
  for (const form::DefinitionProblem& one : problems) {
    text +=
        one.file + ":" + std::to_string(one.line) + ": " + one.message + " -> " + one.remedy + "\n";
  }
  return text;
}

inline const form::Dictionary& shipped_dictionary() {
  static const form::Dictionary dictionary = [] {
    auto read =
        form::read_dictionary(files_below(std::filesystem::path{PROJECT_ROOT} / "data/dictionary"));
    EXPECT_TRUE(read) << told(read.error());
    return read ? std::move(read).value() : form::Dictionary{};
  }();
  return dictionary;
}

inline PackageFiles shipped_files(const std::string& code) {
  return files_below(std::filesystem::path{PROJECT_ROOT} / "procedures/national" / code);
}

// Loaded once each.
inline const Procedure& shipped(const std::string& code) {
  static std::map<std::string, Procedure> loaded;
  const auto found = loaded.find(code);
  if (found != loaded.end()) return found->second;
  auto procedure = load_package(shipped_files(code), shipped_dictionary());
  EXPECT_TRUE(procedure) << told(procedure.error());
  return loaded[code] = procedure ? std::move(procedure).value() : Procedure{};
}

inline const char* const kShipped[] = {"1.001193", "1.004873", "2.000815", "1.001612", "1.012994",
                                       "1.000894", "1.013225", "2.001263", "1.004222", "3.000722"};

}  // namespace procedure
