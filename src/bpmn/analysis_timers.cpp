// analysis_timers.cpp - timers that never fire, or not as they are meant to.
#include <algorithm>

#include "bpmn/analysis_report.h"
#include "bpmn/analysis_timer_text.h"

namespace bpmn {
namespace {

class TimerCheck {
 public:
  TimerCheck(const AnalysisGraph& graph, AnalysisReport& report) : graph_(graph), report_(report) {}

  void run() {
    for (std::uint32_t index = 0; index < graph_.nodes().size(); ++index) {
      const GraphNode& node = graph_.node(index);
      if (node.event() == EventKind::timer) check_text(index, node.node->event);
      for (const EventDefinition& event : node.node->events) {
        if (node.event() == EventKind::multiple && event.kind == EventKind::timer) {
          check_text(index, event);
        }
      }
      check_host(index);
      check_race(node.boundary, true);
      if (node.kind() == NodeKind::event_based_gateway) {
        std::vector<std::uint32_t> events;
        for (const std::uint32_t flow : node.out) events.push_back(graph_.flow(flow).target);
        check_race(events, false);
      }
    }
  }

 private:
  void unreadable(std::uint32_t index, Sentence sentence) {
    report_.add(FindingKind::timer_unreadable, Severity::warning, index, std::move(sentence));
  }
  void never(std::uint32_t index, const std::string& related, Sentence sentence) {
    report_.add(FindingKind::timer_never_fires, Severity::warning, index, std::move(sentence))
        .related = related;
  }

  void check_text(std::uint32_t index, const EventDefinition& event) {
    const TimerText timer = read_timer(event.timer, event.text);
    const std::string text = quoted(event.text);
    switch (timer.verdict) {
      case TimerText::Verdict::empty:
        // A drawing need not say it.
        if (!graph_.process().executable) return;
        return unreadable(index,
                          {"The timer does not say when, and never fires: give it a date, a "
                           "duration such as P3D, or a cycle.",
                           "Hẹn giờ không ghi thời điểm nên không bao giờ kích hoạt: hãy ghi "
                           "ngày, khoảng thời gian như P3D, hoặc chu kỳ."});
      case TimerText::Verdict::schedule:
        return unreadable(index, {text + " is a cron schedule, which this product does not know: "
                                         "write a cycle such as R/P1D.",
                                  text + " là lịch kiểu cron, sản phẩm không hiểu: hãy viết chu kỳ "
                                         "như R/P1D."});
      case TimerText::Verdict::wrong_kind:
        return wrong_kind(index, event, text);
      case TimerText::Verdict::unreadable:
        return unreadable(index,
                          {text + " is neither ISO 8601 nor FEEL: the timer cannot be set.",
                           text + " không phải ISO 8601 cũng không phải FEEL: không đặt được "
                                  "hẹn giờ."});
      case TimerText::Verdict::depends:
      case TimerText::Verdict::fixed:
        break;
    }
    if (timer.negative) {
      report_.add(FindingKind::timer_in_the_past, Severity::warning, index,
                  {"The duration " + text + " is negative: the timer fires at once.",
                   "Khoảng thời gian " + text + " là số âm: hẹn giờ kích hoạt ngay lập tức."});
    }
    if (timer.repetitions == 0U) {
      never(index, {},
            {"The cycle " + text + " repeats zero times: the timer never fires.",
             "Chu kỳ " + text + " lặp 0 lần: hẹn giờ không bao giờ kích hoạt."});
    }
  }

  void wrong_kind(std::uint32_t index, const EventDefinition& event, const std::string& text) {
    const bool date = event.timer == TimerKind::date;
    const bool cycle = event.timer == TimerKind::cycle;
    const Sentence wanted = date    ? Sentence{"a date", "một ngày giờ"}
                            : cycle ? Sentence{"a cycle", "một chu kỳ"}
                                    : Sentence{"a duration", "một khoảng thời gian"};
    unreadable(index, {text + " stands where " + wanted.english +
                           " belongs: write it so, or choose the other kind of timer.",
                       text + " nằm ở chỗ cần " + wanted.vietnamese +
                           ": hãy viết lại, hoặc chọn loại hẹn giờ khác."});
  }

  void check_host(std::uint32_t index) {
    const GraphNode& timer = graph_.node(index);
    if (timer.kind() != NodeKind::boundary_event || timer.event() != EventKind::timer) return;
    if (timer.host == kNothing) {
      never(index, timer.node->attached_to,
            {"The timer is attached to " + quoted(timer.node->attached_to) +
                 ", which is no activity beside it: it never fires.",
             "Hẹn giờ gắn vào " + quoted(timer.node->attached_to) +
                 ", không phải công việc nào bên cạnh: không bao giờ kích hoạt."});
    } else if (!graph_.waits(timer.host)) {
      const Node& host = *graph_.node(timer.host).node;
      never(index, host.id,
            {label_of(host) + " never waits, so that the timer on it never fires.",
             label_of(host) + " không bao giờ chờ, nên hẹn giờ gắn trên đó không bao giờ kích "
                              "hoạt."});
    }
  }

  // Timers set at one moment, of which one ends the waiting of the others.
  void check_race(const std::vector<std::uint32_t>& events, bool on_host) {
    std::vector<std::pair<std::uint32_t, TimerText>> timers;
    for (const std::uint32_t index : events) {
      const GraphNode& node = graph_.node(index);
      if (node.event() != EventKind::timer) continue;
      const TimerText text = read_timer(node.node->event.timer, node.node->event.text);
      if (text.verdict == TimerText::Verdict::fixed && text.relative && !text.negative &&
          text.repetitions != 0U) {
        timers.emplace_back(index, text);
      }
    }
    for (std::size_t i = 0; i < timers.size() && i < 100; ++i) {
      for (std::size_t j = 0; j < timers.size() && j < 100; ++j) {
        if (i == j || (on_host && !graph_.node(timers[j].first).node->interrupting)) continue;
        const TimerText& slow = timers[i].second;
        const TimerText& fast = timers[j].second;
        const bool equal = slow.months == fast.months && slow.seconds == fast.seconds;
        const bool outrun = equal ? j < i : slow.shortest() >= fast.longest();
        if (!outrun) continue;
        const Node& other = *graph_.node(timers[j].first).node;
        const std::string own = quoted(graph_.node(timers[i].first).node->event.text);
        const std::string faster = quoted(other.event.text);
        never(
            timers[i].first, other.id,
            {"After " + faster + " the timer " + label_of(other) +
                 " has ended the wait: this one, after " + own + ", never fires.",
             "Sau " + faster + " hẹn giờ " + label_of(other) +
                 " đã kết thúc việc chờ: hẹn giờ này, sau " + own + ", không bao giờ kích hoạt."});
        break;
      }
    }
  }

  const AnalysisGraph& graph_;
  AnalysisReport& report_;
};

}  // namespace

void check_timers(const AnalysisGraph& graph, AnalysisReport& report) {
  TimerCheck(graph, report).run();
}

}  // namespace bpmn
