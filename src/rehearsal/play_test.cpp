#include <gmock/gmock.h>

#include "rehearsal/test_story.h"

namespace rehearsal {
namespace {

using test::played;
using test::told;

constexpr const char* kLife = R"(child_birth_date = 2026-06-20
fee_exemption = none
on 2026-08-20 09:00  citizen files online -> case late; fee 5000; fee line registration 5000
  -> papers none; replaced birth_paper_data; does not ask witness_statement
  -> status 1; open receive; message filed to citizen; no form 01; owes 5000
  -> shown father_name; hidden authorised_relative; answer child_name = Nguyễn Đức Bình
  -> eligible; due 2026-08-20 17:30; citizen may withdraw; citizen may not supply
on 2026-08-20 09:30  reception receives -> due 2026-08-20 17:30; open examine; passed receive
  -> form 01; form 06; form 07; status processing; message received containing "received"
  -> happens received, task_completed; does not happen due_passed; holder examine nobody
  -> specialist may complete examine; leader may not complete sign; running; on time
  specialist completes examine "proposed" -> open sign; leader may complete sign
  -> specialist may not complete sign; no message
  specialist completes sign "approved" -> refused forbidden
  leader completes sign "sent_back" because "Thiếu chữ ký" -> open examine
  specialist completes examine "proposed"
  leader completes sign "approved" -> open issue
  clerk issues -> result KQ.G15.000031; status 9; message ready; open hand_over
  reception returns -> refused fee_outstanding
  citizen pays -> owes 0; cashier may refund
  cashier refunds 5000 because "Thu nhầm" -> owes 5000
  citizen pays 5000 by transfer
  reception returns to "Nguyễn Văn An" -> status returned; closed; open nothing
  -> passed receive, examine, sign, examine, sign, issue, hand_over; on time
  citizen rates 5 "Tốt"
)";

TEST(Play, FollowsADossierFromFilingToReturn) {
  const Outcome outcome = played(kLife);
  EXPECT_TRUE(outcome.passed()) << told(outcome);
  EXPECT_EQ(outcome.steps, 14);
  for (const char* key :
       {"case/late", "outcome/sign/sent_back", "outcome/sign/approved", "flow/decision_to_examine",
        "field/father_name/shown", "field/authorised_relative/hidden",
        "paper/witness_statement/not_asked", "rule/registration_fee/3", "if/fees/1/else"}) {
    EXPECT_TRUE(outcome.taken.contains(key)) << key;
  }
  EXPECT_FALSE(outcome.taken.contains("flow/decision_to_refused_end"));
}

TEST(Play, IsTheSameEachTime) {
  const Outcome once = played(kLife);
  const Outcome again = played(kLife);
  EXPECT_EQ(once.taken, again.taken);
  EXPECT_EQ(told(once), told(again));
}

TEST(Play, TellsEveryKindOfExpectationThatDoesNotHold) {
  // Each is false of a dossier that has just been received.
  struct Row {
    const char* hope;
    const char* got;
  };
  const Row rows[] = {
      {"case late", "case on_time"},
      {"open sign", "open examine"},
      {"open nothing", "open examine"},
      {"passed examine", "passed receive"},
      {"due 2026-08-21", "due 2026-08-20 17:30"},
      {"due 2026-08-20 16:00", "due 2026-08-20 17:30"},
      {"due nothing", "due 2026-08-20"},
      {"told 2026-08-25", "due 2026-08-20"},
      {"step examine due 2026-08-25", "due 2026-08-20"},
      {"step sign due 2026-08-20", "`sign` is not open"},
      {"fee 5000", "fee 0"},
      {"fee unknown", "fee 0"},
      {"fee line registration 5000", "registration 0"},
      {"no fee line registration", "registration 0"},
      {"owes 1", "owes 0"},
      {"papers birth_paper", "papers none"},
      {"asks birth_paper", "`birth_paper` is not asked for"},
      {"replaced birth_paper", "not replaced"},
      {"shown authorised_relative", "is hidden"},
      {"hidden father_name", "is shown"},
      {"answer child_name = An", "Nguyễn Đức Bình"},
      {"warns child_name", "no warning"},
      {"not eligible", "eligible"},
      {"specialist may not complete examine", "may"},
      {"clerk may complete examine", "may not"},
      {"leader may complete sign", "`sign` is not open"},
      {"citizen may supply", "may not"},
      {"message ready", "messages: received to an@example.vn"},
      {"message received to binh@example.vn", "messages: received to an@example.vn"},
      {"message received containing \"xin lỗi\"", "received"},
      {"no message", "messages: received"},
      {"no message received", "messages: received"},
      {"status 9", "status 4"},
      {"status returned", "(processing)"},
      {"result KQ.G15.000031", "there is no result"},
      {"result number \"1\"", "there is no result"},
      {"form 05", "was not issued"},
      {"no form 01", "form 01 "},
      {"form 01 \"1\"", "number "},
      {"holder examine \"Lan\"", "nobody has it"},
      {"paused", "the clock runs"},
      {"late", "on time"},
      {"closed", "not closed"},
      {"happens due_passed", "events received"},
      {"does not happen received", "events received"},
      {"refused already_received", "it was done"},
  };
  std::string body = "on 2026-08-20 09:00 citizen files online\nreception receives\n";
  for (const Row& row : rows) body += std::string{"  -> "} + row.hope + "\n";
  const Outcome outcome = played(body);
  ASSERT_EQ(outcome.misses.size(), std::size(rows)) << told(outcome);
  for (std::size_t i = 0; i < std::size(rows); ++i) {
    EXPECT_EQ(outcome.misses[i].expected, rows[i].hope);
    EXPECT_THAT(outcome.misses[i].got, testing::HasSubstr(rows[i].got)) << rows[i].hope;
    EXPECT_EQ(outcome.misses[i].line, 6 + static_cast<int>(i));
  }
}

TEST(Play, AStepThatIsRefusedEndsTheStoryUnlessThatWasExpected) {
  const Outcome outcome = played(
      "on 2026-08-20 09:00 citizen files online\n"
      "leader completes sign \"approved\"\n"
      "reception receives\n");
  ASSERT_EQ(outcome.misses.size(), 1U);
  EXPECT_EQ(outcome.steps, 2);
  EXPECT_EQ(outcome.misses[0].expected, "the step is done");
  EXPECT_THAT(outcome.misses[0].got, testing::HasSubstr("refused "));
}

TEST(Play, ARefusalIsToldWithItsFieldsAndWords) {
  const auto passes = [](const char* body) {
    const Outcome outcome = played(body);
    EXPECT_TRUE(outcome.passed()) << body << told(outcome);
  };
  passes(
      "child_name = nothing\npapers none\n"
      "on 2026-08-20 citizen files online -> refused answers_incomplete at child_name\n");
  passes(
      "birth_paper_number = nothing\npapers all but birth_paper\n"
      "on 2026-08-20 citizen files online\n"
      "  -> refused components_missing at components.birth_paper saying \"Giấy chứng sinh\"\n");
  for (const char* wrong : {"refused components_missing", "refused at father_name",
                            "refused answers_incomplete saying \"ngoài giờ\""}) {
    const Outcome outcome = played(std::string{"child_name = nothing\n"
                                               "on 2026-08-20 citizen files online -> "} +
                                   wrong + "\n");
    ASSERT_EQ(outcome.misses.size(), 1U) << wrong;
    EXPECT_THAT(outcome.misses[0].got, testing::HasSubstr("answers_incomplete")) << wrong;
  }
}

TEST(Play, SupposesWithoutFiling) {
  const Outcome outcome = played(
      "on 2026-08-20 10:00\n"
      "supposing child_birth_date = 2026-06-21 -> case on_time; fee 0; due 2026-08-20 17:30\n"
      "supposing child_birth_date = 20/6/2026, fee_exemption = none -> case late; fee 5000\n"
      "supposing extract_copies = 3 -> fee 24000; fee line extract_copies 24000\n"
      "supposing child_birth_date = nothing -> fee unknown; status 1\n"
      "at 15:30 supposing online -> due 2026-08-21 17:30\n"
      "supposing child_name = nothing -> refused at child_name\n"
      "supposing at counter birth_proof = witness -> asks witness_statement, declaration\n");
  ASSERT_EQ(outcome.misses.size(), 1U) << told(outcome);
  EXPECT_EQ(outcome.misses[0].got, "there is no dossier yet");
  EXPECT_TRUE(outcome.taken.contains("if/fees/1/then"));
  EXPECT_TRUE(outcome.taken.contains("case/on_time"));
}

TEST(Play, TimeStopsWhereItMeansSomething) {
  const Outcome outcome = played(
      "on 2026-08-20 09:00 reception files at counter and receives -> due 2026-08-20 17:30\n"
      "on 2026-08-24 08:00 -> late; happens due_passed, apology_drafted\n"
      "  -> leader may apologise; specialist may not apologise\n"
      "leader apologises \"Thiếu cán bộ\" until 2026-08-26 -> message apology; form 04\n"
      "  -> told 2026-08-26\n");
  EXPECT_TRUE(outcome.passed()) << told(outcome);
}

TEST(Play, ASupplementPausesTheClockAndBringsPapersAndAnswers) {
  const Outcome outcome = played(
      "on 2026-08-20 09:00 reception files at counter and receives\n"
      "at 10:00 specialist requests supplement of birth_paper_data \"Giấy chứng sinh\", of "
      "child_hometown \"Quê quán\" because \"Không tra cứu được\"\n"
      "  -> paused; due nothing; form 02; status 5; message supplement; citizen may supply\n"
      "on 2026-08-24 08:00 citizen supplies child_hometown = Vinh, papers birth_paper_data, "
      "\"Xin gửi\" -> running; answer child_hometown = Vinh\n"
      "specialist requests supplement \"x\" because \"Còn thiếu\" -> refused\n"
      "supervisor requests supplement \"Ảnh\" because \"Còn thiếu\" again because \"Giấy mờ\"\n"
      "  -> paused\n"
      "citizen withdraws because \"Không cần nữa\" -> status 7; closed\n");
  EXPECT_TRUE(outcome.passed()) << told(outcome);
}

TEST(Play, KnowsTheOtherDeedsOfAnOffice) {
  const Outcome outcome =
      played("on 2026-08-20 09:00 citizen files at counter as 1 and receives\n", "1.001193");
  EXPECT_TRUE(outcome.passed()) << told(outcome);
  const Outcome office = played(
      "on 2026-08-20 09:00 reception of H41.102.01 files by post -> open receive\n"
      "reception of H41.102.01 receives\n"
      "head assigns examine to \"Lan\" -> holder examine \"Lan\"\n"
      "specialist \"Hoa\" completes examine \"proposed\" -> refused forbidden\n"
      "specialist \"Lan\" corrects child_name = Nguyễn Đức Minh because \"Gõ nhầm\"\n"
      "  -> answer child_name = Nguyễn Đức Minh\n"
      "specialist \"Lan\" attaches birth_commitment -> happens file_attached\n"
      "specialist \"Lan\" pauses other basis \"Điều 9\" until 2026-08-27 -> paused\n"
      "specialist \"Lan\" resumes -> running\n"
      "specialist \"Lan\" completes examine \"proposed\"\n"
      "specialist \"Lan\" recalls because \"Quên một tờ\" -> open examine\n"
      "specialist \"Lan\" completes examine \"proposed\"\n"
      "leader sends back sign because \"Xem lại\" -> open examine\n"
      "leader stops because \"Người dân đã có giấy khai sinh\" -> form 05; status 8\n"
      "on 2026-08-21 citizen files online as 2 -> status 1\n"
      "reception refuses \"Không thuộc thẩm quyền\" -> form 03; status 3; message refused\n");
  EXPECT_TRUE(office.passed()) << told(office);
}

// The examples of a page, as files beside the scenarios of the birth registration.
void play_examples_of(const std::string& page) {
  const std::string text =
      procedure::text_of_file(std::filesystem::path{PROJECT_ROOT} / "docs" / page);
  procedure::PackageFiles files = procedure::shipped_files("1.001193");
  std::erase_if(files, [](const auto& file) {
    return file.first.starts_with("scenarios/") && file.first != "scenarios/common.txt";
  });
  const std::string fence = "```\n";
  int stories = 0;
  for (std::size_t at = text.find(fence); at != std::string::npos; at = text.find(fence, at)) {
    at += fence.size();
    const std::size_t end = text.find(fence, at);
    ASSERT_NE(end, std::string::npos);
    std::string block = text.substr(at, end - at);
    at = end + fence.size();
    const bool whole = block.find("# Source:") != std::string::npos ||
                       block.find("# Căn cứ:") != std::string::npos;
    const bool table = block.starts_with("on ") || block.starts_with("ngày ");
    if (!whole && !table) continue;
    if (table) block = "# Ví dụ.\n# Source: trang này\nlike newborn\n" + block;
    files["scenarios/example-" + std::to_string(++stories) + ".txt"] = block;
  }
  EXPECT_GE(stories, 2) << page;
  const auto repertoire = read_repertoire(files, procedure::shipped("1.001193"));
  ASSERT_TRUE(repertoire) << told(repertoire.error());
  for (const Scenario& one : repertoire->scenarios) {
    casework::test::Commune office;
    office.clock.set(calendar::Instant{});
    const Outcome outcome = play(
        one,
        {.workplace = *office.workplace,
         .clock = office.clock,
         .procedure = std::make_shared<const procedure::Procedure>(procedure::shipped("1.001193")),
         .words = {}});
    EXPECT_TRUE(outcome.passed()) << page << " " << one.name << "\n" << told(outcome);
  }
}

TEST(Documentation, ShowsScenariosThatPass) {
  play_examples_of("formats/scenario.md");
  play_examples_of("user-guide/kich-ban.md");
}

TEST(Repertoire, HoldsScenariosToTheNamesOfThePackage) {
  struct Row {
    const char* body;
    const char* message;
  };
  const Row rows[] = {
      {"child_nam = An\non 2026-08-20\n", "no field `child_nam`"},
      {"papers birth_papers\non 2026-08-20\n", "no paper `birth_papers`"},
      {"on 2026-08-20 -> case lat\n", "no case `lat`"},
      {"on 2026-08-20 -> open examin\n", "no step `examin`"},
      {"on 2026-08-20 -> result KQ.1\n", "no result `KQ.1`"},
      {"on 2026-08-20 -> status 11\n", "no status `11`"},
      {"on 2026-08-20 -> no message redy\n", "no message `redy`"},
      {"on 2026-08-20 -> does not happen filing\n", "no event `filing`"},
      {"on 2026-08-20\nleader completes sign \"aproved\"\n", "no outcome `aproved`"},
      {"on 2026-08-20\nsupposing child_nam = An\n", "no field `child_nam`"},
      {"like nobody\non 2026-08-20\n", "neither a block of data nor a scenario `nobody`"},
      {"like story\non 2026-08-20\n", "leads in a circle"},
      {"child_name =\non 2026-08-20\n", "`child_name` has no value"},
  };
  for (const Row& row : rows) {
    const auto read = test::read(row.body);
    ASSERT_FALSE(read) << row.body;
    EXPECT_THAT(read.error().front().message, testing::HasSubstr(row.message));
    EXPECT_FALSE(read.error().front().remedy.empty());
    EXPECT_GT(read.error().front().line, 0);
  }
}

TEST(Repertoire, TablesAreAnswersAndTheirCellsCanBeSupposed) {
  const auto repertoire = read_repertoire(
      {{"scenarios/copies.txt",
        "# Hai bản.\n# Căn cứ: Điều 1\n"
        "requester_name = Phạm Quốc Đạt\nrequester_phone = 0912345670\n"
        "foreign_document = không\noffice_commune = 16681\n"
        "documents =\n| document_title | pages | copies |\n| Bằng tốt nghiệp | 4 | 2 |\n"
        "on 2026-08-20 09:00 một cửa nộp tại quầy và tiếp nhận -> phí 12000\n"
        "supposing documents[0].copies = 1 -> fee 6000\n"
        "supposing documents[1].pages = 1, documents[1].copies = 1 -> refused at "
        "documents[1].document_title\n"}},
      procedure::shipped("2.000815"));
  ASSERT_TRUE(repertoire) << told(repertoire.error());
  casework::test::Commune office;
  office.clock.set(calendar::Instant{});
  const Outcome outcome = play(
      repertoire->scenarios.front(),
      {.workplace = *office.workplace,
       .clock = office.clock,
       .procedure = std::make_shared<const procedure::Procedure>(procedure::shipped("2.000815")),
       .words = {}});
  EXPECT_TRUE(outcome.passed()) << told(outcome);
}

}  // namespace
}  // namespace rehearsal
