// catalogue_rates_test.cpp - how much of the published catalogue is understood.
#include <filesystem>
#include <fstream>

#include <gtest/gtest.h>

#include "catalogue/line_reader.h"
#include "catalogue/lint.h"
#include "catalogue/page_reader.h"
#include "catalogue/tally.h"

namespace catalogue {
namespace {

namespace fs = std::filesystem;

double share(const Rate& rate) {
  return rate.stated == 0 ? 0
                          : static_cast<double>(rate.structured) / static_cast<double>(rate.stated);
}

TEST(PublishedCatalogue, IsUnderstoodAsFarAsPromised) {
  const fs::path folder = fs::path(PROJECT_ROOT) / ".." / "shared" / "data" / "catalogue";
  if (!fs::exists(folder)) GTEST_SKIP() << "the published catalogue is not beside this tree";
  Tally sum;
  std::size_t procedures = 0;
  std::size_t channels = 0;
  for (const auto& file : fs::directory_iterator(folder)) {
    if (file.path().extension() != ".gz") continue;
    LineReader reader([&](const Line& line) {
      const auto entry = read_page(line.text, {file.path().filename().string(), line.number});
      EXPECT_TRUE(entry) << file.path() << ":" << line.number;
      if (!entry) return true;
      ++procedures;
      if (!entry->channels.empty()) ++channels;
      sum += tally(*entry);
      EXPECT_LE(lint(*entry).size(), static_cast<std::size_t>(kFindingsMax));
      return true;
    });
    std::ifstream in(file.path(), std::ios::binary);
    std::string piece(1 << 16, '\0');
    while (in) {
      in.read(piece.data(), static_cast<std::streamsize>(piece.size()));
      ASSERT_TRUE(reader.push({piece.data(), static_cast<std::size_t>(in.gcount())}));
    }
    ASSERT_TRUE(reader.finish());
  }
  EXPECT_GT(procedures, 2000U);
  EXPECT_EQ(channels, procedures);
  // What does not count as stated must stay the exception.
  EXPECT_GT(sum.limits.stated, static_cast<std::int64_t>(procedures * 8 / 10));
  EXPECT_GE(share(sum.limits), 0.90);
  EXPECT_GE(share(sum.fees), 0.95);
  EXPECT_GE(share(sum.components), 0.97);
  EXPECT_GE(share(sum.results), 0.95);
}

}  // namespace
}  // namespace catalogue
