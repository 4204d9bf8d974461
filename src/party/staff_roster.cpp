#include "party/staff_roster.h"

#include <algorithm>
#include <set>
#include <tuple>

#include "party/personal_id.h"

namespace party {

using calendar::Date;
using enum OrganisationTrouble;

namespace {

constexpr std::size_t kPeopleMax = 200'000;
constexpr int kNumberMax = 9999;

bool is_identity(const std::string& text) {
  const auto id = PersonalId::parse(text);
  return id.has_value() && !id->is_old() && id->digits() == text;
}

bool meet(Date from, const std::optional<Date>& to, Date other_from,
          const std::optional<Date>& other_to) {
  return (!to || other_from <= *to) && (!other_to || from <= *other_to);
}

}  // namespace

class RosterBuilder {
 public:
  RosterBuilder(const OrganisationHistory& history, OrganisationStaff staff) : history_(history) {
    roster_.staff_ = std::move(staff);
  }

  base::Result<StaffRoster, OrganisationProblems> build() {
    const OrganisationStaff& staff = roster_.staff_;
    if (staff.people.size() > kPeopleMax || staff.appointments.size() > 4 * kPeopleMax ||
        staff.positions.size() > kPeopleMax || staff.counters.size() > kPeopleMax) {
      told(too_many, {}, std::to_string(staff.people.size()));
      return base::Failure{std::move(problems_)};
    }
    for (std::size_t i = 0; i < staff.positions.size(); ++i) check(staff.positions[i], i);
    for (std::size_t i = 0; i < staff.people.size(); ++i) check(staff.people[i], i);
    for (std::size_t i = 0; i < staff.appointments.size(); ++i) check(staff.appointments[i], i);
    for (std::size_t i = 0; i < staff.counters.size(); ++i) check(staff.counters[i], i);
    for (auto& [identity, of] : roster_.by_person_) check_posts_of(of);
    for (auto& [agency, at] : roster_.by_agency_) check_posts_at(at);
    if (!problems_.empty()) {
      // In the order of the items, whatever the hash tables did.
      std::ranges::stable_sort(problems_, {}, [](const OrganisationProblem& one) {
        return std::tie(one.item, one.subject);
      });
      return base::Failure{std::move(problems_)};
    }
    return std::move(roster_);
  }

 private:
  void told(OrganisationTrouble what, std::string item, std::string subject) {
    problems_.push_back(problem_of(what, std::move(item), std::move(subject)));
  }

  void check(const Position& position, std::size_t i) {
    if (position.code.empty() || !roster_.positions_.emplace(position.code, i).second) {
      told(id_used_again, position.code, position.code);
    }
    if (position.title.vi.empty()) told(name_missing, position.code, position.code);
    if (position.rank < 0 || position.rank > kNumberMax || position.holders < 0 ||
        position.holders > kNumberMax) {
      told(bad_value, position.code, std::to_string(position.rank));
    }
  }

  void check(const StaffMember& person, std::size_t i) {
    if (!is_identity(person.identity)) told(bad_value, person.identity, person.identity);
    if (!roster_.people_.emplace(person.identity, i).second) {
      told(id_used_again, person.identity, person.identity);
    }
    if (person.name.empty()) told(name_missing, person.identity, person.identity);
    if (!person.username.empty() && !roster_.accounts_.emplace(person.username, i).second) {
      told(account_shared, person.identity, person.username);
    }
  }

  void check(const Appointment& one, std::size_t i) {
    roster_.until_.push_back(one.to);
    const bool person = roster_.people_.contains(one.identity);
    if (!person) told(person_unknown, one.identity, one.identity);
    if (!roster_.positions_.contains(one.position)) {
      told(position_unknown, one.identity, one.position);
    }
    if (one.to && *one.to < one.from) {
      return told(period_reversed, one.identity, calendar::to_iso(one.from));
    }
    const auto states = history_.states(one.agency.text());
    if (states.empty()) return told(agency_unknown, one.identity, one.agency.text());
    if (history_.find(one.agency.text(), one.from) == nullptr) {
      return told(agency_not_there, one.identity, one.agency.text());
    }
    const std::optional<Date>& last = states.back().to;
    if (last && (!one.to || *last < *one.to)) roster_.until_.back() = last;
    if (!person) return;
    roster_.by_person_[one.identity].push_back(i);
    roster_.by_agency_[one.agency.text()].push_back(i);
  }

  void check(const ServiceCounter& counter, std::size_t i) {
    const std::string item = counter.centre.text() + "/" + std::to_string(counter.number);
    if (counter.number < 1 || counter.number > kNumberMax) {
      told(bad_value, item, std::to_string(counter.number));
    }
    if (counter.name.vi.empty()) told(name_missing, item, item);
    if (counter.from && counter.to && *counter.to < *counter.from) {
      told(period_reversed, item, item);
    }
    const auto states = history_.states(counter.centre.text());
    if (states.empty() || !states.back().agency.is_centre()) {
      told(agency_unknown, item, counter.centre.text());
    }
    auto& there = roster_.by_centre_[counter.centre.text()];
    for (const std::size_t other : there) {
      const ServiceCounter& before = roster_.staff_.counters[other];
      if (before.number == counter.number && meet(before.from.value_or(Date::min()), before.to,
                                                  counter.from.value_or(Date::min()), counter.to)) {
        told(id_used_again, item, item);
      }
    }
    there.push_back(i);
  }

