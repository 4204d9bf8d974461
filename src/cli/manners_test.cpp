// The contract of the command line, asked of the program itself.
#include <cstdio>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <string>

#include <fcntl.h>
#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <sys/file.h>
#include <sys/wait.h>
#include <unistd.h>

namespace {

using testing::HasSubstr;
using testing::StartsWith;

struct Ran {
  int status = -1;
  std::string out;
  std::string err;
};

// Runs the program from another working directory, as installed programs are.
Ran motcua(const std::string& words) {
  const auto folder = std::filesystem::temp_directory_path() / "motcua-manners";
  std::filesystem::create_directories(folder);
  const std::string errors = (folder / ("err" + std::to_string(::getpid()))).string();
  const std::string command =
      "cd / && '" + std::string{MOTCUA_BINARY} + "' " + words + " 2>'" + errors + "'";
  Ran ran;
  FILE* pipe = ::popen(command.c_str(), "r");
  char buffer[4096];
  while (const std::size_t size = std::fread(buffer, 1, sizeof buffer, pipe)) {
    ran.out.append(buffer, size);
  }
  const int ended = ::pclose(pipe);
  ran.status = WIFEXITED(ended) ? WEXITSTATUS(ended) : -1;
  if (FILE* file = std::fopen(errors.c_str(), "r"); file != nullptr) {
    while (const std::size_t size = std::fread(buffer, 1, sizeof buffer, file)) {
      ran.err.append(buffer, size);
    }
    std::fclose(file);
  }
  return ran;
}

TEST(Manners, HelpIsTheAnswerAndNothingElse) {
  for (const char* words :
       {"--help", "serve --help", "demo seed --help", "config check --help", "calendar due --help",
        "rules tck --help", "rules eval --help", "--version"}) {
    const Ran ran = motcua(words);
    EXPECT_EQ(ran.status, 0) << words;
    EXPECT_FALSE(ran.out.empty()) << words;
    EXPECT_EQ(ran.err, "") << words;
  }
}

TEST(Manners, WrongWordsAreUsageAndNeverAnAnswer) {
  for (const char* words :
       {"", "nonsense", "serve --listen nowhere", "serve --listen 127.0.0.1:99999", "demo",
        "demo seed --dossiers many", "calendar due --office H41 --from yesterday --limit 3wd",
        "calendar due --office H41 --from 2026-08-20T10:00 --limit 0wd",
        "calendar due --office H41 --from 2026-08-20T10:00 --limit 10000d",
        "calendar due --office H99 --from 2026-08-20T10:00 --limit 3wd",
        "calendar show --office H41 --year 1066"}) {
    const Ran ran = motcua(words);
    EXPECT_EQ(ran.status, 2) << words;
    EXPECT_EQ(ran.out, "") << words;
    EXPECT_NE(ran.err, "") << words;
  }
}

TEST(Manners, AFaultOfTheWorldIsThreeAndSaysWhat) {
  const Ran ran = motcua("demo seed --data /proc/motcua --dossiers 1");
  EXPECT_EQ(ran.status, 3);
  EXPECT_THAT(ran.err, HasSubstr("/proc/motcua"));
}

TEST(Manners, TwoProgramsDoNotWorkInOneFolder) {
  const auto folder =
      std::filesystem::temp_directory_path() / ("motcua-hold-" + std::to_string(::getpid()));
  const std::string data = "demo seed --dossiers 0 --data " + folder.string();
  const int held = [&] {
    std::filesystem::create_directories(folder);
    const int descriptor = ::open((folder / "lock").c_str(), O_RDWR | O_CREAT | O_CLOEXEC, 0600);
    EXPECT_EQ(::flock(descriptor, LOCK_EX | LOCK_NB), 0);
    return descriptor;
  }();
  const Ran refused = motcua(data);
  EXPECT_EQ(refused.status, 3);
  EXPECT_EQ(refused.out, "");
  EXPECT_THAT(refused.err, HasSubstr("in use by another motcua"));
  ::close(held);
  EXPECT_EQ(motcua(data).status, 0);
  std::filesystem::remove_all(folder);
}

TEST(Manners, AHomeThatHoldsNothingIsNotPassedOver) {
  ASSERT_EQ(::setenv("MOTCUA_HOME", "/nonexistent", 1), 0);
  const Ran ran = motcua("config check");
  ::unsetenv("MOTCUA_HOME");
  EXPECT_EQ(ran.status, 1);
  EXPECT_THAT(ran.out, HasSubstr("MOTCUA_HOME names /nonexistent"));
}

TEST(CalendarDue, AnswersWithTheDueInstantFirst) {
  const struct {
    const char* words;
    const char* due;
  } kVectors[]{
      {"--from 2026-08-20T10:00 --limit 3wd", "2026-08-24T17:30:00+07:00"},
      {"--from 2026-08-28T15:30 --limit 3wd --cutoff 15:00", "2026-09-08T17:30:00+07:00"},
      {"--from 2026-11-23T10:00 --limit 1wd", "2026-11-25T17:30:00+07:00"},
      {"--from 2026-01-09T10:00 --limit 1wd", "2026-01-10T17:30:00+07:00"},
      {"--from 2026-08-20T03:00:00Z --limit 8h", "2026-08-21T10:00:00+07:00"},
  };
  for (const auto& one : kVectors) {
    const Ran ran = motcua(std::string{"calendar due --office H41 "} + one.words);
    EXPECT_EQ(ran.status, 0) << one.words;
    EXPECT_EQ(ran.err, "") << one.words;
    EXPECT_THAT(ran.out, StartsWith(one.due)) << one.words;
  }
}

TEST(CalendarDue, ExplainsEachStepWithItsArticle) {
  const Ran ran = motcua("calendar due --office H41 --from 2026-08-20T10:00 --limit 3wd --explain");
  EXPECT_THAT(ran.out, HasSubstr("thứ Bảy 22/08/2026, ngày làm bù"));
  EXPECT_THAT(ran.out, HasSubstr("điều 147"));
  const Ran json = motcua("calendar due --office H41 --from 2026-08-20T10:00 --limit 3wd --json");
  EXPECT_THAT(json.out, HasSubstr("\"due_at\":\"2026-08-24T17:30:00+07:00\""));
}

TEST(CalendarDue, KnowsUnitsBelowAKnownAgency) {
  const std::string asked = " --from 2026-08-20T10:00 --limit 3wd --json";
  const Ran ran = motcua("calendar due --office H41.99.01" + asked);
  EXPECT_EQ(ran.status, 0);
  EXPECT_THAT(ran.out, StartsWith(R"({"due_at":"2026-08-24T17:30:00+07:00","office":"H41.99.01")"));
  EXPECT_THAT(ran.out, HasSubstr(R"("calendar_of":"H41")"));
  for (const char* unknown : {"H99", "H99.01", "H411", "41", "''", "H41..01"}) {
    const Ran refused = motcua(std::string{"calendar due --office "} + unknown + asked);
    EXPECT_EQ(refused.status, 2) << unknown;
    EXPECT_THAT(refused.err, HasSubstr("hãy kiểm tra mã")) << unknown;
  }
}

TEST(CalendarDue, TakesPausesAndARestart) {
  const std::string asked = "calendar due --office H41 --from 2026-08-20T10:00 --limit 3wd ";
  EXPECT_THAT(motcua(asked + "--pause 2026-08-21T10:00/2026-08-24T14:00").out,
              StartsWith("2026-08-27T17:30:00+07:00"));
  EXPECT_THAT(motcua(asked + "--pause 2026-08-21T10:00/2026-08-21T11:00,financial_obligation "
                             "--pause 2026-08-24T10:00/2026-08-24T14:00 --explain")
                  .out,
              HasSubstr("chờ thực hiện nghĩa vụ tài chính"));
  EXPECT_THAT(motcua(asked + "--restart 2026-08-25T10:00").out,
              StartsWith("2026-08-28T17:30:00+07:00"));
}

TEST(CalendarDue, RefusesWhatCannotEndAndSaysWhatToDo) {
  const std::string asked = "calendar due --office H41 --from 2026-08-20T10:00 ";
  const struct {
    const char* words;
    const char* vi;
    const char* en;
  } kRefusals[]{
      {"--limit 0wd", "lớn hơn 0: hãy nhập", "more than 0: give"},
      {"--limit 10000d", "quá 3.650 ngày", "may not exceed 3,650 days"},
      {"--limit 3wd --pause 2026-08-21T10:00/", "Hãy ghi thời điểm kết thúc", "Give the moment"},
      {"--limit 3wd --pause 2026-08-21T10:00/2226-08-21T10:00", "quá 10 năm: hãy", "ten years:"},
      {"--limit 3wd --pause 2026-08-21T10:00/2026-08-24T10:00 --pause "
       "2026-08-22T10:00/2026-08-25T10:00",
       "chồng lên nhau: hãy gộp lại", "overlap: merge them"},
      {"--limit 3wd --pause 2026-08-21T10:00/2026-08-20T10:00", "hãy sửa lại", "correct it"},
      {"--limit 3wd --pause 2026-08-21T10:00", "phải viết như", "is written like"},
      {"--limit 3wd --restart 2026-08-19T10:00", "hãy sửa lại", "correct one"},
      {"--limit 3wd --cutoff 25:00", "--cutoff phải là giờ", "--cutoff wants"},
      {"--limit 3wd --data /nonexistent", "hãy kiểm tra --data", "check --data"},
  };
  for (const auto& one : kRefusals) {
    for (const bool english : {false, true}) {
      const Ran ran = motcua(asked + one.words + (english ? " --lang en" : ""));
      EXPECT_EQ(ran.status, 2) << one.words;
      EXPECT_EQ(ran.out, "") << one.words;
      EXPECT_THAT(ran.err, HasSubstr(english ? one.en : one.vi)) << one.words;
    }
  }
}

TEST(CalendarDue, TriesAnOfficesOwnScheduleBeforeItIsSaved) {
  const auto file =
      std::filesystem::temp_directory_path() / ("motcua-schedule-" + std::to_string(::getpid()));
  const std::string asked =
      "calendar due --office H41 --from 2026-08-21T10:00 --limit 2wd --schedule " + file.string();
  const auto write = [&](const char* text) { std::ofstream(file) << text; };
  write(R"({"extra_days": [{"on": "2026-08-23", "processing": ["08:00-11:00"],
            "reason": {"vi": "Làm thêm"}}]})");
  EXPECT_THAT(motcua(asked).out, StartsWith("2026-08-23T11:00:00+07:00"));
  write(R"({"hours": [{"valid_from": "2026-01-01", "processing": {}}], "closures": [{}]})");
  const Ran without_hours = motcua(asked);
  EXPECT_EQ(without_hours.status, 2);
  EXPECT_EQ(without_hours.out, "");
  EXPECT_THAT(without_hours.err, HasSubstr("hours/0/processing: Cả tuần không có giờ làm việc"));
  EXPECT_THAT(without_hours.err, HasSubstr("closures/0/first"));
  write("[");
  EXPECT_EQ(motcua(asked).status, 2);
  std::filesystem::remove(file);
  EXPECT_EQ(motcua(asked).status, 3) << "a file that is not there";
}

