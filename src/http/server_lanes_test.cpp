// A flood in the open lane leaves the reserved one alone; who may not come in is told at once.
#include <atomic>
#include <vector>

#include <gtest/gtest.h>

#include "http/problem.h"
#include "http/server_test_client.h"
#include "http/server_test_gate.h"

namespace http {
namespace {

using test::Client;
using test::Gate;
using test::RunningServer;

ServerOptions lanes() {
  ServerOptions options;
  options.handler_threads = 4;
  options.reserved_threads = 2;
  options.handler_queue_limit = 3;
  options.admit = [](const Request& request, const RouteOptions&) {
    Admission admission;
    if (request.headers.contains("X-Officer")) admission.lane = Lane::reserved;
    if (request.headers.contains("X-Outside")) admission.lane = Lane::outside;
    if (request.headers.contains("X-Unwanted")) {
      admission.refusal = error_response(request, standard_problem(429));
    }
    return admission;
  };
  return options;
}

TEST(Lanes, ServeTheReservedOneWhileTheOpenOneIsFull) {
  Gate gate;
  Router router;
  router.add(Method::get, "/api/slow", [&](const Request&) {
    gate.pass();
    return text(200, "slow");
  });
  router.add(Method::get, "/api/quick", [](const Request&) { return text(200, "quick"); });
  RunningServer server{lanes(), std::move(router)};

  // Two threads and a short queue: some of these are told to come later.
  constexpr int kFlood = 12;
  std::vector<std::unique_ptr<Client>> flood;
  for (int i = 0; i < kFlood; ++i) {
    flood.push_back(std::make_unique<Client>(server.port()));
    flood.back()->send("GET /api/slow HTTP/1.1\r\nHost: test\r\n\r\n");
  }
  gate.wait_for(2);
  Client officer{server.port()};
  for (int i = 0; i < 20; ++i) {
    EXPECT_EQ(officer.get("/api/quick", "X-Officer: yes\r\n").body, "quick");
  }
  gate.open();
  int served = 0;
  int refused = 0;
  for (const auto& one : flood) {
    const int status = one->receive().status;
    served += status == 200 ? 1 : 0;
    refused += status == 503 ? 1 : 0;
  }
  EXPECT_GE(served, 2);
  EXPECT_GE(refused, 1);
  EXPECT_EQ(served + refused, kFlood);
}

TEST(Lanes, LendAllOtherThreadsToTheReservedOneToo) {
  Gate gate;
  Router router;
  router.add(Method::get, "/api/slow", [&](const Request&) {
    gate.pass();
    return text(200, "slow");
  });
  // All four fit into the queue, however late the threads come.
  ServerOptions options = lanes();
  options.handler_queue_limit = 4;
  RunningServer server{options, std::move(router)};
  std::vector<std::unique_ptr<Client>> officers;
  for (int i = 0; i < 4; ++i) {
    officers.push_back(std::make_unique<Client>(server.port()));
    officers.back()->send("GET /api/slow HTTP/1.1\r\nHost: test\r\nX-Officer: yes\r\n\r\n");
  }
  gate.wait_for(4);
  gate.open();
  for (const auto& one : officers) EXPECT_EQ(one->receive().status, 200);
}

TEST(Lanes, KeepWhatWaitsForOthersAwayFromEverybody) {
  Gate gate;
  Router router;
  router.add(Method::get, "/api/slow", [&](const Request&) {
    gate.pass();
    return text(200, "slow");
  });
  router.add(Method::get, "/api/quick", [](const Request&) { return text(200, "quick"); });
  ServerOptions options = lanes();
  options.outside_threads = 2;
  options.outside_queue_limit = 2;
  RunningServer server{std::move(options), std::move(router)};
  std::vector<std::unique_ptr<Client>> crowd;
  for (int i = 0; i < 8; ++i) {
    crowd.push_back(std::make_unique<Client>(server.port()));
    crowd.back()->send("GET /api/slow HTTP/1.1\r\nHost: test\r\nX-Outside: yes\r\n\r\n");
  }
  gate.wait_for(2);
  Client officer{server.port()};
  Client stranger{server.port()};
  for (int i = 0; i < 20; ++i) {
    EXPECT_EQ(officer.get("/api/quick", "X-Officer: yes\r\n").body, "quick");
    EXPECT_EQ(stranger.get("/api/quick").body, "quick");
  }
  gate.open();
  int served = 0;
  for (const auto& one : crowd) {
    const int status = one->receive().status;
    EXPECT_TRUE(status == 200 || status == 503) << status;
    served += status == 200 ? 1 : 0;
  }
  EXPECT_GE(served, 2);
  EXPECT_LE(served, 4) << "the excess is told at once";
}

TEST(Lanes, RefuseBeforeTheBodyIsRead) {
  std::atomic<int> handled{0};
  Router router;
  router.add(Method::post, "/api/echo", [&](const Request& request) {
    ++handled;
    return text(200, request.body);
  });
  RunningServer server{lanes(), std::move(router)};
  Client client{server.port()};
  // The body is never sent, and yet the answer comes.
  client.send(
      "POST /api/echo HTTP/1.1\r\nHost: test\r\nX-Unwanted: 1\r\nContent-Length: 900\r\n\r\n");
  const auto answer = client.receive();
  EXPECT_EQ(answer.status, 429);
  EXPECT_TRUE(answer.has("Connection: close"));
  EXPECT_EQ(handled, 0);
}

TEST(Connections, OfOneBlockHaveALimit) {
  ServerOptions options;
  options.max_connections_of_block = 5;
  Router router;
  router.add(Method::get, "/api/hello", [](const Request&) { return text(200, "hello"); });
  RunningServer server{std::move(options), std::move(router)};
  std::vector<std::unique_ptr<Client>> five;
  for (int i = 0; i < 5; ++i) {
    five.push_back(std::make_unique<Client>(server.port()));
    EXPECT_EQ(five.back()->get("/api/hello").status, 200);
  }
  Client sixth{server.port()};
  EXPECT_EQ(sixth.receive().status, 503);
  five.pop_back();
  int status = 503;
  for (int i = 0; i < 200 && status != 200; ++i)
    status = Client{server.port()}.get("/api/hello").status;
  EXPECT_EQ(status, 200);
}

// Sends most of a body and waits, as a slow client does.
std::unique_ptr<Client> slow_body(std::uint16_t port, std::size_t announced, std::size_t sent,
                                  const std::string& headers = "") {
  auto client = std::make_unique<Client>(port);
  client->send("POST /api/echo HTTP/1.1\r\nHost: test\r\n" + headers + "Content-Length: " +
               std::to_string(announced) + "\r\n\r\n" + std::string(sent, 'x'));
  return client;
}

ServerOptions small_budget() {
  ServerOptions options;
  options.body_memory_bytes = {
      .strangers = 4U << 20U, .block = 3U << 20U, .officers = 4U << 20U, .account = 4U << 20U};
  options.admit = [](const Request& request, const RouteOptions&) {
    Admission admission;
    admission.account = std::string{request.headers.value_or("X-Officer")};
    return admission;
  };
  return options;
}

TEST(Bodies, OfStrangersTakeNoMoreMemoryThanTheirBudget) {
  Router router;
  router.add(Method::post, "/api/echo",
             [](const Request& request) { return text(200, std::to_string(request.body.size())); });
  RunningServer server{small_budget(), std::move(router)};
  constexpr std::size_t kLarge = 1000 * 1000;
  std::vector<std::unique_ptr<Client>> slow;
  int refused = 0;
  for (int i = 0; i < 8; ++i) {
    slow.push_back(slow_body(server.port(), kLarge, kLarge - 1));
    // Whoever is refused is told before his body is whole.
    if (i >= 2) refused += slow.back()->receive().status == 503 ? 1 : 0;
  }
  EXPECT_GE(refused, 5) << "three megabytes for a block";
  // A small body needs none of it, an officer's is his own account's.
  Client small{server.port()};
  EXPECT_EQ(small.ask(test::post("/api/echo", std::string(10'000, 'x'))).status, 200);
  Client officer{server.port()};
  const auto answer =
      officer.ask(test::post("/api/echo", std::string(kLarge, 'x'), "X-Officer: an\r\n"));
  EXPECT_EQ(answer.status, 200);
  EXPECT_EQ(answer.body, std::to_string(kLarge));
  // What is over is free again.
  slow.clear();
  int status = 503;
  for (int i = 0; i < 200 && status != 200; ++i) {
    Client again{server.port()};
    status = again.ask(test::post("/api/echo", std::string(kLarge, 'x'))).status;
  }
  EXPECT_EQ(status, 200);
}

TEST(Bodies, AreCountedByBlock) {
  ServerOptions options = small_budget();
  options.bodies = {.strangers = 6, .block = 3, .officers = 6, .account = 3};
  Router router;
  router.add(Method::post, "/api/echo", [](const Request&) { return text(200, ""); });
  RunningServer server{std::move(options), std::move(router)};
  std::vector<std::unique_ptr<Client>> slow;
  for (int i = 0; i < 3; ++i) slow.push_back(slow_body(server.port(), 100, 1));
  int status = 200;
  for (int i = 0; i < 200 && status != 503; ++i) {
    Client fourth{server.port()};
    status = fourth.ask(test::post("/api/echo", "x")).status;
  }
  EXPECT_EQ(status, 503);
  Client officer{server.port()};
  EXPECT_EQ(officer.ask(test::post("/api/echo", "x", "X-Officer: an\r\n")).status, 200);
}

}  // namespace
}  // namespace http
