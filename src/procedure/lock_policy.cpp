// locks   := {locks: [rule]}
// rule    := {path, reason: {vi, en}, basis, ministry?: lock, province?: lock, commune?: lock}
// lock    := locked | overridable | additive
//          | {lock, direction?, min?, max?, needs_basis?}
#include "procedure/lock_policy.h"

#include <algorithm>
#include <charconv>
#include <utility>

#include "calendar/instant.h"
#include "calendar/limit.h"
#include "form/yaml_reader.h"
#include "procedure/assessment.h"

namespace procedure {
namespace {

constexpr std::array<std::pair<Lock, std::string_view>, 3> kLocks{
    {{Lock::locked, "locked"}, {Lock::overridable, "overridable"}, {Lock::additive, "additive"}}};
constexpr std::array<std::pair<Direction, std::string_view>, 9> kDirections{{
    {Direction::any, "any"},
    {Direction::shorter, "shorter"},
    {Direction::longer, "longer"},
    {Direction::lower, "lower"},
    {Direction::higher, "higher"},
    {Direction::earlier, "earlier"},
    {Direction::later, "later"},
    {Direction::relaxed, "relaxed"},
    {Direction::within, "within"},
}};

template <class Table>
auto find_in(const Table& table, std::string_view text) {
  const auto found = std::ranges::find(table, text, &Table::value_type::second);
  return found == table.end() ? std::nullopt : std::optional{found->first};
}

class PolicyReader {
 public:
  explicit PolicyReader(form::YamlReader& reader) : reader_(reader) {}

  std::vector<LockRule> read(const YAML::Node& root) {
    reader_.only_keys(root, {"locks"});
    for (const YAML::Node& node : reader_.list(root, "locks", form::Need::required, 1000)) {
      read_rule(node);
    }
    return std::move(rules_);
  }

 private:
  void read_rule(const YAML::Node& node) {
    if (!reader_.only_keys(node, {"path", "reason", "basis", "ministry", "province", "commune"})) {
      return;
    }
    LockRule rule;
    const std::string path = reader_.text(node, "path", form::Need::required, 400);
    const auto parsed = AttributePath::parse(path);
    if (!parsed) {
      if (!path.empty()) {
        reader_.problem(reader_.at(node, "path"), "`" + path + "` is no path of an attribute",
                        "write it as cases[*].limits[*].published");
      }
      return;
    }
    rule.path = *parsed;
    rule.reason = reader_.bilingual(node, "reason", form::Need::required);
    rule.basis = reader_.text(node, "basis", form::Need::required);
    for (const Layer layer : {Layer::ministry, Layer::province, Layer::commune}) {
      const std::string key{to_text(layer)};
      if (reader_.has(node, key.c_str())) {
        rule.layers[static_cast<std::size_t>(layer)] = lock_of(node, key);
      }
    }
    if (std::ranges::find(rules_, rule.path, &LockRule::path) != rules_.end()) {
      reader_.problem(node, "the path `" + path + "` has a rule already", "make them one");
    }
    rules_.push_back(std::move(rule));
  }

  LayerLock lock_of(const YAML::Node& node, const std::string& key) {
    LayerLock lock;
    const YAML::Node said = reader_.at(node, key.c_str());
    if (!said.IsMap()) {
      lock.lock = kind_of(said, reader_.text(node, key.c_str()));
      return lock;
    }
    if (!reader_.only_keys(said, {"lock", "direction", "min", "max", "needs_basis"})) return lock;
    lock.lock = kind_of(said, reader_.text(said, "lock", form::Need::required));
    lock.needs_basis = reader_.boolean(said, "needs_basis").value_or(false);
    lock.minimum = reader_.integer(said, "min").value_or(0);
    lock.maximum = reader_.integer(said, "max").value_or(0);
    const std::string direction = reader_.text(said, "direction");
    if (direction.empty()) return lock;
    if (const auto found = find_in(kDirections, direction)) {
      lock.direction = *found;
    } else {
      reader_.problem(
          said, "`" + direction + "` is no direction",
          "write any, shorter, longer, lower, higher, earlier, later, relaxed or within");
      lock.lock = Lock::locked;
    }
    return lock;
  }

  Lock kind_of(const YAML::Node& node, const std::string& text) {
    if (const auto found = find_in(kLocks, text)) return *found;
    reader_.problem(node, "`" + text + "` is no lock", "write locked, overridable or additive");
    return Lock::locked;
  }

