#include "procedure/procedure_yaml.h"

#include <algorithm>
#include <utility>

#include "form/yaml_reader.h"
#include "party/agency_id.h"
#include "procedure/case_yaml.h"
#include "procedure/component_yaml.h"
#include "procedure/example_yaml.h"
#include "procedure/package_keys.h"

namespace procedure {
namespace {

using form::Need;

bool is_procedure_code(std::string_view code) {
  const auto digit = [](char c) { return c >= '0' && c <= '9'; };
  return code.size() == 8 && digit(code[0]) && code[1] == '.' &&
         std::ranges::all_of(code.substr(2), digit);
}

class ProcedureReader {
 public:
  ProcedureReader(form::YamlReader& reader, const YAML::Node& root)
      : reader_(reader), root_(root) {}

  Procedure read() {
    reader_.only_keys(root_, keys::kProcedure);
    read_identity();
    read_authority();
    for (const YAML::Node& node : reader_.list(root_, "legal_basis", Need::required, 100)) {
      read_.legal_basis.push_back(read_legal_basis(reader_, node));
    }
    read_.channels = read_channels(reader_, root_, Need::required);
    for (const YAML::Node& node : reader_.list(root_, "cases", Need::required, 50)) {
      read_case_entry(node);
    }
    for (const YAML::Node& node : reader_.list(root_, "components", Need::optional, 200)) {
      read_component_entry(node);
    }
    for (const YAML::Node& node : reader_.list(root_, "eligibility", Need::optional, 100)) {
      read_eligibility(node);
    }
    for (const YAML::Node& node : reader_.list(root_, "linked", Need::optional, 20)) {
      read_linked(node);
    }
    for (const YAML::Node& node : reader_.list(root_, "templates", Need::optional, 100)) {
      read_template(node);
    }
    read_.assumed = reader_.texts(root_, "assumed");
    read_fees();
    for (const YAML::Node& node : reader_.list(root_, "results", Need::required, 50)) {
      if (!reader_.only_keys(node, keys::kResult)) continue;
      read_.results.push_back({reader_.text(node, "code", Need::required, 40),
                               reader_.bilingual(node, "name", Need::required),
                               reader_.text(node, "template")});
    }
    read_retention();
    for (const YAML::Node& node : reader_.list(root_, "notes")) {
      read_.notes.push_back(reader_.bilingual_at(node));
    }
    for (const YAML::Node& node : reader_.list(root_, "examples")) {
      if (auto example = read_example(reader_, node)) {
        read_.examples.push_back(*std::move(example));
      }
    }
    return std::move(read_);
  }

 private:
  // `retention: {years: 10, basis: "…"}` or `{permanent: true, basis: "…"}`.
  void read_retention() {
    if (!reader_.has(root_, "retention")) return;
    const YAML::Node node = root_["retention"];
    if (!reader_.only_keys(node, keys::kRetention)) return;
    Retention retention;
    retention.permanent = reader_.boolean(node, "permanent").value_or(false);
    retention.basis = reader_.text(node, "basis", Need::required);
    const auto years = reader_.integer(node, "years");
    const bool fits = years.has_value() && *years >= 1 && *years <= 200;
    if (retention.permanent == years.has_value() || (years.has_value() && !fits)) {
      reader_.problem(node, "a dossier is kept for years (1 to 200) or permanently",
                      "write retention: {years: 10, basis: \"the article\"}");
      return;
    }
    if (fits) retention.years = static_cast<int>(*years);
    read_.retention = std::move(retention);
  }

