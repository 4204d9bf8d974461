#pragma once
// rejection.h - why something that came from an identity provider, or in its name, is not believed.
//
// For the log and for tests.  Whoever signs in is told that it did not work, never which of these.
#include <string_view>

#include "base/result.h"

namespace oidc {

enum class Rejection {
  // --- the answer at our address
  no_attempt,          // this browser has begun no sign-in, or its cookie is not ours
  attempt_expired,     // begun too long ago
  attempt_used,        // the state was answered once before
  state_mismatch,      // of another sign-in, or none
  issuer_mismatch,     // the answer names another provider (RFC 9207)
  issuer_missing,      // the provider promises to name itself and does not
  provider_error,      // the provider says no, or pretends to
  response_malformed,  // a parameter twice, too long, or none that has to be there
  // --- the provider's own documents
  metadata_invalid,  // not the issuer asked for, a foreign host, no https, no JSON
  keys_invalid,      // no key set, too many keys, one kid twice
  unreachable,       // no answer, or none in time, or one that sends us elsewhere
  // --- the token response and userinfo
  token_refused,   // the token endpoint says no: a code used before, a wrong verifier
  token_response,  // not of the form it must have
  userinfo_invalid,
  subject_mismatch,   // userinfo tells of somebody else
  envelope_unopened,  // an encrypted body that our key does not open
  // --- the token as a text
  token_malformed,
  header_forbidden,       // jku, x5u, jwk, x5c, zip, cty, another typ
  critical_unknown,       // "crit" names what we do not know: everything
  algorithm_not_allowed,  // none, HS*, or one the configuration does not name
  key_unknown,            // no kid, or one that no key of the set has
  key_unfit,              // the key is of another kind, curve or use
  signature_wrong,
  // --- what it says
  claim_missing,
  issuer_wrong,
  audience_wrong,
  authorized_party_wrong,
  expired,
  not_yet_valid,
  issued_in_future,
  issued_long_ago,
  nonce_wrong,
  access_token_hash_wrong,
  level_too_low,
  authenticated_long_ago,
  // --- who it is
  no_identity,  // nothing to know the person by
  not_enrolled  // an officer whom no account has
};

[[nodiscard]] std::string_view to_text(Rejection rejection);

template <class T>
using Checked = base::Result<T, Rejection>;

}  // namespace oidc
