// account_setup.cpp - the first administrator of an installation, and what seeding writes.
#include <algorithm>

#include <boost/json.hpp>

#include "base/json.h"
#include "base/text.h"
#include "casework/execute.h"
#include "identity/account_row.h"
#include "identity/accounts.h"
#include "identity/password.h"
#include "identity/setup_token.h"
#include "identity/sign_in_failures.h"

namespace identity {

namespace {

using casework::AccountRow;
using casework::Answer;
using casework::fail;
using casework::FailureKind;

constexpr const char* kSetupSetting = "setup_token";

}  // namespace

std::string account_key(const std::string& username) {
  return base::to_lower(username);
}

AccountRow row_of(const OfficerForm& form, const std::string& hash, bool must_change) {
  return {.username = account_key(form.username),
          .officer = casework::account_text(form.officer),
          .officer_id = form.officer.id.text,
          .password_hash = hash,
          .must_change = must_change,
          .active = form.active};
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