  void read_identity() {
    read_.code = reader_.text(root_, "code", Need::required);
    if (!read_.code.empty() && !is_procedure_code(read_.code)) {
      reader_.problem(reader_.at(root_, "code"), "`" + read_.code + "` is no procedure code",
                      "write it in quotes as \"1.001193\"");
    }
    const auto revision = reader_.integer(root_, "revision").value_or(1);
    if (revision < 1 || revision > 100'000) {
      reader_.problem(root_, "a revision is a number from 1 on", "write revision: 1");
    } else {
      read_.revision = static_cast<int>(revision);
    }
    read_.effective_from = reader_.date(root_, "effective_from");
    read_.effective_to = reader_.date(root_, "effective_to");
    read_.name = reader_.bilingual(root_, "name", Need::required);
    read_.summary = reader_.bilingual(root_, "summary", Need::required);
    read_.keywords = reader_.texts(root_, "keywords");
    read_.field = reader_.bilingual(root_, "field", Need::required);
    const std::string level = reader_.text(root_, "level", Need::required);
    if (const auto found = find_level(level)) {
      read_.level = *found;
    } else if (!level.empty()) {
      reader_.problem(reader_.at(root_, "level"), "`" + level + "` is no level",
                      "write commune, province or ministry");
    }
  }

  void read_authority() {
    if (!reader_.has(root_, "authority")) {
      reader_.problem(root_, "`authority` is missing", "say who is competent: add `authority:`");
      return;
    }
    const YAML::Node node = reader_.at(root_, "authority");
    if (!reader_.only_keys(node, keys::kAuthority)) return;
    Authority& authority = read_.authority;
    authority.text = reader_.bilingual(node, "text", Need::required);
    authority.consulted = agency(node, "consulted", Need::optional);
    authority.body = reader_.id(node, "body", Need::optional);
    for (const YAML::Node& item : reader_.list(node, "partners", Need::optional, 10)) {
      read_partner(item);
    }
    const std::string text = reader_.text(node, "rule", Need::required);
    if (text.empty()) return;
    const auto rule = find_authority_rule(text);
    if (!rule) {
      reader_.problem(node, "`" + text + "` is no rule of competence",
                      "write commune_of_place, lead_and_committee, agency or decision");
      return;
    }
    authority.rule = *rule;
    switch (*rule) {
      case Authority::Rule::commune_of_place:
        authority.place_field = reader_.id(node, "place_field", Need::optional);
        return;
      case Authority::Rule::lead_and_committee:
        authority.lead = agency(node, "lead", Need::required);
        authority.committee = agency(node, "committee", Need::required);
        return;
      case Authority::Rule::agency:
        authority.agency = agency(node, "agency", Need::required);
        return;
      case Authority::Rule::decision:
        authority.decision = reader_.text(node, "decision", Need::required, 200);
        return;
    }
  }

  void read_partner(const YAML::Node& node) {
    if (!reader_.only_keys(node, keys::kPartner)) return;
    const std::string part = reader_.text(node, "part", Need::required);
    std::string kind = reader_.id(node, "kind");
    const auto found = find_agency_part(part);
    if (!found || *found == AgencyPart::receiving || *found == AgencyPart::competent) {
      reader_.problem(node, "`" + part + "` is no part that a partner has",
                      "write police, insurance, consulted, lead or committee");
      return;
    }
    read_.authority.partners.push_back({*found, std::move(kind)});
  }

  std::string agency(const YAML::Node& node, const char* key, Need need) {
    std::string code = reader_.text(node, key, need, 35);
    if (!code.empty() && !party::AgencyId::parse(code)) {
      reader_.problem(reader_.at(node, key), "`" + code + "` is no agency code",
                      "write it as H41 or H41.15");
    }
    return code;
  }

  void read_case_entry(const YAML::Node& node) {
    if (!reader_.only_keys(node, keys::kCase)) return;
    Case one = read_case(reader_, node, read_.channels);
    if (read_.find_case(one.id) != nullptr) twice(node, "case", one.id);
    read_.cases.push_back(std::move(one));
  }

  void read_component_entry(const YAML::Node& node) {
    if (!reader_.only_keys(node, keys::kComponent)) return;
    Component component = read_component(reader_, node);
    if (read_.find_component(component.id) != nullptr) twice(node, "paper", component.id);
    read_.components.push_back(std::move(component));
  }

  void twice(const YAML::Node& node, const std::string& what, const std::string& id) {
    reader_.problem(node, "the " + what + " `" + id + "` stands here twice", "rename one of them");
  }

