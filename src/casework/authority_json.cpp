#include "casework/authority_json.h"

#include <boost/json.hpp>

#include "base/text.h"
#include "casework/scope_json.h"
#include "casework/view.h"
#include "dossier/fields.h"

namespace casework {

namespace {

using base::json::array;
using base::json::object;
using base::json::value;

constexpr std::size_t kListMax = 500;  // codes or fields of one record

value texts(const std::vector<std::string>& list) {
  array all;
  for (const std::string& one : list) all.push_back(value(one));
  return all;
}

void put(object& json, const char* key, const std::string& text) {
  if (!text.empty()) json[key] = text;
}

object scope_json(const party::ProcedureScope& scope) {
  if (scope.all) return {{"all", true}};
  return {{"all", false}, {"fields", texts(scope.fields)}, {"codes", texts(scope.codes)}};
}

value shown_moment(Instant at) {
  return at == Instant::min() || at == Instant::max() ? value(nullptr)
                                                      : value(calendar::to_iso(at));
}

std::optional<party::AgencyId> read_agency(const value& json, const char* key) {
  return party::AgencyId::parse(base::string_or(json, key));
}

std::vector<std::string> read_texts(const value& json, const char* key) {
  std::vector<std::string> list;
  if (const value* found = base::find(json, key)) {
    if (!dossier::JsonReader::read(*found, list)) list.clear();
  }
  return list;
}

Instant read_moment(const value& json, const char* key, Instant otherwise) {
  return calendar::parse_instant(base::string_or(json, key)).value_or(otherwise);
}

object revocation_json(const party::Revocation& revocation) {
  object json{{"at", calendar::to_iso(revocation.at)},
              {"act", act_json(revocation.act)},
              {"recorded_at", calendar::to_iso(revocation.recorded_at)}};
  put(json, "reason", revocation.reason);
  put(json, "recorded_by", revocation.recorded_by.text);
  put(json, "recorded_by_name", revocation.recorded_by_name);
  return json;
}

party::Revocation read_stored_revocation(const value& json) {
  party::Revocation revocation;
  revocation.at = read_moment(json, "at", Instant{});
  revocation.act = read_act(base::find(json, "act"));
  revocation.reason = base::string_or(json, "reason");
  revocation.recorded_at = read_moment(json, "recorded_at", Instant{});
  revocation.recorded_by = {base::string_or(json, "recorded_by")};
  revocation.recorded_by_name = base::string_or(json, "recorded_by_name");
  return revocation;
}

// Problems of what somebody sent, gathered under the members' names.
class Asked {
 public:
  explicit Asked(const object& body) : body_(body) {}

  std::string text(const char* key) {
    const value* found = body_.if_contains(key);
    if (found == nullptr || found->is_null()) return {};
    if (!found->is_string()) {
      add(key, {"Mục này phải là một chuỗi ký tự.", "This has to be a text."});
      return {};
    }
    std::string text =
        base::to_plain_text({found->get_string().data(), found->get_string().size()});
    if (text.size() > 2000) {
      add(key, {"Nội dung quá dài.", "This is too long."});
      return {};
    }
    return text;
  }
  std::optional<party::AgencyId> agency(const char* key) {
    const std::string code = text(key);
    if (code.empty()) return std::nullopt;
    const auto id = party::AgencyId::parse(code);
    if (!id.has_value()) {
      add(key, {"Mã cơ quan không hợp lệ.", "This is no agency code."});
    }
    return id;
  }
  Instant moment(const char* key, Instant otherwise) {
    const std::string written = text(key);
    if (written.empty()) return otherwise;
    const auto at = calendar::parse_instant(written);
    if (!at.has_value()) {
      add(key, {"Ngày giờ không hợp lệ; ví dụ 2026-08-20T08:00+07:00.",
                "This is no moment; for example 2026-08-20T08:00+07:00."});
    }
    return at.value_or(otherwise);
  }
  // An object, or nothing.
  const value* part(const char* key) {
    const value* found = body_.if_contains(key);
    if (found == nullptr || found->is_null()) return nullptr;
    if (found->is_object()) return found;
    add(key, {"Mục này phải là một đối tượng.", "This has to be an object."});
    return nullptr;
  }
  void add(const char* key, Bilingual message) {
    problems_.push_back({.field = key,
                         .page = {},
                         .code = form::ProblemCode::bad_format,
                         .severity = form::Severity::error,
                         .message = std::move(message)});
  }
  [[nodiscard]] Answer<base::Done> checked() {
    if (problems_.empty()) return base::Done{};
    Failure failure{FailureKind::unprocessable,
                    "authority-not-readable",
                    {"Một số mục gửi lên chưa đúng dạng. Chưa có gì thay đổi.",
                     "Some members cannot be read. Nothing changed."},
                    std::move(problems_)};
    return base::Failure{std::move(failure)};
  }

