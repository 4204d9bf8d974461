#pragma once
// compose.h - builds every part by hand, from the bottom up: the parts list of the program.
#include <chrono>
#include <memory>
#include <string>
#include <vector>

#include "calendar/clock.h"
#include "casework/catalogue_review.h"
#include "casework/organisation_register.h"
#include "casework/sealing.h"
#include "casework/workplace.h"
#include "cli/data_folder.h"
#include "connect/clamd_scanner.h"
#include "documents/template_printer.h"
#include "form/dictionary.h"
#include "identity/accounts.h"
#include "procedure/lock_policy.h"
#include "rehearsal/publishing.h"

namespace cli {

inline constexpr const char* kTenant = "H41";

struct OfficeOptions {
  std::string public_url{};
  int store_connections = 8;
  std::string store_url{};       // postgres://…; empty: SQLite in the data folder
  bool beside = false;           // another program has the folder: only definitions are written
  std::string files_url{};       // s3://…; empty: files in the data folder
  std::string s3_credentials{};  // file of the key id and the secret
  std::string journal_name = std::string{"motcua/"} + kTenant;  // of a key that has to be made
  std::chrono::seconds seal_interval{10};
  std::string sign_in_profile{};  // of data/policy/sign-in.yaml; empty: the one it names
  // Strangers reach this program: what they hand in is looked at in processes of their own.
  bool open_to_strangers = false;
  std::string clamd{};  // socket or HOST:PORT; empty: nobody scans
};

// Everything a use case works with, over one data folder.  Members in the order they are built.
class Office {
 public:
  [[nodiscard]] static base::Outcome<std::unique_ptr<Office>> open(const DataFolder& folder,
                                                                   const Shipped& shipped,
                                                                   calendar::Clock& clock,
                                                                   const OfficeOptions& options);

  [[nodiscard]] casework::Workplace& workplace() { return *workplace_; }
  // By what procedures are put in force.
  [[nodiscard]] const rehearsal::Gate& gate() const { return *gate_; }
  [[nodiscard]] casework::CatalogueReading& catalogue() { return *catalogue_; }
  [[nodiscard]] identity::Accounts& accounts() { return *accounts_; }
  // For the thread that seals.
  [[nodiscard]] casework::Sealing& sealing() { return *sealing_; }

 private:
  Office() = default;

  procedure::LockPolicy locks_;
  std::unique_ptr<rehearsal::Gate> gate_;
  std::unique_ptr<casework::CatalogueReading> catalogue_;
  std::unique_ptr<casework::Store> store_;
  std::unique_ptr<casework::FileStore> files_;
  std::unique_ptr<casework::EventClock> clock_;
  std::unique_ptr<casework::Publications> publications_;
  std::unique_ptr<casework::OrganisationRegister> organisation_;
  std::unique_ptr<casework::OfficeCalendars> calendars_;
  calendar::TimeRulebook time_rules_;
  std::unique_ptr<casework::SecretKey> secrets_;
  std::shared_ptr<casework::AuthorityRecords> authority_;
  std::unique_ptr<casework::Officers> officers_;
  std::unique_ptr<casework::FileInspector> inspector_;
  std::unique_ptr<connectors::ClamdScanner> scanner_;
  std::unique_ptr<documents::TemplatePrinter> printer_;
  casework::RequestsInFlight in_flight_;
  std::unique_ptr<casework::Workplace> workplace_;
  std::unique_ptr<identity::Accounts> accounts_;
  std::unique_ptr<casework::Sealing> sealing_;
};

// What is shipped, read and checked; the message of a fault names file and line.
struct Definitions {
  form::Dictionary dictionary;
  procedure::LockPolicy locks;
  catalogue::DraftPolicy drafting;
  std::vector<casework::ProcedurePtr> procedures;
  std::vector<std::string> files;  // of each procedure, as stored with its digest
};
[[nodiscard]] base::Outcome<Definitions> read_definitions(const Shipped& shipped);
[[nodiscard]] base::Outcome<calendar::OfficeCalendar> read_calendar(const Shipped& shipped);
[[nodiscard]] base::Outcome<calendar::TimeRulebook> read_time_rules(const Shipped& shipped);
[[nodiscard]] base::Outcome<party::Organisation> read_organisation(const Shipped& shipped);
// `profile` empty: the one that the file names.
[[nodiscard]] base::Outcome<identity::SignInPolicy> read_sign_in_policy(const Shipped& shipped,
                                                                        const std::string& profile);

}  // namespace cli
