// account := {known_since, last_used_at?, disabled_at?, password_changed_at?, password_history?,
//             known_places?, totp?, new_totp?, passkeys?, recovery?, challenges?}
// totp    := {sealed, since, last_step?}
// passkey := {id, key, counter, name, since, used_at?, doubted_at?}
// code    := {hash, used_at?}
// challenge := {challenge, session, registers, expires_at}
//
// Moments are seconds since 1970, bytes are base64url.
#include "identity/account_security.h"

#include <algorithm>

#include <boost/json.hpp>

#include "oidc/base64url.h"

namespace identity {
namespace {

using base::json::array;
using base::json::object;
using base::json::value;

std::int64_t seconds_of(Moment at) {
  return at.time_since_epoch().count();
}
Moment moment_of(std::int64_t seconds) {
  return Moment{std::chrono::seconds{seconds}};
}

void put(object& json, const char* name, const std::optional<Moment>& at) {
  if (at.has_value()) json[name] = seconds_of(*at);
}
std::optional<Moment> moment_at(const value& json, const char* name) {
  const auto seconds = base::find_int(json, name);
  return seconds.has_value() ? std::optional{moment_of(*seconds)} : std::nullopt;
}

template <class T, class Write>
void put_list(object& json, const char* name, const std::vector<T>& list, Write write) {
  if (list.empty()) return;
  array items;
  for (const T& one : list) items.push_back(write(one));
  json[name] = std::move(items);
}
template <class Read>
auto list_at(const value& json, const char* name, Read read) {
  std::vector<decltype(read(value{}))> list;
  const value* found = base::find(json, name);
  if (found == nullptr || !found->is_array()) return list;
  for (const value& one : found->get_array()) list.push_back(read(one));
  return list;
}

object totp_json(const TotpFactor& totp) {
  object json{{"sealed", totp.sealed}, {"since", seconds_of(totp.since)}};
  if (totp.last_step.has_value()) json["last_step"] = *totp.last_step;
  return json;
}
std::optional<TotpFactor> totp_at(const value& json, const char* name) {
  const value* found = base::find(json, name);
  if (found == nullptr || !found->is_object()) return std::nullopt;
  return TotpFactor{.sealed = base::string_or(*found, "sealed"),
                    .since = moment_of(base::int_or(*found, "since")),
                    .last_step = base::find_int(*found, "last_step")};
}

object passkey_json(const Passkey& passkey) {
  object json{{"id", oidc::to_base64url(passkey.id)},
              {"key", oidc::to_base64url(passkey.key)},
              {"counter", passkey.counter},
              {"name", passkey.name},
              {"since", seconds_of(passkey.since)}};
  put(json, "used_at", passkey.used_at);
  put(json, "doubted_at", passkey.doubted_at);
  return json;
}
Passkey read_passkey(const value& json) {
  return {.id = oidc::from_base64url(base::string_or(json, "id")).value_or(""),
          .key = oidc::from_base64url(base::string_or(json, "key")).value_or(""),
          .counter = static_cast<std::uint32_t>(base::int_or(json, "counter")),
          .name = base::string_or(json, "name"),
          .since = moment_of(base::int_or(json, "since")),
          .used_at = moment_at(json, "used_at"),
          .doubted_at = moment_at(json, "doubted_at")};
}

object code_json(const RecoveryCode& code) {
  object json{{"hash", code.hash}};
  put(json, "used_at", code.used_at);
  return json;
}
object challenge_json(const PasskeyChallenge& challenge) {
  return {{"challenge", oidc::to_base64url(challenge.challenge)},
          {"session", challenge.session},
          {"registers", challenge.registers},
          {"expires_at", seconds_of(challenge.expires_at)}};
}
value text_json(const std::string& text) {
  return value(text);
}
std::string read_text(const value& json) {
  return json.is_string() ? std::string{json.get_string().data(), json.get_string().size()}
                          : std::string{};
}

}  // namespace

bool AccountSecurity::has_doubted_passkey() const {
  return std::ranges::any_of(passkeys,
                             [](const Passkey& one) { return one.doubted_at.has_value(); });
}

Passkey* AccountSecurity::find_passkey(std::string_view id) {
  const auto found = std::ranges::find(passkeys, id, &Passkey::id);
  return found == passkeys.end() ? nullptr : &*found;
}

void AccountSecurity::forget_factors() {
  totp.reset();
  new_totp.reset();
  passkeys.clear();
  recovery.clear();
  challenges.clear();
}

void AccountSecurity::note_place(const std::string& hash) {
  std::erase(known_places, hash);
  known_places.insert(known_places.begin(), hash);
  if (known_places.size() > kKnownPlacesMax) known_places.resize(kKnownPlacesMax);
}

object account_security_json(const AccountSecurity& account) {
  object json{{"known_since", seconds_of(account.known_since)}};
  put(json, "last_used_at", account.last_used_at);
  put(json, "disabled_at", account.disabled_at);
  put(json, "password_changed_at", account.password_changed_at);
  put_list(json, "password_history", account.password_history, text_json);
  put_list(json, "known_places", account.known_places, text_json);
  if (account.totp.has_value()) json["totp"] = totp_json(*account.totp);
  if (account.new_totp.has_value()) json["new_totp"] = totp_json(*account.new_totp);
  put_list(json, "passkeys", account.passkeys, passkey_json);
  put_list(json, "recovery", account.recovery, code_json);
  put_list(json, "challenges", account.challenges, challenge_json);
  return json;
}

base::Outcome<AccountSecurity> read_account_security(std::string_view text, std::int64_t version) {
  const auto parsed = base::parse_json(text);
  if (!parsed || !parsed->is_object() || !base::find_int(*parsed, "known_since").has_value()) {
    return base::fault(base::FaultCode::corrupt, "an account-security entry cannot be read");
  }
  const value& json = *parsed;
  AccountSecurity account;
  account.version = version;
  account.known_since = moment_of(base::int_or(json, "known_since"));
  account.last_used_at = moment_at(json, "last_used_at");
  account.disabled_at = moment_at(json, "disabled_at");
  account.password_changed_at = moment_at(json, "password_changed_at");
  account.password_history = list_at(json, "password_history", read_text);
  account.known_places = list_at(json, "known_places", read_text);
  account.totp = totp_at(json, "totp");
  account.new_totp = totp_at(json, "new_totp");
  account.passkeys = list_at(json, "passkeys", read_passkey);
  account.recovery = list_at(json, "recovery", [](const value& one) {
    return RecoveryCode{.hash = base::string_or(one, "hash"), .used_at = moment_at(one, "used_at")};
  });
  account.challenges = list_at(json, "challenges", [](const value& one) {
    return PasskeyChallenge{
        .challenge = oidc::from_base64url(base::string_or(one, "challenge")).value_or(""),
        .session = base::string_or(one, "session"),
        .registers = base::bool_or(one, "registers"),
        .expires_at = moment_of(base::int_or(one, "expires_at"))};
  });
  return account;
}

}  // namespace identity
