#include "documents/yaml_json.h"

#include <stdexcept>

#include <boost/json.hpp>
#include <yaml-cpp/yaml.h>

namespace documents::internal {
namespace {

constexpr std::size_t kBytesMax = 256 * 1024;
constexpr int kNodesMax = 20'000;
constexpr int kDepthMax = 32;

bool is_whole_number(const std::string& text) {
  const std::size_t first = text.starts_with('-') ? 1 : 0;
  if (text.size() == first || text.size() > 18) return false;
  if (text[first] == '0' && text.size() > first + 1) return false;
  return text.find_first_not_of("0123456789", first) == std::string::npos;
}

base::json::value scalar(const YAML::Node& node) {
  const std::string& text = node.Scalar();
  if (node.Tag() != "?") return base::json::value(text);
  if (text == "true") return true;
  if (text == "false") return false;
  if (text.empty() || text == "null" || text == "~") return nullptr;
  if (is_whole_number(text)) return std::stoll(text);
  return base::json::value(text);
}

base::json::value converted(const YAML::Node& node, int depth, int& nodes) {
  if (++nodes > kNodesMax || depth > kDepthMax) throw std::length_error("too many or too deep");
  switch (node.Type()) {
    case YAML::NodeType::Scalar:
      return scalar(node);
    case YAML::NodeType::Sequence: {
      base::json::array result;
      for (const auto& item : node) result.push_back(converted(item, depth + 1, nodes));
      return result;
    }
    case YAML::NodeType::Map: {
      base::json::object result;
      for (const auto& item : node) {
        const std::string& key = item.first.Scalar();
        if (result.contains(key)) throw std::invalid_argument("key twice: " + key);
        result.emplace(key, converted(item.second, depth + 1, nodes));
      }
      return result;
    }
    default:
      return nullptr;
  }
}

// yaml-cpp recurses on nesting without a limit; the bound is on brackets and on indentation.
bool is_too_deep(std::string_view text) {
  int brackets = 0, dashes = 0;
  std::size_t indent = 0;
  bool at_start = true;
  for (const char c : text) {
    if (c == '\n') {
      at_start = true;
      indent = 0;
      dashes = 0;
      continue;
    }
    if (c == '[' || c == '{') ++brackets;
    if ((c == ']' || c == '}') && brackets > 0) --brackets;
    if (at_start && c == ' ') ++indent;
    if (at_start && (c == '-' || c == '?' || c == ':')) ++dashes;
    if (c != ' ' && c != '-' && c != '?' && c != ':') at_start = false;
    if (brackets > 256 || indent > 512 || dashes > 128) return true;
  }
  return false;
}

}  // namespace

base::Outcome<base::json::value> parse_yaml(std::string_view text) {
  if (text.size() > kBytesMax || is_too_deep(text)) {
    return base::fault(base::FaultCode::invalid, "YAML: too long or nested too deep");
  }
  try {
    int nodes = 0;
    return converted(YAML::Load(std::string(text)), 0, nodes);
  } catch (const std::exception& problem) {
    return base::fault(base::FaultCode::invalid, std::string("YAML: ") + problem.what());
  }
}

}  // namespace documents::internal
