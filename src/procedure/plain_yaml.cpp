#include "procedure/plain_yaml.h"

#include <algorithm>
#include <array>
#include <utility>
#include <vector>

namespace procedure {
namespace {

constexpr std::size_t kDepthMax = 22;
constexpr std::size_t kPartsMax = 50'000;

struct Line {
  std::string_view text;  // without indentation and trailing spaces
  std::size_t indent = 0;
  int number = 0;
};

bool is_key_character(char c) {
  return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '_' ||
         c == '.' || c == '-';
}

bool begins_plain(char c) {
  const auto byte = static_cast<unsigned char>(c);
  return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '_' ||
         c == '(' || c == '/' || c == '+' || c == '$' || byte >= 0x80;
}

bool is_null(std::string_view text) {
  return text == "~" || text == "null" || text == "Null" || text == "NULL";
}

std::string_view trimmed(std::string_view text) {
  while (!text.empty() && text.back() == ' ') text.remove_suffix(1);
  return text;
}

// Nothing, or a comment.
bool is_over(std::string_view rest) {
  const std::size_t at = rest.find_first_not_of(' ');
  return at == std::string_view::npos || (at > 0 && rest[at] == '#');
}

class PlainReader {
 public:
  std::optional<Tree> read(std::string_view text) {
    if (!split(text) || lines_.empty() || lines_.front().indent != 0) return std::nullopt;
    Tree root;
    if (!block(root, 0, 0) || !root.is_map() || at_ != lines_.size()) return std::nullopt;
    return root;
  }

 private:
  bool split(std::string_view text) {
    int number = 0;
    for (std::size_t begin = 0; begin < text.size();) {
      std::size_t end = text.find('\n', begin);
      if (end == std::string_view::npos) end = text.size();
      std::string_view line = text.substr(begin, end - begin);
      begin = end + 1;
      ++number;
      const bool control = std::ranges::any_of(
          line, [](char c) { return static_cast<unsigned char>(c) < 0x20 || c == 0x7F; });
      if (control || line.starts_with("\xEF\xBB\xBF") || line.starts_with("---") ||
          line.starts_with("...")) {
        return false;
      }
      const std::size_t indent = line.find_first_not_of(' ');
      if (indent == std::string_view::npos || line[indent] == '#') continue;
      lines_.push_back({trimmed(line.substr(indent)), indent, number});
    }
    return true;
  }

  [[nodiscard]] bool more() const { return at_ < lines_.size(); }
  static bool is_item(std::string_view text) { return text == "-" || text.starts_with("- "); }

  // "key:" or "key: value"; the length of the key, 0 when it is neither.
  static std::size_t key_length(std::string_view text) {
    std::size_t end = 0;
    while (end < text.size() && is_key_character(text[end])) ++end;
    if (end == 0 || text.front() == '-' || end == text.size() || text[end] != ':') return 0;
    return end + 1 == text.size() || text[end + 1] == ' ' ? end : 0;
  }

  // What begins at the line at_, which has this indentation.
  bool block(Tree& out, std::size_t indent, std::size_t depth) {
    if (depth > kDepthMax || ++parts_ > kPartsMax) return false;
    return is_item(lines_[at_].text) ? list(out, indent, depth) : map(out, indent, depth);
  }

  bool list(Tree& out, std::size_t indent, std::size_t depth) {
    out = Tree::list();
    out.line = lines_[at_].number;
    while (more() && lines_[at_].indent == indent && is_item(lines_[at_].text)) {
      Line& line = lines_[at_];
      const std::size_t offset = line.text.find_first_not_of(' ', 1);
      Tree& item = out.items.emplace_back();
      if (offset == std::string_view::npos) {
        ++at_;
        if (!more() || lines_[at_].indent <= indent) return false;
        if (!block(item, lines_[at_].indent, depth + 1)) return false;
        continue;
      }
      // The rest of the line is a line of its own, further in.
      const std::string_view rest = line.text.substr(offset);
      if (is_item(rest)) return false;
      if (key_length(rest) > 0) {
        line.text = rest;
        line.indent = indent + offset;
        if (++parts_ > kPartsMax || depth + 1 > kDepthMax) return false;
        if (!map(item, line.indent, depth + 1)) return false;
        continue;
      }
      const int number = line.number;
      ++at_;
      if (!scalar_or_flow(item, rest, number, depth + 1) || goes_on(indent)) return false;
    }
    return !more() || lines_[at_].indent <= indent;
  }

  bool map(Tree& out, std::size_t indent, std::size_t depth) {
    out = Tree::map();
    out.line = lines_[at_].number;
    while (more() && lines_[at_].indent == indent && !is_item(lines_[at_].text)) {
      const Line line = lines_[at_];
      const std::size_t length = key_length(line.text);
      if (length == 0) return false;
      std::string key{line.text.substr(0, length)};
      if (std::ranges::find(out.keys, key) != out.keys.end()) return false;
      out.keys.push_back(std::move(key));
      Tree& value = out.items.emplace_back();
      ++at_;
      const std::string_view rest = line.text.substr(length + 1);
      if (is_over(rest)) {
        const bool deeper = more() && lines_[at_].indent > indent;
        const bool beside = more() && lines_[at_].indent == indent && is_item(lines_[at_].text);
        if (deeper || beside) {
          if (!block(value, lines_[at_].indent, depth + 1)) return false;
        } else {
          value.line = line.number;
        }
        continue;
      }
      const std::size_t offset = rest.find_first_not_of(' ');
      if (!scalar_or_flow(value, rest.substr(offset), line.number, depth + 1) || goes_on(indent)) {
        return false;
      }
    }
    return !more() || lines_[at_].indent <= indent;
  }

