#pragma once
// procedure_scope.h - which procedures an authority is about: all, those of some fields, or some.
#include <string>
#include <string_view>
#include <vector>

namespace party {

struct ProcedureScope {
  bool all = true;                    // then the lists say nothing
  std::vector<std::string> fields{};  // in Vietnamese, as procedures name theirs: "Hộ tịch"
  std::vector<std::string> codes{};   // "1.001193"

  // A procedure without a name is only covered by a scope of all: what is not about a procedure at
  // all (a list, a cash book) asks with both empty.
  [[nodiscard]] bool covers(std::string_view code, std::string_view field) const;
  // Everything that `other` covers is covered here, as far as it can be told without knowing which
  // field a procedure belongs to: a code is within its own code or all, never within a field.
  [[nodiscard]] bool contains(const ProcedureScope& other) const;
  // Some procedure may be in both; a code and a field always may.
  [[nodiscard]] bool meets(const ProcedureScope& other) const;
  friend bool operator==(const ProcedureScope&, const ProcedureScope&) = default;
};

}  // namespace party
