#include "http/upload_slots.h"

namespace http {

bool UploadSlots::has_room(const Payer& who) const {
  if (all_ >= limits_.all) return false;
  if (who.officer) return true;
  const auto block = blocks_.find(who.name);
  return strangers_ < limits_.strangers &&
         (block == blocks_.end() || block->second.inside < limits_.block);
}

bool UploadSlots::enter(const Payer& who) {
  std::unique_lock lock{mutex_};
  if (!has_room(who)) {
    if (who.officer) {
      if (!changed_.wait_for(lock, limits_.officers_wait, [&] { return has_room(who); })) {
        return false;
      }
    } else {
      if (blocks_[who.name].waiting >= limits_.waiting_of_block) return false;
      ++blocks_[who.name].waiting;
      const bool room = changed_.wait_for(lock, limits_.wait, [&] { return has_room(who); });
      Block& block = blocks_[who.name];
      --block.waiting;
      if (!room) {
        if (block.inside == 0 && block.waiting == 0) blocks_.erase(who.name);
        return false;
      }
    }
  }
  ++all_;
  if (!who.officer) {
    ++strangers_;
    ++blocks_[who.name].inside;
  }
  return true;
}

void UploadSlots::leave(const Payer& who) {
  {
    const std::lock_guard lock{mutex_};
    --all_;
    if (!who.officer) {
      --strangers_;
      const auto block = blocks_.find(who.name);
      if (--block->second.inside == 0 && block->second.waiting == 0) blocks_.erase(block);
    }
  }
  changed_.notify_all();
}

}  // namespace http
