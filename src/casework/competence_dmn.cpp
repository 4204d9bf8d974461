#include "casework/competence_dmn.h"

#include <algorithm>
#include <array>
#include <utility>

#include "base/text.h"
#include "rules/dmn_xml.h"
#include "rules/value.h"

namespace casework {

namespace {

constexpr const char* kCompetence = "competence";
constexpr const char* kReception = "reception";

struct Input {
  const char* name;
  const char* type;
};
constexpr std::array<Input, 7> kInputs{{{"procedure", "string"},
                                        {"field", "string"},
                                        {"place", "string"},
                                        {"subject", "string"},
                                        {"age", "number"},
                                        {"residence", "string"},
                                        {"on", "date"}}};

std::string xml_text(std::string_view text) {
  std::string out;
  for (const char c : text) {
    if (c == '&') {
      out += "&amp;";
    } else if (c == '<') {
      out += "&lt;";
    } else if (c == '>') {
      out += "&gt;";
    } else {
      out += c;
    }
  }
  return out;
}

std::string quoted(std::string_view text) {
  std::string out = "\"";
  for (const char c : text) {
    if (c == '"' || c == '\\') out += '\\';
    out += c;
  }
  return out + '"';
}

// A unary test over texts: "-" where there are none.
std::string any_of(const std::vector<std::string>& texts) {
  if (texts.empty()) return "-";
  std::string test;
  for (const std::string& text : texts) test += (test.empty() ? "" : ",") + quoted(text);
  return test;
}

template <class T, class Write>
std::string between(const std::optional<T>& from, const std::optional<T>& to, Write write) {
  if (from.has_value() && to.has_value()) return "[" + write(*from) + ".." + write(*to) + "]";
  if (from.has_value()) return ">= " + write(*from);
  if (to.has_value()) return "<= " + write(*to);
  return "-";
}

std::string days(const RowScope& scope) {
  return between(scope.from, scope.to,
                 [](Date day) { return "date(" + quoted(calendar::to_iso(day)) + ")"; });
}

std::string years(const std::optional<int>& from, const std::optional<int>& to) {
  return between(from, to, [](int years) { return std::to_string(years); });
}

template <class Enum>
std::string word(Enum value) {
  return value == Enum::any ? "-" : quoted(to_text(value));
}

using Cells = std::array<std::string, kInputs.size()>;

Cells cells_of(const CompetenceRule& rule) {
  return {any_of(rule.scope.procedures),
          any_of(rule.scope.fields),
          any_of(rule.places),
          word(rule.subject),
          years(rule.age_from, rule.age_to),
          word(rule.residence),
          days(rule.scope)};
}
Cells cells_of(const ReceptionRule& rule) {
  return {any_of(rule.scope.procedures),
          any_of(rule.scope.fields),
          "-",
          "-",
          "-",
          "-",
          days(rule.scope)};
}

template <class Rule>
std::string decision(const char* name, const std::vector<Rule>& rows) {
  const std::string id = name;
  std::string xml = "  <decision id=\"" + id + "\" name=\"" + id + "\">\n    <variable name=\"" +
                    id + "\" typeRef=\"string\" />\n";
  for (const Input& input : kInputs) {
    xml += std::string{"    <informationRequirement><requiredInput href=\"#in_"} + input.name +
           "\" /></informationRequirement>\n";
  }
  xml += "    <decisionTable id=\"" + id + "_table\" hitPolicy=\"FIRST\">\n";
  for (const Input& input : kInputs) {
    xml += "      <input id=\"" + id + "_" + input.name + "\"><inputExpression typeRef=\"" +
           input.type + "\"><text>" + input.name + "</text></inputExpression></input>\n";
  }
  xml += "      <output id=\"" + id + "_row\" name=\"row\" typeRef=\"string\" />\n";
  for (std::size_t i = 0; i < rows.size(); ++i) {
    xml += "      <rule id=\"" + id + "_" + std::to_string(i + 1) + "\">\n";
    for (const std::string& cell : cells_of(rows[i])) {
      xml += "        <inputEntry><text>" + xml_text(cell) + "</text></inputEntry>\n";
    }
    xml += "        <outputEntry><text>" + xml_text(quoted(rows[i].id)) +
           "</text></outputEntry>\n      </rule>\n";
  }
  return xml + "    </decisionTable>\n  </decision>\n";
}

rules::Value values_of(const CompetenceFacts& facts) {
  rules::Context context;
  context.set("procedure", facts.procedure);
  context.set("field", base::fold_for_search(facts.field));
  context.set("place", facts.place);
  context.set("subject", facts.subject == Subject::any ? rules::Value{}
                                                       : rules::Value{to_text(facts.subject)});
  context.set("age", facts.age.has_value() ? rules::Value{*facts.age} : rules::Value{});
  context.set("residence", facts.residence == Residence::any
                               ? rules::Value{}
                               : rules::Value{to_text(facts.residence)});
  const auto on = rules::Date::parse(calendar::to_iso(facts.on));
  context.set("on", on.has_value() ? rules::Value{*on} : rules::Value{});
  return rules::Value{std::move(context)};
}

template <class Rule>
const Rule* decided(const rules::Model& model, const char* decision, const CompetenceFacts& facts,
                    const std::vector<Rule>& rows) {
  if (rows.empty()) return nullptr;
  const auto row = rules::decide(model, decision, values_of(facts));
  if (!row || row->if_string() == nullptr) return nullptr;
  const auto found = std::ranges::find(rows, *row->if_string(), &Rule::id);
  return found == rows.end() ? nullptr : &*found;
}

}  // namespace

std::string dmn_of(const CompetenceTable& table) {
  std::string xml =
      "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n"
      "<definitions xmlns=\"https://www.omg.org/spec/DMN/20191111/MODEL/\" id=\"definitions\" "
      "name=\"Thẩm quyền giải quyết và nơi tiếp nhận\" "
      "namespace=\"https://motcua.vn/competence\">\n";
  for (const Input& input : kInputs) {
    xml += std::string{"  <inputData id=\"in_"} + input.name + "\" name=\"" + input.name +
           "\"><variable name=\"" + input.name + "\" typeRef=\"" + input.type +
           "\" /></inputData>\n";
  }
  xml += decision(kCompetence, table.rules);
  xml += decision(kReception, table.reception);
  return xml + "</definitions>\n";
}

base::Outcome<CompetenceModel> CompetenceModel::build(CompetenceTable table) {
  auto model = rules::read_dmn(dmn_of(table));
  if (!model) return base::fault(base::FaultCode::internal, model.error().message);
  if (!model->findings().empty()) {
    return base::fault(base::FaultCode::internal, model->findings().front().message);
  }
  return CompetenceModel(std::move(table), std::move(model).value());
}

const CompetenceRule* CompetenceModel::rule_for(const CompetenceFacts& facts) const {
  return decided(model_, kCompetence, facts, table_.rules);
}

const ReceptionRule* CompetenceModel::reception_for(const CompetenceFacts& facts) const {
  return decided(model_, kReception, facts, table_.reception);
}

}  // namespace casework
