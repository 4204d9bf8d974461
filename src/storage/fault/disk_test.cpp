// The disk of the other tests: what it keeps at a cut and what it forgets.
#include "storage/fault/disk.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace storage::fault {
namespace {

using testing::ElementsAre;
using testing::Pair;

Disk::Handle make(Disk& disk, const std::string& name, std::string_view bytes) {
  const auto file = disk.open(name, true).second;
  EXPECT_EQ(disk.write(*file, 0, bytes), Answer::done);
  return file;
}

TEST(Disk, ForgetsAtACutWhatWasNotSynced) {
  Disk disk(1, {{"old", "before"}});
  const auto old = disk.open("old", false).second;
  const auto kept = make(disk, "kept", "synced");
  EXPECT_EQ(disk.sync(*kept, true), Answer::done);
  EXPECT_EQ(disk.write(*kept, 6, " and more"), Answer::done);
  EXPECT_EQ(disk.write(*old, 0, "after!"), Answer::done);
  const auto nameless = make(disk, "nameless", "synced, but not its name");
  EXPECT_EQ(disk.sync(*nameless, false), Answer::done);
  EXPECT_EQ(disk.image().at("old"), "after!");
  disk.cut();
  EXPECT_THAT(disk.image(), ElementsAre(Pair("kept", "synced"), Pair("old", "before")));
}

TEST(Disk, IsGoneAfterTheCut) {
  Disk disk(1, {{"a", "b"}});
  const auto file = disk.open("a", false).second;
  disk.set_faults({.cut_at = 2});
  EXPECT_EQ(disk.write(*file, 0, "c"), Answer::done);
  EXPECT_EQ(disk.sync(*file, true), Answer::gone) << "the second change is not made";
  std::array<char, 1> into{};
  EXPECT_EQ(disk.read(*file, 0, into), Answer::gone);
  EXPECT_EQ(disk.write(*file, 0, "c"), Answer::gone);
  EXPECT_EQ(disk.truncate(*file, 0), Answer::gone);
  EXPECT_EQ(disk.remove("a", true), Answer::gone);
  EXPECT_EQ(disk.open("a", true).first, Answer::gone);
  EXPECT_EQ(disk.size(*file).first, Answer::gone);
  EXPECT_THAT(disk.image(), ElementsAre(Pair("a", "b")));
}

TEST(Disk, KeepsAnySectorsOfWhatWasNotSynced) {
  const std::string before(4 * kSector, 'a');
  int torn = 0;
  int cut_short = 0;
  int longer = 0;
  for (std::uint64_t seed = 1; seed <= 400; ++seed) {
    Disk disk(seed, {{"f", before}});
    disk.set_survivors(Survivors::some);
    const auto file = disk.open("f", false).second;
    EXPECT_EQ(disk.write(*file, 100, std::string(3 * kSector, 'b')), Answer::done);
    EXPECT_EQ(disk.write(*file, 4 * kSector, std::string(2 * kSector, 'c')), Answer::done);
    disk.cut();
    const std::string after = disk.image().at("f");
    ASSERT_GE(after.size(), before.size()) << "what is durable stays";
    EXPECT_EQ(after.substr(0, 100), before.substr(0, 100)) << "what nobody wrote stays";
    const std::string_view first = std::string_view{after}.substr(kSector, kSector);
    EXPECT_EQ(first.find_first_not_of(first[0]), std::string_view::npos) << "sectors are whole";
    torn += after[100] != after[kSector] ? 1 : 0;
    cut_short += after.size() < 6 * kSector ? 1 : 0;
    longer += after.size() > 6 * kSector ? 1 : 0;
  }
  EXPECT_GT(torn, 20);
  EXPECT_GT(cut_short, 20);
  EXPECT_GT(longer, 5);
}

TEST(Disk, LosesWhatAFailedSyncDroppedEvenIfTheNextSucceeds) {
  Disk disk(1, {{"f", "old old"}});
  const auto file = disk.open("f", false).second;
  disk.set_faults({.fail_sync_at = 1});
  EXPECT_EQ(disk.write(*file, 0, "new"), Answer::done);
  EXPECT_EQ(disk.sync(*file, false), Answer::sync_failed);
  EXPECT_EQ(disk.write(*file, 4, "new"), Answer::done);
  EXPECT_EQ(disk.sync(*file, false), Answer::done);
  EXPECT_EQ(disk.image().at("f"), "new new") << "as long as the machine runs";
  disk.cut();
  EXPECT_EQ(disk.image().at("f"), "old new");
}

TEST(Disk, NamesAreDurableOnlyWithTheirFolder) {
  Disk disk(1, {{"gone", "x"}});
  EXPECT_EQ(disk.remove("gone", false), Answer::done);
  EXPECT_FALSE(disk.exists("gone"));
  EXPECT_THAT(disk.durable_image(), ElementsAre(Pair("gone", "x")));
  const auto made = make(disk, "made", "y");
  EXPECT_EQ(disk.sync(*made, true), Answer::done);
  EXPECT_THAT(disk.durable_image(), ElementsAre(Pair("made", "y")));
}

TEST(Disk, IsFullWhenItHoldsWhatItHasRoomFor) {
  Disk disk(1, {{"a", "1234"}});
  disk.set_faults({.room = 6});
  const auto file = disk.open("a", false).second;
  EXPECT_EQ(disk.write(*file, 4, "567"), Answer::full);
  EXPECT_EQ(disk.write(*file, 0, "abcd"), Answer::done) << "over itself";
  EXPECT_EQ(disk.write(*file, 4, "56"), Answer::done);
  EXPECT_EQ(disk.truncate(*file, 1), Answer::done);
  EXPECT_EQ(disk.write(*file, 1, "23456"), Answer::done);
}

}  // namespace
}  // namespace storage::fault
