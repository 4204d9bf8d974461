#pragma once
// model_patch.h - the changes of a Model, put into the text it was read from.  Internal to the
// module.
//
// The text is read again and compared with the Model part by part; each difference is one edit.
// Parts are recognised by their ids, those that share an id by their order.
#include <functional>
#include <set>
#include <string>
#include <string_view>
#include <vector>

#include "bpmn/element_writer.h"
#include "bpmn/model_reader.h"
#include "bpmn/model_source.h"
#include "bpmn/xml_edits.h"

namespace bpmn {

// `model` as XML; byte for byte `source` where they say the same.
[[nodiscard]] std::string patched(const ModelSource& source, const Model& model);

class ModelPatch {
 public:
  ModelPatch(const Model& model, const Model& before, XmlSource& xml, ModelReader& reader)
      : model_(model), before_(before), xml_(xml), reader_(reader), edits_(xml) {}
  [[nodiscard]] std::string apply();

 private:
  static constexpr std::size_t kNew = static_cast<std::size_t>(-1);

  // A process, what it was, and which of its parts are still there: the place in `before` of each
  // part of `now`, or kNew.
  struct Process {
    const ProcessModel& now;
    const ProcessModel& before;
    const ProcessOrigin& origin;
    std::vector<std::size_t> nodes;
    std::vector<std::size_t> flows;
    std::vector<std::size_t> lanes;
  };

  // model_patch.cpp
  void patch_definitions();
  void patch_items();
  void patch_process(Process process);
  void patch_pool(const Process& process);
  void match_parts(Process& process);
  void patch_nodes(const Process& process);
  void patch_flows(const Process& process);
  void patch_lanes(const Process& process);
  void patch_lane(const pugi::xml_node& element, const Lane& before, const Lane& now);
  void patch_ends(const Process& process, const std::vector<bool>& stays);
  void remove_dependents();
  // Where the content of a scope of the model stands; null when it is new itself.
  [[nodiscard]] pugi::xml_node scope_element(const Process& process,
                                             const std::string& scope) const;

  // node_patch.cpp
  void patch_node(const pugi::xml_node& element, const Node& before, const Node& now);
  void patch_node_attributes(const pugi::xml_node& element, const Node& before, const Node& now);
  void patch_events(const pugi::xml_node& element, const Node& before, const Node& now);
  void patch_event(const pugi::xml_node& element, const EventDefinition& before,
                   const EventDefinition& now);
  void patch_loop(const pugi::xml_node& element, const Loop& before, const Loop& now);
  void patch_performers(const pugi::xml_node& element, const Node& before, const Node& now);
  void patch_compensation(const pugi::xml_node& element, const Node& before, const Node& now);
  void patch_flow(const pugi::xml_node& element, const Flow& before, const Flow& now);
  void patch_extensions(const pugi::xml_node& element, const Extensions& before,
                        const Extensions& now);
  void add_extensions(const pugi::xml_node& element, const Extensions& added);

  // Both
  void change(const pugi::xml_node& element, const char* name, const std::string& before,
              const std::string& now);
  void change(const pugi::xml_node& element, const char* name, bool before, bool now);
  // The text of the last child of that name; none when it is empty.
  void change_child(const pugi::xml_node& element, std::string_view name, const std::string& before,
                    const std::string& now);
  void remove_children(const pugi::xml_node& element, std::string_view name);
  [[nodiscard]] std::vector<pugi::xml_node> children(const pugi::xml_node& element,
                                                     std::string_view name) const;
  [[nodiscard]] bool is_bpmn(const pugi::xml_node& element) const;
  using Make = std::function<void(ElementWriter&, pugi::xml_node)>;
  // A child where the schema wants one of that name, or right after `sibling`.
  void insert(const pugi::xml_node& parent, std::string_view name, const Make& make);
  void insert_after(const pugi::xml_node& parent, const pugi::xml_node& sibling, const Make& make);
  [[nodiscard]] pugi::xml_node place_of(const pugi::xml_node& parent, std::string_view name) const;
  [[nodiscard]] Naming naming_at(const pugi::xml_node& element) const;

  const Model& model_;
  const Model& before_;
  XmlSource& xml_;
  ModelReader& reader_;
  XmlEdits edits_;
  std::set<std::string, std::less<>> gone_;  // ids of nodes and flows that are no more
};

}  // namespace bpmn
