#pragma once
// finding.h - one fault of the catalogue itself, and how it could be mended.
//
// The id is made of the kind and of what is published, so that it stays the same while the
// published text does, whatever else of the procedure changes.
#include <optional>
#include <string>
#include <string_view>

#include "catalogue/entry.h"

namespace catalogue {

enum class FindingKind {
  record_unreadable,         // a line or row that is no record at all
  record_twice,              // the same code in two records of one import that differ
  code_malformed,            // not a digit, a dot and six digits
  text_not_understood,       // a column whose text is not of the published shape
  limit_without_unit,        // a number, but of what?
  limit_placeholder,         // a lone "1": what the portal prints where nobody entered a limit
  limit_missing,             // nothing says how long it takes
  limit_in_words_only,       // the column is empty; a sentence says it
  limit_words_disagree,      // the column says one thing, the description another
  channels_as_cases,         // the channels' limits differ: cases that are published as channels
  channel_twice,             // the same channel several times with different limits
  cases_differ_in_limit,     // cases told apart by nothing but how long they take
  fee_without_zeros,         // "100 VNĐ" for 100,000
  fee_free_with_amount,      // "Miễn phí", and its note names an amount
  fee_free_by_rule,          // "Miễn phí", and its note says that there is a tariff
  fee_disagrees_with_note,   // another amount than in its note
  fee_unclear,               // number and time run into each other, or the currency is unknown
  component_not_told_apart,  // name and numbers could not be separated
  component_without_count,   // a paper of which 0 originals and 0 copies are to be handed in
  instruction_as_paper,      // tells what to do rather than naming a paper
  component_twice,           // the same paper twice in the same case
  components_missing,        // no paper at all
  result_missing,            // no result at all
  result_without_code,       // a result, but no code
  result_code_unknown_form,  // a code of none of the known forms
  tiers_several,             // several levels of government at once
  tier_missing,              // no level
  agency_missing,            // nobody is said to carry it out
  list_disagrees,            // list and page say different things
  page_missing,              // in a list, but no page was read
};

enum class Severity {
  error,    // the procedure cannot be run as published
  warning,  // it can, but people would be misled
  note,     // worth knowing
};

[[nodiscard]] std::string_view to_text(FindingKind kind);
[[nodiscard]] std::string_view to_text(Severity severity);
[[nodiscard]] std::optional<FindingKind> find_finding_kind(std::string_view text);
[[nodiscard]] std::optional<Severity> find_severity(std::string_view text);
[[nodiscard]] Severity severity_of(FindingKind kind);

// What becomes what.  `from` is what the entry must still say for the mending to apply.
struct Mending {
  enum class Change {
    channel_limit,          // of every channel whose column of times says `from`; to: "5wd"
    fee_amount,             // of every fee whose text is `from`; to: dong
    component_instruction,  // components[index] is no paper but a piece of advice
    component_drop,         // components[index] is there already
    component_copies,       // components[index]: to "1/0", originals and copies
    cases_by_limit,         // to: "20d|15d": a case for each limit that the channels publish
    result_code,            // of results[index]
    name,
    field,
  };
  Change change = Change::channel_limit;
  int index = -1;  // of components or results
  std::string from;
  std::string to;
};
[[nodiscard]] std::string_view to_text(Mending::Change change);
[[nodiscard]] std::optional<Mending::Change> find_change(std::string_view text);

struct Finding {
  FindingKind kind = FindingKind::record_unreadable;
  Severity severity = Severity::note;
  std::string code;       // of the procedure; empty: unknown
  std::string id;         // "fee_without_zeros-1a2b3c4d"
  std::string where;      // "channels/0/fees/1"
  std::string published;  // as it stands there, shortened
  form::Bilingual why;
  form::Bilingual proposal;        // what the mending does, or what a person should look up
  std::optional<Mending> mending;  // none: a person has to look it up
  Source source;

  // What a person names to accept or decline it: "1.001193/fee_without_zeros-1a2b3c4d".
  [[nodiscard]] std::string key() const { return code + "/" + id; }
};

}  // namespace catalogue
