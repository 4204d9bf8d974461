#include "casework/organisation_view.h"

#include <algorithm>

#include <boost/json.hpp>

#include "casework/organisation_json.h"
#include "casework/view.h"

namespace casework {

namespace {

using base::json::array;
using base::json::object;
using base::json::value;
using calendar::Date;

constexpr std::size_t kLinesShown = 2000;

value date_json(const std::optional<Date>& on) {
  return on ? value(calendar::to_iso(*on)) : value(nullptr);
}

std::string masked(const std::string& identity) {
  const std::size_t hidden = identity.size() > 3 ? identity.size() - 3 : identity.size();
  return std::string(hidden, '*') + identity.substr(hidden);
}

object named(const party::OrganisationHistory& history, const party::AgencyId& id) {
  const auto states = history.states(id.text());
  return {{"id", id.text()},
          {"name", text_json(states.empty() ? Bilingual{id.text(), id.text()}
                                            : states.back().agency.name)}};
}

object item_json(const party::Agency& agency) {
  return {{"id", agency.id.text()},
          {"kind", party::name(agency.kind)},
          {"name", text_json(agency.name)},
          {"parent", agency.parent ? value(agency.parent->text()) : value(nullptr)},
          {"unit_code", agency.unit_code},
          {"address", agency.address},
          {"valid_from", date_json(agency.valid_from)},
          {"valid_to", date_json(agency.valid_to)},
          {"code_is_example", agency.code_is_example}};
}

object change_json(const party::OrganisationHistory& history,
                   const party::OrganisationChange& change) {
  object json = to_json(change);
  json["title"] = text_json(party::title(change.kind));
  array names;
  for (const party::AgencyId& id : change.ends) names.push_back(named(history, id));
  json["ending"] = std::move(names);
  return json;
}

object post_json(const party::OrganisationHistory& history, const party::Post& post) {
  const party::Appointment& one = *post.appointment;
  array roles;
  for (const party::Role role : post.position->roles) roles.push_back(value(party::name(role)));
  return {{"identity", masked(one.identity)},
          {"name", post.person->name},
          {"agency", named(history, one.agency)},
          {"position", object{{"code", one.position}, {"title", text_json(post.position->title)}}},
          {"roles", std::move(roles)},
          {"heads", post.position->heads},
          {"concurrent", one.concurrent},
          {"from", calendar::to_iso(one.from)},
          {"to", date_json(post.until)},
          {"act", to_json(one.act)}};
}

array posts_json(const party::OrganisationHistory& history, const std::vector<party::Post>& posts) {
  array all;
  for (const party::Post& one : posts) all.push_back(post_json(history, one));
  return all;
}

base::Failure<Failure> no_agency(const std::string& code) {
  return fail(FailureKind::not_found, "agency-not-found",
              {"Không có cơ quan nào mang mã " + code + ".",
               "There is no agency with the code " + code + "."});
}

}  // namespace

object organisation_json(const OrganisationRegister& organisations, Date on) {
  const OrganisationStatePtr state = organisations.state();
  const OrganisationPtr organisation = organisations.on(on);
  array items;
  for (const party::Agency& one : organisation->agencies()) items.push_back(item_json(one));
  array former;
  for (const party::Agency& one : organisation->former()) {
    object item = item_json(one);
    const party::Agency* heir = organisation->heir(one.id.text());
    item["heir"] = heir == nullptr
                       ? value(nullptr)
                       : value(object{{"id", heir->id.text()}, {"name", text_json(heir->name)}});
    former.push_back(std::move(item));
  }
  array coming;
  for (const party::OrganisationChange& one : state->history.changes()) {
    if (one.on > on) coming.push_back(change_json(state->history, one));
  }
  const party::DaySpan span = state->history.span_of(on);
  return {
      {"on", calendar::to_iso(on)},    {"today", calendar::to_iso(organisations.date_of_today())},
      {"version", state->version},     {"same_from", date_json(span.from)},
      {"same_to", date_json(span.to)}, {"items", std::move(items)},
      {"former", std::move(former)},   {"coming", std::move(coming)}};
}

Answer<object> agency_history_json(const OrganisationRegister& organisations,
                                   const std::string& code, Date on) {
  const OrganisationStatePtr state = organisations.state();
  const party::OrganisationHistory& history = state->history;
  const auto states = history.states(code);
  const auto id = party::AgencyId::parse(code);
  if (states.empty() || !id) return no_agency(code);
  array lived;
  for (const party::AgencyState& one : states) {
    object item = item_json(one.agency);
    item["from"] = date_json(one.from);
    item["to"] = date_json(one.to);
    lived.push_back(std::move(item));
  }
  array changes;
  for (const party::OrganisationChange* one : history.changes_of(code)) {
    changes.push_back(change_json(history, *one));
  }
  const auto list = [&](const std::vector<party::AgencyId>& ids) {
    array all;
    for (const party::AgencyId& one : ids) {
      if (one != *id) all.push_back(named(history, one));
    }
    return all;
  };
  const party::Agency* now = history.find(code, on);
  array counters;
  for (const party::ServiceCounter* one : state->roster.counters(code, on)) {
    counters.push_back(to_json(*one));
  }
  const auto head = state->roster.head(code, on);
  return object{{"id", code},
                {"on", calendar::to_iso(on)},
                {"agency", item_json(now != nullptr ? *now : states.back().agency)},
                {"exists", now != nullptr},
                {"states", std::move(lived)},
                {"changes", std::move(changes)},
                {"successors", list(history.successors(*id, on))},
                {"predecessors", list(history.predecessors(*id, on))},
                {"head", head ? value(post_json(history, *head)) : value(nullptr)},
                {"holders", posts_json(history, state->roster.holders(code, on))},
                {"posts", posts_json(history, state->roster.posts_at(code))},
                {"counters", std::move(counters)}};
}

Answer<object> head_json(const OrganisationRegister& organisations, const std::string& code,
                         Date on) {
  const OrganisationStatePtr state = organisations.state();
  const party::OrganisationHistory& history = state->history;
  const auto id = party::AgencyId::parse(code);
  if (!id || history.states(code).empty()) return no_agency(code);
  const auto heads = [&](const party::AgencyId& of) {
    const auto head = state->roster.head(of.text(), on);
    return head ? value(post_json(history, *head)) : value(nullptr);
  };
  array successors;
  if (history.find(code, on) == nullptr) {
    for (const party::AgencyId& one : history.successors(*id, on)) {
      object item = named(history, one);
      item["head"] = heads(one);
      successors.push_back(std::move(item));
    }
  }
  return object{{"agency", named(history, *id)},
                {"on", calendar::to_iso(on)},
                {"exists", history.find(code, on) != nullptr},
                {"head", heads(*id)},
                {"successors", std::move(successors)}};
}

Answer<object> person_history_json(const OrganisationRegister& organisations,
                                   const std::string& identity) {
  const OrganisationStatePtr state = organisations.state();
  const party::StaffMember* person = state->roster.find_person(identity);
  if (person == nullptr) {
    return fail(FailureKind::not_found, "person-not-found",
                {"Không có cán bộ mang số định danh này.",
                 "There is no officer with that identity number."});
  }
  return object{{"identity", masked(person->identity)},
                {"name", person->name},
                {"username", person->username},
                {"posts", posts_json(state->history, state->roster.posts_of(identity))}};
}

object preview_json(const ImportPreview& preview) {
  array lines;
  const auto show = [&](const ImportLine& one) {
    lines.push_back(object{{"line", one.line},
                           {"effect", name(one.effect)},
                           {"item", one.item},
                           {"what", text_json(one.what)}});
  };
  // A long list is cut, but never what is refused, and which accounts get posts.
  const auto weighs = [](const ImportLine& one) {
    return one.account || one.effect == ImportEffect::refused;
  };
  const auto heavy = static_cast<std::size_t>(std::ranges::count_if(preview.lines, weighs));
  std::size_t others = kLinesShown - std::min(kLinesShown, heavy);
  for (const ImportLine& one : preview.lines) {
    if (!weighs(one) && others == 0) continue;
    if (!weighs(one)) --others;
    show(one);
  }
  return {{"version", preview.version},
          {"digest", preview.digest},
          {"counts", object{{"added", preview.count(ImportEffect::added)},
                            {"changed", preview.count(ImportEffect::changed)},
                            {"ended", preview.count(ImportEffect::ended)},
                            {"refused", preview.count(ImportEffect::refused)},
                            {"unchanged", preview.unchanged}}},
          {"lines", std::move(lines)}};
}

object registrations_json(const OrganisationRegister& organisations) {
  const OrganisationStatePtr state = organisations.state();
  array items;
  for (auto one = state->registrations.rbegin(); one != state->registrations.rend(); ++one) {
    array changes;
    for (const party::OrganisationChange& change : one->batch.changes) {
      changes.push_back(change_json(state->history, change));
    }
    array withdrawn;
    for (const std::string& id : one->batch.withdrawn) withdrawn.push_back(value(id));
    const party::OrganisationStaff& staff = one->batch.staff;
    items.push_back(object{{"version", one->version},
                           {"at", calendar::to_iso(one->at)},
                           {"by", one->actor.name},
                           {"reason", one->reason},
                           {"changes", std::move(changes)},
                           {"withdrawn", std::move(withdrawn)},
                           {"counts", object{{"positions", staff.positions.size()},
                                             {"people", staff.people.size()},
                                             {"appointments", staff.appointments.size()},
                                             {"counters", staff.counters.size()}}}});
  }
  return {{"version", state->version}, {"items", std::move(items)}};
}

}  // namespace casework
