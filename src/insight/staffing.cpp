#include "insight/staffing.h"

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

StaffMemberPtr member_of(party::Officer officer, bool active, const Period& holds) {
  return std::make_shared<const StaffMember>(
      StaffMember{.officer = std::move(officer), .account_active = active, .holds = holds});
}

}  // namespace

std::vector<StaffMemberPtr> staff_over(const casework::Workplace& workplace,
                                       const casework::OrganisationDay* first, const Period& period,
                                       bool begins_now) {
  const calendar::Date begin = calendar::local_date(period.from);
  const calendar::Date end = calendar::local_date(period.until);
  const auto entrust = [entries = workplace.authority->now()](party::Officer& officer) {
    entries->entrust(officer);
  };
  std::vector<StaffMemberPtr> staff;
  const bool as_seen = begins_now || first == nullptr;
  for (const casework::OfficerAccountPtr& account :
       as_seen ? workplace.officers.all() : workplace.officers.all_as_written()) {
    std::vector<calendar::Date> turns;
    if (first != nullptr) turns = first->turns_of(account->officer.identity_number, begin, end);
    if (turns.empty() && as_seen) {
      staff.push_back(member_of(account->officer, account->active, kAlways));
      continue;
    }
    const auto written = workplace.officers.find_as_written(account->officer.id.text);
    for (std::size_t i = 0; i <= turns.size(); ++i) {
      Period holds = kAlways;
      if (i > 0) holds.from = midnight(turns[i - 1]);
      if (i < turns.size()) holds.until = midnight(turns[i]);
      party::Officer officer = i == 0 && begins_now ? account->officer : written->officer;
      if (i > 0 || !begins_now) first->dress(officer, i == 0 ? begin : turns[i - 1], entrust);
      staff.push_back(member_of(std::move(officer), account->active, holds));
    }
  }
  return staff;
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
