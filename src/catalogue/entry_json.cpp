#include "catalogue/entry_json.h"

#include <array>
#include <utility>

#include "base/sha256.h"

namespace catalogue {
namespace {

namespace json = base::json;

// Raised when a reader of this folder learns to read more: then the same page is a new definition.
constexpr int kReaderVersion = 1;

constexpr std::array<std::pair<Tier, std::string_view>, 4> kTiers{{{Tier::ministry, "ministry"},
                                                                   {Tier::province, "province"},
                                                                   {Tier::commune, "commune"},
                                                                   {Tier::other, "other"}}};
constexpr std::array<std::pair<FeeKind, std::string_view>, 4> kFees{
    {{FeeKind::free, "free"},
     {FeeKind::amount, "amount"},
     {FeeKind::by_rule, "by_rule"},
     {FeeKind::unstated, "unstated"}}};

template <class Value, std::size_t N>
std::string text_of(const std::array<std::pair<Value, std::string_view>, N>& table, Value value) {
  for (const auto& [each, text] : table) {
    if (each == value) return std::string{text};
  }
  return {};
}
template <class Value, std::size_t N>
std::optional<Value> value_of(const std::array<std::pair<Value, std::string_view>, N>& table,
                              std::string_view text) {
  for (const auto& [value, each] : table) {
    if (each == text) return value;
  }
  return std::nullopt;
}

json::array texts(const std::vector<std::string>& all) {
  json::array array;
  array.reserve(all.size());
  for (const std::string& each : all) array.emplace_back(each);
  return array;
}

json::object to_json(const Source& source) {
  return {{"file", source.file}, {"row", source.row}};
}

json::object to_json(const ListRow& row) {
  return {{"code", row.code},         {"name", row.name},
          {"ministry", row.ministry}, {"agencies", texts(row.agencies)},
          {"field", row.field},       {"source", to_json(row.source)}};
}

json::object to_json(const StatedFee& fee) {
  json::object out{{"kind", text_of(kFees, fee.kind)}, {"raw", fee.raw}};
  if (fee.kind == FeeKind::amount) {
    out["amount"] = fee.amount;
    out["currency"] = fee.currency;
  }
  if (!fee.note.empty()) out["note"] = fee.note;
  if (!fee.understood) out["understood"] = false;
  return out;
}

json::object to_json(const ChannelLine& line) {
  json::array fees;
  for (const StatedFee& fee : line.fees) fees.push_back(to_json(fee));
  json::object out{{"channel", std::string{procedure::to_text(line.channel)}},
                   {"raw_time", line.raw_time},
                   {"limit_stated", line.limit_stated},
                   {"fees", std::move(fees)},
                   {"note", line.note},
                   {"raw", line.raw}};
  if (line.limit) out["limit"] = line.limit->text();
  if (line.limit_from_words) out["limit_from_words"] = true;
  return out;
}

json::object to_json(const StatedComponent& component) {
  json::object out{{"name", component.name},
                   {"kind", component.kind == procedure::ComponentKind::show ? "show" : "submit"},
                   {"originals", component.originals},
                   {"copies", component.copies},
                   {"understood", component.understood},
                   {"raw", component.raw}};
  if (!component.group.empty()) out["group"] = component.group;
  if (component.case_index >= 0) out["case"] = component.case_index;
  if (!component.templates.empty()) out["templates"] = texts(component.templates);
  if (component.instruction) out["instruction"] = true;
  return out;
}

// ---------------------------------------------------------------- back

using base::fault;
using base::FaultCode;

std::vector<std::string> texts_in(const json::value& object, std::string_view key) {
  std::vector<std::string> all;
  const json::value* found = base::find(object, key);
  if (found == nullptr || !found->is_array()) return all;
  for (const json::value& each : found->get_array()) {
    if (each.is_string()) all.emplace_back(each.get_string());
  }
  return all;
}

const json::array& array_in(const json::value& object, std::string_view key) {
  static const json::array none;
  const json::value* found = base::find(object, key);
  return found != nullptr && found->is_array() ? found->get_array() : none;
}

int small_int(const json::value& object, std::string_view key, int otherwise = 0) {
  const std::int64_t value = base::int_or(object, key, otherwise);
  return value < -1 || value > 1'000'000'000 ? otherwise : static_cast<int>(value);
}

Source source_in(const json::value& object) {
  const json::value* found = base::find(object, "source");
  if (found == nullptr) return {};
  return {base::string_or(*found, "file"), small_int(*found, "row")};
}

base::Outcome<std::optional<calendar::Limit>> limit_in(const json::value& object) {
  const auto text = base::find_string(object, "limit");
  if (!text) return std::optional<calendar::Limit>{};
  const auto limit = calendar::Limit::parse(*text);
  if (!limit) return fault(FaultCode::corrupt, "catalogue entry: no limit: " + *text);
  return std::optional<calendar::Limit>{*limit};
}

base::Outcome<StatedFee> fee_in(const json::value& object) {
  StatedFee fee;
  const auto kind = value_of(kFees, base::string_or(object, "kind"));
  if (!kind) return fault(FaultCode::corrupt, "catalogue entry: a fee of no kind");
  fee.kind = *kind;
  fee.amount = base::int_or(object, "amount");
  fee.currency = base::string_or(object, "currency", "VND");
  fee.note = base::string_or(object, "note");
  fee.raw = base::string_or(object, "raw");
  fee.understood = base::bool_or(object, "understood", true);
  return fee;
}

base::Outcome<ChannelLine> channel_in(const json::value& object) {
  ChannelLine line;
  const auto channel = procedure::find_channel(base::string_or(object, "channel"));
  if (!channel) return fault(FaultCode::corrupt, "catalogue entry: no channel");
  line.channel = *channel;
  line.raw_time = base::string_or(object, "raw_time");
  line.limit = TRY(limit_in(object));
  line.limit_from_words = base::bool_or(object, "limit_from_words");
  line.limit_stated = base::bool_or(object, "limit_stated");
  for (const json::value& fee : array_in(object, "fees")) line.fees.push_back(TRY(fee_in(fee)));
  line.note = base::string_or(object, "note");
  line.raw = base::string_or(object, "raw");
  return line;
}

StatedComponent component_in(const json::value& object, std::size_t cases) {
  StatedComponent component;
  component.group = base::string_or(object, "group");
  component.case_index = small_int(object, "case", -1);
  if (component.case_index >= static_cast<int>(cases)) component.case_index = -1;
  component.name = base::string_or(object, "name");
  component.kind = base::string_or(object, "kind") == "show" ? procedure::ComponentKind::show
                                                             : procedure::ComponentKind::submit;
  component.originals = small_int(object, "originals");
  component.copies = small_int(object, "copies");
  component.templates = texts_in(object, "templates");
  component.understood = base::bool_or(object, "understood");
  component.instruction = base::bool_or(object, "instruction");
  component.raw = base::string_or(object, "raw");
  return component;
}

ListRow row_in(const json::value& object) {
  ListRow row;
  row.code = base::string_or(object, "code");
  row.name = base::string_or(object, "name");
  row.ministry = base::string_or(object, "ministry");
  row.agencies = texts_in(object, "agencies");
  row.field = base::string_or(object, "field");
  row.source = source_in(object);
  return row;
}

}  // namespace

json::object to_json(const Entry& entry) {
  json::array tiers;
  for (const Tier tier : entry.tiers) tiers.emplace_back(text_of(kTiers, tier));
  json::array channels;
  for (const ChannelLine& line : entry.channels) channels.push_back(to_json(line));
  json::array cases;
  for (const StatedCase& each : entry.cases) {
    json::object object{{"name", each.name}};
    if (each.limit) object["limit"] = each.limit->text();
    cases.push_back(std::move(object));
  }
  json::array components;
  for (const StatedComponent& each : entry.components) components.push_back(to_json(each));
  json::array basis;
  for (const StatedBasis& each : entry.legal_basis) {
    basis.push_back({{"title", each.title}, {"number", each.number}});
  }
  json::array results;
  for (const StatedResult& each : entry.results) {
    results.push_back(
        {{"name", each.name}, {"code", each.code}, {"code_understood", each.code_understood}});
  }
  json::object out{{"code", entry.code},
                   {"name", entry.name},
                   {"decision", entry.decision},
                   {"ministry", entry.ministry},
                   {"tiers", std::move(tiers)},
                   {"kind", entry.kind},
                   {"field", entry.field},
                   {"subjects", texts(entry.subjects)},
                   {"agencies", texts(entry.agencies)},
                   {"competent_agency", entry.competent_agency},
                   {"coordinating_agency", entry.coordinating_agency},
                   {"channels", std::move(channels)},
                   {"cases", std::move(cases)},
                   {"components", std::move(components)},
                   {"legal_basis", std::move(basis)},
                   {"results", std::move(results)},
                   {"steps", entry.steps},
                   {"conditions", entry.conditions},
                   {"page", entry.page},
                   {"list_only", entry.list_only},
                   {"content_hash", entry.content_hash},
                   {"source", to_json(entry.source)},
                   {"raw", entry.raw}};
  if (entry.listed) out["listed"] = to_json(*entry.listed);
  return out;
}

base::Outcome<Entry> read_entry(const json::value& object) {
  Entry entry;
  entry.code = base::string_or(object, "code");
  if (entry.code.empty()) return fault(FaultCode::corrupt, "catalogue entry: no code");
  entry.name = base::string_or(object, "name");
  entry.decision = base::string_or(object, "decision");
  entry.ministry = base::string_or(object, "ministry");
  for (const std::string& text : texts_in(object, "tiers")) {
    if (const auto tier = value_of(kTiers, text)) entry.tiers.push_back(*tier);
  }
  entry.kind = base::string_or(object, "kind");
  entry.field = base::string_or(object, "field");
  entry.subjects = texts_in(object, "subjects");
  entry.agencies = texts_in(object, "agencies");
  entry.competent_agency = base::string_or(object, "competent_agency");
  entry.coordinating_agency = base::string_or(object, "coordinating_agency");
  for (const json::value& line : array_in(object, "channels")) {
    entry.channels.push_back(TRY(channel_in(line)));
  }
  for (const json::value& each : array_in(object, "cases")) {
    entry.cases.push_back({base::string_or(each, "name"), TRY(limit_in(each))});
  }
  for (const json::value& each : array_in(object, "components")) {
    entry.components.push_back(component_in(each, entry.cases.size()));
  }
  for (const json::value& each : array_in(object, "legal_basis")) {
    entry.legal_basis.push_back({base::string_or(each, "title"), base::string_or(each, "number")});
  }
  for (const json::value& each : array_in(object, "results")) {
    entry.results.push_back({base::string_or(each, "name"), base::string_or(each, "code"),
                             base::bool_or(each, "code_understood")});
  }
  entry.steps = base::string_or(object, "steps");
  entry.conditions = base::string_or(object, "conditions");
  entry.page = base::string_or(object, "page");
  entry.list_only = base::bool_or(object, "list_only");
  entry.content_hash = base::string_or(object, "content_hash");
  entry.source = source_in(object);
  if (const json::value* raw = base::find(object, "raw"); raw != nullptr && raw->is_object()) {
    entry.raw = raw->get_object();
  }
  if (const json::value* row = base::find(object, "listed"); row != nullptr && row->is_object()) {
    entry.listed = row_in(*row);
  }
  return entry;
}

json::object to_json(const Finding& finding) {
  json::object out{{"finding", finding.key()},
                   {"kind", std::string{to_text(finding.kind)}},
                   {"severity", std::string{to_text(finding.severity)}},
                   {"code", finding.code},
                   {"where", finding.where},
                   {"published", finding.published},
                   {"why", {{"vi", finding.why.vi}, {"en", finding.why.en}}},
                   {"proposal", {{"vi", finding.proposal.vi}, {"en", finding.proposal.en}}},
                   {"source", to_json(finding.source)}};
  if (finding.mending) {
    json::object mending{{"change", std::string{to_text(finding.mending->change)}},
                         {"from", finding.mending->from},
                         {"to", finding.mending->to}};
    if (finding.mending->index >= 0) mending["index"] = finding.mending->index;
    out["mending"] = std::move(mending);
  }
  return out;
}

json::object to_json(const Decision& decision) {
  return {{"finding", decision.finding}, {"accepted", decision.accepted}, {"by", decision.by}};
}

base::Outcome<Decision> read_decision(const json::value& object) {
  Decision decision;
  decision.finding = base::string_or(object, "finding");
  decision.accepted = base::bool_or(object, "accepted");
  decision.by = base::string_or(object, "by");
  if (decision.finding.empty()) return fault(FaultCode::corrupt, "decision about no finding");
  return decision;
}

std::string definition_digest(const Entry& entry) {
  std::string text = "catalogue reader " + std::to_string(kReaderVersion) + "\n";
  text += (entry.list_only ? "list " : "page ") + entry.content_hash + "\n";
  if (entry.listed) {
    json::object row = to_json(*entry.listed);
    // The same list under another name, or with a row more above, says nothing new.
    row.erase("source");
    text += base::to_text(row);
  }
  return base::to_hex(base::sha256(text));
}

}  // namespace catalogue
