#include "catalogue/fee_text.h"

#include <algorithm>

#include <re2/re2.h>

#include "base/text.h"
#include "catalogue/page_text.h"

namespace catalogue {
namespace {

constexpr std::string_view kFree = "Miễn phí";
constexpr std::string_view kUnstated = "Không có thông tin";

re2::StringPiece piece(std::string_view text) {
  return {text.data(), text.size()};
}
std::string_view view(const re2::StringPiece& text) {
  return {text.data(), text.size()};
}

// Where the bracket that opens at 0 closes, or nothing.  The notes are people's texts, with
// brackets of their own that need not match, and lists "a) …"; the end of the column shows in that
// the next column follows without a space.
std::optional<std::size_t> end_of_note(std::string_view text) {
  int depth = 0;
  std::optional<std::size_t> balanced;
  std::optional<std::size_t> glued;
  for (std::size_t at = 0; at < text.size(); ++at) {
    if (text[at] == '(') ++depth;
    if (text[at] != ')') continue;
    // "a)" or "1)" of a list is no closing bracket.
    const Character last = character_before(text, at);
    const Character before = character_before(text, at - std::min(at, last.size));
    const bool listed = at > 2 && (is_digit(last.value) || is_letter(last.value)) &&
                        (is_space(before.value) || before.value == ';' || before.value == ':' ||
                         before.value == '-' || before.value == '+');
    if (listed) continue;
    --depth;
    const Character next = character_at(text, at + 1);
    const bool at_border = next.size == 0 || is_letter(next.value) || is_digit(next.value) ||
                           next.value == '-' || next.value == '+' || next.value == '*' ||
                           next.value == '(';
    if (depth <= 0 && !balanced) balanced = at;
    if (at_border && !glued) glued = at;
    if (depth <= 0 && at_border) return at + 1;
  }
  if (balanced) return *balanced + 1;
  if (glued) return *glued + 1;
  return std::nullopt;
}

std::string currency_of(std::string_view published) {
  const std::string name = base::fold_for_search(published);
  if (name == "vnd" || name == "viet nam dong" || name == "dong" || name == "dong viet nam") {
    return "VND";
  }
  if (name == "do la my") return "USD";
  if (name == "euro") return "EUR";
  return std::string{published};
}

StatedFee fee_of(const FeeHead& head, std::string_view note, std::string_view raw) {
  StatedFee fee;
  fee.kind = head.kind;
  fee.note = one_line(note);
  if (fee.note.starts_with('(') && fee.note.ends_with(')') &&
      fee.note.find('(', 1) == std::string::npos) {
    fee.note = fee.note.substr(1, fee.note.size() - 2);
  }
  fee.raw = std::string{raw};
  if (head.kind == FeeKind::amount) {
    fee.currency = currency_of(head.currency);
    fee.understood = is_amount(head.number);
    if (fee.understood) fee.amount = amount_of(head.number);
  } else if (head.kind == FeeKind::free && names_a_tariff(fee.note)) {
    fee.kind = FeeKind::by_rule;
  }
  return fee;
}

}  // namespace

bool is_amount(std::string_view number) {
  static const RE2 plain(R"([1-9]\d{0,14})");
  static const RE2 grouped(R"([1-9]\d{0,2}(?:,\d{3}){1,4}(?:\.\d{1,2})?)");
  return RE2::FullMatch(piece(number), plain) || RE2::FullMatch(piece(number), grouped);
}

std::int64_t amount_of(std::string_view number) {
  std::int64_t amount = 0;
  for (const char c : number) {
    if (c == '.') break;
    if (c != ',') amount = amount * 10 + (c - '0');
  }
  return amount;
}

std::optional<FeeHead> fee_head(std::string_view text) {
  if (text.starts_with(kFree)) return FeeHead{FeeKind::free, {}, {}, kFree.size()};
  if (text.starts_with(kUnstated)) return FeeHead{FeeKind::unstated, {}, {}, kUnstated.size()};
  static const RE2 amount(
      R"(^(\d[\d,.]{0,20}) ?(VNĐ|VND|vnđ|Việt Nam Đồng|Việt Nam đồng|Đồng|đồng|Đô la Mỹ|Euro|[A-Z]{3}))");
  re2::StringPiece number;
  re2::StringPiece currency;
  if (!RE2::PartialMatch(piece(text), amount, &number, &currency)) return std::nullopt;
  const auto size = static_cast<std::size_t>(currency.data() - text.data()) + currency.size();
  return FeeHead{FeeKind::amount, view(number), view(currency), size};
}

std::vector<StatedFee> read_fees(std::string_view cell, std::string_view& rest) {
  std::vector<StatedFee> fees;
  rest = cell;
  while (fees.size() < 50) {
    const auto head = fee_head(rest);
    // "Miễn phí" may begin a description, so only the first fee may be without an amount.
    if (!head || (!fees.empty() && (head->kind != FeeKind::amount || !is_amount(head->number)))) {
      break;
    }
    std::size_t size = head->size;
    std::string_view note;
    if (rest.substr(size).starts_with('(')) {
      const auto end = end_of_note(rest.substr(size));
      if (end) {
        note = rest.substr(size + 1, *end - 2);
        size += *end;
      }
    }
    fees.push_back(fee_of(*head, note, rest.substr(0, size)));
    rest.remove_prefix(size);
  }
  return fees;
}

std::vector<std::int64_t> amounts_in_words(std::string_view text) {
  static const RE2 pattern(
      R"((?i)(\d{1,3}(?:[.,]\d{3}){1,4}|\d{4,12})\s*(?:vnđ|vnd|đồng|đ|việt nam đồng)(?:[^\pL]|$))");
  std::vector<std::int64_t> found;
  re2::StringPiece rest = piece(text);
  re2::StringPiece number;
  while (found.size() < 100 && RE2::FindAndConsume(&rest, pattern, &number)) {
    std::int64_t amount = 0;
    for (const char c : view(number)) {
      if (c >= '0' && c <= '9') amount = amount * 10 + (c - '0');
    }
    found.push_back(amount);
  }
  return found;
}

bool names_a_tariff(std::string_view note) {
  if (says_nothing(note)) return false;
  if (!amounts_in_words(note).empty()) return true;
  // "Miễn lệ phí … (Thông tư số …)" rests the exemption on an act: it is free.
  static const RE2 exempt(R"((?i)^[\s\-+*(.]*(?:miễn|không (?:thu|phải|mất|quy định|có)))");
  if (RE2::PartialMatch(piece(note), exempt)) return false;
  static const RE2 tariff(
      R"((?i)hội đồng nhân dân|hđnd|theo quy định|theo thông tư|thông tư số|nghị quyết|biểu (?:mức|phí|giá)|mức (?:thu|phí|lệ phí|giá)|phí thẩm định|lệ phí cấp|chi phí|văn bản giá|giá dịch vụ|thực hiện theo)");
  return RE2::PartialMatch(piece(note), tariff);
}

}  // namespace catalogue
