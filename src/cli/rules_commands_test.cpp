// The commands of rules, asked of the program itself.
#include <cstdio>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <sstream>
#include <string>

#include <boost/json.hpp>
#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <sys/wait.h>

#include "base/json.h"
#include "base/text.h"

namespace cli {
namespace {

namespace fs = std::filesystem;
using testing::EndsWith;
using testing::HasSubstr;
using testing::Not;
using testing::StartsWith;

// "Phí" with the mark of its own: what a keyboard of another system writes.
constexpr const char* kDecomposed = "phi\u0301";

constexpr const char* kModel = R"xml(<?xml version="1.0" encoding="UTF-8"?>
<definitions xmlns="https://www.omg.org/spec/DMN/20191111/MODEL/" name="phí" namespace="urn:fee">
  <inputData id="i" name="số trang"><variable name="số trang" typeRef="number"/></inputData>
  <inputData id="j" name="ngày"><variable name="ngày" typeRef="date"/></inputData>
  <decision id="d" name="lệ phí"><variable name="lệ phí" typeRef="number"/>
    <informationRequirement><requiredInput href="#i"/></informationRequirement>
    <literalExpression><text>số trang * 2000</text></literalExpression></decision>
  <decision id="n" name="năm"><variable name="năm" typeRef="number"/>
    <informationRequirement><requiredInput href="#j"/></informationRequirement>
    <literalExpression><text>ngày.year</text></literalExpression></decision>
  <decision id="java" name="java"><literalExpression>
    <text>(function(a) external {java: {class: "java.lang.Math", method signature: "cos(double)"}})(1)</text>
  </literalExpression></decision>
</definitions>)xml";

std::string tests_of(const std::string& model, const std::string& cases) {
  return R"(<testCases xmlns="http://www.omg.org/spec/DMN/20160719/testcase" )"
         R"(xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance"><modelName>)" +
         model + "</modelName>" + cases + "</testCases>";
}
std::string fee_case(const std::string& id, int pages, int fee) {
  return "<testCase id=\"" + id + R"("><inputNode name="số trang"><value xsi:type="decimal">)" +
         std::to_string(pages) + R"(</value></inputNode><resultNode name="lệ phí"><expected>)" +
         R"(<value xsi:type="decimal">)" + std::to_string(fee) +
         "</value></expected></resultNode></testCase>";
}

class RulesCommands : public testing::Test {
 protected:
  struct Ran {
    int status = -1;
    std::string out;
    std::string err;
  };

  RulesCommands() {
    std::string pattern = fs::temp_directory_path() / "motcua-rules-XXXXXX";
    folder_ = ::mkdtemp(pattern.data());
  }
  ~RulesCommands() override {
    std::error_code ignored;
    fs::remove_all(folder_, ignored);
  }

  Ran motcua(const std::string& words, const std::string& in = {}) {
    write("in", in);
    const std::string command = "cd / && '" + std::string{MOTCUA_BINARY} + "' rules " + words +
                                " <'" + path("in") + "' 2>'" + path("err") + "'";
    Ran ran;
    FILE* pipe = ::popen(command.c_str(), "r");
    char buffer[4096];
    while (const std::size_t size = std::fread(buffer, 1, sizeof buffer, pipe)) {
      ran.out.append(buffer, size);
    }
    const int ended = ::pclose(pipe);
    ran.status = WIFEXITED(ended) ? WEXITSTATUS(ended) : -1;
    std::ifstream errors(path("err"), std::ios::binary);
    std::ostringstream text;
    text << errors.rdbuf();
    ran.err = std::move(text).str();
    return ran;
  }
  void write(const std::string& name, const std::string& text) const {
    fs::create_directories((folder_ / name).parent_path());
    std::ofstream{folder_ / name, std::ios::binary} << text;
  }
  [[nodiscard]] std::string path(const std::string& name) const {
    return (folder_ / name).string();
  }

  fs::path folder_;
};

// ---------------------------------------------------------------- tck

