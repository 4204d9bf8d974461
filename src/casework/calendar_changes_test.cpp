// An office's calendar is changed: history kept, nothing moved but by its own command.
#include "casework/calendar_changes.h"

#include <filesystem>
#include <fstream>
#include <sstream>

#include <boost/json.hpp>

#include "casework/sweep.h"
#include "casework/test_workplace.h"

namespace casework {
namespace {

using test::Commune;

std::string text_of(const std::filesystem::path& path) {
  std::ifstream file(path);
  std::ostringstream text;
  text << file.rdbuf();
  return text.str();
}

class CalendarChanges : public ::testing::Test {
 protected:
  CalendarChanges() {
    const std::filesystem::path folder = std::filesystem::path{PROJECT_ROOT} / "data/calendars";
    texts = {.national = text_of(folder / "vn.yaml"),
             .hours = text_of(folder / "office-hours.yaml")};
    open();
  }
  void open() {
    auto opened = OfficeCalendars::open(*office.store, texts, office.clock.now());
    ASSERT_TRUE(opened) << opened.error().message;
    calendars = std::move(opened).value();
    Workplace& before = *office.workplace;
    workplace = std::make_unique<Workplace>(Workplace{.store = before.store,
                                                      .files = before.files,
                                                      .inspector = before.inspector,
                                                      .printer = before.printer,
                                                      .officers = before.officers,
                                                      .clock = before.clock,
                                                      .random = before.random,
                                                      .publications = before.publications,
                                                      .organisation = before.organisation,
                                                      .calendars = *calendars,
                                                      .time_rules = before.time_rules,
                                                      .secrets = before.secrets,
                                                      .in_flight = before.in_flight,
                                                      .public_url = {},
                                                      .demo = false});
  }
  // Closed on Friday 21/8.
  static calendar::OfficeSchedule storm() {
    calendar::OfficeSchedule schedule;
    schedule.closures.push_back({.first = *calendar::parse_date("2026-08-21"),
                                 .last = *calendar::parse_date("2026-08-21"),
                                 .hours = std::nullopt,
                                 .reason = {"Nghỉ bão", "Storm"},
                                 .act = "Công điện 5"});
    return schedule;
  }
  Answer<std::int64_t> save(const char* at, const calendar::OfficeSchedule& schedule,
                            std::int64_t expected, const char* officer = "administrator@H41") {
    return change_calendar(*workplace, office.officer(officer),
                           {.office = at,
                            .schedule = schedule,
                            .reason = "Nghỉ bão số 5",
                            .act = "Công điện 5",
                            .expected_version = expected},
                           office.key(officer));
  }
  std::string received(const char* code = "1.004873") {
    const std::string id = office.filed(code);
    const auto done = receive(*workplace, office.request(id, "reception@H41.101.01"), {});
    EXPECT_TRUE(done);
    return id;
  }
  std::string due(const std::string& id) {
    const auto state = office.state(id);
    return state.due_at.has_value() ? calendar::to_iso(*state.due_at) : "none";
  }
  std::string explained_due(const std::string& id) {
    const auto open = open_dossier(*workplace, id);
    const auto term = dossier::term_of(open->dossier, workplace->calendar_of(open->dossier));
    return calendar::to_iso(*term->due());
  }

