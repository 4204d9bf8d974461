#pragma once
// signature_check.h - was this signature authorised at its moment?
//
// Answers from what the signer was at that moment, by his account, his appointments and the records
// of grants and delegations.  None of them ever changes what it said of an earlier moment: nothing
// counts before it was recorded, and a revocation neither.
#include <optional>
#include <string>

#include "calendar/language.h"
#include "party/authority.h"
#include "party/authority_register.h"

namespace party {

struct SignedAct {
  Action action = Action::approve;
  Subject subject;  // what was signed; the holder of the task does not matter
  calendar::Instant at{};
  std::string mandate{};  // record that it names; empty: by his post, or from before it was noted
};

enum class SignatureFinding {
  by_post,             // authorised by the officer's post
  by_mandate,          // authorised by a grant, delegation or as a deputy
  unknown_officer,     // nobody of that id is known
  not_in_service,      // his service had not begun, or had ended
  mandate_not_begun,   // what it rests on counted only later
  mandate_ended,       // what it rests on had ended
  mandate_unknown,     // there is no such record
  mandate_of_another,  // the record is not about him, this role, agency or procedure
  no_authority,        // neither post nor record
};
[[nodiscard]] std::string_view name(SignatureFinding finding);
[[nodiscard]] calendar::Bilingual explain(SignatureFinding finding);
[[nodiscard]] bool is_authorised(SignatureFinding finding);

struct SignatureCheck {
  SignatureFinding finding = SignatureFinding::no_authority;
  std::optional<Mandate> mandate{};  // by which it is, or would have been at another time
};
// `signer`: as he stood at that moment, with all that he held then; nullptr: nobody of that id is
// known.
[[nodiscard]] SignatureCheck check_signature(const SignedAct& signed_act, const Officer* signer,
                                             const AuthorityRegister& entries);

}  // namespace party
