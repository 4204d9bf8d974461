// motcua bpmn analyse, asked of the program itself.
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

class BpmnAnalyse : public testing::Test {
 protected:
  void SetUp() override {
    std::string pattern = fs::temp_directory_path() / "motcua-bpmn-analyse-XXXXXX";
    folder_ = ::mkdtemp(pattern.data());
    write("good.bpmn", process(R"(<manualTask id="t"/>)"));
    write("stuck.bpmn", process(R"(<parallelGateway id="t"/>
      <sequenceFlow id="again" sourceRef="t" targetRef="t"/>)"));
  }
  void TearDown() override { fs::remove_all(folder_); }

  static std::string process(const std::string& step) {
    return R"(<definitions xmlns="http://www.omg.org/spec/BPMN/20100524/MODEL">
      <process id="p"><startEvent id="s"/>)" +
           step + R"(<endEvent id="e"/>
      <sequenceFlow id="a" sourceRef="s" targetRef="t"/>
      <sequenceFlow id="b" sourceRef="t" targetRef="e"/></process></definitions>)";
  }
  void write(const char* name, const std::string& text) {
    std::ofstream{folder_ / name, std::ios::binary} << text;
  }
  std::string read(const fs::path& name) {
    std::ifstream in{folder_ / name, std::ios::binary};
    std::ostringstream text;
    text << in.rdbuf();
    return text.str();
  }
  int run(const std::string& arguments) {
    const std::string command = "cd " + folder_.string() + " && " MOTCUA_BINARY " bpmn analyse " +
                                arguments + " >out 2>err </dev/null";
    const int status = std::system(command.c_str());
    return WIFEXITED(status) ? WEXITSTATUS(status) : -1;
  }
  fs::path folder_;
};

TEST_F(BpmnAnalyse, SaysWhereAProcessStopsInVietnameseFirst) {
  EXPECT_EQ(run("good.bpmn stuck.bpmn"), 1);
  EXPECT_THAT(read("out"), HasSubstr("good.bpmn: không phát hiện vấn đề nào\n"));
  EXPECT_THAT(read("out"), HasSubstr("stuck.bpmn:2: lỗi: t: Quy trình có thể dừng mãi ở đây"));
  EXPECT_EQ(read("err"), "");
  EXPECT_EQ(run("stuck.bpmn --lang en"), 1);
  EXPECT_THAT(read("out"), HasSubstr("stuck.bpmn:2: error: t: Here the process can stop"));
  EXPECT_EQ(run("good.bpmn"), 0);
}

TEST_F(BpmnAnalyse, TellsProgramsTheKindAndTheRoute) {
  EXPECT_EQ(run("stuck.bpmn --json"), 1);
  EXPECT_THAT(read("out"), HasSubstr(R"("kind":"deadlock")"));
  EXPECT_THAT(read("out"), HasSubstr(R"("route":[{"element":"s","flows":["a"]}])"));
  EXPECT_EQ(run("good.bpmn --json"), 0);
  EXPECT_EQ(read("out"), "[]\n");
}

TEST_F(BpmnAnalyse, DrawsThePictureWithTheMarks) {
  EXPECT_EQ(run("stuck.bpmn --svg pictures/here"), 1);
  const std::string svg = read("pictures/here/stuck.svg");
  EXPECT_TRUE(svg.starts_with("<svg "));
  EXPECT_THAT(svg, HasSubstr("badge error"));
}

TEST_F(BpmnAnalyse, TellsWhatItCannotRead) {
  EXPECT_EQ(run("nothing.bpmn"), 2);
  EXPECT_THAT(read("err"), HasSubstr("nothing.bpmn: cannot be read"));
  write("text.bpmn", "no XML");
  EXPECT_EQ(run("text.bpmn"), 1);
  EXPECT_EQ(run(""), 2);
}

}  // namespace
}  // namespace cli
