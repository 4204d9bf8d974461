#pragma once
// run_record.h - what a process test came to: the evidence that the directives ask for.
#include <cstdint>
#include <string>
#include <vector>

#include "base/fault.h"
#include "base/json.h"
#include "calendar/instant.h"
#include "rehearsal/coverage.h"
#include "rehearsal/run.h"

namespace rehearsal {

struct RunRecord {
  std::string procedure;  // code
  std::string name;       // of the procedure, in Vietnamese
  int revision = 0;
  std::string digest;   // of the package with its scenarios
  std::string program;  // version
  calendar::Instant at{};
  std::int64_t milliseconds = 0;

  struct Played {
    std::string name;
    std::string title;
    std::string source;
    int steps = 0;
    int expectations = 0;
    std::vector<Miss> misses;

    [[nodiscard]] bool passed() const { return misses.empty(); }
  };
  std::vector<Played> scenarios;

  std::size_t branches = 0;
  std::size_t covered = 0;
  std::vector<Branch> missing;

  [[nodiscard]] int percent() const;
  [[nodiscard]] std::size_t failed() const;
};

[[nodiscard]] RunRecord record_of(const procedure::Procedure& procedure,
                                  const std::vector<Outcome>& outcomes,
                                  const procedure::PackageFiles& files = {});

[[nodiscard]] base::json::object to_json(const RunRecord& record);
[[nodiscard]] base::Outcome<RunRecord> read_run_record(std::string_view text);

// Whether the record lets a package be published, and if not, why.
struct Verdict {
  bool enough = false;
  std::string why_vi;
  std::string why_en;
};
// `digest`: of the package to be published.  At least one scenario, all passed, so much covered.
[[nodiscard]] Verdict judge(const RunRecord& record, const std::string& digest, int floor = 100);

// To read and to file: Markdown, in Vietnamese.
[[nodiscard]] std::string to_markdown(const RunRecord& record);

}  // namespace rehearsal
