#include "casework/persons.h"

#include <functional>
#include <thread>

#include <gtest/gtest.h>

#include "casework/test_workplace.h"

namespace casework {
namespace {

using party::RepresentationKind;
using test::Commune;

// Keeps entries in memory.  What `meanwhile` does happens right after the first look at a number,
// what `before_saving` does when everything was looked at, before rows that begin with that kind.
class OvertakenStore : public test::HistoryStore {
 public:
  std::function<void()> meanwhile;
  std::function<void()> before_saving;
  std::string of_kind;
  std::map<std::pair<std::string, std::string>, EntryRow> kept;

  base::Outcome<std::optional<EntryRow>> find_entry(const std::string& kind,
                                                    const std::string& key) override {
    const auto found = kept.find({kind, key});
    auto seen = found == kept.end() ? std::optional<EntryRow>{} : std::optional{found->second};
    if (kind == "person_identifier" && meanwhile) std::exchange(meanwhile, nullptr)();
    return seen;
  }
  base::Outcome<base::Done> save_entries(const std::vector<EntryRow>& rows,
                                         const std::optional<RequestKey>&) override {
    if (before_saving && rows.front().kind == of_kind) std::exchange(before_saving, nullptr)();
    for (const EntryRow& row : rows) {
      const auto found = kept.find({row.kind, row.key});
      if (row.version != (found == kept.end() ? 0 : found->second.version) + 1) {
        return base::fault(base::FaultCode::conflict, row.key);
      }
    }
    for (const EntryRow& row : rows) kept[{row.kind, row.key}] = row;
    return base::Done{};
  }
  base::Outcome<std::vector<EntryRow>> entries_found_by(const std::string& kind,
                                                        const std::string& word,
                                                        int /*limit*/) override {
    std::vector<EntryRow> found;
    for (const auto& [key, row] : kept) {
      if (key.first == kind && std::ranges::count(row.found_by, word) > 0) found.push_back(row);
    }
    return found;
  }
  base::Outcome<std::optional<RequestRecord>> find_request(const RequestKey&) override {
    return std::optional<RequestRecord>{};
  }
  base::Outcome<base::Done> record_accesses(const std::vector<AccessRow>&) override {
    return base::Done{};
  }
  [[nodiscard]] std::ptrdiff_t persons() const {
    return std::ranges::count_if(kept, [](const auto& one) { return one.first.first == "person"; });
  }
};

class Persons : public testing::Test {
 protected:
  static PersonSeen mother() {
    return {.name = "Đào Thị Hường", .number = "040190000001", .born = "17/05/1990"};
  }
  static PersonSeen child() {
    return {.name = "Đào Minh An", .number = "040215000001", .born = "01/02/2015"};
  }
  static RepresentationForm parenthood() {
    return {.kind = RepresentationKind::parent,
            .represented = child(),
            .representative = mother(),
            .evidence = {.number = "55/2015", .title = "Giấy khai sinh"}};
  }
  static party::Sighting sighting(const char* number, const char* name = "Đào Thị Hường") {
    return {.name = name,
            .identifiers = {*party::recognise_identifier(number)},
            .on = calendar::Date{std::chrono::days{20'700}},
            .source = "officer:x"};
  }
  Answer<party::Representation> record(const RepresentationForm& form, const RequestKey& request) {
    return record_representation(*office.workplace, clerk(), form, request);
  }
  [[nodiscard]] const party::Officer& clerk() const {
    return office.officer("reception@H41.101.01");
  }
  party::RepresentationReason asked(const char* one, const char* other) {
    const auto reason =
        represents(*office.workplace, *party::recognise_identifier(one),
                   *party::recognise_identifier(other), procedure::shipped("1.001193"), nullptr);
    EXPECT_TRUE(reason);
    return reason.value_or(party::RepresentationReason::none_recorded);
  }

  Workplace around(Store& store) {
    return {.store = store,
            .files = *office.files,
            .inspector = office.inspector,
            .printer = office.printer,
            .officers = office.officers,
            .clock = office.event_clock,
            .random = office.random,
            .publications = *office.publications,
            .organisation = test::shipped_organisation(),
            .calendars = office.calendars,
            .time_rules = office.time_rules,
            .secrets = office.secrets,
            .in_flight = office.in_flight,
            .public_url = {}};
  }

  Commune office;
};

// Two records that turn out to be one child, and somebody who acts for it: each step of one writer
// may come between another's looking and his writing.
class Overtaken : public Persons {
 protected:
  static constexpr const char* kOld = "187654321";
  static constexpr const char* kNew = "040215000001";

  Overtaken() {
    merged = sight(workplace, sighting(kOld, "Đào Minh An"))->id;
    kept = sight(workplace, sighting(kNew, "Đào Minh An"))->id;
  }
  RepresentationForm of_the_old_number() {
    RepresentationForm form = parenthood();
    form.represented.number = kOld;
    return form;
  }
  Answer<party::Representation> record_one() {
    return record_representation(workplace, clerk(), of_the_old_number(), office.key("o"));
  }
  Answer<base::json::object> merge() {
    return merge_persons(workplace, clerk(), kept, merged, "cùng một người");
  }
  void between(const char* kind, std::function<void()> what) {
    store.of_kind = kind;
    store.before_saving = std::move(what);
  }
  // Of the one who is left: how many act for him, and whether that counts.
  void expect_one(party::RepresentationReason reason) {
    const auto all = representations_of(workplace, kept);
    ASSERT_TRUE(all);
    ASSERT_EQ(all->size(), 1U);
    EXPECT_EQ(all->front().represented, kept);
    const auto found =
        represents(workplace, *party::recognise_identifier(mother().number),
                   *party::recognise_identifier(kNew), procedure::shipped("1.001193"), nullptr);
    ASSERT_TRUE(found);
    EXPECT_EQ(*found, reason);
  }

  OvertakenStore store;
  Workplace workplace = around(store);
  std::string merged;
  std::string kept;
};

TEST_F(Overtaken, ARepresentationGoesWithItsPersonWhoIsMergedWhileItIsRecorded) {
  between("representation", [&] { ASSERT_TRUE(merge()); });
  const auto recorded = record_one();
  ASSERT_TRUE(recorded) << Commune::told(recorded.error());
  EXPECT_EQ(recorded->represented, kept);
  EXPECT_FALSE(store.before_saving);
  expect_one(party::RepresentationReason::counts);
}

TEST_F(Overtaken, AMergerTakesAlongWhatIsRecordedWhileItLooks) {
  between("person", [&] { ASSERT_TRUE(record_one()); });
  const auto done = merge();
  ASSERT_TRUE(done) << Commune::told(done.error());
  EXPECT_FALSE(store.before_saving);
  expect_one(party::RepresentationReason::counts);
}

TEST_F(Overtaken, ARevocationIsNotLostToAMergerNorAMergerToIt) {
  const auto recorded = record_one();
  ASSERT_TRUE(recorded);
  between("representation", [&] { ASSERT_TRUE(merge()); });
  const auto revoked = revoke_representation(workplace, clerk(), recorded->id, "nhầm");
  ASSERT_TRUE(revoked) << Commune::told(revoked.error());
  EXPECT_FALSE(store.before_saving);
  expect_one(party::RepresentationReason::revoked);
}

TEST_F(Overtaken, WhatIsRevokedWhileItsPersonIsMergedStaysRevoked) {
  const auto recorded = record_one();
  ASSERT_TRUE(recorded);
  between("person",
          [&] { ASSERT_TRUE(revoke_representation(workplace, clerk(), recorded->id, "nhầm")); });
  ASSERT_TRUE(merge());
  expect_one(party::RepresentationReason::revoked);
}

TEST_F(Persons, AreOneUnderAllTheirNumbers) {
  auto both = sighting("040190000001");
  both.identifiers.push_back(*party::recognise_identifier("187654321"));
  const auto first = sight(*office.workplace, both);
  ASSERT_TRUE(first);
  const auto again = sight(*office.workplace, sighting("187654321", "Đào Thị Hường"));
  ASSERT_TRUE(again);
  EXPECT_EQ(again->id, first->id);
  const auto shown = look_up_person(*office.workplace, clerk(), "187 654 321");
  ASSERT_TRUE(shown);
  EXPECT_EQ(base::string_or(*shown, "name"), "Đào Thị Hường");
  EXPECT_EQ(look_up_person(*office.workplace, clerk(), "040190000009").error().kind,
            FailureKind::not_found);
}

TEST_F(Persons, AreShownOnlyToWhoReceivesOrCorrects) {
  ASSERT_TRUE(sight(*office.workplace, sighting("040190000001")));
  for (const auto& [id, officer] : office.people()) {
    const bool may =
        officer.has_role(party::Role::reception) || officer.has_role(party::Role::specialist);
    EXPECT_EQ(look_up_person(*office.workplace, officer, "040190000001").has_value(), may) << id;
  }
}

TEST_F(Persons, AreNotBegunTwiceByWhoIsOvertakenBetweenHisLooks) {
  OvertakenStore store;
  Workplace workplace = around(store);
  std::string first;
  store.meanwhile = [&] {
    const auto overtaking = sight(workplace, sighting("040190000001"));
    ASSERT_TRUE(overtaking);
    first = overtaking->id;
  };
  const auto overtaken = sight(workplace, sighting("040190000001", "Đào Thị Hường Em"));
  ASSERT_TRUE(overtaken);
  EXPECT_EQ(overtaken->id, first);
  EXPECT_EQ(overtaken->current_name(), "Đào Thị Hường Em");
  EXPECT_EQ(store.persons(), 1);
}

TEST_F(Persons, OfManyWhoSeeOneForTheFirstTimeAtOnceMakeOnePerson) {
  constexpr int kWriters = 8;
  std::vector<std::string> ids(kWriters);
  std::vector<std::thread> writers;
  for (std::size_t i = 0; i < kWriters; ++i) {
    writers.emplace_back([this, i, &ids] {
      const auto seen = sight(*office.workplace, sighting("040190000001"));
      if (seen) ids[i] = seen->id;
    });
  }
  for (std::thread& writer : writers) writer.join();
  for (const std::string& id : ids) EXPECT_EQ(id, ids.front());
  EXPECT_FALSE(ids.front().empty());
}

TEST_F(Persons, ThatTurnOutToBeOneAreMergedWithWhoActsForThem) {
  const auto one = sight(*office.workplace, sighting("040190000001"));
  const auto other = sight(*office.workplace, sighting("B1234567"));
  ASSERT_TRUE(one && other);
  auto form = parenthood();
  form.representative.number = "B1234567";
  form.representative.born.clear();
  ASSERT_TRUE(record(form, office.key("o")));
  auto both = sighting("040190000001");
  both.identifiers.push_back(*party::recognise_identifier("B1234567"));
  EXPECT_EQ(sight(*office.workplace, both).error().code, "persons-to-merge");
  EXPECT_FALSE(merge_persons(*office.workplace, clerk(), one->id, other->id, " "));
  ASSERT_TRUE(merge_persons(*office.workplace, clerk(), one->id, other->id, "cùng một người"));
  ASSERT_TRUE(merge_persons(*office.workplace, clerk(), one->id, other->id, "lần nữa"));
  EXPECT_EQ((*find_person(*office.workplace, {*party::recognise_identifier("B1234567")}))->id,
            one->id);
  EXPECT_EQ(asked("040190000001", "040215000001"), party::RepresentationReason::counts);
  ASSERT_TRUE(sight(*office.workplace, both));
}

TEST_F(Persons, ActForOthersByWhatWasRecordedAndNoLongerAfterItWasRevoked) {
  EXPECT_EQ(asked("040190000001", "040215000001"), party::RepresentationReason::none_recorded);
  const RequestKey key = office.key("o");
  const auto recorded = record(parenthood(), key);
  ASSERT_TRUE(recorded) << Commune::told(recorded.error());
  EXPECT_EQ(record(parenthood(), key)->id, recorded->id) << "the same request, the same answer";
  EXPECT_EQ(
      record(parenthood(), {.key = key.key, .hash = "other", .actor = key.actor}).error().kind,
      FailureKind::key_reused);
  EXPECT_EQ(asked("040190000001", "040215000001"), party::RepresentationReason::counts);
  EXPECT_EQ(asked("040215000001", "040190000001"), party::RepresentationReason::none_recorded);
  EXPECT_FALSE(revoke_representation(*office.workplace, clerk(), recorded->id, ""));
  ASSERT_TRUE(revoke_representation(*office.workplace, clerk(), recorded->id, "nhầm"));
  EXPECT_EQ(revoke_representation(*office.workplace, clerk(), recorded->id, "lại")->revoked_why,
            "nhầm");
  EXPECT_EQ(asked("040190000001", "040215000001"), party::RepresentationReason::revoked);
}

TEST_F(Persons, AreToldEverythingThatIsWrongAtOnce) {
  RepresentationForm form;
  form.represented = {.name = "", .number = "12345", .born = "32/13/2015"};
  form.representative = {.name = "Ai đó", .number = "040190000001"};
  const auto refused = record(form, office.key("o"));
  ASSERT_FALSE(refused);
  std::string fields;
  for (const auto& one : refused.error().problems) fields += one.field + " ";
  EXPECT_EQ(fields,
            "represented.identifier represented.name represented.born evidence.number "
            "evidence.issued_on ");
  auto self = parenthood();
  self.representative = child();
  EXPECT_EQ(record(self, office.key("o")).error().problems.front().field, "representative");
}

TEST_F(Persons, WhoLookedIsAJournalRecordWithoutTheNumber) {
  ASSERT_TRUE(sight(*office.workplace, sighting("040190000001")));
  ASSERT_TRUE(look_up_person(*office.workplace, clerk(), "040190000001"));
  int looks = 0;
  ASSERT_TRUE(office.store->each_record([&](const JournalRecord& record) {
    const std::string all = record.subject + record.type + record.payload;
    if (record.kind == "access" && all.find("person:") != std::string::npos) ++looks;
    EXPECT_EQ(all.find("040190000001"), std::string::npos);
    return true;
  }));
  EXPECT_GE(looks, 1);
}

}  // namespace
}  // namespace casework
