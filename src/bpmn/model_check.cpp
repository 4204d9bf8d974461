#include "bpmn/model_check.h"

#include <algorithm>
#include <set>
#include <tuple>

#include "bpmn/model_xml.h"
#include "bpmn/process.h"

namespace bpmn {
namespace {

constexpr ReadLimits kCheckLimits{kCheckBytesMax, 200'000};
// Of all processes together, called ones within those that call them.
constexpr std::size_t kNodesCompiledMax = 500'000;
// A process that is refused may have spread as far as one may.
constexpr std::size_t kCostOfRefusal = 2'000;
constexpr std::size_t kReasonsShown = 5;
constexpr std::size_t kMessageShown = 300;  // bytes

// Every finding once, in the order of lines, the worst of a line first.
void settle(std::vector<Finding>& findings) {
  const auto key = [](const Finding& f) {
    return std::tuple(f.line, -static_cast<int>(f.severity), f.element, f.message);
  };
  std::ranges::sort(findings, {}, key);
  const auto rest = std::ranges::unique(findings, {}, key);
  findings.erase(rest.begin(), rest.end());
}

class Check {
 public:
  ModelCheck run(std::string_view xml) {
    const base::Result<Model, ReadError> model = read_model(xml, kCheckLimits);
    if (!model) return unread(model.error());
    // What the reader finds is inconsistent, whether or not a process would run.
    for (const Finding& finding : model->findings) add(finding, Severity::warning);
    compile_all(*model);
    settle(check_.reasons);
    settle(check_.remarks);
    check_.usability = check_.reasons.empty() ? Usability::executable : Usability::readable;
    return std::move(check_);
  }

 private:
  ModelCheck unread(const ReadError& error) {
    const bool large = error.failure == ReadFailure::too_large;
    check_.usability = large ? Usability::readable : Usability::invalid;
    check_.reasons.push_back({Severity::error,
                              {},
                              large ? 0 : error.line,
                              (large ? "too large to be read here: " : "") + error.message});
    return std::move(check_);
  }

  void add(const Finding& finding, Severity in_the_way) {
    (finding.severity >= in_the_way ? check_.reasons : check_.remarks).push_back(finding);
  }

  void compile_all(const Model& model) {
    bool any = false;
    std::set<std::string_view> compiled;
    std::size_t nodes = 0;
    for (const ProcessModel& process : model.processes) {
      if (process.nodes.empty()) continue;
      any = true;
      if (process.id.empty()) {
        check_.reasons.push_back(
            {Severity::error, {}, process.line, "a process without an id cannot be started"});
        continue;
      }
      if (!compiled.insert(process.id).second) continue;
      if (nodes > kNodesCompiledMax) {
        check_.reasons.push_back({Severity::error, process.id, process.line,
                                  "too large to be checked: the calls before it spread to more "
                                  "than 500,000 elements"});
        break;
      }
      const auto done = compile(model, process.id);
      nodes += done ? done->nodes().size() : kCostOfRefusal;
      // A warning of the compiler is about what the author means, not about whether it runs.
      for (const Finding& finding : done ? done->findings() : done.error()) {
        add(finding, Severity::error);
      }
    }
    if (!any) check_.reasons.push_back({Severity::error, {}, 0, "no process with content"});
  }

  ModelCheck check_;
};

// On one line, and not longer than a line should be.
std::string shortened(const std::string& message) {
  std::string text;
  for (const char c : message) text += static_cast<unsigned char>(c) < 0x20 ? ' ' : c;
  if (text.size() <= kMessageShown) return text;
  std::size_t end = kMessageShown;
  while (end > 0 && (static_cast<unsigned char>(text[end]) & 0xC0U) == 0x80U) --end;
  return text.substr(0, end) + "…";
}

std::string reason_text(const Finding& finding) {
  std::string text = finding.line > 0 ? std::to_string(finding.line) + ": " : std::string{};
  if (!finding.element.empty()) text += shortened(finding.element) + ": ";
  return text + shortened(finding.message);
}

}  // namespace

std::string_view to_string(Usability usability) {
  switch (usability) {
    case Usability::executable:
      return "executable";
    case Usability::readable:
      return "readable";
    case Usability::invalid:
      return "invalid";
  }
  return "";
}

ModelCheck check_model(std::string_view xml) {
  return Check().run(xml);
}

std::string to_text(const ModelCheck& check) {
  std::string text{to_string(check.usability)};
  for (std::size_t i = 0; i < check.reasons.size() && i < kReasonsShown; ++i) {
    text += (i == 0 ? ": " : "; ") + reason_text(check.reasons[i]);
  }
  if (check.reasons.size() > kReasonsShown) {
    text += "; … and " + std::to_string(check.reasons.size() - kReasonsShown) + " more";
  }
  return text;
}

}  // namespace bpmn
