// builtin_range.cpp - how points and ranges lie to each other.
//
// Source: DMN 1.5, table 78 (the semantics of range functions); each function is the expression of
// that table.
#include <array>

#include "rules/argument.h"
#include "rules/operation.h"

namespace rules {

namespace {

// Comparisons that remember that something could not be compared.
class Order {
 public:
  bool less(const Value& a, const Value& b) {
    return is(a, b, [](int o) { return o < 0; });
  }
  bool greater(const Value& a, const Value& b) {
    return is(a, b, [](int o) { return o > 0; });
  }
  bool equal(const Value& a, const Value& b) {
    return is(a, b, [](int o) { return o == 0; });
  }
  bool at_most(const Value& a, const Value& b) {
    return is(a, b, [](int o) { return o <= 0; });
  }
  [[nodiscard]] bool known() const { return known_; }

 private:
  template <class Test>
  bool is(const Value& a, const Value& b, Test test) {
    const std::optional<int> order = compare(a, b);
    if (!order) known_ = false;
    return order && test(*order);
  }
  bool known_ = true;
};

using Relation = bool (*)(Order&, const Range&, const Range&);

Range point(const Value& value) {
  return Range{value, value, true, true};
}

bool before(Order& order, const Range& a, const Range& b) {
  return order.less(a.high, b.low) ||
         ((!a.high_closed || !b.low_closed) && order.equal(a.high, b.low));
}
bool after(Order& order, const Range& a, const Range& b) {
  return before(order, b, a);
}
bool meets(Order& order, const Range& a, const Range& b) {
  return a.high_closed && b.low_closed && order.equal(a.high, b.low);
}
bool met_by(Order& order, const Range& a, const Range& b) {
  return meets(order, b, a);
}
bool overlaps(Order& order, const Range& a, const Range& b) {
  return !before(order, a, b) && !before(order, b, a);
}
bool overlaps_before(Order& order, const Range& a, const Range& b) {
  const bool starts_first =
      order.less(a.low, b.low) || (order.equal(a.low, b.low) && a.low_closed && !b.low_closed);
  const bool reaches_in =
      order.greater(a.high, b.low) || (order.equal(a.high, b.low) && a.high_closed && b.low_closed);
  const bool ends_first = order.less(a.high, b.high) ||
                          (order.equal(a.high, b.high) && (!a.high_closed || b.high_closed));
  return starts_first && reaches_in && ends_first;
}
bool overlaps_after(Order& order, const Range& a, const Range& b) {
  const bool starts_inside =
      order.less(b.low, a.low) || (order.equal(b.low, a.low) && b.low_closed && !a.low_closed);
  const bool reaches_in =
      order.greater(b.high, a.low) || (order.equal(b.high, a.low) && b.high_closed && a.low_closed);
  const bool ends_last = order.less(b.high, a.high) ||
                         (order.equal(b.high, a.high) && (!b.high_closed || a.high_closed));
  return starts_inside && reaches_in && ends_last;
}
bool finishes(Order& order, const Range& a, const Range& b) {
  return a.high_closed == b.high_closed && order.equal(a.high, b.high) &&
         (order.greater(a.low, b.low) ||
          (order.equal(a.low, b.low) && (!a.low_closed || b.low_closed)));
}
bool finished_by(Order& order, const Range& a, const Range& b) {
  return finishes(order, b, a);
}
bool includes_range(Order& order, const Range& a, const Range& b) {
  return (order.less(a.low, b.low) ||
          (order.equal(a.low, b.low) && (a.low_closed || !b.low_closed))) &&
         (order.greater(a.high, b.high) ||
          (order.equal(a.high, b.high) && (a.high_closed || !b.high_closed)));
}
bool during(Order& order, const Range& a, const Range& b) {
  return includes_range(order, b, a);
}
bool starts(Order& order, const Range& a, const Range& b) {
  return order.equal(a.low, b.low) && a.low_closed == b.low_closed &&
         (order.less(a.high, b.high) ||
          (order.equal(a.high, b.high) && (!a.high_closed || b.high_closed)));
}
bool started_by(Order& order, const Range& a, const Range& b) {
  return starts(order, b, a);
}
bool coincides(Order& order, const Range& a, const Range& b) {
  return order.equal(a.low, b.low) && order.equal(a.high, b.high) && a.low_closed == b.low_closed &&
         a.high_closed == b.high_closed;
}

// Which sides may be points.
enum class Sides { any, ranges, point_in_range, range_has_point };

template <Relation relation, Sides sides>
Value related(Evaluator& evaluator, const Arguments& arguments) {
  const Value& a = single(arguments[0]);
  const Value& b = single(arguments[1]);
  const bool a_point = a.if_range() == nullptr;
  const bool b_point = b.if_range() == nullptr;
  const bool fits = sides == Sides::any || (sides == Sides::ranges && !a_point && !b_point) ||
                    (sides == Sides::point_in_range && !b_point) ||
                    (sides == Sides::range_has_point && !a_point);
  if (!fits || a.is_null() || b.is_null()) {
    return wrong_kind(evaluator, "a range, or a value on its line, is expected");
  }
  Order order;
  const bool holds =
      relation(order, a_point ? point(a) : *a.if_range(), b_point ? point(b) : *b.if_range());
  if (!order.known()) return wrong_kind(evaluator, "the two have no order");
  return holds;
}

constexpr std::array kFunctions{
    Builtin{"before", "point1,point2", related<before, Sides::any>},
    Builtin{"before", "point,range", related<before, Sides::any>},
    Builtin{"before", "range,point", related<before, Sides::any>},
    Builtin{"before", "range1,range2", related<before, Sides::any>},
    Builtin{"after", "point1,point2", related<after, Sides::any>},
    Builtin{"after", "point,range", related<after, Sides::any>},
    Builtin{"after", "range,point", related<after, Sides::any>},
    Builtin{"after", "range1,range2", related<after, Sides::any>},
    Builtin{"meets", "range1,range2", related<meets, Sides::ranges>},
    Builtin{"met by", "range1,range2", related<met_by, Sides::ranges>},
    Builtin{"overlaps", "range1,range2", related<overlaps, Sides::ranges>},
    Builtin{"overlaps before", "range1,range2", related<overlaps_before, Sides::ranges>},
    Builtin{"overlaps after", "range1,range2", related<overlaps_after, Sides::ranges>},
    Builtin{"finishes", "point,range", related<finishes, Sides::point_in_range>},
    Builtin{"finishes", "range1,range2", related<finishes, Sides::point_in_range>},
    Builtin{"finished by", "range,point", related<finished_by, Sides::range_has_point>},
    Builtin{"finished by", "range1,range2", related<finished_by, Sides::range_has_point>},
    Builtin{"includes", "range,point", related<includes_range, Sides::range_has_point>},
    Builtin{"includes", "range1,range2", related<includes_range, Sides::range_has_point>},
    Builtin{"during", "point,range", related<during, Sides::point_in_range>},
    Builtin{"during", "range1,range2", related<during, Sides::point_in_range>},
    Builtin{"starts", "point,range", related<starts, Sides::point_in_range>},
    Builtin{"starts", "range1,range2", related<starts, Sides::point_in_range>},
    Builtin{"started by", "range,point", related<started_by, Sides::range_has_point>},
    Builtin{"started by", "range1,range2", related<started_by, Sides::range_has_point>},
    Builtin{"coincides", "point1,point2", related<coincides, Sides::any>},
    Builtin{"coincides", "range1,range2", related<coincides, Sides::any>},
};

}  // namespace

std::span<const Builtin> range_builtins() {
  return kFunctions;
}

}  // namespace rules
