#include "casework/follow_up_book.h"

#include <algorithm>
#include <set>

#include <boost/json.hpp>

#include "casework/gate.h"
#include "casework/masking.h"
#include "casework/printed_text.h"
#include "casework/projection.h"
#include "casework/succession.h"
#include "casework/view.h"

namespace casework {

namespace {

using base::json::array;
using base::json::object;
using base::json::value;
using calendar::Date;

// No dossiers lie before the year from which the forms are in force.
constexpr int kFirstYear = 2025;

Instant start_of(Date on) {
  return calendar::at_local(on, calendar::TimeOfDay{0});
}
Date first_day(int year) {
  return Date{std::chrono::year{year} / std::chrono::January / 1};
}
Date last_day(int year) {
  return Date{std::chrono::year{year} / std::chrono::December / 31};
}

struct Period {
  std::string agency;
  Date from{}, to{};
};

Answer<std::string> agency_for(Workplace& workplace, const party::Officer& officer,
                               const std::string& asked, party::Action action) {
  const auto agency = party::AgencyId::parse(asked.empty() ? officer.agency.text() : asked);
  if (!agency || workplace.organisation.find(*agency) == nullptr) {
    return fail(FailureKind::not_found, "agency-not-found",
                {"Không có cơ quan mang mã " + asked + ". Hãy chọn lại.",
                 "There is no agency " + asked + ". Choose another."});
  }
  TRY(require(
      party::may(officer, action, party::Subject{.agency = *agency}, workplace.clock.now())));
  return agency->text();
}

Answer<Period> period_of(Workplace& workplace, const party::Officer& officer,
                         const FollowUpQuery& query, party::Action action) {
  Period period{.agency = TRY(agency_for(workplace, officer, query.agency, action))};
  const bool digits =
      query.year.size() == 4 && query.year.find_first_not_of("0123456789") == std::string::npos;
  const int year = digits ? std::stoi(query.year) : 0;
  const bool known = year >= kFirstYear && year < 2100 && !query.book.empty();
  if (known) {
    period.from = query.from.value_or(first_day(year));
    period.to = query.to.value_or(last_day(year));
  }
  if (!known || period.to < period.from || period.from < first_day(year) ||
      period.to > last_day(year)) {
    return fail(FailureKind::unprocessable, "bad-period",
                {"Chọn quyển sổ, năm, và một kỳ trong năm đó: ngày cuối không trước ngày đầu.",
                 "Choose a book, a year and a period within it that does not end before it "
                 "begins."});
  }
  return period;
}

// What was received there in the period, as it lies in the store; by moment of reception.
Answer<std::vector<DossierRow>> received_in(Workplace& workplace, const Period& period) {
  const Instant from = start_of(period.from);
  const Instant to = start_of(period.to + std::chrono::days{1});
  // Whatever was received in the period had been filed by its end and had not ended before it.
  // The book of a successor has what came to it from others, from the day on which it did: it was
  // numbered there.
  std::vector<DossierRow> rows;
  std::set<std::string> seen;
  for (const std::string& part : with_predecessors(workplace.organisation, period.agency)) {
    auto more =
        TRY_AS_FAILURE(workplace.store.report({.agency_prefix = part, .from = from, .to = to}));
    for (DossierRow& row : more) {
      if (!row.received_at.has_value() || *row.received_at < from || *row.received_at >= to) {
        continue;
      }
      const auto then = organisation_on(workplace, calendar::local_date(*row.received_at));
      if (issuer_on(*then, row.receiving_agency) != period.agency) continue;
      if (seen.insert(row.id).second) rows.push_back(std::move(row));
    }
  }
  std::ranges::sort(rows, [](const DossierRow& a, const DossierRow& b) {
    return std::tie(*a.received_at, a.id) < std::tie(*b.received_at, b.id);
  });
  return rows;
}

FollowUpRow row_of(const DossierRow& stored, ProcedurePtr procedure,
                   const dossier::Dossier& dossier) {
  const dossier::Person& owner =
      dossier.on_behalf_of.has_value() ? *dossier.on_behalf_of : dossier.applicant;
  const dossier::Person& contact = owner.phone.empty() ? dossier.applicant : owner;
  FollowUpRow row{.number = dossier.book_number,
                  .code = dossier.code,
                  .id = stored.id,
                  .procedure = std::move(procedure),
                  .applicant = owner.name,
                  .address = owner.address,
                  .phone = contact.phone,
                  .lead_agency = dossier.agency,
                  .received_at = dossier.received_at,
                  .due_at = dossier.due_at,
                  .appointed_at = dossier.appointed_at(),
                  .returned_at = std::nullopt,
                  .return_method = dossier.return_method,
                  .received_by = {},
                  .punctuality = dossier::punctuality_of(dossier),
                  .stage = dossier.stage,
                  .finished_at = dossier.finished_at};
  if (dossier.result.has_value() && dossier.result->returned_at.has_value()) {
    row.returned_at = dossier.result->returned_at;
    row.return_method = dossier.result->method;
    row.received_by = dossier.result->received_by;
  }
  return row;
}

// The dossiers of one book among what was received, from `at` on, as many as `most`.
class BookReader {
 public:
  BookReader(Workplace& workplace, const FollowUpQuery& query)
      : workplace_(workplace), query_(query) {}

