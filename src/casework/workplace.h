#pragma once
// workplace.h - everything the use cases work with; built once by the composition root.
#include <chrono>
#include <map>
#include <memory>
#include <mutex>
#include <set>
#include <string>

#include "base/random.h"
#include "calendar/office_calendar.h"
#include "calendar/time_rules.h"
#include "casework/access_journal.h"
#include "casework/authority.h"
#include "casework/document_ports.h"
#include "casework/event_clock.h"
#include "casework/file_checks.h"
#include "casework/file_store.h"
#include "casework/live_organisation.h"
#include "casework/office_calendars.h"
#include "casework/officers.h"
#include "casework/publications.h"
#include "casework/receipt_secret.h"
#include "casework/store.h"
#include "dossier/dossier.h"
#include "party/organisation.h"

namespace casework {

class CompetenceBook;  // competence_book.h
// One that says nothing beyond the procedures' own rules.
[[nodiscard]] std::shared_ptr<CompetenceBook> no_competence_book();

// Requests under way, so that a twin of one is told to wait instead of being done twice.
class RequestsInFlight {
 public:
  // False when the key is taken.
  [[nodiscard]] bool begin(const RequestKey& request);
  void end(const RequestKey& request);

 private:
  std::mutex mutex_;
  std::set<std::pair<std::string, std::string>> keys_;
};

// What the journal's readers are told.
struct JournalFacts {
  std::string tenant{};
  std::string keys{};  // verifier keys, one a line, newest first
  std::chrono::seconds seal_interval{10};
};

class OrganisationRegister;

struct Workplace {
  Store& store;
  FileStore& files;
  FileInspector& inspector;
  Printer& printer;
  Officers& officers;
  EventClock& clock;
  base::RandomSource& random;
  Publications& publications;
  LiveOrganisation organisation;  // of today
  OfficeCalendars& calendars;
  const calendar::TimeRulebook& time_rules;
  const SecretKey& secrets;
  RequestsInFlight& in_flight;
  std::string public_url;  // "http://127.0.0.1:8080", for links and QR codes
  bool demo = false;
  JournalFacts journal{};
  std::shared_ptr<AccessJournal> accesses = std::make_shared<AccessJournal>();
  std::shared_ptr<CompetenceBook> competence = no_competence_book();
  // How the organisation was and will be; none where it is for ever the same.
  OrganisationRegister* organisations = nullptr;
  std::shared_ptr<AuthorityRecords> authority = std::make_shared<AuthorityRecords>();
  // By whom files are scanned before they are released; none: nobody scans here.
  FileScanner* scanner = nullptr;
  std::shared_ptr<FileChecks> file_checks = std::make_shared<FileChecks>();

  // Who acts today where that agency acted: itself, or whoever goes on with its work.
  [[nodiscard]] std::string acting(const std::string& agency) const;
  // By which the time of that agency is counted today; of one that is no more, by its heir's.
  [[nodiscard]] calendar::OfficeCalendar calendar_of(const std::string& agency) const;
  // By which the dossier's due date was worked out: what explains it.
  [[nodiscard]] calendar::OfficeCalendar calendar_of(const dossier::Dossier& dossier) const;
};

}  // namespace casework
