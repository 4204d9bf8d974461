#include "http/budget.h"

namespace http {

bool Budget::take(const Payer& payer, std::uint64_t amount) {
  const std::lock_guard lock{mutex_};
  std::uint64_t& all = payer.officer ? officers_ : strangers_;
  const std::uint64_t all_max = payer.officer ? limits_.officers : limits_.strangers;
  const std::uint64_t each_max = payer.officer ? limits_.account : limits_.block;
  auto& by = payer.officer ? by_account_ : by_block_;
  const auto found = by.find(payer.name);
  const std::uint64_t has = found == by.end() ? 0 : found->second;
  if (amount > all_max - all || amount > each_max - has) return false;
  all += amount;
  by[payer.name] = has + amount;
  return true;
}

void Budget::give_back(const Payer& payer, std::uint64_t amount) {
  const std::lock_guard lock{mutex_};
  (payer.officer ? officers_ : strangers_) -= amount;
  auto& by = payer.officer ? by_account_ : by_block_;
  const auto found = by.find(payer.name);
  if (found != by.end() && (found->second -= amount) == 0) by.erase(found);
}

bool Budget::Share::raise_to(std::uint64_t amount) {
  if (amount <= amount_) return true;
  if (!budget_->take(payer_, amount - amount_)) return false;
  amount_ = amount;
  return true;
}

void Budget::Share::lower_to(std::uint64_t amount) {
  if (amount >= amount_) return;
  budget_->give_back(payer_, amount_ - amount);
  amount_ = amount;
}

std::uint64_t Budget::used_by_strangers() const {
  const std::lock_guard lock{mutex_};
  return strangers_;
}

std::uint64_t Budget::used_by_officers() const {
  const std::lock_guard lock{mutex_};
  return officers_;
}

}  // namespace http
