#pragma once
// test_settings.h - how long the tests of this folder run and with which chance.
#include <chrono>
#include <cstdint>
#include <cstdlib>
#include <iostream>

namespace storage::fault {

// A number from the environment: the nightly run asks for more.
inline int test_size(const char* variable, int usual) {
  const char* given = std::getenv(variable);
  const long number = given != nullptr ? std::strtol(given, nullptr, 10) : 0;
  return number > 0 ? static_cast<int>(number) : usual;
}

// Of MOTCUA_SEED, or a new one; printed, so that it can be given again.
inline std::uint64_t test_seed() {
  const char* given = std::getenv("MOTCUA_SEED");
  const std::uint64_t seed =
      given != nullptr ? std::strtoull(given, nullptr, 10)
                       : static_cast<std::uint64_t>(
                             std::chrono::system_clock::now().time_since_epoch().count()) %
                             1'000'000'007;
  std::cout << "MOTCUA_SEED=" << seed << '\n';
  return seed;
}

}  // namespace storage::fault
