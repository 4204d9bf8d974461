#pragma once
// origin.h - who said a value of a resolved package, and by which right.
#include <string>
#include <vector>

#include "base/json.h"
#include "procedure/component.h"
#include "procedure/layer.h"

namespace procedure {

struct Origin {
  Layer layer = Layer::nation;
  std::string agency;  // empty: the nation
  int revision = 1;
  std::string digest;                   // of the base package, or of the overlay
  std::vector<LegalBasis> legal_basis;  // of the change, or of the overlay; of the nation: its own
};

[[nodiscard]] base::json::object to_json(const LegalBasis& basis);
[[nodiscard]] base::json::object to_json(const Origin& origin);

// "tỉnh, thành phố H41, bản 2 (12/2026/QĐ-UBND, Điều 2)".
[[nodiscard]] form::Bilingual in_words(const Origin& origin);

}  // namespace procedure
