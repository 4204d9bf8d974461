#pragma once
// values.h - what goes into a statement and what comes out of it, in PostgreSQL's binary form.
#include <array>
#include <cstdint>
#include <deque>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include <libpq-fe.h>

#include "calendar/instant.h"

namespace storage::postgres {

// The values of one execution, in the order of $1, $2 …  Texts must live until they were sent.
class Values {
 public:
  Values& bind(std::string_view text);
  Values& bind(std::int64_t number);
  Values& bind(int number) { return bind(static_cast<std::int64_t>(number)); }
  Values& bind(bool flag);
  // A literal would rather be a flag.
  Values& bind(const char* text) { return bind(std::string_view{text}); }
  Values& bind(calendar::Instant at) { return bind(at.time_since_epoch().count()); }
  Values& bind(const std::optional<calendar::Instant>& at);
  Values& bind_bytes(std::string_view bytes);

  // Arrays of one dimension.  The elements are copied.
  Values& bind(const std::vector<std::string_view>& texts);
  Values& bind(const std::vector<std::optional<std::string_view>>& texts);
  Values& bind(const std::vector<std::string>& texts);
  Values& bind(const std::vector<std::int64_t>& numbers);
  Values& bind(const std::vector<std::optional<std::int64_t>>& numbers);
  Values& bind_all_bytes(const std::vector<std::string_view>& texts);
  // NULL in the place of an array of texts.
  Values& bind_no_texts();

  [[nodiscard]] int size() const { return static_cast<int>(pointers_.size()); }
  [[nodiscard]] const char* const* pointers() const { return pointers_.data(); }
  [[nodiscard]] const int* lengths() const { return lengths_.data(); }
  [[nodiscard]] const int* formats() const { return formats_.data(); }
  [[nodiscard]] const Oid* types() const { return types_.data(); }

 private:
  Values& add(Oid type, const char* bytes, std::size_t length);
  Values& keep(Oid type, std::string bytes);

  std::vector<const char*> pointers_;
  std::vector<int> lengths_;
  std::vector<int> formats_;
  std::vector<Oid> types_;
  std::deque<std::string> kept_;
};

// One row of an answer.  Lives as long as its Rows.
class Row {
 public:
  Row(const PGresult* result, int row) : result_(result), row_(row) {}
  [[nodiscard]] std::string text(int column) const { return std::string{view(column)}; }
  // Of texts and bytes; empty where there is none.
  [[nodiscard]] std::string_view view(int column) const;
  [[nodiscard]] std::int64_t number(int column) const;
  [[nodiscard]] bool flag(int column) const { return number(column) != 0; }
  [[nodiscard]] bool is_null(int column) const;
  [[nodiscard]] calendar::Instant instant(int column) const;
  [[nodiscard]] std::optional<calendar::Instant> maybe_instant(int column) const;
  [[nodiscard]] std::vector<std::string> texts(int column) const;

 private:
  const PGresult* result_;
  int row_;
};

class Rows {
 public:
  explicit Rows(PGresult* result) : result_(result, &PQclear) {}
  [[nodiscard]] int size() const { return PQntuples(result_.get()); }
  [[nodiscard]] bool empty() const { return size() == 0; }
  [[nodiscard]] Row operator[](int row) const { return {result_.get(), row}; }
  // Rows that the statement changed.
  [[nodiscard]] std::int64_t affected() const;
  [[nodiscard]] const PGresult* raw() const { return result_.get(); }

 private:
  std::unique_ptr<PGresult, void (*)(PGresult*)> result_;
};

}  // namespace storage::postgres
