#include "procedure/component_yaml.h"

#include <utility>

#include "procedure/package_keys.h"

namespace procedure {
namespace {

using form::Need;

constexpr std::size_t kReplacementsMax = 10;

int count(form::YamlReader& reader, const YAML::Node& node, const char* key) {
  const auto number = reader.integer(node, key).value_or(0);
  if (number >= 0 && number <= 100) return static_cast<int>(number);
  reader.problem(reader.at(node, key), "a number of papers from 0 to 100 is expected",
                 "correct the number");
  return 0;
}

void read_replacement(form::YamlReader& reader, const YAML::Node& node, Component& component) {
  if (!reader.only_keys(node, keys::kReplacedBy)) return;
  DataInstead data;
  data.database = reader.bilingual(node, "database", Need::required);
  data.fields = reader.texts(node, "fields");
  data.fallback = reader.bilingual(node, "fallback");
  if (reader.has(node, "basis")) {
    data.basis = read_legal_basis(reader, reader.at(node, "basis"));
  } else {
    reader.problem(node, "`basis` is missing", "name the act that lets data stand in");
  }
  component.replaced_by.push_back(std::move(data));
}

// One map, or a list of them: several databases, or several acts one after the other.
void read_replacements(form::YamlReader& reader, const YAML::Node& node, Component& component) {
  if (!reader.has(node, "replaced_by")) return;
  const YAML::Node data = reader.at(node, "replaced_by");
  if (!data.IsSequence()) {
    read_replacement(reader, data, component);
    return;
  }
  for (const YAML::Node& item :
       reader.list(node, "replaced_by", Need::optional, kReplacementsMax)) {
    read_replacement(reader, item, component);
  }
}

}  // namespace

LegalBasis read_legal_basis(form::YamlReader& reader, const YAML::Node& node) {
  if (!reader.only_keys(node, keys::kLegalBasis)) return {};
  return {reader.text(node, "act", Need::required, 60), reader.text(node, "article"),
          reader.bilingual(node, "title", Need::required), reader.date(node, "from"),
          reader.date(node, "to")};
}

Component read_component(form::YamlReader& reader, const YAML::Node& node) {
  Component component;
  component.id = reader.id(node, "id");
  component.name = reader.bilingual(node, "name", Need::required);
  const std::string kind = reader.text(node, "kind", Need::required);
  component.kind = kind == "show" ? ComponentKind::show : ComponentKind::submit;
  if (!kind.empty() && kind != "show" && kind != "submit") {
    reader.problem(reader.at(node, "kind"), "`" + kind + "` is no kind of paper",
                   "write submit or show");
  }
  component.originals = count(reader, node, "originals");
  component.copies = count(reader, node, "copies");
  component.applies_when = reader.condition(node, "applies_when");
  component.required = reader.boolean(node, "required").value_or(true);
  component.note = reader.bilingual(node, "note");
  component.template_id = reader.text(node, "template");
  component.issued_by_state = reader.boolean(node, "issued_by_state").value_or(false);
  read_replacements(reader, node, component);
  return component;
}

}  // namespace procedure
