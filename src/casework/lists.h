#pragma once
// lists.h - what officers look through: inbox, search, twins, the report on time, the cashier's
// day.
#include <functional>

#include "base/json.h"
#include "casework/execute.h"

namespace casework {

// What an officer does elsewhere, or for somebody: by mandates that count now, and where his agency
// has taken over another's work.
[[nodiscard]] std::vector<InboxPlace> places_of(Workplace& workplace, const party::Officer& officer,
                                                Instant now);

// Does the gate let him see that dossier, in whichever part of it?
[[nodiscard]] bool may_see(Workplace& workplace, const party::Officer& officer,
                           const DossierRow& row, Instant now);

struct InboxRequest {
  std::string state = "all";
  std::string procedure;
  std::string cursor;
  int limit = 25;
};
[[nodiscard]] Answer<base::json::object> inbox_json(Workplace& workplace,
                                                    const party::Officer& officer,
                                                    const InboxRequest& request);

struct SearchRequest {
  std::string q;
  std::vector<int> statuses;
  std::string procedure;
  bool overdue = false;
  std::optional<calendar::Date> from;
  std::optional<calendar::Date> to;  // last day
  std::string cursor;
  int limit = 25;
};
[[nodiscard]] Answer<base::json::object> search_json(Workplace& workplace,
                                                     const party::Officer& officer,
                                                     const SearchRequest& request);
// Every row of the search, page by page; at most 100,000.
[[nodiscard]] Answer<base::Done> each_found(Workplace& workplace, const party::Officer& officer,
                                            SearchRequest request,
                                            const std::function<void(const DossierRow&)>& visit);

// Of those that he may see.
[[nodiscard]] Answer<base::json::object> twins_json(Workplace& workplace,
                                                    const party::Officer& officer,
                                                    const std::string& procedure,
                                                    const std::string& personal_id,
                                                    const std::string& name);

// Received, done and open in [from, to], by procedure, of the officer's agency and those below it.
[[nodiscard]] Answer<base::json::object> on_time_json(Workplace& workplace,
                                                      const party::Officer& officer,
                                                      calendar::Date from, calendar::Date to);
[[nodiscard]] Answer<base::json::object> cashier_json(Workplace& workplace,
                                                      const party::Officer& officer,
                                                      calendar::Date on);

}  // namespace casework
