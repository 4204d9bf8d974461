#pragma once
// clamd_scanner.h - asks ClamAV's clamd whether a file is malicious, over a Unix or TCP socket.
//
//   ours  := "zINSTREAM\0" {size(4, big-endian) bytes} "\0\0\0\0"
//   reply := "stream: OK\0" | "stream: NAME FOUND\0" | … " ERROR\0"
//
// Source: clamd(8), "COMMANDS".  A reply that is none of these is no verdict, and neither is one
// that comes too late.
#include <chrono>
#include <mutex>
#include <string>
#include <string_view>

#include "casework/document_ports.h"

namespace connectors {

struct ClamdOptions {
  std::string address;                       // "/run/clamav/clamd.ctl" or "HOST:PORT"
  std::chrono::milliseconds timeout{8'000};  // of one file, all in all
  // clamd's StreamMaxLength: more is not sent.
  std::size_t bytes_max = 25UL * 1024 * 1024;
};

class ClamdScanner final : public casework::FileScanner {
 public:
  explicit ClamdScanner(ClamdOptions options) : options_(std::move(options)) {}

  // Faults: `unavailable` (not reached, too late, or an answer that is none), `exhausted` (too
  // large for it).
  [[nodiscard]] base::Outcome<casework::ScanVerdict> scan(std::string_view bytes) override;
  // "ClamAV 1.4.6/27500/Mon …": asked anew every few minutes.
  [[nodiscard]] base::Outcome<std::string> version();

 private:
  ClamdOptions options_;
  std::mutex mutex_;
  std::string version_;
  std::chrono::steady_clock::time_point version_until_{};
};

}  // namespace connectors
