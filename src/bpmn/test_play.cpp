#include "bpmn/test_play.h"

#include <algorithm>
#include <sstream>

#include <gtest/gtest.h>

#include "bpmn/event_json.h"
#include "bpmn/instance_json.h"
#include "bpmn/model_xml.h"

namespace bpmn {
namespace {

std::string escaped(std::string_view text) {
  std::string out;
  for (const char c : text) {
    if (c == '<') {
      out += "&lt;";
    } else if (c == '&') {
      out += "&amp;";
    } else if (c == '"') {
      out += "&quot;";
    } else {
      out += c;
    }
  }
  return out;
}

std::string with_spaces(std::string text) {
  std::ranges::replace(text, '_', ' ');
  return escaped(text);
}

using Keys = std::map<std::string, std::string>;

// The repetition that these keys describe, or nothing.
std::string loop_of(const Keys& keys) {
  const auto with = [&](const char* key, const char* element) {
    if (!keys.contains(key)) return std::string{};
    return "<" + std::string{element} + ">" + with_spaces(keys.at(key)) + "</" + element + ">";
  };
  if (keys.contains("while") || keys.contains("max")) {
    std::string out = "<standardLoopCharacteristics";
    if (keys.contains("before")) out += " testBefore=\"true\"";
    if (keys.contains("max")) out += " loopMaximum=\"" + keys.at("max") + "\"";
    return out + ">" + with("while", "loopCondition") + "</standardLoopCharacteristics>";
  }
  const bool sequential = keys.contains("sequential");
  if (!sequential && !keys.contains("parallel")) return {};
  std::string out = "<multiInstanceLoopCharacteristics isSequential=\"";
  out += sequential ? "true\">" : "false\">";
  out += with(sequential ? "sequential" : "parallel", "loopCardinality");
  if (keys.contains("item")) out += "<inputDataItem name=\"" + keys.at("item") + "\"/>";
  return out + with("until", "completionCondition") + "</multiInstanceLoopCharacteristics>";
}

// The definitions that an element with these keys contains.
std::string content_of(const Keys& keys, std::string& items) {
  std::string out;
  const auto timer = [&](const char* key, const char* element) {
    const auto found = keys.find(key);
    if (found == keys.end()) return;
    out += "<timerEventDefinition><" + std::string{element} + ">" + escaped(found->second) + "</" +
           element + "></timerEventDefinition>";
  };
  timer("timer", "timeDuration");
  timer("cycle", "timeCycle");
  for (const std::string kind : {"message", "signal", "error", "escalation"}) {
    const auto found = keys.find(kind);
    if (found == keys.end()) continue;
    const std::string id = kind + "_" + found->second;
    out += "<" + kind + "EventDefinition";
    if (found->second == "any") {
      out += "/>";
      continue;
    }
    out += " " + kind + "Ref=\"" + id + "\"/>";
    const std::string item = "<" + kind + " id=\"" + id + "\" name=\"" + found->second + "\"/>\n";
    if (items.find(item) == std::string::npos) items += item;
  }
  if (keys.contains("condition")) {
    out += "<conditionalEventDefinition><condition>" + with_spaces(keys.at("condition")) +
           "</condition></conditionalEventDefinition>";
  }
  if (keys.contains("compensate")) {
    const std::string& activity = keys.at("compensate");
    out += "<compensateEventDefinition";
    if (activity != "all") out += " activityRef=\"" + activity + "\"";
    if (keys.contains("wait")) out += " waitForCompletion=\"false\"";
    out += "/>";
  }
  if (keys.contains("by")) out += "<compensateEventDefinition/>";
  if (keys.contains("terminate")) out += "<terminateEventDefinition/>";
  if (keys.contains("cancel")) out += "<cancelEventDefinition/>";
  if (keys.contains("link")) out += "<linkEventDefinition name=\"" + keys.at("link") + "\"/>";
  return out + loop_of(keys);
}

bool is_attribute(const std::string& key) {
  return key == "default" || key == "calledElement" || key == "isExecutable" ||
         key == "instantiate" || key == "parallelMultiple" || key == "isForCompensation" ||
         key.starts_with("motcua:");
}

}  // namespace

std::string draw(std::string_view drawing) {
  std::string items;
  std::string body;
  std::vector<std::string> open;
  std::istringstream lines{std::string{drawing}};
  std::string line;
  while (std::getline(lines, line)) {
    std::istringstream words{line};
    std::string first;
    std::string second;
    if (!(words >> first)) continue;
    if (first == "}") {
      body += "</" + open.back() + ">\n";
      open.pop_back();
      continue;
    }
    words >> second;
    if (second == "->") {
      std::string target;
      words >> target;
      body += "<sequenceFlow id=\"" + first + "_" + target + "\" sourceRef=\"" + first +
              "\" targetRef=\"" + target + "\"";
      const std::size_t from = line.find('[');
      const std::size_t to = line.rfind(']');
      if (from == std::string::npos) {
        body += "/>\n";
      } else {
        body += "><conditionExpression>" + escaped(line.substr(from + 1, to - from - 1)) +
                "</conditionExpression></sequenceFlow>\n";
      }
      continue;
    }
    std::map<std::string, std::string> keys;
    bool opens = false;
    std::string word;
    while (words >> word) {
      const std::size_t equals = word.find('=');
      if (equals == std::string::npos) {
        opens = word == "{";
      } else {
        keys[word.substr(0, equals)] = word.substr(equals + 1);
      }
    }
    const bool is_event_sub_process = first == "eventSubProcess";
    if (is_event_sub_process) first = "subProcess";
    body += "<" + first + " id=\"" + second + "\"";
    if (keys.contains("name")) body += " name=\"" + with_spaces(keys["name"]) + "\"";
    if (keys.contains("on")) body += " attachedToRef=\"" + keys["on"] + "\"";
    if (keys.contains("interrupting")) {
      body += first == "startEvent" ? " isInterrupting=\"false\"" : " cancelActivity=\"false\"";
    }
    if (is_event_sub_process) body += " triggeredByEvent=\"true\"";
    for (const auto& [key, value] : keys) {
      if (is_attribute(key)) body += " " + key + "=\"" + escaped(value) + "\"";
    }
    const bool is_task = first == "receiveTask" || first == "sendTask";
    if (is_task && keys.contains("message")) {
      std::ignore = content_of({{"message", keys["message"]}}, items);
      body += " messageRef=\"message_" + keys["message"] + "\"";
      keys.erase("message");
    }
    body += ">" + content_of(keys, items);
    if (opens) {
      open.push_back(first);
      body += "\n";
    } else {
      body += "</" + first + ">\n";
    }
    if (keys.contains("by")) {
      body += "<association id=\"" + second + "_by\" associationDirection=\"One\" sourceRef=\"" +
              second + "\" targetRef=\"" + keys["by"] + "\"/>\n";
    }
  }
  if (!body.starts_with("<process")) {
    body = "<process id=\"P\" name=\"Quy trình\" isExecutable=\"true\">\n" + body + "</process>\n";
  }
  return "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<definitions xmlns=\"" +
         std::string{kBpmnNamespace} + "\" xmlns:motcua=\"" + std::string{kExtensionNamespace} +
         "\" id=\"D\" targetNamespace=\"https://example.vn/test\">\n" + items + body +
         "</definitions>\n";
}

Model model_of(std::string_view drawing) {
  base::Result<Model, ReadError> model = read_model(draw(drawing));
  EXPECT_TRUE(model) << (model ? "" : model.error().message);
  return model ? *model : Model{};
}

Process process_of(std::string_view drawing) {
  base::Result<Process, std::vector<Finding>> process = compile(model_of(drawing));
  if (process) return std::move(process).value();
  for (const Finding& finding : process.error()) ADD_FAILURE() << to_text(finding);
  return Process{};
}

Play::Play(std::string_view drawing, rules::Value variables)
    : Play(process_of(drawing), std::move(variables)) {}

Play::Play(Process process, rules::Value variables) : process_(std::move(process)) {
  if (const rules::Context* context = variables.if_context()) context_ = *context;
}

std::optional<StepReason> Play::step(const Trigger& trigger) {
  const rules::Value variables{context_};
  const auto done = bpmn::step(process_, instance_, trigger, variables);

  const auto stored = read_instance(process_, to_json_text(process_, instance_));
  EXPECT_TRUE(stored) << to_json_text(process_, instance_);
  if (!stored) return StepReason::no_such_activity;
  EXPECT_EQ(*stored, instance_);
  EXPECT_EQ(bpmn::step(process_, *stored, trigger, variables), done);

  if (!done) return done.error().reason;
  events_ = *done;
  for (const Event& event : events_) {
    const auto read = read_event(to_json(event));
    EXPECT_TRUE(read);
    if (read) {
      EXPECT_EQ(*read, event);
    }
    instance_ = apply(process_, std::move(instance_), event);
    if (const auto* out = std::get_if<EventThrown>(&event)) {
      if (!out->name.empty()) thrown_ += (thrown_.empty() ? "" : " ") + out->name;
    }
    history_.push_back(event);
  }
  Instance replayed;
  for (const Event& event : history_) apply_to(process_, replayed, event);
  EXPECT_EQ(replayed, instance_);
  return std::nullopt;
}

ActivityId Play::activity_at(std::string_view node) const {
  for (const Activity& activity : instance_.activities) {
    if (process_.node(activity.node).id != node || activity.count > 0) continue;
    // Of a multiple event, what can happen first.
    const bool groups = definition_of(process_, activity).kind == EventKind::multiple;
    if (!groups) return activity.id;
  }
  return 0;
}

std::optional<StepReason> Play::complete(std::string_view node) {
  return step(CompleteTask{activity_at(node)});
}

std::optional<StepReason> Play::fire(std::string_view node) {
  return step(FireTimer{activity_at(node)});
}

std::optional<StepReason> Play::move(std::string_view from, std::string target) {
  return step(MoveToken{activity_at(from), std::move(target)});
}

void Play::set(std::string_view name, rules::Value value) {
  context_.set(name, std::move(value));
}

std::string Play::tasks() const {
  std::string out;
  for (const Activity& activity : open_tasks(process_, instance_)) {
    out += (out.empty() ? "" : " ") + process_.node(activity.node).id;
  }
  return out;
}

std::string Play::open() const {
  std::string out;
  for (const Activity& activity : instance_.activities) {
    out += (out.empty() ? "" : " ") + process_.node(activity.node).id;
  }
  return out;
}

}  // namespace bpmn
