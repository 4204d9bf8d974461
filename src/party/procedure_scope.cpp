#include "party/procedure_scope.h"

#include <algorithm>

namespace party {

namespace {

bool has(const std::vector<std::string>& list, std::string_view text) {
  return std::ranges::find(list, text) != list.end();
}

bool share(const std::vector<std::string>& one, const std::vector<std::string>& other) {
  return std::ranges::any_of(one, [&other](const std::string& text) { return has(other, text); });
}

}  // namespace

bool ProcedureScope::covers(std::string_view code, std::string_view field) const {
  if (all) return true;
  return (!code.empty() && has(codes, code)) || (!field.empty() && has(fields, field));
}

bool ProcedureScope::contains(const ProcedureScope& other) const {
  if (all) return true;
  if (other.all) return false;
  const auto within = [](const std::vector<std::string>& inner,
                         const std::vector<std::string>& outer) {
    return std::ranges::all_of(inner,
                               [&outer](const std::string& text) { return has(outer, text); });
  };
  return within(other.fields, fields) && within(other.codes, codes);
}

bool ProcedureScope::meets(const ProcedureScope& other) const {
  const auto is_empty = [](const ProcedureScope& scope) {
    return !scope.all && scope.fields.empty() && scope.codes.empty();
  };
  if (is_empty(*this) || is_empty(other)) return false;
  if (all || other.all) return true;
  return share(codes, other.codes) || share(fields, other.fields) ||
         (!codes.empty() && !other.fields.empty()) || (!fields.empty() && !other.codes.empty());
}

}  // namespace party
