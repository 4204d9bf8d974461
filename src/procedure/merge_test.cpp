#include "procedure/merge.h"

#include <gmock/gmock.h>

#include "procedure/test_overlays.h"

namespace procedure {
namespace {

using testing::HasSubstr;
using testing::SizeIs;

// The base with texts of its files replaced.
std::shared_ptr<const BasePackage> changed(
    const std::string& file,
    std::initializer_list<std::pair<std::string_view, std::string_view>> edits) {
  PackageFiles files = shipped_files("1.001612");
  for (const auto& [from, to] : edits) {
    std::string& text = files.at(file);
    EXPECT_NE(text.find(from), std::string::npos) << from;
    for (std::size_t at = text.find(from); at != std::string::npos;
         at = text.find(from, at + to.size())) {
      text.replace(at, from.size(), to);
    }
  }
  return prepared(std::move(files));
}

Merge merged(const std::string& overlay, const std::shared_ptr<const BasePackage>& after) {
  return merge(*shipped_base("1.001612"), *after, *overlay_of(overlay), shipped_policy());
}

std::string conflicts(const Merge& merge) {
  std::string text;
  for (const Conflict& one : merge.conflicts) {
    text += std::string{to_text(one.kind)} + " " + one.text.vi + " / " + one.text.en + "\n";
  }
  return text;
}

TEST(Merge, OfTheSameBaseIsTheOverlayItself) {
  const auto overlay = overlay_of(kProvinceStory);
  const auto base = shipped_base("1.001612");
  const Merge result = merge(*base, *base, *overlay, shipped_policy());
  EXPECT_EQ(write_overlay(result.overlay), write_overlay(*overlay));
  EXPECT_EQ(result.overlay.digest, overlay->digest);
  EXPECT_THAT(result.conflicts, SizeIs(0));
  EXPECT_THAT(result.dropped, SizeIs(0));
}

// The story: the nation changes the fee, which the province has left alone.
TEST(Merge, CarriesTheProvinceOverAFeeOfTheNation) {
  const auto after = changed("rules.dmn", {{"<text>100000</text>", "<text>150000</text>"}});
  const Merge result = merged(kProvinceStory, after);
  EXPECT_THAT(result.conflicts, SizeIs(0)) << conflicts(result);
  EXPECT_THAT(result.overlay.changes, SizeIs(overlay_of(kProvinceStory)->changes.size()));
  EXPECT_EQ(result.overlay.base_digest, after->digest);
  EXPECT_EQ(result.overlay.revision, 2);
  const auto again = read_overlay(write_overlay(result.overlay), "merged.yaml");
  ASSERT_TRUE(again) << told(again.error());
  EXPECT_EQ(again->changes, result.overlay.changes);
  const auto resolution = resolve(*after, {std::make_shared<Overlay>(*again)}, chain("H41.101"),
                                  day("2026-08-20"), shipped_policy());
  ASSERT_TRUE(resolution) << told(resolution.error());
  EXPECT_THAT(resolution->written_against_another, SizeIs(0));
  EXPECT_THAT(resolution->files.at("rules.dmn"), HasSubstr("<text>150000</text>"));
}

TEST(Merge, TellsALimitThatIsShorterAboveNow) {
  const Merge result =
      merged(kProvinceStory, changed("procedure.yaml", {{"published: 3wd", "published: 1wd"}}));
  EXPECT_THAT(result.conflicts, SizeIs(6)) << conflicts(result);
  EXPECT_EQ(result.conflicts.front().kind, ConflictKind::changed);
  EXPECT_EQ(result.conflicts.front().before, "3wd");
  EXPECT_EQ(result.conflicts.front().after, "1wd");
  EXPECT_EQ(result.conflicts.front().ours, "2wd");
  EXPECT_THAT(conflicts(result), HasSubstr("may only become shorter than 1wd"));
}

TEST(Merge, DropsWhatTheUpperLayerSaysNow) {
  const Merge result =
      merged(kProvinceStory, changed("procedure.yaml", {{"published: 3wd", "published: 2wd"}}));
  EXPECT_THAT(result.conflicts, SizeIs(0)) << conflicts(result);
  EXPECT_THAT(result.dropped, SizeIs(1));
  EXPECT_THAT(result.overlay.changes, SizeIs(overlay_of(kProvinceStory)->changes.size() - 1));
}

TEST(Merge, TellsAPaperOfTheSameId) {
  const Merge result = merged(
      kProvinceStory, changed("procedure.yaml", {{"id: post_slip", "id: location_commitment"}}));
  ASSERT_THAT(result.conflicts, SizeIs(1)) << conflicts(result);
  EXPECT_EQ(result.conflicts.front().kind, ConflictKind::id_taken);
  EXPECT_EQ(result.conflicts.front().path, "components[location_commitment]");
}

TEST(Merge, TellsAPaperThatIsGone) {
  const Merge result =
      merged(kProvinceHead + "  - set: components[post_slip].note\n    to: {vi: a, en: b}\n",
             changed("procedure.yaml", {{"id: post_slip", "id: slip"}}));
  ASSERT_THAT(result.conflicts, SizeIs(1)) << conflicts(result);
  EXPECT_EQ(result.conflicts.front().kind, ConflictKind::gone);
}

TEST(Merge, TellsAnAnchorThatIsGone) {
  Merge result =
      merged(kProvinceStory, changed("procedure.yaml", {{"id: identity_paper", "id: identity"}}));
  ASSERT_THAT(result.conflicts, SizeIs(1)) << conflicts(result);
  EXPECT_EQ(result.conflicts.front().kind, ConflictKind::anchor_gone);
  EXPECT_EQ(result.conflicts.front().path, "components[identity_paper]");

  // The nation has renamed the step that the province's own step follows.
  result = merged(kProvinceStory, changed("process.bpmn", {{"\"examine\"", "\"appraise\""},
                                                           {">examine<", ">appraise<"}}));
  EXPECT_THAT(conflicts(result), HasSubstr("no element `examine`"));
  EXPECT_EQ(result.conflicts.front().kind, ConflictKind::anchor_gone);
}

TEST(Merge, LeavesConflictsOutOfTheOverlay) {
  const Merge result = merged(
      kProvinceHead + "  - set: summary.vi\n    to: Của tỉnh\n  - set: summary.en\n    to: Ours\n",
      changed("procedure.yaml", {{"Mở cửa hàng, quán ăn, dịch vụ tại nhà", "Mở cửa hàng"}}));
  ASSERT_THAT(result.conflicts, SizeIs(1));
  EXPECT_EQ(result.conflicts.front().path, "summary.vi");
  ASSERT_THAT(result.overlay.changes, SizeIs(1));
  EXPECT_EQ(result.overlay.changes.front().path.text(), "summary.en");
}

}  // namespace
}  // namespace procedure
