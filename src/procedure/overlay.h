#pragma once
// overlay.h - what a ministry, a province or a commune changes of a package, and by which right.
//
// An immutable value.  docs/formats/overlay.md is the format; resolution.h applies it.
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "calendar/instant.h"
#include "form/definition_problem.h"
#include "procedure/attribute_path.h"
#include "procedure/component.h"
#include "procedure/include.h"
#include "procedure/layer.h"
#include "procedure/tree.h"

namespace procedure {

enum class Verb : std::uint8_t {
  set,     // the attribute is this from now on
  add,     // one more entry of a list
  remove,  // the attribute is not said any more, the entry is gone
};
[[nodiscard]] std::string_view to_text(Verb verb);

struct Change {
  Verb verb = Verb::set;
  AttributePath path;  // of the attribute; of the list, where something is added
  Tree value;          // set and add
  std::string after;   // add: the entry before which, or after which, it stands
  std::string before;
  std::optional<LegalBasis> basis;  // where it is another one than the overlay's
  std::string note;                 // for whoever reads the overlay
  int line = 0;

  friend bool operator==(const Change& a, const Change& b);
};

struct Overlay {
  std::string code;  // of the procedure
  Layer layer = Layer::province;
  std::string agency;  // its code
  int revision = 1;
  std::vector<LegalBasis> legal_basis;  // at least one
  calendar::Date effective_from;
  std::optional<calendar::Date> effective_to;  // the last day
  int base_revision = 0;                       // what it was written against; 0: not said
  std::string base_digest;                     // may be empty
  std::vector<Change> changes;

  std::string file;    // the name it was read under, for problems
  std::string digest;  // SHA-256, hex, of its text

  [[nodiscard]] bool in_force(calendar::Date on) const;
  // "1.001193@H41/2": procedure, agency, revision.
  [[nodiscard]] std::string name() const;
};

inline constexpr std::size_t kChangesMax = 500;

// All problems at once.
[[nodiscard]] form::Defined<Overlay> read_overlay(std::string_view text, const std::string& file,
                                                  const Parts& parts = {});

// In canonical form; read_overlay() of it yields the same but for lines, file and digest.
[[nodiscard]] std::string write_overlay(const Overlay& overlay);

}  // namespace procedure
