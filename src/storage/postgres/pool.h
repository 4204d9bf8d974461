#pragma once
// pool.h - a few connections for many callers, and what to do when one is lost.
//
// Connections are opened when they are needed and kept.  When one turns out to be lost, those that
// lie idle are thrown away with it: a server that restarted has lost them all.
#include <condition_variable>
#include <memory>
#include <mutex>
#include <vector>

#include "storage/postgres/connection.h"

namespace storage::postgres {

class Pool {
 public:
  // Gives its connection back when it goes out of scope; a lost one is closed instead.
  class Lease {
   public:
    Lease(Pool* pool, std::unique_ptr<Connection> connection)
        : pool_(pool), connection_(std::move(connection)) {}
    ~Lease();
    Lease(Lease&& other) noexcept = default;
    Lease& operator=(Lease&&) = delete;
    Lease(const Lease&) = delete;
    Lease& operator=(const Lease&) = delete;
    Connection& operator*() { return *connection_; }
    Connection* operator->() { return connection_.get(); }

   private:
    Pool* pool_;
    std::unique_ptr<Connection> connection_;
  };

  Pool(Address address, int size) : address_(std::move(address)), free_(size) {}

  // Waits for a connection; where the database cannot be reached, tries again until the deadline or
  // for `kReconnecting`, whichever comes first.
  [[nodiscard]] base::Outcome<Lease> lease(Deadline deadline);
  // One beside the pool, for a walk that holds it long.
  [[nodiscard]] base::Outcome<std::unique_ptr<Connection>> open_apart(Deadline deadline) const;
  // With a connection: again, once, on a fresh one when it is lost meanwhile.  For what may be done
  // twice.
  template <class Work>
  auto with(Deadline deadline, Work work) -> decltype(work(std::declval<Connection&>()));

  static constexpr std::chrono::milliseconds kReconnecting{4000};

 private:
  void give_back(std::unique_ptr<Connection> connection);

  Address address_;
  std::mutex mutex_;
  std::condition_variable returned_;
  int free_;  // leases that may still be given
  std::vector<std::unique_ptr<Connection>> idle_;
};

template <class Work>
auto Pool::with(Deadline deadline, Work work) -> decltype(work(std::declval<Connection&>())) {
  for (int again = 0;; ++again) {
    Lease connection = TRY(lease(deadline));
    auto result = work(*connection);
    const bool again_helps = connection->lost() || connection->trouble().worth_trying_again();
    if (result || again == 2 || !again_helps || time_left(deadline).count() == 0) {
      return result;
    }
  }
}

}  // namespace storage::postgres
