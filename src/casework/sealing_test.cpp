// Signing on the real store: nothing is vouched for that somebody put in the store's place.
#include "casework/sealing.h"

#include "casework/test_workplace.h"
#include "journal/checkpoint.h"

namespace casework {
namespace {

using test::Commune;

class SealingOfAJournal : public ::testing::Test {
 protected:
  static journal::SigningKey key(std::uint64_t seed) {
    base::SeededRandom random(seed);
    return journal::SigningKey::generate("motcua.test/H41", random);
  }
  SealingTrust memory() {
    return {
        .keys = {},
        .last_signed = [this]() -> base::Outcome<std::optional<std::string>> { return remembered; },
        .remember = [this](const std::string& text) -> base::Outcome<base::Done> {
          remembered = text;
          return base::Done{};
        }};
  }
  base::Outcome<std::optional<HeadRow>> seal(Commune& at, SealingTrust trust,
                                             std::uint64_t seed = 1) {
    Sealing sealing(*at.store, "H41", key(seed), std::move(trust));
    return sealing.seal(at.clock.now());
  }
  static void expect_refused(const base::Outcome<std::optional<HeadRow>>& sealed, const char* why) {
    ASSERT_FALSE(sealed);
    EXPECT_EQ(sealed.error().code, base::FaultCode::corrupt);
    EXPECT_NE(sealed.error().message.find(why), std::string::npos) << sealed.error().message;
  }

  std::optional<std::string> remembered;
};

TEST_F(SealingOfAJournal, GoesOnFromWhatItSignedBefore) {
  Commune office;
  office.filed("1.001193");
  ASSERT_TRUE(seal(office, memory()));
  ASSERT_TRUE(remembered.has_value());
  const std::string first = *remembered;
  office.filed("1.001193");
  ASSERT_TRUE(seal(office, memory()));
  EXPECT_NE(*remembered, first);
  // As where the machine died between store and file, or another server signed meanwhile.
  remembered = first;
  office.filed("1.001193");
  const auto later = seal(office, memory());
  ASSERT_TRUE(later) << later.error().message;
  EXPECT_TRUE(later->has_value());
}

TEST_F(SealingOfAJournal, DoesNotVouchForAStoreThatWasSetBack) {
  Commune office;
  office.filed("1.001193");
  office.filed("1.001193");
  ASSERT_TRUE(seal(office, memory()));
  Commune young;
  young.filed("1.001193");
  expect_refused(seal(young, memory()), "set back");
  EXPECT_FALSE(young.store->last_head()->has_value());
}

TEST_F(SealingOfAJournal, DoesNotVouchForAnotherJournalWithoutHeads) {
  Commune office;
  office.filed("1.001193");
  ASSERT_TRUE(seal(office, memory()));
  Commune rewritten;
  for (int i = 0; i < 3; ++i) rewritten.filed("1.001193");
  expect_refused(seal(rewritten, memory()), "signed here");
}

TEST_F(SealingOfAJournal, DoesNotGoOnFromAHeadThatNoKnownKeySigned) {
  Commune office;
  office.filed("1.001193");
  ASSERT_TRUE(seal(office, {}));
  office.filed("1.001193");
  expect_refused(seal(office, {}, 2), "no key");
  const auto renewed =
      seal(office, {.keys = {key(1).verifier()}, .last_signed = {}, .remember = {}}, 2);
  ASSERT_TRUE(renewed) << renewed.error().message;
  EXPECT_TRUE(renewed->has_value());
}

}  // namespace
}  // namespace casework
