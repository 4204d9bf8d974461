#pragma once
// budget.h - how much of something scarce is given out at once: to all strangers together, to one
// address block, to all officers together and to one account.
//
// What strangers have used up officers still have.  Thread-safe.
#include <cstdint>
#include <mutex>
#include <string>
#include <unordered_map>

namespace http {

struct BudgetLimits {
  std::uint64_t strangers = 0;  // all together
  std::uint64_t block = 0;      // each address block
  std::uint64_t officers = 0;   // all together
  std::uint64_t account = 0;    // each
};

// Who has it: an officer's account, or an address block.
struct Payer {
  bool officer = false;
  std::string name;
};

class Budget {
 public:
  explicit Budget(BudgetLimits limits) : limits_(limits) {}

  // What one request has; given back with this object.
  class Share {
   public:
    Share(Budget& budget, Payer payer) : budget_(&budget), payer_(std::move(payer)) {}
    ~Share() { lower_to(0); }
    Share(const Share&) = delete;
    Share& operator=(const Share&) = delete;

    // False: there is no room, and nothing has changed.
    [[nodiscard]] bool raise_to(std::uint64_t amount);
    void lower_to(std::uint64_t amount);
    [[nodiscard]] std::uint64_t amount() const { return amount_; }

   private:
    Budget* budget_;
    Payer payer_;
    std::uint64_t amount_ = 0;
  };

  [[nodiscard]] std::uint64_t used_by_strangers() const;
  [[nodiscard]] std::uint64_t used_by_officers() const;

 private:
  [[nodiscard]] bool take(const Payer& payer, std::uint64_t amount);
  void give_back(const Payer& payer, std::uint64_t amount);

  BudgetLimits limits_;
  mutable std::mutex mutex_;
  std::uint64_t strangers_ = 0;
  std::uint64_t officers_ = 0;
  std::unordered_map<std::string, std::uint64_t> by_block_;
  std::unordered_map<std::string, std::uint64_t> by_account_;
};

}  // namespace http
