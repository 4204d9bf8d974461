#include "rehearsal/proposal_json.h"

#include <array>
#include <utility>

#include <boost/json.hpp>
#include <yaml-cpp/yaml.h>

namespace rehearsal {

namespace {

using base::json::array;
using base::json::object;

constexpr std::array kKinds{std::pair{ProposedKind::package, "package"},
                            std::pair{ProposedKind::overlay, "overlay"},
                            std::pair{ProposedKind::withdrawal, "withdrawal"}};
constexpr std::array kStates{std::pair{ProposalState::open, "open"},
                             std::pair{ProposalState::approved, "approved"},
                             std::pair{ProposalState::declined, "declined"}};

template <class Table, class Value>
std::string_view word_of(const Table& table, Value value) {
  for (const auto& [one, word] : table) {
    if (one == value) return word;
  }
  return "";
}

template <class Table>
auto value_of(const Table& table, std::string_view text)
    -> std::optional<std::remove_cvref_t<decltype(table.front().first)>> {
  for (const auto& [one, word] : table) {
    if (text == word) return one;
  }
  return std::nullopt;
}

object item_json(const ProposedItem& item) {
  object json{{"kind", to_text(item.kind)}, {"code", item.code},
              {"agency", item.agency},      {"name", item.name},
              {"digest", item.digest},      {"tested_digest", item.tested_digest},
              {"origin", item.origin},      {"branches", item.branches},
              {"covered", item.covered},    {"scenarios", item.scenarios}};
  if (item.from.has_value()) json["from"] = calendar::to_iso(*item.from);
  if (item.to.has_value()) json["to"] = calendar::to_iso(*item.to);
  return json;
}

std::optional<ProposedItem> read_item(const base::json::value& json) {
  const auto kind = value_of(kKinds, base::string_or(json, "kind"));
  if (!kind.has_value()) return std::nullopt;
  return ProposedItem{.kind = *kind,
                      .code = base::string_or(json, "code"),
                      .agency = base::string_or(json, "agency"),
                      .name = base::string_or(json, "name"),
                      .digest = base::string_or(json, "digest"),
                      .tested_digest = base::string_or(json, "tested_digest"),
                      .from = calendar::parse_date(base::string_or(json, "from")),
                      .to = calendar::parse_date(base::string_or(json, "to")),
                      .origin = base::string_or(json, "origin"),
                      .branches = static_cast<int>(base::int_or(json, "branches")),
                      .covered = static_cast<int>(base::int_or(json, "covered")),
                      .scenarios = static_cast<int>(base::int_or(json, "scenarios"))};
}

}  // namespace

std::string_view to_text(ProposedKind kind) {
  return word_of(kKinds, kind);
}

std::string_view to_text(ProposalState state) {
  return word_of(kStates, state);
}

object to_json(const Proposal& proposal, bool with_items) {
  object json{{"id", proposal.id},
              {"version", proposal.version},
              {"state", to_text(proposal.state)},
              {"count", proposal.items.size()},
              {"note", proposal.note},
              {"proposed_by", proposal.proposed_by},
              {"proposed_by_name", proposal.proposed_by_name},
              {"proposed_at", calendar::to_iso(proposal.proposed_at)},
              {"decided_by", proposal.decided_by},
              {"decided_by_name", proposal.decided_by_name},
              {"reason", proposal.reason}};
  if (proposal.decided_at.has_value()) {
    json["decided_at"] = calendar::to_iso(*proposal.decided_at);
  }
  if (!with_items) return json;
  array items;
  for (const ProposedItem& one : proposal.items) items.push_back(item_json(one));
  json["items"] = std::move(items);
  return json;
}

base::Outcome<Proposal> read_proposal(std::string_view body, std::int64_t version) {
  const base::json::value json = TRY(base::parse_json(body));
  const auto corrupt = [] {
    return base::fault(base::FaultCode::corrupt, "a proposal that cannot be read");
  };
  const auto state = value_of(kStates, base::string_or(json, "state"));
  const base::json::value* items = base::find(json, "items");
  if (!state.has_value() || items == nullptr || !items->is_array()) return corrupt();
  Proposal proposal{.id = base::string_or(json, "id"),
                    .version = version,
                    .state = *state,
                    .items = {},
                    .note = base::string_or(json, "note"),
                    .proposed_by = base::string_or(json, "proposed_by"),
                    .proposed_by_name = base::string_or(json, "proposed_by_name"),
                    .proposed_at = {},
                    .decided_by = base::string_or(json, "decided_by"),
                    .decided_by_name = base::string_or(json, "decided_by_name"),
                    .decided_at = calendar::parse_instant(base::string_or(json, "decided_at")),
                    .reason = base::string_or(json, "reason")};
  const auto at = calendar::parse_instant(base::string_or(json, "proposed_at"));
  if (!at.has_value()) return corrupt();
  proposal.proposed_at = *at;
  for (const auto& one : items->get_array()) {
    auto item = read_item(one);
    if (!item.has_value()) return corrupt();
    proposal.items.push_back(*std::move(item));
  }
  return proposal;
}

base::Outcome<PublishingPolicy> read_publishing_policy(std::string_view text) {
  PublishingPolicy policy;
  try {
    const YAML::Node root = YAML::Load(std::string{text});
    policy.coverage_floor = root["coverage_floor"].as<int>();
    policy.second_person = root["second_person"].as<bool>();
  } catch (const YAML::Exception& error) {
    return base::fault(base::FaultCode::invalid,
                       std::string{"data/policy/publishing.yaml: "} + error.what() +
                           "; write coverage_floor: 100 and second_person: true");
  }
  if (policy.coverage_floor < 1 || policy.coverage_floor > 100) {
    return base::fault(base::FaultCode::invalid,
                       "data/policy/publishing.yaml: coverage_floor is a percentage, 1 to 100");
  }
  return policy;
}

}  // namespace rehearsal
