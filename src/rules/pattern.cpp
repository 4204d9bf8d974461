#include "rules/pattern.h"

#include <array>

#include <re2/re2.h>

namespace rules {

namespace {

constexpr std::size_t kPatternLengthMax = 4'096;
constexpr int kGroupsMax = 10;
constexpr int kDifferencesMax = 16;  // each is worked out character by character

bool is_space(char c) {
  return c == ' ' || c == '\t' || c == '\n' || c == '\r';
}

// What XPath writes and RE2 does not know; empty for what both write alike.
std::string_view block_class(std::string_view name) {
  struct Block {
    std::string_view name;
    std::string_view ranges;
  };
  static constexpr std::array<Block, 9> kBlocks{{
      {"IsBasicLatin", "\\x{0}-\\x{7F}"},
      {"IsLatin-1Supplement", "\\x{80}-\\x{FF}"},
      {"IsLatinExtended-A", "\\x{100}-\\x{17F}"},
      {"IsLatinExtended-B", "\\x{180}-\\x{24F}"},
      {"IsLatinExtendedAdditional", "\\x{1E00}-\\x{1EFF}"},
      {"IsCombiningDiacriticalMarks", "\\x{300}-\\x{36F}"},
      {"IsGreek", "\\x{370}-\\x{3FF}"},
      {"IsCyrillic", "\\x{400}-\\x{4FF}"},
      {"IsGeneralPunctuation", "\\x{2000}-\\x{206F}"},
  }};
  for (const Block& block : kBlocks) {
    if (block.name == name) return block.ranges;
  }
  return {};
}

// A pattern in the making; `at` is where the reading stands.
class Translation {
 public:
  Translation(std::string_view text, bool extended, bool dot_takes_lines)
      : text_(text), extended_(extended), dot_takes_lines_(dot_takes_lines) {}

  std::optional<std::string> run() {
    while (at_ < text_.size()) {
      const char c = text_[at_];
      if (c == '\\') {
        if (!escape(false)) return std::nullopt;
      } else if (c == '[') {
        std::optional<std::string> set = bracket(0);
        if (!set) return std::nullopt;
        result_ += *set;
      } else if (extended_ && is_space(c)) {
        ++at_;
      } else if (text_.substr(at_, 2) == "(?" && text_.substr(at_, 3) != "(?:") {
        return std::nullopt;  // RE2's own extensions are not FEEL's
      } else if (c == '.' && !dot_takes_lines_) {
        result_ += "[^\\n\\r]";
        ++at_;
      } else {
        result_ += c;
        ++at_;
      }
    }
    return std::move(result_);
  }

 private:
  // At a backslash: copies or translates what it begins.
  bool escape(bool in_class) {
    if (at_ + 1 >= text_.size()) return false;
    char c = text_[at_ + 1];
    // With the flag x the space between a backslash and its letter does not count either.
    std::size_t letter = at_ + 1;
    if (extended_ && !in_class) {
      while (letter < text_.size() && is_space(text_[letter])) ++letter;
      if (letter >= text_.size()) return false;
      c = text_[letter];
    }
    at_ = letter + 1;
    if (c >= '0' && c <= '9') return false;  // a reference back
    if (c == 'p' || c == 'P') return property(c, in_class);
    static constexpr std::string_view kKnown = "nrtdDsSwW\\|.-^?*+{}()[]$";
    if (c == 'i' || c == 'c') {
      const std::string_view set = c == 'i' ? "\\pL_:" : "\\pL\\p{Nd}\\pM_:.\\-";
      result_ += in_class ? std::string{set} : "[" + std::string{set} + "]";
      return true;
    }
    if (kKnown.find(c) == std::string_view::npos) return false;
    result_ += '\\';
    result_ += c;
    return true;
  }

  bool property(char letter, bool in_class) {
    const std::size_t close = text_.find('}', at_);
    if (at_ >= text_.size() || text_[at_] != '{' || close == std::string_view::npos) return false;
    std::string name;
    for (const char c : text_.substr(at_ + 1, close - at_ - 1)) {
      if (!extended_ || !is_space(c)) name += c;
    }
    at_ = close + 1;
    const std::string_view ranges = block_class(name);
    if (ranges.empty()) {
      result_ += std::string{"\\"} + letter + "{" + name + "}";
      return true;
    }
    if (in_class && letter == 'P') return false;
    result_ += in_class        ? std::string{ranges}
               : letter == 'p' ? "[" + std::string{ranges} + "]"
                               : "[^" + std::string{ranges} + "]";
    return true;
  }

