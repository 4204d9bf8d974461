#include "cli/catalogue_store.h"

#include "base/json.h"
#include "casework/definition_kinds.h"
#include "catalogue/entry_json.h"
#include "cli/compose.h"
#include "storage/postgres/postgres_store.h"
#include "storage/sqlite/sqlite_store.h"

namespace cli {

namespace {

constexpr int kPage = 200;

base::Outcome<catalogue::Entry> entry_in(const casework::DefinitionRow& row) {
  const base::json::value body = TRY(base::parse_json(row.body));
  return catalogue::read_entry(body);
}

}  // namespace

base::Outcome<OpenedStore> open_catalogue_store(const std::string& data,
                                                const std::string& store_url, StoreUse use) {
  OpenedStore opened;
  if (!store_url.empty()) {
    opened.store = TRY(storage::postgres::open_store(store_url, kTenant, {.connections = 2}));
    return opened;
  }
  const DataFolder folder = TRY(DataFolder::open(data));
  if (use == StoreUse::write) {
    auto hold = TRY(folder.hold_if_free());
    if (hold) opened.hold.emplace(std::move(*hold));
  }
  opened.store = TRY(storage::sqlite::open_store(
      folder.store(), kTenant,
      opened.hold ? storage::sqlite::Neighbours::none : storage::sqlite::Neighbours::beside));
  return opened;
}

base::Outcome<std::optional<StoredEntry>> find_entry(casework::Store& store,
                                                     const std::string& code) {
  const auto row = TRY(store.find_definition(casework::definition::kCatalogueEntry, code, 0));
  if (!row) return std::optional<StoredEntry>{};
  return std::optional<StoredEntry>{StoredEntry{TRY(entry_in(*row)), row->version}};
}

base::Outcome<base::Done> each_entry(casework::Store& store, const std::string& prefix,
                                     const std::function<bool(const catalogue::Entry&)>& visit) {
  std::string after;
  while (true) {
    const auto rows = TRY(store.definitions({.kind = casework::definition::kCatalogueEntry,
                                             .key_prefix = prefix,
                                             .after_key = after,
                                             .limit = kPage}));
    if (rows.empty()) return base::Done{};
    for (const casework::DefinitionRow& row : rows) {
      if (!visit(TRY(entry_in(row)))) return base::Done{};
    }
    after = rows.back().key;
  }
}

base::Outcome<std::vector<catalogue::Decision>> decisions_about(casework::Store& store,
                                                                const std::string& prefix) {
  std::vector<catalogue::Decision> decisions;
  std::string after;
  while (true) {
    const auto rows = TRY(store.definitions({.kind = casework::definition::kFindingDecision,
                                             .key_prefix = prefix,
                                             .after_key = after,
                                             .limit = kPage}));
    if (rows.empty()) return decisions;
    for (const casework::DefinitionRow& row : rows) {
      const base::json::value body = TRY(base::parse_json(row.body));
      decisions.push_back(TRY(catalogue::read_decision(body)));
    }
    after = rows.back().key;
  }
}

}  // namespace cli
