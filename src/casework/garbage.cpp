#include "casework/garbage.h"

#include <vector>

#include "casework/file_inspection.h"

namespace casework {

namespace {

// Asked about in one go.
constexpr std::size_t kBatch = 500;

class Collection {
 public:
  Collection(Workplace& workplace, Instant before, Collected& collected)
      : workplace_(workplace), before_(before), collected_(collected) {}

  base::Outcome<base::Done> run() {
    base::Outcome<base::Done> looked = base::Done{};
    const auto walked = workplace_.files.each([&](const StoredFile& file) {
      if (file.put_at >= before_) return true;
      batch_.push_back(file);
      if (batch_.size() >= kBatch) looked = remove_unnamed();
      return looked.has_value();
    });
    if (!walked) return walked;
    if (!looked) return looked;
    return remove_unnamed();
  }

 private:
  base::Outcome<base::Done> remove_unnamed() {
    std::vector<std::string> addresses;
    for (const StoredFile& file : batch_) addresses.push_back(file.address);
    for (const std::string& address : TRY(workplace_.store.unnamed_addresses(addresses))) {
      if (!TRY(workplace_.files.remove_put_before(address, before_))) continue;
      collected_.files += 1;
      TRY(forget_inspection(workplace_, address));
      for (const StoredFile& file : batch_) {
        if (file.address == address) collected_.bytes += file.size;
      }
    }
    batch_.clear();
    return base::Done{};
  }

  Workplace& workplace_;
  Instant before_;
  Collected& collected_;
  std::vector<StoredFile> batch_;
};

}  // namespace

base::Outcome<Collected> collect_garbage(Workplace& workplace, Instant now,
                                         std::chrono::milliseconds grace) {
  Collected collected;
  collected.uploads = TRY(workplace.store.delete_uploads_expired_at(now));
  collected.rows =
      TRY(workplace.store.delete_files_abandoned(now, now - grace, now - kUnclaimedLife));
  TRY(Collection(workplace, now - grace, collected).run());
  return collected;
}

}  // namespace casework
