#pragma once
// test_ledger.h - for this module's tests: a second, simple book of the tokens, kept from the
// events alone.
//
// The rule it holds every step to: a token is at one place, and moves only from where it is.
//  * A flow is taken only out of a node that a token has come to and been done with; a gateway that
//    splits takes each of its flows at most once for one token.
//  * Work is opened only where a token has come to, where a body repeats it, where an event started
//    it, or where a compensation has begun.
//  * A join passes only with what has arrived at it.
//  * After the step no token is under way: all that came was used, dropped with its scope, or waits
//    at a join, and the instance knows of exactly the same arrivals.
//  * Every open scope has something open in it that will go on by itself.
//  * What is compensated was completed, once, and is compensated once; of one scope the last
//  completed
//    first; and the instance remembers nothing of a scope that is gone.
#include <map>
#include <set>
#include <string>
#include <utility>
#include <vector>

#include "bpmn/event.h"
#include "bpmn/instance.h"

namespace bpmn {

class Ledger {
 public:
  explicit Ledger(const Process& process) : process_(process) {}

  // A token is put to a node from outside (MoveToken).
  void grant(ActivityId scope, NodeIndex node);
  // An error comes from outside (ThrowError).
  void throw_from_outside() { thrown_ = true; }
  void take(const Event& event);
  // At the end of a step; the first broken rule, or empty.
  [[nodiscard]] std::string settle(const Instance& after);

 private:
  using Place = std::pair<ActivityId, NodeIndex>;

  void arrive(ActivityId scope, NodeIndex node);
  void enter_scope(ActivityId scope, NodeIndex of, NodeIndex start);
  void take_flow(const FlowTaken& event);
  void pass_join(const JoinPassed& event);
  void open(ActivityId id, const std::string& node, ActivityId scope, const Activity& more);
  void close(ActivityId id, bool goes_on);
  void happened(const Activity& wait);
  void drop(ActivityId scope);
  void choose(const CompensationChosen& event);
  void begin(const CompensationBegun& event);
  void check_memory(const Instance& after);
  void use(std::map<Place, int>& book, const Place& place, const char* what);
  void wrong(const std::string& what, NodeIndex node);
  [[nodiscard]] bool is_join(NodeIndex node) const;

  const Process& process_;
  std::map<ActivityId, Activity> open_;
  std::map<Place, int> come_;     // tokens that came to a node
  std::map<Place, int> done_;     // tokens that may leave a node
  std::map<Place, int> started_;  // event sub-processes whose event happened
  std::map<std::pair<ActivityId, FlowIndex>, int> arrivals_;
  struct Done {
    int order = 0;  // of completion
    ActivityId scope = 0;
    bool is_chosen = false;
  };
  std::map<ActivityId, Done> completed_;
  std::map<ActivityId, std::vector<ActivityId>> queues_;  // of each throw event
  std::set<ActivityId> begun_;                            // compensations
  ActivityId chosen_last_ = 0;
  Place exit_{0, kNone};  // the node left last, and the flows it was left by
  std::set<FlowIndex> exit_flows_;
  bool thrown_ = false;
  std::string wrong_;
};

}  // namespace bpmn
