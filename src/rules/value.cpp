#include "rules/value.h"

#include <algorithm>

#include "rules/function.h"

namespace rules {

namespace {

constexpr std::uint64_t kWeight = 16;  // of a plain value
constexpr std::uint64_t kWeightMax = std::uint64_t{1} << 60U;

}  // namespace

Value::Value(std::string text) : state_(std::make_shared<const std::string>(std::move(text))) {}
Value::Value(Time time) : state_(std::make_shared<const Time>(std::move(time))) {}
Value::Value(DateTime moment) : state_(std::make_shared<const DateTime>(std::move(moment))) {}

Value::Value(List list) {
  std::uint32_t inner = 0;
  std::uint64_t weight = kWeight;
  for (const Value& item : list) {
    inner = std::max(inner, item.depth());
    weight = std::min(weight + item.weight(), kWeightMax);
  }
  state_ = std::make_shared<const ListBox>(ListBox{std::move(list), inner + 1, weight});
}

Value::Value(Context context) {
  std::uint32_t inner = 0;
  std::uint64_t weight = kWeight;
  for (const Context::Entry& entry : context.entries()) {
    inner = std::max(inner, entry.value.depth());
    weight = std::min(weight + entry.name.size() + entry.value.weight(), kWeightMax);
  }
  state_ = std::make_shared<const ContextBox>(ContextBox{std::move(context), inner + 1, weight});
}

Value::Value(Range range) : state_(std::make_shared<const Range>(std::move(range))) {}

bool Value::is_true() const {
  const bool* held = if_boolean();
  return held != nullptr && *held;
}

bool Value::is_false() const {
  const bool* held = if_boolean();
  return held != nullptr && !*held;
}

std::uint32_t Value::depth() const {
  if (const ListBox* list = shared<ListBox>()) return list->depth;
  if (const ContextBox* context = shared<ContextBox>()) return context->depth;
  if (const Function* function = shared<Function>()) return function->captured.depth() + 1;
  return 0;
}

std::uint64_t Value::weight() const {
  if (const ListBox* list = shared<ListBox>()) return list->weight;
  if (const ContextBox* context = shared<ContextBox>()) return context->weight;
  if (const std::string* text = if_string()) return kWeight + text->size();
  if (const Decimal* number = if_number()) return kWeight + number->zeros_written();
  if (const Range* range = if_range()) return kWeight + range->low.weight() + range->high.weight();
  return kWeight;
}

std::optional<std::int64_t> Value::if_integer() const {
  const Decimal* number = if_number();
  return number == nullptr ? std::nullopt : number->to_integer();
}

const Value& Value::operator[](std::string_view name) const {
  static const Value kNull;
  const Context* context = if_context();
  if (context == nullptr) return kNull;
  const Value* found = context->find(name);
  return found == nullptr ? kNull : *found;
}

bool operator==(const Value& a, const Value& b) {
  if (a.kind() != b.kind()) return false;
  switch (a.kind()) {
    case Kind::string:
      return *a.if_string() == *b.if_string();
    case Kind::time:
      return *a.if_time() == *b.if_time();
    case Kind::date_time:
      return *a.if_date_time() == *b.if_date_time();
    case Kind::list:
      return *a.if_list() == *b.if_list();
    case Kind::context: {
      const Context& left = *a.if_context();
      const Context& right = *b.if_context();
      return left.size() == right.size() &&
             std::ranges::all_of(left.entries(), [&](const Context::Entry& entry) {
               const Value* other = right.find(entry.name);
               return other != nullptr && entry.value == *other;
             });
    }
    case Kind::range: {
      const Range& left = *a.if_range();
      const Range& right = *b.if_range();
      return left.low_closed == right.low_closed && left.high_closed == right.high_closed &&
             left.comparison == right.comparison && left.low == right.low &&
             left.high == right.high;
    }
    default:
      return a.state_ == b.state_;
  }
}

Context::Context(std::initializer_list<Entry> entries) : entries_(entries) {}

void Context::set(std::string_view name, Value value) {
  for (Entry& entry : entries_) {
    if (entry.name == name) {
      entry.value = std::move(value);
      return;
    }
  }
  entries_.push_back({std::string{name}, std::move(value)});
}

const Value* Context::find(std::string_view name) const {
  for (const Entry& entry : entries_) {
    if (entry.name == name) return &entry.value;
  }
  return nullptr;
}

}  // namespace rules
