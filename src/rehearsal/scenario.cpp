#include "rehearsal/scenario.h"

#include <utility>

#include "base/text.h"
#include "rehearsal/line_reading.h"

namespace rehearsal {
namespace {

constexpr std::size_t kBytesMax = std::size_t{256} << 10U;
constexpr std::size_t kLinesMax = 5'000;
constexpr std::size_t kLineMax = 2'000;
constexpr std::size_t kProblemsMax = 100;
constexpr std::string_view kArrow = "\xE2\x86\x92";  // the arrow as one letter
constexpr calendar::TimeOfDay kMorning = calendar::hour_minute(9);

// Cuts the line at every -> that stands outside quotation marks.
std::vector<std::string> split_at_arrows(std::string_view line) {
  std::vector<std::string> parts(1);
  bool quoted = false;
  for (std::size_t i = 0; i < line.size(); ++i) {
    if (quoted && line[i] == '\\' && i + 1 < line.size()) {
      parts.back() += line[i++];
    } else if (line[i] == '"') {
      quoted = !quoted;
    } else if (!quoted && line.substr(i).starts_with("->")) {
      ++i;
      parts.emplace_back();
      continue;
    } else if (!quoted && line.substr(i).starts_with(kArrow)) {
      i += kArrow.size() - 1;
      parts.emplace_back();
      continue;
    }
    parts.back() += line[i];
  }
  return parts;
}

// "Source:", "Căn cứ:", "Nguồn:".
std::optional<std::string> source_in(std::string_view comment) {
  const std::size_t colon = comment.find(':');
  if (colon == std::string_view::npos || colon > 20) return std::nullopt;
  const std::string head = base::fold_for_search(comment.substr(0, colon));
  if (head != "source" && head != "can cu" && head != "nguon") return std::nullopt;
  return trimmed(comment.substr(colon + 1));
}

class Reader {
 public:
  Reader(std::string file, std::string_view text) : file_(std::move(file)), text_(text) {}

  form::Defined<Scenario> scenario() {
    scenario_.file = file_;
    const std::size_t slash = file_.rfind('/');
    scenario_.name = file_.substr(slash == std::string::npos ? 0 : slash + 1);
    if (scenario_.name.ends_with(".txt")) scenario_.name.resize(scenario_.name.size() - 4);
    if (!is_name(scenario_.name)) {
      problem("the name of the file is no name", "use a-z, 0-9, - and _");
    }
    each_line([&](const std::string& line) { story_line(line); });
    if (scenario_.title.empty()) {
      number_ = 1;
      problem("the scenario does not say what it proves",
              "begin with a comment: # the sentence that it proves");
    }
    if (scenario_.source.empty()) {
      number_ = 1;
      problem("the scenario does not say which law says so",
              "add a comment: # Source: act, article");
    }
    if (scenario_.steps.empty()) {
      number_ = 0;
      problem("nothing happens in the scenario", "add at least one step");
    }
    if (!problems_.empty()) return base::Failure{std::move(problems_)};
    return std::move(scenario_);
  }

  form::Defined<DataBlocks> blocks() {
    each_line([&](const std::string& line) { block_line(line); });
    if (!problems_.empty()) return base::Failure{std::move(problems_)};
    return std::move(blocks_);
  }

 private:
  void problem(std::string message, std::string remedy) {
    if (problems_.size() >= kProblemsMax) return;
    problems_.push_back({file_, number_, std::move(message), std::move(remedy)});
  }
  void problem(const Mistake& mistake) { problem(mistake.message, mistake.remedy); }

  template <class Each>
  void each_line(const Each& each) {
    if (text_.size() > kBytesMax) {
      return problem("the file is larger than 256 KiB", "make several scenarios of it");
    }
    if (!base::is_utf8(text_)) return problem("the file is not UTF-8", "save it as UTF-8");
    const std::string normal = base::to_nfc(text_);
    std::string_view rest = normal;
    if (rest.starts_with("\xEF\xBB\xBF")) rest.remove_prefix(3);
    while (!rest.empty()) {
      const std::size_t end = rest.find('\n');
      const std::string line = trimmed(rest.substr(0, end));
      rest.remove_prefix(end == std::string_view::npos ? rest.size() : end + 1);
      if (++number_ > static_cast<int>(kLinesMax)) {
        return problem("the file has more than 5,000 lines", "make several scenarios of it");
      }
      if (line.size() > kLineMax) {
        problem("the line is longer than 2,000 bytes", "break it before a ->");
        continue;
      }
      if (!line.empty()) each(line);
    }
  }

