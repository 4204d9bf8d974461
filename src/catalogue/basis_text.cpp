#include "catalogue/basis_text.h"

#include <array>
#include <optional>

#include <re2/re2.h>

#include "catalogue/page_text.h"

namespace catalogue {
namespace {

constexpr std::string_view kHeader = "Tên văn bản pháp lýMã văn bản";
constexpr std::size_t kActsMax = 300;
constexpr std::size_t kTitleMax = 4000;  // bytes

re2::StringPiece piece(std::string_view text) {
  return {text.data(), text.size()};
}

struct Number {
  std::size_t at = 0;
  std::size_t end = 0;
};

// Who issues acts.  A number may run into the title behind it ("TT-BTCNghị định", "TT-BTCsửa đổi"),
// so that only the name of the issuer shows where it ends.
constexpr std::array<std::string_view, 44> kIssuers{
    "CP",      "TTg",    "QH",      "BTP",   "BTC",    "BXD",  "BGTVT", "BNNMT", "BNNPTNT",
    "BTNMT",   "BCA",    "BQP",     "BNG",   "BNV",    "BCT",  "BKHCN", "BGDĐT", "BLĐTBXH",
    "BVHTTDL", "BYT",    "BKHĐT",   "BDTTG", "BTTTT",  "NHNN", "UBDT",  "VPCP",  "TTCP",
    "HĐTP",    "TANDTC", "VKSNDTC", "CTN",   "KTNN",   "BHXH", "TCHQ",  "TCT",   "TLĐ",
    "UBND",    "HĐND",   "CHK",     "BCĐ",   "BTTTTT", "BKH",  "BNN",   "BLĐ"};

// The end of the number that begins at `start`; `letters` is where its last group begins.
std::size_t end_of_issuer(std::string_view text, std::size_t letters, std::size_t end) {
  // The g of "TTg"; any other belongs to a title ("Nghị định").
  if (text.substr(0, end).ends_with('g') && !text.substr(0, end).ends_with("TTg")) --end;
  const std::string_view run = text.substr(letters, end - letters);
  std::size_t best = 0;
  for (const std::string_view issuer : kIssuers) {
    if (issuer.size() > best && run.starts_with(issuer)) best = issuer.size();
  }
  if (best == run.size()) return end;
  if (best > 0) {
    return letters + best;
  }
  // An issuer that is not known: a small letter behind a capital begins a title with that capital.
  const Character next = character_at(text, end);
  const Character last = character_before(text, end);
  if (is_lower(next.value) && run.size() > last.size) return end - last.size;
  return end;
}

std::optional<Number> next_number(std::string_view text, std::size_t from) {
  static const RE2 pattern(
      R"((\d{1,10}(?:\.\d{1,2})?)/(?:\d{4}/(?:QH\d{2}|(?:PL-|NQ-)?UBTVQH\d{2}|(?:[A-ZĐ]{1,8}-){0,3}([A-ZĐ]{1,14}g?))|(?:VBHN|QĐ|NQ|CT|TB|QD|HD|KH|CV)(?:-([A-ZĐ]{1,14}g?))?))");
  re2::StringPiece rest = piece(text.substr(from));
  re2::StringPiece digits;
  re2::StringPiece issuer;
  re2::StringPiece short_issuer;
  if (!RE2::FindAndConsume(&rest, pattern, &digits, &issuer, &short_issuer)) return std::nullopt;
  Number number{static_cast<std::size_t>(digits.data() - text.data()),
                static_cast<std::size_t>(rest.data() - text.data())};
  for (const re2::StringPiece& letters : {issuer, short_issuer}) {
    if (letters.empty()) continue;
    number.end =
        end_of_issuer(text, static_cast<std::size_t>(letters.data() - text.data()), number.end);
  }
  // "… năm 202072/2020/QH14", "29/6/202443/2024/QH15": a year runs into the number.
  const Character before = character_before(text, number.at);
  const std::string_view run{digits.data(), digits.size()};
  const bool year = run.starts_with("19") || run.starts_with("20");
  if (run.size() > 4 && year && (is_space(before.value) || before.value == '/')) number.at += 4;
  return number;
}

// Without the kind of the act that is glued to the title's end: it belongs to the number behind it
// ("… chứng khoánNghị định số" 155/2020/NĐ-CP).
std::string title_of(std::string_view text) {
  static const RE2 kind(
      R"((?s)^(.*[^\s(])(?:Nghị định|Thông tư|Thông tư liên tịch|Luật|Bộ luật|Quyết định|Nghị quyết|Pháp lệnh)(?: số)?:?$)");
  text = trimmed(text);
  re2::StringPiece title;
  if (RE2::FullMatch(piece(text), kind, &title)) text = {title.data(), title.size()};
  return shortened(one_line(without_bullet(text)), kTitleMax);
}

}  // namespace

std::vector<StatedBasis> read_basis(std::string_view text) {
  std::vector<StatedBasis> acts;
  if (!text.starts_with(kHeader)) {
    if (!says_nothing(text)) acts.push_back({.title = title_of(text), .number = {}});
    return acts;
  }
  text.remove_prefix(kHeader.size());
  std::size_t title_at = 0;
  std::size_t from = 0;
  while (acts.size() < kActsMax) {
    const auto number = next_number(text, from);
    if (!number) break;
    from = number->end;
    const Character next = character_at(text, number->end);
    // A number inside a title is followed by a space or a mark; the column's by the next title.
    const bool in_title =
        next.size != 0 && (next.value == ',' || next.value == ')' || next.value == ';' ||
                           next.value == '/' || next.value == '-' || next.value == '"');
    bool before_space = false;
    if (is_space(next.value)) {
      // Numbers are published with a space behind them, too: then the next word begins a title.
      const Character then = character_at(text, number->end + next.size);
      const Character before = character_before(text, number->at);
      before_space = is_space(before.value) || !is_upper(then.value);
      if (then.size == 0) before_space = false;
    }
    const bool end_of_sentence = next.value == '.' && number->end + 1 < text.size() &&
                                 is_space(static_cast<unsigned char>(text[number->end + 1]));
    if (in_title || before_space || end_of_sentence) continue;
    StatedBasis act;
    act.title = title_of(text.substr(title_at, number->at - title_at));
    act.number = std::string{text.substr(number->at, number->end - number->at)};
    title_at = number->end;
    if (act.title.empty() && !acts.empty() && acts.back().number == act.number) {
      // "Nghị định 64/2022/NĐ-CP" is a title, and the number of it.
      acts.back().title += (acts.back().title.empty() ? "" : " ") + act.number;
      continue;
    }
    acts.push_back(std::move(act));
  }
  const std::string left = title_of(text.substr(title_at));
  if (!left.empty() && left != "." && acts.size() < kActsMax)
    acts.push_back({.title = left, .number = {}});
  return acts;
}

}  // namespace catalogue
