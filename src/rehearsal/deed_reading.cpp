// deed_reading.cpp - what somebody does, word by word.
#include "calendar/deadline.h"
#include "rehearsal/line_reading.h"

namespace rehearsal {
namespace {

std::string channel_of(std::string_view keyword) {
  if (keyword == "online" || keyword == "by online") return "online";
  if (keyword == "by post") return "post";
  return "counter";
}

Read<std::int64_t> take_amount(Words& words) {
  const std::string next = words.next_text();
  const auto word = words.take_word();
  const auto amount = word ? amount_in(*word) : std::nullopt;
  if (!amount) return mistake("here is " + next + " where an amount is expected", "write 5000");
  return *amount;
}

Read<base::Done> file(Words& words, Step& step) {
  const auto channel = words.take_longest({"online", "at counter", "by post", "by counter"});
  if (!channel) {
    return mistake("here is " + words.next_text() + " where the channel is expected",
                   "write `files online`, `files at counter` or `files by post`");
  }
  step.code = channel_of(*channel);
  for (;;) {
    if (words.take("and receives")) {
      step.receives = true;
    } else if (words.take("as")) {
      step.another = true;
      TRY(take_name(words, "a number"));
    } else {
      return base::Done{};
    }
  }
}

Read<base::Done> complete(Words& words, Step& step) {
  step.step = TRY(take_name(words, "a step"));
  if (auto outcome = words.take_quoted()) {
    step.code = *std::move(outcome);
  } else {
    step.code = TRY(take_name(words, "an outcome"));
  }
  for (;;) {
    if (words.take("because")) {
      step.reason = TRY(take_text(words, "a reason"));
    } else if (words.take("for")) {
      step.name = TRY(take_text(words, "a name"));
    } else {
      return base::Done{};
    }
  }
}

Read<base::Done> because(Words& words, Step& step) {
  if (!words.take("because")) {
    return mistake("here is " + words.next_text() + " where a reason is expected",
                   "write because \"…\"");
  }
  step.reason = TRY(take_text(words, "a reason"));
  return base::Done{};
}

Read<base::Done> request_supplement(Words& words, Step& step) {
  do {
    Wish wish;
    if (words.take("of")) wish.about = TRY(take_name(words, "a paper or field"));
    wish.what = TRY(take_text(words, "what is to be brought or mended"));
    step.wishes.push_back(std::move(wish));
  } while (words.take_comma() && step.wishes.size() < 100);
  TRY(because(words, step));
  if (words.take("again because")) step.again = TRY(take_text(words, "a reason"));
  return base::Done{};
}

Read<base::Done> supply(Words& words, Step& step) {
  if (words.at_end()) return base::Done{};
  do {
    if (auto note = words.take_quoted()) {
      step.reason = *std::move(note);
    } else if (words.take("papers")) {
      Setting papers{.kind = Setting::Kind::papers};
      papers.papers = TRY(take_papers(words));
      step.changes.push_back(std::move(papers));
    } else {
      step.changes.push_back(TRY(take_change(words)));
    }
    if (step.changes.size() > 200) return mistake("more than 200 changes", "write fewer");
  } while (words.take_comma());
  return base::Done{};
}

Read<base::Done> pay(Words& words, Step& step) {
  step.code = "cash";
  if (const Token* next = words.peek(); next != nullptr && amount_in(next->text)) {
    step.amount = TRY(take_amount(words));
    if (const Token* unit = words.peek(); unit != nullptr && unit->folded == "dong") {
      (void)words.take_word();
    }
  }
  if (words.take("by transfer")) step.code = "transfer";
  return base::Done{};
}

Read<base::Done> issue(Words& words, Step& step) {
  if (!words.at_end() && words.here("number") == 0) step.step = TRY(take_name(words, "a step"));
  if (words.take("number")) step.name = TRY(take_text(words, "a number"));
  return base::Done{};
}

Read<base::Done> return_result(Words& words, Step& step) {
  while (!words.at_end()) {
    if (words.take("to")) {
      step.name = TRY(take_text(words, "a name"));
    } else if (const auto way = words.take_longest(
                   {"by online", "by post", "by counter", "online", "at counter"})) {
      step.code = channel_of(*way);
    } else if (step.step.empty()) {
      step.step = TRY(take_name(words, "a step"));
    } else {
      break;
    }
  }
  return base::Done{};
}

Read<base::Done> pause(Words& words, Step& step) {
  step.code = TRY(take_name(words, "the cause of a pause"));
  bool known = false;
  for (const auto cause :
       {calendar::PauseReason::financial_obligation, calendar::PauseReason::outside_consultation,
        calendar::PauseReason::citizen_confirmation, calendar::PauseReason::other}) {
    known = known || calendar::name(cause) == step.code;
  }
  if (!known) {
    return mistake("the clock does not stand because of `" + step.code + "`",
                   "write financial_obligation, outside_consultation, citizen_confirmation or "
                   "other; a supplement has a step of its own");
  }
  if (words.take("basis")) step.basis = TRY(take_text(words, "an article"));
  if (words.take("until")) step.until = TRY(take_day(words));
  if (auto note = words.take_quoted()) step.reason = *std::move(note);
  return base::Done{};
}

Read<base::Done> apology(Words& words, Step& step) {
  if (auto reason = words.take_quoted()) step.reason = *std::move(reason);
  if (words.take("until")) step.until = TRY(take_day(words));
  return base::Done{};
}

Read<base::Done> read_arguments(Words& words, Step& step) {
  switch (step.deed) {
    case Deed::pass_time:
    case Deed::suppose:
      return base::Done{};
    case Deed::file:
      return file(words, step);
    case Deed::complete:
      return complete(words, step);
    case Deed::assign:
      step.step = TRY(take_name(words, "a step"));
      if (!words.take("to") && !words.take("for")) {
        return mistake("here is " + words.next_text() + " where `to` is expected",
                       "write assigns STEP to \"name\"");
      }
      step.name = TRY(take_text(words, "a name"));
      return words.at_end() ? Read<base::Done>{base::Done{}} : because(words, step);
    case Deed::send_back:
      if (words.here("because") == 0) step.step = TRY(take_name(words, "a step"));
      return because(words, step);
    case Deed::recall:
    case Deed::withdraw:
    case Deed::stop:
      return because(words, step);
    case Deed::refuse:
      words.take("because");
      step.reason = TRY(take_text(words, "a reason"));
      return base::Done{};
    case Deed::request_supplement:
      return request_supplement(words, step);
    case Deed::supply:
      return supply(words, step);
    case Deed::correct:
      step.changes.push_back(TRY(take_change(words)));
      step.step = step.changes.back().name;
      return because(words, step);
    case Deed::attach:
      step.step = TRY(take_name(words, "a paper"));
      return base::Done{};
    case Deed::pay:
      return pay(words, step);
    case Deed::refund:
      step.amount = TRY(take_amount(words));
      return because(words, step);
    case Deed::issue:
      return issue(words, step);
    case Deed::return_result:
      return return_result(words, step);
    case Deed::pause:
      return pause(words, step);
    case Deed::draft_apology:
    case Deed::apologise:
      return apology(words, step);
    case Deed::answer_escalation:
      step.reason = TRY(take_text(words, "what is done about it"));
      return base::Done{};
    case Deed::rate:
      step.amount = TRY(take_amount(words));
      if (auto note = words.take_quoted()) step.reason = *std::move(note);
      return base::Done{};
    case Deed::receive:
    case Deed::resume:
      if (auto note = words.take_quoted()) step.reason = *std::move(note);
      return base::Done{};
  }
  return base::Done{};
}

}  // namespace

Read<base::Done> read_deed(Words& words, Step& step) {
  const auto deed = take_deed(words);
  if (!deed) {
    return mistake(words.next_text() + " is nothing that somebody does",
                   "write files, receives, completes, issues, returns … (docs/formats/scenario.md "
                   "has them all)");
  }
  step.deed = *deed;
  TRY(read_arguments(words, step));
  return take_end(words);
}

Read<base::Done> read_supposition(Words& words, Step& step) {
  step.deed = Deed::suppose;
  if (const auto channel = words.take_longest({"online", "at counter", "by post"})) {
    step.code = channel_of(*channel);
  }
  if (words.at_end()) return base::Done{};
  words.take_comma();
  do {
    step.changes.push_back(TRY(take_change(words)));
    if (step.changes.size() > 200) return mistake("more than 200 changes", "write fewer");
  } while (words.take_comma());
  return take_end(words);
}

}  // namespace rehearsal
