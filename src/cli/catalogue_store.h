#pragma once
// catalogue_store.h - the store as the catalogue's commands open it, and the entries in it.
#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "casework/store.h"
#include "catalogue/entry.h"
#include "catalogue/lint.h"
#include "cli/data_folder.h"

namespace cli {

enum class StoreUse { read, write };

// Writing takes the folder's hold: two programs that write one SQLite file would make each other's
// checkpoints (docs/OPERATIONS.md).  With PostgreSQL any number may write.
struct OpenedStore {
  std::optional<FolderHold> hold;
  std::unique_ptr<casework::Store> store;
};
[[nodiscard]] base::Outcome<OpenedStore> open_catalogue_store(const std::string& data,
                                                              const std::string& store_url,
                                                              StoreUse use);

// The newest version of one; nothing when the catalogue does not have it.
struct StoredEntry {
  catalogue::Entry entry;
  std::int64_t version = 0;
};
[[nodiscard]] base::Outcome<std::optional<StoredEntry>> find_entry(casework::Store& store,
                                                                   const std::string& code);
// All whose code begins with `prefix`, in order of code, until `visit` says false.
[[nodiscard]] base::Outcome<base::Done> each_entry(
    casework::Store& store, const std::string& prefix,
    const std::function<bool(const catalogue::Entry&)>& visit);

// What people decided about findings of codes that begin with `prefix`.
[[nodiscard]] base::Outcome<std::vector<catalogue::Decision>> decisions_about(
    casework::Store& store, const std::string& prefix);

}  // namespace cli
