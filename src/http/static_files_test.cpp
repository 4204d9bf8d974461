#include "http/static_files.h"

#include <filesystem>
#include <fstream>
#include <memory>
#include <string>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "http/server_test_client.h"

namespace http {
namespace {

namespace fs = std::filesystem;
using ::testing::HasSubstr;
using ::testing::Not;

class WebFaces : public ::testing::Test {
 protected:
  WebFaces()
      : folder_(fs::temp_directory_path() /
                ("motcua-web-" + base::random_hex(base::system_random(), 8))) {
    write("portal/index.html", "<!doctype html><title>Cổng</title>");
    write("portal/assets/app-1a2b.js", "plain script");
    write("portal/assets/app-1a2b.js.gz", "gzip script");
    write("portal/assets/app-1a2b.js.br", "brotli script");
    write("portal/favicon.svg", "<svg/>");
    write("desk/index.html", "<meta content=\"%CSP_NONCE%\"><style nonce=\"%CSP_NONCE%\"></style>");
    write("desk/index.html.gz", "never sent, since it has no nonce");
    write("secret.txt", "outside every mount");
    fs::create_symlink(folder_ / "secret.txt", folder_ / "portal/link.txt");
    auto loaded = StaticFiles::load(
        {{"/", folder_ / "portal", "index.html"}, {"/desk", folder_ / "desk", "index.html"}},
        random_);
    EXPECT_TRUE(loaded);
    if (loaded) files_ = *loaded;
  }
  ~WebFaces() override { fs::remove_all(folder_); }

  void write(const fs::path& name, std::string_view content) const {
    fs::create_directories((folder_ / name).parent_path());
    std::ofstream(folder_ / name, std::ios::binary) << content;
  }
  [[nodiscard]] Response get(std::string path, std::string accept_encoding = "",
                             std::string if_none_match = "") const {
    Request request;
    request.path = std::move(path);
    if (!accept_encoding.empty()) request.headers.add("Accept-Encoding", accept_encoding);
    if (!if_none_match.empty()) request.headers.add("If-None-Match", if_none_match);
    return files_->serve(request);
  }
  static std::string content(const Response& response) {
    return response.shared_body ? *response.shared_body : response.body;
  }

