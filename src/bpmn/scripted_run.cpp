#include "bpmn/scripted_run.h"

#include <algorithm>
#include <optional>
#include <utility>

#include "bpmn/step.h"
#include "rules/expression.h"

namespace bpmn {
namespace {

constexpr int kLinesMax = 10'000;

bool is_space(char c) {
  return c == ' ' || c == '\t' || c == '\r' || c == '\n';
}

// White space at the ends goes, within it counts as one space: names are drawn over several lines.
std::string on_one_line(std::string_view text) {
  std::string line;
  for (const char c : text) {
    if (!is_space(c)) {
      line += c;
    } else if (!line.empty() && line.back() != ' ') {
      line += ' ';
    }
  }
  while (!line.empty() && line.back() == ' ') line.pop_back();
  return line;
}

std::string_view without_edges(std::string_view text) {
  while (!text.empty() && is_space(text.front())) text.remove_prefix(1);
  while (!text.empty() && is_space(text.back())) text.remove_suffix(1);
  return text;
}

// Takes the first word, or the text in quotation marks.
std::string take_word(std::string_view& rest) {
  rest = without_edges(rest);
  std::string_view word;
  if (rest.starts_with('"')) {
    const std::size_t end = rest.find('"', 1);
    word = rest.substr(1, end == std::string_view::npos ? end : end - 1);
    rest.remove_prefix(end == std::string_view::npos ? rest.size() : end + 1);
  } else {
    const std::size_t end = std::min(rest.find_first_of(" \t,"), rest.size());
    word = rest.substr(0, end);
    rest.remove_prefix(end);
  }
  rest = without_edges(rest);
  return on_one_line(word);
}

class Script {
 public:
  explicit Script(const Process& process) : process_(process) {}

  base::Result<ScriptedRun, ScriptFailure> run(std::string_view script) {
    while (!script.empty()) {
      const std::size_t end = std::min(script.find('\n'), script.size());
      const std::string_view line = without_edges(script.substr(0, end));
      script.remove_prefix(std::min(end + 1, script.size()));
      if (++line_ > kLinesMax) return fail("a script has at most 10,000 lines");
      if (line.empty() || line.starts_with('#')) continue;
      if (std::optional<std::string> wrong = play(line)) return fail(std::move(*wrong));
    }
    return std::move(run_);
  }

 private:
  using Wrong = std::optional<std::string>;

  base::Failure<ScriptFailure> fail(std::string message) const {
    return base::Failure{ScriptFailure{line_, std::move(message)}};
  }

  Wrong play(std::string_view rest) {
    const std::string verb = take_word(rest);
    if (verb == "with") return set(rest);
    if (verb == "start") return start(rest);
    if (verb == "complete") {
      return at_activity(take_word(rest), Role::task,
                         [](ActivityId id) { return Trigger{CompleteTask{id}}; });
    }
    if (verb == "timer") {
      return at_activity(take_word(rest), Role::timer,
                         [](ActivityId id) { return Trigger{FireTimer{id}}; });
    }
    if (verb == "error") {
      const std::string code = take_word(rest);
      if (take_word(rest) != "at") return "say `error CODE at ELEMENT`";
      return at_activity(take_word(rest), Role::task,
                         [&](ActivityId id) { return Trigger{ThrowError{id, code}}; });
    }
    if (verb == "move") {
      const std::string from = take_word(rest);
      if (take_word(rest) != "to") return "say `move ELEMENT to ELEMENT`";
      const NodeIndex target = find(take_word(rest));
      if (target == kNone) return "no such element to move to";
      return at_activity(from, Role::task, [&](ActivityId id) {
        return Trigger{MoveToken{id, process_.node(target).id}};
      });
    }
    if (verb == "conditions") return trigger(ConditionsChanged{});
    if (verb == "terminate") return trigger(Terminate{});
    if (verb == "message") return trigger(DeliverMessage{take_word(rest)});
    if (verb == "signal") return trigger(DeliverSignal{take_word(rest)});
    if (verb == "expect") return expect(rest);
    return "no such line: '" + verb + "'";
  }