TEST_F(RulesCommands, TckCountsCasesByFolderAndInAll) {
  write("level/a/a.dmn", kModel);
  write("level/a/a-test-01.xml",
        tests_of("a.dmn", fee_case("001", 2, 4000) + fee_case("002", 3, 1)));
  write("level/b/b.dmn", kModel);
  write("level/b/b-test-01.xml", tests_of("b.dmn", fee_case("001", 0, 0)));
  write("level/b/other.xml", "<project/>");
  const Ran ran = motcua("tck '" + folder_.string() + "'");
  EXPECT_EQ(ran.status, 1);
  EXPECT_EQ(ran.err, "");
  EXPECT_THAT(ran.out, StartsWith("level/a  1 passed, 1 failed\n  002: lệ phí: expected 1, got "
                                  "6000\nlevel/b  1 passed, 0 failed\n"));
  EXPECT_THAT(ran.out, EndsWith("\n2 passed, 1 failed\n"));
}

TEST_F(RulesCommands, TckIsDoneWhenNothingFails) {
  write("a.dmn", kModel);
  write("a.xml", tests_of("a.dmn", fee_case("1", 1, 2000)));
  const Ran ran = motcua("tck '" + folder_.string() + "'");
  EXPECT_EQ(ran.status, 0);
  EXPECT_EQ(ran.out, folder_.string() + "  1 passed, 0 failed\n1 passed, 0 failed\n");
}

TEST_F(RulesCommands, TckListsWhatCallsJava) {
  write("x/a.dmn", kModel);
  write("x/a.xml", tests_of("a.dmn", fee_case("1", 1, 2000) +
                                         R"(<testCase id="j"><resultNode name="java"><expected>)"
                                         R"(<value xsi:type="decimal">1</value></expected>)"
                                         "</resultNode></testCase>"));
  const Ran ran = motcua("tck '" + folder_.string() + "'");
  EXPECT_EQ(ran.status, 1);
  EXPECT_THAT(ran.out, HasSubstr("refuses (1):\n  x j  failed\n"));
  EXPECT_THAT(ran.out, EndsWith("\n1 passed, 1 failed\n"));
}

TEST_F(RulesCommands, TckCountsWhatItCannotReadAsFailedAndGoesOn) {
  write("a/a.xml", tests_of("gone.dmn", fee_case("1", 1, 1) + fee_case("2", 1, 1)));
  write("b/b.dmn", "<definitions>");
  write("b/b.xml", tests_of("b.dmn", fee_case("1", 1, 1)));
  write("c/c.dmn", kModel);
  write("c/c.xml", "<testCases><testCase id=\"1\"></testCase><testCase id=\"2\">");
  write("d/d.dmn", kModel);
  write("d/d.xml", "<testCases><testCa");
  write("e/e.dmn", kModel);
  write("e/e.xml", tests_of("../a/e.dmn", fee_case("1", 1, 2000)));
  write("e/not-a-test.xml", "<project><!-- testCases -->");
  write("f/f.dmn", kModel);
  write("f/f.xml", tests_of("f.dmn", fee_case("1", 1, 2000)));
  const Ran ran = motcua("tck '" + folder_.string() + "'");
  EXPECT_EQ(ran.status, 1);
  EXPECT_THAT(ran.out, HasSubstr("a  0 passed, 2 failed\n  1: there is no model 'gone.dmn'"));
  EXPECT_THAT(ran.out, HasSubstr("b  0 passed, 1 failed\n  1: b.dmn:1: "));
  EXPECT_THAT(ran.out, HasSubstr("c  0 passed, 2 failed\n  #1: not XML"));
  EXPECT_THAT(ran.out, HasSubstr("d  0 passed, 1 failed\n"));
  EXPECT_THAT(ran.out, HasSubstr("e  0 passed, 1 failed\n"));
  EXPECT_THAT(ran.out, EndsWith("f  1 passed, 0 failed\n1 passed, 7 failed\n"));
}

