#pragma once
// database.h - thin RAII over the SQLite C API: a connection and its prepared statements.
//
// Statements are prepared once per connection and text.  A connection is used by one thread at a
// time.
#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <unordered_map>

#include <sqlite3.h>

#include "base/fault.h"
#include "calendar/instant.h"

namespace storage::sqlite {

// A prepared statement being bound and stepped; reset when it goes out of scope.  Binding counts
// from the left: `s.bind(a).bind(b)`.  Texts must live until the statement has been stepped.
class Statement {
 public:
  explicit Statement(sqlite3_stmt* raw) : raw_(raw) {}
  ~Statement();
  Statement(Statement&& other) noexcept : raw_(other.raw_), next_(other.next_) {
    other.raw_ = nullptr;
  }
  Statement& operator=(Statement&&) = delete;
  Statement(const Statement&) = delete;
  Statement& operator=(const Statement&) = delete;

  Statement& bind(std::string_view text);
  Statement& bind_blob(std::string_view bytes);
  Statement& bind(std::int64_t number);
  Statement& bind(int number) { return bind(static_cast<std::int64_t>(number)); }
  Statement& bind(bool flag) { return bind(static_cast<std::int64_t>(flag)); }
  Statement& bind(calendar::Instant at);
  Statement& bind(const std::optional<calendar::Instant>& at);
  Statement& bind_null();

  // True: a row is there.
  [[nodiscard]] base::Outcome<bool> step();
  // Steps to the end of a statement without rows.
  [[nodiscard]] base::Outcome<base::Done> run();
  // For statements that run again with other values.
  void reset();

  [[nodiscard]] std::string text(int column) const;
  // Lives until the next step.
  [[nodiscard]] std::string_view text_view(int column) const;
  [[nodiscard]] std::int64_t number(int column) const;
  [[nodiscard]] bool is_null(int column) const;
  [[nodiscard]] calendar::Instant instant(int column) const;
  [[nodiscard]] std::optional<calendar::Instant> maybe_instant(int column) const;

 private:
  sqlite3_stmt* raw_;
  int next_ = 1;
};

class Database {
 public:
  // Readers are many: they keep small caches and map nothing.  `still` is for a file that nobody
  // writes, such as a backup's: it is only read, and nothing appears beside it.
  // `beside` writes while another program has the store: it makes no checkpoints, which belong to
  // the one that writes all day (see database.cpp).
  enum class Use { write, beside, read, still };
  // Opens or creates the file with WAL and synchronous=FULL; waits up to five seconds for locks.
  [[nodiscard]] static base::Outcome<std::unique_ptr<Database>> open(const std::string& path,
                                                                     Use use = Use::write);
  ~Database();
  Database(const Database&) = delete;
  Database& operator=(const Database&) = delete;

  // `sql` is a constant of the program, never made from data.
  [[nodiscard]] base::Outcome<Statement> prepare(std::string_view sql);
  // One or more statements without values.
  [[nodiscard]] base::Outcome<base::Done> run(const char* sql);
  // Prepared once, for the writer.
  [[nodiscard]] base::Outcome<base::Done> begin();
  // Of a reader: everything until the rollback is as it was at one moment.
  [[nodiscard]] base::Outcome<base::Done> begin_reading();
  [[nodiscard]] base::Outcome<base::Done> commit();
  [[nodiscard]] base::Outcome<base::Done> rollback();
  [[nodiscard]] int changes() const;
  // Rows changed since the connection was opened.
  [[nodiscard]] std::int64_t total_changes() const;
  [[nodiscard]] std::int64_t last_row() const;
  [[nodiscard]] int extended_error() const;
  [[nodiscard]] base::Fault fault(std::string_view doing) const;
  // The last fault a statement ended with; `internal` when there was none.
  [[nodiscard]] base::Fault last_fault() const;
  // No transaction is open.
  [[nodiscard]] bool in_autocommit() const;
  // For calls that have no wrapper here.
  [[nodiscard]] sqlite3* raw() const { return raw_; }

 private:
  Database(sqlite3* raw, Use use) : raw_(raw), use_(use) {}
  struct TextHash {
    using is_transparent = void;
    std::size_t operator()(std::string_view text) const noexcept {
      return std::hash<std::string_view>{}(text);
    }
  };
  sqlite3* raw_;
  Use use_;
  std::unordered_map<std::string, sqlite3_stmt*, TextHash, std::equal_to<>> statements_;
};

}  // namespace storage::sqlite
