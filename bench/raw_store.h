#pragma once
// raw_store.h - the yardstick: SQLite alone, with the product's own schema and the rows that the
// product itself wrote, without any of the product's code between.
#include <cstddef>
#include <memory>
#include <string>
#include <vector>

#include "figure.h"

struct sqlite3;
struct sqlite3_stmt;
struct sqlite3_value;

namespace bench {

class RawDatabase {
 public:
  // WAL, synchronous=FULL and the product's cache sizes.
  explicit RawDatabase(const std::string& path);
  ~RawDatabase();
  RawDatabase(const RawDatabase&) = delete;
  RawDatabase& operator=(const RawDatabase&) = delete;

  void run(const std::string& sql);
  [[nodiscard]] sqlite3_stmt* prepare(const std::string& sql);  // lives as long as the database
  // First column of all rows.
  [[nodiscard]] std::vector<std::string> texts(const std::string& sql);

 private:
  sqlite3* raw_ = nullptr;
  std::vector<sqlite3_stmt*> statements_;
};

struct FreeValue {
  void operator()(sqlite3_value* value) const;
};
struct RawRow {
  std::size_t table = 0;
  std::vector<std::unique_ptr<sqlite3_value, FreeValue>> values;
};
// The rows that one filing wrote, of every table.
struct FilingRows {
  std::vector<RawRow> rows;
  [[nodiscard]] std::size_t bytes() const;  // of the values
};

// Of the first `limit` dossiers filed in the store at `path`.
[[nodiscard]] std::vector<FilingRows> read_filings(const std::string& path, std::size_t limit);
struct RawSpeed {
  double per_second = 0;              // filings
  double processor_microseconds = 0;  // of this thread, for each
};
// Writes them into the new store at `path`, `group` filings to a transaction.
[[nodiscard]] RawSpeed insert_filings(const std::string& path,
                                      const std::vector<FilingRows>& filings, std::size_t group);

// The bare look-ups behind the pages that an officer reads, each `count` times.
struct BareReads {
  Durations inbox;    // 25 tasks of the agency in order, with their dossiers
  Durations search;   // 25 dossiers that FTS5 finds for a name
  Durations dossier;  // its row and its events
};
[[nodiscard]] BareReads time_bare_reads(const std::string& path, const std::string& agency,
                                        const std::vector<std::string>& names,
                                        const std::vector<std::string>& ids, std::size_t count);

}  // namespace bench
