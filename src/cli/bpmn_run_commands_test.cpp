// motcua bpmn run, asked of the program itself.
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <sstream>
#include <string>

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <sys/wait.h>
#include <unistd.h>

namespace cli {
namespace {

namespace fs = std::filesystem;
using testing::HasSubstr;

class BpmnRun : public testing::Test {
 protected:
  void SetUp() override {
    std::string pattern = fs::temp_directory_path() / "motcua-bpmn-run-XXXXXX";
    folder_ = ::mkdtemp(pattern.data());
    write("leave.bpmn", R"(<definitions xmlns="http://www.omg.org/spec/BPMN/20100524/MODEL">
      <process id="leave"><startEvent id="s"/><userTask id="ask" name="Xin phép"/><endEvent id="e"/>
      <sequenceFlow id="a" sourceRef="s" targetRef="ask"/>
      <sequenceFlow id="b" sourceRef="ask" targetRef="e"/></process></definitions>)");
  }
  void TearDown() override { fs::remove_all(folder_); }
  void write(const char* name, const std::string& text) {
    std::ofstream{folder_ / name, std::ios::binary} << text;
  }
  std::string read(const char* name) {
    std::ifstream in{folder_ / name, std::ios::binary};
    std::ostringstream text;
    text << in.rdbuf();
    return text.str();
  }
  int run(const std::string& arguments) {
    const std::string command = "cd " + folder_.string() + " && " MOTCUA_BINARY " bpmn run " +
                                arguments + " >out 2>err </dev/null";
    const int status = std::system(command.c_str());
    return WIFEXITED(status) ? WEXITSTATUS(status) : -1;
  }
  fs::path folder_;
};

TEST_F(BpmnRun, PrintsWhatHappensAndEndsWithTheState) {
  write("granted.run", "start\nexpect \"Xin phép\"\ncomplete \"Xin phép\"\nexpect completed\n");
  EXPECT_EQ(run("leave.bpmn granted.run"), 0) << read("err");
  EXPECT_THAT(read("out"), HasSubstr("task_opened  ask  \"Xin phép\"\n"));
  EXPECT_TRUE(read("out").ends_with("\ncompleted\n"));
  EXPECT_EQ(run("leave.bpmn granted.run --json"), 0);
  EXPECT_THAT(read("out"), HasSubstr(R"("state":"completed")"));
}

TEST_F(BpmnRun, SaysWhichLineDidNotGoAsWritten) {
  write("wrong.run", "start\n\ncomplete nobody\n");
  EXPECT_EQ(run("leave.bpmn wrong.run"), 1);
  EXPECT_EQ(read("out"), "");
  EXPECT_THAT(read("err"), HasSubstr("wrong.run:3: nothing of this kind is open at 'nobody'"));
}

TEST_F(BpmnRun, RefusesWhatIsNotThereOrNotBpmn) {
  write("no.bpmn", "<html/>");
  write("none.run", "start\n");
  EXPECT_EQ(run("no.bpmn none.run"), 3);
  EXPECT_THAT(read("err"), HasSubstr("no.bpmn:1:"));
  EXPECT_EQ(run("leave.bpmn absent.run"), 3);
  EXPECT_EQ(run("leave.bpmn"), 2);
  EXPECT_EQ(run("leave.bpmn none.run --process other"), 1);
}

}  // namespace
}  // namespace cli
