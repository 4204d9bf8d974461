// hope.cpp - whether what is expected holds, and if not, what is there instead.
#include <algorithm>

#include <boost/json.hpp>

#include "base/text.h"
#include "dossier/dossier_clock.h"
#include "dossier/status.h"
#include "rehearsal/story.h"

namespace rehearsal {
namespace {

using Contradiction = std::optional<std::string>;

Contradiction fine() {
  return std::nullopt;
}

std::string list_of(const std::vector<std::string>& names, const char* none) {
  std::string text;
  for (const std::string& name : names) text += (text.empty() ? "" : ", ") + name;
  return text.empty() ? none : text;
}

std::string moment_text(const std::optional<calendar::Instant>& at) {
  if (!at) return "nothing";
  return calendar::to_iso(calendar::local_date(*at)) + " " +
         calendar::to_text(calendar::local_time(*at));
}

bool is_then(const Expectation& hope, const std::optional<calendar::Instant>& at) {
  if (!hope.on) return !at.has_value();
  if (!at || calendar::local_date(*at) != *hope.on) return false;
  return !hope.at || calendar::local_time(*at) == *hope.at;
}

bool same_set(std::vector<std::string> a, std::vector<std::string> b) {
  std::ranges::sort(a);
  std::ranges::sort(b);
  return a == b;
}

bool has(const std::vector<std::string>& all, const std::string& one) {
  return std::ranges::find(all, one) != all.end();
}

// "components-missing" and "components_missing" are the same.
std::string slug(std::string text) {
  std::ranges::replace(text, '-', '_');
  return text;
}

bool says(const std::string& text, const std::string& words) {
  return base::to_lower(base::to_nfc(text)).find(base::to_lower(base::to_nfc(words))) !=
         std::string::npos;
}

const char* kind_of(casework::FailureKind kind) {
  switch (kind) {
    case casework::FailureKind::forbidden:
      return "forbidden";
    case casework::FailureKind::unauthenticated:
      return "unauthenticated";
    case casework::FailureKind::unprocessable:
      return "unprocessable";
    case casework::FailureKind::not_allowed_now:
      return "not_allowed_now";
    default:
      return "";
  }
}

std::string official_number(const dossier::Dossier& dossier, const std::string& form) {
  using dossier::Stage;
  if (form == "01") return dossier.slip_number;
  if (form == "02") return dossier.supplement_number;
  if (form == "03") return dossier.stage == Stage::refused ? dossier.end_number : "";
  if (form == "04") return dossier.apology ? dossier.apology->number : "";
  if (form == "05") return dossier.stage != Stage::refused ? dossier.end_number : "";
  if (form == "06") return dossier.control_number;
  return dossier.book_number;
}

const char* kNoDossier = "there is no dossier yet";
const char* kNoLook = "nothing has been filed or supposed yet";

}  // namespace

Contradiction Story::contradiction(const Expectation& hope, const Failed& failure) {
  switch (hope.hope) {
    case Hope::refused:
      return about_refusal(hope, failure);
    case Hope::papers:
    case Hope::asks:
    case Hope::replaced:
      return about_papers(hope);
    case Hope::shown:
    case Hope::warns:
    case Hope::answer:
    case Hope::eligible:
    case Hope::case_is:
      return about_form(hope);
    case Hope::fee:
    case Hope::fee_line:
    case Hope::owes:
      return about_fees(hope);
    case Hope::due:
    case Hope::told:
    case Hope::step_due:
      return about_dates(hope);
    case Hope::open:
    case Hope::passed:
    case Hope::holder:
    case Hope::status:
    case Hope::paused:
    case Hope::late:
    case Hope::closed:
    case Hope::happens:
      return about_state(hope);
    case Hope::result:
    case Hope::result_number:
    case Hope::form:
      return about_outcome(hope);
    case Hope::message:
      return about_messages(hope);
    case Hope::may:
      return about_rights(hope);
  }
  return fine();
}

Contradiction Story::about_refusal(const Expectation& hope, const Failed& failure) const {
  if (!failure) return "it was done";
  std::string got = slug(failure->code);
  std::string said = failure->detail.vi + " / " + failure->detail.en;
  std::vector<std::string> fields;
  for (const form::FieldProblem& one : failure->problems) {
    if (one.severity != form::Severity::error) continue;
    fields.push_back(one.field);
    said += " / " + one.field + ": " + one.message.vi + " / " + one.message.en;
  }
  const std::string why = slug(hope.names.empty() ? "" : hope.names[0]);
  if (!why.empty() && why != got && why != kind_of(failure->kind)) return got + ": " + said;
  for (const std::string& field : hope.fields) {
    if (!has(fields, field)) return got + " at " + list_of(fields, "no field") + ": " + said;
  }
  if (hope.with_words && !says(said, hope.words)) return got + ": " + said;
  return fine();
}

Contradiction Story::about_papers(const Expectation& hope) const {
  if (!look_) return kNoLook;
  if (hope.hope == Hope::papers) {
    const std::vector<std::string> papers = look_->to_bring();
    if (same_set(papers, hope.names)) return fine();
    return "papers " + list_of(papers, "none");
  }
  for (const std::string& paper : hope.names) {
    if (hope.hope == Hope::replaced) {
      if (!look_->is_replaced(paper)) return "`" + paper + "` is not replaced";
    } else if (look_->asks(paper) == hope.no) {
      return "`" + paper + (hope.no ? "` is asked for" : "` is not asked for");
    }
  }
  return fine();
}

Contradiction Story::about_form(const Expectation& hope) const {
  if (!look_) return kNoLook;
  const bool filed = state_ && !supposing_;
  switch (hope.hope) {
    case Hope::case_is: {
      const std::string& got = filed ? state_->case_id : look_->chosen->id;
      if (got == hope.names[0]) return fine();
      return "case " + got;
    }
    case Hope::shown:
      for (const std::string& field : hope.names) {
        if (has(look_->evaluation.visible, field) == hope.no) {
          return "`" + field + (hope.no ? "` is shown" : "` is hidden");
        }
      }
      return fine();
    case Hope::warns:
      for (const std::string& field : hope.names) {
        const bool warned = std::ranges::any_of(look_->evaluation.problems, [&](const auto& one) {
          return one.severity == form::Severity::warning && one.field == field;
        });
        if (warned == hope.no) {
          return warned ? "a warning at `" + field + "`" : "no warning at `" + field + "`";
        }
      }
      return fine();
    case Hope::answer: {
      const base::json::object& answers = filed ? state_->answers : look_->situation.answers;
      const NamedField named = find_named(procedure_.form, hope.names[0]);
      if (named.field == nullptr) return "there is no such field";
      const base::json::value wanted =
          answer_of(named.column != nullptr ? *named.column : *named.field, hope.value);
      const base::json::value* got = answers.if_contains(named.field->id);
      if (named.column != nullptr) {
        const bool there = got != nullptr && got->is_array() &&
                           named.row < got->get_array().size() &&
                           got->get_array()[named.row].is_object();
        got = there ? got->get_array()[named.row].get_object().if_contains(named.column->id)
                    : nullptr;
      }
      const base::json::value there = got == nullptr ? base::json::value{} : *got;
      if (there == wanted) return fine();
      return there.is_null() ? "no answer" : base::to_text(there);
    }
    case Hope::eligible: {
      std::vector<std::string> unmet;
      for (const auto* one : procedure::unmet_eligibility(procedure_, look_->situation)) {
        unmet.push_back(one->id);
      }
      if (!hope.no) return unmet.empty() ? fine() : "not eligible " + list_of(unmet, "");
      if (unmet.empty()) return "eligible";
      if (hope.names.empty() || has(unmet, hope.names[0])) return fine();
      return "not eligible " + list_of(unmet, "");
    }
    default:
      return fine();
  }
}

Contradiction Story::about_fees(const Expectation& hope) const {
  const bool filed = state_ && !supposing_;
  if (!filed && !look_) return kNoLook;
  if (hope.hope == Hope::owes) {
    if (!state_) return kNoDossier;
    const std::int64_t owed = state_->fee_total() - state_->paid();
    return owed == *hope.amount ? fine() : "owes " + std::to_string(owed);
  }
  const bool known = filed || look_->fees.has_value();
  static const std::vector<procedure::FeeLine> kNone;
  const auto& lines = filed ? state_->fees : known ? look_->fees->lines : kNone;
  if (hope.hope == Hope::fee) {
    std::int64_t total = 0;
    for (const procedure::FeeLine& line : lines) total += line.amount;
    if (known == hope.amount.has_value() && (!known || total == *hope.amount)) return fine();
    return known ? "fee " + std::to_string(total) : "fee unknown";
  }
  std::string got;
  bool found = false;
  bool holds = false;
  for (const procedure::FeeLine& line : lines) {
    got += (got.empty() ? "" : ", ") + line.code + " " + std::to_string(line.amount);
    if (line.code != hope.names[0]) continue;
    found = true;
    holds = hope.amount && line.amount == *hope.amount;
  }
  if (hope.no ? !found : holds) return fine();
  return got.empty() ? "no fee lines" : "fee lines " + got;
}

std::optional<calendar::Instant> Story::supposed_due() {
  const auto limit = procedure::limit_for(procedure_, *look_->chosen, look_->situation.channel);
  if (!limit) return std::nullopt;
  dossier::AgreedLimits limits;
  limits.published = limit->published.text();
  if (limit->internal) limits.internal = limit->internal->text();
  if (limit->cutoff) limits.cutoff_minutes = limit->cutoff->minutes;
  const auto term = dossier::term_of(limits, setup_.clock.now(), {}, std::nullopt,
                                     work_.calendar_of(state_ ? state_->agency : data_.agency));
  return term ? term->promised.due : std::nullopt;
}

Contradiction Story::about_dates(const Expectation& hope) {
  std::optional<calendar::Instant> got;
  if (supposing_) {
    if (hope.hope != Hope::due) return kNoDossier;
    got = supposed_due();
  } else if (!state_) {
    return kNoDossier;
  } else if (hope.hope == Hope::due) {
    got = state_->received_at ? state_->due_at : state_->expected_due_at;
  } else if (hope.hope == Hope::told) {
    got = state_->appointed_at();
  } else {
    const dossier::Task* task = task_at(hope.names[0]);
    if (task == nullptr) return "`" + hope.names[0] + "` is not open";
    got = task->due_at;
  }
  return is_then(hope, got) ? fine() : "due " + moment_text(got);
}

Contradiction Story::about_state(const Expectation& hope) {
  if (!state_) return kNoDossier;
  const dossier::Dossier& dossier = *state_;
  switch (hope.hope) {
    case Hope::open: {
      std::vector<std::string> open;
      for (const dossier::Task& task : dossier.tasks) open.push_back(task.step);
      return same_set(open, hope.names) ? fine() : "open " + list_of(open, "nothing");
    }
    case Hope::passed: {
      std::vector<std::string> route;
      const auto stored = work_.store.events(dossiers_.back(), 0);
      if (!stored) return "the events cannot be read";
      for (const casework::StoredEvent& one : *stored) {
        if (one.type != "task_completed" && one.type != "result_issued" &&
            one.type != "result_returned") {
          continue;
        }
        const auto payload = base::parse_json(one.payload);
        const std::string step = payload ? base::string_or(*payload, "step") : "";
        if (!step.empty()) route.push_back(step);
      }
      return route == hope.names ? fine() : "passed " + list_of(route, "nothing");
    }
    case Hope::holder: {
      const dossier::Task* task = task_at(hope.names[0]);
      if (task == nullptr) return "`" + hope.names[0] + "` is not open";
      if (task->assignee_name == hope.words) return fine();
      return task->assignee_name.empty() ? "nobody has it" : task->assignee_name + " has it";
    }
    case Hope::status: {
      const auto status = dossier::status_of(procedure_, dossier);
      const std::string number = std::to_string(static_cast<int>(status));
      const std::string key{dossier::key_of(status)};
      if (hope.names[0] == number || hope.names[0] == key) return fine();
      return "status " + number + " (" + key + ")";
    }
    case Hope::paused:
      if (dossier.is_paused() != hope.no) return fine();
      return hope.no ? "the clock stands" : "the clock runs";
    case Hope::late: {
      const auto due = dossier::due_state(dossier, setup_.clock.now(), work_.calendar_of(dossier));
      const bool late = due == dossier::DueState::overdue;
      if (late != hope.no) return fine();
      return (late ? "late" : "on time") + std::string{", due "} + moment_text(dossier.due_at);
    }
    case Hope::closed:
      if (dossier.is_closed() != hope.no) return fine();
      return hope.no ? "closed" : "not closed";
    case Hope::happens:
      for (const std::string& event : hope.names) {
        if (has(events_, event) == hope.no) return "events " + list_of(events_, "none");
      }
      return fine();
    default:
      return fine();
  }
}

Contradiction Story::about_outcome(const Expectation& hope) const {
  if (!state_) return kNoDossier;
  if (hope.hope == Hope::form) {
    const std::string number = official_number(*state_, hope.names[0]);
    if (hope.no) return number.empty() ? fine() : "form " + hope.names[0] + " " + number;
    if (number.empty()) return "form " + hope.names[0] + " was not issued";
    return !hope.with_words || number == hope.words ? fine() : "number " + number;
  }
  if (!state_->result) return "there is no result";
  if (hope.hope == Hope::result) {
    return state_->result->code == hope.names[0] ? fine() : "result " + state_->result->code;
  }
  return state_->result->number == hope.words ? fine() : "number " + state_->result->number;
}

Contradiction Story::about_messages(const Expectation& hope) const {
  std::vector<std::string> sent;
  for (const SentMessage& one : messages_) sent.push_back(one.kind + " to " + one.to);
  const std::string got = "messages: " + list_of(sent, "none");
  if (hope.no) {
    const bool any = std::ranges::any_of(messages_, [&](const SentMessage& one) {
      return hope.names.empty() || one.kind == hope.names[0];
    });
    return any ? got : fine();
  }
  const std::string to =
      hope.names[1] == "citizen" && state_ ? state_->applicant.email : hope.names[1];
  std::string words;
  for (const SentMessage& one : messages_) {
    if (one.kind != hope.names[0] || (!to.empty() && one.to != to)) continue;
    if (!hope.with_words || says(one.words, hope.words)) return fine();
    words = one.words;
  }
  return words.empty() ? got : words;
}

}  // namespace rehearsal
