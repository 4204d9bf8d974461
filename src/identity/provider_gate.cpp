#include "identity/provider_gate.h"

namespace identity {

bool ProviderGate::enter(const std::string& provider, calendar::Instant now) {
  const std::scoped_lock lock(mutex_);
  State& state = states_[provider];
  // A clock that went back must not keep everybody out.
  const bool rests = now < state.rests_until && state.rests_until - now <= kRest;
  if (rests || state.under_way >= (state.doubtful ? 1 : kAtOnce)) return false;
  ++state.under_way;
  return true;
}

void ProviderGate::leave(const std::string& provider, bool answered, calendar::Instant entered_at,
                         calendar::Instant now) {
  const std::scoped_lock lock(mutex_);
  State& state = states_[provider];
  --state.under_way;
  if (answered) {
    state.doubtful = false;
  } else if (now - entered_at >= kSlow) {
    state.doubtful = true;
    state.rests_until = now + kRest;
  }
}

}  // namespace identity
