#pragma once
// element_writer.h - elements of a Model as XML, in the order that the schema wants.  Internal to
// the module.
#include <map>
#include <string>
#include <string_view>
#include <unordered_map>
#include <unordered_set>
#include <vector>

#include <pugixml.hpp>

#include "bpmn/model.h"

namespace bpmn {

// Which prefixes are in force where something is written.
struct Naming {
  std::string bpmn;  // "bpmn:", or empty for the default namespace
  // prefix -> namespace; this one is in force everywhere.
  std::map<std::string, std::string> prefixes{{"xml", "http://www.w3.org/XML/1998/namespace"}};
};

class ElementWriter {
 public:
  ElementWriter(const Model& model, Naming naming) : model_(model), naming_(std::move(naming)) {}

  // Each appends to `parent` and returns what it appended.  The first one to be appended to an
  // empty document declares the namespaces that are not in force yet.
  pugi::xml_node definitions(pugi::xml_node parent);
  pugi::xml_node item(pugi::xml_node parent, const NamedItem& item);
  pugi::xml_node process(pugi::xml_node parent, const ProcessModel& process);
  // With everything inside a sub-process; nothing that was written before is written again.
  pugi::xml_node node(pugi::xml_node parent, const ProcessModel& process, const Node& node);
  pugi::xml_node flow(pugi::xml_node parent, const Flow& flow);
  pugi::xml_node lane(pugi::xml_node parent, const ProcessModel& process, const Lane& lane);
  pugi::xml_node participant(pugi::xml_node parent, const ProcessModel& process);
  pugi::xml_node event(pugi::xml_node parent, const EventDefinition& event);
  pugi::xml_node loop(pugi::xml_node parent, const Loop& loop);
  pugi::xml_node performer(pugi::xml_node parent, const std::string& performer);
  pugi::xml_node condition(pugi::xml_node parent, const Flow& flow);
  pugi::xml_node association(pugi::xml_node parent, const Node& node);
  // Of the BPMN namespace; with text, if there is any.
  pugi::xml_node element(pugi::xml_node parent, std::string_view name, std::string_view text = {});
  pugi::xml_node property(pugi::xml_node parent, const Extension& extension);
  // The prefix of a namespace; declared where it is not in force.  Empty for no namespace.
  std::string prefix_of(const std::string& uri);

 private:
  void scope(pugi::xml_node parent, const ProcessModel& process, const std::string& scope,
             int depth);
  pugi::xml_node node_at(pugi::xml_node parent, const ProcessModel& process, const Node& node,
                         int depth);
  void node_attributes(pugi::xml_node element, const Node& node);
  void lanes(pugi::xml_node parent, const ProcessModel& process, const std::string& lane,
             const char* set_name, int depth);
  pugi::xml_node lane_at(pugi::xml_node parent, const ProcessModel& process, const Lane& lane,
                         int depth);
  void flow_references(pugi::xml_node element, const ProcessModel& process, const Node& node);
  void extensions(pugi::xml_node element, const Extensions& extensions);
  pugi::xml_node append(pugi::xml_node parent, const std::string& name);

  const Model& model_;
  Naming naming_;
  pugi::xml_node top_;
  std::unordered_set<const void*> written_;
  using FlowsOfNode = std::unordered_map<std::string_view, std::vector<const Flow*>>;
  const ProcessModel* indexed_ = nullptr;  // the process that these two are of
  FlowsOfNode flows_into_;
  FlowsOfNode flows_out_of_;
};

// Attributes by which the schema and other products name people; see node_reader.cpp.
[[nodiscard]] bool names_performer(std::string_view attribute);
// Performers of the node that no attribute among `extensions` names already.
[[nodiscard]] std::vector<std::string> own_performers(const Node& node);
[[nodiscard]] bool is_xml_name(std::string_view text);

}  // namespace bpmn
