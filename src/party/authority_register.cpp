#include "party/authority_register.h"

#include <algorithm>
#include <utility>

namespace party {

namespace {

MandateKind mandate_kind(AuthorityKind kind) {
  switch (kind) {
    case AuthorityKind::delegation:
      return MandateKind::delegation;
    case AuthorityKind::absence:
      return MandateKind::deputy;
    case AuthorityKind::grant:
    case AuthorityKind::decentralisation:  // who has got it acts in his own name
      break;
  }
  return MandateKind::grant;
}

Mandate mandate(const AuthorityEntry& entry, Role role, const Period& period) {
  Mandate made{.id = entry.id,
               .kind = mandate_kind(entry.kind),
               .role = role,
               .agency = *entry.agency,
               .procedures = entry.procedures,
               .from = period.from,
               .until = period.until,
               .act = entry.act,
               .on_behalf_of = {},
               .on_behalf_of_name = {}};
  if (made.kind != MandateKind::grant) {
    made.on_behalf_of = entry.from_officer;
    made.on_behalf_of_name = entry.from_name;
  }
  return made;
}

const std::vector<std::size_t>* in(
    const std::unordered_map<std::string, std::vector<std::size_t>>& index,
    const std::string& key) {
  const auto found = index.find(key);
  return found == index.end() ? nullptr : &found->second;
}

}  // namespace

AuthorityRegister AuthorityRegister::build(std::vector<AuthorityEntry> entries) {
  AuthorityRegister made;
  std::unordered_map<std::string, std::size_t> last;
  for (std::size_t i = 0; i < entries.size(); ++i) last[entries[i].id] = i;
  for (std::size_t i = 0; i < entries.size(); ++i) {
    if (last[entries[i].id] == i) made.entries_.push_back(std::move(entries[i]));
  }
  std::ranges::stable_sort(made.entries_, [](const AuthorityEntry& a, const AuthorityEntry& b) {
    return std::pair{a.recorded_at, a.id} < std::pair{b.recorded_at, b.id};
  });
  for (std::size_t i = 0; i < made.entries_.size(); ++i) {
    const AuthorityEntry& entry = made.entries_[i];
    made.by_id_[entry.id] = i;
    // It moves what was not the agency's to move: kept, and counting for nobody.
    if (entry.kind == AuthorityKind::decentralisation && entry.agency != entry.from_agency)
      continue;
    if (!entry.rests_on.empty()) made.rests_on_[entry.rests_on].push_back(i);
    if (entry.kind == AuthorityKind::absence) made.away_[entry.from_officer.text].push_back(i);
    if (entry.kind == AuthorityKind::decentralisation && entry.from_agency.has_value()) {
      made.moved_from_[entry.from_agency->text()].push_back(i);
    }
    if (!entry.agency.has_value()) continue;  // nothing that anybody could hold
    if (!entry.to_officer.text.empty()) made.given_to_[entry.to_officer.text].push_back(i);
    if (entry.to_agency.has_value()) made.given_at_[entry.to_agency->text()].push_back(i);
  }
  return made;
}

const AuthorityEntry* AuthorityRegister::find(std::string_view id) const {
  const auto found = by_id_.find(std::string{id});
  return found == by_id_.end() ? nullptr : &entries_[found->second];
}

Period AuthorityRegister::effective(const AuthorityEntry& entry) const {
  return effective(entry, kChainMax);
}

Period AuthorityRegister::effective(const AuthorityEntry& entry, int depth) const {
  const Period own = entry.counts();
  if (entry.rests_on.empty()) return own;
  const AuthorityEntry* below = find(entry.rests_on);
  // A chain without an end counts for nothing: no command makes one, a damaged store may.
  if (below == nullptr || depth == 0) return {own.from, own.from};
  return own.within(effective(*below, depth - 1));
}

std::vector<const AuthorityEntry*> AuthorityRegister::resting_on(std::string_view id) const {
  std::vector<const AuthorityEntry*> all;
  std::vector<std::string> waiting{std::string{id}};
  for (std::size_t next = 0; next < waiting.size() && all.size() <= entries_.size(); ++next) {
    const std::vector<std::size_t>* direct = in(rests_on_, waiting[next]);
    if (direct == nullptr) continue;
    for (const std::size_t i : *direct) {
      all.push_back(&entries_[i]);
      waiting.push_back(entries_[i].id);
    }
  }
  return all;
}

// What the absent officer holds beyond his post passes as well, as far as it may be passed on.
void AuthorityRegister::add_passed_on(const AuthorityEntry& absence, const Period& away,
                                      std::vector<Mandate>& mandates) const {
  const std::vector<std::size_t>* held = in(given_to_, absence.from_officer.text);
  if (held == nullptr) return;
  for (const std::size_t i : *held) {
    const AuthorityEntry& entry = entries_[i];
    if (!absence.passes_on(entry)) continue;
    const Period period = away.within(effective(entry));
    if (period.is_empty()) continue;
    Mandate passed = mandate(absence, entry.role, period);
    passed.agency = *entry.agency;
    passed.procedures = entry.procedures;
    mandates.push_back(std::move(passed));
  }
}

void AuthorityRegister::add_given_at(const AgencyId& agency, const Officer& officer,
                                     std::vector<Mandate>& mandates) const {
  const std::vector<std::size_t>* shared = in(given_at_, agency.text());
  if (shared == nullptr) return;
  for (const std::size_t i : *shared) {
    const AuthorityEntry& entry = entries_[i];
    if (entry.from_officer == officer.id && !officer.id.text.empty()) continue;
    const Period period = effective(entry);
    if (period.is_empty()) continue;
    for (const Role role : entry.all_roles()) {
      if (officer.has_role(role)) mandates.push_back(mandate(entry, role, period));
    }
  }
}

std::vector<Mandate> AuthorityRegister::mandates_of(const Officer& officer) const {
  std::vector<Mandate> mandates;
  if (const std::vector<std::size_t>* own = in(given_to_, officer.id.text)) {
    for (const std::size_t i : *own) {
      const AuthorityEntry& entry = entries_[i];
      const Period period = effective(entry);
      if (period.is_empty()) continue;
      for (const Role role : entry.all_roles()) mandates.push_back(mandate(entry, role, period));
      if (entry.kind == AuthorityKind::absence) add_passed_on(entry, period, mandates);
    }
  }
  add_given_at(officer.agency, officer, mandates);
  for (const AgencyId& before : officer.takes_over) add_given_at(before, officer, mandates);
  return mandates;
}

std::vector<Officer::Absence> AuthorityRegister::absences_of(const OfficerId& officer) const {
  std::vector<Officer::Absence> absences;
  if (const std::vector<std::size_t>* away = in(away_, officer.text)) {
    for (const std::size_t i : *away) {
      const Period period = effective(entries_[i]);
      if (!period.is_empty()) absences.push_back({.from = period.from, .until = period.until});
    }
  }
  return absences;
}

void AuthorityRegister::entrust(Officer& officer) const {
  officer.mandates = mandates_of(officer);
  officer.absences = absences_of(officer.id);
}

std::optional<Decentralised> AuthorityRegister::moved_to(const AgencyId& agency,
                                                         std::string_view code,
                                                         std::string_view field,
                                                         calendar::Instant at) const {
  const std::vector<std::size_t>* moved = in(moved_from_, agency.text());
  if (moved == nullptr) return std::nullopt;
  for (const std::size_t i : *moved) {
    const AuthorityEntry& entry = entries_[i];
    if (!entry.procedures.covers(code, field) || !effective(entry).has(at)) continue;
    return Decentralised{
        .id = entry.id, .agency = entry.to_agency, .level = entry.to_level, .act = entry.act};
  }
  return std::nullopt;
}

std::vector<const AuthorityEntry*> AuthorityRegister::decentralisations() const {
  std::vector<std::size_t> all;
  for (const auto& [agency, moved] : moved_from_) all.insert(all.end(), moved.begin(), moved.end());
  std::ranges::sort(all);
  std::vector<const AuthorityEntry*> found;
  found.reserve(all.size());
  for (const std::size_t i : all) found.push_back(&entries_[i]);
  return found;
}

}  // namespace party
