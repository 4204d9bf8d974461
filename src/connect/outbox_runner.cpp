#include "connect/outbox_runner.h"

namespace connectors {

namespace {

constexpr std::chrono::seconds kFirstDelay{30};
constexpr int kDoublings = 5;     // 30, 60, 120, 240, 480 s
constexpr int kHourlyTries = 24;  // then hourly for a day
constexpr std::chrono::hours kLongestDelay{1};

bool is_hopeless(const base::Fault& fault) {
  return fault.code == base::FaultCode::invalid || fault.code == base::FaultCode::not_found;
}

}  // namespace

std::optional<std::chrono::seconds> retry_delay(int failed_attempts) {
  if (failed_attempts <= kDoublings) {
    return kFirstDelay * (1 << (failed_attempts < 1 ? 0 : failed_attempts - 1));
  }
  if (failed_attempts <= kDoublings + kHourlyTries) return kLongestDelay;
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
  if (!threads_.empty()) return;
  {
    const std::scoped_lock lock(mutex_);
    stopping_ = false;
  }
  for (int i = 0; i < options_.threads; ++i) threads_.emplace_back([this] { run(); });
}

void OutboxRunner::notify() {
  {
    const std::scoped_lock lock(mutex_);
    ++notified_;
  }
  wake_.notify_all();
}

void OutboxRunner::stop() {
  {
    const std::scoped_lock lock(mutex_);
    stopping_ = true;
  }
  wake_.notify_all();
  for (std::thread& thread : threads_) thread.join();
  threads_.clear();
}

base::Outcome<int> OutboxRunner::run_once() {
  int attempts = 0;
  while (TRY(step())) ++attempts;
  return attempts;
}

bool OutboxRunner::is_stopping() {
  const std::scoped_lock lock(mutex_);
  return stopping_;
}

void OutboxRunner::run() {
  std::uint64_t seen = 0;
  while (!is_stopping()) {
    {
      const std::scoped_lock lock(mutex_);
      seen = notified_;
    }
    // A dossier's next row becomes due when the one before is done: go on until nothing is.
    const auto attempted = step();
    if (attempted && *attempted) continue;
    std::unique_lock lock(mutex_);
    wake_.wait_for(lock, options_.interval, [&] { return notified_ != seen || stopping_; });
  }
}

base::Outcome<bool> OutboxRunner::step() {
  const casework::Instant now = clock_.now();
  casework::OutboxClaim claim{.now = now, .until = now + kClaim};
  if (const auto kind = pauses_.begin_probe(now)) {
    claim.only_kind = *kind;
    const auto probed = take_and_attempt(claim);
    if (probed && *probed) return true;
    pauses_.end_probe(*kind);
    if (!probed) return probed;
    claim.only_kind.clear();
  }
  claim.except_kinds = pauses_.paused();
  return take_and_attempt(claim);
}

base::Outcome<bool> OutboxRunner::take_and_attempt(const casework::OutboxClaim& claim) {
  const auto rows = TRY(store_.outbox_claim(claim));
  for (const casework::OutboxRow& row : rows) TRY(attempt(row));
  return !rows.empty();
}

base::Outcome<base::Done> OutboxRunner::deliver(const casework::OutboxRow& row) {
  // A row at which the program ended again and again must not end it for ever.
  if (row.in_doubt && !retry_delay(row.attempts).has_value()) {
    return base::fault(base::FaultCode::invalid, "each attempt ended with the program");
  }
  const auto found = deliverers_.find(row.kind);
  if (found == deliverers_.end()) {
    return base::fault(base::FaultCode::not_found, "nothing delivers rows of kind " + row.kind);
  }
  return found->second->deliver(row);
}

base::Outcome<base::Done> OutboxRunner::attempt(const casework::OutboxRow& row) {
  DeliveryReport report{
      .row = row.id, .kind = row.kind, .attempt = row.attempts + 1, .in_doubt = row.in_doubt};
  const auto delivered = deliver(row);
  if (delivered) {
    TRY(store_.outbox_done(row.id, clock_.now()));
  } else {
    report.fault = delivered.error();
    TRY(keep_failure(row, report));
  }
  if (report.fault.code != base::FaultCode::unavailable && pauses_.answered(row.kind)) {
    TRY(store_.outbox_hasten(row.kind, clock_.now()));
  }
  const std::scoped_lock lock(report_mutex_);
  if (report_) report_(report);
  return base::Done{};
}

base::Outcome<base::Done> OutboxRunner::keep_failure(const casework::OutboxRow& row,
                                                     DeliveryReport& report) {
  const casework::Instant now = clock_.now();
  auto delay = is_hopeless(report.fault) ? std::nullopt : retry_delay(report.attempt);
  if (report.fault.code == base::FaultCode::unavailable) {
    // It is not the row that fails: it waits for the peer, however long.
    if (pauses_.failed(row.kind, row.dossier_id, now) && !delay.has_value()) delay = kLongestDelay;
  }
  report.state = delay.has_value() ? DeliveryState::to_retry : DeliveryState::set_aside;
  return store_.outbox_retry(
      row.id, report.attempt,
      delay.has_value() ? now + *delay : now + casework::Instant::duration{kSetAsideFor},
      report.fault.message);
}

}  // namespace connectors
