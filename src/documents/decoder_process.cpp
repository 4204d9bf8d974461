#include "documents/decoder_process.h"

#include <array>
#include <cerrno>
#include <csignal>
#include <memory>
#include <new>

#include <fcntl.h>
#include <poll.h>
#include <spawn.h>
#include <sys/resource.h>
#include <sys/socket.h>
#include <sys/syscall.h>
#include <sys/wait.h>
#include <unistd.h>

#include "documents/confinement.h"

namespace documents {
namespace {

using Clock = std::chrono::steady_clock;

constexpr std::size_t kAnswerMax = 128UL * 1024 * 1024;

class Descriptor {
 public:
  explicit Descriptor(int number = -1) : number_(number) {}
  ~Descriptor() { close(); }
  Descriptor(const Descriptor&) = delete;
  Descriptor& operator=(const Descriptor&) = delete;
  void close() {
    if (number_ >= 0) ::close(number_);
    number_ = -1;
  }
  void set(int number) {
    close();
    number_ = number;
  }
  [[nodiscard]] int get() const { return number_; }

 private:
  int number_;
};

struct Pipe {
  Descriptor read, write;
  bool open() {
    std::array<int, 2> ends{};
    if (pipe2(ends.data(), O_CLOEXEC) != 0) return false;
    read.set(ends[0]);
    write.set(ends[1]);
    return true;
  }
  bool open_sockets() {
    std::array<int, 2> ends{};
    if (socketpair(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0, ends.data()) != 0) return false;
    read.set(ends[0]);
    write.set(ends[1]);
    return true;
  }
};

class Child {
 public:
  // False: it cannot be started.
  bool start(const DecoderProgram& program) {
    // A pair of sockets, for writing to who has ended must not end us by a signal.
    if (!to_.open_sockets() || !from_.open()) return false;
    posix_spawn_file_actions_t actions;
    posix_spawn_file_actions_init(&actions);
    posix_spawn_file_actions_adddup2(&actions, to_.read.get(), STDIN_FILENO);
    posix_spawn_file_actions_adddup2(&actions, from_.write.get(), STDOUT_FILENO);
    posix_spawn_file_actions_addopen(&actions, STDERR_FILENO, "/dev/null", O_WRONLY, 0);
    posix_spawnattr_t attributes;
    posix_spawnattr_init(&attributes);
    sigset_t none;
    sigemptyset(&none);
    posix_spawnattr_setsigmask(&attributes, &none);
    sigset_t all;
    sigfillset(&all);
    posix_spawnattr_setsigdefault(&attributes, &all);
    posix_spawnattr_setflags(&attributes, POSIX_SPAWN_SETSIGMASK | POSIX_SPAWN_SETSIGDEF);
    std::vector<char*> words;
    std::vector<std::string> copies = program.words;
    words.reserve(copies.size() + 1);
    for (std::string& word : copies) words.push_back(word.data());
    words.push_back(nullptr);
    std::array<char*, 1> no_environment{nullptr};
    const int failed =
        posix_spawn(&pid_, words[0], &actions, &attributes, words.data(), no_environment.data());
    posix_spawnattr_destroy(&attributes);
    posix_spawn_file_actions_destroy(&actions);
    to_.read.close();
    from_.write.close();
    if (failed != 0) pid_ = -1;
    return failed == 0;
  }

  // Hands it `question` and takes what it says until it closes its mouth; false: too late.
  bool talk(std::string_view question, std::string& answer, Clock::time_point until) {
    fcntl(to_.write.get(), F_SETFL, O_NONBLOCK);
    std::array<char, 64 * 1024> piece{};
    for (;;) {
      std::array<pollfd, 2> both{{{.fd = from_.read.get(), .events = POLLIN, .revents = 0},
                                  {.fd = to_.write.get(), .events = POLLOUT, .revents = 0}}};
      const auto left = std::chrono::ceil<std::chrono::milliseconds>(until - Clock::now()).count();
      if (left <= 0) return false;
      const int ready = poll(both.data(), to_.write.get() >= 0 ? 2 : 1, static_cast<int>(left));
      if (ready < 0 && errno == EINTR) continue;
      if (ready <= 0) return false;
      if (to_.write.get() >= 0 && both[1].revents != 0) {
        const ssize_t sent =
            ::send(to_.write.get(), question.data(), question.size(), MSG_NOSIGNAL);
        if (sent > 0) question.remove_prefix(static_cast<std::size_t>(sent));
        if ((sent < 0 && errno != EAGAIN && errno != EINTR) || question.empty()) {
          to_.write.close();
        }
      }
      if (both[0].revents != 0) {
        const ssize_t got = ::read(from_.read.get(), piece.data(), piece.size());
        if (got < 0 && errno == EINTR) continue;
        if (got <= 0) return true;
        if (answer.size() + static_cast<std::size_t>(got) > kAnswerMax) return false;
        answer.append(piece.data(), static_cast<std::size_t>(got));
      }
    }
  }