TEST_F(RulesCommands, TckFindsModelsWithVietnameseNamesAndTheirImports) {
  write(std::string{kDecomposed} + ".dmn", R"(<definitions namespace="urn:top" name="top">
    <import name="fee" namespace="urn:fee"/>
    <decision id="t" name="t"><informationRequirement><requiredDecision href="urn:fee#d"/>
    </informationRequirement><literalExpression><text>fee.lệ phí + 1</text></literalExpression>
    </decision></definitions>)");
  write("imported.dmn", kModel);
  write("t.xml", tests_of("phí.dmn", R"(<testCase id="1"><inputNode name="số trang">)"
                                     R"(<value xsi:type="decimal">1</value></inputNode>)"
                                     R"(<resultNode name="t"><expected>)"
                                     R"(<value xsi:type="decimal">2001</value></expected>)"
                                     "</resultNode></testCase>"));
  EXPECT_THAT(motcua("tck '" + folder_.string() + "'").out, EndsWith("\n1 passed, 0 failed\n"));
}

TEST_F(RulesCommands, TckWantsAFolderThatIsThere) {
  write("file", "");
  for (const std::string& folder : {path("nowhere"), path("file")}) {
    const Ran ran = motcua("tck '" + folder + "'");
    EXPECT_EQ(ran.status, 2);
    EXPECT_EQ(ran.out, "");
    EXPECT_THAT(ran.err, HasSubstr("there is no folder"));
  }
  EXPECT_EQ(motcua("tck").status, 2);
  EXPECT_THAT(motcua("tck '" + folder_.string() + "'").out, EndsWith("0 passed, 0 failed\n"));
}

// ---------------------------------------------------------------- eval

TEST_F(RulesCommands, EvalPrintsTheValue) {
  struct Row {
    const char* words;
    const char* out;
  };
  for (const Row& row :
       {Row{"'1 + 2 * 3'", "7"}, Row{"'[1, \"Đức\", {a: null}]'", "[1, \"Đức\", {a: null}]"},
        Row{"'\"Đức\"'", "Đức"}, Row{"--json '\"Đức\"'", "\"Đức\""},
        Row{"--json '{a: [0.1, date(\"2026-08-20\")]}'", "{\"a\":[1E-1,\"2026-08-20\"]}"},
        Row{"--now 2026-08-20T10:00:00+07:00 'now().hour'", "10"}, Row{"-- '-1 + 2'", "1"},
        Row{"'null'", "null"}}) {
    const Ran ran = motcua(std::string{"eval "} + row.words);
    EXPECT_EQ(ran.out, std::string{row.out} + "\n") << row.words;
    EXPECT_EQ(ran.status, 0) << row.words;
    EXPECT_EQ(ran.err, "") << row.words;
  }
  EXPECT_THAT(motcua("eval 'string(today())'").out, StartsWith("20"));
}

TEST_F(RulesCommands, EvalReadsVariablesInEitherNormalForm) {
  write("context.json",
        R"({"phí": 5, "họ tên": "Nguyễn Văn Đức", "phí - lệ phí": 7, "ngày": "@\"2026-08-20\""})");
  const std::string context = " --context '" + path("context.json") + "'";
  EXPECT_EQ(motcua("eval 'phí * 2'" + context).out, "10\n");
  EXPECT_EQ(motcua("eval '" + std::string{kDecomposed} + " * 2'" + context).out, "10\n");
  EXPECT_EQ(motcua("eval 'phí - lệ phí'" + context).out, "7\n");
  EXPECT_EQ(motcua("eval 'upper case(họ tên)'" + context).out, "NGUYỄN VĂN ĐỨC\n");
  EXPECT_EQ(motcua("eval 'ngày.month'" + context).out, "8\n");
  EXPECT_EQ(motcua("eval 'phí' --context -", "{\"" + std::string{kDecomposed} + "\": 3}").out,
            "3\n");
  EXPECT_EQ(motcua("eval - ", "1 +\n 2\n").out, "3\n");
}

