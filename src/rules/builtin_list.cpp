// builtin_list.cpp - functions of lists.  Most take a list, or its items one by one.
#include <algorithm>
#include <array>

#include "rules/argument.h"
#include "rules/operation.h"

namespace rules {

namespace {

// The items: of the list in the only argument, or the arguments themselves.
Value items_of(const Arguments& arguments) {
  if (arguments.size() == 1) return list_in(arguments[0]);
  return List{arguments.values.begin(), arguments.values.end()};
}

// All numbers, or nothing with a problem.
std::optional<std::vector<Decimal>> numbers_of(Evaluator& evaluator, const Arguments& arguments) {
  const Value items = items_of(arguments);
  if (items.if_list() == nullptr || !evaluator.spend(items.if_list()->size())) {
    wrong_kind(evaluator, "a list of numbers is expected");
    return std::nullopt;
  }
  std::vector<Decimal> numbers;
  for (const Value& item : *items.if_list()) {
    if (item.if_number() == nullptr) {
      wrong_kind(evaluator, "a list of numbers is expected");
      return std::nullopt;
    }
    numbers.push_back(*item.if_number());
  }
  return numbers;
}

std::optional<Decimal> total_of(const std::vector<Decimal>& numbers) {
  std::optional<Decimal> total = Decimal{};
  for (const Decimal& number : numbers) {
    if (total) total = Decimal::add(*total, number);
  }
  return total;
}

std::optional<Decimal> mean_of(const std::vector<Decimal>& numbers) {
  const std::optional<Decimal> total = total_of(numbers);
  if (!total || numbers.empty()) return std::nullopt;
  return Decimal::divide(*total, Decimal{static_cast<std::int64_t>(numbers.size())});
}

template <bool largest>
Value extreme(Evaluator& evaluator, const Arguments& arguments) {
  const Value items = items_of(arguments);
  const List* list = items.if_list();
  if (list == nullptr || list->empty() || !evaluator.spend(list->size())) {
    return wrong_kind(evaluator, "a list with items is expected");
  }
  Value best = list->front();
  if (!compare(best, best)) return wrong_kind(evaluator, "the items have no order");
  for (const Value& item : *list) {
    const std::optional<int> order = compare(item, best);
    if (!order) return wrong_kind(evaluator, "the items have no order");
    if (largest ? *order > 0 : *order < 0) best = item;
  }
  return best;
}

Value sum(Evaluator& evaluator, const Arguments& arguments) {
  const Value items = items_of(arguments);
  if (items.if_list() == nullptr || items.if_list()->empty()) {
    return wrong_kind(evaluator, "a list with items is expected");
  }
  if (!evaluator.spend(items.if_list()->size())) return {};
  Value total = items.if_list()->front();
  const bool summable = total.if_number() != nullptr || total.if_days_time() != nullptr ||
                        total.if_years_months() != nullptr;
  if (!summable) return wrong_kind(evaluator, "numbers or durations are expected");
  for (std::size_t i = 1; i < items.if_list()->size(); ++i) {
    const Value& item = (*items.if_list())[i];
    if (item.kind() != total.kind()) return wrong_kind(evaluator, "items of different kinds");
    total = add(total, item);
  }
  return total;
}

Value mean(Evaluator& evaluator, const Arguments& arguments) {
  const auto numbers = numbers_of(evaluator, arguments);
  if (!numbers) return {};
  return value_or_null(evaluator, mean_of(*numbers), "no mean of nothing");
}

Value product(Evaluator& evaluator, const Arguments& arguments) {
  const auto numbers = numbers_of(evaluator, arguments);
  if (!numbers) return {};
  if (numbers->empty()) return no_result(evaluator, "no product of nothing");
  std::optional<Decimal> result = Decimal{1};
  for (const Decimal& number : *numbers) {
    if (result) result = Decimal::multiply(*result, number);
  }
  return value_or_null(evaluator, result, "the product is too large");
}

Value median(Evaluator& evaluator, const Arguments& arguments) {
  auto numbers = numbers_of(evaluator, arguments);
  if (!numbers || numbers->empty()) return {};
  std::ranges::sort(*numbers);
  const std::size_t middle = numbers->size() / 2;
  if (numbers->size() % 2 == 1) return (*numbers)[middle];
  return value_or_null(evaluator, mean_of({(*numbers)[middle - 1], (*numbers)[middle]}),
                       "the numbers are too large");
}

// Of a sample: divided by one less than there are.
Value standard_deviation(Evaluator& evaluator, const Arguments& arguments) {
  const auto numbers = numbers_of(evaluator, arguments);
  if (!numbers) return {};
  const std::optional<Decimal> mean_value = mean_of(*numbers);
  if (!mean_value || numbers->size() < 2) return no_result(evaluator, "needs two numbers");
  std::optional<Decimal> squares = Decimal{};
  for (const Decimal& number : *numbers) {
    const auto distance = Decimal::subtract(number, *mean_value);
    const auto square = distance ? Decimal::multiply(*distance, *distance) : std::nullopt;
    squares = squares && square ? Decimal::add(*squares, *square) : std::nullopt;
  }
  if (!squares) return no_result(evaluator, "the numbers are too large");
  const auto variance =
      Decimal::divide(*squares, Decimal{static_cast<std::int64_t>(numbers->size()) - 1});
  return value_or_null(evaluator, variance ? Decimal::square_root(*variance) : std::nullopt,
                       "no result");
}

Value mode(Evaluator& evaluator, const Arguments& arguments) {
  auto numbers = numbers_of(evaluator, arguments);
  if (!numbers) return {};
  std::ranges::sort(*numbers);
  std::size_t most = 0;
  List modes;
  for (std::size_t i = 0; i < numbers->size();) {
    std::size_t end = i;
    while (end < numbers->size() && (*numbers)[end] == (*numbers)[i]) ++end;
    if (end - i > most) modes.clear();
    most = std::max(most, end - i);
    if (end - i == most) modes.emplace_back((*numbers)[i]);
    i = end;
  }
  return modes;
}

// `all`: one false decides; `any`: one true does.  What is no boolean leaves it unknown.
template <bool deciding>
Value quantified(Evaluator& evaluator, const Arguments& arguments) {
  const Value items = items_of(arguments);
  if (items.if_list() == nullptr || !evaluator.spend(items.if_list()->size())) {
    return wrong_kind(evaluator, "a list is expected");
  }
  bool unknown = false;
  for (const Value& item : *items.if_list()) {
    if (item.if_boolean() == nullptr) {
      unknown = true;
    } else if (*item.if_boolean() == deciding) {
      return deciding;
    }
  }
  return unknown ? Value{} : Value{!deciding};
}

Value count(Evaluator& evaluator, const Arguments& arguments) {
  const Value items = items_of(arguments);
  if (items.if_list() == nullptr) return wrong_kind(evaluator, "a list is expected");
  return static_cast<std::int64_t>(items.if_list()->size());
}

bool same(const Value& a, const Value& b) {
  return equals(a, b) == true;
}

Value list_contains(Evaluator& evaluator, const Arguments& arguments) {
  const Value items = list_in(arguments[0]);
  if (items.if_list() == nullptr || !evaluator.spend(items.if_list()->size())) {
    return wrong_kind(evaluator, "a list is expected");
  }
  return std::ranges::any_of(*items.if_list(),
                             [&](const Value& item) { return same(item, arguments[1]); });
}

// A position as FEEL counts: from 1, or from the end with a minus; nothing outside the list.
std::optional<std::size_t> index_of_position(const Value& position, std::size_t size) {
  const Decimal* number = number_in(position);
  const std::optional<std::int64_t> integer =
      number == nullptr ? std::nullopt : number->to_integer();
  const auto count_of_items = static_cast<std::int64_t>(size);
  if (!integer || *integer == 0 || *integer > count_of_items || *integer < -count_of_items) {
    return std::nullopt;
  }
  return static_cast<std::size_t>(*integer > 0 ? *integer - 1 : count_of_items + *integer);
}

// A copy of the list to change, paid for.
std::optional<List> copy_of(Evaluator& evaluator, const Value& argument) {
  const Value items = list_in(argument);
  if (items.if_list() == nullptr) {
    wrong_kind(evaluator, "a list is expected");
    return std::nullopt;
  }
  const std::size_t size = items.if_list()->size();
  if (!evaluator.spend(size) || !evaluator.spend_memory((size + 1) * sizeof(Value))) {
    return std::nullopt;
  }
  return *items.if_list();
}

Value sublist(Evaluator& evaluator, const Arguments& arguments) {
  const std::optional<List> list = copy_of(evaluator, arguments[0]);
  if (!list) return {};
  const auto start = index_of_position(arguments[1], list->size());
  if (!start) return no_result(evaluator, "the position is not within the list");
  std::size_t length = list->size() - *start;
  if (arguments.has(2) && !arguments[2].is_null()) {
    const Decimal* given = number_in(arguments[2]);
    const auto wanted = given == nullptr ? std::nullopt : given->to_integer();
    if (!wanted || *wanted < 0 || static_cast<std::size_t>(*wanted) > length) {
      return no_result(evaluator, "the length is not within the list");
    }
    length = static_cast<std::size_t>(*wanted);
  }
  const auto first = list->begin() + static_cast<std::ptrdiff_t>(*start);
  return List{first, first + static_cast<std::ptrdiff_t>(length)};
}

Value append(Evaluator& evaluator, const Arguments& arguments) {
  std::optional<List> list = copy_of(evaluator, arguments[0]);
  if (!list) return {};
  list->insert(list->end(), arguments.values.begin() + 1, arguments.values.end());
  return *std::move(list);
}

Value concatenate(Evaluator& evaluator, const Arguments& arguments) {
  List result;
  for (const Value& argument : arguments.values) {
    const std::optional<List> part = copy_of(evaluator, argument);
    if (!part) return {};
    result.insert(result.end(), part->begin(), part->end());
  }
  return result;
}

Value insert_before(Evaluator& evaluator, const Arguments& arguments) {
  std::optional<List> list = copy_of(evaluator, arguments[0]);
  if (!list) return {};
  const auto index = index_of_position(arguments[1], list->size());
  if (!index) return no_result(evaluator, "the position is not within the list");
  list->insert(list->begin() + static_cast<std::ptrdiff_t>(*index), arguments[2]);
  return *std::move(list);
}

Value remove_at(Evaluator& evaluator, const Arguments& arguments) {
  std::optional<List> list = copy_of(evaluator, arguments[0]);
  if (!list) return {};
  const auto index = index_of_position(arguments[1], list->size());
  if (!index) return no_result(evaluator, "the position is not within the list");
  list->erase(list->begin() + static_cast<std::ptrdiff_t>(*index));
  return *std::move(list);
}

Value list_replace(Evaluator& evaluator, const Arguments& arguments) {
  std::optional<List> list = copy_of(evaluator, arguments[0]);
  if (!list) return {};
  const Function* match = arguments[1].if_function();
  if (match == nullptr) {
    const auto index = index_of_position(arguments[1], list->size());
    if (!index) return no_result(evaluator, "the position is not within the list");
    (*list)[*index] = arguments[2];
    return *std::move(list);
  }
  if (match->parameters.size() != 2) {
    return wrong_kind(evaluator, "a function of two parameters is expected");
  }
  for (Value& item : *list) {
    const Value matched = evaluator.call(arguments[1], {item, arguments[2]});
    if (matched.if_boolean() == nullptr) return wrong_kind(evaluator, "the match is no boolean");
    if (matched.is_true()) item = arguments[2];
  }
  return *std::move(list);
}

Value reversed(Evaluator& evaluator, const Arguments& arguments) {
  std::optional<List> list = copy_of(evaluator, arguments[0]);
  if (!list) return {};
  std::ranges::reverse(*list);
  return *std::move(list);
}

Value index_of(Evaluator& evaluator, const Arguments& arguments) {
  const std::optional<List> list = copy_of(evaluator, arguments[0]);
  if (!list) return {};
  List positions;
  for (std::size_t i = 0; i < list->size(); ++i) {
    if (same((*list)[i], arguments[1])) positions.emplace_back(static_cast<std::int64_t>(i) + 1);
  }
  return positions;
}

// The first of each of the same value.
Value distinct(Evaluator& evaluator, const List& items) {
  List result;
  for (const Value& item : items) {
    if (!evaluator.spend(1 + result.size() / 4 + result.size() * (item.weight() / 256))) return {};
    if (std::ranges::none_of(result, [&](const Value& kept) { return same(kept, item); })) {
      result.push_back(item);
    }
  }
  return result;
}

Value distinct_values(Evaluator& evaluator, const Arguments& arguments) {
  const std::optional<List> list = copy_of(evaluator, arguments[0]);
  return list ? distinct(evaluator, *list) : Value{};
}

Value united(Evaluator& evaluator, const Arguments& arguments) {
  const Value all = concatenate(evaluator, arguments);
  return all.is_null() ? Value{} : distinct(evaluator, *all.if_list());
}

// Values nest no deeper than 200, see Evaluator::bounded.
bool flatten_into(Evaluator& evaluator, const List& list, List& result) {
  for (const Value& item : list) {
    if (!evaluator.spend(1) || !evaluator.spend_memory(sizeof(Value))) return false;
    if (item.if_list() != nullptr) {
      if (!flatten_into(evaluator, *item.if_list(), result)) return false;
    } else {
      result.push_back(item);
    }
  }
  return true;
}

Value flatten(Evaluator& evaluator, const Arguments& arguments) {
  const Value list = list_in(arguments[0]);
  if (list.if_list() == nullptr) return wrong_kind(evaluator, "a list is expected");
  List result;
  return flatten_into(evaluator, *list.if_list(), result) ? Value{std::move(result)} : Value{};
}

// Merge sort of our own: the order comes from the rule's author and may contradict itself, which
// std::sort does not survive.
bool merge_sort(Evaluator& evaluator, List& list, const Value& precedes) {
  for (std::size_t width = 1; width < list.size(); width *= 2) {
    List merged;
    merged.reserve(list.size());
    for (std::size_t start = 0; start < list.size(); start += 2 * width) {
      std::size_t left = start;
      const std::size_t middle = std::min(start + width, list.size());
      std::size_t right = middle;
      const std::size_t end = std::min(start + 2 * width, list.size());
      while (left < middle && right < end) {
        bool right_first = false;
        if (precedes.is_null()) {
          const std::optional<int> order = compare(list[right], list[left]);
          if (!order) return false;
          right_first = *order < 0;
        } else {
          const Value result = evaluator.call(precedes, {list[right], list[left]});
          if (result.if_boolean() == nullptr) return false;
          right_first = result.is_true();
        }
        merged.push_back(list[right_first ? right++ : left++]);
        if (!evaluator.spend(1)) return false;
      }
      while (left < middle) merged.push_back(list[left++]);
      while (right < end) merged.push_back(list[right++]);
    }
    list = std::move(merged);
  }
  return true;
}

Value sort(Evaluator& evaluator, const Arguments& arguments) {
  std::optional<List> list = copy_of(evaluator, arguments[0]);
  if (!list) return {};
  if (arguments.has(1) && arguments[1].if_function() == nullptr) {
    return wrong_kind(evaluator, "a function is expected");
  }
  if (!merge_sort(evaluator, *list, arguments[1])) {
    return no_result(evaluator, "the items have no order");
  }
  return *std::move(list);
}

constexpr std::array kFunctions{
    Builtin{"min", "list", extreme<false>},
    Builtin{"min", "list...", extreme<false>},
    Builtin{"max", "list", extreme<true>},
    Builtin{"max", "list...", extreme<true>},
    Builtin{"sum", "list", sum},
    Builtin{"sum", "list...", sum},
    Builtin{"mean", "list", mean},
    Builtin{"mean", "list...", mean},
    Builtin{"product", "list", product},
    Builtin{"product", "list...", product},
    Builtin{"median", "list", median},
    Builtin{"median", "list...", median},
    Builtin{"stddev", "list", standard_deviation},
    Builtin{"stddev", "list...", standard_deviation},
    Builtin{"mode", "list", mode},
    Builtin{"mode", "list...", mode},
    Builtin{"all", "list", quantified<false>},
    Builtin{"all", "list...", quantified<false>},
    Builtin{"any", "list", quantified<true>},
    Builtin{"any", "list...", quantified<true>},
    Builtin{"count", "list", count},
    Builtin{"list contains", "list,element", list_contains},
    Builtin{"sublist", "list,start position,length?", sublist},
    Builtin{"append", "list,item...", append},
    Builtin{"concatenate", "list...", concatenate},
    Builtin{"insert before", "list,position,newItem", insert_before},
    Builtin{"remove", "list,position", remove_at},
    Builtin{"list replace", "list,position,newItem", list_replace},
    Builtin{"list replace", "list,match,newItem", list_replace},
    Builtin{"reverse", "list", reversed},
    Builtin{"index of", "list,match", index_of},
    Builtin{"distinct values", "list", distinct_values},
    Builtin{"union", "list...", united},
    Builtin{"flatten", "list", flatten},
    Builtin{"sort", "list,precedes?", sort},
};

}  // namespace

std::span<const Builtin> list_builtins() {
  return kFunctions;
}

}  // namespace rules
