#pragma once
// difference.h - what changes from one procedure to another, in the words of the law: for the
// citizen, for the officer, for the deadline, for the fee, in the law itself.
//
// Everything that a Procedure holds is compared; a test counts its members.
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "base/json.h"
#include "calendar/language.h"
#include "form/bilingual.h"
#include "procedure/assessment.h"
#include "procedure/package_tree.h"
#include "procedure/procedure.h"

namespace procedure {

enum class Affected : std::uint8_t {
  citizen,   // papers, questions, channels, conditions, cases, results, what is explained
  officer,   // steps, who does them, their order and outcomes
  deadline,  // limits, cut-off, silence
  fee,
  law,  // legal basis, dates, competence, how long dossiers are kept
};
inline constexpr int kAffectedCount = 5;
[[nodiscard]] std::string_view to_text(Affected affected);
[[nodiscard]] form::Bilingual in_words(Affected affected);

struct Difference {
  Affected affected = Affected::citizen;
  std::string path;        // "cases.late.limits.post.published"
  form::Bilingual text;    // a sentence
  form::Bilingual before;  // empty: nothing was there
  form::Bilingual after;
};

struct DifferenceOptions {
  // Besides the examples of both: fees, cases and papers are worked out on them.
  std::vector<Situation> situations;
  // The packages they were loaded from: then rules, layouts and other files are compared word by
  // word, too.
  const BasePackage* before = nullptr;
  const BasePackage* after = nullptr;
};

// In the order of Affected, then of the package.  None for the same procedure.
[[nodiscard]] std::vector<Difference> differences(const Procedure& before, const Procedure& after,
                                                  const DifferenceOptions& options = {});

// {differences: {citizen: [{path, text, before, after}], …}, count}
[[nodiscard]] base::json::object to_json(const std::vector<Difference>& differences);
// Grouped under headings; says so where there is none.
[[nodiscard]] std::string to_text(const std::vector<Difference>& differences,
                                  calendar::Language language);

}  // namespace procedure
