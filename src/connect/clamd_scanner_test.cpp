#include "connect/clamd_scanner.h"

#include <array>
#include <atomic>
#include <filesystem>
#include <thread>

#include <gtest/gtest.h>
#include <sys/socket.h>
#include <sys/un.h>
#include <unistd.h>

namespace connectors {
namespace {

using namespace std::string_view_literals;

// Answers as clamd does, or as it should not.
class FakeClamd {
 public:
  explicit FakeClamd(std::string reply, std::string version = "ClamAV 1.4.6/27500/Mon")
      : reply_(std::move(reply)), version_(std::move(version)) {
    std::string name = (std::filesystem::temp_directory_path() / "motcua-clamd-XXXXXX").string();
    folder_ = ::mkdtemp(name.data());
    path_ = folder_ + "/socket";
    listener_ = ::socket(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0);
    sockaddr_un address{};
    address.sun_family = AF_UNIX;
    path_.copy(address.sun_path, sizeof address.sun_path - 1);
    EXPECT_EQ(::bind(listener_, reinterpret_cast<const sockaddr*>(&address), sizeof address), 0);
    ::listen(listener_, 8);
    thread_ = std::thread([this] { serve(); });
  }
  ~FakeClamd() {
    ::shutdown(listener_, SHUT_RDWR);
    thread_.join();
    ::close(listener_);
    std::filesystem::remove_all(folder_);
  }
  FakeClamd(const FakeClamd&) = delete;
  FakeClamd& operator=(const FakeClamd&) = delete;

  [[nodiscard]] const std::string& path() const { return path_; }
  std::string received;  // of the last stream

 private:
  void serve() {
    for (;;) {
      const int one = ::accept(listener_, nullptr, nullptr);
      if (one < 0) return;
      answer(one);
      ::close(one);
    }
  }
  std::string take(int from, std::size_t size) {
    std::string text;
    std::array<char, 4096> piece{};
    while (text.size() < size) {
      const ssize_t got = ::recv(from, piece.data(), std::min(piece.size(), size - text.size()), 0);
      if (got <= 0) break;
      text.append(piece.data(), static_cast<std::size_t>(got));
    }
    return text;
  }
  void say(int to, const std::string& text) {
    const std::string whole = text + '\0';
    ::send(to, whole.data(), whole.size(), MSG_NOSIGNAL);
  }
  void answer(int one) {
    const std::string command = take(one, 9);  // "zVERSION\0", or the beginning of the other one
    if (command == "zVERSION\0"sv) return say(one, version_);
    take(one, 1);
    if (reply_ == "hang up") return;
    std::string all;
    for (;;) {
      const std::string head = take(one, 4);
      if (head.size() < 4) return;
      std::size_t size = 0;
      for (const char c : head) size = size << 8U | static_cast<unsigned char>(c);
      if (size == 0) break;
      all += take(one, size);
    }
    received = all;
    if (reply_ == "silence") {
      std::this_thread::sleep_for(std::chrono::milliseconds{400});
      return;
    }
    say(one, reply_);
  }

  std::string reply_, version_, folder_, path_;
  int listener_ = -1;
  std::thread thread_;
};

base::Outcome<casework::ScanVerdict> asked(const FakeClamd& clamd, std::string_view bytes) {
  ClamdScanner scanner(
      {.address = clamd.path(), .timeout = std::chrono::milliseconds{200}, .bytes_max = 3'000'000});
  return scanner.scan(bytes);
}

TEST(ClamdScanner, TellsWhatClamdSaysWithItsVersion) {
  FakeClamd clamd("stream: OK");
  const std::string bytes(700'000, 'a');
  const auto verdict = asked(clamd, bytes);
  ASSERT_TRUE(verdict) << verdict.error().message;
  EXPECT_FALSE(verdict->infected);
  EXPECT_EQ(verdict->engine, "ClamAV 1.4.6/27500/Mon");
  EXPECT_EQ(clamd.received, bytes);
}

TEST(ClamdScanner, NamesWhatWasFound) {
  const FakeClamd clamd("stream: Eicar-Signature FOUND");
  const auto verdict = asked(clamd, "x");
  ASSERT_TRUE(verdict);
  EXPECT_TRUE(verdict->infected);
  EXPECT_EQ(verdict->threat, "Eicar-Signature");
}

TEST(ClamdScanner, TakesNoOtherAnswerForAVerdict) {
  for (const char* reply : {"stream: Access denied. ERROR", "OK", "stream: OKAY", "stream:  FOUND",
                            "", "hang up", "silence", "UNKNOWN COMMAND"}) {
    const FakeClamd clamd(reply);
    const auto verdict = asked(clamd, "x");
    ASSERT_FALSE(verdict) << reply;
    EXPECT_EQ(verdict.error().code, base::FaultCode::unavailable) << reply;
  }
  const FakeClamd stranger("stream: OK", "220 mail.example ESMTP");
  EXPECT_FALSE(asked(stranger, "x"));
}

TEST(ClamdScanner, SaysWhatIsTooLarge) {
  const FakeClamd clamd("INSTREAM size limit exceeded. ERROR");
  EXPECT_EQ(asked(clamd, "x").error().code, base::FaultCode::exhausted);
  EXPECT_EQ(asked(clamd, std::string(3'000'001, 'x')).error().code, base::FaultCode::exhausted);
}

TEST(ClamdScanner, IsDownWhereNobodyListens) {
  for (const char* address :
       {"/nowhere/clamd.ctl", "127.0.0.1:1", "nonsense", "no.such.host:3310"}) {
    ClamdScanner scanner({.address = address, .timeout = std::chrono::milliseconds{300}});
    const auto verdict = scanner.scan("x");
    ASSERT_FALSE(verdict) << address;
    EXPECT_EQ(verdict.error().code, base::FaultCode::unavailable) << address;
  }
}

}  // namespace
}  // namespace connectors
