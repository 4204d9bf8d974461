#include "procedure/package_findings.h"

#include <algorithm>
#include <tuple>
#include <utility>

#include "procedure/attribute_path.h"
#include "procedure/tree_yaml.h"

namespace procedure {

void PackageFindings::yaml(Severity severity, std::string_view path, std::string message,
                           std::string remedy) {
  at(severity, "procedure.yaml", line_of(path), std::move(message), std::move(remedy));
}

void PackageFindings::at(Severity severity, std::string file, int line, std::string message,
                         std::string remedy) {
  findings_.push_back({severity, std::move(file), line, std::move(message), std::move(remedy)});
}

Findings PackageFindings::take() && {
  std::ranges::stable_sort(findings_, {},
                           [](const Finding& one) { return std::tie(one.file, one.line); });
  return std::move(findings_);
}

int PackageFindings::line_of(std::string_view path) {
  if (!read_) {
    read_ = true;
    const auto file = files_.find("procedure.yaml");
    form::DefinitionProblems ignored;
    if (file != files_.end()) {
      if (auto tree = read_tree(file->second, file->first, ignored)) tree_ = *std::move(tree);
    }
  }
  auto parsed = AttributePath::parse(path);
  while (parsed && !parsed->empty()) {
    if (const Tree* found = find_attribute(tree_, *parsed); found != nullptr && found->line > 0) {
      return found->line;
    }
    *parsed = parsed->parent();
  }
  return 0;
}

}  // namespace procedure
