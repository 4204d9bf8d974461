#include "casework/competence_table.h"

#include <algorithm>
#include <array>
#include <set>

#include "base/text.h"
#include "form/yaml_reader.h"
#include "party/agency_id.h"

namespace casework {

namespace {

using form::Need;
using form::YamlReader;

template <class Enum, std::size_t N>
std::optional<Enum> parse(const std::array<Enum, N>& all, std::string_view text) {
  const auto found = std::ranges::find_if(all, [&](Enum one) { return to_text(one) == text; });
  if (found == all.end()) return std::nullopt;
  return *found;
}

constexpr std::array kSubjects{Subject::any, Subject::person, Subject::organisation};
constexpr std::array kResidences{Residence::any, Residence::in_place, Residence::elsewhere};
constexpr std::array kReceptions{Reception::anywhere, Reception::listed, Reception::own};

class TableReader {
 public:
  TableReader(const std::string& file, form::DefinitionProblems& problems)
      : reader_(file, problems) {}

  void read(std::string_view yaml, CompetenceTable& table) {
    const auto root = reader_.parse(yaml);
    if (!root.has_value()) return;
    reader_.only_keys(*root, {"format", "rules", "reception"});
    if (reader_.text(*root, "format", Need::required) != "motcua-competence-1") {
      reader_.problem(*root, "the format is not motcua-competence-1",
                      "write format: motcua-competence-1");
    }
    for (const YAML::Node& node :
         reader_.list(*root, "rules", Need::optional, kCompetenceRowsMax)) {
      table.rules.push_back(rule(node));
    }
    for (const YAML::Node& node :
         reader_.list(*root, "reception", Need::optional, kCompetenceRowsMax)) {
      table.reception.push_back(reception(node));
    }
    check_before(*root, table);
  }

 private:
  CompetenceRule rule(const YAML::Node& node) {
    CompetenceRule rule;
    if (!reader_.only_keys(node, {"id", "kind", "procedures", "fields", "places", "from", "to",
                                  "subject", "age", "residence", "commune", "agency", "place_field",
                                  "act", "example", "reason", "before"})) {
      return rule;
    }
    rule.id = row_id(node);
    rule.kind = reader_.text(node, "kind", Need::required);
    if (rule.kind != "decentralised" && rule.kind != "delegated" && rule.kind != "assigned") {
      reader_.problem(node, "`kind` says what the act does",
                      "write decentralised (phân cấp), delegated (ủy quyền) or assigned");
    }
    rule.scope = scope(node);
    for (const std::string& place : reader_.texts(node, "places")) {
      if (place.size() != 5 || place.find_first_not_of("0123456789") != std::string::npos) {
        reader_.problem(node, "`" + place + "` is no commune", "write the five digits, \"16681\"");
      }
      rule.places.push_back(place);
    }
    rule.subject = word(node, "subject", kSubjects);
    rule.residence = word(node, "residence", kResidences);
    if (reader_.has(node, "age")) {
      const YAML::Node age = reader_.at(node, "age");
      if (reader_.only_keys(age, {"from", "to"})) {
        rule.age_from = years(age, "from");
        rule.age_to = years(age, "to");
      }
    }
    const bool to_commune = reader_.boolean(node, "commune").value_or(false);
    rule.agency = reader_.text(node, "agency");
    rule.target = to_commune ? Target::commune : Target::agency;
    if (to_commune == !rule.agency.empty()) {
      reader_.problem(node, "a row names one agency, or the commune of the place",
                      "write agency: H41.002, or commune: true");
    } else if (!to_commune && !party::AgencyId::parse(rule.agency)) {
      reader_.problem(node, "`" + rule.agency + "` is no agency code", "write it like H41.002");
    }
    rule.place_field = reader_.text(node, "place_field");
    rule.act = act(node);
    rule.example = reader_.boolean(node, "example").value_or(false);
    rule.reason = reader_.bilingual(node, "reason", Need::required);
    rule.before = reader_.texts(node, "before");
    return rule;
  }

  ReceptionRule reception(const YAML::Node& node) {
    ReceptionRule rule;
    if (!reader_.only_keys(node, {"id", "procedures", "fields", "from", "to", "where", "centres",
                                  "work_waits_for_papers", "by_post", "act", "example", "note"})) {
      return rule;
    }
    rule.id = row_id(node);
    rule.scope = scope(node);
    rule.where = word(node, "where", kReceptions);
    for (const std::string& centre : reader_.texts(node, "centres")) {
      if (!party::AgencyId::parse(centre)) {
        reader_.problem(node, "`" + centre + "` is no agency code", "write it like H41.101.01");
      }
      rule.centres.push_back(centre);
    }
    if ((rule.where == Reception::listed) == rule.centres.empty()) {
      reader_.problem(node, "`centres` belongs to where: listed", "name them there, only there");
    }
    rule.work_waits_for_papers = reader_.boolean(node, "work_waits_for_papers").value_or(false);
    rule.by_post = reader_.boolean(node, "by_post").value_or(true);
    rule.act = act(node);
    rule.example = reader_.boolean(node, "example").value_or(false);
    rule.note = reader_.bilingual(node, "note");
    return rule;
  }

