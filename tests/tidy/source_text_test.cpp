// What the text of the sources may not contain, each with what to write instead.
#include <array>
#include <set>

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <re2/re2.h>

#include "source_tree.h"

namespace tidy {
namespace {

bool is_test(const SourceFile& file) {
  return file.path.ends_with("_test.cpp") || file.is_below("tests/") || file.is_below("bench/") ||
         file.name().starts_with("test_");
}

bool is_binary(const SourceFile& file) {
  static const std::set<std::string> binary{".png",   ".jpg",  ".jpeg", ".pdf", ".heic", ".ico",
                                            ".woff2", ".xlsx", ".db",   ".gz",  ".der",  ".bin"};
  return binary.contains(file.extension());
}

// Calls `found(offset, match)` for each match in `text`.
template <typename Found>
void for_each_match(const std::string& text, const RE2& pattern, const Found& found) {
  re2::StringPiece rest(text);
  re2::StringPiece match;
  while (RE2::FindAndConsume(&rest, pattern, &match)) {
    found(static_cast<std::size_t>(match.data() - text.data()), match.as_string());
  }
}

struct Banned {
  const char* pattern;  // one group
  const char* instead;
  bool in_tests;  // banned there too
};

constexpr std::array kBanned{
    Banned{R"((std::regex|<regex>))",
           "RE2 or a hand-written parser: std::regex overflows the stack", true},
    Banned{R"(\b(s?rand|random_device|mt19937)\b\s*[({])",
           "a base::RandomSource given from outside", false},
    Banned{R"(\b(v?sprintf|strcpy|strcat|strtok)\s*\()", "std::string", true},
    Banned{R"(\b(localtime|gmtime|mktime|time)\s*\((?:nullptr|NULL|0|&))", "calendar", false},
    Banned{R"(\b(atoi|atol|atof)\s*\()", "std::from_chars, which tells a failure", false},
};

TEST(Sources, DoNotUseWhatIsBanned) {
  for (const Banned& banned : kBanned) {
    const RE2 pattern(banned.pattern);
    for (const SourceFile& file : repository()) {
      if (!file.is_cpp() || (is_test(file) && !banned.in_tests)) continue;
      // The source of chance itself, and the Date header of answers.
      if (file.is_below("src/base/random.") || file.is_below("src/http/server")) continue;
      for_each_match(code_of(file.text), pattern, [&](std::size_t at, const std::string& word) {
        ADD_FAILURE() << file.path << ":" << line_at(file.text, at) << ": " << word
                      << " is banned; use " << banned.instead;
      });
    }
  }
}

TEST(Sources, TakeTheTimeFromAClockGivenToThem) {
  const RE2 now(R"((\w+_clock::now)\s*\()");
  for (const SourceFile& file : repository()) {
    // The clock itself, the composition root, and time-outs of sockets.
    if (!file.is_below("src/") || !file.is_cpp() || is_test(file)) continue;
    if (file.is_below("src/calendar/clock.") || file.is_below("src/cli/") ||
        file.is_below("src/http/server") || file.is_below("src/storage/postgres/deadline.") ||
        // Tells how long its own work took, and nothing depends on it.
        file.is_below("src/insight/coverage_stretch.") ||
        // Looks as often as looking is cheap.
        file.is_below("src/casework/officer_watch.")) {
      continue;
    }
    for_each_match(code_of(file.text), now, [&](std::size_t at, const std::string& call) {
      ADD_FAILURE() << file.path << ":" << line_at(file.text, at) << ": " << call
                    << ": take a calendar::Clock as an argument";
    });
  }
}

TEST(Headers, BeginWithTheirNameAndOneLine) {
  for (const SourceFile& file : repository()) {
    if (file.extension() != ".h") continue;
    EXPECT_TRUE(file.text.starts_with("#pragma once\n// " + file.name() + " - "))
        << file.path << ": begin with #pragma once and \"// " << file.name() << " - one line\"";
  }
}

// g++ 12 destroys a temporary aggregate argument and the operands of ?: twice around co_await.
TEST(Coroutines, StayInTheServerAndAvoidWhatTheCompilerBreaks) {
  const RE2 keyword(R"(\b(co_await|co_return|co_yield)\b)");
  const RE2 braced(R"([(,]\s*(?:(?:\w+::)*[A-Z]\w*\s*)?\{)");
  for (const SourceFile& file : repository()) {
    if (!file.is_cpp()) continue;
    const std::string code = code_of(file.text);
    for_each_match(code, keyword, [&](std::size_t at, const std::string& word) {
      const std::string where = file.path + ":" + std::to_string(line_at(code, at));
      EXPECT_TRUE(file.is_below("src/http/server"))
          << where << ": coroutines live in src/http/server* only";
      if (word != "co_await") return;
      const std::size_t before = code.find_last_of(";{}", at);
      const std::size_t begin = before == std::string::npos ? 0 : before + 1;
      const std::size_t end = std::min(code.find(';', at), code.size());
      EXPECT_EQ(code.substr(begin, at - begin).find('?'), std::string::npos)
          << where << ": co_await after ? is miscompiled; write if and else";
      EXPECT_FALSE(RE2::PartialMatch(code.substr(at, end - at), braced))
          << where << ": co_await around a braced argument is miscompiled; name the argument";
    });
  }
}

// Beast costs 20 seconds and 690 MB in each file that includes it.
TEST(Beast, IsIncludedInAtMostThreeFiles) {
  std::vector<std::string> files;
  for (const SourceFile& file : repository()) {
    if (file.is_cpp() && file.text.find("#include <boost/beast") != std::string::npos) {
      files.push_back(file.path);
    }
  }
  EXPECT_LE(files.size(), 3U) << ::testing::PrintToString(files);
}

TEST(Files, AreSmall) {
  for (const SourceFile& file : repository()) {
    // The contract is one file for its readers' tools, the lock file for npm.
    const bool whole = file.path == "api/openapi.yaml" || file.path == "web/package-lock.json";
    const std::size_t most = whole ? 300U * 1024 : 100U * 1024;
    EXPECT_LE(file.text.size(), most) << file.path << ": split it, or keep it elsewhere";
  }
}

TEST(Files, HoldNoControlCharacters) {
  for (const SourceFile& file : repository()) {
    // What a fuzzer begins with is bytes.
    if (is_binary(file) || file.is_below("tests/fuzz/corpus/")) continue;
    for (std::size_t at = 0; at < file.text.size(); ++at) {
      const auto c = static_cast<unsigned char>(file.text[at]);
      if (c == '\n' || c == '\t' || (c >= 0x20 && c != 0x7f)) continue;
      ADD_FAILURE() << file.path << ":" << line_at(file.text, at) << ": character "
                    << static_cast<int>(c) << "; write it as an escape";
      break;
    }
  }
}

TEST(Files, NameNoMachineAndNoRegistry) {
  // Written in two halves, so that this file does not name them.
  static const std::vector<std::string> banned{
      std::string("/wo") + "rk/",           std::string("/ro") + "ot/",
      std::string("/ho") + "me/",           std::string("npmjs") + ".org",
      std::string("npmjs") + ".com",        std::string("pypi") + ".org",
      std::string("crates") + ".io",        std::string("deb.") + "debian.org",
      std::string("proxy.") + "golang.org", std::string("artifact") + "ory",
  };
  for (const SourceFile& file : repository()) {
    if (is_binary(file)) continue;
    for (const std::string& text : banned) {
      const std::size_t at = file.text.find(text);
      if (at == std::string::npos) continue;
      ADD_FAILURE() << file.path << ":" << line_at(file.text, at) << ": " << text
                    << " belongs to one machine; use a relative path or the client's own setting";
    }
  }
}

}  // namespace
}  // namespace tidy
