#pragma once
// value.h - a value of FEEL: 24 bytes, cheap to copy, never changed once made.
//
// Lists, contexts, texts, ranges and functions are shared between copies and immutable, so a Value
// may be read from many threads.  A value knows nothing of where it came from; JSON and XML are at
// the edge (`to_json`, `from_json`, dmn_xml.h).
#include <concepts>
#include <cstdint>
#include <initializer_list>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <variant>
#include <vector>

#include "base/json.h"
#include "rules/decimal.h"
#include "rules/temporal.h"

namespace rules {

class Value;
class Context;
struct Range;
struct ListBox;
struct ContextBox;
struct Function;  // function.h; opaque to users: call one by evaluating an expression that calls it
struct Type;      // type.h
using List = std::vector<Value>;

enum class Kind : std::uint8_t {
  null,
  boolean,
  number,
  string,
  date,
  time,
  date_time,
  years_months,
  days_time,
  list,
  context,
  range,
  function,
};

class Value {
 public:
  Value() = default;  // null
  // Implicit on purpose: a Value is what callers have in hand, and `{"age", 17}` must read well.
  template <std::same_as<bool> B>
  Value(B boolean) : state_(boolean) {}  // NOLINT(google-explicit-constructor)
  template <std::integral I>
    requires(!std::same_as<I, bool>)
  Value(I integer)  // NOLINT(google-explicit-constructor)
      : state_(Decimal{static_cast<std::int64_t>(integer)}) {}
  Value(Decimal number) : state_(number) {}                   // NOLINT(google-explicit-constructor)
  Value(std::string text);                                    // NOLINT(google-explicit-constructor)
  Value(std::string_view text) : Value(std::string{text}) {}  // NOLINT(google-explicit-constructor)
  Value(const char* text) : Value(std::string{text}) {}       // NOLINT(google-explicit-constructor)
  Value(Date date) : state_(date) {}                          // NOLINT(google-explicit-constructor)
  Value(Time time);                                           // NOLINT(google-explicit-constructor)
  Value(DateTime moment);                                     // NOLINT(google-explicit-constructor)
  Value(YearsMonths duration) : state_(duration) {}           // NOLINT(google-explicit-constructor)
  Value(DaysTime duration) : state_(duration) {}              // NOLINT(google-explicit-constructor)
  Value(List list);                                           // NOLINT(google-explicit-constructor)
  Value(Context context);                                     // NOLINT(google-explicit-constructor)
  Value(Range range);                                         // NOLINT(google-explicit-constructor)
  Value(std::shared_ptr<const Function> function)             // NOLINT(google-explicit-constructor)
      : state_(std::move(function)) {}

  [[nodiscard]] Kind kind() const { return static_cast<Kind>(state_.index()); }
  [[nodiscard]] bool is_null() const { return kind() == Kind::null; }
  [[nodiscard]] bool is_true() const;   // the boolean true, and nothing else
  [[nodiscard]] bool is_false() const;  // the boolean false, and nothing else

  // The content, or null where the value is of another kind.  Valid as long as this value lives.
  [[nodiscard]] const bool* if_boolean() const { return std::get_if<bool>(&state_); }
  [[nodiscard]] const Decimal* if_number() const { return std::get_if<Decimal>(&state_); }
  [[nodiscard]] const std::string* if_string() const { return shared<std::string>(); }
  [[nodiscard]] const Date* if_date() const { return std::get_if<Date>(&state_); }
  [[nodiscard]] const Time* if_time() const { return shared<Time>(); }
  [[nodiscard]] const DateTime* if_date_time() const { return shared<DateTime>(); }
  [[nodiscard]] const YearsMonths* if_years_months() const {
    return std::get_if<YearsMonths>(&state_);
  }
  [[nodiscard]] const DaysTime* if_days_time() const { return std::get_if<DaysTime>(&state_); }
  [[nodiscard]] const List* if_list() const;
  [[nodiscard]] const Context* if_context() const;
  [[nodiscard]] const Range* if_range() const { return shared<Range>(); }
  [[nodiscard]] const Function* if_function() const { return shared<Function>(); }
  // A whole number that fits, the most asked question of a number.
  [[nodiscard]] std::optional<std::int64_t> if_integer() const;

