#pragma once
// sql.h - a statement as a named constant of the program; all of them can be listed.
//
// Constants only: whoever makes a Sql puts it at namespace scope, and never makes its text from
// data.  Its first value ($1) is the tenant unless it says otherwise.

namespace storage::postgres {

enum class Path {
  hot,   // in the way of a request: bounded however many rows there are
  cold,  // administration, reports, walks over everything
};

class Sql {
 public:
  // `name` is unique: connections prepare the statement under it.
  Sql(const char* name, const char* text, Path path = Path::hot)
      : name_(name), text_(text), path_(path), next_(first_) {
    first_ = this;
  }
  Sql(const Sql&) = delete;
  Sql& operator=(const Sql&) = delete;

  [[nodiscard]] const char* name() const { return name_; }
  [[nodiscard]] const char* text() const { return text_; }
  [[nodiscard]] Path path() const { return path_; }

  // Every statement of the program: for (const Sql* s = Sql::first(); s != nullptr; s = s->next()).
  [[nodiscard]] static const Sql* first() { return first_; }
  [[nodiscard]] const Sql* next() const { return next_; }

 private:
  const char* name_;
  const char* text_;
  Path path_;
  const Sql* next_;
  inline static const Sql* first_ = nullptr;
};

}  // namespace storage::postgres