  form::YamlReader& reader_;
  std::vector<LockRule> rules_;
};

bool fits(const AttributePath& pattern, const AttributePath& path) {
  if (pattern.parts().size() > path.parts().size()) return false;
  return std::equal(pattern.parts().begin(), pattern.parts().end(), path.parts().begin(),
                    [](const PathPart& wanted, const PathPart& part) {
                      return wanted.text == part.text || (wanted.is_star() && part.selector);
                    });
}

std::size_t stars(const AttributePath& path) {
  return static_cast<std::size_t>(std::ranges::count_if(path.parts(), &PathPart::is_star));
}

std::optional<std::int64_t> number(std::string_view text) {
  std::int64_t value = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
  if (error != std::errc{} || end != text.data() + text.size()) return std::nullopt;
  return value;
}

std::optional<std::string> against_number(const LayerLock& lock, const Tree* before,
                                          const Tree& after) {
  const auto now = number(after.text);
  if (!now) return "`" + after.text + "` is no whole number";
  if (lock.direction == Direction::within) {
    if (*now >= lock.minimum && *now <= lock.maximum) return std::nullopt;
    return "it has to be between " + std::to_string(lock.minimum) + " and " +
           std::to_string(lock.maximum);
  }
  const auto was = before == nullptr ? std::nullopt : number(before->text);
  if (!was) return std::nullopt;
  const bool higher = lock.direction == Direction::higher || lock.direction == Direction::longer;
  if (higher ? *now >= *was : *now <= *was) return std::nullopt;
  return std::string{higher ? "it may only become higher than "
                            : "it may only become lower than "} +
         before->text;
}

}  // namespace

std::string_view to_text(Lock lock) {
  return kLocks[static_cast<std::size_t>(lock)].second;
}

std::string_view to_text(Direction direction) {
  return kDirections[static_cast<std::size_t>(direction)].second;
}

LockPolicy::Ruling LockPolicy::ruling(const AttributePath& path, Layer layer) const {
  const LockRule* best = nullptr;
  for (const LockRule& rule : rules_) {
    if (!fits(rule.path, path)) continue;
    if (best == nullptr || rule.path.parts().size() > best->path.parts().size() ||
        (rule.path.parts().size() == best->path.parts().size() &&
         stars(rule.path) < stars(best->path))) {
      best = &rule;
    }
  }
  if (best == nullptr) return {};
  return {best->layers[static_cast<std::size_t>(layer)], best};
}

form::Defined<LockPolicy> read_lock_policy(std::string_view text, const std::string& file) {
  form::DefinitionProblems problems;
  form::YamlReader reader(file, problems);
  const auto root = reader.parse(text);
  if (!root) return base::Failure{std::move(problems)};
  std::vector<LockRule> rules = PolicyReader(reader).read(*root);
  if (!problems.empty()) return base::Failure{std::move(problems)};
  return LockPolicy(std::move(rules));
}

std::optional<std::string> against_direction(const LayerLock& lock, const Tree* before,
                                             const Tree& after) {
  if (lock.direction == Direction::any) return std::nullopt;
  if (!after.is_scalar()) return "a single value is expected";
  const std::string was = before == nullptr ? std::string{} : before->text;
  switch (lock.direction) {
    case Direction::any:
      return std::nullopt;
    case Direction::shorter: {
      const auto limit = calendar::Limit::parse(after.text);
      if (!limit) return "`" + after.text + "` is no limit; write 3wd, 30d, 168h or same-day";
      const auto upper = calendar::Limit::parse(was);
      if (!upper || nominal_working_minutes(*limit) <= nominal_working_minutes(*upper)) {
        return std::nullopt;
      }
      return "it may only become shorter than " + was;
    }
    case Direction::earlier:
    case Direction::later: {
      const auto time = calendar::parse_time_of_day(after.text);
      if (!time) return "`" + after.text + "` is no time of day; write it in quotes as \"15:00\"";
      const auto upper = calendar::parse_time_of_day(was);
      const bool later = lock.direction == Direction::later;
      if (!upper || (later ? *time >= *upper : *time <= *upper)) return std::nullopt;
      return std::string{later ? "it may only become later than "
                               : "it may only become earlier than "} +
             was;
    }
    case Direction::relaxed:
      // What is not said of `required` is true.
      if (after.text == "false" || after.text == was) return std::nullopt;
      if (before == nullptr && after.text == "true") return std::nullopt;
      return std::string{"it may only become false"};
    case Direction::longer:
    case Direction::lower:
    case Direction::higher:
    case Direction::within:
      return against_number(lock, before, after);
  }
  return std::nullopt;
}

}  // namespace procedure
