#pragma once
// test_workplace.h - a workplace on the real SQLite store and file store in a temporary folder,
// with a clock that stands still, the shipped procedures and agencies, and an officer for every
// role.
#include <cstdlib>
#include <filesystem>
#include <map>
#include <memory>
#include <string>

#include "casework/actions.h"
#include "casework/drafts.h"
#include "casework/filing.h"
#include "casework/lists.h"
#include "casework/projection.h"
#include "casework/test_history.h"
#include "casework/test_stores.h"
#include "casework/view.h"

namespace casework::test {

using dossier::test::answers_for;

// Takes PDF by its first bytes, refuses everything else.
class PdfInspector final : public FileInspector {
 public:
  Answer<InspectedUpload> inspect(OfferedFile offered) override {
    if (!offered.bytes.starts_with("%PDF"))
      return fail(FailureKind::unsupported, "not-a-document", {});
    return InspectedUpload{std::move(offered.bytes), "application/pdf", ""};
  }
};

class Commune {
 public:
  explicit Commune(const char* now = dossier::test::kThursday)
      : clock(dossier::test::at(now)), event_clock(clock, Instant{}) {
    std::string name = (std::filesystem::temp_directory_path() / "motcua-office-XXXXXX").string();
    folder_ = std::filesystem::path{::mkdtemp(name.data())};
    store = open_test_store(folder_);
    files = open_test_files(folder_);
    std::vector<ProcedurePtr> all;
    for (const char* code : procedure::kShipped) {
      all.push_back(std::make_shared<const procedure::Procedure>(procedure::shipped(code)));
    }
    publications = std::make_unique<Publications>(
        std::move(all), procedure::shipped_dictionary(),
        [this](const std::string& digest) { return store->find_revision(digest); });
    for (const char* agency :
         {"H41", "H41.002", "H41.001.01", "H41.101", "H41.101.01", "H41.102.01"}) {
      for (int role = 0; role < party::kRoleCount; ++role) {
        party::Officer one{
            .id = {std::string{party::name(static_cast<party::Role>(role))} + "@" + agency},
            .agency = *party::AgencyId::parse(agency)};
        one.name = "Cán bộ " + one.id.text;
        one.roles = {static_cast<party::Role>(role)};
        people_.emplace(one.id.text, std::move(one));
      }
    }
    workplace.reset(new Workplace{.store = *store,
                                  .files = *files,
                                  .inspector = inspector,
                                  .printer = printer,
                                  .officers = officers,
                                  .clock = event_clock,
                                  .random = random,
                                  .publications = *publications,
                                  .organisation = shipped_organisation(),
                                  .calendars = calendars,
                                  .time_rules = time_rules,
                                  .secrets = secrets,
                                  .in_flight = in_flight,
                                  .public_url = "https://motcua.example",
                                  .demo = false});
  }
  ~Commune() {
    workplace.reset();
    store.reset();
    std::error_code ignored;
    std::filesystem::remove_all(folder_, ignored);
  }
  Commune(const Commune&) = delete;
  Commune& operator=(const Commune&) = delete;

  // "reception@H41.101.01"
  [[nodiscard]] const party::Officer& officer(const std::string& id) const {
    return people_.at(id);
  }
  [[nodiscard]] const std::map<std::string, party::Officer>& people() const { return people_; }

  RequestKey key(const std::string& actor = "citizen") {
    const std::string n = std::to_string(++keys_);
    return {.key = "k" + n, .hash = "h" + n, .actor = actor};
  }
  CommandRequest request(const std::string& id, const std::string& officer_id) {
    return {.dossier = id,
            .request = key(officer_id),
            .if_match = std::nullopt,
            .officer = officer_id.empty() ? nullptr : &officer(officer_id)};
  }

  [[nodiscard]] Filing filing(const std::string& code) const {
    Filing filing;
    filing.procedure = code;
    filing.agency = code == "1.012994" ? "" : "H41.101";
    filing.answers = answers_for(code);
    filing.attachments = dossier::test::all_papers(procedure::shipped(code));
    filing.return_method = "online";
    return filing;
  }
  Answer<FiledDossier> file(const Filing& filing, const std::string& officer_id = {}) {
    return file_dossier(*workplace, filing, officer_id.empty() ? nullptr : &officer(officer_id),
                        key(officer_id));
  }
  std::string filed(const std::string& code) {
    const auto done = file(filing(code));
    EXPECT_TRUE(done) << done.error().code << ": " << told(done.error());
    return done ? done->done.id : "";
  }
  [[nodiscard]] dossier::Dossier state(const std::string& id) {
    const auto open = open_dossier(*workplace, id);
    EXPECT_TRUE(open);
    return open ? open->dossier : dossier::Dossier{};
  }
  // The stored state is the fold of the stored events.
  void expect_replays(const std::string& id) {
    const auto open = open_dossier(*workplace, id);
    ASSERT_TRUE(open);
    const auto folded = fold([this](const std::string& pin) { return publications->pinned(pin); },
                             *store->events(id, 0));
    ASSERT_TRUE(folded);
    EXPECT_EQ(*folded, open->dossier);
    EXPECT_EQ(store->events(id, 0)->size(), static_cast<std::size_t>(open->dossier.version));
  }
  static std::string told(const Failure& failure) {
    std::string text = failure.detail.en + "\n";
    for (const auto& one : failure.problems) text += one.field + ": " + one.message.en + "\n";
    return text;
  }

  calendar::ManualClock clock;
  EventClock event_clock;
  std::unique_ptr<Store> store;
  std::unique_ptr<FileStore> files;
  OfficeCalendars calendars{dossier::test::office()};
  calendar::TimeRulebook time_rules;
  PdfInspector inspector;
  TellingPrinter printer;
  Officers officers;
  base::SeededRandom random{20260820};
  SecretKey secrets{"a key for tests"};
  RequestsInFlight in_flight;
  std::unique_ptr<Publications> publications;
  std::unique_ptr<Workplace> workplace;

 private:
  std::filesystem::path folder_;
  std::map<std::string, party::Officer> people_;
  int keys_ = 0;
};

}  // namespace casework::test
