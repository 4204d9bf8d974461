// follow_up_routes.cpp - the follow-up books of a one-stop unit (form 07): read, printed, exported.
#include <charconv>

#include <boost/json.hpp>

#include "base/text.h"
#include "casework/access_journal.h"
#include "casework/follow_up_book.h"
#include "http/routes/api.h"
#include "http/routes/query_values.h"

namespace http::routes {

namespace {

Answer<casework::FollowUpQuery> asked_of(const Request& request) {
  casework::FollowUpQuery asked;
  asked.agency = query(request, "agency");
  asked.book = base::to_nfc(query(request, "book"));
  asked.year = query(request, "year");
  asked.from = TRY(date_of(request, "from"));
  asked.to = TRY(date_of(request, "to"));
  asked.cursor = query(request, "cursor");
  asked.limit = int_query(request, "limit", 100);
  // The reason is in the journal with the rest of what was asked for.
  constexpr std::size_t kReasonMin = 5;
  asked.whole =
      base::length_in_characters(base::to_one_line(query(request, "reason"))) >= kReasonMin;
  return asked;
}

// The year and the unit, in letters that every file system takes.
std::string file_name(const casework::FollowUpQuery& asked, const char* ending) {
  std::string name = "so-theo-doi";
  for (const std::string& part : {asked.agency, asked.year}) {
    if (part.empty()) continue;
    name += '-';
    for (const char c : part) {
      const bool plain = (c >= '0' && c <= '9') || (c >= 'A' && c <= 'Z') || c == '.';
      if (plain) name += c;
    }
  }
  return name + ending;
}

}  // namespace

void add_follow_up_routes(Router& router, Api& api) {
  add(router, Method::get, "/api/v1/follow-up-books", "list_follow_up_books",
      [&api](const Request& request) -> Answer<Response> {
        const auto who = TRY(officer_of(api, request));
        return json(200, TRY(casework::follow_up_books_json(api.workplace, who.account->officer,
                                                            query(request, "agency"))));
      });
  add(router, Method::get, "/api/v1/follow-up-book", "get_follow_up_book",
      [&api](const Request& request) -> Answer<Response> {
        const auto who = TRY(officer_of(api, request));
        const auto asked = TRY(asked_of(request));
        TRY(casework::record_listing(api.workplace, who.account->officer, "follow-up-book",
                                     asked_text(request)));
        return json(200,
                    TRY(casework::follow_up_book_json(api.workplace, who.account->officer, asked)));
      });
  add(router, Method::get, "/api/v1/follow-up-book.pdf", "print_follow_up_book",
      [&api](const Request& request) -> Answer<Response> {
        const auto who = TRY(officer_of(api, request));
        const auto asked = TRY(asked_of(request));
        TRY(casework::record_listing(api.workplace, who.account->officer, "follow-up-book",
                                     asked_text(request)));
        return bytes(TRY(casework::follow_up_book_pdf(api.workplace, who.account->officer, asked)),
                     "application/pdf", file_name(asked, ".pdf"), Disposition::show);
      });
  add(router, Method::get, "/api/v1/follow-up-book.xlsx", "export_follow_up_book",
      [&api](const Request& request) -> Answer<Response> {
        const auto who = TRY(officer_of(api, request));
        const auto asked = TRY(asked_of(request));
        TRY(casework::record_listing(api.workplace, who.account->officer, "follow-up-book",
                                     asked_text(request)));
        return bytes(TRY(casework::follow_up_book_xlsx(api.workplace, who.account->officer, asked)),
                     "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
                     file_name(asked, ".xlsx"), Disposition::save);
      });
}

}  // namespace http::routes
