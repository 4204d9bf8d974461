#pragma once
// line_reader.h - lines out of a stream of bytes, plain or gzip, in bounded memory.
#include <cstddef>
#include <functional>
#include <memory>
#include <string>
#include <string_view>

#include "base/fault.h"

namespace catalogue {

struct LineLimits {
  std::size_t line_bytes = 8u << 20;
  std::size_t unpacked_bytes = std::size_t{4} << 30;  // of a whole file
  std::size_t ratio = 500;                            // unpacked to packed, beyond the first 16 MiB
};

struct Line {
  int number = 0;         // from 1
  std::string_view text;  // without its end; lives until the visit returns
  bool too_long = false;  // longer than the limit: `text` is its beginning
};

// Pushes bytes in, gets lines out.  Which of the two formats it is shows in the first two bytes.
class LineReader {
 public:
  using Visit = std::function<bool(const Line&)>;
  explicit LineReader(Visit visit, LineLimits limits = {});
  ~LineReader();
  LineReader(const LineReader&) = delete;
  LineReader& operator=(const LineReader&) = delete;

  // False in the outcome: the visit has said that it wants no more.  Fault `invalid` for broken
  // gzip, `exhausted` for a limit.
  [[nodiscard]] base::Outcome<bool> push(std::string_view bytes);
  // The last line, if it has no end, and whether gzip was whole.
  [[nodiscard]] base::Outcome<bool> finish();
  [[nodiscard]] int lines() const;

 private:
  struct State;
  std::unique_ptr<State> state_;
};

}  // namespace catalogue
