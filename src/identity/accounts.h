#pragma once
// accounts.h - signing in and out, passwords and second factors, officers' accounts and the first
// administrator.
//
// Thread-safe.  Which accounts exist cannot be learnt from answers or their timing.  Nothing about
// sessions or factors is remembered here: what one server process ends, another one on the same
// store no longer knows at its next request.
#include <map>
#include <mutex>
#include <optional>
#include <string>
#include <vector>

#include "calendar/clock.h"
#include "casework/failure.h"
#include "casework/live_organisation.h"
#include "casework/officers.h"
#include "casework/organisation_register.h"
#include "casework/store.h"
#include "casework/workplace.h"
#include "identity/account_records.h"
#include "identity/login_throttle.h"
#include "identity/password_pool.h"
#include "identity/second_factor.h"
#include "identity/session.h"
#include "identity/sessions.h"
#include "identity/sign_in_policy.h"

namespace identity {

class AttemptGuard;

// A session, and what it opens.
struct SignedIn {
  casework::OfficerAccountPtr account;
  std::string username;
  std::string csrf_token;
  std::string token_hash;
  Strength strength = Strength::pending;
  bool locked = false;
  std::optional<Moment> confirmed_at{};  // when a second factor was last given
  bool must_change_password = false;
  // The profile asks for a second factor and there is none: nothing opens but setting one up.
  bool must_set_second_factor = false;

  // Signed in; neither waiting for the second factor nor locked.
  [[nodiscard]] bool is_open() const { return strength != Strength::pending && !locked; }
};

struct NewSignIn {
  SignedIn signed_in;
  std::string token;  // for the cookie
};

// How the second factor may be given.
struct FactorChoice {
  bool totp = false;
  bool passkey = false;
  bool recovery_code = false;
};

struct NewTotp {
  std::string secret;  // base32, for typing
  std::string uri;     // for the QR code
};

struct PasskeyRequest {
  std::string challenge;              // bytes
  std::vector<std::string> passkeys;  // ids: that may sign, or that are there already
  std::string rp_id;
  std::string user_handle;  // bytes; says nothing of the person
};

struct NewFactor {
  NewSignIn sign_in;                        // the session goes on under a new token
  std::vector<std::string> recovery_codes;  // made with the first factor; shown once
};

// What an administrator says of an officer.
struct OfficerForm {
  std::string username;
  party::Officer officer;
  bool active = true;
  std::string version{};     // of what it was filled in from; a change needs it
  bool says_service = true;  // its first and last day; else they stay
};

struct CreatedOfficer {
  casework::OfficerAccountPtr account;
  std::string initial_password;  // shown once
};

class Accounts {
 public:
  struct Ports {
    casework::Store& store;
    casework::Officers& officers;
    casework::LiveOrganisation organisation;
    calendar::Clock& clock;
    base::RandomSource& random;
    SignInPolicy policy{};
    std::string installation_secret{};  // of DIR/secret.key; seals what has to be read again
    // Whose posts the roster has; none where the organisation is fixed.
    const casework::OrganisationRegister* organisations = nullptr;
  };
  explicit Accounts(Ports ports);

  [[nodiscard]] const SignInPolicy& policy() const { return ports_.policy; }
  // Who passkeys are for: the address people see.  None where it is an IP address, for which there
  // are no passkeys.  Set once, before the first request.
  void set_origin(const std::string& origin);
  [[nodiscard]] bool has_passkeys() const { return !us_.id.empty(); }

  // ---------------------------------------------------------------- sessions

  // The session may wait for a second factor (Strength::pending).
  [[nodiscard]] casework::Answer<NewSignIn> sign_in(const std::string& username,
                                                    const std::string& password,
                                                    const Visitor& visitor);
  // For whom another system vouches: an officer that is there and active, and nobody else.
  // `confirmed`: it has asked for more than a password.
  [[nodiscard]] casework::Answer<NewSignIn> open_session(const std::string& username,
                                                         Strength strength, bool confirmed,
                                                         const Visitor& visitor);
  // The second factor of a sign-in, or of a session that is about to do something dangerous.  Where
  // the account has none, the password does.  The token changes.
  [[nodiscard]] casework::Answer<NewSignIn> confirm(const SignedIn& who, const Proof& proof,
                                                    const Visitor& visitor);
  [[nodiscard]] casework::Answer<base::Done> lock(const SignedIn& who);
  // By password or passkey.  The token changes.
  [[nodiscard]] casework::Answer<NewSignIn> unlock(const SignedIn& who, const Proof& proof,
                                                   const Visitor& visitor);
  // Nobody when the token is unknown, waiting, locked or too old, or the account was deactivated.
  [[nodiscard]] std::optional<SignedIn> find(std::string_view token);
  // Also sessions that are not open (SignedIn::is_open); a store that cannot be asked is a fault,
  // not a session that has ended.  `address`: where it is used now; a session that a password alone
  // has opened serves only where the profile asks for no more.  Empty: not asked.
  [[nodiscard]] base::Outcome<std::optional<SignedIn>> look_up(std::string_view token,
                                                               std::string_view address = {});
  void sign_out(const SignedIn& who);
  // Failure `confirmation-required` unless the second factor was given within policy().fresh; for
  // actions that cannot be taken back.  Accounts without a second factor pass.
  [[nodiscard]] casework::Answer<base::Done> require_fresh(const SignedIn& who);