TEST_F(RulesCommands, EvalSaysWhyAValueIsNull) {
  const Ran ran = motcua("eval '[1 / 0, 2]'");
  EXPECT_EQ(ran.out, "[null, 2]\n");
  EXPECT_EQ(ran.status, 0);
  EXPECT_THAT(ran.err, StartsWith("motcua: 1:"));
  const Ran endless = motcua("eval 'count(for a in 1..10000, b in 1..10000 return a)'");
  EXPECT_EQ(endless.out, "null\n");
  EXPECT_EQ(endless.status, 1);
  EXPECT_NE(endless.err, "");
}

TEST_F(RulesCommands, EvalPointsAtWhatItCannotRead) {
  const Ran ran = motcua("eval 'phí + * 2'");
  EXPECT_EQ(ran.status, 1);
  EXPECT_EQ(ran.out, "");
  EXPECT_THAT(ran.err, StartsWith("motcua: line 1, column 7: "));
  EXPECT_THAT(ran.err, EndsWith("\n  phí + * 2\n        ^\n"));
  // A mark of its own takes no column on the screen.
  EXPECT_THAT(motcua("eval '" + std::string{kDecomposed} + " + * 2'").err,
              EndsWith(" + * 2\n        ^\n"));
  EXPECT_THAT(motcua("eval '1 +\n  (2'").err, EndsWith("\n    (2\n      ^\n"));
  const Ran long_one =
      motcua("eval '" + std::string(500, ' ') + "1 1" + std::string(500, ' ') + "'");
  EXPECT_THAT(long_one.err, HasSubstr("column 503"));
  EXPECT_LT(long_one.err.size(), 400U);
  EXPECT_THAT(motcua("eval \"$(printf '1 + \\377')\"").err, HasSubstr("not UTF-8"));
}

