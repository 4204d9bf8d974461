#pragma once
// package_findings.h - gathers findings and gives each its line.  Internal to procedure.
#include <string>
#include <string_view>

#include "procedure/finding.h"
#include "procedure/package.h"
#include "procedure/tree.h"

namespace procedure {

class PackageFindings {
 public:
  explicit PackageFindings(const PackageFiles& files) : files_(files) {}

  // `path`: of the attribute in procedure.yaml ("cases[late].limits"); the nearest part of it that
  // the file has gives the line.
  void yaml(Severity severity, std::string_view path, std::string message, std::string remedy);
  void at(Severity severity, std::string file, int line, std::string message, std::string remedy);

  // By file and line.
  [[nodiscard]] Findings take() &&;

  // Of the nearest attribute on the way to `path` that procedure.yaml has; 0 when it has none.
  [[nodiscard]] int line_of(std::string_view path);

 private:
  const PackageFiles& files_;
  Findings findings_;
  bool read_ = false;
  Tree tree_;  // of procedure.yaml, read when the first line is asked for
};

}  // namespace procedure
