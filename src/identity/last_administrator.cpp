#include "identity/last_administrator.h"

#include <boost/json.hpp>

#include "base/json.h"
#include "casework/account_reach.h"

namespace identity {

namespace {

using casework::AccountRow;
using casework::EntryRow;

constexpr const char* kKind = "administrators";
constexpr const char* kLeaving = "leaving";
constexpr std::chrono::minutes kLasts{1};
constexpr int kAttempts = 10;

}  // namespace

bool LastAdministrator::administers_all(const party::Officer& officer) const {
  const party::Officer now = casework::as_written_now(officers_, officer);
  const party::Agency* agency = organisation_.find(now.agency);
  return now.has_role(party::Role::administrator) && agency != nullptr && !agency->parent &&
         now.is_active_on(calendar::local_date(now_));
}

base::Outcome<bool> LastAdministrator::may_leave(const std::string& username) const {
  for (int attempt = 1;; ++attempt) {
    const auto there = TRY(store_.find_entry(kKind, kLeaving));
    base::json::object leaving;
    if (there.has_value()) {
      const base::json::value said = TRY(base::parse_json(there->body));
      if (!said.is_object()) return base::fault(base::FaultCode::corrupt, "who is leaving");
      for (const auto& [name, since] : said.get_object()) {
        if (!since.is_int64()) continue;
        const calendar::Instant at{std::chrono::milliseconds{since.get_int64()}};
        if (at > now_ - kLasts && at < now_ + kLasts) leaving[name] = since;
      }
    }
    leaving[username] = static_cast<std::int64_t>(now_.time_since_epoch().count());
    bool somebody_stays = false;
    for (const AccountRow& row : TRY(store_.accounts())) {
      if (!row.active || leaving.contains(row.username)) continue;
      const base::json::value said = TRY(base::parse_json(row.officer));
      somebody_stays |= administers_all(TRY(casework::read_officer(said)));
    }
    if (!somebody_stays) return false;
    const auto saved = store_.save_entries({EntryRow{.kind = kKind,
                                                     .key = kLeaving,
                                                     .version = there ? there->version + 1 : 1,
                                                     .at = now_,
                                                     .body = base::to_text(leaving)}},
                                           std::nullopt);
    if (saved) return true;
    if (saved.error().code != base::FaultCode::conflict || attempt == kAttempts) {
      return base::Failure{saved.error()};
    }
  }
}

}  // namespace identity
