#include "bpmn/model_references.h"

#include <array>
#include <unordered_map>
#include <unordered_set>

#include "bpmn/xml_value.h"

namespace bpmn {
namespace {

constexpr std::size_t kFindingsMax = 1'000;

// Source: OMG BPMN 2.0.2, Semantic.xsd: attributes and elements of the types xsd:IDREF and
// xsd:QName that name an element of a BPMN file.  Not those of types and services of other kinds
// (structureRef, implementationRef, ...), nor calledElement, which may be in another file.
constexpr std::array<std::string_view, 26> kAttributes = {"sourceRef",
                                                          "targetRef",
                                                          "attachedToRef",
                                                          "default",
                                                          "processRef",
                                                          "messageRef",
                                                          "signalRef",
                                                          "errorRef",
                                                          "escalationRef",
                                                          "activityRef",
                                                          "operationRef",
                                                          "itemSubjectRef",
                                                          "itemRef",
                                                          "dataObjectRef",
                                                          "dataStoreRef",
                                                          "categoryValueRef",
                                                          "parameterRef",
                                                          "calledChoreographyRef",
                                                          "calledCollaborationRef",
                                                          "choreographyRef",
                                                          "initiatingParticipantRef",
                                                          "definitionalCollaborationRef",
                                                          "partitionElementRef",
                                                          "correlationKeyRef",
                                                          "correlationPropertyRef",
                                                          "bpmnElement"};
constexpr std::array<std::string_view, 28> kElements = {"incoming",
                                                        "outgoing",
                                                        "flowNodeRef",
                                                        "sourceRef",
                                                        "targetRef",
                                                        "dataInputRefs",
                                                        "dataOutputRefs",
                                                        "optionalInputRefs",
                                                        "whileExecutingInputRefs",
                                                        "optionalOutputRefs",
                                                        "whileExecutingOutputRefs",
                                                        "inputSetRefs",
                                                        "outputSetRefs",
                                                        "eventDefinitionRef",
                                                        "resourceRef",
                                                        "loopDataInputRef",
                                                        "loopDataOutputRef",
                                                        "inMessageRef",
                                                        "outMessageRef",
                                                        "errorRef",
                                                        "participantRef",
                                                        "messageFlowRef",
                                                        "innerParticipantRef",
                                                        "outerParticipantRef",
                                                        "supportedInterfaceRef",
                                                        "categoryValueRef",
                                                        "correlationPropertyRef",
                                                        "choreographyRef"};

class ReferenceCheck {
 public:
  explicit ReferenceCheck(XmlSource& source)
      : source_(source),
        attributes_(kAttributes.begin(), kAttributes.end()),
        elements_(kElements.begin(), kElements.end()) {}

  std::vector<Finding> run() {
    const pugi::xml_node root = source_.document().document_element();
    target_ = root.attribute("targetNamespace").value();
    collect(root);
    check(root, {});
    return std::move(findings_);
  }

 private:
  // The parts that BPMN gives a meaning: its own elements, and its diagrams.
  static bool is_meant(const XmlName& name) {
    return (name.uri == kBpmnNamespace && name.local != "extensionElements") ||
           name.local.starts_with("BPMN");
  }

  void collect(const pugi::xml_node& element) {
    const XmlScope scope(source_, element);
    const XmlName name = source_.name_of(element);
    if (!is_meant(name)) return;
    if (const pugi::xml_attribute id = element.attribute("id"); *id.value() != '\0') {
      const auto [first, is_new] = ids_.try_emplace(id.value(), element);
      if (!is_new) {
        note(name.uri == kBpmnNamespace ? Severity::warning : Severity::note, id.value(), element,
             "its id is used already in line " + std::to_string(source_.line_of(first->second)));
      }
    }
    for (const pugi::xml_node& child : element.children()) {
      if (child.type() == pugi::node_element) collect(child);
    }
  }

  // `around`: id of the nearest element around it that has one.
  void check(const pugi::xml_node& element, std::string_view around) {
    const XmlScope scope(source_, element);
    const XmlName name = source_.name_of(element);
    if (!is_meant(name)) return;
    if (const std::string_view id = element.attribute("id").value(); !id.empty()) around = id;
    for (const pugi::xml_attribute& attribute : element.attributes()) {
      if (!attributes_.contains(std::string_view{attribute.name()})) continue;
      follow(element, attribute.name(), attribute.value(), around);
    }
    if (elements_.contains(name.local)) {
      const std::string text = text_of(element);
      if (follow(element, name.local, text, around)) check_end(element, name.local, text, around);
    }
    for (const pugi::xml_node& child : element.children()) {
      if (child.type() == pugi::node_element) check(child, around);
    }
  }

  // False when it leads nowhere.
  bool follow(const pugi::xml_node& at, std::string_view name, std::string_view value,
              std::string_view around) {
    const std::string whole = trimmed(value);
    if (whole.empty() || ids_.contains(whole)) return true;
    const auto [prefix, local] = split_name(whole);
    if (ids_.contains(local)) return true;
    if (!prefix.empty()) {
      const std::string_view uri = source_.uri_of(prefix);
      if (!uri.empty() && uri != target_ && uri != kBpmnNamespace) return true;
    }
    note(Severity::warning, around, at,
         std::string{name} + " refers to '" + whole.substr(0, 100) + "', which does not exist");
    return false;
  }

  // What a node says of its flows must be what they say themselves.
  void check_end(const pugi::xml_node& at, std::string_view name, const std::string& flow_id,
                 std::string_view node) {
    if (name != "incoming" && name != "outgoing") return;
    const std::string_view own = at.parent().attribute("id").value();
    const std::string id = reference(flow_id);
    const auto flow = ids_.find(std::string_view{id});
    if (own.empty() || flow == ids_.end()) return;
    if (split_name(flow->second.name()).second != "sequenceFlow") return;
    const char* end = name == "incoming" ? "targetRef" : "sourceRef";
    if (reference(flow->second.attribute(end).value()) == own) return;
    note(Severity::warning, node, at,
         std::string{name} + " names the flow '" + flow_id.substr(0, 100) +
             "', which leads elsewhere");
  }

  void note(Severity severity, std::string_view element, const pugi::xml_node& at,
            std::string message) {
    if (findings_.size() >= kFindingsMax) return;
    findings_.push_back({severity, std::string{element}, source_.line_of(at), std::move(message)});
  }

  XmlSource& source_;
  std::unordered_set<std::string_view> attributes_;
  std::unordered_set<std::string_view> elements_;
  std::string_view target_;
  struct TextHash {
    using is_transparent = void;
    std::size_t operator()(std::string_view text) const noexcept {
      return std::hash<std::string_view>{}(text);
    }
  };
  std::unordered_map<std::string, pugi::xml_node, TextHash, std::equal_to<>> ids_;
  std::vector<Finding> findings_;
};

}  // namespace

std::vector<Finding> check_references(XmlSource& source) {
  return ReferenceCheck(source).run();
}

}  // namespace bpmn
