#include "catalogue/finding.h"

#include <array>
#include <utility>

namespace catalogue {
namespace {

struct Kind {
  FindingKind kind;
  std::string_view text;
  Severity severity;
};
using enum FindingKind;
using enum Severity;

constexpr std::array<Kind, 30> kKinds{{
    {record_unreadable, "record_unreadable", error},
    {record_twice, "record_twice", warning},
    {code_malformed, "code_malformed", error},
    {text_not_understood, "text_not_understood", warning},
    {limit_without_unit, "limit_without_unit", warning},
    {limit_placeholder, "limit_placeholder", warning},
    {limit_missing, "limit_missing", warning},
    {limit_in_words_only, "limit_in_words_only", note},
    {limit_words_disagree, "limit_words_disagree", warning},
    {channels_as_cases, "channels_as_cases", warning},
    {channel_twice, "channel_twice", warning},
    {cases_differ_in_limit, "cases_differ_in_limit", note},
    {fee_without_zeros, "fee_without_zeros", error},
    {fee_free_with_amount, "fee_free_with_amount", warning},
    {fee_free_by_rule, "fee_free_by_rule", note},
    {fee_disagrees_with_note, "fee_disagrees_with_note", warning},
    {fee_unclear, "fee_unclear", error},
    {component_not_told_apart, "component_not_told_apart", warning},
    {component_without_count, "component_without_count", note},
    {instruction_as_paper, "instruction_as_paper", note},
    {component_twice, "component_twice", warning},
    {components_missing, "components_missing", warning},
    {result_missing, "result_missing", warning},
    {result_without_code, "result_without_code", warning},
    {result_code_unknown_form, "result_code_unknown_form", warning},
    {tiers_several, "tiers_several", note},
    {tier_missing, "tier_missing", error},
    {agency_missing, "agency_missing", note},
    {list_disagrees, "list_disagrees", warning},
    {page_missing, "page_missing", note},
}};

constexpr std::array<std::pair<Severity, std::string_view>, 3> kSeverities{
    {{error, "error"}, {warning, "warning"}, {note, "note"}}};

using Change = Mending::Change;
constexpr std::array<std::pair<Change, std::string_view>, 9> kChanges{
    {{Change::channel_limit, "channel_limit"},
     {Change::fee_amount, "fee_amount"},
     {Change::component_instruction, "component_instruction"},
     {Change::component_drop, "component_drop"},
     {Change::component_copies, "component_copies"},
     {Change::cases_by_limit, "cases_by_limit"},
     {Change::result_code, "result_code"},
     {Change::name, "name"},
     {Change::field, "field"}}};

template <class Table, class Value>
std::string_view text_in(const Table& table, Value value) {
  for (const auto& [each, text] : table) {
    if (each == value) return text;
  }
  return "";
}

template <class Value, class Table>
std::optional<Value> value_in(const Table& table, std::string_view text) {
  for (const auto& [value, each] : table) {
    if (each == text) return value;
  }
  return std::nullopt;
}

}  // namespace

std::string_view to_text(FindingKind kind) {
  for (const Kind& each : kKinds) {
    if (each.kind == kind) return each.text;
  }
  return "";
}
std::string_view to_text(Severity severity) {
  return text_in(kSeverities, severity);
}
std::string_view to_text(Mending::Change change) {
  return text_in(kChanges, change);
}

std::optional<FindingKind> find_finding_kind(std::string_view text) {
  for (const Kind& each : kKinds) {
    if (each.text == text) return each.kind;
  }
  return std::nullopt;
}
std::optional<Severity> find_severity(std::string_view text) {
  return value_in<Severity>(kSeverities, text);
}
std::optional<Mending::Change> find_change(std::string_view text) {
  return value_in<Change>(kChanges, text);
}

Severity severity_of(FindingKind kind) {
  for (const Kind& each : kKinds) {
    if (each.kind == kind) return each.severity;
  }
  return Severity::note;
}

}  // namespace catalogue
