#include "base/random.h"

#include <algorithm>
#include <array>
#include <atomic>
#include <cstring>
#include <vector>

#include <openssl/rand.h>

#include "base/ensure.h"

namespace base {

namespace {

class SystemRandom final : public RandomSource {
 public:
  void fill(std::span<std::byte> out) override {
    const int done = RAND_bytes(static_cast<unsigned char*>(static_cast<void*>(out.data())),
                                static_cast<int>(out.size()));
    ENSURE(done == 1, "the operating system gives no random bytes");
  }
};

constexpr char kReadable[] = "23456789ABCDEFGHJKMNPQRSTVWXYZab";  // 32; last two are never shown
constexpr char kHex[] = "0123456789abcdef";

}  // namespace

RandomSource& system_random() {
  static SystemRandom source;
  return source;
}

// splitmix64: tiny, well distributed, and the same on every machine.  One atomic step of the state
// is all that threads share: each word is drawn once, whoever gets it.
std::uint64_t SeededRandom::next() {
  constexpr std::uint64_t kStep = 0x9E3779B97F4A7C15ULL;
  std::uint64_t z = std::atomic_ref{state_}.fetch_add(kStep, std::memory_order_relaxed) + kStep;
  z = (z ^ (z >> 30U)) * 0xBF58476D1CE4E5B9ULL;
  z = (z ^ (z >> 27U)) * 0x94D049BB133111EBULL;
  return z ^ (z >> 31U);
}

void SeededRandom::fill(std::span<std::byte> out) {
  for (std::size_t at = 0; at < out.size(); at += sizeof(std::uint64_t)) {
    const std::uint64_t word = next();
    std::memcpy(out.data() + at, &word, std::min(sizeof word, out.size() - at));
  }
}

std::uint64_t SeededRandom::below(std::uint64_t bound) {
  ENSURE(bound > 0, "an empty range has no member");
  return next() % bound;
}

std::string random_hex(RandomSource& random, std::size_t bytes) {
  std::vector<std::byte> raw(bytes);
  random.fill(raw);
  std::string text;
  text.reserve(bytes * 2);
  for (const std::byte b : raw) {
    text += kHex[std::to_integer<unsigned>(b) >> 4U];
    text += kHex[std::to_integer<unsigned>(b) & 0xFU];
  }
  return text;
}

std::string readable_code(std::span<const std::byte> bytes, std::size_t length) {
  // 30 characters are shown; a value of 30 or 31 is folded onto the first two, which costs a
  // hundredth of a bit a character.
  std::string text;
  unsigned buffer = 0;
  unsigned bits = 0;
  for (const std::byte b : bytes) {
    buffer = (buffer << 8U) | std::to_integer<unsigned>(b);
    bits += 8;
    while (bits >= 5 && text.size() < length) {
      bits -= 5;
      unsigned value = (buffer >> bits) & 31U;
      if (value >= 30) value -= 30;
      text += kReadable[value];
    }
    buffer &= (1U << bits) - 1U;
  }
  ENSURE(text.size() == length, "too few bytes for a code of that length");
  return text;
}

std::string random_code(RandomSource& random, std::size_t length) {
  std::vector<std::byte> raw((length * 5 + 7) / 8);
  random.fill(raw);
  return readable_code(raw, length);
}

}  // namespace base
