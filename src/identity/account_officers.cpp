#include <algorithm>

#include <boost/json.hpp>

#include "base/json.h"
#include "base/sha256.h"
#include "base/text.h"
#include "casework/account_identity.h"
#include "casework/account_reach.h"
#include "casework/execute.h"
#include "casework/staff_accounts.h"
#include "identity/account_changes.h"
#include "identity/account_row.h"
#include "identity/accounts.h"
#include "identity/last_administrator.h"
#include "identity/password.h"
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
using casework::RequestKey;

Answer<base::Done> may_manage(const party::Officer& by, const party::Officer& whom,
                              calendar::Instant at) {
  const auto verdict =
      party::may(by, party::Action::manage_officers, party::Subject{.agency = whom.agency}, at);
  if (!verdict.allowed) return base::Failure{failure_from(verdict)};
  return base::Done{};
}

form::FieldProblem problem(const char* field, const char* vi, const char* en) {
  return {.field = field,
          .page = {},
          .code = form::ProblemCode::bad_format,
          .severity = form::Severity::error,
          .message = {vi, en}};
}
form::FieldProblem has_account_already() {
  return problem("identity_number",
                 "Người này đã có một tài khoản; mỗi người chỉ có một tài khoản.",
                 "This person has an account already; one account each.");
}

casework::Failure not_valid(std::vector<form::FieldProblem> problems) {
  return {FailureKind::unprocessable,
          "officer-not-valid",
          {"Thông tin cán bộ chưa hợp lệ. Hãy sửa các mục được đánh dấu.",
           "The officer's data is not valid. Mend the marked fields."},
          std::move(problems)};
}

}  // namespace

Answer<base::Done> Accounts::check_form(const OfficerForm& form) const {
  std::vector<form::FieldProblem> problems;
  const auto add = [&](const char* field, const char* vi, const char* en) {
    problems.push_back(problem(field, vi, en));
  };
  if (!casework::is_username(account_key(form.username))) {
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
      problems.push_back(has_account_already());
    }
  }
  // A post elsewhere may leave him none.
  const auto known = ports_.officers.find(form.officer.id.text);
  const bool has_none = known != nullptr && known->officer.roles.empty();
  if (form.officer.roles.empty() && !has_none)
    add("roles", "Chọn ít nhất một vai trò.", "Choose a role.");
  if (!problems.empty()) return base::Failure{not_valid(std::move(problems))};
  return base::Done{};
}

Answer<base::Done> Accounts::may_decide_who_gets_in(const party::Officer& by,
                                                    const party::Officer& account) const {
  return casework::may_manage_everywhere(by, ports_.officers, ports_.organisations, account,
                                         ports_.clock.now());
}

// The roster may have given a user name to a person before there was an account: whose it is then
// is not for the form to say.
Answer<base::Done> Accounts::name_by_roster(OfficerForm& form) const {
  if (ports_.organisations == nullptr) return base::Done{};
  const auto state = ports_.organisations->state();
  const party::StaffMember* person = state->roster.person_of(account_key(form.username));
  if (person == nullptr) return base::Done{};
  std::string& identity = form.officer.identity_number;
  if (identity.empty()) identity = person->identity;
  if (identity == person->identity) return base::Done{};
  return fail(FailureKind::not_allowed_now, "username-taken",
              {"Tên đăng nhập này đã dành cho một người khác trong danh sách nhân sự. Hãy chọn tên "
               "khác.",
               "The list of staff keeps this user name for somebody else. Choose another one."});
}