  // How deep lists, contexts and functions lie within each other; 0 for a plain value.
  [[nodiscard]] std::uint32_t depth() const;

  // About how many bytes the value takes when written out, every shared part as often as it is
  // seen: what lists made of each other would cost to walk.
  [[nodiscard]] std::uint64_t weight() const;

  // The entry of a context; null value where there is none or this is no context.
  [[nodiscard]] const Value& operator[](std::string_view name) const;

  // Same kind and same content, entry by entry: null equals null, 1 equals 1.0, contexts without
  // regard to order.  Functions are equal when they are the same one.
  friend bool operator==(const Value& a, const Value& b);

 private:
  template <class T>
  [[nodiscard]] const T* shared() const {
    const auto* held = std::get_if<std::shared_ptr<const T>>(&state_);
    return held == nullptr ? nullptr : held->get();
  }

  std::variant<std::monostate, bool, Decimal, std::shared_ptr<const std::string>, Date,
               std::shared_ptr<const Time>, std::shared_ptr<const DateTime>, YearsMonths, DaysTime,
               std::shared_ptr<const ListBox>, std::shared_ptr<const ContextBox>,
               std::shared_ptr<const Range>, std::shared_ptr<const Function>>
      state_;
};

// Names to values, in the order they were written.
class Context {
 public:
  struct Entry {
    std::string name;
    Value value;
  };
  Context() = default;
  Context(std::initializer_list<Entry> entries);

  // Replaces the value of a name that is there already.
  void set(std::string_view name, Value value);
  [[nodiscard]] const Value* find(std::string_view name) const;
  [[nodiscard]] const std::vector<Entry>& entries() const { return entries_; }
  [[nodiscard]] std::size_t size() const { return entries_.size(); }

 private:
  std::vector<Entry> entries_;
};

// What a list and a context share between copies: the content, how deep it nests and what it
// weighs, which are known so that no chain of evaluations can build a value too deep or too large
// to walk.
struct ListBox {
  List items;
  std::uint32_t depth = 1;
  std::uint64_t weight = 0;
};
struct ContextBox {
  Context entries;
  std::uint32_t depth = 1;
  std::uint64_t weight = 0;
};

inline const List* Value::if_list() const {
  const ListBox* box = shared<ListBox>();
  return box == nullptr ? nullptr : &box->items;
}
inline const Context* Value::if_context() const {
  const ContextBox* box = shared<ContextBox>();
  return box == nullptr ? nullptr : &box->entries;
}

// [low..high], (low..high], [low..high), ..., or a comparison such as (< 5).
struct Range {
  Value low;
  Value high;
  bool low_closed = false;
  bool high_closed = false;
  // Written as a comparison: `(< 5)`.  Its absent end is unbounded; that of `(null..5)` is unknown.
  bool comparison = false;
};

// plain: times and durations are texts like any other.  tagged: they are written @"..." (and a text
// that begins with @ gets a second one), so that from_json gives back the same value.
enum class JsonForm { plain, tagged };

// Integers of 64 bits and decimals of up to 15 digits are JSON numbers, longer ones a text with all
// digits.  Functions are null; a range is its FEEL text.
[[nodiscard]] base::json::value to_json(const Value& value, JsonForm form = JsonForm::plain);
// Names become NFC.  Depth is bounded by what base::parse_json admits.
[[nodiscard]] Value from_json(const base::json::value& json, JsonForm form = JsonForm::plain);
// As `type` asks: a text where a date is wanted becomes that date, and so on down lists and
// contexts. What does not fit stays as it is.
[[nodiscard]] Value from_json(const base::json::value& json, const Type& type);

// As FEEL's string(): a text is itself, everything else as one would write it.
[[nodiscard]] std::string to_text(const Value& value);

}  // namespace rules
