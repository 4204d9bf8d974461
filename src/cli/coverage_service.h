#pragma once
// coverage_service.h - what a server does about coverage while it runs: keeps it counted, calls
// duty holders, raises alarms, and shows operators the figures.
#include <memory>
#include <string>
#include <thread>

#include "casework/workplace.h"
#include "cli/log_file.h"
#include "http/server.h"
#include "insight/coverage_watch.h"

namespace cli {

class CoverageService {
 public:
  CoverageService(casework::Workplace& workplace, LogFile& log);
  ~CoverageService();  // stops
  CoverageService(const CoverageService&) = delete;
  CoverageService& operator=(const CoverageService&) = delete;

  [[nodiscard]] insight::CoverageWatch& watch() { return watch_; }
  // GET /metrics on an address of its own, which the outside must not reach.  Before start().
  [[nodiscard]] base::Outcome<base::Done> show_metrics(const std::string& host, std::uint16_t port);
  void start();
  void stop();

 private:
  void run(const std::stop_token& stop);
  void round();
  void tell(const std::string& trouble);

  casework::Workplace& workplace_;
  LogFile& log_;
  insight::CoverageWatch watch_;
  std::unique_ptr<http::Server> metrics_;
  std::string told_;
  std::jthread thread_;
  std::thread metrics_thread_;
};

}  // namespace cli
