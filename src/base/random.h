#pragma once
// random.h - chance brought in from outside.
//
// Nothing below the composition root makes random bytes by itself, so that every test can be
// repeated from its seed.
#include <cstddef>
#include <cstdint>
#include <span>
#include <string>

namespace base {

class RandomSource {
 public:
  virtual ~RandomSource() = default;
  // Fills `out`.  Thread-safe.
  virtual void fill(std::span<std::byte> out) = 0;
};

// The operating system's generator; fit for keys and secrets.  Aborts if the system has none.
[[nodiscard]] RandomSource& system_random();

// Repeatable bytes for tests and demonstration data.  Never for secrets.
class SeededRandom final : public RandomSource {
 public:
  explicit SeededRandom(std::uint64_t seed) : state_(seed) {}
  void fill(std::span<std::byte> out) override;
  // Uniform in [0, bound).  Requires: bound > 0.
  [[nodiscard]] std::uint64_t below(std::uint64_t bound);

 private:
  std::uint64_t next();
  std::uint64_t state_;
};

// `bytes` random bytes as lower-case hexadecimal text.
[[nodiscard]] std::string random_hex(RandomSource& random, std::size_t bytes);

// Secret that people may have to read aloud or type: `length` characters from an alphabet without
// look-alikes (no 0 O 1 I L U).  Five bits each.
[[nodiscard]] std::string random_code(RandomSource& random, std::size_t length);
[[nodiscard]] std::string readable_code(std::span<const std::byte> bytes, std::size_t length);

}  // namespace base
