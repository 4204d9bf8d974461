#pragma once
// model.h - a BPMN 2.0 file as values: what was drawn, before anybody asks whether it can run.
//
// References are the file's own ids (text), because a model may be inconsistent and must still be
// readable, checkable and writable.  process.h turns a model into something executable.
#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "bpmn/finding.h"

namespace bpmn {

inline constexpr std::string_view kBpmnNamespace = "http://www.omg.org/spec/BPMN/20100524/MODEL";
// Namespace of the product's own attributes.  The engine keeps them and gives them no meaning.
inline constexpr std::string_view kExtensionNamespace = "https://motcua.vn/ns/bpmn";

// Source: OMG BPMN 2.0.2 (formal/2013-12-09), chapter 10.
enum class NodeKind : std::uint8_t {
  start_event,
  end_event,
  catch_event,  // intermediateCatchEvent
  throw_event,  // intermediateThrowEvent
  boundary_event,
  task,  // abstract task
  user_task,
  manual_task,
  service_task,
  send_task,
  receive_task,
  business_rule_task,
  script_task,
  sub_process,
  transaction,
  ad_hoc_sub_process,
  call_activity,
  exclusive_gateway,
  parallel_gateway,
  inclusive_gateway,
  event_based_gateway,
  complex_gateway,
};

[[nodiscard]] std::string_view to_string(NodeKind kind);  // the name of the XML element
[[nodiscard]] bool is_task(NodeKind kind);                // task ... script_task
[[nodiscard]] bool is_activity(NodeKind kind);            // tasks, sub-processes, call activities
[[nodiscard]] bool is_gateway(NodeKind kind);
[[nodiscard]] bool is_sub_process(NodeKind kind);

enum class EventKind : std::uint8_t {
  none,
  timer,
  message,
  signal,
  error,
  escalation,
  conditional,
  link,
  terminate,
  cancel,
  compensation,
  multiple,  // more than one definition
};

[[nodiscard]] std::string_view to_string(EventKind kind);

enum class TimerKind : std::uint8_t { none, date, duration, cycle };

[[nodiscard]] std::string_view to_string(TimerKind kind);

struct EventDefinition {
  EventKind kind = EventKind::none;
  // Message, signal or link name; error or escalation code; the id itself when it resolves to
  // nothing.  Empty catches any error or escalation.
  std::string name;
  TimerKind timer = TimerKind::none;
  std::string text;       // the timer's or condition's expression, as written
  std::string reference;  // the id the file refers to (messageRef ...), kept for writing back
  // Thrown compensation: the activity to compensate, empty for every one of the scope; and whether
  // the throw waits until it is done.
  std::string activity;
  bool wait_for_completion = true;
  friend bool operator==(const EventDefinition&, const EventDefinition&) = default;
};

// An attribute of a foreign namespace, or <extensionElements><ns:property name= value=/>.
struct Extension {
  std::string uri;
  std::string name;
  std::string value;
  friend bool operator==(const Extension&, const Extension&) = default;
};
using Extensions = std::vector<Extension>;

// nullptr when absent.  The two-argument form looks in the product's own namespace.
[[nodiscard]] const std::string* find_extension(const Extensions& extensions, std::string_view uri,
                                                std::string_view name);
[[nodiscard]] const std::string* find_extension(const Extensions& extensions,
                                                std::string_view name);

// Source: OMG BPMN 2.0.2, 10.3.8 loop characteristics.
struct Loop {
  enum class Kind : std::uint8_t { none, parallel, sequential, standard };
  Kind kind = Kind::none;
  std::string cardinality;           // FEEL: a number, or a list whose length counts
  std::string completion_condition;  // standard: the loop condition, while true it goes on
  std::string item;                  // multi-instance: the name of the element of the list
  bool test_before = false;          // standard: the condition is asked before the first run, too
  std::string maximum;               // standard: loopMaximum, a number or empty
  friend bool operator==(const Loop&, const Loop&) = default;
};

struct Node {
  std::string id;
  std::string name;
  NodeKind kind = NodeKind::task;
  int line = 0;
  std::string scope;                    // id of the enclosing sub-process; empty at the top level
  EventDefinition event;                // events; receive and send tasks: their message
  std::vector<EventDefinition> events;  // all of them, where event.kind is `multiple`
  bool parallel_multiple = false;       // `multiple`: all must happen, not one of them
  std::string attached_to;              // boundary event
  bool interrupting = true;             // boundary event, start event of an event sub-process
  bool triggered_by_event = false;      // event sub-process
  bool instantiate = false;             // receive task or event-based gateway that starts a process
  std::string default_flow;             // gateway or activity
  std::string called_element;           // call activity
  Loop loop;
  bool for_compensation = false;  // activity that only runs to compensate another one
  std::string compensated_by;     // compensation boundary event: the activity its association names
  std::string activation_condition;     // complex gateway
  std::vector<std::string> performers;  // resources, or the expressions that name them
  std::string documentation;
  Extensions extensions;
  friend bool operator==(const Node&, const Node&) = default;
};

struct Flow {
  std::string id;
  std::string name;
  std::string source;
  std::string target;
  int line = 0;
  std::string scope;
  std::optional<std::string> condition;  // as written
  std::string language;                  // of the condition, if stated
  Extensions extensions;
  friend bool operator==(const Flow&, const Flow&) = default;
};

struct Lane {
  std::string id;
  std::string name;
  std::string parent;  // id of the enclosing lane, or empty
  std::vector<std::string> nodes;
  Extensions extensions;
  friend bool operator==(const Lane&, const Lane&) = default;
};

struct ProcessModel {
  std::string id;
  std::string name;
  int line = 0;
  bool executable = false;
  std::string participant;  // name of the pool that shows it
  std::vector<Node> nodes;  // in document order, all scopes
  std::vector<Flow> flows;
  std::vector<Lane> lanes;
  std::string documentation;
  Extensions extensions;
};

// A message, signal, error or escalation of the file.
struct NamedItem {
  EventKind kind = EventKind::message;
  std::string id;
  std::string name;
  std::string code;  // errorCode or escalationCode
  friend bool operator==(const NamedItem&, const NamedItem&) = default;
};

struct ModelSource;  // what a model was read from

struct Model {
  std::string id;
  std::string name;
  std::string target_namespace;
  std::string expression_language;
  std::vector<ProcessModel> processes;
  std::vector<NamedItem> items;
  std::vector<Finding> findings;  // what is inconsistent, and what BPMN does not know
  // Kept for write_model(), which gives back what the Model does not say.  Reset it for a file that
  // holds the Model alone.
  std::shared_ptr<const ModelSource> source;

  [[nodiscard]] const ProcessModel* find_process(std::string_view process_id) const;
};

}  // namespace bpmn
