#pragma once
// load.h - work for a store that is about to lose its power: file, receive, finish, warn.
//
// Threads file dossiers and act on them; one more does what time passing asks for.  Whatever the
// store acknowledges is said at once.  All ends when a call ends with a fault, or when told to.
// The commits are such that `flaws_of` can tell from any store how each dossier must look.
#include <atomic>
#include <cstdint>
#include <functional>
#include <map>
#include <mutex>
#include <optional>
#include <string>
#include <vector>

#include "casework/sealing.h"
#include "casework/store.h"

namespace storage::fault {

struct Load {
  std::int64_t round = 0;  // names the dossiers: no two rounds on a store may be the same
  int threads = 8;
  // The store has acknowledged that the dossier is at this version.  Called by many threads.
  std::function<void(const std::string& dossier, std::int64_t version)> acknowledged;
  // This was never answered, or with a fault.
  std::function<void(const casework::Commit& commit, const base::Fault& fault)> unanswered = {};
  const std::atomic<bool>* stop = nullptr;
  // One more thread signs the journal's head with it all the while, and says what it signed.
  casework::Sealing* sealing = nullptr;
  std::function<void(const casework::HeadRow& head)> sealed = {};
  // This was answered with a fault, and done all the same.
  std::function<void(const casework::Commit& commit)> done_behind_a_fault = {};
  // Faults end nothing: the same commit is tried again until it is taken.
  bool insists = false;
};

void run_load(casework::Store& store, const Load& load);

// What was acknowledged, and what was asked and never answered.
class Ledger {
 public:
  void acknowledge(const std::string& dossier, std::int64_t version);
  void leave_open(const casework::Commit& commit, const base::Fault& fault);
  void keep_head(const casework::HeadRow& head);
  [[nodiscard]] std::size_t acknowledged() const;
  [[nodiscard]] std::vector<casework::HeadRow> heads() const;
  [[nodiscard]] std::map<std::string, std::int64_t> versions() const;
  [[nodiscard]] std::vector<casework::Commit> take_open();
  [[nodiscard]] std::vector<base::Fault> faults() const;
  void clear();

 private:
  mutable std::mutex mutex_;
  std::map<std::string, std::int64_t> versions_;
  std::vector<casework::HeadRow> heads_;
  std::vector<casework::Commit> open_;
  std::vector<base::Fault> faults_;
};

}  // namespace storage::fault
