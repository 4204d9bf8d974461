// bench_process.cpp - the process engine in memory: a seven-task process with one FEEL gateway, as
// an office runs them, and how large a waiting instance is when stored.
#include <string>

#include "bpmn/instance_json.h"
#include "bpmn/model_xml.h"
#include "bpmn/process.h"
#include "bpmn/step.h"
#include "figure.h"

namespace {

// start, tasks 1 to 3, a gateway that chooses task 4a or 4b by a FEEL condition, tasks 5 to 7, end.
std::string seven_tasks() {
  std::string xml =
      R"(<definitions xmlns="http://www.omg.org/spec/BPMN/20100524/MODEL" id="d" )"
      R"(targetNamespace="bench" )"
      R"(expressionLanguage="https://www.omg.org/spec/DMN/20191111/FEEL/">)"
      R"(<process id="seven" isExecutable="true"><startEvent id="start"/><endEvent id="done"/>)"
      R"(<exclusiveGateway id="choice" default="to_4b"/>)";
  for (const char* id : {"1", "2", "3", "4a", "4b", "5", "6", "7"}) {
    xml += std::string{R"(<userTask id="task_)"} + id + R"("/>)";
  }
  const auto flow = [&](const std::string& id, const std::string& from, const std::string& to,
                        const std::string& condition = "") {
    xml += R"(<sequenceFlow id=")" + id + R"(" sourceRef=")" + from + R"(" targetRef=")" + to +
           (condition.empty() ? R"("/>)"
                              : R"("><conditionExpression>)" + condition +
                                    "</conditionExpression></sequenceFlow>");
  };
  flow("to_1", "start", "task_1");
  flow("to_2", "task_1", "task_2");
  flow("to_3", "task_2", "task_3");
  flow("to_choice", "task_3", "choice");
  flow("to_4a", "choice", "task_4a", "amount &gt; 100 and outcome = \"approved\"");
  flow("to_4b", "choice", "task_4b");
  flow("a_to_5", "task_4a", "task_5");
  flow("b_to_5", "task_4b", "task_5");
  flow("to_6", "task_5", "task_6");
  flow("to_7", "task_6", "task_7");
  flow("to_done", "task_7", "done");
  return xml + "</process></definitions>";
}

void step(const bpmn::Process& process, bpmn::Instance& instance, const bpmn::Trigger& trigger,
          const rules::Value& variables) {
  const auto events = bpmn::step(process, instance, trigger, variables);
  if (!events) bench::give_up("a step was refused");
  for (const bpmn::Event& event : *events) bpmn::apply_to(process, instance, event);
}

}  // namespace

int main() {
  const auto model = bpmn::read_model(seven_tasks());
  if (!model) bench::give_up(model.error().message);
  const auto process = bpmn::compile(*model);
  if (!process) bench::give_up("the process does not compile");
  const rules::Value variables{rules::Context{{"amount", 120}, {"outcome", "approved"}}};

  constexpr double kTasks = 7;
  const double each = bench::nanoseconds_each([&](std::size_t n) {
    for (std::size_t i = 0; i < n; ++i) {
      bpmn::Instance instance;
      step(*process, instance, bpmn::Start{}, variables);
      while (!instance.is_over()) {
        step(*process, instance, bpmn::CompleteTask{instance.activities.front().id}, variables);
      }
      bench::keep(instance);
    }
  });
  // SpiffWorkflow 4,000 and bpmn-engine 320 task completions a second, on a machine of this kind.
  const double per_second = kTasks * 1e9 / each;
  bench::print(
      {.what = "Process engine, user tasks completed in memory, one core",
       .goal = ">= 1,000,000/s",
       .measured = bench::grouped(per_second) + "/s, " + bench::grouped(each / kTasks) + " ns each",
       .ratio = bench::grouped(per_second / 4000) + " times SpiffWorkflow's 4,000/s"});

  bpmn::Instance waiting;
  step(*process, waiting, bpmn::Start{}, variables);
  for (int i = 0; i < 3; ++i) {
    step(*process, waiting, bpmn::CompleteTask{waiting.activities.front().id}, variables);
  }
  const std::string stored = bpmn::to_json_text(*process, waiting);
  const double written = bench::nanoseconds_each(
      [&](std::size_t n) {
        for (std::size_t i = 0; i < n; ++i) bench::keep(bpmn::to_json_text(*process, waiting));
      },
      0.3);
  const double read = bench::nanoseconds_each(
      [&](std::size_t n) {
        for (std::size_t i = 0; i < n; ++i) {
          bench::keep(bpmn::read_instance(*process, stored).has_value());
        }
      },
      0.3);
  bench::print({.what = "A waiting instance, stored",
                .goal = "< 400 bytes",
                .measured = std::to_string(stored.size()) + " bytes, written in " +
                            bench::grouped(written) + " ns, read in " + bench::grouped(read) +
                            " ns"});
  return 0;
}
