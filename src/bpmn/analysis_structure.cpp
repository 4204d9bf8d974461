// analysis_structure.cpp - what follows from the drawing without exploring states.
#include <algorithm>
#include <unordered_set>

#include "bpmn/analysis_report.h"

namespace bpmn {
namespace {

std::string many(std::size_t others, bool vietnamese) {
  if (others == 0) return {};
  const std::string number = std::to_string(others);
  if (vietnamese) return " (và " + number + " phần tử sau nó)";
  return others == 1 ? " (and one element after it)" : " (and " + number + " elements after it)";
}

class StructureCheck {
 public:
  StructureCheck(const AnalysisGraph& graph, AnalysisReport& report)
      : graph_(graph), report_(report), size_(graph.nodes().size()) {}

  void run() {
    check_links();
    check_alternatives();
    check_reached();
    check_ends();
    check_endless_loops();
  }

 private:
  using Marks = std::vector<bool>;

  // One finding for each region of `wrong` nodes: its first, by preference one that nothing wrong
  // leads to.
  template <class Add>
  void report_regions(const Marks& wrong, const Add& add) {
    Marks led_to(size_, false);
    for (std::uint32_t i = 0; i < size_; ++i) {
      if (!wrong[i]) continue;
      for (const std::uint32_t next : graph_.next(i)) {
        if (next != i) led_to[next] = true;
      }
    }
    Marks told(size_, false);
    for (const bool heads_only : {true, false}) {
      for (std::uint32_t i = 0; i < size_; ++i) {
        if (!wrong[i] || told[i] || (heads_only && led_to[i])) continue;
        std::size_t count = 0;
        std::vector<std::uint32_t> open{i};
        told[i] = true;
        while (!open.empty()) {
          const std::uint32_t at = open.back();
          open.pop_back();
          ++count;
          for (const std::uint32_t next : neighbours(at)) {
            if (!wrong[next] || told[next]) continue;
            told[next] = true;
            open.push_back(next);
          }
        }
        add(i, count - 1);
      }
    }
  }
  // With what lies inside a sub-process.
  [[nodiscard]] std::vector<std::uint32_t> neighbours(std::uint32_t index) const {
    std::vector<std::uint32_t> out = graph_.next(index);
    const std::vector<std::uint32_t>& children = graph_.node(index).children;
    out.insert(out.end(), children.begin(), children.end());
    return out;
  }

  void check_reached() {
    Marks seen(size_, false);
    std::vector<std::uint32_t> open;
    const auto visit = [&](std::uint32_t index) {
      if (seen[index]) return;
      seen[index] = true;
      open.push_back(index);
    };
    const auto enter = [&](std::uint32_t scope) {
      for (const std::uint32_t index : graph_.beginning_of(scope).nodes) visit(index);
      // What its scope may call at any time.
      for (const std::uint32_t index : graph_.scope(scope)) {
        const Node& node = *graph_.node(index).node;
        if (node.triggered_by_event || node.for_compensation) visit(index);
      }
    };
    enter(kNothing);
    while (!open.empty()) {
      const std::uint32_t index = open.back();
      open.pop_back();
      for (const std::uint32_t next : graph_.next(index)) visit(next);
      if (is_sub_process(graph_.node(index).kind())) enter(index);
    }
    Marks wrong(size_, false);
    for (std::uint32_t i = 0; i < size_; ++i) {
      const GraphNode& node = graph_.node(i);
      // Those have a finding of their own.
      const bool told = (node.kind() == NodeKind::catch_event && node.event() == EventKind::link &&
                         node.in.empty()) ||
                        (node.kind() == NodeKind::boundary_event && node.host == kNothing);
      wrong[i] = !seen[i] && !told;
    }
    report_regions(wrong, [&](std::uint32_t i, std::size_t others) {
      const Sentence what = described(*graph_.node(i).node);
      report_.add(FindingKind::unreachable, Severity::warning, i,
                  {"No token can ever reach " + what.english + many(others, false) +
                       ": connect it to what comes before, or remove it.",
                   "Không có đường nào dẫn đến " + what.vietnamese + many(others, true) +
                       ": hãy nối với bước trước, hoặc bỏ đi."});
    });
    unreached_.swap(wrong);
  }

