#include "bpmn/condition_dialect.h"

#include <array>
#include <utility>
#include <vector>

namespace bpmn {
namespace {

constexpr std::size_t kTextMax = 4'096;
constexpr int kDepthMax = 50;

enum class TokenKind { name, number, text, sign };

struct Token {
  TokenKind kind = TokenKind::sign;
  std::string text;  // of a text: without its quotation marks, as FEEL writes it within its own
};

bool is_space(char c) {
  return c == ' ' || c == '\t' || c == '\n' || c == '\r';
}
bool is_digit(char c) {
  return c >= '0' && c <= '9';
}
// Letters of other alphabets come as bytes above 127.
bool is_letter(char c) {
  return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == '_' ||
         static_cast<unsigned char>(c) > 127;
}

std::string_view trimmed(std::string_view text) {
  while (!text.empty() && is_space(text.front())) text.remove_prefix(1);
  while (!text.empty() && is_space(text.back())) text.remove_suffix(1);
  return text;
}

// "${...}" without its brackets; false where there is more than one of them.
bool unwrap(std::string_view& text) {
  text = trimmed(text);
  if (!text.starts_with("${") && !text.starts_with("#{")) return true;
  if (!text.ends_with('}')) return false;
  text = trimmed(text.substr(2, text.size() - 3));
  return text.find("${") == std::string_view::npos && text.find("#{") == std::string_view::npos;
}

class Scanner {
 public:
  explicit Scanner(std::string_view text) : text_(text) {}

  std::optional<std::vector<Token>> scan() {
    std::vector<Token> tokens;
    while (true) {
      while (at_ < text_.size() && is_space(text_[at_])) ++at_;
      if (at_ == text_.size()) return tokens;
      std::optional<Token> token = next();
      if (!token) return std::nullopt;
      tokens.push_back(std::move(*token));
    }
  }

 private:
  std::optional<Token> next() {
    const char c = text_[at_];
    if (c == '\'' || c == '"') return quoted(c);
    const std::size_t from = at_;
    if (is_letter(c)) {
      while (at_ < text_.size() && (is_letter(text_[at_]) || is_digit(text_[at_]))) ++at_;
      return Token{TokenKind::name, std::string{text_.substr(from, at_ - from)}};
    }
    if (is_digit(c)) {
      while (at_ < text_.size() && (is_digit(text_[at_]) || text_[at_] == '.')) ++at_;
      return Token{TokenKind::number, std::string{text_.substr(from, at_ - from)}};
    }
    for (const std::string_view sign : {"==", "!=", "<=", ">=", "&&", "||"}) {
      if (!text_.substr(at_).starts_with(sign)) continue;
      at_ += sign.size();
      return Token{TokenKind::sign, std::string{sign}};
    }
    constexpr std::string_view kSigns = "=<>!()+-*/.:";
    if (kSigns.find(c) == std::string_view::npos) return std::nullopt;
    ++at_;
    return Token{TokenKind::sign, std::string(1, c)};
  }

  std::optional<Token> quoted(char mark) {
    Token token{TokenKind::text, {}};
    for (++at_; at_ < text_.size(); ++at_) {
      char c = text_[at_];
      if (c == mark) {
        ++at_;
        return token;
      }
      if (c == '\\') {
        if (++at_ == text_.size()) return std::nullopt;
        c = text_[at_];
        if (c != '\\' && c != '\'' && c != '"') return std::nullopt;
      }
      if (c == '"' || c == '\\') token.text += '\\';
      token.text += c;
    }
    return std::nullopt;
  }

  std::string_view text_;
  std::size_t at_ = 0;
};

// or, and, comparison, sum, product, unary, primary: the order of both languages and of FEEL.
class Translator {
 public:
  explicit Translator(std::vector<Token> tokens) : tokens_(std::move(tokens)) {}

  std::optional<std::string> translate() {
    std::optional<std::string> feel = either();
    return at_ == tokens_.size() ? feel : std::nullopt;
  }

 private:
  using Feel = std::optional<std::string>;

  bool is(std::string_view text) const {
    return at_ < tokens_.size() && tokens_[at_].kind != TokenKind::text &&
           tokens_[at_].text == text;
  }
  bool take(std::string_view text) {
    if (!is(text)) return false;
    ++at_;
    return true;
  }

  Feel either() {
    Feel left = both();
    while (left && (take("||") || take("or"))) {
      const Feel right = both();
      left = right ? Feel{*left + " or " + *right} : std::nullopt;
    }
    return left;
  }