  Wrong set(std::string_view rest) {
    const std::size_t sign = rest.find('=');
    if (sign == std::string_view::npos) return "say `with NAME = VALUE`";
    const std::string name = on_one_line(rest.substr(0, sign));
    const auto value = rules::Expression::parse(without_edges(rest.substr(sign + 1)));
    if (name.empty() || !value) return "the value of '" + name + "' is not FEEL";
    rules::Value now = rules::evaluate(*value, variables()).value;
    context_.set(name, std::move(now));
    return std::nullopt;
  }

  Wrong start(std::string_view rest) {
    if (rest.empty()) return trigger(Start{});
    if (take_word(rest) != "at") return "say `start at ELEMENT`";
    const std::string name = take_word(rest);
    const NodeIndex index = find(name);
    if (index == kNone) return "no start event '" + name + "'";
    return trigger(Start{process_.node(index).id});
  }

  template <typename MakeTrigger>
  Wrong at_activity(const std::string& name, Role role, const MakeTrigger& make) {
    for (const Activity& activity : run_.instance.activities) {
      if (role_of(process_, activity) != role || !names(activity.node, name)) continue;
      return trigger(make(activity.id));
    }
    return "nothing of this kind is open at '" + name + "'; open: " + open();
  }

  Wrong trigger(const Trigger& trigger) {
    auto events = step(process_, run_.instance, trigger, variables());
    if (!events) {
      return "refused: " + std::string{to_string(events.error().reason)} +
             (events.error().element.empty() ? "" : " (" + events.error().element + ")") +
             "; open: " + open();
    }
    for (Event& event : *events) {
      apply_to(process_, run_.instance, event);
      run_.events.push_back(std::move(event));
    }
    return std::nullopt;
  }

  Wrong expect(std::string_view rest) {
    const std::string_view state = to_string(run_.instance.state);
    if (!rest.starts_with('"')) {
      std::string_view words = rest;
      const std::string word = take_word(words);
      if (word == "completed" || word == "running" || word == "terminated" || word == "failed") {
        const bool code_holds = word != "failed" || words.empty() || failed_with() == words;
        if (word == state && code_holds) return std::nullopt;
        return "it is " + std::string{state} + " " + failed_with() + "; open: " + open();
      }
    }
    std::vector<NodeIndex> left;
    for (const Activity& task : open_tasks(process_, run_.instance)) left.push_back(task.node);
    while (!rest.empty()) {
      const std::string name = take_word(rest);
      if (rest.starts_with(',')) rest.remove_prefix(1);
      const auto found =
          std::ranges::find_if(left, [&](NodeIndex index) { return names(index, name); });
      if (found == left.end()) return "'" + name + "' is not open; open: " + open();
      left.erase(found);
    }
    if (!left.empty()) return "more is open: " + open();
    return std::nullopt;
  }

  // The start events before others of the same name.
  NodeIndex find(const std::string& name) const {
    for (const NodeIndex index : process_.starts()) {
      if (names(index, name)) return index;
    }
    for (NodeIndex index = 0; index < process_.nodes().size(); ++index) {
      if (names(index, name)) return index;
    }
    return kNone;
  }

  bool names(NodeIndex index, const std::string& name) const {
    const ProcessNode& node = process_.node(index);
    return node.id == name || on_one_line(node.name) == name;
  }

  std::string failed_with() const {
    if (run_.events.empty()) return {};
    const auto* ended = std::get_if<ProcessEnded>(&run_.events.back());
    return ended == nullptr ? std::string{} : ended->code;
  }

  std::string open() const {
    std::string list;
    for (const Activity& activity : run_.instance.activities) {
      const ProcessNode& node = process_.node(activity.node);
      list += (list.empty() ? "" : ", ") + node.id;
      if (!node.name.empty()) list += " \"" + on_one_line(node.name) + "\"";
    }
    return list.empty() ? "nothing" : list;
  }

  rules::Value variables() const { return rules::Value{context_}; }

  const Process& process_;
  rules::Context context_;
  ScriptedRun run_;
  int line_ = 0;
};

}  // namespace

base::Result<ScriptedRun, ScriptFailure> run_script(const Process& process,
                                                    std::string_view script) {
  return Script{process}.run(script);
}

}  // namespace bpmn
