#include "procedure/situation_samples.h"

#include <algorithm>
#include <cctype>
#include <cstdint>
#include <map>
#include <set>
#include <string>
#include <utility>

#include <boost/json/array.hpp>
#include <boost/json/object.hpp>

#include "rules/dmn_model.h"

namespace procedure {
namespace {

constexpr std::size_t kCombinationsMax = 2048;
constexpr std::size_t kDrawn = 1024;

using base::json::value;
using Values = std::vector<value>;

// Numbers, days and quoted texts in a condition: where it changes its mind.
struct Constants {
  std::set<std::int64_t> numbers;
  std::set<std::string> texts;
};

void gather(std::string_view text, Constants& constants) {
  for (std::size_t i = 0; i < text.size(); ++i) {
    if (text[i] == '"') {
      const std::size_t end = text.find('"', i + 1);
      if (end == std::string_view::npos) return;
      constants.texts.insert(std::string{text.substr(i + 1, end - i - 1)});
      i = end;
    } else if (std::isdigit(static_cast<unsigned char>(text[i])) != 0) {
      std::int64_t number = 0;
      std::size_t digits = 0;
      while (i < text.size() && std::isdigit(static_cast<unsigned char>(text[i])) != 0) {
        if (++digits <= 15) number = number * 10 + (text[i] - '0');
        ++i;
      }
      --i;
      constants.numbers.insert(number);
    }
  }
}

// SplitMix64: the same draws everywhere.
class Draw {
 public:
  std::size_t below(std::size_t count) {
    state_ += 0x9E3779B97F4A7C15ULL;
    std::uint64_t z = state_;
    z = (z ^ (z >> 30U)) * 0xBF58476D1CE4E5B9ULL;
    z = (z ^ (z >> 27U)) * 0x94D049BB133111EBULL;
    return static_cast<std::size_t>((z ^ (z >> 31U)) % count);
  }

 private:
  std::uint64_t state_ = 6;
};

class Sampler {
 public:
  explicit Sampler(const Procedure& procedure) : procedure_(procedure) {}

  Samples take() {
    gather_names();
    for (const Example& example : procedure_.examples) {
      for (const Channel channel : procedure_.channels) {
        samples_.situations.push_back({example.answers, channel, example.on});
      }
    }
    day_ = procedure_.examples.empty()
               ? procedure_.effective_from.value_or(*calendar::make_date(2026, 8, 20))
               : procedure_.examples.front().on;
    std::vector<std::pair<std::string, Values>> fields;
    std::size_t combinations = procedure_.channels.size();
    bool finite = true;
    for (const std::string& name : names_) {
      const form::Field* field = procedure_.form.find_field(name);
      if (field == nullptr) continue;
      Values values = values_of(*field, finite);
      combinations = combinations > kCombinationsMax ? combinations : combinations * values.size();
      fields.emplace_back(name, std::move(values));
    }
    if (combinations <= kCombinationsMax) {
      all(fields);
      samples_.exhaustive = finite;
    } else {
      drawn(fields);
    }
    return std::move(samples_);
  }

 private:
  void note(const form::Condition& condition) {
    names_.insert(condition.names().begin(), condition.names().end());
    gather(condition.text(), constants_);
  }

  void gather_names() {
    for (const Case& one : procedure_.cases) {
      if (one.when) note(*one.when);
    }
    for (const Component& one : procedure_.components) {
      if (one.applies_when) note(*one.applies_when);
    }
    if (procedure_.rules != nullptr) {
      for (const rules::DecisionEntry& input : procedure_.rules->inputs()) {
        names_.insert(input.name);
      }
    }
  }

  // Both sides of every constant.
  Values numbers(const form::Field& field) const {
    std::set<std::int64_t> tried{field.minimum.value_or(0), 1, 2};
    for (const std::int64_t number : constants_.numbers) {
      tried.insert({number - 1, number, number + 1});
    }
    Values values;
    for (const std::int64_t number : tried) {
      if (field.minimum && number < *field.minimum) continue;
      if (field.maximum && number > *field.maximum) continue;
      values.emplace_back(number);
    }
    return values;
  }

  Values days() const {
    Values values;
    std::set<std::int64_t> offsets{0, 1, -1, 400, -400, -365 * 20, -365 * 40};
    for (const std::int64_t number : constants_.numbers) {
      if (number > 2000) continue;
      offsets.insert({-number, -number - 1, number, number + 1, -number * 366, -number * 365 + 30});
    }
    for (const std::int64_t offset : offsets) {
      values.emplace_back(calendar::to_iso(day_ + std::chrono::days{offset}));
    }
    return values;
  }

  // What the examples answer, too: somebody has thought about it.
  Values values_of(const form::Field& field, bool& finite) const {
    Values values;
    switch (field.type) {
      case form::FieldType::boolean:
        values = {true, false};
        break;
      case form::FieldType::choice:
        for (const form::Option& option : field.options) values.emplace_back(option.value);
        break;
      case form::FieldType::multi_choice:
        for (const form::Option& option : field.options) {
          values.emplace_back(base::json::array{value(option.value)});
        }
        finite = false;
        break;
      case form::FieldType::integer:
      case form::FieldType::money:
        values = numbers(field);
        finite = false;
        break;
      case form::FieldType::date:
      case form::FieldType::partial_date:
        values = days();
        finite = false;
        break;
      default:
        for (const std::string& text : constants_.texts) values.emplace_back(text);
        if (field.type == form::FieldType::table) values.clear();
        finite = false;
        break;
    }
    for (const Example& example : procedure_.examples) {
      const value* answer = example.answers.if_contains(field.id);
      if (answer != nullptr && std::ranges::find(values, *answer) == values.end()) {
        values.push_back(*answer);
      }
    }
    if (!field.required || values.empty()) values.emplace_back(nullptr);
    return values;
  }

  void add(base::json::object answers, Channel channel) {
    samples_.situations.push_back({std::move(answers), channel, day_});
  }

  void all(const std::vector<std::pair<std::string, Values>>& fields) {
    std::vector<std::size_t> at(fields.size(), 0);
    for (bool more = true; more;) {
      base::json::object answers;
      for (std::size_t i = 0; i < fields.size(); ++i) {
        const value& answer = fields[i].second[at[i]];
        if (!answer.is_null()) answers[fields[i].first] = answer;
      }
      for (const Channel channel : procedure_.channels) add(answers, channel);
      more = false;
      for (std::size_t i = 0; i < fields.size() && !more; ++i) {
        more = ++at[i] < fields[i].second.size();
        if (!more) at[i] = 0;
      }
    }
  }

  void drawn(const std::vector<std::pair<std::string, Values>>& fields) {
    Draw draw;
    for (std::size_t n = 0; n < kDrawn; ++n) {
      base::json::object answers;
      for (const auto& [name, values] : fields) {
        const value& answer = values[draw.below(values.size())];
        if (!answer.is_null()) answers[name] = answer;
      }
      add(std::move(answers), procedure_.channels[draw.below(procedure_.channels.size())]);
    }
  }

  const Procedure& procedure_;
  std::set<std::string> names_;
  Constants constants_;
  calendar::Date day_{};
  Samples samples_;
};

}  // namespace

Samples sample_situations(const Procedure& procedure) {
  if (procedure.channels.empty() || procedure.cases.empty()) return {};
  return Sampler(procedure).take();
}

}  // namespace procedure
