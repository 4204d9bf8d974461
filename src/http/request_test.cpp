#include "http/request.h"

#include <string>

#include <gtest/gtest.h>

#include "base/percent_encoding.h"
#include "http/target.h"

namespace http {
namespace {

TEST(Target, IsTakenApartAndDecoded) {
  const auto target = parse_target("/api/v1/h%E1%BB%93-s%C6%A1?q=a%20b+c&q=2&empty&x=1=2");
  ASSERT_TRUE(target);
  EXPECT_EQ(target->path, "/api/v1/hồ-sơ");
  EXPECT_EQ(target->segments, (std::vector<std::string>{"api", "v1", "hồ-sơ"}));
  using Pair = std::pair<std::string, std::string>;
  EXPECT_EQ(target->query,
            (std::vector<Pair>{{"q", "a b c"}, {"q", "2"}, {"empty", ""}, {"x", "1=2"}}));
  EXPECT_EQ(parse_target("/")->segments, std::vector<std::string>{""});
  EXPECT_EQ(parse_target("/a+b")->path, "/a+b");
}

TEST(Target, ThatIsMalformedOrLeavesItsFolderHasNoParse) {
  for (const std::string_view bad : {"",
                                     "a",
                                     "*",
                                     "?x",
                                     "//..",
                                     "/..",
                                     "/a/../b",
                                     "/./a",
                                     "/%2e%2E/x",
                                     "/a%2fb",
                                     "/a%5cb",
                                     "/a\\b",
                                     "/%00",
                                     "/%1f",
                                     "/%",
                                     "/%4",
                                     "/%zz",
                                     "/%ff",
                                     "/%c3",
                                     "/?%ff",
                                     "/?a=%0",
                                     "/a#b",
                                     "/a b\x01",
                                     "http://host",
                                     "http://host?x",
                                     "ftp://host/x",
                                     "/?a=%00"}) {
    EXPECT_FALSE(parse_target(bad)) << bad;
  }
  std::string many = "/";
  for (int i = 0; i < 1000; ++i) many += "a/";
  EXPECT_FALSE(parse_target(many));
  std::string parameters = "/?";
  for (int i = 0; i < 1000; ++i) parameters += "a=1&";
  EXPECT_FALSE(parse_target(parameters));
}

TEST(Target, EncodingSurvivesARoundTrip) {
  std::string all;
  for (int c = 0; c < 256; ++c) all.push_back(static_cast<char>(c));
  EXPECT_EQ(percent_decode(base::percent_encode(all)), all);
  EXPECT_EQ(base::percent_encode("Hồ sơ 1.pdf"), "H%E1%BB%93%20s%C6%A1%201.pdf");
}

TEST(Cookies, AreReadLeniently) {
  using Pair = std::pair<std::string, std::string>;
  EXPECT_EQ(parse_cookies("a=1; b=\"two\";c=; ;=x;novalue; d=x=y"),
            (std::vector<Pair>{{"a", "1"}, {"b", "two"}, {"c", ""}, {"d", "x=y"}}));
  EXPECT_TRUE(parse_cookies("").empty());
  EXPECT_LE(parse_cookies(std::string(100'000, ';') + "a=1").size(), 1U);
}

TEST(Language, IsVietnameseUnlessEnglishWeighsMore) {
  EXPECT_EQ(preferred_language(""), Language::vi);
  EXPECT_EQ(preferred_language("fr-FR"), Language::vi);
  EXPECT_EQ(preferred_language("vi-VN,vi;q=0.9,en-US;q=0.8"), Language::vi);
  EXPECT_EQ(preferred_language("en-US,en;q=0.9"), Language::en);
  EXPECT_EQ(preferred_language("vi;q=0.3, EN;q=0.7"), Language::en);
  EXPECT_EQ(preferred_language("en;q=0"), Language::vi);
  EXPECT_EQ(preferred_language(";;,,q=;=,en;q=x"), Language::en);
}

std::optional<std::string> file_name(std::string value) {
  Request request;
  request.headers.add("x-file-name", std::move(value));
  return request.file_name();
}

TEST(FileName, IsPercentDecodedUtf8InNormalForm) {
  EXPECT_EQ(file_name("Gi%E1%BA%A5y%20khai%20sinh.pdf"), "Giấy khai sinh.pdf");
  EXPECT_EQ(file_name("UTF-8''gi%E1%BA%A5y.pdf"), "giấy.pdf");
  EXPECT_EQ(file_name("utf-8'vi'gi%E1%BA%A5y.pdf"), "giấy.pdf");
  EXPECT_EQ(file_name("a%CC%81nh.jpg"), "ánh.jpg");  // decomposed
  EXPECT_EQ(file_name("C%3A%5Cmy%5Cscan.pdf"), "scan.pdf");
  EXPECT_EQ(file_name("../../etc/passwd"), "passwd");
}

TEST(FileName, ThatMeansNothingIsNone) {
  EXPECT_FALSE(Request{}.file_name());
  for (const char* bad : {"", "%", "%ff", "..", "a/..", "%20", "%00", "UTF-8'only"}) {
    EXPECT_FALSE(file_name(bad)) << bad;
  }
}

TEST(FileName, IsCutAtACharacterAndKeepsItsEnding) {
  std::string name;
  for (int i = 0; i < 300; ++i) name += "%E1%BA%A5";
  const auto cut = file_name(name + ".pdf");
  ASSERT_TRUE(cut);
  EXPECT_LE(cut->size(), 255U);
  EXPECT_TRUE(cut->ends_with("ấ.pdf")) << *cut;
}

TEST(Request, KnowsItsMediaType) {
  Request request;
  EXPECT_EQ(request.media_type(), "");
  request.headers.add("content-TYPE", " Application/JSON ; charset=utf-8");
  EXPECT_EQ(request.media_type(), "application/json");
}

TEST(MessageHeaders, AreFoundWhateverTheCaseOfTheirName) {
  MessageHeaders headers;
  headers.add("If-Match", "\"1\"");
  headers.add("if-match", "\"2\"");
  EXPECT_EQ(headers.find("IF-MATCH"), "\"1\"");
  EXPECT_EQ(headers.count("If-match"), 2U);
  headers.set("IF-match", "\"3\"");
  EXPECT_EQ(headers.count("if-match"), 1U);
  EXPECT_FALSE(headers.contains("If-Matc"));
}

}  // namespace
}  // namespace http
