// Password and second factors of one's own account.
#include <algorithm>

#include "base/sha256.h"
#include "base/text.h"
#include "identity/accounts.h"
#include "identity/attempt_guard.h"
#include "identity/sign_in_failures.h"
#include "identity/totp.h"

namespace identity {

namespace {

using casework::Answer;
using casework::fail;
using casework::FailureKind;

constexpr const char* kIssuer = "Một Cửa";
constexpr std::chrono::minutes kNewTotpLasts{30};
constexpr std::size_t kNameLength = 60;

base::Failure<casework::Failure> factor_missing() {
  return fail(FailureKind::not_found, "factor-not-found",
              {"Tài khoản không có lớp xác thực này.", "The account has no such factor."});
}

base::Failure<casework::Failure> last_factor_needed() {
  return fail(FailureKind::not_allowed_now, "last-second-factor",
              {"Tài khoản của bạn phải có xác thực hai lớp. Hãy thêm cách khác trước khi xóa cách "
               "cuối cùng này.",
               "Your account needs a second factor. Add another one before you remove the last."});
}

}  // namespace

// ---------------------------------------------------------------- password

Answer<base::Done> Accounts::set_password(const std::string& username, const std::string& password,
                                          bool must_change, const casework::AccountChange& by,
                                          const std::optional<std::string>& verified) {
  const std::string hash = TRY(hashed(password));
  const Moment now = moment();
  std::string before;
  bool overtaken = false;
  const auto set = [&](casework::AccountRow& row) -> base::Outcome<bool> {
    // Meanwhile an administrator gave it another password, or closed it.
    overtaken = verified.has_value() && (row.password_hash != *verified || !row.active);
    if (overtaken) return false;
    before = row.password_hash;
    row.password_hash = hash;
    row.must_change = must_change;
    return true;
  };
  TRY_AS_FAILURE(ports_.officers.change(ports_.store, username, by, set));
  if (overtaken) return wrong_password();
  const auto kept = static_cast<std::size_t>(std::max(ports_.policy.password.history, 10));
  TRY_AS_FAILURE(records_.update(username, now, [&](AccountSecurity& account) {
    account.password_changed_at = now;
    account.password_history.insert(account.password_history.begin(), before);
    if (account.password_history.size() > kept) account.password_history.resize(kept);
  }));
  return base::Done{};
}

Answer<base::Done> Accounts::change_password(const SignedIn& who, const std::string& current,
                                             const std::string& next, const Visitor& visitor) {
  const std::string verified = TRY(check_own_password(who, current, visitor.address));
  const PasswordRules& rules = ports_.policy.password;
  const auto accepted = check_new_password(next, who.username, rules);
  if (!accepted) return password_failure(accepted.error(), rules);
  const auto row = TRY_AS_FAILURE(ports_.store.find_account(who.username));
  if (!row.has_value()) return wrong_credentials();
  if (row->password_hash != verified) return wrong_password();
  const AccountSecurity security = TRY_AS_FAILURE(records_.load(who.username, moment()));
  std::vector<std::string> used{row->password_hash};
  used.insert(used.end(), security.password_history.begin(), security.password_history.end());
  // The present one is no new one, whatever the profile says of earlier ones.
  const std::size_t compared =
      std::min(used.size(), static_cast<std::size_t>(std::max(rules.history, 1)));
  for (std::size_t i = 0; i < compared; ++i) {
    const auto same = pool_.verify(next, used[i], Caller::known);
    if (!same) return throttled(std::chrono::seconds{2});
    if (*same) return password_used_before(static_cast<int>(compared));
  }
  const casework::AccountChange by = change_by(who.account->officer);
  TRY(set_password(who.username, next, false, by, row->password_hash));
  TRY_AS_FAILURE(sessions_.end_all(who.username, who.token_hash));
  return base::Done{};
}

// ---------------------------------------------------------------- factors

Answer<AccountSecurity> Accounts::security_of(const SignedIn& who) {
  return TRY_AS_FAILURE(records_.load(who.username, moment()));
}

Answer<FactorChoice> Accounts::factors_of(const SignedIn& who) {
  const AccountSecurity account = TRY_AS_FAILURE(records_.load(who.username, moment()));
  return FactorChoice{.totp = account.totp.has_value(),
                      .passkey = has_passkeys() && !account.passkeys.empty(),
                      .recovery_code = codes_left(account.recovery) > 0};
}

// Whoever has a factor gives it once more before he changes any; the first one needs none.
Answer<base::Done> Accounts::may_change_factors(const SignedIn& who) {
  const AccountSecurity account = TRY_AS_FAILURE(records_.load(who.username, moment()));
  if (!account.has_second_factor()) return base::Done{};
  return require_fresh(who);
}

Answer<NewTotp> Accounts::begin_totp(const SignedIn& who) {
  TRY(may_change_factors(who));
  const std::string secret = new_totp_secret(ports_.random);
  const TotpFactor fresh{.sealed = box_.seal(secret, totp_purpose(who.username), ports_.random),
                         .since = moment()};
  TRY_AS_FAILURE(records_.update(who.username, moment(),
                                 [&](AccountSecurity& account) { account.new_totp = fresh; }));
  return NewTotp{.secret = to_base32(secret), .uri = totp_uri(kIssuer, who.username, secret)};
}

Answer<NewFactor> Accounts::confirm_totp(const SignedIn& who, const std::string& code,
                                         const Visitor& visitor) {
  TRY(may_change_factors(who));
  const Moment now = moment();
  const AccountSecurity security = TRY_AS_FAILURE(records_.load(who.username, now));
  AttemptGuard attempt = factor_attempt(who, security, visitor.address, now);
  if (attempt.wait() > std::chrono::seconds{0}) return throttled(attempt.wait());
  FactorCheck checked = base::Failure{FactorRefusal::wrong};
  NewRecoveryCodes codes;
  TRY_AS_FAILURE(records_.update(who.username, now, [&](AccountSecurity& account) {
    checked = base::Failure{FactorRefusal::wrong};
    codes = {};
    if (!account.new_totp.has_value() || now - account.new_totp->since >= kNewTotpLasts) return;
    const auto secret = box_.open(account.new_totp->sealed, totp_purpose(who.username));
    const auto step =
        secret.has_value() ? accept_totp(*secret, code, now, std::nullopt) : std::nullopt;
    if (!step.has_value()) return;
    checked = base::Done{};
    if (!account.has_second_factor() || account.recovery.empty()) {
      codes = make_recovery_codes(box_.hash_key(), who.username, ports_.random);
      account.recovery = codes.kept;
    }
    account.totp = std::move(account.new_totp);
    account.totp->since = now;
    account.totp->last_step = *step;
    account.new_totp.reset();
  }));
  if (!checked) return factor_failure(checked.error());
  attempt.was_right(now);
  TRY_AS_FAILURE(record(who.account->officer, who.username, "totp-set-up"));
  return with_new_factor(who, std::move(codes.shown));
}

Answer<NewFactor> Accounts::with_new_factor(const SignedIn& who, std::vector<std::string> codes) {
  // Sessions from before knew the password alone.
  TRY_AS_FAILURE(sessions_.end_all(who.username, who.token_hash));
  const Strength strength =
      who.strength == Strength::external ? Strength::external : Strength::two_factor;
  NewSignIn sign_in = TRY(renewed(who, strength, true));
  return NewFactor{.sign_in = std::move(sign_in), .recovery_codes = std::move(codes)};
}

Answer<base::Done> Accounts::remove_totp(const SignedIn& who) {
  TRY(may_change_factors(who));
  const bool needed = ports_.policy.asks_second_factor(
      who.account->officer.has_role(party::Role::administrator), "127.0.0.1");
  bool there = false;
  bool last = false;
  TRY_AS_FAILURE(records_.update(who.username, moment(), [&](AccountSecurity& account) {
    there = account.totp.has_value();
    last = there && account.passkeys.empty();
    if (!there || (last && needed)) return;
    account.totp.reset();
    if (last) account.forget_factors();
  }));
  if (!there) return factor_missing();
  if (last && needed) return last_factor_needed();
  TRY_AS_FAILURE(record(who.account->officer, who.username, "totp-removed"));
  return base::Done{};
}

Answer<PasskeyRequest> Accounts::ask_passkey(const SignedIn& who, bool registers) {
  if (!has_passkeys()) {
    return fail(FailureKind::not_allowed_now, "no-passkeys-here",
                {"Địa chỉ này không dùng được khóa truy cập: máy chủ cần có tên miền.",
                 "There are no passkeys at this address: the server needs a domain name."});
  }
  if (registers) TRY(may_change_factors(who));
  const Moment now = moment();
  PasskeyRequest request{.challenge = {}, .passkeys = {}, .rp_id = us_.id, .user_handle = {}};
  const base::Digest handle = base::hmac_sha256(box_.hash_key(), "handle:" + who.username);
  request.user_handle = {reinterpret_cast<const char*>(handle.data()), handle.size()};
  TRY_AS_FAILURE(records_.update(who.username, now, [&](AccountSecurity& account) {
    request.challenge = issue_challenge(account, who.token_hash, registers, now, ports_.random);
    request.passkeys.clear();
    for (const Passkey& one : account.passkeys) {
      if (registers || !one.doubted_at.has_value()) request.passkeys.push_back(one.id);
    }
  }));
  return request;
}

Answer<NewFactor> Accounts::add_passkey(const SignedIn& who, const Registration& sent,
                                        const std::string& name) {
  TRY(may_change_factors(who));
  const std::string called = base::to_one_line(name);
  if (called.empty() || base::length_in_characters(called) > kNameLength) {
    return fail(FailureKind::unprocessable, "passkey-name",
                {"Đặt tên cho khóa truy cập, tối đa 60 ký tự, ví dụ “Máy ở quầy 2”.",
                 "Give the passkey a name of up to 60 characters, for instance “Counter 2”."});
  }
  const Moment now = moment();
  FactorCheck checked = base::Done{};
  bool full = false;
  NewRecoveryCodes codes;
  TRY_AS_FAILURE(records_.update(who.username, now, [&](AccountSecurity& account) {
    checked = base::Done{};
    codes = {};
    const auto challenge = take_challenge(account, sent.client_data, who.token_hash, true, now);
    if (!challenge.has_value()) {
      checked = base::Failure{FactorRefusal::challenge_over};
      return;
    }
    const auto registered = check_registration(sent, *challenge, us_);
    // One that is there already stays as it is: its counter must not be set back.
    if (!registered || account.find_passkey(registered->id) != nullptr) {
      checked = base::Failure{FactorRefusal::passkey_not_taken};
      return;
    }
    full = account.passkeys.size() >= kPasskeysMax;
    if (full) return;
    if (!account.has_second_factor() || account.recovery.empty()) {
      codes = make_recovery_codes(box_.hash_key(), who.username, ports_.random);
      account.recovery = codes.kept;
    }
    account.passkeys.push_back({.id = registered->id,
                                .key = registered->key,
                                .counter = registered->counter,
                                .name = called,
                                .since = now});
  }));
  if (!checked) return factor_failure(checked.error());
  if (full) {
    return fail(FailureKind::not_allowed_now, "too-many-passkeys",
                {"Tài khoản đã có 10 khóa truy cập. Hãy xóa bớt khóa không dùng.",
                 "The account has ten passkeys. Remove one that is not used."});
  }
  TRY_AS_FAILURE(record(who.account->officer, who.username, "passkey-added"));
  return with_new_factor(who, std::move(codes.shown));
}

Answer<base::Done> Accounts::remove_passkey(const SignedIn& who, const std::string& id) {
  TRY(may_change_factors(who));
  const bool needed = ports_.policy.asks_second_factor(
      who.account->officer.has_role(party::Role::administrator), "127.0.0.1");
  bool there = false;
  bool last = false;
  TRY_AS_FAILURE(records_.update(who.username, moment(), [&](AccountSecurity& account) {
    there = account.find_passkey(id) != nullptr;
    last = there && account.passkeys.size() == 1 && !account.totp.has_value();
    if (!there || (last && needed)) return;
    std::erase_if(account.passkeys, [&](const Passkey& one) { return one.id == id; });
    if (last) account.forget_factors();
  }));
  if (!there) return factor_missing();
  if (last && needed) return last_factor_needed();
  TRY_AS_FAILURE(record(who.account->officer, who.username, "passkey-removed"));
  return base::Done{};
}

Answer<std::vector<std::string>> Accounts::renew_recovery_codes(const SignedIn& who) {
  TRY(may_change_factors(who));
  NewRecoveryCodes codes;
  bool there = false;
  TRY_AS_FAILURE(records_.update(who.username, moment(), [&](AccountSecurity& account) {
    there = account.has_second_factor();
    if (!there) return;
    codes = make_recovery_codes(box_.hash_key(), who.username, ports_.random);
    account.recovery = codes.kept;
  }));
  if (!there) return factor_missing();
  TRY_AS_FAILURE(record(who.account->officer, who.username, "recovery-codes-renewed"));
  return std::move(codes.shown);
}

}  // namespace identity
