#pragma once
// card.h - what lists, filters and the search see of a procedure: small enough that thousands are
// held, where the procedure itself is loaded when it is needed.
#include <optional>
#include <string>
#include <vector>

#include "base/json.h"
#include "procedure/procedure.h"

namespace procedure {

struct Card {
  std::string code;
  std::string digest;  // of the revision it is of
  Bilingual name;
  Bilingual field;
  Bilingual summary;
  std::vector<std::string> keywords;
  Level level = Level::commune;
  bool erased_by_schedule = false;  // the law says for how many years its dossiers are kept
  base::json::object listed;        // as lists receive it: summary_json
};

[[nodiscard]] Card card_of(const Procedure& procedure);

// As kept beside a published revision.  Nothing when it is not one of ours.
[[nodiscard]] base::json::object to_json(const Card& card);
[[nodiscard]] std::optional<Card> read_card(const base::json::object& json);

}  // namespace procedure
