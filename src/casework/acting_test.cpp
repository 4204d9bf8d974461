#include "casework/acting.h"

#include <gtest/gtest.h>

#include "casework/persons.h"
#include "casework/test_workplace.h"

namespace casework {
namespace {

using test::Commune;

class ActingFor : public testing::Test {
 protected:
  // An applicant with a number files for a child.
  [[nodiscard]] Filing for_child(const char* child = "040215000001") const {
    Filing filing = office.filing("1.001193");
    filing.channel = "counter";
    filing.duplicate_confirmed = true;
    filing.applicant = person("Đào Thị Hường", "040190000001");
    filing.on_behalf_of = person("Đào Minh An", child);
    filing.acting = dossier::ActingFor{.kind = "parent",
                                       .number = " 55/2015 ",
                                       .title = "Giấy khai sinh",
                                       .issuer = {},
                                       .issued_on = {},
                                       .recorded = "made up"};
    return filing;
  }
  static dossier::Person person(const char* name, const char* number) {
    return {.name = name,
            .personal_id = number,
            .tax_code = {},
            .phone = {},
            .email = {},
            .address = {},
            .language = {}};
  }
  static std::string fields(const Answer<FiledDossier>& refused) {
    std::string fields;
    if (refused) return "filed";
    for (const auto& one : refused.error().problems) fields += one.field + " ";
    return fields;
  }

  const char* const kClerk = "reception@H41.101.01";
  Commune office;
};

TEST_F(ActingFor, IsRecordedWithThePaperAndKeptForTheNextTime) {
  const auto filed = office.file(for_child(), kClerk);
  ASSERT_TRUE(filed) << Commune::told(filed.error());
  const dossier::Dossier state = office.state(filed->done.id);
  ASSERT_TRUE(state.acting.has_value());
  EXPECT_EQ(state.acting->number, "55/2015");
  EXPECT_TRUE(state.acting->seen);
  EXPECT_EQ(state.acting->recorded, "") << "nobody says himself that it is on record";
  office.expect_replays(filed->done.id);

  // The next time the paper is on record.
  Filing again = for_child();
  again.acting.reset();
  const auto second = office.file(again, kClerk);
  // A child whose day of birth nobody has typed in: the officer is asked for the paper again.
  EXPECT_EQ(fields(second), "acting.kind acting.number ");
}

TEST_F(ActingFor, AGuardianIsNotAskedForThePaperTwice) {
  Filing first = for_child();
  first.acting->kind = "guardian";
  ASSERT_TRUE(office.file(first, kClerk));
  Filing again = for_child();
  again.acting.reset();
  const auto second = office.file(again, kClerk);
  ASSERT_TRUE(second) << Commune::told(second.error());
  EXPECT_NE(office.state(second->done.id).acting->recorded, "");
}

TEST_F(ActingFor, WithoutAKindOrAPaperNothingIsFiled) {
  Filing filing = for_child();
  filing.acting.reset();
  EXPECT_EQ(fields(office.file(filing, kClerk)), "acting.kind acting.number ");
  filing.acting = dossier::ActingFor{.kind = "cousin",
                                     .number = {},
                                     .title = std::string(300, 'x'),
                                     .issuer = {},
                                     .issued_on = "hôm qua",
                                     .recorded = {}};
  EXPECT_EQ(fields(office.file(filing, kClerk)), "acting.kind acting.issued_on acting.title ");
}

TEST_F(ActingFor, AParentDoesNotFileForAGrownChild) {
  Filing filing = for_child("040190000009");
  EXPECT_EQ(fields(office.file(filing, kClerk)), "acting.kind ");
  filing.acting->kind = "authorised";
  EXPECT_TRUE(office.file(filing, kClerk));
}

TEST_F(ActingFor, OnLineWhatIsOnRecordIsNeverLookedUp) {
  Filing at_counter = for_child();
  at_counter.acting->kind = "guardian";
  ASSERT_TRUE(office.file(at_counter, kClerk));
  Filing on_line = for_child();
  on_line.channel = "online";
  on_line.acting.reset();
  EXPECT_EQ(fields(office.file(on_line)), "acting.kind acting.number ");
  on_line.acting = at_counter.acting;
  const auto filed = office.file(on_line);
  ASSERT_TRUE(filed);
  EXPECT_FALSE(office.state(filed->done.id).acting->seen);
}

TEST_F(ActingFor, HelpNeedsAnOfficerAndTheConsent) {
  Filing filing = office.filing("1.001193");
  filing.assistance = dossier::Assistance{.consent = "spoken", .witness = {}, .note = {}};
  EXPECT_EQ(fields(office.file(filing)), "assistance.consent ");
  filing.channel = "counter";
  const auto filed = office.file(filing, kClerk);
  ASSERT_TRUE(filed);
  EXPECT_EQ(office.state(filed->done.id).assistance->consent, "spoken");
  filing.duplicate_confirmed = true;
  filing.assistance->consent = "witnessed";
  EXPECT_EQ(fields(office.file(filing, kClerk)), "assistance.witness ");
  filing.assistance->consent = "silent";
  EXPECT_EQ(fields(office.file(filing, kClerk)), "assistance.consent ");
}

}  // namespace
}  // namespace casework
