#pragma once
// server_buffer.h - bytes received and not yet parsed.
#include <cstddef>
#include <cstring>
#include <span>
#include <string_view>
#include <vector>

namespace http {

class InputBuffer {
 public:
  [[nodiscard]] std::string_view view() const { return {bytes_.data() + begin_, end_ - begin_}; }
  [[nodiscard]] bool empty() const { return begin_ == end_; }

  // Room for `size` bytes behind view().
  [[nodiscard]] std::span<char> prepare(std::size_t size) {
    if (begin_ > 0) {
      std::memmove(bytes_.data(), bytes_.data() + begin_, end_ - begin_);
      end_ -= begin_;
      begin_ = 0;
    }
    if (bytes_.size() < end_ + size) bytes_.resize(end_ + size);
    return std::span{bytes_}.subspan(end_, size);
  }
  void commit(std::size_t size) { end_ += size; }
  void consume(std::size_t size) {
    begin_ += size;
    if (begin_ == end_) begin_ = end_ = 0;
  }
  // Gives the room of a large body back between requests.
  void shrink(std::size_t keep) {
    if (!empty() || bytes_.size() <= keep) return;
    bytes_.resize(keep);
    bytes_.shrink_to_fit();
  }

 private:
  std::vector<char> bytes_;
  std::size_t begin_ = 0;
  std::size_t end_ = 0;
};

}  // namespace http