  [[nodiscard]] casework::Answer<std::vector<casework::SessionRow>> sessions_of(
      const SignedIn& who);
  // By Sessions::public_id; one's own.
  [[nodiscard]] casework::Answer<base::Done> end_session(const SignedIn& who,
                                                         const std::string& id);
  [[nodiscard]] casework::Answer<base::Done> end_other_sessions(const SignedIn& who);
  // Of citizens too; whoever opens those looks after them himself.
  [[nodiscard]] Sessions& sessions() { return sessions_; }

  // ---------------------------------------------------------------- password and factors

  // Ends the account's other sessions.
  [[nodiscard]] casework::Answer<base::Done> change_password(const SignedIn& who,
                                                             const std::string& current,
                                                             const std::string& next,
                                                             const Visitor& visitor);
  [[nodiscard]] casework::Answer<AccountSecurity> security_of(const SignedIn& who);
  [[nodiscard]] casework::Answer<FactorChoice> factors_of(const SignedIn& who);
  // Shown, and counting only when a code of it came back.
  [[nodiscard]] casework::Answer<NewTotp> begin_totp(const SignedIn& who);
  [[nodiscard]] casework::Answer<NewFactor> confirm_totp(const SignedIn& who,
                                                         const std::string& code,
                                                         const Visitor& visitor);
  [[nodiscard]] casework::Answer<base::Done> remove_totp(const SignedIn& who);
  [[nodiscard]] casework::Answer<PasskeyRequest> ask_passkey(const SignedIn& who, bool registers);
  [[nodiscard]] casework::Answer<NewFactor> add_passkey(const SignedIn& who,
                                                        const Registration& sent,
                                                        const std::string& name);
  [[nodiscard]] casework::Answer<base::Done> remove_passkey(const SignedIn& who,
                                                            const std::string& id);
  [[nodiscard]] casework::Answer<std::vector<std::string>> renew_recovery_codes(
      const SignedIn& who);

  // ---------------------------------------------------------------- officers' accounts

  // The gate (party::Action::manage_officers) is asked here.
  // The same request again gives the same account a new first password, for the one before may
  // never have been read.
  [[nodiscard]] casework::Answer<CreatedOfficer> create_officer(
      const party::Officer& by, OfficerForm form, const casework::RequestKey& request);
  // What decides on authority or on who gets in (account_changes.h) nobody changes for himself, and
  // for others only who has just confirmed who he is; the journal tells of it.
  [[nodiscard]] casework::Answer<casework::OfficerAccountPtr> update_officer(
      const SignedIn& who, const std::string& officer_id, OfficerForm form);
  [[nodiscard]] casework::Answer<std::string> reset_password(const party::Officer& by,
                                                             const std::string& officer_id);
  // All of an officer's second factors, and his sessions; recorded in the journal.
  [[nodiscard]] casework::Answer<base::Done> reset_factors(const party::Officer& by,
                                                           const std::string& officer_id);
  // For the list that an administrator sees.
  [[nodiscard]] base::Outcome<std::map<std::string, AccountRecords::Mark>> account_marks() {
    return records_.marks();
  }
  // Disables accounts that were not used for as long as the profile says; never the last active
  // administrator's.  Their user names.
  [[nodiscard]] base::Outcome<std::vector<std::string>> disable_unused();

  [[nodiscard]] bool setup_needed();
  // Secret of a new one-time link; the one before it is void.
  [[nodiscard]] base::Outcome<std::string> make_setup_secret();
  [[nodiscard]] casework::Answer<base::Done> create_first_administrator(const std::string& secret,
                                                                        const std::string& username,
                                                                        const std::string& password,
                                                                        const std::string& name,
                                                                        const std::string& agency);

  // For the demonstration data: an account with a given password.
  [[nodiscard]] base::Outcome<base::Done> put_account(const OfficerForm& form,
                                                      const std::string& password,
                                                      bool must_change);

