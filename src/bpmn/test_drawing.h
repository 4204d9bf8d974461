#pragma once
// test_drawing.h - for this module's tests: random processes that are sound by construction.
//
// Nested blocks with one way in and one way out each, of every element that is executed.  Whatever
// happens, such a process comes to its end: every condition may turn either way, and what is waited
// for can always happen.  Messages and signals are called m1, m2 and x1; conditions read the
// variables x and c (0 to 9).
#include <string>

#include "base/random.h"

namespace bpmn {

class RandomDrawing {
 public:
  explicit RandomDrawing(base::SeededRandom& random) : random_(random) {}

  // Text for draw().
  [[nodiscard]] std::string draw();
  // The process catches every error at its top level, so that tasks may fail.
  [[nodiscard]] bool catches_errors() const { return catches_errors_; }

 private:
  struct Block {
    std::string in;
    std::string out;
  };

  std::string node(const std::string& element, const std::string& rest = {});
  void flow(const std::string& from, const std::string& to, const std::string& condition = {});
  [[nodiscard]] std::string one_of(std::initializer_list<const char*> texts);
  [[nodiscard]] bool maybe(int one_in) { return random_.below(static_cast<unsigned>(one_in)) == 0; }

  Block any(int depth);
  Block task();
  Block sequence(int depth);
  Block branches(int depth, const std::string& gateway);
  Block loop(int depth);
  Block race(int depth);
  Block sub_process(int depth);
  Block transaction(int depth);
  Block link();
  Block thrown();
  // Boundary events, handler and all, around an activity.
  Block with_boundary(const std::string& activity);
  // Start, content and end of a scope, and its event sub-processes.
  void scope(int depth, bool is_inner);
  void event_sub_process(int depth, bool is_inner);

  base::SeededRandom& random_;
  std::string lines_;
  int count_ = 0;
  int handlers_ = 0;  // event sub-processes around what is drawn
  bool catches_errors_ = false;
};

}  // namespace bpmn