 private:
  const object& body_;
  std::vector<form::FieldProblem> problems_;
};

party::LegalAct asked_act(Asked& asked) {
  const value* json = asked.part("decision");
  party::LegalAct act = read_act(json);
  act.number = base::to_one_line(act.number);
  act.issuer = base::to_one_line(act.issuer);
  act.title = base::to_one_line(act.title);
  if (json != nullptr && !base::string_or(*json, "issued_on").empty() &&
      !act.issued_on.has_value()) {
    asked.add("decision", {"Ngày ban hành không hợp lệ; ví dụ 2026-08-20.",
                           "The day of the decision is no day; for example 2026-08-20."});
  }
  return act;
}

}  // namespace

object act_json(const party::LegalAct& act) {
  object json{{"number", act.number}, {"issuer", act.issuer}};
  json["issued_on"] =
      act.issued_on.has_value() ? value(calendar::to_iso(*act.issued_on)) : value(nullptr);
  json["title"] = act.title;
  return json;
}

party::LegalAct read_act(const value* json) {
  party::LegalAct act;
  if (json == nullptr || !json->is_object()) return act;
  act.number = base::string_or(*json, "number");
  act.issuer = base::string_or(*json, "issuer");
  act.issued_on = calendar::parse_date(base::string_or(*json, "issued_on"));
  act.title = base::string_or(*json, "title");
  return act;
}

object authority_json(const party::AuthorityEntry& entry) {
  object json{{"id", entry.id}, {"kind", party::name(entry.kind)}};
  put(json, "from_officer", entry.from_officer.text);
  if (entry.from_agency.has_value()) json["from_agency"] = entry.from_agency->text();
  put(json, "from_name", entry.from_name);
  put(json, "to_officer", entry.to_officer.text);
  if (entry.to_agency.has_value()) json["to_agency"] = entry.to_agency->text();
  if (entry.to_level.has_value()) json["to_level"] = party::name(*entry.to_level);
  put(json, "to_name", entry.to_name);
  json["role"] = party::name(entry.role);
  if (!entry.roles.empty()) {
    array roles;
    for (const party::Role role : entry.roles) roles.push_back(value(party::name(role)));
    json["roles"] = std::move(roles);
  }
  if (entry.agency.has_value()) json["agency"] = entry.agency->text();
  if (entry.passes_on_at.has_value()) {
    array agencies;
    for (const party::AgencyId& one : *entry.passes_on_at) agencies.push_back(value(one.text()));
    json["passes_on_at"] = std::move(agencies);
  }
  json["procedures"] = scope_json(entry.procedures);
  if (entry.period.from != Instant::min()) json["from"] = calendar::to_iso(entry.period.from);
  if (entry.period.until != Instant::max()) json["until"] = calendar::to_iso(entry.period.until);
  if (entry.may_delegate_further) json["further"] = true;
  put(json, "rests_on", entry.rests_on);
  json["act"] = act_json(entry.act);
  put(json, "reason", entry.reason);
  json["recorded_at"] = calendar::to_iso(entry.recorded_at);
  put(json, "recorded_by", entry.recorded_by.text);
  put(json, "recorded_by_name", entry.recorded_by_name);
  if (entry.revocation.has_value()) json["revocation"] = revocation_json(*entry.revocation);
  return json;
}

base::Outcome<party::AuthorityEntry> read_authority(std::string_view text) {
  const value json = TRY(base::parse_json(text));
  party::AuthorityEntry entry;
  const auto kind = party::parse_authority_kind(base::string_or(json, "kind"));
  const auto role = party::parse_role(base::string_or(json, "role"));
  entry.id = base::string_or(json, "id");
  if (!kind.has_value() || !role.has_value() || entry.id.empty()) {
    return base::fault(base::FaultCode::corrupt, "a record of authority cannot be read");
  }
  entry.kind = *kind;
  entry.role = *role;
  entry.from_officer = {base::string_or(json, "from_officer")};
  entry.from_agency = read_agency(json, "from_agency");
  entry.from_name = base::string_or(json, "from_name");
  entry.to_officer = {base::string_or(json, "to_officer")};
  entry.to_agency = read_agency(json, "to_agency");
  entry.to_level = party::parse_agency_kind(base::string_or(json, "to_level"));
  entry.to_name = base::string_or(json, "to_name");
  for (const std::string& one : read_texts(json, "roles")) {
    if (const auto held = party::parse_role(one)) entry.roles.push_back(*held);
  }
  entry.agency = read_agency(json, "agency");
  if (base::find(json, "passes_on_at") != nullptr) {
    entry.passes_on_at.emplace();
    for (const std::string& one : read_texts(json, "passes_on_at")) {
      if (const auto agency = party::AgencyId::parse(one)) entry.passes_on_at->push_back(*agency);
    }
  }
  entry.procedures = read_stored_scope(base::find(json, "procedures"));
  entry.period = {read_moment(json, "from", Instant::min()),
                  read_moment(json, "until", Instant::max())};
  entry.may_delegate_further = base::bool_or(json, "further");
  entry.rests_on = base::string_or(json, "rests_on");
  entry.act = read_act(base::find(json, "act"));
  entry.reason = base::string_or(json, "reason");
  entry.recorded_at = read_moment(json, "recorded_at", Instant{});
  entry.recorded_by = {base::string_or(json, "recorded_by")};
  entry.recorded_by_name = base::string_or(json, "recorded_by_name");
  if (const value* revocation = base::find(json, "revocation")) {
    entry.revocation = read_stored_revocation(*revocation);
  }
  return entry;
}

Answer<party::AuthorityEntry> read_authority_draft(const object& body) {
  Asked asked(body);
  party::AuthorityEntry entry;
  const auto kind = party::parse_authority_kind(asked.text("kind"));
  if (!kind.has_value()) {
    asked.add("kind", {"Loại phải là grant, decentralisation, delegation hoặc absence.",
                       "The kind is grant, decentralisation, delegation or absence."});
  }
  entry.kind = kind.value_or(party::AuthorityKind::grant);
  entry.from_officer = {asked.text("from_officer")};
  entry.from_agency = asked.agency("from_agency");
  entry.to_officer = {asked.text("to_officer")};
  entry.to_agency = asked.agency("to_agency");
  if (const std::string level = asked.text("to_level"); !level.empty()) {
    entry.to_level = party::parse_agency_kind(level);
    if (!entry.to_level.has_value()) {
      asked.add("to_level", {"Không có cấp này.", "There is no such level."});
    }
  }
  const std::string role = asked.text("role");
  const bool needs_role =
      kind == party::AuthorityKind::grant || kind == party::AuthorityKind::delegation;
  if (const auto known = party::parse_role(role)) {
    entry.role = *known;
  } else if (needs_role || !role.empty()) {
    asked.add("role", {"Hãy chọn một vai trò.", "Choose a role."});
  }
  entry.agency = asked.agency("agency");
  if (const value* scope = body.if_contains("procedures"); scope != nullptr && !scope->is_null()) {
    const auto read = read_scope(*scope);
    if (!read.has_value()) {
      asked.add("procedures",
                {"Phạm vi thủ tục chưa đúng: chọn tất cả, hoặc danh sách lĩnh vực, mã thủ tục.",
                 "These are no procedures: all of them, or lists of fields and codes, are texts."});
    }
    entry.procedures = read.value_or(party::ProcedureScope{});
  }
  if (entry.procedures.fields.size() + entry.procedures.codes.size() > kListMax) {
    asked.add("procedures", {"Quá nhiều mục; tối đa 500.", "Too many of them; at most 500."});
  }
  entry.period = {asked.moment("from", Instant::min()), asked.moment("until", Instant::max())};
  const value* further = body.if_contains("further");
  if (further != nullptr && further->is_bool()) entry.may_delegate_further = further->get_bool();
  entry.act = asked_act(asked);
  entry.reason = asked.text("reason");
  TRY(asked.checked());
  return entry;
}

Answer<party::Revocation> read_revocation(const object& body, Instant now) {
  Asked asked(body);
  party::Revocation revocation;
  revocation.at = asked.moment("at", now);
  revocation.act = asked_act(asked);
  revocation.reason = asked.text("reason");
  revocation.recorded_at = now;
  TRY(asked.checked());
  return revocation;
}

const char* name(AuthorityState state) {
  switch (state) {
    case AuthorityState::coming:
      return "coming";
    case AuthorityState::current:
      return "current";
    case AuthorityState::ended:
      return "ended";
    case AuthorityState::revoked:
      return "revoked";
  }
  return "";
}

AuthorityState state_of(const party::AuthorityEntry& entry, const party::AuthorityRegister& entries,
                        Instant now) {
  const party::Period period = entries.effective(entry);
  if (!period.is_empty() && period.has(now)) return AuthorityState::current;
  if (!period.is_empty() && now < period.from) return AuthorityState::coming;
  return entry.revocation.has_value() ? AuthorityState::revoked : AuthorityState::ended;
}

object shown_authority(const Workplace& workplace, const party::AuthorityEntry& entry,
                       const party::AuthorityRegister& entries, Instant now) {
  const party::Period period = entries.effective(entry);
  const auto agency = [&](const std::optional<party::AgencyId>& id) -> value {
    return id.has_value() ? value(agency_json(workplace, id->text())) : value(nullptr);
  };
  const auto person = [&](const party::OfficerId& id, const std::string& called) -> value {
    return id.text.empty() ? value(nullptr) : value(object{{"id", id.text}, {"name", called}});
  };
  object json{{"id", entry.id},
              {"kind", party::name(entry.kind)},
              {"state", name(state_of(entry, entries, now))},
              {"from_officer", person(entry.from_officer, entry.from_name)},
              {"from_agency", agency(entry.from_agency)},
              {"to_officer", person(entry.to_officer, entry.to_name)},
              {"to_agency", agency(entry.to_agency)},
              {"agency", agency(entry.agency)},
              {"procedures", scope_json(entry.procedures)},
              {"from", shown_moment(entry.period.from)},
              {"until", shown_moment(entry.period.until)},
              {"further", entry.may_delegate_further},
              {"act", act_json(entry.act)},
              {"reason", entry.reason},
              {"recorded_at", calendar::to_iso(entry.recorded_at)},
              {"recorded_by", entry.recorded_by_name}};
  json["to_level"] =
      entry.to_level.has_value() ? value(party::name(*entry.to_level)) : value(nullptr);
  array roles;
  for (const party::Role role : entry.all_roles()) {
    roles.push_back(object{{"role", party::name(role)}, {"title", text_json(party::title(role))}});
  }
  json["roles"] = std::move(roles);
  // When it really counts: not before it was recorded, not after what it rests on has ended.
  json["counts_from"] = period.is_empty() ? value(nullptr) : shown_moment(period.from);
  json["counts_until"] = period.is_empty() ? value(nullptr) : shown_moment(period.until);
  json["rests_on"] = entry.rests_on.empty() ? value(nullptr) : value(entry.rests_on);
  array resting;
  for (const party::AuthorityEntry* one : entries.resting_on(entry.id)) {
    resting.push_back(value(one->id));
  }
  json["resting_on_it"] = std::move(resting);
  if (entry.revocation.has_value()) {
    json["revocation"] = object{{"at", calendar::to_iso(entry.revocation->counts_from())},
                                {"act", act_json(entry.revocation->act)},
                                {"reason", entry.revocation->reason},
                                {"recorded_at", calendar::to_iso(entry.revocation->recorded_at)},
                                {"recorded_by", entry.revocation->recorded_by_name}};
  } else {
    json["revocation"] = nullptr;
  }
  return json;
}

object basis_json(const party::Mandate& mandate) {
  return {{"record", mandate.id},
          {"kind", party::name(mandate.kind)},
          {"role", party::name(mandate.role)},
          {"role_title", text_json(party::title(mandate.role))},
          {"agency", mandate.agency.text()},
          {"on_behalf_of", mandate.on_behalf_of_name},
          {"act", act_json(mandate.act)},
          {"from", shown_moment(mandate.from)},
          {"until", shown_moment(mandate.until)}};
}

array problems_json(const party::AuthorityProblems& problems) {
  array all;
  for (const party::AuthorityProblem& one : problems) {
    all.push_back(object{{"code", party::name(one.fault)},
                         {"severity", party::is_note(one.fault) ? "note" : "error"},
                         {"field", one.field},
                         {"message", text_json(one.message)},
                         {"records", texts(one.entries)}});
  }
  return all;
}

}  // namespace casework
