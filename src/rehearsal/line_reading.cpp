#include "rehearsal/line_reading.h"

#include <algorithm>
#include <array>
#include <utility>

#include "base/text.h"

namespace rehearsal {
namespace {

constexpr std::size_t kNamesMax = 200;

constexpr std::array<std::pair<std::string_view, party::Role>, 8> kOfficers{{
    {"reception", party::Role::reception},
    {"specialist", party::Role::specialist},
    {"head", party::Role::head},
    {"leader", party::Role::leader},
    {"clerk", party::Role::clerk},
    {"cashier", party::Role::cashier},
    {"supervisor", party::Role::supervisor},
    {"administrator", party::Role::administrator},
}};

constexpr std::array<std::pair<std::string_view, Deed>, 23> kDeeds{{
    {"files", Deed::file},
    {"receives", Deed::receive},
    {"refuses", Deed::refuse},
    {"completes", Deed::complete},
    {"assigns", Deed::assign},
    {"sends back", Deed::send_back},
    {"recalls", Deed::recall},
    {"requests supplement", Deed::request_supplement},
    {"supplies", Deed::supply},
    {"corrects", Deed::correct},
    {"attaches", Deed::attach},
    {"pays", Deed::pay},
    {"refunds", Deed::refund},
    {"issues", Deed::issue},
    {"returns", Deed::return_result},
    {"withdraws", Deed::withdraw},
    {"stops", Deed::stop},
    {"pauses", Deed::pause},
    {"resumes", Deed::resume},
    {"drafts apology", Deed::draft_apology},
    {"apologises", Deed::apologise},
    {"answers escalation", Deed::answer_escalation},
    {"rates", Deed::rate},
}};

constexpr std::array<std::string_view, 7> kPersonMembers{
    "name", "personal_id", "tax_code", "phone", "email", "address", "language"};

bool means_nothing(std::string_view text) {
  const std::string folded = base::fold_for_search(text);
  return folded == "nothing" || folded == "trong";
}

}  // namespace

bool is_name(std::string_view text) {
  return !text.empty() && text.size() <= 200 && std::ranges::all_of(text, [](char c) {
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') ||
           std::string_view{"_.-[]@"}.find(c) != std::string_view::npos;
  });
}

std::string trimmed(std::string_view text) {
  const std::size_t first = text.find_first_not_of(" \t\r");
  if (first == std::string_view::npos) return {};
  return std::string{text.substr(first, text.find_last_not_of(" \t\r") - first + 1)};
}

std::optional<calendar::Date> day_in(std::string_view text) {
  if (const auto iso = calendar::parse_date(text)) return iso;
  return calendar::parse_vietnamese_date(text);
}

std::optional<std::int64_t> amount_in(std::string_view text) {
  std::int64_t amount = 0;
  std::size_t digits = 0;
  for (const char c : text) {
    if (c == '.' && digits > 0) continue;
    if (c < '0' || c > '9' || ++digits > 15) return std::nullopt;
    amount = amount * 10 + (c - '0');
  }
  return digits == 0 ? std::nullopt : std::optional{amount};
}

std::vector<std::string> split_outside_quotes(std::string_view line, char separator) {
  std::vector<std::string> parts(1);
  bool quoted = false;
  for (std::size_t i = 0; i < line.size(); ++i) {
    if (quoted && line[i] == '\\' && i + 1 < line.size()) {
      parts.back() += line[i++];
    } else if (line[i] == '"') {
      quoted = !quoted;
    } else if (!quoted && line[i] == separator) {
      parts.emplace_back();
      continue;
    }
    parts.back() += line[i];
  }
  return parts;
}

Read<std::string> take_name(Words& words, const char* what) {
  const std::string next = words.next_text();
  auto word = words.take_word();
  if (!word || !is_name(*word)) {
    return mistake("here is " + next + " where " + what + " is expected",
                   std::string{"write the id of "} + what + " as the package has it");
  }
  return *std::move(word);
}

Read<std::string> take_text(Words& words, const char* what) {
  const std::string next = words.next_text();
  auto text = words.take_quoted();
  if (!text || text->empty()) {
    return mistake("here is " + next + " where " + what + " is expected",
                   std::string{"write "} + what + " in quotation marks: \"…\"");
  }
  return *std::move(text);
}

Read<std::vector<std::string>> take_names(Words& words, const char* what) {
  std::vector<std::string> names;
  for (;;) {
    names.push_back(TRY(take_name(words, what)));
    if (names.size() > kNamesMax) {
      return mistake("more than 200 names", "write several expectations");
    }
    // A text, or FIELD = VALUE, behind the comma is something else.
    const Token* comma = words.peek();
    const Token* after = words.peek(1);
    const Token* then = words.peek(2);
    if (comma == nullptr || comma->kind != Token::Kind::comma) return names;
    if (after != nullptr && after->kind == Token::Kind::quoted) return names;
    if (then != nullptr && then->kind == Token::Kind::equals) return names;
    words.take_comma();
  }
}

Read<base::Done> take_end(const Words& words) {
  if (words.at_end()) return base::Done{};
  return mistake(words.next_text() + " is not understood here",
                 "take it out, or write it as docs/formats/scenario.md says");
}

Read<calendar::Date> take_day(Words& words) {
  const std::string next = words.next_text();
  const auto word = words.take_word();
  const auto day = word ? day_in(*word) : std::nullopt;
  if (!day) return mistake("here is " + next + " where a day is expected", "write 2026-08-20");
  return *day;
}

Read<Who> take_who(Words& words) {
  std::vector<std::string_view> people{"citizen"};
  for (const auto& [keyword, role] : kOfficers) people.push_back(keyword);
  const auto person = words.take_longest(people);
  if (!person) {
    return mistake("nobody is called " + words.next_text(),
                   "begin with citizen, reception, specialist, head, leader, clerk, cashier, "
                   "supervisor or administrator");
  }
  Who who;
  if (*person == "citizen") return who;
  who.citizen = false;
  for (const auto& [keyword, role] : kOfficers) {
    if (keyword == *person) who.role = role;
  }
  if (auto name = words.take_quoted()) who.name = *std::move(name);
  if (words.take("of")) who.of = TRY(take_name(words, "a part of the process or an agency"));
  return who;
}

Read<PapersGiven> take_papers(Words& words) {
  PapersGiven papers;
  const auto how = words.take_longest({"all", "all but", "none"});
  if (how == "all") return papers;
  if (how == "none") {
    papers.which = PapersGiven::Which::none;
    return papers;
  }
  papers.which = how ? PapersGiven::Which::all_but : PapersGiven::Which::only;
  papers.names = TRY(take_names(words, "a paper"));
  return papers;
}

Read<Setting> take_change(Words& words) {
  Setting change;
  change.name = TRY(take_name(words, "a field"));
  if (!words.take_equals()) {
    return mistake("after `" + change.name + "` there is no `=`", "write FIELD = VALUE");
  }
  if (auto quoted = words.take_quoted()) {
    change.value = {.text = *std::move(quoted), .quoted = true};
    return change;
  }
  std::string text;
  for (;;) {
    const Token* next = words.peek();
    if (next == nullptr) break;
    if (next->kind == Token::Kind::comma) {
      // A further value of this field, unless it is the name of the next one.
      const Token* after = words.peek(1);
      const Token* then = words.peek(2);
      if (after == nullptr || after->kind != Token::Kind::word || text.empty()) break;
      if (then != nullptr && then->kind == Token::Kind::equals) break;
      if (after->folded == "papers" || after->folded == "giay") break;
      words.take_comma();
      text += ", ";
      continue;
    }
    if (next->kind != Token::Kind::word) break;
    if (words.here("because") > 0) break;
    if (!text.empty() && !text.ends_with(", ")) text += " ";
    text += *words.take_word();
  }
  if (text.empty()) {
    return mistake("`" + change.name + "` has no value",
                   "write a value, or `nothing` for no answer");
  }
  change.value = {.text = means_nothing(text) ? "" : text, .nothing = means_nothing(text)};
  return change;
}

std::optional<Deed> take_deed(Words& words) {
  std::vector<std::string_view> keywords;
  for (const auto& [keyword, deed] : kDeeds) keywords.push_back(keyword);
  const auto taken = words.take_longest(keywords);
  if (!taken) return std::nullopt;
  for (const auto& [keyword, deed] : kDeeds) {
    if (keyword == *taken) return deed;
  }
  return std::nullopt;
}

Read<Written> written_value(std::string_view rest) {
  const std::string text = trimmed(rest);
  if (text.starts_with('"')) {
    const auto tokens = tokens_of(text);
    if (!tokens || tokens->size() != 1) {
      return mistake("the text does not end with its quotation mark",
                     "write \"…\" with \\\" for a quotation mark inside");
    }
    return Written{.text = tokens->front().text, .quoted = true};
  }
  if (means_nothing(text)) return Written{.nothing = true};
  return Written{.text = text};
}

Read<std::vector<Setting>> take_settings(Words& words) {
  std::vector<Setting> settings;
  const auto keyword = words.take_longest({"like", "agency", "papers", "return by"});
  if (!keyword) return settings;
  Setting setting;
  if (*keyword == "like") {
    for (const std::string& name : TRY(take_names(words, "a block of data or a scenario"))) {
      setting.kind = Setting::Kind::like;
      setting.name = name;
      settings.push_back(setting);
    }
    TRY(take_end(words));
    return settings;
  }
  if (*keyword == "agency") {
    setting.kind = Setting::Kind::agency;
    setting.value.text = TRY(take_name(words, "an agency code"));
  } else if (*keyword == "papers") {
    setting.kind = Setting::Kind::papers;
    setting.papers = TRY(take_papers(words));
  } else {
    setting.kind = Setting::Kind::return_by;
    const auto way = words.take_longest({"online", "at counter", "by post", "by counter"});
    if (!way) {
      return mistake("here is " + words.next_text() + " where a way of return is expected",
                     "write counter, online or post");
    }
    setting.value.text = *way == "online" ? "online" : *way == "by post" ? "post" : "counter";
  }
  TRY(take_end(words));
  settings.push_back(std::move(setting));
  return settings;
}

}  // namespace rehearsal
