#include "casework/organisation_changes.h"

#include <algorithm>
#include <set>

#include <boost/json.hpp>

#include "base/ensure.h"
#include "base/text.h"
#include "casework/account_identity.h"
#include "casework/execute.h"
#include "casework/gate.h"
#include "casework/staff_accounts.h"
#include "casework/whole_installation.h"

namespace casework {

namespace {

constexpr std::size_t kReasonCharactersMax = 1000;
// No password has this hash: the administrator hands a first one out.
constexpr const char* kNoPassword = "!";

std::string new_officer_id(Workplace& workplace) {
  return "cb-" + base::random_hex(workplace.random, 8);
}

// The account of a person, told whose it is; made where there is none and the person has a post.
// True: something was written.
Answer<bool> keep_account(Workplace& workplace, const OrganisationState& state,
                          const party::StaffMember& person, const dossier::Actor& by) {
  if (person.username.empty()) return false;
  const OfficerAccountPtr known = workplace.officers.find_username(person.username);
  if (known != nullptr && known->officer.identity_number == person.identity) return false;
  const auto fits = [&](const party::Officer& written) {
    return fit_of(state, workplace.organisations->today(), workplace.organisations->date_of_today(),
                  person, written) == AccountFit::fits;
  };
  const auto row = TRY_AS_FAILURE(workplace.store.find_account(person.username));
  const auto posts = state.roster.posts_of(person.identity);
  const auto main = std::ranges::find_if(
      posts, [](const party::Post& post) { return !post.appointment->concurrent; });
  if (!row.has_value() && main == posts.end()) return false;
  if (row.has_value()) {
    const base::json::value said = TRY_AS_FAILURE(base::parse_json(row->officer));
    if (!fits(TRY_AS_FAILURE(read_officer(said)))) return false;
  }
  // He has another account: it keeps his number, and he gets no second one.
  if (!TRY_AS_FAILURE(claim_identity(workplace.store, person.identity, person.username,
                                     workplace.clock.now()))) {
    return false;
  }
  if (row.has_value()) {
    bool told = false;
    const auto tell = [&](AccountRow& account) -> base::Outcome<bool> {
      const base::json::value said = TRY(base::parse_json(account.officer));
      party::Officer officer = TRY(read_officer(said));
      told = fits(officer);
      if (!told) return false;
      officer.identity_number = person.identity;
      account.officer = account_text(officer, base::bool_or(said, "only_unused"));
      return told;
    };
    TRY_AS_FAILURE(workplace.officers.change(workplace.store, person.username,
                                             {.at = workplace.clock.now(), .by = by}, tell));
    return told;
  }
  party::Officer officer{.id = party::OfficerId{new_officer_id(workplace)},
                         .name = person.name,
                         .agency = main->appointment->agency,
                         .position = main->position->title,
                         .roles = main->position->roles,
                         .email = person.email,
                         .phone = person.phone,
                         .identity_number = person.identity};
  const AccountRow made{.username = person.username,
                        .officer = account_text(officer),
                        .officer_id = officer.id.text,
                        .password_hash = kNoPassword,
                        .must_change = true,
                        .active = true};
  TRY_AS_FAILURE(workplace.store.create_account(made));
  workplace.officers.remember(made, std::move(officer));
  return true;
}

}  // namespace

Answer<base::Done> may_manage_organisation(const Workplace& workplace,
                                           const party::Officer& officer) {
  return may_manage_all(
      workplace, officer,
      {"Chỉ quản trị viên của toàn hệ thống được thay đổi tổ chức.",
       "Only an administrator of the whole installation changes the organisation."});
}

Answer<int> keep_accounts(Workplace& workplace, const dossier::Actor& by) {
  if (workplace.organisations == nullptr) return 0;
  const OrganisationStatePtr state = workplace.organisations->state();
  int changed = 0;
  for (const party::StaffMember& person : state->roster.all().people) {
    if (TRY(keep_account(workplace, *state, person, by))) ++changed;
  }
  return changed;
}

Answer<Registered> register_batch(Workplace& workplace, const dossier::Actor& by,
                                  const ImportPreview& preview, const RegisterOrder& order) {
  ENSURE(workplace.organisations != nullptr, "an organisation that is fixed is not changed");
  OrganisationRegister& organisations = *workplace.organisations;
  for (const Registration& one : organisations.state()->registrations) {
    if (!order.digest.empty() && one.preview == order.digest) {
      return Registered{.version = one.version, .anew = false};
    }
  }
  if (order.digest != preview.digest) {
    return fail(FailureKind::stale, "preview-outdated",
                {"Dữ liệu đã thay đổi sau khi xem trước. Hãy xem trước lại rồi áp dụng.",
                 "Things have changed since the preview. Look at it again, then apply."});
  }
  if (preview.count(ImportEffect::refused) > 0) {
    return fail(FailureKind::unprocessable, "lines-refused",
                {"Còn dòng bị từ chối. Hãy sửa các dòng đó rồi xem trước lại.",
                 "Some lines are refused. Mend them and look at the preview again."});
  }
  if (base::length_in_characters(order.reason) > kReasonCharactersMax) {
    return fail(FailureKind::unprocessable, "reason-too-long",
                {"Lý do tối đa 1.000 ký tự.", "A reason has 1,000 characters at most."});
  }
  if (preview.batch.is_empty()) return Registered{.version = preview.version, .anew = false};
  Registration registration{.at = workplace.clock.now(), .actor = by};
  registration.reason = base::to_plain_text(order.reason);
  registration.preview = preview.digest;
  registration.batch = preview.batch;
  const auto saved = organisations.save(workplace.store, std::move(registration), preview.version);
  if (!saved && saved.error().code == base::FaultCode::conflict) {
    return fail(FailureKind::stale, "preview-outdated",
                {"Người khác vừa thay đổi tổ chức. Hãy xem trước lại rồi áp dụng.",
                 "Somebody has just changed the organisation. Look at the preview again."});
  }
  if (!saved) return base::Failure{failure_from(saved.error())};
  return Registered{.version = *saved, .anew = true};
}

namespace {

// Which role at which agency.
using Held = std::set<std::pair<party::Role, std::string>>;

// Of every post that the person has on that day or later.
void add_posts(Held& held, const party::StaffRoster& roster, const std::string& identity,
               calendar::Date today) {
  for (const party::Post& post : roster.posts_of(identity)) {
    if (post.until.has_value() && *post.until < today) continue;
    for (const party::Role role : post.position->roles) {
      held.emplace(role, post.appointment->agency.text());
    }
  }
}

// Nobody appoints himself to more than he is: neither to a post, nor by becoming, with his account,
// a person who has posts.
Answer<base::Done> no_own_promotion(const Workplace& workplace, const party::Officer& by,
                                    const party::OrganisationBatch& batch) {
  const OfficerAccountPtr account = workplace.officers.find(by.id.text);
  if (workplace.organisations == nullptr || account == nullptr) return base::Done{};
  const auto next = workplace.organisations->with(batch);
  if (!next) return base::Done{};  // refused for what is wrong with it
  const party::Officer& own = account->officer;
  const party::StaffMember* named = next->roster.person_of(account->username);
  const calendar::Date today = workplace.organisations->date_of_today();
  Held before;
  if (!own.identity_number.empty()) {
    add_posts(before, workplace.organisations->state()->roster, own.identity_number, today);
  }
  for (const party::Role role : own.roles) before.emplace(role, own.agency.text());
  Held after;
  if (!own.identity_number.empty()) add_posts(after, next->roster, own.identity_number, today);
  if (named != nullptr) add_posts(after, next->roster, named->identity, today);
  if (!std::ranges::includes(before, after)) {
    return fail(
        FailureKind::forbidden, "own-authority",
        {"Không ai tự bổ nhiệm mình vào chức vụ có thêm vai trò, cũng không tự nhận chức vụ "
         "của người khác. Hãy để quản trị viên khác nhập dòng của bạn.",
         "Nobody appoints himself to a position with more roles, nor takes on another's "
         "posts. Let another administrator import the line that is about you."});
  }
  return base::Done{};
}

}  // namespace

Answer<Registered> register_batch(Workplace& workplace, const party::Officer& by,
                                  const ImportPreview& preview, const RegisterOrder& order) {
  TRY(may_manage_organisation(workplace, by));
  TRY(no_own_promotion(workplace, by, preview.batch));
  const Registered done = TRY(register_batch(workplace, actor_of(by), preview, order));
  if (done.anew) TRY(keep_accounts(workplace, actor_of(by)));
  return done;
}

party::OrganisationBatch merger_batch(const OrganisationRegister& organisations,
                                      party::Merger merger) {
  if (merger.id.empty()) {
    merger.id = "merge-" + merger.into.id.text() + "-" + calendar::to_iso(merger.on);
  }
  const OrganisationPtr before = organisations.on(merger.on - std::chrono::days{1});
  party::OrganisationBatch batch;
  batch.changes.push_back(party::plan_merger(*before, merger));
  return batch;
}

}  // namespace casework
