#include "http/routes/api.h"

#include <array>
#include <charconv>
#include <fstream>
#include <sstream>

#include <boost/json.hpp>

#include "base/sha256.h"
#include "base/text.h"
#include "dossier/event_fields.h"
#include "http/address_block.h"
#include "http/problem.h"
#include "http/routes/authority_routes.h"
#include "http/routes/delivery_routes.h"
#include "http/routes/organisation_routes.h"

namespace http::routes {

namespace {

using casework::fail;
using casework::Failure;
using casework::FailureKind;

struct StatusAndTitle {
  int status;
  const char* vi;
  const char* en;
};

StatusAndTitle status_of(FailureKind kind) {
  switch (kind) {
    case FailureKind::invalid:
      return {400, "Yêu cầu không đúng định dạng", "Malformed request"};
    case FailureKind::unprocessable:
      return {422, "Nội dung chưa hợp lệ", "Content not acceptable"};
    case FailureKind::unauthenticated:
      return {401, "Chưa đăng nhập", "Not signed in"};
    case FailureKind::forbidden:
      return {403, "Không có quyền", "Not allowed for you"};
    case FailureKind::not_found:
      return {404, "Không tìm thấy", "Not found"};
    case FailureKind::gone:
      return {410, "Đã hết hạn", "Gone"};
    case FailureKind::not_allowed_now:
      return {409, "Không thực hiện được lúc này", "Not allowed now"};
    case FailureKind::stale:
      return {412, "Dữ liệu đã thay đổi", "Changed meanwhile"};
    case FailureKind::key_missing:
      return {400, "Thiếu Idempotency-Key", "Idempotency-Key missing"};
    case FailureKind::key_in_flight:
      return {409, "Đang xử lý", "In flight"};
    case FailureKind::key_reused:
      return {422, "Khóa đã dùng", "Key reused"};
    case FailureKind::too_large:
      return {413, "Dữ liệu quá lớn", "Too large"};
    case FailureKind::unsupported:
      return {415, "Loại tệp không nhận", "Type not accepted"};
    case FailureKind::throttled:
      return {429, "Quá nhiều yêu cầu", "Too many requests"};
    case FailureKind::unavailable:
      return {503, "Tạm thời chưa thực hiện được", "Unavailable"};
    case FailureKind::full:
      return {507, "Hết dung lượng", "No room left"};
  }
  return {500, "Lỗi", "Error"};
}

// What the members of request bodies hold.  A name means the same in every operation.
enum class MemberKind { text, object, list, boolean, integer };
struct KnownMember {
  std::string_view name;
  MemberKind kind;
};
constexpr std::array kMembers{
    KnownMember{"procedure", MemberKind::text},
    KnownMember{"agency", MemberKind::text},
    KnownMember{"draft", MemberKind::text},
    KnownMember{"page", MemberKind::text},
    KnownMember{"channel", MemberKind::text},
    KnownMember{"return_method", MemberKind::text},
    KnownMember{"return_at", MemberKind::text},
    KnownMember{"carrier", MemberKind::text},
    KnownMember{"task", MemberKind::text},
    KnownMember{"outcome", MemberKind::text},
    KnownMember{"note", MemberKind::text},
    KnownMember{"reason", MemberKind::text},
    KnownMember{"repeat_reason", MemberKind::text},
    KnownMember{"officer", MemberKind::text},
    KnownMember{"next_assignee", MemberKind::text},
    KnownMember{"field", MemberKind::text},
    KnownMember{"file", MemberKind::text},
    KnownMember{"number", MemberKind::text},
    KnownMember{"method", MemberKind::text},
    KnownMember{"received_by", MemberKind::text},
    KnownMember{"reference", MemberKind::text},
    KnownMember{"receipt", MemberKind::text},
    KnownMember{"comment", MemberKind::text},
    KnownMember{"username", MemberKind::text},
    KnownMember{"cause", MemberKind::text},
    KnownMember{"basis", MemberKind::text},
    KnownMember{"expected_until", MemberKind::text},
    KnownMember{"new_due_on", MemberKind::text},
    KnownMember{"act", MemberKind::text},
    KnownMember{"answers", MemberKind::object},
    KnownMember{"schedule", MemberKind::object},
    KnownMember{"applicant", MemberKind::object},
    KnownMember{"on_behalf_of", MemberKind::object},
    KnownMember{"acting", MemberKind::object},
    KnownMember{"assistance", MemberKind::object},
    KnownMember{"data", MemberKind::object},
    KnownMember{"attachments", MemberKind::list},
    KnownMember{"shown_components", MemberKind::list},
    KnownMember{"checked_components", MemberKind::list},
    KnownMember{"items", MemberKind::list},
    KnownMember{"roles", MemberKind::list},
    KnownMember{"receive", MemberKind::boolean},
    KnownMember{"duplicate_confirmed", MemberKind::boolean},
    KnownMember{"active", MemberKind::boolean},
    KnownMember{"amount", MemberKind::integer},
    KnownMember{"score", MemberKind::integer},
};

bool is_of(MemberKind kind, const base::json::value& value) {
  switch (kind) {
    case MemberKind::text:
      return value.is_string();
    case MemberKind::object:
      return value.is_object();
    case MemberKind::list:
      return value.is_array();
    case MemberKind::boolean:
      return value.is_bool();
    case MemberKind::integer:
      return value.is_int64();
  }
  return false;
}

calendar::Bilingual words_for(MemberKind kind) {
  switch (kind) {
    case MemberKind::text:
      return {"một chuỗi ký tự", "a string"};
    case MemberKind::object:
      return {"một đối tượng JSON", "an object"};
    case MemberKind::list:
      return {"một danh sách", "a list"};
    case MemberKind::boolean:
      return {"true hoặc false", "true or false"};
    case MemberKind::integer:
      return {"một số nguyên", "a whole number"};
  }
  return {};
}

// What people write about a dossier is printed and mailed; nobody writes a book there.
constexpr std::size_t kTextBytesMax = 12'000;

Answer<base::Done> check_lengths(const base::json::object& body) {
  Failure failure{FailureKind::unprocessable,
                  "text-too-long",
                  {"Nội dung quá dài. Hãy viết ngắn lại (tối đa khoảng 4.000 chữ) hoặc đính kèm "
                   "thành tệp.",
                   "A text is too long. Shorten it (about 4,000 letters at most) or attach it as "
                   "a file."},
                  {}};
  for (const KnownMember& known : kMembers) {
    const auto* value = body.if_contains(known.name);
    if (value == nullptr || !value->is_string()) continue;
    if (value->get_string().size() <= kTextBytesMax) continue;
    failure.problems.push_back({.field = std::string{known.name},
                                .page = {},
                                .code = form::ProblemCode::too_long,
                                .severity = form::Severity::error,
                                .message = failure.detail});
  }
  if (!failure.problems.empty()) return base::Failure{std::move(failure)};
  return base::Done{};
}

// A member of another kind would be passed over, and with it what somebody meant to send.
Answer<base::Done> check_members(const base::json::object& body) {
  Failure failure{FailureKind::unprocessable,
                  "member-wrong-type",
                  {"Một số mục gửi lên không đúng kiểu dữ liệu. Chưa có gì thay đổi.",
                   "Some members of the body are of the wrong type. Nothing changed."},
                  {}};
  for (const KnownMember& known : kMembers) {
    const auto* value = body.if_contains(known.name);
    if (value == nullptr || value->is_null() || is_of(known.kind, *value)) continue;
    const auto words = words_for(known.kind);
    const std::string name{known.name};
    failure.problems.push_back({.field = name,
                                .page = {},
                                .code = form::ProblemCode::wrong_type,
                                .severity = form::Severity::error,
                                .message = {"Mục " + name + " phải là " + words.vi + ".",
                                            "Member " + name + " must be " + words.en + "."}});
  }
  if (!failure.problems.empty()) return base::Failure{std::move(failure)};
  return check_lengths(body);
}

base::Failure<Failure> sign_in_required() {
  return fail(
      FailureKind::unauthenticated, "sign-in-required",
      {"Phiên làm việc đã hết hoặc chưa đăng nhập. Hãy đăng nhập; nội dung đang nhập được "
       "giữ lại.",
       "You are not signed in, or the session has ended. Sign in; what you typed is kept."});
}

bool changes_something(Method method) {
  return method != Method::get && method != Method::head && method != Method::options;
}

}  // namespace

Response failure_response(const Request& request, const Failure& failure) {
  const StatusAndTitle shown = status_of(failure.kind);
  Problem told;
  told.status = shown.status;
  told.type = failure.code;
  told.title = shown.vi;
  told.detail = failure.detail.vi;
  told.title_en = shown.en;
  told.detail_en = failure.detail.en;
  for (const form::FieldProblem& one : failure.problems) {
    if (one.severity != form::Severity::error) continue;
    told.errors.push_back({.field = one.field,
                           .code = std::string{form::to_text(one.code)},
                           .message = one.message.vi,
                           .message_en = one.message.en});
  }
  if (failure.version != 0) told.extra["version"] = failure.version;
  Response response = problem(request, told);
  if (failure.retry_after_seconds > 0) {
    response.headers.set("Retry-After", std::to_string(failure.retry_after_seconds));
  }
  return response;
}

void add(Router& router, Method method, std::string_view pattern, std::string_view operation_id,
         Use use, RouteOptions options) {
  options.operation_id = operation_id;
  router.add(
      method, pattern,
      [use = std::move(use)](const Request& request) {
        auto answer = use(request);
        if (!answer) return failure_response(request, answer.error());
        return std::move(answer).value();
      },
      std::move(options));
}

std::string header(const Request& request, std::string_view name) {
  const auto found = request.headers.find(name);
  return found.has_value() ? std::string{*found} : std::string{};
}

std::string query(const Request& request, std::string_view name) {
  const auto found = request.find_query(name);
  return found.has_value() ? std::string{*found} : std::string{};
}

casework::UploadSender stranger_of(const Request& request) {
  return {.officer = false, .name = address_block(request.remote_address)};
}

Answer<base::Done> UploadSlot::granted() const {
  if (!mine_) {
    return base::Failure{
        casework::failure_from(base::Fault{base::FaultCode::unavailable, "uploads are queued"})};
  }
  return base::Done{};
}

namespace {

// The mark of a number that a store will allot (casework::number_placeholder) is ours: typed by
// somebody it loses a brace and with it its meaning.
void take_marks_out(base::json::value& json) {
  if (json.is_string()) {
    base::json::string& text = json.get_string();
    for (std::size_t at = text.find("{{number:"); at != base::json::string::npos;
         at = text.find("{{number:", at)) {
      text.erase(at, 1);
    }
  } else if (json.is_array()) {
    for (base::json::value& one : json.get_array()) take_marks_out(one);
  } else if (json.is_object()) {
    for (auto& member : json.get_object()) take_marks_out(member.value());
  }
}

}  // namespace

Answer<base::json::object> body_object(const Request& request) {
  const auto json = base::parse_json(request.body);
  if (!json || !base::is_utf8(request.body)) {
    const std::string where = json ? "not UTF-8" : json.error().message;
    return fail(FailureKind::invalid, "malformed-json",
                {"Nội dung gửi lên không phải JSON hợp lệ (" + where +
                     "). Chưa có gì thay đổi; hãy gửi lại.",
                 "The body is not valid JSON (" + where + "). Nothing changed; send it again."});
  }
  if (!json->is_object()) {
    return fail(
        FailureKind::invalid, "malformed-json",
        {"Nội dung gửi lên phải là một đối tượng JSON.", "The body must be a JSON object."});
  }
  TRY(check_members(json->get_object()));
  base::json::value body = *json;
  take_marks_out(body);
  return std::move(body.get_object());
}

Answer<std::string> body_bytes(const Request& request) {
  if (!request.body_file.has_value()) return request.body;
  std::ifstream file(request.body_file->path, std::ios::binary);
  std::ostringstream bytes;
  bytes << file.rdbuf();
  if (!file) {
    return base::Failure{
        casework::failure_from(base::Fault{base::FaultCode::internal, "an upload's file is gone"})};
  }
  return std::move(bytes).str();
}

Answer<std::string> text_member(const base::json::object& body, std::string_view name) {
  const auto* value = body.if_contains(name);
  if (value == nullptr || !value->is_string()) {
    const std::string shown{name};
    Failure failure{FailureKind::unprocessable,
                    "member-missing",
                    {"Thiếu mục " + shown + ".", "Member " + shown + " is missing."},
                    {}};
    failure.problems.push_back({.field = shown,
                                .page = {},
                                .code = form::ProblemCode::required,
                                .severity = form::Severity::error,
                                .message = failure.detail});
    return base::Failure{std::move(failure)};
  }
  return std::string{value->get_string().data(), value->get_string().size()};
}

Answer<base::Done> require_key(const Request& request) {
  const std::string key = header(request, "Idempotency-Key");
  bool printable = !key.empty() && key.size() <= 128;
  for (const char c : key) printable = printable && c > ' ' && c < '\x7f';
  if (!printable) {
    return fail(
        FailureKind::key_missing, "idempotency-key-missing",
        {"Thiếu tiêu đề Idempotency-Key (1 đến 128 ký tự in được). Hãy tạo một khóa cho mỗi ý "
         "định và gửi lại cùng khóa khi thử lại.",
         "The Idempotency-Key header is missing (1 to 128 printable characters). Make one "
         "key for each intent and repeat it when trying again."});
  }
  return base::Done{};
}

Answer<casework::RequestKey> request_key(const Request& request, const std::string& actor,
                                         std::string_view body) {
  TRY(require_key(request));
  base::Sha256Stream hash;
  hash.update(to_text(request.method));
  hash.update(" ");
  hash.update(request.path);
  for (const char* name : {"X-File-Name", "X-Component", "If-Match"}) {
    hash.update("\n");
    hash.update(header(request, name));
  }
  hash.update("\n\n");
  hash.update(body);
  return casework::RequestKey{.key = header(request, "Idempotency-Key"),
                              .hash = base::to_hex(hash.finish()),
                              .actor = actor};
}

Answer<std::optional<std::int64_t>> if_match(const Request& request) {
  std::string text = header(request, "If-Match");
  if (text.empty() || text == "*") return std::optional<std::int64_t>{};
  if (text.starts_with("W/")) text.erase(0, 2);
  if (text.size() >= 2 && text.front() == '"' && text.back() == '"') {
    text = text.substr(1, text.size() - 2);
  }
  std::int64_t version = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), version);
  if (error != std::errc{} || end != text.data() + text.size() || version < 0) {
    return fail(FailureKind::invalid, "bad-if-match",
                {"Tiêu đề If-Match phải là phiên bản của hồ sơ, ví dụ \"5\".",
                 "If-Match must be the dossier's version, e.g. \"5\"."});
  }
  return std::optional<std::int64_t>{version};
}

