#include "rules/back_reference.h"

#include <algorithm>
#include <functional>

#include "base/text.h"
#include "rules/name_table.h"

namespace rules {

namespace {

constexpr std::size_t kStepsMax = 200'000;
constexpr std::size_t kDepthMax = 2'000;
constexpr int kNestingMax = 50;
constexpr std::size_t kRepeatMax = 1'000;

bool is_digit(char c) {
  return c >= '0' && c <= '9';
}

}  // namespace

// Reads the pattern, outermost first: choice, sequence, repeat, atom.
class BackReferenceReader {
 public:
  using Pattern = BackReferencePattern;
  using Kind = Pattern::Node::Kind;

  BackReferenceReader(std::string_view text, std::string_view flags, Pattern::MakeTest make_test,
                      Pattern& pattern)
      : text_(text), flags_(flags), make_test_(make_test), pattern_(pattern) {}

  bool read() {
    pattern_.root_ = choice();
    return !failed_ && at_ == text_.size();
  }

 private:
  std::size_t add(Pattern::Node node) {
    pattern_.nodes_.push_back(std::move(node));
    return pattern_.nodes_.size() - 1;
  }
  std::size_t fail() {
    failed_ = true;
    return 0;
  }
  [[nodiscard]] bool at(char c) const { return at_ < text_.size() && text_[at_] == c; }

  std::size_t choice() {
    if (++depth_ > kNestingMax) return fail();
    Pattern::Node node;
    node.kind = Kind::choice;
    node.parts.push_back(sequence());
    while (!failed_ && at('|')) {
      ++at_;
      node.parts.push_back(sequence());
    }
    --depth_;
    return node.parts.size() == 1 ? node.parts.front() : add(std::move(node));
  }

  std::size_t sequence() {
    Pattern::Node node;
    node.kind = Kind::sequence;
    while (!failed_ && at_ < text_.size() && !at('|') && !at(')')) node.parts.push_back(repeat());
    return add(std::move(node));
  }

  std::optional<std::size_t> number() {
    const std::size_t start = at_;
    std::size_t value = 0;
    while (at_ < text_.size() && is_digit(text_[at_])) {
      value = std::min(value * 10 + static_cast<std::size_t>(text_[at_++] - '0'), kRepeatMax + 1);
    }
    return at_ == start ? std::nullopt : std::optional{value};
  }

  // What a `*`, `+`, `?` or `{n,m}` behind an atom says; false where there is none.
  bool quantifier(Pattern::Node& node) {
    if (at('*') || at('+') || at('?')) {
      node.least = at('+') ? 1 : 0;
      node.most = at('?') ? 1 : kRepeatMax;
      ++at_;
    } else if (at('{')) {
      ++at_;
      const auto least = number();
      auto most = least;
      if (at(',')) {
        ++at_;
        most = at('}') ? std::optional{kRepeatMax} : number();
      }
      if (!least || !most || *most > kRepeatMax || *least > *most || !at('}')) {
        fail();
        return false;
      }
      ++at_;
      node.least = *least;
      node.most = *most;
    } else {
      return false;
    }
    if (at('?')) {
      node.greedy = false;
      ++at_;
    }
    return true;
  }

  std::size_t repeat() {
    const std::size_t part = atom();
    Pattern::Node node;
    node.kind = Kind::repeat;
    node.parts.push_back(part);
    if (failed_ || !quantifier(node)) return part;
    return add(std::move(node));
  }

  std::size_t group() {
    ++at_;
    Pattern::Node node;
    node.kind = Kind::group;
    if (text_.substr(at_, 2) == "?:") {
      at_ += 2;
    } else if (at('?')) {
      return fail();
    } else {
      node.number = ++pattern_.group_count_;
      if (node.number > 9) return fail();
      open_.push_back(node.number);
    }
    node.parts.push_back(choice());
    if (!at(')')) return fail();
    ++at_;
    if (node.number != 0) open_.pop_back();
    return add(std::move(node));
  }

