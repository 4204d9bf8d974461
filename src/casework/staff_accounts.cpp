#include "casework/staff_accounts.h"

#include <algorithm>
#include <chrono>

#include <boost/json.hpp>

#include "base/json.h"
#include "base/text.h"
#include "casework/table_import.h"

namespace casework {

namespace {

using calendar::Date;
using party::Officer;
using party::StaffMember;

// Kept by the module above, with when the account was first seen
// (docs/formats/account-security.md).
constexpr const char* kAccountSecurity = "account-security";

bool is_at_or_below(const party::Organisation& today, const party::AgencyId& agency,
                    const party::AgencyId& top) {
  if (agency == top) return true;
  const auto above = today.ancestors(agency);
  return std::ranges::any_of(above, [&](const party::Agency* one) { return one->id == top; });
}

bool has_post_there(const OrganisationState& state, const party::Organisation& today, Date on,
                    const StaffMember& person, party::AgencyId place) {
  if (const party::Agency* heir =
          today.is_former(place.text()) ? today.heir(place.text()) : nullptr) {
    place = heir->id;
  }
  return std::ranges::any_of(state.roster.posts_of(person.identity), [&](const party::Post& post) {
    return (!post.until || *post.until >= on) &&
           is_at_or_below(today, post.appointment->agency, place);
  });
}

std::string known_since(Store* store, const std::string& username) {
  if (store == nullptr) return {};
  const auto entry = store->find_entry(kAccountSecurity, username);
  if (!entry || !entry->has_value()) return {};
  const auto said = base::parse_json((*entry)->body);
  if (!said) return {};
  const auto seconds = base::find_int(*said, "known_since");
  if (!seconds.has_value()) return {};
  return calendar::to_vietnamese(Instant{std::chrono::seconds{*seconds}});
}

// "chutich.101 (Lê Quang Vịnh, H41.101, Lãnh đạo; từ 05/01/2027)"
Bilingual described(const OfficerAccount& account, Store* store) {
  const Officer& officer = account.officer;
  Bilingual roles;
  for (const party::Role role : officer.roles) {
    roles.vi += ", " + party::title(role).vi;
    roles.en += ", " + party::title(role).en;
  }
  const std::string who = account.username + " (" + officer.name + ", " + officer.agency.text();
  const std::string since = known_since(store, account.username);
  return {who + roles.vi + (since.empty() ? "" : "; có từ " + since) + ")",
          who + roles.en + (since.empty() ? "" : "; there since " + since) + ")"};
}

Bilingual why_not(AccountFit fit, const Bilingual& account) {
  static constexpr const char* kRemedyVi =
      " Nếu đúng là của người này, hãy ghi số định danh vào tài khoản đó (mục Quản trị) rồi nhập "
      "lại; nếu không, hãy đặt tên đăng nhập khác.";
  static constexpr const char* kRemedyEn =
      " If it is this person's, write the identity number into that account first, then import "
      "again; else choose another user name.";
  switch (fit) {
    case AccountFit::another_number:
      return {"Tài khoản " + account.vi + " ghi số định danh của người khác." + kRemedyVi,
              "Account " + account.en + " says another person's identity number." + kRemedyEn};
    case AccountFit::another_name:
      return {"Tài khoản " + account.vi + " đã có, không ghi số định danh và mang họ tên khác." +
                  kRemedyVi,
              "Account " + account.en + " exists, says no identity number and has another name." +
                  kRemedyEn};
    case AccountFit::elsewhere:
      return {"Tài khoản " + account.vi +
                  " đã có, không ghi số định danh và ở nơi người này không có chức vụ." + kRemedyVi,
              "Account " + account.en +
                  " exists, says no identity number and stands where this person has no post." +
                  kRemedyEn};
    case AccountFit::his:
    case AccountFit::fits:
      break;
  }
  return {};
}

// The accounts as they are written, by what they are asked for.
struct Accounts {
  explicit Accounts(const Officers& officers) {
    for (const OfficerAccountPtr& one : officers.all_as_written()) {
      by_name.emplace(one->username, one);
      const std::string& number = one->officer.identity_number;
      if (!number.empty()) by_number.emplace(number, one);
    }
  }
  std::map<std::string, OfficerAccountPtr, std::less<>> by_name;
  std::map<std::string, OfficerAccountPtr, std::less<>> by_number;
};

class AccountCheck {
 public:
  AccountCheck(const OrganisationRegister& organisations, ImportWork& work)
      : today_(organisations.today()),
        on_(organisations.date_of_today()),
        next_(organisations.with(work.preview.batch)),
        accounts_(*work.request.accounts),
        work_(work) {
    for (const party::Appointment& one : work.preview.batch.staff.appointments) {
      std::string& all = posts_[one.identity];
      all += (all.empty() ? "" : "; ") + one.position + ", " + one.agency.text();
    }
  }

