#pragma once
// address_block.h - the network that an address stands for when requests are counted.
//
// One household or office has a whole IPv6 /56 and can change its address at will; counting blocks
// leaves nothing to gain from that.
#include <string>
#include <string_view>

namespace http {

// "203.0.113.0/24", "2001:db8:0:4200::/56"; an IPv4 address in IPv6 clothes is that IPv4 address.
// What is no address is its own block.
[[nodiscard]] std::string address_block(std::string_view address);

// Is it the address, or of the network ("10.0.0.0/8"), that `rule` names?  False where the rule is
// malformed.
[[nodiscard]] bool is_covered(std::string_view address, std::string_view rule);

}  // namespace http
