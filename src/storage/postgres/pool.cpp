#include "storage/postgres/pool.h"

#include <algorithm>
#include <thread>

namespace storage::postgres {

using base::Outcome;

Pool::Lease::~Lease() {
  if (connection_ != nullptr) pool_->give_back(std::move(connection_));
}

void Pool::give_back(std::unique_ptr<Connection> connection) {
  std::vector<std::unique_ptr<Connection>> stale;
  {
    const std::scoped_lock lock(mutex_);
    ++free_;
    if (!connection->lost()) {
      idle_.push_back(std::move(connection));
    } else {
      stale.swap(idle_);
    }
  }
  returned_.notify_one();
}

Outcome<Pool::Lease> Pool::lease(Deadline deadline) {
  {
    std::unique_lock lock(mutex_);
    if (!returned_.wait_until(lock, deadline, [&] { return free_ > 0; })) {
      return base::fault(base::FaultCode::unavailable, "too many wait for the database");
    }
    --free_;
    if (!idle_.empty()) {
      Lease lease{this, std::move(idle_.back())};
      idle_.pop_back();
      return lease;
    }
  }
  const Deadline enough = std::min(deadline, within(kReconnecting));
  for (std::chrono::milliseconds pause{20};; pause += pause / 2) {
    auto opened = Connection::open(address_, deadline);
    if (opened) return Lease{this, std::move(opened).value()};
    const bool hopeless = opened.error().code != base::FaultCode::unavailable;
    if (hopeless || time_left(enough) < pause) {
      {
        const std::scoped_lock lock(mutex_);
        ++free_;
      }
      returned_.notify_one();
      return base::Failure{opened.error()};
    }
    std::this_thread::sleep_for(pause);
  }
}

Outcome<std::unique_ptr<Connection>> Pool::open_apart(Deadline deadline) const {
  return Connection::open(address_, deadline);
}

}  // namespace storage::postgres
