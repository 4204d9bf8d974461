#include "bpmn/soundness_states.h"

#include <algorithm>

namespace bpmn {

std::uint64_t StateStore::hash(std::span<const std::uint32_t> places) {
  std::uint64_t value = 0x9E3779B97F4A7C15U;
  for (const std::uint32_t place : places) {
    value ^= place;
    value *= 0xBF58476D1CE4E5B9U;
    value ^= value >> 29U;
  }
  return value;
}

StateStore::Added StateStore::add(std::span<const std::uint32_t> places) {
  if (size() * 2 >= table_.size()) grow();
  const std::size_t mask = table_.size() - 1;
  std::size_t at = static_cast<std::size_t>(hash(places)) & mask;
  while (table_[at] != kNone) {
    if (std::ranges::equal(this->places(table_[at]), places)) return {table_[at], false};
    at = (at + 1) & mask;
  }
  const auto state = static_cast<std::uint32_t>(size());
  table_[at] = state;
  arena_.insert(arena_.end(), places.begin(), places.end());
  ends_.push_back(arena_.size());
  return {state, true};
}

void StateStore::grow() {
  std::vector<std::uint32_t> bigger(table_.size() * 2, kNone);
  const std::size_t mask = bigger.size() - 1;
  for (std::uint32_t state = 0; state < size(); ++state) {
    std::size_t at = static_cast<std::size_t>(hash(places(state))) & mask;
    while (bigger[at] != kNone) at = (at + 1) & mask;
    bigger[at] = state;
  }
  table_ = std::move(bigger);
}

}  // namespace bpmn
