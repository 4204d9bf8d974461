#include "casework/publication.h"

#include <algorithm>

#include <boost/json.hpp>

#include "base/json.h"

namespace casework {

namespace {

using base::json::array;
using base::json::object;

void add_date(object& json, const char* key, const std::optional<calendar::Date>& date) {
  if (date.has_value()) json[key] = calendar::to_iso(*date);
}

std::optional<calendar::Date> date_of(const object& json, const char* key) {
  return calendar::parse_date(base::string_or(json, key));
}

object to_json(const Approval& approval) {
  return {{"proposed_by", approval.proposed_by},
          {"proposed_by_name", approval.proposed_by_name},
          {"approved_by", approval.approved_by},
          {"approved_by_name", approval.approved_by_name},
          {"at", approval.at.time_since_epoch().count()}};
}

Approval read_approval(const object& json) {
  Approval approval;
  const auto* found = json.if_contains("approval");
  if (found == nullptr || !found->is_object()) return approval;
  const object& said = found->get_object();
  approval.proposed_by = base::string_or(said, "proposed_by");
  approval.proposed_by_name = base::string_or(said, "proposed_by_name");
  approval.approved_by = base::string_or(said, "approved_by");
  approval.approved_by_name = base::string_or(said, "approved_by_name");
  approval.at = calendar::Instant{calendar::Instant::duration{base::int_or(said, "at")}};
  return approval;
}

base::Outcome<array> revisions_of(std::string_view body) {
  const base::json::value value = TRY(base::parse_json(body));
  const base::json::value* list = base::find(value, "revisions");
  if (list == nullptr || !list->is_array()) {
    return base::fault(base::FaultCode::corrupt, "a publication without revisions");
  }
  return list->get_array();
}

template <class Revision>
const Revision* newest_in_force(const std::vector<Revision>& revisions, calendar::Date on) {
  const Revision* best = nullptr;
  for (const Revision& one : revisions) {
    if (one.from.has_value() && on < *one.from) continue;
    if (one.to.has_value() && *one.to < on) continue;
    const bool later = best == nullptr || !best->from.has_value() ||
                       (one.from.has_value() && *best->from <= *one.from);
    if (later) best = &one;
  }
  return best;
}

}  // namespace

std::string to_body(const std::vector<Publication>& revisions) {
  array list;
  for (const Publication& one : revisions) {
    object json{{"digest", one.digest},
                {"origin", one.origin},
                {"approval", to_json(one.approval)},
                {"card", procedure::to_json(one.card)}};
    add_date(json, "from", one.from);
    add_date(json, "to", one.to);
    list.push_back(std::move(json));
  }
  return base::to_text(object{{"revisions", std::move(list)}});
}

std::string to_body(const std::vector<OverlayPublication>& revisions) {
  array list;
  for (const OverlayPublication& one : revisions) {
    object json{{"code", one.code},
                {"agency", one.agency},
                {"digest", one.digest},
                {"text", one.text},
                {"approval", to_json(one.approval)}};
    add_date(json, "from", one.from);
    add_date(json, "to", one.to);
    list.push_back(std::move(json));
  }
  return base::to_text(object{{"revisions", std::move(list)}});
}

base::Outcome<std::vector<Publication>> read_publications(const std::string& code,
                                                          std::string_view body) {
  const array list = TRY(revisions_of(body));
  std::vector<Publication> revisions;
  for (const auto& one : list) {
    if (!one.is_object()) continue;
    const object& json = one.get_object();
    const base::json::value* kept = json.if_contains("card");
    std::optional<procedure::Card> card;
    if (kept != nullptr && kept->is_object()) card = procedure::read_card(kept->get_object());
    if (!card.has_value() || card->code != code) {
      return base::fault(base::FaultCode::corrupt, "a revision of " + code + " without its card");
    }
    revisions.push_back({.code = code,
                         .digest = base::string_or(json, "digest"),
                         .from = date_of(json, "from"),
                         .to = date_of(json, "to"),
                         .origin = base::string_or(json, "origin"),
                         .approval = read_approval(json),
                         .card = *std::move(card)});
  }
  return revisions;
}

base::Outcome<std::vector<OverlayPublication>> read_overlay_publications(std::string_view body) {
  const array list = TRY(revisions_of(body));
  std::vector<OverlayPublication> revisions;
  for (const auto& one : list) {
    if (!one.is_object()) continue;
    const object& json = one.get_object();
    revisions.push_back({.code = base::string_or(json, "code"),
                         .agency = base::string_or(json, "agency"),
                         .digest = base::string_or(json, "digest"),
                         .from = date_of(json, "from"),
                         .to = date_of(json, "to"),
                         .approval = read_approval(json),
                         .text = base::string_or(json, "text")});
  }
  return revisions;
}

const Publication* in_force(const std::vector<Publication>& revisions, calendar::Date on) {
  return newest_in_force(revisions, on);
}

const OverlayPublication* in_force(const std::vector<OverlayPublication>& revisions,
                                   calendar::Date on) {
  return newest_in_force(revisions, on);
}

}  // namespace casework
