#include "procedure/overlay.h"

#include <gmock/gmock.h>

#include "procedure/package_keys.h"
#include "procedure/test_overlays.h"

namespace procedure {
namespace {

using testing::AllOf;
using testing::HasSubstr;

std::string refusal(const std::string& text, const Parts& parts = {}) {
  const auto read = read_overlay(text, "o.yaml", parts);
  if (read) return "nothing";
  return told(read.error());
}

std::string with(std::string_view from, std::string_view to) {
  std::string text = kProvinceHead + "  - set: summary.vi\n    to: x\n";
  const std::size_t at = text.find(from);
  EXPECT_NE(at, std::string::npos) << from;
  return text.replace(at, from.size(), to);
}

TEST(Overlay, IsWrittenAndReadAgain) {
  const auto overlay = overlay_of(kProvinceStory);
  const auto again = read_overlay(write_overlay(*overlay), "again.yaml");
  ASSERT_TRUE(again) << told(again.error());
  EXPECT_EQ(again->changes, overlay->changes);
  EXPECT_EQ(again->digest, overlay->digest);
  EXPECT_EQ(write_overlay(*again), write_overlay(*overlay));
}

TEST(Overlay, IsRefusedWithFileLineAndRemedy) {
  EXPECT_THAT(refusal("code: [\n"), AllOf(HasSubstr("o.yaml:"), HasSubstr("not YAML")));
  EXPECT_THAT(refusal("just a text"), HasSubstr("does not hold keys and values"));
  EXPECT_THAT(refusal(with("layer: province", "layer: nation")),
              AllOf(HasSubstr("o.yaml:3"), HasSubstr("no layer of an overlay")));
  EXPECT_THAT(refusal(with("agency: H41", "agency: H41.101")),
              HasSubstr("is not of the layer `province`"));
  EXPECT_THAT(refusal(with("agency: H41", "agency: nobody")), HasSubstr("no agency code"));
  EXPECT_THAT(refusal(with("revision: 1", "revision: 0")), HasSubstr("a number from 1 on"));
  EXPECT_THAT(refusal(with("revision: 1", "reversion: 1")), HasSubstr("unknown key `reversion`"));
  EXPECT_THAT(refusal(with("effective_from: 2026-01-01", "effective_to: 2026-01-01")),
              HasSubstr("`effective_from` is missing"));
  EXPECT_THAT(refusal(with("effective_from: 2026-01-01",
                           "effective_from: 2026-01-01\neffective_to: 2025-01-01")),
              HasSubstr("ends before it begins"));
  EXPECT_THAT(refusal(with("act: \"12/2026/QĐ-UBND\"", "act: \"1\", to: 2020-01-01")),
              HasSubstr("no provision named is in force"));
  EXPECT_THAT(refusal(with("set: summary.vi", "set: summary..vi")), HasSubstr("no path"));
  EXPECT_THAT(refusal(with("set: summary.vi", "put: summary.vi")), HasSubstr("unknown key `put`"));
  EXPECT_THAT(refusal(with("    to: x\n", "")), HasSubstr("`to` is missing"));
  EXPECT_THAT(refusal(with("    to: x\n", "    to: x\n    add: y\n")),
              HasSubstr("one change does one thing"));
  EXPECT_THAT(refusal(with("  - set: summary.vi\n    to: x\n", "  []\n")),
              HasSubstr("no list of 1 to 500 changes"));
  EXPECT_THAT(refusal(with("changes:", "base: {digest: abc}\nchanges:")),
              HasSubstr("no SHA-256 digest"));
}

TEST(Overlay, IsBounded) {
  std::string deep = "code: ";
  for (int i = 0; i < 100; ++i) deep += "[";
  EXPECT_THAT(refusal(deep), HasSubstr("o.yaml"));
  std::string laughs = "a: &a [x, x, x, x, x, x, x, x, x]\n";
  for (char c = 'b'; c < 'j'; ++c) {
    laughs += std::string{c} + ": &" + c + " [";
    for (int i = 0; i < 9; ++i)
      laughs += std::string{i > 0 ? ", *" : "*"} + static_cast<char>(c - 1);
    laughs += "]\n";
  }
  EXPECT_THAT(refusal(laughs), HasSubstr("too many parts"));
  EXPECT_THAT(refusal(std::string(2U << 20U, 'x')), HasSubstr("larger than 1 MiB"));
  EXPECT_THAT(refusal("code: \xFF\xFE"), HasSubstr("not UTF-8"));
  std::string many = kProvinceHead;
  for (int i = 0; i < 501; ++i) many += "  - set: summary.vi\n    to: x\n";
  EXPECT_THAT(refusal(many), HasSubstr("1 to 500 changes"));
}

TEST(Include, PutsTheEntriesOfAPartInItsPlace) {
  const Parts parts{{"wording", "changes:\n  - include: words\n  - set: summary.en\n    to: y\n"},
                    {"words", "changes:\n  - add: keywords\n    value: z\n"}};
  const auto read = read_overlay(with("  - set: summary.vi\n    to: x\n",
                                      "  - include: wording\n  - set: summary.vi\n    to: x\n"),
                                 "o.yaml", parts);
  ASSERT_TRUE(read) << told(read.error());
  ASSERT_EQ(read->changes.size(), 3U);
  EXPECT_EQ(read->changes[0].path.text(), "keywords");
  EXPECT_EQ(read->changes[1].path.text(), "summary.en");
  EXPECT_EQ(read->changes[2].path.text(), "summary.vi");
}

TEST(Include, RefusesACycleWithItsWay) {
  const Parts parts{{"a", "changes:\n  - include: b\n"},
                    {"b", "changes:\n  - include: c\n"},
                    {"c", "changes:\n  - include: a\n"}};
  EXPECT_THAT(refusal(kProvinceHead + "  - include: a\n", parts),
              AllOf(HasSubstr("parts/c.yaml:2"), HasSubstr("a → b → c → a"),
                    HasSubstr("take one of these includes out")));
  EXPECT_THAT(refusal(kProvinceHead + "  - include: d\n", parts),
              HasSubstr("there is no part `d`"));
}

TEST(Include, IsBounded) {
  Parts parts{{"p0", "changes: []\n"}};
  for (int i = 1; i < 40; ++i) {
    const std::string below = "  - include: p" + std::to_string(i - 1) + "\n";
    parts["p" + std::to_string(i)] = "changes:\n" + below + below;
  }
  EXPECT_THAT(refusal(kProvinceHead + "  - include: p39\n", parts),
              HasSubstr("more than 5,000 entries"));
}

TEST(Include, WorksInPackages) {
  PackageFiles files = shipped_files("1.001612");
  std::string& yaml = files.at("procedure.yaml");
  yaml.replace(yaml.find("components:\n"), 12, "components:\n  - include: local\n");
  const Parts parts{{"local",
                     "components:\n  - {id: shared, name: {vi: a, en: b}, kind: show, "
                     "originals: 1, required: false}\n"}};
  const auto whole = include_parts(files, parts);
  ASSERT_TRUE(whole) << told(whole.error());
  const auto loaded = load_package(*whole, shipped_dictionary());
  ASSERT_TRUE(loaded) << told(loaded.error());
  EXPECT_EQ(loaded->components.front().id, "shared");
  EXPECT_EQ(whole->at("form.yaml"), files.at("form.yaml"));
  // Without the parts the package is refused, not read as if nothing stood there.
  EXPECT_FALSE(include_parts(files, {}));
  EXPECT_FALSE(load_package(files, shipped_dictionary()));
}

TEST(LockPolicy, LocksWhatItDoesNotName) {
  const LockPolicy nothing;
  for (const char* path : {"name", "cases[x].limits[y].published", "process.steps"}) {
    const auto ruling = nothing.ruling(*AttributePath::parse(path), Layer::province);
    EXPECT_EQ(ruling.lock.lock, Lock::locked);
    EXPECT_EQ(ruling.rule, nullptr);
  }
}

TEST(LockPolicy, LetsTheLongestPathDecide) {
  const LockPolicy& policy = shipped_policy();
  const auto lock = [&](const char* path, Layer layer) {
    return policy.ruling(*AttributePath::parse(path), layer).lock;
  };
  EXPECT_EQ(lock("components", Layer::province).lock, Lock::additive);
  EXPECT_EQ(lock("components[x].kind", Layer::province).lock, Lock::additive);
  EXPECT_EQ(lock("components[x].note.vi", Layer::commune).lock, Lock::overridable);
  EXPECT_EQ(lock("cases[x].limits[post].published", Layer::province).direction, Direction::shorter);
  EXPECT_EQ(lock("cases[x].when", Layer::province).lock, Lock::locked);
  EXPECT_EQ(lock("process.steps[x].status", Layer::province).lock, Lock::locked);
  EXPECT_TRUE(lock("process.steps", Layer::commune).needs_basis);
}

// Every key of procedure.yaml has been thought about: a rule names it, or it is one of those that
// nobody below the nation changes.
TEST(LockPolicy, SpeaksOfEveryKeyOfAPackage) {
  const std::set<std::string_view> of_the_nation{"code", "revision", "effective_from", "field",
                                                 "level"};
  for (const std::string_view key : keys::kProcedure) {
    const bool named = std::ranges::any_of(shipped_policy().rules(), [&](const LockRule& rule) {
      return rule.path.parts().front().text == key;
    });
    EXPECT_NE(named, of_the_nation.contains(key)) << key;
  }
}

TEST(LockPolicy, IsRefusedWithLineAndRemedy) {
  const auto told_of = [](const std::string& text) {
    const auto read = read_lock_policy(text);
    return read ? std::string{"nothing"} : told(read.error());
  };
  EXPECT_THAT(told_of("locks:\n  - path: name\n    reason: {vi: a, en: b}\n    basis: c\n    "
                      "province: open\n"),
              AllOf(HasSubstr("locks.yaml:5"), HasSubstr("`open` is no lock")));
  EXPECT_THAT(told_of("locks:\n  - path: name\n    province: locked\n"),
              AllOf(HasSubstr("`reason` is missing"), HasSubstr("`basis` is missing")));
  EXPECT_THAT(told_of("locks:\n  - {path: a, reason: {vi: a, en: b}, basis: c}\n  - {path: a, "
                      "reason: {vi: a, en: b}, basis: c}\n"),
              HasSubstr("has a rule already"));
  EXPECT_THAT(told_of("locks:\n  - path: a\n    reason: {vi: a, en: b}\n    basis: c\n    "
                      "province: {lock: overridable, direction: sideways}\n"),
              HasSubstr("is no direction"));
}

TEST(LockPolicy, JudgesDirections) {
  struct Line {
    Direction direction;
    const char* before;
    const char* after;
    bool allowed;
  };
  constexpr Line kLines[] = {
      {Direction::shorter, "3wd", "2wd", true},
      {Direction::shorter, "3wd", "3wd", true},
      {Direction::shorter, "3wd", "24h", true},
      {Direction::shorter, "3wd", "25h", false},
      {Direction::shorter, "7d", "5wd", true},
      {Direction::shorter, "7d", "6wd", false},
      {Direction::shorter, "same-day", "1wd", true},
      {Direction::shorter, "2d", "soon", false},
      {Direction::later, "15:00", "16:00", true},
      {Direction::later, "15:00", "14:59", false},
      {Direction::later, "15:00", "late", false},
      {Direction::earlier, "15:00", "14:00", true},
      {Direction::lower, "2", "1", true},
      {Direction::lower, "2", "3", false},
      {Direction::higher, "2", "3", true},
      {Direction::higher, "2", "1", false},
      {Direction::longer, "10", "20", true},
      {Direction::longer, "10", "5", false},
      {Direction::relaxed, "true", "false", true},
      {Direction::relaxed, "false", "true", false},
      {Direction::within, "0", "50", true},
      {Direction::within, "0", "101", false},
      {Direction::within, "0", "many", false},
      {Direction::any, "a", "b", true},
  };
  for (const Line& line : kLines) {
    const LayerLock lock{Lock::overridable, line.direction, 10, 100, false};
    const Tree before = Tree::scalar(line.before);
    const auto against = against_direction(lock, &before, Tree::scalar(line.after));
    EXPECT_EQ(!against.has_value(), line.allowed)
        << to_text(line.direction) << " " << line.before << " " << line.after;
  }
}

TEST(AttributePath, IsReadAndWritten) {
  for (const char* text : {"name", "name.vi", "cases[late].limits[post].published",
                           "results[KQ.G15.000031].name", "files[templates/x y.html]",
                           "legal_basis[12/2026/QĐ-UBND].to", "notes[#1].vi", "cases[*]"}) {
    const auto path = AttributePath::parse(text);
    ASSERT_TRUE(path) << text;
    EXPECT_EQ(path->text(), text);
  }
  for (const char* text : {"", ".", "a.", "a..b", "[x]", "a[", "a[]", "a]b", "a[x]b", "a b"}) {
    EXPECT_FALSE(AttributePath::parse(text)) << text;
  }
  std::string long_path = "a";
  for (int i = 0; i < 20; ++i) long_path += ".a";
  EXPECT_FALSE(AttributePath::parse(long_path));
}

TEST(AttributePath, FindsAFieldOnItsPage) {
  const auto base = shipped_base("1.001193");
  const auto found = expanded(base->tree, *AttributePath::parse("form.fields[father_name].label"));
  ASSERT_EQ(found.size(), 1U);
  EXPECT_EQ(found.front().text(), "form.pages[father].fields[father_name].label");
  EXPECT_TRUE(expanded(base->tree, *AttributePath::parse("form.fields[nobody].label")).empty());
  const auto all = expanded(base->tree, *AttributePath::parse("cases[*].limits[*].published"));
  EXPECT_EQ(all.size(), 15U);
}

TEST(AttributePath, TakesDecomposedVietnamese) {
  const auto base = shipped_base("1.001612");
  // "mở quán" with its marks apart.
  const auto path = AttributePath::parse("keywords[mo\xCC\x9B\xCC\x89 qua\xCC\x81n]");
  ASSERT_TRUE(path);
  EXPECT_NE(find_attribute(base->tree, *path), nullptr);
}

}  // namespace
}  // namespace procedure
