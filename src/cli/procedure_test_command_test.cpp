// motcua procedure test, asked of the program itself.
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <sstream>
#include <string>

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <sys/wait.h>
#include <unistd.h>

#include "rehearsal/run_record.h"

namespace cli {
namespace {

namespace fs = std::filesystem;
using testing::HasSubstr;

class ProcedureTest : public testing::Test {
 protected:
  void SetUp() override {
    std::string pattern = fs::temp_directory_path() / "motcua-procedure-test-XXXXXX";
    folder_ = ::mkdtemp(pattern.data());
    fs::copy(fs::path{PROJECT_ROOT} / "procedures/national/2.000815", folder_ / "copies",
             fs::copy_options::recursive);
  }
  void TearDown() override { fs::remove_all(folder_); }
  void write(const std::string& name, const std::string& text) {
    fs::create_directories((folder_ / name).parent_path());
    std::ofstream{folder_ / name, std::ios::binary} << text;
  }
  std::string read(const char* name) {
    std::ifstream in{folder_ / name, std::ios::binary};
    std::ostringstream text;
    text << in.rdbuf();
    return text.str();
  }
  int run(const std::string& arguments) {
    const std::string command = "cd " + folder_.string() + " && " MOTCUA_BINARY " procedure test " +
                                arguments + " >out 2>err </dev/null";
    const int status = std::system(command.c_str());
    return WIFEXITED(status) ? WEXITSTATUS(status) : -1;
  }
  fs::path folder_;
};

TEST_F(ProcedureTest, PlaysEveryScenarioAndCountsTheBranches) {
  EXPECT_EQ(run("copies"), 0) << read("out") << read("err");
  EXPECT_THAT(read("out"), HasSubstr("(100 %)"));
  EXPECT_THAT(read("out"), HasSubstr(" passed, 0 failed\n"));
  EXPECT_EQ(read("err"), "");
}

TEST_F(ProcedureTest, AFailedExpectationIsToldWithItsPlace) {
  write("copies/scenarios/wrong.txt",
        "# Sai.\n# Source: không có\non 2026-08-20\n\nsupposing foreign_document = no -> case "
        "none\n");
  EXPECT_EQ(run("copies"), 1);
  EXPECT_THAT(read("out"), HasSubstr("wrong.txt:5: the procedure has no case `none`"));
  write("copies/scenarios/wrong.txt",
        "# Sai.\n# Source: không có\non 2026-08-20\nsupposing foreign_document = no -> fee 7\n");
  EXPECT_EQ(run("copies --only wrong"), 1);
  EXPECT_THAT(read("out"), HasSubstr("copies/scenarios/wrong.txt:4: expected fee 7\n"));
  EXPECT_THAT(read("out"), HasSubstr("0 passed, 1 failed\n"));
  EXPECT_EQ(run("copies --only nobody"), 3);
}

TEST_F(ProcedureTest, BranchesThatNoScenarioTakesAreTooFew) {
  fs::remove_all(folder_ / "copies/scenarios");
  write("copies/scenarios/little.txt",
        "# Ít.\n# Source: không có\non 2026-08-20\nsupposing foreign_document = no\n");
  EXPECT_EQ(run("copies"), 1);
  EXPECT_THAT(read("out"), HasSubstr("is never taken"));
  EXPECT_THAT(read("out"), HasSubstr("1 passed, 0 failed\n"));
  EXPECT_EQ(run("copies --floor 1"), 0);
  fs::remove_all(folder_ / "copies/scenarios");
  EXPECT_EQ(run("copies"), 1);
  EXPECT_EQ(run("copies --floor 0"), 0);
}

TEST_F(ProcedureTest, TheRecordIsWrittenAndKept) {
  EXPECT_EQ(run("copies --record record.json"), 0);
  const auto record = rehearsal::read_run_record(read("record.json"));
  ASSERT_TRUE(record) << record.error().message;
  EXPECT_TRUE(rehearsal::judge(*record, record->digest).enough);
  EXPECT_EQ(run("copies --record record.md"), 0);
  EXPECT_THAT(read("record.md"), HasSubstr("# Biên bản kiểm thử quy trình"));
  EXPECT_EQ(run("copies --json --data store"), 0) << read("err");
  EXPECT_THAT(read("out"), HasSubstr("\"enough\":true"));
  EXPECT_TRUE(fs::exists(folder_ / "store/motcua.db"));
  EXPECT_EQ(run("copies --data store"), 0) << "a further version";
}

TEST_F(ProcedureTest, RefusesWhatIsNoPackage) {
  EXPECT_EQ(run("nowhere"), 3);
  EXPECT_EQ(run(""), 2);
  EXPECT_EQ(run("copies --floor 101"), 2);
  fs::remove(folder_ / "copies/form.yaml");
  EXPECT_EQ(run("copies"), 1);
  EXPECT_THAT(read("out"), HasSubstr("form.yaml: the package has no such file"));
}

}  // namespace
}  // namespace cli
