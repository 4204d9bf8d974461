#include "storage/held_back_source.h"

#include <utility>

#include "base/sha256.h"

namespace storage {

namespace {

constexpr std::size_t kPieceBytes = 64UL * 1024;

class HeldBackSource final : public casework::FileSource {
 public:
  HeldBackSource(std::string address, std::int64_t size, std::unique_ptr<Pieces> from)
      : address_(std::move(address)), size_(size), from_(std::move(from)) {}

  [[nodiscard]] std::int64_t size() const override { return size_; }

  base::Outcome<std::string> next() override {
    if (is_done_) return std::string{};
    if (is_corrupt_) return corrupt();
    if (!has_begun_) {
      held_ = TRY(read());
      has_begun_ = true;
    }
    std::string following;
    if (!held_.empty()) following = TRY(read());
    if (following.empty()) {
      // What is held is the last piece.
      if (read_ != size_ || base::to_hex(hash_.finish()) != address_) {
        is_corrupt_ = true;
        return corrupt();
      }
      is_done_ = true;
    }
    return std::exchange(held_, std::move(following));
  }

 private:
  base::Outcome<std::string> read() {
    std::string piece = TRY(from_->read(kPieceBytes));
    hash_.update(piece);
    read_ += static_cast<std::int64_t>(piece.size());
    return piece;
  }
  [[nodiscard]] base::Failure<base::Fault> corrupt() const {
    return base::fault(base::FaultCode::corrupt, "file " + address_ + " is not what was stored");
  }

  std::string address_;
  std::int64_t size_;
  std::unique_ptr<Pieces> from_;
  base::Sha256Stream hash_;
  std::string held_;
  std::int64_t read_ = 0;
  bool has_begun_ = false;
  bool is_done_ = false;
  bool is_corrupt_ = false;
};

}  // namespace

std::unique_ptr<casework::FileSource> held_back_source(std::string address, std::int64_t size,
                                                       std::unique_ptr<Pieces> from) {
  return std::make_unique<HeldBackSource>(std::move(address), size, std::move(from));
}

}  // namespace storage
