#pragma once
// log_file.h - the server's log: JSON lines in DIR/log/motcua.log, turned over by size.
//
// Without personal data: paths have no query, bodies are never written.
#include <filesystem>
#include <memory>
#include <string_view>

#include "base/fault.h"

namespace cli {

class LogFile {
 public:
  // `echo`: to stderr as well (-v).
  [[nodiscard]] static base::Outcome<std::unique_ptr<LogFile>> open(
      const std::filesystem::path& folder, bool echo);
  ~LogFile();
  LogFile(const LogFile&) = delete;
  LogFile& operator=(const LogFile&) = delete;

  // Thread-safe.
  void request(std::string_view method, std::string_view path, int status, long long microseconds,
               std::string_view trace_id);
  void info(std::string_view message);
  void error(std::string_view message, std::string_view trace_id);

 private:
  struct State;
  explicit LogFile(std::unique_ptr<State> state);
  std::unique_ptr<State> state_;
};

}  // namespace cli
