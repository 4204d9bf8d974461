#include "procedure/plain_yaml.h"

#include <random>

#include <gmock/gmock.h>

#include "base/text.h"
#include "procedure/test_packages.h"
#include "procedure/tree_yaml.h"

namespace procedure {
namespace {

// Lines included, but for what is not there.
bool is_same(const Tree& a, const Tree& b) {
  if (a.kind != b.kind || a.items.size() != b.items.size() || a.keys != b.keys) return false;
  if (a.kind == Tree::Kind::null) return true;
  if (a.line != b.line || a.quoted != b.quoted || a.text != b.text) return false;
  for (std::size_t i = 0; i < a.items.size(); ++i) {
    if (!is_same(a.items[i], b.items[i])) return false;
  }
  return true;
}

std::vector<std::string> texts() {
  std::vector<std::string> list;
  for (const char* folder : {"procedures", "data"}) {
    for (const auto& [name, text] : files_below(std::filesystem::path{PROJECT_ROOT} / folder)) {
      if (name.ends_with(".yaml")) list.push_back(text);
    }
  }
  return list;
}

TEST(PlainYaml, ReadsWhatTheLibraryReads) {
  std::size_t read = 0;
  std::size_t all = 0;
  for (const std::string& text : texts()) {
    form::DefinitionProblems problems;
    const auto expected = read_tree_with_library(text, "x.yaml", problems);
    ++all;
    const auto found = read_plain_yaml(text);
    if (!found) continue;
    ++read;
    ASSERT_TRUE(expected) << told(problems);
    EXPECT_TRUE(is_same(*found, *expected)) << text.substr(0, 200);
    // What is written is always of the plain kind.
    const auto again = read_plain_yaml(write_tree(*expected));
    ASSERT_TRUE(again) << write_tree(*expected);
    EXPECT_TRUE(says_the_same(*again, *expected));
  }
  // Worth having: most definitions are plain.
  EXPECT_GT(read * 10, all * 7) << read << " of " << all;
}

TEST(PlainYaml, NeverReadsWhatTheLibraryReadsOtherwise) {
  const unsigned seed = std::random_device{}();
  SCOPED_TRACE("seed " + std::to_string(seed));
  std::mt19937 random(seed);
  const auto below = [&](std::size_t bound) { return random() % bound; };
  static constexpr std::string_view kPieces[] = {
      ": ",  ":",  "- ",   "-", "\n",       "\n  ", "\n    ", " ",  "  ", "#",   " # ",
      "\"",  "'",  "{",    "}", "[",        "]",    ",",      "&a", "*a", "!",   "|",
      ">",   "?",  "%",    "@", "`",        "~",    "null",   "\t", "\\", "\\n", "---",
      "...", "<<", "a: b", "x", "\xC4\x91", "\r",   "=",      "0",  "-1", "true"};
  std::vector<std::string> sources = texts();
  std::size_t accepted = 0;
  for (int round = 0; round < 3'000; ++round) {
    const std::string& source = sources[below(sources.size())];
    // A window of lines, so that slips are near each other.
    std::size_t begin = source.rfind('\n', below(source.size()));
    begin = begin == std::string::npos ? 0 : begin + 1;
    std::string text = source.substr(begin, 40 + below(400));
    const std::size_t slips = 1 + below(4);
    for (std::size_t i = 0; i < slips && !text.empty(); ++i) {
      const std::size_t at = below(text.size());
      if (below(2) == 0) {
        text.insert(at, kPieces[below(std::size(kPieces))]);
      } else {
        text.erase(at, 1 + below(3));
      }
    }
    const auto found = read_plain_yaml(text);
    if (!found) continue;
    ++accepted;
    if (!base::is_utf8(text)) continue;  // read_tree() asks that first
    form::DefinitionProblems problems;
    const auto expected = read_tree_with_library(text, "x.yaml", problems);
    ASSERT_TRUE(expected) << "<<<" << text << ">>>" << told(problems);
    ASSERT_TRUE(is_same(*found, *expected))
        << "<<<" << text << ">>>" << write_tree(*found) << write_tree(*expected);
  }
  EXPECT_GT(accepted, 10U);
}

}  // namespace
}  // namespace procedure
