// Against an authority behind a small server of HTTP: its stamps come back checked, and what is no
// stamp of the text is told as what it is.
#include "connect/timestamp_authority.h"

#include <functional>
#include <thread>

#include <arpa/inet.h>
#include <gtest/gtest.h>
#include <poll.h>
#include <sys/socket.h>
#include <unistd.h>

#include "journal/test_timestamp_authority.h"
#include "journal/timestamp.h"

namespace connectors {
namespace {

// Takes one request on the loopback interface and answers with what `answer` makes of its body.
class OneAnswer {
 public:
  using Answer = std::function<std::string(const std::string& body)>;
  explicit OneAnswer(Answer answer, std::string status = "200 OK")
      : answer_(std::move(answer)), status_(std::move(status)) {
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
  ~OneAnswer() {
    thread_.join();
    ::close(listener_);
  }
  OneAnswer(const OneAnswer&) = delete;
  OneAnswer& operator=(const OneAnswer&) = delete;

  [[nodiscard]] std::string url() const {
    return "http://127.0.0.1:" + std::to_string(port_) + "/tsa";
  }

 private:
  void serve() {
    pollfd waiting{listener_, POLLIN, 0};
    if (::poll(&waiting, 1, 5000) != 1) return;
    const int peer = ::accept(listener_, nullptr, nullptr);
    std::string received;
    for (char buffer[4096]; !is_whole(received);) {
      const ssize_t count = ::recv(peer, buffer, sizeof buffer, 0);
      if (count <= 0) break;
      received.append(buffer, static_cast<std::size_t>(count));
    }
    EXPECT_NE(received.find("Content-Type: application/timestamp-query"), std::string::npos);
    const std::string body = answer_(received.substr(received.find("\r\n\r\n") + 4));
    const std::string text = "HTTP/1.1 " + status_ +
                             "\r\nContent-Type: application/timestamp-reply\r\nContent-Length: " +
                             std::to_string(body.size()) + "\r\nConnection: close\r\n\r\n" + body;
    for (std::size_t sent = 0; sent < text.size();) {
      const ssize_t count = ::send(peer, text.data() + sent, text.size() - sent, MSG_NOSIGNAL);
      if (count <= 0) break;  // it may hang up when it has seen enough
      sent += static_cast<std::size_t>(count);
    }
    ::close(peer);
  }
  static bool is_whole(const std::string& received) {
    const std::size_t end = received.find("\r\n\r\n");
    const std::size_t length = received.find("Content-Length: ");
    if (end == std::string::npos || length == std::string::npos) return false;
    return received.size() >= end + 4 + std::stoul(received.substr(length + 16));
  }

  Answer answer_;
  std::string status_;
  int listener_ = -1;
  int port_ = 0;
  std::thread thread_;
};

class StampedOverHttp : public testing::Test {
 protected:
  static void SetUpTestSuite() { authority_ = new journal::test::TimestampAuthority; }
  static void TearDownTestSuite() {
    delete authority_;
    authority_ = nullptr;
  }
  static inline journal::test::TimestampAuthority* authority_ = nullptr;

  base::Outcome<std::string> stamp(const OneAnswer& server) {
    return TimestampAuthority(server.url(), authority_->read("ca.pem"), random_).stamp("the head");
  }
  base::SeededRandom random_{5};
};

TEST_F(StampedOverHttp, TheTokenComesBackAndHolds) {
  const OneAnswer server([](const std::string& query) { return authority_->reply(query); });
  const auto token = stamp(server);
  ASSERT_TRUE(token) << token.error().message;
  EXPECT_TRUE(journal::verify_timestamp(*token, "the head", authority_->read("ca.pem")));
}

TEST_F(StampedOverHttp, AnAnswerToAnotherQuestionIsNoProof) {
  std::string earlier;
  {
    const OneAnswer server(
        [&](const std::string& query) { return earlier = authority_->reply(query); });
    ASSERT_TRUE(stamp(server));
  }
  const OneAnswer server([&](const std::string&) { return earlier; });
  const auto replayed = stamp(server);
  ASSERT_FALSE(replayed) << "the same stamp for another question";
  EXPECT_EQ(replayed.error().code, base::FaultCode::invalid);
}

TEST_F(StampedOverHttp, WhatIsNoAnswerIsToldAsSuch) {
  {
    const OneAnswer server([](const std::string&) { return "<html>login</html>"; });
    EXPECT_FALSE(stamp(server));
  }
  {
    const OneAnswer server([](const std::string&) { return std::string(1'000'000, 'x'); });
    const auto endless = stamp(server);
    ASSERT_FALSE(endless) << "it stops reading";
    EXPECT_EQ(endless.error().code, base::FaultCode::unavailable);
  }
  const OneAnswer server([](const std::string& query) { return authority_->reply(query); },
                         "503 Service Unavailable");
  const auto refused = stamp(server);
  ASSERT_FALSE(refused);
  EXPECT_EQ(refused.error().code, base::FaultCode::unavailable);
}

TEST_F(StampedOverHttp, NobodyThereIsUnavailable) {
  const auto nobody =
      TimestampAuthority("http://127.0.0.1:9/tsa", authority_->read("ca.pem"), random_).stamp("x");
  ASSERT_FALSE(nobody);
  EXPECT_EQ(nobody.error().code, base::FaultCode::unavailable);
}

}  // namespace
}  // namespace connectors
