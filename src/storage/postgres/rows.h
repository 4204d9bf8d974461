#pragma once
// rows.h - reading the lists: inbox, search, twins, reports.
#include <string>
#include <utility>
#include <vector>

#include "casework/store.h"
#include "storage/postgres/connection.h"

namespace storage::postgres {

// The columns of `dossier` that read_row() expects, in order, from a table called d.
#define MOTCUA_ROW_COLUMNS                                                                   \
  "d.id, d.code, d.version, d.procedure, d.digest, d.agency, d.receiving_agency, d.status, " \
  "d.channel, d.applicant, d.applicant_id, d.step, d.holder, d.filed_at, d.received_at, "    \
  "d.due_at, d.finished_at, d.paused, d.closed, d.returning_agency"
inline constexpr int kRowWidth = 20;
[[nodiscard]] casework::DossierRow read_row(const Row& from, int first_column = 0);

// The text just behind every code that begins with "prefix." ('/' follows '.').
[[nodiscard]] std::string behind(const std::string& prefix);

[[nodiscard]] base::Outcome<std::vector<casework::OpenWork>> read_open_work(
    Connection& connection, const std::string& tenant, Deadline deadline);
[[nodiscard]] base::Outcome<casework::InboxPage> read_inbox(Connection& connection,
                                                            const std::string& tenant,
                                                            const casework::InboxQuery& query,
                                                            Deadline deadline);
[[nodiscard]] base::Outcome<casework::SearchPage> read_search(Connection& connection,
                                                              const std::string& tenant,
                                                              const casework::SearchQuery& query,
                                                              Deadline deadline);
[[nodiscard]] base::Outcome<std::vector<casework::DossierRow>> read_twins(
    Connection& connection, const std::string& tenant, const std::string& procedure,
    const std::string& applicant_id, const std::string& name, Deadline deadline);
[[nodiscard]] base::Outcome<std::vector<casework::DossierRow>> read_ended(
    Connection& connection, const std::string& tenant, const std::string& procedure,
    calendar::Instant before, int limit, Deadline deadline);
[[nodiscard]] base::Outcome<std::vector<casework::DossierRow>> read_report(
    Connection& connection, const std::string& tenant, const casework::ReportQuery& query,
    Deadline deadline);
[[nodiscard]] base::Outcome<std::vector<std::pair<std::string, casework::PaymentRow>>>
read_payments(Connection& connection, const std::string& tenant, const std::string& agency_prefix,
              calendar::Instant from, calendar::Instant to, Deadline deadline);

}  // namespace storage::postgres
