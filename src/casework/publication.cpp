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
const Revision* later_in_force(const Revision* best, const Revision& one, calendar::Date on) {
  if (one.from.has_value() && on < *one.from) return best;
  if (one.to.has_value() && *one.to < on) return best;
  const bool later = best == nullptr || !best->from.has_value() ||
                     (one.from.has_value() && *best->from <= *one.from);
  return later ? &one : best;
}

// The pieces without the days from `begins` to `ends` (none: for ever).
std::vector<OverlayPublication> without(const std::vector<OverlayPublication>& pieces,
                                        calendar::Date begins,
                                        const std::optional<calendar::Date>& ends) {
  constexpr std::chrono::days kDay{1};
  std::vector<OverlayPublication> left;
  for (const OverlayPublication& piece : pieces) {
    const calendar::Date first = piece.from.value_or(calendar::Date::min());
    const bool apart =
        (piece.to.has_value() && *piece.to < begins) || (ends.has_value() && *ends < first);
    if (apart) {
      left.push_back(piece);
      continue;
    }
    if (first < begins) {
      left.push_back(piece);
      left.back().to = begins - kDay;
    }
    if (ends.has_value() && (!piece.to.has_value() || *ends < *piece.to)) {
      left.push_back(piece);
      left.back().from = *ends + kDay;
    }
  }
  return left;
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
  const auto withdrawn = [&](std::size_t i) {
    for (std::size_t j = 0; j < revisions.size(); ++j) {
      const Publication& end = revisions[j];
      if (end.origin != "withdrawal" || !end.from.has_value() || on < *end.from) continue;
      if (i < j || !revisions[i].from.has_value() || *revisions[i].from < *end.from) return true;
    }
    return false;
  };
  const Publication* best = nullptr;
  for (std::size_t i = 0; i < revisions.size(); ++i) {
    if (revisions[i].origin == "withdrawal" || withdrawn(i)) continue;
    best = later_in_force(best, revisions[i], on);
  }
  return best;
}

std::vector<OverlayPublication> each_in_its_time(const std::vector<OverlayPublication>& revisions) {
  std::vector<OverlayPublication> timed;
  for (std::size_t i = 0; i < revisions.size(); ++i) {
    const OverlayPublication& one = revisions[i];
    if (one.text.empty()) continue;
    std::vector<OverlayPublication> pieces{one};
    for (std::size_t j = 0; j < revisions.size(); ++j) {
      const OverlayPublication& other = revisions[j];
      if (i == j || other.agency != one.agency || other.code != one.code) continue;
      const calendar::Date begins = other.from.value_or(calendar::Date::min());
      const calendar::Date began = one.from.value_or(calendar::Date::min());
      // A withdrawal also ends what was published before it and would begin later.
      const bool over = other.text.empty() ? (i < j || began < begins)
                                           : (began < begins || (began == begins && i < j));
      if (over) pieces = without(pieces, begins, other.to);
    }
    timed.insert(timed.end(), pieces.begin(), pieces.end());
  }
  return timed;
}

}  // namespace casework