std::optional<identity::SignedIn> maybe_officer(Api& api, const Request& request) {
  const auto cookie = request.find_cookie(identity::session_cookie_name(api.transport));
  if (!cookie.has_value()) return std::nullopt;
  auto found = api.accounts.look_up(*cookie, request.remote_address);
  if (!found || !found->has_value() || !(*found)->is_open()) return std::nullopt;
  return *std::move(found);
}

identity::Visitor visitor_of(const Request& request) {
  return {.address = request.remote_address, .user_agent = header(request, "User-Agent")};
}

Answer<identity::SignedIn> session_of(Api& api, const Request& request) {
  const auto cookie = request.find_cookie(identity::session_cookie_name(api.transport));
  std::optional<identity::SignedIn> who;
  if (cookie.has_value()) {
    auto found = api.accounts.look_up(*cookie, request.remote_address);
    if (!found) return base::Failure{casework::failure_from(found.error())};
    who = *std::move(found);
  }
  if (!who.has_value()) return sign_in_required();
  if (changes_something(request.method) &&
      !base::equal_in_constant_time(who->csrf_token, header(request, "X-CSRF-Token"))) {
    return fail(FailureKind::forbidden, "csrf-token-wrong",
                {"Thiếu hoặc sai mã chống giả mạo yêu cầu (X-CSRF-Token). Hãy tải lại trang.",
                 "The X-CSRF-Token header is missing or wrong. Reload the page."});
  }
  return *std::move(who);
}

