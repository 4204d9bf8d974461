#include "party/person.h"

#include <gtest/gtest.h>

#include "party/representation.h"

namespace party {
namespace {

using std::chrono::days;

const calendar::Date kToday{days{20'780}};  // 23 November 2026

Identifier number(IdentifierKind kind, const char* text, const char* issuer = "") {
  auto made = make_identifier(kind, text, issuer);
  EXPECT_TRUE(made) << text;
  return made.value_or(Identifier{});
}

Sighting sighting(std::vector<Identifier> identifiers, const char* name = "Đào Thị Hường") {
  return {
      .name = name, .identifiers = std::move(identifiers), .on = kToday, .source = "officer:lan"};
}

Person known(std::vector<Identifier> identifiers, const char* name = "Đào Thị Hường") {
  auto person = learn(Person{.id = "p1"}, sighting(std::move(identifiers), name));
  EXPECT_TRUE(person);
  return person.value_or(Person{});
}

TEST(Identifier, IsNormalisedByItsKindAndRefusedWhereItIsNotOne) {
  EXPECT_EQ(number(IdentifierKind::personal_id, "040 190 000 001").value, "040190000001");
  EXPECT_EQ(number(IdentifierKind::passport, "b 1234567").value, "B1234567");
  EXPECT_EQ(word_of(number(IdentifierKind::external, "TechID-9", "vnconnect")),
            "external/vnconnect:TechID-9");
  EXPECT_FALSE(make_identifier(IdentifierKind::personal_id, "123456789"))
      << "nine are the old card";
  EXPECT_FALSE(make_identifier(IdentifierKind::old_id_card, "040190000001"));
  EXPECT_FALSE(make_identifier(IdentifierKind::external, "x")) << "nobody says whose";
  EXPECT_FALSE(make_identifier(IdentifierKind::external, "a b", "vnconnect"));
  EXPECT_FALSE(make_identifier(IdentifierKind::passport, "Đ1234567"));
  EXPECT_EQ(make_identifier(IdentifierKind::tax_code, "  ").error(), IdentifierRefusal::empty);
}

TEST(Identifier, IsRecognisedAsItIsTyped) {
  EXPECT_EQ(recognise_identifier("040190000001")->kind, IdentifierKind::personal_id);
  EXPECT_EQ(recognise_identifier("187-654-321")->kind, IdentifierKind::old_id_card);
  EXPECT_EQ(recognise_identifier("0100109106")->kind, IdentifierKind::tax_code);
  EXPECT_EQ(recognise_identifier("B1234567")->kind, IdentifierKind::passport);
  EXPECT_FALSE(recognise_identifier("1234567")) << "digits alone are mistyped";
  EXPECT_FALSE(recognise_identifier("")) << "nothing";
}

TEST(Person, KeepsOldNumbersAndNamesWithTheirDays) {
  Person person = known({number(IdentifierKind::old_id_card, "187654321"),
                         number(IdentifierKind::passport, "B1111111")});
  Sighting later = sighting({number(IdentifierKind::old_id_card, "187654321"),
                             number(IdentifierKind::personal_id, "040190000001"),
                             number(IdentifierKind::passport, "C2222222")},
                            "Đào Thị Hường Giang");
  later.on = kToday + days{100};
  const auto learnt = learn(person, later);
  ASSERT_TRUE(learnt);
  ASSERT_EQ(learnt->identifiers.size(), 4U);
  EXPECT_EQ(learnt->identifiers[1].until, kToday + days{99}) << "one passport at a time";
  EXPECT_FALSE(learnt->identifiers[0].until) << "an old card is not ended by a number";
  EXPECT_EQ(learnt->current_name(), "Đào Thị Hường Giang");
  ASSERT_EQ(learnt->names.size(), 2U);
  EXPECT_EQ(learnt->names.front().text, "Đào Thị Hường");
  EXPECT_EQ(words_of(*learnt).size(), 4U);
}

TEST(Person, ANameInCapitalsOrAnotherUnicodeFormIsTheSame) {
  const Person person = known({number(IdentifierKind::personal_id, "040190000001")});
  const auto capitals = learn(person, sighting(person.identifiers, "ĐÀO THỊ HƯỜNG"));
  EXPECT_EQ(capitals->names.size(), 1U);
  const auto decomposed =
      learn(person, sighting(person.identifiers, "Đa\u0300o Thi\u0323 Hu\u031bo\u031b\u0300ng"));
  EXPECT_EQ(decomposed->names.size(), 1U);
  const auto other_tone = learn(person, sighting(person.identifiers, "Đào Thị Hưởng"));
  EXPECT_EQ(other_tone->names.size(), 2U) << "another tone mark is another name";
}

TEST(Person, HasOnePersonalNumberForLife) {
  const Person person = known({number(IdentifierKind::personal_id, "040190000001"),
                               number(IdentifierKind::old_id_card, "187654321")});
  const auto other = learn(person, sighting({number(IdentifierKind::old_id_card, "187654321"),
                                             number(IdentifierKind::personal_id, "040190000002")}));
  ASSERT_FALSE(other);
  EXPECT_EQ(other.error(), PersonRefusal::other_personal_id);
  EXPECT_FALSE(learn(person, sighting({}))) << "by what would one know him?";
}

TEST(Person, ContradictionsOfBirthAndKindAreTold) {
  Sighting first = sighting({number(IdentifierKind::personal_id, "040190000001")});
  first.born = PartialDate{.year = 1990, .month = std::nullopt, .day = std::nullopt};
  const auto person = learn(Person{}, first);
  first.born = PartialDate{.year = 1990, .month = 5, .day = 17};
  const auto exact = learn(*person, first);
  EXPECT_EQ(exact->born->day, 17);
  first.born->day = 18;
  EXPECT_EQ(learn(*exact, first).error(), PersonRefusal::other_birth);
  first.kind = PersonKind::organisation;
  EXPECT_EQ(learn(*exact, first).error(), PersonRefusal::other_kind);
}

TEST(Person, TwoRecordsOfOneBecomeOneAndKeepBothHistories) {
  const Person one = known({number(IdentifierKind::personal_id, "040190000001")}, "Đào Thị Hường");
  Person two = known({number(IdentifierKind::passport, "B1111111")}, "Dao Thi Huong");
  two.names.front().since = kToday - days{900};
  const auto both = merge(one, two);
  ASSERT_TRUE(both);
  EXPECT_EQ(both->identifiers.size(), 2U);
  EXPECT_EQ(both->current_name(), "Đào Thị Hường");
  EXPECT_EQ(both->names.front().text, "Dao Thi Huong");
  const Person other = known({number(IdentifierKind::personal_id, "040190000002")});
  EXPECT_EQ(merge(one, other).error(), PersonRefusal::other_personal_id);
  Person gone = two;
  gone.merged_into = "p1";
  EXPECT_EQ(merge(one, gone).error(), PersonRefusal::merged);
  EXPECT_EQ(learn(gone, sighting(one.identifiers)).error(), PersonRefusal::merged);
}

Representation of(RepresentationKind kind) {
  return {.id = "r1",
          .kind = kind,
          .represented = "child",
          .representative = "mother",
          .evidence = {.number = "55/2010", .issued_on = kToday - days{30}},
          .recorded_by = "officer:lan",
          .recorded_on = kToday};
}

RepresentationReason asked(const Representation& one, calendar::Date on,
                           std::optional<PartialDate> born = {}) {
  return may_represent({&one, 1}, "mother", "child", "1.001193", "Hộ tịch", on, born).reason;
}

TEST(Representation, OfAChildEndsOnTheEighteenthBirthday) {
  const Representation parent = of(RepresentationKind::parent);
  const PartialDate born{.year = 2008, .month = 11, .day = 23};
  EXPECT_EQ(asked(parent, kToday - days{1}, born), RepresentationReason::counts);
  EXPECT_EQ(asked(parent, kToday, born), RepresentationReason::of_age);
  EXPECT_EQ(asked(parent, kToday, std::nullopt), RepresentationReason::birth_unknown);
  const PartialDate only_year{.year = 2008, .month = std::nullopt, .day = std::nullopt};
  EXPECT_EQ(asked(parent, kToday, only_year), RepresentationReason::counts)
      << "what is unknown counts for the child";
  const PartialDate leap{.year = 2008, .month = 2, .day = 29};
  EXPECT_EQ(asked(parent, calendar::Date{days{20'512}}, leap), RepresentationReason::counts)
      << "28 February 2026";
  EXPECT_EQ(asked(parent, calendar::Date{days{20'513}}, leap), RepresentationReason::of_age);
}

TEST(Representation, AnAuthorisationWithoutATermCountsForOneYear) {
  const Representation authorised = of(RepresentationKind::authorised);
  const calendar::Date given = *authorised.evidence.issued_on;
  EXPECT_EQ(asked(authorised, given + days{364}), RepresentationReason::counts);
  EXPECT_EQ(asked(authorised, given + days{365}), RepresentationReason::ended);
  Representation longer = authorised;
  longer.until = given + days{800};
  EXPECT_EQ(asked(longer, given + days{365}), RepresentationReason::counts);
  longer.revoked_on = given + days{100};
  EXPECT_EQ(asked(longer, given + days{99}), RepresentationReason::counts);
  EXPECT_EQ(asked(longer, given + days{100}), RepresentationReason::revoked);
}

TEST(Representation, CoversTheProceduresItNamesAndSaysWhatIsNearestToYes) {
  Representation other = of(RepresentationKind::authorised);
  other.procedures = {.all = false, .codes = {"1.004873"}};
  EXPECT_EQ(asked(other, kToday), RepresentationReason::other_procedures);
  Representation ended = of(RepresentationKind::guardian);
  ended.until = kToday - days{1};
  const std::vector<Representation> all{ended, other};
  const auto verdict =
      may_represent(all, "mother", "child", "1.001193", "Hộ tịch", kToday, std::nullopt);
  EXPECT_EQ(verdict.reason, RepresentationReason::other_procedures);
  EXPECT_EQ(verdict.by, &all[1]);
  EXPECT_EQ(may_represent(all, "aunt", "child", "1.001193", "", kToday, {}).reason,
            RepresentationReason::none_recorded);
}

TEST(Representation, IsRecordedOnlyWithEvidenceAndSenseAndAllProblemsAreToldAtOnce) {
  EXPECT_TRUE(problems_of(of(RepresentationKind::guardian)).empty());
  Representation wrong = of(RepresentationKind::authorised);
  wrong.representative = wrong.represented;
  wrong.evidence = {};
  EXPECT_EQ(problems_of(wrong),
            (std::vector{RepresentationProblem::self, RepresentationProblem::evidence_missing,
                         RepresentationProblem::day_missing}));
  wrong.from = kToday;
  wrong.until = kToday - days{1};
  EXPECT_EQ(problems_of(wrong).back(), RepresentationProblem::end_before_start);
}

}  // namespace
}  // namespace party
