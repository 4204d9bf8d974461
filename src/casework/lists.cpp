#include "casework/lists.h"

#include <algorithm>
#include <iterator>
#include <map>
#include <set>

#include <boost/json.hpp>

#include "base/text.h"
#include "casework/authority_json.h"
#include "casework/duty_calls.h"
#include "casework/gate.h"
#include "casework/succession.h"
#include "casework/view.h"
#include "party/dossier_code.h"

namespace casework {

namespace {

using base::json::array;
using base::json::object;
using base::json::value;

// The top of an agency's tree sees everything, which needs no filter.
std::string visible_prefix(const party::Officer& officer) {
  const std::string& agency = officer.agency.text();
  return agency.find('.') == std::string::npos ? std::string{} : agency;
}

// A commune's officers see what concerns the commune, at the committee as at its centre.
std::string visible_prefix(const Workplace& workplace, const party::Officer& officer) {
  const party::Agency* agency = workplace.organisation.find(officer.agency);
  if (agency != nullptr && agency->kind == party::AgencyKind::commune_centre &&
      agency->parent.has_value()) {
    return agency->parent->text();
  }
  return visible_prefix(officer);
}

// With those of agencies that are no more and whose work came to what he sees.
std::vector<std::string> visible_prefixes(const Workplace& workplace,
                                          const party::Officer& officer) {
  return with_predecessors(workplace.organisation, visible_prefix(workplace, officer));
}

// The codes of what a scope is about; nothing where that is no procedure at all.
std::optional<std::vector<std::string>> codes_of(Workplace& workplace,
                                                 const party::ProcedureScope& scope) {
  std::vector<std::string> codes = scope.codes;
  if (scope.all) return std::vector<std::string>{};
  if (!scope.fields.empty()) {
    for (const procedure::CardPtr& card : workplace.publications.all()) {
      if (scope.covers(card->code, card->field.vi)) codes.push_back(card->code);
    }
  }
  if (codes.empty()) return std::nullopt;
  return codes;
}

}  // namespace

std::vector<InboxPlace> places_of(Workplace& workplace, const party::Officer& officer,
                                  Instant now) {
  std::vector<InboxPlace> places;
  for (const party::AgencyId& agency : officer.takes_over) {
    for (const party::Role role : officer.roles) {
      places.push_back({.agency = agency.text(), .role = std::string{party::name(role)}});
    }
  }
  for (const party::Mandate& mandate : officer.mandates) {
    if (!mandate.counts_at(now)) continue;
    auto codes = codes_of(workplace, mandate.procedures);
    if (!codes.has_value()) continue;
    places.push_back({.agency = mandate.agency.text(),
                      .role = std::string{party::name(mandate.role)},
                      .procedures = *std::move(codes),
                      .in_place_of = mandate.kind == party::MandateKind::deputy
                                         ? mandate.on_behalf_of.text
                                         : std::string{}});
  }
  return places;
}

namespace {

// By which mandate the task is his; nothing: by his post.
value basis_of(const party::Officer& officer, const procedure::Procedure& procedure,
               const dossier::Task& task, Instant now) {
  const auto agency = party::AgencyId::parse(task.agency);
  if (!agency.has_value() || officer.mandates.empty()) return nullptr;
  party::Subject subject{.agency = *agency,
                         .role = party::parse_role(task.role),
                         .assignee = {},
                         .procedure = procedure.code,
                         .field = procedure.field.vi};
  if (!task.assignee_id.empty()) subject.assignee = party::OfficerId{task.assignee_id};
  const party::Verdict verdict = party::may(officer, party::Action::claim_task, subject, now);
  if (!verdict.allowed || verdict.mandate == nullptr) return nullptr;
  return value(basis_json(*verdict.mandate));
}

Answer<base::Done> may_list(const party::Officer& officer, party::Action action, Instant at) {
  return require(party::may(officer, action, party::Subject{.agency = officer.agency}, at));
}

Instant start_of(calendar::Date on) {
  return calendar::at_local(on, calendar::TimeOfDay{0});
}

// The end of one working day from now: due before it is "soon".
Instant soon_after(const calendar::OfficeCalendar& office, Instant now) {
  const auto eight_hours = calendar::Limit::parse("8h");
  const auto due = calendar::deadline({.start = now, .limit = *eight_hours}, office);
  return due && due->due.has_value() ? *due->due + std::chrono::milliseconds{1}
                                     : now + std::chrono::hours{24};
}

// What he sees beside his own: where a mandate lets him, and what his agency has taken over.
std::vector<std::string> other_prefixes(const Workplace& workplace, const party::Officer& officer,
                                        Instant now) {
  std::vector<std::string> prefixes;
  for (const party::AgencyId& agency : officer.takes_over) prefixes.push_back(agency.text());
  for (const party::Mandate& mandate : officer.mandates) {
    if (!mandate.counts_at(now)) continue;
    party::Officer there = officer;
    there.agency = mandate.agency;
    const std::string prefix = visible_prefix(workplace, there);
    prefixes.push_back(prefix.empty() ? mandate.agency.text() : prefix);
  }
  std::ranges::sort(prefixes);
  const auto twice = std::ranges::unique(prefixes);
  prefixes.erase(twice.begin(), twice.end());
  return prefixes;
}

}  // namespace

// A query finds by the codes of agencies: his own, what is below it, those of his mandates.  What
// is shown of it the gate says, as it does of the dossier itself: a clerk of the province does not
// see the dossiers of its communes.
bool may_see(Workplace& workplace, const party::Officer& officer, const DossierRow& row,
             Instant now) {
  const auto agency = party::AgencyId::parse(row.agency);
  if (agency.has_value() &&
      party::may(officer, party::Action::view_dossier,
                 party::Subject{.agency = *agency, .procedure = row.procedure}, now)
          .allowed) {
    return true;
  }
  const auto open = open_dossier(workplace, row.id);
  return open &&
         may_at_any_part(officer, party::Action::view_dossier, *open->procedure, open->dossier, now)
             .allowed;
}

namespace {

SearchQuery query_of(Workplace& workplace, const party::Officer& officer,
                     const SearchRequest& request) {
  SearchQuery query;
  if (const auto code = party::DossierCode::parse(request.q)) {
    query.code = code->text();
  } else {
    query.words = base::fold_for_search(request.q);
  }
  const auto prefixes = visible_prefixes(workplace, officer);
  query.agency_prefix = prefixes.front();
  query.now = workplace.clock.now();
  if (!query.agency_prefix.empty()) {
    query.more_prefixes = other_prefixes(workplace, officer, query.now);
    query.more_prefixes.insert(query.more_prefixes.end(), prefixes.begin() + 1, prefixes.end());
  }
  query.statuses = request.statuses;
  query.procedure = request.procedure;
  query.overdue = request.overdue;
  if (request.from.has_value()) query.filed_from = start_of(*request.from);
  if (request.to.has_value()) query.filed_before = start_of(*request.to + std::chrono::days{1});
  query.cursor = request.cursor;
  query.limit = std::clamp(request.limit, 1, 500);
  return query;
}

}  // namespace

Answer<object> inbox_json(Workplace& workplace, const party::Officer& officer,
                          const InboxRequest& request) {
  InboxQuery query;
  query.officer = officer.id.text;
  query.agency = officer.agency.text();
  for (const party::Role role : officer.roles) query.roles.emplace_back(party::name(role));
  query.state = request.state;
  query.places = places_of(workplace, officer, workplace.clock.now());
  query.procedure = request.procedure;
  query.now = workplace.clock.now();
  query.soon = soon_after(workplace.calendar_of(query.agency), query.now);
  query.cursor = request.cursor;
  query.limit = std::clamp(request.limit, 1, 100);
  // What he was called for is free, for want of anybody, perhaps at an agency below his.
  std::map<std::pair<std::string, std::uint32_t>, DutyCall> calls;
  for (DutyCall& call : TRY_AS_FAILURE(duty_calls_of(workplace.store, query.officer))) {
    query.places.push_back(
        {.agency = call.agency, .role = call.role, .procedures = {call.procedure}});
    calls.emplace(std::pair{call.dossier, call.activity}, std::move(call));
  }
  const InboxPage page = TRY_AS_FAILURE(workplace.store.inbox(query));
  array items;
  for (const InboxRow& row : page.rows) {
    object item = row_json(workplace, row.dossier, query.now);
    if (const auto procedure = workplace.publications.pinned(row.dossier.digest)) {
      const dossier::Task task{.activity = row.task.activity,
                               .step = row.task.step,
                               .agency = row.task.agency,
                               .role = row.task.role,
                               .assignee_id = row.task.assignee_id,
                               .assignee_name = row.task.assignee_name,
                               .opened_at = row.task.opened_at,
                               .due_at = row.task.due_at};
      item["task"] = task_json(workplace, **procedure, task, row.dossier.paused, query.now);
      item["basis"] = basis_of(officer, **procedure, task, query.now);
    }
    const auto called = calls.find({row.dossier.id, row.task.activity});
    if (called != calls.end()) {
      item["duty"] = object{{"reason", called->second.reason},
                            {"since", calendar::to_iso(called->second.since)}};
    }
    if (row.dossier.due_at.has_value() && !row.dossier.paused) {
      const calendar::OfficeCalendar office = workplace.calendar_of(row.dossier.agency);
      const Instant due = *row.dossier.due_at;
      item["remaining_minutes"] = due > query.now
                                      ? calendar::working_minutes_between(query.now, due, office)
                                      : -calendar::working_minutes_between(due, query.now, office);
    } else {
      item["remaining_minutes"] = nullptr;
    }
    items.push_back(std::move(item));
  }
  const InboxCounts& counts = page.counts;
  return object{
      {"items", std::move(items)},
      {"counts", object{{"all", counts.all},
                        {"new", counts.fresh},
                        {"mine", counts.mine},
                        {"unassigned", counts.unassigned},
                        {"overdue", counts.overdue},
                        {"soon", counts.soon},
                        {"paused", counts.paused},
                        {"to_return", counts.to_return}}},
      {"next_cursor", page.next_cursor.empty() ? value(nullptr) : value(page.next_cursor)}};
}

Answer<object> search_json(Workplace& workplace, const party::Officer& officer,
                           const SearchRequest& request) {
  const SearchQuery query = query_of(workplace, officer, request);
  TRY(may_list(officer, party::Action::view_dossier, query.now));
  const SearchPage page = TRY_AS_FAILURE(workplace.store.search(query));
  array items;
  for (const DossierRow& row : page.rows) {
    if (may_see(workplace, officer, row, query.now)) {
      items.push_back(row_json(workplace, row, query.now));
    }
  }
  return object{
      {"items", std::move(items)},
      {"next_cursor", page.next_cursor.empty() ? value(nullptr) : value(page.next_cursor)}};
}

Answer<base::Done> each_found(Workplace& workplace, const party::Officer& officer,
                              SearchRequest request,
                              const std::function<void(const DossierRow&)>& visit) {
  constexpr int kRowsMax = 100'000;
  request.limit = 500;
  TRY(may_list(officer, party::Action::export_lists, workplace.clock.now()));
  int seen = 0;
  do {
    const SearchQuery query = query_of(workplace, officer, request);
    const SearchPage page = TRY_AS_FAILURE(workplace.store.search(query));
    for (const DossierRow& row : page.rows) {
      if (!may_see(workplace, officer, row, query.now)) continue;
      if (++seen > kRowsMax) return base::Done{};
      visit(row);
    }
    request.cursor = page.next_cursor;
  } while (!request.cursor.empty());
  return base::Done{};
}

Answer<object> twins_json(Workplace& workplace, const party::Officer& officer,
                          const std::string& procedure, const std::string& personal_id,
                          const std::string& name) {
  const Instant now = workplace.clock.now();
  TRY(may_list(officer, party::Action::receive, now));
  array items;
  const auto twins = TRY_AS_FAILURE(workplace.store.open_twins(procedure, personal_id, name));
  for (const DossierRow& row : twins) {
    if (may_see(workplace, officer, row, now)) items.push_back(row_json(workplace, row, now));
  }
  return object{{"items", std::move(items)}};
}

namespace {

struct Tally {
  std::int64_t received = 0, online = 0, counter = 0, carried_over = 0;
  std::int64_t done = 0, early = 0, on_time = 0, late = 0;
  std::int64_t open = 0, open_in_time = 0, open_late = 0;

