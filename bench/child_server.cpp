#include "child_server.h"

#include <algorithm>
#include <array>
#include <charconv>
#include <csignal>
#include <fstream>
#include <sstream>

#include <fcntl.h>
#include <sys/prctl.h>
#include <sys/wait.h>
#include <unistd.h>

namespace bench {

namespace {

constexpr std::string_view kBeforePort = "http://127.0.0.1:";

// Reads until the server has printed its address; the port, or 0 where it ended before.
std::uint16_t read_port(int output) {
  std::string said;
  std::array<char, 4096> block{};
  for (;;) {
    const ssize_t got = ::read(output, block.data(), block.size());
    if (got <= 0) return 0;
    said.append(block.data(), static_cast<std::size_t>(got));
    const std::size_t at = said.find(kBeforePort);
    if (at == std::string::npos ||
        said.find_first_of(" /\n", at + kBeforePort.size()) == std::string::npos) {
      continue;
    }
    std::uint16_t port = 0;
    std::from_chars(said.data() + at + kBeforePort.size(), said.data() + said.size(), port);
    return port;
  }
}

// User and system time in a `stat` file of /proc.
double seconds_in(const std::filesystem::path& stat) {
  std::ifstream file(stat);
  std::string text;
  std::getline(file, text);
  const std::size_t behind_name = text.rfind(')');
  if (behind_name == std::string::npos) return 0;
  std::istringstream words(text.substr(behind_name + 2));
  std::string skipped;
  for (int i = 0; i < 11; ++i) words >> skipped;
  double user = 0;
  double system = 0;
  words >> user >> system;
  return (user + system) / static_cast<double>(::sysconf(_SC_CLK_TCK));
}

}  // namespace

ChildServer::ChildServer(const std::filesystem::path& program, const std::filesystem::path& data,
                         const std::vector<std::string>& more_arguments)
    : born_(Stopwatch::now()) {
  std::array<int, 2> ends{};
  if (::pipe2(ends.data(), O_CLOEXEC) != 0) give_up("no pipe for the server's output");
  // One machine asks for a whole town: without the limits of one address.
  std::vector<std::string> words{program.string(), "serve",       "--data",       data.string(),
                                 "--listen",       "127.0.0.1:0", "--rate-limit", "off"};
  words.insert(words.end(), more_arguments.begin(), more_arguments.end());
  std::vector<char*> arguments;
  for (std::string& word : words) arguments.push_back(word.data());
  arguments.push_back(nullptr);
  pid_ = ::fork();
  if (pid_ < 0) give_up("the server cannot be started");
  if (pid_ == 0) {
    ::prctl(PR_SET_PDEATHSIG, SIGTERM);  // no server outlives its benchmark
    ::dup2(ends[1], STDOUT_FILENO);
    ::execv(arguments.front(), arguments.data());
    ::_exit(127);
  }
  ::close(ends[1]);
  output_ = ends[0];
  port_ = read_port(output_);
  if (port_ == 0) give_up(program.string() + " serve ended without an address");
}

ChildServer::~ChildServer() {
  ::kill(pid_, SIGTERM);
  ::waitpid(pid_, nullptr, 0);
  ::close(output_);
}

std::string Memory::text() const {
  return fixed(resident_mib, 0) + " MiB (" + fixed(own_mib, 0) + " without mapped files), peak " +
         fixed(peak_mib, 0) + " MiB";
}

Memory ChildServer::memory() const {
  std::ifstream status("/proc/" + std::to_string(pid_) + "/status");
  Memory memory;
  for (std::string line; std::getline(status, line);) {
    std::istringstream words(line);
    std::string name;
    double kib = 0;
    words >> name >> kib;
    if (name == "VmRSS:") memory.resident_mib = kib / 1024;
    if (name == "VmHWM:") memory.peak_mib = kib / 1024;
    if (name == "RssAnon:") memory.own_mib = kib / 1024;
  }
  return memory;
}

ChildServer::Processor ChildServer::processor_seconds() const {
  const std::filesystem::path process = "/proc/" + std::to_string(pid_);
  Processor processor{.all = seconds_in(process / "stat")};
  for (const auto& thread : std::filesystem::directory_iterator(process / "task")) {
    processor.busiest = std::max(processor.busiest, seconds_in(thread.path() / "stat"));
  }
  return processor;
}

}  // namespace bench
