#include "identity/device_name.h"

#include <gtest/gtest.h>

namespace identity {
namespace {

TEST(DeviceName, IsBrowserAndSystem) {
  EXPECT_EQ(device_name("Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like "
                        "Gecko) Chrome/126.0.0.0 Safari/537.36"),
            "Chrome · Windows");
  EXPECT_EQ(device_name("Mozilla/5.0 (Windows NT 10.0) AppleWebKit/537.36 Chrome/126.0 "
                        "Safari/537.36 Edg/126.0"),
            "Edge · Windows");
  EXPECT_EQ(device_name("Mozilla/5.0 (iPhone; CPU iPhone OS 17_5 like Mac OS X) Version/17.5 "
                        "Mobile/15E148 Safari/604.1"),
            "Safari · iPhone");
  EXPECT_EQ(device_name("Mozilla/5.0 (X11; Linux x86_64; rv:127.0) Gecko/20100101 Firefox/127.0"),
            "Firefox · Linux");
  EXPECT_EQ(device_name("curl/7.88"), "curl");
}

TEST(DeviceName, SaysNothingOfWhatItDoesNotKnow) {
  EXPECT_EQ(device_name(""), "");
  EXPECT_EQ(device_name("<script>alert(1)</script>"), "");
  EXPECT_EQ(device_name(std::string(1'000'000, 'x') + "Chrome/"), "");
}

}  // namespace
}  // namespace identity
