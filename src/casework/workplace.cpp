#include "casework/workplace.h"

namespace casework {

bool RequestsInFlight::begin(const RequestKey& request) {
  const std::scoped_lock lock(mutex_);
  return keys_.emplace(request.actor, request.key).second;
}

void RequestsInFlight::end(const RequestKey& request) {
  const std::scoped_lock lock(mutex_);
  keys_.erase({request.actor, request.key});
}

}  // namespace casework
