#pragma once
// network.h - is an address inside a network?  "10.0.0.0/8", "2001:db8::/32", "127.0.0.1".
#include <array>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace identity {

class Network {
 public:
  // An address alone is a network of one.  Bits behind the prefix have to be zero, so that nobody
  // writes 10.1.2.3/8 and means something else.
  [[nodiscard]] static std::optional<Network> parse(std::string_view text);
  // False for what is not an address.  An IPv4 address that comes as "::ffff:10.0.0.1" is one.
  [[nodiscard]] bool holds(std::string_view address) const;

 private:
  std::array<std::uint8_t, 16> bytes_{};
  int bits_ = 0;
};

[[nodiscard]] bool any_holds(const std::vector<Network>& networks, std::string_view address);

// "203.0.113.0/24", "2001:db8:1:2::/64": who is likely one house.  What is not an address: itself,
// cut to 64 bytes.
[[nodiscard]] std::string address_block(std::string_view address);

}  // namespace identity
