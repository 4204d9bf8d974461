// motcua bpmn check, asked of the program itself.
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

class BpmnCheck : public testing::Test {
 protected:
  void SetUp() override {
    std::string pattern = fs::temp_directory_path() / "motcua-bpmn-check-XXXXXX";
    folder_ = ::mkdtemp(pattern.data());
    const std::string head = "<definitions xmlns=\"http://www.omg.org/spec/BPMN/20100524/MODEL\">";
    write("good.bpmn", head +
                           "<process id=\"P\"><task id=\"a\"/><endEvent id=\"e\"/>"
                           "<sequenceFlow id=\"f\" sourceRef=\"a\" targetRef=\"e\"/></process>"
                           "</definitions>");
    write("doubtful.bpmn", head +
                               "\n<process id=\"P\"><task id=\"a\"/><task id=\"a\"/></process>"
                               "</definitions>");
    write("broken.bpmn", head + "\n<process></definitions>");
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
    const std::string command = "cd " + folder_.string() + " && " MOTCUA_BINARY " bpmn check " +
                                arguments + " >out 2>err </dev/null";
    const int status = std::system(command.c_str());
    return WIFEXITED(status) ? WEXITSTATUS(status) : -1;
  }
  fs::path folder_;
};

TEST_F(BpmnCheck, SaysOfEachFileOnOneLineWhatItIs) {
  EXPECT_EQ(run("good.bpmn"), 0);
  EXPECT_EQ(read("out"), "good.bpmn executable\n");
  EXPECT_EQ(run("good.bpmn doubtful.bpmn"), 0);
  EXPECT_THAT(read("out"), HasSubstr("\ndoubtful.bpmn readable: 2: a: "));
  EXPECT_EQ(run("broken.bpmn good.bpmn"), 1);
  EXPECT_THAT(read("out"), testing::StartsWith("broken.bpmn invalid: 2: "));
  EXPECT_THAT(read("out"), testing::EndsWith("\ngood.bpmn executable\n"));
  EXPECT_EQ(read("err"), "");
}

TEST_F(BpmnCheck, TellsEveryFindingWhenAsked) {
  EXPECT_EQ(run("-v good.bpmn doubtful.bpmn"), 0);
  EXPECT_THAT(read("out"), HasSubstr("\n  2: warning: a: its id is used already in line 2\n"));
}

TEST_F(BpmnCheck, GoesOnAfterAFileThatCannotBeRead) {
  EXPECT_EQ(run("absent.bpmn good.bpmn"), 3);
  EXPECT_EQ(read("out"), "good.bpmn executable\n");
  EXPECT_THAT(read("err"), HasSubstr("absent.bpmn cannot be read: no such file"));
  EXPECT_EQ(run("."), 3);
  EXPECT_EQ(run(""), 2);
}

}  // namespace
}  // namespace cli
