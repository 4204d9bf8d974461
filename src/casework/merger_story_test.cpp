// Three communes become one while dossiers run: the story on the real store.
#include <boost/json.hpp>

#include "casework/authority_view.h"
#include "casework/organisation_changes.h"
#include "casework/organisation_register.h"
#include "casework/test_workplace.h"
#include "party/test_organisation.h"

namespace casework {
namespace {

using test::Commune;

class MergerStory : public testing::Test {
 protected:
  MergerStory() {
    auto opened =
        OrganisationRegister::open(*office.store, party::Organisation{test::shipped_organisation()},
                                   [this] { return calendar::local_date(office.clock.now()); });
    register_ = std::move(opened).value();
    office.workplace->organisation = LiveOrganisation{*register_};
    office.workplace->organisations = register_.get();
    actor_.kind = dossier::ActorKind::system;
  }

  // H41.101, H41.102 and H41.103 become H41.231.
  void merge_on(const char* day) {
    party::Merger merger{
        .on = party::test::day(day),
        .act = party::test::an_act(),
        .ends = {party::test::id("H41.101"), party::test::id("H41.102"),
                 party::test::id("H41.103")},
        .into = party::test::agency("H41.231", party::AgencyKind::commune_committee, "H41",
                                    "Ủy ban nhân dân phường Vinh", "16999")};
    const auto shown = preview_batch(*register_, merger_batch(*register_, merger));
    ASSERT_EQ(shown.count(ImportEffect::refused), 0) << shown.lines.back().what.en;
    const auto done = register_batch(*office.workplace, actor_, shown, {.digest = shown.digest});
    ASSERT_TRUE(done.has_value()) << Commune::told(done.error());
  }
  void go_to(const char* moment) { office.clock.set(dossier::test::at(moment)); }

  // As he stands today.
  const party::Officer* officer(const std::string& role, const std::string& agency) {
    party::Officer one{.id = {role + "@" + agency}, .agency = party::test::id(agency)};
    one.name = "Cán bộ " + one.id.text;
    one.roles = {*party::parse_role(role)};
    register_->dress(one);
    people_.push_back(std::make_unique<party::Officer>(std::move(one)));
    return people_.back().get();
  }
  CommandRequest request(const std::string& id, const party::Officer* by) {
    return {
        .dossier = id, .request = office.key(by->id.text), .if_match = std::nullopt, .officer = by};
  }
  std::string filed_at(const std::string& agency) {
    Filing filing = office.filing("1.001193");
    filing.agency = agency;
    const auto done = office.file(filing);
    EXPECT_TRUE(done.has_value()) << Commune::told(done.error());
    return done ? done->done.id : std::string{};
  }
  dossier::CompleteTask outcome(const std::string& id, const char* code) {
    return {.activity = office.state(id).tasks.front().activity,
            .outcome = code,
            .note = {},
            .data = {}};
  }
  std::vector<std::string> codes_in(const base::json::object& list) {
    std::vector<std::string> codes;
    for (const auto& one : list.at("items").as_array())
      codes.push_back(base::string_or(one, "code"));
    std::ranges::sort(codes);
    return codes;
  }

