#include "dossier/event_json.h"

#include <cstdlib>
#include <fstream>
#include <sstream>

#include "dossier/dossier_json.h"
#include "dossier/event_fields.h"
#include "dossier/test_dossiers.h"

namespace dossier {
namespace {

using test::at;
using test::paper;

Person person() {
  return {.name = "Nguyễn Văn An",
          .personal_id = "040085000002",
          .tax_code = "0100109106",
          .phone = "0912345678",
          .email = "an@example.vn",
          .address = "Số 1 \"Lê Lợi\"",
          .language = "vi"};
}
procedure::FeeLine fee() {
  return {.code = "copy",
          .name = {"Lệ phí", "Fee"},
          .amount = 8000,
          .reason = {"Một bản", "One copy"},
          .example_value = true};
}

// Every event type with every member filled, and once with none.
std::vector<Event> one_of_each() {
  std::vector<Event> events;
  Filed filed{.procedure = "1.001193",
              .digest = std::string(64, 'd'),
              .agency = "H41.101",
              .receiving_agency = "H41.101.01",
              .agencies = {{"competent", "H41.101"}, {"receiving", "H41.101.01"}},
              .channel = "online",
              .case_id = "on_time",
              .applicant = person(),
              .on_behalf_of = person(),
              .answers = {{"child_name", "Đức"}, {"rows", base::json::array{1, true, nullptr}}},
              .attachments = {paper("birth_paper")},
              .shown_components = {"identity_paper"},
              .return_method = "post",
              .limits = {.published = "30d", .internal = "168h", .cutoff_minutes = 900},
              .fees = {fee()},
              .expected_due_at = at("2026-08-24T17:30:00.123+07:00")};
  events.emplace_back(filed);
  events.emplace_back(Received{.due_at = at("2026-08-24T17:30:00+07:00"),
                               .note = "đủ",
                               .checked_components = {"identity_paper"}});
  events.emplace_back(Refused{.reason = "Sai thẩm quyền"});
  WorkMoved moved;
  moved.moves = {bpmn::ProcessStarted{"start"}, bpmn::FlowTaken{"f1", 0},
                 bpmn::TaskOpened{3, "examine", 0, 0}, bpmn::TaskCompleted{2, "receive"},
                 bpmn::ProcessEnded{bpmn::InstanceState::terminated, ""}};
  moved.opened = {{.activity = 3,
                   .step = "examine",
                   .agency = "H41.101",
                   .role = "specialist",
                   .due_at = at("2026-08-21T10:00:00+07:00"),
                   .assignee_id = "o1",
                   .assignee_name = "Bà Tư"}};
  events.emplace_back(moved);
  events.emplace_back(TaskCompleted{
      .activity = 3, .step = "examine", .outcome = "proposed", .note = "ổn", .data = {{"k", 1}}});
  events.emplace_back(TaskAssigned{.activity = 3,
                                   .step = "examine",
                                   .officer_id = "o2",
                                   .officer_name = "Ông Năm",
                                   .reason = "nghỉ phép"});
  events.emplace_back(
      TaskSentBack{.activity = 4, .from_step = "sign", .to_step = "examine", .reason = "sai tên"});
  events.emplace_back(
      TaskRecalled{.activity = 4, .from_step = "sign", .to_step = "examine", .reason = "quên tờ"});
  events.emplace_back(SupplementRequested{
      .items = {{.component = "birth_paper", .field = "child_name", .what = "bản rõ hơn"}},
      .reason = "mờ quá",
      .repeat_reason = "lần hai"});
  events.emplace_back(
      Supplemented{.answers = {{"child_name", "Minh"}, {"note", nullptr}},
                   .attachments = {paper("birth_paper")},
                   .note = "gửi lại",
                   .restarts = true,
                   .due_at = at("2026-08-28T17:30:00+07:00"),
                   .task_due = {{"3", at("2026-08-27T10:00:00+07:00")}, {"4", std::nullopt}}});
  events.emplace_back(
      Corrected{.field = "child_name", .before = nullptr, .after = "Minh", .reason = "gõ nhầm"});
  events.emplace_back(FeeAssessed{{fee()}});
  events.emplace_back(FileAttached{paper("birth_paper")});
  events.emplace_back(ResultIssued{.code = "KQ.G15.000031",
                                   .number = "7/2026",
                                   .file = paper("result"),
                                   .template_id = "khai-sinh",
                                   .note = "xong"});
  events.emplace_back(ResultReturned{.method = "counter", .received_by = "An", .note = "đã ký"});
  events.emplace_back(Withdrawn{.reason = "không cần"});
  events.emplace_back(Stopped{.reason = "không đủ"});
  events.emplace_back(
      PaymentRecorded{.amount = 8000, .method = "transfer", .reference = "FT1", .reason = "nộp"});
  events.emplace_back(RefundRecorded{.receipt = "BL-1", .amount = 2000, .reason = "thừa"});
  events.emplace_back(Rated{.score = 5, .comment = "nhanh"});
  events.emplace_back(ControlSlipOpened{});
  events.emplace_back(BookEntered{.book = "Hộ tịch", .year = "2026"});
  const Instant due = test::at("2026-08-24T17:30:00+07:00");
  const Instant later = test::at("2026-08-31T17:30:00+07:00");
  events.emplace_back(ClockPaused{.cause = "financial_obligation",
                                  .basis = "Luật Đất đai, điều 1",
                                  .note = "chờ nộp thuế",
                                  .expected_until = later});
  events.emplace_back(
      ClockResumed{.note = "đã nộp", .due_at = later, .task_due = {{"3", due}, {"4", {}}}});
  events.emplace_back(
      ApologyDrafted{.due_at = due, .new_due_at = later, .reason = "chờ ý kiến sở"});
  events.emplace_back(ApologySigned{.due_at = due,
                                    .new_due_at = later,
                                    .reason = "chờ ý kiến sở",
                                    .position = "Chủ tịch",
                                    .in_time = true});
  events.emplace_back(DueSoon{.due_at = due});
  events.emplace_back(DuePassed{.due_at = due});
  events.emplace_back(PauseOverran{.cause = "supplement", .expected_until = later});
  events.emplace_back(SilenceTookEffect{.rule = "accept", .basis = "điều 7"});
  events.emplace_back(EscalationAnswered{.note = "đã giao lại"});
  events.emplace_back(DueRecomputed{.from = due,
                                    .to = later,
                                    .reason = "nghỉ bão",
                                    .act = "QĐ 1/QĐ-UBND",
                                    .task_due = {{"3", later}}});
  events.emplace_back(ContentErased{.basis = "Thông tư thử, điều 3"});
  events.emplace_back(RevisionChanged{.from = std::string(64, 'd'),
                                      .to = std::string(64, 'd') + "+" + std::string(64, 'e'),
                                      .mapping = {{"examine", "appraise"}},
                                      .process = R"({"s":"running","n":3,"a":[["appraise",3]]})",
                                      .tasks = {{.activity = 3,
                                                 .step = "appraise",
                                                 .agency = "H41.101",
                                                 .role = "specialist",
                                                 .due_at = due}},
                                      .reason = "phân cấp",
                                      .act = "QĐ 2/QĐ-UBND",
                                      .migration = "m1"});
  const Piece piece{
      .component = "birth_paper", .name = "Giấy chứng sinh", .count = 2, .original = true};
  events.emplace_back(
      ReturnPlaceChanged{.agency = "H41.102.01", .method = "counter", .reason = "gần nhà hơn"});
  events.emplace_back(TransportOpened{.transport = 1,
                                      .cargo = "papers",
                                      .from = "H41.102.01",
                                      .to = "H41.101.01",
                                      .pieces = {piece},
                                      .due_at = due});
  events.emplace_back(HandedOver{.transport = 1,
                                 .pieces = {piece},
                                 .carrier = "Bưu điện",
                                 .slip = "BG-12/2026",
                                 .note = "đủ",
                                 .due_at = later});
  events.emplace_back(TakenOver{.transport = 1, .missing = {piece}, .note = "thiếu một tờ"});
  events.emplace_back(TransportClosed{.transport = 2, .reason = "trả bản điện tử"});
  events.emplace_back(HandOverLate{.transport = 2, .due_at = due});
  return events;
}

template <std::size_t... I>
std::vector<Event> empty_ones(std::index_sequence<I...>) {
  return {Event{std::variant_alternative_t<I, Event>{}}...};
}

std::string line_of(const Event& event) {
  return std::string{type_of(event)} + " " + base::to_text(payload_of(event));
}

std::string golden_path() {
  return std::string{PROJECT_ROOT} + "/tests/golden/events-v1.txt";
}

TEST(EventJson, CoversEveryTypeOnce) {
  const std::vector<Event> events = one_of_each();
  ASSERT_EQ(events.size(), std::variant_size_v<Event>);
  for (std::size_t i = 0; i < events.size(); ++i) EXPECT_EQ(events[i].index(), i);
}

TEST(EventJson, ReadsWhatItWrote) {
  std::vector<Event> events = one_of_each();
  for (Event& event : empty_ones(std::make_index_sequence<std::variant_size_v<Event>>{})) {
    events.push_back(std::move(event));
  }
  for (const Event& event : events) {
    const base::json::object payload = payload_of(event);
    const auto parsed = base::parse_json(base::to_text(payload));
    ASSERT_TRUE(parsed);
    const auto read = read_event(type_of(event), *parsed);
    ASSERT_TRUE(read) << line_of(event);
    EXPECT_EQ(line_of(*read), line_of(event));
  }
}

TEST(EventJson, KeepsWhoActsForWhomAndWhoWasHelped) {
  Filed filed;
  filed.acting = ActingFor{.kind = "parent",
                           .number = "55/2015",
                           .title = "Giấy khai sinh",
                           .issuer = "UBND xã",
                           .issued_on = "2015-02-01",
                           .recorded = "r1",
                           .seen = true};
  filed.assistance = Assistance{.consent = "witnessed", .witness = "Lê Thị Đào", .note = "mắt kém"};
  const auto parsed = base::parse_json(base::to_text(payload_of(Event{filed})));
  ASSERT_TRUE(parsed);
  const auto read = read_event("filed", *parsed);
  ASSERT_TRUE(read);
  EXPECT_EQ(std::get<Filed>(*read).acting, filed.acting);
  EXPECT_EQ(std::get<Filed>(*read).assistance, filed.assistance);
}

// The stored form of events is frozen: dossiers of past years are made of it.
TEST(EventJson, WritesWhatItWroteAtTheFirstRelease) {
  std::ostringstream written;
  for (const Event& event : one_of_each()) written << line_of(event) << '\n';
  std::ifstream file(golden_path());
  std::ostringstream golden;
  golden << file.rdbuf();
  EXPECT_EQ(written.str(), golden.str())
      << "The stored form of an event changed, so dossiers that exist could no longer be read as "
         "they were meant.\nTake the change back and add a new event type (or a new optional "
         "member "
         "that is left out at its default) instead.\nOnly for a new event type: append its line to "
      << golden_path();
}

TEST(EventJson, StillReadsTheFirstReleasesEvents) {
  std::ifstream file(golden_path());
  const std::vector<Event> events = one_of_each();
  std::string line;
  std::size_t count = 0;
  while (std::getline(file, line)) {
    const std::size_t blank = line.find(' ');
    ASSERT_NE(blank, std::string::npos) << line;
    const auto payload = base::parse_json(line.substr(blank + 1));
    ASSERT_TRUE(payload) << line;
    const auto read = read_event(line.substr(0, blank), *payload);
    ASSERT_TRUE(read) << "An event of the first release cannot be read any more: " << line;
    EXPECT_EQ(line_of(*read), line_of(events.at(count)));
    ++count;
  }
  EXPECT_GE(count, 20U);
}

// What was added later is frozen as well: by what somebody signed.
TEST(EventJson, KeepsSignaturesAsTheyWereFirstWritten) {
  std::ifstream file(std::string{PROJECT_ROOT} + "/tests/golden/events-signature.txt");
  std::string line;
  int count = 0;
  while (std::getline(file, line)) {
    const std::size_t blank = line.find(' ');
    ASSERT_NE(blank, std::string::npos) << line;
    const auto payload = base::parse_json(line.substr(blank + 1));
    ASSERT_TRUE(payload) << line;
    const auto read = read_event(line.substr(0, blank), *payload);
    ASSERT_TRUE(read) << line;
    EXPECT_EQ(line_of(*read), line);
    ++count;
  }
  EXPECT_EQ(count, 3);
}

TEST(EventJson, RefusesWhatItDoesNotKnow) {
  const auto code = [](std::string_view type, const char* payload) {
    const auto json = base::parse_json(payload);
    const auto read = read_event(type, *json);
    return read ? base::FaultCode::internal : read.error().code;
  };
  EXPECT_EQ(code("teleported", "{}"), base::FaultCode::corrupt);
  EXPECT_EQ(code("filed", "[]"), base::FaultCode::corrupt);
  EXPECT_EQ(code("filed", R"({"agency":7})"), base::FaultCode::corrupt);
  EXPECT_EQ(code("filed", R"({"applicant":{"name":null}})"), base::FaultCode::corrupt);
  EXPECT_EQ(code("received", R"({"due_at":"yesterday"})"), base::FaultCode::corrupt);
  EXPECT_EQ(code("task_completed", R"({"activity":-1})"), base::FaultCode::corrupt);
  EXPECT_EQ(code("task_completed", R"({"activity":4294967296})"), base::FaultCode::corrupt);
  EXPECT_EQ(code("rated", R"({"score":99999999999})"), base::FaultCode::corrupt);
  EXPECT_EQ(code("work_moved", R"({"moves":[{"type":"flew"}]})"), base::FaultCode::corrupt);
  EXPECT_EQ(code("work_moved", R"({"moves":7})"), base::FaultCode::corrupt);
  EXPECT_EQ(code("work_moved", R"({"opened":[{"activity":"3"}]})"), base::FaultCode::corrupt);
}

TEST(StateJson, ReadsWhatItWroteAtEveryPointOfALife) {
  test::Life life = test::filed("1.001193", "2026-08-20T10:00:00.789+07:00");
  const auto check = [&] {
    auto read = read_state(life.procedure(), state_text(life.procedure(), life.state()));
    ASSERT_TRUE(read) << read.error().message;
    read->code = life.state().code;
    read->slip_number = life.state().slip_number;
    EXPECT_EQ(*read, life.state());
  };
  check();
  ASSERT_EQ(life.act(Receive{}, life.doer()), std::nullopt);
  check();
  ASSERT_EQ(life.act(test::supplement_request(), life.doer()), std::nullopt);
  check();
  life.wait(std::chrono::milliseconds{86'400'001});
  ASSERT_EQ(life.act(Supplement{.answers = {{"extract_copies", 2}},
                                .attachments = {test::paper("birth_paper", "b2")},
                                .note = "x"},
                     test::citizen()),
            std::nullopt);
  check();
  ASSERT_EQ(life.act(Correct{.field = "extract_copies", .value = nullptr, .reason = "Không cần"},
                     life.doer()),
            std::nullopt);
  ASSERT_EQ(
      life.act(Correct{.field = "extract_copies", .value = 4, .reason = "Cần thêm"}, life.doer()),
      std::nullopt);
  check();
  ASSERT_EQ(life.pay_all(), std::nullopt);
  life.go_to(procedure::StepAction::return_result);
  check();
  ASSERT_EQ(life.act(ReturnResult{.activity = life.task().activity,
                                  .method = "counter",
                                  .received_by = "A",
                                  .note = {}},
                     life.doer()),
            std::nullopt);
  ASSERT_EQ(life.act(Rate{.score = 3, .comment = "được"}, test::citizen()), std::nullopt);
  check();
  const auto refund = RecordRefund{
      .receipt = life.state().payments.at(0).receipt, .amount = 1, .reason = "Thu thừa"};
  ASSERT_EQ(life.act(refund, test::officer("c", test::kCommuneCentre)), std::nullopt);
  check();
}

TEST(StateJson, SaysCorruptToWhatIsNotAState) {
  const procedure::Procedure& procedure = procedure::shipped("1.001193");
  for (const char* text :
       {"", "[]", "{", R"({"version":"1"})", R"({"process":"no"})", R"({"stage":"x"})"}) {
    EXPECT_FALSE(read_state(procedure, text)) << text;
  }
}

}  // namespace
}  // namespace dossier
