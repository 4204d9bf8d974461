#include "catalogue/channel_text.h"

#include <algorithm>
#include <array>
#include <charconv>
#include <optional>
#include <set>

#include <re2/re2.h>

#include "base/text.h"
#include "catalogue/fee_text.h"
#include "catalogue/limit_text.h"
#include "catalogue/page_text.h"

namespace catalogue {
namespace {

constexpr std::string_view kHeader = "Hình thức nộpThời gianPhí, lệ phíMô tả";
constexpr std::string_view kNoTime = "Không có thông tin";
constexpr std::size_t kLinesMax = 200;
constexpr std::size_t kWordsMax = 200;  // bytes of a time in words

struct ChannelName {
  std::string_view text;
  procedure::Channel channel;
};
constexpr std::array<ChannelName, 3> kChannels{{{"Trực tuyến", procedure::Channel::online},
                                                {"Dịch vụ bưu chính", procedure::Channel::post},
                                                {"Trực tiếp", procedure::Channel::counter}}};

re2::StringPiece piece(std::string_view text) {
  return {text.data(), text.size()};
}
std::string_view view(const re2::StringPiece& text) {
  return {text.data(), text.size()};
}

struct TimeCell {
  std::string_view number;
  std::string_view unit;   // empty: a number without one
  std::string_view words;  // instead of both
  std::size_t size = 0;
  bool glued = false;  // the number runs on into the amount of the fee
};

struct Row {
  std::size_t at = 0;
  procedure::Channel channel = procedure::Channel::counter;
  TimeCell time;
  std::size_t fees_at = 0;
};

// The time at the beginning of `text`, if a fee follows it directly.
std::optional<TimeCell> time_cell(std::string_view text, bool words_too) {
  if (text.starts_with(kNoTime) && fee_head(text.substr(kNoTime.size()))) {
    return TimeCell{.size = kNoTime.size()};
  }
  static const RE2 with_unit(
      R"(^(\d{1,5}(?:[.,]\d)?) ?((?i:ngày làm việc|ngày|giờ làm việc|giờ|phút|tuần|tháng|quý|năm)))");
  re2::StringPiece number;
  re2::StringPiece unit;
  if (RE2::PartialMatch(piece(text), with_unit, &number, &unit)) {
    const auto size = static_cast<std::size_t>(unit.data() - text.data()) + unit.size();
    if (fee_head(text.substr(size))) {
      return TimeCell{.number = view(number), .unit = view(unit), .size = size};
    }
    return std::nullopt;
  }
  static const RE2 bare(R"(^(\d{1,5}(?:[.,]5)?))");
  if (RE2::PartialMatch(piece(text), bare, &number)) {
    const auto head = fee_head(text.substr(number.size()));
    if (head && head->kind != FeeKind::amount) {
      return TimeCell{.number = view(number), .size = number.size()};
    }
    const auto whole = fee_head(text);
    if (whole) return TimeCell{.size = 0, .glued = true};
    return std::nullopt;
  }
  if (!words_too) return std::nullopt;
  // A few words, up to where a fee begins without a space (or with the one the words end with).
  const Character first = character_at(text, 0);
  if (!is_upper(first.value)) return std::nullopt;
  const std::size_t end = std::min(text.find('\n'), std::min(text.size(), kWordsMax));
  for (std::size_t at = first.size; at < end; ++at) {
    for (const ChannelName& name : kChannels) {
      if (text.substr(at).starts_with(name.text)) return std::nullopt;
    }
    if (const auto head = fee_head(text.substr(at)); head && head->kind != FeeKind::amount) {
      return TimeCell{.words = trimmed(text.substr(0, at)), .size = at};
    }
  }
  return std::nullopt;
}

std::vector<Row> rows_of(std::string_view text) {
  std::vector<Row> rows;
  for (std::size_t at = 0; at < text.size() && rows.size() < kLinesMax; ++at) {
    for (const ChannelName& name : kChannels) {
      if (!text.substr(at).starts_with(name.text)) continue;
      const std::size_t after = at + name.text.size();
      const Character before = character_before(text, at);
      const bool glued = at == 0 || !is_space(before.value) || before.value == '\n';
      const auto time = time_cell(text.substr(after), glued);
      if (!time) continue;
      rows.push_back({at, name.channel, *time, after + time->size});
      at = after + time->size - 1;
      break;
    }
  }
  return rows;
}

// ---------------------------------------------------------------- a number that is two

struct Split {
  std::string_view time;
  std::string_view amount;
};

std::vector<Split> splits_of(std::string_view number) {
  std::vector<Split> found;
  for (std::size_t size = 1; size <= 3 && size < number.size(); ++size) {
    const std::string_view time = number.substr(0, size);
    if (time.find_first_not_of("0123456789") != std::string_view::npos) break;
    if (time.front() == '0') break;
    if (is_amount(number.substr(size))) found.push_back({time, number.substr(size)});
  }
  return found;
}

// How well a split agrees with everything else that the page says.
int agreement(const Split& split, const std::set<std::string>& bare_times,
              const std::vector<std::int64_t>& named) {
  int score = 0;
  const std::int64_t amount = amount_of(split.amount);
  for (const std::int64_t each : named) {
    if (each == amount || each == amount * 1000) {
      score += 4;
      break;
    }
  }
  if (bare_times.contains(std::string{split.time})) score += 2;
  // What the portal prints where nobody entered a time.
  if (split.time == "1") score += 1;
  return score;
}

std::optional<Split> best_split(std::string_view number, const std::set<std::string>& bare_times,
                                const std::vector<std::int64_t>& named) {
  std::optional<Split> best;
  int best_score = -1;
  bool tie = false;
  for (const Split& split : splits_of(number)) {
    const int score = agreement(split, bare_times, named);
    tie = score == best_score;
    if (score > best_score) {
      best = split;
      best_score = score;
    }
  }
  if (tie) return std::nullopt;
  return best;
}

// The sentence of the description that says what it costs: "- Lệ phí: 20.000 đồng/giấy".
std::string_view fee_sentence(std::string_view description) {
  static const RE2 pattern(
      R"((?i)(?:^|\n|[-+*;.)]\s*)((?:mức )?(?:phí|lệ phí)(?: và lệ phí|, lệ phí)?\s*:\s*[^\n]{3,600}))");
  re2::StringPiece sentence;
  if (!RE2::PartialMatch(piece(description), pattern, &sentence)) return {};
  return trimmed(view(sentence));
}

// A fee that only the description tells of: the column says "Miễn phí" or nothing.
void fee_from_description(ChannelLine& line) {
  if (line.fees.size() != 1) return;
  StatedFee& fee = line.fees.front();
  const bool open = fee.kind == FeeKind::unstated || fee.kind == FeeKind::free;
  if (!open || !fee.note.empty()) return;
  const std::string_view sentence = fee_sentence(line.note);
  if (sentence.empty()) return;
  const std::string_view terms = trimmed(sentence.substr(sentence.find(':') + 1));
  if (!names_a_tariff(terms)) return;
  fee.kind = FeeKind::by_rule;
  fee.note = shortened(one_line(sentence), 600);
}

// ---------------------------------------------------------------- limits

std::int64_t integer_of(std::string_view number) {
  std::int64_t value = 0;
  std::from_chars(number.data(), number.data() + number.size(), value);
  return value;
}

// The unit of a number that is published without one: words that name the same number in one unit
// only, or another row of the table.
std::optional<calendar::Limit> limit_of_bare(std::int64_t number, std::string_view description,
                                             std::string_view steps,
                                             const std::vector<ChannelLine>& others) {
  for (const std::string_view text : {description, steps}) {
    std::optional<calendar::Limit> found;
    bool several = false;
    for (const LimitInWords& each : limits_in_words(text)) {
      if (each.number != number || each.limit.unit() == calendar::LimitUnit::same_day) continue;
      several = several || (found && *found != each.limit);
      found = each.limit;
    }
    if (found && !several) return found;
    if (several) return std::nullopt;
  }
  for (const ChannelLine& other : others) {
    if (!other.limit || other.limit_from_words) continue;
    if (other.limit->halves() == number * 2) return other.limit;
  }
  return std::nullopt;
}

bool done_the_same_day(std::string_view text) {
  return std::ranges::any_of(limits_in_words(text), [](const LimitInWords& each) {
    return each.limit.unit() == calendar::LimitUnit::same_day;
  });
}

void set_from_words(ChannelLine& line, const calendar::Limit& limit) {
  line.limit = limit;
  line.limit_from_words = true;
  line.limit_stated = true;
}

void understand_limit(ChannelLine& line, const TimeCell& time, std::string_view steps,
                      const std::vector<ChannelLine>& lines) {
  if (!time.unit.empty()) {
    line.limit_stated = integer_of(time.number) > 0 || time.number.size() > 1;
    line.limit = limit_of(time.number, time.unit);
    if (line.limit) return;
  }
  if (!time.words.empty()) {
    if (const auto found = limit_in_description(time.words))
      return set_from_words(line, found->limit);
  }
  if (const auto found = limit_in_description(line.note)) return set_from_words(line, found->limit);
  const std::int64_t number = time.unit.empty() ? integer_of(time.number) : 0;
  if (number > 1) {
    line.limit_stated = true;
    if (const auto found = limit_of_bare(number, line.note, steps, lines)) {
      return set_from_words(line, *found);
    }
    return;
  }
  if (number == 1 && done_the_same_day(steps)) {
    if (const auto same_day = calendar::Limit::of_halves(calendar::LimitUnit::same_day, 0)) {
      return set_from_words(line, *same_day);
    }
  }
  if (const auto found = limit_in_steps(steps)) set_from_words(line, found->limit);
}

}  // namespace

ChannelTable read_channels(std::string_view text, std::string_view steps) {
  ChannelTable table;
  if (text.starts_with(kHeader)) text.remove_prefix(kHeader.size());
  text = trimmed(text);
  const std::vector<Row> rows = rows_of(text);
  const std::string_view before = text.substr(0, rows.empty() ? text.size() : rows.front().at);
  if (!says_nothing(before)) table.not_understood = std::string{before};

  std::set<std::string> bare_times;
  for (const Row& row : rows) {
    if (!row.time.number.empty() && row.time.unit.empty()) {
      bare_times.emplace(row.time.number);
    }
  }
  std::vector<TimeCell> times;
  for (std::size_t i = 0; i < rows.size(); ++i) {
    const Row& row = rows[i];
    const std::size_t end = i + 1 < rows.size() ? rows[i + 1].at : text.size();
    ChannelLine line;
    line.channel = row.channel;
    line.raw = std::string{trimmed(text.substr(row.at, end - row.at))};
    std::string_view cell = text.substr(row.fees_at, end - row.fees_at);
    std::string_view description;
    line.fees = read_fees(cell, description);
    TimeCell time = row.time;
    if (time.glued && !line.fees.empty()) {
      StatedFee& fee = line.fees.front();
      const auto head = fee_head(cell);
      const auto named = amounts_in_words(cell);
      const auto split = head ? best_split(head->number, bare_times, named) : std::nullopt;
      fee.understood = split.has_value();
      if (split) {
        time.number = split->time;
        fee.amount = amount_of(split->amount);
        bare_times.emplace(split->time);
      } else {
        fee.amount = 0;
        time.words = {};
      }
    }
    line.note = std::string{trimmed(description)};
    fee_from_description(line);
    line.raw_time = time.unit.empty() ? std::string{time.words.empty() ? time.number : time.words}
                                      : std::string{time.number} + " " + std::string{time.unit};
    times.push_back(time);
    table.lines.push_back(std::move(line));
  }
  // Rows with a unit first: they tell the unit of those without.
  for (const bool with_unit : {true, false}) {
    for (std::size_t i = 0; i < times.size(); ++i) {
      if (times[i].unit.empty() == with_unit) continue;
      understand_limit(table.lines[i], times[i], steps, table.lines);
    }
  }
  return table;
}

}  // namespace catalogue
