#pragma once
// writer.h - the one thread that writes: takes queued work and commits it in groups.
#include <condition_variable>
#include <deque>
#include <functional>
#include <memory>
#include <mutex>
#include <optional>
#include <span>
#include <thread>
#include <vector>

#include "base/fault.h"
#include "storage/sqlite/database.h"

namespace storage::sqlite {

class Writer {
 public:
  // What one caller wants written; runs inside a transaction.  False takes it back.  It may run
  // twice, the first time in vain: whatever it tells its caller it tells anew each time.
  using Work = std::function<bool(Database&)>;

  explicit Writer(std::unique_ptr<Database> database);
  // Ends after the work that was queued.
  ~Writer();
  Writer(const Writer&) = delete;
  Writer& operator=(const Writer&) = delete;

  // Blocks until the group with this work is durable (or was taken back).  Fault: the group's
  // commit failed and nothing of it is there; `exhausted` when the disk is full; `unavailable` when
  // more than 4,096 writes wait already.
  [[nodiscard]] base::Outcome<base::Done> run(Work work);
  // The same for each of many, in their order, side by side in as few groups as hold them.
  [[nodiscard]] std::vector<base::Outcome<base::Done>> run_all(std::span<Work> works);

 private:
  struct Call;
  struct Item;
  // Blocks until all are answered; false, and none was taken, when too many wait already.
  [[nodiscard]] bool enter(std::span<Item> items);
  void loop();
  void commit_group(std::deque<Item*>& group);
  // A fault, or nothing when `work` was kept or took itself back.
  [[nodiscard]] std::optional<base::Fault> in_transaction(
      const std::function<bool(Database&)>& work);

  std::unique_ptr<Database> database_;
  std::mutex mutex_;
  std::condition_variable wake_;
  std::deque<Item*> queue_;
  bool stopping_ = false;
  std::thread thread_;
};

}  // namespace storage::sqlite