  // Reads on; false: the dossier stands in no book, or in another one.
  Answer<bool> read(const DossierRow& stored, std::vector<FollowUpRow>& rows) {
    const ProcedurePtr procedure = TRY_AS_FAILURE(workplace_.publications.pinned(stored.digest));
    // The book is the procedure's field: most dossiers of other books need not be opened.
    if (procedure->field.vi != query_.book) return false;
    const auto loaded = TRY_AS_FAILURE(workplace_.store.load(stored.id));
    if (!loaded.has_value()) return false;
    const dossier::Dossier dossier = TRY_AS_FAILURE(read_loaded(*procedure, *loaded));
    // Received before the books were kept here: it stands in none.
    if (dossier.book != query_.book || dossier.book_year != query_.year) return false;
    rows.push_back(row_of(stored, procedure, dossier));
    return true;
  }

 private:
  Workplace& workplace_;
  const FollowUpQuery& query_;
};

std::int64_t order_of(const FollowUpRow& row) {
  std::int64_t number = 0;
  for (const char c : row.number) {
    if (c < '0' || c > '9' || number > 1'000'000'000) return number;
    number = number * 10 + (c - '0');
  }
  return number;
}

// Numbers are allotted with the reception; only those of the same moment may lie crosswise.
void put_in_order(std::vector<FollowUpRow>& rows) {
  std::ranges::stable_sort(rows, {}, order_of);
}

std::string cursor_of(const DossierRow& row) {
  return std::to_string(row.received_at->time_since_epoch().count()) + "|" + row.id;
}

bool is_behind(const DossierRow& row, const std::string& cursor) {
  if (cursor.empty()) return true;
  const std::size_t bar = cursor.find('|');
  const std::string moment = cursor.substr(0, bar);
  const std::string at = std::to_string(row.received_at->time_since_epoch().count());
  const std::string id = bar == std::string::npos ? std::string{} : cursor.substr(bar + 1);
  if (at.size() != moment.size()) return at.size() > moment.size();
  return at != moment ? at > moment : row.id > id;
}

base::Failure<Failure> too_many() {
  return fail(FailureKind::unprocessable, "too-many-rows",
              {"Kỳ này có hơn 5.000 hồ sơ, quá nhiều cho một tệp. Hãy chọn kỳ ngắn hơn, ví dụ "
               "từng tháng, rồi in lần lượt.",
               "This period holds more than 5,000 dossiers, too many for one file. Choose a "
               "shorter one, a month for instance, and print one after the other."});
}

struct WholeBook {
  Period period;
  std::vector<FollowUpRow> rows;
};

Answer<WholeBook> whole_book(Workplace& workplace, const party::Officer& officer,
                             const FollowUpQuery& query) {
  WholeBook book{.period = TRY(period_of(workplace, officer, query, party::Action::export_lists)),
                 .rows = {}};
  BookReader reader(workplace, query);
  for (const DossierRow& row : TRY(received_in(workplace, book.period))) {
    if (!TRY(reader.read(row, book.rows))) continue;
    if (book.rows.size() > kFollowUpRowsMax) return too_many();
  }
  put_in_order(book.rows);
  return book;
}

std::string name_of_agency(const Workplace& workplace, const std::string& code) {
  const party::Agency* agency = workplace.organisation.find(code);
  return agency == nullptr ? code : agency->name.vi;
}

std::string method_in_words(const std::string& method) {
  if (method == "online") return "Trực tuyến";
  if (method == "post") return "Qua bưu chính";
  return "Trực tiếp";
}

std::string punctuality_in_words(dossier::Punctuality punctuality) {
  switch (punctuality) {
    case dossier::Punctuality::open:
      return {};
    case dossier::Punctuality::early:
      return "Trước hạn";
    case dossier::Punctuality::on_time:
      return "Đúng hạn";
    case dossier::Punctuality::late:
      return "Quá hạn";
  }
  return {};
}

// What stands under the moment of return: how the date was met, or how else it ended.
std::string ending_of(const FollowUpRow& row) {
  switch (row.stage) {
    case dossier::Stage::withdrawn:
      return "Rút hồ sơ";
    case dossier::Stage::stopped:
      return "Dừng giải quyết";
    case dossier::Stage::finished:
      return "Có kết quả, chờ trả";
    case dossier::Stage::returned:
      return punctuality_in_words(row.punctuality);
    case dossier::Stage::none:
    case dossier::Stage::filed:
    case dossier::Stage::processing:
    case dossier::Stage::awaiting_supplement:
    case dossier::Stage::refused:
      return {};
  }
  return {};
}

// Of a dossier that ended without a result, when it did.
std::optional<Instant> ended_at(const FollowUpRow& row) {
  if (row.stage == dossier::Stage::withdrawn || row.stage == dossier::Stage::stopped) {
    return row.finished_at;
  }
  return row.returned_at;
}

bool stands(const FollowUpRow& row) {
  return !row.due_at.has_value() && !row.finished_at.has_value();
}

void cover(std::vector<FollowUpRow>& rows) {
  for (FollowUpRow& row : rows) {
    if (!row.address.empty()) row.address = masked_place(row.address);
    if (!row.phone.empty()) row.phone = masked_digits(row.phone);
  }
}

std::string contact_of(const FollowUpRow& row) {
  return row.address + (row.address.empty() || row.phone.empty() ? "" : "\n") + row.phone;
}

object printed_row(const Workplace& workplace, const FollowUpRow& row) {
  object printed{{"number", row.number},
                 {"code", row.code},
                 {"procedure", row.procedure->name.vi},
                 {"applicant", row.applicant},
                 {"contact", contact_of(row)},
                 {"lead_agency", name_of_agency(workplace, row.lead_agency)},
                 {"received_at", instant_json(row.received_at)},
                 {"due_at", instant_json(row.due_at)},
                 {"returned_at", instant_json(ended_at(row))},
                 {"ending", ending_of(row)},
                 {"return_method", method_in_words(row.return_method)},
                 {"received_by", row.received_by}};
  if (stands(row)) printed["due_note"] = "Đang tạm dừng";
  if (row.appointed_at.has_value() && row.appointed_at != row.due_at) {
    printed["due_note"] =
        "Hẹn lại " + calendar::to_vietnamese(calendar::local_date(*row.appointed_at));
  }
  return printed;
}

SheetCell cell_of(const std::optional<Instant>& at) {
  return at.has_value() ? SheetCell{*at} : SheetCell{};
}

}  // namespace

Answer<std::vector<FollowUpBook>> follow_up_books(Workplace& workplace,
                                                  const party::Officer& officer,
                                                  const std::string& agency) {
  Period period{.agency = TRY(agency_for(workplace, officer, agency, party::Action::view_dossier))};
  std::vector<FollowUpBook> books;
  const std::chrono::year_month_day today{calendar::local_date(workplace.clock.now())};
  for (int year = static_cast<int>(today.year()); year >= kFirstYear; --year) {
    period.from = first_day(year);
    period.to = last_day(year);
    std::set<std::string> fields;
    std::set<std::string> digests;
    for (const DossierRow& row : TRY(received_in(workplace, period))) {
      if (!digests.insert(row.digest).second) continue;
      const auto procedure = TRY_AS_FAILURE(workplace.publications.pinned(row.digest));
      fields.insert(procedure->field.vi);
    }
    for (const std::string& field : fields) {
      books.push_back({.book = field, .year = std::to_string(year)});
    }
  }
  return books;
}

Answer<FollowUpPage> follow_up_book(Workplace& workplace, const party::Officer& officer,
                                    const FollowUpQuery& query) {
  const Period period = TRY(period_of(workplace, officer, query, party::Action::view_dossier));
  const auto limit = static_cast<std::size_t>(std::clamp(query.limit, 1, 500));
  FollowUpPage page;
  BookReader reader(workplace, query);
  const DossierRow* last = nullptr;
  const auto received = TRY(received_in(workplace, period));
  for (const DossierRow& row : received) {
    if (!is_behind(row, query.cursor)) continue;
    if (page.rows.size() == limit) {
      page.next_cursor = cursor_of(*last);
      break;
    }
    TRY(reader.read(row, page.rows));
    last = &row;
  }
  put_in_order(page.rows);
  if (!query.whole) cover(page.rows);
  return page;
}

Answer<object> follow_up_books_json(Workplace& workplace, const party::Officer& officer,
                                    const std::string& agency) {
  array books;
  for (const FollowUpBook& one : TRY(follow_up_books(workplace, officer, agency))) {
    books.push_back(object{{"book", one.book}, {"year", one.year}});
  }
  return object{{"books", std::move(books)}};
}

Answer<object> follow_up_book_json(Workplace& workplace, const party::Officer& officer,
                                   const FollowUpQuery& query) {
  const FollowUpPage page = TRY(follow_up_book(workplace, officer, query));
  array rows;
  for (const FollowUpRow& row : page.rows) {
    rows.push_back(object{{"number", row.number},
                          {"code", row.code},
                          {"id", row.id},
                          {"procedure", procedure_ref(*row.procedure)},
                          {"applicant", row.applicant},
                          {"address", row.address},
                          {"phone", row.phone},
                          {"lead_agency", agency_json(workplace, row.lead_agency)},
                          {"received_at", instant_json(row.received_at)},
                          {"due_at", instant_json(row.due_at)},
                          {"appointed_at", instant_json(row.appointed_at)},
                          {"returned_at", instant_json(row.returned_at)},
                          {"return_method", row.return_method},
                          {"received_by", row.received_by},
                          {"punctuality", dossier::to_text(row.punctuality)}});
  }
  return object{
      {"rows", std::move(rows)},
      {"next_cursor", page.next_cursor.empty() ? value(nullptr) : value(page.next_cursor)}};
}

Answer<std::string> follow_up_book_pdf(Workplace& workplace, const party::Officer& officer,
                                       const FollowUpQuery& query) {
  const WholeBook book = TRY(whole_book(workplace, officer, query));
  const Instant now = workplace.clock.now();
  const Date today = calendar::local_date(now);
  array rows;
  for (const FollowUpRow& row : book.rows) rows.push_back(printed_row(workplace, row));
  object fields{{"agency", agency_head(*organisation_on(workplace, std::min(book.period.to, today)),
                                       book.period.agency)},
                {"number", query.year + "/STD-TTPVHCC"},
                {"issued_on", calendar::to_iso(today)},
                {"printed_at", calendar::to_iso(now)},
                {"book", object{{"name", query.book}, {"year", query.year}}},
                {"period", object{{"from", calendar::to_iso(book.period.from)},
                                  {"to", calendar::to_iso(book.period.to)},
                                  {"count", static_cast<std::int64_t>(book.rows.size())}}},
                {"rows", std::move(rows)}};
  auto printed = workplace.printer.print("mau-07", today, value(std::move(fields)));
  // So many pages that the printer gave up: long names, long addresses.
  if (!printed && printed.error().code == base::FaultCode::exhausted) return too_many();
  return TRY_AS_FAILURE(std::move(printed));
}

Answer<std::string> follow_up_book_xlsx(Workplace& workplace, const party::Officer& officer,
                                        const FollowUpQuery& query) {
  WholeBook book = TRY(whole_book(workplace, officer, query));
  if (!query.whole) cover(book.rows);
  SheetTable table{.name = "Sổ theo dõi " + query.year,
                   .columns = {{"STT", 8},
                               {"Mã hồ sơ", 26},
                               {"Tên thủ tục hành chính", 44},
                               {"Tổ chức, cá nhân", 28},
                               {"Địa chỉ", 40},
                               {"Số điện thoại", 16},
                               {"Cơ quan chủ trì giải quyết", 36},
                               {"Nhận hồ sơ", 18},
                               {"Hẹn trả kết quả", 18},
                               {"Trả kết quả", 18},
                               {"Phương thức nhận", 16},
                               {"Ký nhận", 26},
                               {"Kết quả so với hạn", 20}},
                   .rows = {}};
  for (const FollowUpRow& row : book.rows) {
    table.rows.push_back({order_of(row), row.code, row.procedure->name.vi, row.applicant,
                          row.address, row.phone, name_of_agency(workplace, row.lead_agency),
                          cell_of(row.received_at), cell_of(row.due_at), cell_of(ended_at(row)),
                          method_in_words(row.return_method), row.received_by,
                          stands(row) ? std::string{"Đang tạm dừng"} : ending_of(row)});
  }
  return TRY_AS_FAILURE(workplace.printer.spreadsheet(table));
}

}  // namespace casework
