// expectation_reading.cpp - what is expected, word by word.
#include <array>
#include <utility>

#include "rehearsal/line_reading.h"

namespace rehearsal {
namespace {

struct Kind {
  std::string_view keyword;
  Hope hope;
  bool no = false;
};
constexpr std::array<Kind, 36> kKinds{{
    {"case", Hope::case_is},
    {"open", Hope::open},
    {"passed", Hope::passed},
    {"due", Hope::due},
    {"told", Hope::told},
    {"step", Hope::step_due},
    {"fee", Hope::fee},
    {"fee line", Hope::fee_line},
    {"no fee line", Hope::fee_line, true},
    {"owes", Hope::owes},
    {"papers", Hope::papers},
    {"asks", Hope::asks},
    {"does not ask", Hope::asks, true},
    {"replaced", Hope::replaced},
    {"shown", Hope::shown},
    {"hidden", Hope::shown, true},
    {"answer", Hope::answer},
    {"warns", Hope::warns},
    {"does not warn", Hope::warns, true},
    {"eligible", Hope::eligible},
    {"not eligible", Hope::eligible, true},
    {"message", Hope::message},
    {"no message", Hope::message, true},
    {"status", Hope::status},
    {"result", Hope::result},
    {"result number", Hope::result_number},
    {"form", Hope::form},
    {"no form", Hope::form, true},
    {"holder", Hope::holder},
    {"paused", Hope::paused},
    {"running", Hope::paused, true},
    {"late", Hope::late},
    {"on time", Hope::late, true},
    {"closed", Hope::closed},
    {"not closed", Hope::closed, true},
    {"refused", Hope::refused},
}};

Read<std::int64_t> take_dong(Words& words) {
  const std::string next = words.next_text();
  const auto word = words.take_word();
  const auto amount = word ? amount_in(*word) : std::nullopt;
  if (!amount) {
    return mistake("here is " + next + " where an amount in dong is expected", "write 5000");
  }
  if (const Token* unit = words.peek(); unit != nullptr && unit->folded == "dong") {
    (void)words.take_word();
  }
  return *amount;
}

// DAY [TIME], or `nothing`.
Read<base::Done> take_moment(Words& words, Expectation& hope, bool nothing_allowed) {
  if (nothing_allowed && words.take("nothing")) return base::Done{};
  hope.on = TRY(take_day(words));
  words.take("at");
  if (words.at_end()) return base::Done{};
  const std::string next = words.next_text();
  const auto word = words.take_word();
  hope.at = word ? calendar::parse_time_of_day(*word) : std::nullopt;
  if (!hope.at) return mistake("here is " + next + " where a time is expected", "write 17:00");
  return base::Done{};
}

Read<base::Done> take_list(Words& words, Expectation& hope, const char* what, const char* none) {
  if (words.take(none)) return base::Done{};
  hope.names = TRY(take_names(words, what));
  return base::Done{};
}

Read<base::Done> take_may(Words& words, Expectation& hope) {
  hope.hope = Hope::may;
  hope.who = TRY(take_who(words));
  const auto may = words.take_longest({"may", "may not"});
  if (!may) {
    return mistake("here is " + words.next_text() + " where `may` or `may not` is expected",
                   "write WHO may DO, or WHO may not DO; a step goes before the ->");
  }
  hope.no = *may == "may not";
  const auto deed = take_deed(words);
  if (!deed || *deed == Deed::file || *deed == Deed::rate || *deed == Deed::attach) {
    return mistake("it is not known whether somebody may do this",
                   "write receive, refuse, complete STEP, assign STEP, send back STEP, recall, "
                   "request supplement, supply, correct, pay, refund, issue, return, withdraw, "
                   "stop, pause, resume, draft apology, apologise or answer escalation");
  }
  hope.deed = *deed;
  if (!words.at_end()) hope.names.push_back(TRY(take_name(words, "a step")));
  if (hope.names.empty() && (*deed == Deed::complete || *deed == Deed::assign)) {
    return mistake("the step is not named", "write for example: leader may complete sign");
  }
  return base::Done{};
}

Read<base::Done> take_message(Words& words, Expectation& hope) {
  if (hope.no && words.at_end()) return base::Done{};
  hope.names.push_back(TRY(take_name(words, "the kind of a message")));
  if (hope.no) return base::Done{};
  hope.names.emplace_back();
  for (;;) {
    if (words.take("to")) {
      if (words.take("citizen")) {
        hope.names[1] = "citizen";
      } else {
        hope.names[1] = TRY(take_name(words, "an e-mail address"));
      }
    } else if (words.take("containing")) {
      hope.words = TRY(take_text(words, "words"));
      hope.with_words = true;
    } else {
      return base::Done{};
    }
  }
}

Read<base::Done> take_refusal(Words& words, Expectation& hope) {
  hope.names.emplace_back();
  if (!words.at_end() && words.here("at field") == 0 && words.here("saying") == 0) {
    hope.names[0] = TRY(take_name(words, "a refusal"));
  }
  for (;;) {
    if (words.take("at field")) {
      hope.fields = TRY(take_names(words, "a field"));
    } else if (words.take("saying")) {
      hope.words = TRY(take_text(words, "words"));
      hope.with_words = true;
    } else {
      return base::Done{};
    }
  }
}

Read<base::Done> take_arguments(Words& words, Expectation& hope) {
  switch (hope.hope) {
    case Hope::case_is:
      hope.names.push_back(TRY(take_name(words, "a case")));
      return base::Done{};
    case Hope::open:
    case Hope::passed:
      return take_list(words, hope, "a step", "nothing");
    case Hope::due:
      return take_moment(words, hope, true);
    case Hope::told:
      return take_moment(words, hope, false);
    case Hope::step_due:
      hope.names.push_back(TRY(take_name(words, "a step")));
      if (!words.take("due")) {
        return mistake("here is " + words.next_text() + " where `due` is expected",
                       "write step STEP due 2026-08-20 11:00");
      }
      return take_moment(words, hope, true);
    case Hope::fee:
      if (words.take("unknown")) return base::Done{};
      hope.amount = TRY(take_dong(words));
      return base::Done{};
    case Hope::fee_line:
      hope.names.push_back(TRY(take_name(words, "a fee line")));
      if (!hope.no) hope.amount = TRY(take_dong(words));
      return base::Done{};
    case Hope::owes:
      hope.amount = TRY(take_dong(words));
      return base::Done{};
    case Hope::papers:
      return take_list(words, hope, "a paper", "none");
    case Hope::asks:
      if (!hope.no && (words.take("nothing") || words.take("none"))) {
        hope.hope = Hope::papers;
        return base::Done{};
      }
      [[fallthrough]];
    case Hope::replaced:
      hope.names = TRY(take_names(words, "a paper"));
      return base::Done{};
    case Hope::shown:
    case Hope::warns:
      hope.names = TRY(take_names(words, "a field"));
      return base::Done{};
    case Hope::answer: {
      const Setting answer = TRY(take_change(words));
      hope.names.push_back(answer.name);
      hope.value = answer.value;
      return base::Done{};
    }
    case Hope::eligible:
      if (hope.no && !words.at_end()) {
        hope.names.push_back(TRY(take_name(words, "a condition of entitlement")));
      }
      return base::Done{};
    case Hope::message:
      return take_message(words, hope);
    case Hope::status:
    case Hope::result:
      hope.names.push_back(TRY(take_name(words, "a status or a result")));
      return base::Done{};
    case Hope::result_number:
      hope.words = TRY(take_text(words, "a number"));
      return base::Done{};
    case Hope::form: {
      hope.names.push_back(TRY(take_name(words, "the number of a form")));
      if (hope.names[0].size() == 1) hope.names[0].insert(0, "0");
      if (hope.names[0].size() != 2 || hope.names[0] < "01" || hope.names[0] > "07") {
        return mistake("there is no form " + hope.names[0], "write 01 to 07");
      }
      if (auto number = words.take_quoted()) {
        hope.words = *std::move(number);
        hope.with_words = true;
      }
      return base::Done{};
    }
    case Hope::holder:
      hope.names.push_back(TRY(take_name(words, "a step")));
      if (words.take("nobody")) return base::Done{};
      hope.words = TRY(take_text(words, "a name"));
      return base::Done{};
    case Hope::paused:
    case Hope::late:
    case Hope::closed:
      return base::Done{};
    case Hope::happens:
      hope.names = TRY(take_names(words, "an event"));
      return base::Done{};
    case Hope::refused:
      return take_refusal(words, hope);
    case Hope::may:
      return take_may(words, hope);
  }
  return base::Done{};
}

}  // namespace

Read<Expectation> read_expectation(std::string_view text) {
  auto tokens = tokens_of(text);
  if (!tokens) {
    return mistake("a quotation mark is not closed", "write \"…\" with \\\" inside for a mark");
  }
  Words words{*std::move(tokens)};
  Expectation hope;
  hope.text = trimmed(text);
  std::vector<std::string_view> keywords{"happens", "does not happen"};
  for (const Kind& kind : kKinds) keywords.push_back(kind.keyword);
  Words start = words;
  const auto keyword = words.take_longest(keywords);
  if (!keyword) {
    // A person stands before `may`.
    auto person = take_who(start);
    if (!person) {
      return mistake(words.next_text() + " is nothing that can be expected",
                     "write case, open, passed, due, fee, papers, asks, status, message, result, "
                     "refused, WHO may … (docs/formats/scenario.md has them all)");
    }
    TRY(take_may(words, hope));
  } else if (*keyword == "happens" || *keyword == "does not happen") {
    hope.hope = Hope::happens;
    hope.no = *keyword == "does not happen";
    TRY(take_arguments(words, hope));
  } else {
    for (const Kind& kind : kKinds) {
      if (kind.keyword != *keyword) continue;
      hope.hope = kind.hope;
      hope.no = kind.no;
    }
    TRY(take_arguments(words, hope));
  }
  TRY(take_end(words));
  return hope;
}

}  // namespace rehearsal
