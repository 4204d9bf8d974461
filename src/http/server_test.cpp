// What a well-behaved client sees.
#include "http/server.h"

#include <atomic>
#include <filesystem>
#include <fstream>
#include <future>
#include <mutex>
#include <stdexcept>
#include <vector>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "base/json.h"
#include "http/problem.h"
#include "http/server_test_client.h"

namespace http {
namespace {

using std::chrono::milliseconds;
using test::Client;
using test::RunningServer;
using ::testing::HasSubstr;

Router small_router() {
  Router router;
  router.add(Method::get, "/api/v1/hello",
             [](const Request&) { return json(200, base::json::object{{"hello", "xin chào"}}); });
  router.add(Method::get, "/api/v1/dossiers/{id}", [](const Request& request) {
    return text(200, request.path_parameter("id") + "|" +
                         std::string{request.find_query("q").value_or("-")} + "|" +
                         std::string{request.find_cookie("c").value_or("-")});
  });
  router.add(Method::post, "/api/v1/echo",
             [](const Request& request) { return text(200, request.body); });
  router.add(Method::post, "/api/v1/none", [](const Request&) { return no_content(); });
  router.add(Method::get, "/api/v1/throws",
             [](const Request&) -> Response { throw std::runtime_error("something broke"); });
  router.add(Method::get, "/api/v1/throws/int", [](const Request&) -> Response { throw 42; });
  return router;
}

base::json::value body_of(const test::Answer& answer) {
  auto parsed = base::parse_json(answer.body);
  EXPECT_TRUE(parsed) << answer.body;
  return parsed ? *parsed : base::json::value{};
}

TEST(Server, KeepsAConnectionForManyRequests) {
  RunningServer running{{}, small_router()};
  Client client{running.port()};
  for (int i = 0; i < 50; ++i) {
    const auto answer = client.get("/api/v1/hello");
    ASSERT_EQ(answer.status, 200);
    EXPECT_EQ(answer.body, R"({"hello":"xin chào"})");
    EXPECT_FALSE(answer.has("Connection: close"));
  }
  EXPECT_EQ(running.server().connection_count(), 1U);
}

TEST(Server, AnswersPipelinedRequestsInTheirOrder) {
  RunningServer running{{}, small_router()};
  Client client{running.port()};
  std::string requests;
  for (int i = 0; i < 200; ++i) {
    requests += test::post("/api/v1/echo", "number " + std::to_string(i));
    requests += "GET /api/v1/dossiers/" + std::to_string(i) + " HTTP/1.1\r\nHost: t\r\n\r\n";
  }
  client.send(requests);
  for (int i = 0; i < 200; ++i) {
    EXPECT_EQ(client.receive().body, "number " + std::to_string(i));
    EXPECT_EQ(client.receive().body, std::to_string(i) + "|-|-");
  }
}

TEST(Server, ReadsARequestHoweverItIsCut) {
  RunningServer running{{}, small_router()};
  Client client{running.port()};
  for (const char byte : test::post("/api/v1/echo", "from afar")) {
    client.send({&byte, 1});
    std::this_thread::sleep_for(std::chrono::microseconds{200});
  }
  EXPECT_EQ(client.receive().body, "from afar");
}

TEST(Server, DecodesPathQueryAndCookies) {
  RunningServer running{{}, small_router()};
  Client client{running.port()};
  const auto answer = client.get("/api/v1/dossiers/H%C3%A0%20N%E1%BB%99i?q=khai+sinh%21",
                                 "Cookie: a=1; c=\"x\"\r\n");
  EXPECT_EQ(answer.body, "Hà Nội|khai sinh!|x");
}

TEST(Server, ReadsAChunkedBody) {
  RunningServer running{{}, small_router()};
  Client client{running.port()};
  const auto answer = client.ask(
      "POST /api/v1/echo HTTP/1.1\r\nHost: t\r\nTransfer-Encoding: chunked\r\n\r\n"
      "5;ext=1\r\nhello\r\n7\r\n, world\r\n0\r\nTrailer: x\r\n\r\n");
  EXPECT_EQ(answer.status, 200);
  EXPECT_EQ(answer.body, "hello, world");
  EXPECT_EQ(client.get("/api/v1/hello").status, 200);
}

TEST(Server, AnswersHeadLikeGetWithoutABody) {
  RunningServer running{{}, small_router()};
  Client client{running.port()};
  client.send("HEAD /api/v1/hello HTTP/1.1\r\nHost: t\r\n\r\n");
  const auto answer = client.receive(Client::Body::none);
  EXPECT_EQ(answer.status, 200);
  EXPECT_TRUE(answer.has("Content-Length: 21\r\n")) << answer.head;
  EXPECT_EQ(client.get("/api/v1/hello").status, 200);  // nothing was left over in between
}

TEST(Server, AnswersNoContentWithoutALength) {
  RunningServer running{{}, small_router()};
  Client client{running.port()};
  const auto answer = client.ask(test::post("/api/v1/none", ""));
  EXPECT_EQ(answer.status, 204);
  EXPECT_FALSE(answer.has("Content-Length"));
  EXPECT_EQ(client.get("/api/v1/hello").status, 200);
}

TEST(Server, SpeaksHttp10AndClosesWhenAsked) {
  RunningServer running{{}, small_router()};
  Client old_client{running.port()};
  EXPECT_EQ(old_client.ask("GET /api/v1/hello HTTP/1.0\r\n\r\n").status, 200);
  EXPECT_TRUE(old_client.is_closed_cleanly());
  Client client{running.port()};
  EXPECT_TRUE(client.get("/api/v1/hello", "Connection: close\r\n").has("Connection: close\r\n"));
  EXPECT_TRUE(client.is_closed_cleanly());
}

TEST(Server, AnswersUnknownPathsWithAProblemInTheReadersLanguage) {
  RunningServer running{{}, small_router()};
  Client client{running.port()};
  const auto answer = client.get("/api/v1/nothing");
  EXPECT_EQ(answer.status, 404);
  EXPECT_TRUE(answer.has("Content-Type: application/problem+json\r\n"));
  const auto body = body_of(answer);
  EXPECT_EQ(base::string_or(body, "type"), "https://motcua.vn/problems/not-found");
  EXPECT_EQ(base::string_or(body, "title"), "Không tìm thấy");
  EXPECT_EQ(base::int_or(body, "status"), 404);
  EXPECT_TRUE(answer.has("X-Trace-Id: " + base::string_or(body, "trace_id")));
  const auto english =
      body_of(client.get("/api/v1/nothing", "Accept-Language: en-GB,vi;q=0.5\r\n"));
  EXPECT_EQ(base::string_or(english, "title"), "Not found");
  EXPECT_EQ(client.get("/api/v1/hello").status, 200);  // the connection is still good
}

TEST(Server, NamesTheMethodsAPathTakes) {
  RunningServer running{{}, small_router()};
  Client client{running.port()};
  const auto answer = client.ask("DELETE /api/v1/hello HTTP/1.1\r\nHost: t\r\n\r\n");
  EXPECT_EQ(answer.status, 405);
  EXPECT_TRUE(answer.has("Allow: GET, HEAD, OPTIONS\r\n")) << answer.head;
  EXPECT_TRUE(answer.has("application/problem+json"));
  const auto strange = client.ask("BREW /api/v1/hello HTTP/1.1\r\nHost: t\r\n\r\n");
  EXPECT_EQ(strange.status, 405);
  const auto options = client.ask("OPTIONS /api/v1/echo HTTP/1.1\r\nHost: t\r\n\r\n");
  EXPECT_EQ(options.status, 204);
  EXPECT_TRUE(options.has("Allow: POST, OPTIONS\r\n")) << options.head;
}

TEST(Server, TurnsAnExceptionIntoA500AndReportsIt) {
  std::mutex mutex;
  std::vector<std::string> errors;
  ServerOptions options;
  options.on_error = [&](std::string_view message, std::string_view trace_id) {
    const std::lock_guard lock{mutex};
    errors.push_back(std::string{message} + " " + std::string{trace_id});
  };
  RunningServer running{std::move(options), small_router()};
  Client client{running.port()};
  const auto answer = client.get("/api/v1/throws");
  EXPECT_EQ(answer.status, 500);
  EXPECT_EQ(answer.body.find("something broke"), std::string::npos);
  EXPECT_EQ(client.get("/api/v1/throws/int").status, 500);
  EXPECT_EQ(client.get("/api/v1/hello").status, 200);
  const std::lock_guard lock{mutex};
  ASSERT_EQ(errors.size(), 2U);
  EXPECT_THAT(errors[0], HasSubstr("something broke"));
  EXPECT_THAT(errors[0], HasSubstr(base::string_or(body_of(answer), "trace_id")));
}

TEST(Server, LogsEachRequestWithoutItsQuery) {
  std::promise<std::string> logged;
  ServerOptions options;
  options.on_request = [&](const AccessRecord& record) {
    EXPECT_EQ(record.trace_id.size(), 32U);
    EXPECT_GE(record.microseconds, 0);
    logged.set_value(std::string{record.method} + " " + std::string{record.path} + " " +
                     std::to_string(record.status));
  };
  RunningServer running{std::move(options), small_router()};
  Client client{running.port()};
  EXPECT_EQ(client.get("/api/v1/dossiers/7?name=secret").status, 200);
  EXPECT_EQ(logged.get_future().get(), "GET /api/v1/dossiers/7 200");
}

TEST(Server, PutsSecurityHeadersOnEveryAnswer) {
  RunningServer running{{}, small_router()};
  Client client{running.port()};
  for (const std::string_view target : {"/api/v1/hello", "/api/v1/nothing", "/api/v1/throws"}) {
    const auto answer = client.get(target);
    EXPECT_TRUE(answer.has("X-Content-Type-Options: nosniff\r\n"));
    EXPECT_TRUE(answer.has("X-Frame-Options: DENY\r\n"));
    EXPECT_TRUE(answer.has(
        "Content-Security-Policy: default-src 'none'; base-uri 'none'; frame-ancestors 'none'"));
    EXPECT_TRUE(answer.has("Cache-Control: no-store\r\n"));
    EXPECT_TRUE(answer.has("Cross-Origin-Opener-Policy: same-origin\r\n"));
    EXPECT_TRUE(answer.has("Date: "));
  }
}

TEST(Server, LetsNobodyAddHeadersThroughAValue) {
  Router router;
  router.add(Method::get, "/api/x", [](const Request&) {
    Response response = text(200, "x");
    response.headers.add("X-Name", "a\r\nSet-Cookie: evil=1");
    return response;
  });
  RunningServer running{{}, std::move(router)};
  Client client{running.port()};
  EXPECT_FALSE(client.get("/api/x").has("\r\nSet-Cookie"));
}

TEST(Server, StreamsAFile) {
  const auto path = std::filesystem::temp_directory_path() /
                    ("motcua-stream-" + base::random_hex(base::system_random(), 8));
  std::string content(3'000'000, 'x');
  for (std::size_t i = 0; i < content.size(); i += 7) content[i] = static_cast<char>('a' + i % 23);
  std::ofstream(path, std::ios::binary) << content;
  Router router;
  router.add(Method::get, "/api/export", [&](const Request&) {
    return file(path, "text/csv", "danh sách.csv", Disposition::save);
  });
  router.add(Method::get, "/api/gone", [&](const Request&) {
    return file(path.string() + "-gone", "text/csv", "x.csv", Disposition::save);
  });
  RunningServer running{{}, std::move(router)};
  Client client{running.port()};
  const auto answer = client.get("/api/export");
  EXPECT_EQ(answer.body.size(), content.size());
  EXPECT_TRUE(answer.body == content);
  EXPECT_TRUE(answer.has("filename*=UTF-8''danh%20s%C3%A1ch.csv"));
  EXPECT_EQ(client.get("/api/gone").status, 500);
  std::filesystem::remove(path);
}

TEST(Server, BelievesForwardedAddressesOfATrustedProxyOnly) {
  const auto make_router = [] {
    Router router;
    router.add(Method::get, "/api/who",
               [](const Request& request) { return text(200, request.remote_address); });
    return router;
  };
  constexpr std::string_view kForwarded = "X-Forwarded-For: 1.2.3.4, 203.0.113.9\r\n";
  RunningServer direct{{}, make_router()};
  EXPECT_EQ(Client{direct.port()}.get("/api/who", kForwarded).body, "127.0.0.1");
  ServerOptions options;
  options.trusted_proxies = {"127.0.0.1"};
  RunningServer proxied{std::move(options), make_router()};
  EXPECT_EQ(Client{proxied.port()}.get("/api/who", kForwarded).body, "203.0.113.9");
  EXPECT_EQ(Client{proxied.port()}.get("/api/who", "X-Forwarded-For: <b>\r\n").body, "127.0.0.1");
}

TEST(Server, ServesManyClientsAtOnce) {
  ServerOptions options;
  options.io_threads = 2;
  RunningServer running{std::move(options), small_router()};
  std::atomic<int> right = 0;
  std::vector<std::thread> clients;
  for (int c = 0; c < 64; ++c) {
    clients.emplace_back([&, c] {
      Client client{running.port()};
      for (int i = 0; i < 40; ++i) {
        const std::string body = std::to_string(c) + ":" + std::to_string(i);
        if (client.ask(test::post("/api/v1/echo", body)).body == body) ++right;
      }
    });
  }
  for (std::thread& client : clients) client.join();
  EXPECT_EQ(right, 64 * 40);
}

TEST(Server, TellsWhyItCannotListen) {
  RunningServer running{{}, small_router()};
  ServerOptions taken;
  taken.port = running.port();
  Server second{std::move(taken), Router{}};
  const auto listening = second.listen();
  ASSERT_FALSE(listening);
  EXPECT_EQ(listening.error().code, base::FaultCode::unavailable);
  ServerOptions nonsense;
  nonsense.address = "not-an-address";
  EXPECT_FALSE(Server(std::move(nonsense), Router{}).listen());
}

}  // namespace
}  // namespace http
