#pragma once
// tck_folder.h - test files of the DMN TCK (Technology Compatibility Kit), run beside their models.
//
// A test file is XML whose root is `testCases`; it names a model that lies in the same folder, as
// do the models which that one imports.
#include <filesystem>
#include <string>
#include <vector>

#include "base/fault.h"

namespace cli {

struct TckOutcome {
  std::string file;  // of the test, without its folder
  std::string id;
  bool passed = false;
  // Needs a function in Java or PMML, which the engine refuses.
  bool calls_external = false;
  std::string message;  // of a failed case, in one line
};

struct TckFolder {
  std::filesystem::path path;
  std::vector<TckOutcome> cases;
  [[nodiscard]] int passed() const;
  [[nodiscard]] int failed() const { return static_cast<int>(cases.size()) - passed(); }
};

// Folders under `root` (and itself) that hold test files, sorted.  The cases of a test file that
// cannot be run have failed, at least one.  Fault `not_found`: there is no such folder.
[[nodiscard]] base::Outcome<std::vector<std::filesystem::path>> find_tck_folders(
    const std::filesystem::path& root);
[[nodiscard]] TckFolder run_tck_folder(const std::filesystem::path& folder);

}  // namespace cli