  // \1 is only meaningful behind the group.
  std::size_t reference() {
    Pattern::Node node;
    node.kind = Kind::reference;
    node.number = text_[at_ + 1] - '0';
    at_ += 2;
    const bool closed = node.number >= 1 && node.number <= pattern_.group_count_ &&
                        std::ranges::find(open_, node.number) == open_.end();
    return closed ? add(std::move(node)) : fail();
  }

  // The end of the atom that begins at `at_`: a class, an escape or one character.
  [[nodiscard]] std::size_t end_of_atom() const {
    if (text_[at_] == '\\') {
      const std::size_t letter = at_ + 1;
      if (letter >= text_.size()) return text_.size();
      if (text_[letter] != 'p' && text_[letter] != 'P') {
        return letter + character_at(text_, letter).length;
      }
      return std::min(text_.find('}', letter), text_.size() - 1) + 1;
    }
    if (text_[at_] != '[') return at_ + character_at(text_, at_).length;
    int depth = 0;
    for (std::size_t i = at_; i < text_.size(); ++i) {
      if (text_[i] == '\\') {
        ++i;
      } else if (text_[i] == '[') {
        ++depth;
      } else if (text_[i] == ']' && --depth == 0) {
        return i + 1;
      }
    }
    return text_.size();
  }

  std::size_t atom() {
    const char c = text_[at_];
    if (c == '(') return group();
    if (c == '^' || c == '$') {
      ++at_;
      Pattern::Node node;
      node.kind = c == '^' ? Kind::start : Kind::end;
      return add(std::move(node));
    }
    if (c == '\\' && at_ + 1 < text_.size() && is_digit(text_[at_ + 1])) return reference();
    if (std::string_view{"*+?{}"}.find(c) != std::string_view::npos) return fail();
    const std::size_t end = end_of_atom();
    Pattern::Node node;
    node.kind = Kind::character;
    node.test = make_test_(text_.substr(at_, end - at_), flags_);
    if (node.test == nullptr) return fail();
    at_ = end;
    return add(std::move(node));
  }

  std::string_view text_;
  std::string_view flags_;
  Pattern::MakeTest make_test_;
  Pattern& pattern_;
  std::size_t at_ = 0;
  int depth_ = 0;
  bool failed_ = false;
  std::vector<int> open_;  // groups around the place that is read
};

// One attempt at one input: `then` is what has to match behind a node.
class BackReferenceMatch {
 public:
  using Pattern = BackReferencePattern;
  using Kind = Pattern::Node::Kind;
  using Then = std::function<bool(std::size_t)>;

  BackReferenceMatch(const Pattern& pattern, std::string_view input, Pattern::Groups& groups)
      : pattern_(pattern), input_(input), groups_(groups) {}

  bool run(std::size_t from) {
    return match(pattern_.root_, from, [&](std::size_t end) {
      groups_[0] = {from, end};
      return true;
    });
  }
  [[nodiscard]] bool gave_up() const { return gave_up_; }

 private:
  bool match(std::size_t id, std::size_t at, const Then& then) {
    if (gave_up_ || ++steps_ > kStepsMax || depth_ > kDepthMax) {
      gave_up_ = true;
      return false;
    }
    ++depth_;
    const bool matched = dispatch(pattern_.nodes_[id], at, then);
    --depth_;
    return matched;
  }

  bool dispatch(const Pattern::Node& node, std::size_t at, const Then& then) {
    switch (node.kind) {
      case Kind::character: {
        if (at >= input_.size()) return false;
        const std::size_t length = character_at(input_, at).length;
        return node.test->admits(input_.substr(at, length)) && then(at + length);
      }
      case Kind::start:
        return (at == 0 || (pattern_.lines_ && input_[at - 1] == '\n')) && then(at);
      case Kind::end:
        return (at == input_.size() || (pattern_.lines_ && input_[at] == '\n')) && then(at);
      case Kind::reference:
        return refer(node, at, then);
      case Kind::group:
        return group(node, at, then);
      case Kind::sequence:
        return sequence(node, 0, at, then);
      case Kind::choice:
        return std::ranges::any_of(node.parts,
                                   [&](std::size_t part) { return match(part, at, then); });
      case Kind::repeat:
        return repeat(node, 0, at, then);
    }
    return false;
  }

