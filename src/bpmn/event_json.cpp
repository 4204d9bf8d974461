// event_json.cpp - one name per event type and one per member, never reused for another meaning.
#include "bpmn/event_json.h"

#include <array>
#include <limits>
#include <optional>

#include <boost/json.hpp>

#include "base/overloaded.h"

namespace bpmn {
namespace {

using base::json::object;

// Writes members in the order they are given, leaving out what says nothing.
class Writer {
 public:
  explicit Writer(std::string_view type) { object_["type"] = type; }
  Writer& number(std::string_view name, std::uint32_t value) {
    if (value != 0) object_[name] = std::int64_t{value};
    return *this;
  }
  Writer& text(std::string_view name, std::string_view value) {
    if (!value.empty()) object_[name] = value;
    return *this;
  }
  Writer& kind(EventKind kind) {
    return kind == EventKind::none ? *this : text("kind", to_string(kind));
  }
  object take() { return std::move(object_); }

 private:
  object object_;
};

// Reads members; `bad` remembers that one was of the wrong form.
class Reader {
 public:
  explicit Reader(const base::json::value& value) : value_(value) {}
  std::uint32_t number(std::string_view name) {
    const base::json::value* found = base::find(value_, name);
    if (found == nullptr) return 0;
    const std::optional<std::int64_t> number = base::find_int(value_, name);
    if (!number || *number < 0 || *number > std::numeric_limits<std::int32_t>::max()) {
      bad_ = true;
      return 0;
    }
    return static_cast<std::uint32_t>(*number);
  }
  std::string text(std::string_view name) {
    const base::json::value* found = base::find(value_, name);
    if (found == nullptr) return {};
    if (!found->is_string()) bad_ = true;
    return base::string_or(value_, name);
  }
  template <class Enum>
  Enum one_of(std::string_view name, Enum otherwise, Enum last) {
    const std::string written = text(name);
    if (written.empty()) return otherwise;
    for (int i = 0; i <= static_cast<int>(last); ++i) {
      if (to_string(static_cast<Enum>(i)) == written) return static_cast<Enum>(i);
    }
    bad_ = true;
    return otherwise;
  }
  [[nodiscard]] bool is_bad() const { return bad_; }

