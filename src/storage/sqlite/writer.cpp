#include "storage/sqlite/writer.h"

#include <algorithm>
#include <optional>

#include <semaphore.h>

namespace storage::sqlite {

namespace {
constexpr std::size_t kGroupMax = 64;
constexpr std::size_t kQueueMax = 4096;
// Of one call's many works, so many wait at once: those of others come in between.
constexpr std::size_t kSlice = 4 * kGroupMax;

base::Failure<base::Fault> too_many() {
  return base::fault(base::FaultCode::unavailable, "the store takes no more writes");
}
}  // namespace

// Somebody who waits until all of his works are answered.  He wakes without the queue's lock, which
// the whole group would otherwise stand in line for.  POSIX semaphores may be destroyed as soon as
// the wait has returned; those of the library that g++ 12 ships can sleep for ever.
struct Writer::Call {
  explicit Call(std::size_t works) : open(works) { ::sem_init(&answered, 0, 0); }
  ~Call() { ::sem_destroy(&answered); }
  Call(const Call&) = delete;
  Call& operator=(const Call&) = delete;

  void wait() {
    while (::sem_wait(&answered) != 0) {
    }
  }

  std::size_t open;  // the writing thread's
  sem_t answered;
};

struct Writer::Item {
  Work* work = nullptr;
  Call* call = nullptr;
  bool kept = false;
  std::optional<base::Fault> fault;
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
  if (!enter({&item, 1})) return too_many();
  if (item.fault.has_value()) return base::Failure{*item.fault};
  return base::Done{};
}

std::vector<base::Outcome<base::Done>> Writer::run_all(std::span<Work> works) {
  std::vector<base::Outcome<base::Done>> outcomes;
  outcomes.reserve(works.size());
  while (!works.empty()) {
    const std::span<Work> slice = works.first(std::min(works.size(), kSlice));
    works = works.subspan(slice.size());
    std::vector<Item> items(slice.size());
    for (std::size_t i = 0; i < slice.size(); ++i) items[i].work = &slice[i];
    const bool taken = enter(items);
    for (const Item& item : items) {
      if (!taken) {
        outcomes.emplace_back(too_many());
      } else if (item.fault.has_value()) {
        outcomes.emplace_back(base::Failure{*item.fault});
      } else {
        outcomes.emplace_back(base::Done{});
      }
    }
  }
  return outcomes;
}

bool Writer::enter(std::span<Item> items) {
  Call call(items.size());
  for (Item& item : items) item.call = &call;
  {
    const std::scoped_lock lock(mutex_);
    if (stopping_ || queue_.size() + items.size() > kQueueMax) return false;
    for (Item& item : items) queue_.push_back(&item);
    if (queue_.size() == items.size()) wake_.notify_one();
  }
  call.wait();
  return true;
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
    for (Item* item : group) {
      Call& call = *item->call;
      // With the last one the caller goes, and item and call with him.
      if (--call.open == 0) ::sem_post(&call.answered);
    }
    lock.lock();
  }
}

// Savepoints would keep a refused work from its neighbours, but each makes the full-text index
// write out a segment.  Refusals nearly always only read: the rare one that has written is found by
// the count of changed rows, and then every work of the group gets a transaction of its own.
void Writer::commit_group(std::deque<Item*>& group) {
  bool spoilt = false;
  std::optional<base::Fault> fault = in_transaction([&](Database& database) {
    for (Item* item : group) {
      const std::int64_t before = database.total_changes();
      item->kept = (*item->work)(database);
      if (database.in_autocommit()) return false;
      if (!item->kept && database.total_changes() != before) {
        spoilt = true;
        return false;
      }
    }
    return true;
  });
  if (spoilt) {
    for (Item* item : group) {
      item->fault = in_transaction([&](Database& database) {
        item->kept = (*item->work)(database);
        return item->kept;
      });
    }
    return;
  }
  if (fault.has_value()) {
    for (Item* item : group) item->fault = fault;
  }
}

std::optional<base::Fault> Writer::in_transaction(const std::function<bool(Database&)>& work) {
  if (const auto begun = database_->begin(); !begun) return begun.error();
  const bool keep = work(*database_);
  // SQLite takes everything back by itself where the disk is full or fails.
  if (database_->in_autocommit()) return database_->last_fault();
  const auto ended = keep ? database_->commit() : database_->rollback();
  if (ended) return std::nullopt;
  const base::Fault fault = ended.error();
  if (!database_->in_autocommit()) [[maybe_unused]]
    const auto undone = database_->rollback();
  return fault;
}

}  // namespace storage::sqlite
