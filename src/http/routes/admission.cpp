#include "http/routes/admission.h"

#include <algorithm>
#include <array>
#include <charconv>

#include "http/address_block.h"
#include "http/problem.h"

namespace http::routes {

namespace {

// A session that has ended keeps its lane so long and no more.
constexpr std::chrono::seconds kRemembered{120};
constexpr std::size_t kKnownMax = 50'000;
// Where officers work, they come back to: after a weekend, and after holidays.
constexpr std::chrono::hours kPlaceRemembered{24 * 14};
constexpr std::size_t kPlacesMax = 20'000;
// What is smaller costs less than asking.
constexpr std::uint64_t kLargeBodyBytes = 64 * 1024;

constexpr RateLimit per_minute(double count, double burst) {
  return {.per_second = count / 60, .burst = burst};
}

struct OperationClass {
  std::string_view operation;
  std::string_view name;
};
// What is not here is an officer's work.
constexpr std::array kClasses{
    OperationClass{"health", "public"},
    OperationClass{"list_procedures", "public"},
    OperationClass{"get_procedure", "public"},
    OperationClass{"evaluate_answers", "public"},
    OperationClass{"list_agencies", "public"},
    OperationClass{"explain_competence", "public"},
    OperationClass{"journal_keys", "public"},
    OperationClass{"journal_checkpoint", "public"},
    OperationClass{"get_session", "public"},
    OperationClass{"get_setup", "public"},
    OperationClass{"create_draft", "filing"},
    OperationClass{"file_dossier", "filing"},
    OperationClass{"get_draft", "citizen"},
    OperationClass{"save_draft", "citizen"},
    OperationClass{"delete_draft", "citizen"},
    OperationClass{"upload_draft_file", "citizen"},
    OperationClass{"delete_draft_file", "citizen"},
    OperationClass{"begin_draft_upload", "citizen"},
    OperationClass{"get_upload", "citizen"},
    OperationClass{"append_to_upload", "citizen"},
    OperationClass{"finish_upload", "citizen"},
    OperationClass{"drop_upload", "citizen"},
    OperationClass{"track", "lookup"},
    OperationClass{"track_status", "lookup"},
    OperationClass{"track_receipt", "lookup"},
    OperationClass{"track_result", "lookup"},
    OperationClass{"track_apology", "lookup"},
    OperationClass{"track_qr", "lookup"},
    OperationClass{"track_proof", "lookup"},
    OperationClass{"track_upload", "lookup"},
    OperationClass{"track_supplement", "lookup"},
    OperationClass{"track_withdraw", "lookup"},
    OperationClass{"track_rating", "lookup"},
    OperationClass{"track_change_return", "lookup"},
    OperationClass{"begin_tracking_upload", "lookup"},
    OperationClass{"sign_in", "sign_in"},
    OperationClass{"begin_sign_in", "sign_in"},
    OperationClass{"finish_sign_in", "sign_in"},
    OperationClass{"get_me", "citizen"},
    OperationClass{"list_my_dossiers", "citizen"},
    OperationClass{"citizen_sign_out", "citizen"},
    OperationClass{"change_password", "sign_in"},
    OperationClass{"give_second_factor", "sign_in"},
    OperationClass{"unlock_session", "sign_in"},
    OperationClass{"confirm_totp", "sign_in"},
    OperationClass{"add_passkey", "sign_in"},
    OperationClass{"create_first_administrator", "sign_in"},
    OperationClass{"export_dossiers_xlsx", "export"},
    OperationClass{"export_dossiers_csv", "export"},
    OperationClass{"print_follow_up_book", "export"},
    OperationClass{"export_follow_up_book", "export"},
    OperationClass{"export_organisation_csv", "export"},
    OperationClass{"export_organisation_xlsx", "export"},
    OperationClass{"export_reconciliation_csv", "export"},
    OperationClass{"export_reconciliation_xlsx", "export"},
};

// Who asks these has an identity provider asked, and waits for it.
bool waits_for_provider(std::string_view operation) {
  return operation == "begin_sign_in" || operation == "finish_sign_in";
}

// What has a paper judged; of an officer whom we know it is work like any other.
bool brings_paper(std::string_view operation) {
  return operation == "upload_draft_file" || operation == "track_upload" ||
         operation == "finish_upload";
}

bool announces_large_body(const Request& request) {
  if (request.headers.contains("Transfer-Encoding")) return true;
  const std::string_view text = request.headers.value_or("Content-Length");
  std::uint64_t length = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), length);
  // One that is too long for the number is large as well; the parser has refused what is none.
  return error == std::errc::result_out_of_range || length > kLargeBodyBytes;
}

