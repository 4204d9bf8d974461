#include "connect/outbox_runner.h"

namespace connectors {

namespace {

constexpr std::chrono::seconds kFirstDelay{30};
constexpr int kDoublings = 5;     // 30, 60, 120, 240, 480 s
constexpr int kHourlyTries = 24;  // then hourly for a day

bool is_hopeless(const base::Fault& fault) {
  return fault.code == base::FaultCode::invalid || fault.code == base::FaultCode::not_found;
}

}  // namespace

std::optional<std::chrono::seconds> retry_delay(int failed_attempts) {
  if (failed_attempts <= kDoublings) {
    return kFirstDelay * (1 << (failed_attempts < 1 ? 0 : failed_attempts - 1));
  }
  if (failed_attempts <= kDoublings + kHourlyTries) return std::chrono::hours{1};
  return std::nullopt;
}

OutboxRunner::OutboxRunner(casework::Store& store, casework::EventClock& clock,
                           std::map<std::string, Deliverer*> deliverers, Report report,
                           Options options)
    : store_(store),
      clock_(clock),
      deliverers_(std::move(deliverers)),
      report_(std::move(report)),
      options_(options) {}

OutboxRunner::~OutboxRunner() {
  stop();
}

void OutboxRunner::start() {
  if (thread_.joinable()) return;
  {
    const std::scoped_lock lock(mutex_);
    stopping_ = false;
  }
  thread_ = std::thread([this] { run(); });
}

void OutboxRunner::notify() {
  {
    const std::scoped_lock lock(mutex_);
    notified_ = true;
  }
  wake_.notify_one();
}

void OutboxRunner::stop() {
  {
    const std::scoped_lock lock(mutex_);
    stopping_ = true;
  }
  wake_.notify_one();
  if (thread_.joinable()) thread_.join();
}

base::Outcome<int> OutboxRunner::run_once() {
  return round(false);
}

bool OutboxRunner::is_stopping() {
  const std::scoped_lock lock(mutex_);
  return stopping_;
}

void OutboxRunner::run() {
  while (!is_stopping()) {
    // A dossier's next row becomes due when the one before is done: go on until nothing is.
    const auto attempted = round(true);
    if (attempted && *attempted > 0) continue;
    std::unique_lock lock(mutex_);
    wake_.wait_for(lock, options_.interval, [this] { return notified_ || stopping_; });
    notified_ = false;
  }
}

base::Outcome<int> OutboxRunner::round(bool until_stopped) {
  const auto rows = TRY(store_.outbox_due(clock_.now(), options_.batch));
  int attempted = 0;
  for (const casework::OutboxRow& row : rows) {
    if (until_stopped && is_stopping()) break;
    TRY(attempt(row));
    ++attempted;
  }
  return attempted;
}

base::Outcome<base::Done> OutboxRunner::deliver(const casework::OutboxRow& row) {
  const auto found = deliverers_.find(row.kind);
  if (found == deliverers_.end()) {
    return base::fault(base::FaultCode::not_found, "nothing delivers rows of kind " + row.kind);
  }
  return found->second->deliver(row);
}

base::Outcome<base::Done> OutboxRunner::attempt(const casework::OutboxRow& row) {
  DeliveryReport report{.row = row.id, .kind = row.kind, .attempt = row.attempts + 1};
  const auto delivered = deliver(row);
  const casework::Instant now = clock_.now();
  if (delivered) {
    TRY(store_.outbox_done(row.id, now));
  } else {
    report.fault = delivered.error();
    const auto delay = is_hopeless(report.fault) ? std::nullopt : retry_delay(report.attempt);
    report.state = delay.has_value() ? DeliveryState::to_retry : DeliveryState::set_aside;
    TRY(store_.outbox_retry(
        row.id, delay.has_value() ? now + *delay : now + casework::Instant::duration{kSetAsideFor},
        report.fault.message));
  }
  if (report_) report_(report);
  return base::Done{};
}

}  // namespace connectors