  // At '[': one class, with what is subtracted from it.  `[a-[b]]` becomes a set difference, which
  // RE2 can only say for single characters: (?:[a]) minus b is written as the class without b.
  std::optional<std::string> bracket(int depth) {
    if (depth > 8) return std::nullopt;
    ++at_;
    std::string outer;
    std::swap(outer, result_);
    bool negated = false;
    if (at_ < text_.size() && text_[at_] == '^') {
      negated = true;
      ++at_;
    }
    std::optional<std::string> subtracted;
    bool first = true;
    for (;; first = false) {
      if (at_ >= text_.size()) return std::nullopt;
      const char c = text_[at_];
      if (c == ']' && !first) break;
      if (c == '-' && text_.substr(at_, 2) == "-[") {
        if (++differences_ > kDifferencesMax) return std::nullopt;
        ++at_;
        subtracted = bracket(depth + 1);
        if (!subtracted || at_ >= text_.size() || text_[at_] != ']') return std::nullopt;
        break;
      }
      if (c == '[' || c == ']') return std::nullopt;
      if (c == '\\') {
        if (!escape(true)) return std::nullopt;
        continue;
      }
      result_ += c;
      ++at_;
    }
    ++at_;
    const std::string own = std::string{negated ? "[^" : "["} + result_ + "]";
    result_ = outer;
    if (!subtracted) return own;
    return difference(own, *subtracted);
  }

  // The characters of the basic plane that are in one class and not in the other, as one class.
  static std::optional<std::string> difference(const std::string& from, const std::string& taken) {
    const re2::RE2 in{"^(?:" + from + ")$", re2::RE2::Quiet};
    const re2::RE2 out{"^(?:" + taken + ")$", re2::RE2::Quiet};
    if (!in.ok() || !out.ok()) return std::nullopt;
    std::string set;
    for (unsigned c = 1; c < 0x250; ++c) {
      std::string character;
      if (c < 0x80) {
        character += static_cast<char>(c);
      } else {
        character += static_cast<char>(0xC0U | (c >> 6U));
        character += static_cast<char>(0x80U | (c & 0x3FU));
      }
      if (!re2::RE2::FullMatch(character, in) || re2::RE2::FullMatch(character, out)) continue;
      std::array<char, 16> hex{};
      std::snprintf(hex.data(), hex.size(), "\\x{%X}", c);
      set += hex.data();
    }
    return set.empty() ? std::string{"[^\\x{0}-\\x{10FFFF}]"} : "[" + set + "]";
  }

  std::string_view text_;
  bool extended_;
  bool dot_takes_lines_;
  std::size_t at_ = 0;
  int differences_ = 0;
  std::string result_;
};

// The replacement with its groups: text, group, text, group ...
struct Piece {
  std::string text;
  int group = -1;
};

std::optional<std::vector<Piece>> pieces_of(std::string_view replacement, int groups) {
  std::vector<Piece> pieces(1);
  for (std::size_t i = 0; i < replacement.size(); ++i) {
    const char c = replacement[i];
    if (c == '\\') {
      if (i + 1 >= replacement.size()) return std::nullopt;
      const char next = replacement[++i];
      if (next != '\\' && next != '$') return std::nullopt;
      pieces.back().text += next;
    } else if (c == '$') {
      if (i + 1 >= replacement.size() || replacement[i + 1] < '0' || replacement[i + 1] > '9') {
        return std::nullopt;
      }
      const int group = replacement[++i] - '0';
      pieces.back().group = group <= groups ? group : -1;
      pieces.emplace_back();
    } else {
      pieces.back().text += c;
    }
  }
  return pieces;
}

// The parts of a pattern that stand for one character, by what RE2 makes of them.
class CompiledTest : public BackReferencePattern::CharacterTest {
 public:
  explicit CompiledTest(const std::string& pattern) : compiled_(pattern, re2::RE2::Quiet) {}
  [[nodiscard]] bool ok() const { return compiled_.ok(); }
  [[nodiscard]] bool admits(std::string_view character) const override {
    return re2::RE2::FullMatch(re2::StringPiece{character.data(), character.size()}, compiled_);
  }

