#pragma once
// legal_act.h - the decision that something rests on.
#include <optional>
#include <string>

#include "calendar/instant.h"

namespace party {

struct LegalAct {
  std::string number{};  // "12/QĐ-UBND"; empty: none is named
  std::string issuer{};  // who issued it, in words
  std::optional<calendar::Date> issued_on{};
  std::string title{};  // what it is about

  [[nodiscard]] bool is_named() const { return !number.empty(); }
  friend bool operator==(const LegalAct&, const LegalAct&) = default;
};

}  // namespace party
