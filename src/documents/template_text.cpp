#include "documents/template_text.h"

#include <boost/json.hpp>

namespace documents::internal {
namespace {

constexpr std::string_view kDots = "………………";

bool is_name_character(char c) {
  return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '_';
}

void add_literal(TemplateText& text, std::string literal, bool bold, bool italic) {
  if (literal.empty()) return;
  text.push_back({.literal = std::move(literal), .path = {}, .bold = bold, .italic = italic});
}

}  // namespace

base::Outcome<Path> parse_path(std::string_view text) {
  Path path{""};
  for (const char c : text) {
    if (c == '.') {
      path.emplace_back();
    } else if (is_name_character(c)) {
      path.back() += c;
    } else {
      return base::fault(base::FaultCode::invalid, "not a path: " + std::string(text));
    }
  }
  for (const auto& name : path) {
    if (name.empty() || path.size() > 8) {
      return base::fault(base::FaultCode::invalid, "not a path: " + std::string(text));
    }
  }
  return path;
}

base::Outcome<TemplateText> parse_template_text(std::string_view text) {
  TemplateText result;
  std::string literal;
  bool bold = false, italic = false;
  const auto starts = [&](std::size_t at, std::string_view what) {
    return text.substr(at, what.size()) == what;
  };
  for (std::size_t i = 0; i < text.size();) {
    if (starts(i, "{{") || starts(i, "}}")) {
      literal += text[i];
      i += 2;
    } else if (starts(i, "**") || starts(i, "__")) {
      add_literal(result, std::exchange(literal, {}), bold, italic);
      (text[i] == '*' ? bold : italic) ^= true;
      i += 2;
    } else if (text[i] == '{') {
      const std::size_t end = text.find('}', i);
      if (end == std::string_view::npos) {
        return base::fault(base::FaultCode::invalid, "a field without end: " + std::string(text));
      }
      add_literal(result, std::exchange(literal, {}), bold, italic);
      const std::string_view inside = text.substr(i + 1, end - i - 1);
      const std::size_t bar = inside.find('|');
      Piece piece{.literal = {},
                  .path = TRY(parse_path(inside.substr(0, bar))),
                  .bold = bold,
                  .italic = italic};
      if (bar != std::string_view::npos) {
        const auto filter = filter_of(inside.substr(bar + 1));
        if (!filter) {
          return base::fault(base::FaultCode::invalid,
                             "no such filter: " + std::string(inside.substr(bar + 1)));
        }
        piece.filter = *filter;
      }
      result.push_back(std::move(piece));
      i = end + 1;
    } else {
      literal += text[i++];
    }
  }
  if (bold || italic) {
    return base::fault(base::FaultCode::invalid, "** or __ is not closed: " + std::string(text));
  }
  add_literal(result, std::move(literal), false, false);
  return result;
}

const base::json::value* Scope::find(const Path& path) const {
  for (const Scope* scope = this; scope != nullptr; scope = scope->outer) {
    if (scope->value == nullptr) continue;
    const base::json::value* found = nullptr;
    std::size_t next = 1;
    if (path[0] == "item" && scope->index > 0) {
      found = scope->value;
    } else {
      found = base::find(*scope->value, path[0]);
    }
    if (found == nullptr) continue;
    while (found != nullptr && next < path.size()) found = base::find(*found, path[next++]);
    return found;
  }
  return nullptr;
}

bool is_filled(const base::json::value* value) {
  if (value == nullptr) return false;
  switch (value->kind()) {
    case base::json::kind::null:
      return false;
    case base::json::kind::bool_:
      return value->get_bool();
    case base::json::kind::string:
      return !value->get_string().empty();
    case base::json::kind::array:
      return !value->get_array().empty();
    case base::json::kind::object:
      return !value->get_object().empty();
    default:
      return true;
  }
}

std::string WrittenText::plain() const {
  std::string result;
  for (const Run& run : runs) result += run.text;
  return result;
}

WrittenText write_text(const TemplateText& text, const Scope& scope, Missing missing) {
  WrittenText result;
  for (const Piece& piece : text) {
    if (piece.path.empty()) {
      result.runs.push_back({piece.literal, piece.bold, piece.italic});
      continue;
    }
    ++result.fields;
    std::string written;
    if (piece.path.size() == 1 && piece.path[0] == "index" && scope.index > 0) {
      written = std::to_string(scope.index);
    } else {
      written = text_of(scope.find(piece.path), piece.filter);
    }
    if (!written.empty()) {
      ++result.filled;
    } else if (missing == Missing::dots) {
      written = kDots;
    }
    result.runs.push_back({std::move(written), piece.bold, piece.italic});
  }
  return result;
}

}  // namespace documents::internal