TEST(CalendarDue, ReadsTheCalendarsOfADataFolder) {
  const auto folder =
      std::filesystem::temp_directory_path() / ("motcua-calendar-" + std::to_string(::getpid()));
  ASSERT_EQ(motcua("demo seed --dossiers 0 --data " + folder.string()).status, 0);
  const Ran ran =
      motcua("calendar due --office H41.101 --from 2026-08-20T10:00 --limit 3wd --data " +
             folder.string());
  EXPECT_EQ(ran.status, 0) << ran.err;
  EXPECT_THAT(ran.out, StartsWith("2026-08-24T17:30:00+07:00"));
  std::filesystem::remove_all(folder);
}

TEST(CalendarShow, ListsWhatIsNotOrdinary) {
  const Ran ran = motcua("calendar show --office H41 --year 2026");
  EXPECT_EQ(ran.status, 0);
  EXPECT_THAT(ran.out, StartsWith("H41  Ủy ban nhân dân tỉnh Nghệ An, 2026: 249 ngày làm việc"));
  EXPECT_THAT(ran.out, HasSubstr("+ thứ Bảy 22/08/2026: Làm bù cho thứ Hai 31/08/2026"));
  EXPECT_THAT(ran.out, HasSubstr("- thứ Ba 24/11/2026: nghỉ, Ngày Văn hóa Việt Nam"));
  const Ran json = motcua("calendar show --office H41 --year 2028 --json");
  EXPECT_THAT(json.out, HasSubstr(R"("published":false)"));
  EXPECT_THAT(json.out, HasSubstr(R"("on":"2028-02-29","works":true)"));
  EXPECT_THAT(motcua("calendar show --office H41 --year 2030 --lang en").out,
              HasSubstr("- Friday 01/02/2030: off, Lunar New Year"));
}

TEST(ConfigCheck, FindsWhatIsShippedInOrder) {
  const Ran ran = motcua("config check --json");
  EXPECT_THAT(ran.out, HasSubstr(R"({"check":"procedures","ok":true)"));
  EXPECT_EQ(ran.err, "");
}

}  // namespace
