#include "rules/dmn_compiler.h"

#include <algorithm>

#include "base/text.h"

namespace rules {

namespace {

using Element = CompiledModel::Element;
using ElementKind = CompiledModel::ElementKind;

std::optional<ElementKind> kind_of(std::string_view name) {
  if (name == "inputData") return ElementKind::input;
  if (name == "decision") return ElementKind::decision;
  if (name == "businessKnowledgeModel") return ElementKind::knowledge;
  if (name == "decisionService") return ElementKind::service;
  return std::nullopt;
}

// A type that uses two others doubles at each level, as a use is a copy: so many parts in all, and
// definitions within each other so deep.
constexpr std::size_t kTypePartsMax = 500'000;
constexpr std::size_t kTypeDepthMax = 40;

std::size_t parts_of(const Type& type) {
  std::size_t parts = 1;
  for (const Type& each : type.of) parts += parts_of(each);
  for (const TypeField& field : type.fields) parts += parts_of(field.type);
  return parts;
}

}  // namespace

std::string_view local_name(const pugi::xml_node& node) {
  const std::string_view name = node.name();
  const std::size_t colon = name.rfind(':');
  return colon == std::string_view::npos ? name : name.substr(colon + 1);
}

pugi::xml_node child(const pugi::xml_node& node, std::string_view name) {
  for (const pugi::xml_node& each : node.children()) {
    if (local_name(each) == name) return each;
  }
  return {};
}

std::string text_of(const pugi::xml_node& node) {
  std::string text;
  for (const pugi::xml_node& part : child(node, "text").children()) text += part.value();
  return text;
}

DmnCompiler::DmnCompiler(std::string_view xml, const std::vector<Model>& imports)
    : xml_(xml),
      available_(imports),
      model_(std::make_shared<CompiledModel>()),
      names_(NameTable::with_builtins()),
      parser_(model_->program, names_,
              [this](std::string_view name) { return defined_type(name); }) {}

int DmnCompiler::line_of(const pugi::xml_node& node) {
  const auto offset = static_cast<std::size_t>(std::max<std::ptrdiff_t>(node.offset_debug(), 0));
  if (line_ends_.empty()) {
    for (std::size_t i = 0; i < xml_.size(); ++i) {
      if (xml_[i] == '\n') line_ends_.push_back(i);
    }
    line_ends_.push_back(xml_.size());
  }
  const auto end = std::ranges::lower_bound(line_ends_, offset);
  return 1 + static_cast<int>(end - line_ends_.begin());
}

void DmnCompiler::finding(const pugi::xml_node& at, std::string message) {
  if (model_->findings.size() >= 1'000) return;
  model_->findings.push_back({line_of(at), std::move(message)});
}

std::shared_ptr<const CompiledModel> DmnCompiler::compile(const pugi::xml_node& definitions) {
  model_->name = definitions.attribute("name").value();
  model_->model_namespace = definitions.attribute("namespace").value();
  import_models(definitions);
  collect(definitions);
  for (const auto& [name, node] : definitions_) {
    if (std::optional<Type> type = defined_type(name)) model_->types.emplace(name, *type);
  }
  for (const auto& [index, node] : nodes_) compile_element(index, node);
  return model_;
}

void DmnCompiler::import_models(const pugi::xml_node& definitions) {
  for (const pugi::xml_node& node : definitions.children()) {
    if (local_name(node) != "import") continue;
    const std::string_view wanted = node.attribute("namespace").value();
    const auto found = std::ranges::find_if(
        available_, [&](const Model& model) { return model.model_namespace() == wanted; });
    if (found == available_.end()) {
      finding(node, "the imported model '" + std::string{wanted} + "' is not there");
      continue;
    }
    const std::string name = base::to_one_line(node.attribute("name").value());
    for (const Element& element : found->compiled().elements) parser_.add_member(element.name);
    for (const std::string& component : found->compiled().component_names) {
      parser_.add_member(component);
    }
    model_->imports.push_back({name, *found});
  }
}

void DmnCompiler::collect_component_names(const pugi::xml_node& definition) {
  for (const pugi::xml_node& component : definition.children()) {
    if (local_name(component) != "itemComponent" || ++depth_ > 20'000) continue;
    model_->component_names.push_back(base::to_one_line(component.attribute("name").value()));
    parser_.add_member(model_->component_names.back());
    // The parser of XML bounds how deep this goes.
    collect_component_names(component);
  }
}

void DmnCompiler::collect(const pugi::xml_node& definitions) {
  for (const pugi::xml_node& node : definitions.children()) {
    if (local_name(node) == "itemDefinition") {
      definitions_.emplace(base::to_one_line(node.attribute("name").value()), node);
      collect_component_names(node);
      continue;
    }
    const std::optional<ElementKind> kind = kind_of(local_name(node));
    if (!kind) continue;
    Element element;
    element.kind = *kind;
    element.id = node.attribute("id").value();
    // The variable is what expressions read; it has the name of the element.
    const std::string variable = child(node, "variable").attribute("name").value();
    element.name = base::to_one_line(node.attribute("name").value());
    if (element.name.empty()) element.name = base::to_nfc(variable);
    parser_.add_member(element.name);
    if (!element.id.empty()) model_->by_id.emplace(element.id, model_->elements.size());
    nodes_.emplace_back(model_->elements.size(), node);
    model_->elements.push_back(std::move(element));
  }
  depth_ = 0;
}

std::vector<CompiledModel::Reference> DmnCompiler::references(const pugi::xml_node& node,
                                                              std::string_view name) {
  std::vector<CompiledModel::Reference> found;
  for (const pugi::xml_node& each : node.children()) {
    if (local_name(each) != name) continue;
    const std::string href = each.attribute("href").value();
    const std::size_t hash = href.rfind('#');
    const std::string space = hash == std::string::npos ? "" : href.substr(0, hash);
    const std::string id = hash == std::string::npos ? href : href.substr(hash + 1);
    if (space.empty() || space == model_->model_namespace) {
      const auto here = model_->by_id.find(id);
      if (here != model_->by_id.end()) {
        found.push_back({CompiledModel::kHere, here->second});
        continue;
      }
    }
    bool imported = false;
    for (std::size_t i = 0; i < model_->imports.size() && !imported; ++i) {
      const CompiledModel& other = model_->imports[i].model.compiled();
      const auto there = other.by_id.find(id);
      if (other.model_namespace != space || there == other.by_id.end()) continue;
      found.push_back({i, there->second});
      imported = true;
    }
    if (!imported) finding(each, "'" + href + "' leads nowhere");
  }
  return found;
}

// An expression reads what its element requires, and nothing else of the model: `a - b` stays a
// subtraction where another element is called "a - b".
void DmnCompiler::add_names_for(const Element& element) {
  names_ = NameTable::with_builtins();
  if (element.kind == ElementKind::knowledge) names_.add(element.name);
  for (const CompiledModel::Reference& reference : element.requirements) {
    if (reference.import == CompiledModel::kHere) {
      names_.add(model_->elements[reference.element].name);
      continue;
    }
    const CompiledModel::Import& import = model_->imports[reference.import];
    names_.add(import.name.empty() ? import.model.compiled().elements[reference.element].name
                                   : import.name);
  }
}

void DmnCompiler::compile_element(std::size_t index, const pugi::xml_node& node) {
  Element& element = model_->elements[index];
  const pugi::xml_node variable = child(node, "variable");
  const std::string type_text = variable.attribute("typeRef").value();
  if (!type_text.empty()) element.type = type_of_reference(type_text, variable);
  for (const pugi::xml_node& requirement : node.children()) {
    const std::string_view name = local_name(requirement);
    if (name != "informationRequirement" && name != "knowledgeRequirement") continue;
    for (const char* what : {"requiredInput", "requiredDecision", "requiredKnowledge"}) {
      for (const auto& reference : references(requirement, what)) {
        element.requirements.push_back(reference);
      }
    }
  }
  add_names_for(element);
  element_ = element.name;
  rules_ = 0;
  choices_ = 0;
  const DecisionEntry entry{element.id, element.name, type_text};
  switch (element.kind) {
    case ElementKind::input:
      model_->inputs.push_back(entry);
      break;
    case ElementKind::decision:
      model_->decisions.push_back(entry);
      element.body = expression_in(node);
      if (element.body == kNoNode) finding(node, "'" + element.name + "' has no expression");
      break;
    case ElementKind::knowledge:
      element.body = function(child(node, "encapsulatedLogic"));
      // The type of the variable is that of the function; what it returns is the last part.
      element.type = element.type.kind == Type::Kind::function && !element.type.of.empty()
                         ? Type{element.type.of.back()}
                         : Type{element.type};
      break;
    case ElementKind::service:
      element.outputs = references(node, "outputDecision");
      element.input_decisions = references(node, "inputDecision");
      element.input_data = references(node, "inputData");
      if (element.type.kind == Type::Kind::function && !element.type.of.empty()) {
        element.type = Type{element.type.of.back()};
      }
      break;
  }
  element_.clear();
}

// Types

Type DmnCompiler::type_of_reference(std::string text, const pugi::xml_node& at) {
  text = base::to_nfc(base::to_one_line(text));
  if (text.starts_with("feel:")) text.erase(0, 5);
  if (std::optional<Type> defined = defined_type(text)) return *std::move(defined);
  const std::size_t colon = text.find(':');
  if (colon != std::string::npos && text.find('<') == std::string::npos) {
    text.erase(0, colon + 1);
    if (std::optional<Type> defined = defined_type(text)) return *std::move(defined);
  }
  if (std::optional<Type> named = Type::named(text)) return *std::move(named);
  const base::Result<Type, SyntaxError> parsed = parser_.type(text);
  if (parsed && parsed->kind != Type::Kind::unknown) return *parsed;
  finding(at, "no type is called '" + text + "'");
  return {};
}

std::optional<Type> DmnCompiler::defined_type(std::string_view name) {
  const auto known = model_->types.find(name);
  if (known != model_->types.end()) return used(known->second);
  const auto definition = definitions_.find(name);
  if (definition != definitions_.end()) {
    if (types_under_way_.size() >= kTypeDepthMax) {
      finding(definition->second, "types within types too deeply");
      return Type{};
    }
    // A type that holds itself is anything at that place.
    if (!types_under_way_.insert(std::string{name}).second) return Type{};
    Type type = type_of_definition(definition->second);
    types_under_way_.erase(std::string{name});
    model_->types.emplace(name, type);
    return used(type);
  }
  for (const CompiledModel::Import& import : model_->imports) {
    std::string_view rest = name;
    if (!import.name.empty()) {
      if (!rest.starts_with(import.name + ".")) continue;
      rest.remove_prefix(import.name.size() + 1);
    }
    const auto& types = import.model.compiled().types;
    const auto found = types.find(rest);
    if (found != types.end()) return used(found->second);
  }
  return std::nullopt;
}

Type DmnCompiler::used(const Type& type) {
  if (type_parts_ > kTypePartsMax) return {};
  type_parts_ += parts_of(type);
  if (type_parts_ <= kTypePartsMax) return type;
  model_->findings.push_back({1, "types of more than " + std::to_string(kTypePartsMax) + " parts"});
  return {};
}

Type DmnCompiler::type_of_definition(const pugi::xml_node& definition) {
  Type type;
  const pugi::xml_node reference = child(definition, "typeRef");
  const pugi::xml_node function_item = child(definition, "functionItem");
  if (reference) {
    type = type_of_reference(reference.child_value(), reference);
  } else if (function_item) {
    type.kind = Type::Kind::function;
    for (const pugi::xml_node& parameter : function_item.children()) {
      const char* parameter_type = parameter.attribute("typeRef").value();
      if (local_name(parameter) == "parameters") {
        type.of.push_back(type_of_reference(parameter_type, parameter));
      }
    }
    const std::string result = function_item.attribute("outputTypeRef").value();
    type.of.push_back(result.empty() ? Type{} : type_of_reference(result, function_item));
  } else if (child(definition, "itemComponent") && depth_ < 100) {
    ++depth_;
    type.kind = Type::Kind::context;
    for (const pugi::xml_node& component : definition.children()) {
      if (local_name(component) != "itemComponent") continue;
      type.fields.emplace_back(base::to_one_line(component.attribute("name").value()),
                               type_of_definition(component));
    }
    --depth_;
  }
  const auto constrain = [&](std::string_view name) {
    const pugi::xml_node allowed = child(definition, name);
    const std::string text = text_of(allowed);
    if (text.empty()) return;
    const NodeId test = tests(text, allowed);
    if (test == kNoNode) return;
    type.constraint =
        std::make_shared<const Constraint>(Constraint{&model_->program, test, type.constraint});
  };
  // Allowed values are of each item, a type constraint is of the whole.
  const std::string_view collection = definition.attribute("isCollection").value();
  if (collection == "true") {
    constrain("allowedValues");
    Type list = Type::simple(Type::Kind::list);
    list.of.push_back(std::move(type));
    type = std::move(list);
  } else {
    constrain("allowedValues");
  }
  constrain("typeConstraint");
  return type;
}

std::uint32_t DmnCompiler::type_index(const pugi::xml_node& node) {
  const std::string text = node.attribute("typeRef").value();
  if (text.empty()) return kNoNode;
  Type type = type_of_reference(text, node);
  if (type.kind == Type::Kind::any) return kNoNode;
  model_->program.types.push_back(std::move(type));
  return static_cast<std::uint32_t>(model_->program.types.size() - 1);
}

}  // namespace rules