 private:
  re2::RE2 compiled_;
};

std::unique_ptr<BackReferencePattern::CharacterTest> test_of(std::string_view atom,
                                                             std::string_view flags) {
  const bool dot_takes_lines = flags.find('s') != std::string_view::npos;
  const std::optional<std::string> body = Translation{atom, false, dot_takes_lines}.run();
  if (!body) return nullptr;
  const bool caseless = flags.find('i') != std::string_view::npos;
  auto test = std::make_unique<CompiledTest>((caseless ? "(?is)" : "(?s)") + *body);
  return test->ok() ? std::move(test) : nullptr;
}

}  // namespace

std::optional<Pattern> Pattern::parse(std::string_view text, std::string_view flags) {
  if (text.size() > kPatternLengthMax) return std::nullopt;
  std::string prefix;
  bool extended = false;
  bool literal = false;
  for (const char flag : flags) {
    if (flag == 's' || flag == 'm' || flag == 'i') {
      if (prefix.find(flag) == std::string::npos) prefix += flag;
    } else if (flag == 'x') {
      extended = true;
    } else if (flag == 'q') {
      literal = true;
    } else {
      return std::nullopt;
    }
  }
  Pattern pattern;
  pattern.literal_ = literal;
  if (!literal && BackReferencePattern::has_reference(text)) {
    std::string body{text};
    if (extended) std::erase_if(body, is_space);
    pattern.referring_ = BackReferencePattern::parse(body, prefix, test_of);
    return pattern.referring_ == nullptr ? std::nullopt : std::optional{std::move(pattern)};
  }
  std::optional<std::string> body =
      literal ? re2::RE2::QuoteMeta(re2::StringPiece{text.data(), text.size()})
              : Translation{text, extended, prefix.find('s') != std::string::npos}.run();
  if (!body) return std::nullopt;
  re2::RE2::Options options{re2::RE2::Quiet};
  options.set_max_mem(8 << 20);
  const std::string full = prefix.empty() ? *body : "(?" + prefix + ")" + *body;
  auto compiled = std::make_shared<const re2::RE2>(full, options);
  if (!compiled->ok()) return std::nullopt;
  pattern.compiled_ = std::move(compiled);
  return pattern;
}

std::size_t Pattern::size() const {
  return compiled_ == nullptr ? 1'000 : static_cast<std::size_t>(compiled_->ProgramSize());
}

Pattern::Found Pattern::find(std::string_view input, std::size_t from, Groups& groups) const {
  if (referring_ != nullptr) return referring_->find(input, from, groups);
  std::array<re2::StringPiece, kGroupsMax> found;
  const int wanted = std::min(compiled_->NumberOfCapturingGroups() + 1, kGroupsMax);
  const re2::StringPiece whole{input.data(), input.size()};
  if (!compiled_->Match(whole, from, input.size(), re2::RE2::UNANCHORED, found.data(), wanted)) {
    return Found::no;
  }
  groups = {};
  for (std::size_t i = 0; i < found.size(); ++i) {
    if (found[i].data() == nullptr) continue;
    const auto start = static_cast<std::size_t>(found[i].data() - input.data());
    groups[i] = {start, start + found[i].size()};
  }
  return Found::yes;
}

std::optional<bool> Pattern::is_in(std::string_view input) const {
  if (compiled_ != nullptr) {
    return re2::RE2::PartialMatch(re2::StringPiece{input.data(), input.size()}, *compiled_);
  }
  Groups groups;
  const Found found = find(input, 0, groups);
  return found == Found::gave_up ? std::nullopt : std::optional{found == Found::yes};
}

std::optional<std::string> Pattern::replaced(std::string_view input, std::string_view replacement,
                                             std::size_t length_max) const {
  if (is_in("") != false) return std::nullopt;
  const int groups =
      referring_ != nullptr ? referring_->group_count() : compiled_->NumberOfCapturingGroups();
  std::optional<std::vector<Piece>> pieces;
  if (literal_) {
    pieces = std::vector<Piece>{{std::string{replacement}, -1}};
  } else {
    pieces = pieces_of(replacement, groups);
  }
  if (!pieces) return std::nullopt;
  std::string result;
  std::size_t at = 0;
  Groups found;
  while (at <= input.size()) {
    const Found outcome = find(input, at, found);
    if (outcome == Found::gave_up) return std::nullopt;
    if (outcome == Found::no) break;
    result += input.substr(at, found[0].start - at);
    for (const Piece& piece : *pieces) {
      result += piece.text;
      if (piece.group < 0 || piece.group >= kGroupsMax) continue;
      const BackReferencePattern::Span& group = found[static_cast<std::size_t>(piece.group)];
      if (group.start == std::string_view::npos) continue;
      result += input.substr(group.start, group.end - group.start);
    }
    at = found[0].end;
    if (found[0].start == found[0].end) {
      if (at < input.size()) result += input[at];
      ++at;
    }
    if (result.size() > length_max) return std::nullopt;
  }
  if (at < input.size()) result += input.substr(at);
  return result;
}

std::optional<std::vector<std::string>> Pattern::split(std::string_view input,
                                                       std::size_t count_max) const {
  if (is_in("") != false) return std::nullopt;
  std::vector<std::string> parts;
  std::size_t part_start = 0;
  std::size_t at = 0;
  Groups found;
  while (at <= input.size()) {
    const Found outcome = find(input, at, found);
    if (outcome == Found::gave_up) return std::nullopt;
    if (outcome == Found::no) break;
    if (found[0].start == found[0].end) {
      at = found[0].start + 1;
      continue;
    }
    parts.emplace_back(input.substr(part_start, found[0].start - part_start));
    part_start = at = found[0].end;
    if (parts.size() > count_max) return std::nullopt;
  }
  parts.emplace_back(input.substr(part_start));
  return parts;
}

}  // namespace rules
