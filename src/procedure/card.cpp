#include "procedure/card.h"

#include <boost/json.hpp>

#include "form/form_json.h"
#include "procedure/procedure_json.h"

namespace procedure {

namespace {

using base::json::object;
using form::to_json;

Bilingual bilingual(const object& json, std::string_view key) {
  const auto* found = json.if_contains(key);
  if (found == nullptr || !found->is_object()) return {};
  return {base::string_or(found->get_object(), "vi"), base::string_or(found->get_object(), "en")};
}

}  // namespace

Card card_of(const Procedure& procedure) {
  return {.code = procedure.code,
          .digest = procedure.digest,
          .name = procedure.name,
          .field = procedure.field,
          .summary = procedure.summary,
          .keywords = procedure.keywords,
          .level = procedure.level,
          .erased_by_schedule = procedure.retention.has_value() && !procedure.retention->permanent,
          .listed = summary_json(procedure)};
}

object to_json(const Card& card) {
  base::json::array keywords;
  for (const std::string& one : card.keywords) keywords.emplace_back(one);
  return {{"digest", card.digest},
          {"keywords", std::move(keywords)},
          {"erased_by_schedule", card.erased_by_schedule},
          {"listed", card.listed}};
}

std::optional<Card> read_card(const object& json) {
  const auto* listed = json.if_contains("listed");
  const auto* keywords = json.if_contains("keywords");
  if (listed == nullptr || !listed->is_object()) return std::nullopt;
  Card card;
  card.listed = listed->get_object();
  card.digest = base::string_or(json, "digest");
  card.erased_by_schedule = base::bool_or(json, "erased_by_schedule");
  card.code = base::string_or(card.listed, "code");
  card.name = bilingual(card.listed, "name");
  card.field = bilingual(card.listed, "field");
  card.summary = bilingual(card.listed, "summary");
  const auto level = find_level(base::string_or(card.listed, "level"));
  if (card.code.empty() || card.digest.empty() || !level.has_value()) return std::nullopt;
  card.level = *level;
  if (keywords != nullptr && keywords->is_array()) {
    for (const auto& one : keywords->get_array()) {
      if (one.is_string()) {
        card.keywords.emplace_back(one.get_string().data(), one.get_string().size());
      }
    }
  }
  return card;
}

}  // namespace procedure