  Commune office;
  std::unique_ptr<OrganisationRegister> register_;
  dossier::Actor actor_;
  std::vector<std::unique_ptr<party::Officer>> people_;
};

TEST_F(MergerStory, WhatWasSignedBeforeVerifiesAfterwards) {
  Workplace& work = *office.workplace;
  for (const auto& [name, one] : office.people()) {
    office.officers.remember(
        {.username = name, .officer = account_text(one), .officer_id = name, .password_hash = "x"},
        one);
  }
  const std::string id = filed_at("H41.101");
  ASSERT_TRUE(receive(work, request(id, officer("reception", "H41.101.01")), {}).has_value());
  ASSERT_TRUE(
      complete_task(work, request(id, officer("specialist", "H41.101")), outcome(id, "proposed"))
          .has_value());
  ASSERT_TRUE(
      complete_task(work, request(id, officer("leader", "H41.101")), outcome(id, "approved"))
          .has_value());
  const auto finding = [&] {
    const auto open = open_dossier(work, id);
    const auto all = signatures_json(work, *open);
    return base::string_or(all->at("items").as_array().at(0), "finding");
  };
  EXPECT_EQ(finding(), "by_post");
  merge_on("2026-09-03");
  go_to("2026-09-04T08:00");
  EXPECT_EQ(finding(), "by_post") << "the commune is no more, what its chairman signed is";
}

TEST_F(MergerStory, RunningDossiersNumbersAndReportsGoOnUnderTheSuccessor) {
  Workplace& work = *office.workplace;
  const std::string received = filed_at("H41.101");
  const std::string waiting = filed_at("H41.102");
  ASSERT_TRUE(receive(work, request(received, officer("reception", "H41.101.01")), {}).has_value());
  EXPECT_FALSE(receive(work, request(waiting, officer("reception", "H41.101.01")), {}).has_value())
      << "another commune's";
  merge_on("2026-09-03");
  go_to("2026-09-03T08:00");

  // What waited at the counter of one is received by an officer of another, under the one number
  // series of the successor, which new dossiers share.
  const party::Officer* counter = officer("reception", "H41.101.01");
  EXPECT_EQ(counter->agency.text(), "H41.231.01");
  const auto second = receive(work, request(waiting, counter), {});
  ASSERT_TRUE(second.has_value()) << Commune::told(second.error());
  const std::string fresh = filed_at("H41.103");
  ASSERT_TRUE(receive(work, request(fresh, counter), {}).has_value());
  EXPECT_EQ(office.state(received).code, "H41.101.01-260820-0001");
  EXPECT_EQ(office.state(waiting).code, "H41.102.01-260820-0001");
  EXPECT_EQ(office.state(fresh).code, "H41.231.01-260903-0001");
  EXPECT_EQ(office.state(fresh).agency, "H41.231") << "an old commune leads to its successor";
  EXPECT_EQ(office.state(received).slip_number, "1/2026/TNHS-TTPVHCC");
  EXPECT_EQ(office.state(waiting).slip_number, "1/2026/TNHS-TTPVHCC") << "the successor's first";
  EXPECT_EQ(office.state(fresh).slip_number, "2/2026/TNHS-TTPVHCC") << "and its second";

  // The work is everybody's of the new commune; the signature is nobody's who is not appointed.
  const party::Officer* specialist = officer("specialist", "H41.103");
  EXPECT_EQ(codes_in(*inbox_json(work, *specialist, {})),
            (std::vector<std::string>{"H41.101.01-260820-0001", "H41.102.01-260820-0001",
                                      "H41.231.01-260903-0001"}));
  for (const std::string& id : {received, waiting, fresh}) {
    const auto done = complete_task(work, request(id, specialist), outcome(id, "proposed"));
    ASSERT_TRUE(done.has_value()) << Commune::told(done.error());
  }
  const auto refused = complete_task(work, request(waiting, officer("leader", "H41.102")),
                                     outcome(waiting, "approved"));
  ASSERT_FALSE(refused.has_value());
  EXPECT_EQ(refused.error().kind, FailureKind::forbidden);
  const party::Officer* chair = officer("leader", "H41.231");
  for (const std::string& id : {received, waiting}) {
    const auto done = complete_task(work, request(id, chair), outcome(id, "approved"));
    ASSERT_TRUE(done.has_value()) << Commune::told(done.error());
  }
  std::vector<std::string> numbers;
  for (const std::string& id : {received, waiting}) {
    const auto issued = issue_result(work, request(id, officer("clerk", "H41.102")),
                                     {.activity = office.state(id).tasks.front().activity,
                                      .file = {},
                                      .number = {},
                                      .note = {}});
    ASSERT_TRUE(issued.has_value()) << Commune::told(issued.error());
    numbers.push_back(office.state(id).result->number);
  }
  EXPECT_EQ(numbers, (std::vector<std::string>{"1/2026", "2/2026"}));

  // The past is the successor's too, and stays as it was.
  const party::Officer* supervisor = officer("supervisor", "H41.231");
  EXPECT_EQ(codes_in(*search_json(work, *supervisor, {})).size(), 3U);
  const auto report = on_time_json(work, *supervisor, party::test::day("2026-08-01"),
                                   party::test::day("2026-09-30"));
  ASSERT_TRUE(report.has_value());
  EXPECT_EQ(report->at("total").at("received").to_number<int>(), 3);
  for (const std::string& id : {received, waiting, fresh}) office.expect_replays(id);
  EXPECT_EQ(office.state(waiting).agency, "H41.102") << "nothing of a dossier is rewritten";
}

TEST_F(MergerStory, NothingChangesTheDayBefore) {
  Workplace& work = *office.workplace;
  merge_on("2026-09-03");
  go_to("2026-09-02T23:59");
  const std::string id = filed_at("H41.102");
  EXPECT_EQ(office.state(id).code, "H41.102.01-260902-0001");
  EXPECT_FALSE(receive(work, request(id, officer("reception", "H41.101.01")), {}).has_value());
  go_to("2026-09-03T00:00");
  EXPECT_TRUE(receive(work, request(id, officer("reception", "H41.101.01")), {}).has_value());
}

}  // namespace
}  // namespace casework
