#pragma once
// child_server.h - `motcua serve` as a child process, timed from its birth.
#include <cstdint>
#include <filesystem>
#include <string>
#include <vector>

#include <sys/types.h>

#include "figure.h"

namespace bench {

struct Memory {
  double resident_mib = 0;  // VmRSS
  double peak_mib = 0;      // VmHWM
  double own_mib = 0;       // RssAnon: without pages of mapped files
  [[nodiscard]] std::string text() const;
};

class ChildServer {
 public:
  // Starts it on a free port of 127.0.0.1 and waits until it says where it listens.
  ChildServer(const std::filesystem::path& program, const std::filesystem::path& data,
              const std::vector<std::string>& more_arguments = {});
  // Asks it to end and waits.
  ~ChildServer();
  ChildServer(const ChildServer&) = delete;
  ChildServer& operator=(const ChildServer&) = delete;

  [[nodiscard]] std::uint16_t port() const { return port_; }
  [[nodiscard]] Stopwatch::time_point born() const { return born_; }
  [[nodiscard]] Memory memory() const;
  // Seconds of processor time: of all its threads, and of the one that used most.
  struct Processor {
    double all = 0;
    double busiest = 0;
  };
  [[nodiscard]] Processor processor_seconds() const;

 private:
  pid_t pid_ = -1;
  int output_ = -1;
  std::uint16_t port_ = 0;
  Stopwatch::time_point born_;
};

}  // namespace bench
