#pragma once
// channel_pauses.h - which kinds of row are left alone because their peer as a whole does not
// answer.
//
// A row that fails alone is the row's affair.  When several of different dossiers fail one after
// the other because the peer cannot be reached, trying each of them would wear out their attempts:
// the kind pauses, and one row at a time probes whether the peer is back (after 30 s, doubling to 8
// minutes).
#include <chrono>
#include <cstdint>
#include <map>
#include <mutex>
#include <optional>
#include <set>
#include <string>
#include <vector>

#include "calendar/instant.h"

namespace connectors {

// Thread-safe.  Remembers nothing beyond the process: after a start each peer is tried anew.
class ChannelPauses {
 public:
  static constexpr int kFailures = 5;          // in a row …
  static constexpr std::size_t kDossiers = 3;  // … of at least so many
  static constexpr std::chrono::seconds kFirst{30};
  static constexpr std::chrono::seconds kLongest{480};

  // The peer did not answer; true: the kind pauses (now or still).
  bool failed(const std::string& kind, const std::string& dossier, calendar::Instant now);
  // The peer answered, whatever it said; true: the kind had paused.
  bool answered(const std::string& kind);

  // The kinds that are not to be taken.
  [[nodiscard]] std::vector<std::string> paused() const;
  // A paused kind whose time for a probe has come; nobody else is told it until the probe ended.
  [[nodiscard]] std::optional<std::string> begin_probe(calendar::Instant now);
  // There was nothing to probe with.
  void end_probe(const std::string& kind);

 private:
  struct Channel {
    int failures = 0;
    std::set<std::string> dossiers;
    std::optional<calendar::Instant> probe_at;  // paused
    std::chrono::seconds delay{0};
    bool probing = false;
  };
  mutable std::mutex mutex_;
  std::map<std::string, Channel> channels_;
};

}  // namespace connectors
