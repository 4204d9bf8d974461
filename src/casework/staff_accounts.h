#pragma once
// staff_accounts.h - which account a person of the roster has, and which he may be given.
//
// Whoever has an account goes on signing in to it after it has been given somebody's posts.  So a
// user name alone gives nothing away: names of accounts follow patterns, and somebody may have
// taken one beforehand.  An account that was there before becomes a person's only when it says his
// number; or when it says none, is named as he is, and stands where one of his posts is.  What an
// account gets is told in the preview, and applied only as it was told.
#include <string_view>

#include "casework/organisation_state.h"
#include "party/officer.h"

namespace casework {

struct ImportWork;
class OrganisationRegister;

// 3 to 64 lower-case letters, digits, dots, dashes, @.
[[nodiscard]] bool is_username(std::string_view text);

enum class AccountFit {
  his,             // it says his number
  fits,            // it says no number, and all else is as it would be with his
  another_number,  // it is another person's
  another_name,    // it says no number, and is named otherwise
  elsewhere        // it says no number, and he has no post where it stands, nor below
};
// `written`: what the account says.  `today`: for what stands below what.
[[nodiscard]] AccountFit fit_of(const OrganisationState& state, const party::Organisation& today,
                                calendar::Date on, const party::StaffMember& person,
                                const party::Officer& written);

// Refuses the lines whose user names are none, or are of accounts that may not become the person's;
// tells which accounts get the posts of the others.
void hold_against_accounts(const OrganisationRegister& organisations, ImportWork& work);

}  // namespace casework
