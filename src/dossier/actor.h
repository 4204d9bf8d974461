#pragma once
// actor.h - who does something to a dossier, as it is recorded for ever.
#include <string>

namespace dossier {

enum class ActorKind {
  citizen,  // the holder of the draft's or receipt's secret
  officer,
  system,  // the passing of time, an import
};

struct Actor {
  ActorKind kind = ActorKind::system;
  std::string id;      // officer id; empty for citizens and the system
  std::string name;    // as it stood then
  std::string agency;  // agency code of an officer

  friend bool operator==(const Actor&, const Actor&) = default;
};

}  // namespace dossier
