#include "storage/fault/load.h"

#include <algorithm>
#include <chrono>
#include <thread>
#include <utility>

#include "casework/test_commits.h"

namespace storage::fault {

namespace {

using casework::Commit;
using casework::CommitFailure;

class Running {
 public:
  Running(casework::Store& store, const Load& load) : store_(store), load_(load) {}

  void run() {
    std::vector<std::thread> threads;
    threads.reserve(static_cast<std::size_t>(load_.threads) + 2);
    for (int t = 0; t < load_.threads; ++t) {
      threads.emplace_back([this, t] { file_and_act(t); });
    }
    threads.emplace_back([this] { sweep(); });
    if (load_.sealing != nullptr) threads.emplace_back([this] { seal(); });
    for (std::thread& thread : threads) thread.join();
  }

 private:
  [[nodiscard]] bool goes_on() const { return !ended_ && (load_.stop == nullptr || !*load_.stop); }

  enum class Became { committed, outrun, ended };
  Became commit(const Commit& commit) {
    for (bool asked_before = false;; asked_before = true) {
      const auto done = store_.commit(commit);
      if (done) {
        load_.acknowledged(commit.row.id, done->version);
        return Became::committed;
      }
      if (done.error().failure == CommitFailure::conflict) return Became::outrun;
      if (done.error().failure == CommitFailure::repeated) {
        if (asked_before && load_.done_behind_a_fault) load_.done_behind_a_fault(commit);
        return Became::outrun;
      }
      if (load_.unanswered) load_.unanswered(commit, done.error().fault);
      if (!load_.insists || !goes_on()) {
        ended_ = true;
        return Became::ended;
      }
      std::this_thread::sleep_for(std::chrono::milliseconds{1});
    }
  }

  void file_and_act(int thread) {
    const std::string prefix = std::to_string(load_.round) + "-" + std::to_string(thread) + "-";
    for (int i = 0; goes_on(); ++i) {
      const std::string id = prefix + std::to_string(i);
      const Commit filed = contract::new_dossier(id, "s", load_.round);
      if (commit(filed) == Became::ended) return;
      Commit received = contract::next_of(filed, "next-" + id);
      received.at = filed.at;
      received.tasks[0].activity = 2;
      received.tasks[0].step = "examine";
      received.clock = "running";
      received.wake_at = filed.at;
      if (commit(received) == Became::ended) return;
      // Every third is finished, which may meet the sweep.
      if (i % 3 != 0) continue;
      if (commit(finished_after(received)) == Became::ended) return;
    }
  }

  static Commit finished_after(const Commit& received) {
    const std::string& id = received.row.id;
    Commit finished = contract::next_of(received, "last-" + id);
    finished.at = received.at;
    finished.tasks[0].activity = 3;
    finished.clock.clear();
    finished.wake_at.reset();
    finished.events[0].type = "paid";
    finished.events[0].number =
        dossier::NumberSeries{.key = "r", .prefix = "BL-", .width = 6, .suffix = {}};
    finished.payments = {{.receipt = casework::number_placeholder(id, 0),
                          .kind = "payment",
                          .amount = 8'000,
                          .method = "cash",
                          .reason = {},
                          .cashier_id = "o1",
                          .cashier_name = "Bà Tư",
                          .agency = "H41.101.01",
                          .at = finished.at}};
    finished.outbox = {{.kind = "mail", .payload = "{}", .effect = "paid-" + id}};
    return finished;
  }

  // Warns of every third, several in one go, and lets the others sleep.
  void sweep() {
    const casework::Instant now = contract::moment(load_.round);
    while (goes_on()) {
      const auto due = store_.wakes_due(now, 24);
      if (!due || due->empty()) {
        if (!due && !load_.insists) ended_ = true;
        std::this_thread::sleep_for(std::chrono::milliseconds{1});
        continue;
      }
      std::vector<Commit> warnings;
      std::vector<casework::WakeRow> asleep;
      for (const casework::WakeRow& row : *due) {
        if (row.dossier.back() % 3 == 0) {
          warnings.push_back(warning_of(row, now));
        } else {
          asleep.push_back(
              {.dossier = row.dossier, .at = casework::kNever, .version = row.version});
        }
      }
      const auto done = store_.commit_all(warnings);
      for (std::size_t i = 0; i < done.size(); ++i) {
        if (done[i]) load_.acknowledged(warnings[i].row.id, done[i]->version);
      }
      // A dossier that moved on wakes at its next version by itself.
      if (!store_.move_wakes(asleep) && !load_.insists) ended_ = true;
    }
  }

  void seal() {
    while (goes_on()) {
      const auto head = load_.sealing->seal(contract::moment(load_.round));
      if (head && head->has_value()) load_.sealed(**head);
      std::this_thread::sleep_for(std::chrono::milliseconds{1});
    }
  }

  static Commit warning_of(const casework::WakeRow& row, casework::Instant now) {
    Commit warning = contract::new_dossier(row.dossier, "s", 0);
    warning = contract::next_of(warning, "warn-" + row.dossier);
    warning.expected_version = row.version;
    warning.row.version = row.version + 1;
    warning.at = now;
    warning.tasks[0].activity = static_cast<std::uint32_t>(row.version);
    warning.events[0].type = "warned";
    warning.clock = "warned";
    return warning;
  }

  casework::Store& store_;
  const Load& load_;
  std::atomic<bool> ended_{false};
};

}  // namespace

void run_load(casework::Store& store, const Load& load) {
  Running(store, load).run();
}

void Ledger::acknowledge(const std::string& dossier, std::int64_t version) {
  const std::scoped_lock lock(mutex_);
  std::int64_t& known = versions_[dossier];
  known = std::max(known, version);
}
void Ledger::leave_open(const Commit& commit, const base::Fault& fault) {
  const std::scoped_lock lock(mutex_);
  open_.push_back(commit);
  faults_.push_back(fault);
}
void Ledger::keep_head(const casework::HeadRow& head) {
  const std::scoped_lock lock(mutex_);
  heads_.push_back(head);
}
std::vector<casework::HeadRow> Ledger::heads() const {
  const std::scoped_lock lock(mutex_);
  return heads_;
}
std::size_t Ledger::acknowledged() const {
  const std::scoped_lock lock(mutex_);
  return versions_.size();
}
std::map<std::string, std::int64_t> Ledger::versions() const {
  const std::scoped_lock lock(mutex_);
  return versions_;
}
std::vector<Commit> Ledger::take_open() {
  const std::scoped_lock lock(mutex_);
  return std::exchange(open_, {});
}
std::vector<base::Fault> Ledger::faults() const {
  const std::scoped_lock lock(mutex_);
  return faults_;
}
void Ledger::clear() {
  const std::scoped_lock lock(mutex_);
  versions_.clear();
  heads_.clear();
  open_.clear();
  faults_.clear();
}

}  // namespace storage::fault
