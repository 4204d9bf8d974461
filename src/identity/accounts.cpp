#include "identity/accounts.h"

#include <algorithm>
#include <limits>

#include "base/sha256.h"
#include "base/text.h"
#include "identity/account_row.h"
#include "identity/attempt_guard.h"
#include "identity/password.h"
#include "identity/sign_in_failures.h"

namespace identity {

namespace {

using casework::AccountRow;
using casework::Answer;
using casework::FailureKind;
using casework::OfficerAccountPtr;

Moment as_moment(calendar::Instant at) {
  return std::chrono::time_point_cast<std::chrono::seconds>(at);
}

// Whose session or password is known already: nobody else's failures are his, so that what one
// office shares, an address, does not count.
ThrottleLimits limits_of_factors() {
  constexpr int kNever = std::numeric_limits<int>::max();
  return {.free_failures_of_address = kNever, .free_failures_of_block = kNever};
}

bool is_administrator(const OfficerAccountPtr& account) {
  return account->officer.has_role(party::Role::administrator);
}

// An IP address is no name that a browser makes passkeys for; of our own machine there is one.
// Source: Web Authentication Level 2, section 5.1.3 (the RP id is a valid domain).
std::string named_origin(std::string origin) {
  const std::string loopback = "//127.0.0.1";
  if (const std::size_t at = origin.find(loopback); at != std::string::npos) {
    origin.replace(at, loopback.size(), "//localhost");
  }
  return origin;
}

}  // namespace

Accounts::Accounts(Ports ports)
    : ports_(std::move(ports)),
      box_(ports_.installation_secret),
      records_(ports_.store),
      sessions_(ports_.store, ports_.random, ports_.policy.session),
      throttle_(ports_.policy.throttle),
      factor_throttle_(limits_of_factors()) {}

void Accounts::set_origin(const std::string& origin) {
  us_ = relying_party_of(named_origin(origin));
  const bool is_address = us_.id.starts_with('[') || Network::parse(us_.id).has_value();
  if (is_address) us_ = {};
}

Moment Accounts::moment() {
  return as_moment(ports_.clock.now());
}

Answer<std::string> Accounts::hashed(const std::string& password) {
  // Whoever has a password hashed is an administrator, or changes his own.
  auto hash = pool_.hash(password, Caller::known);
  if (!hash) return throttled(std::chrono::seconds{2});
  return std::move(hash).value();
}

std::string Accounts::first_password() {
  const std::string code = base::random_code(ports_.random, 16);
  return code.substr(0, 4) + "-" + code.substr(4, 4) + "-" + code.substr(8, 4) + "-" +
         code.substr(12, 4);
}

std::string Accounts::place_of(const std::string& username, const std::string& address) const {
  return base::to_hex(base::hmac_sha256(box_.hash_key(), "place:" + username + ":" + address))
      .substr(0, 32);
}

bool Accounts::is_known_place(const AccountSecurity& security, const std::string& username,
                              const std::string& address) const {
  return std::ranges::find(security.known_places, place_of(username, address)) !=
         security.known_places.end();
}

AttemptGuard Accounts::factor_attempt(const SignedIn& who, const AccountSecurity& security,
                                      const std::string& address, Moment now) {
  return {throttle_mutex_,
          factor_throttle_,
          {who.username, address, is_known_place(security, who.username, address)},
          now};
}

FactorSurroundings Accounts::surroundings(const SignedIn& who, Moment now) const {
  return {.box = box_, .us = us_, .username = who.username, .session = who.token_hash, .now = now};
}

SignedIn Accounts::signed_in(const casework::SessionRow& row, Strength strength,
                             OfficerAccountPtr account, bool must_change) const {
  SignedIn who{.account = std::move(account),
               .username = row.username,
               .csrf_token = row.csrf,
               .token_hash = row.token_hash,
               .strength = strength,
               .must_change_password = must_change,
               .must_set_second_factor = strength == Strength::enrolling};
  if (row.confirmed_at.has_value()) who.confirmed_at = as_moment(*row.confirmed_at);
  return who;
}

casework::AccountChange Accounts::change_by(const party::Officer& officer) {
  return {.at = ports_.clock.now(),
          .by = {.kind = dossier::ActorKind::officer,
                 .id = officer.id.text,
                 .name = officer.name,
                 .agency = officer.agency.text()}};
}

casework::AccountChange Accounts::change_by_system() {
  return {.at = ports_.clock.now(),
          .by = {.kind = dossier::ActorKind::system, .id = {}, .name = {}, .agency = {}}};
}

// Whoever is away by a recorded absence is not expected to sign in: his time begins when he is
// back.
std::optional<Moment> Accounts::unused_since(const AccountSecurity& security,
                                             const OfficerAccountPtr& account) {
  const Moment now = moment();
  Moment since = security.last_used_at.value_or(security.known_since);
  if (account != nullptr) {
    for (const party::Officer::Absence& away : account->officer.absences) {
      if (as_moment(away.from) > now) continue;
      if (as_moment(away.until) > now) return std::nullopt;
      since = std::max(since, as_moment(away.until));
    }
  }
  return ports_.policy.unused_from(since);
}

// ---------------------------------------------------------------- signing in

Answer<NewSignIn> Accounts::sign_in(const std::string& username, const std::string& password,
                                    const Visitor& visitor) {
  const std::string key = account_key(username);
  const Moment now = moment();
  const AccountSecurity security = TRY_AS_FAILURE(records_.load(key, now));
  const bool known_place = is_known_place(security, key, visitor.address);
  AttemptGuard attempt(throttle_mutex_, throttle_, {key, visitor.address, known_place}, now);
  if (attempt.wait() > std::chrono::seconds{0}) return throttled(attempt.wait());
  auto row = TRY_AS_FAILURE(ports_.store.find_account(key));
  // Closed for being unused, though the sweep may not have come by yet.
  const auto unused_from = unused_since(security, ports_.officers.find_username(key));
  const bool usable =
      row.has_value() && row->active && (!unused_from.has_value() || now < *unused_from);
  const bool waits_first = known_place || ports_.policy.is_office(visitor.address);
  const auto verified =
      pool_.verify(password, usable ? std::optional<std::string>{row->password_hash} : std::nullopt,
                   waits_first ? Caller::known : Caller::stranger);
  if (!verified) return throttled(std::chrono::seconds{2});
  const OfficerAccountPtr account = usable ? ports_.officers.find_username(key) : nullptr;
  if (!*verified || account == nullptr ||
      !account->officer.is_active_on(calendar::local_date(ports_.clock.now()))) {
    attempt.was_wrong();
    return wrong_credentials();
  }
  attempt.was_right(now);
  const auto ends = ports_.policy.password_ends(
      is_administrator(account), security.password_changed_at.value_or(security.known_since));
  if (ends.has_value() && now >= *ends && !row->must_change) {
    const auto ask = [](AccountRow& one) -> base::Outcome<bool> {
      one.must_change = true;
      return true;
    };
    row = TRY_AS_FAILURE(ports_.officers.change(ports_.store, key, change_by_system(), ask));
    if (!row->active) return wrong_credentials();
  }
  return enter(*row, account, security, visitor);
}

Answer<NewSignIn> Accounts::enter(const AccountRow& row, const OfficerAccountPtr& account,
                                  const AccountSecurity& security, const Visitor& visitor) {
  const Moment now = moment();
  Strength strength = Strength::password;
  if (security.has_second_factor()) {
    strength = Strength::pending;
  } else if (ports_.policy.asks_second_factor(is_administrator(account), visitor.address)) {
    // From outside a stolen password must not be what sets up the second factor; the first password
    // of all is a secret that is used once.
    // One that has to be changed because it is old is known to whoever stole it long ago.
    const auto ends = ports_.policy.password_ends(
        is_administrator(account), security.password_changed_at.value_or(security.known_since));
    const bool fresh_secret = row.must_change && !(ends.has_value() && now >= *ends);
    const bool first_time = !security.last_used_at.has_value() || fresh_secret;
    if (!ports_.policy.is_office(visitor.address) && !first_time) return needed_at_the_office();
    strength = Strength::enrolling;
  }
  if (strength != Strength::pending) TRY_AS_FAILURE(note_use(row.username, visitor.address));
  const OpenedSession opened =
      TRY_AS_FAILURE(sessions_.open(row.username, strength, visitor, false, now));
  TRY(still_opens(opened, row));
  return NewSignIn{.signed_in = signed_in(opened.row, strength, account, row.must_change),
                   .token = opened.token};
}

Answer<base::Done> Accounts::still_opens(const OpenedSession& opened, const AccountRow& by) {
  const auto now = TRY_AS_FAILURE(ports_.store.find_account(by.username));
  const bool same = now.has_value() && now->active &&
                    (by.password_hash.empty() || by.password_hash == now->password_hash);
  if (same) return base::Done{};
  TRY_AS_FAILURE(ports_.store.delete_session(opened.row.token_hash));
  return wrong_credentials();
}

base::Outcome<base::Done> Accounts::note_use(const std::string& username,
                                             const std::string& address) {
  const Moment now = moment();
  TRY(records_.update(username, now, [&](AccountSecurity& account) {
    account.last_used_at = now;
    account.note_place(place_of(username, address));
  }));
  return base::Done{};
}

Answer<NewSignIn> Accounts::open_session(const std::string& username, Strength strength,
                                         bool confirmed, const Visitor& visitor) {
  const std::string key = account_key(username);
  const auto row = TRY_AS_FAILURE(ports_.store.find_account(key));
  const OfficerAccountPtr account = ports_.officers.find_username(key);
  if (!row.has_value() || !row->active || account == nullptr ||
      !account->officer.is_active_on(calendar::local_date(ports_.clock.now()))) {
    return wrong_credentials();
  }
  const Moment now = moment();
  const AccountSecurity security = TRY_AS_FAILURE(records_.load(key, now));
  const auto unused_from = unused_since(security, account);
  if (unused_from.has_value() && now >= *unused_from) return wrong_credentials();
  // Whoever vouches for him has asked for a password alone, and we would ask for more.
  if (!confirmed && ports_.policy.asks_second_factor(is_administrator(account), visitor.address)) {
    if (!security.has_second_factor() && !ports_.policy.is_office(visitor.address)) {
      return needed_at_the_office();
    }
    strength = security.has_second_factor() ? Strength::pending : Strength::enrolling;
  }
  if (strength != Strength::pending) TRY_AS_FAILURE(note_use(key, visitor.address));
  const OpenedSession opened =
      TRY_AS_FAILURE(sessions_.open(key, strength, visitor, confirmed, now));
  TRY(still_opens(opened, {.username = key, .officer = {}, .officer_id = {}, .password_hash = {}}));
  // The password is not what he came in by.
  return NewSignIn{.signed_in = signed_in(opened.row, strength, account, false),
                   .token = opened.token};
}

// ---------------------------------------------------------------- who is there

std::optional<SignedIn> Accounts::find(std::string_view token) {
  auto found = look_up(token);
  if (!found || !found->has_value() || !(*found)->is_open()) return std::nullopt;
  return *std::move(found);
}

base::Outcome<std::optional<SignedIn>> Accounts::look_up(std::string_view token,
                                                         std::string_view address) {
  std::optional<SignedIn> nobody;
  const auto session = TRY(sessions_.find(token, moment()));
  if (!session.has_value()) return nobody;
  const std::string& username = session->row.username;
  // Asked anew each time: an account that was closed, here or by another process, is closed now.
  const auto stored = TRY(ports_.store.find_account(username));
  const OfficerAccountPtr account = ports_.officers.find_username(username);
  if (!stored.has_value() || !stored->active || account == nullptr ||
      !account->officer.is_active_on(calendar::local_date(ports_.clock.now()))) {
    return nobody;
  }
  if (!address.empty() && session->strength == Strength::password &&
      ports_.policy.asks_second_factor(is_administrator(account), address)) {
    return nobody;
  }
  const bool must_change = stored->must_change && session->strength != Strength::external;
  SignedIn who = signed_in(session->row, session->strength, account, must_change);
  who.locked = session->locked;
  return std::optional{std::move(who)};
}

void Accounts::sign_out(const SignedIn& who) {
  sessions_.end({.token_hash = who.token_hash, .username = {}, .csrf = {}});
}

// ---------------------------------------------------------------- once more

Answer<std::string> Accounts::check_own_password(const SignedIn& who, const std::string& password,
                                                 const std::string& address) {
  const Moment now = moment();
  const AccountSecurity security = TRY_AS_FAILURE(records_.load(who.username, now));
  AttemptGuard attempt = factor_attempt(who, security, address, now);
  if (attempt.wait() > std::chrono::seconds{0}) return throttled(attempt.wait());
  const auto row = TRY_AS_FAILURE(ports_.store.find_account(who.username));
  const auto verified = pool_.verify(
      password, row.has_value() ? std::optional<std::string>{row->password_hash} : std::nullopt,
      Caller::known);
  if (!verified) return throttled(std::chrono::seconds{2});
  if (!*verified) {
    attempt.was_wrong();
    return wrong_password();
  }
  attempt.was_right(now);
  return row->password_hash;
}

Answer<base::Done> Accounts::check_proof(const SignedIn& who, const Proof& proof,
                                         const Visitor& visitor) {
  const Moment now = moment();
  const AccountSecurity security = TRY_AS_FAILURE(records_.load(who.username, now));
  AttemptGuard attempt = factor_attempt(who, security, visitor.address, now);
  if (attempt.wait() > std::chrono::seconds{0}) return throttled(attempt.wait());
  FactorCheck checked = base::Done{};
  TRY_AS_FAILURE(records_.update(who.username, now, [&](AccountSecurity& account) {
    checked = check_factor(account, proof, surroundings(who, now));
  }));
  if (!checked) {
    attempt.was_wrong();
    if (checked.error() == FactorRefusal::passkey_in_doubt) {
      TRY_AS_FAILURE(record(who.account->officer, who.username, "passkey-counter-went-back"));
    }
    return factor_failure(checked.error());
  }
  attempt.was_right(now);
  return base::Done{};
}

Answer<NewSignIn> Accounts::renewed(const SignedIn& who, Strength strength, bool confirmed) {
  const auto before = TRY_AS_FAILURE(ports_.store.find_session(who.token_hash));
  if (!before.has_value()) return wrong_credentials();
  const auto fresh = TRY_AS_FAILURE(sessions_.renew(*before, strength, confirmed, moment()));
  if (!fresh.has_value()) return wrong_credentials();
  return NewSignIn{
      .signed_in = signed_in(fresh->row, strength, who.account, who.must_change_password),
      .token = fresh->token};
}

Answer<NewSignIn> Accounts::confirm(const SignedIn& who, const Proof& proof,
                                    const Visitor& visitor) {
  const AccountSecurity security = TRY_AS_FAILURE(records_.load(who.username, moment()));
  if (security.has_second_factor()) {
    TRY(check_proof(who, proof, visitor));
  } else {
    TRY(check_own_password(who, proof.password.value_or(""), visitor.address));
  }
  if (who.strength == Strength::pending) TRY_AS_FAILURE(note_use(who.username, visitor.address));
  const Strength strength = security.has_second_factor() && who.strength != Strength::external
                                ? Strength::two_factor
                                : who.strength;
  return renewed(who, strength, true);
}

Answer<base::Done> Accounts::lock(const SignedIn& who) {
  const auto row = TRY_AS_FAILURE(ports_.store.find_session(who.token_hash));
  if (row.has_value()) {
    TRY_AS_FAILURE(
        sessions_.lock({.row = *row, .strength = who.strength, .locked = who.locked}, moment()));
  }
  return base::Done{};
}

Answer<NewSignIn> Accounts::unlock(const SignedIn& who, const Proof& proof,
                                   const Visitor& visitor) {
  if (proof.passkey.has_value()) {
    TRY(check_proof(who, {.passkey = proof.passkey}, visitor));
  } else {
    TRY(check_own_password(who, proof.password.value_or(""), visitor.address));
  }
  return renewed(who, who.strength, proof.passkey.has_value());
}

Answer<base::Done> Accounts::require_fresh(const SignedIn& who) {
  const bool has_factor =
      who.strength == Strength::two_factor || who.strength == Strength::external;
  if (!has_factor) return base::Done{};
  if (who.confirmed_at.has_value() && moment() - *who.confirmed_at < ports_.policy.fresh) {
    return base::Done{};
  }
  return confirmation_required();
}

// ---------------------------------------------------------------- one's own sessions

Answer<std::vector<casework::SessionRow>> Accounts::sessions_of(const SignedIn& who) {
  return TRY_AS_FAILURE(sessions_.of(who.username, moment()));
}

Answer<base::Done> Accounts::end_session(const SignedIn& who, const std::string& id) {
  for (const casework::SessionRow& row : TRY(sessions_of(who))) {
    if (Sessions::public_id(row) != id) continue;
    TRY_AS_FAILURE(ports_.store.delete_session(row.token_hash));
    return base::Done{};
  }
  return casework::fail(FailureKind::not_found, "session-not-found",
                        {"Phiên này không còn.", "This session is not there any more."});
}

Answer<base::Done> Accounts::end_other_sessions(const SignedIn& who) {
  TRY_AS_FAILURE(sessions_.end_all(who.username, who.token_hash));
  return base::Done{};
}

}  // namespace identity
