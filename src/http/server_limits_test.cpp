// What a hostile, slow, or merely unlucky client sees.
#include <atomic>
#include <chrono>
#include <filesystem>
#include <fstream>
#include <future>
#include <iterator>
#include <memory>
#include <random>
#include <vector>

#include <gtest/gtest.h>

#include "base/random.h"
#include "http/server_test_client.h"
#include "http/server_test_gate.h"

namespace http {
namespace {

using std::chrono::milliseconds;
using std::chrono::steady_clock;
using test::Client;
using test::Gate;
using test::RunningServer;

class Folder {
 public:
  Folder()
      : path_(std::filesystem::temp_directory_path() /
              ("motcua-http-" + base::random_hex(base::system_random(), 8))) {
    std::filesystem::create_directories(path_);
  }
  ~Folder() { std::filesystem::remove_all(path_); }
  [[nodiscard]] const std::filesystem::path& path() const { return path_; }
  [[nodiscard]] bool empty() const { return std::filesystem::is_empty(path_); }

 private:
  std::filesystem::path path_;
};

Router small_router() {
  Router router;
  router.add(Method::get, "/api/hello", [](const Request&) { return text(200, "hello"); });
  router.add(Method::post, "/api/echo",
             [](const Request& request) { return text(200, request.body); });
  RouteOptions json_only;
  json_only.body_types = {"application/json"};
  router.add(Method::post, "/api/json", [](const Request&) { return text(200, "ok"); }, json_only);
  RouteOptions upload;
  upload.max_body_bytes = 20U * 1024 * 1024;
  upload.streamed_body = true;
  router.add(
      Method::post, "/api/files",
      [](const Request& request) {
        std::string content = request.body;
        if (request.body_file) {
          std::ifstream in(request.body_file->path, std::ios::binary);
          content.assign(std::istreambuf_iterator<char>(in), {});
          EXPECT_EQ(content.size(), request.body_file->size);
        }
        const std::size_t sum = std::hash<std::string>{}(content);
        return text(200, std::string{request.body_file ? "file " : "memory "} +
                             std::to_string(content.size()) + " " + std::to_string(sum));
      },
      upload);
  return router;
}

int status_of(RunningServer& running, std::string_view request) {
  Client client{running.port()};
  client.send(request);
  client.finish_sending();
  const auto answer = client.receive();
  if (answer.status >= 400) {
    EXPECT_TRUE(answer.has("application/problem+json")) << answer.head;
    EXPECT_TRUE(answer.body.find("\"trace_id\"") != std::string::npos) << answer.body;
  }
  return answer.status;
}

TEST(ServerLimits, MalformedAndAmbiguousRequestsAreRefused) {
  RunningServer running{{}, small_router()};
  struct Case {
    const char* request;
    int status;
  };
  const std::vector<Case> cases = {
      {"NONSENSE\r\n\r\n", 400},
      {"GET /api/hello HTTP/1.1\r\n\r\n", 400},                                // no Host
      {"GET /api/hello HTTP/1.1\r\nHost: a\r\nHost: b\r\n\r\n", 400},          // two
      {"GET /api/hello HTTP/1.1\r\nHost: a b\r\n\r\n", 400},                   // no host
      {"GET /api/hello HTTP/1.1\r\nHost: a/b\r\n\r\n", 400},                   //
      {"GET /api/hello HTTP/1.1\r\nHost: a@b\r\n\r\n", 400},                   //
      {"GET /api/hello HTTP/1.1\r\nHost: [::1]:8080\r\n\r\n", 200},            // an address
      {"GET /api/hello HTTP/1.1\r\nHost: a\r\nX y: 1\r\n\r\n", 400},           // space in a name
      {"GET /api/hello HTTP/1.1\r\nHost: a\r\nX: a\nY: b\r\n\r\n", 400},       // bare line feed
      {"GET /api/hello HTTP/1.1\r\nHost : a\r\n\r\n", 400},                    // space before colon
      {"GET /api/../etc HTTP/1.1\r\nHost: a\r\n\r\n", 400},                    // traversal
      {"GET /api/%2e%2e/etc HTTP/1.1\r\nHost: a\r\n\r\n", 400},                //
      {"GET /api/a%2Fb HTTP/1.1\r\nHost: a\r\n\r\n", 400},                     // hidden slash
      {"GET /api/%00 HTTP/1.1\r\nHost: a\r\n\r\n", 400},                       // NUL
      {"GET /api/%zz HTTP/1.1\r\nHost: a\r\n\r\n", 400},                       // not hexadecimal
      {"GET /api/%ff HTTP/1.1\r\nHost: a\r\n\r\n", 400},                       // not UTF-8
      {"GET api/hello HTTP/1.1\r\nHost: a\r\n\r\n", 400},                      // no slash
      {"OPTIONS * HTTP/1.1\r\nHost: a\r\n\r\n", 400},                          //
      {"GET http://a/api/hello HTTP/1.1\r\nHost: a\r\n\r\n", 200},             // absolute form
      {"GET /api/hello HTTP/1.7\r\nHost: a\r\n\r\n", 505},                     //
      {"GET /api/hello HTTP/3.0\r\nHost: a\r\n\r\n", 505},                     //
      {"POST /api/echo HTTP/1.1\r\nHost: a\r\nContent-Length: 3\r\n"           //
       "Transfer-Encoding: chunked\r\n\r\n0\r\n\r\n",                          //
       400},                                                                   // both lengths
      {"POST /api/echo HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked\r\n"  //
       "Content-Length: 3\r\n\r\n0\r\n\r\n",                                   //
       400},                                                                   //
      {"POST /api/echo HTTP/1.1\r\nHost: a\r\nContent-Length: 3\r\n"           //
       "Content-Length: 3\r\n\r\nabc",                                         //
       400},                                                                   // twice
      {"POST /api/echo HTTP/1.1\r\nHost: a\r\nContent-Length: -1\r\n\r\n", 400},  //
      {"POST /api/echo HTTP/1.1\r\nHost: a\r\nContent-Length: 3x\r\n\r\nabc", 400},
      {"POST /api/echo HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: gzip\r\n\r\n", 501},
      {"POST /api/echo HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked\r\n\r\nzz\r\n", 400},
      {"POST /api/echo HTTP/1.0\r\nHost: a\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n", 400},
      {"POST /api/echo HTTP/1.1\r\nHost: a\r\nExpect: miracles\r\nContent-Length: 1\r\n\r\na", 417},
  };
  for (const Case& c : cases) EXPECT_EQ(status_of(running, c.request), c.status) << c.request;
}

TEST(ServerLimits, TooLargeAHeaderIsToldSo) {
  RunningServer running{{}, small_router()};
  const std::string begin = "GET /api/hello HTTP/1.1\r\nHost: a\r\nX-Long: ";
  EXPECT_EQ(status_of(running, begin + std::string(7'000, 'x') + "\r\n\r\n"), 200);
  EXPECT_EQ(status_of(running, begin + std::string(9'000, 'x') + "\r\n\r\n"), 431);
  EXPECT_EQ(status_of(running, "GET /" + std::string(20'000, 'x')), 431);
}

TEST(ServerLimits, TooLargeABodyIsRefusedFromItsLength) {
  RunningServer running{{}, small_router()};
  Client client{running.port()};
  client.send("POST /api/echo HTTP/1.1\r\nHost: a\r\nContent-Length: 99999999\r\n\r\n");
  const auto answer = client.receive();
  EXPECT_EQ(answer.status, 413);
  EXPECT_TRUE(answer.has("Connection: close"));
  EXPECT_TRUE(client.is_closed_cleanly());
}

TEST(ServerLimits, AClientThatSends30MebibytesFirstStillReadsThe413) {
  Folder folder;
  ServerOptions options;
  options.upload_folder = folder.path();
  RunningServer running{std::move(options), small_router()};
  const std::string body(30U * 1024 * 1024, 'x');
  Client client{running.port()};
  EXPECT_TRUE(client.send(test::post("/api/files", body)));  // all of it, without a reset
  EXPECT_EQ(client.receive().status, 413);
  client.finish_sending();
  EXPECT_TRUE(client.is_closed_cleanly());
}

TEST(ServerLimits, TooLargeAChunkedBodyIsRefusedOnTheWay) {
  RunningServer running{{}, small_router()};
  std::string request = "POST /api/echo HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked\r\n\r\n";
  for (int i = 0; i < 20; ++i) request += "10000\r\n" + std::string(0x10000, 'x') + "\r\n";
  EXPECT_EQ(status_of(running, request + "0\r\n\r\n"), 413);
}

TEST(ServerLimits, ALargeUploadGoesThroughATemporaryFileThatIsRemoved) {
  Folder folder;
  ServerOptions options;
  options.upload_folder = folder.path();
  RunningServer running{std::move(options), small_router()};
  Client client{running.port()};
  std::string large(5'000'000, 'x');
  for (std::size_t i = 0; i < large.size(); i += 11) large[i] = static_cast<char>('a' + i % 26);
  const auto sum = [](const std::string& text) {
    return std::to_string(text.size()) + " " + std::to_string(std::hash<std::string>{}(text));
  };
  EXPECT_EQ(client.ask(test::post("/api/files", large)).body, "file " + sum(large));
  EXPECT_EQ(client.ask(test::post("/api/files", "small")).body, "memory " + sum("small"));
  EXPECT_TRUE(folder.empty());
  // Half an upload leaves nothing behind.
  {
    Client broken{running.port()};
    broken.send("POST /api/files HTTP/1.1\r\nHost: a\r\nContent-Length: 5000000\r\n\r\n" +
                large.substr(0, 1'000'000));
  }
  for (int i = 0; i < 400 && running.server().connection_count() > 1; ++i) {
    std::this_thread::sleep_for(milliseconds{5});
  }
  EXPECT_TRUE(folder.empty());
}

TEST(ServerLimits, AnUploadThatCannotBeStoredIsAnswered503) {
  ServerOptions options;
  options.upload_folder = "/nonexistent/folder";
  RunningServer running{std::move(options), small_router()};
  EXPECT_EQ(status_of(running, test::post("/api/files", std::string(1'000'000, 'x'))), 503);
}

TEST(ServerLimits, AClientThatExpectsContinueIsAnsweredBeforeItSends) {
  RunningServer running{{}, small_router()};
  Client client{running.port()};
  client.send(
      "POST /api/echo HTTP/1.1\r\nHost: a\r\nContent-Length: 5\r\nExpect: 100-continue\r\n\r\n");
  EXPECT_EQ(client.receive().status, 100);
  EXPECT_EQ(client.ask("hello").body, "hello");
  client.send(
      "POST /api/echo HTTP/1.1\r\nHost: a\r\nContent-Length: 9999999\r\n"
      "Expect: 100-continue\r\n\r\n");
  EXPECT_EQ(client.receive().status, 413);
}

TEST(ServerLimits, ABodyOfAnotherTypeIsRefused) {
  RunningServer running{{}, small_router()};
  EXPECT_EQ(status_of(running, test::post("/api/json", "{}", "Content-Type: text/plain\r\n")), 415);
  EXPECT_EQ(status_of(running, test::post("/api/json", "{}")), 415);
  EXPECT_EQ(status_of(running, test::post("/api/json", "{}",
                                          "Content-Type: Application/JSON; charset=utf-8\r\n")),
            200);
  EXPECT_EQ(status_of(running, test::post("/api/json", "")), 200);
}

TEST(ServerLimits, ARefusedBodyIsNeverTakenForTheNextRequest) {
  RunningServer running{{}, small_router()};
  Client client{running.port()};
  client.send(test::post("/api/nowhere", "GET /api/hello HTTP/1.1\r\nHost: a\r\n\r\n"));
  const auto answer = client.receive();
  EXPECT_EQ(answer.status, 404);
  EXPECT_TRUE(answer.has("Connection: close"));
  EXPECT_TRUE(client.is_closed_cleanly());
}

TEST(ServerLimits, ASlowHeaderEndsWith408) {
  ServerOptions options;
  options.header_timeout = milliseconds{100};
  RunningServer running{std::move(options), small_router()};
  Client client{running.port()};
  client.send("GET /api/hello HTTP/1.1\r\nHo");
  const auto begin = steady_clock::now();
  EXPECT_EQ(client.receive().status, 408);
  EXPECT_TRUE(client.is_closed_cleanly());
  EXPECT_LT(steady_clock::now() - begin, milliseconds{3000});
}

TEST(ServerLimits, ADripOfHeaderBytesDoesNotProlongTheTime) {
  ServerOptions options;
  options.header_timeout = milliseconds{150};
  RunningServer running{std::move(options), small_router()};
  Client client{running.port()};
  const auto begin = steady_clock::now();
  client.send("GET /api/hello HTTP/1.1\r\nHost: a\r\nX: ");
  std::thread drip{[&] {
    for (int i = 0; i < 40 && client.send("x"); ++i) std::this_thread::sleep_for(milliseconds{20});
  }};
  EXPECT_EQ(client.receive().status, 408);
  EXPECT_LT(steady_clock::now() - begin, milliseconds{700});
  drip.join();
}

TEST(ServerLimits, ASlowBodyEndsWith408AndAnIdleConnectionInSilence) {
  ServerOptions options;
  options.idle_timeout = milliseconds{100};
  RunningServer running{std::move(options), small_router()};
  Client idle{running.port()};
  Client slow{running.port()};
  slow.send("POST /api/echo HTTP/1.1\r\nHost: a\r\nContent-Length: 100\r\n\r\nabc");
  EXPECT_EQ(slow.receive().status, 408);
  EXPECT_EQ(idle.receive().status, 0);
}

TEST(ServerLimits, AFullQueueIsAnswered503WithRetryAfter) {
  Gate gate;
  Router router = small_router();
  router.add(Method::get, "/api/slow", [&](const Request&) {
    gate.pass();
    return text(200, "slow");
  });
  ServerOptions options;
  options.handler_threads = 1;
  options.handler_queue_limit = 2;
  RunningServer running{std::move(options), std::move(router)};
  constexpr std::string_view kSlow = "GET /api/slow HTTP/1.1\r\nHost: a\r\n\r\n";
  Client running_one{running.port()};
  running_one.send(kSlow);
  gate.wait_for(1);
  // Of ten more, two find a place in the queue and eight are told at once.
  std::promise<void> eight_refused;
  std::atomic<int> refused = 0;
  std::atomic<int> served = 0;
  std::vector<std::thread> clients;
  for (int i = 0; i < 10; ++i) {
    clients.emplace_back([&] {
      Client client{running.port()};
      const auto answer = client.ask(kSlow);
      if (answer.status == 200) ++served;
      if (answer.status != 503) return;
      EXPECT_TRUE(answer.has("Retry-After: "));
      if (++refused == 8) eight_refused.set_value();
    });
  }
  eight_refused.get_future().wait_for(std::chrono::seconds{4});
  gate.open();
  for (std::thread& client : clients) client.join();
  EXPECT_EQ(refused, 8);
  EXPECT_EQ(served, 2);
  EXPECT_EQ(running_one.receive().status, 200);
}

TEST(ServerLimits, AConnectionTooManyIsTurnedAway) {
  ServerOptions options;
  options.max_connections = 2;
  RunningServer running{std::move(options), small_router()};
  Client first{running.port()};
  Client second{running.port()};
  EXPECT_EQ(first.get("/api/hello").status, 200);
  EXPECT_EQ(second.get("/api/hello").status, 200);
  Client third{running.port()};
  const auto answer = third.receive();
  EXPECT_EQ(answer.status, 503);
  EXPECT_TRUE(answer.has("Retry-After: "));
  EXPECT_EQ(first.get("/api/hello").status, 200);
}

TEST(ServerLimits, StopFinishesWhatIsUnderWayAndClosesTheIdle) {
  Gate gate;
  Router router = small_router();
  router.add(Method::get, "/api/slow", [&](const Request&) {
    gate.pass();
    return text(200, "finished");
  });
  RunningServer running{{}, std::move(router)};
  Client idle{running.port()};
  EXPECT_EQ(idle.get("/api/hello").status, 200);
  Client busy{running.port()};
  busy.send("GET /api/slow HTTP/1.1\r\nHost: a\r\n\r\n");
  gate.wait_for(1);
  running.server().stop();
  EXPECT_TRUE(idle.is_closed_cleanly());
  gate.open();
  const auto answer = busy.receive();
  EXPECT_EQ(answer.body, "finished");
  EXPECT_TRUE(answer.has("Connection: close"));
  running.stop();
  EXPECT_EQ(running.server().connection_count(), 0U);
}

TEST(ServerLimits, StopWaitsForASlowClientOnlySoLong) {
  ServerOptions options;
  options.drain_timeout = milliseconds{100};
  RunningServer running{std::move(options), small_router()};
  Client slow{running.port()};
  slow.send("POST /api/echo HTTP/1.1\r\nHost: a\r\nContent-Length: 100\r\n\r\nabc");
  Client other{running.port()};
  EXPECT_EQ(other.get("/api/hello").status, 200);
  const auto begin = steady_clock::now();
  running.stop();
  EXPECT_LT(steady_clock::now() - begin, milliseconds{2000});
}

TEST(ServerLimits, RandomBytesNeverStopTheServer) {
  const std::uint64_t seed = std::random_device{}();
  RecordProperty("seed", std::to_string(seed));
  std::printf("seed %llu\n", static_cast<unsigned long long>(seed));
  base::SeededRandom random{seed};
  RunningServer running{{}, small_router()};
  const std::string model =
      "POST /api/echo?x=1 HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked\r\nCookie: a=b\r\n\r\n"
      "5\r\nhello\r\n0\r\n\r\nGET /api/hello HTTP/1.1\r\nHost: a\r\n\r\n";
  for (int i = 0; i < 300; ++i) {
    std::string request = model;
    for (std::uint64_t n = 1 + random.below(4); n > 0; --n) {
      request[random.below(request.size())] = static_cast<char>(random.below(256));
    }
    Client client{running.port()};
    client.send(request);
    client.finish_sending();
    while (client.receive().status != 0) {
    }
  }
  EXPECT_EQ(Client{running.port()}.get("/api/hello").status, 200) << "seed " << seed;
}

}  // namespace
}  // namespace http
