#include "http/server_shared.h"

#include <algorithm>
#include <span>
#include <utility>

#include "http/address_block.h"

namespace http {
namespace {

// Spreads consecutive numbers over 64 bits (the finaliser of SplitMix64), so that trace ids that
// follow each other do not look alike.
std::uint64_t mixed(std::uint64_t value) {
  value = (value ^ (value >> 30U)) * 0xbf58476d1ce4e5b9ULL;
  value = (value ^ (value >> 27U)) * 0x94d049bb133111ebULL;
  return value ^ (value >> 31U);
}

}  // namespace

ServerShared::ServerShared(ServerOptions with, Router routes)
    : options(std::move(with)),
      router(std::move(routes)),
      bodies(options.bodies),
      body_memory(options.body_memory_bytes),
      body_files(options.body_file_bytes) {
  trace_prefix = base::random_hex(*options.random, 8);
  options.random->fill(std::as_writable_bytes(std::span{&trace_offset, 1}));
}

std::string ServerShared::next_trace_id() {
  constexpr std::string_view kDigits = "0123456789abcdef";
  std::uint64_t value = mixed(trace_offset + trace_count.fetch_add(1, std::memory_order_relaxed));
  std::string id = trace_prefix;
  for (int i = 0; i < 16; ++i) {
    id.push_back(kDigits[value & 15U]);
    value >>= 4U;
  }
  return id;
}

bool ServerShared::is_proxy(std::string_view address) const {
  return std::ranges::any_of(options.trusted_proxies,
                             [&](const std::string& rule) { return is_covered(address, rule); });
}

bool ServerShared::take_place(const std::string& block) {
  const std::lock_guard lock{places_mutex};
  std::size_t& count = places[block];
  const bool crowded = connections.load() >= options.max_connections / 4 * 3;
  const std::size_t limit = crowded ? std::min(options.max_connections_of_block,
                                               options.max_connections_of_block_when_crowded)
                                    : options.max_connections_of_block;
  if (count >= limit) return false;
  ++count;
  return true;
}

void ServerShared::free_place(const std::string& block) {
  const std::lock_guard lock{places_mutex};
  const auto found = places.find(block);
  if (found != places.end() && --found->second == 0) places.erase(found);
}

void ServerShared::report_error(std::string_view message, std::string_view trace_id) const {
  if (options.on_error) options.on_error(message, trace_id);
}

}  // namespace http