  // Would the next line belong to the scalar before it?
  [[nodiscard]] bool goes_on(std::size_t indent) const {
    return more() && lines_[at_].indent > indent;
  }

  bool scalar_or_flow(Tree& out, std::string_view text, int number, std::size_t depth) {
    if (++parts_ > kPartsMax || depth > kDepthMax) return false;
    number_ = number;
    std::size_t at = 0;
    const char first = text.front();
    if (first == '"' || first == '\'') {
      return quoted(out, text, at) && is_over(text.substr(at));
    }
    if (first == '{' || first == '[') {
      return flow(out, text, at, depth) && is_over(text.substr(at));
    }
    std::string_view plain = text;
    if (const std::size_t comment = plain.find(" #"); comment != std::string_view::npos) {
      plain = trimmed(plain.substr(0, comment));
    }
    const bool negative = first == '-' && plain.size() > 1 && plain[1] >= '0' && plain[1] <= '9';
    if (plain.empty() || (!begins_plain(first) && !negative) || plain.back() == ':' ||
        plain.find(": ") != std::string_view::npos) {
      return false;
    }
    set_plain(out, plain);
    return true;
  }

  void set_plain(Tree& out, std::string_view plain) const {
    if (!is_null(plain)) out = Tree::scalar(std::string{plain}, false);
    out.line = number_;
  }

  bool quoted(Tree& out, std::string_view text, std::size_t& at) const {
    std::string value;
    const char mark = text[at++];
    while (at < text.size()) {
      const char c = text[at++];
      if (c == mark) {
        if (mark == '"' || at == text.size() || text[at] != '\'') {
          out = Tree::scalar(std::move(value), true);
          out.line = number_;
          return true;
        }
        ++at;  // two of them are one
        value.push_back('\'');
      } else if (c == '\\' && mark == '"') {
        if (at == text.size() || !escape(text[at++], value)) return false;
      } else {
        value.push_back(c);
      }
    }
    return false;
  }

  static bool escape(char c, std::string& value) {
    switch (c) {
      case '"':
      case '\\':
        value.push_back(c);
        return true;
      case 'n':
        value.push_back('\n');
        return true;
      case 't':
        value.push_back('\t');
        return true;
      case 'r':
        value.push_back('\r');
        return true;
      default:
        return false;
    }
  }

  static void skip(std::string_view text, std::size_t& at) {
    while (at < text.size() && text[at] == ' ') ++at;
  }

  // A map or list at text[at], on this line to its end.
  bool flow(Tree& out, std::string_view text, std::size_t& at, std::size_t depth) {
    if (depth > kDepthMax) return false;
    const bool is_map = text[at++] == '{';
    const char end = is_map ? '}' : ']';
    out = is_map ? Tree::map() : Tree::list();
    out.line = number_;
    skip(text, at);
    if (at < text.size() && text[at] == end) {
      ++at;
      return true;
    }
    while (at < text.size()) {
      if (is_map && !flow_key(out, text, at)) return false;
      if (!flow_value(out.items.emplace_back(), text, at, depth + 1)) return false;
      skip(text, at);
      if (at == text.size()) return false;
      const char next = text[at++];
      if (next == end) return true;
      if (next != ',') return false;
      skip(text, at);
    }
    return false;
  }

  static bool flow_key(Tree& out, std::string_view text, std::size_t& at) {
    const std::size_t begin = at;
    while (at < text.size() && is_key_character(text[at])) ++at;
    if (at == begin || text[begin] == '-' || at + 1 >= text.size() || text[at] != ':' ||
        text[at + 1] != ' ') {
      return false;
    }
    std::string key{text.substr(begin, at - begin)};
    if (std::ranges::find(out.keys, key) != out.keys.end()) return false;
    out.keys.push_back(std::move(key));
    ++at;
    skip(text, at);
    return true;
  }

  bool flow_value(Tree& out, std::string_view text, std::size_t& at, std::size_t depth) {
    if (at == text.size() || ++parts_ > kPartsMax) return false;
    const char first = text[at];
    if (first == '"' || first == '\'') return quoted(out, text, at);
    if (first == '{' || first == '[') return flow(out, text, at, depth);
    const std::size_t begin = at;
    while (at < text.size() && std::string_view{",[]{}"}.find(text[at]) == std::string_view::npos) {
      ++at;
    }
    const std::string_view plain = trimmed(text.substr(begin, at - begin));
    const bool negative = first == '-' && plain.size() > 1 && plain[1] >= '0' && plain[1] <= '9';
    if (plain.empty() || (!begins_plain(first) && !negative) ||
        plain.find_first_of(":#?\"'") != std::string_view::npos) {
      return false;
    }
    set_plain(out, plain);
    return true;
  }

  std::vector<Line> lines_;
  std::size_t at_ = 0;
  std::size_t parts_ = 0;
  int number_ = 0;
};

}  // namespace

std::optional<Tree> read_plain_yaml(std::string_view text) {
  return PlainReader().read(text);
}

}  // namespace procedure
