#pragma once
// draft.h - from a catalogue entry to a package that runs: form, process, fees, papers.
//
// Pure.  What the entry does not say is taken from policy (draft_policy.h) and told as a doubt, so
// that a draft is honest about what somebody has yet to look at.  A draft that is returned has
// passed procedure::load_package and the analysis of its process.
//
// The same entry, policy and organisation give the same bytes: ids and digest are stable from one
// import to the next.  docs/formats/drafts.md tells what comes from where.
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/json.h"
#include "base/result.h"
#include "catalogue/draft_policy.h"
#include "catalogue/draft_process.h"
#include "catalogue/entry.h"
#include "catalogue/replacement.h"
#include "form/bilingual.h"
#include "form/dictionary.h"
#include "party/organisation.h"
#include "procedure/package.h"

namespace catalogue {

using form::Bilingual;

// Why there is no draft.
enum class DraftRefusal {
  no_page,       // known from a published list only, which names neither papers nor channels
  bad_code,      // the code is not of the form 1.001193: nothing could refer to it
  no_name,       // a procedure nobody can find
  other_tier,    // not done at the level asked for
  no_channel,    // the page names no way to file
  not_accepted,  // the package made of it does not pass the checks; `detail` says which
};
[[nodiscard]] std::string_view to_text(DraftRefusal refusal);
[[nodiscard]] Bilingual in_words(DraftRefusal refusal);

struct DraftReason {
  DraftRefusal refusal = DraftRefusal::no_page;
  Bilingual text;
  std::string detail;  // problems of the checks, for the designer; may be empty

  friend bool operator==(const DraftReason&, const DraftReason&) = default;
};

// What runs, and a person should look at.
enum class DraftDoubt {
  limit_assumed,        // no limit was understood: a number without a unit, or nothing at all
  limit_of_others,      // a channel states none: that of the other channels stands in
  limit_of_several,     // one channel states several limits: the shortest is promised
  agency_unregistered,  // who decides is not in the organisation: another stands in
  fee_unknown,          // the amount is set elsewhere: an example of 0 dong stands in
  fee_in_other_money,   // the amount is not in dong: an example of 0 dong stands in
  result_without_code,  // the result has no code of the national list
  no_result,            // no result is published: a general one stands in
  no_legal_basis,       // none is published: the decision that published it stands in
  instructions_noted,   // what stood among the papers and is none has become a note
  texts_shortened,      // a published text was too long for its place
};
[[nodiscard]] std::string_view to_text(DraftDoubt doubt);
[[nodiscard]] Bilingual in_words(DraftDoubt doubt);
// Whether somebody has to decide before people are promised something by it: the agency, the limit.
[[nodiscard]] bool holds_publication(DraftDoubt doubt);

struct DraftOptions {
  procedure::Level level = procedure::Level::commune;
  std::string agency;  // code it is drafted for: "H41"
};

// What drafting reads beside the entry.  All of it outlives the call.
struct DraftSources {
  const DraftPolicy& policy;
  const party::Organisation& organisation;
  const form::Dictionary& dictionary;
  const ReplacementBook* replacements = nullptr;  // papers that data replace; may be absent
};

struct Draft {
  std::string code;
  Bilingual name;
  procedure::Level level = procedure::Level::commune;
  ProcessChoice process;
  procedure::PackageFiles files;
  std::string digest;              // procedure::digest_of(files)
  std::vector<DraftDoubt> doubts;  // each once, in the order of the enumeration

  [[nodiscard]] bool has(DraftDoubt doubt) const;
};

[[nodiscard]] base::Result<Draft, std::vector<DraftReason>> draft_package(
    const Entry& entry, const DraftOptions& options, const DraftSources& sources);

// The level an entry of several tiers is drafted for where nobody has said: the lowest one of
// commune and province whose agencies its own words name; nothing where it is done at neither.
[[nodiscard]] std::optional<procedure::Level> natural_level(const Entry& entry,
                                                            const DraftPolicy& policy);

// Body of a definition of the kind "draft": {"files", "origin": {"entry": content hash, "level",
// "agency", "variant", …, "doubts"}}.  "entry" alone tells whether it has to be drafted again.
[[nodiscard]] base::json::object to_json(const Draft& draft, const Entry& entry,
                                         const DraftOptions& options);

// Whether `motcua procedure publish --all-drafts` may take it: it loads (again, with the dictionary
// of today), and no doubt holds it up unless `also_doubtful`.
struct DraftVerdict {
  bool passes = false;
  std::vector<std::string> reasons;  // codes of doubts that hold, or problems of the checks
};
[[nodiscard]] DraftVerdict judge_draft(const base::json::value& body,
                                       const form::Dictionary& dictionary, bool also_doubtful);

}  // namespace catalogue
