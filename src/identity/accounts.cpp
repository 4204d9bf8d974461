#include "identity/accounts.h"

#include <algorithm>

#include <boost/json.hpp>

#include "base/sha256.h"
#include "base/text.h"
#include "identity/password.h"
#include "identity/setup_token.h"
#include "party/authority.h"
#include "party/personal_id.h"

namespace identity {

namespace {

using casework::AccountRow;
using casework::Answer;
using casework::fail;
using casework::failure_from;
using casework::FailureKind;

constexpr const char* kSetupSetting = "setup_token";

std::string account_key(const std::string& username) {
  return base::to_lower(username);
}

bool is_username(const std::string& text) {
  return text.size() >= 3 && text.size() <= 64 &&
         text.find_first_not_of("abcdefghijklmnopqrstuvwxyz0123456789._-@") == std::string::npos;
}

Moment as_moment(calendar::Instant at) {
  return std::chrono::time_point_cast<std::chrono::seconds>(at);
}

base::Failure<casework::Failure> wrong_credentials() {
  return fail(
      FailureKind::unauthenticated, "wrong-credentials",
      {"Tên đăng nhập hoặc mật khẩu chưa đúng. Hãy kiểm tra phím Caps Lock và bộ gõ rồi thử "
       "lại.",
       "The user name or password is not right. Check Caps Lock and try again."});
}

base::Failure<casework::Failure> throttled(std::chrono::seconds wait) {
  casework::Failure failure{
      FailureKind::throttled,
      "too-many-attempts",
      {"Đã thử đăng nhập quá nhiều lần. Hãy chờ " + std::to_string(wait.count()) +
           " giây rồi thử lại.",
       "Too many attempts. Wait " + std::to_string(wait.count()) + " seconds and try again."},
      {}};
  failure.retry_after_seconds = static_cast<int>(wait.count());
  return base::Failure{std::move(failure)};
}

calendar::Bilingual explain_refusal(PasswordRefusal refusal) {
  switch (refusal) {
    case PasswordRefusal::too_short:
      return {"Mật khẩu cần ít nhất 12 ký tự; một câu ngắn dễ nhớ là tốt nhất.",
              "A password has at least 12 characters; a short sentence is best."};
    case PasswordRefusal::too_long:
      return {"Mật khẩu có tối đa 128 ký tự.", "A password has at most 128 characters."};
    case PasswordRefusal::not_text:
      return {"Mật khẩu chứa ký tự không hợp lệ.", "The password has characters that are no text."};
    case PasswordRefusal::common:
      return {"Mật khẩu này quá dễ đoán. Hãy chọn mật khẩu khác.",
              "This password is too easy to guess. Choose another one."};
    case PasswordRefusal::contains_username:
      return {"Mật khẩu không được chứa tên đăng nhập.",
              "The password must not hold the user name."};
  }
  return {};
}

Answer<base::Done> check_password(const std::string& password, const std::string& username) {
  const auto checked = check_new_password(password, username);
  if (checked) return base::Done{};
  const calendar::Bilingual why = explain_refusal(checked.error());
  casework::Failure failure{FailureKind::unprocessable, "password-not-accepted", why, {}};
  failure.problems.push_back({.field = "password",
                              .page = {},
                              .code = form::ProblemCode::bad_format,
                              .severity = form::Severity::error,
                              .message = why});
  return base::Failure{std::move(failure)};
}

AccountRow row_of(const OfficerForm& form, const std::string& hash, bool must_change) {
  return {.username = account_key(form.username),
          .officer = base::to_text(casework::officer_json(form.officer)),
          .officer_id = form.officer.id.text,
          .password_hash = hash,
          .must_change = must_change,
          .active = form.active};
}

Answer<base::Done> may_manage(const party::Officer& by, const party::Officer& whom,
                              calendar::Instant at) {
  const auto verdict =
      party::may(by, party::Action::manage_officers, party::Subject{.agency = whom.agency}, at);
  if (!verdict.allowed) return base::Failure{failure_from(verdict)};
  return base::Done{};
}

// Whom somebody does not administer does not exist for him.
Answer<casework::OfficerAccountPtr> within_reach(const party::Officer& by,
                                                 const casework::OfficerAccountPtr& known,
                                                 calendar::Instant at) {
  if (known == nullptr || !may_manage(by, known->officer, at)) {
    return fail(FailureKind::not_found, "officer-not-found",
                {"Không có cán bộ này.", "There is no such officer."});
  }
  return known;
}

}  // namespace

Moment Accounts::moment() {
  return as_moment(ports_.clock.now());
}

Answer<std::string> Accounts::hashed(const std::string& password) {
  auto hash = pool_.hash(password);
  if (!hash) return throttled(std::chrono::seconds{2});
  return std::move(hash).value();
}

std::string Accounts::first_password() {
  const std::string code = base::random_code(ports_.random, 16);
  return code.substr(0, 4) + "-" + code.substr(4, 4) + "-" + code.substr(8, 4) + "-" +
         code.substr(12, 4);
}

Answer<NewSignIn> Accounts::sign_in(const std::string& username, const std::string& password,
                                    const std::string& address) {
  const std::string key = account_key(username);
  const Moment now = moment();
  {
    const std::scoped_lock lock(throttle_mutex_);
    const auto wait = throttle_.wait_before(key, address, now);
    if (wait > std::chrono::seconds{0}) return throttled(wait);
    throttle_.attempt(key, address, now);
  }
  const auto row = TRY_AS_FAILURE(ports_.store.find_account(key));
  const bool usable = row.has_value() && row->active;
  const auto verified = pool_.verify(
      password, usable ? std::optional<std::string>{row->password_hash} : std::nullopt);
  if (!verified) return throttled(std::chrono::seconds{2});
  const casework::OfficerAccountPtr account = usable ? ports_.officers.find_username(key) : nullptr;
  if (!*verified || account == nullptr ||
      !account->officer.is_active_on(calendar::local_date(ports_.clock.now()))) {
    return wrong_credentials();
  }
  {
    const std::scoped_lock lock(throttle_mutex_);
    throttle_.succeeded(key, address, now);
  }
  NewSession fresh = start_session(key, now, ports_.random);
  TRY_AS_FAILURE(ports_.store.save_session({.token_hash = fresh.session.token_hash,
                                            .username = key,
                                            .csrf = fresh.session.csrf_token,
                                            .created_at = fresh.session.created_at,
                                            .seen_at = fresh.session.last_seen_at}));
  return NewSignIn{.signed_in = {.account = account,
                                 .username = key,
                                 .csrf_token = fresh.session.csrf_token,
                                 .token_hash = fresh.session.token_hash,
                                 .must_change_password = row->must_change},
                   .token = fresh.token};
}

std::optional<SignedIn> Accounts::find(std::string_view token) {
  auto found = look_up(token);
  return found ? *std::move(found) : std::nullopt;
}

base::Outcome<std::optional<SignedIn>> Accounts::look_up(std::string_view token) {
  const auto hash = hash_of_session_token(token);
  if (!hash.has_value()) return std::optional<SignedIn>{};
  const auto found = TRY(ports_.store.find_session(*hash));
  if (!found.has_value()) return std::optional<SignedIn>{};
  const casework::SessionRow& row = *found;
  const Session session{.token_hash = row.token_hash,
                        .account = row.username,
                        .csrf_token = row.csrf,
                        .created_at = as_moment(row.created_at),
                        .last_seen_at = as_moment(row.seen_at)};
  const Moment now = moment();
  switch (state_of(session, now)) {
    case SessionState::live:
      break;
    case SessionState::live_touch: {
      casework::SessionRow touched = row;
      touched.seen_at = now;
      [[maybe_unused]] const auto saved = ports_.store.save_session(touched);
      break;
    }
    case SessionState::idle_too_long:
    case SessionState::too_old: {
      [[maybe_unused]] const auto gone = ports_.store.delete_session(*hash);
      return std::optional<SignedIn>{};
    }
  }
  const casework::OfficerAccountPtr account = ports_.officers.find_username(row.username);
  if (account == nullptr || !account->active ||
      !account->officer.is_active_on(calendar::local_date(ports_.clock.now()))) {
    return std::optional<SignedIn>{};
  }
  const auto stored = TRY(ports_.store.find_account(row.username));
  const bool must_change = stored.has_value() && stored->must_change;
  return std::optional{SignedIn{.account = account,
                                .username = row.username,
                                .csrf_token = row.csrf,
                                .token_hash = *hash,
                                .must_change_password = must_change}};
}

void Accounts::sign_out(const SignedIn& who) {
  [[maybe_unused]] const auto gone = ports_.store.delete_session(who.token_hash);
}

Answer<base::Done> Accounts::change_password(const SignedIn& who, const std::string& current,
                                             const std::string& next) {
  auto row = TRY_AS_FAILURE(ports_.store.find_account(who.username));
  if (!row.has_value()) return wrong_credentials();
  const auto verified = pool_.verify(current, row->password_hash);
  if (!verified) return throttled(std::chrono::seconds{2});
  if (!*verified) {
    return fail(FailureKind::unprocessable, "wrong-password",
                {"Mật khẩu hiện tại chưa đúng.", "The current password is not right."});
  }
  TRY(check_password(next, who.username));
  row->password_hash = TRY(hashed(next));
  row->must_change = false;
  TRY_AS_FAILURE(ports_.store.save_account(*row));
  TRY_AS_FAILURE(ports_.store.delete_sessions(who.username, who.token_hash));
  return base::Done{};
}

Answer<base::Done> Accounts::check_form(const OfficerForm& form) const {
  casework::Failure failure{FailureKind::unprocessable,
                            "officer-not-valid",
                            {"Thông tin cán bộ chưa hợp lệ. Hãy sửa các mục được đánh dấu.",
                             "The officer's data is not valid. Mend the marked fields."},
                            {}};
  const auto add = [&](const char* field, const char* vi, const char* en) {
    failure.problems.push_back({.field = field,
                                .page = {},
                                .code = form::ProblemCode::bad_format,
                                .severity = form::Severity::error,
                                .message = {vi, en}});
  };
  if (!is_username(account_key(form.username))) {
    add("username", "Tên đăng nhập gồm 3 đến 64 chữ thường không dấu, số, dấu chấm hoặc gạch.",
        "A user name has 3 to 64 lower-case letters, digits, dots or dashes.");
  }
  if (base::to_one_line(form.officer.name).empty()) {
    add("name", "Nhập họ và tên.", "Enter the name.");
  }
  if (ports_.organisation.find(form.officer.agency) == nullptr) {
    add("agency", "Chọn một cơ quan trong danh mục.", "Choose an agency of the register.");
  }
  // One person, one account.
  if (const std::string& identity = form.officer.identity_number; !identity.empty()) {
    const auto id = party::PersonalId::parse(identity);
    if (!id || id->is_old() || id->digits() != identity) {
      add("identity_number", "Số định danh cá nhân gồm 12 chữ số.",
          "A personal identity number has 12 digits.");
    }
    for (const casework::OfficerAccountPtr& one : ports_.officers.all()) {
      if (one->officer.identity_number != identity || one->officer.id == form.officer.id) continue;
      add("identity_number", "Người này đã có một tài khoản; mỗi người chỉ có một tài khoản.",
          "This person has an account already; one account each.");
    }
  }
  if (form.officer.roles.empty()) add("roles", "Chọn ít nhất một vai trò.", "Choose a role.");
  if (!failure.problems.empty()) return base::Failure{std::move(failure)};
  return base::Done{};
}

Answer<CreatedOfficer> Accounts::create_officer(const party::Officer& by, OfficerForm form) {
  TRY(may_manage(by, form.officer, ports_.clock.now()));
  TRY(check_form(form));
  form.officer.id = party::OfficerId{"cb-" + base::random_hex(ports_.random, 8)};
  CreatedOfficer created{.account = nullptr, .initial_password = first_password()};
  const AccountRow row = row_of(form, TRY(hashed(created.initial_password)), true);
  const auto saved = ports_.store.create_account(row);
  if (!saved && saved.error().code == base::FaultCode::conflict) {
    return fail(FailureKind::not_allowed_now, "username-taken",
                {"Tên đăng nhập " + row.username + " đã có người dùng. Hãy chọn tên khác.",
                 "User name " + row.username + " is taken. Choose another one."});
  }
  if (!saved) return base::Failure{failure_from(saved.error())};
  ports_.officers.remember(row, form.officer);
  created.account = ports_.officers.find_username(row.username);
  return created;
}

Answer<casework::OfficerAccountPtr> Accounts::update_officer(const party::Officer& by,
                                                             const std::string& officer_id,
                                                             OfficerForm form) {
  const casework::OfficerAccountPtr known =
      TRY(within_reach(by, ports_.officers.find(officer_id), ports_.clock.now()));
  TRY(may_manage(by, form.officer, ports_.clock.now()));
  form.username = known->username;
  form.officer.id = known->officer.id;
  // Shown masked: what was not typed anew stays.
  if (form.officer.identity_number.empty() || form.officer.identity_number.starts_with('*')) {
    form.officer.identity_number = known->officer.identity_number;
  }
  TRY(check_form(form));
  if (!form.active && by.id == known->officer.id) {
    return fail(FailureKind::not_allowed_now, "own-account",
                {"Bạn không thể khóa tài khoản của chính mình.",
                 "You cannot deactivate your own account."});
  }
  const auto before = TRY_AS_FAILURE(ports_.store.find_account(known->username));
  if (!before.has_value())
    return base::Failure{failure_from(base::Fault{base::FaultCode::not_found, ""})};
  AccountRow row = row_of(form, before->password_hash, before->must_change);
  TRY_AS_FAILURE(ports_.store.save_account(row));
  ports_.officers.remember(row, form.officer);
  if (!form.active) TRY_AS_FAILURE(ports_.store.delete_sessions(row.username, ""));
  return ports_.officers.find(officer_id);
}

Answer<std::string> Accounts::reset_password(const party::Officer& by,
                                             const std::string& officer_id) {
  const casework::OfficerAccountPtr known =
      TRY(within_reach(by, ports_.officers.find(officer_id), ports_.clock.now()));
  auto row = TRY_AS_FAILURE(ports_.store.find_account(known->username));
  if (!row.has_value())
    return base::Failure{failure_from(base::Fault{base::FaultCode::not_found, ""})};
  const std::string password = first_password();
  row->password_hash = TRY(hashed(password));
  row->must_change = true;
  TRY_AS_FAILURE(ports_.store.save_account(*row));
  TRY_AS_FAILURE(ports_.store.delete_sessions(row->username, ""));
  return password;
}

bool Accounts::setup_needed() {
  return std::ranges::none_of(ports_.officers.all(), [](const casework::OfficerAccountPtr& one) {
    return one->active && one->officer.has_role(party::Role::administrator);
  });
}

base::Outcome<std::string> Accounts::make_setup_secret() {
  const NewSetupToken fresh = make_setup_token(moment(), ports_.random);
  const base::json::object json{{"hash", fresh.token.secret_hash},
                                {"expires_at", fresh.token.expires_at.time_since_epoch().count()}};
  TRY(ports_.store.save_setting(kSetupSetting, base::to_text(json)));
  return fresh.secret;
}

Answer<base::Done> Accounts::create_first_administrator(const std::string& secret,
                                                        const std::string& username,
                                                        const std::string& password,
                                                        const std::string& name,
                                                        const std::string& agency) {
  const std::scoped_lock lock(setup_mutex_);
  const auto void_link = [] {
    return fail(
        FailureKind::forbidden, "setup-link-void",
        {"Đường dẫn thiết lập không đúng, đã hết hạn hoặc đã dùng. Hãy khởi động lại máy chủ "
         "để lấy đường dẫn mới.",
         "The setup link is wrong, has expired or was used. Restart the server for a new "
         "one."});
  };
  if (!setup_needed()) return void_link();
  const auto stored = TRY_AS_FAILURE(ports_.store.setting(kSetupSetting));
  const auto json = stored.has_value() ? base::parse_json(*stored)
                                       : base::fault(base::FaultCode::not_found, "no setup token");
  if (!json) return void_link();
  const SetupToken token{
      .secret_hash = base::string_or(*json, "hash"),
      .expires_at = Moment{std::chrono::seconds{base::int_or(*json, "expires_at")}},
      .used_at = std::nullopt};
  if (!use_setup_token(token, secret, moment())) return void_link();
  const auto at = party::AgencyId::parse(agency);
  if (!at.has_value()) return void_link();
  OfficerForm form{
      .username = username,
      .officer = party::Officer{.id = party::OfficerId{"cb-" + base::random_hex(ports_.random, 8)},
                                .name = base::to_one_line(name),
                                .agency = *at,
                                .position = {"Quản trị hệ thống", "System administrator"},
                                .roles = {party::Role::administrator}}};
  TRY(check_form(form));
  TRY(check_password(password, username));
  const AccountRow row = row_of(form, TRY(hashed(password)), false);
  TRY_AS_FAILURE(ports_.store.create_account(row));
  TRY_AS_FAILURE(ports_.store.save_setting(kSetupSetting, "{}"));
  ports_.officers.remember(row, form.officer);
  return base::Done{};
}

base::Outcome<base::Done> Accounts::put_account(const OfficerForm& form,
                                                const std::string& password, bool must_change) {
  const AccountRow row = row_of(form, hash_password(password), must_change);
  TRY(ports_.store.save_account(row));
  ports_.officers.remember(row, form.officer);
  return base::Done{};
}

}  // namespace identity
