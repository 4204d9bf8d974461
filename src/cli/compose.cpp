#include "cli/compose.h"

#include <algorithm>

#include "calendar/calendar_yaml.h"
#include "casework/competence_book.h"
#include "cli/file_commands.h"
#include "cli/journal_keys.h"
#include "documents/decoder_process.h"
#include "documents/file_intake.h"
#include "form/dictionary_yaml.h"
#include "party/organisation_csv.h"
#include "procedure/package.h"
#include "storage/disk_file_store.h"
#include "storage/postgres/postgres_store.h"
#include "storage/s3_file_store.h"
#include "storage/sqlite/sqlite_store.h"

namespace cli {

namespace {

std::string first_problem(const std::string& where,
                          const std::vector<form::DefinitionProblem>& problems) {
  if (problems.empty()) return where + " cannot be read";
  const form::DefinitionProblem& first = problems.front();
  std::string text = where + "/" + first.file;
  if (first.line > 0) text += ":" + std::to_string(first.line);
  text += ": " + first.message;
  if (!first.remedy.empty()) text += "; " + first.remedy;
  if (problems.size() > 1) {
    text += " (and " + std::to_string(problems.size() - 1) + " more)";
  }
  return text;
}

// From the top down, the agency itself last.
procedure::AgencyChain chain_above(const party::Organisation& organisation,
                                   const std::string& agency) {
  procedure::AgencyChain chain;
  const party::Agency* known = organisation.find(agency);
  if (known == nullptr) return chain;
  chain.push_back(known->id);
  for (const party::Agency* above : organisation.ancestors(known->id)) chain.push_back(above->id);
  std::ranges::reverse(chain);
  return chain;
}

base::Outcome<std::unique_ptr<casework::FileStore>> open_files(const DataFolder& folder,
                                                               const OfficeOptions& options) {
  if (options.files_url.empty()) return storage::open_disk_files(folder.files());
  const std::string credentials = TRY(read_text(options.s3_credentials));
  return storage::open_s3_files(TRY(storage::parse_s3_options(options.files_url, credentials)));
}

std::unique_ptr<casework::FileInspector> inspector_by(documents::IntakePolicy policy,
                                                      const OfficeOptions& options) {
  if (!options.open_to_strangers) {
    return std::make_unique<documents::FileIntake>(std::move(policy));
  }
  const documents::DecoderProgram program = decoder_program(policy.process);
  return std::make_unique<documents::ConfinedIntake>(std::move(policy), program);
}

}  // namespace

base::Outcome<Definitions> read_definitions(const Shipped& shipped) {
  Definitions definitions;
  auto dictionary = form::read_dictionary(TRY(read_folder(shipped.data / "dictionary")));
  if (!dictionary) {
    return base::fault(base::FaultCode::invalid,
                       first_problem("data/dictionary", dictionary.error()));
  }
  definitions.dictionary = std::move(dictionary).value();
  const std::string said = TRY(read_text(shipped.data / "policy" / "locks.yaml"));
  auto locks = procedure::read_lock_policy(said);
  if (!locks) {
    return base::fault(base::FaultCode::invalid, first_problem("data/policy", locks.error()));
  }
  definitions.locks = std::move(locks).value();
  auto drafting = catalogue::read_draft_policy(TRY(read_folder(shipped.data / "policy")));
  if (!drafting) {
    return base::fault(base::FaultCode::invalid, first_problem("data/policy", drafting.error()));
  }
  definitions.drafting = std::move(drafting).value();
  std::vector<std::filesystem::path> packages;
  std::error_code error;
  const auto national = shipped.procedures / "national";
  for (const auto& entry : std::filesystem::directory_iterator(national, error)) {
    if (entry.is_directory()) packages.push_back(entry.path());
  }
  std::ranges::sort(packages);
  for (const auto& package : packages) {
    const auto files = TRY(read_folder(package));
    auto loaded = procedure::load_package(files, definitions.dictionary);
    if (!loaded) {
      return base::fault(
          base::FaultCode::invalid,
          first_problem("procedures/national/" + package.filename().string(), loaded.error()));
    }
    definitions.procedures.push_back(
        std::make_shared<const procedure::Procedure>(std::move(loaded).value()));
    definitions.files.push_back(casework::files_text(files));
  }
  if (definitions.procedures.empty()) {
    return base::fault(base::FaultCode::not_found, "no procedure packages in " + national.string());
  }
  return definitions;
}

base::Outcome<calendar::OfficeCalendar> read_calendar(const Shipped& shipped) {
  const std::string days = TRY(read_text(shipped.data / "calendars" / "vn.yaml"));
  const std::string hours = TRY(read_text(shipped.data / "calendars" / "office-hours.yaml"));
  auto national =
      std::make_shared<const calendar::NationalDays>(TRY(calendar::parse_national_days(days)));
  calendar::OfficeSchedule schedule = TRY(calendar::parse_office_schedule(hours));
  return calendar::OfficeCalendar::build(std::move(national), std::move(schedule));
}

base::Outcome<calendar::TimeRulebook> read_time_rules(const Shipped& shipped) {
  return calendar::parse_time_rules(TRY(read_text(shipped.data / "calendars" / "time-rules.yaml")));
}

base::Outcome<identity::SignInPolicy> read_sign_in_policy(const Shipped& shipped,
                                                          const std::string& profile) {
  const std::string text = TRY(read_text(shipped.data / "policy" / "sign-in.yaml"));
  return identity::read_sign_in_policy(text, profile);
}

base::Outcome<party::Organisation> read_organisation(const Shipped& shipped) {
  const std::string csv = TRY(read_text(shipped.data / "units" / "nghe-an.csv"));
  return party::parse_organisation_csv(csv);
}

base::Outcome<std::unique_ptr<Office>> Office::open(const DataFolder& folder,
                                                    const Shipped& shipped, calendar::Clock& clock,
                                                    const OfficeOptions& options) {
  std::unique_ptr<Office> office(new Office());
  Definitions definitions = TRY(read_definitions(shipped));
  office->time_rules_ = TRY(read_time_rules(shipped));
  office->locks_ = definitions.locks;
  office->catalogue_ =
      std::make_unique<casework::CatalogueReading>(std::move(definitions.drafting));
  const std::string publishing = TRY(read_text(shipped.data / "policy" / "publishing.yaml"));
  const rehearsal::PublishingPolicy policy = TRY(rehearsal::read_publishing_policy(publishing));
  office->gate_ = std::make_unique<rehearsal::Gate>(rehearsal::Gate{office->locks_, policy});
  office->store_ =
      options.store_url.empty()
          ? TRY(storage::sqlite::open_store(folder.store(), kTenant,
                                            options.beside ? storage::sqlite::Neighbours::beside
                                                           : storage::sqlite::Neighbours::none))
          : TRY(storage::postgres::open_store(options.store_url, kTenant,
                                              {.connections = options.store_connections}));
  office->files_ = TRY(open_files(folder, options));
  party::Organisation founding = TRY(read_organisation(shipped));
  office->organisation_ =
      TRY(casework::OrganisationRegister::open(*office->store_, std::move(founding), [&clock] {
        return calendar::local_date(clock.now());
      }));
  for (std::size_t i = 0; i < definitions.procedures.size(); ++i) {
    const std::string& digest = definitions.procedures[i]->digest;
    // Kept once: a later start finds it and writes nothing.
    if (TRY(office->store_->find_revision(digest)).has_value()) continue;
    TRY(office->store_->save_revision(digest, definitions.procedures[i]->code,
                                      definitions.files[i]));
  }
  casework::Store& store = *office->store_;
  const casework::OrganisationRegister& organisation = *office->organisation_;
  office->publications_ = std::make_unique<casework::Publications>(
      std::move(definitions.procedures), std::move(definitions.dictionary),
      [&store](const std::string& digest) { return store.find_revision(digest); },
      casework::PublicationSurroundings{
          .today = [&clock] { return calendar::local_date(clock.now()); },
          .home = kTenant,
          .chain =
              [&organisation](const std::string& agency) {
                return chain_above(organisation.today(), agency);
              },
          .locks = definitions.locks,
          .keep =
              [&store](const std::string& digest, const std::string& code,
                       const std::string& files) {
                return store.save_revision(digest, code, files);
              }});
  TRY(office->publications_->refresh(store));
  const casework::CalendarTexts texts{
      .national = TRY(read_text(shipped.data / "calendars" / "vn.yaml")),
      .hours = TRY(read_text(shipped.data / "calendars" / "office-hours.yaml"))};
  office->calendars_ = TRY(casework::OfficeCalendars::open(store, texts, clock.now()));
  const auto last = TRY(store.last_event_at());
  office->clock_ =
      std::make_unique<casework::EventClock>(clock, last.value_or(calendar::Instant{}));
  office->secrets_ = std::make_unique<casework::SecretKey>(folder.secret_key());
  office->officers_ = TRY(casework::Officers::load(store));
  office->authority_ = std::make_shared<casework::AuthorityRecords>();
  TRY(office->authority_->refresh(store));
  // First where he works by his appointment, then what is given to him or to those who work there,
  // last what all of it comes to at the successors of agencies that are no more.
  office->officers_->look_through(
      [&organisation, records = office->authority_](party::Officer& officer) {
        organisation.place(officer);
        records->now()->entrust(officer);
        organisation.add_mandates(officer);
      });
  const std::string uploads = TRY(read_text(shipped.data / "policy" / "uploads.yaml"));
  office->inspector_ = inspector_by(TRY(documents::parse_intake_policy(uploads)), options);
  if (!options.clamd.empty()) {
    office->scanner_ = std::make_unique<connectors::ClamdScanner>(
        connectors::ClamdOptions{.address = options.clamd});
  }
  office->printer_ = std::make_unique<documents::TemplatePrinter>(
      TRY(documents::load_templates(shipped.data / "templates")));
  JournalKeys keys = TRY(open_journal_keys(folder.path(), options.journal_name));
  office->sealing_ = std::make_unique<casework::Sealing>(
      store, kTenant, std::move(keys.signing), TRY(sealing_trust(folder.path(), keys.verifiers)));
  const std::string table = TRY(read_text(shipped.data / "policy" / "competence.yaml"));
  const auto competence = TRY(casework::CompetenceBook::open(kTenant, table));
  TRY(competence->refresh(store));
  const auto demo = TRY(store.setting("demo"));
  office->workplace_ = std::unique_ptr<casework::Workplace>(
      new casework::Workplace{.store = store,
                              .files = *office->files_,
                              .inspector = *office->inspector_,
                              .printer = *office->printer_,
                              .officers = *office->officers_,
                              .clock = *office->clock_,
                              .random = base::system_random(),
                              .publications = *office->publications_,
                              .organisation = *office->organisation_,
                              .calendars = *office->calendars_,
                              .time_rules = office->time_rules_,
                              .secrets = *office->secrets_,
                              .in_flight = office->in_flight_,
                              .public_url = options.public_url,
                              .demo = demo.has_value(),
                              .journal = {.tenant = kTenant,
                                          .keys = std::move(keys.verifiers),
                                          .seal_interval = options.seal_interval},
                              .competence = competence,
                              .organisations = office->organisation_.get(),
                              .scanner = office->scanner_.get()});
  office->workplace_->authority = office->authority_;
  // Invented people have no telephones.
  const bool invented = demo.has_value() && options.sign_in_profile.empty();
  identity::SignInPolicy sign_in = TRY(read_sign_in_policy(
      shipped, invented ? std::string{"demonstration"} : options.sign_in_profile));
  office->accounts_ = std::make_unique<identity::Accounts>(
      identity::Accounts::Ports{.store = store,
                                .officers = *office->officers_,
                                .organisation = *office->organisation_,
                                .clock = clock,
                                .random = base::system_random(),
                                .policy = std::move(sign_in),
                                .installation_secret = folder.secret_key(),
                                .organisations = office->organisation_.get()});
  return office;
}

}  // namespace cli
