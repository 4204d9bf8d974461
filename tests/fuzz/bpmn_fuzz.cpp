// bpmn_fuzz.cpp - any bytes as a BPMN file: refused with a line, or read, written back and read
// again as the same; changed and written, it says the change; every process of it that compiles is
// played some steps, and what is stored of it means what was live.
#include <algorithm>
#include <cstdint>
#include <string>
#include <string_view>

#include "bpmn/event_json.h"
#include "bpmn/instance_json.h"
#include "bpmn/model_check.h"
#include "bpmn/model_xml.h"
#include "bpmn/step.h"
#include "unit_clock.h"

namespace {

using fuzz::must;

constexpr std::size_t kStepsMax = 24;
constexpr std::size_t kProcessesMax = 3;

// The end of the input, once more, as choices.
class Choices {
 public:
  explicit Choices(std::string_view bytes) : bytes_(bytes) {}
  std::size_t below(std::size_t limit) {
    if (bytes_.empty()) return 0;
    at_ = (at_ + 1) % bytes_.size();
    state_ = state_ * 31 + static_cast<unsigned char>(bytes_[bytes_.size() - 1 - at_]);
    return state_ % limit;
  }

 private:
  std::string_view bytes_;
  std::size_t at_ = 0;
  std::uint32_t state_ = 1;
};

void must_be_same(const bpmn::Model& a, const bpmn::Model& b) {
  must(a.id == b.id && a.name == b.name && a.target_namespace == b.target_namespace &&
           a.expression_language == b.expression_language,
       "the same definitions");
  must(a.items == b.items, "the same messages, signals, errors and escalations");
  must(a.processes.size() == b.processes.size(), "as many processes");
  for (std::size_t i = 0; i < a.processes.size(); ++i) {
    const bpmn::ProcessModel& x = a.processes[i];
    const bpmn::ProcessModel& y = b.processes[i];
    must(x.id == y.id && x.name == y.name && x.executable == y.executable &&
             x.participant == y.participant && x.documentation == y.documentation &&
             x.extensions == y.extensions,
         "the same process");
    must(x.nodes == y.nodes, "the same nodes");
    must(x.flows == y.flows, "the same flows");
    must(x.lanes == y.lanes, "the same lanes");
  }
}

// Names, and a new node with its flow: what is written says it, and nothing else is lost.
void change(const bpmn::Model& model, Choices& choices) {
  bpmn::Model changed = model;
  for (bpmn::ProcessModel& process : changed.processes) {
    if (process.nodes.empty()) continue;
    process.nodes[choices.below(process.nodes.size())].name = "Tên \"mới\" <&>";
    if (!process.flows.empty()) {
      process.flows[choices.below(process.flows.size())].name = "đi\ntiếp";
    }
    bpmn::Node node;
    node.id = "fuzz_node";
    node.kind = static_cast<bpmn::NodeKind>(choices.below(22));
    process.nodes.push_back(node);
    break;
  }
  const auto again = bpmn::read_model(bpmn::write_model(changed));
  must(again.has_value(), "what was changed is BPMN");
  must(again->processes.size() == model.processes.size(), "a change adds no process");
  for (std::size_t i = 0; i < model.processes.size(); ++i) {
    must(again->processes[i].nodes.size() == changed.processes[i].nodes.size(), "one node more");
    must(again->processes[i].flows.size() == changed.processes[i].flows.size(), "no flow less");
    for (const bpmn::Node& node : changed.processes[i].nodes) {
      must(std::ranges::any_of(again->processes[i].nodes,
                               [&](const bpmn::Node& other) {
                                 return other.id == node.id && other.name == node.name &&
                                        other.kind == node.kind && other.scope == node.scope &&
                                        other.event == node.event && other.loop == node.loop;
                               }),
           "every node is there as it was changed");
    }
  }
}

bpmn::Trigger any_trigger(const bpmn::Process& process, const bpmn::Instance& instance,
                          Choices& choices) {
  if (instance.state == bpmn::InstanceState::created) return bpmn::Start{};
  if (instance.activities.empty()) return bpmn::ConditionsChanged{};
  const bpmn::Activity& activity = instance.activities[choices.below(instance.activities.size())];
  const bpmn::ProcessNode& node = process.node(activity.node);
  switch (choices.below(12)) {
    case 0:
      return bpmn::ThrowError{activity.id, node.event.name};
    case 1:
      return bpmn::DeliverSignal{node.event.name};
    case 2:
      return bpmn::ConditionsChanged{};
    case 3:
      return bpmn::MoveToken{activity.id,
                             process.nodes()[choices.below(process.nodes().size())].id};
    case 4:
      return bpmn::ThrowError{activity.id, ""};
    case 5:
      return bpmn::DeliverMessage{node.event.name};
    case 6:
      return bpmn::FireTimer{activity.id};
    default:
      break;
  }
  if (node.waits) return bpmn::CompleteTask{activity.id};
  if (node.event.kind == bpmn::EventKind::message) return bpmn::DeliverMessage{node.event.name};
  if (node.event.kind == bpmn::EventKind::signal) return bpmn::DeliverSignal{node.event.name};
  return bpmn::FireTimer{activity.id};
}

void play(const bpmn::Process& process, Choices& choices) {
  bpmn::Instance instance;
  bpmn::Instance replayed;
  for (std::size_t i = 0; i < kStepsMax && !instance.is_over(); ++i) {
    const rules::Value variables{
        rules::Context{{"x", static_cast<std::int64_t>(choices.below(10))}, {"amount", 5}}};
    const bpmn::Trigger trigger = any_trigger(process, instance, choices);
    const std::string stored = bpmn::to_json_text(process, instance);
    const auto loaded = bpmn::read_instance(process, stored);
    must(loaded.has_value() && *loaded == instance, "an instance is what is stored of it");
    const auto events = bpmn::step(process, instance, trigger, variables);
    must(events == bpmn::step(process, *loaded, trigger, variables), "the same step again");
    if (!events) {
      if (instance.state == bpmn::InstanceState::created) return;
      continue;
    }
    for (const bpmn::Event& event : *events) {
      const auto read = bpmn::read_event(bpmn::to_json(event));
      must(read.has_value() && *read == event, "an event is what is stored of it");
      instance = bpmn::apply(process, std::move(instance), event);
      bpmn::apply_to(process, replayed, *read);
    }
    must(instance == replayed, "replaying the events gives the same instance");
  }
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const fuzz::UnitClock clock;
  const std::string_view text{reinterpret_cast<const char*>(data), size};
  const bpmn::ModelCheck check = bpmn::check_model(text);
  const std::string line = bpmn::to_text(check);
  must(line.find('\n') == std::string::npos, "the answer is one line");
  const auto model = bpmn::read_model(text);
  if (!model) {
    must(model.error().line >= 1 && !model.error().message.empty(), "a refusal says where and why");
    must(check.usability != bpmn::Usability::executable, "what is refused is not executable");
    return 0;
  }
  const std::string written = bpmn::write_model(*model);
  const auto again = bpmn::read_model(written);
  must(again.has_value(), "what is written is BPMN");
  must_be_same(*model, *again);
  must(bpmn::write_model(*again) == written, "written twice is written once");
  Choices choices(text);
  if (model->find_process("fuzz_node") == nullptr &&
      text.find("fuzz_node") == std::string_view::npos) {
    change(*model, choices);
  }
  bpmn::Model alone = *model;
  alone.source.reset();
  must(bpmn::read_model(bpmn::write_model(alone)).has_value(), "a model by itself is BPMN");
  std::size_t played = 0;
  for (const bpmn::ProcessModel& process : model->processes) {
    if (process.id.empty() || process.nodes.size() > 300 || played == kProcessesMax) continue;
    ++played;
    if (const auto compiled = bpmn::compile(*model, process.id)) play(*compiled, choices);
  }
  return 0;
}
