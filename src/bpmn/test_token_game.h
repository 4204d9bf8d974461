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
  // engine: what moves by itself goes first, then inclusive joins, then what waited; any: in every
  // possible order.
  enum class Pace : std::uint8_t { engine, any };
  [[nodiscard]] Verdict play(Pace pace, std::size_t markings_max = 100'000) const;

  // The markings in which the route may leave the game; empty when it cannot be played.
  [[nodiscard]] std::set<Marking> replay(const std::vector<RouteStep>& route) const;
  // Two tokens on one flow, or waiting at one element.
  [[nodiscard]] bool is_doubled(const Marking& marking) const;
  [[nodiscard]] bool is_stuck(const Marking& marking) const;

 private:
  struct Move {
    std::string node;
    std::vector<std::string> flows;
    Marking after;
  };
  [[nodiscard]] std::vector<Move> moves(const Marking& marking, Pace pace) const;
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
