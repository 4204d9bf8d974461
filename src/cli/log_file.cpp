#include "cli/log_file.h"

#include <boost/json.hpp>
#include <spdlog/logger.h>
#include <spdlog/pattern_formatter.h>
#include <spdlog/sinks/rotating_file_sink.h>
#include <spdlog/sinks/stdout_sinks.h>

#include "base/json.h"
#include "calendar/instant.h"

namespace cli {

struct LogFile::State {
  std::shared_ptr<spdlog::logger> logger;
};

namespace {

// The moment as everything else prints it, whatever the zone of the machine: +07:00.
class LocalMoment : public spdlog::custom_flag_formatter {
 public:
  void format(const spdlog::details::log_msg& message, const std::tm&,
              spdlog::memory_buf_t& into) override {
    const auto at = std::chrono::time_point_cast<std::chrono::milliseconds>(message.time);
    const std::string moment = calendar::to_iso(at);
    into.append(moment.data(), moment.data() + moment.size());
  }
  [[nodiscard]] std::unique_ptr<custom_flag_formatter> clone() const override {
    return std::make_unique<LocalMoment>();
  }
};

}  // namespace

LogFile::LogFile(std::unique_ptr<State> state) : state_(std::move(state)) {}
LogFile::~LogFile() = default;

base::Outcome<std::unique_ptr<LogFile>> LogFile::open(const std::filesystem::path& folder,
                                                      bool echo) {
  constexpr std::size_t kBytes = 32U * 1024 * 1024;
  try {
    std::filesystem::create_directories(folder);
    std::vector<spdlog::sink_ptr> sinks{std::make_shared<spdlog::sinks::rotating_file_sink_mt>(
        (folder / "motcua.log").string(), kBytes, 10)};
    if (echo) sinks.push_back(std::make_shared<spdlog::sinks::stderr_sink_mt>());
    auto state = std::make_unique<State>();
    state->logger = std::make_shared<spdlog::logger>("motcua", sinks.begin(), sinks.end());
    auto lines = std::make_unique<spdlog::pattern_formatter>();
    lines->add_flag<LocalMoment>('*').set_pattern(R"({"at":"%*",%v})");
    state->logger->set_formatter(std::move(lines));
    state->logger->flush_on(spdlog::level::warn);
    return std::unique_ptr<LogFile>{new LogFile(std::move(state))};
  } catch (const std::exception& error) {
    return base::fault(base::FaultCode::internal,
                       "cannot write the log in " + folder.string() + ": " + error.what());
  }
}

namespace {
std::string quoted(std::string_view text) {
  return base::to_text(base::json::value(base::json::string_view{text.data(), text.size()}));
}
}  // namespace

void LogFile::request(std::string_view method, std::string_view path, int status,
                      long long microseconds, std::string_view trace_id) {
  state_->logger->info(R"("event":"request","method":{},"path":{},"status":{},"us":{},"trace":{})",
                       quoted(method), quoted(path), status, microseconds, quoted(trace_id));
}
void LogFile::info(std::string_view message) {
  state_->logger->info(R"("event":"info","message":{})", quoted(message));
  state_->logger->flush();
}
void LogFile::error(std::string_view message, std::string_view trace_id) {
  state_->logger->error(R"("event":"error","message":{},"trace":{})", quoted(message),
                        quoted(trace_id));
}

}  // namespace cli
