#pragma once
// lock_policy.h - what each layer may change of a package, and why: data/policy/locks.yaml.
//
// An attribute that the policy does not name is locked for everybody but the nation.
// docs/formats/overlay.md is the format.
#include <array>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "form/bilingual.h"
#include "form/definition_problem.h"
#include "procedure/attribute_path.h"
#include "procedure/layer.h"
#include "procedure/tree.h"

namespace procedure {

enum class Lock : std::uint8_t {
  locked,       // as the upper layer says
  overridable,  // may be set, or removed
  additive,     // entries may be added; those there are stay
};
[[nodiscard]] std::string_view to_text(Lock lock);

// Which way an overridable value may move from what the upper layer says.
enum class Direction : std::uint8_t {
  any,
  shorter,  // a limit, never a longer one
  longer,   // a number of years
  lower,    // a number
  higher,
  earlier,  // a time of day
  later,
  relaxed,  // true may become false
  within,   // a number between `minimum` and `maximum`
};
[[nodiscard]] std::string_view to_text(Direction direction);

struct LayerLock {
  Lock lock = Lock::locked;
  Direction direction = Direction::any;
  std::int64_t minimum = 0;  // within
  std::int64_t maximum = 0;
  bool needs_basis = false;  // the change names the provision that allows it
};

struct LockRule {
  AttributePath path;  // a pattern: "*" fits every selector; counts for everything below, too
  std::array<LayerLock, 4> layers;  // by Layer
  form::Bilingual reason;
  std::string basis;  // the act and article
};

class LockPolicy {
 public:
  // Everything is locked.
  LockPolicy() = default;
  explicit LockPolicy(std::vector<LockRule> rules) : rules_(std::move(rules)) {}

  struct Ruling {
    LayerLock lock;
    const LockRule* rule = nullptr;  // nullptr: nobody has said anything, so it is locked
  };
  // The rule with the longest pattern that fits the path or what is above it; of several, the one
  // with fewer stars.
  [[nodiscard]] Ruling ruling(const AttributePath& path, Layer layer) const;

  [[nodiscard]] const std::vector<LockRule>& rules() const { return rules_; }

 private:
  std::vector<LockRule> rules_;
};

[[nodiscard]] form::Defined<LockPolicy> read_lock_policy(std::string_view text,
                                                         const std::string& file = "locks.yaml");

// What is wrong with going from one value to another; nothing when it is allowed.  `before` is null
// where nothing was said.
[[nodiscard]] std::optional<std::string> against_direction(const LayerLock& lock,
                                                           const Tree* before, const Tree& after);

}  // namespace procedure