Answer<CreatedOfficer> Accounts::create_officer(const party::Officer& by, OfficerForm form,
                                                const RequestKey& request) {
  TRY(may_manage(by, form.officer, ports_.clock.now()));
  const casework::InFlight in_flight(creating_, request);
  if (!in_flight.mine()) return casework::in_flight_failure();
  const auto before = TRY_AS_FAILURE(ports_.store.find_request(request));
  if (before.has_value() && before->hash != request.hash) return casework::key_reused_failure();
  const std::string key = base::to_hex(base::sha256(by.id.text + '\n' + request.key));
  form.officer.id = party::OfficerId{"cb-" + key.substr(0, 16)};
  TRY(name_by_roster(form));
  TRY(check_form(form));
  TRY(may_decide_who_gets_in(by, form.officer));
  CreatedOfficer created{.account = nullptr, .initial_password = first_password()};
  if (const auto made = ports_.officers.find_as_written(form.officer.id.text)) {
    const auto there = TRY_AS_FAILURE(ports_.store.find_account(made->username));
    const bool unused = there.has_value() && there->must_change && there->active;
    if (made->username != account_key(form.username) || !unused) {
      return casework::key_reused_failure();
    }
    TRY(may_decide_who_gets_in(by, made->officer));
    const std::optional<std::string> first{there->password_hash};
    TRY(set_password(made->username, created.initial_password, true, change_by(by), first));
    created.account = ports_.officers.find_username(made->username);
    return created;
  }
  const AccountRow row = row_of(form, TRY(hashed(created.initial_password)), true);
  if (!before.has_value()) {
    const auto remembered = ports_.store.save_entries({}, request);
    // Another server has just begun with it.
    if (!remembered && remembered.error().code == base::FaultCode::conflict) {
      return casework::in_flight_failure();
    }
    if (!remembered) return base::Failure{failure_from(remembered.error())};
  }
  TRY(claim_identity(form.officer.identity_number, row.username));
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

// Whoever changes it may have been closed, or have lost his post, since his request came in.
Answer<base::Done> Accounts::still_manages(const std::string& username,
                                           const party::Officer& whom) const {
  const auto row = TRY_AS_FAILURE(ports_.store.find_account(username));
  if (!row.has_value()) return wrong_credentials();
  const base::json::value said = TRY_AS_FAILURE(base::parse_json(row->officer));
  const party::Officer written = TRY_AS_FAILURE(casework::read_officer(said));
  party::Officer now = casework::as_written_now(ports_.officers, written);
  const party::Officer seen = ports_.officers.as_now(written);
  now.mandates.insert(now.mandates.end(), seen.mandates.begin(), seen.mandates.end());
  if (!row->active) now.active_to = calendar::Date::min();
  return may_manage(now, casework::as_written_now(ports_.officers, whom), ports_.clock.now());
}

Answer<base::Done> Accounts::keep_an_administrator(const std::string& username,
                                                   const party::Officer& before,
                                                   const party::Officer& after, bool active) {
  const LastAdministrator last{ports_.store, ports_.officers, ports_.organisation,
                               ports_.clock.now()};
  if (!last.administers_all(before) || (active && last.administers_all(after))) {
    return base::Done{};
  }
  if (TRY_AS_FAILURE(last.may_leave(username))) return base::Done{};
  return fail(FailureKind::not_allowed_now, "last-administrator",
              {"Đây là quản trị viên cuối cùng của toàn hệ thống. Hãy giao vai trò quản trị cho "
               "người khác trước.",
               "This is the last administrator of the whole installation. Make somebody else one "
               "first."});
}

Answer<base::Done> Accounts::claim_identity(const std::string& identity,
                                            const std::string& username) {
  if (TRY_AS_FAILURE(
          casework::claim_identity(ports_.store, identity, username, ports_.clock.now()))) {
    return base::Done{};
  }
  return base::Failure{not_valid({has_account_already()})};
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
  if (form.version.empty()) {
    return fail(
        FailureKind::unprocessable, "version-missing",
        {"Thiếu phiên bản (version) của tài khoản mà bạn đã mở. Hãy đọc lại tài khoản rồi sửa.",
         "The version of the account that was opened is missing. Read the account again, "
         "then change it."});
  }
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
    if (form.version != version_of(stored, row.active)) {
      refused = casework::Failure{
          FailureKind::stale,
          "stale",
          {"Tài khoản đã được người khác thay đổi sau khi bạn mở. Hãy mở lại để xem thay đổi.",
           "Somebody changed the account after you opened it. Open it again to see the change."},
          {}};
      return false;
    }
    const auto still_mine = still_manages(who.username, stored);
    if (!still_mine) refused = still_mine.error();
    if (refused.has_value()) return false;
    const party::Officer wanted = with_what_stays(form.officer, known->officer, stored);
    changes = changes_of(stored, row.active, wanted, form.active);
    if (own && changes.any()) refused = own_authority().error;
    if (!refused.has_value() && changes.any()) {
      const auto as_is = may_decide_who_gets_in(by, stored);
      const auto as_wanted = as_is ? may_decide_who_gets_in(by, wanted) : as_is;
      if (!as_wanted) refused = as_wanted.error();
    }
    const auto fresh = changes.any() ? require_fresh(who) : base::Done{};
    if (!refused.has_value() && !fresh) refused = fresh.error();
    if (!refused.has_value() && changes.identity) {
      const auto claimed = claim_identity(wanted.identity_number, known->username);
      if (!claimed) refused = claimed.error();
    }
    if (!refused.has_value()) {
      const auto kept = keep_an_administrator(known->username, stored, wanted, form.active);
      if (!kept) refused = kept.error();
    }
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
  TRY(may_decide_who_gets_in(by, ports_.officers.find_as_written(officer_id)->officer));
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
  TRY(may_decide_who_gets_in(by, ports_.officers.find_as_written(officer_id)->officer));
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
    const LastAdministrator last{ports_.store, ports_.officers, ports_.organisation,
                                 ports_.clock.now()};
    if (last.administers_all(known->officer) && !TRY(last.may_leave(row.username))) continue;
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

}  // namespace identity
