#include "rules/tck.h"

#include <algorithm>
#include <array>

#include <pugixml.hpp>

#include "base/text.h"
#include "rules/dmn_compiler.h"
#include "rules/operation.h"

namespace rules {

namespace {

constexpr int kDepthMax = 60;

std::string_view local_type(const pugi::xml_node& value) {
  for (const pugi::xml_attribute& attribute : value.attributes()) {
    const std::string_view name = attribute.name();
    if (!name.ends_with("type")) continue;
    const std::string_view type = attribute.value();
    return type.substr(type.find(':') == std::string_view::npos ? 0 : type.find(':') + 1);
  }
  return {};
}

bool is_nil(const pugi::xml_node& value) {
  for (const pugi::xml_attribute& attribute : value.attributes()) {
    if (std::string_view{attribute.name()}.ends_with("nil")) return attribute.as_bool();
  }
  return false;
}

template <class T>
Value or_null(const std::optional<T>& value) {
  return value ? Value{*value} : Value{};
}

Value simple_value(const pugi::xml_node& node) {
  if (is_nil(node)) return {};
  std::string text;
  for (const pugi::xml_node& part : node.children()) text += part.value();
  const std::string_view type = local_type(node);
  if (type.empty() || type == "string" || type == "anySimpleType") return text;
  // Space around any other type does not count.
  text = base::to_one_line(text);
  if (type == "boolean") return text == "true" || text == "1";
  static constexpr std::array<std::string_view, 16> kNumbers{"decimal",
                                                             "double",
                                                             "float",
                                                             "integer",
                                                             "long",
                                                             "int",
                                                             "short",
                                                             "byte",
                                                             "unsignedLong",
                                                             "unsignedInt",
                                                             "unsignedShort",
                                                             "unsignedByte",
                                                             "positiveInteger",
                                                             "negativeInteger",
                                                             "nonNegativeInteger",
                                                             "nonPositiveInteger"};
  if (std::ranges::find(kNumbers, type) != kNumbers.end()) return or_null(Decimal::parse(text));
  if (type == "date") return or_null(Date::parse(text));
  if (type == "time") return or_null(Time::parse(text));
  if (type == "dateTime") return or_null(DateTime::parse(text));
  if (type == "duration" || type == "dayTimeDuration" || type == "yearMonthDuration") {
    if (const auto duration = parse_years_months(text)) return *duration;
    return or_null(parse_days_time(text));
  }
  return text;
}

// What a node holds: a value, a list, or components by name.
Value value_in(const pugi::xml_node& node, int depth) {
  if (depth > kDepthMax) return {};
  Context context;
  for (const pugi::xml_node& part : node.children()) {
    const std::string_view name = local_name(part);
    if (name == "value") return simple_value(part);
    if (name == "list") {
      if (is_nil(part)) return {};
      List items;
      for (const pugi::xml_node& item : part.children()) {
        if (local_name(item) == "item") items.push_back(value_in(item, depth + 1));
      }
      return items;
    }
    if (name == "component") {
      context.set(base::to_one_line(part.attribute("name").value()), value_in(part, depth + 1));
    }
  }
  return context.size() == 0 ? Value{} : Value{std::move(context)};
}

// As the kit compares: numbers that were written with few digits match what they round.
bool agrees(const Value& expected, const Value& actual) {
  if (expected.if_number() != nullptr && actual.if_number() != nullptr) {
    const auto distance = Decimal::subtract(*expected.if_number(), *actual.if_number());
    return distance && distance->magnitude() < *Decimal::parse("0.00000001");
  }
  if (expected.if_list() != nullptr && actual.if_list() != nullptr) {
    const List& a = *expected.if_list();
    const List& b = *actual.if_list();
    if (a.size() != b.size()) return false;
    for (std::size_t i = 0; i < a.size(); ++i) {
      if (!agrees(a[i], b[i])) return false;
    }
    return true;
  }
  if (expected.if_context() != nullptr && actual.if_context() != nullptr) {
    if (expected.if_context()->size() != actual.if_context()->size()) return false;
    for (const Context::Entry& entry : expected.if_context()->entries()) {
      const Value* other = actual.if_context()->find(entry.name);
      if (other == nullptr || !agrees(entry.value, *other)) return false;
    }
    return true;
  }
  return equals(expected, actual) == true;
}

// The moment that now() gives in a run; any will do, as no case can know it.
DateTime moment_of_runs() {
  return *DateTime::parse("2026-08-20T10:00:00+07:00");
}

// A service with several outputs answers with all of them by name.
bool has_many_outputs(const Model& model, std::string_view service) {
  const CompiledModel::Element* element = model.compiled().find(service);
  return element != nullptr && element->outputs.size() > 1;
}

TckCase run_case(const Model& model, const pugi::xml_node& test) {
  TckCase result;
  result.id = test.attribute("id").value();
  result.passed = true;
  Context inputs;
  for (const pugi::xml_node& node : test.children()) {
    if (local_name(node) != "inputNode") continue;
    inputs.set(base::to_one_line(node.attribute("name").value()), value_in(node, 0));
  }
  Bounds bounds;
  bounds.now = moment_of_runs();
  const Value context{inputs};
  for (const pugi::xml_node& node : test.children()) {
    if (local_name(node) != "resultNode") continue;
    const std::string name = base::to_one_line(node.attribute("name").value());
    const std::string invoked = base::to_one_line(test.attribute("invocableName").value());
    const Value expected = value_in(child(node, "expected"), 0);
    auto evaluated = decide_with_problems(model, invoked.empty() ? name : invoked, context, bounds);
    if (!invoked.empty() && evaluated && has_many_outputs(model, invoked) &&
        evaluated->value.if_context() != nullptr &&
        evaluated->value.if_context()->find(name) != nullptr) {
      evaluated->value = Value{evaluated->value[name]};
    }
    if (evaluated && agrees(expected, evaluated->value)) continue;
    result.passed = false;
    result.message = name + ": expected " + to_text(expected) + ", got " +
                     (evaluated ? to_text(evaluated->value) : evaluated.error().message);
    if (evaluated && !evaluated->problems.empty()) {
      result.message += " (" + evaluated->problems.front().message + ")";
    }
    return result;
  }
  return result;
}

}  // namespace

base::Result<std::vector<TckCase>, DmnError> run_tck(std::string_view model_xml,
                                                     std::string_view test_xml,
                                                     const std::vector<Model>& imports) {
  const Model model = TRY(read_dmn(model_xml, imports));
  pugi::xml_document document;
  const pugi::xml_parse_result parsed = document.load_buffer(
      test_xml.data(), test_xml.size(), pugi::parse_default | pugi::parse_ws_pcdata_single);
  if (!parsed) return base::Failure{DmnError{1, parsed.description()}};
  const pugi::xml_node root = document.document_element();
  if (local_name(root) != "testCases") {
    return base::Failure{DmnError{1, "the root element is not 'testCases'"}};
  }
  std::vector<TckCase> cases;
  for (const pugi::xml_node& node : root.children()) {
    if (local_name(node) == "testCase") cases.push_back(run_case(model, node));
  }
  return cases;
}

}  // namespace rules