 private:
  using FactorCheck = base::Result<base::Done, FactorRefusal>;

  [[nodiscard]] Moment moment();
  [[nodiscard]] casework::Answer<base::Done> check_form(const OfficerForm& form) const;
  [[nodiscard]] casework::Answer<base::Done> name_by_roster(OfficerForm& form) const;
  // Failure `officer-not-valid`: another account has the number (casework/account_identity.h).
  [[nodiscard]] casework::Answer<base::Done> claim_identity(const std::string& identity,
                                                            const std::string& username);
  [[nodiscard]] casework::Answer<base::Done> still_manages(const std::string& username,
                                                           const party::Officer& whom) const;
  // Failure `last-administrator`.
  [[nodiscard]] casework::Answer<base::Done> keep_an_administrator(const std::string& username,
                                                                   const party::Officer& before,
                                                                   const party::Officer& after,
                                                                   bool active);
  // Failure `holds-more-elsewhere` (casework/account_reach.h).
  [[nodiscard]] casework::Answer<base::Done> may_decide_who_gets_in(
      const party::Officer& by, const party::Officer& account) const;
  [[nodiscard]] casework::Answer<std::string> hashed(const std::string& password);
  [[nodiscard]] std::string first_password();
  [[nodiscard]] SignedIn signed_in(const casework::SessionRow& row, Strength strength,
                                   casework::OfficerAccountPtr account, bool must_change) const;
  [[nodiscard]] casework::Answer<NewSignIn> renewed(const SignedIn& who, Strength strength,
                                                    bool confirmed);
  [[nodiscard]] casework::Answer<NewSignIn> enter(const casework::AccountRow& row,
                                                  const casework::OfficerAccountPtr& account,
                                                  const AccountSecurity& security,
                                                  const Visitor& visitor);
  // Comparing a password takes its time: what it was, or the account, may have been changed and
  // all sessions ended before this one was there to be ended.  `by` without a hash: not by
  // password.
  [[nodiscard]] casework::Answer<base::Done> still_opens(const OpenedSession& opened,
                                                         const casework::AccountRow& by);
  [[nodiscard]] base::Outcome<base::Done> note_use(const std::string& username,
                                                   const std::string& address);
  [[nodiscard]] casework::Answer<base::Done> check_proof(const SignedIn& who, const Proof& proof,
                                                         const Visitor& visitor);
  // The hash that it fits.
  [[nodiscard]] casework::Answer<std::string> check_own_password(const SignedIn& who,
                                                                 const std::string& password,
                                                                 const std::string& address);
  // `verified`: only while that is still the password, and the account open.
  [[nodiscard]] casework::Answer<base::Done> set_password(
      const std::string& username, const std::string& password, bool must_change,
      const casework::AccountChange& by, const std::optional<std::string>& verified = {});
  [[nodiscard]] casework::AccountChange change_by(const party::Officer& officer);
  [[nodiscard]] casework::AccountChange change_by_system();
  // From when on the account counts as unused; none: never, or its owner is away.
  [[nodiscard]] std::optional<Moment> unused_since(const AccountSecurity& security,
                                                   const casework::OfficerAccountPtr& account);
  [[nodiscard]] casework::Answer<NewFactor> with_new_factor(const SignedIn& who,
                                                            std::vector<std::string> codes);
  [[nodiscard]] casework::Answer<base::Done> may_change_factors(const SignedIn& who);
  [[nodiscard]] std::string place_of(const std::string& username, const std::string& address) const;
  [[nodiscard]] bool is_known_place(const AccountSecurity& security, const std::string& username,
                                    const std::string& address) const;
  [[nodiscard]] base::Outcome<base::Done> record(const party::Officer& by,
                                                 const std::string& username,
                                                 const std::string& what);
  // An attempt with a password or factor of somebody who has come in already.
  [[nodiscard]] AttemptGuard factor_attempt(const SignedIn& who, const AccountSecurity& security,
                                            const std::string& address, Moment now);
  [[nodiscard]] FactorSurroundings surroundings(const SignedIn& who, Moment now) const;

  Ports ports_;
  SecretBox box_;
  RelyingParty us_;
  AccountRecords records_;
  Sessions sessions_;
  PasswordPool pool_;
  std::mutex throttle_mutex_;
  LoginThrottle throttle_;         // of passwords
  LoginThrottle factor_throttle_;  // of what is asked of somebody whose password was right
  std::mutex setup_mutex_;
  casework::RequestsInFlight creating_;
};

}  // namespace identity
