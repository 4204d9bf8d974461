#include "casework/hand_over_slips.h"

#include <algorithm>

#include <boost/json.hpp>

#include "casework/gate.h"
#include "casework/printed_text.h"
#include "casework/projection.h"
#include "casework/view.h"

namespace casework {

namespace {

using base::json::array;
using base::json::object;
using base::json::value;

constexpr const char* kSlip = "hand_over_slip";
constexpr const char* kCounter = "hand_over_counter";
constexpr std::size_t kFoundByMax = 90;

// The word by which a repeated request finds what it made.
std::string request_word(const RequestKey& request) {
  return "request:" + request.actor + ":" + request.key;
}

// Those by which either side finds it.
std::vector<std::string> words_of(const std::string& from,
                                  const std::vector<std::string>& receivers) {
  std::vector<std::string> words{"from:" + from};
  for (const std::string& agency : receivers) {
    const std::string word = "to:" + agency;
    if (std::ranges::find(words, word) == words.end() && words.size() < kFoundByMax) {
      words.push_back(word);
    }
  }
  return words;
}

struct SlipLine {
  OpenDossier open;
  dossier::Transport transport;
};

Answer<std::vector<SlipLine>> lines_of(Workplace& workplace, const EntryRow& row,
                                       const value& body) {
  std::vector<SlipLine> lines;
  const value* items = base::find(body, "items");
  if (items == nullptr || !items->is_array()) return lines;
  for (const value& item : items->get_array()) {
    auto open = open_dossier(workplace, base::string_or(item, "dossier"));
    if (!open) continue;
    const auto number = static_cast<std::uint32_t>(base::int_or(item, "transport"));
    const dossier::Transport* one = open->dossier.find_transport(number);
    // What was refused never went.
    if (one == nullptr || one->slip != row.key) continue;
    dossier::Transport copy = *one;
    lines.push_back({std::move(open).value(), std::move(copy)});
  }
  return lines;
}

// His agency and those whose work it goes on with, as slips name them.
std::vector<std::string> places_on_slips(const party::Officer& officer) {
  std::vector<std::string> places{officer.agency.text()};
  for (const party::AgencyId& former : officer.takes_over) places.push_back(former.text());
  return places;
}

bool concerns(const EntryRow& row, const std::vector<std::string>& places) {
  return std::ranges::any_of(places, [&](const std::string& agency) {
    return std::ranges::any_of(row.found_by, [&](const std::string& word) {
      return word == "from:" + agency || word == "to:" + agency;
    });
  });
}

std::string pieces_text(const std::vector<dossier::Piece>& pieces) {
  std::string text;
  for (const dossier::Piece& piece : pieces) {
    if (!text.empty()) text += "\n";
    text +=
        piece.name + ": " + std::to_string(piece.count) + (piece.original ? " (có bản chính)" : "");
  }
  return text;
}

std::string name_of(const party::Organisation& organisation, const std::string& code) {
  const party::Agency* agency = organisation.find(code);
  return agency == nullptr ? code : agency->name.vi;
}

}  // namespace

Answer<std::optional<HandOverSlip>> slip_of(Workplace& workplace, const RequestKey& request) {
  const auto found =
      TRY_AS_FAILURE(workplace.store.entries_found_by(kSlip, request_word(request), 1));
  if (found.empty()) return std::optional<HandOverSlip>{};
  const value body = TRY_AS_FAILURE(base::parse_json(found.front().body));
  return std::optional{
      HandOverSlip{.number = found.front().key, .hash = base::string_or(body, "hash")}};
}

Answer<HandOverSlip> new_slip(Workplace& workplace, const party::Officer& officer,
                              const HandOverBatch& batch, const RequestKey& request,
                              const std::vector<std::string>& receivers) {
  const Instant now = workplace.clock.now();
  const std::string from = officer.agency.text();
  const std::string year = calendar::to_iso(calendar::local_date(now)).substr(0, 4);
  const std::string series = from + "-" + year;
  // Whoever loses the number lost it to somebody: as many tries as there may be rivals.
  for (int attempt = 0; attempt < 50; ++attempt) {
    const auto counter = TRY_AS_FAILURE(workplace.store.find_entry(kCounter, series));
    std::int64_t last = 0;
    if (counter.has_value()) {
      last = base::int_or(TRY_AS_FAILURE(base::parse_json(counter->body)), "last");
    }
    array items;
    for (const TransportChoice& one : batch.items) {
      items.push_back(object{{"dossier", one.dossier}, {"transport", one.transport}});
    }
    const object body{{"from", from},
                      {"number", last + 1},
                      {"year", year},
                      {"carrier", batch.carrier},
                      {"note", batch.note},
                      {"by", officer.name},
                      {"at", calendar::to_iso(now)},
                      {"hash", request.hash},
                      {"items", std::move(items)}};
    EntryRow row{.kind = kSlip,
                 .key = "BG-" + series + "-" + std::to_string(last + 1),
                 .version = 1,
                 .at = now,
                 .body = base::to_text(body),
                 .found_by = words_of(from, receivers)};
    row.found_by.push_back(request_word(request));
    const EntryRow next{.kind = kCounter,
                        .key = series,
                        .version = counter.has_value() ? counter->version + 1 : 1,
                        .at = now,
                        .body = base::to_text(object{{"last", last + 1}})};
    const auto saved = workplace.store.save_entries({row, next}, std::nullopt);
    if (saved) return HandOverSlip{.number = row.key, .hash = request.hash};
    if (saved.error().code != base::FaultCode::conflict) {
      return base::Failure{failure_from(saved.error())};
    }
  }
  return base::Failure{failure_from(base::Fault{base::FaultCode::conflict, "too many rivals"})};
}

void withdraw_slip(Workplace& workplace, const HandOverSlip& slip) {
  [[maybe_unused]] const auto gone =
      workplace.store.delete_entries({{.kind = kSlip, .key = slip.number}});
}

Answer<object> slips_json(Workplace& workplace, const party::Officer& officer) {
  const Instant now = workplace.clock.now();
  const bool sends =
      party::may(officer, party::Action::hand_over, party::Subject{.agency = officer.agency}, now)
          .allowed;
  if (!sends) {
    TRY(require(party::may(officer, party::Action::take_over,
                           party::Subject{.agency = officer.agency}, now)));
  }
  std::vector<EntryRow> rows;
  for (const std::string& agency : places_on_slips(officer)) {
    for (const char* side : {"from:", "to:"}) {
      for (EntryRow& row :
           TRY_AS_FAILURE(workplace.store.entries_found_by(kSlip, side + agency, 500))) {
        if (std::ranges::find(rows, row.key, &EntryRow::key) == rows.end()) {
          rows.push_back(std::move(row));
        }
      }
    }
  }
  std::ranges::sort(rows, [](const EntryRow& a, const EntryRow& b) { return a.at > b.at; });
  if (rows.size() > 100) rows.resize(100);
  array items;
  for (const EntryRow& row : rows) {
    const value body = TRY_AS_FAILURE(base::parse_json(row.body));
    const auto lines = TRY(lines_of(workplace, row, body));
    std::int64_t open = 0;
    for (const SlipLine& line : lines) open += line.transport.is_open() ? 1 : 0;
    items.push_back(object{{"slip", row.key},
                           {"at", calendar::to_iso(row.at)},
                           {"from", agency_json(workplace, base::string_or(body, "from"))},
                           {"carrier", base::string_or(body, "carrier")},
                           {"by", base::string_or(body, "by")},
                           {"count", static_cast<std::int64_t>(lines.size())},
                           {"on_the_way", open}});
  }
  return object{{"items", std::move(items)}};
}

Answer<PrintedDocument> print_slip(Workplace& workplace, const party::Officer& officer,
                                   const std::string& slip) {
  const auto row = TRY_AS_FAILURE(workplace.store.find_entry(kSlip, slip));
  const bool at_counter =
      party::may(officer, party::Action::hand_over, party::Subject{.agency = officer.agency},
                 workplace.clock.now())
          .allowed;
  if (!row.has_value() || !at_counter || !concerns(*row, places_on_slips(officer))) {
    return fail(FailureKind::not_found, "slip-not-found",
                {"Không có phiếu bàn giao này.", "There is no such hand-over slip."});
  }
  const value body = TRY_AS_FAILURE(base::parse_json(row->body));
  const std::string from = base::string_or(body, "from");
  const calendar::Date on = calendar::local_date(row->at);
  array rows;
  std::string to;
  for (const SlipLine& line : TRY(lines_of(workplace, *row, body))) {
    const dossier::Transport& one = line.transport;
    const std::string place = name_of(workplace.organisation, one.to);
    if (to.find(place) == std::string::npos) to += (to.empty() ? "" : "; ") + place;
    std::string state = "Đang chuyển";
    if (one.taken_at.has_value()) {
      state = "Đã nhận, " + one.taken_by;
      if (!one.missing.empty()) state += "; thiếu: " + pieces_text(one.missing);
    }
    rows.push_back(object{{"number", static_cast<std::int64_t>(rows.size()) + 1},
                          {"code", line.open.dossier.code},
                          {"procedure", line.open.procedure->name.vi},
                          {"applicant", line.open.dossier.applicant.name},
                          {"pieces", pieces_text(one.pieces)},
                          {"to", place},
                          {"state", state}});
  }
  object fields{{"agency", agency_head(workplace.organisation, from)},
                {"number", row->key},
                {"issued_on", calendar::to_iso(on)},
                {"handed_at", calendar::to_iso(row->at)},
                {"to", to},
                {"carrier", base::string_or(body, "carrier")},
                {"note", base::string_or(body, "note")},
                {"count", static_cast<std::int64_t>(rows.size())},
                {"rows", std::move(rows)},
                {"signers", object{{"giver", base::string_or(body, "by")},
                                   {"carrier", base::string_or(body, "carrier")}}}};
  PrintedDocument printed;
  printed.bytes =
      TRY_AS_FAILURE(workplace.printer.print("phieu-ban-giao", on, value(std::move(fields))));
  printed.file_name = "phieu-ban-giao-" + row->key + ".pdf";
  return printed;
}

}  // namespace casework
