#pragma once
// merge.h - an overlay written against one base, brought to the next one.
//
// Three-way: what the upper layer said when the overlay was written, what it says now, what the
// overlay says.  What nobody else has touched goes on; what the upper layer says now, too, is
// dropped; what both have changed is a conflict, told in words, for a person to decide.
#include <cstdint>
#include <string>
#include <vector>

#include "base/json.h"
#include "form/bilingual.h"
#include "procedure/lock_policy.h"
#include "procedure/overlay.h"
#include "procedure/package_tree.h"

namespace procedure {

enum class ConflictKind : std::uint8_t {
  changed,      // the upper layer has changed the same value to something else
  gone,         // the attribute, or the entry it is part of, is there no more
  id_taken,     // the upper layer has an entry of that id now
  anchor_gone,  // what an added entry stood beside, or a flow a step was put into, is gone
  not_allowed,  // the lock policy forbids it now: the limit above has become shorter …
};
[[nodiscard]] std::string_view to_text(ConflictKind kind);

struct Conflict {
  ConflictKind kind = ConflictKind::changed;
  std::string path;
  std::string before;  // what the old base says; empty where it says nothing
  std::string after;   // what the new base says
  std::string ours;    // what the overlay says
  form::Bilingual text;
  int line = 0;  // of the change in the overlay's file
};

struct Dropped {
  std::string path;
  form::Bilingual text;
};

struct Merge {
  // Written against the new base, the next revision.  Changes in conflict are left out of it: they
  // wait in `conflicts` for a decision.
  Overlay overlay;
  std::vector<Conflict> conflicts;
  std::vector<Dropped> dropped;  // the new base says the same
};

// Of identical bases: the overlay itself, and nothing else.
[[nodiscard]] Merge merge(const BasePackage& before, const BasePackage& after,
                          const Overlay& overlay, const LockPolicy& policy);

[[nodiscard]] base::json::object to_json(const Merge& merge);

}  // namespace procedure
