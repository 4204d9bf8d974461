#pragma once
// dmn_compiler.h - from the XML tree of a DMN model to a CompiledModel.  Internal to the module.
#include <map>
#include <memory>
#include <set>
#include <string>
#include <string_view>
#include <vector>

#include <pugixml.hpp>

#include "rules/dmn_compiled.h"
#include "rules/parser.h"

namespace rules {

// The name of an element without its namespace prefix.
[[nodiscard]] std::string_view local_name(const pugi::xml_node& node);
[[nodiscard]] pugi::xml_node child(const pugi::xml_node& node, std::string_view name);
// The text of the child `text`, with entities resolved.
[[nodiscard]] std::string text_of(const pugi::xml_node& node);

class DmnCompiler {
 public:
  DmnCompiler(std::string_view xml, const std::vector<Model>& imports);

  std::shared_ptr<const CompiledModel> compile(const pugi::xml_node& definitions);

 private:
  void import_models(const pugi::xml_node& definitions);
  void collect(const pugi::xml_node& definitions);
  void collect_component_names(const pugi::xml_node& definition);
  void add_names_for(const CompiledModel::Element& element);
  void compile_element(std::size_t index, const pugi::xml_node& node);
  std::vector<CompiledModel::Reference> references(const pugi::xml_node& node,
                                                   std::string_view name);

  // Types.
  Type type_of_reference(std::string text, const pugi::xml_node& at);
  std::optional<Type> defined_type(std::string_view name);
  // A copy of the type; anything, with a finding, once copies have become too many.
  Type used(const Type& type);
  Type type_of_definition(const pugi::xml_node& definition);
  std::uint32_t type_index(const pugi::xml_node& node);

  // Boxed expressions; kNoNode where there is none.
  NodeId expression_in(const pugi::xml_node& parent);
  NodeId boxed(const pugi::xml_node& node);
  NodeId literal(const pugi::xml_node& node);
  NodeId boxed_context(const pugi::xml_node& node);
  NodeId invocation(const pugi::xml_node& node);
  NodeId function(const pugi::xml_node& node);
  NodeId relation(const pugi::xml_node& node);
  NodeId list(const pugi::xml_node& node);
  NodeId iteration(const pugi::xml_node& node, Op op);
  NodeId table(const pugi::xml_node& node);
  NodeId tests(const std::string& text, const pugi::xml_node& at);
  NodeId feel(const std::string& text, const pugi::xml_node& at);
  NodeId make(Op op, std::uint32_t a, std::uint32_t b = 0, std::uint32_t c = 0,
              std::uint32_t d = 0);
  NodeId null_because(const std::string& reason);
  // Notes the branches of the `if`s among the nodes from `first` on, whose text begins at `line`.
  void note_choices(std::size_t first, int line);
  std::uint32_t note_branch(RuleBranch::Kind kind, int number, int line);

  int line_of(const pugi::xml_node& node);
  void finding(const pugi::xml_node& at, std::string message);

  std::string_view xml_;
  const std::vector<Model>& available_;
  std::shared_ptr<CompiledModel> model_;
  NameTable names_;
  Parser parser_;
  std::map<std::string, pugi::xml_node, std::less<>> definitions_;
  std::set<std::string, std::less<>> types_under_way_;
  std::vector<std::pair<std::size_t, pugi::xml_node>> nodes_;
  std::vector<std::string> uses_;  // names read by the functions being compiled
  int depth_ = 0;
  std::string element_;  // the decision or knowledge being compiled; empty: neither
  int rules_ = 0;        // of its tables so far
  int choices_ = 0;      // its `if`s so far
  std::size_t type_parts_ = 0;
  std::vector<std::size_t> line_ends_;  // of xml_, once a line is asked for
};

}  // namespace rules