  // Ends it if it has not ended; true: by itself, with status 0.
  bool end(bool by_force, rusage& used) {
    if (by_force) ::kill(pid_, SIGKILL);
    int status = 0;
    while (wait4(pid_, &status, 0, &used) < 0 && errno == EINTR) {
    }
    return WIFEXITED(status) && WEXITSTATUS(status) == 0;
  }

 private:
  pid_t pid_ = -1;
  Pipe to_, from_;
};

// Reads the whole question; its length is not known before.
std::string read_all(int from) {
  std::string text;
  std::array<char, 64 * 1024> piece{};
  for (;;) {
    const ssize_t got = ::read(from, piece.data(), piece.size());
    if (got < 0 && errno == EINTR) continue;
    if (got <= 0) return text;
    text.append(piece.data(), static_cast<std::size_t>(got));
  }
}

bool write_all(int to, std::string_view text) {
  while (!text.empty()) {
    const ssize_t sent = ::write(to, text.data(), text.size());
    if (sent < 0 && errno == EINTR) continue;
    if (sent <= 0) return false;
    text.remove_prefix(static_cast<std::size_t>(sent));
  }
  return true;
}

base::Failure<casework::Failure> refuse_too_demanding() {
  return base::Failure{failure_of({.refusal = FileRefusal::too_demanding})};
}

}  // namespace

DecoderRun run_decoder(const DecoderProgram& program, std::string_view question,
                       const ProcessLimits& limits) {
  DecoderRun run;
  Child child;
  if (program.words.empty() || !child.start(program)) return run;
  const bool in_time = child.talk(question, run.answer, Clock::now() + limits.seconds);
  rusage used{};
  const bool well = child.end(!in_time, used);
  run.end = !in_time                      ? DecoderEnd::too_long
            : well && !run.answer.empty() ? DecoderEnd::answered
                                          : DecoderEnd::broke;
  run.peak_memory_bytes = used.ru_maxrss * 1024;
  run.processor = std::chrono::seconds{used.ru_utime.tv_sec + used.ru_stime.tv_sec} +
                  std::chrono::microseconds{used.ru_utime.tv_usec + used.ru_stime.tv_usec};
  return run;
}

int answer_as_decoder(const ProcessLimits& limits) {
  // Nothing of whoever started it.
  syscall(SYS_close_range, 3U, ~0U, 0U);
  const Confinement confinement = confine_this_process(limits);
  if (!confinement.limits) return 4;
  try {
    auto question = question_from_wire(read_all(STDIN_FILENO));
    if (!question) return 2;
    JudgementQuestion asked = std::move(question).value();
    // Files that are kept as they are need not travel back.
    const std::size_t size = asked.bytes.size();
    const auto answer = judge_upload(std::move(asked));
    const bool same = answer && answer->converted_from.empty() && answer->bytes.size() == size;
    return write_all(STDOUT_FILENO, to_wire(answer, same ? answer->bytes : std::string_view{})) ? 0
                                                                                                : 3;
  } catch (const std::bad_alloc&) {
    const casework::Answer<casework::InspectedUpload> refused = refuse_too_demanding();
    return write_all(STDOUT_FILENO, to_wire(refused, {})) ? 0 : 3;
  } catch (const std::exception&) {
    return 3;
  }
}

casework::Answer<casework::InspectedUpload> ConfinedIntake::inspect(casework::OfferedFile offered) {
  JudgementQuestion question{.rules = policy_.rules_for(offered.procedure, offered.component),
                             .picture = policy_.picture,
                             .name = std::move(offered.name),
                             .declared = std::move(offered.declared),
                             .bytes = std::move(offered.bytes)};
  const DecoderRun run = run_decoder(program_, to_wire(question), policy_.process);
  if (run.end == DecoderEnd::absent) {
    return casework::fail(casework::FailureKind::unavailable, "file-check-unavailable",
                          {"Chưa kiểm tra được tệp, nên chưa nhận. Vui lòng thử lại sau ít phút.",
                           "The file cannot be looked at now, so it was not taken. Please try "
                           "again in a few minutes."});
  }
  if (run.end != DecoderEnd::answered) return refuse_too_demanding();
  auto answer = answer_from_wire(run.answer, std::move(question.bytes));
  if (!answer) return refuse_too_demanding();
  return std::move(answer).value();
}

}  // namespace documents
