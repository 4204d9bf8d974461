#include "bpmn/analysis_report.h"

#include <algorithm>

namespace bpmn {
namespace {

Sentence kind_words(const Node& node) {
  switch (node.kind) {
    case NodeKind::start_event:
      return {"start event", "sự kiện bắt đầu"};
    case NodeKind::end_event:
      return {"end event", "sự kiện kết thúc"};
    case NodeKind::catch_event:
    case NodeKind::throw_event:
      return {"event", "sự kiện"};
    case NodeKind::boundary_event:
      return {"boundary event", "sự kiện gắn biên"};
    case NodeKind::exclusive_gateway:
      return {"exclusive gateway", "cổng rẽ một nhánh"};
    case NodeKind::parallel_gateway:
      return {"parallel gateway", "cổng song song"};
    case NodeKind::inclusive_gateway:
      return {"inclusive gateway", "cổng rẽ nhiều nhánh"};
    case NodeKind::event_based_gateway:
      return {"event-based gateway", "cổng chờ sự kiện"};
    case NodeKind::complex_gateway:
      return {"complex gateway", "cổng phức hợp"};
    case NodeKind::sub_process:
    case NodeKind::transaction:
    case NodeKind::ad_hoc_sub_process:
      return {"sub-process", "quy trình con"};
    case NodeKind::call_activity:
      return {"call activity", "bước gọi quy trình khác"};
    default:
      return {"task", "công việc"};
  }
}

}  // namespace

std::string quoted(std::string_view text) {
  constexpr std::size_t kCharactersMax = 60;
  std::string out = "“";
  std::size_t characters = 0;
  bool space = false;
  for (const char c : text) {
    const auto byte = static_cast<unsigned char>(c);
    if (byte <= ' ') {
      space = true;
      continue;
    }
    const bool begins = (byte & 0xC0U) != 0x80U;
    if (begins && ++characters > kCharactersMax) return out + "…”";
    if (space && out.size() > 3) out += ' ';
    space = false;
    out += c;
  }
  return out + "”";
}

std::string label_of(const Node& node) {
  return node.name.empty() ? node.id : quoted(node.name);
}

Sentence described(const Node& node) {
  const Sentence words = kind_words(node);
  return {"the " + words.english + " " + label_of(node), words.vietnamese + " " + label_of(node)};
}

AnalysisFinding& AnalysisReport::add(FindingKind kind, Severity severity, std::string element,
                                     std::string name, int line, Sentence sentence) {
  if (is_full()) return overflow_;
  AnalysisFinding& added = findings_.emplace_back();
  added.kind = kind;
  added.severity = severity;
  added.process = graph_.process().id;
  added.element = std::move(element);
  added.name = std::move(name);
  added.line = line;
  added.message = std::move(sentence.english);
  added.vietnamese = std::move(sentence.vietnamese);
  return added;
}

AnalysisFinding& AnalysisReport::add(FindingKind kind, Severity severity, std::uint32_t node,
                                     Sentence sentence) {
  const Node& at = *graph_.node(node).node;
  return add(kind, severity, at.id, at.name, at.line, std::move(sentence));
}

AnalysisFinding& AnalysisReport::add_flow(FindingKind kind, Severity severity, std::uint32_t flow,
                                          Sentence sentence) {
  const Flow& at = *graph_.flow(flow).flow;
  return add(kind, severity, at.id, at.name, at.line, std::move(sentence));
}

AnalysisFinding& AnalysisReport::add_scope(FindingKind kind, Severity severity, std::uint32_t scope,
                                           Sentence sentence) {
  if (scope != kNothing) return add(kind, severity, scope, std::move(sentence));
  const ProcessModel& process = graph_.process();
  return add(kind, severity, process.id, process.name, process.line, std::move(sentence));
}

}  // namespace bpmn
