#pragma once
// http_load.h - many kept connections from one epoll thread, each with one request under way.
#include <cstddef>
#include <cstdint>
#include <functional>
#include <map>
#include <string>

#include "figure.h"

namespace bench {

struct Load {
  std::uint16_t port = 0;
  std::size_t connections = 64;
  double warm_up_seconds = 0;  // answered, but not counted
  double seconds = 0;          // 0: until `requests` are answered
  std::size_t requests = 0;    // 0: until the time is over
  // The bytes of request number n; they must stay in place until the load is over.
  std::function<std::string_view(std::size_t n)> request;
};

struct LoadResult {
  double seconds = 0;
  Durations durations;                // of answers with the expected status
  std::map<int, std::size_t> status;  // how many answers had it; 0: no answer
  std::size_t sent = 0;               // with those of the warm-up
  std::string first_unexpected;       // body of the first answer of another status

  [[nodiscard]] double per_second() const {
    return static_cast<double>(durations.count()) / seconds;
  }
  // "201: 52,310" or, if there were others, all of them.
  [[nodiscard]] std::string status_text() const;
};

[[nodiscard]] LoadResult run_load(const Load& load, int expected_status);

}  // namespace bench
