// What the sources of the program do not do, so that no input can make them (docs/security.md).
#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <re2/re2.h>

#include "source_tree.h"

namespace tidy {
namespace {

bool is_for_tests(const SourceFile& file) {
  return file.path.ends_with("_test.cpp") || file.path.find(".test.") != std::string::npos ||
         file.name().starts_with("test_") || file.is_below("tests/") || file.is_below("bench/") ||
         file.is_below("web/apitest/") || file.is_below("web/e2e/");
}

bool is_script(const SourceFile& file) {
  return file.is_below("web/") && (file.extension() == ".ts" || file.extension() == ".tsx");
}

void expect_nowhere(const char* pattern, const std::function<bool(const SourceFile&)>& among) {
  const RE2 banned(pattern);
  int looked_at = 0;
  for (const SourceFile& file : repository()) {
    if (is_for_tests(file) || !among(file)) continue;
    ++looked_at;
    re2::StringPiece rest(file.text);
    re2::StringPiece found;
    while (RE2::FindAndConsume(&rest, banned, &found)) {
      const auto at = static_cast<std::size_t>(found.data() - file.text.data());
      ADD_FAILURE() << file.path << ":" << line_at(file.text, at) << ": " << found;
    }
  }
  EXPECT_GT(looked_at, 50);
}

bool is_program(const SourceFile& file) {
  return file.is_cpp() && file.is_below("src/");
}

TEST(SecurityOfSources, CallNoShell) {
  expect_nowhere(R"(\b((?:std::)?system\s*\(|popen\s*\(|wordexp\s*\())",
                 [](const SourceFile& file) {
                   // Both are parts of tests.
                   return is_program(file) && file.name() != "test_cluster.cpp" &&
                          file.name() != "pdf_probe.cpp";
                 });
}

TEST(SecurityOfSources, TurnNoTextIntoHtmlOrCode) {
  expect_nowhere(
      R"((dangerouslySetInnerHTML|\b(?:inner|outer)HTML\b|insertAdjacentHTML|document\.write\b|\beval\(|new Function\(|srcdoc))",
      is_script);
}

TEST(SecurityOfSources, SpeakToNoOtherWindow) {
  expect_nowhere(
      R"(((?:window|parent|opener|top|contentWindow)\??\.postMessage\(|window\.addEventListener\("message"))",
      is_script);
}

TEST(SecurityOfSources, OpenNothingToOtherOrigins) {
  expect_nowhere(R"((?i)(access-control-allow-))",
                 [](const SourceFile& file) { return is_program(file) || is_script(file); });
}

TEST(SecurityOfSources, HoldNoKeysAndNoPasswords) {
  expect_nowhere(R"((-----BEGIN [A-Z ]*PRIVATE KEY-----\s+[A-Za-z0-9+/]{40}|\bAKIA[0-9A-Z]{16}\b))",
                 [](const SourceFile&) { return true; });
}

// Values are bound: no statement is put together with what somebody typed.
TEST(SecurityOfSources, BindTheValuesOfStatements) {
  expect_nowhere(R"((\b(?:=|LIKE|MATCH|IN)\s*\(?'"\s*\+|'"\s*<<\s*[a-z_.]+\s*<<\s*"'))",
                 [](const SourceFile& file) { return is_program(file); });
}

}  // namespace
}  // namespace tidy
