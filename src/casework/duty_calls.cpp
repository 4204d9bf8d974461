#include "casework/duty_calls.h"

#include <boost/json.hpp>

namespace casework {

namespace {

using base::json::object;

constexpr const char* kCall = "duty_call";
constexpr const char* kHolder = "duty_holder";

std::string key_of(const DutyCall& call) {
  return call.dossier + "/" + std::to_string(call.activity);
}

base::Outcome<DutyCall> read_call(const EntryRow& row) {
  const base::json::value json = TRY(base::parse_json(row.body));
  DutyCall call{.dossier = base::string_or(json, "dossier"),
                .code = base::string_or(json, "code"),
                .activity = static_cast<std::uint32_t>(base::int_or(json, "activity")),
                .step = base::string_or(json, "step"),
                .agency = base::string_or(json, "agency"),
                .role = base::string_or(json, "role"),
                .procedure = base::string_or(json, "procedure"),
                .officer = base::string_or(json, "officer"),
                .officer_name = base::string_or(json, "officer_name"),
                .reason = base::string_or(json, "reason"),
                .since = row.at,
                .version = row.version};
  if (const auto since = calendar::parse_instant(base::string_or(json, "since"))) {
    call.since = *since;
  }
  return call;
}

// All entries of a kind, page by page.
template <class Read>
base::Outcome<base::Done> each_entry(Store& store, const char* kind, Read read) {
  EntryQuery query{.kind = kind};
  for (;;) {
    const auto rows = TRY(store.entries(query));
    for (const EntryRow& row : rows) TRY(read(row));
    if (static_cast<int>(rows.size()) < query.limit) return base::Done{};
    query.after_key = rows.back().key;
  }
}

}  // namespace

base::Outcome<std::vector<DutyCall>> duty_calls(Store& store) {
  std::vector<DutyCall> calls;
  const auto read = [&](const EntryRow& row) -> base::Outcome<base::Done> {
    calls.push_back(TRY(read_call(row)));
    return base::Done{};
  };
  TRY(each_entry(store, kCall, read));
  return calls;
}

base::Outcome<std::vector<DutyCall>> duty_calls_of(Store& store, const std::string& officer) {
  constexpr int kMost = 500;
  std::vector<DutyCall> calls;
  for (const EntryRow& row : TRY(store.entries_found_by(kCall, officer, kMost))) {
    calls.push_back(TRY(read_call(row)));
  }
  return calls;
}

base::Outcome<base::Done> keep_call(Store& store, const DutyCall& call, Instant at) {
  EntryRow row{.kind = kCall,
               .key = key_of(call),
               .version = call.version + 1,
               .at = at,
               .body = base::to_text(object{{"dossier", call.dossier},
                                            {"code", call.code},
                                            {"activity", call.activity},
                                            {"step", call.step},
                                            {"agency", call.agency},
                                            {"role", call.role},
                                            {"procedure", call.procedure},
                                            {"officer", call.officer},
                                            {"officer_name", call.officer_name},
                                            {"reason", call.reason},
                                            {"since", calendar::to_iso(call.since)}})};
  if (!call.officer.empty()) row.found_by.push_back(call.officer);
  return store.save_entries({row}, std::nullopt);
}

base::Outcome<base::Done> end_call(Store& store, const DutyCall& call) {
  return store.delete_entries({{kCall, key_of(call)}});
}

base::Outcome<std::vector<DutyHolder>> duty_holders(Store& store) {
  std::vector<DutyHolder> holders;
  const auto read = [&](const EntryRow& row) -> base::Outcome<base::Done> {
    const base::json::value json = TRY(base::parse_json(row.body));
    holders.push_back({.agency = row.key,
                       .officer = base::string_or(json, "officer"),
                       .named_by = base::string_or(json, "named_by"),
                       .at = row.at,
                       .version = row.version});
    return base::Done{};
  };
  TRY(each_entry(store, kHolder, read));
  return holders;
}

base::Outcome<base::Done> name_duty_holder(Store& store, const DutyHolder& holder) {
  if (holder.officer.empty()) return store.delete_entries({{kHolder, holder.agency}});
  return store.save_entries(
      {{.kind = kHolder,
        .key = holder.agency,
        .version = holder.version + 1,
        .at = holder.at,
        .body = base::to_text(object{{"officer", holder.officer}, {"named_by", holder.named_by}}),
        .found_by = {holder.officer}}},
      std::nullopt);
}

}  // namespace casework
