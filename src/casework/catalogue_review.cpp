#include "casework/catalogue_review.h"

#include <algorithm>
#include <functional>
#include <map>
#include <set>

#include <boost/json.hpp>

#include "casework/definition_kinds.h"
#include "casework/execute.h"
#include "casework/gate.h"
#include "catalogue/entry_json.h"
#include "party/authority.h"

namespace casework {

namespace {

using base::json::array;
using base::json::object;

constexpr int kPage = 200;

// All rows of a kind, page by page, so that only a page of bodies is in memory.
base::Outcome<base::Done> each(Store& store, const char* kind,
                               const std::function<base::Outcome<base::Done>(DefinitionRow&)>& on) {
  for (std::string after;;) {
    auto rows = TRY(
        store.definitions({.kind = kind, .key_prefix = {}, .after_key = after, .limit = kPage}));
    for (DefinitionRow& row : rows) TRY(on(row));
    if (rows.size() < static_cast<std::size_t>(kPage)) return base::Done{};
    after = rows.back().key;
  }
}

base::Outcome<base::Done> each_entry(
    Store& store, const std::function<base::Outcome<base::Done>(catalogue::Entry)>& on) {
  return each(store, definition::kCatalogueEntry,
              [&](DefinitionRow& row) -> base::Outcome<base::Done> {
                const base::json::value body = TRY(base::parse_json(row.body));
                catalogue::Entry entry = TRY(catalogue::read_entry(body));
                return on(std::move(entry));
              });
}

// Grows with every version of an entry, and with nothing else.
base::Outcome<std::int64_t> entry_versions(Store& store) {
  std::int64_t versions = 0;
  for (std::string after;;) {
    const auto rows = TRY(store.definitions({.kind = definition::kCatalogueEntry,
                                             .key_prefix = {},
                                             .after_key = after,
                                             .limit = 1000,
                                             .with_body = false}));
    for (const DefinitionRow& row : rows) versions += row.version;
    if (rows.size() < 1000) return versions;
    after = rows.back().key;
  }
}

Answer<base::Done> may_look(Workplace& workplace, const party::Officer& by) {
  return require(party::may(by, party::Action::manage_procedures,
                            party::Subject{.agency = by.agency}, workplace.clock.now()));
}

base::Outcome<std::map<std::string, catalogue::Decision>> decisions_of(Store& store) {
  std::map<std::string, catalogue::Decision> decisions;
  const auto read = [&](DefinitionRow& row) -> base::Outcome<base::Done> {
    const base::json::value body = TRY(base::parse_json(row.body));
    catalogue::Decision decision = TRY(catalogue::read_decision(body));
    decisions.emplace(row.key, std::move(decision));
    return base::Done{};
  };
  TRY(each(store, definition::kFindingDecision, read));
  return decisions;
}

std::string state_of(const std::map<std::string, catalogue::Decision>& decisions,
                     const std::string& key) {
  const auto found = decisions.find(key);
  if (found == decisions.end()) return "open";
  return found->second.accepted ? "accepted" : "declined";
}

object finding_json(const catalogue::Finding& finding, const std::string& state) {
  object json = catalogue::to_json(finding);
  json["key"] = finding.key();
  json["state"] = state;
  return json;
}

}  // namespace

Answer<std::shared_ptr<const CatalogueReading::Facts>> CatalogueReading::facts(Store& store) {
  const std::scoped_lock lock(mutex_);
  const std::int64_t sequence = TRY_AS_FAILURE(entry_versions(store));
  if (facts_ != nullptr && facts_->sequence == sequence) return facts_;
  auto fresh = std::make_shared<Facts>();
  fresh->sequence = sequence;
  TRY_AS_FAILURE(each_entry(store, [&](catalogue::Entry entry) -> base::Outcome<base::Done> {
    ++fresh->entries;
    for (catalogue::Finding& one : catalogue::lint(entry)) {
      fresh->findings.push_back(std::move(one));
    }
    return base::Done{};
  }));
  facts_ = std::move(fresh);
  return facts_;
}

Answer<std::shared_ptr<const CatalogueReading::Rows>> CatalogueReading::reconciliation(
    Workplace& workplace, const std::string& agency) {
  const party::Agency* known = workplace.organisation.find(agency);
  if (known == nullptr) {
    return fail(FailureKind::not_found, "agency-unknown",
                {"Không có cơ quan mang mã " + agency + ".", "There is no agency " + agency + "."});
  }
  const std::scoped_lock lock(rows_mutex_);
  const calendar::Date today = calendar::local_date(workplace.clock.now());
  const std::int64_t sequence = TRY_AS_FAILURE(workplace.store.definitions_sequence());
  const std::string asked = agency + "/" + std::to_string(sequence) + "/" + calendar::to_iso(today);
  if (rows_ != nullptr && compared_ == asked) return rows_;
  // One procedure after the other: thousands of them are never in memory together.
  Rows rows;
  std::set<std::string> published;
  const auto compare = [&](const std::vector<const catalogue::Entry*>& entries,
                           const std::string& code) -> base::Outcome<base::Done> {
    std::vector<const procedure::Procedure*> here;
    const ProcedurePtr one = TRY(workplace.publications.find(code, agency, today));
    if (one != nullptr && catalogue::concerns(*one, *known)) here.push_back(one.get());
    for (auto& row : catalogue::reconcile(entries, here, agency, policy_, workplace.organisation)) {
      rows.push_back(std::move(row));
    }
    return base::Done{};
  };
  TRY_AS_FAILURE(
      each_entry(workplace.store, [&](catalogue::Entry entry) -> base::Outcome<base::Done> {
        if (!catalogue::concerns(entry, *known, policy_, workplace.organisation)) {
          return base::Done{};
        }
        published.insert(entry.code);
        return compare({&entry}, entry.code);
      }));
  for (const procedure::CardPtr& card : workplace.publications.all()) {
    if (!published.contains(card->code)) TRY_AS_FAILURE(compare({}, card->code));
  }
  std::ranges::sort(rows, [](const auto& a, const auto& b) {
    return a.kind != b.kind ? a.kind < b.kind : a.code < b.code;
  });
  rows_ = std::make_shared<const Rows>(std::move(rows));
  compared_ = asked;
  return rows_;
}

Answer<object> findings_json(Workplace& workplace, CatalogueReading& reading,
                             const party::Officer& by, const FindingsAsked& asked) {
  TRY(may_look(workplace, by));
  const auto facts = TRY(reading.facts(workplace.store));
  const auto decisions = TRY_AS_FAILURE(decisions_of(workplace.store));
  array items;
  std::size_t total = 0;
  std::map<std::string, std::int64_t> kinds;
  std::map<std::string, std::int64_t> states;
  for (const catalogue::Finding& one : facts->findings) {
    if (!asked.code.empty() && one.code != asked.code) continue;
    const std::string state = state_of(decisions, one.key());
    ++states[state];
    if (!asked.state.empty() && state != asked.state) continue;
    ++kinds[std::string{catalogue::to_text(one.kind)}];
    if (!asked.kind.empty() && catalogue::to_text(one.kind) != asked.kind) continue;
    if (total >= asked.begin && items.size() < asked.limit) {
      items.push_back(finding_json(one, state));
    }
    ++total;
  }
  const std::size_t end = asked.begin + items.size();
  const auto counted = [](const std::map<std::string, std::int64_t>& counts) {
    object json;
    for (const auto& [name, count] : counts) json[name] = count;
    return json;
  };
  object json{{"items", std::move(items)},
              {"total", total},
              {"procedures", facts->entries},
              {"kinds", counted(kinds)},
              {"states", counted(states)}};
  if (end < total) json["next_cursor"] = std::to_string(end);
  return json;
}

Answer<object> decide_finding(Workplace& workplace, CatalogueReading& reading,
                              const party::Officer& by, const std::string& username,
                              const std::string& finding, bool accepts) {
  TRY(may_look(workplace, by));
  const auto facts = TRY(reading.facts(workplace.store));
  const auto found = std::ranges::find(facts->findings, finding, &catalogue::Finding::key);
  if (found == facts->findings.end()) {
    return fail(FailureKind::not_found, "finding-not-found",
                {"Lỗi này không còn trong danh mục. Tải lại danh sách.",
                 "The catalogue does not have this fault any more. Reload the list."});
  }
  if (accepts && !found->mending.has_value()) {
    return fail(FailureKind::unprocessable, "no-mending",
                {"Lỗi này phải sửa ở nguồn, không có cách sửa tự động.",
                 "This fault has to be mended at its source."});
  }
  const auto before =
      TRY_AS_FAILURE(workplace.store.find_definition(definition::kFindingDecision, finding, 0));
  const catalogue::Decision decision{.finding = finding, .accepted = accepts, .by = username};
  const std::string body = base::to_text(catalogue::to_json(decision));
  if (!before.has_value() || before->body != body) {
    TRY_AS_FAILURE(
        workplace.store.save_definitions({{.kind = definition::kFindingDecision,
                                           .key = finding,
                                           .version = before.has_value() ? before->version + 1 : 1,
                                           .at = workplace.clock.now(),
                                           .actor = actor_of(by),
                                           .digest = {},
                                           .body = body}}));
  }
  return finding_json(*found, accepts ? "accepted" : "declined");
}

Answer<object> catalogue_entry_json(Workplace& workplace, const party::Officer& by,
                                    const std::string& code) {
  TRY(may_look(workplace, by));
  const auto row =
      TRY_AS_FAILURE(workplace.store.find_definition(definition::kCatalogueEntry, code, 0));
  if (!row.has_value()) {
    return fail(FailureKind::not_found, "entry-not-found",
                {"Danh mục đã nhập không có thủ tục " + code + ".",
                 "The imported catalogue has no procedure " + code + "."});
  }
  const base::json::value body = TRY_AS_FAILURE(base::parse_json(row->body));
  const catalogue::Entry entry = TRY_AS_FAILURE(catalogue::read_entry(body));
  array findings;
  const auto decisions = TRY_AS_FAILURE(decisions_of(workplace.store));
  for (const catalogue::Finding& one : catalogue::lint(entry)) {
    findings.push_back(finding_json(one, state_of(decisions, one.key())));
  }
  return object{{"code", code},
                {"read_at", calendar::to_iso(row->at)},
                {"version", row->version},
                {"entry", body},
                {"findings", std::move(findings)}};
}

Answer<std::shared_ptr<const CatalogueReading::Rows>> reconcile_for(Workplace& workplace,
                                                                    CatalogueReading& reading,
                                                                    const party::Officer& by,
                                                                    const std::string& agency) {
  TRY(may_look(workplace, by));
  return reading.reconciliation(workplace, agency.empty() ? by.agency.text() : agency);
}

}  // namespace casework
