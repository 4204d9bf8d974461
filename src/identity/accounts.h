#pragma once
// accounts.h - signing in and out, passwords, officers' accounts and the first administrator.
//
// Thread-safe.  Which accounts exist cannot be learnt from answers or their timing.
#include <mutex>
#include <optional>
#include <string>

#include "calendar/clock.h"
#include "casework/failure.h"
#include "casework/live_organisation.h"
#include "casework/officers.h"
#include "casework/store.h"
#include "identity/login_throttle.h"
#include "identity/password_pool.h"
#include "identity/session.h"

namespace identity {

struct SignedIn {
  casework::OfficerAccountPtr account;
  std::string username;
  std::string csrf_token;
  std::string token_hash;
  bool must_change_password = false;
};

struct NewSignIn {
  SignedIn signed_in;
  std::string token;  // for the cookie
};

// What an administrator says of an officer.
struct OfficerForm {
  std::string username;
  party::Officer officer;
  bool active = true;
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
  };
  explicit Accounts(Ports ports) : ports_(ports) {}

  [[nodiscard]] casework::Answer<NewSignIn> sign_in(const std::string& username,
                                                    const std::string& password,
                                                    const std::string& address);
  // Nobody when the token is unknown or too old, or the account was deactivated.
  [[nodiscard]] std::optional<SignedIn> find(std::string_view token);
  // The same, and a store that cannot be asked is a fault, not a session that has ended.
  [[nodiscard]] base::Outcome<std::optional<SignedIn>> look_up(std::string_view token);
  void sign_out(const SignedIn& who);
  // Ends the account's other sessions.
  [[nodiscard]] casework::Answer<base::Done> change_password(const SignedIn& who,
                                                             const std::string& current,
                                                             const std::string& next);

  // The gate (party::Action::manage_officers) is asked here.
  [[nodiscard]] casework::Answer<CreatedOfficer> create_officer(const party::Officer& by,
                                                                OfficerForm form);
  [[nodiscard]] casework::Answer<casework::OfficerAccountPtr> update_officer(
      const party::Officer& by, const std::string& officer_id, OfficerForm form);
  [[nodiscard]] casework::Answer<std::string> reset_password(const party::Officer& by,
                                                             const std::string& officer_id);

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
  [[nodiscard]] Moment moment();
  [[nodiscard]] casework::Answer<base::Done> check_form(const OfficerForm& form) const;
  [[nodiscard]] casework::Answer<std::string> hashed(const std::string& password);
  [[nodiscard]] std::string first_password();

  Ports ports_;
  PasswordPool pool_;
  std::mutex throttle_mutex_;
  LoginThrottle throttle_;
  std::mutex setup_mutex_;
};

}  // namespace identity