  void check_ends() {
    Marks ends(size_, false);
    std::vector<std::vector<std::uint32_t>> before(size_);
    std::vector<std::uint32_t> open;
    for (std::uint32_t i = 0; i < size_; ++i) {
      const std::vector<std::uint32_t> next = graph_.next(i);
      for (const std::uint32_t to : next) before[to].push_back(i);
      // A token also ends where nothing goes on; only boundary events do not make it go on.
      if (graph_.node(i).out.empty() && graph_.node(i).link == kNothing) {
        ends[i] = true;
        open.push_back(i);
      }
    }
    while (!open.empty()) {
      const std::uint32_t index = open.back();
      open.pop_back();
      for (const std::uint32_t from : before[index]) {
        if (ends[from]) continue;
        ends[from] = true;
        open.push_back(from);
      }
    }
    Marks wrong(size_, false);
    for (std::uint32_t i = 0; i < size_; ++i) wrong[i] = !ends[i] && !unreached_[i];
    report_regions(wrong, [&](std::uint32_t i, std::size_t others) {
      const Sentence what = described(*graph_.node(i).node);
      report_.add(FindingKind::no_way_to_end, Severity::error, i,
                  {"From " + what.english + many(others, false) +
                       " no end can be reached: the process goes round for ever; draw a way out to "
                       "an end event.",
                   "Từ " + what.vietnamese + many(others, true) +
                       " không đến được điểm kết thúc nào: quy trình chạy vòng mãi; hãy vẽ đường "
                       "ra đến sự kiện kết thúc."});
    });
  }

  void check_links() {
    std::unordered_set<std::uint32_t> targets;
    for (const GraphNode& node : graph_.nodes()) targets.insert(node.link);
    for (std::uint32_t i = 0; i < size_; ++i) {
      const GraphNode& node = graph_.node(i);
      if (node.event() != EventKind::link) continue;
      const std::string name = quoted(node.node->event.name);
      if (node.kind() == NodeKind::throw_event && node.link == kNothing && node.out.empty()) {
        report_.add(FindingKind::link_without_pair, Severity::error, i,
                    {"The link " + name +
                         " leads nowhere: draw a catching link event of the same name in the same "
                         "process or sub-process.",
                     "Liên kết " + name +
                         " không dẫn đến đâu: hãy vẽ sự kiện liên kết nhận cùng tên trong cùng "
                         "quy trình."});
      } else if (node.kind() == NodeKind::catch_event && !targets.contains(i) && node.in.empty()) {
        report_.add(FindingKind::link_without_pair, Severity::warning, i,
                    {"No throwing link event of the name " + name +
                         " leads here, so that what follows is never reached.",
                     "Không có sự kiện liên kết gửi nào tên " + name +
                         " dẫn đến đây, nên phần sau không bao giờ được thực hiện."});
      }
    }
  }

  void check_alternatives() {
    for (std::uint32_t i = 0; i < size_; ++i) {
      const GraphNode& gateway = graph_.node(i);
      if (gateway.kind() != NodeKind::event_based_gateway) continue;
      for (const std::uint32_t flow : gateway.out) check_alternative(i, graph_.flow(flow).target);
      if (gateway.out.empty()) {
        report_.add(FindingKind::not_waitable, Severity::error, i,
                    {"The event-based gateway has nothing to wait for: draw the events after it.",
                     "Cổng chờ sự kiện không có gì để chờ: hãy vẽ các sự kiện sau nó."});
      }
    }
  }

