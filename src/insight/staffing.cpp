#include "insight/staffing.h"

#include <algorithm>
#include <map>
#include <unordered_map>

#include "insight/seats.h"
#include "party/standing.h"

namespace insight {

namespace {

Instant midnight(calendar::Date on) {
  return calendar::at_local(on, calendar::TimeOfDay{0});
}

// FNV-1a over everything about an officer that coverage reads.
class Fingerprint {
 public:
  void add(std::string_view text) {
    for (const char c : text) add_byte(static_cast<unsigned char>(c));
    add_byte(0xFF);
  }
  void add(std::int64_t number) {
    for (int i = 0; i < 8; ++i) {
      add_byte(static_cast<unsigned char>(static_cast<std::uint64_t>(number) >> (8 * i)));
    }
  }
  void add(Instant at) { add(at.time_since_epoch().count()); }
  [[nodiscard]] std::uint64_t value() const { return hash_; }

 private:
  void add_byte(unsigned char byte) { hash_ = (hash_ ^ byte) * 1099511628211ULL; }
  std::uint64_t hash_ = 14695981039346656037ULL;
};

// What was given ends when its giver no longer has it to give: casework::end_what_lost_its_post()
// will record it then.
class EndsToCome {
 public:
  EndsToCome(const party::AuthorityRegister& entries, const std::vector<StaffMember>& staff,
             const Period& period, bool begins_now)
      : entries_(entries) {
    struct Form {
      const StaffMember* member = nullptr;
      std::vector<Instant> moments{};  // at which something about him changes
    };
    std::unordered_map<std::string, std::vector<Form>> forms;
    for (const StaffMember& one : staff) {
      Form form{.member = &one, .moments = moments_of(one, period)};
      // What has ended by now is recorded already.
      std::erase_if(form.moments, [&](Instant at) {
        return !one.holds.holds(at) || (begins_now && at == period.from);
      });
      if (!form.moments.empty()) forms[one.officer.id.text].push_back(std::move(form));
    }
    if (forms.empty()) return;
    for (const party::AuthorityEntry& entry : entries.entries()) {
      const bool gives = entry.kind == party::AuthorityKind::delegation ||
                         entry.kind == party::AuthorityKind::absence;
      if (!gives || !entry.agency || entries.effective(entry).until <= period.from) continue;
      const auto giver = forms.find(entry.from_officer.text);
      if (giver == forms.end()) continue;
      for (const Form& form : giver->second) {
        for (const Instant at : form.moments) look_at(entry, *form.member, at);
      }
    }
  }

  void apply(party::Officer& officer) const {
    if (ends_.empty()) return;
    for (party::Mandate& one : officer.mandates) {
      const auto end = ends_.find({one.id, one.role});
      if (end != ends_.end()) one.until = std::min(one.until, std::max(one.from, end->second));
    }
  }

 private:
  void look_at(const party::AuthorityEntry& entry, const StaffMember& giver, Instant at) {
    const std::optional<calendar::Date>& last = giver.officer.active_to;
    std::vector<party::Role> left;
    if (!last || calendar::local_date(at) <= *last) {
      left = party::roles_left(entry, giver.officer, entries_, at);
    }
    for (const party::Role role : entry.all_roles()) {
      if (std::ranges::find(left, role) == left.end()) end(entry.id, role, at);
    }
    if (!left.empty()) return;
    for (const party::AuthorityEntry* one : entries_.resting_on(entry.id)) {
      for (const party::Role role : one->all_roles()) end(one->id, role, at);
    }
  }

  void end(const std::string& id, party::Role role, Instant at) {
    const auto [known, first] = ends_.try_emplace({id, role}, at);
    if (!first) known->second = std::min(known->second, at);
  }

  const party::AuthorityRegister& entries_;
  std::map<std::pair<std::string, party::Role>, Instant> ends_;
};

}  // namespace

std::vector<StaffMemberPtr> staff_over(const casework::Workplace& workplace,
                                       const casework::OrganisationDay* first, const Period& period,
                                       bool begins_now) {
  const calendar::Date begin = calendar::local_date(period.from);
  const calendar::Date end = calendar::local_date(period.until);
  const auto entries = workplace.authority->now();
  const auto entrust = [&entries](party::Officer& officer) { entries->entrust(officer); };
  std::vector<StaffMember> staff;
  const bool as_seen = begins_now || first == nullptr;
  for (const casework::OfficerAccountPtr& account :
       as_seen ? workplace.officers.all() : workplace.officers.all_as_written()) {
    std::vector<calendar::Date> turns;
    if (first != nullptr) turns = first->turns_of(account->officer.identity_number, begin, end);
    if (turns.empty() && as_seen) {
      staff.push_back({.officer = account->officer, .account_active = account->active});
      continue;
    }
    const auto written = workplace.officers.find_as_written(account->officer.id.text);
    for (std::size_t i = 0; i <= turns.size(); ++i) {
      Period holds = kAlways;
      if (i > 0) holds.from = midnight(turns[i - 1]);
      if (i < turns.size()) holds.until = midnight(turns[i]);
      party::Officer officer = i == 0 && begins_now ? account->officer : written->officer;
      if (i > 0 || !begins_now) first->dress(officer, i == 0 ? begin : turns[i - 1], entrust);
      staff.push_back(
          {.officer = std::move(officer), .account_active = account->active, .holds = holds});
    }
  }
  const EndsToCome ends(*entries, staff, period, begins_now);
  std::vector<StaffMemberPtr> all;
  all.reserve(staff.size());
  for (StaffMember& one : staff) {
    ends.apply(one.officer);
    all.push_back(std::make_shared<const StaffMember>(std::move(one)));
  }
  return all;
}

std::uint64_t fingerprint_of(const StaffMember& member) {
  Fingerprint print;
  const party::Officer& officer = member.officer;
  print.add(member.account_active ? 1 : 0);
  print.add(member.holds.from);
  print.add(member.holds.until);
  print.add(officer.name);
  print.add(officer.email);
  print.add(officer.agency.text());
  for (const party::Role role : officer.roles) print.add(static_cast<int>(role));
  print.add(officer.active_from ? midnight(*officer.active_from) : Instant::min());
  print.add(officer.active_to ? midnight(*officer.active_to) : Instant::max());
  for (const party::AgencyId& agency : officer.takes_over) print.add(agency.text());
  for (const party::Officer::Absence& away : officer.absences) {
    print.add(away.from);
    print.add(away.until);
  }
  for (const party::Mandate& mandate : officer.mandates) {
    print.add(mandate.id);
    print.add(static_cast<int>(mandate.role));
    print.add(mandate.agency.text());
    print.add(mandate.from);
    print.add(mandate.until);
    print.add(mandate.procedures.all ? 1 : 0);
    for (const std::string& code : mandate.procedures.codes) print.add(code);
    print.add(-1);
    for (const std::string& field : mandate.procedures.fields) print.add(field);
  }
  return print.value();
}

}  // namespace insight