  void add(const DossierRow& row, Instant from, Instant to, Instant now) {
    const bool fresh = row.filed_at >= from;
    ++received;
    if (!fresh) {
      ++carried_over;
    } else if (row.channel == "online") {
      ++online;
    } else {
      ++counter;
    }
    if (row.finished_at.has_value() && *row.finished_at < to) {
      ++done;
      // Early: at least one whole day before the due day.
      if (row.due_at.has_value() && *row.finished_at > *row.due_at) {
        ++late;
      } else if (row.due_at.has_value() &&
                 calendar::local_date(*row.finished_at) < calendar::local_date(*row.due_at)) {
        ++early;
      } else {
        ++on_time;
      }
    } else {
      ++open;
      const Instant seen = std::min(to, now);
      if (row.due_at.has_value() && !row.paused && *row.due_at < seen) {
        ++open_late;
      } else {
        ++open_in_time;
      }
    }
  }
  [[nodiscard]] object json() const {
    return {{"received", received},
            {"received_online", online},
            {"received_counter", counter},
            {"carried_over", carried_over},
            {"done", done},
            {"done_early", early},
            {"done_on_time", on_time},
            {"done_late", late},
            {"open", open},
            {"open_in_time", open_in_time},
            {"open_late", open_late}};
  }
};

}  // namespace

Answer<object> on_time_json(Workplace& workplace, const party::Officer& officer,
                            calendar::Date from, calendar::Date to) {
  const Instant now = workplace.clock.now();
  TRY(may_list(officer, party::Action::view_reports, now));
  if (to < from || to - from > std::chrono::days{3700}) {
    return fail(FailureKind::unprocessable, "bad-period",
                {"Kỳ báo cáo không hợp lệ: ngày cuối phải sau ngày đầu, không quá 10 năm.",
                 "The period is not valid: the last day follows the first, ten years at most."});
  }
  ReportQuery query{
      .agency_prefix = {}, .from = start_of(from), .to = start_of(to + std::chrono::days{1})};
  // The past of a successor is that of those before it as well.
  std::vector<DossierRow> rows;
  std::set<std::string> seen;
  for (const std::string& prefix : visible_prefixes(workplace, officer)) {
    query.agency_prefix = prefix;
    for (DossierRow& row : TRY_AS_FAILURE(workplace.store.report(query))) {
      if (seen.insert(row.id).second) rows.push_back(std::move(row));
    }
  }
  std::map<std::string, Tally> by_procedure;
  Tally total;
  array late;
  for (const DossierRow& row : rows) {
    // Not received in the end: outside of the count of what was settled.
    if (row.status == 3) continue;
    by_procedure[row.procedure].add(row, query.from, query.to, now);
    total.add(row, query.from, query.to, now);
    const Instant end = row.finished_at.value_or(std::min(now, query.to));
    if (row.due_at.has_value() && !row.paused && end > *row.due_at && late.size() < 200) {
      late.push_back(row_json(workplace, row, now));
    }
  }
  array items;
  for (const auto& [code, tally] : by_procedure) {
    object item = tally.json();
    const ProcedurePtr procedure = workplace.publications.find(code);
    item["procedure"] =
        object{{"code", code},
               {"name", text_json(procedure == nullptr ? Bilingual{code, code} : procedure->name)}};
    items.push_back(std::move(item));
  }
  return object{{"from", calendar::to_iso(from)},
                {"to", calendar::to_iso(to)},
                {"agency", agency_json(workplace, officer.agency.text())["name"]},
                {"rows", std::move(items)},
                {"total", total.json()},
                {"late_dossiers", std::move(late)}};
}

Answer<object> cashier_json(Workplace& workplace, const party::Officer& officer,
                            calendar::Date on) {
  const Instant now = workplace.clock.now();
  const bool takes_money = party::may(officer, party::Action::take_payment,
                                      party::Subject{.agency = officer.agency}, now)
                               .allowed;
  if (!takes_money) TRY(may_list(officer, party::Action::view_reports, now));
  // A cashier counts his counter; whoever answers for it sees what is below him.
  const std::string scope =
      takes_money ? officer.agency.text() : visible_prefix(workplace, officer);
  // A payment lies at one agency, and none of these is below another.
  std::vector<std::pair<std::string, PaymentRow>> payments;
  for (const std::string& part : with_predecessors(workplace.organisation, scope)) {
    auto more = TRY_AS_FAILURE(
        workplace.store.payments(part, start_of(on), start_of(on + std::chrono::days{1})));
    payments.insert(payments.end(), std::make_move_iterator(more.begin()),
                    std::make_move_iterator(more.end()));
  }
  struct Cashier {
    std::string name;
    std::int64_t cash = 0, transfer = 0, refunded = 0, count = 0;
    array entries;
  };
  std::map<std::string, Cashier> cashiers;
  std::int64_t total = 0;
  for (const auto& [code, payment] : payments) {
    Cashier& cashier = cashiers[payment.cashier_id];
    cashier.name = payment.cashier_name;
    ++cashier.count;
    if (payment.kind == "refund") {
      cashier.refunded += payment.amount;
      total -= payment.amount;
    } else {
      (payment.method == "cash" ? cashier.cash : cashier.transfer) += payment.amount;
      total += payment.amount;
    }
    cashier.entries.push_back(object{{"at", calendar::to_iso(payment.at)},
                                     {"receipt", payment.receipt},
                                     {"dossier_code", code},
                                     {"amount", payment.amount},
                                     {"method", payment.method},
                                     {"kind", payment.kind},
                                     {"reason", payment.reason}});
  }
  array items;
  for (auto& [id, cashier] : cashiers) {
    items.push_back(object{{"officer", object{{"id", id}, {"name", cashier.name}}},
                           {"cash", cashier.cash},
                           {"transfer", cashier.transfer},
                           {"refunded", cashier.refunded},
                           {"total", cashier.cash + cashier.transfer - cashier.refunded},
                           {"count", cashier.count},
                           {"entries", std::move(cashier.entries)}});
  }
  return object{{"date", calendar::to_iso(on)}, {"cashiers", std::move(items)}, {"total", total}};
}

}  // namespace casework
