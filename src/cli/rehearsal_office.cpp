#include "cli/rehearsal_office.h"

#include <cstdlib>

#include <unistd.h>

#include "cli/compose.h"
#include "connect/mail_delivery.h"
#include "form/dictionary_yaml.h"
#include "storage/disk_file_store.h"
#include "storage/sqlite/sqlite_store.h"

namespace cli {

namespace {

namespace fs = std::filesystem;

base::Failure<base::Fault> not_rehearsed() {
  return base::fault(base::FaultCode::not_found, "nothing is printed in a rehearsal");
}

// Papers of a scenario are named, not uploaded.
class NoInspector final : public casework::FileInspector {
 public:
  casework::Answer<casework::InspectedUpload> inspect(casework::OfferedFile) override {
    return casework::fail(
        casework::FailureKind::unsupported, "not-rehearsed",
        {"Không kiểm tra tệp khi chạy kịch bản.", "Files are not looked at in a rehearsal."});
  }
};

class NoPrinter final : public casework::Printer {
 public:
  base::Outcome<std::string> print(const std::string&, calendar::Date,
                                   const base::json::value&) override {
    return not_rehearsed();
  }
  base::Outcome<std::string> spreadsheet(const casework::SheetTable&) override {
    return not_rehearsed();
  }
  base::Outcome<std::string> qr_svg(std::string_view, std::string_view) override {
    return not_rehearsed();
  }
  base::Outcome<std::string> attach(std::string_view, const casework::PdfAttachment&) override {
    return not_rehearsed();
  }
};

// Keeps the last message instead of sending it.
class KeepingMailer final : public connectors::Mailer {
 public:
  std::string words;
  base::Outcome<base::Done> send(const connectors::Mail& mail) override {
    words = mail.subject + "\n" + mail.text;
    return base::Done{};
  }
};

}  // namespace

base::Outcome<RehearsalSurroundings> read_surroundings(const Shipped& shipped) {
  auto dictionary = form::read_dictionary(TRY(read_folder(shipped.data / "dictionary")));
  if (!dictionary) {
    const form::DefinitionProblem& first = dictionary.error().front();
    return base::fault(base::FaultCode::invalid, "data/dictionary/" + first.file + ":" +
                                                     std::to_string(first.line) + ": " +
                                                     first.message + "; " + first.remedy);
  }
  return RehearsalSurroundings{
      .dictionary = std::move(dictionary).value(),
      .organisation = TRY(read_organisation(shipped)),
      .calendar = TRY(read_calendar(shipped)),
      .time_rules = TRY(read_time_rules(shipped)),
      .texts = TRY(connectors::load_message_texts(shipped.data / "messages"))};
}

base::Outcome<TemporaryFolder> TemporaryFolder::make() {
  std::error_code error;
  const fs::path memory{"/dev/shm"};
  const bool quick = ::access(memory.c_str(), W_OK | X_OK) == 0;
  for (const fs::path& place : {quick ? memory : fs::path{}, fs::temp_directory_path(error)}) {
    if (place.empty()) continue;
    std::string name = (place / "motcua-rehearsal-XXXXXX").string();
    if (::mkdtemp(name.data()) != nullptr) return TemporaryFolder{name};
  }
  return base::fault(base::FaultCode::unavailable, "no temporary folder can be made");
}

TemporaryFolder::~TemporaryFolder() {
  std::error_code ignored;
  if (!path_.empty()) fs::remove_all(path_, ignored);
}

base::Outcome<rehearsal::Outcome> play_alone(const rehearsal::Scenario& scenario,
                                             const casework::ProcedurePtr& procedure,
                                             const RehearsalSurroundings& around) {
  const TemporaryFolder folder = TRY(TemporaryFolder::make());
  const auto store =
      TRY(storage::sqlite::open_store((folder.path() / "motcua.db").string(), kTenant));
  const auto files = TRY(storage::open_disk_files(folder.path() / "files"));
  const calendar::Instant start =
      scenario.steps.empty()
          ? calendar::Instant{}
          : calendar::at_local(scenario.steps.front().on, scenario.steps.front().at);
  calendar::ManualClock clock{start};
  casework::EventClock event_clock{clock, calendar::Instant{}};
  NoInspector inspector;
  NoPrinter printer;
  casework::Officers officers;
  base::SeededRandom random{1};
  casework::Publications publications{
      {procedure},
      around.dictionary,
      [](const std::string&) -> base::Outcome<std::optional<std::string>> {
        return std::optional<std::string>{};
      }};
  casework::OfficeCalendars calendars{around.calendar};
  const casework::SecretKey secrets{"of a rehearsal, which keeps no secrets"};
  casework::RequestsInFlight in_flight;
  casework::Workplace workplace{.store = *store,
                                .files = *files,
                                .inspector = inspector,
                                .printer = printer,
                                .officers = officers,
                                .clock = event_clock,
                                .random = random,
                                .publications = publications,
                                .organisation = around.organisation,
                                .calendars = calendars,
                                .time_rules = around.time_rules,
                                .secrets = secrets,
                                .in_flight = in_flight,
                                .public_url = "https://motcua.example",
                                .demo = false};
  KeepingMailer mailer;
  connectors::MailDelivery delivery{workplace, around.texts, mailer, {}};
  return rehearsal::play(scenario,
                         {.workplace = workplace,
                          .clock = clock,
                          .procedure = procedure,
                          .words = [&](casework::Workplace&, const casework::OutboxRow& row) {
                            mailer.words.clear();
                            const auto written = delivery.deliver(row);
                            return written ? mailer.words : "(" + written.error().message + ")";
                          }});
}

}  // namespace cli
