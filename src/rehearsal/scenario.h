#pragma once
// scenario.h - a scenario as it is written: data, steps, and what is expected of each.
//
// docs/formats/scenario.md is the language.  Text in, values out.  Hostile text is bounded: 256 KiB
// and 5,000 lines a file, 2,000 bytes a line.
#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "calendar/instant.h"
#include "form/definition_problem.h"
#include "party/officer.h"

namespace rehearsal {

using form::DefinitionProblem;
using form::DefinitionProblems;

// A value as it stands there; what it means depends on the field.
struct Written {
  std::string text{};
  bool quoted = false;
  bool nothing = false;  // "nothing": no answer

  friend bool operator==(const Written&, const Written&) = default;
};

struct WrittenTable {
  std::vector<std::string> columns;
  std::vector<std::vector<Written>> rows;  // each as wide as `columns`

  friend bool operator==(const WrittenTable&, const WrittenTable&) = default;
};

// Which papers are given.
struct PapersGiven {
  enum class Which { all, none, all_but, only };
  Which which = Which::all;
  std::vector<std::string> names{};  // all_but, only

  friend bool operator==(const PapersGiven&, const PapersGiven&) = default;
};

// One line of the data.
struct Setting {
  enum class Kind { like, answer, applicant, on_behalf_of, agency, papers, return_by };
  Kind kind = Kind::answer;
  std::string file{};
  int line = 0;
  std::string name{};                   // block, field, member of the person
  Written value{};                      // answer, member, agency code, way of return
  std::optional<WrittenTable> table{};  // answer of a table
  PapersGiven papers{};

  friend bool operator==(const Setting&, const Setting&) = default;
};

// Who does something, or may.
struct Who {
  bool citizen = true;
  party::Role role = party::Role::reception;  // of an officer
  std::string name{};                         // of a second officer of that kind, or empty
  std::string of{};                           // part of the process or agency code, or empty

  friend bool operator==(const Who&, const Who&) = default;
};

enum class Deed {
  pass_time,  // nobody does anything
  suppose,    // what would the form and the procedure say
  file,
  receive,
  refuse,
  complete,
  assign,
  send_back,
  recall,
  request_supplement,
  supply,
  correct,
  attach,
  pay,
  refund,
  issue,
  return_result,
  withdraw,
  stop,
  pause,
  resume,
  draft_apology,
  apologise,
  answer_escalation,
  rate,
};

// One thing asked of the applicant.
struct Wish {
  std::string about{};  // paper or field, or empty
  std::string what{};

  friend bool operator==(const Wish&, const Wish&) = default;
};

enum class Hope {
  case_is,        // names[0]
  open,           // exactly `names`
  passed,         // exactly `names`, in order
  due,            // day and time; neither: no due date
  told,           // day and time
  step_due,       // names[0]; day and time
  fee,            // amount; without: unknown
  fee_line,       // names[0]; amount; no: no such line
  owes,           // amount
  papers,         // exactly `names`
  asks,           // `names`; no: none of them
  replaced,       // `names`
  shown,          // `names`; no: hidden
  answer,         // names[0], value
  warns,          // `names`; no: none of them
  eligible,       // no: not, because of names[0] where it is named
  may,            // who, deed, names[0]: a step; no: may not
  message,        // names[0] kind, names[1] address or empty, words; no: none (of the kind)
  status,         // names[0]: number or key
  result,         // names[0]: code
  result_number,  // words
  form,           // names[0]: "01"; words: its number; no
  holder,         // names[0]: step; words: name, empty for nobody
  paused,         // no: running
  late,           // no: on time
  closed,         // no: not closed
  happens,        // `names`: events; no: none of them
  refused,        // names[0]: why, or empty; fields; words
};

struct Expectation {
  int line = 0;
  std::string text{};  // as written
  Hope hope = Hope::case_is;
  bool no = false;
  std::vector<std::string> names{};
  std::vector<std::string> fields{};
  std::string words{};
  bool with_words = false;
  std::optional<std::int64_t> amount{};
  std::optional<calendar::Date> on{};
  std::optional<calendar::TimeOfDay> at{};
  Who who{};
  Deed deed = Deed::receive;
  Written value{};

  friend bool operator==(const Expectation&, const Expectation&) = default;
};

struct Step {
  int line = 0;
  std::string text{};  // as written, without what is expected
  calendar::Date on{};
  calendar::TimeOfDay at{};
  Deed deed = Deed::pass_time;
  Who who{};
  std::string step{};    // of the process, or the paper, or the field
  std::string code{};    // outcome, channel, cause of a pause, way of payment or return
  std::string reason{};  // or note
  std::string again{};   // why a second supplement
  std::string name{};    // whom it is given to, who takes the result, the number of a result
  std::string basis{};   // article
  std::optional<std::int64_t> amount{};
  std::optional<calendar::Date> until{};
  bool receives = false;  // files and receives at once
  bool another = false;   // the same filed once more, knowingly
  std::vector<Wish> wishes{};
  std::vector<Setting> changes{};  // of what is supposed, supplied or corrected
  std::vector<Expectation> expectations{};

  friend bool operator==(const Step&, const Step&) = default;
};

struct Scenario {
  std::string name;   // of the file, without path and ending
  std::string file;   // within the package
  std::string title;  // the sentence
  std::string source;
  std::vector<Setting> data;
  std::vector<Step> steps;

  friend bool operator==(const Scenario&, const Scenario&) = default;
};

// "scenarios/<name>.txt".
[[nodiscard]] form::Defined<Scenario> read_scenario(const std::string& file, std::string_view text);

using DataBlocks = std::map<std::string, std::vector<Setting>>;
// "scenarios/common.txt".
[[nodiscard]] form::Defined<DataBlocks> read_data_blocks(const std::string& file,
                                                         std::string_view text);

}  // namespace rehearsal
