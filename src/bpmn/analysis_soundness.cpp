// analysis_soundness.cpp - the verdict of each scope, in words.
#include "bpmn/analysis_report.h"
#include "bpmn/soundness.h"

namespace bpmn {
namespace {

class SoundnessWords {
 public:
  SoundnessWords(const AnalysisGraph& graph, AnalysisReport& report)
      : graph_(graph), report_(report) {}

  void tell(const Violation& violation, std::uint32_t scope) {
    const std::uint32_t element = graph_.index_of(violation.element);
    const std::uint32_t related = graph_.index_of(violation.related);
    if (element == kNothing && violation.kind != FindingKind::never_completes) return;
    AnalysisFinding& added = element == kNothing
                                 ? report_.add_scope(violation.kind, severity_of(violation.kind),
                                                     scope, words(violation, scope, kNothing))
                                 : report_.add(violation.kind, severity_of(violation.kind), element,
                                               words(violation, element, related));
    added.related = violation.related;
    added.route = violation.route;
  }

 private:
  static Severity severity_of(FindingKind kind) {
    switch (kind) {
      case FindingKind::deadlock:
      case FindingKind::unbounded:
      case FindingKind::never_completes:
        return Severity::error;
      case FindingKind::cut_short:
        return Severity::note;
      default:
        return Severity::warning;
    }
  }

  [[nodiscard]] Sentence words(const Violation& violation, std::uint32_t element,
                               std::uint32_t related) const {
    switch (violation.kind) {
      case FindingKind::deadlock:
        return deadlock(violation, element, related);
      case FindingKind::lack_of_synchronisation:
      case FindingKind::unbounded:
        return doubled(violation, element, related);
      case FindingKind::cut_short:
        return {
            "This end stops the work that is still under way elsewhere: make sure that nothing "
            "else is needed then.",
            "Điểm kết thúc này dừng cả việc đang làm ở nhánh khác: hãy chắc chắn rằng khi đó "
            "không còn việc gì cần làm tiếp."};
      case FindingKind::dead_element:
        return {"It is connected, but no run ever passes it: what it waits for does not come.",
                "Phần tử có đường dẫn đến nhưng không lần chạy nào đi qua: điều nó chờ không xảy "
                "ra."};
      default:
        return {
            "After this the end can no longer be reached, though something can always be done: "
            "draw a way out.",
            "Sau bước này không còn đến được điểm kết thúc, dù luôn có việc để làm: hãy vẽ "
            "đường ra."};
    }
  }

  [[nodiscard]] std::string sources(const Violation& violation) const {
    std::string text;
    for (const std::string& id : violation.flows) {
      for (const GraphFlow& flow : graph_.flows()) {
        if (flow.flow->id != id) continue;
        text += (text.empty() ? "" : ", ") + label_of(*graph_.node(flow.source).node);
      }
      if (text.size() > 200) return text + ", …";
    }
    return text;
  }

  [[nodiscard]] Sentence deadlock(const Violation& violation, std::uint32_t element,
                                  std::uint32_t related) const {
    const Sentence join = described(*graph_.node(element).node);
    const std::string from = sources(violation);
    Sentence text{
        "Here the process can stop for ever: " + join.english + " waits for a token from each side",
        "Quy trình có thể dừng mãi ở đây: " + join.vietnamese + " chờ đủ các nhánh đi vào"};
    if (!from.empty()) {
      text.english += ", and from " + from + " none comes";
      text.vietnamese += ", nhưng từ " + from + " không có nhánh nào đến";
    }
    if (related != kNothing && related != element) {
      const Sentence split = described(*graph_.node(related).node);
      const bool event = graph_.node(related).kind() == NodeKind::boundary_event;
      text.english += event ? " unless " + split.english + " happens"
                            : " once " + split.english + " has gone another way";
      text.vietnamese += event ? " khi " + split.vietnamese + " không xảy ra"
                               : " khi " + split.vietnamese + " đã đi đường khác";
    }
    if (graph_.node(element).kind() == NodeKind::parallel_gateway) {
      text.english += "; join alternatives with an exclusive gateway.";
      text.vietnamese += "; hãy nhập các nhánh lựa chọn bằng cổng rẽ một nhánh.";
    } else {
      text.english += "; two joins may wait for each other: join what was split, nothing else.";
      text.vietnamese += "; có thể hai cổng chờ lẫn nhau: chỉ nhập các nhánh cùng một chỗ tách.";
    }
    return text;
  }