  // A group that took no part matches the empty text.
  bool refer(const Pattern::Node& node, std::size_t at, const Then& then) {
    const Pattern::Span span = groups_[static_cast<std::size_t>(node.number)];
    if (span.start == std::string_view::npos) return then(at);
    const std::string_view wanted = input_.substr(span.start, span.end - span.start);
    const std::string_view here = input_.substr(at, wanted.size());
    steps_ += wanted.size() / 16;
    const bool same =
        here == wanted || (pattern_.caseless_ && base::to_lower(here) == base::to_lower(wanted));
    return same && then(at + wanted.size());
  }

  bool group(const Pattern::Node& node, std::size_t at, const Then& then) {
    if (node.number == 0) return match(node.parts.front(), at, then);
    Pattern::Span& span = groups_[static_cast<std::size_t>(node.number)];
    const Pattern::Span before = span;
    const bool matched = match(node.parts.front(), at, [&](std::size_t end) {
      const Pattern::Span inner = span;
      span = {at, end};
      if (then(end)) return true;
      span = inner;
      return false;
    });
    if (!matched) span = before;
    return matched;
  }

  bool sequence(const Pattern::Node& node, std::size_t index, std::size_t at, const Then& then) {
    if (index == node.parts.size()) return then(at);
    return match(node.parts[index], at,
                 [&](std::size_t end) { return sequence(node, index + 1, end, then); });
  }

  bool repeat(const Pattern::Node& node, std::size_t count, std::size_t at, const Then& then) {
    const auto once_more = [&] {
      return count < node.most && match(
                                      node.parts.front(), at,
                                      [&](std::size_t end) {
                                        // What takes nothing is not tried for ever.
                                        return (end != at || count < node.least) &&
                                               repeat(node, count + 1, end, then);
                                      });
    };
    if (count < node.least) return once_more();
    return node.greedy ? once_more() || then(at) : then(at) || once_more();
  }

  const Pattern& pattern_;
  std::string_view input_;
  Pattern::Groups& groups_;
  std::size_t steps_ = 0;
  std::size_t depth_ = 0;
  bool gave_up_ = false;
};

std::shared_ptr<const BackReferencePattern> BackReferencePattern::parse(std::string_view text,
                                                                        std::string_view flags,
                                                                        MakeTest make_test) {
  auto pattern = std::make_shared<BackReferencePattern>();
  pattern->caseless_ = flags.find('i') != std::string_view::npos;
  pattern->lines_ = flags.find('m') != std::string_view::npos;
  if (!BackReferenceReader{text, flags, make_test, *pattern}.read()) return nullptr;
  return pattern;
}

bool BackReferencePattern::has_reference(std::string_view text) {
  for (std::size_t i = 0; i + 1 < text.size(); ++i) {
    if (text[i] != '\\') continue;
    if (text[i + 1] >= '1' && text[i + 1] <= '9') return true;
    ++i;
  }
  return false;
}

BackReferencePattern::Found BackReferencePattern::find(std::string_view input, std::size_t from,
                                                       Groups& groups) const {
  for (std::size_t at = from; at <= input.size();
       at += at < input.size() ? character_at(input, at).length : 1) {
    // The work is bounded for all starts together.
    if (at - from > kStepsMax / 16) return Found::gave_up;
    groups = {};
    BackReferenceMatch attempt{*this, input, groups};
    if (attempt.run(at)) return Found::yes;
    if (attempt.gave_up()) return Found::gave_up;
  }
  return Found::no;
}

}  // namespace rules
