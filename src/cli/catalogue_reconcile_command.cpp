// catalogue_reconcile_command.cpp - motcua catalogue reconcile: what the national database
// publishes against what is in force here.
#include <algorithm>
#include <iostream>
#include <memory>

#include <boost/json.hpp>

#include "casework/publications.h"
#include "casework/workplace.h"
#include "catalogue/reconciliation.h"
#include "cli/catalogue_drafting.h"
#include "cli/catalogue_store.h"
#include "cli/compose.h"
#include "cli/manners.h"
#include "cli/subcommand.h"
#include "documents/spreadsheet.h"

namespace cli {

namespace {

using catalogue::ReconciliationKind;
using catalogue::ReconciliationRow;

struct ReconcileOptions {
  std::string data = "motcua-data";
  std::string store;
  std::string agency = kTenant;
  std::string csv;
  std::string xlsx;
  bool json = false;
  bool all = false;
};

documents::Sheet sheet() {
  return {"Đối chiếu",
          {{"Mã", 12},
           {"Tên thủ tục", 60},
           {"Cấp", 12},
           {"Cơ quan", 12},
           {"Tình trạng", 28},
           {"Nội dung khác", 28},
           {"Cơ sở dữ liệu quốc gia", 50},
           {"Ở đây", 50}}};
}

// One line a difference; a procedure without any has one line.
std::vector<documents::Row> table(const std::vector<ReconciliationRow>& rows) {
  std::vector<documents::Row> lines;
  for (const ReconciliationRow& row : rows) {
    const documents::Row head{row.code, row.name.vi, row.level.vi, row.agency,
                              catalogue::in_words(row.kind).vi};
    if (row.differences.empty()) {
      lines.push_back(head);
      lines.back().resize(8);
      continue;
    }
    for (const catalogue::Difference& one : row.differences) {
      documents::Row line = head;
      line.insert(line.end(), {one.label.vi, one.published.vi, one.here.vi});
      lines.push_back(std::move(line));
    }
  }
  return lines;
}

base::Outcome<base::Done> write_tables(const ReconcileOptions& options,
                                       const std::vector<ReconciliationRow>& rows) {
  const std::vector<documents::Row> lines = table(rows);
  std::size_t at = 0;
  const documents::NextRow next = [&](documents::Row& row) {
    if (at == lines.size()) return false;
    row = lines[at++];
    return true;
  };
  if (!options.csv.empty()) {
    std::string text;
    TRY(documents::write_csv(sheet(), next, [&](std::string_view piece) {
      text += piece;
      return true;
    }));
    if (options.csv == "-") {
      std::cout << text;
    } else {
      TRY(write_durably(options.csv, text));
    }
  }
  at = 0;
  if (!options.xlsx.empty()) {
    const std::string workbook = TRY(documents::write_xlsx(sheet(), next));
    TRY(write_durably(options.xlsx, workbook));
  }
  return base::Done{};
}

void print(const std::vector<ReconciliationRow>& rows, bool all) {
  for (const ReconciliationRow& row : rows) {
    if (row.kind == ReconciliationKind::agreeing && !all) continue;
    std::cout << row.code << "  " << catalogue::in_words(row.kind).vi << " / "
              << catalogue::in_words(row.kind).en << "  " << row.name.vi << '\n';
    for (const catalogue::Difference& one : row.differences) {
      std::cout << "  " << one.label.vi << ": " << one.published.vi << " → " << one.here.vi
                << "\n  " << one.label.en << ": " << one.published.en << " → " << one.here.en
                << '\n';
    }
  }
}

base::Outcome<int> run(const ReconcileOptions& options) {
  const Shipped shipped = TRY(find_shipped());
  const DataFolder folder = TRY(DataFolder::open(options.data));
  calendar::SystemClock clock;
  const auto office = TRY(Office::open(folder, shipped, clock, {.store_url = options.store}));
  const OpenedStore opened = TRY(open_catalogue_store(options.data, options.store, StoreUse::read));
  const DraftingMaterial material = TRY(read_drafting_material(shipped, *opened.store));
  const party::Agency* agency = material.organisation.find(options.agency);
  if (agency == nullptr) return report_usage("there is no agency " + options.agency);

  std::vector<catalogue::Entry> entries;
  TRY(each_entry(*opened.store, "", [&](const catalogue::Entry& entry) {
    if (catalogue::concerns(entry, *agency, material.policy, material.organisation)) {
      entries.push_back(entry);
      entries.back().raw.clear();  // nobody looks at it here
    }
    return true;
  }));
  std::vector<const catalogue::Entry*> published;
  for (const catalogue::Entry& entry : entries) published.push_back(&entry);

  casework::Publications& publications = office->workplace().publications;
  const calendar::Date today = calendar::local_date(clock.now());
  std::vector<casework::ProcedurePtr> kept;
  std::vector<const procedure::Procedure*> here;
  for (const procedure::CardPtr& card : publications.all()) {
    auto procedure = TRY(publications.find(card->code, options.agency, today));
    if (procedure == nullptr || !catalogue::concerns(*procedure, *agency)) continue;
    here.push_back(procedure.get());
    kept.push_back(std::move(procedure));
  }
  const std::vector<ReconciliationRow> rows = catalogue::reconcile(
      published, here, std::string{agency->id.root()}, material.policy, material.organisation);
  TRY(write_tables(options, rows));
  const auto count = [&](ReconciliationKind kind) {
    return static_cast<std::int64_t>(std::ranges::count(rows, kind, &ReconciliationRow::kind));
  };
  if (options.json) {
    base::json::array items;
    for (const ReconciliationRow& row : rows) {
      if (row.kind != ReconciliationKind::agreeing || options.all) {
        items.push_back(catalogue::to_json(row));
      }
    }
    std::cout << base::to_text(base::json::object{
                     {"agency", options.agency},
                     {"only_published", count(ReconciliationKind::only_published)},
                     {"only_here", count(ReconciliationKind::only_here)},
                     {"differing", count(ReconciliationKind::differing)},
                     {"agreeing", count(ReconciliationKind::agreeing)},
                     {"items", std::move(items)}})
              << '\n';
    return kDone;
  }
  if (options.csv == "-") return kDone;
  print(rows, options.all);
  for (const ReconciliationKind kind :
       {ReconciliationKind::only_published, ReconciliationKind::only_here,
        ReconciliationKind::differing, ReconciliationKind::agreeing}) {
    const auto words = catalogue::in_words(kind);
    std::cout << words.vi << " / " << words.en << ": " << count(kind) << '\n';
  }
  return kDone;
}

}  // namespace

void add_catalogue_reconcile(CLI::App& catalogue, int& status) {
  auto options = std::make_shared<ReconcileOptions>();
  CLI::App* command = catalogue.add_subcommand(
      "reconcile", "What the national database publishes against what is in force here");
  command->add_option("--data", options->data, "Folder of the store")->capture_default_str();
  command->add_option("--store", options->store, "postgres://… of the store")
      ->envname("MOTCUA_STORE");
  command->add_option("--agency", options->agency, "Whose procedures")->capture_default_str();
  command->add_option("--csv", options->csv, "Writes a table (- for stdout)");
  command->add_option("--xlsx", options->xlsx, "Writes a workbook");
  command->add_flag("--all", options->all, "Those that agree as well");
  CLI::Option* json = command->add_flag("--json", options->json, "One JSON object");
  json->excludes("--csv")->excludes("--xlsx");
  command->callback([options, &status] {
    const auto done = run(*options);
    status = done ? *done : report(done.error());
  });
}

}  // namespace cli
