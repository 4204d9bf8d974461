#include "storage/sqlite/writer.h"

#include <optional>

namespace storage::sqlite {

namespace {
constexpr std::size_t kGroupMax = 64;
constexpr std::size_t kQueueMax = 4096;
}  // namespace

struct Writer::Item {
  Work* work = nullptr;
  bool kept = false;
  bool done = false;
  std::optional<base::Fault> fault;
  std::condition_variable answered;
};

Writer::Writer(std::unique_ptr<Database> database)
    : database_(std::move(database)), thread_([this] { loop(); }) {}

Writer::~Writer() {
  {
    const std::scoped_lock lock(mutex_);
    stopping_ = true;
  }
  wake_.notify_all();
  thread_.join();
}

base::Outcome<base::Done> Writer::run(Work work) {
  Item item;
  item.work = &work;
  std::unique_lock lock(mutex_);
  if (stopping_ || queue_.size() >= kQueueMax) {
    return base::fault(base::FaultCode::unavailable, "the store takes no more writes");
  }
  queue_.push_back(&item);
  wake_.notify_one();
  item.answered.wait(lock, [&] { return item.done; });
  if (item.fault.has_value()) return base::Failure{*item.fault};
  return base::Done{};
}

void Writer::loop() {
  std::unique_lock lock(mutex_);
  for (;;) {
    wake_.wait(lock, [&] { return stopping_ || !queue_.empty(); });
    if (queue_.empty()) return;
    std::deque<Item*> group;
    while (!queue_.empty() && group.size() < kGroupMax) {
      group.push_back(queue_.front());
      queue_.pop_front();
    }
    lock.unlock();
    commit_group(group);
    lock.lock();
    for (Item* item : group) {
      item->done = true;
      item->answered.notify_one();
    }
  }
}

void Writer::commit_group(std::deque<Item*>& group) {
  std::optional<base::Fault> fault;
  const auto note = [&](const base::Outcome<base::Done>& outcome) {
    if (!outcome && !fault.has_value()) fault = outcome.error();
    return outcome.has_value();
  };
  if (note(database_->run("BEGIN IMMEDIATE"))) {
    for (Item* item : group) {
      if (!note(database_->run("SAVEPOINT one"))) break;
      item->kept = (*item->work)(*database_);
      if (database_->in_autocommit()) {
        // SQLite has taken everything back by itself: full, out of memory, a failing disk.
        fault = database_->last_fault();
        break;
      }
      if (!item->kept && !note(database_->run("ROLLBACK TO one"))) break;
      if (!note(database_->run("RELEASE one"))) break;
    }
    if (!fault.has_value()) note(database_->run("COMMIT"));
    if (fault.has_value() && !database_->in_autocommit()) {
      [[maybe_unused]] const auto undone = database_->run("ROLLBACK");
    }
  }
  if (fault.has_value()) {
    for (Item* item : group) item->fault = fault;
  }
}

}  // namespace storage::sqlite
