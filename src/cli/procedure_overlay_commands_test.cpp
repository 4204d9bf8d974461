// motcua procedure resolve, diff and merge, asked of the program itself.
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <sstream>
#include <string>

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <sys/wait.h>

#include "base/json.h"

namespace cli {
namespace {

namespace fs = std::filesystem;
using testing::AllOf;
using testing::HasSubstr;
using testing::IsEmpty;

std::string text_of(const fs::path& file) {
  std::ifstream in(file, std::ios::binary);
  std::ostringstream text;
  text << in.rdbuf();
  return text.str();
}

class ProcedureOverlayCommands : public testing::Test {
 protected:
  struct Ran {
    int status = -1;
    std::string out;
    std::string err;
  };

  ProcedureOverlayCommands() {
    std::string pattern = fs::temp_directory_path() / "motcua-overlay-XXXXXX";
    folder_ = ::mkdtemp(pattern.data());
  }
  ~ProcedureOverlayCommands() override {
    std::error_code ignored;
    fs::remove_all(folder_, ignored);
  }

  void write(const fs::path& name, const std::string& text) const {
    fs::create_directories((folder_ / name).parent_path());
    std::ofstream(folder_ / name, std::ios::binary) << text;
  }

  [[nodiscard]] std::string overlay(const std::string& changes) const {
    return "code: \"1.001612\"\nlayer: province\nagency: H41\neffective_from: 2026-01-01\n"
           "legal_basis:\n  - {act: \"12/2026/QĐ-UBND\", article: \"Điều 2\", title: {vi: a, en: "
           "b}}\n"
           "changes:\n" +
           changes;
  }

  [[nodiscard]] Ran run(const std::string& words) const {
    const fs::path out = folder_ / "out.txt";
    const fs::path err = folder_ / "err.txt";
    const std::string line = std::string{MOTCUA_BINARY} + " procedure " + words + " >" +
                             out.string() + " 2>" + err.string();
    const int status = std::system(line.c_str());
    return {WIFEXITED(status) ? WEXITSTATUS(status) : -1, text_of(out), text_of(err)};
  }
  [[nodiscard]] Ran resolve(const std::string& more = {}) const {
    return run("resolve 1.001612 --agency H41.101 --on 2026-08-20 --overlays " +
               (folder_ / "overlays").string() + " " + more);
  }
  [[nodiscard]] static std::string shipped() {
    return (fs::path{PROJECT_ROOT} / "procedures/national/1.001612").string();
  }

  fs::path folder_;
};

TEST_F(ProcedureOverlayCommands, ResolveSaysWhoSaidWhat) {
  write(
      "overlays/H41/1.001612.yaml",
      overlay("  - set: cases[*].limits[*].published\n    to: 3wd\n  - set: summary.vi\n    to: Ở "
              "đây\n"));
  const Ran ran = resolve("--explain --json --out " + (folder_ / "resolved").string());
  EXPECT_EQ(ran.status, 0) << ran.err;
  EXPECT_THAT(ran.err, IsEmpty());
  const auto json = base::parse_json(ran.out);
  ASSERT_TRUE(json);
  EXPECT_EQ(json->at("origins").as_array().size(), 2U);
  EXPECT_EQ(json->at("agency"), "H41.101");
  EXPECT_GT(json->at("values").as_array().size(), 300U);
  EXPECT_THAT(text_of(folder_ / "resolved/procedure.yaml"), HasSubstr("Ở đây"));
  const Ran text = resolve("--explain");
  EXPECT_THAT(text.out, AllOf(HasSubstr("[1] summary.vi = Ở đây"), HasSubstr("[0] name.vi = "),
                              HasSubstr("12/2026/QĐ-UBND")));
}

TEST_F(ProcedureOverlayCommands, ResolveRefusesWithFileLineAndRemedy) {
  write("overlays/H41/1.001612.yaml", overlay("  - set: name.vi\n    to: Khác\n"));
  Ran ran = resolve();
  EXPECT_EQ(ran.status, 1);
  EXPECT_THAT(ran.out, IsEmpty());
  EXPECT_THAT(ran.err, AllOf(HasSubstr("H41/1.001612.yaml:8: `name.vi` is locked"),
                             HasSubstr("take this change out")));
  write("overlays/H41/1.001612.yaml", overlay("  - set: summary.vi\n    to: x\n"));
  write("overlays/H41/1.001612-2.yaml", overlay("  - set: summary.vi\n    to: y\n"));
  ran = resolve();
  EXPECT_EQ(ran.status, 1);
  EXPECT_THAT(ran.err, HasSubstr("two overlays of H41"));
  EXPECT_EQ(run("resolve 1.001612 --agency nobody").status, 2);
  EXPECT_EQ(run("resolve 9.999999 --agency H41").status, 3);
}

TEST_F(ProcedureOverlayCommands, DiffAndMergeSpeakInTheWordsOfTheLaw) {
  const fs::path next = folder_ / "next";
  fs::copy(shipped(), next, fs::copy_options::recursive);
  std::string yaml = text_of(next / "procedure.yaml");
  for (std::size_t at = yaml.find("published: 3wd"); at != std::string::npos;
       at = yaml.find("published: 3wd", at + 1)) {
    yaml.replace(at, 14, "published: 4wd");
  }
  write("next/procedure.yaml", yaml);
  const Ran same = run("diff " + shipped() + " " + shipped());
  EXPECT_EQ(same.status, 0);
  EXPECT_EQ(same.out, "Không có khác biệt.\n");
  const Ran diff = run("diff " + shipped() + " " + next.string());
  EXPECT_EQ(diff.status, 0) << diff.err;
  EXPECT_THAT(diff.out, AllOf(HasSubstr("Về thời hạn"), HasSubstr("(dài hơn)")));
  write("o.yaml", overlay("  - set: cases[*].limits[*].published\n    to: 3wd\n"
                          "  - set: summary.vi\n    to: x\n"));
  const Ran merged =
      run("merge " + shipped() + " " + next.string() + " " + (folder_ / "o.yaml").string());
  EXPECT_EQ(merged.status, 1);
  EXPECT_THAT(merged.err, HasSubstr("o.yaml:8: cases[household].limits[online].published"));
  EXPECT_THAT(merged.out, AllOf(HasSubstr("summary.vi"), HasSubstr("revision: 2")));
  write("p.yaml", overlay("  - set: summary.vi\n    to: x\n"));
  EXPECT_EQ(
      run("merge " + shipped() + " " + next.string() + " " + (folder_ / "p.yaml").string()).status,
      0);
}

}  // namespace
}  // namespace cli
