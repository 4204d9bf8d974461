#pragma once
// upload_slots.h - who may have a paper judged now: it is in memory meanwhile, and costs time.
//
// Some slots strangers never get, and one address block gets few of theirs.  Whoever has to wait
// waits a short while, and of one block few at once; the others are told at once.  Thread-safe.
#include <chrono>
#include <condition_variable>
#include <mutex>
#include <string>
#include <unordered_map>

#include "http/budget.h"

namespace http {

class UploadSlots {
 public:
  struct Limits {
    int all = 4;
    int strangers = 3;
    int block = 2;
    int waiting_of_block = 1;
    std::chrono::milliseconds wait{3000};
    std::chrono::milliseconds officers_wait{10'000};
  };
  UploadSlots() = default;
  explicit UploadSlots(Limits limits) : limits_(limits) {}

  // False: come later.  What entered leaves.
  [[nodiscard]] bool enter(const Payer& who);
  void leave(const Payer& who);

 private:
  struct Block {
    int inside = 0;
    int waiting = 0;
  };
  [[nodiscard]] bool has_room(const Payer& who) const;

  Limits limits_{};
  std::mutex mutex_;
  std::condition_variable changed_;
  int all_ = 0;
  int strangers_ = 0;
  std::unordered_map<std::string, Block> blocks_;
};

}  // namespace http
