// Random overlays, resolved and merged, against a reference that is slow and obvious: a package as
// a flat list of paths and values.
#include <map>
#include <random>

#include <gmock/gmock.h>

#include "procedure/merge.h"
#include "procedure/resolver.h"
#include "procedure/test_overlays.h"

namespace procedure {
namespace {

using Flat = std::map<std::string, std::string>;

// Everything may be changed by everybody.
LockPolicy open_policy() {
  std::vector<LockRule> rules;
  for (const char* path : {"summary", "keywords", "name", "cases", "components", "fees", "notes",
                           "form", "process", "rules", "examples", "field"}) {
    LockRule rule;
    rule.path = *AttributePath::parse(path);
    rule.layers.fill({Lock::overridable, Direction::any, 0, 0, false});
    rules.push_back(std::move(rule));
  }
  return LockPolicy(std::move(rules));
}

// Without the legal basis, which overlays join by themselves.
Flat flat(const Tree& tree) {
  Flat values;
  for (const Leaf& leaf : leaves_of(tree)) {
    if (leaf.path.parts().front().text == "legal_basis") continue;
    values[leaf.path.text()] = leaf.value->is_scalar() ? leaf.value->text : "-";
  }
  return values;
}

// Scalars that can be set without another path changing its name by it.
std::vector<std::string> settable(const Tree& tree) {
  std::vector<std::string> paths;
  for (const Leaf& leaf : leaves_of(tree)) {
    const std::vector<PathPart>& parts = leaf.path.parts();
    const std::string& last = parts.back().text;
    const bool names = parts.back().selector || last == "id" || last == "code" || last == "act" ||
                       last == "value" || last == "name" || last == "xml";
    const std::string& first = parts.front().text;
    const bool open = first == "summary" || first == "cases" || first == "components" ||
                      first == "fees" || first == "notes" || first == "form" ||
                      first == "process" || first == "rules" || first == "examples";
    // What is drawn, and what is only true or false, is refused.
    const bool drawn = first == "process" &&
                       (last == "kind" || last == "from" || last == "to" || last == "reason");
    if (!names && open && !drawn && leaf.value->is_scalar()) paths.push_back(leaf.path.text());
  }
  return paths;
}

struct RandomOverlays {
  explicit RandomOverlays(unsigned seed) : random(seed) {}

  std::size_t below(std::size_t bound) { return random() % bound; }

  Overlay make(const std::vector<std::string>& paths, const std::string& agency, Layer layer) {
    Overlay overlay;
    overlay.code = "1.001612";
    overlay.layer = layer;
    overlay.agency = agency;
    overlay.effective_from = day("2026-01-01");
    overlay.legal_basis.push_back({"1/2026/QĐ-UBND", "Điều 1", {"a", "b"}, {}, {}});
    overlay.file = agency + ".yaml";
    const std::size_t count = 1 + below(12);
    for (std::size_t i = 0; i < count; ++i) {
      Change change;
      if (below(5) == 0) {
        change.verb = Verb::add;
        change.path = *AttributePath::parse("keywords");
        change.value = Tree::scalar("từ " + std::to_string(random()));
      } else {
        change.path = *AttributePath::parse(paths[below(paths.size())]);
        change.value = Tree::scalar("giá trị: \"" + std::to_string(below(50)) + "\"");
      }
      overlay.changes.push_back(std::move(change));
    }
    overlay.digest = agency + std::to_string(random());
    return overlay;
  }

