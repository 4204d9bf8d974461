#include "casework/upload_ledger.h"

#include <algorithm>
#include <vector>

#include "casework/piecewise_upload.h"

namespace casework {

namespace {

base::Failure<Failure> full() {
  return fail(FailureKind::full, "uploads-full",
              {"Máy chủ đang nhận quá nhiều tệp dở dang. Chưa có gì thay đổi; hãy thử lại sau.",
               "Too many unfinished uploads are on the server. Nothing changed; try later."});
}

base::Failure<Failure> full_here() {
  return fail(FailureKind::full, "uploads-full-here",
              {"Nơi gửi này đang có quá nhiều tệp dở dang. Hãy hoàn tất hoặc bỏ bớt rồi thử lại.",
               "Too many unfinished uploads come from here. Finish or drop some, then try again."});
}

}  // namespace

std::int64_t UploadLedger::used_by(const UploadSender& sender) const {
  std::int64_t used = 0;
  for (const auto& [id, entry] : entries_) {
    if (entry.sender.officer == sender.officer && entry.sender.name == sender.name) {
      used += entry.bytes;
    }
  }
  return used;
}

std::int64_t UploadLedger::used_for(const std::string& owner) const {
  std::int64_t used = 0;
  for (const auto& [id, entry] : entries_) used += entry.owner == owner ? entry.bytes : 0;
  return used;
}

Answer<bool> UploadLedger::make_room(Workplace& workplace, const std::string& owner,
                                     std::int64_t room, std::int64_t bytes, Instant now) {
  const auto fits = [&]() -> Answer<bool> {
    return TRY_AS_FAILURE(workplace.store.open_uploads(owner)).bytes + bytes <= room;
  };
  if (TRY(fits())) return true;
  std::vector<std::pair<Instant, std::string>> idle;
  for (const auto& [id, entry] : entries_) {
    if (!entry.sender.officer && now - entry.at >= limits_.idle) idle.emplace_back(entry.at, id);
  }
  std::ranges::sort(idle);
  for (const auto& [at, id] : idle) {
    TRY_AS_FAILURE(workplace.store.delete_upload(id));
    entries_.erase(id);
    if (TRY(fits())) return true;
  }
  // Also what another process took, or this one before it was started again.
  TRY_AS_FAILURE(workplace.store.delete_uploads_expired_at(now + (kUploadLife - limits_.begun)));
  return fits();
}

Answer<base::Done> UploadLedger::take(Workplace& workplace, const UploadRow& upload,
                                      const UploadSender& sender, std::int64_t bytes) {
  const Instant now = workplace.clock.now();
  const std::scoped_lock lock(mutex_);
  std::erase_if(entries_, [&](const auto& one) { return now - one.second.at >= kUploadLife; });
  if (!sender.officer && used_for(upload.owner) + bytes > limits_.owner) return full_here();
  const std::int64_t each = sender.officer ? limits_.account : limits_.block;
  if (used_by(sender) + bytes > each) return full_here();
  const std::int64_t room = sender.officer ? limits_.all : limits_.strangers;
  if (!TRY(make_room(workplace, upload.owner, room, bytes, now))) return full();
  const auto found = entries_.find(upload.id);
  if (found == entries_.end() && entries_.size() >= limits_.uploads) return full();
  Entry& entry = entries_[upload.id];
  entry.owner = upload.owner;
  entry.sender = sender;
  entry.bytes += bytes;
  entry.at = now;
  return base::Done{};
}

void UploadLedger::give_back(const std::string& upload, std::int64_t bytes) {
  const std::scoped_lock lock(mutex_);
  const auto found = entries_.find(upload);
  if (found != entries_.end()) found->second.bytes -= std::min(bytes, found->second.bytes);
}

void UploadLedger::forget(const std::string& upload) {
  const std::scoped_lock lock(mutex_);
  entries_.erase(upload);
}

}  // namespace casework
