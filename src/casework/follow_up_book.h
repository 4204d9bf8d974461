#pragma once
// follow_up_book.h - the follow-up book (form 07): the dossiers that a one-stop unit has taken in,
// by field and year, in the order of the book.
//
// A view of the dossiers as they are now; nothing in it is stored or edited.  Who may look at the
// dossiers of the unit may look at its books; who may export lists may print them.
//
// Source: TT 03/2025/TT-VPCP, Phụ lục I, Mẫu số 07 (eleven columns; one book for a field).
#include <optional>
#include <string>
#include <vector>

#include "base/json.h"
#include "casework/failure.h"
#include "casework/workplace.h"
#include "dossier/dossier_clock.h"
#include "party/officer.h"

namespace casework {

struct FollowUpBook {
  std::string book;  // the field: "Hộ tịch"
  std::string year;  // "2026"

  friend bool operator==(const FollowUpBook&, const FollowUpBook&) = default;
};

struct FollowUpQuery {
  std::string agency;  // the one-stop unit; empty: the officer's own agency
  std::string book;
  std::string year;
  std::optional<calendar::Date> from;  // of reception, within the year; absent: its first day
  std::optional<calendar::Date> to;    // last day; absent: the last of the year
  std::string cursor;                  // for pages
  int limit = 500;                     // rows of a page, at most 500
  // Addresses and telephone numbers are told whole in pages and spreadsheets; the printed form
  // always tells them.
  bool whole = false;
};

struct FollowUpRow {
  std::string number;  // the order in the book
  std::string code;
  std::string id;
  ProcedurePtr procedure;
  std::string applicant;  // the owner of the matter
  std::string address;
  std::string phone;
  std::string lead_agency;  // code
  std::optional<Instant> received_at;
  std::optional<Instant> due_at;        // the legal one; nothing while the clock stands
  std::optional<Instant> appointed_at;  // last told to the applicant
  std::optional<Instant> returned_at;
  std::string return_method;  // "counter", "online", "post"
  std::string received_by;    // who signed for the result
  dossier::Punctuality punctuality = dossier::Punctuality::open;
  dossier::Stage stage = dossier::Stage::none;
  std::optional<Instant> finished_at;
};

struct FollowUpPage {
  std::vector<FollowUpRow> rows;  // in the order of the book
  std::string next_cursor;        // empty: the end
};

// At most this many dossiers are printed or exported at once.
inline constexpr std::size_t kFollowUpRowsMax = 5'000;

// The books of that unit (empty: the officer's own), newest year first.
[[nodiscard]] Answer<std::vector<FollowUpBook>> follow_up_books(Workplace& workplace,
                                                                const party::Officer& officer,
                                                                const std::string& agency);
// Failure `bad-period`: the year or the days make no sense; `agency-not-found`.
[[nodiscard]] Answer<FollowUpPage> follow_up_book(Workplace& workplace,
                                                  const party::Officer& officer,
                                                  const FollowUpQuery& query);

// {"books": [{"book", "year"}]} and {"rows": [...], "next_cursor"}.
[[nodiscard]] Answer<base::json::object> follow_up_books_json(Workplace& workplace,
                                                              const party::Officer& officer,
                                                              const std::string& agency);
[[nodiscard]] Answer<base::json::object> follow_up_book_json(Workplace& workplace,
                                                             const party::Officer& officer,
                                                             const FollowUpQuery& query);

// The whole period as form 07 on A4, and as a spreadsheet with real dates; cursor and limit do not
// count.  Failure `too-many-rows`: more than kFollowUpRowsMax; take a shorter period.
[[nodiscard]] Answer<std::string> follow_up_book_pdf(Workplace& workplace,
                                                     const party::Officer& officer,
                                                     const FollowUpQuery& query);
[[nodiscard]] Answer<std::string> follow_up_book_xlsx(Workplace& workplace,
                                                      const party::Officer& officer,
                                                      const FollowUpQuery& query);

}  // namespace casework
