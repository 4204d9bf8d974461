#pragma once
// people_rows.h - drafts, accounts and sessions.
#include <optional>
#include <string>
#include <vector>

#include "casework/store.h"
#include "storage/postgres/connection.h"

namespace storage::postgres {

[[nodiscard]] base::Outcome<base::Done> write_draft(Connection& connection,
                                                    const std::string& tenant,
                                                    const casework::DraftRow& draft,
                                                    Deadline deadline);
[[nodiscard]] base::Outcome<std::optional<casework::DraftRow>> read_draft(Connection& connection,
                                                                          const std::string& tenant,
                                                                          const std::string& id,
                                                                          Deadline deadline);

[[nodiscard]] base::Outcome<std::vector<casework::AccountRow>> read_accounts(
    Connection& connection, const std::string& tenant, Deadline deadline);
[[nodiscard]] base::Outcome<std::optional<casework::AccountRow>> read_account(
    Connection& connection, const std::string& tenant, const std::string& username,
    Deadline deadline);
// `replace`: where there is one already.
[[nodiscard]] base::Outcome<base::Done> write_account(Connection& connection,
                                                      const std::string& tenant,
                                                      const casework::AccountRow& account,
                                                      bool replace, Deadline deadline);
// Conflict unless it is as `before` says.
[[nodiscard]] base::Outcome<base::Done> exchange_account(Connection& connection,
                                                         const std::string& tenant,
                                                         const casework::AccountRow& before,
                                                         const casework::AccountRow& after,
                                                         Deadline deadline);

[[nodiscard]] base::Outcome<base::Done> write_session(Connection& connection,
                                                      const std::string& tenant,
                                                      const casework::SessionRow& session,
                                                      Deadline deadline);
[[nodiscard]] base::Outcome<std::optional<casework::SessionRow>> read_session(
    Connection& connection, const std::string& tenant, const std::string& token_hash,
    Deadline deadline);

[[nodiscard]] base::Outcome<std::vector<casework::SessionRow>> read_sessions(
    Connection& connection, const std::string& tenant, const std::string& username,
    Deadline deadline);

}  // namespace storage::postgres