Answer<identity::SignedIn> officer_of(Api& api, const Request& request) {
  auto who = TRY(session_of(api, request));
  if (who.locked) {
    return fail(FailureKind::unauthenticated, "session-locked",
                {"Màn hình đã khóa vì lâu không thao tác. Hãy mở khóa; nội dung đang nhập được giữ "
                 "lại.",
                 "The session is locked because nothing was done for a while. Unlock it; what you "
                 "typed is kept."});
  }
  if (!who.is_open()) return sign_in_required();
  const bool about_himself =
      request.path.starts_with("/api/v1/session") || request.path.starts_with("/api/v1/security");
  // Neither read nor change: whoever gave the first password knows it, too.
  if (who.must_change_password && !about_himself) {
    return fail(FailureKind::forbidden, "password-change-required",
                {"Hãy đổi mật khẩu trước khi làm việc.", "Change the password before you work."});
  }
  if (who.must_set_second_factor && !about_himself) {
    return fail(FailureKind::forbidden, "second-factor-set-up-required",
                {"Tài khoản này phải có xác thực hai lớp. Hãy thiết lập trước khi làm việc.",
                 "This account needs a second factor. Set one up before you work."});
  }
  return who;
}

Answer<identity::SignedIn> confirmed_officer_of(Api& api, const Request& request) {
  auto who = TRY(officer_of(api, request));
  TRY(api.accounts.require_fresh(who));
  return who;
}

