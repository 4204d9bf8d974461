#include "oidc/strict_json.h"

#include <cmath>
#include <set>

#include <boost/json.hpp>
#include <boost/json/basic_parser_impl.hpp>

namespace oidc {

namespace {

// Looks at a text without building anything of it.
struct Inspector {
  static constexpr std::size_t max_object_size = static_cast<std::size_t>(-1);
  static constexpr std::size_t max_array_size = static_cast<std::size_t>(-1);
  static constexpr std::size_t max_key_size = static_cast<std::size_t>(-1);
  static constexpr std::size_t max_string_size = static_cast<std::size_t>(-1);

  using Error = boost::json::error_code;
  using Text = boost::json::string_view;

  std::size_t values_left = 0;
  std::vector<std::set<std::string>> open{};  // the members of the objects we are in
  std::string key{};

  bool count(Error& error) {
    if (values_left == 0) {
      error = boost::json::error::array_too_large;
      return false;
    }
    --values_left;
    return true;
  }

  bool on_document_begin(Error&) { return true; }
  bool on_document_end(Error&) { return true; }
  bool on_object_begin(Error& error) {
    open.emplace_back();
    return count(error);
  }
  bool on_object_end(std::size_t, Error&) {
    open.pop_back();
    return true;
  }
  bool on_array_begin(Error& error) { return count(error); }
  bool on_array_end(std::size_t, Error&) { return true; }
  bool on_key_part(Text part, std::size_t, Error&) {
    key.append(part.data(), part.size());
    return true;
  }
  bool on_key(Text part, std::size_t, Error& error) {
    key.append(part.data(), part.size());
    const bool first = open.back().insert(std::move(key)).second;
    key.clear();
    if (!first) error = boost::json::error::syntax;
    return first;
  }
  bool on_string_part(Text, std::size_t, Error&) { return true; }
  bool on_string(Text, std::size_t, Error& error) { return count(error); }
  bool on_number_part(Text, Error&) { return true; }
  bool on_int64(std::int64_t, Text, Error& error) { return count(error); }
  bool on_uint64(std::uint64_t, Text, Error& error) { return count(error); }
  bool on_double(double, Text, Error& error) { return count(error); }
  bool on_bool(bool, Error& error) { return count(error); }
  bool on_null(Error& error) { return count(error); }
  bool on_comment_part(Text, Error&) { return true; }
  bool on_comment(Text, Error&) { return true; }
};

}  // namespace

base::Outcome<base::json::object> read_object(std::string_view text, const JsonLimits& limits) {
  const auto invalid = [](const char* why) { return base::fault(base::FaultCode::invalid, why); };
  if (text.size() > limits.bytes) return invalid("the JSON text is too large");
  try {
    boost::json::parse_options options;
    options.max_depth = limits.depth;
    boost::json::basic_parser<Inspector> inspector(options, Inspector{limits.values});
    boost::json::error_code error;
    const std::size_t read = inspector.write_some(false, text.data(), text.size(), error);
    if (error || read != text.size()) {
      return invalid("no JSON, or too deep, too many values or a member twice");
    }
  } catch (const std::exception&) {
    return invalid("no JSON");
  }
  base::json::value value = TRY(base::parse_json(text));
  if (!value.is_object()) return invalid("the JSON text is no object");
  return std::move(value.get_object());
}

std::optional<std::int64_t> whole_number(const base::json::value& value) {
  constexpr double kMost = 9007199254740992.0;
  if (value.is_double()) {
    const double number = value.get_double();
    if (!std::isfinite(number) || std::abs(number) > kMost || std::trunc(number) != number) {
      return std::nullopt;
    }
    return static_cast<std::int64_t>(number);
  }
  if (!value.is_int64()) return std::nullopt;
  const std::int64_t number = value.get_int64();
  constexpr std::int64_t kMostInt = 9007199254740992;
  if (number > kMostInt || number < -kMostInt) return std::nullopt;
  return number;
}

std::optional<std::vector<std::string>> one_or_more_texts(const base::json::value& value) {
  std::vector<std::string> texts;
  if (value.is_string()) {
    texts.emplace_back(value.get_string());
    return texts;
  }
  if (!value.is_array() || value.get_array().empty()) return std::nullopt;
  for (const base::json::value& one : value.get_array()) {
    if (!one.is_string()) return std::nullopt;
    texts.emplace_back(one.get_string());
  }
  return texts;
}

}  // namespace oidc
