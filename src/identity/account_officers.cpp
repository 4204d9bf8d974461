#include <algorithm>

#include <boost/json.hpp>

#include "base/json.h"
#include "base/sha256.h"
#include "base/text.h"
#include "casework/execute.h"
#include "identity/account_changes.h"
#include "identity/accounts.h"
#include "identity/password.h"
#include "identity/setup_token.h"
#include "identity/sign_in_failures.h"
#include "party/authority.h"
#include "party/personal_id.h"

namespace identity {

namespace {

using casework::AccountRow;
using casework::Answer;
using casework::fail;
using casework::failure_from;
using casework::FailureKind;
using casework::OfficerAccountPtr;

constexpr const char* kSetupSetting = "setup_token";

std::string account_key(const std::string& username) {
  return base::to_lower(username);
}

bool is_username(const std::string& text) {
  return text.size() >= 3 && text.size() <= 64 &&
         text.find_first_not_of("abcdefghijklmnopqrstuvwxyz0123456789._-@") == std::string::npos;
}

AccountRow row_of(const OfficerForm& form, const std::string& hash, bool must_change) {
  return {.username = account_key(form.username),
          .officer = casework::account_text(form.officer),
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

bool is_administrator(const OfficerAccountPtr& one) {
  return one->active && one->officer.has_role(party::Role::administrator);
}

}  // namespace

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

Answer<CreatedOfficer> Accounts::create_officer(const party::Officer& by, OfficerForm form,
                                                const std::string& request_key) {
  TRY(may_manage(by, form.officer, ports_.clock.now()));
  const std::string request = base::to_hex(base::sha256(by.id.text + '\n' + request_key));
  form.officer.id = party::OfficerId{"cb-" + request.substr(0, 16)};
  TRY(check_form(form));
  CreatedOfficer created{.account = nullptr, .initial_password = first_password()};
  if (const auto made = ports_.officers.find_as_written(form.officer.id.text)) {
    const auto there = TRY_AS_FAILURE(ports_.store.find_account(made->username));
    const bool unused = there.has_value() && there->must_change && there->active;
    if (made->username != account_key(form.username) || !unused) {
      return casework::key_reused_failure();
    }
    const std::optional<std::string> first{there->password_hash};
    TRY(set_password(made->username, created.initial_password, true, change_by(by), first));
    created.account = ports_.officers.find_username(made->username);
    return created;
  }
  const AccountRow row = row_of(form, TRY(hashed(created.initial_password)), true);
  const auto saved = ports_.store.create_account(row);
  if (!saved && saved.error().code == base::FaultCode::conflict) {
    return fail(FailureKind::not_allowed_now, "username-taken",
                {"Tên đăng nhập " + row.username + " đã có người dùng. Hãy chọn tên khác.",
                 "User name " + row.username + " is taken. Choose another one."});
  }
  if (!saved) return base::Failure{failure_from(saved.error())};
  ports_.officers.remember(row, form.officer);
  TRY_AS_FAILURE(records_.update(row.username, moment(), [](AccountSecurity&) {}));
  TRY_AS_FAILURE(record(by, row.username, "account-created"));
  created.account = ports_.officers.find_username(row.username);
  return created;
}

Answer<OfficerAccountPtr> Accounts::update_officer(const SignedIn& who,
                                                   const std::string& officer_id,
                                                   OfficerForm form) {
  const party::Officer& by = who.account->officer;
  const OfficerAccountPtr known = ports_.officers.find(officer_id);
  // Whom somebody does not administer does not exist for him.
  if (known == nullptr || !may_manage(by, known->officer, ports_.clock.now())) {
    return officer_not_found();
  }
  TRY(may_manage(by, form.officer, ports_.clock.now()));
  form.username = known->username;
  form.officer.id = known->officer.id;
  // Shown masked: what was not typed anew stays.
  if (form.officer.identity_number.empty() || form.officer.identity_number.starts_with('*')) {
    form.officer.identity_number = known->officer.identity_number;
  }
  if (!form.says_service) {
    form.officer.active_from = known->officer.active_from;
    form.officer.active_to = known->officer.active_to;
  }
  TRY(check_form(form));
  const bool own = by.id == known->officer.id;
  if (!form.active && own) {
    return fail(FailureKind::not_allowed_now, "own-account",
                {"Bạn không thể khóa tài khoản của chính mình.",
                 "You cannot deactivate your own account."});
  }
  // First that it is used from now on: else the sweep closes it again at once.
  const Moment now = moment();
  const auto open_anew = [&]() -> base::Outcome<base::Done> {
    TRY(records_.update(known->username, now, [&](AccountSecurity& account) {
      account.last_used_at = now;
      account.disabled_at.reset();
    }));
    return base::Done{};
  };
  std::optional<casework::Failure> refused;
  AccountChanges changes;
  const auto change = [&](AccountRow& row) -> base::Outcome<bool> {
    refused.reset();
    const base::json::value said = TRY(base::parse_json(row.officer));
    const party::Officer stored = TRY(casework::read_officer(said));
    if (!form.version.empty() && form.version != version_of(stored, row.active)) {
      refused = casework::Failure{
          FailureKind::stale,
          "stale",
          {"Tài khoản đã được người khác thay đổi sau khi bạn mở. Hãy mở lại để xem thay đổi.",
           "Somebody changed the account after you opened it. Open it again to see the change."},
          {}};
      return false;
    }
    const party::Officer wanted = with_what_stays(form.officer, known->officer, stored);
    changes = changes_of(stored, row.active, wanted, form.active);
    if (own && changes.any()) refused = own_authority().error;
    const auto fresh = changes.any() ? require_fresh(who) : base::Done{};
    if (!refused.has_value() && !fresh) refused = fresh.error();
    if (refused.has_value()) return false;
    if (changes.opened) TRY(open_anew());
    const bool only_unused = !row.active && !form.active && base::bool_or(said, "only_unused");
    row.officer = casework::account_text(wanted, only_unused);
    row.active = form.active;
    return true;
  };
  TRY_AS_FAILURE(ports_.officers.change(ports_.store, known->username, change_by(by), change));
  if (refused.has_value()) return base::Failure{*std::move(refused)};
  for (const char* what : changes.names()) TRY_AS_FAILURE(record(by, known->username, what));
  if (!form.active) TRY_AS_FAILURE(sessions_.end_all(known->username, ""));
  return ports_.officers.find(officer_id);
}

Answer<std::string> Accounts::reset_password(const party::Officer& by,
                                             const std::string& officer_id) {
  const OfficerAccountPtr known = ports_.officers.find(officer_id);
  // Whom somebody does not administer does not exist for him.
  if (known == nullptr || !may_manage(by, known->officer, ports_.clock.now())) {
    return officer_not_found();
  }
  const auto row = TRY_AS_FAILURE(ports_.store.find_account(known->username));
  if (!row.has_value())
    return base::Failure{failure_from(base::Fault{base::FaultCode::not_found, ""})};
  const std::string password = first_password();
  TRY(set_password(row->username, password, true, change_by(by)));
  TRY_AS_FAILURE(sessions_.end_all(row->username, ""));
  TRY_AS_FAILURE(record(by, row->username, "password-reset"));
  const std::scoped_lock lock(throttle_mutex_);
  throttle_.forget_account(row->username);
  factor_throttle_.forget_account(row->username);
  return password;
}

Answer<base::Done> Accounts::reset_factors(const party::Officer& by,
                                           const std::string& officer_id) {
  const OfficerAccountPtr known = ports_.officers.find(officer_id);
  // Whom somebody does not administer does not exist for him.
  if (known == nullptr || !may_manage(by, known->officer, ports_.clock.now())) {
    return officer_not_found();
  }
  // Whoever lost his own telephone asks another administrator; nobody takes the lock off his own
  // door.
  if (by.id == known->officer.id) {
    return fail(
        FailureKind::not_allowed_now, "own-account",
        {"Bạn không thể tự đặt lại xác thực hai lớp của mình; hãy dùng mã dự phòng hoặc nhờ "
         "người quản trị khác.",
         "You cannot reset your own second factors; use a recovery code or ask another "
         "administrator."});
  }
  TRY_AS_FAILURE(record(by, known->username, "second-factors-reset"));
  TRY_AS_FAILURE(records_.update(known->username, moment(),
                                 [](AccountSecurity& account) { account.forget_factors(); }));
  TRY_AS_FAILURE(sessions_.end_all(known->username, ""));
  const std::scoped_lock lock(throttle_mutex_);
  factor_throttle_.forget_account(known->username);
  return base::Done{};
}

// Source: QCVN 12:2026/BCA: accounts unused for 45 days are disabled.
base::Outcome<std::vector<std::string>> Accounts::disable_unused() {
  std::vector<std::string> disabled;
  if (ports_.policy.unused_days == 0) return disabled;
  const Moment now = moment();
  auto administrators = std::ranges::count_if(ports_.officers.all(), is_administrator);
  for (const AccountRow& row : TRY(ports_.store.accounts())) {
    if (!row.active) continue;
    const AccountSecurity account = TRY(records_.load(row.username, now));
    // Not seen before: the time begins now.
    if (account.version == 0) {
      TRY(records_.update(row.username, now, [](AccountSecurity&) {}));
      continue;
    }
    const OfficerAccountPtr known = ports_.officers.find_username(row.username);
    if (known == nullptr) continue;
    const auto until = unused_since(account, known);
    if (!until.has_value() || now < *until) continue;
    if (is_administrator(known)) {
      if (administrators == 1) continue;
      --administrators;
    }
    TRY(records_.update(row.username, now,
                        [&](AccountSecurity& changed) { changed.disabled_at = now; }));
    const auto disable = [](AccountRow& one) -> base::Outcome<bool> {
      if (!one.active) return false;
      const base::json::value said = TRY(base::parse_json(one.officer));
      one.officer = casework::account_text(TRY(casework::read_officer(said)), true);
      one.active = false;
      return true;
    };
    TRY(ports_.officers.change(ports_.store, row.username, change_by_system(), disable));
    TRY(sessions_.end_all(row.username, ""));
    TRY(ports_.store.record_accesses(
        {{.at = now,
          .actor = {.kind = dossier::ActorKind::system, .id = {}, .name = {}, .agency = {}},
          .dossier = {},
          .what = "account:" + row.username,
          .why = "unused-account-disabled"}}));
    disabled.push_back(row.username);
  }
  return disabled;
}

base::Outcome<base::Done> Accounts::record(const party::Officer& by, const std::string& username,
                                           const std::string& what) {
  return ports_.store.record_accesses({{.at = ports_.clock.now(),
                                        .actor = {.kind = dossier::ActorKind::officer,
                                                  .id = by.id.text,
                                                  .name = by.name,
                                                  .agency = by.agency.text()},
                                        .dossier = {},
                                        .what = "account:" + username,
                                        .why = what}});
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
  const auto accepted = check_new_password(password, username, ports_.policy.password);
  if (!accepted) return password_failure(accepted.error(), ports_.policy.password);
  const AccountRow row = row_of(form, TRY(hashed(password)), false);
  TRY_AS_FAILURE(ports_.store.create_account(row));
  TRY_AS_FAILURE(ports_.store.save_setting(kSetupSetting, "{}"));
  TRY_AS_FAILURE(records_.update(row.username, moment(), [this](AccountSecurity& account) {
    account.password_changed_at = moment();
  }));
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
