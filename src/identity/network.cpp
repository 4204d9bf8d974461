#include "identity/network.h"

#include <algorithm>
#include <charconv>

#include <arpa/inet.h>

namespace identity {
namespace {

using Bytes = std::array<std::uint8_t, 16>;
constexpr int kMappedBits = 96;  // of ::ffff:0:0, before an IPv4 address

struct Parsed {
  Bytes bytes{};
  bool four = false;
};

std::optional<Parsed> parse_address(std::string_view text) {
  if (text.size() > 45) return std::nullopt;
  const std::string terminated{text};
  Parsed parsed;
  if (inet_pton(AF_INET, terminated.c_str(), &parsed.bytes[12]) == 1) {
    parsed.bytes[10] = parsed.bytes[11] = 0xff;
    parsed.four = true;
    return parsed;
  }
  if (inet_pton(AF_INET6, terminated.c_str(), parsed.bytes.data()) != 1) return std::nullopt;
  const auto is_zero = [](std::uint8_t byte) { return byte == 0; };
  parsed.four = std::all_of(parsed.bytes.begin(), parsed.bytes.begin() + 10, is_zero) &&
                parsed.bytes[10] == 0xff && parsed.bytes[11] == 0xff;
  return parsed;
}

Bytes masked(Bytes bytes, int bits) {
  for (int i = 0; i < 16; ++i) {
    const int keep = std::clamp(bits - 8 * i, 0, 8);
    bytes[static_cast<std::size_t>(i)] &= static_cast<std::uint8_t>(0xff00 >> keep);
  }
  return bytes;
}

}  // namespace

std::optional<Network> Network::parse(std::string_view text) {
  const std::size_t slash = text.find('/');
  const auto address = parse_address(text.substr(0, slash));
  if (!address.has_value()) return std::nullopt;
  Network network;
  network.bytes_ = address->bytes;
  network.bits_ = 128;
  if (slash != std::string_view::npos) {
    const std::string_view digits = text.substr(slash + 1);
    int bits = -1;
    const auto [end, error] = std::from_chars(digits.data(), digits.data() + digits.size(), bits);
    const int most = address->four ? 32 : 128;
    if (error != std::errc{} || end != digits.data() + digits.size() || bits < 0 || bits > most) {
      return std::nullopt;
    }
    network.bits_ = address->four ? kMappedBits + bits : bits;
  }
  if (masked(network.bytes_, network.bits_) != network.bytes_) return std::nullopt;
  return network;
}

bool Network::holds(std::string_view address) const {
  const auto parsed = parse_address(address);
  return parsed.has_value() && masked(parsed->bytes, bits_) == bytes_;
}

bool any_holds(const std::vector<Network>& networks, std::string_view address) {
  return std::ranges::any_of(networks,
                             [&](const Network& network) { return network.holds(address); });
}

std::string address_block(std::string_view address) {
  const auto parsed = parse_address(address);
  if (!parsed.has_value()) return std::string{address.substr(0, 64)};
  std::array<char, INET6_ADDRSTRLEN> text{};
  const Bytes block = masked(parsed->bytes, parsed->four ? kMappedBits + 24 : 64);
  if (parsed->four) {
    inet_ntop(AF_INET, &block[12], text.data(), text.size());
    return std::string{text.data()} + "/24";
  }
  inet_ntop(AF_INET6, block.data(), text.data(), text.size());
  return std::string{text.data()} + "/64";
}

}  // namespace identity
