#pragma once
// admission.h - what is decided about a request before its body is read: does another site send it,
// does its sender ask too often, and is he an officer at work, whom a flood of strangers must not
// hold up.
//
// Thread-safe.  It grants nothing: who may do what is asked by the routes.
#include <chrono>
#include <functional>
#include <map>
#include <memory>
#include <mutex>
#include <optional>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

#include "http/rate_limit.h"
#include "http/router.h"
#include "http/server.h"
#include "identity/session.h"

namespace http::routes {

// The rate class that x-authz of api/openapi.yaml gives the operation.
[[nodiscard]] std::string_view rate_class_of(std::string_view operation_id);

// Of one class.  An account is an officer's; everybody else is counted by his address block.
struct RateRule {
  std::string_view name;
  RateLimit each;  // of one account or block
  RateLimit
      all;  // of everybody without a session together: the installation's, that is the tenant's
};
[[nodiscard]] const std::vector<RateRule>& default_rate_rules();

// "lookup=60/60" (so many in so many seconds, for each), "lookup=60/60+10" (with a burst),
// "all.lookup=600/60".  False where it is none of these.
[[nodiscard]] bool change_rule(std::vector<RateRule>& rules, std::string_view text);

class AdmissionDesk {
 public:
  using Clock = RateLimiter::Clock;

  struct Options {
    std::vector<RateRule> rules;  // none: no limits
    std::string public_url;       // whose origin is ours, besides the one the Host header names
    identity::Transport transport = identity::Transport::plain;
    // Whose session a token is; empty: nobody's.  May block.
    std::function<std::string(std::string_view token)> account_of{};
    // Does the secret open the draft?  Must be quick; without it nobody is asked.
    std::function<bool(const std::string& draft, std::string_view secret)> opens_draft{};
    // Is the address of an office?  Must be quick.
    std::function<bool(std::string_view address)> is_office{};
  };
  explicit AdmissionDesk(Options options);

  [[nodiscard]] Admission judge(const Request& request, const RouteOptions& route,
                                Clock::time_point now = Clock::now());
  // Told of what was answered, on the handler's thread: whose request was granted comes by the
  // officers' lane from now on.
  void learn(const Request& request, const RouteOptions& route, const Response& response,
             Clock::time_point now = Clock::now());
  // A token that was found good, and whence it came.
  void remember(std::string_view token, std::string_view account, std::string_view address,
                Clock::time_point now = Clock::now());

 private:
  struct Known {
    std::string account;
    Clock::time_point until;
  };
  struct Class {
    std::unique_ptr<RateLimiter> each;
    std::unique_ptr<RateLimiter> all;
  };
  [[nodiscard]] std::optional<std::string> account_of(const Request& request,
                                                      Clock::time_point now);
  // What is said to a large body that its sender may not send anyway, before it is read.
  [[nodiscard]] std::optional<Response> judge_body(const Request& request,
                                                   const RouteOptions& route) const;
  // Officers have worked from there, or it is an office.
  [[nodiscard]] bool is_known_place(const std::string& address, Clock::time_point now);

  Options options_;
  std::map<std::string, Class, std::less<>> classes_;
  std::mutex mutex_;
  std::unordered_map<std::string, Known> known_;               // by the hash of the token
  std::unordered_map<std::string, Clock::time_point> places_;  // address blocks, and until when
};

// Does a browser say that another site sends it?  Only of requests that change something.
[[nodiscard]] bool comes_from_elsewhere(const Request& request, std::string_view public_url);
// A body that a form of another site could send without asking.
[[nodiscard]] bool is_plain_form(const Request& request);

}  // namespace http::routes