std::vector<std::string> text_list(const base::json::object& body, std::string_view name) {
  std::vector<std::string> list;
  if (const auto* value = body.if_contains(name)) {
    if (!dossier::JsonReader::read(*value, list)) list.clear();
  }
  return list;
}

dossier::Person read_person(const base::json::value& json) {
  dossier::Person person;
  if (json.is_object()) {
    dossier::JsonReader reader{json.get_object()};
    describe(reader, person);
  }
  return person;
}

Answer<dossier::Supplement> read_supplement(Api& api, const base::json::object& body,
                                            const std::vector<std::string>& owners) {
  dossier::Supplement supplement;
  if (const auto* answers = body.if_contains("answers"); answers != nullptr) {
    if (answers->is_object()) supplement.answers = answers->get_object();
  }
  supplement.note = base::string_or(body, "note");
  supplement.attachments =
      TRY(casework::attachments_by_id(api.workplace, text_list(body, "attachments"), owners));
  return supplement;
}

void add_routes(Router& router, Api& api) {
  add_public_routes(router, api);
  add_citizen_routes(router, api);
  add_tracking_routes(router, api);
  add_session_routes(router, api);
  add_sign_in_routes(router, api);
  add_security_routes(router, api);
  add_desk_routes(router, api);
  add_command_routes(router, api);
  add_time_routes(router, api);
  add_calendar_routes(router, api);
  add_follow_up_routes(router, api);
  add_upload_routes(router, api);
  add_transport_routes(router, api);
  add_competence_routes(router, api);
  add_file_check_routes(router, api);
  add_officer_routes(router, api);
  add_delivery_routes(router, api);
  add_organisation_routes(router, api);
  add_authority_routes(router, api);
  add_journal_routes(router, api);
  add_catalogue_routes(router, api);
  add_publishing_routes(router, api);
  add_person_routes(router, api);
}

}  // namespace http::routes