  std::string row_id(const YAML::Node& node) {
    std::string id = reader_.text(node, "id", Need::required, 40);
    if (!id.empty() && !ids_.insert(id).second) {
      reader_.problem(node, "the row " + id + " stands twice", "give it an id of its own");
    }
    return id;
  }

  RowScope scope(const YAML::Node& node) {
    RowScope scope;
    scope.procedures = reader_.texts(node, "procedures");
    for (const std::string& field : reader_.texts(node, "fields")) {
      scope.fields.push_back(base::fold_for_search(field));
    }
    if (scope.procedures.empty() == scope.fields.empty()) {
      reader_.problem(node, "a row is about procedures or about fields",
                      "write procedures: [\"1.001193\"], or fields: [\"Hộ tịch\"]");
    }
    scope.from = reader_.date(node, "from");
    scope.to = reader_.date(node, "to");
    if (scope.from.has_value() && scope.to.has_value() && *scope.to < *scope.from) {
      reader_.problem(node, "the row ends before it begins", "put `to` on or after `from`");
    }
    return scope;
  }

  procedure::LegalBasis act(const YAML::Node& node) {
    procedure::LegalBasis basis;
    if (!reader_.has(node, "act")) {
      reader_.problem(node, "a row without its act", "write act: {number: …, title: …}");
      return basis;
    }
    const YAML::Node act = reader_.at(node, "act");
    if (!reader_.only_keys(act, {"number", "article", "title"})) return basis;
    basis.act = reader_.text(act, "number", Need::required, 100);
    basis.article = reader_.text(act, "article", Need::optional, 200);
    basis.title = reader_.bilingual(act, "title", Need::required);
    return basis;
  }

  std::optional<int> years(const YAML::Node& node, const char* key) {
    const auto value = reader_.integer(node, key);
    if (!value.has_value()) return std::nullopt;
    if (*value < 0 || *value > 150) {
      reader_.problem(node, "an age is 0 to 150 years", "write it in full years");
      return std::nullopt;
    }
    return static_cast<int>(*value);
  }

  template <class Enum, std::size_t N>
  Enum word(const YAML::Node& node, const char* key, const std::array<Enum, N>& all) {
    const std::string text = reader_.text(node, key);
    if (text.empty()) return all.front();
    if (const auto value = parse(all, text)) return *value;
    std::string known;
    for (const Enum one : all) known += (known.empty() ? "" : ", ") + std::string{to_text(one)};
    reader_.problem(node, "`" + text + "` is no value of " + key, "write one of " + known);
    return all.front();
  }

  void check_before(const YAML::Node& root, const CompetenceTable& table) {
    for (std::size_t i = 0; i < table.rules.size(); ++i) {
      for (const std::string& other : table.rules[i].before) {
        const auto found = std::ranges::find(table.rules, other, &CompetenceRule::id);
        if (found == table.rules.end()) {
          reader_.problem(root, table.rules[i].id + " goes before " + other + ", which is no row",
                          "name a row of this table");
        } else if (static_cast<std::size_t>(found - table.rules.begin()) < i) {
          reader_.problem(root, table.rules[i].id + " goes before " + other + " but stands after",
                          "move it up: the first row that fits decides");
        }
      }
    }
  }

  YamlReader reader_;
  std::set<std::string> ids_;
};

}  // namespace

bool RowScope::covers(Date on) const {
  return (!from.has_value() || *from <= on) && (!to.has_value() || on <= *to);
}

bool is_about(const RowScope& scope, std::string_view code, std::string_view field, Date on) {
  if (!scope.covers(on)) return false;
  if (std::ranges::find(scope.procedures, code) != scope.procedures.end()) return true;
  return !scope.fields.empty() &&
         std::ranges::find(scope.fields, base::fold_for_search(field)) != scope.fields.end();
}

const ReceptionRule* CompetenceTable::reception_of(std::string_view code, std::string_view field,
                                                   Date on) const {
  for (const ReceptionRule& rule : reception) {
    if (is_about(rule.scope, code, field, on)) return &rule;
  }
  return nullptr;
}

form::Defined<CompetenceTable> read_competence_table(std::string_view yaml,
                                                     const std::string& file) {
  form::DefinitionProblems problems;
  CompetenceTable table;
  TableReader(file, problems).read(yaml, table);
  if (!problems.empty()) return base::Failure{std::move(problems)};
  return table;
}

std::string_view to_text(Subject subject) {
  switch (subject) {
    case Subject::any:
      return "any";
    case Subject::person:
      return "person";
    case Subject::organisation:
      return "organisation";
  }
  return "";
}

std::string_view to_text(Residence residence) {
  switch (residence) {
    case Residence::any:
      return "any";
    case Residence::in_place:
      return "in_place";
    case Residence::elsewhere:
      return "elsewhere";
  }
  return "";
}

std::string_view to_text(Reception where) {
  switch (where) {
    case Reception::anywhere:
      return "anywhere";
    case Reception::listed:
      return "listed";
    case Reception::own:
      return "own";
  }
  return "";
}

std::string_view to_text(Target target) {
  return target == Target::commune ? "commune" : "agency";
}

}  // namespace casework
