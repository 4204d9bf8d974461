#include "http/address_block.h"

#include <array>
#include <charconv>
#include <cstddef>
#include <optional>
#include <span>

#include <arpa/inet.h>

namespace http {
namespace {

constexpr int kBlockBits4 = 24;
constexpr int kBlockBits6 = 56;
constexpr std::array<unsigned char, 12> kMapped{0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0xff, 0xff};

struct Address {
  std::array<unsigned char, 16> bytes{};
  int bits = 0;  // 32 or 128
};

std::optional<Address> parse(std::string_view text) {
  const std::string copy{text};
  Address address;
  if (::inet_pton(AF_INET, copy.c_str(), address.bytes.data()) == 1) {
    address.bits = 32;
    return address;
  }
  if (::inet_pton(AF_INET6, copy.c_str(), address.bytes.data()) != 1) return std::nullopt;
  address.bits = 128;
  if (std::equal(kMapped.begin(), kMapped.end(), address.bytes.begin())) {
    Address inner;
    std::copy(address.bytes.begin() + 12, address.bytes.end(), inner.bytes.begin());
    inner.bits = 32;
    return inner;
  }
  return address;
}

void keep_first(Address& address, int bits) {
  for (int i = 0; i < 16; ++i) {
    const int left = bits - 8 * i;
    if (left >= 8) continue;
    const unsigned mask = left <= 0 ? 0U : 0xffU << static_cast<unsigned>(8 - left);
    auto& byte = address.bytes.at(static_cast<std::size_t>(i));
    byte = static_cast<unsigned char>(byte & mask);
  }
}

}  // namespace

std::string address_block(std::string_view address) {
  auto parsed = parse(address);
  if (!parsed) return std::string{address};
  const int bits = parsed->bits == 32 ? kBlockBits4 : kBlockBits6;
  keep_first(*parsed, bits);
  std::array<char, INET6_ADDRSTRLEN> text{};
  if (::inet_ntop(parsed->bits == 32 ? AF_INET : AF_INET6, parsed->bytes.data(), text.data(),
                  text.size()) == nullptr) {
    return std::string{address};
  }
  return std::string{text.data()} + "/" + std::to_string(bits);
}

bool is_covered(std::string_view address, std::string_view rule) {
  const auto slash = rule.find('/');
  auto network = parse(rule.substr(0, slash));
  auto one = parse(address);
  if (!network || !one || network->bits != one->bits) return false;
  int bits = network->bits;
  if (slash != std::string_view::npos) {
    const std::string_view digits = rule.substr(slash + 1);
    const auto [end, error] = std::from_chars(digits.data(), digits.data() + digits.size(), bits);
    if (error != std::errc{} || end != digits.data() + digits.size() || bits < 0 ||
        bits > network->bits) {
      return false;
    }
  }
  keep_first(*network, bits);
  keep_first(*one, bits);
  return network->bytes == one->bytes;
}

}  // namespace http