bool changes_something(Method method) {
  return method != Method::get && method != Method::head && method != Method::options;
}

// "https://motcua.example" of a longer address.
std::string_view origin_of(std::string_view url) {
  const auto scheme = url.find("://");
  if (scheme == std::string_view::npos) return {};
  return url.substr(0, url.find('/', scheme + 3));
}

Response refused(const Request& request, int status, const char* type, const char* title,
                 const char* detail, const char* title_en, const char* detail_en) {
  Problem told;
  told.status = status;
  told.type = type;
  told.title = title;
  told.detail = detail;
  told.title_en = title_en;
  told.detail_en = detail_en;
  return problem(request, told);
}

Response refused_as_foreign(const Request& request) {
  return refused(request, 403, "cross-site-request", "Yêu cầu đến từ trang khác",
                 "Trình duyệt cho biết yêu cầu này do một trang web khác gửi nên không được thực "
                 "hiện. Hãy mở trang của hệ thống và thao tác tại đó.",
                 "Request of another site",
                 "The browser says that another site sends this request; nothing was done. Open "
                 "the page of this system and do it there.");
}

Response refused_as_form(const Request& request) {
  return refused(request, 403, "form-body", "Kiểu nội dung không được nhận",
                 "Nội dung dạng biểu mẫu hoặc văn bản thuần không được nhận vì trang khác có thể "
                 "gửi thay bạn. Hãy gửi application/json.",
                 "Kind of body not taken",
                 "Bodies of forms and plain text are not taken, since another site could send "
                 "them in your name. Send application/json.");
}

Response refused_as_too_many(const Request& request, std::chrono::nanoseconds wait) {
  Response response = error_response(request, standard_problem(429));
  const auto seconds = std::chrono::ceil<std::chrono::seconds>(wait).count();
  response.headers.set("Retry-After", std::to_string(std::max<std::int64_t>(seconds, 1)));
  return response;
}

// "60/60+10"
std::optional<RateLimit> parse_limit(std::string_view text) {
  const auto slash = text.find('/');
  if (slash == std::string_view::npos) return std::nullopt;
  const auto plus = text.find('+', slash);
  const auto number = [](std::string_view digits) -> std::optional<int> {
    int value = 0;
    const auto [end, error] = std::from_chars(digits.data(), digits.data() + digits.size(), value);
    if (error != std::errc{} || end != digits.data() + digits.size()) return std::nullopt;
    return value;
  };
  const auto count = number(text.substr(0, slash));
  const auto seconds =
      number(text.substr(slash + 1, plus == std::string_view::npos ? plus : plus - slash - 1));
  if (!count || !seconds || *count < 1 || *seconds < 1) return std::nullopt;
  RateLimit limit{.per_second = static_cast<double>(*count) / *seconds, .burst = 1};
  if (plus == std::string_view::npos) {
    // A tenth of a minute's worth at once.
    limit.burst = std::max(1.0, limit.per_second * 6);
    return limit;
  }
  const auto burst = number(text.substr(plus + 1));
  if (!burst || *burst < 1) return std::nullopt;
  limit.burst = *burst;
  return limit;
}

}  // namespace