  std::mt19937 random;
};

void lay_over(Flat& values, const Overlay& overlay) {
  for (const Change& change : overlay.changes) {
    if (change.verb == Verb::set) {
      values[change.path.text()] = change.value.text;
    } else {
      values["keywords[" + change.value.text + "]"] = change.value.text;
    }
  }
}

TEST(ResolutionProperty, ResolvesRandomOverlaysAsTheReferenceDoes) {
  const unsigned seed = std::random_device{}();
  SCOPED_TRACE("seed " + std::to_string(seed));
  RandomOverlays random(seed);
  const auto base = shipped_base("1.001612");
  const LockPolicy policy = open_policy();
  const std::vector<std::string> paths = settable(base->tree);
  ASSERT_GT(paths.size(), 200U);
  for (int round = 0; round < 60; ++round) {
    const auto province = std::make_shared<Overlay>(random.make(paths, "H41", Layer::province));
    const auto commune = std::make_shared<Overlay>(random.make(paths, "H41.101", Layer::commune));
    const auto other = std::make_shared<Overlay>(random.make(paths, "H40", Layer::province));
    const auto result =
        resolve(*base, {commune, other, province}, chain("H41.101"), day("2026-08-20"), policy);
    ASSERT_TRUE(result) << told(result.error());
    Flat expected = flat(base->tree);
    lay_over(expected, *province);
    lay_over(expected, *commune);
    EXPECT_EQ(flat(result->tree), expected);
    // The files say the same as the tree.
    const auto read_again = prepare(result->files);
    ASSERT_TRUE(read_again) << told(read_again.error());
    EXPECT_EQ(flat((*read_again)->tree), expected);
    // Every value of an overlay that nothing below has changed is told as its own.
    std::map<std::string, std::string> agency_of;
    for (const ExplainedValue& value : explain(*result))
      agency_of[value.path] = value.origin->agency;
    for (const Change& change : commune->changes) {
      if (change.verb != Verb::set) continue;
      EXPECT_NE(agency_of.at(change.path.text()), "") << change.path.text();
    }
    EXPECT_EQ(agency_of.size(), leaves_of(result->tree).size());
    // No overlay: the base.
    const auto nothing = resolve(*base, {other}, chain("H41.101"), day("2026-08-20"), policy);
    ASSERT_TRUE(nothing);
    EXPECT_EQ(nothing->digest, base->digest);
  }
}

TEST(ResolutionProperty, MergesRandomChangesOfBothSides) {
  const unsigned seed = std::random_device{}();
  SCOPED_TRACE("seed " + std::to_string(seed));
  RandomOverlays random(seed);
  const auto base = shipped_base("1.001612");
  const LockPolicy policy = open_policy();
  const std::vector<std::string> paths = settable(base->tree);
  for (int round = 0; round < 40; ++round) {
    // What the nation changes is made by an overlay, too: its result is the next base.
    const Overlay nation = random.make(paths, "G15", Layer::ministry);
    const auto next = resolve(*base, {std::make_shared<Overlay>(nation)}, chain("H41"),
                              day("2026-08-20"), policy);
    ASSERT_TRUE(next) << told(next.error());
    const auto after = prepared(next->files);
    const Overlay ours = random.make(paths, "H41", Layer::province);
    EXPECT_EQ(merge(*base, *base, ours, policy).overlay.changes, ours.changes);
    const Merge merged = merge(*base, *after, ours, policy);
    Flat of_nation;
    lay_over(of_nation, nation);
    const Flat old_values = flat(base->tree);
    std::set<std::string> conflicting;
    std::map<std::string, bool> touched;  // by an earlier change of ours
    for (const Change& change : ours.changes) {
      const std::string path = change.path.text();
      if (change.verb != Verb::set || touched[path]) continue;
      touched[path] = true;
      const auto theirs = of_nation.find(path);
      if (theirs == of_nation.end() || theirs->second == old_values.at(path)) continue;
      if (theirs->second != change.value.text) conflicting.insert(path);
    }
    std::set<std::string> told_of;
    for (const Conflict& one : merged.conflicts) {
      told_of.insert(one.path);
      EXPECT_EQ(one.kind, ConflictKind::changed);
      EXPECT_FALSE(one.text.vi.empty());
    }
    for (const std::string& path : conflicting) EXPECT_TRUE(told_of.contains(path)) << path;
    for (const std::string& path : told_of) {
      EXPECT_TRUE(of_nation.contains(path)) << path << " was not changed by the nation";
    }
    // What is not in conflict comes out as ours says.
    const auto result = resolve(*after, {std::make_shared<Overlay>(merged.overlay)}, chain("H41"),
                                day("2026-08-20"), policy);
    ASSERT_TRUE(result) << told(result.error());
    Flat expected = flat(after->tree);
    lay_over(expected, merged.overlay);
    EXPECT_EQ(flat(result->tree), expected);
  }
}

TEST(ResolutionProperty, HasOneKeyForAgenciesThatShareTheirOverlays) {
  const auto province = overlay_of(kProvinceStory);
  const OverlayIndex index(Overlays{province});
  const auto key = [&](std::string_view agency, std::string_view on) {
    const auto found = index.applicable("1.001612", chain(agency), day(on));
    EXPECT_TRUE(found);
    return resolution_key("base", *found);
  };
  EXPECT_EQ(key("H41.101", "2026-08-20"), key("H41.102.01", "2027-01-01"));
  EXPECT_NE(key("H41.101", "2026-08-20"), key("H40.101", "2026-08-20"));
  EXPECT_EQ(key("H40.101", "2026-08-20"), key("H41.101", "2025-08-20"));
  EXPECT_EQ(index.applicable("1.000001", chain("H41"), day("2026-08-20"))->overlays.size(), 0U);
}

}  // namespace
}  // namespace procedure
