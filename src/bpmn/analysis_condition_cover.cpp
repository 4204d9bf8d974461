#include "bpmn/analysis_condition_cover.h"

#include <algorithm>
#include <set>

#include "bpmn/analysis_condition.h"

namespace bpmn {
namespace {

constexpr std::size_t kCasesMax = 20'000;

// A value an unknown may have; numbers are places on a line on which the literals lie as well.
struct Sample {
  ConditionLiteral::Kind kind = ConditionLiteral::Kind::null;
  std::string text;
  long double number = 0;
  bool literal = true;  // can be named to the reader
};

struct Unknown {
  std::set<long double> numbers;
  std::vector<ConditionLiteral> number_literals;
  std::set<std::string> texts;
  bool boolean = false;
  bool null = false;
  bool ordered = false;       // compared by < and the like
  bool with_unknown = false;  // compared with another unknown
  std::vector<Sample> samples;
};

using Unknowns = std::map<std::string, Unknown, std::less<>>;
using Case = std::map<std::string, const Sample*, std::less<>>;

void note_literal(Unknown& unknown, const ConditionLiteral& literal) {
  switch (literal.kind) {
    case ConditionLiteral::Kind::number:
      unknown.numbers.insert(literal.number);
      break;
    case ConditionLiteral::Kind::text:
      unknown.texts.insert(literal.text);
      break;
    case ConditionLiteral::Kind::boolean:
      unknown.boolean = true;
      break;
    case ConditionLiteral::Kind::null:
      unknown.null = true;
      break;
  }
}

bool is_order(ConditionOperator op) {
  return op != ConditionOperator::equal && op != ConditionOperator::unequal;
}

void collect(const Condition& condition, Unknowns& unknowns) {
  for (const Condition& part : condition.parts) collect(part, unknowns);
  if (condition.kind == Condition::Kind::unknown) unknowns[condition.text].boolean = true;
  if (condition.kind != Condition::Kind::comparison) return;
  const ConditionOperand& left = condition.left;
  const ConditionOperand& right = condition.right;
  for (const auto& [here, there] : {std::pair{&left, &right}, std::pair{&right, &left}}) {
    if (here->unknown.empty()) continue;
    Unknown& unknown = unknowns[here->unknown];
    unknown.ordered = unknown.ordered || is_order(condition.op);
    if (there->unknown.empty()) {
      note_literal(unknown, there->literal);
    } else {
      unknown.with_unknown = true;
    }
  }
}

std::string number_text(long double value) {
  if (value == static_cast<long double>(static_cast<std::int64_t>(value))) {
    return std::to_string(static_cast<std::int64_t>(value));
  }
  std::string text = std::to_string(static_cast<double>(value));
  while (text.ends_with('0')) text.pop_back();
  return text;
}

// The literals, and `between` points in each gap between, below and above them.
std::vector<Sample> points(const std::set<long double>& literals, std::size_t between) {
  std::vector<long double> values;
  if (literals.empty()) {
    for (std::size_t i = 0; i < between; ++i) values.push_back(static_cast<long double>(i));
  }
  const long double steps = static_cast<long double>(between + 1);
  for (auto at = literals.begin(); at != literals.end(); ++at) {
    const bool first = at == literals.begin();
    for (std::size_t i = 1; i <= between; ++i) {
      const long double before = first ? *at - 2 : *std::prev(at);
      values.push_back(before + (*at - before) * static_cast<long double>(i) / steps);
    }
    values.push_back(*at);
    if (std::next(at) != literals.end()) continue;
    for (std::size_t i = 1; i <= between; ++i) values.push_back(*at + static_cast<long double>(i));
  }
  std::vector<Sample> samples;
  for (const long double value : values) {
    samples.push_back({ConditionLiteral::Kind::number, number_text(value), value, true});
  }
  return samples;
}

void make_samples(Unknowns& unknowns, const ConditionDomains& domains) {
  // Unknowns compared with each other share their points, with room for any order among them.
  std::set<long double> shared;
  std::size_t together = 0;
  for (const auto& [name, unknown] : unknowns) {
    if (!unknown.with_unknown) continue;
    ++together;
    shared.insert(unknown.numbers.begin(), unknown.numbers.end());
  }
  for (auto& [name, unknown] : unknowns) {
    std::vector<Sample>& samples = unknown.samples;
    if (unknown.boolean) {
      samples.push_back({ConditionLiteral::Kind::boolean, "true", 0, true});
      samples.push_back({ConditionLiteral::Kind::boolean, "false", 0, true});
    }
    if (const auto domain = domains.find(name); domain != domains.end()) {
      for (const std::string& value : domain->second) {
        samples.push_back({ConditionLiteral::Kind::text, value, 0, true});
      }
    } else if (!unknown.texts.empty()) {
      for (const std::string& text : unknown.texts) {
        samples.push_back({ConditionLiteral::Kind::text, text, 0, true});
      }
      samples.push_back({ConditionLiteral::Kind::text, "\x01other", 0, false});
    }
    if (unknown.with_unknown) {
      const std::vector<Sample> more = points(shared, together);
      samples.insert(samples.end(), more.begin(), more.end());
    } else if (!unknown.numbers.empty() || unknown.ordered) {
      const std::vector<Sample> more = points(unknown.numbers, 1);
      samples.insert(samples.end(), more.begin(), more.end());
    }
    if (unknown.null) {
      samples.push_back({ConditionLiteral::Kind::null, "null", 0, true});
      // `x = null` alone: there is also an x that is something.
      if (samples.size() == 1) {
        samples.push_back({ConditionLiteral::Kind::text, "\x01other", 0, false});
      }
    }
  }
}

Sample value_of(const ConditionOperand& operand, const Case& now) {
  if (!operand.unknown.empty()) return *now.at(operand.unknown);
  return {operand.literal.kind, operand.literal.text, operand.literal.number, true};
}

bool same(const Sample& a, const Sample& b) {
  if (a.kind != b.kind) return false;
  return a.kind == ConditionLiteral::Kind::number ? a.number == b.number : a.text == b.text;
}

enum class Truth : std::uint8_t { no, yes, unknown };

Truth truth(bool value) {
  return value ? Truth::yes : Truth::no;
}

// As FEEL has it: comparing values of different kinds is null, and null is not true.
Truth holds(const Condition& condition, const Case& now) {
  switch (condition.kind) {
    case Condition::Kind::constant:
      return truth(condition.value);
    case Condition::Kind::unknown:
      return truth(now.at(condition.text)->text == "true");
    case Condition::Kind::negation: {
      const Truth inner = holds(condition.parts[0], now);
      return inner == Truth::unknown ? inner : truth(inner == Truth::no);
    }
    case Condition::Kind::all:
    case Condition::Kind::any: {
      const bool any = condition.kind == Condition::Kind::any;
      const Truth settles = any ? Truth::yes : Truth::no;
      Truth out = any ? Truth::no : Truth::yes;
      for (const Condition& part : condition.parts) {
        const Truth inner = holds(part, now);
        if (inner == settles) return settles;
        if (inner == Truth::unknown) out = inner;
      }
      return out;
    }
    case Condition::Kind::comparison:
      break;
  }
  const Sample a = value_of(condition.left, now);
  const Sample b = value_of(condition.right, now);
  const bool with_null =
      a.kind == ConditionLiteral::Kind::null || b.kind == ConditionLiteral::Kind::null;
  if (!is_order(condition.op)) {
    if (a.kind != b.kind && !with_null) return Truth::unknown;
    return truth(same(a, b) == (condition.op == ConditionOperator::equal));
  }
  if (a.kind != b.kind || a.kind == ConditionLiteral::Kind::boolean || with_null) {
    return Truth::unknown;
  }
  const bool number = a.kind == ConditionLiteral::Kind::number;
  const bool less = number ? a.number < b.number : a.text < b.text;
  const bool equal = same(a, b);
  switch (condition.op) {
    case ConditionOperator::less:
      return truth(less);
    case ConditionOperator::at_most:
      return truth(less || equal);
    case ConditionOperator::greater:
      return truth(!less && !equal);
    default:
      return truth(!less);
  }
}

// Texts compared by order have more cases than their literals: then nothing is claimed.
bool orders_texts(const Unknowns& unknowns) {
  return std::ranges::any_of(unknowns, [](const auto& entry) {
    return entry.second.ordered && !entry.second.texts.empty();
  });
}

std::string say(const Case& now) {
  std::string text;
  for (const auto& [name, sample] : now) {
    const bool is_text = sample->kind == ConditionLiteral::Kind::text;
    std::string value = is_text ? "\"" + sample->text + "\"" : sample->text;
    if (!sample->literal) value = "…";
    text += (text.empty() ? "" : ", ") + name + " = " + value;
  }
  return text.size() > 160 ? std::string{} : text;
}

}  // namespace

std::string normalised_condition(std::string_view text) {
  std::string out;
  bool quoted = false;
  bool space = false;
  for (std::size_t i = 0; i < text.size(); ++i) {
    const char c = text[i];
    if (!quoted && (c == ' ' || c == '\t' || c == '\n' || c == '\r')) {
      space = true;
      continue;
    }
    if (space && !out.empty()) out += ' ';
    space = false;
    if (c == '"') quoted = !quoted;
    out += c;
    if (quoted && c == '\\' && i + 1 < text.size()) out += text[++i];
  }
  return out;
}

ConditionCover cover_of(const std::vector<std::string>& conditions,
                        const ConditionDomains& domains) {
  ConditionCover cover;
  cover.ever_true.resize(conditions.size(), false);
  cover.ever_first.resize(conditions.size(), false);
  std::vector<Condition> read;
  Unknowns unknowns;
  for (const std::string& text : conditions) {
    read.push_back(read_condition(text));
    collect(read.back(), unknowns);
  }
  make_samples(unknowns, domains);
  std::size_t cases = 1;
  for (const auto& [name, unknown] : unknowns) {
    cases *= std::max<std::size_t>(unknown.samples.size(), 1);
    if (cases > kCasesMax || unknown.samples.empty()) return cover;
  }
  if (orders_texts(unknowns)) return cover;
  cover.decided = true;
  cover.complete = true;
  for (std::size_t number = 0; number < cases; ++number) {
    Case now;
    std::size_t rest = number;
    for (const auto& [name, unknown] : unknowns) {
      now[name] = &unknown.samples[rest % unknown.samples.size()];
      rest /= unknown.samples.size();
    }
    bool any = false;
    for (std::size_t i = 0; i < read.size(); ++i) {
      if (holds(read[i], now) != Truth::yes) continue;
      cover.ever_true[i] = true;
      if (!any) cover.ever_first[i] = true;
      any = true;
    }
    if (!any && cover.complete) {
      cover.complete = false;
      cover.gap = say(now);
    }
  }
  return cover;
}

}  // namespace bpmn
