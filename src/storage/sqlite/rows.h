#pragma once
// rows.h - reading the lists: inbox, search, twins, reports.
#include "casework/store.h"
#include "storage/sqlite/database.h"

namespace storage::sqlite {

// The columns of `dossier` that read_row() expects, in order, from a table called d.
inline constexpr const char* kRowColumns =
    "d.id, d.code, d.version, d.procedure, d.digest, d.agency, d.receiving_agency, d.status, "
    "d.channel, d.applicant, d.applicant_id, d.step, d.holder, d.filed_at, d.received_at, "
    "d.due_at, d.finished_at, d.paused, d.closed, d.returning_agency";
inline constexpr int kRowWidth = 20;
[[nodiscard]] casework::DossierRow read_row(const Statement& from, int first_column = 0);

[[nodiscard]] base::Outcome<std::vector<casework::OpenWork>> read_open_work(
    Database& database, const std::string& tenant);
[[nodiscard]] base::Outcome<casework::InboxPage> read_inbox(Database& database,
                                                            const std::string& tenant,
                                                            const casework::InboxQuery& query);
[[nodiscard]] base::Outcome<casework::SearchPage> read_search(Database& database,
                                                              const std::string& tenant,
                                                              const casework::SearchQuery& query);
[[nodiscard]] base::Outcome<std::vector<casework::DossierRow>> read_twins(
    Database& database, const std::string& tenant, const std::string& procedure,
    const std::string& applicant_id, const std::string& name);
[[nodiscard]] base::Outcome<std::vector<casework::DossierRow>> read_ended(
    Database& database, const std::string& tenant, const std::string& procedure,
    casework::Instant before, int limit);
[[nodiscard]] base::Outcome<std::vector<casework::DossierRow>> read_report(
    Database& database, const std::string& tenant, const casework::ReportQuery& query);

}  // namespace storage::sqlite