  Feel both() {
    Feel left = compared();
    while (left && (take("&&") || take("and"))) {
      const Feel right = compared();
      left = right ? Feel{*left + " and " + *right} : std::nullopt;
    }
    return left;
  }

  // One comparison: what several in a row mean, the languages do not agree on.
  Feel compared() {
    static constexpr std::array<std::pair<std::string_view, std::string_view>, 13> kSigns{
        {{"==", "="},
         {"=", "="},
         {"eq", "="},
         {"!=", "!="},
         {"ne", "!="},
         {"<=", "<="},
         {"le", "<="},
         {">=", ">="},
         {"ge", ">="},
         {"<", "<"},
         {"lt", "<"},
         {">", ">"},
         {"gt", ">"}}};
    Feel left = sum();
    if (!left) return left;
    for (const auto& [sign, feel] : kSigns) {
      if (!take(sign)) continue;
      const Feel right = sum();
      return right ? Feel{*left + " " + std::string{feel} + " " + *right} : std::nullopt;
    }
    return left;
  }

  Feel sum() {
    Feel left = product();
    while (left && (is("+") || is("-"))) {
      const std::string sign = tokens_[at_++].text;
      const Feel right = product();
      left = right ? Feel{*left + " " + sign + " " + *right} : std::nullopt;
    }
    return left;
  }

  Feel product() {
    Feel left = unary();
    while (left && (is("*") || is("/") || is("div"))) {
      const bool times = is("*");
      ++at_;
      const Feel right = unary();
      left = right ? Feel{*left + (times ? " * " : " / ") + *right} : std::nullopt;
    }
    return left;
  }

  Feel unary() {
    if (++depth_ > kDepthMax) return std::nullopt;
    Feel feel;
    if (take("!") || take("not")) {
      feel = unary();
      if (feel) feel = "not(" + *feel + ")";
    } else if (take("empty")) {
      const Feel what = unary();
      if (what) feel = "(" + *what + " = null or " + *what + " = \"\" or " + *what + " = [])";
    } else if (take("-")) {
      feel = unary();
      if (feel) feel = "-" + *feel;
    } else {
      feel = primary();
    }
    --depth_;
    return feel;
  }

  Feel primary() {
    if (at_ == tokens_.size()) return std::nullopt;
    if (take("(")) {
      const Feel inner = either();
      return inner && take(")") ? Feel{"(" + *inner + ")"} : std::nullopt;
    }
    const Token& token = tokens_[at_];
    if (token.kind == TokenKind::sign) return std::nullopt;
    if (token.kind == TokenKind::name) return name();
    ++at_;
    return token.kind == TokenKind::text ? "\"" + token.text + "\"" : token.text;
  }

  static bool is_operator(std::string_view word) {
    for (const std::string_view one :
         {"and", "or", "not", "empty", "eq", "ne", "lt", "le", "gt", "ge", "div", "mod"}) {
      if (word == one) return true;
    }
    return false;
  }

  // A variable, of several words perhaps; a path; or getDataObject('variable').
  Feel name() {
    std::string feel;
    do {
      std::string part;
      while (at_ < tokens_.size() && tokens_[at_].kind == TokenKind::name &&
             !is_operator(tokens_[at_].text)) {
        part += (part.empty() ? "" : " ") + tokens_[at_++].text;
      }
      if (part.empty()) return std::nullopt;
      feel += (feel.empty() ? "" : ".") + part;
    } while (take("."));
    if (take(":")) {
      if (!is("getDataObject")) return std::nullopt;
      feel = tokens_[at_++].text;
    }
    if (!take("(")) return feel;
    if (feel != "getDataObject" || at_ == tokens_.size()) return std::nullopt;
    const Token variable = tokens_[at_++];
    if (variable.kind != TokenKind::text || variable.text.empty() || !take(")"))
      return std::nullopt;
    for (const char c : variable.text) {
      if (!is_letter(c) && !is_digit(c) && c != ' ') return std::nullopt;
    }
    return variable.text;
  }

  std::vector<Token> tokens_;
  std::size_t at_ = 0;
  int depth_ = 0;
};

}  // namespace

std::optional<std::string> feel_of_condition(std::string_view text) {
  if (text.size() > kTextMax || !unwrap(text)) return std::nullopt;
  std::optional<std::vector<Token>> tokens = Scanner{text}.scan();
  if (!tokens || tokens->empty()) return std::nullopt;
  return Translator{std::move(*tokens)}.translate();
}

}  // namespace bpmn
