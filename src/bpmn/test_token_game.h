#pragma once
// test_token_game.h - for this module's tests: the token game played on the drawing itself, slowly
// and obviously, as a reference for soundness.h.
//
// A marking counts the tokens of each sequence flow.  One element moves at a time, in every
// possible order.  Top level of a process only, without non-interrupting boundary events.
#include <cstdint>
#include <map>
#include <set>
#include <string>
#include <vector>

#include "bpmn/analysis.h"
#include "bpmn/model.h"

namespace bpmn {

class TokenGame {
 public:
  explicit TokenGame(const ProcessModel& process) : process_(process) {}

  using Marking = std::map<std::string, int>;  // flow id -> tokens, none of them 0
  struct Verdict {
    bool decided = true;
    bool deadlock = false;
    bool doubled = false;  // a second token on a flow; such markings are not played on
    bool trapped = false;  // something can always happen, but the end is out of reach
    bool sound() const { return decided && !deadlock && !doubled && !trapped; }
  };
  [[nodiscard]] Verdict play(std::size_t markings_max = 100'000) const;

  // The markings in which the route may leave the game; empty when it cannot be played.
  [[nodiscard]] std::set<Marking> replay(const std::vector<RouteStep>& route) const;
  [[nodiscard]] bool is_stuck(const Marking& marking) const;

 private:
  struct Move {
    std::string node;
    std::vector<std::string> flows;
    Marking after;
  };
  // `joins_wait`: inclusive joins are judged when nothing else can move by itself, as the engine
  // does; a route tells one order of many, in which others may still be on their way.
  [[nodiscard]] std::vector<Move> moves(const Marking& marking, bool joins_wait = true) const;
  [[nodiscard]] std::vector<Move> first_moves() const;
  void add_moves(const Node& node, const Marking& rest, std::vector<Move>& out) const;
  [[nodiscard]] const Node* find(const std::string& id) const;
  [[nodiscard]] std::vector<const Flow*> in(const std::string& id) const;
  [[nodiscard]] std::vector<const Flow*> out(const std::string& id) const;
  [[nodiscard]] std::vector<std::vector<std::string>> ways_out(const Node& node) const;
  [[nodiscard]] bool waits(const Node& node) const;
  [[nodiscard]] bool reaches(const std::string& node, const std::string& flow,
                             const std::string& without) const;
  [[nodiscard]] bool may_join(const Node& gateway, const Marking& marking) const;

  const ProcessModel& process_;
};

}  // namespace bpmn
