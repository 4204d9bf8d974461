#include "procedure/resolution.h"

#include <algorithm>
#include <random>

#include <gmock/gmock.h>

#include "bpmn/diagram.h"
#include "procedure/assessment.h"
#include "procedure/difference.h"
#include "procedure/test_overlays.h"
#include "procedure/tree_yaml.h"

namespace procedure {
namespace {

using testing::HasSubstr;
using testing::SizeIs;

const calendar::Date kDay = day("2026-08-20");

form::Defined<Resolution> resolved(const std::string& changes, std::string_view agency = "H41") {
  const auto base = shipped_base("1.001612");
  return resolve(*base, {overlay_of(kProvinceHead + changes)}, chain(agency), kDay,
                 shipped_policy());
}

std::string refusal(const std::string& changes) {
  const auto result = resolved(changes);
  if (result) return "nothing";
  return told(result.error());
}

TEST(Resolution, IsTheBaseItselfWithoutAnOverlay) {
  for (const char* code : kShipped) {
    const auto base = shipped_base(code);
    const auto result = resolve(*base, Overlays{}, chain("H41.101"), kDay, shipped_policy());
    ASSERT_TRUE(result) << told(result.error());
    EXPECT_EQ(result->digest, digest_of(shipped_files(code)));
    EXPECT_EQ(result->files, shipped_files(code));
    for (const ExplainedValue& value : explain(*result)) {
      EXPECT_EQ(value.origin->layer, Layer::nation);
    }
  }
}

TEST(Resolution, WritesWhatItReadsInCanonicalForm) {
  for (const char* code : kShipped) {
    for (const char* file : {"procedure.yaml", "form.yaml", "result.yaml"}) {
      const PackageFiles files = shipped_files(code);
      if (!files.contains(file)) continue;
      form::DefinitionProblems problems;
      const auto tree = read_tree(files.at(file), file, problems);
      ASSERT_TRUE(tree) << told(problems);
      const auto again = read_tree(write_tree(*tree), file, problems);
      ASSERT_TRUE(again) << told(problems);
      EXPECT_TRUE(says_the_same(*tree, *again));
      EXPECT_EQ(write_tree(*again), write_tree(*tree));
    }
  }
}

// A package whose every file goes through the writers is still the same procedure.
TEST(Resolution, MeansTheSameInCanonicalForm) {
  for (const char* code : kShipped) {
    PackageFiles files = shipped_files(code);
    form::DefinitionProblems problems;
    for (const char* file : {"procedure.yaml", "form.yaml", "result.yaml"}) {
      if (!files.contains(file)) continue;
      files[file] = write_tree(*read_tree(files.at(file), file, problems));
    }
    const auto loaded = load_package(files, shipped_dictionary());
    EXPECT_TRUE(loaded) << told(loaded.error());
  }
}

TEST(Resolution, TellsTheStoryOfAProvince) {
  const auto base = shipped_base("1.001612");
  const auto result =
      resolve(*base, {overlay_of(kProvinceStory)}, chain("H41.101"), kDay, shipped_policy());
  ASSERT_TRUE(result) << told(result.error());
  EXPECT_NE(result->digest, base->digest);
  const auto procedure = load_resolved(*base, *result, shipped_dictionary());
  ASSERT_TRUE(procedure) << told(procedure.error());
  EXPECT_EQ(procedure->digest, result->digest);
  for (const Case& one : procedure->cases) {
    for (const ChannelLimit& limit : one.limits) EXPECT_EQ(limit.published.text(), "2wd");
  }
  ASSERT_NE(procedure->find_component("location_commitment"), nullptr);
  const Step* review = procedure->find_step("review");
  ASSERT_NE(review, nullptr);
  EXPECT_EQ(review->title.vi, "Phó Chủ tịch được ủy quyền soát xét");
  EXPECT_EQ(review->limit->text(), "2h");
  EXPECT_THAT(review->outcomes, SizeIs(2));
  EXPECT_TRUE(review->find_outcome("redo")->needs_reason);
  // The acts of the province join the legal basis.
  EXPECT_EQ(std::ranges::count(procedure->legal_basis, "34/2026/QĐ-UBND", &LegalBasis::act), 1);
  EXPECT_EQ(std::ranges::count(procedure->legal_basis, "12/2026/QĐ-UBND", &LegalBasis::act), 1);
}

TEST(Resolution, DrawsTheStepItPutsIn) {
  const auto result = resolved(kProvinceStory.substr(kProvinceHead.size()));
  ASSERT_TRUE(result) << told(result.error());
  const auto model = bpmn::read_model(result->files.at("process.bpmn"));
  ASSERT_TRUE(model);
  EXPECT_THAT(model->findings, SizeIs(0));
  const auto diagrams = bpmn::read_diagrams(result->files.at("process.bpmn"));
  ASSERT_TRUE(diagrams);
  ASSERT_THAT(*diagrams, SizeIs(1));
  const bpmn::Diagram& diagram = diagrams->front();
  const auto shape = [&](const std::string& id) {
    return *std::ranges::find(diagram.shapes, id, &bpmn::Shape::element);
  };
  for (const bpmn::Node& node : model->processes.front().nodes) {
    EXPECT_EQ(std::ranges::count(diagram.shapes, node.id, &bpmn::Shape::element), 1) << node.id;
  }
  for (const bpmn::Flow& flow : model->processes.front().flows) {
    EXPECT_EQ(std::ranges::count(diagram.edges, flow.id, &bpmn::Edge::element), 1) << flow.id;
  }
  EXPECT_GT(shape("review").bounds.x, shape("examine").bounds.x + shape("examine").bounds.width);
  EXPECT_GT(shape("sign").bounds.x, shape("review_decision").bounds.x);
  EXPECT_LE(shape("done").bounds.x + shape("done").bounds.width,
            shape("participant").bounds.x + shape("participant").bounds.width);
  // No two nodes lie on each other.
  for (const bpmn::Shape& a : diagram.shapes) {
    for (const bpmn::Shape& b : diagram.shapes) {
      if (a.kind != bpmn::ShapeKind::node || b.kind != bpmn::ShapeKind::node || &a == &b) continue;
      const bool apart =
          a.bounds.x + a.bounds.width <= b.bounds.x || b.bounds.x + b.bounds.width <= a.bounds.x ||
          a.bounds.y + a.bounds.height <= b.bounds.y || b.bounds.y + b.bounds.height <= a.bounds.y;
      EXPECT_TRUE(apart) << a.element << " and " << b.element;
    }
  }
  const auto& lanes = model->processes.front().lanes;
  EXPECT_TRUE(std::ranges::any_of(lanes, [](const bpmn::Lane& lane) {
    return std::ranges::find(lane.nodes, "review") != lane.nodes.end();
  }));
}

TEST(Resolution, SaysWhereEveryValueComesFrom) {
  const auto result = resolved(kProvinceStory.substr(kProvinceHead.size()));
  ASSERT_TRUE(result);
  const std::vector<ExplainedValue> values = explain(*result);
  EXPECT_THAT(values, SizeIs(leaves_of(result->tree).size()));
  std::set<std::string> paths;
  for (const ExplainedValue& value : values) {
    EXPECT_TRUE(paths.insert(value.path).second) << value.path << " twice";
    const auto parsed = AttributePath::parse(value.path);
    ASSERT_TRUE(parsed) << value.path;
    const Tree* found = find_attribute(result->tree, *parsed);
    ASSERT_NE(found, nullptr) << value.path;
    EXPECT_EQ(in_one_line(*found), value.value) << value.path;
  }
  const auto origin = [&](std::string_view path) -> const Origin& {
    return *std::ranges::find(values, path, &ExplainedValue::path)->origin;
  };
  EXPECT_EQ(origin("name.vi").layer, Layer::nation);
  EXPECT_EQ(origin("cases[household].limits[online].published").agency, "H41");
  EXPECT_EQ(origin("cases[household].limits[online].published").legal_basis.front().act,
            "12/2026/QĐ-UBND");
  EXPECT_EQ(origin("process.steps[review].limit").legal_basis.front().act, "34/2026/QĐ-UBND");
  EXPECT_EQ(origin("components[location_commitment].name.vi").legal_basis.front().act,
            "5/2026/NQ-HĐND");
  EXPECT_EQ(origin("process.flows[examine_to_sign].to").agency, "H41");
  EXPECT_EQ(origin("process.flows[examine_to_sign].from").layer, Layer::nation);
}

TEST(Resolution, LetsAProvinceSetItsFees) {
  const auto base = shipped_base("1.001612");
  const auto result = resolve(*base, {overlay_of(kProvinceHead + R"yaml(
  - set: rules.decisions[registration_fee].rows[registration_fee_rule2].amount
    to: "80000"
    basis: {act: "7/2026/NQ-HĐND", article: "Điều 1", title: {vi: "Mức lệ phí", en: "Fees"}}
  - set: examples[*].fee
    to: 80000
)yaml")},
                              chain("H41"), kDay, shipped_policy());
  ASSERT_TRUE(result) << told(result.error());
  const auto procedure =
      load_resolved(*base, *result, shipped_dictionary(), LoadOptions::Checks::passed);
  ASSERT_TRUE(procedure) << told(procedure.error());
  Situation situation;
  situation.on = kDay;
  const auto fees = fees_for(*procedure, *select_case(*procedure, situation), situation);
  ASSERT_TRUE(fees);
  EXPECT_EQ(fees->total, 80'000);
  // One entry of the file has changed, and nothing else.
  const std::string before = base->files.at("rules.dmn");
  const std::string after = result->files.at("rules.dmn");
  EXPECT_THAT(after, HasSubstr("<text>80000</text>"));
  EXPECT_LT(before.size() - after.size(), 3U);
}

TEST(Resolution, RefusesWhatIsLocked) {
  EXPECT_THAT(refusal("  - set: name.vi\n    to: Tên khác\n"),
              testing::AllOf(HasSubstr("overlay.yaml:10"), HasSubstr("`name.vi` is locked"),
                             HasSubstr("63/2010/NĐ-CP")));
  EXPECT_THAT(refusal("  - set: code\n    to: \"1.000001\"\n"), HasSubstr("is locked"));
  EXPECT_THAT(refusal("  - set: no_such_thing\n    to: 1\n"), HasSubstr("is locked"));
  EXPECT_THAT(refusal("  - set: cases[household].when\n    to: \"true\"\n"),
              HasSubstr("is locked"));
  EXPECT_THAT(refusal("  - set: cases[household].silence\n    to: {rule: accept, basis: x}\n"),
              HasSubstr("is locked"));
  EXPECT_THAT(refusal("  - set: components\n    to: []\n"), HasSubstr("cannot be changed"));
  EXPECT_THAT(refusal("  - remove: components[identity_paper]\n"), HasSubstr("cannot be removed"));
  EXPECT_THAT(refusal("  - set: components[identity_paper].id\n    to: other\n"),
              HasSubstr("found by"));
  EXPECT_THAT(refusal("  - remove: keywords[mở quán]\n"), HasSubstr("cannot be removed"));
}

TEST(Resolution, RefusesTheWrongDirection) {
  EXPECT_THAT(refusal("  - set: cases[household].limits[post].published\n    to: 5wd\n"),
              HasSubstr("may only become shorter than 3wd"));
  EXPECT_THAT(refusal("  - set: cases[household].limits[post].published\n    to: soon\n"),
              HasSubstr("is no limit"));
  EXPECT_THAT(refusal("  - set: components[identity_paper].copies\n    to: 2\n"),
              HasSubstr("may only become lower"));
  EXPECT_THAT(refusal("  - set: components[identity_paper].required\n    to: true\n"),
              HasSubstr("nothing"));
  EXPECT_THAT(refusal("  - set: components[application].required\n    to: true\n"),
              HasSubstr("may only become false"));
  // One of many is refused: none is made.
  EXPECT_THAT(refusal("  - set: cases[*].limits[*].published\n    to: 30d\n"),
              HasSubstr("may only become shorter"));
}

TEST(Resolution, RefusesWhatHasNoPlace) {
  EXPECT_THAT(refusal("  - set: cases[nobody].note\n    to: {vi: a, en: b}\n"),
              HasSubstr("nothing at `cases[nobody].note`"));
  const std::string paper =
      "    value: {id: ID, name: {vi: a, en: b}, kind: submit, originals: 1}\n"
      "    basis: {act: \"1/2026/NQ-HĐND\", article: \"Điều 1\", title: {vi: a, en: b}}\n";
  const auto with_id = [&](const std::string& id) {
    std::string text = paper;
    return text.replace(text.find("ID"), 2, id);
  };
  EXPECT_THAT(refusal("  - add: components\n" + with_id("identity_paper")),
              HasSubstr("has an entry `identity_paper` already"));
  EXPECT_THAT(refusal("  - add: components\n    after: nothing\n" + with_id("local")),
              HasSubstr("no entry `nothing` to stand beside"));
  EXPECT_THAT(refusal("  - add: components\n    value: {id: x}\n"),
              HasSubstr("needs its own provision"));
  const std::string basis =
      "    basis: {act: \"1/2026/QĐ-UBND\", article: \"Điều 1\", title: {vi: a, en: b}}\n";
  EXPECT_THAT(refusal("  - add: process.steps\n    after: nobody\n    value: {id: x}\n" + basis),
              HasSubstr("no element `nobody`"));
  EXPECT_THAT(refusal("  - add: process.steps\n    after: decision\n    value: {id: x}\n" + basis),
              HasSubstr("more than one flow"));
  EXPECT_THAT(
      refusal("  - add: process.steps\n    after: examine\n    value: {id: sign}\n" + basis),
      HasSubstr("has an element `sign` already"));
  EXPECT_THAT(refusal("  - set: process\n    to: no xml\n" + basis), HasSubstr("no BPMN"));
  EXPECT_THAT(
      refusal("  - set: rules.decisions[fees]\n    to: \"<decision id='other'/>\"\n" + basis),
      HasSubstr("no such decision"));
}

TEST(Resolution, RefusesTwoOverlaysOfOneAgencyForADay) {
  const auto base = shipped_base("1.001612");
  const auto one = overlay_of(kProvinceStory, "a.yaml");
  const auto other = overlay_of(kProvinceStory, "b.yaml");
  const auto result = resolve(*base, {other, one}, chain("H41.101"), kDay, shipped_policy());
  ASSERT_FALSE(result);
  EXPECT_THAT(told(result.error()),
              testing::AllOf(HasSubstr("two overlays of H41"), HasSubstr("a.yaml"),
                             HasSubstr("b.yaml"), HasSubstr("effective_to: 2025-12-31")));
}

TEST(Resolution, RefusesAnOverlayOfAnotherTimeOrProcedure) {
  const auto base = shipped_base("1.001612");
  std::string text = kProvinceHead + "  - set: summary.vi\n    to: x\n";
  const auto of_other = [&](std::string_view from, std::string_view to) {
    std::string changed = text;
    changed.replace(changed.find(from), from.size(), to);
    return changed;
  };
  Applicable applicable;
  applicable.overlays = {overlay_of(of_other("1.001612", "1.001193"))};
  auto result = resolve(*base, applicable, shipped_policy());
  ASSERT_FALSE(result);
  EXPECT_THAT(told(result.error()), HasSubstr("is for the procedure 1.001193"));
  applicable.overlays = {overlay_of(of_other(
      "effective_from: 2026-01-01", "effective_from: 2020-01-01\neffective_to: 2020-12-31"))};
  result = resolve(*base, applicable, shipped_policy());
  ASSERT_FALSE(result);
  EXPECT_THAT(told(result.error()), HasSubstr("the package it changes is not in force"));
}

const char* const kCommuneOverlay = R"yaml(
code: "1.001612"
layer: commune
agency: H41.101
effective_from: 2026-03-01
effective_to: 2026-12-31
legal_basis:
  - {act: "3/QĐ-UBND", title: {vi: "Quyết định (ví dụ)", en: "Decision (example)"}}
changes:
  - set: cases[individual].limits[online].published
    to: 1.5wd
  - add: keywords
    value: mở tiệm
)yaml";

TEST(Resolution, GoesDownTheLayers) {
  const auto base = shipped_base("1.001612");
  const Overlays overlays{overlay_of(kCommuneOverlay, "c.yaml"),
                          overlay_of(kProvinceHead + "  - set: cases[*].limits[*].published\n"
                                                     "    to: 2wd\n")};
  const auto at = [&](std::string_view agency, calendar::Date on) {
    auto result = resolve(*base, overlays, chain(agency), on, shipped_policy());
    EXPECT_TRUE(result) << told(result.error());
    return std::move(result).value();
  };
  const auto online = [](const Resolution& resolution) {
    return std::string{
        find_attribute(resolution.tree,
                       *AttributePath::parse("cases[individual].limits[online].published"))
            ->text};
  };
  EXPECT_EQ(online(at("H41.101", kDay)), "1.5wd");
  EXPECT_EQ(online(at("H41.101.01", kDay)), "1.5wd");
  EXPECT_EQ(online(at("H41.102", kDay)), "2wd");
  EXPECT_EQ(online(at("H41", kDay)), "2wd");
  EXPECT_EQ(online(at("H40.101", kDay)), "3wd");
  EXPECT_EQ(online(at("H41.101", day("2025-12-31"))), "3wd");
  EXPECT_EQ(at("H41.102", kDay).digest, at("H41", kDay).digest);
  const Resolution here = at("H41.101", kDay);
  EXPECT_EQ(here.from, day("2026-03-01"));
  EXPECT_EQ(here.to, day("2026-12-31"));
  const Resolution before = at("H41.101", day("2026-01-15"));
  EXPECT_EQ(before.from, day("2026-01-01"));
  EXPECT_EQ(before.to, day("2026-02-28"));
}

TEST(Resolution, HoldsACommuneToItsProvince) {
  const auto base = shipped_base("1.001612");
  const Overlays overlays{overlay_of(kCommuneOverlay, "c.yaml"),
                          overlay_of(kProvinceHead + "  - set: cases[*].limits[*].published\n"
                                                     "    to: 1wd\n")};
  const auto result = resolve(*base, overlays, chain("H41.101"), kDay, shipped_policy());
  ASSERT_FALSE(result);
  EXPECT_THAT(told(result.error()), HasSubstr("may only become shorter than 1wd"));
}

TEST(Resolution, DoesNotDependOnTheOrderOfOverlays) {
  const auto base = shipped_base("1.001612");
  std::string later = kCommuneOverlay;
  later.replace(later.find("effective_from: 2026-03-01"), 26, "effective_from: 2027-03-01");
  later.replace(later.find("effective_to: 2026-12-31"), 24, "effective_to: 2027-12-31");
  Overlays overlays{overlay_of(kCommuneOverlay, "c.yaml"), overlay_of(later, "d.yaml"),
                    overlay_of(kProvinceHead + "  - set: cases[*].limits[*].published\n"
                                               "    to: 2wd\n")};
  const auto first = resolve(*base, overlays, chain("H41.101"), kDay, shipped_policy());
  ASSERT_TRUE(first) << told(first.error());
  const unsigned seed = std::random_device{}();
  SCOPED_TRACE("seed " + std::to_string(seed));
  std::mt19937 random(seed);
  for (int i = 0; i < 20; ++i) {
    std::ranges::shuffle(overlays, random);
    const auto again = resolve(*base, overlays, chain("H41.101"), kDay, shipped_policy());
    ASSERT_TRUE(again);
    EXPECT_EQ(again->files, first->files);
    EXPECT_EQ(explanation_json(*again), explanation_json(*first));
  }
}

TEST(Resolution, KnowsAnOverlayWrittenAgainstAnotherBase) {
  const auto base = shipped_base("1.001612");
  std::string text = kProvinceHead + "  - set: summary.vi\n    to: Khác\n";
  text.insert(text.find("changes:"), "base: {digest: \"" + base->digest + "\"}\n");
  auto result = resolve(*base, {overlay_of(text)}, chain("H41"), kDay, shipped_policy());
  ASSERT_TRUE(result);
  EXPECT_THAT(result->written_against_another, SizeIs(0));
  text.replace(text.find(base->digest), 64, std::string(64, 'a'));
  result = resolve(*base, {overlay_of(text)}, chain("H41"), kDay, shipped_policy());
  ASSERT_TRUE(result);
  EXPECT_THAT(result->written_against_another, testing::ElementsAre("1.001612@H41/1"));
}

TEST(Resolution, TakesAProcessAndADecisionAsAWhole) {
  const auto base = shipped_base("1.001612");
  const auto indented = [](const std::string& text) {
    std::string block;
    std::istringstream lines(text);
    for (std::string line; std::getline(lines, line);) block += "      " + line + "\n";
    return block;
  };
  const std::string basis =
      "    basis: {act: \"1/2026/QĐ-UBND\", article: \"Điều 1\", title: {vi: a, en: b}}\n";
  std::string process = base->files.at("process.bpmn");
  process.replace(process.find("mc:limit=\"14h\""), 14, "mc:limit=\"12h\"");
  const auto result =
      resolve(*base,
              {overlay_of(kProvinceHead + "  - set: process\n    to: |\n" + indented(process) +
                          basis + "  - set: process.steps[sign].limit\n    to: 5h\n" +
                          "  - set: rules.decisions[fees]\n    to: |\n" +
                          indented(R"(<decision id="fees" name="fees">
  <variable name="fees" />
  <literalExpression>
    <text>[{code: "x", name_vi: "a", name_en: "b", amount: 7, reason_vi: "c", reason_en: "d"}]</text>
  </literalExpression>
</decision>)") + basis)},
              chain("H41"), kDay, shipped_policy());
  ASSERT_TRUE(result) << told(result.error());
  const auto procedure =
      load_resolved(*base, *result, shipped_dictionary(), LoadOptions::Checks::passed);
  ASSERT_TRUE(procedure) << told(procedure.error());
  EXPECT_EQ(procedure->find_step("examine")->limit->text(), "12h");
  EXPECT_EQ(procedure->find_step("sign")->limit->text(), "5h");
  Situation situation;
  situation.on = kDay;
  const auto fees = fees_for(*procedure, *select_case(*procedure, situation), situation);
  ASSERT_TRUE(fees);
  EXPECT_EQ(fees->total, 7);
}

TEST(Resolution, TakesOverWhatTheBaseHasLoaded) {
  const PackageFiles files = shipped_files("1.001612");
  auto loaded = std::make_shared<Procedure>(shipped("1.001612"));
  const auto base = prepare(files, loaded);
  ASSERT_TRUE(base);
  const auto result =
      resolve(**base, {overlay_of(kProvinceStory)}, chain("H41"), kDay, shipped_policy());
  ASSERT_TRUE(result) << told(result.error());
  const auto procedure = load_resolved(**base, *result, shipped_dictionary());
  ASSERT_TRUE(procedure) << told(procedure.error());
  EXPECT_EQ(procedure->rules, loaded->rules);
  EXPECT_NE(procedure->process, loaded->process);
  EXPECT_EQ(procedure->form.pages.size(), loaded->form.pages.size());
}

// The short cut and the long way come to the same.
TEST(Resolution, ReadsAKnownPackageAsAnUnknownOne) {
  for (const char* code : kShipped) {
    const auto known = prepare(shipped_files(code), std::make_shared<Procedure>(shipped(code)));
    const auto unknown = shipped_base(code);
    ASSERT_TRUE(known);
    std::string text = kProvinceHead + R"yaml(
  - set: summary.vi
    to: "Lời giải thích: \"khác\", 100%"
  - add: keywords
    value: thêm
  - set: cases[*].note
    to: {vi: "a", en: "b"}
)yaml";
    text.replace(text.find("1.001612"), 8, code);
    const auto overlay = overlay_of(text);
    const auto one = resolve(**known, {overlay}, chain("H41"), kDay, shipped_policy());
    const auto other = resolve(*unknown, {overlay}, chain("H41"), kDay, shipped_policy());
    ASSERT_TRUE(one) << told(one.error());
    ASSERT_TRUE(other);
    EXPECT_EQ(one->files, other->files);
    const auto quick =
        load_resolved(**known, *one, shipped_dictionary(), LoadOptions::Checks::passed);
    const auto slow = load_resolved(*unknown, *other, shipped_dictionary());
    ASSERT_TRUE(quick) << told(quick.error());
    ASSERT_TRUE(slow) << told(slow.error());
    EXPECT_EQ(quick->digest, slow->digest);
    EXPECT_TRUE(differences(*quick, *slow).empty())
        << to_text(differences(*quick, *slow), calendar::Language::english);
  }
}

}  // namespace
}  // namespace procedure
