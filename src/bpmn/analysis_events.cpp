// analysis_events.cpp - what is thrown and what is caught, in the file as a whole.
#include <algorithm>
#include <set>
#include <utility>

#include "bpmn/analysis_report.h"

namespace bpmn {
namespace {

bool is_broadcast(EventKind kind) {
  return kind == EventKind::message || kind == EventKind::signal;
}

bool throws(NodeKind kind) {
  return kind == NodeKind::throw_event || kind == NodeKind::end_event ||
         kind == NodeKind::send_task;
}

bool catches(NodeKind kind) {
  return kind == NodeKind::start_event || kind == NodeKind::catch_event ||
         kind == NodeKind::boundary_event || kind == NodeKind::receive_task;
}

std::vector<EventDefinition> definitions_of(const Node& node) {
  if (node.event.kind == EventKind::multiple) return node.events;
  return {node.event};
}

class EventCheck {
 public:
  EventCheck(const AnalysisGraph& graph, const Broadcasts& broadcasts, AnalysisReport& report)
      : graph_(graph), broadcasts_(broadcasts), report_(report) {}

  void run() {
    for (std::uint32_t index = 0; index < graph_.nodes().size(); ++index) {
      const Node& node = *graph_.node(index).node;
      for (const EventDefinition& event : definitions_of(node)) check_pair(index, event);
      if (node.event.kind != EventKind::error) continue;
      if (node.kind == NodeKind::boundary_event) check_error_boundary(index);
      if (node.kind == NodeKind::end_event) check_error_end(index);
    }
  }

 private:
  void check_pair(std::uint32_t index, const EventDefinition& event) {
    if (!is_broadcast(event.kind) || event.name.empty()) return;
    const NodeKind kind = graph_.node(index).kind();
    const Broadcasts::Named key{event.kind, event.name};
    const bool message = event.kind == EventKind::message;
    const std::string name = quoted(event.name);
    if (throws(kind) && !broadcasts_.caught.contains(key) && told_.insert(key).second) {
      report_.add(FindingKind::never_caught, Severity::note, index,
                  {std::string{message ? "The message " : "The signal "} + name +
                       " is sent, and nothing in this file waits for it: it goes to somebody "
                       "outside, or to nobody.",
                   std::string{message ? "Thông điệp " : "Tín hiệu "} + name +
                       " được gửi đi nhưng không có gì trong tệp này chờ nhận: nó đi ra bên ngoài, "
                       "hoặc không đến ai."});
    } else if (catches(kind) && !broadcasts_.thrown.contains(key) && told_.insert(key).second) {
      report_.add(FindingKind::never_thrown, Severity::note, index,
                  {std::string{message ? "The message " : "The signal "} + name +
                       " is waited for, and nothing in this file sends it: it must come from "
                       "outside.",
                   std::string{message ? "Thông điệp " : "Tín hiệu "} + name +
                       " được chờ nhưng không có gì trong tệp này gửi: phải đến từ bên ngoài."});
    }
  }

  // Is `code` thrown by an error end event inside `scope`, or is there work that may throw it?
  void look_inside(std::uint32_t scope, const std::string& code, bool& thrown, bool& work) const {
    for (const std::uint32_t index : graph_.scope(scope)) {
      const Node& node = *graph_.node(index).node;
      if (node.kind == NodeKind::end_event && node.event.kind == EventKind::error &&
          (code.empty() || node.event.name == code)) {
        thrown = true;
      }
      work = work || is_task(node.kind) || node.kind == NodeKind::call_activity;
      if (is_sub_process(node.kind)) look_inside(index, code, thrown, work);
    }
  }

  void check_error_boundary(std::uint32_t index) {
    const GraphNode& boundary = graph_.node(index);
    if (boundary.host == kNothing || !is_sub_process(graph_.node(boundary.host).kind())) return;
    const std::string& code = boundary.node->event.name;
    bool thrown = false;
    bool work = false;
    look_inside(boundary.host, code, thrown, work);
    if (thrown) return;
    const std::string name = code.empty() ? std::string{} : " " + quoted(code);
    report_.add(FindingKind::never_thrown, Severity::note, index,
                {"No error end event inside throws the error" + name +
                     (work ? ": this way is taken only when a task fails with it."
                           : ": this way is never taken."),
                 "Bên trong không có điểm kết thúc lỗi nào phát lỗi" + name +
                     (work ? ": đường này chỉ đi khi một công việc báo lỗi đó."
                           : ": đường này không bao giờ được đi.")});
  }

  [[nodiscard]] bool catches_error(std::uint32_t index, const std::string& code) const {
    const Node& node = *graph_.node(index).node;
    return node.event.kind == EventKind::error &&
           (node.event.name.empty() || node.event.name == code);
  }

  void check_error_end(std::uint32_t index) {
    const std::string& code = graph_.node(index).node->event.name;
    std::uint32_t scope = graph_.node(index).scope;
    // At the top level, or in what the process does when something happens, it is meant to fail.
    std::uint32_t outer = scope;
    while (outer != kNothing && graph_.node(outer).node->triggered_by_event) {
      outer = graph_.node(outer).scope;
    }
    if (outer == kNothing) return;
    for (; scope != kNothing; scope = graph_.node(scope).scope) {
      const GraphNode& around = graph_.node(scope);
      for (const std::uint32_t boundary : around.boundary) {
        if (catches_error(boundary, code)) return;
      }
      // An event sub-process beside it, or the one it lies in.
      for (const std::uint32_t other : around.children) {
        if (has_error_start(other, code)) return;
      }
    }
    for (const std::uint32_t other : graph_.scope(kNothing)) {
      if (has_error_start(other, code)) return;
    }
    const std::string name = code.empty() ? std::string{} : " " + quoted(code);
    report_.add(FindingKind::never_caught, Severity::warning, index,
                {"The error" + name +
                     " is thrown here and caught nowhere around: the whole process fails; attach "
                     "an error boundary event to the sub-process.",
                 "Lỗi" + name +
                     " được phát ở đây nhưng bên ngoài không nơi nào bắt: cả quy trình sẽ hỏng; "
                     "hãy gắn sự kiện bắt lỗi vào quy trình con."});
  }

  [[nodiscard]] bool has_error_start(std::uint32_t index, const std::string& code) const {
    const GraphNode& node = graph_.node(index);
    if (!node.node->triggered_by_event) return false;
    return std::ranges::any_of(node.children, [&](std::uint32_t child) {
      return graph_.node(child).kind() == NodeKind::start_event && catches_error(child, code);
    });
  }

  const AnalysisGraph& graph_;
  const Broadcasts& broadcasts_;
  AnalysisReport& report_;
  std::set<Broadcasts::Named> told_;
};

}  // namespace

Broadcasts broadcasts_of(const Model& model) {
  Broadcasts broadcasts;
  for (const ProcessModel& process : model.processes) {
    for (const Node& node : process.nodes) {
      for (const EventDefinition& event : definitions_of(node)) {
        if (!is_broadcast(event.kind) || event.name.empty()) continue;
        if (throws(node.kind)) broadcasts.thrown.emplace(event.kind, event.name);
        if (catches(node.kind)) broadcasts.caught.emplace(event.kind, event.name);
      }
    }
  }
  return broadcasts;
}

void check_events(const AnalysisGraph& graph, const Broadcasts& broadcasts,
                  AnalysisReport& report) {
  EventCheck(graph, broadcasts, report).run();
}

}  // namespace bpmn
