#pragma once
// test_play.h - for this module's tests: processes drawn in a few lines of text, and their playing.
//
//   startEvent s                       element id [key=value ...]
//   userTask A name=Receive            name= and any attribute of the element
//   boundaryEvent late on=A timer=PT1H interrupting=no
//   exclusiveGateway g default=g_B     event keys: timer= cycle= message= signal= error=
//   subProcess p {                     escalation= condition= terminate=yes cancel=yes link=
//   }                                  compensate=A (or all), with wait=no; several make a multiple
//   eventSubProcess q {                event; a code `any` is left out.  A compensation boundary
//   }                                  event names its handler by=U.  Repetition: parallel=
//   s -> A                             sequential= until= item=, or while= max= before=yes
//   g -> C [amount > 100]              flow g_C; underscores in values stand for spaces
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "bpmn/step.h"

namespace bpmn {

// BPMN XML of the drawing, for read_model().
[[nodiscard]] std::string draw(std::string_view drawing);
[[nodiscard]] Model model_of(std::string_view drawing);
// Fails the test when it does not compile.
[[nodiscard]] Process process_of(std::string_view drawing);

// Plays one instance and checks at every step what must hold for all of them: replaying the events
// gives the same instance, events and instances survive being stored, and a stored instance steps
// like the live one.
class Play {
 public:
  explicit Play(std::string_view drawing, rules::Value variables = {});
  explicit Play(Process process, rules::Value variables = {});

  // nullopt when done; a refused step changes nothing.
  std::optional<StepReason> step(const Trigger& trigger);
  std::optional<StepReason> start() { return step(Start{}); }
  // The oldest open task at the node; no_such_activity when there is none.
  std::optional<StepReason> complete(std::string_view node);
  std::optional<StepReason> fire(std::string_view node);
  std::optional<StepReason> move(std::string_view from, std::string target);
  void set(std::string_view name, rules::Value value);

  // Ids of the open tasks, oldest first, separated by spaces.
  [[nodiscard]] std::string tasks() const;
  // Ids of everything open.
  [[nodiscard]] std::string open() const;
  [[nodiscard]] std::string state() const { return std::string{to_string(instance_.state)}; }
  [[nodiscard]] ActivityId activity_at(std::string_view node) const;
  [[nodiscard]] const Process& process() const { return process_; }
  [[nodiscard]] const Instance& instance() const { return instance_; }
  [[nodiscard]] const std::vector<Event>& events() const { return events_; }  // of the last step
  // Names of what was thrown so far, separated by spaces.
  [[nodiscard]] std::string thrown() const { return thrown_; }

 private:
  Process process_;
  Instance instance_;
  rules::Context context_;
  std::vector<Event> events_;
  std::vector<Event> history_;
  std::string thrown_;
};

}  // namespace bpmn
