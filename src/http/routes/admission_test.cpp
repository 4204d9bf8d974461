#include "http/routes/admission.h"

#include <algorithm>

#include <gtest/gtest.h>

namespace http::routes {
namespace {

constexpr AdmissionDesk::Clock::time_point kNow{std::chrono::hours{1000}};
const std::string kToken(64, 'a');

Request request_of(Method method, std::string address = "203.0.113.9") {
  Request request;
  request.method = method;
  request.path = "/api/v1/dossiers";
  request.remote_address = std::move(address);
  request.headers.set("Host", "motcua.example:8443");
  return request;
}

RouteOptions route_of(const char* operation) {
  RouteOptions options;
  options.operation_id = operation;
  return options;
}

TEST(CrossSite, IsWhatTheBrowserSaysOfOtherSites) {
  for (const char* site : {"cross-site", "same-site", "anything"}) {
    Request request = request_of(Method::post);
    request.headers.set("Sec-Fetch-Site", site);
    EXPECT_TRUE(comes_from_elsewhere(request, "")) << site;
  }
  for (const char* origin : {"https://evil.example", "null", "https://motcua.example",
                             "https://motcua.example:8443.evil", "https://xmotcua.example:8443",
                             "motcua.example:8443", ""}) {
    Request request = request_of(Method::post);
    request.headers.set("Origin", origin);
    EXPECT_TRUE(comes_from_elsewhere(request, "")) << origin;
  }
}

TEST(CrossSite, IsNotWhatComesFromHereOrFromNoBrowser) {
  EXPECT_FALSE(comes_from_elsewhere(request_of(Method::post), ""));
  Request request = request_of(Method::del);
  request.headers.set("Origin", "https://MOTCUA.example:8443");
  request.headers.set("Sec-Fetch-Site", "same-origin");
  EXPECT_FALSE(comes_from_elsewhere(request, ""));
  // Behind a proxy that names another host, the public address counts.
  request.headers.set("Host", "10.0.0.7:8080");
  EXPECT_TRUE(comes_from_elsewhere(request, ""));
  EXPECT_FALSE(comes_from_elsewhere(request, "https://motcua.example:8443/desk"));
  // Reading is protected by who may read the answer.
  request = request_of(Method::get);
  request.headers.set("Origin", "https://evil.example");
  EXPECT_FALSE(comes_from_elsewhere(request, ""));
}

TEST(CrossSite, IsAPageWithoutTlsWhereWeHaveIt) {
  Request request = request_of(Method::post);
  request.headers.set("Host", "motcua.example");
  request.headers.set("Origin", "http://motcua.example");
  EXPECT_TRUE(comes_from_elsewhere(request, "https://motcua.example"));
}

TEST(Forms, AreNoBodiesOfOurs) {
  for (const char* type :
       {"text/plain", "Text/Plain; charset=utf-8", "application/x-www-form-urlencoded",
        "multipart/form-data; boundary=x"}) {
    Request request = request_of(Method::put);
    request.headers.set("Content-Type", type);
    EXPECT_TRUE(is_plain_form(request)) << type;
  }
  Request request = request_of(Method::put);
  EXPECT_FALSE(is_plain_form(request));
  request.headers.set("Content-Type", "application/json");
  EXPECT_FALSE(is_plain_form(request));
}

TEST(Admission, LimitsBlocksOfAddressesAndAccountsApart) {
  auto rules = default_rate_rules();
  ASSERT_TRUE(change_rule(rules, "lookup=2/60+2"));
  ASSERT_TRUE(change_rule(rules, "officer=3/60+3"));
  AdmissionDesk desk({.rules = rules, .public_url = "", .transport = identity::Transport::plain});
  const RouteOptions track = route_of("track");
  for (int i = 0; i < 2; ++i) {
    EXPECT_FALSE(desk.judge(request_of(Method::get), track, kNow).refusal.has_value());
  }
  // Another address of the same block, and another block.
  const auto refused = desk.judge(request_of(Method::get, "203.0.113.200"), track, kNow);
  ASSERT_TRUE(refused.refusal.has_value());
  EXPECT_EQ(refused.refusal->status, 429);
  EXPECT_EQ(refused.refusal->headers.value_or("Retry-After"), "30");
  EXPECT_FALSE(desk.judge(request_of(Method::get, "203.0.114.9"), track, kNow).refusal.has_value());

  Request officer = request_of(Method::get);
  officer.cookies.emplace_back(identity::session_cookie_name(identity::Transport::plain), kToken);
  EXPECT_EQ(desk.judge(officer, track, kNow).lane, Lane::open) << "not known yet";
  desk.remember(kToken, "tiepnhan", "203.0.113.9", kNow);
  for (int i = 0; i < 3; ++i) {
    const auto admission = desk.judge(officer, route_of("inbox"), kNow);
    EXPECT_EQ(admission.lane, Lane::reserved);
    EXPECT_FALSE(admission.refusal.has_value()) << i;
  }
  EXPECT_TRUE(desk.judge(officer, route_of("inbox"), kNow).refusal.has_value());
  EXPECT_EQ(desk.judge(officer, route_of("inbox"), kNow + std::chrono::hours{1}).lane, Lane::open);
}

TEST(Admission, LimitsEverybodyWithoutASessionTogether) {
  auto rules = default_rate_rules();
  ASSERT_TRUE(change_rule(rules, "all.filing=5/60+5"));
  AdmissionDesk desk({.rules = rules, .public_url = "", .transport = identity::Transport::plain});
  int passed = 0;
  for (int i = 0; i < 50; ++i) {
    const auto admission = desk.judge(request_of(Method::post, "10.0." + std::to_string(i) + ".1"),
                                      route_of("file_dossier"), kNow);
    passed += admission.refusal.has_value() ? 0 : 1;
  }
  EXPECT_EQ(passed, 5);
  desk.remember(kToken, "tiepnhan", "203.0.113.9", kNow);
  Request officer = request_of(Method::post);
  officer.cookies.emplace_back(identity::session_cookie_name(identity::Transport::plain), kToken);
  EXPECT_FALSE(desk.judge(officer, route_of("file_dossier"), kNow).refusal.has_value());
}

TEST(Admission, LetsOfficersSignInWhereTheyWorkWhatStrangersDo) {
  auto rules = default_rate_rules();
  ASSERT_TRUE(change_rule(rules, "all.sign_in=5/60+5"));
  AdmissionDesk desk(
      {.rules = rules,
       .public_url = "",
       .transport = identity::Transport::plain,
       .account_of = {},
       .is_office = [](std::string_view address) { return address == "192.0.2.1"; }});
  desk.remember(kToken, "tiepnhan", "203.0.113.9", kNow);
  const RouteOptions sign_in = route_of("sign_in");
  for (int i = 0; i < 50; ++i) {
    (void)desk.judge(request_of(Method::post, "10.0." + std::to_string(i) + ".1"), sign_in, kNow);
  }
  const auto refused = [&](const char* address, AdmissionDesk::Clock::time_point now) {
    return desk.judge(request_of(Method::post, address), sign_in, now).refusal.has_value();
  };
  EXPECT_TRUE(refused("198.51.100.1", kNow)) << "a stranger's block";
  EXPECT_FALSE(refused("203.0.113.77", kNow)) << "where somebody worked a moment ago";
  EXPECT_FALSE(refused("192.0.2.1", kNow)) << "an office";
  // His own block's limit holds there as well.
  int passed = 0;
  for (int i = 0; i < 300; ++i) passed += refused("203.0.113.9", kNow) ? 0 : 1;
  EXPECT_LT(passed, 100);
}

TEST(Admission, SendsWhatWaitsForAProviderIntoALaneOfItsOwn) {
  AdmissionDesk desk({.rules = {}, .public_url = "", .transport = identity::Transport::plain});
  for (const char* operation : {"begin_sign_in", "finish_sign_in"}) {
    EXPECT_EQ(desk.judge(request_of(Method::get), route_of(operation), kNow).lane, Lane::outside);
  }
  EXPECT_EQ(desk.judge(request_of(Method::post), route_of("sign_in"), kNow).lane, Lane::reserved);
  for (const char* operation : {"upload_draft_file", "track_upload", "finish_upload"}) {
    EXPECT_EQ(desk.judge(request_of(Method::post), route_of(operation), kNow).lane, Lane::papers);
  }
}

TEST(Admission, TakesLargeBodiesFromThoseAloneWhoMaySendThem) {
  AdmissionDesk desk({.rules = {},
                      .public_url = "",
                      .transport = identity::Transport::plain,
                      .account_of = {},
                      .opens_draft = [](const std::string& draft, std::string_view secret) {
                        return draft == "d" && secret == "right";
                      }});
  const auto status = [&](const char* operation, const char* length, const char* secret,
                          bool cookie = false) {
    Request request = request_of(Method::put);
    request.path_parameters.emplace_back("id", "d");
    request.headers.set(length == nullptr ? "Transfer-Encoding" : "Content-Length",
                        length == nullptr ? "chunked" : length);
    if (secret != nullptr) request.headers.set("X-Draft-Secret", secret);
    if (cookie) {
      request.cookies.emplace_back(identity::session_cookie_name(identity::Transport::plain),
                                   kToken);
    }
    const auto admission = desk.judge(request, route_of(operation), kNow);
    return admission.refusal.has_value() ? admission.refusal->status : 200;
  };
  for (const char* operation : {"save_draft", "upload_draft_file"}) {
    EXPECT_EQ(status(operation, "1048576", nullptr), 404);
    EXPECT_EQ(status(operation, nullptr, "wrong"), 404);
    EXPECT_EQ(status(operation, "99999999999999999999999", "wrong"), 404);
    EXPECT_EQ(status(operation, "1048576", "right"), 200);
    EXPECT_EQ(status(operation, "1000", "wrong"), 200) << "told by the operation itself";
  }
  EXPECT_EQ(status("upload_file", "1048576", nullptr), 401);
  EXPECT_EQ(status("upload_file", "1048576", nullptr, true), 200);
  EXPECT_EQ(status("append_to_upload", "1048576", nullptr), 401);
  EXPECT_EQ(status("append_to_upload", "1048576", "any"), 200);
  EXPECT_EQ(status("evaluate_answers", "1048576", nullptr), 200);
}

TEST(Admission, NamesTheAccountWhoseBodyItIs) {
  AdmissionDesk desk({.rules = {}, .public_url = "", .transport = identity::Transport::plain});
  Request officer = request_of(Method::post);
  officer.cookies.emplace_back(identity::session_cookie_name(identity::Transport::plain), kToken);
  EXPECT_EQ(desk.judge(officer, route_of("inbox"), kNow).account, "");
  desk.remember(kToken, "tiepnhan", "203.0.113.9", kNow);
  EXPECT_EQ(desk.judge(officer, route_of("inbox"), kNow).account, "tiepnhan");
}

TEST(Admission, LetsEverybodyThroughWithoutRules) {
  AdmissionDesk desk({.rules = {}, .public_url = "", .transport = identity::Transport::plain});
  for (int i = 0; i < 5000; ++i) {
    ASSERT_FALSE(desk.judge(request_of(Method::get), route_of("track"), kNow).refusal.has_value());
  }
}

TEST(Admission, LearnsWhoIsAnOfficerFromWhatHeWasGranted) {
  int asked = 0;
  AdmissionDesk desk({.rules = {},
                      .public_url = "",
                      .transport = identity::Transport::plain,
                      .account_of = [&](std::string_view token) {
                        ++asked;
                        return token == kToken ? std::string{"tiepnhan"} : std::string{};
                      }});
  Request officer = request_of(Method::get);
  officer.cookies.emplace_back(identity::session_cookie_name(identity::Transport::plain), kToken);
  Response answer;
  answer.status = 401;
  desk.learn(officer, route_of("inbox"), answer, kNow);
  EXPECT_EQ(desk.judge(officer, route_of("inbox"), kNow).lane, Lane::open);
  answer.status = 200;
  for (int i = 0; i < 3; ++i) desk.learn(officer, route_of("inbox"), answer, kNow);
  EXPECT_EQ(asked, 1);
  EXPECT_EQ(desk.judge(officer, route_of("inbox"), kNow).lane, Lane::reserved);
  Request stranger = request_of(Method::get);
  stranger.cookies.emplace_back(identity::session_cookie_name(identity::Transport::plain),
                                std::string(64, 'b'));
  desk.learn(stranger, route_of("health"), answer, kNow);
  EXPECT_EQ(desk.judge(stranger, route_of("inbox"), kNow).lane, Lane::open);
}

TEST(RateRules, AreChangedByWords) {
  auto rules = default_rate_rules();
  const auto rule_of = [&](std::string_view name) {
    for (const RateRule& rule : rules) {
      if (rule.name == name) return rule;
    }
    return RateRule{};
  };
  ASSERT_TRUE(change_rule(rules, "lookup=120/60"));
  EXPECT_EQ(rule_of("lookup").each, (RateLimit{.per_second = 2, .burst = 12}));
  ASSERT_TRUE(change_rule(rules, "all.lookup=10/1+7"));
  EXPECT_EQ(rule_of("lookup").all, (RateLimit{.per_second = 10, .burst = 7}));
  for (const char* wrong :
       {"", "lookup", "lookup=", "lookup=5", "lookup=5/", "lookup=/5", "lookup=0/5", "lookup=5/0",
        "lookup=-5/5", "lookup=5/5+", "lookup=5/5+0", "nothing=5/5", "all.=5/5", "lookup=5/5x",
        "lookup=99999999999/5"}) {
    EXPECT_FALSE(change_rule(rules, wrong)) << wrong;
  }
}

TEST(RateClasses, AreRules) {
  for (const char* operation : {"health", "track", "sign_in", "inbox", "create_draft", "get_draft",
                                "export_dossiers_csv", "what came later"}) {
    const auto name = rate_class_of(operation);
    const auto& rules = default_rate_rules();
    EXPECT_NE(std::ranges::find(rules, name, &RateRule::name), rules.end()) << operation;
  }
}

}  // namespace
}  // namespace http::routes
