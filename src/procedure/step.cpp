#include "procedure/step.h"

#include <algorithm>
#include <array>
#include <utility>

namespace procedure {
namespace {

constexpr std::array<std::pair<StepAction, std::string_view>, 7> kActions{{
    {StepAction::receive, "receive"},
    {StepAction::assign, "assign"},
    {StepAction::process, "process"},
    {StepAction::consult, "consult"},
    {StepAction::approve, "approve"},
    {StepAction::issue, "issue"},
    {StepAction::return_result, "return"},
}};

constexpr std::array<std::pair<AgencyPart, std::string_view>, 7> kParts{{
    {AgencyPart::receiving, "receiving"},
    {AgencyPart::competent, "competent"},
    {AgencyPart::lead, "lead"},
    {AgencyPart::committee, "committee"},
    {AgencyPart::consulted, "consulted"},
    {AgencyPart::police, "police"},
    {AgencyPart::insurance, "insurance"},
}};

template <class Table, class Key>
std::string_view name_in(const Table& table, Key key) {
  return std::ranges::find(table, key, &Table::value_type::first)->second;
}

template <class Key, std::size_t N>
std::optional<Key> find_in(const std::array<std::pair<Key, std::string_view>, N>& table,
                           std::string_view text) {
  for (const auto& [key, name] : table) {
    if (name == text) return key;
  }
  return std::nullopt;
}

}  // namespace

const Outcome* Step::find_outcome(std::string_view code) const {
  const auto found = std::ranges::find(outcomes, code, &Outcome::code);
  return found == outcomes.end() ? nullptr : &*found;
}

std::string_view to_text(StepAction action) {
  return name_in(kActions, action);
}
std::string_view to_text(AgencyPart part) {
  return name_in(kParts, part);
}
std::optional<StepAction> find_step_action(std::string_view text) {
  return find_in(kActions, text);
}
std::optional<AgencyPart> find_agency_part(std::string_view text) {
  return find_in(kParts, text);
}

}  // namespace procedure