TEST_F(RulesCommands, EvalRefusesWhatIsNoContext) {
  write("list.json", "[1]");
  write("broken.json", "{\"a\": ");
  write("deep.json", std::string(5'000, '['));
  write("bytes.json", "{\"a\": \"\xff\"}");
  for (const char* file : {"list.json", "broken.json", "deep.json", "bytes.json", "nowhere", "."}) {
    const Ran ran = motcua("eval a --context '" + path(file) + "'");
    EXPECT_EQ(ran.status, 3) << file;
    EXPECT_EQ(ran.out, "") << file;
    EXPECT_NE(ran.err, "") << file;
  }
  EXPECT_EQ(motcua("eval a --context /dev/zero").status, 3);
  EXPECT_EQ(motcua("eval").status, 2);
  EXPECT_EQ(motcua("eval - --context -").status, 2);
  EXPECT_EQ(motcua("eval 1 --now yesterday").status, 2);
}

TEST_F(RulesCommands, EvalAnswersLineByLine) {
  const Ran ran = motcua("eval --lines", "{\"expression\": \"phí * 2\", \"context\": {\"" +
                                             std::string{kDecomposed} + "\": 4}}\r\n" +
                                             "{\"expression\": \"1 +\"}\n"
                                             "not JSON\n"
                                             "\n"
                                             "{\"expression\": \"1\", \"context\": 5}\n"
                                             "{\"expression\": \"1 / 0\"}\n"
                                             "{\"expression\": \"date(\\\"2026-08-20\\\")\"}");
  EXPECT_EQ(ran.status, 0);
  EXPECT_EQ(ran.err, "");
  std::vector<base::json::value> answers;
  std::istringstream lines(ran.out);
  for (std::string line; std::getline(lines, line);) {
    const auto json = base::parse_json(line);
    ASSERT_TRUE(json) << line;
    answers.push_back(*json);
  }
  ASSERT_EQ(answers.size(), 7U) << ran.out;
  EXPECT_EQ(base::to_text(answers[0]), R"({"value":8,"text":"8","problems":[]})");
  const base::json::value& error = *base::find(answers[1], "error");
  EXPECT_EQ(base::int_or(error, "line"), 1);
  EXPECT_EQ(base::int_or(error, "column"), 4);
  EXPECT_EQ(base::string_or(error, "expected"), "an expression");
  EXPECT_NE(base::string_or(error, "message"), "");
  for (const std::size_t i : {2U, 3U, 4U}) EXPECT_NE(base::find(answers[i], "error"), nullptr);
  EXPECT_EQ(base::find(answers[5], "problems")->as_array().size(), 1U);
  EXPECT_EQ(base::string_or(answers[6], "value"), "2026-08-20");
  EXPECT_EQ(motcua("eval --lines").out, "");
  EXPECT_EQ(motcua("eval --lines 1").status, 2);
}

// ---------------------------------------------------------------- check, decide

TEST_F(RulesCommands, CheckNamesWhatCannotBeEvaluated) {
  write("good.dmn", R"(<definitions namespace="urn:x" name="x"><decision id="a" name="a">
    <literalExpression><text>1</text></literalExpression></decision></definitions>)");
  write("bad.dmn", R"(<definitions namespace="urn:y" name="y"><decision id="a" name="a">
    <literalExpression><text>1 + </text></literalExpression></decision></definitions>)");
  write("none.dmn", "<definitions");
  const Ran good = motcua("check '" + path("good.dmn") + "'");
  EXPECT_EQ(good.status, 0);
  EXPECT_EQ(good.out, path("good.dmn") + ": in order, 1 decisions\n");
  const Ran all = motcua("check '" + path("bad.dmn") + "' '" + path("none.dmn") + "' '" +
                         path("nowhere.dmn") + "' '" + path("good.dmn") + "'");
  EXPECT_EQ(all.status, 1);
  EXPECT_THAT(all.out, StartsWith(path("bad.dmn") + ":2: "));
  EXPECT_THAT(all.out, HasSubstr("\n" + path("none.dmn") + ":1: "));
  EXPECT_THAT(all.out, HasSubstr("nowhere.dmn"));
  EXPECT_THAT(all.out, EndsWith(good.out));
}

TEST_F(RulesCommands, DecideReadsInputsAsTheirTypesAsk) {
  write("fee.dmn", kModel);
  write("context.json", R"({"số trang": 3, "ngày": "2026-08-20"})");
  const std::string words =
      "decide '" + path("fee.dmn") + "' %s --context '" + path("context.json") + "'";
  const auto decide = [&](const std::string& decision) {
    return motcua(std::string{words}.replace(words.find("%s"), 2, "'" + decision + "'"));
  };
  EXPECT_EQ(decide("lệ phí").out, "6000\n");
  EXPECT_EQ(decide("d").out, "6000\n");
  EXPECT_EQ(decide("le\u0323\u0302 phi\u0301").out, "6000\n");
  EXPECT_EQ(decide("năm").out, "2026\n");
  EXPECT_EQ(motcua("decide '" + path("fee.dmn") + "' d").out, "null\n");
  const Ran unknown = decide("no such");
  EXPECT_EQ(unknown.status, 2);
  EXPECT_THAT(unknown.err, HasSubstr("the model has 'lệ phí', 'năm'"));
  EXPECT_EQ(motcua("decide '" + path("nowhere.dmn") + "' d").status, 3);
}

// ---------------------------------------------------------------- the kit itself

TEST_F(RulesCommands, TckRunsTheKitBesideTheRepository) {
  const fs::path kit = fs::path{PROJECT_ROOT} / ".." / "shared" / "data" / "dmn-tck";
  if (!fs::exists(kit)) GTEST_SKIP() << "the TCK is not at " << kit;
  const Ran ran = motcua("tck '" + (kit / "compliance-level-2").string() + "'");
  EXPECT_EQ(ran.status, 0);
  EXPECT_THAT(ran.out, EndsWith("\n116 passed, 0 failed\n"));
  EXPECT_THAT(ran.out, HasSubstr("0004-simpletable-U  "));
  EXPECT_THAT(ran.out, Not(HasSubstr("Java")));
}

}  // namespace
}  // namespace cli
