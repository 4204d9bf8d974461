#include "identity/secret_box.h"

#include <gtest/gtest.h>

namespace identity {
namespace {

const std::string kInstallation(64, 'a');

TEST(SecretBox, OpensWhatItSealedForTheSamePurpose) {
  base::SeededRandom random{3};
  const SecretBox box{kInstallation};
  for (const std::string& plain : {std::string{}, std::string{"seed"}, std::string(1000, '\0')}) {
    const std::string sealed = box.seal(plain, "totp:an", random);
    EXPECT_EQ(box.open(sealed, "totp:an"), plain);
    EXPECT_FALSE(box.open(sealed, "totp:binh").has_value());
    EXPECT_FALSE(SecretBox{std::string(64, 'b')}.open(sealed, "totp:an").has_value());
    EXPECT_NE(sealed, box.seal(plain, "totp:an", random));
  }
}

TEST(SecretBox, NoticesEveryChangedCharacter) {
  base::SeededRandom random{4};
  const SecretBox box{kInstallation};
  const std::string sealed = box.seal("a seed of twenty byte", "totp:an", random);
  EXPECT_EQ(sealed.find("seed"), std::string::npos);
  for (std::size_t i = 0; i < sealed.size(); ++i) {
    std::string changed = sealed;
    changed[i] = changed[i] == 'A' ? 'B' : 'A';
    EXPECT_FALSE(box.open(changed, "totp:an").has_value()) << i;
    EXPECT_FALSE(box.open(sealed.substr(0, i), "totp:an").has_value()) << i;
  }
}

}  // namespace
}  // namespace identity