  void check(const std::string& identity) {
    const StaffMember* person = next_ ? next_->roster.find_person(identity) : nullptr;
    if (person == nullptr) return;  // refused for what is wrong with it
    const auto named = accounts_.by_name.find(person->username);
    const auto numbered = accounts_.by_number.find(identity);
    const bool has = numbered != accounts_.by_number.end();
    if (has && !person->username.empty() && numbered->second->username != person->username) {
      return refuse(identity, {"Người này đã có tài khoản " + numbered->second->username +
                                   "; mỗi người chỉ có một tài khoản. Hãy ghi tên đăng nhập đó.",
                               "This person has the account " + numbered->second->username +
                                   " already; one account each. Name that one."});
    }
    if (has) return tell(*person, *numbered->second, AccountFit::his);
    if (named == accounts_.by_name.end()) return;
    const AccountFit fit = fit_of(*next_, today_, on_, *person, named->second->officer);
    if (fit == AccountFit::fits) return tell(*person, *named->second, fit);
    refuse(identity, why_not(fit, described(*named->second, work_.request.store)));
  }

 private:
  int line_of(const std::string& identity) const {
    const auto found = work_.lines.find(identity);
    return found == work_.lines.end() ? 0 : found->second;
  }
  void refuse(const std::string& identity, Bilingual why) {
    work_.refuse(line_of(identity), identity, std::move(why));
  }
  void tell(const StaffMember& person, const OfficerAccount& account, AccountFit fit) {
    std::string posts = posts_[person.identity];
    const bool anew = work_.state.roster.find_person(person.identity) == nullptr;
    if (posts.empty() && !anew && fit == AccountFit::his) return;
    if (posts.empty()) {
      for (const party::Post& post : next_->roster.posts_of(person.identity)) {
        if (post.until && *post.until < on_) continue;
        posts += (posts.empty() ? "" : "; ") + post.appointment->position + ", " +
                 post.appointment->agency.text();
      }
    }
    const Bilingual who = described(account, work_.request.store);
    Bilingual what{"Tài khoản đã có " + who.vi + " là của người này",
                   "The account that exists, " + who.en + ", is this person's"};
    if (!posts.empty()) {
      what.vi += " và nhận chức vụ: " + posts;
      what.en += " and gets: " + posts;
    }
    work_.preview.lines.push_back({.line = line_of(person.identity),
                                   .effect = ImportEffect::changed,
                                   .item = person.identity,
                                   .what = std::move(what),
                                   .account = true});
  }

  const party::Organisation& today_;
  Date on_;
  base::Result<OrganisationState, party::OrganisationProblems> next_;
  Accounts accounts_;
  ImportWork& work_;
  std::map<std::string, std::string, std::less<>> posts_;  // that the batch gives, by person
};

}  // namespace

bool is_username(std::string_view text) {
  return text.size() >= 3 && text.size() <= 64 &&
         text.find_first_not_of("abcdefghijklmnopqrstuvwxyz0123456789._-@") ==
             std::string_view::npos;
}

AccountFit fit_of(const OrganisationState& state, const party::Organisation& today, Date on,
                  const StaffMember& person, const Officer& written) {
  if (written.identity_number == person.identity) return AccountFit::his;
  if (!written.identity_number.empty()) return AccountFit::another_number;
  if (base::fold_for_search(written.name) != base::fold_for_search(person.name)) {
    return AccountFit::another_name;
  }
  return has_post_there(state, today, on, person, written.agency) ? AccountFit::fits
                                                                  : AccountFit::elsewhere;
}

void hold_against_accounts(const OrganisationRegister& organisations, ImportWork& work) {
  const party::OrganisationStaff& staff = work.preview.batch.staff;
  for (const StaffMember& person : staff.people) {
    const StaffMember* before = work.state.roster.find_person(person.identity);
    if (person.username.empty() || is_username(person.username)) continue;
    if (before != nullptr && before->username == person.username) continue;
    const auto line = work.lines.find(person.identity);
    work.refuse(line == work.lines.end() ? 0 : line->second, person.identity,
                {"Tên đăng nhập “" + person.username +
                     "” chưa đúng: gồm 3 đến 64 chữ thường không dấu, số, dấu chấm hoặc gạch.",
                 "User name “" + person.username +
                     "” is none: it has 3 to 64 lower-case letters, digits, dots or dashes."});
  }
  if (work.request.accounts == nullptr || (staff.people.empty() && staff.appointments.empty())) {
    return;
  }
  std::set<std::string, std::less<>> seen;
  AccountCheck accounts{organisations, work};
  for (const StaffMember& person : staff.people) {
    if (seen.insert(person.identity).second) accounts.check(person.identity);
  }
  for (const party::Appointment& one : staff.appointments) {
    if (seen.insert(one.identity).second) accounts.check(one.identity);
  }
}

}  // namespace casework