std::string_view rate_class_of(std::string_view operation_id) {
  const auto* found = std::ranges::find(kClasses, operation_id, &OperationClass::operation);
  return found == kClasses.end() ? std::string_view{"officer"} : found->name;
}

// Generous to an office or a town behind one address; a machine that guesses or copies is slowed.
const std::vector<RateRule>& default_rate_rules() {
  static const std::vector<RateRule> rules{
      {"public", per_minute(3000, 300), per_minute(60'000, 6000)},
      {"citizen", per_minute(1800, 200), per_minute(30'000, 3000)},
      {"filing", per_minute(600, 100), per_minute(12'000, 1200)},
      {"lookup", per_minute(300, 60), per_minute(6000, 600)},
      {"sign_in", per_minute(120, 60), per_minute(2400, 240)},
      {"officer", per_minute(1800, 300), {}},
      {"export", per_minute(60, 20), {}},
  };
  return rules;
}

bool change_rule(std::vector<RateRule>& rules, std::string_view text) {
  const auto equals = text.find('=');
  if (equals == std::string_view::npos) return false;
  std::string_view name = text.substr(0, equals);
  const bool all = name.starts_with("all.");
  if (all) name.remove_prefix(4);
  const auto limit = parse_limit(text.substr(equals + 1));
  const auto rule = std::ranges::find(rules, name, &RateRule::name);
  if (!limit || rule == rules.end()) return false;
  (all ? rule->all : rule->each) = *limit;
  return true;
}

bool comes_from_elsewhere(const Request& request, std::string_view public_url) {
  if (!changes_something(request.method)) return false;
  const std::string_view site = request.headers.value_or("Sec-Fetch-Site");
  if (!site.empty() && site != "same-origin" && site != "none") return true;
  const auto origin = request.headers.find("Origin");
  if (!origin.has_value()) return false;
  const std::string_view host = request.headers.value_or("Host");
  const auto scheme = origin->find("://");
  const std::string_view own = origin_of(public_url);
  if (!own.empty() && equal_ignoring_case(*origin, own)) return false;
  // Where we are known to be behind TLS, a page that came without it is not ours.
  if (own.starts_with("https://") && !origin->starts_with("https://")) return true;
  return scheme == std::string_view::npos || host.empty() ||
         !equal_ignoring_case(origin->substr(scheme + 3), host);
}

bool is_plain_form(const Request& request) {
  if (!changes_something(request.method)) return false;
  constexpr std::array<std::string_view, 3> kTypes{
      "text/plain", "application/x-www-form-urlencoded", "multipart/form-data"};
  return std::ranges::find(kTypes, request.media_type()) != kTypes.end();
}

AdmissionDesk::AdmissionDesk(Options options) : options_(std::move(options)) {
  for (const RateRule& rule : options_.rules) {
    classes_.emplace(rule.name, Class{std::make_unique<RateLimiter>(rule.each),
                                      std::make_unique<RateLimiter>(rule.all)});
  }
}

Admission AdmissionDesk::judge(const Request& request, const RouteOptions& route,
                               Clock::time_point now) {
  Admission admission;
  if (comes_from_elsewhere(request, options_.public_url)) {
    admission.refusal = refused_as_foreign(request);
    return admission;
  }
  if (is_plain_form(request)) {
    admission.refusal = refused_as_form(request);
    return admission;
  }
  // Pages have no class: they are answered from memory.
  if (route.operation_id.empty()) return admission;
  const std::string_view name = rate_class_of(route.operation_id);
  const auto account = account_of(request, now);
  // Whoever signs in is about to work.
  if (account.has_value() || name == "sign_in") admission.lane = Lane::reserved;
  if (waits_for_provider(route.operation_id)) admission.lane = Lane::outside;
  if (!account.has_value() && brings_paper(route.operation_id)) admission.lane = Lane::papers;
  admission.account = account.value_or(std::string{});
  if (!account.has_value() && announces_large_body(request)) {
    admission.refusal = judge_body(request, route);
    if (admission.refusal.has_value()) return admission;
  }
  const auto found = classes_.find(name);
  if (found == classes_.end()) return admission;
  const std::string key =
      account.has_value() ? "account " + *account : address_block(request.remote_address);
  auto wait = found->second.each->admit(key, now);
  // What strangers use up together is not what an officer signs in by where he always does.
  const bool of_all =
      !account.has_value() && (name != "sign_in" || !is_known_place(request.remote_address, now));
  if (wait.count() == 0 && of_all) wait = found->second.all->admit("", now);
  if (wait.count() > 0) admission.refusal = refused_as_too_many(request, wait);
  return admission;
}

void AdmissionDesk::learn(const Request& request, const RouteOptions& route,
                          const Response& response, Clock::time_point now) {
  const bool granted = response.status >= 200 && response.status < 300;
  if (!granted || route.operation_id.empty() || !options_.account_of) return;
  const auto cookie = request.find_cookie(identity::session_cookie_name(options_.transport));
  if (!cookie.has_value() || account_of(request, now).has_value()) return;
  const std::string account = options_.account_of(*cookie);
  if (!account.empty()) remember(*cookie, account, request.remote_address, now);
}

void AdmissionDesk::remember(std::string_view token, std::string_view account,
                             std::string_view address, Clock::time_point now) {
  auto hash = identity::hash_of_session_token(token);
  if (!hash) return;
  const std::lock_guard lock{mutex_};
  if (places_.size() >= kPlacesMax) {
    std::erase_if(places_, [&](const auto& one) { return one.second <= now; });
  }
  if (places_.size() < kPlacesMax) places_[address_block(address)] = now + kPlaceRemembered;
  if (known_.size() >= kKnownMax) {
    std::erase_if(known_, [&](const auto& one) { return one.second.until <= now; });
  }
  if (known_.size() >= kKnownMax) return;
  known_[std::move(*hash)] = {.account = std::string{account}, .until = now + kRemembered};
}

std::optional<Response> AdmissionDesk::judge_body(const Request& request,
                                                  const RouteOptions& route) const {
  const std::string_view name = rate_class_of(route.operation_id);
  const std::string_view operation = route.operation_id;
  const bool has_session =
      request.find_cookie(identity::session_cookie_name(options_.transport)).has_value();
  const bool officers_alone = name == "officer" || name == "export";
  const bool shows_secret =
      request.headers.contains("X-Draft-Secret") || request.headers.contains("X-Dossier-Code");
  const bool opened_by_secret = operation == "append_to_upload";
  if ((officers_alone && !has_session) || (opened_by_secret && !has_session && !shows_secret)) {
    return error_response(request, standard_problem(401));
  }
  const bool of_draft = operation == "save_draft" || operation == "upload_draft_file";
  if (of_draft && options_.opens_draft &&
      !options_.opens_draft(request.path_parameter("id"),
                            request.headers.value_or("X-Draft-Secret"))) {
    return error_response(request, standard_problem(404));
  }
  return std::nullopt;
}

bool AdmissionDesk::is_known_place(const std::string& address, Clock::time_point now) {
  if (options_.is_office && options_.is_office(address)) return true;
  const std::lock_guard lock{mutex_};
  const auto found = places_.find(address_block(address));
  return found != places_.end() && found->second > now;
}

std::optional<std::string> AdmissionDesk::account_of(const Request& request,
                                                     Clock::time_point now) {
  const auto cookie = request.find_cookie(identity::session_cookie_name(options_.transport));
  if (!cookie.has_value()) return std::nullopt;
  const auto hash = identity::hash_of_session_token(*cookie);
  if (!hash) return std::nullopt;
  const std::lock_guard lock{mutex_};
  const auto found = known_.find(*hash);
  if (found == known_.end() || found->second.until <= now) return std::nullopt;
  return found->second.account;
}

}  // namespace http::routes
