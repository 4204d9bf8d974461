#pragma once
// model_folder.h - the DMN models that lie in one folder, where they import each other.
#include <filesystem>
#include <map>
#include <string>
#include <string_view>
#include <vector>

#include "base/fault.h"
#include "rules/dmn_model.h"

namespace cli {

// Text of a file, or of stdin for "-"; fault `exhausted` where there is more than `bytes_max`.
[[nodiscard]] base::Outcome<std::string> read_bounded(const std::string& file,
                                                      std::size_t bytes_max);

// Each file is read once, whoever asks for it.
class ModelFolder {
 public:
  static constexpr std::size_t kBytesMax = 16U << 20U;

  // Looks which .dmn files are there; a folder that cannot be read has none.
  explicit ModelFolder(std::filesystem::path folder);

  // Names of the .dmn files, sorted.
  [[nodiscard]] std::vector<std::string> files() const;
  // The file as it is called on the disk, found whether the name is in NFC or NFD.
  [[nodiscard]] base::Outcome<std::string> file_called(std::string_view name) const;

  // Requires of these three: a name from files() or file_called().
  [[nodiscard]] base::Outcome<std::string> xml(const std::string& file);
  // The models that `file` imports, as far as they are in the folder and can be read.
  [[nodiscard]] std::vector<rules::Model> imports(const std::string& file);
  // The message of the fault begins with file and line.
  [[nodiscard]] base::Outcome<rules::Model> model(const std::string& file);

 private:
  struct File {
    bool opened = false;
    bool under_way = false;  // an import that leads back here is left out
    std::string xml;
    std::string fault;
    std::string model_namespace;
    std::vector<std::string> imported;  // namespaces
    std::vector<rules::Model> model;    // none or one
    std::string model_fault;
  };

  File& open(const std::string& file);

  std::filesystem::path folder_;
  std::map<std::string, File> files_;
};

}  // namespace cli