 private:
  const base::json::value& value_;
  bool bad_ = false;
};

template <class Closed>
object closed(std::string_view type, const Closed& event) {
  return Writer(type).number("activity", event.activity).text("node", event.node).take();
}

template <class Compensation>
object compensation(std::string_view type, const Compensation& event) {
  return Writer(type)
      .number("activity", event.activity)
      .text("node", event.node)
      .number("by", event.by)
      .take();
}

template <class Closed>
Event read_closed(Reader& in) {
  return Closed{in.number("activity"), in.text("node")};
}

Event read_started(Reader& in) {
  return ProcessStarted{in.text("node")};
}
Event read_flow(Reader& in) {
  return FlowTaken{in.text("flow"), in.number("scope")};
}
Event read_join(Reader& in) {
  return JoinPassed{in.text("node"), in.number("scope")};
}
Event read_thrown(Reader& in) {
  return EventThrown{in.text("node"), in.number("scope"),
                     in.one_of("kind", EventKind::none, EventKind::multiple), in.text("name")};
}
Event read_task(Reader& in) {
  return TaskOpened{in.number("activity"), in.text("node"), in.number("scope"), in.number("loop"),
                    in.number("compensates")};
}
Event read_scope(Reader& in) {
  return ScopeOpened{in.number("activity"), in.text("node"),    in.number("scope"),
                     in.number("loop"),     in.number("count"), in.number("compensates")};
}
Event read_timer(Reader& in) {
  return TimerArmed{in.number("activity"), in.text("node"),
                    in.number("scope"),    in.number("host"),
                    in.number("loop"),     in.one_of("timer", TimerKind::none, TimerKind::cycle),
                    in.text("text"),       in.number("part")};
}
Event read_wait(Reader& in) {
  return WaitOpened{in.number("activity"),
                    in.text("node"),
                    in.number("scope"),
                    in.number("host"),
                    in.one_of("kind", EventKind::none, EventKind::multiple),
                    in.text("name"),
                    in.number("loop"),
                    in.number("part")};
}
Event read_dropped(Reader& in) {
  return ArrivalsDropped{in.number("scope")};
}
template <class Compensation>
Event read_compensation(Reader& in) {
  return Compensation{in.number("activity"), in.text("node"), in.number("by")};
}
Event read_ended(Reader& in) {
  return ProcessEnded{in.one_of("state", InstanceState::completed, InstanceState::failed),
                      in.text("code")};
}

struct Type {
  std::string_view name;
  Event (*read)(Reader&);
};
constexpr std::array kTypes = {
    Type{"process_started", read_started},
    Type{"flow_taken", read_flow},
    Type{"join_passed", read_join},
    Type{"event_thrown", read_thrown},
    Type{"task_opened", read_task},
    Type{"task_completed", read_closed<TaskCompleted>},
    Type{"task_cancelled", read_closed<TaskCancelled>},
    Type{"scope_opened", read_scope},
    Type{"scope_completed", read_closed<ScopeCompleted>},
    Type{"scope_cancelled", read_closed<ScopeCancelled>},
    Type{"timer_armed", read_timer},
    Type{"timer_fired", read_closed<TimerFired>},
    Type{"timer_cancelled", read_closed<TimerCancelled>},
    Type{"wait_opened", read_wait},
    Type{"wait_ended", read_closed<WaitEnded>},
    Type{"wait_cancelled", read_closed<WaitCancelled>},
    Type{"process_ended", read_ended},
    Type{"wait_rearmed", read_closed<WaitRearmed>},
    Type{"arrivals_dropped", read_dropped},
    Type{"compensation_chosen", read_compensation<CompensationChosen>},
    Type{"compensation_begun", read_compensation<CompensationBegun>},
};
static_assert(kTypes.size() == std::variant_size_v<Event>);

}  // namespace

base::json::value to_json(const Event& event) {
  const std::string_view type = kTypes[event.index()].name;
  return std::visit(
      base::Overloaded{
          [&](const ProcessStarted& e) { return Writer(type).text("node", e.node).take(); },
          [&](const FlowTaken& e) {
            return Writer(type).text("flow", e.flow).number("scope", e.scope).take();
          },
          [&](const JoinPassed& e) {
            return Writer(type).text("node", e.node).number("scope", e.scope).take();
          },
          [&](const EventThrown& e) {
            return Writer(type)
                .text("node", e.node)
                .number("scope", e.scope)
                .kind(e.kind)
                .text("name", e.name)
                .take();
          },
          [&](const TaskOpened& e) {
            return Writer(type)
                .number("activity", e.activity)
                .text("node", e.node)
                .number("scope", e.scope)
                .number("loop", e.loop)
                .number("compensates", e.compensates)
                .take();
          },
          [&](const ScopeOpened& e) {
            return Writer(type)
                .number("activity", e.activity)
                .text("node", e.node)
                .number("scope", e.scope)
                .number("loop", e.loop)
                .number("count", e.count)
                .number("compensates", e.compensates)
                .take();
          },
          [&](const TimerArmed& e) {
            return Writer(type)
                .number("activity", e.activity)
                .text("node", e.node)
                .number("scope", e.scope)
                .number("host", e.host)
                .number("loop", e.loop)
                .text("timer", e.timer == TimerKind::none ? "" : to_string(e.timer))
                .text("text", e.text)
                .number("part", e.part)
                .take();
          },
          [&](const WaitOpened& e) {
            return Writer(type)
                .number("activity", e.activity)
                .text("node", e.node)
                .number("scope", e.scope)
                .number("host", e.host)
                .kind(e.kind)
                .text("name", e.name)
                .number("loop", e.loop)
                .number("part", e.part)
                .take();
          },
          [&](const ArrivalsDropped& e) { return Writer(type).number("scope", e.scope).take(); },
          [&](const CompensationChosen& e) { return compensation(type, e); },
          [&](const CompensationBegun& e) { return compensation(type, e); },
          [&](const ProcessEnded& e) {
            return Writer(type).text("state", to_string(e.state)).text("code", e.code).take();
          },
          [&](const auto& e) { return closed(type, e); }},
      event);
}

base::Outcome<Event> read_event(const base::json::value& value) {
  const std::string name = base::string_or(value, "type");
  for (const Type& type : kTypes) {
    if (type.name != name) continue;
    Reader in(value);
    Event event = type.read(in);
    if (in.is_bad()) {
      return base::fault(base::FaultCode::invalid, "a member of the event is of the wrong form");
    }
    return event;
  }
  return base::fault(base::FaultCode::invalid, "not a process event");
}

}  // namespace bpmn
