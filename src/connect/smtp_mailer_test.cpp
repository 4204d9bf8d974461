#include "connect/smtp_mailer.h"

#include <thread>

#include <arpa/inet.h>
#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <netinet/in.h>
#include <poll.h>
#include <sys/socket.h>
#include <unistd.h>

#include "connect/mail_text.h"

namespace connectors {
namespace {

using testing::HasSubstr;
using testing::StartsWith;

// Takes one connection on the loopback interface and speaks just enough SMTP.
class TinyServer {
 public:
  explicit TinyServer(std::string reply_to_rcpt) : reply_to_rcpt_(std::move(reply_to_rcpt)) {
    listener_ = ::socket(AF_INET, SOCK_STREAM, 0);
    sockaddr_in address{};
    address.sin_family = AF_INET;
    address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    socklen_t length = sizeof(address);
    auto* const raw = reinterpret_cast<sockaddr*>(&address);
    EXPECT_EQ(::bind(listener_, raw, length), 0);
    EXPECT_EQ(::listen(listener_, 1), 0);
    EXPECT_EQ(::getsockname(listener_, raw, &length), 0);
    port_ = ntohs(address.sin_port);
    thread_ = std::thread([this] { serve(); });
  }
  ~TinyServer() { join(); }
  TinyServer(const TinyServer&) = delete;
  TinyServer& operator=(const TinyServer&) = delete;

  [[nodiscard]] std::string url() const { return "smtp://127.0.0.1:" + std::to_string(port_); }
  void join() {
    if (thread_.joinable()) thread_.join();
    if (listener_ >= 0) ::close(listener_);
    listener_ = -1;
  }
  std::vector<std::string> commands;  // after join()
  std::string data;

 private:
  void serve() {
    pollfd waiting{listener_, POLLIN, 0};
    if (::poll(&waiting, 1, 5000) != 1) return;
    const int peer = ::accept(listener_, nullptr, nullptr);
    say(peer, "220 tiny");
    std::string received;
    bool in_data = false;
    for (char buffer[4096];;) {
      const ssize_t count = ::recv(peer, buffer, sizeof buffer, 0);
      if (count <= 0) break;
      received.append(buffer, static_cast<std::size_t>(count));
      for (std::size_t end = received.find("\r\n"); end != std::string::npos;
           end = received.find("\r\n")) {
        const std::string line = received.substr(0, end);
        received.erase(0, end + 2);
        in_data = in_data ? take_data(peer, line) : answer(peer, line);
      }
    }
    ::close(peer);
  }
  bool take_data(int peer, const std::string& line) {
    if (line != ".") {
      data += line + "\r\n";
      return true;
    }
    say(peer, "250 taken");
    return false;
  }
  bool answer(int peer, const std::string& line) {
    commands.push_back(line);
    if (line.starts_with("EHLO")) {
      say(peer, "250 tiny");
    } else if (line.starts_with("RCPT")) {
      say(peer, reply_to_rcpt_);
    } else if (line.starts_with("DATA")) {
      say(peer, "354 go on");
      return true;
    } else if (line.starts_with("QUIT")) {
      say(peer, "221 bye");
    } else {
      say(peer, "250 ok");
    }
    return false;
  }
  static void say(int peer, const std::string& line) {
    const std::string text = line + "\r\n";
    EXPECT_EQ(::send(peer, text.data(), text.size(), MSG_NOSIGNAL),
              static_cast<ssize_t>(text.size()));
  }

  std::string reply_to_rcpt_;
  int listener_ = -1;
  int port_ = 0;
  std::thread thread_;
};

Mail mail() {
  return {.from_name = "Một Cửa",
          .from = "khong-tra-loi@motcua.example",
          .to = "an@example.vn",
          .subject = "Hồ sơ đã được tiếp nhận",
          .text = "Kính gửi An,\n.\nDòng sau dấu chấm.\n",
          .language = "vi",
          .effect = "d1/2",
          .at = *calendar::parse_instant("2026-08-20T10:05:07+07:00")};
}

SmtpOptions options(const std::string& url) {
  SmtpOptions made;
  made.url = url;
  made.timeout = std::chrono::seconds(5);
  return made;
}

TEST(SmtpMailer, HandsTheMailOver) {
  TinyServer server("250 ok");
  SmtpMailer mailer(options(server.url()));
  const auto sent = mailer.send(mail());
  ASSERT_TRUE(sent) << sent.error().message;
  server.join();
  EXPECT_THAT(server.commands, testing::Contains(HasSubstr("FROM:<khong-tra-loi@motcua.example>")));
  EXPECT_THAT(server.commands, testing::Contains(HasSubstr("TO:<an@example.vn>")));
  EXPECT_THAT(server.data, HasSubstr("Subject: =?UTF-8?B?"));
  // A line of one point does not end the mail: it is doubled on its way.
  EXPECT_THAT(server.data, HasSubstr("\r\n..\r\n"));
  EXPECT_THAT(server.data, HasSubstr("sau d=E1=BA=A5u"));
}

TEST(SmtpMailer, TellsRefusedForGoodFromNotNow) {
  for (const auto& [reply, code] : {std::pair{"550 no such user", base::FaultCode::invalid},
                                    std::pair{"451 try later", base::FaultCode::unavailable}}) {
    SCOPED_TRACE(reply);
    TinyServer server(reply);
    const auto sent = SmtpMailer(options(server.url())).send(mail());
    ASSERT_FALSE(sent);
    EXPECT_EQ(sent.error().code, code);
    EXPECT_THAT(sent.error().message, testing::Not(HasSubstr("an@example.vn")));
  }
}

TEST(SmtpMailer, ServerThatIsNotThereMayComeBack) {
  std::string url;
  {
    TinyServer server("250 ok");
    url = server.url();
    (void)SmtpMailer(options(url)).send(mail());
  }
  const auto sent = SmtpMailer(options(url)).send(mail());
  ASSERT_FALSE(sent);
  EXPECT_EQ(sent.error().code, base::FaultCode::unavailable);
  EXPECT_THAT(sent.error().message, StartsWith("mail server:"));
}

TEST(SmtpMailer, TlsThatIsRequiredIsNotGivenUp) {
  TinyServer server("250 ok");
  SmtpOptions strict = options(server.url());
  strict.require_tls = true;
  EXPECT_FALSE(SmtpMailer(strict).send(mail()));
  server.join();
  EXPECT_EQ(server.data, "");
}

TEST(SmtpMailer, SpeaksSmtpOnlyAndToAddressesOnly) {
  EXPECT_FALSE(SmtpMailer(options("file:///etc/passwd")).send(mail()));
  EXPECT_FALSE(SmtpMailer(options("http://127.0.0.1:1/")).send(mail()));
  Mail nowhere = mail();
  nowhere.to = "an";
  const auto sent = SmtpMailer(options("smtp://127.0.0.1:1")).send(nowhere);
  ASSERT_FALSE(sent);
  EXPECT_EQ(sent.error().code, base::FaultCode::invalid);
}

}  // namespace
}  // namespace connectors
