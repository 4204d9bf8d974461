#include "procedure/step_bpmn.h"

#include <algorithm>
#include <array>
#include <utility>

#include "base/text.h"
#include "form/yaml_reader.h"

namespace procedure {
namespace {

constexpr std::size_t kOutcomesMax = 20;
constexpr std::array<std::string_view, 10> kAttributes{"action",  "role",     "agency",  "limit",
                                                       "counted", "outcomes", "reasons", "silence",
                                                       "status",  "title-en"};

std::vector<std::string> words(const std::string& text) {
  std::vector<std::string> list;
  std::string word;
  for (const char c : text + " ") {
    if (c != ' ' && c != '\t' && c != '\n' && c != ',') {
      word.push_back(c);
    } else if (!word.empty()) {
      list.push_back(std::exchange(word, {}));
    }
  }
  return list;
}

class StepReader {
 public:
  StepReader(const bpmn::ProcessNode& node, const std::string& file,
             form::DefinitionProblems& problems)
      : node_(node), file_(file), problems_(problems) {}

  Step read() {
    Step step;
    step.id = node_.id;
    if (!form::is_snake_case(step.id)) {
      problem("its id cannot be a name in conditions", "use a-z, 0-9 and _ for the id");
    }
    step.title = {base::to_one_line(node_.name), needed("title-en", "the title in English")};
    if (step.title.vi.empty()) problem("it has no name", "write the title in Vietnamese as `name`");
    read_what(step);
    read_limit(step);
    read_outcomes(step);
    tell_unknown();
    return step;
  }

 private:
  void problem(const std::string& what, std::string remedy) {
    problems_.push_back({file_, node_.line, "task `" + node_.id + "`: " + what, std::move(remedy)});
  }

  std::string optional(std::string_view name) const {
    const std::string* value = bpmn::find_extension(node_.extensions, name);
    return value == nullptr ? std::string{} : base::to_one_line(*value);
  }

  std::string needed(std::string_view name, std::string_view meaning) {
    std::string value = optional(name);
    if (value.empty()) {
      problem("`mc:" + std::string{name} + "` is missing",
              "add mc:" + std::string{name} + ": " + std::string{meaning});
    }
    return value;
  }

  void read_what(Step& step) {
    const std::string action =
        needed("action", "receive, assign, process, consult, approve, issue or return");
    if (const auto found = find_step_action(action)) {
      step.action = *found;
    } else if (!action.empty()) {
      problem("`" + action + "` is no action",
              "use receive, assign, process, consult, approve, issue or return");
    }
    const std::string role = needed("role", "the role that does it, such as specialist");
    if (const auto found = party::parse_role(role)) {
      step.role = *found;
    } else if (!role.empty()) {
      problem("`" + role + "` is no role",
              "use reception, specialist, head, leader, clerk, cashier or supervisor");
    }
    const std::string agency =
        needed("agency", "receiving, competent, lead, committee or consulted");
    if (const auto found = find_agency_part(agency)) {
      step.agency = *found;
    } else if (!agency.empty()) {
      problem("`" + agency + "` is no part of an agency",
              "use receiving, competent, lead, committee or consulted");
    }
    const std::string status = optional("status");
    if (status.empty()) {
      step.national_status = step.action == StepAction::receive         ? 2
                             : step.action == StepAction::return_result ? 9
                                                                        : 4;
    } else if (status == "10" || (status.size() == 1 && status >= "1" && status <= "9")) {
      step.national_status = std::stoi(status);
    } else {
      problem("`" + status + "` is no national status", "write a number from 1 to 10");
    }
  }

  void read_limit(Step& step) {
    step.counted = optional("counted") != "false";
    const std::string text = optional("limit");
    if (text.empty()) {
      if (step.counted) {
        problem(
            "`mc:limit` is missing",
            "add mc:limit such as 4h or 0.5h, or mc:counted=\"false\" where time does not count");
      }
      return;
    }
    auto limit = calendar::Limit::parse(text);
    if (!limit || limit->working_minutes() == 0) {
      problem("`" + text + "` is no limit of working time",
              "write working hours or working days, such as 4h or 1.5wd");
      return;
    }
    step.limit = *limit;
  }

  void read_outcomes(Step& step) {
    const std::vector<std::string> reasons = words(optional("reasons"));
    for (std::string& code : words(needed("outcomes", "the possible results, such as `done`"))) {
      if (step.outcomes.size() == kOutcomesMax || !form::is_snake_case(code) ||
          step.find_outcome(code) != nullptr) {
        problem("outcome `" + code + "` is no name, stands twice, or is one too many",
                "use at most 20 different names of a-z, 0-9 and _");
        return;
      }
      Bilingual label{optional("outcome." + code + ".vi"), optional("outcome." + code + ".en")};
      if (label.vi.empty() || label.en.empty()) {
        problem("outcome `" + code + "` has no label in both languages",
                "add <mc:property name=\"outcome." + code + ".vi\" value=\"...\"/> and .en");
      }
      const bool reason = std::ranges::find(reasons, code) != reasons.end();
      step.outcomes.push_back({std::move(code), std::move(label), reason});
    }
    for (const std::string& code : reasons) {
      if (step.find_outcome(code) != nullptr) continue;
      problem("`mc:reasons` names `" + code + "`, which is no outcome", "name an outcome");
    }
    step.silence = optional("silence");
    if (step.silence.empty()) return;
    if (step.find_outcome(step.silence) == nullptr) {
      problem("`mc:silence` names `" + step.silence + "`, which is no outcome", "name an outcome");
    }
    const bool waits = step.action == StepAction::process || step.action == StepAction::consult;
    if (!waits || !step.limit.has_value()) {
      problem("`mc:silence` needs a limit, and an action process or consult",
              "add mc:limit, or take mc:silence out");
    }
  }

  void tell_unknown() {
    for (const bpmn::Extension& extension : node_.extensions) {
      if (extension.uri != bpmn::kExtensionNamespace || extension.name.starts_with("outcome.") ||
          std::ranges::find(kAttributes, extension.name) != kAttributes.end()) {
        continue;
      }
      problem("unknown attribute `mc:" + extension.name + "`", "correct its name, or remove it");
    }
  }

  const bpmn::ProcessNode& node_;
  const std::string& file_;
  form::DefinitionProblems& problems_;
};

}  // namespace

std::vector<Step> read_steps(const bpmn::Process& process, const std::string& file,
                             form::DefinitionProblems& problems) {
  std::vector<Step> steps;
  for (const bpmn::ProcessNode& node : process.nodes()) {
    if (node.kind == bpmn::NodeKind::user_task) {
      steps.push_back(StepReader(node, file, problems).read());
    }
  }
  return steps;
}

}  // namespace procedure