  void comment(const std::string& line) {
    const std::string said = trimmed(std::string_view{line}.substr(1));
    if (const auto source = source_in(said)) {
      if (!scenario_.source.empty()) scenario_.source += "; ";
      scenario_.source += *source;
    } else if (scenario_.title.empty()) {
      scenario_.title = said;
    }
  }

  void story_line(const std::string& line) {
    if (line.starts_with('#')) return comment(line);
    if (line.starts_with('|')) return row(line, scenario_.data);
    const std::vector<std::string> parts = split_at_arrows(line);
    const std::string first = trimmed(parts[0]);
    if (!first.empty()) {
      table_ = false;
      if (parts.size() == 1 && data_line(first, scenario_.data, scenario_.steps.empty())) return;
      hopes_fit_ = step_line(first);
    } else if (scenario_.steps.empty()) {
      return problem("there is no step before this ->", "write the step first");
    }
    if (!hopes_fit_) return;  // the step could not be read and was told
    for (std::size_t i = 1; i < parts.size(); ++i) hopes(parts[i]);
  }

  void hopes(const std::string& part) {
    for (const std::string& one : split_outside_quotes(part, ';')) {
      if (trimmed(one).empty()) continue;
      auto hope = read_expectation(one);
      if (!hope) {
        problem(hope.error());
        continue;
      }
      hope->line = number_;
      scenario_.steps.back().expectations.push_back(std::move(hope).value());
    }
  }

  void block_line(const std::string& line) {
    if (line.starts_with('#')) return;
    if (line.starts_with('|')) {
      if (block_ == nullptr) return problem("a row without a table", "begin with `data NAME`");
      return row(line, *block_);
    }
    table_ = false;
    auto tokens = tokens_of(line);
    Words words{tokens ? *std::move(tokens) : std::vector<Token>{}};
    if (words.take("data")) {
      const auto name = take_name(words, "a block of data");
      if (!name) return problem(name.error());
      if (blocks_.contains(*name)) problem("`" + *name + "` is there twice", "rename one of them");
      block_ = &blocks_[*name];
      return;
    }
    if (block_ == nullptr) return problem("data outside of a block", "begin with `data NAME`");
    if (!data_line(line, *block_, true)) {
      problem("this is no line of data", "write FIELD = VALUE; steps have no place here");
    }
  }

  // False where the line is no line of data.
  bool data_line(const std::string& line, std::vector<Setting>& data, bool allowed) {
    const std::size_t equals = line.find('=');
    const std::string name = equals == std::string::npos ? "" : trimmed(line.substr(0, equals));
    std::vector<Setting> settings;
    if (is_name(name)) {
      auto value = written_value(std::string_view{line}.substr(equals + 1));
      if (!value) {
        problem(value.error());
        return true;
      }
      Setting setting;
      setting.name = name;
      setting.value = std::move(value).value();
      if (!person(setting)) return true;
      if (setting.value.text.empty() && !setting.value.quoted && !setting.value.nothing) {
        setting.table.emplace();
        table_ = true;
      }
      settings.push_back(std::move(setting));
    } else {
      auto tokens = tokens_of(line);
      if (!tokens) return false;
      Words words{*tokens};
      if (words.take("given") && words.at_end()) return true;
      words = Words{*std::move(tokens)};
      auto taken = take_settings(words);
      if (!taken) {
        problem(taken.error());
        return true;
      }
      if (taken->empty()) return false;
      settings = std::move(taken).value();
    }
    if (!allowed) {
      problem("data after the first step",
              "write them above it, or `supplies`, `corrects` or `supposing`");
      return true;
    }
    for (Setting& setting : settings) {
      setting.file = file_;
      setting.line = number_;
      data.push_back(std::move(setting));
    }
    return true;
  }

  // "applicant.name"
  bool person(Setting& setting) {
    const std::size_t dot = setting.name.find('.');
    const std::string head = setting.name.substr(0, dot);
    if (dot == std::string::npos || (head != "applicant" && head != "on_behalf_of")) return true;
    setting.kind = head == "applicant" ? Setting::Kind::applicant : Setting::Kind::on_behalf_of;
    setting.name = setting.name.substr(dot + 1);
    for (const char* member :
         {"name", "personal_id", "tax_code", "phone", "email", "address", "language"}) {
      if (setting.name == member) return true;
    }
    problem("a person has no `" + setting.name + "`",
            "write name, personal_id, tax_code, phone, email, address or language");
    return false;
  }