  Commune office;
  CalendarTexts texts;
  std::unique_ptr<OfficeCalendars> calendars;
  std::unique_ptr<Workplace> workplace;
};

TEST_F(CalendarChanges, MoveNoDateUntilSomebodySaysSo) {
  const std::string id = received();
  ASSERT_EQ(due(id), "2026-08-24T17:30:00+07:00");
  const auto preview = preview_calendar(*workplace, "H41", storm());
  ASSERT_TRUE(preview);
  EXPECT_EQ(preview->checked, 1);
  EXPECT_EQ(preview->later, 1);
  ASSERT_EQ(preview->sample.size(), 1U);
  EXPECT_EQ(calendar::to_iso(preview->sample.front().to), "2026-08-25T17:30:00+07:00");
  EXPECT_EQ(calendars->versions("H41").size(), 0U) << "looking changes nothing";

  // At the same moment as the reception: the dossier names the versions it was worked out by.
  const auto saved = save("H41", storm(), 0);
  ASSERT_TRUE(saved) << Commune::told(saved.error());
  EXPECT_EQ(*saved, 1);
  EXPECT_EQ(due(id), "2026-08-24T17:30:00+07:00") << "saving moves no date";
  EXPECT_EQ(explained_due(id), due(id)) << "and the old date is explained by the old calendar";
  const std::string other = received();
  EXPECT_EQ(due(other), "2026-08-25T17:30:00+07:00") << "a new dossier follows the new calendar";

  const dossier::RecomputeDue command{.reason = "Nghỉ bão số 5", .act = "Công điện 5"};
  const auto& admin = office.officer("administrator@H41");
  const auto moved =
      recompute_due_dates(*workplace, admin, "H41", command, 500, office.key("administrator@H41"));
  ASSERT_TRUE(moved) << Commune::told(moved.error());
  EXPECT_EQ(moved->moved, 1);
  EXPECT_EQ(moved->remaining, 0);
  EXPECT_EQ(due(id), "2026-08-25T17:30:00+07:00");
  EXPECT_EQ(explained_due(id), due(id));
  const auto again =
      recompute_due_dates(*workplace, admin, "H41", command, 500, office.key("administrator@H41"));
  ASSERT_TRUE(again);
  EXPECT_EQ(again->moved, 0);
  office.expect_replays(id);
}

TEST_F(CalendarChanges, AreKeptForEverAndReadAgainAtTheNextStart) {
  ASSERT_TRUE(save("H41", storm(), 0));
  calendar::OfficeSchedule nothing;
  ASSERT_TRUE(save("H41", nothing, 1));
  open();
  const auto versions = calendars->versions("H41");
  ASSERT_EQ(versions.size(), 2U);
  EXPECT_EQ(versions.front().schedule, storm());
  EXPECT_EQ(versions.front().reason, "Nghỉ bão số 5");
  EXPECT_TRUE(calendars->of("H41.101").is_working_day(*calendar::parse_date("2026-08-21")));
}

TEST_F(CalendarChanges, ThatThisProgramCannotReadDoNotKeepItFromStarting) {
  CalendarVersionRow row;
  row.office = "H41";
  row.at = office.clock.now();
  row.kind = "schedule";
  row.content = R"({"closures":[{"first":"2026-08-21","phase_of_the_moon":4,"hours":"25:00"}]})";
  row.reason = "Của phiên bản sau";
  ASSERT_TRUE(office.store->save_calendar(row, 0, std::nullopt));
  open();
  const auto versions = calendars->versions("H41");
  ASSERT_EQ(versions.size(), 1U);
  EXPECT_FALSE(versions.front().readable);
  EXPECT_TRUE(calendars->of("H41.101").is_working_day(*calendar::parse_date("2026-08-21")));
  EXPECT_TRUE(save("H41", storm(), 1)) << "and a readable one can follow";
}

TEST_F(CalendarChanges, OfAnOfficeReachThoseBelowItAndNotItsNeighbours) {
  ASSERT_TRUE(save("H41.101", storm(), 0, "administrator@H41"));
  const calendar::Date friday = *calendar::parse_date("2026-08-21");
  EXPECT_FALSE(calendars->of("H41.101").is_working_day(friday));
  EXPECT_FALSE(calendars->of("H41.101.01").is_working_day(friday));
  EXPECT_TRUE(calendars->of("H41.102").is_working_day(friday));
  EXPECT_TRUE(calendars->of("H41").is_working_day(friday));
}

TEST_F(CalendarChanges, LetTheNextSweepLookAtEveryRunningDossierAgain) {
  const std::string id = received();
  office.clock.set(office.clock.now() + std::chrono::minutes{5});
  ASSERT_EQ(sweep(*workplace)->woken, 0);
  ASSERT_TRUE(save("H41", storm(), 0));
  EXPECT_EQ(sweep(*workplace)->woken, 1);
  EXPECT_EQ(sweep(*workplace)->woken, 0);
}

TEST_F(CalendarChanges, DoNotFillTheMemoryHoweverOftenTheyAreSaved) {
  for (int i = 0; i < 200; ++i) {
    ASSERT_TRUE(save("H41", storm(), i));
    office.clock.set(office.clock.now() + std::chrono::minutes{1});
    const auto calendar = calendars->of("H41.101");
    EXPECT_FALSE(calendar.is_working_day(*calendar::parse_date("2026-08-21")));
  }
  EXPECT_EQ(calendars->versions("H41").size(), 200U);
}

TEST_F(CalendarChanges, AreForTheOfficesAdministratorOnly) {
  for (const char* officer : {"leader@H41", "reception@H41.101.01", "administrator@H41.102.01"}) {
    const auto refused = save("H41.101", storm(), 0, officer);
    ASSERT_FALSE(refused) << officer;
    EXPECT_EQ(refused.error().kind, FailureKind::forbidden) << officer;
  }
  EXPECT_TRUE(save("H41.101", storm(), 0, "administrator@H41.101"));
}

TEST_F(CalendarChanges, OfTwoAtOnceOneIsToldToLookAgain) {
  ASSERT_TRUE(save("H41", storm(), 0));
  const auto late = save("H41", calendar::OfficeSchedule{}, 0);
  ASSERT_FALSE(late);
  EXPECT_EQ(late.error().kind, FailureKind::stale);
  EXPECT_EQ(late.error().version, 1);
  EXPECT_NE(late.error().detail.vi.find("administrator@H41"), std::string::npos);
}

TEST_F(CalendarChanges, OfAnUnknownOfficeOrWithoutAReasonAreRefused) {
  EXPECT_EQ(save("H99", storm(), 0).error().code, "office-not-found");
  EXPECT_EQ(preview_calendar(*workplace, "H99", storm()).error().code, "office-not-found");
  const auto mute = change_calendar(
      *workplace, office.officer("administrator@H41"),
      {.office = "H41", .schedule = storm(), .reason = {}, .act = {}, .expected_version = 0},
      office.key());
  EXPECT_EQ(mute.error().code, "reason-missing");
}

TEST_F(CalendarChanges, NewNationalDaysOfTheProgramDoNotChangeWhatWasExplainedBefore) {
  const std::string id = received();
  ASSERT_EQ(due(id), "2026-08-24T17:30:00+07:00");
  // The next release knows that Friday 21/8 is off.
  const std::string entry =
      "      - {on: 2026-08-21, name: {vi: Ngày thử, en: Test day}, act: \"Quyết định thử\"}\n"
      "      - {on: 2026-11-24,";
  const std::size_t at = texts.national.find("      - {on: 2026-11-24,");
  ASSERT_NE(at, std::string::npos);
  texts.national.replace(at, std::string{"      - {on: 2026-11-24,"}.size(), entry);
  office.clock.set(office.clock.now() + std::chrono::hours{1});
  open();
  EXPECT_EQ(explained_due(id), "2026-08-24T17:30:00+07:00");
  const auto preview = preview_calendar(*workplace, "H41", std::nullopt);
  ASSERT_TRUE(preview);
  EXPECT_EQ(preview->moved, 1);
  EXPECT_EQ(due(received()), "2026-08-25T17:30:00+07:00");
  open();
  EXPECT_EQ(office.store->calendars()->size(), 3U) << "the same text is not kept again";
}

}  // namespace
}  // namespace casework
