#include "documents/intake_policy.h"

#include <algorithm>
#include <array>

#include <boost/json.hpp>

#include "documents/yaml_json.h"

namespace documents {
namespace {

using base::Outcome;

base::Failure<base::Fault> wrong(const std::string& what) {
  return base::fault(base::FaultCode::invalid, "policy of uploads: " + what);
}

Outcome<base::Done> allow_only(const base::json::object& map, const std::string& where,
                               std::initializer_list<std::string_view> keys) {
  for (const auto& member : map) {
    if (std::ranges::find(keys, std::string_view{member.key()}) == keys.end()) {
      return wrong(where + " has no member \"" + std::string{member.key()} + "\"");
    }
  }
  return base::Done{};
}

Outcome<std::vector<MediaType>> types_in(const base::json::value& value) {
  if (!value.is_array() || value.get_array().empty()) return wrong("a list of types is wanted");
  std::vector<MediaType> types;
  for (const base::json::value& one : value.get_array()) {
    const auto type = one.is_string() ? parse_media_type(std::string_view{one.get_string()})
                                      : std::optional<MediaType>{};
    if (!type)
      return wrong("an unknown type; pdf, jpeg, png, heic, docx, xlsx, odt, zip are known");
    if (std::ranges::find(types, *type) == types.end()) types.push_back(*type);
  }
  return types;
}

// A number within what the code was made for.
template <class Number>
Outcome<base::Done> read_number(const base::json::object& map, const char* key, std::int64_t least,
                                std::int64_t most, Number& into) {
  const base::json::value* value = map.if_contains(key);
  if (value == nullptr) return base::Done{};
  if (!value->is_int64() || value->get_int64() < least || value->get_int64() > most) {
    return wrong(std::string{key} + " is a number from " + std::to_string(least) + " to " +
                 std::to_string(most));
  }
  into = static_cast<Number>(value->get_int64());
  return base::Done{};
}

Outcome<const base::json::object*> map_in(const base::json::object& root, const char* key) {
  static const base::json::object kNone;
  const base::json::value* value = root.if_contains(key);
  if (value == nullptr) return &kNone;
  if (!value->is_object()) return wrong(std::string{key} + " has members");
  return &value->get_object();
}

Outcome<base::Done> read_limits(const base::json::object& root, IntakePolicy& policy) {
  const auto* archive = TRY(map_in(root, "archive"));
  TRY(allow_only(*archive, "archive",
                 {"entries", "unpacked_bytes", "ratio", "depth", "member_bytes"}));
  ArchiveLimits& limits = policy.rules.archive;
  TRY(read_number(*archive, "entries", 1, 100'000, limits.entries));
  TRY(read_number(*archive, "unpacked_bytes", 1, 4'000'000'000, limits.unpacked_bytes));
  TRY(read_number(*archive, "ratio", 1, 10'000, limits.ratio));
  TRY(read_number(*archive, "depth", 1, 8, limits.depth));
  TRY(read_number(*archive, "member_bytes", 1, 64'000'000, limits.member_bytes));
  const auto* picture = TRY(map_in(root, "picture"));
  TRY(allow_only(*picture, "picture", {"bytes", "heic_pixels", "scans", "quality"}));
  TRY(read_number(*picture, "bytes", 1'000'000, 1'000'000'000, policy.picture.bytes));
  TRY(read_number(*picture, "heic_pixels", 1'000'000, 200'000'000, policy.picture.heic_pixels));
  TRY(read_number(*picture, "scans", 1, 1'000, policy.picture.scans));
  TRY(read_number(*picture, "quality", 50, 100, policy.picture.quality));
  const auto* process = TRY(map_in(root, "process"));
  TRY(allow_only(*process, "process", {"memory_bytes", "processor_seconds", "seconds"}));
  TRY(read_number(*process, "memory_bytes", 64 << 20, 4'000'000'000, policy.process.memory_bytes));
  TRY(read_number(*process, "processor_seconds", 1, 120, policy.process.processor_seconds));
  std::int64_t seconds = policy.process.seconds.count();
  TRY(read_number(*process, "seconds", 1, 300, seconds));
  policy.process.seconds = std::chrono::seconds{seconds};
  return base::Done{};
}

}  // namespace

InspectionRules IntakePolicy::rules_for(const std::string& procedure,
                                        const std::string& component) const {
  InspectionRules result = rules;
  const auto found = components.find(procedure + "/" + component);
  if (found != components.end()) result.accepted = found->second;
  return result;
}

Outcome<IntakePolicy> parse_intake_policy(std::string_view text) {
  const base::json::value json = TRY(internal::parse_yaml(text));
  if (!json.is_object()) return wrong("it is a list of members");
  const base::json::object& root = json.get_object();
  TRY(allow_only(root, "it",
                 {"accepts", "components", "pdf_scripts", "archive", "picture", "process"}));
  IntakePolicy policy;
  if (const base::json::value* accepts = root.if_contains("accepts")) {
    policy.rules.accepted = TRY(types_in(*accepts));
  }
  for (const auto& member : *TRY(map_in(root, "components"))) {
    policy.components[std::string{member.key()}] = TRY(types_in(member.value()));
  }
  if (const base::json::value* scripts = root.if_contains("pdf_scripts")) {
    if (*scripts != "refused" && *scripts != "taken") {
      return wrong("pdf_scripts is \"refused\" or \"taken\"");
    }
    policy.rules.takes_scripts = *scripts == "taken";
  }
  TRY(read_limits(root, policy));
  return policy;
}

}  // namespace documents
