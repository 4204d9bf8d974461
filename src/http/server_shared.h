#pragma once
// server_shared.h - what all connections of a server use.  Private to the server.
#include <atomic>
#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>

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

  [[nodiscard]] std::string next_trace_id();
  void report_error(std::string_view message, std::string_view trace_id) const;
};

}  // namespace http
