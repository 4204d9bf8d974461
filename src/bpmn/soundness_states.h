#pragma once
// soundness_states.h - the states of a net that were seen: which places hold a token.  Internal.
//
// A state is a sorted list of places; all lie end to end in one arena, found again by hash.
#include <cstdint>
#include <span>
#include <vector>

namespace bpmn {

class StateStore {
 public:
  static constexpr std::uint32_t kNone = 0xFFFFFFFFU;

  StateStore() : table_(1024, kNone) {}
  struct Added {
    std::uint32_t state = 0;
    bool is_new = false;
  };
  Added add(std::span<const std::uint32_t> places);
  // Valid until the next add().
  [[nodiscard]] std::span<const std::uint32_t> places(std::uint32_t state) const {
    return {arena_.data() + ends_[state], ends_[state + 1] - ends_[state]};
  }
  [[nodiscard]] std::size_t size() const { return ends_.size() - 1; }
  // Of everything kept, in numbers of 32 bits.
  [[nodiscard]] std::size_t cells() const { return arena_.size(); }

 private:
  [[nodiscard]] static std::uint64_t hash(std::span<const std::uint32_t> places);
  void grow();

  std::vector<std::uint32_t> arena_;
  std::vector<std::size_t> ends_{0};
  std::vector<std::uint32_t> table_;  // open addressing, a power of two
};

}  // namespace bpmn
