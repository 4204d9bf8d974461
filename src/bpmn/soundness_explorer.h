#pragma once
// soundness_explorer.h - walks through the states of a net.  Internal; see soundness.h.
#include <cstdint>
#include <optional>
#include <span>
#include <vector>

#include "bpmn/soundness_states.h"
#include "bpmn/workflow_net.h"

namespace bpmn {

// How a state was reached first.
struct Firing {
  std::uint32_t parent = StateStore::kNone;
  NetNodeIndex node = 0;
  std::uint32_t choice = 0;
  PlaceIndex taken = 0;  // JoinMode::any: the place whose token was taken
};

class NetExplorer {
 public:
  NetExplorer(const WorkflowNet& net, std::size_t states_max);

  void run();

  struct Stuck {
    std::uint32_t state = 0;
    NetNodeIndex node = 0;
  };
  struct Doubled {
    Firing firing;  // the last one, from firing.parent
    PlaceIndex place = 0;
    bool grows = false;  // the state before covers an earlier one: every round leaves one more
  };
  struct Cut {
    Firing firing;
    std::vector<PlaceIndex> left;
  };

  [[nodiscard]] bool decided() const { return decided_; }
  [[nodiscard]] bool completes() const { return completes_; }
  [[nodiscard]] std::size_t states() const { return store_.size(); }
  [[nodiscard]] const std::vector<Stuck>& stuck() const { return stuck_; }  // one for each node
  [[nodiscard]] const std::vector<Doubled>& doubled() const { return doubled_; }  // for each place
  [[nodiscard]] const std::vector<Cut>& cuts() const { return cuts_; }            // for each node
  // A state from which the end cannot be reached, though something can always happen.
  [[nodiscard]] std::optional<std::uint32_t> trap() const { return trap_; }
  [[nodiscard]] const std::vector<bool>& passed_nodes() const { return node_passed_; }
  [[nodiscard]] const std::vector<std::vector<bool>>& passed_choices() const {
    return choice_passed_;
  }
  [[nodiscard]] std::span<const PlaceIndex> places(std::uint32_t state) const {
    return store_.places(state);
  }
  // From the beginning to `state`.
  [[nodiscard]] std::vector<Firing> way_to(std::uint32_t state) const;
  // The places a firing takes tokens from.
  [[nodiscard]] std::vector<PlaceIndex> taken_by(const Firing& firing) const;
  // Can a token at `from` come to `to`, by any way?
  [[nodiscard]] bool reaches(PlaceIndex from, PlaceIndex to) const;

 private:
  void find_join_reach();
  void expand(std::uint32_t state);
  void fire(std::uint32_t state, const std::vector<PlaceIndex>& marking, const Firing& firing,
            std::span<const PlaceIndex> taken);
  struct Enabled {
    NetNodeIndex node = 0;
    std::vector<PlaceIndex> taken;
  };
  void fire_all(std::uint32_t state, const std::vector<PlaceIndex>& marking,
                const std::vector<Enabled>& transitions);
  [[nodiscard]] bool is_full(const NetNode& node, const std::vector<PlaceIndex>& marking) const;
  [[nodiscard]] bool is_inclusive_enabled(NetNodeIndex index,
                                          const std::vector<PlaceIndex>& marking);
  void spend(std::size_t work);
  [[nodiscard]] bool must_wait(const std::vector<std::vector<bool>>& rows, const NetNode& node,
                               const std::vector<bool>& has_token, PlaceIndex token) const;
  void note_stuck(std::uint32_t state, const std::vector<PlaceIndex>& marking);
  [[nodiscard]] bool covers_ancestor(std::uint32_t state,
                                     const std::vector<PlaceIndex>& marking) const;
  void find_trap();

  const WorkflowNet& net_;
  std::size_t states_max_;
  StateStore store_;
  std::vector<Firing> reached_by_;
  std::vector<std::vector<std::vector<bool>>> join_reach_;  // node, n-th way in, place
  std::vector<std::uint32_t> arcs_;                         // from, to, from, to, …
  std::vector<bool> ends_;                                  // the scope may end from here
  std::vector<bool> excused_;                               // stuck, or led to a doubled token
  std::vector<bool> node_passed_;
  std::vector<std::vector<bool>> choice_passed_;
  std::vector<bool> stuck_noted_;
  std::vector<bool> doubled_noted_;
  std::vector<bool> cut_noted_;
  std::vector<std::uint32_t> seen_in_;  // the state in which a join was last looked at, plus one
  std::vector<Stuck> stuck_;
  std::vector<Doubled> doubled_;
  std::vector<Cut> cuts_;
  std::optional<std::uint32_t> trap_;
  std::int64_t work_left_;  // tokens looked at: a hostile drawing must not cost minutes
  bool decided_ = true;
  bool completes_ = false;
};

}  // namespace bpmn
