#include "oidc/rejection.h"

namespace oidc {

std::string_view to_text(Rejection rejection) {
  switch (rejection) {
    case Rejection::no_attempt:
      return "no-attempt";
    case Rejection::attempt_expired:
      return "attempt-expired";
    case Rejection::attempt_used:
      return "attempt-used";
    case Rejection::state_mismatch:
      return "state-mismatch";
    case Rejection::issuer_mismatch:
      return "issuer-mismatch";
    case Rejection::issuer_missing:
      return "issuer-missing";
    case Rejection::provider_error:
      return "provider-error";
    case Rejection::response_malformed:
      return "response-malformed";
    case Rejection::metadata_invalid:
      return "metadata-invalid";
    case Rejection::keys_invalid:
      return "keys-invalid";
    case Rejection::unreachable:
      return "unreachable";
    case Rejection::token_refused:
      return "token-refused";
    case Rejection::token_response:
      return "token-response";
    case Rejection::userinfo_invalid:
      return "userinfo-invalid";
    case Rejection::subject_mismatch:
      return "subject-mismatch";
    case Rejection::envelope_unopened:
      return "envelope-unopened";
    case Rejection::token_malformed:
      return "token-malformed";
    case Rejection::header_forbidden:
      return "header-forbidden";
    case Rejection::critical_unknown:
      return "critical-unknown";
    case Rejection::algorithm_not_allowed:
      return "algorithm-not-allowed";
    case Rejection::key_unknown:
      return "key-unknown";
    case Rejection::key_unfit:
      return "key-unfit";
    case Rejection::signature_wrong:
      return "signature-wrong";
    case Rejection::claim_missing:
      return "claim-missing";
    case Rejection::issuer_wrong:
      return "issuer-wrong";
    case Rejection::audience_wrong:
      return "audience-wrong";
    case Rejection::authorized_party_wrong:
      return "authorized-party-wrong";
    case Rejection::expired:
      return "expired";
    case Rejection::not_yet_valid:
      return "not-yet-valid";
    case Rejection::issued_in_future:
      return "issued-in-future";
    case Rejection::issued_long_ago:
      return "issued-long-ago";
    case Rejection::nonce_wrong:
      return "nonce-wrong";
    case Rejection::access_token_hash_wrong:
      return "access-token-hash-wrong";
    case Rejection::level_too_low:
      return "level-too-low";
    case Rejection::authenticated_long_ago:
      return "authenticated-long-ago";
    case Rejection::no_identity:
      return "no-identity";
    case Rejection::not_enrolled:
      return "not-enrolled";
  }
  return "unknown";
}

}  // namespace oidc
