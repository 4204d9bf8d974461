#include "catalogue/line_reader.h"

#include <random>

#include <gtest/gtest.h>
#include <zlib.h>

namespace catalogue {
namespace {

std::string gzip(const std::string& text) {
  z_stream stream{};
  EXPECT_EQ(deflateInit2(&stream, 9, Z_DEFLATED, 15 + 16, 8, Z_DEFAULT_STRATEGY), Z_OK);
  std::string out(deflateBound(&stream, text.size()) + 64, '\0');
  std::string in = text;
  stream.next_in = reinterpret_cast<Bytef*>(in.data());
  stream.avail_in = static_cast<uInt>(in.size());
  stream.next_out = reinterpret_cast<Bytef*>(out.data());
  stream.avail_out = static_cast<uInt>(out.size());
  EXPECT_EQ(deflate(&stream, Z_FINISH), Z_STREAM_END);
  out.resize(stream.total_out);
  deflateEnd(&stream);
  return out;
}

std::vector<std::string> lines_of(const std::string& bytes, std::size_t piece) {
  std::vector<std::string> lines;
  LineReader reader([&lines](const Line& line) {
    lines.emplace_back(line.text);
    return true;
  });
  for (std::size_t at = 0; at < bytes.size(); at += piece) {
    EXPECT_TRUE(reader.push(std::string_view{bytes}.substr(at, piece)));
  }
  EXPECT_TRUE(reader.finish());
  return lines;
}

TEST(LineReader, GivesTheSameLinesHoweverTheBytesArrive) {
  const std::string text = "\xEF\xBB\xBFone\r\n\ntwo\nđường";
  const std::vector<std::string> expected{"one", "", "two", "đường"};
  const std::string plain = text;
  for (const std::size_t piece : {1U, 2U, 3U, 7U, 1000U}) {
    EXPECT_EQ(lines_of(plain, piece), expected);
    EXPECT_EQ(lines_of(gzip("one\r\n\ntwo\nđường"), piece), expected);
  }
  EXPECT_TRUE(lines_of("", 1).empty());
  EXPECT_EQ(lines_of("x", 1), std::vector<std::string>{"x"});
}

TEST(LineReader, ReadsGzipFilesThatWereStrungTogether) {
  EXPECT_EQ(lines_of(gzip("a\n") + gzip("b\n"), 5), (std::vector<std::string>{"a", "b"}));
}

TEST(LineReader, TellsOfALineOfAGigabyteAtOnceAndInLittleMemory) {
  std::size_t told_at = 0;
  std::size_t pushed = 0;
  LineReader reader([&](const Line& line) {
    if (line.too_long) told_at = pushed;
    EXPECT_EQ(line.number, 1);
    EXPECT_LE(line.text.size(), 1024U);
    return !line.too_long;
  });
  const std::string piece(1 << 20, 'a');
  for (int i = 0; i < 1024; ++i) {
    const auto more = reader.push(piece);
    ASSERT_TRUE(more);
    pushed += piece.size();
    if (!*more) break;
  }
  EXPECT_LE(told_at, std::size_t{9} << 20);
  EXPECT_LE(pushed, std::size_t{10} << 20);
}

TEST(LineReader, GoesOnBehindALineThatIsTooLong) {
  std::vector<std::pair<int, bool>> seen;
  LineReader reader(
      [&](const Line& line) {
        seen.emplace_back(line.number, line.too_long);
        return true;
      },
      {.line_bytes = 10});
  ASSERT_TRUE(reader.push("short\n" + std::string(50, 'x') + "\nlast\n"));
  ASSERT_TRUE(reader.finish());
  EXPECT_EQ(seen, (std::vector<std::pair<int, bool>>{{1, false}, {2, true}, {3, false}}));
}

TEST(LineReader, RefusesAGzipBomb) {
  LineReader reader([](const Line&) { return true; });
  const std::string bomb = gzip(std::string(std::size_t{64} << 20, '\n'));
  ASSERT_LT(bomb.size(), 100'000U);
  const auto answer = reader.push(bomb);
  ASSERT_FALSE(answer);
  EXPECT_EQ(answer.error().code, base::FaultCode::exhausted);
}

TEST(LineReader, RefusesBrokenGzip) {
  const std::string whole = gzip("one\ntwo\n");
  LineReader cut([](const Line&) { return true; });
  ASSERT_TRUE(cut.push(std::string_view{whole}.substr(0, whole.size() / 2)));
  EXPECT_FALSE(cut.finish());
  std::string damaged = whole;
  damaged[12] = static_cast<char>(damaged[12] ^ 0x55);
  damaged[14] = static_cast<char>(damaged[14] ^ 0x55);
  LineReader reader([](const Line&) { return true; });
  const auto pushed = reader.push(damaged);
  EXPECT_TRUE(!pushed || !reader.finish());
}

}  // namespace
}  // namespace catalogue
