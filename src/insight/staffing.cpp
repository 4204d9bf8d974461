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

// A member in the making.
struct Form {
  StaffMember member;
  bool left = false;               // his account is closed
  std::vector<Instant> moments{};  // to come, at which something about him changes
};

// What was given ends when its giver no longer has it to give.
class EndsToCome {
 public:
  EndsToCome(const party::AuthorityRegister& entries, const std::vector<Form>& forms,
             const Period& period)
      : entries_(entries) {
    std::unordered_map<std::string, std::vector<const Form*>> givers;
    for (const Form& one : forms) {
      if (!one.moments.empty()) givers[one.member.officer.id.text].push_back(&one);
    }
    if (givers.empty()) return;
    for (const party::AuthorityEntry& entry : entries.entries()) {
      const bool gives = entry.kind == party::AuthorityKind::delegation ||
                         entry.kind == party::AuthorityKind::absence;
      if (!gives || !entry.agency || entries.effective(entry).until <= period.from) continue;
      const auto giver = givers.find(entry.from_officer.text);
      if (giver == givers.end()) continue;
      for (const Form* form : giver->second) {
        for (const Instant at : form->moments) look_at(entry, *form, at);
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
  void look_at(const party::AuthorityEntry& entry, const Form& giver, Instant at) {
    const party::Officer& officer = giver.member.officer;
    std::vector<party::Role> left;
    const bool serves = !officer.active_to || calendar::local_date(at) <= *officer.active_to;
    if (serves && !giver.left) left = party::roles_left(entry, officer, entries_, at);
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

StaffSources sources_of(const casework::Workplace& workplace) {
  return {.accounts = workplace.officers.all_as_written(),
          .entries = workplace.authority->now(),
          .now = workplace.clock.now()};
}

std::vector<StaffMemberPtr> staff_over(const StaffSources& sources,
                                       const casework::OrganisationDay* first,
                                       const Period& period) {
  const calendar::Date begin = calendar::local_date(period.from);
  const calendar::Date end = calendar::local_date(period.until);
  const auto entrust = [&](party::Officer& officer) { sources.entries->entrust(officer); };
  std::vector<Form> forms;
  forms.reserve(sources.accounts.size());
  for (const casework::OfficerAccountPtr& account : sources.accounts) {
    std::vector<calendar::Date> turns;
    if (first != nullptr) turns = first->turns_of(account->officer.identity_number, begin, end);
    for (std::size_t i = 0; i <= turns.size(); ++i) {
      Form form{.member = {.officer = account->officer, .account_active = account->active},
                .left = !account->active && !account->only_unused};
      Period& holds = form.member.holds;
      if (i > 0) holds.from = midnight(turns[i - 1]);
      if (i < turns.size()) holds.until = midnight(turns[i]);
      if (first != nullptr) {
        first->dress(form.member.officer, i == 0 ? begin : turns[i - 1], entrust);
      } else {
        entrust(form.member.officer);
      }
      form.moments = moments_of(form.member, period);
      if (sources.ends_at_once && period.holds(sources.now)) form.moments.push_back(sources.now);
      std::erase_if(form.moments, [&](Instant at) {
        const bool gone = sources.ends_at_once ? at < sources.now : at <= sources.now;
        return !holds.holds(at) || gone;
      });
      forms.push_back(std::move(form));
    }
  }
  const EndsToCome ends(*sources.entries, forms, period);
  std::vector<StaffMemberPtr> all;
  all.reserve(forms.size());
  for (Form& one : forms) {
    ends.apply(one.member.officer);
    all.push_back(std::make_shared<const StaffMember>(std::move(one.member)));
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
