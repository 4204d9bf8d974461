#pragma once
// upload_ledger.h - how much of unfinished uploads is whose, so that nobody fills the room of all.
//
// Strangers are counted by draft or receipt and by address block, officers by account.  Strangers
// together may fill half of the room; the other half officers still have.  When strangers' room is
// short, what nobody has added to for a while is given up, the oldest first.
//
// What all together have is in the store and survives a restart; whose it is is known to this
// process alone.  Thread-safe.
#include <map>
#include <mutex>
#include <string>

#include "casework/failure.h"
#include "casework/workplace.h"

namespace casework {

struct UploadSender {
  bool officer = false;
  std::string name;  // account, or address block
};

class UploadLedger {
 public:
  struct Limits {
    std::int64_t all = 6LL << 30U;
    std::int64_t strangers = 3LL << 30U;  // all are not to have more while a stranger adds
    std::int64_t block = 256LL << 20U;
    std::int64_t owner = 100LL << 20U;  // of strangers: one draft, one receipt
    std::int64_t account = 1LL << 30U;
    std::chrono::minutes idle{15};    // then it may be given up
    std::chrono::minutes begun{120};  // and so may whatever was begun then and is not finished
    std::size_t uploads = 100'000;
  };
  UploadLedger() = default;
  explicit UploadLedger(Limits limits) : limits_(limits) {}

  // Room for `bytes` more of that upload, counted at once; failure `uploads-full` (all together) or
  // `uploads-full-here` (of one draft, block or account).
  [[nodiscard]] Answer<base::Done> take(Workplace& workplace, const UploadRow& upload,
                                        const UploadSender& sender, std::int64_t bytes);
  // They were not added in the end.
  void give_back(const std::string& upload, std::int64_t bytes);
  // It is finished or dropped.
  void forget(const std::string& upload);

 private:
  struct Entry {
    std::string owner;
    UploadSender sender;
    std::int64_t bytes = 0;
    Instant at{};
  };
  [[nodiscard]] std::int64_t used_by(const UploadSender& sender) const;
  [[nodiscard]] std::int64_t used_for(const std::string& owner) const;
  // Gives up what is idle until there is room for `bytes`; false: there is none.
  [[nodiscard]] Answer<bool> make_room(Workplace& workplace, const std::string& owner,
                                       std::int64_t room, std::int64_t bytes, Instant now);

  Limits limits_{};
  std::mutex mutex_;
  std::map<std::string, Entry> entries_;  // by upload
};

}  // namespace casework
