// Received at one commune, decided by another, handed out at a third place.
#include "dossier/transport.h"

#include "dossier/dossier_json.h"
#include "dossier/passing_time.h"
#include "dossier/status.h"
#include "dossier/test_dossiers.h"

namespace dossier {
namespace {

using procedure::StepAction;
using test::Life;

constexpr const char* kElsewhere = "H41.102.01";
constexpr const char* kThird = "H41.103.01";

// Birth registration of H41.101, taken in at the centre of H41.102.
File filing_elsewhere() {
  File file = test::filing("1.001193");
  file.receiving_agency = kElsewhere;
  file.agencies["receiving"] = kElsewhere;
  file.agencies[kHomeCentre] = test::kCommuneCentre;
  return file;
}

Life received_elsewhere(const File& file = filing_elsewhere(),
                        const char* start = test::kThursday) {
  Life life{"1.001193", start};
  EXPECT_EQ(life.act(file, test::officer("an", kElsewhere)), std::nullopt);
  EXPECT_EQ(life.act(Receive{}, test::officer("an", kElsewhere)), std::nullopt);
  return life;
}

Actor sender() {
  return test::officer("an", kElsewhere);
}
Actor taker() {
  return test::officer("binh", test::kCommuneCentre);
}
HandOver all_of(std::uint32_t transport) {
  return {.transport = transport,
          .pieces = {},
          .carrier = "Bưu điện xã",
          .slip = "BG-1/2026",
          .note = {}};
}

TEST(Transport, OfPapersBeginsWhenTheyAreReceivedElsewhere) {
  const Life life = received_elsewhere();
  ASSERT_EQ(life.state().transports.size(), 1U);
  const Transport& papers = life.state().transports.front();
  EXPECT_EQ(papers.from, kElsewhere);
  EXPECT_EQ(papers.to, test::kCommuneCentre);
  EXPECT_EQ(papers.cargo, kPapers);
  EXPECT_EQ(papers.state, TransportState::waiting);
  EXPECT_FALSE(papers.pieces.empty());
  for (const Piece& piece : papers.pieces) {
    const auto* component = life.procedure().find_component(piece.component);
    ASSERT_NE(component, nullptr);
    EXPECT_EQ(component->kind, procedure::ComponentKind::submit) << "what is shown stays";
    EXPECT_GE(piece.count, 1);
  }
  EXPECT_EQ(papers.due_at, test::at("2026-08-20T17:30:00+07:00")) << "the same working day";
}

TEST(Transport, IsDueNextMorningForWhatCameInAfterThree) {
  const Life life = received_elsewhere(filing_elsewhere(), "2026-08-21T15:30:00+07:00");
  ASSERT_TRUE(life.state().transports.front().due_at.has_value());
  EXPECT_EQ(calendar::local_date(*life.state().transports.front().due_at),
            calendar::local_date(test::at("2026-08-22T08:00:00+07:00")))
      << "Friday afternoon: Saturday, a day made up for";
}

TEST(Transport, IsNotNeededAtHomeNorOnLine) {
  EXPECT_TRUE(test::received("1.001193").state().transports.empty());
  File file = filing_elsewhere();
  file.channel = procedure::Channel::online;
  EXPECT_TRUE(received_elsewhere(file).state().transports.empty());
}

TEST(Transport, IsHandedOverAndTakenOverOnce) {
  Life life = received_elsewhere();
  const TakeOver take{.transport = 1, .missing = {}, .note = {}};
  EXPECT_EQ(life.act(take, taker()), Refusal::not_on_its_way);
  EXPECT_EQ(life.act(all_of(7), sender()), Refusal::no_such_transport);
  EXPECT_EQ(life.act(HandOver{.transport = 1, .pieces = {}, .carrier = {}, .slip = {}, .note = {}},
                     sender()),
            Refusal::carrier_missing);
  ASSERT_EQ(life.act(all_of(1), sender()), std::nullopt);
  EXPECT_EQ(life.act(all_of(1), sender()), Refusal::not_to_hand_over);
  const Transport& on_its_way = life.state().transports.front();
  EXPECT_EQ(on_its_way.state, TransportState::travelling);
  EXPECT_EQ(on_its_way.handed_by_id, "an");
  EXPECT_EQ(on_its_way.carrier, "Bưu điện xã");
  EXPECT_EQ(on_its_way.slip, "BG-1/2026");
  EXPECT_EQ(on_its_way.due_at, test::at("2026-08-21T17:30:00+07:00"));
  ASSERT_EQ(life.act(take, taker()), std::nullopt);
  EXPECT_EQ(life.act(take, test::officer("two", test::kCommuneCentre)), Refusal::not_on_its_way);
  EXPECT_EQ(life.state().transports.front().state, TransportState::arrived);
  EXPECT_EQ(life.state().transports.front().taken_by_id, "binh");
  EXPECT_EQ(life.state().transports.size(), 1U);
}

TEST(Transport, OfAPieceThatIsNotOnItsListIsRefused) {
  Life life = received_elsewhere();
  HandOver wrong = all_of(1);
  wrong.pieces = {"passport"};
  EXPECT_EQ(life.act(wrong, sender()), Refusal::piece_unknown);
  ASSERT_EQ(life.act(all_of(1), sender()), std::nullopt);
  EXPECT_EQ(life.act(TakeOver{.transport = 1, .missing = {"passport"}, .note = "mất"}, taker()),
            Refusal::piece_unknown);
}

TEST(Transport, KeepsWhatStayedBehindOnTheSendersList) {
  Life life = received_elsewhere();
  const auto pieces = life.state().transports.front().pieces;
  ASSERT_GE(pieces.size(), 2U);
  HandOver some = all_of(1);
  some.pieces = {pieces.front().component};
  EXPECT_EQ(life.act(some, sender()), Refusal::piece_left_behind);
  some.note = "Tờ còn lại đang sao chụp";
  ASSERT_EQ(life.act(some, sender()), std::nullopt);
  ASSERT_EQ(life.state().transports.size(), 2U);
  EXPECT_EQ(life.state().transports[0].pieces.size(), 1U);
  EXPECT_EQ(life.state().transports[1].pieces.size(), pieces.size() - 1);
  EXPECT_EQ(life.state().transports[1].state, TransportState::waiting);
  EXPECT_EQ(life.state().transports[1].from, kElsewhere);
}

TEST(Transport, PutsWhatIsMissingAtTheTakingOverBackOnTheSendersList) {
  Life life = received_elsewhere();
  const std::string lost = life.state().transports.front().pieces.front().component;
  ASSERT_EQ(life.act(all_of(1), sender()), std::nullopt);
  TakeOver take{.transport = 1, .missing = {lost}, .note = {}};
  EXPECT_EQ(life.act(take, taker()), Refusal::discrepancy_untold);
  take.note = "Phong bì rách, thiếu một tờ";
  ASSERT_EQ(life.act(take, taker()), std::nullopt);
  ASSERT_EQ(life.state().transports.size(), 2U);
  EXPECT_EQ(life.state().transports[0].missing.front().component, lost);
  EXPECT_EQ(life.state().transports[1].from, kElsewhere);
  ASSERT_EQ(life.state().transports[1].pieces.size(), 1U);
  EXPECT_EQ(life.act(CloseTransport{.transport = 2, .reason = ""}, sender()),
            Refusal::reason_missing);
  ASSERT_EQ(
      life.act(CloseTransport{.transport = 2, .reason = "Tìm thấy, đã nhập lại hồ sơ"}, sender()),
      std::nullopt);
  EXPECT_EQ(life.state().transports[1].state, TransportState::closed);
  EXPECT_EQ(life.state().open_transport(kPapers), nullptr);
}

TEST(Transport, DoesNotHoldUpTheElectronicWorkUnlessTheProvinceSaysSo) {
  Life life = received_elsewhere();
  const auto before = status_of(life.procedure(), life.state());
  ASSERT_EQ(life.act(all_of(1), sender()), std::nullopt);
  EXPECT_EQ(status_of(life.procedure(), life.state()), before) << "the national status stays";
  life.go_to(StepAction::issue);
  File strict = filing_elsewhere();
  strict.work_waits_for_papers = true;
  Life waits = received_elsewhere(strict);
  const auto* step = waits.procedure().find_step(waits.task().step);
  EXPECT_EQ(waits.pass(step->outcomes.front().code), Refusal::papers_not_there);
  ASSERT_EQ(waits.act(all_of(1), sender()), std::nullopt);
  EXPECT_EQ(waits.pass(step->outcomes.front().code), Refusal::papers_not_there);
  ASSERT_EQ(waits.act(TakeOver{.transport = 1, .missing = {}, .note = {}}, taker()), std::nullopt);
  EXPECT_EQ(waits.pass(step->outcomes.front().code), std::nullopt);
}

TEST(Result, TravelsToWhereTheApplicantFetchesIt) {
  Life life = received_elsewhere();
  ASSERT_EQ(life.pay_all(), std::nullopt);
  life.go_to(StepAction::return_result);
  ASSERT_EQ(life.state().transports.size(), 2U);
  const Transport& result = life.state().transports.back();
  EXPECT_EQ(result.cargo, kResult);
  EXPECT_EQ(result.from, test::kCommuneCentre);
  EXPECT_EQ(result.to, kElsewhere);
  EXPECT_EQ(life.task().agency, kElsewhere) << "the return is the task of the returning centre";
  const ReturnResult give{
      .activity = life.task().activity, .method = "counter", .received_by = "An", .note = {}};
  EXPECT_EQ(life.act(give, sender()), Refusal::result_on_its_way);
  ASSERT_EQ(life.act(all_of(2), taker()), std::nullopt);
  EXPECT_EQ(life.act(give, sender()), Refusal::result_on_its_way);
  ASSERT_EQ(life.act(TakeOver{.transport = 2, .missing = {}, .note = {}}, sender()), std::nullopt);
  ASSERT_EQ(life.act(give, sender()), std::nullopt);
  EXPECT_EQ(life.state().stage, Stage::returned);
}

TEST(Result, NeedNotTravelWhenItIsReturnedOnLineAfterAll) {
  Life life = received_elsewhere();
  ASSERT_EQ(life.pay_all(), std::nullopt);
  life.go_to(StepAction::return_result);
  ASSERT_EQ(life.act(ReturnResult{.activity = life.task().activity,
                                  .method = "online",
                                  .received_by = "An",
                                  .note = {}},
                     sender()),
            std::nullopt);
  EXPECT_EQ(life.state().transports.back().state, TransportState::closed);
}

TEST(ReturnPlace, IsWhatTheApplicantChoseUntilThereIsAResult) {
  Life life = received_elsewhere();
  EXPECT_EQ(return_place(life.state()), kElsewhere);
  const ChangeReturn third{.agency = kThird, .method = "counter", .reason = "Về quê"};
  EXPECT_EQ(
      life.act(ChangeReturn{.agency = kThird, .method = "pigeon", .reason = {}}, test::citizen()),
      Refusal::bad_method);
  ASSERT_EQ(life.act(third, test::citizen()), std::nullopt);
  EXPECT_EQ(life.act(third, test::citizen()), Refusal::nothing_changed);
  EXPECT_EQ(return_place(life.state()), kThird);
  ASSERT_EQ(life.pay_all(), std::nullopt);
  life.go_to(StepAction::return_result);
  EXPECT_EQ(life.task().agency, kThird);
  EXPECT_EQ(life.state().transports.back().to, kThird);
  EXPECT_EQ(life.act(ChangeReturn{.agency = kElsewhere, .method = "counter", .reason = {}},
                     test::citizen()),
            Refusal::result_already_issued);
}

TEST(ReturnPlace, MayBeChosenAtTheFiling) {
  File file = filing_elsewhere();
  file.returning_agency = kThird;
  Life life = received_elsewhere(file);
  EXPECT_EQ(life.state().returning_agency, kThird);
  file.returning_agency = kElsewhere;
  EXPECT_EQ(received_elsewhere(file).state().returning_agency, "") << "only what differs is said";
}

TEST(Papers, ComeBackWhenTheDossierEndsWithoutAResult) {
  Life life = received_elsewhere();
  Life waiting = life;
  ASSERT_EQ(waiting.act(Withdraw{.reason = "Không cần nữa"}, test::citizen()), std::nullopt);
  EXPECT_EQ(waiting.state().transports.front().state, TransportState::closed);
  EXPECT_EQ(waiting.state().transports.size(), 1U);
  ASSERT_EQ(life.act(all_of(1), sender()), std::nullopt);
  Life travelling = life;
  ASSERT_EQ(travelling.act(Withdraw{.reason = "Không cần nữa"}, test::citizen()), std::nullopt);
  ASSERT_EQ(travelling.act(TakeOver{.transport = 1, .missing = {}, .note = {}}, taker()),
            std::nullopt);
  ASSERT_EQ(travelling.state().transports.size(), 2U);
  EXPECT_EQ(travelling.state().transports.back().cargo, kPapersBack);
  EXPECT_EQ(travelling.state().transports.back().to, kElsewhere);
  ASSERT_EQ(life.act(TakeOver{.transport = 1, .missing = {}, .note = {}}, taker()), std::nullopt);
  ASSERT_EQ(life.act(Withdraw{.reason = "Không cần nữa"}, test::citizen()), std::nullopt);
  ASSERT_EQ(life.state().transports.size(), 2U);
  EXPECT_EQ(life.state().transports.back().from, test::kCommuneCentre);
  ASSERT_EQ(life.act(all_of(2), taker()), std::nullopt);
  ASSERT_EQ(life.act(TakeOver{.transport = 2, .missing = {}, .note = {}}, sender()), std::nullopt);
}

TEST(Transport, ThatIsLateIsMarkedOncePerDueDate) {
  Life life = received_elsewhere();
  const auto wake = [&] {
    return next_wake(life.state(), {.procedure = life.procedure(),
                                    .calendar = test::office(),
                                    .actor = test::citizen(),
                                    .now = life.now()});
  };
  ASSERT_TRUE(wake().has_value());
  EXPECT_LE(*wake(), test::at("2026-08-20T17:30:00.001+07:00"));
  life.wait_until("2026-08-20T17:30:01+07:00");
  const Actor system{.kind = ActorKind::system, .id = {}, .name = {}, .agency = {}};
  ASSERT_EQ(life.act(PassTime{}, system), std::nullopt);
  EXPECT_TRUE(life.state().transports.front().late_of.has_value());
  const auto version = life.state().version;
  ASSERT_EQ(life.act(PassTime{}, system), std::nullopt);
  EXPECT_EQ(life.state().version, version) << "once";
  ASSERT_EQ(life.act(all_of(1), sender()), std::nullopt);
  EXPECT_FALSE(life.state().transports.front().late_of.has_value()) << "the next leg is not late";
}

TEST(Transport, LivesInTheStoredState) {
  Life life = received_elsewhere();
  ASSERT_EQ(life.act(all_of(1), sender()), std::nullopt);
  auto read = read_state(life.procedure(), state_text(life.procedure(), life.state()));
  ASSERT_TRUE(read) << read.error().message;
  read->code = life.state().code;
  read->slip_number = life.state().slip_number;
  EXPECT_EQ(*read, life.state());
}

}  // namespace
}  // namespace dossier
