#include "insight/demand_reading.h"

#include <algorithm>

#include <boost/json.hpp>

#include "casework/competence.h"
#include "insight/reach.h"

namespace insight {

namespace {

using procedure::AgencyPart;
using procedure::Authority;

Instant midnight(calendar::Date on) {
  return calendar::at_local(on, calendar::TimeOfDay{0});
}

AgencyTablePtr table_of(const party::Organisation& organisation) {
  std::vector<party::AgencyId> ids;
  ids.reserve(organisation.agencies().size());
  for (const party::Agency& agency : organisation.agencies()) ids.push_back(agency.id);
  return std::make_shared<const AgencyTable>(std::move(ids));
}

// What of an authority decides over which agencies take part.
std::string signature_of(const Authority& authority) {
  std::string text{procedure::to_text(authority.rule)};
  for (const std::string* one : {&authority.lead, &authority.committee, &authority.agency,
                                 &authority.consulted, &authority.body}) {
    text += '|' + *one;
  }
  for (const procedure::Partner& partner : authority.partners) {
    text += '|' + std::string{procedure::to_text(partner.part)} + '=' + partner.kind;
  }
  return text;
}

}  // namespace

DemandReader::DemandReader(casework::Publications& publications,
                           const party::Organisation& organisation,
                           casework::CompetenceModelPtr table, AuthorityPtr authority, Instant now)
    : publications_(publications),
      organisation_(organisation),
      table_(std::move(table)),
      agencies_(table_of(organisation)),
      authority_(std::move(authority)),
      now_(now) {}

bool DemandReader::is_below(AgencyIndex agency, const party::AgencyId& above) const {
  return organisation_.is_within((*agencies_)[agency], above);
}

// Today as things stand now; another day as it begins.
Instant DemandReader::moment_on(calendar::Date day) const {
  return now_ != Instant::min() && day == calendar::local_date(now_) ? now_ : midnight(day);
}

bool DemandReader::anything_moves() const {
  return (table_ != nullptr && !table_->table().rules.empty()) ||
         (authority_ != nullptr && !authority_->decentralisations().empty());
}

std::string DemandReader::moving(std::string_view code, std::string_view field,
                                 calendar::Date day) const {
  std::string text;
  if (table_ != nullptr) {
    for (const casework::CompetenceRule& rule : table_->table().rules) {
      if (casework::is_about(rule.scope, code, field, day)) text += '#' + rule.id;
    }
  }
  if (authority_ != nullptr) {
    for (const party::AuthorityEntry* entry : authority_->decentralisations()) {
      if (!entry->procedures.covers(code, field)) continue;
      if (authority_->effective(*entry).has(moment_on(day))) text += '~' + entry->id;
    }
  }
  // What says something of one procedure may say it of that one alone.
  return text.empty() ? text : text + '@' + std::string{code};
}

void DemandReader::add_moving_days(std::string_view code, std::string_view field,
                                   std::set<calendar::Date>& days, calendar::Date last) const {
  const auto add = [&](calendar::Date day) {
    if (day > *days.begin() && day <= last) days.insert(day);
  };
  if (table_ != nullptr) {
    for (const casework::CompetenceRule& rule : table_->table().rules) {
      for (const auto& day : {rule.scope.from, rule.scope.to}) {
        if (day && casework::is_about(rule.scope, code, field, *day)) {
          add(day == rule.scope.to ? *day + std::chrono::days{1} : *day);
        }
      }
    }
  }
  if (authority_ == nullptr) return;
  // What begins or ends within a day is as good as the next one here.
  const auto begins = [](Instant at) {
    const calendar::Date day = calendar::local_date(at);
    return midnight(day) == at ? day : day + std::chrono::days{1};
  };
  for (const party::AuthorityEntry* entry : authority_->decentralisations()) {
    if (!entry->procedures.covers(code, field)) continue;
    const party::Period period = authority_->effective(*entry);
    if (period.is_empty()) continue;
    if (period.from > midnight(*days.begin()) && period.from < midnight(last)) {
      add(begins(period.from));
    }
    if (period.until > midnight(*days.begin()) && period.until < midnight(last)) {
      add(begins(period.until));
    }
  }
}

Places DemandReader::places_of(const procedure::Procedure& procedure, calendar::Date day) {
  // Where the answers decide, any commune may be the one; that is also what a decision falls back
  // to.
  const Authority& authority = procedure.authority;
  const bool by_place = authority.rule == Authority::Rule::commune_of_place ||
                        authority.rule == Authority::Rule::decision;
  const std::string moved = moving(procedure.code, procedure.field.vi, day);
  const auto [known, fresh] = places_.try_emplace(signature_of(authority) + moved);
  if (!fresh) return known->second;
  procedure::Procedure asked;
  asked.code = procedure.code;
  asked.field = procedure.field;
  asked.level = procedure.level;
  asked.authority = authority;
  if (by_place) {
    asked.authority.rule = Authority::Rule::commune_of_place;
    asked.authority.place_field.clear();
  }
  std::vector<std::string> chosen{""};
  // What is moved may go to each commune for its own place.
  if (by_place || !moved.empty()) {
    chosen.clear();
    for (const party::Agency* commune : organisation_.communes()) {
      chosen.push_back(commune->id.text());
    }
  }
  std::vector<Place> places;
  std::set<AgencyIndex> seen;
  for (const std::string& one : chosen) {
    casework::CompetenceQuery query;
    query.situation.on = day;
    query.chosen = one;
    query.model = table_.get();
    if (authority_ != nullptr) {
      query.moved = casework::moved_by_decisions(authority_, moment_on(day));
    }
    const auto found = casework::competence_for(asked, organisation_, query);
    if (!found) continue;
    Place place{.agency = agencies_->index_of(found->agency)};
    if (place.agency == kNoAgency || !seen.insert(place.agency).second) continue;
    place.parts.fill(place.agency);
    for (const auto& [part, code] : found->parts) {
      const auto which = procedure::find_agency_part(part);
      const AgencyIndex index = agencies_->index_of(code);
      if (which && index != kNoAgency) place.parts[static_cast<std::size_t>(*which)] = index;
    }
    places.push_back(place);
  }
  known->second = std::make_shared<const std::vector<Place>>(std::move(places));
  return known->second;
}

DemandReader::ShapePtr DemandReader::shape_of(const procedure::Procedure& procedure,
                                              calendar::Date day) {
  const std::string key = procedure.digest + moving(procedure.code, procedure.field.vi, day);
  const auto known = shapes_.find(key);
  if (known != shapes_.end() && !procedure.digest.empty()) return known->second;
  Shape shape{.field = procedure.field.vi,
              .name = procedure.name,
              .field_name = procedure.field,
              .steps = {},
              .places = places_of(procedure, day)};
  for (const procedure::Step* step : reachable_steps(procedure)) {
    shape.steps.push_back({.id = step->id,
                           .title = step->title,
                           .ask = {step->action, step->role},
                           .part = step->agency});
  }
  auto kept = std::make_shared<const Shape>(std::move(shape));
  shapes_[key] = kept;
  return kept;
}

void DemandReader::read_stretch(const std::string& code, calendar::Date from,
                                const Period& in_force,
                                const std::vector<casework::OverlayPublication>& overlays,
                                std::vector<ProcedureDemandPtr>& into) {
  const auto demand = [&](const Shape& shape, Places places) {
    if (places->empty() || shape.steps.empty()) return;
    into.push_back(
        std::make_shared<const ProcedureDemand>(ProcedureDemand{.code = code,
                                                                .field = shape.field,
                                                                .name = shape.name,
                                                                .field_name = shape.field_name,
                                                                .in_force = in_force,
                                                                .steps = shape.steps,
                                                                .places = std::move(places)}));
  };
  const auto find = [&](const std::string& agency) -> ShapePtr {
    const auto found = publications_.find(code, agency, from);
    if (!found) {
      troubles_[code] = found.error().message;
      return nullptr;
    }
    return *found == nullptr ? nullptr : shape_of(**found, from);
  };
  const ShapePtr base = find("");
  if (base == nullptr) return;
  std::vector<party::AgencyId> owners;
  for (const casework::OverlayPublication& overlay : overlays) {
    const auto owner = party::AgencyId::parse(overlay.agency);
    const bool counts =
        (!overlay.from || *overlay.from <= from) && (!overlay.to || from <= *overlay.to);
    if (owner && counts) owners.push_back(*owner);
  }
  if (owners.empty()) return demand(*base, base->places);
  // Agencies below the same owners of overlays have the same procedure.
  std::map<std::string, std::vector<Place>> alike;
  std::map<std::string, std::string> example;
  for (const Place& place : *base->places) {
    std::string key;
    for (const party::AgencyId& owner : owners) key += is_below(place.agency, owner) ? '1' : '0';
    alike[key].push_back(place);
    example.try_emplace(key, (*agencies_)[place.agency].text());
  }
  for (auto& [key, places] : alike) {
    const ShapePtr shape = find(example[key]);
    if (shape == nullptr) continue;
    demand(*shape, std::make_shared<const std::vector<Place>>(std::move(places)));
  }
}

std::vector<ProcedureDemandPtr> DemandReader::read(const std::string& code, const Period& period) {
  std::vector<ProcedureDemandPtr> found;
  troubles_.erase(code);
  const auto revisions = publications_.revisions(code);
  const auto overlays = publications_.overlays(code);
  // The days on which something may change.
  std::set<calendar::Date> days{calendar::local_date(period.from)};
  const calendar::Date last = calendar::local_date(period.until);
  const auto add = [&](const std::optional<calendar::Date>& from,
                       const std::optional<calendar::Date>& to) {
    if (from && *from > *days.begin() && *from <= last) days.insert(*from);
    if (!to) return;
    const calendar::Date next = *to + std::chrono::days{1};
    if (next > *days.begin() && next <= last) days.insert(next);
  };
  for (const auto& one : revisions) add(one.from, one.to);
  for (const auto& one : overlays) add(one.from, one.to);
  if (anything_moves()) {
    const auto current = publications_.find(code, "", *days.begin());
    if (current && *current != nullptr) add_moving_days(code, (*current)->field.vi, days, last);
  }
  for (auto day = days.begin(); day != days.end(); ++day) {
    const auto next = std::next(day);
    const bool first = day == days.begin();
    const Period in_force{first ? Instant::min() : midnight(*day),
                          next == days.end() ? Instant::max() : midnight(*next)};
    read_stretch(code, *day, in_force, overlays, found);
  }
  return found;
}

std::vector<ProcedureDemandPtr> DemandReader::read(const std::set<std::string>& codes,
                                                   const Period& period) {
  std::vector<ProcedureDemandPtr> found;
  for (const std::string& code : codes) {
    auto some = read(code, period);
    found.insert(found.end(), some.begin(), some.end());
  }
  return found;
}

std::vector<ProcedureDemandPtr> DemandReader::read_without(const std::string& code,
                                                           calendar::Date from,
                                                           const Period& period) {
  std::vector<ProcedureDemandPtr> left;
  for (const ProcedureDemandPtr& one : read(code, period)) {
    const Period in_force = both(one->in_force, {Instant::min(), midnight(from)});
    if (in_force.is_empty()) continue;
    ProcedureDemand cut = *one;
    cut.in_force = in_force;
    left.push_back(std::make_shared<const ProcedureDemand>(std::move(cut)));
  }
  return left;
}

std::vector<ProcedureDemandPtr> DemandReader::read_with(const procedure::Procedure& procedure,
                                                        calendar::Date from,
                                                        const std::string& agency,
                                                        const Period& period) {
  const ShapePtr shape = shape_of(procedure, from);
  const auto owner = party::AgencyId::parse(agency);
  std::vector<ProcedureDemandPtr> found;
  std::vector<Place> its;
  for (const Place& place : *shape->places) {
    if (!owner || is_below(place.agency, *owner)) its.push_back(place);
  }
  for (const ProcedureDemandPtr& one : read(procedure.code, period)) {
    // Before that day nothing changes; after it, elsewhere.
    ProcedureDemand before = *one;
    before.in_force = both(one->in_force, {Instant::min(), midnight(from)});
    if (!before.in_force.is_empty()) {
      found.push_back(std::make_shared<const ProcedureDemand>(std::move(before)));
    }
    if (!owner) continue;
    ProcedureDemand elsewhere = *one;
    elsewhere.in_force = both(one->in_force, {midnight(from), Instant::max()});
    std::vector<Place> others;
    for (const Place& place : *one->places) {
      if (!is_below(place.agency, *owner)) others.push_back(place);
    }
    if (elsewhere.in_force.is_empty() || others.empty()) continue;
    elsewhere.places = std::make_shared<const std::vector<Place>>(std::move(others));
    found.push_back(std::make_shared<const ProcedureDemand>(std::move(elsewhere)));
  }
  found.push_back(std::make_shared<const ProcedureDemand>(
      ProcedureDemand{.code = procedure.code,
                      .field = shape->field,
                      .name = shape->name,
                      .field_name = shape->field_name,
                      .in_force = {midnight(from), Instant::max()},
                      .steps = shape->steps,
                      .places = std::make_shared<const std::vector<Place>>(std::move(its))}));
  return found;
}

std::vector<ProcedureDemandPtr> DemandReader::read_with(const AuthorityPtr& authority,
                                                        const std::set<std::string>& codes,
                                                        const Period& period) {
  DemandReader other(publications_, organisation_, table_, authority, now_);
  return other.read(codes, period);
}

}  // namespace insight
