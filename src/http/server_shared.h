#pragma once
// server_shared.h - what all connections of a server use.  Private to the server.
#include <atomic>
#include <cstddef>
#include <cstdint>
#include <mutex>
#include <string>
#include <string_view>
#include <unordered_map>

#include "http/router.h"
#include "http/server.h"

namespace http {

struct ServerShared {
  ServerShared(ServerOptions with, Router routes);

  ServerOptions options;
  Router router;
  std::string trace_prefix;        // random, of this run of the server
  std::uint64_t trace_offset = 0;  // random, so that numbers do not tell how busy we are
  std::atomic<std::uint64_t> trace_count{0};
  std::atomic<std::size_t> connections{0};
  std::atomic<bool> stopping{false};
  std::mutex places_mutex;
  std::unordered_map<std::string, std::size_t> places;  // connections by address block
  Budget bodies;
  Budget body_memory;
  Budget body_files;

  [[nodiscard]] std::string next_trace_id();
  [[nodiscard]] bool is_proxy(std::string_view address) const;
  // A place for one connection more of that block; false: it has enough.
  [[nodiscard]] bool take_place(const std::string& block);
  void free_place(const std::string& block);
  void report_error(std::string_view message, std::string_view trace_id) const;
};

}  // namespace http
