#include "cli/coverage_service.h"

#include <condition_variable>
#include <mutex>

#include "http/routes/coverage_routes.h"
#include "insight/alarm.h"

namespace cli {

namespace {

// An alarm is wanted within a minute, a dossier that nobody could take within seconds.
constexpr std::chrono::seconds kRound{4};

}  // namespace

CoverageService::CoverageService(casework::Workplace& workplace, LogFile& log)
    : workplace_(workplace), log_(log), watch_(workplace) {}

CoverageService::~CoverageService() {
  stop();
}

base::Outcome<base::Done> CoverageService::show_metrics(const std::string& host,
                                                        std::uint16_t port) {
  http::Router router;
  router.add(http::Method::get, "/metrics",
             [this](const http::Request&) {
               http::Response response;
               response.status = 200;
               response.headers.set("Content-Type", "text/plain; version=0.0.4; charset=utf-8");
               response.body = http::routes::metrics_text(workplace_, watch_);
               return response;
             },
             {.operation_id = "metrics", .max_body_bytes = {}, .body_types = {}});
  http::ServerOptions options;
  options.address = host;
  options.port = port;
  options.handler_threads = 2;
  metrics_ = std::make_unique<http::Server>(options, std::move(router));
  return metrics_->listen();
}

void CoverageService::start() {
  thread_ = std::jthread([this](const std::stop_token& stop) { run(stop); });
  if (metrics_ != nullptr) {
    metrics_thread_ = std::thread([this] { metrics_->run(); });
  }
}

void CoverageService::stop() {
  if (metrics_ != nullptr) metrics_->stop();
  if (metrics_thread_.joinable()) metrics_thread_.join();
  if (thread_.joinable()) {
    thread_.request_stop();
    thread_.join();
  }
}

void CoverageService::run(const std::stop_token& stop) {
  std::mutex mutex;
  std::condition_variable_any wake;
  std::unique_lock lock(mutex);
  do {
    round();
  } while (!wake.wait_for(lock, stop, kRound, [] { return false; }) && !stop.stop_requested());
}

// The same trouble is told once.
void CoverageService::tell(const std::string& trouble) {
  if (!trouble.empty() && trouble != told_) log_.error("coverage: " + trouble, "");
  told_ = trouble;
}

void CoverageService::round() {
  const casework::Instant now = workplace_.clock.now();
  const auto ahead = watch_.ahead(now + insight::kToldAhead);
  if (!ahead) return tell(ahead.error().message);
  const insight::CoverageView& view = *ahead->front();
  const auto stood_in = insight::stand_in(workplace_, view, now);
  if (!stood_in) return tell(stood_in.error().detail.en);
  const auto raised = insight::raise_alarms(workplace_, *ahead, *stood_in, now);
  if (!raised) return tell(raised.error().detail.en);
  std::string trouble;
  for (const auto& [code, why] : view.troubles) trouble += code + ": " + why + "; ";
  tell(trouble);
  if (!stood_in->called.empty() || !stood_in->released.empty()) {
    log_.info("coverage: " + std::to_string(stood_in->called.size()) +
              " dossiers given to duty holders, " + std::to_string(stood_in->released.size()) +
              " of them given back");
  }
  if (raised->told > 0) {
    log_.info("coverage: " + std::to_string(raised->told) + " gaps are news, " +
              std::to_string(raised->mails) + " mails");
  }
}

}  // namespace cli
