#pragma once
// model_reader.h - the descent through a BPMN file.  Internal to the module; see model_xml.h.
#include <span>
#include <string>
#include <string_view>
#include <unordered_map>
#include <utility>
#include <vector>

#include "bpmn/xml_source.h"

namespace bpmn {

// The elements that the parts of a Model were read from, in the same order.
struct ProcessOrigin {
  pugi::xml_node element;
  pugi::xml_node participant;
  std::vector<pugi::xml_node> nodes;
  std::vector<pugi::xml_node> flows;
  std::vector<pugi::xml_node> lanes;
};
struct ModelOrigins {
  pugi::xml_node root;
  std::vector<ProcessOrigin> processes;
  std::vector<pugi::xml_node> items;
};
// An attribute, or a property element.
struct ExtensionOrigin {
  pugi::xml_attribute attribute;
  pugi::xml_node property;
};

class ModelReader {
 public:
  ModelReader(XmlSource& source, const ReadLimits& limits) : source_(source), limits_(limits) {}
  [[nodiscard]] base::Result<Model, ReadError> read();

  // After read().
  [[nodiscard]] const ModelOrigins& origins() const { return origins_; }
  // Requires: the namespaces of the element are in force.
  void read_extensions(const pugi::xml_node& element, Extensions& extensions,
                       std::vector<ExtensionOrigin>* origins = nullptr);

 private:
  void read_definitions(const pugi::xml_node& root);
  void read_participants(const pugi::xml_node& collaboration);
  void read_item(const pugi::xml_node& element, EventKind kind);
  void read_process(const pugi::xml_node& element);
  // The flow nodes, flows and lanes of a process or sub-process.
  void read_content(const pugi::xml_node& element, ProcessModel& process, const std::string& scope,
                    int depth);
  // False when `element` is not part of a scope's content.
  bool read_flow_element(const pugi::xml_node& element, std::string_view local,
                         ProcessModel& process, const std::string& scope, int depth);
  void read_node(const pugi::xml_node& element, NodeKind kind, ProcessModel& process,
                 const std::string& scope, int depth);
  void read_node_attributes(const pugi::xml_node& element, Node& node);
  void read_node_child(const pugi::xml_node& child, std::string_view local, Node& node);
  static void add_event(Node& node, EventDefinition event);
  void read_performer(const pugi::xml_node& element, Node& node);
  static void add_performer(Node& node, std::string performer);
  // `own_namespace`: the attributes carry no prefix, for the element itself is the vendor's.
  void read_vendor_performers(const pugi::xml_node& element, bool own_namespace, Node& node);
  void read_vendor_children(const pugi::xml_node& extensions, Node& node);
  [[nodiscard]] EventDefinition read_event(const pugi::xml_node& element, std::string_view local);
  void read_loop(const pugi::xml_node& element, std::string_view local, Loop& loop);
  void read_vendor_loop(const pugi::xml_node& element, Loop& loop);
  void read_flow(const pugi::xml_node& element, ProcessModel& process, const std::string& scope);
  void read_lanes(const pugi::xml_node& lane_set, ProcessModel& process, const std::string& parent,
                  int depth);
  void read_association(const pugi::xml_node& element);
  void resolve_names();
  void resolve_node(Node& node);
  using Association = std::pair<std::string, std::string>;
  void resolve_compensations(ProcessModel& process, std::span<const Association> associations);
  void resolve(EventDefinition& event);
  void note(Severity severity, std::string_view element, const pugi::xml_node& at,
            std::string message);
  // True within the BPMN namespace; `local` is the element's name there.
  [[nodiscard]] bool is_bpmn(const pugi::xml_node& element, std::string_view& local) const;

  XmlSource& source_;
  ReadLimits limits_;
  Model model_;
  ModelOrigins origins_;
  std::unordered_map<std::string, pugi::xml_node> participants_;    // process id -> its pool
  std::unordered_map<std::string, EventDefinition> shared_events_;  // eventDefinitionRef
  std::unordered_map<std::string, std::string> resources_;          // id -> name
  std::vector<Association> associations_;
  std::vector<std::size_t> association_ends_;                        // of each process in turn
  std::unordered_map<std::string, std::vector<std::size_t>> items_;  // id -> places in the model
  std::size_t elements_ = 0;
  bool too_deep_ = false;
  bool too_many_ = false;
};

}  // namespace bpmn