  [[nodiscard]] Sentence doubled(const Violation& violation, std::uint32_t element,
                                 std::uint32_t related) const {
    const Sentence merge = described(*graph_.node(element).node);
    const bool grows = violation.kind == FindingKind::unbounded;
    Sentence text;
    if (related != kNothing && related != element) {
      const Sentence split = described(*graph_.node(related).node);
      text.english = "Tokens that part at " + split.english + " come to " + merge.english +
                     " one by one, and each is let through: ";
      text.vietnamese = "Các nhánh tách ở " + split.vietnamese + " đều đến " + merge.vietnamese +
                        " và lần lượt đi qua: ";
    } else {
      text.english = "More than one token passes " + merge.english + ": ";
      text.vietnamese = "Có hơn một nhánh đi qua " + merge.vietnamese + ": ";
    }
    text.english += grows ? "every round starts the work after it once more, without end"
                          : "the work after it is done more than once";
    text.vietnamese += grows ? "mỗi vòng lặp lại mở thêm việc, không có giới hạn"
                             : "việc phía sau bị làm nhiều lần";
    text.english += "; join parallel ways with a parallel gateway.";
    text.vietnamese += "; hãy nhập các nhánh song song bằng cổng song song.";
    return text;
  }

  const AnalysisGraph& graph_;
  AnalysisReport& report_;
};

void tell_limits(const Soundness& soundness, std::uint32_t scope, const AnalysisGraph& graph,
                 std::size_t states_max, AnalysisReport& report) {
  for (const std::string& id : soundness.outside) {
    const Sentence what = described(*graph.node(graph.index_of(id)).node);
    report.add(
        FindingKind::outside_analysis, Severity::note, graph.index_of(id),
        {"What " + what.english + " does is not analysed; deadlocks around it are not looked for.",
         "Không phân tích được " + what.vietnamese +
             "; không kiểm tra tình trạng kẹt quanh phần tử này."});
  }
  if (soundness.decided) return;
  const std::string number = std::to_string(states_max);
  report.add_scope(FindingKind::not_decided, Severity::note, scope,
                   {"Not decided: there are more than " + number +
                        " states, or a split with more ways than are tried; what was found is "
                        "true, but there may be more.",
                    "Chưa kết luận được: có hơn " + number +
                        " trạng thái, hoặc chỗ tách quá nhiều nhánh; điều đã nêu là đúng, nhưng có "
                        "thể còn lỗi khác."});
}

}  // namespace

void check_soundness_of_scopes(const AnalysisGraph& graph, const AnalysisOptions& options,
                               AnalysisReport& report) {
  std::set<std::uint32_t> never_completing;
  SoundnessWords words(graph, report);
  const SoundnessOptions bounds{.states_max = options.states_max};
  const auto check = [&](std::uint32_t scope) {
    const Soundness soundness = check_soundness(graph, scope, never_completing, bounds);
    for (const Violation& violation : soundness.violations) words.tell(violation, scope);
    tell_limits(soundness, scope, graph, options.states_max, report);
    if (scope != kNothing && !soundness.completes) never_completing.insert(scope);
  };
  // A sub-process stands before its content, so that backwards the inner ones come first.
  for (auto index = static_cast<std::uint32_t>(graph.nodes().size()); index-- > 0;) {
    const GraphNode& node = graph.node(index);
    if (is_sub_process(node.kind()) && node.kind() != NodeKind::ad_hoc_sub_process &&
        !graph.beginning_of(index).nodes.empty()) {
      check(index);
    }
  }
  if (!graph.beginning_of(kNothing).nodes.empty()) check(kNothing);
}

}  // namespace bpmn
