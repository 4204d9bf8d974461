#include "casework/organisation_json.h"

#include <functional>

#include <boost/json.hpp>

#include "base/text.h"

namespace casework {

namespace {

using base::json::array;
using base::json::object;
using base::json::value;
using calendar::Bilingual;
using calendar::Date;

base::Failure<base::Fault> bad(const std::string& what) {
  return base::fault(base::FaultCode::invalid, what);
}

object text_json(const Bilingual& text) {
  object json{{"vi", text.vi}};
  if (!text.en.empty()) json["en"] = text.en;
  return json;
}

void put_date(object& json, const char* key, const std::optional<Date>& on) {
  if (on) json[key] = calendar::to_iso(*on);
}

template <typename Items>
array list(const Items& items) {
  array all;
  for (const auto& one : items) all.push_back(to_json(one));
  return all;
}

array texts(const std::vector<std::string>& items) {
  array all;
  for (const std::string& one : items) all.push_back(value(one));
  return all;
}

std::string line(const value& json, std::string_view key) {
  return base::to_one_line(base::string_or(json, key));
}

Bilingual read_text(const value& json, std::string_view key) {
  const value* text = base::find(json, key);
  if (text == nullptr) return {};
  if (text->is_string()) {
    return {base::to_one_line({text->get_string().data(), text->get_string().size()}), {}};
  }
  return {line(*text, "vi"), line(*text, "en")};
}

base::Outcome<std::optional<Date>> read_date(const value& json, std::string_view key) {
  const std::string text = base::string_or(json, key);
  if (text.empty()) return std::optional<Date>{};
  const auto date = calendar::parse_date(text);
  if (!date) return bad(std::string{key} + " is no day like 2027-01-01: " + text);
  return std::optional{*date};
}

base::Outcome<Date> need_date(const value& json, std::string_view key) {
  const auto date = TRY(read_date(json, key));
  if (!date) return bad(std::string{key} + " is missing");
  return *date;
}

base::Outcome<party::AgencyId> need_agency(const value& json, std::string_view key) {
  const std::string text = base::string_or(json, key);
  const auto id = party::AgencyId::parse(text);
  if (!id) return bad(std::string{key} + " is no agency code: " + text);
  return *id;
}

std::vector<std::string> read_texts(const value& json, std::string_view key) {
  std::vector<std::string> all;
  const value* items = base::find(json, key);
  if (items == nullptr || !items->is_array()) return all;
  for (const value& one : items->get_array()) {
    if (one.is_string()) {
      all.push_back(base::to_one_line({one.get_string().data(), one.get_string().size()}));
    }
  }
  return all;
}

base::Outcome<base::Done> each(const value& json, std::string_view key,
                               const std::function<base::Outcome<base::Done>(const value&)>& read) {
  const value* items = base::find(json, key);
  if (items == nullptr) return base::Done{};
  if (!items->is_array()) return bad(std::string{key} + " is no list");
  for (const value& one : items->get_array()) {
    if (!one.is_object()) return bad(std::string{key} + " holds something else than objects");
    TRY(read(one));
  }
  return base::Done{};
}

base::Outcome<party::Agency> read_agency(const value& json) {
  party::Agency agency{.id = TRY(need_agency(json, "code"))};
  const auto kind = party::parse_agency_kind(base::string_or(json, "kind", "department"));
  if (!kind) return bad("kind " + base::string_or(json, "kind") + " is unknown");
  agency.kind = *kind;
  if (!base::string_or(json, "parent").empty()) agency.parent = TRY(need_agency(json, "parent"));
  agency.name = read_text(json, "name");
  agency.unit_code = base::string_or(json, "unit_code");
  if (agency.unit_code.find_first_not_of("0123456789") != std::string::npos) {
    return bad("unit_code is not digits: " + agency.unit_code);
  }
  agency.address = line(json, "address");
  agency.code_is_example = base::bool_or(json, "code_is_example");
  return agency;
}

party::ProcedureScope read_scope(const value& json) {
  party::ProcedureScope scope{.fields = read_texts(json, "fields"),
                              .codes = read_texts(json, "procedures")};
  scope.all = scope.fields.empty() && scope.codes.empty();
  return scope;
}

base::Outcome<party::OrganisationChange> read_change(const value& json) {
  party::OrganisationChange change{.id = line(json, "id")};
  const auto kind = party::parse_change_kind(base::string_or(json, "kind"));
  if (!kind) return bad("kind " + base::string_or(json, "kind") + " is unknown");
  change.kind = *kind;
  change.on = TRY(need_date(json, "on"));
  if (const value* act = base::find(json, "act")) change.act = read_act(*act);
  const auto agencies = [](std::vector<party::Agency>& into) {
    return [&into](const value& one) -> base::Outcome<base::Done> {
      into.push_back(TRY(read_agency(one)));
      return base::Done{};
    };
  };
  TRY(each(json, "founds", agencies(change.founds)));
  TRY(each(json, "states", agencies(change.states)));
  for (const std::string& code : read_texts(json, "ends")) {
    const auto id = party::AgencyId::parse(code);
    if (!id) return bad("ends names no agency code: " + code);
    change.ends.push_back(*id);
  }
  const auto read_passes = [&](const value& one) -> base::Outcome<base::Done> {
    change.passes.push_back({.from = TRY(need_agency(one, "from")),
                             .to = TRY(need_agency(one, "to")),
                             .procedures = read_scope(one)});
    return base::Done{};
  };
  TRY(each(json, "passes", read_passes));
  return change;
}

base::Outcome<std::vector<party::Role>> read_roles(const value& json) {
  std::vector<party::Role> roles;
  for (const std::string& text : read_texts(json, "roles")) {
    const auto role = party::parse_role(text);
    if (!role) return bad("unknown role " + text);
    roles.push_back(*role);
  }
  return roles;
}

}  // namespace

object to_json(const party::LegalAct& act) {
  object json{{"number", act.number}, {"issuer", act.issuer}, {"title", act.title}};
  put_date(json, "issued_on", act.issued_on);
  return json;
}

party::LegalAct read_act(const value& json) {
  return {.number = line(json, "number"),
          .issuer = line(json, "issuer"),
          .issued_on = calendar::parse_date(base::string_or(json, "issued_on")),
          .title = line(json, "title")};
}

object to_json(const party::Agency& agency) {
  object json{{"code", agency.id.text()},       {"kind", party::name(agency.kind)},
              {"name", text_json(agency.name)}, {"unit_code", agency.unit_code},
              {"address", agency.address},      {"code_is_example", agency.code_is_example}};
  if (agency.parent) json["parent"] = agency.parent->text();
  put_date(json, "valid_from", agency.valid_from);
  put_date(json, "valid_to", agency.valid_to);
  return json;
}

object to_json(const party::OrganisationChange& change) {
  object json{{"id", change.id},
              {"kind", party::name(change.kind)},
              {"on", calendar::to_iso(change.on)},
              {"act", to_json(change.act)},
              {"founds", list(change.founds)},
              {"states", list(change.states)}};
  array ends;
  for (const party::AgencyId& one : change.ends) ends.push_back(value(one.text()));
  json["ends"] = std::move(ends);
  array passes;
  for (const party::Passing& one : change.passes) {
    object passing{{"from", one.from.text()}, {"to", one.to.text()}};
    if (!one.procedures.fields.empty()) passing["fields"] = texts(one.procedures.fields);
    if (!one.procedures.codes.empty()) passing["procedures"] = texts(one.procedures.codes);
    passes.push_back(std::move(passing));
  }
  json["passes"] = std::move(passes);
  return json;
}

object to_json(const party::Position& position) {
  array roles;
  for (const party::Role role : position.roles) roles.push_back(value(party::name(role)));
  return {{"code", position.code},       {"title", text_json(position.title)},
          {"rank", position.rank},       {"roles", std::move(roles)},
          {"holders", position.holders}, {"heads", position.heads}};
}

object to_json(const party::StaffMember& person) {
  return {{"identity", person.identity},
          {"name", person.name},
          {"username", person.username},
          {"email", person.email},
          {"phone", person.phone}};
}

object to_json(const party::Appointment& one) {
  object json{{"identity", one.identity},     {"agency", one.agency.text()},
              {"position", one.position},     {"from", calendar::to_iso(one.from)},
              {"concurrent", one.concurrent}, {"act", to_json(one.act)}};
  put_date(json, "to", one.to);
  return json;
}

object to_json(const party::ServiceCounter& counter) {
  object json{{"centre", counter.centre.text()},
              {"number", counter.number},
              {"name", text_json(counter.name)},
              {"fields", texts(counter.fields)}};
  put_date(json, "from", counter.from);
  put_date(json, "to", counter.to);
  return json;
}

object to_json(const party::OrganisationProblem& problem) {
  return {{"code", party::name(problem.trouble)},
          {"item", problem.item},
          {"subject", problem.subject},
          {"message", object{{"vi", problem.message.vi}, {"en", problem.message.en}}}};
}

object batch_json(const party::OrganisationBatch& batch) {
  return {{"changes", list(batch.changes)},
          {"withdrawn", texts(batch.withdrawn)},
          {"positions", list(batch.staff.positions)},
          {"people", list(batch.staff.people)},
          {"appointments", list(batch.staff.appointments)},
          {"counters", list(batch.staff.counters)}};
}

base::Outcome<party::OrganisationBatch> read_batch(const value& json) {
  party::OrganisationBatch batch;
  const auto read_changes = [&](const value& one) -> base::Outcome<base::Done> {
    batch.changes.push_back(TRY(read_change(one)));
    return base::Done{};
  };
  TRY(each(json, "changes", read_changes));
  batch.withdrawn = read_texts(json, "withdrawn");
  const auto read_positions = [&](const value& one) -> base::Outcome<base::Done> {
    batch.staff.positions.push_back({.code = line(one, "code"),
                                     .title = read_text(one, "title"),
                                     .rank = static_cast<int>(base::int_or(one, "rank")),
                                     .roles = TRY(read_roles(one)),
                                     .holders = static_cast<int>(base::int_or(one, "holders")),
                                     .heads = base::bool_or(one, "heads")});
    return base::Done{};
  };
  TRY(each(json, "positions", read_positions));
  const auto read_people = [&](const value& one) -> base::Outcome<base::Done> {
    batch.staff.people.push_back({.identity = line(one, "identity"),
                                  .name = line(one, "name"),
                                  .username = base::to_lower(line(one, "username")),
                                  .email = line(one, "email"),
                                  .phone = line(one, "phone")});
    return base::Done{};
  };
  TRY(each(json, "people", read_people));
  const auto read_appointments = [&](const value& one) -> base::Outcome<base::Done> {
    const value* act = base::find(one, "act");
    batch.staff.appointments.push_back(
        {.identity = line(one, "identity"),
         .agency = TRY(need_agency(one, "agency")),
         .position = line(one, "position"),
         .from = TRY(need_date(one, "from")),
         .to = TRY(read_date(one, "to")),
         .concurrent = base::bool_or(one, "concurrent"),
         .act = act == nullptr ? party::LegalAct{} : read_act(*act)});
    return base::Done{};
  };
  TRY(each(json, "appointments", read_appointments));
  const auto read_counters = [&](const value& one) -> base::Outcome<base::Done> {
    batch.staff.counters.push_back({.centre = TRY(need_agency(one, "centre")),
                                    .number = static_cast<int>(base::int_or(one, "number")),
                                    .name = read_text(one, "name"),
                                    .fields = read_texts(one, "fields"),
                                    .from = TRY(read_date(one, "from")),
                                    .to = TRY(read_date(one, "to"))});
    return base::Done{};
  };
  TRY(each(json, "counters", read_counters));
  return batch;
}

}  // namespace casework
