#include "cli/catalogue_drafting.h"

#include <boost/json.hpp>

#include "casework/definition_kinds.h"
#include "cli/compose.h"
#include "form/dictionary_yaml.h"

namespace cli {

namespace {

constexpr int kPage = 200;

base::Fault fault_of(const form::DefinitionProblems& problems, const std::string& folder) {
  std::string text;
  for (const form::DefinitionProblem& one : problems) {
    text += (text.empty() ? "" : "\n") + folder + "/" + one.file + ":" + std::to_string(one.line) +
            ": " + one.message + "; " + one.remedy;
  }
  return {base::FaultCode::invalid, std::move(text)};
}

}  // namespace

base::Outcome<base::Done> each_definition(
    casework::Store& store, const char* kind, const std::string& prefix, bool with_body,
    const std::function<base::Outcome<base::Done>(const casework::DefinitionRow&)>& visit) {
  std::string after;
  while (true) {
    const auto rows = TRY(store.definitions({.kind = kind,
                                             .key_prefix = prefix,
                                             .after_key = after,
                                             .limit = kPage,
                                             .with_body = with_body}));
    if (rows.empty()) return base::Done{};
    for (const casework::DefinitionRow& row : rows) TRY(visit(row));
    after = rows.back().key;
  }
}

base::json::object replacement_body(const catalogue::Replacement& row,
                                    const catalogue::ReplacementBook& book) {
  base::json::object body = catalogue::to_json(row);
  base::json::object decisions;
  const std::string prefix = catalogue::decision_key(row, "");
  for (auto one = book.decisions.lower_bound(prefix);
       one != book.decisions.end() && one->first.starts_with(prefix); ++one) {
    decisions[one->first.substr(prefix.size())] = {
        {"accepted", one->second.accepted}, {"by", one->second.by}, {"note", one->second.note}};
  }
  if (!decisions.empty()) body["decisions"] = std::move(decisions);
  return body;
}

base::Outcome<base::Done> take_replacement(const base::json::value& body,
                                           catalogue::ReplacementBook& book) {
  catalogue::Replacement row = TRY(catalogue::read_replacement(body));
  if (const auto* decisions = base::find(body, "decisions");
      decisions != nullptr && decisions->is_object()) {
    for (const auto& [paper, decision] : decisions->get_object()) {
      book.decisions[catalogue::decision_key(row, paper)] = {base::bool_or(decision, "accepted"),
                                                             base::string_or(decision, "by"),
                                                             base::string_or(decision, "note")};
    }
  }
  book.add(std::move(row));
  return base::Done{};
}

base::Outcome<DraftingMaterial> read_drafting_material(const Shipped& shipped,
                                                       casework::Store& store) {
  DraftingMaterial material;
  auto dictionary = form::read_dictionary(TRY(read_folder(shipped.data / "dictionary")));
  if (!dictionary) return base::Failure{fault_of(dictionary.error(), "data/dictionary")};
  material.dictionary = std::move(dictionary).value();
  auto policy = catalogue::read_draft_policy(TRY(read_folder(shipped.data / "policy")));
  if (!policy) return base::Failure{fault_of(policy.error(), "data/policy")};
  material.policy = std::move(policy).value();
  material.organisation = TRY(read_organisation(shipped));
  const auto take = [&](const casework::DefinitionRow& row) -> base::Outcome<base::Done> {
    const base::json::value body = TRY(base::parse_json(row.body));
    return take_replacement(body, material.replacements);
  };
  TRY(each_definition(store, casework::definition::kReplacement, "", true, take));
  return material;
}

dossier::Actor program_actor() {
  return {.kind = dossier::ActorKind::system, .id = "motcua", .name = "motcua", .agency = {}};
}

}  // namespace cli