  void row(const std::string& line, std::vector<Setting>& data) {
    if (!table_ || data.empty() || !data.back().table) {
      return problem("a row without a table", "write `TABLE =` on the line before the first row");
    }
    std::vector<std::string> cells = split_outside_quotes(line, '|');
    cells.erase(cells.begin());
    if (!cells.empty() && trimmed(cells.back()).empty()) cells.pop_back();
    WrittenTable& table = *data.back().table;
    if (table.columns.empty()) {
      for (const std::string& cell : cells) {
        if (!is_name(trimmed(cell))) {
          return problem("`" + trimmed(cell) + "` is no column",
                         "name the columns in the first row");
        }
        table.columns.push_back(trimmed(cell));
      }
      return;
    }
    if (cells.size() != table.columns.size()) {
      return problem("the row has " + std::to_string(cells.size()) + " cells, the first one " +
                         std::to_string(table.columns.size()),
                     "write one cell for each column");
    }
    std::vector<Written> values;
    for (const std::string& cell : cells) {
      auto value = written_value(cell);
      if (!value) return problem(value.error());
      if (value->text.empty() && !value->quoted) value->nothing = true;
      values.push_back(std::move(value).value());
    }
    table.rows.push_back(std::move(values));
  }

  // Whether it could be read.
  bool step_line(const std::string& line) {
    auto tokens = tokens_of(line);
    if (!tokens) {
      problem("a quotation mark is not closed", "write \"…\" with \\\" inside for a mark");
      return false;
    }
    Words words{*std::move(tokens)};
    Step step;
    step.line = number_;
    step.text = line;
    if (!moment(words)) return false;
    step.on = *day_;
    step.at = time_;
    Read<base::Done> done{base::Done{}};
    if (words.take("supposing")) {
      done = read_supposition(words, step);
    } else if (!words.at_end()) {
      auto who = take_who(words);
      if (!who) {
        problem(who.error());
        return false;
      }
      step.who = std::move(who).value();
      done = read_deed(words, step);
    }
    if (!done) {
      problem(done.error());
      return false;
    }
    filed_ = filed_ || step.deed == Deed::file;
    scenario_.steps.push_back(std::move(step));
    return true;
  }

  bool moment(Words& words) {
    const auto before_day = day_;
    const auto before_time = time_;
    bool timed = false;
    if (words.take("on")) {
      auto day = take_day(words);
      if (!day) {
        problem(day.error());
        return false;
      }
      if (day_ != *day) time_ = kMorning;
      day_ = *day;
      const Token* next = words.peek();
      timed = next != nullptr && calendar::parse_time_of_day(next->text).has_value();
    }
    if (words.take("at") || timed) {
      const auto word = words.take_word();
      const auto time = word ? calendar::parse_time_of_day(*word) : std::nullopt;
      if (!time) {
        problem("`at` is not followed by a time", "write at 09:30");
        return false;
      }
      time_ = *time;
    }
    if (!day_) {
      problem("it is not said when this happens", "begin with on 2026-08-20 09:00");
      return false;
    }
    // Before anything is filed the days may be looked at in any order.
    if (filed_ && (*day_ < *before_day || (*day_ == *before_day && time_ < before_time))) {
      problem("time goes back here", "write the steps in the order in which they happen");
      day_ = before_day;
      time_ = before_time;
      return false;
    }
    return true;
  }

  std::string file_;
  std::string_view text_;
  int number_ = 0;
  form::DefinitionProblems problems_;
  Scenario scenario_;
  DataBlocks blocks_;
  std::vector<Setting>* block_ = nullptr;
  bool table_ = false;      // rows may follow
  bool filed_ = false;      // a step files something
  bool hopes_fit_ = false;  // the step that expectations belong to was read
  std::optional<calendar::Date> day_;
  calendar::TimeOfDay time_ = kMorning;
};

}  // namespace

form::Defined<Scenario> read_scenario(const std::string& file, std::string_view text) {
  return Reader{file, text}.scenario();
}

form::Defined<DataBlocks> read_data_blocks(const std::string& file, std::string_view text) {
  return Reader{file, text}.blocks();
}

}  // namespace rehearsal
