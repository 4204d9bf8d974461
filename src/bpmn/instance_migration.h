#pragma once
// instance_migration.h - a running instance of one process carried over to another one.
//
// Elements are the same when their ids are, or when the mapping says so.  Everything that is open
// has to find its element of the same kind in the same sub-process; tokens must not come to stand
// in a branch whose other branches have none, and what waits at a join has to find that join with
// the same flows.  Nothing runs: whoever is at work goes on with it, and the new way begins behind
// it.  What cannot be carried is told as a whole, and then nothing is.
#include <map>
#include <string>
#include <string_view>
#include <vector>

#include "base/result.h"
#include "bpmn/instance.h"

namespace bpmn {

enum class MigrationObstacleKind : std::uint8_t {
  element_gone,      // something is open at an element that the new process does not have
  element_changed,   // it has one of that id, but of another kind, or in another sub-process
  waits_changed,     // timers, messages or event sub-processes beside what is open are other ones
  branches_changed,  // parallel or inclusive ways are open, and the new process splits otherwise
  join_changed,      // a token waits at a join that has other flows now
};
[[nodiscard]] std::string_view to_string(MigrationObstacleKind kind);

struct MigrationObstacle {
  MigrationObstacleKind kind = MigrationObstacleKind::element_gone;
  std::string element;  // id in the old process
  std::string name;     // as drawn there
  friend bool operator==(const MigrationObstacle&, const MigrationObstacle&) = default;
};

// Old id -> new id, for elements that were renamed.
using ElementMapping = std::map<std::string, std::string, std::less<>>;

// Carrying over to the same process yields the same instance.
[[nodiscard]] base::Result<Instance, std::vector<MigrationObstacle>> migrate(
    const Process& from, const Instance& instance, const Process& to,
    const ElementMapping& mapping = {});

}  // namespace bpmn
