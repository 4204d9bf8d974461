#include "casework/filing.h"

#include <set>
#include <thread>

#include "casework/competence.h"
#include "casework/test_workplace.h"

namespace casework {
namespace {

using test::Commune;

const char* const kCounter = "reception@H41.101.01";

TEST(FilingOnLine, IsNumberedStoredAndReplayable) {
  Commune office;
  const auto done = office.file(office.filing("1.001193"));
  ASSERT_TRUE(done) << Commune::told(done.error());
  const dossier::Dossier& dossier = done->done.dossier;
  EXPECT_EQ(dossier.code, "H41.101.01-260820-0001");
  EXPECT_EQ(dossier.applicant.name, "Nguyễn Văn An") << "taken from the answers";
  EXPECT_EQ(dossier.applicant.personal_id, "040085000002");
  EXPECT_EQ(office.state(done->done.id), dossier) << "what was answered is what is stored";
  office.expect_replays(done->done.id);
  EXPECT_EQ(open_dossier(*office.workplace, dossier.code)->id, done->done.id);
  const auto mails = office.store->outbox_due(office.clock.now(), 10);
  ASSERT_EQ(mails->size(), 1U);
  EXPECT_NE((*mails)[0].payload.find("an@example.vn"), std::string::npos);
}

TEST(FilingOnLine, TheSameRequestGivesTheSameAnswerAndOneDossier) {
  Commune office;
  const RequestKey key = office.key();
  const auto first = file_dossier(*office.workplace, office.filing("1.001193"), nullptr, key);
  ASSERT_TRUE(first);
  office.clock.advance(std::chrono::hours{1});
  ASSERT_TRUE(office.file(office.filing("1.001193"))) << "another one in between";
  const auto again = file_dossier(*office.workplace, office.filing("1.001193"), nullptr, key);
  ASSERT_TRUE(again);
  EXPECT_EQ(base::to_text(filed_json(*office.workplace, again->done, again->twins)),
            base::to_text(filed_json(*office.workplace, first->done, first->twins)));
  EXPECT_EQ(*office.store->dossier_count(), 2);
  RequestKey other = key;
  other.hash = "another body";
  const auto reused = file_dossier(*office.workplace, office.filing("1.001193"), nullptr, other);
  ASSERT_FALSE(reused);
  EXPECT_EQ(reused.error().kind, FailureKind::key_reused);
}

TEST(FilingOnLine, ATwinUnderWayIsToldToWait) {
  Commune office;
  const RequestKey key = office.key();
  const InFlight busy(office.in_flight, key);
  ASSERT_TRUE(busy.mine());
  const auto done = file_dossier(*office.workplace, office.filing("1.001193"), nullptr, key);
  ASSERT_FALSE(done);
  EXPECT_EQ(done.error().kind, FailureKind::key_in_flight);
}

TEST(FilingOnLine, ManyAtOnceWithOneKeyMakeOneDossier) {
  Commune office;
  const RequestKey key = office.key();
  std::vector<std::thread> threads;
  std::atomic<int> answered{0};
  for (int i = 0; i < 8; ++i) {
    threads.emplace_back([&] {
      const auto done = file_dossier(*office.workplace, office.filing("1.001193"), nullptr, key);
      if (done) {
        ++answered;
      } else {
        EXPECT_EQ(done.error().kind, FailureKind::key_in_flight);
      }
    });
  }
  for (std::thread& thread : threads) thread.join();
  EXPECT_GE(answered, 1);
  EXPECT_EQ(*office.store->dossier_count(), 1);
}

TEST(FilingOnLine, TellsAllProblemsAtOnceAndStoresNothing) {
  Commune office;
  Filing filing = office.filing("1.001193");
  filing.agency = "H41.999";
  filing.attachments.clear();
  for (const char* gone :
       {"registration_commune", "child_name", "birth_paper_number", "requester_name"}) {
    filing.answers.erase(gone);
  }
  filing.applicant = dossier::Person{.name = {},
                                     .personal_id = "12",
                                     .tax_code = {},
                                     .phone = "1",
                                     .email = "no",
                                     .address = {},
                                     .language = "vi"};
  const auto done = office.file(filing);
  ASSERT_FALSE(done);
  EXPECT_EQ(done.error().kind, FailureKind::unprocessable);
  std::set<std::string> fields;
  for (const auto& problem : done.error().problems) fields.insert(problem.field);
  for (const char* expected :
       {"child_name", "registration_commune", "components.birth_paper", "applicant.name",
        "applicant.personal_id", "applicant.phone", "applicant.email", "agency"}) {
    EXPECT_TRUE(fields.contains(expected)) << expected << " in\n" << Commune::told(done.error());
  }
  EXPECT_EQ(*office.store->dossier_count(), 0);
  EXPECT_FALSE(office.store->last_event_at()->has_value());
}

TEST(FilingOnLine, AnUnknownProcedureOrChannelIsToldApart) {
  Commune office;
  Filing filing = office.filing("1.001193");
  filing.procedure = "9.999999";
  EXPECT_EQ(office.file(filing).error().kind, FailureKind::not_found);
  filing = office.filing("1.001193");
  filing.channel = "pigeon";
  EXPECT_EQ(office.file(filing).error().code, "channel-not-offered");
  filing.channel = "counter";
  EXPECT_EQ(office.file(filing).error().kind, FailureKind::unauthenticated);
}

TEST(FilingOnLine, ADuplicateIsToldAndNotBlocked) {
  Commune office;
  office.filed("1.001193");
  const auto second = office.file(office.filing("1.001193"));
  ASSERT_TRUE(second);
  EXPECT_EQ(second->twins.size(), 1U);
  const auto told = filed_json(*office.workplace, second->done, second->twins);
  EXPECT_EQ(told.at("warnings").as_array().size(), 1U);
  EXPECT_EQ(base::to_text(told.at("warnings")).find(second->twins.front().code), std::string::npos)
      << "whoever knows a number learns no code by it";
}

TEST(FilingAtTheCounter, OfANeighbourTellsNothingOfItsDossiers) {
  Commune office;
  office.filed("1.001193");
  const dossier::Person& person = office.file(office.filing("1.001193"))->done.dossier.applicant;
  const auto twins = [&](const std::string& officer) {
    return twins_json(*office.workplace, office.officer(officer), "1.001193", person.personal_id,
                      person.name)
        ->at("items")
        .as_array()
        .size();
  };
  EXPECT_EQ(twins(kCounter), 2U);
  EXPECT_EQ(twins("reception@H41.102.01"), 0U);
  Filing filing = office.filing("1.001193");
  filing.agency = "H41.102";
  filing.channel = "counter";
  filing.return_method = "counter";
  const auto filed = office.file(filing, "reception@H41.102.01");
  ASSERT_TRUE(filed) << "no duplicate that this officer would have to confirm";
  EXPECT_TRUE(filed->twins.empty());
}

TEST(FilingAtTheCounter, ReceivesInOneGoAndAsksToConfirmADuplicate) {
  Commune office;
  Filing filing = office.filing("1.001193");
  filing.channel = "counter";
  filing.receive = true;
  filing.shown_components = {"identity_paper"};
  const auto first = office.file(filing, kCounter);
  ASSERT_TRUE(first) << Commune::told(first.error());
  EXPECT_EQ(first->done.dossier.stage, dossier::Stage::processing);
  EXPECT_EQ(first->done.dossier.slip_number, "1/2026/TNHS-TTPVHCC");
  EXPECT_EQ(office.state(first->done.id), first->done.dossier);
  const auto second = office.file(filing, kCounter);
  ASSERT_FALSE(second);
  EXPECT_EQ(second.error().code, "duplicate");
  EXPECT_EQ(*office.store->dossier_count(), 1);
  filing.duplicate_confirmed = true;
  const auto third = office.file(filing, kCounter);
  ASSERT_TRUE(third);
  EXPECT_EQ(third->done.dossier.code, "H41.101.01-260820-0002") << "the refused one took no number";
}

TEST(FilingAtTheCounter, IsForReceptionOnlyAndAnywhereInTheProvince) {
  Commune office;
  Filing filing = office.filing("1.001612");
  filing.channel = "counter";
  filing.return_method = "counter";
  EXPECT_EQ(office.file(filing, "specialist@H41.101").error().kind, FailureKind::forbidden);
  EXPECT_EQ(office.file(filing, "reception@H41.101").error().kind, FailureKind::forbidden)
      << "the committee itself is no counter";
  const auto elsewhere = office.file(filing, "reception@H41.102.01");
  ASSERT_TRUE(elsewhere) << Commune::told(elsewhere.error());
  EXPECT_EQ(elsewhere->done.dossier.receiving_agency, "H41.102.01");
  EXPECT_EQ(elsewhere->done.dossier.agency, "H41.101");
}

TEST(Filing, WithAClockThatWentBackwardsIsRefused) {
  Commune office;
  office.filed("1.001193");
  office.clock.advance(-std::chrono::seconds{1});
  EXPECT_TRUE(office.file(office.filing("1.004873"))) << "a second is smoothed";
  office.clock.advance(-std::chrono::minutes{5});
  const auto done = office.file(office.filing("1.001612"));
  ASSERT_FALSE(done);
  EXPECT_EQ(done.error().code, "clock-went-backwards");
  EXPECT_EQ(done.error().kind, FailureKind::unavailable);
  // A program that was started with the wrong time meets the store.
  EventClock wrong(office.clock, Instant{});
  Workplace other{.store = *office.store,
                  .files = *office.files,
                  .inspector = office.inspector,
                  .printer = office.printer,
                  .officers = office.officers,
                  .clock = wrong,
                  .random = office.random,
                  .publications = *office.publications,
                  .organisation = test::shipped_organisation(),
                  .calendars = office.calendars,
                  .time_rules = office.time_rules,
                  .secrets = office.secrets,
                  .in_flight = office.in_flight,
                  .public_url = {},
                  .demo = false};
  const auto stored = file_dossier(other, office.filing("1.001612"), nullptr, office.key());
  ASSERT_FALSE(stored);
  EXPECT_EQ(stored.error().code, "clock-went-backwards");
}

TEST(Competence, OfADepartmentIsReceivedAtTheProvincialCentre) {
  const party::Organisation& organisation = test::shipped_organisation();
  const auto* centre = organisation.one_stop_centre(*party::AgencyId::parse("H41.002"));
  ASSERT_NE(centre, nullptr);
  EXPECT_EQ(centre->id.text(), "H41.001.01");
  const auto competence = competence_for(procedure::shipped("1.012994"), organisation, {}, "", "");
  ASSERT_TRUE(competence);
  EXPECT_EQ(competence->receiving, "H41.001.01");
  EXPECT_EQ(competence->agency, "H41.002");
  EXPECT_EQ(competence->parts.at("committee"), "H41");
}

TEST(Competence, OfACommuneIsChosenByCommitteeCentreOrUnitCode) {
  const party::Organisation& organisation = test::shipped_organisation();
  const procedure::Procedure& procedure = procedure::shipped("1.001193");
  for (const char* chosen : {"H41.101", "H41.101.01", "16681"}) {
    const auto competence = competence_for(procedure, organisation, {}, chosen, "");
    ASSERT_TRUE(competence) << chosen;
    EXPECT_EQ(competence->agency, "H41.101");
    EXPECT_EQ(competence->receiving, "H41.101.01");
  }
  EXPECT_EQ(competence_for(
                procedure, organisation,
                {.answers = {{"registration_commune", "16690"}}, .channel = {}, .on = {}}, "", "")
                ->agency,
            "H41.102");
  EXPECT_FALSE(competence_for(procedure, organisation,
                              {.answers = {{"registration_commune", 7}}, .channel = {}, .on = {}},
                              "H41.002", ""));
}

TEST(Competence, OfOneFixedAgencyIsAllItsOwn) {
  procedure::Procedure procedure = procedure::shipped("1.012994");
  procedure.authority = {.rule = procedure::Authority::Rule::agency,
                         .text = {},
                         .place_field = {},
                         .lead = {},
                         .committee = {},
                         .agency = "H41.002",
                         .decision = {},
                         .consulted = "H41.101",
                         .body = {},
                         .partners = {}};
  const auto competence =
      competence_for(procedure, test::shipped_organisation(), {}, "16690", "H41.102.01");
  ASSERT_TRUE(competence);
  EXPECT_EQ(competence->agency, "H41.002");
  for (const char* part : {"lead", "competent", "committee"}) {
    EXPECT_EQ(competence->parts.at(part), "H41.002") << part;
  }
  EXPECT_EQ(competence->parts.at("consulted"), "H41.101");
  EXPECT_EQ(competence->receiving, "H41.102.01");
  procedure.authority.agency = "H41.999";
  EXPECT_FALSE(competence_for(procedure, test::shipped_organisation(), {}, "", ""));
}

TEST(Secrets, OpenWhateverTheCaseAndTheDashes) {
  const SecretKey key{"k"};
  const std::string secret = key.of_dossier("d1");
  ASSERT_EQ(secret.size(), 10U);
  std::string typed;
  for (std::size_t i = 0; i < secret.size(); ++i) {
    if (i == 5) typed += " - ";
    typed += static_cast<char>(std::tolower(static_cast<unsigned char>(secret[i])));
  }
  EXPECT_TRUE(key.opens_dossier("d1", typed));
  EXPECT_FALSE(key.opens_dossier("d2", secret));
  EXPECT_FALSE(key.opens_dossier("d1", secret.substr(1)));
  EXPECT_FALSE(key.opens_dossier("d1", ""));
  EXPECT_FALSE(key.opens_draft("d1", secret)) << "one purpose does not open another";
  EXPECT_FALSE(SecretKey{"other"}.opens_dossier("d1", secret));
}

TEST(MaskedName, ShowsEnoughToRecogniseOneself) {
  EXPECT_EQ(masked_name("Nguyễn Văn An"), "Nguyễn V** A*");
  EXPECT_EQ(masked_name("Đào"), "Đào");
  EXPECT_EQ(masked_name(""), "");
}

}  // namespace
}  // namespace casework
