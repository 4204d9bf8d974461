#include "base/json.h"

#include <boost/json.hpp>

namespace base {

Outcome<json::value> parse_json(std::string_view text) {
  json::error_code error;
  json::parse_options options;
  options.max_depth = 32;
  json::stream_parser parser({}, options);
  const std::size_t read = parser.write_some(text.data(), text.size(), error);
  if (!error && read == text.size()) parser.finish(error);
  if (error || read != text.size()) {
    return fault(FaultCode::invalid,
                 "not JSON at byte " + std::to_string(read) + ": " +
                     (error ? error.message() : std::string{"text after the value"}));
  }
  return parser.release();
}

std::string to_text(const json::value& value) {
  return json::serialize(value);
}

const json::value* find(const json::value& object, std::string_view key) {
  return object.is_object() ? object.get_object().if_contains(key) : nullptr;
}

std::optional<std::string> find_string(const json::value& object, std::string_view key) {
  const json::value* found = find(object, key);
  if (found == nullptr || !found->is_string()) return std::nullopt;
  return std::string{found->get_string()};
}

std::string string_or(const json::value& object, std::string_view key, std::string_view otherwise) {
  return find_string(object, key).value_or(std::string{otherwise});
}

std::optional<std::int64_t> find_int(const json::value& object, std::string_view key) {
  const json::value* found = find(object, key);
  if (found == nullptr) return std::nullopt;
  if (found->is_int64()) return found->get_int64();
  return std::nullopt;
}

std::int64_t int_or(const json::value& object, std::string_view key, std::int64_t otherwise) {
  return find_int(object, key).value_or(otherwise);
}

bool bool_or(const json::value& object, std::string_view key, bool otherwise) {
  const json::value* found = find(object, key);
  return found != nullptr && found->is_bool() ? found->get_bool() : otherwise;
}

}  // namespace base