  void check_alternative(std::uint32_t gateway, std::uint32_t index) {
    const GraphNode& target = graph_.node(index);
    const EventKind event = target.event();
    const bool waits =
        target.kind() == NodeKind::receive_task ||
        (target.kind() == NodeKind::catch_event &&
         (event == EventKind::timer || event == EventKind::message || event == EventKind::signal ||
          event == EventKind::conditional || event == EventKind::multiple));
    const Sentence what = described(*target.node);
    if (!waits) {
      report_
          .add(FindingKind::not_waitable, Severity::error, index,
               {"Behind an event-based gateway stands " + what.english +
                    ", which is no event that can be waited for: use a message, signal, timer or "
                    "condition event, or a receive task.",
                "Sau cổng chờ sự kiện là " + what.vietnamese +
                    ", không phải sự kiện chờ được: hãy dùng sự kiện thông điệp, tín hiệu, hẹn "
                    "giờ, điều kiện hoặc công việc nhận thông điệp."})
          .related = graph_.node(gateway).node->id;
    } else if (target.in.size() > 1) {
      report_
          .add(FindingKind::not_waitable, Severity::error, index,
               {"Behind an event-based gateway stands " + what.english +
                    ", which can be reached another way as well: give the other way an event of "
                    "its own.",
                "Sau cổng chờ sự kiện là " + what.vietnamese +
                    ", nhưng còn đường khác dẫn đến nó: hãy vẽ sự kiện riêng cho đường kia."})
          .related = graph_.node(gateway).node->id;
    }
  }

  // Variables do not change within a step, so that a loop in which nothing waits is taken for ever
  // once it is taken.
  void check_endless_loops() {
    Marks left(size_, false);
    for (std::uint32_t i = 0; i < size_; ++i) {
      // A parallel join stops a loop rather than being driven by it.
      const GraphNode& node = graph_.node(i);
      const bool joins = node.kind() == NodeKind::parallel_gateway && node.in.size() > 1;
      left[i] = !joins && !graph_.waits(i) && !unreached_[i];
    }
    std::vector<std::vector<std::uint32_t>> next(size_);
    std::vector<std::vector<std::uint32_t>> before(size_);
    for (std::uint32_t i = 0; i < size_; ++i) {
      if (!left[i]) continue;
      for (const std::uint32_t to : graph_.next(i)) {
        if (!left[to] || graph_.node(to).kind() == NodeKind::boundary_event) continue;
        next[i].push_back(to);
        before[to].push_back(i);
      }
    }
    Marks told(size_, false);
    for (std::uint32_t i = 0; i < size_; ++i) {
      if (!left[i] || told[i] || next[i].empty() || before[i].empty()) continue;
      const std::vector<std::uint32_t> loop = loop_through(i, next);
      if (loop.empty()) continue;
      std::string names;
      for (const std::uint32_t at : loop) {
        if (told[at]) names.clear();
        told[at] = true;
        names += (names.empty() ? "" : " → ") + label_of(*graph_.node(at).node);
      }
      AnalysisFinding& added = report_.add(
          FindingKind::endless_loop, Severity::error, i,
          {"The loop " + names +
               " has neither a task nor a wait in it: once taken, nothing can change and it never "
               "ends; put the work that is repeated into the loop.",
           "Vòng lặp " + names +
               " không có công việc hay sự kiện chờ nào: khi đã vào thì không bao giờ ra; hãy đưa "
               "công việc cần làm lại vào vòng lặp."});
      if (loop.size() > 1) added.related = graph_.node(loop.back()).node->id;
    }
  }

  // A shortest loop from `start` back to itself; empty when there is none.
  [[nodiscard]] std::vector<std::uint32_t> loop_through(
      std::uint32_t start, const std::vector<std::vector<std::uint32_t>>& next) {
    if (visits_left_ == 0) return {};
    std::vector<std::uint32_t> from(size_, kNothing);
    std::vector<std::uint32_t> open{start};
    for (std::size_t at = 0; at < open.size() && visits_left_ > 0; ++at, --visits_left_) {
      for (const std::uint32_t to : next[open[at]]) {
        if (to == start) {
          std::vector<std::uint32_t> loop;
          for (std::uint32_t i = open[at]; i != start; i = from[i]) loop.push_back(i);
          loop.push_back(start);
          std::ranges::reverse(loop);
          return loop;
        }
        if (from[to] != kNothing) continue;
        from[to] = open[at];
        open.push_back(to);
      }
    }
    return {};
  }

  const AnalysisGraph& graph_;
  AnalysisReport& report_;
  std::size_t size_;
  std::size_t visits_left_ = 5'000'000;  // a hostile drawing of gateways only must not cost minutes
  Marks unreached_;
};

}  // namespace

void check_structure(const AnalysisGraph& graph, AnalysisReport& report) {
  StructureCheck(graph, report).run();
}

}  // namespace bpmn
