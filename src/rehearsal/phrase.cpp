#include "rehearsal/phrase.h"

#include <array>
#include <map>
#include <utility>

#include "base/ensure.h"
#include "base/text.h"

namespace rehearsal {
namespace {

// English first: the spelling that the code asks for.
constexpr const char* kPhrases[][6] = {
    // data
    {"given", "cho trước", "cho"},
    {"like", "giống như", "giống"},
    {"data", "dữ liệu"},
    {"agency", "cơ quan"},
    {"papers", "giấy tờ"},
    {"return by", "trả kết quả"},
    {"all", "tất cả"},
    {"all but", "tất cả trừ"},
    {"none", "không có"},
    {"nothing", "trống"},
    // time
    {"on", "ngày"},
    {"at", "lúc"},
    {"supposing", "giả sử"},
    // who
    {"citizen", "applicant", "công dân", "người dân", "người nộp"},
    {"reception", "một cửa"},
    {"specialist", "chuyên viên"},
    {"head", "trưởng phòng"},
    {"leader", "lãnh đạo"},
    {"clerk", "văn thư"},
    {"cashier", "thu ngân"},
    {"supervisor", "giám sát"},
    {"administrator", "quản trị"},
    {"of", "của"},
    // deeds
    {"files", "file", "nộp", "nộp hồ sơ"},
    {"online", "trực tuyến"},
    {"at counter", "at the counter", "counter", "tại quầy", "quầy"},
    {"by post", "post", "qua bưu chính", "bưu chính"},
    {"by online", "qua mạng"},
    {"by counter", "by hand", "trực tiếp"},
    {"and receives", "và tiếp nhận"},
    {"as", "lần"},
    {"receives", "receive", "tiếp nhận"},
    {"refuses", "refuse", "từ chối"},
    {"completes", "complete", "hoàn thành"},
    {"assigns", "assign", "phân công"},
    {"to", "cho"},
    {"for", "giao"},
    {"sends back", "send back", "trả lại"},
    {"recalls", "recall", "thu hồi"},
    {"requests supplement", "request supplement", "yêu cầu bổ sung"},
    {"again because", "lần nữa vì"},
    {"supplies", "supply", "bổ sung"},
    {"corrects", "correct", "sửa"},
    {"attaches", "attach", "đính kèm"},
    {"pays", "pay", "nộp tiền"},
    {"by transfer", "chuyển khoản"},
    {"refunds", "refund", "hoàn tiền"},
    {"issues", "issue", "phát hành"},
    {"number", "số"},
    {"returns", "return", "trả kết quả"},
    {"withdraws", "withdraw", "rút hồ sơ"},
    {"stops", "stop", "dừng"},
    {"pauses", "pause", "tạm dừng"},
    {"basis", "căn cứ"},
    {"until", "đến"},
    {"resumes", "resume", "tiếp tục"},
    {"drafts apology", "draft apology", "soạn xin lỗi"},
    {"apologises", "apologise", "xin lỗi"},
    {"answers escalation", "answer escalation", "trả lời"},
    {"rates", "rate", "đánh giá"},
    {"because", "vì"},
    // expectations
    {"case", "trường hợp"},
    {"open", "đang chờ"},
    {"passed", "đã qua"},
    {"due", "hạn"},
    {"told", "đã hẹn"},
    {"step", "bước"},
    {"fee", "phí"},
    {"fee line", "khoản phí"},
    {"no fee line", "không có khoản phí"},
    {"unknown", "chưa biết"},
    {"owes", "còn nợ"},
    {"asks", "cần"},
    {"does not ask", "không cần"},
    {"replaced", "thay bằng dữ liệu"},
    {"shown", "hiện"},
    {"hidden", "ẩn"},
    {"answer", "câu trả lời"},
    {"warns", "cảnh báo"},
    {"does not warn", "không cảnh báo"},
    {"eligible", "đủ điều kiện"},
    {"not eligible", "không đủ điều kiện"},
    {"may", "được"},
    {"may not", "không được"},
    {"message", "báo"},
    {"no message", "không báo"},
    {"containing", "có chữ"},
    {"status", "trạng thái"},
    {"result", "kết quả"},
    {"result number", "số kết quả"},
    {"form", "mẫu"},
    {"no form", "không có mẫu"},
    {"holder", "người giữ"},
    {"nobody", "chưa ai"},
    {"paused", "đang tạm dừng"},
    {"running", "đang tính"},
    {"late", "quá hạn"},
    {"on time", "đúng hạn"},
    {"closed", "đã kết thúc"},
    {"not closed", "chưa kết thúc"},
    {"happens", "xảy ra"},
    {"does not happen", "không xảy ra"},
    {"refused", "bị từ chối"},
    {"at field", "at", "tại"},
    {"saying", "nói rằng"},
};

using Spelling = std::vector<std::string>;

Spelling spelling_of(std::string_view text) {
  Spelling words;
  std::string word;
  for (const char c : base::fold_for_search(text) + " ") {
    if (c != ' ') {
      word += c;
    } else if (!word.empty()) {
      words.push_back(std::exchange(word, {}));
    }
  }
  return words;
}

const std::map<std::string_view, std::vector<Spelling>, std::less<>>& spellings() {
  static const auto all = [] {
    std::map<std::string_view, std::vector<Spelling>, std::less<>> made;
    for (const auto& row : kPhrases) {
      for (const char* text : row) {
        if (text != nullptr) made[row[0]].push_back(spelling_of(text));
      }
    }
    return made;
  }();
  return all;
}

bool is_space(char c) {
  return c == ' ' || c == '\t' || c == '\r';
}

}  // namespace

std::optional<std::vector<Token>> tokens_of(std::string_view line) {
  std::vector<Token> tokens;
  std::size_t i = 0;
  while (i < line.size()) {
    const char c = line[i];
    if (is_space(c)) {
      ++i;
    } else if (c == ',' || c == ';' || c == '=' || c == '|') {
      tokens.push_back({c == ','   ? Token::Kind::comma
                        : c == ';' ? Token::Kind::semicolon
                        : c == '=' ? Token::Kind::equals
                                   : Token::Kind::pipe,
                        std::string{c}});
      ++i;
    } else if (c == '"') {
      Token token{Token::Kind::quoted};
      for (++i; i < line.size() && line[i] != '"'; ++i) {
        if (line[i] == '\\' && i + 1 < line.size()) ++i;
        token.text += line[i];
      }
      if (i >= line.size()) return std::nullopt;
      ++i;
      tokens.push_back(std::move(token));
    } else {
      Token token{Token::Kind::word};
      for (; i < line.size() && !is_space(line[i]) &&
             std::string_view{",;=|\""}.find(line[i]) == std::string_view::npos;
           ++i) {
        token.text += line[i];
      }
      token.folded = base::fold_for_search(token.text);
      tokens.push_back(std::move(token));
    }
  }
  return tokens;
}

std::string Words::next_text() const {
  return at_end() ? "the end of the line" : "`" + tokens_[next_].text + "`";
}

std::size_t Words::here(std::string_view keyword) const {
  const auto found = spellings().find(keyword);
  ENSURE(found != spellings().end(), "a keyword of the language");
  std::size_t longest = 0;
  for (const Spelling& spelling : found->second) {
    if (spelling.size() <= longest || next_ + spelling.size() > tokens_.size()) continue;
    bool same = true;
    for (std::size_t i = 0; same && i < spelling.size(); ++i) {
      const Token& token = tokens_[next_ + i];
      same = token.kind == Token::Kind::word && token.folded == spelling[i];
    }
    if (same) longest = spelling.size();
  }
  return longest;
}

bool Words::take(std::string_view keyword) {
  const std::size_t length = here(keyword);
  next_ += length;
  return length > 0;
}

std::optional<std::string_view> Words::take_longest(
    std::initializer_list<std::string_view> keywords) {
  return take_longest(std::vector<std::string_view>{keywords});
}

std::optional<std::string_view> Words::take_longest(const std::vector<std::string_view>& keywords) {
  std::size_t longest = 0;
  std::optional<std::string_view> best;
  for (const std::string_view keyword : keywords) {
    const std::size_t length = here(keyword);
    if (length <= longest) continue;
    longest = length;
    best = keyword;
  }
  next_ += longest;
  return best;
}

std::optional<std::string> Words::take_word() {
  if (at_end() || tokens_[next_].kind != Token::Kind::word) return std::nullopt;
  return tokens_[next_++].text;
}

std::optional<std::string> Words::take_quoted() {
  if (at_end() || tokens_[next_].kind != Token::Kind::quoted) return std::nullopt;
  return tokens_[next_++].text;
}

bool Words::take_kind(Token::Kind kind) {
  if (at_end() || tokens_[next_].kind != kind) return false;
  ++next_;
  return true;
}

}  // namespace rehearsal
