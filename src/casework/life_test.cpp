// Whole lives of dossiers through the use cases, by officers of the right roles; and what the lists
// say.
#include <thread>

#include "casework/test_workplace.h"

namespace casework {
namespace {

using dossier::Stage;
using test::Commune;

// What must be there for one more task to be done.
std::uint32_t task_of(Commune& office, const std::string& id) {
  const dossier::Dossier state = office.state(id);
  return state.tasks.empty() ? 0 : state.tasks.front().activity;
}
dossier::CompleteTask outcome(Commune& office, const std::string& id, const char* code) {
  return {.activity = task_of(office, id), .outcome = code, .note = {}, .data = {}};
}
#define MUST(answer)                                                \
  do {                                                              \
    const auto& must_answer = (answer);                             \
    ASSERT_TRUE(must_answer) << Commune::told(must_answer.error()); \
  } while (false)

TEST(Life, OfABirthRegistrationAtACommune) {
  Commune office;
  const std::string id = office.filed("1.001193");
  Workplace& work = *office.workplace;
  MUST(receive(work, office.request(id, "reception@H41.101.01"), {}));
  MUST(complete_task(work, office.request(id, "specialist@H41.101"),
                     outcome(office, id, "proposed")));
  MUST(complete_task(work, office.request(id, "leader@H41.101"), outcome(office, id, "approved")));
  MUST(issue_result(work, office.request(id, "clerk@H41.101"),
                    {.activity = task_of(office, id), .file = {}, .number = {}, .note = {}}));
  EXPECT_EQ(office.state(id).stage, Stage::finished);
  MUST(return_result(
      work, office.request(id, "reception@H41.101.01"),
      {.activity = task_of(office, id), .method = "counter", .received_by = "An", .note = {}}));
  MUST(rate(work, office.request(id, ""), {.score = 5, .comment = {}}));
  EXPECT_EQ(office.state(id).stage, Stage::returned);
  office.expect_replays(id);
  // Told by mail, in order: filed, received, ready.
  std::string told;
  for (;;) {
    const auto due = office.store->outbox_due(office.clock.now(), 10);
    if (due->empty()) break;
    told += base::string_or(*base::parse_json(due->at(0).payload), "template") + " ";
    ASSERT_TRUE(office.store->outbox_done(due->at(0).id, office.clock.now()));
  }
  EXPECT_EQ(told, "filed received ready ");
}

TEST(Life, OfADeductionAcrossADepartmentAndTheProvincialCommittee) {
  Commune office;
  const std::string id = office.filed("1.012994");
  Workplace& work = *office.workplace;
  EXPECT_EQ(office.state(id).code, "H41.001.01-260820-0001");
  MUST(receive(work, office.request(id, "reception@H41.001.01"), {}));
  auto assigned = outcome(office, id, "assigned");
  assigned.next_assignee = actor_of(office.officer("specialist@H41.002"));
  MUST(complete_task(work, office.request(id, "head@H41.002"), assigned));
  MUST(complete_task(work, office.request(id, "specialist@H41.002"),
                     outcome(office, id, "proposed")));
  MUST(complete_task(work, office.request(id, "leader@H41.002"), outcome(office, id, "approved")));
  EXPECT_EQ(
      complete_task(work, office.request(id, "leader@H41.002"), outcome(office, id, "approved"))
          .error()
          .kind,
      FailureKind::forbidden)
      << "the department does not decide for the committee";
  MUST(complete_task(work, office.request(id, "leader@H41"), outcome(office, id, "approved")));
  MUST(issue_result(work, office.request(id, "clerk@H41"),
                    {.activity = task_of(office, id), .file = {}, .number = {}, .note = {}}));
  MUST(return_result(
      work, office.request(id, "reception@H41.001.01"),
      {.activity = task_of(office, id), .method = "online", .received_by = {}, .note = {}}));
  EXPECT_EQ(office.state(id).stage, Stage::returned);
  office.expect_replays(id);
}

TEST(Execute, AStaleIfMatchIsToldWithTheVersionThatIsThere) {
  Commune office;
  const std::string id = office.filed("1.001193");
  CommandRequest request = office.request(id, "reception@H41.101.01");
  request.if_match = 1;
  const auto done = receive(*office.workplace, request, {});
  ASSERT_FALSE(done);
  EXPECT_EQ(done.error().kind, FailureKind::stale);
  EXPECT_EQ(done.error().version, 2);
  request = office.request(id, "reception@H41.101.01");
  request.if_match = 2;
  EXPECT_TRUE(receive(*office.workplace, request, {}));
  EXPECT_EQ(
      receive(*office.workplace, office.request("nope", "reception@H41.101.01"), {}).error().kind,
      FailureKind::not_found);
}

TEST(Execute, ALostRaceIsDecidedAgain) {
  Commune office;
  const std::string id = office.filed("1.001193");
  std::vector<std::thread> threads;
  std::atomic<int> attached{0};
  std::vector<CommandRequest> requests;
  for (int i = 0; i < 4; ++i) requests.push_back(office.request(id, "reception@H41.101.01"));
  for (int i = 0; i < 4; ++i) {
    threads.emplace_back([&, i] {
      const auto done = attach_file(*office.workplace, requests[static_cast<std::size_t>(i)],
                                    {dossier::test::paper("birth_paper", "x" + std::to_string(i))});
      if (done) ++attached;
    });
  }
  for (std::thread& thread : threads) thread.join();
  EXPECT_EQ(attached, 4);
  EXPECT_EQ(office.state(id).version, 6);
  office.expect_replays(id);
}

TEST(Execute, TheSameCommandTwiceGivesTheSameAnswerEvenLater) {
  Commune office;
  const std::string id = office.filed("1.001193");
  Workplace& work = *office.workplace;
  const CommandRequest first = office.request(id, "reception@H41.101.01");
  const auto before = receive(work, first, {});
  MUST(before);
  MUST(complete_task(work, office.request(id, "specialist@H41.101"),
                     outcome(office, id, "proposed")));
  MUST(complete_task(work, office.request(id, "leader@H41.101"), outcome(office, id, "approved")));
  const CommandRequest issue = office.request(id, "clerk@H41.101");
  const dossier::IssueResult result{
      .activity = task_of(office, id), .file = {}, .number = {}, .note = {}};
  const auto issued = issue_result(work, issue, result);
  MUST(issued);
  MUST(return_result(
      work, office.request(id, "reception@H41.101.01"),
      {.activity = task_of(office, id), .method = "counter", .received_by = {}, .note = {}}));
  const auto text = [](const Answer<CommandDone>& done) {
    return base::to_text(command_json(*done));
  };
  const auto again = receive(work, first, {});
  MUST(again);
  EXPECT_EQ(text(again), text(before));
  const auto issued_again = issue_result(work, issue, result);
  MUST(issued_again);
  EXPECT_EQ(text(issued_again), text(issued));
  CommandRequest other = first;
  other.request.hash = "another body";
  EXPECT_EQ(receive(work, other, {}).error().kind, FailureKind::key_reused);
}

TEST(Applicants, MaySupplementAndWithdrawAndNothingElse) {
  Commune office;
  const std::string id = office.filed("1.001193");
  Workplace& work = *office.workplace;
  const auto nobody = [&] { return office.request(id, ""); };
  const auto kind = [](const auto& answer) {
    return answer ? FailureKind::full : answer.error().kind;
  };
  EXPECT_EQ(kind(receive(work, nobody(), {})), FailureKind::unauthenticated);
  EXPECT_EQ(kind(refuse(work, nobody(), {.reason = "Sai thẩm quyền"})),
            FailureKind::unauthenticated);
  EXPECT_EQ(kind(complete_task(work, nobody(), outcome(office, id, "received"))),
            FailureKind::unauthenticated);
  EXPECT_EQ(kind(assign(work, nobody(), {})), FailureKind::unauthenticated);
  EXPECT_EQ(kind(request_supplement(work, nobody(), dossier::test::supplement_request())),
            FailureKind::unauthenticated);
  EXPECT_EQ(kind(record_payment(work, nobody(), {})), FailureKind::unauthenticated);
  EXPECT_EQ(kind(record_refund(work, nobody(), {})), FailureKind::unauthenticated);
  EXPECT_EQ(kind(attach_file(work, nobody(), {})), FailureKind::unauthenticated);
  EXPECT_EQ(kind(recall(work, nobody(), {})), FailureKind::unauthenticated);
  EXPECT_EQ(kind(stop(work, nobody(), {})), FailureKind::unauthenticated);
  MUST(receive(work, office.request(id, "reception@H41.101.01"), {}));
  MUST(request_supplement(work, office.request(id, "specialist@H41.101"),
                          dossier::test::supplement_request()));
  MUST(supplement(work, nobody(), {.answers = {}, .attachments = {}, .note = "Đã gửi"}));
  MUST(withdraw(work, nobody(), {.reason = "Không cần nữa"}));
  office.expect_replays(id);
}

TEST(Offers, AreWhatTheActionsThenAllow) {
  // Role x stage: whatever is offered happens, and who is not offered a task's action is refused.
  Commune office;
  Workplace& work = *office.workplace;
  const std::string id = office.filed("1.001193");
  const auto offered = [&](const std::string& who, const std::string& action) {
    const auto open = open_dossier(work, id);
    for (const ActionOffer& one :
         offers(*open->procedure, open->dossier, office.officer(who), office.clock.now(),
                office.time_rules.on(calendar::local_date(office.clock.now())))) {
      if (one.action == action && one.allowed) return true;
    }
    return false;
  };
  struct Row {
    const char* action;
    const char* by;  // the only one of the commune's people
  };
  const auto only = [&](const Row& row) {
    for (const auto& [who, officer] : office.people()) {
      if (officer.agency.text() == "H41" || officer.agency.text() == "H41.002") continue;
      EXPECT_EQ(offered(who, row.action), who == row.by) << who << " " << row.action;
    }
  };
  only({"receive", "reception@H41.101.01"});
  only({"refuse", "reception@H41.101.01"});
  MUST(receive(work, office.request(id, "reception@H41.101.01"), {}));
  only({"complete-task", "specialist@H41.101"});
  only({"recall", "reception@H41.101.01"});
  for (const auto& [who, officer] : office.people()) {
    if (offered(who, "complete-task")) continue;
    const auto done = complete_task(work, office.request(id, who), outcome(office, id, "proposed"));
    ASSERT_FALSE(done) << who;
    EXPECT_EQ(done.error().kind, FailureKind::forbidden) << who;
  }
  MUST(complete_task(work, office.request(id, "specialist@H41.101"),
                     outcome(office, id, "proposed")));
  only({"recall", "specialist@H41.101"});
  MUST(recall(work, office.request(id, "specialist@H41.101"), {.reason = "Quên một tờ"}));
  MUST(complete_task(work, office.request(id, "specialist@H41.101"),
                     outcome(office, id, "proposed")));
  EXPECT_TRUE(offered("leader@H41.101", "approve"));
  EXPECT_FALSE(offered("specialist@H41.101", "approve"));
  MUST(complete_task(work, office.request(id, "leader@H41.101"), outcome(office, id, "approved")));
  only({"issue-result", "clerk@H41.101"});
  MUST(issue_result(work, office.request(id, "clerk@H41.101"),
                    {.activity = task_of(office, id), .file = {}, .number = {}, .note = {}}));
  only({"return", "reception@H41.101.01"});
}

TEST(Supplements, ASecondTimeIsForTheSupervisor) {
  Commune office;
  Workplace& work = *office.workplace;
  const std::string id = office.filed("1.001193");
  MUST(receive(work, office.request(id, "reception@H41.101.01"), {}));
  auto asked = dossier::test::supplement_request();
  asked.by_supervisor = true;  // what the body says does not count
  asked.repeat_reason = "Giấy tờ không đúng";
  MUST(request_supplement(work, office.request(id, "specialist@H41.101"), asked));
  MUST(supplement(work, office.request(id, ""),
                  {.answers = {}, .attachments = {}, .note = "Đã gửi"}));
  EXPECT_EQ(request_supplement(work, office.request(id, "specialist@H41.101"), asked).error().code,
            "second-supplement");
  MUST(request_supplement(work, office.request(id, "supervisor@H41.101"), asked));
}

TEST(Lists, ShowTheInboxTheSearchTheReportAndTheCashiersDay) {
  Commune office;
  Workplace& work = *office.workplace;
  Filing costly = office.filing("1.001193");
  costly.answers["extract_copies"] = 2;
  const auto filed = office.file(costly);
  MUST(filed);
  const std::string id = filed->done.id;
  const auto inbox = inbox_json(work, office.officer("reception@H41.101.01"), {});
  MUST(inbox);
  ASSERT_EQ(inbox->at("items").as_array().size(), 1U);
  EXPECT_EQ(base::find(inbox->at("items").as_array()[0], "task")->at("action").as_string(),
            "receive");
  EXPECT_EQ(inbox->at("counts").at("new").as_int64(), 1);
  EXPECT_TRUE(inbox->at("next_cursor").is_null());
  EXPECT_EQ(
      inbox_json(work, office.officer("reception@H41.102.01"), {})->at("items").as_array().size(),
      0U);

  const auto found = [&](const char* who, const std::string& q) {
    SearchRequest request;
    request.q = q;
    const auto page = search_json(work, office.officer(who), request);
    EXPECT_TRUE(page) << q;
    return page ? page->at("items").as_array().size() : 99U;
  };
  for (const char* q : {"", "nguyen van an", "Đức Bình", "duc binh", "040085000002", "0912345678",
                        "H41.101.01-260820-0001", "h41.101.01-260820-0001"}) {
    EXPECT_EQ(found("specialist@H41.101", q), 1U) << q;
    EXPECT_EQ(found("specialist@H41.102.01", q), 0U) << q;
  }
  EXPECT_EQ(search_json(work, office.officer("administrator@H41"), {}).error().kind,
            FailureKind::forbidden);

  MUST(receive(work, office.request(id, "reception@H41.101.01"), {}));
  const std::int64_t owed = office.state(id).fee_total();
  ASSERT_GT(owed, 0);
  const auto paid =
      record_payment(work, office.request(id, "cashier@H41.101.01"),
                     {.amount = owed, .method = "cash", .reference = {}, .reason = {}});
  MUST(paid);
  EXPECT_EQ(paid->number, "BL-H41.101.01-2026-000001");
  EXPECT_EQ(base::string_or(command_json(*paid), "receipt"), paid->number);
  MUST(record_refund(work, office.request(id, "cashier@H41.101.01"),
                     {.receipt = paid->number, .amount = 1000, .reason = "Thu thừa"}));
  const auto day = cashier_json(work, office.officer("cashier@H41.101.01"),
                                calendar::local_date(office.clock.now()));
  MUST(day);
  EXPECT_NE(base::to_text(*day).find("\"refunded\":1000"), std::string::npos)
      << base::to_text(*day);
  office.expect_replays(id);

  const auto today = calendar::local_date(office.clock.now());
  const auto report = on_time_json(work, office.officer("leader@H41.101"), today, today);
  MUST(report);
  EXPECT_EQ(report->at("total").at("received").as_int64(), 1);
  EXPECT_EQ(report->at("total").at("open_in_time").as_int64(), 1);
  EXPECT_EQ(on_time_json(work, office.officer("clerk@H41.101"), today, today).error().kind,
            FailureKind::forbidden);
  EXPECT_EQ(
      on_time_json(work, office.officer("leader@H41.101"), today, today - std::chrono::days{1})
          .error()
          .code,
      "bad-period");
}

TEST(Views, TellTheApplicantNoMoreThanIsHis) {
  Commune office;
  Workplace& work = *office.workplace;
  const std::string id = office.filed("1.001193");
  MUST(receive(work, office.request(id, "reception@H41.101.01"), {}));
  auto doubtful = outcome(office, id, "not_eligible");
  doubtful.note = "Nghi giấy chứng sinh giả, báo công an";
  MUST(complete_task(work, office.request(id, "specialist@H41.101"), doubtful));
  const auto open = open_dossier(work, id);
  const auto tracking = tracking_json(work, *open);
  MUST(tracking);
  const std::string text = base::to_text(*tracking);
  EXPECT_EQ(text.find("công an"), std::string::npos) << text;
  EXPECT_NE(text.find("Nguyễn V** A*"), std::string::npos);
  EXPECT_EQ(text.find("Nguyễn Văn An"), std::string::npos);
  EXPECT_EQ(text.find("040085000002"), std::string::npos);
  const auto desk = dossier_json(work, *open, office.officer("leader@H41.101"));
  MUST(desk);
  EXPECT_NE(base::to_text(*desk).find("công an"), std::string::npos);
}

}  // namespace
}  // namespace casework
