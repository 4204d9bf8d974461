#include "bpmn/test_drawing.h"

#include <vector>

namespace bpmn {
namespace {

constexpr int kNodesMax = 60;

}  // namespace

std::string RandomDrawing::draw() {
  lines_.clear();
  catches_errors_ = maybe(3);
  scope(4, false);
  if (catches_errors_) {
    const std::string sub = node("eventSubProcess", "{");
    const std::string start = node("startEvent", "error=any");
    flow(start, task().in);
    lines_ += "}\n";
  }
  const std::string called =
      "process called {\nstartEvent s\nuserTask T\nendEvent e\ns -> T\nT -> e\n"
      "eventSubProcess q {\nstartEvent qs message=m1 interrupting=no\nuserTask Q\nqs -> Q\n}\n}\n";
  return "process main isExecutable=true {\n" + lines_ + "}\n" + called;
}

std::string RandomDrawing::node(const std::string& element, const std::string& rest) {
  std::string id = "n" + std::to_string(++count_);
  lines_ += element + " " + id + " " + rest + "\n";
  return id;
}

void RandomDrawing::flow(const std::string& from, const std::string& to,
                         const std::string& condition) {
  lines_ += from + " -> " + to + (condition.empty() ? "" : " [" + condition + "]") + "\n";
}

std::string RandomDrawing::one_of(std::initializer_list<const char*> texts) {
  return *(texts.begin() + random_.below(texts.size()));
}

RandomDrawing::Block RandomDrawing::any(int depth) {
  if (depth == 0 || count_ > kNodesMax) return task();
  switch (random_.below(13)) {
    case 0:
      return depth > 2 ? sequence(depth) : task();
    case 1:
    case 2:
      return sequence(depth);
    case 3:
      return branches(depth, "exclusiveGateway");
    case 4:
      return branches(depth, "parallelGateway");
    case 5:
      return branches(depth, "inclusiveGateway");
    case 6:
      return loop(depth);
    case 7:
    case 8:
      return sub_process(depth);
    case 9:
      return race(depth);
    case 10:
      return transaction(depth);
    case 11:
      return link();
    default:
      return thrown();
  }
}

RandomDrawing::Block RandomDrawing::task() {
  if (maybe(12)) return with_boundary(node("callActivity", "calledElement=called"));
  const std::string repeated =
      one_of({"", "", "", "parallel=2", "sequential=2", "max=2", "while=x_>_6",
              "while=x_>_3 max=3 before=yes", "parallel=n"});
  return with_boundary(node(one_of({"userTask", "userTask", "serviceTask"}), repeated));
}

RandomDrawing::Block RandomDrawing::with_boundary(const std::string& activity) {
  if (maybe(3)) {
    const bool large = maybe(4);
    const std::string handler =
        node(large ? "subProcess" : "userTask",
             large ? "isForCompensation=true {"
                   : one_of({"isForCompensation=true", "isForCompensation=true parallel=2"}));
    if (large) {
      const std::string start = node("startEvent");
      flow(start, node("userTask"));
      lines_ += "}\n";
    }
    node("boundaryEvent", "on=" + activity + " by=" + handler);
  }
  if (!maybe(3)) return {activity, activity};
  const std::string event =
      one_of({"timer=PT1H", "message=m1", "signal=x1", "condition=c_>_5", "escalation=up",
              "error=any", "message=m2 timer=PT1H", "message=m1 signal=x1 parallelMultiple=true"});
  const bool interrupts = event == "error=any" || maybe(2);
  const std::string boundary = node(
      "boundaryEvent", "on=" + activity + " " + event + (interrupts ? "" : " interrupting=no"));
  if (!interrupts) {
    const std::string beside = node("userTask");
    flow(boundary, beside);
    flow(beside, node("endEvent"));
    return {activity, activity};
  }
  const std::string merge = node("exclusiveGateway");
  flow(activity, merge);
  flow(boundary, merge);
  return {activity, merge};
}

RandomDrawing::Block RandomDrawing::sequence(int depth) {
  const Block a = any(depth - 1);
  const Block b = any(depth - 1);
  flow(a.out, b.in);
  return {a.in, b.out};
}

RandomDrawing::Block RandomDrawing::branches(int depth, const std::string& gateway) {
  const std::string split = node(gateway);
  const std::string join = node(gateway);
  const std::uint64_t ways = 2 + random_.below(2);
  for (std::uint64_t way = 0; way < ways; ++way) {
    const Block block = any(depth - 1);
    const bool plain = way == 0 || gateway == "parallelGateway";
    flow(split, block.in, plain ? "" : "x > " + std::to_string(random_.below(10)));
    flow(block.out, join);
    if (way == 0 && gateway != "parallelGateway") {
      const std::string line = gateway + " " + split + " ";
      lines_.insert(lines_.find(line) + line.size(), "default=" + split + "_" + block.in);
    }
  }
  return {split, join};
}

RandomDrawing::Block RandomDrawing::loop(int depth) {
  const std::string merge = node("exclusiveGateway");
  const Block block = any(depth - 1);
  const std::string after = node("userTask");
  const std::string id = "n" + std::to_string(count_ + 1);
  const std::string check = node("exclusiveGateway", "default=" + id + "_" + after);
  // Something that waits is in every loop.
  const std::string waits = node("userTask");
  flow(merge, waits);
  flow(waits, block.in);
  flow(block.out, check);
  flow(check, merge, "x > 6");
  flow(check, after);
  return {merge, after};
}

RandomDrawing::Block RandomDrawing::race(int depth) {
  const std::string gateway = node("eventBasedGateway");
  const std::string merge = node("exclusiveGateway");
  for (const char* event :
       {"timer=PT1H", "message=m1", "condition=c_>_7", "message=m2 signal=x1"}) {
    if (maybe(3)) continue;
    const std::string caught = node("intermediateCatchEvent", event);
    const Block block = any(depth - 1);
    flow(gateway, caught);
    flow(caught, block.in);
    flow(block.out, merge);
  }
  const std::string last =
      maybe(2) ? node("receiveTask", "message=m2") : node("intermediateCatchEvent", "message=m2");
  flow(gateway, last);
  flow(last, merge);
  return {gateway, merge};
}

RandomDrawing::Block RandomDrawing::sub_process(int depth) {
  const std::string repeated =
      one_of({"", "", "parallel=2", "sequential=2", "while=x_>_6", "max=2"});
  const std::string id = node("subProcess", repeated + " {");
  scope(depth - 1, true);
  lines_ += "}\n";
  return with_boundary(id);
}

RandomDrawing::Block RandomDrawing::transaction(int depth) {
  const std::string id = node("transaction", one_of({"", "", "parallel=2", "sequential=2"}) + " {");
  const std::string start = node("startEvent");
  const Block block = any(depth - 1);
  const std::string good = node("endEvent");
  const std::string bad = node("endEvent", "cancel=yes");
  const std::string next = "n" + std::to_string(count_ + 1);
  const std::string check = node("exclusiveGateway", "default=" + next + "_" + good);
  flow(start, block.in);
  flow(block.out, check);
  flow(check, good);
  flow(check, bad, "x > 4");
  lines_ += "}\n";
  const std::string cancelled = node("boundaryEvent", "on=" + id + " cancel=yes");
  const std::string merge = node("exclusiveGateway");
  flow(id, merge);
  flow(cancelled, merge);
  return {id, merge};
}

RandomDrawing::Block RandomDrawing::link() {
  const std::string name = "link" + std::to_string(count_);
  const std::string out = node("intermediateThrowEvent", "link=" + name);
  const std::string in = node("intermediateCatchEvent", "link=" + name);
  const Block before = task();
  flow(before.out, out);
  return {before.in, in};
}

RandomDrawing::Block RandomDrawing::thrown() {
  // What an event sub-process throws could start it again, without end.
  const std::string event = handlers_ > 0 || maybe(2)
                                ? one_of({"message=m1", "compensate=all", "compensate=all wait=no",
                                          "message=m2 compensate=all"})
                                : one_of({"signal=x1", "escalation=up", "escalation=up signal=x1"});
  const std::string id = node("intermediateThrowEvent", event);
  const Block after = task();
  flow(id, after.in);
  return {id, after.out};
}

void RandomDrawing::scope(int depth, bool is_inner) {
  const std::string start = node("startEvent");
  const std::string end =
      node("endEvent", handlers_ > 0 ? one_of({"", "compensate=all"})
                                     : one_of({"", "", "compensate=all", "escalation=up"}));
  const Block block = any(depth);
  if (is_inner) {
    const std::string waits = node("userTask");
    flow(start, waits);
    flow(waits, block.in);
  } else {
    flow(start, block.in);
  }
  flow(block.out, end);
  if (is_inner && maybe(6)) {
    const std::string beside = node("userTask");
    flow(start, beside);
    flow(beside, node("endEvent", "terminate=yes"));
  }
  while (maybe(3)) event_sub_process(depth, is_inner);
  if (is_inner && maybe(5)) {
    const std::string sub = node("eventSubProcess", "{");
    const std::string begin = node("startEvent", "compensate=all");
    const std::string undo = node("userTask");
    flow(begin, undo);
    flow(undo, node("endEvent", one_of({"", "compensate=all"})));
    lines_ += "}\n";
  }
}

void RandomDrawing::event_sub_process(int depth, bool is_inner) {
  const std::string event =
      one_of({"timer=PT1H", "cycle=R2/PT1H", "message=m1", "signal=x1", "condition=c_>_5",
              "escalation=up", "escalation=any", "message=m2 condition=c_>_3"});
  const std::string sub = node("eventSubProcess", "{");
  const std::string start = node("startEvent", event + (maybe(2) ? "" : " interrupting=no"));
  ++handlers_;
  const Block block = depth > 0 && is_inner ? any(depth - 1) : task();
  --handlers_;
  const std::string waits = node("userTask");
  flow(start, waits);
  flow(waits, block.in);
  flow(block.out, node("endEvent", one_of({"", "compensate=all", "message=m1"})));
  lines_ += "}\n";
}

}  // namespace bpmn
