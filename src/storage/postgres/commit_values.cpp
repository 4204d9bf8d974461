#include "storage/postgres/commit_values.h"

#include <algorithm>
#include <map>

#include "base/text.h"

namespace storage::postgres {

namespace {

using casework::Commit;
using Texts = std::vector<std::string_view>;
using Numbers = std::vector<std::int64_t>;
using MaybeNumbers = std::vector<std::optional<std::int64_t>>;

// Event times may differ by a little between commands that were decided at once.
constexpr std::chrono::seconds kDisorder{5};
constexpr std::chrono::days kPausedBehind{36'500};
constexpr std::size_t kWordLimit = 200;  // bytes; the index takes 2,046

std::int64_t number_of(calendar::Instant at) {
  return at.time_since_epoch().count();
}
std::optional<std::int64_t> number_of(const std::optional<calendar::Instant>& at) {
  return at.has_value() ? std::optional{number_of(*at)} : std::nullopt;
}

// The series in the order of their names, with how many numbers each gives; then each number with
// its place among those of its series.
void bind_numbers(Values& values, const Commit& commit) {
  std::map<std::string_view, std::int64_t> series;
  for (const casework::EventToStore& event : commit.events) {
    if (event.number.has_value()) series.emplace(event.number->key, 0);
  }
  Texts keys;
  for (const auto& [key, count] : series) keys.push_back(key);
  Numbers of_series;
  Numbers offsets;
  Texts prefixes;
  Numbers widths;
  Texts suffixes;
  std::vector<std::string> placeholders;
  for (const casework::EventToStore& event : commit.events) {
    if (!event.number.has_value()) continue;
    const auto place = series.find(event.number->key);
    of_series.push_back(1 + std::distance(series.begin(), place));
    offsets.push_back(++place->second);
    prefixes.push_back(event.number->prefix);
    widths.push_back(event.number->width);
    suffixes.push_back(event.number->suffix);
    placeholders.push_back(casework::number_placeholder(commit.row.id, placeholders.size()));
  }
  Numbers counts;
  for (const auto& [key, count] : series) counts.push_back(count);
  values.bind(keys).bind(counts).bind(of_series).bind(offsets).bind(prefixes);
  values.bind(widths).bind(suffixes).bind(placeholders);
}

void bind_events(Values& values, const Commit& commit, const std::vector<Sealed>& sealed) {
  Texts types;
  Texts payloads;
  Numbers numbers;  // which one was allotted to it; 0: none
  Texts salts;
  Texts contents;
  std::int64_t allotted = 0;
  for (std::size_t i = 0; i < commit.events.size(); ++i) {
    const casework::EventToStore& event = commit.events[i];
    types.push_back(event.type);
    payloads.push_back(event.payload);
    numbers.push_back(event.number.has_value() ? ++allotted : 0);
    salts.push_back(sealed[i].salt);
    contents.push_back(sealed[i].content);
  }
  values.bind(types).bind(payloads).bind(numbers).bind_all_bytes(salts).bind_all_bytes(contents);
}

void bind_tasks(Values& values, const Commit& commit) {
  Texts agencies, roles, assignees, names, steps, actions;
  Numbers sort_at, activities, opened_at;
  MaybeNumbers due_at;
  for (const casework::TaskRow& task : commit.tasks) {
    // First what is due first; what has no due date yet waits in the order of its arrival.
    calendar::Instant sort = task.due_at.value_or(commit.row.due_at.value_or(task.opened_at));
    if (commit.row.due_at.has_value()) sort = std::min(sort, *commit.row.due_at);
    // While the clock stands nobody at the office is waited for: behind everything else.
    if (commit.row.paused) sort += kPausedBehind;
    agencies.push_back(task.agency);
    sort_at.push_back(number_of(sort));
    activities.push_back(task.activity);
    roles.push_back(task.role);
    assignees.push_back(task.assignee_id);
    names.push_back(task.assignee_name);
    steps.push_back(task.step);
    actions.push_back(task.action);
    opened_at.push_back(number_of(task.opened_at));
    due_at.push_back(number_of(task.due_at));
  }
  values.bind(agencies).bind(sort_at).bind(activities).bind(roles).bind(assignees).bind(names);
  values.bind(steps).bind(actions).bind(opened_at).bind(due_at);
}

void bind_payments(Values& values, const Commit& commit) {
  Texts agencies, receipts, kinds, methods, reasons, cashiers, names;
  Numbers at, amounts;
  for (const casework::PaymentRow& payment : commit.payments) {
    agencies.push_back(payment.agency);
    at.push_back(number_of(payment.at));
    receipts.push_back(payment.receipt);
    kinds.push_back(payment.kind);
    amounts.push_back(payment.amount);
    methods.push_back(payment.method);
    reasons.push_back(payment.reason);
    cashiers.push_back(payment.cashier_id);
    names.push_back(payment.cashier_name);
  }
  values.bind(agencies).bind(at).bind(receipts).bind(kinds).bind(amounts).bind(methods);
  values.bind(reasons).bind(cashiers).bind(names);
}

void bind_outbox(Values& values, const Commit& commit) {
  Texts kinds, payloads, effects;
  for (const casework::OutboxItem& item : commit.outbox) {
    kinds.push_back(item.kind);
    payloads.push_back(item.payload);
    effects.push_back(item.effect);
  }
  values.bind(kinds).bind(payloads).bind(effects);
}

}  // namespace

std::vector<std::string> words_of(std::string_view folded) {
  std::vector<std::string> words;
  while (!folded.empty()) {
    const std::size_t end = std::min(folded.find(' '), folded.size());
    std::string_view word = folded.substr(0, std::min(end, kWordLimit));
    // Never through the middle of a letter.
    while (word.size() == kWordLimit && word.size() < end &&
           (folded[word.size()] & '\xC0') == '\x80') {
      word.remove_suffix(1);
    }
    if (!word.empty()) words.emplace_back(word);
    folded.remove_prefix(std::min(end + 1, folded.size()));
  }
  return words;
}

PreparedCommit::PreparedCommit(const std::string& tenant, const Commit& commit, bool later) {
  const casework::DossierRow& row = commit.row;
  sealed_.reserve(commit.events.size());
  for (const casework::EventToStore& event : commit.events) {
    sealed_.push_back(seal(commit.actor, event.payload));
  }
  folded_ = base::fold_for_search(row.applicant);
  values.bind(tenant).bind(later);
  values.bind(commit.request.actor).bind(commit.request.key).bind(commit.request.hash);
  values.bind(row.id).bind(commit.expected_version).bind(row.version).bind(commit.at);
  values.bind(commit.at + kDisorder);
  values.bind(row.code).bind(row.procedure).bind(row.digest).bind(row.agency);
  values.bind(row.receiving_agency).bind(row.status).bind(row.channel).bind(row.applicant);
  values.bind(row.applicant_id).bind(folded_).bind(row.step).bind(row.holder).bind(row.filed_at);
  values.bind(row.received_at).bind(row.due_at).bind(row.finished_at).bind(row.paused);
  values.bind(row.closed).bind(commit.slip_number).bind(commit.state);
  values.bind(commit.wake_at == casework::kNever ? std::nullopt : commit.wake_at);
  values.bind(commit.clock);
  values.bind(static_cast<int>(commit.actor.kind)).bind(commit.actor.id).bind(commit.actor.name);
  values.bind(commit.actor.agency);
  bind_numbers(values, commit);
  bind_events(values, commit, sealed_);
  values.bind(commit.agencies);
  if (commit.search_text.has_value()) {
    values.bind(words_of(*commit.search_text));
  } else {
    values.bind_no_texts();
  }
  values.bind(commit.addresses).bind(commit.erases);
  bind_tasks(values, commit);
  bind_payments(values, commit);
  bind_outbox(values, commit);
  values.bind(row.returning_agency);
}

}  // namespace storage::postgres