  void by_begin(std::vector<std::size_t>& of) const {
    std::ranges::stable_sort(of, {},
                             [&](std::size_t i) { return roster_.staff_.appointments[i].from; });
  }

  void check_posts_of(std::vector<std::size_t>& of) {
    by_begin(of);
    for (std::size_t a = 0; a < of.size(); ++a) {
      const Appointment& one = roster_.staff_.appointments[of[a]];
      for (std::size_t b = 0; b < a; ++b) {
        const Appointment& before = roster_.staff_.appointments[of[b]];
        if (!meet(before.from, roster_.until_[of[b]], one.from, roster_.until_[of[a]])) continue;
        if (before.agency == one.agency && before.position == one.position) {
          told(post_twice, one.identity, one.agency.text() + ", " + one.position);
        } else if (!before.concurrent && !one.concurrent) {
          told(two_main_posts, one.identity, before.agency.text() + ", " + before.position);
        }
      }
    }
  }

  // The number of holders only grows where an appointment begins.
  void check_posts_at(std::vector<std::size_t>& at) {
    by_begin(at);
    for (std::size_t a = 0; a < at.size(); ++a) {
      const Appointment& one = roster_.staff_.appointments[at[a]];
      const auto position = roster_.positions_.find(one.position);
      if (position == roster_.positions_.end()) continue;
      const int most = roster_.staff_.positions[position->second].holders;
      if (most == 0) continue;
      int holders = 1;
      for (std::size_t b = 0; b < a; ++b) {
        const Appointment& before = roster_.staff_.appointments[at[b]];
        const std::optional<Date>& until = roster_.until_[at[b]];
        if (before.position == one.position && (!until || one.from <= *until)) ++holders;
      }
      if (holders > most) told(post_full, one.identity, one.position + ", " + one.agency.text());
    }
  }

  const OrganisationHistory& history_;
  StaffRoster roster_;
  OrganisationProblems problems_;
};

base::Result<StaffRoster, OrganisationProblems> StaffRoster::build(
    const OrganisationHistory& history, OrganisationStaff staff) {
  return RosterBuilder(history, std::move(staff)).build();
}

Post StaffRoster::post(std::size_t i) const {
  const Appointment& one = staff_.appointments[i];
  return {.appointment = &one,
          .person = find_person(one.identity),
          .position = find_position(one.position),
          .until = until_[i]};
}

const Position* StaffRoster::find_position(std::string_view code) const {
  const auto found = positions_.find(std::string(code));
  return found == positions_.end() ? nullptr : &staff_.positions[found->second];
}
const StaffMember* StaffRoster::find_person(std::string_view identity) const {
  const auto found = people_.find(std::string(identity));
  return found == people_.end() ? nullptr : &staff_.people[found->second];
}
const StaffMember* StaffRoster::person_of(std::string_view username) const {
  const auto found = accounts_.find(std::string(username));
  return found == accounts_.end() ? nullptr : &staff_.people[found->second];
}

std::vector<Post> StaffRoster::posts_at(std::string_view agency) const {
  std::vector<Post> posts;
  const auto found = by_agency_.find(std::string(agency));
  if (found == by_agency_.end()) return posts;
  for (const std::size_t i : found->second) posts.push_back(post(i));
  return posts;
}

std::vector<Post> StaffRoster::posts_of(std::string_view identity) const {
  std::vector<Post> posts;
  const auto found = by_person_.find(std::string(identity));
  if (found == by_person_.end()) return posts;
  for (const std::size_t i : found->second) posts.push_back(post(i));
  return posts;
}

std::vector<Post> StaffRoster::holders(std::string_view agency, Date on) const {
  std::vector<Post> posts = posts_at(agency);
  std::erase_if(posts, [&](const Post& one) {
    return on < one.appointment->from || (one.until && *one.until < on);
  });
  std::ranges::stable_sort(posts, {}, [](const Post& one) { return one.position->rank; });
  return posts;
}

std::optional<Post> StaffRoster::head(std::string_view agency, Date on) const {
  for (const Post& one : holders(agency, on)) {
    if (one.position->heads) return one;
  }
  return std::nullopt;
}

std::vector<const ServiceCounter*> StaffRoster::counters(std::string_view centre, Date on) const {
  std::vector<const ServiceCounter*> there;
  const auto found = by_centre_.find(std::string(centre));
  if (found == by_centre_.end()) return there;
  for (const std::size_t i : found->second) {
    const ServiceCounter& one = staff_.counters[i];
    if ((!one.from || *one.from <= on) && (!one.to || on <= *one.to)) there.push_back(&one);
  }
  std::ranges::sort(there, {}, [](const ServiceCounter* one) { return one->number; });
  return there;
}

}  // namespace party
