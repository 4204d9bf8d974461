#pragma once
// process_drawing.h - a process in lanes and columns, written as BPMN 2.0 with its diagram.
//
// Internal to draft_process.cpp.  Columns run from left to right; a node has a column of its own,
// but for an end that stands in another lane.
#include <cstddef>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace catalogue {

enum class DrawnKind { start, end, task, gateway };

struct DrawnLane {
  std::string id;
  std::string name;
};

struct DrawnNode {
  std::string id;
  std::string name;
  DrawnKind kind = DrawnKind::task;
  std::size_t lane = 0;
  std::size_t column = 0;
  std::vector<std::pair<std::string, std::string>> attributes{};  // in the namespace mc
  std::vector<std::pair<std::string, std::string>> properties{};
};

struct DrawnFlow {
  std::string from;
  std::string to;
  std::string name;
  std::string condition;  // FEEL; empty: always
};

struct Drawing {
  std::string name;
  std::vector<DrawnLane> lanes;
  std::vector<DrawnNode> nodes;
  std::vector<DrawnFlow> flows;     // the main path, in order
  std::vector<DrawnFlow> branches;  // drawn after it: back, and to other ends
};

[[nodiscard]] std::string to_bpmn(const Drawing& drawing);

// For XML text and attributes: the specials escaped, what XML forbids left out.
[[nodiscard]] std::string xml_escaped(std::string_view text);

}  // namespace catalogue