  void read_eligibility(const YAML::Node& node) {
    if (!reader_.only_keys(node, keys::kEligibility)) return;
    std::string id = reader_.id(node, "id");
    auto holds = reader_.condition(node, "holds");
    Bilingual message = reader_.bilingual(node, "message", Need::required);
    std::string basis = reader_.text(node, "basis", Need::required);
    std::string field = reader_.id(node, "field", Need::optional);
    const std::string severity = reader_.text(node, "severity");
    if (!severity.empty() && severity != "error" && severity != "warning") {
      reader_.problem(reader_.at(node, "severity"), "`" + severity + "` is no severity",
                      "write error or warning");
    }
    if (!reader_.has(node, "holds")) {
      reader_.problem(node, "`holds` is missing", "write the FEEL condition that has to hold");
    }
    if (std::ranges::find(read_.eligibility, id, &Eligibility::id) != read_.eligibility.end()) {
      twice(node, "condition", id);
    }
    if (!holds) return;
    read_.eligibility.push_back(
        {std::move(id), *std::move(holds), std::move(message), std::move(basis),
         severity == "warning" ? form::Severity::warning : form::Severity::error,
         std::move(field)});
  }

  void read_linked(const YAML::Node& node) {
    if (!reader_.only_keys(node, keys::kLinked)) return;
    std::string code = reader_.text(node, "code", Need::required);
    if (!code.empty() && !is_procedure_code(code)) {
      reader_.problem(reader_.at(node, "code"), "`" + code + "` is no procedure code",
                      "write it in quotes as \"1.004222\"");
    }
    Bilingual name = reader_.bilingual(node, "name", Need::required);
    Bilingual who = reader_.bilingual(node, "agency", Need::required);
    std::string agency_code = agency(node, "agency_code", Need::optional);
    const auto limit = read_limit(reader_, node, "limit", Need::required);
    if (!limit) return;
    read_.linked.push_back(
        {std::move(code), std::move(name), std::move(who), std::move(agency_code), *limit});
  }

  void read_template(const YAML::Node& node) {
    if (!reader_.only_keys(node, keys::kTemplate)) return;
    Template one{reader_.id(node, "id"), reader_.bilingual(node, "name", Need::required),
                 reader_.text(node, "file", Need::required, 200)};
    if (read_.find_template(one.id) != nullptr) twice(node, "template", one.id);
    read_.templates.push_back(std::move(one));
  }

  void read_fees() {
    if (!reader_.has(root_, "fees")) {
      reader_.problem(root_, "`fees` is missing", "add `fees:`, also where it is free of charge");
      return;
    }
    const YAML::Node node = reader_.at(root_, "fees");
    if (!reader_.only_keys(node, keys::kFees)) return;
    read_.fees_text = reader_.bilingual(node, "text", Need::required);
    read_.fee_decision = reader_.text(node, "decision");
    read_.fees_are_examples = reader_.boolean(node, "example_value").value_or(false);
  }

  form::YamlReader& reader_;
  const YAML::Node& root_;
  Procedure read_;
};

YAML::Node node_of(const Tree& tree) {
  if (tree.is_scalar()) {
    YAML::Node node(tree.text);
    node.SetTag(tree.quoted ? "!" : "?");
    return node;
  }
  if (tree.is_list()) {
    YAML::Node node(YAML::NodeType::Sequence);
    for (const Tree& item : tree.items) node.push_back(node_of(item));
    return node;
  }
  if (tree.is_map()) {
    YAML::Node node(YAML::NodeType::Map);
    for (std::size_t i = 0; i < tree.keys.size(); ++i) {
      node.force_insert(tree.keys[i], node_of(tree.items[i]));
    }
    return node;
  }
  return {};
}

}  // namespace

Procedure read_procedure_yaml(std::string_view text, const std::string& file,
                              form::DefinitionProblems& problems) {
  form::YamlReader reader(file, problems);
  const auto root = reader.parse(text);
  if (!root) return {};
  return ProcedureReader(reader, *root).read();
}

Procedure read_procedure_tree(const Tree& root, const std::string& file,
                              form::DefinitionProblems& problems) {
  form::YamlReader reader(file, problems);
  const YAML::Node node = node_of(root);
  return ProcedureReader(reader, node).read();
}

}  // namespace procedure
