#include "casework/scope_json.h"

#include <boost/json.hpp>

namespace casework {

namespace {

constexpr std::size_t kTextBytesMax = 400;

bool read_list(const base::json::value& json, std::vector<std::string>& list) {
  if (json.is_null()) return true;
  if (!json.is_array()) return false;
  for (const base::json::value& one : json.get_array()) {
    if (!one.is_string()) return false;
    const std::string_view text{one.get_string().data(), one.get_string().size()};
    if (text.empty() || text.size() > kTextBytesMax) return false;
    list.emplace_back(text);
  }
  return true;
}

}  // namespace

std::optional<party::ProcedureScope> read_scope(const base::json::value& json) {
  if (!json.is_object()) return std::nullopt;
  party::ProcedureScope scope;
  scope.all = false;
  for (const auto& member : json.get_object()) {
    const std::string_view name{member.key().data(), member.key().size()};
    bool read = false;
    if (name == "all" && member.value().is_bool()) {
      scope.all = member.value().get_bool();
      read = true;
    } else if (name == "fields") {
      read = read_list(member.value(), scope.fields);
    } else if (name == "codes") {
      read = read_list(member.value(), scope.codes);
    }
    if (!read) return std::nullopt;
  }
  return scope;
}

party::ProcedureScope read_stored_scope(const base::json::value* json) {
  if (json == nullptr || json->is_null()) return {};
  party::ProcedureScope none;
  none.all = false;
  return read_scope(*json).value_or(none);
}

}  // namespace casework
