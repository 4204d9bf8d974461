#include "casework/person_record.h"

#include <boost/json.hpp>

#include "casework/scope_json.h"

namespace casework {

namespace {

using base::json::array;
using base::json::object;
using base::json::value;

void put_day(object& json, const char* name, const std::optional<calendar::Date>& day) {
  if (day.has_value()) json[name] = calendar::to_iso(*day);
}

std::optional<calendar::Date> day_in(const value& json, std::string_view name) {
  return calendar::parse_date(base::string_or(json, name));
}

array list_of(const std::vector<std::string>& texts) {
  array list;
  for (const std::string& text : texts) list.emplace_back(text);
  return list;
}

// The members of a list that are objects.
std::vector<const value*> objects_in(const value& json, std::string_view name) {
  std::vector<const value*> objects;
  const value* list = base::find(json, name);
  if (list == nullptr || !list->is_array()) return objects;
  for (const value& one : list->get_array()) {
    if (one.is_object()) objects.push_back(&one);
  }
  return objects;
}

}  // namespace

object scope_record(const party::ProcedureScope& scope) {
  return {{"all", scope.all}, {"fields", list_of(scope.fields)}, {"codes", list_of(scope.codes)}};
}

object person_record(const party::Person& person) {
  array names;
  for (const party::PersonName& name : person.names) {
    object one{{"text", name.text}, {"source", name.source}};
    put_day(one, "since", name.since);
    names.push_back(std::move(one));
  }
  array identifiers;
  for (const party::Identifier& identifier : person.identifiers) {
    object one{{"kind", party::name(identifier.kind)},
               {"value", identifier.value},
               {"issuer", identifier.issuer},
               {"source", identifier.source}};
    put_day(one, "since", identifier.since);
    put_day(one, "until", identifier.until);
    identifiers.push_back(std::move(one));
  }
  return {{"id", person.id},
          {"organisation", person.kind == party::PersonKind::organisation},
          {"names", std::move(names)},
          {"identifiers", std::move(identifiers)},
          {"born", person.born.has_value() ? party::to_iso(*person.born) : ""},
          {"phone", person.phone},
          {"email", person.email},
          {"address", person.address},
          {"merged_into", person.merged_into}};
}

base::Outcome<party::Person> read_person_record(const value& json) {
  party::Person person{.id = base::string_or(json, "id")};
  if (person.id.empty()) return base::fault(base::FaultCode::corrupt, "a person without an id");
  person.kind = base::bool_or(json, "organisation") ? party::PersonKind::organisation
                                                    : party::PersonKind::individual;
  for (const value* one : objects_in(json, "names")) {
    person.names.push_back({.text = base::string_or(*one, "text"),
                            .since = day_in(*one, "since"),
                            .source = base::string_or(*one, "source")});
  }
  for (const value* one : objects_in(json, "identifiers")) {
    const auto kind = party::parse_identifier_kind(base::string_or(*one, "kind"));
    if (!kind) return base::fault(base::FaultCode::corrupt, "an identifier of an unknown kind");
    person.identifiers.push_back({.kind = *kind,
                                  .value = base::string_or(*one, "value"),
                                  .issuer = base::string_or(*one, "issuer"),
                                  .since = day_in(*one, "since"),
                                  .until = day_in(*one, "until"),
                                  .source = base::string_or(*one, "source")});
  }
  person.born = party::parse_partial_date(base::string_or(json, "born"));
  person.phone = base::string_or(json, "phone");
  person.email = base::string_or(json, "email");
  person.address = base::string_or(json, "address");
  person.merged_into = base::string_or(json, "merged_into");
  return person;
}

object representation_record(const party::Representation& one) {
  object evidence{{"number", one.evidence.number},
                  {"issuer", one.evidence.issuer},
                  {"title", one.evidence.title}};
  put_day(evidence, "issued_on", one.evidence.issued_on);
  object json{{"id", one.id},
              {"kind", party::name(one.kind)},
              {"represented", one.represented},
              {"representative", one.representative},
              {"procedures", scope_record(one.procedures)},
              {"evidence", std::move(evidence)},
              {"file", one.file},
              {"recorded_by", one.recorded_by},
              {"recorded_on", calendar::to_iso(one.recorded_on)}};
  put_day(json, "from", one.from);
  put_day(json, "until", one.until);
  put_day(json, "last_day", party::last_day(one));
  put_day(json, "revoked_on", one.revoked_on);
  if (one.revoked_on.has_value()) json["revoked_why"] = one.revoked_why;
  return json;
}

base::Outcome<party::Representation> read_representation_record(const value& json) {
  const auto kind = party::parse_representation_kind(base::string_or(json, "kind"));
  const auto recorded = day_in(json, "recorded_on");
  if (!kind.has_value() || !recorded.has_value()) {
    return base::fault(base::FaultCode::corrupt, "a representation of an unknown kind");
  }
  party::Representation one{.id = base::string_or(json, "id"),
                            .kind = *kind,
                            .represented = base::string_or(json, "represented"),
                            .representative = base::string_or(json, "representative"),
                            .from = day_in(json, "from"),
                            .until = day_in(json, "until"),
                            .file = base::string_or(json, "file"),
                            .recorded_by = base::string_or(json, "recorded_by"),
                            .recorded_on = *recorded,
                            .revoked_on = day_in(json, "revoked_on"),
                            .revoked_why = base::string_or(json, "revoked_why")};
  if (const value* scope = base::find(json, "procedures"); scope != nullptr) {
    one.procedures = read_stored_scope(scope);
  }
  if (const value* evidence = base::find(json, "evidence"); evidence != nullptr) {
    one.evidence = {.number = base::string_or(*evidence, "number"),
                    .issuer = base::string_or(*evidence, "issuer"),
                    .issued_on = day_in(*evidence, "issued_on"),
                    .title = base::string_or(*evidence, "title")};
  }
  return one;
}

}  // namespace casework