  fs::path folder_;
  base::SeededRandom random_{11};
  std::optional<StaticFiles> files_;
};

TEST_F(WebFaces, ChooseTheCodingTheClientTakes) {
  const std::string script = "/assets/app-1a2b.js";
  EXPECT_EQ(content(get(script)), "plain script");
  EXPECT_EQ(content(get(script, "gzip")), "gzip script");
  EXPECT_EQ(content(get(script, "gzip, deflate, br")), "brotli script");
  EXPECT_EQ(content(get(script, "br;q=0, gzip;q=0.5")), "gzip script");
  EXPECT_EQ(content(get(script, "identity")), "plain script");
  EXPECT_EQ(get(script, "br").headers.find("Content-Encoding"), "br");
  EXPECT_EQ(get(script, "br").headers.find("Vary"), "Accept-Encoding");
  EXPECT_EQ(get(script, "br").headers.find("Content-Type"), "text/javascript; charset=utf-8");
  EXPECT_NE(get(script, "br").headers.find("ETag"), get(script, "gzip").headers.find("ETag"));
}

TEST_F(WebFaces, AreCachedForEverOnlyUnderAHashedName) {
  EXPECT_EQ(get("/assets/app-1a2b.js").headers.find("Cache-Control"),
            "public, max-age=31536000, immutable");
  EXPECT_EQ(get("/favicon.svg").headers.find("Cache-Control"), "no-cache");
  EXPECT_EQ(get("/").headers.find("Cache-Control"), "no-cache");
}

TEST_F(WebFaces, AreNotSentAgainUnchanged) {
  const std::string etag{get("/favicon.svg").headers.value_or("ETag")};
  const Response same = get("/favicon.svg", "", "\"other\", W/" + etag);
  EXPECT_EQ(same.status, 304);
  EXPECT_EQ(content(same), "");
  EXPECT_EQ(same.headers.find("ETag"), etag);
  EXPECT_EQ(get("/favicon.svg", "", "\"other\"").status, 200);
}

TEST_F(WebFaces, ServeTheirIndexForEveryPlaceInside) {
  for (const char* path : {"/", "/index.html", "/thu-tuc/1.001193/nop", "/thu-tuc/1.001193",
                           "/xong/H41.101.01-261122-0001", "/tra-cuu", "/deskx"}) {
    EXPECT_THAT(content(get(path)), HasSubstr("Cổng")) << path;
  }
  for (const char* path : {"/desk", "/desk/", "/desk/inbox/today"}) {
    EXPECT_THAT(content(get(path)), HasSubstr("<meta")) << path;
  }
}

TEST_F(WebFaces, DoNotServeWhatIsNotThere) {
  for (const char* path :
       {"/assets/gone.js", "/favicon.ico", "/desk/x.png", "/link.txt", "/assets/app-1a2b.js.gz",
        "/secret.txt", "/.git/config", "/.env", "/desk/.ssh/id"}) {
    EXPECT_EQ(get(path).status, 404) << path;
  }
}

TEST_F(WebFaces, AreNoAnswerToWhoTakesNoPages) {
  const auto asked = [&](const char* path, const char* accept) {
    Request request;
    request.method = Method::get;
    request.path = path;
    request.headers.add("Accept", accept);
    return files_->serve(request).status;
  };
  EXPECT_EQ(asked("/debug/vars", "application/json"), 404);
  EXPECT_EQ(asked("/desk/inbox", "application/json"), 404);
  EXPECT_EQ(asked("/", "application/json"), 200);
  EXPECT_EQ(asked("/desk", "application/json"), 200);
  for (const char* accept : {"text/html,application/xhtml+xml;q=0.9", "*/*", "text/*;q=0.1"}) {
    EXPECT_EQ(asked("/tra-cuu", accept), 200) << accept;
  }
  EXPECT_EQ(asked("/favicon.svg", "image/svg+xml"), 200) << "a file is what it is";
}

TEST_F(WebFaces, PutAFreshNonceIntoPageAndPolicy) {
  const Response first = get("/desk", "gzip");
  const Response second = get("/desk", "gzip");
  const std::string page = content(first);
  EXPECT_THAT(page, Not(HasSubstr("%CSP_NONCE%")));
  const std::string nonce = page.substr(15, 32);
  EXPECT_THAT(page, HasSubstr("nonce=\"" + nonce + "\""));
  EXPECT_THAT(std::string{first.headers.value_or("Content-Security-Policy")},
              HasSubstr("style-src 'self' 'nonce-" + nonce + "'"));
  EXPECT_THAT(content(second), Not(HasSubstr(nonce)));
  EXPECT_EQ(first.headers.find("Cache-Control"), "no-store");
  EXPECT_FALSE(first.headers.contains("ETag"));
}

TEST_F(WebFaces, AreServedOverHttp) {
  Router router;
  router.set_fallback([files = *files_](const Request& request) { return files.serve(request); });
  test::RunningServer running{{}, std::move(router)};
  test::Client client{running.port()};
  const auto packed = client.get("/assets/app-1a2b.js", "Accept-Encoding: gzip\r\n");
  EXPECT_EQ(packed.body, "gzip script");
  const auto page = client.get("/");
  EXPECT_TRUE(page.has("Content-Security-Policy: default-src 'self'; script-src 'self';"));
  EXPECT_FALSE(page.has("unsafe-inline"));
  // Whoever tries that is not listened to any longer.
  EXPECT_EQ(client.get("/..%2fsecret.txt").status, 400);
  EXPECT_EQ(test::Client{running.port()}.get("/../secret.txt").status, 400);
  test::Client again{running.port()};
  const auto missing = again.get("/gone.js", "Accept: text/html\r\n");
  EXPECT_EQ(missing.status, 404);
  EXPECT_TRUE(missing.has("Content-Type: text/html"));
  const auto api = again.get("/api/gone", "Accept: text/html\r\n");
  EXPECT_TRUE(api.has("Content-Type: application/problem+json"));
}

TEST(StaticFiles, NeedTheirFolder) {
  const auto loaded = StaticFiles::load({{"/", "/nonexistent/folder", "index.html"}});
  ASSERT_FALSE(loaded);
  EXPECT_EQ(loaded.error().code, base::FaultCode::not_found);
}

}  // namespace
}  // namespace http
