#include "catalogue/paper_text.h"

#include <algorithm>
#include <array>
#include <optional>

#include <re2/re2.h>

#include "base/text.h"
#include "catalogue/page_text.h"

namespace catalogue {
namespace {

re2::StringPiece piece(std::string_view text) {
  return {text.data(), text.size()};
}

bool finds(std::string_view text, const RE2& pattern) {
  return RE2::PartialMatch(piece(text), pattern);
}

constexpr std::size_t kFileNameMax = 160;  // bytes

// Where the name of the file that ends at the end of `text` begins.
std::size_t start_of_file(std::string_view text) {
  const std::size_t dot = text.rfind('.');
  const std::size_t from = text.size() > kFileNameMax ? text.size() - kFileNameMax : 0;
  std::optional<std::size_t> weak;
  for (std::size_t at = from; at < dot; ++at) {
    if (at == 0 || (static_cast<unsigned char>(text[at]) & 0xC0) == 0x80) continue;
    const Character next = character_at(text, at);
    const Character before = character_before(text, at);
    if (is_space(before.value) || is_space(next.value)) continue;
    const bool starts =
        is_upper(next.value) || is_digit(next.value) || next.value == '(' || next.value == '[';
    if (before.value == ')' || before.value == ';' || before.value == ':' || before.value == ',' ||
        before.value == 0x201D) {
      if (is_letter(next.value) || (before.value != ',' && starts)) return at;
      continue;
    }
    const Character then = character_at(text, at + next.size);
    const bool capital = is_upper(next.value) && (is_lower(then.value) || is_space(then.value));
    // "hải quanMẫu", "NĐ-CPMau": a capital where a word goes on.
    if (capital && is_lower(before.value)) return at;
    if (capital && is_upper(before.value) && is_lower(then.value)) {
      // "NĐ-CPmau so 12": the P still belongs to the act's number.
      static const RE2 act(R"(-(?:CP|BTC|BTP|BXD|BYT|BCA|BNV|BCT|BGTVT|BNNMT|BTNMT|BNNPTNT)$)");
      return finds(text.substr(0, at + next.size), act) ? at + next.size : at;
    }
    // "theo mẫu.Mẫu", "NĐ-CP.1-don", "theo Mẫu1.1. Don", "27AMau"
    if (capital && (before.value == '.' || is_digit(before.value)) && !weak) {
      const Character earlier = character_before(text, at - before.size);
      if (!is_digit(earlier.value) || is_lower(then.value)) weak = at;
    }
    if (before.value == '.' && is_lower(next.value) && !weak &&
        is_letter(character_before(text, at - before.size).value) &&
        text.substr(at, dot - at).find(' ') != std::string_view::npos) {
      weak = at;
    }
    if (is_digit(next.value) && (is_lower(before.value) || before.value == '.') && !weak) {
      const Character earlier = character_before(text, at - before.size);
      if (is_letter(earlier.value) && before.value == '.') weak = at;
      if (is_lower(before.value) && is_lower(earlier.value) &&
          text.substr(at, dot - at).find(' ') != std::string_view::npos)
        weak = at;
    }
  }
  if (weak) return *weak;
  // No border: the last word, if it is more than the extension.
  const std::size_t space = text.find_last_of(" \t\n", dot);
  return space == std::string_view::npos ? 0 : space + 1;
}

}  // namespace

NameAndFiles split_files(std::string_view text) {
  static const RE2 file_end(
      R"(^((?s:.*))\.((?i)docx?|docm|dotx?|pdf|xlsx?|xlsm|rtf|odt|ods|zip|rar|7z|jpe?g|png|tiff?|pptx?|txt|xml|html?))");
  NameAndFiles found{trimmed(text), {}};
  while (found.files.size() < 20) {
    re2::StringPiece before;
    re2::StringPiece extension;
    if (!RE2::FullMatch(piece(found.name), file_end, &before, &extension)) break;
    const std::size_t start = start_of_file(found.name);
    const std::string_view file = trimmed(found.name.substr(start));
    if (file.size() <= extension.size() + 1) break;
    // One file behind another: the border is the extension of the one before.
    static const RE2 two_files(
        R"(((?i)(?s:.*)\.(?:docx?|docm|dotx?|pdf|xlsx?|xlsm|rtf|odt|ods|zip|rar|7z|jpe?g|png|tiff?|pptx?|txt|xml|html?))(\S.*\.\w{2,4})$)");
    re2::StringPiece first;
    re2::StringPiece second;
    if (RE2::FullMatch(piece(found.name), two_files, &first, &second) && second.size() > 4) {
      found.files.insert(found.files.begin(), one_line({second.data(), second.size()}));
      found.name = {first.data(), first.size()};
      continue;
    }
    found.files.insert(found.files.begin(), one_line(file));
    found.name = trimmed(found.name.substr(0, start));
    break;
  }
  return found;
}

bool names_a_paper(std::string_view name) {
  static constexpr std::array<std::string_view, 78> kPapers{
      "to khai",   "don",          "giay",       "ban sao",   "ban chinh",   "ban goc",
      "ban chup",  "ban ke",       "ban cam",    "ban mo ta", "ban ve",      "ban thuyet",
      "ban dich",  "ban dang",     "ban do",     "ban khai",  "ban tu",      "ban in",
      "ban an",    "ban xac nhan", "ban danh",   "bang",      "bao cao",     "bien ban",
      "bien lai",  "van ban",      "van bang",   "van kien",  "hop dong",    "ho so",
      "ho chieu",  "hoa don",      "hinh",       "hai anh",   "anh",         "chung chi",
      "chung tu",  "chung minh",   "cong van",   "cam ket",   "can cuoc",    "danh sach",
      "danh muc",  "du thao",      "du an",      "de an",     "de cuong",    "de nghi",
      "dieu le",   "giao trinh",   "ke hoach",   "ket qua",   "ly lich",     "lenh",
      "mau",       "mot trong",    "nghi quyet", "phieu",     "phuong an",   "phu luc",
      "quy che",   "quy trinh",    "quyet dinh", "so yeu",    "so do",       "so ",
      "so lieu",   "tai lieu",     "thong bao",  "thong tin", "thuyet minh", "to trinh",
      "trich luc", "the",          "xac nhan",   "y kien",    "uy quyen",    "van don"};
  static const RE2 count(
      R"(^(?:[0-9]+|mot|hai|ba|bon) (?:\([^)]*\) )?(?:bo |ban |tam |to |chiec |cai )?)");
  std::string folded = base::fold_for_search(
      without_bullet(name.substr(0, std::min<std::size_t>(name.size(), 200))));
  std::string rest = folded;
  RE2::Replace(&rest, count, "");
  for (const std::string* text : {&folded, &rest}) {
    for (const std::string_view paper : kPapers) {
      if (!text->starts_with(paper)) continue;
      const bool whole_word =
          paper.back() == ' ' || text->size() == paper.size() || (*text)[paper.size()] == ' ';
      if (whole_word) return true;
    }
  }
  return false;
}

bool is_shown(std::string_view name) {
  static const RE2 show(R"((?i)xuất trình)");
  static const RE2 submit(R"((?i)nộp|gửi|bản sao|bản chụp|sao y|tải lên)");
  return finds(name, show) && !finds(name, submit);
}

bool is_instruction(std::string_view published, bool counted) {
  const std::string_view name = without_bullet(published);
  static const RE2 advice(
      R"((?i)^(?:lưu ý|ghi chú|chú ý|số lượng|thời hạn|cách thức|thành phần|nơi nộp|yêu cầu|người tiếp nhận|cán bộ|cơ quan (?:đăng ký|tiếp nhận|giải quyết|có thẩm quyền)[^.;]{0,60}(?:có trách nhiệm|từ chối|thực hiện|không được)))");
  static const RE2 duty(
      R"((?i)(?:có trách nhiệm|không được yêu cầu|không phải (?:nộp|xuất trình|tải lên|thực hiện)|không yêu cầu (?:nộp|xuất trình)|thì được miễn|thì không phải|chịu trách nhiệm trước pháp luật))");
  static const RE2 list_head(
      R"((?i)(?:sau đây|sau|gồm|gồm có|bao gồm|dưới đây|hồ sơ|các loại)\s*:?\s*$|:\s*$)");
  if (finds(name, advice)) return true;
  if (counted) {
    // Somebody entered how many: advice only where it is nothing but a duty of somebody.
    return !names_a_paper(name) && finds(name, duty) &&
           !finds(name, RE2(R"((?i)thì[^.;]{0,40}(?:nộp|phải có|kèm)|bổ sung)"));
  }
  if (finds(name, list_head) && name.size() > 40) return true;
  if (finds(name, duty)) return true;
  return !names_a_paper(name);
}

HeadingKind heading_kind(std::string_view heading) {
  const std::string_view text = without_bullet(heading);
  if (text.empty()) return HeadingKind::none;
  const std::string folded = base::fold_for_search(text);
  static const RE2 show(R"((?:giay to|tai lieu|ban chinh)?.{0,30}xuat trinh)");
  static const RE2 submit(R"((?:giay to|tai lieu|ho so|thanh phan)?.{0,20}(?:phai|can) nop)");
  static const RE2 advice(R"(^(?:luu y|ghi chu|chu y|nguoi .{0,80}chiu trach nhiem))");
  static const RE2 of_case(R"(truong hop|\bdoi voi\b)");
  if (RE2::PartialMatch(folded, advice)) return HeadingKind::advice;
  if (RE2::PartialMatch(folded, of_case)) return HeadingKind::of_case;
  if (folded.size() <= 120 && RE2::PartialMatch(folded, show) &&
      folded.find("nop") == std::string::npos) {
    return HeadingKind::show;
  }
  if (folded.size() <= 120 && RE2::PartialMatch(folded, submit)) return HeadingKind::submit;
  return HeadingKind::plain;
}

}  // namespace catalogue
