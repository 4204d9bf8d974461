#include "casework/publications.h"

#include <algorithm>

#include <boost/json.hpp>

#include "base/json.h"
#include "casework/definition_kinds.h"

namespace casework {

namespace {

constexpr std::size_t kHeldMax = 256;
constexpr std::size_t kLaidOverMax = 100'000;
constexpr int kPage = 500;

base::Fault unreadable(const std::string& digest, const form::DefinitionProblems& problems) {
  std::string message = "the revision " + digest + " cannot be read";
  if (!problems.empty()) message += ": " + problems.front().file + ": " + problems.front().message;
  return {base::FaultCode::corrupt, std::move(message)};
}

}  // namespace

Publications::Publications(std::vector<ProcedurePtr> shipped, form::Dictionary dictionary,
                           FindRevision find_revision, PublicationSurroundings around)
    : dictionary_(std::move(dictionary)),
      find_revision_(std::move(find_revision)),
      around_(std::move(around)) {
  for (const ProcedurePtr& one : shipped) {
    shipped_[one->digest] = one;
    shipped_revisions_.push_back({.code = one->code,
                                  .digest = one->digest,
                                  .from = one->effective_from,
                                  .to = one->effective_to,
                                  .origin = "shipped",
                                  .approval = {},
                                  .card = procedure::card_of(*one)});
  }
  InForce first;
  for (const Publication& one : shipped_revisions_) {
    first.published[one.code].revisions.push_back(one);
  }
  put_in_force(std::move(first));
}

calendar::Date Publications::today() const {
  return around_.today ? around_.today() : calendar::Date::max();
}

Publications::InForcePtr Publications::now_in_force() const {
  const std::scoped_lock lock(mutex_);
  return in_force_;
}

// Which card stands for a code follows from the day, and from what the home agency lays over it.
void Publications::put_in_force(InForce next) {
  next.on = around_.today ? std::optional{today()} : std::nullopt;
  std::vector<procedure::CardPtr> cards;
  for (const auto& [code, published] : next.published) {
    const Publication* base = in_force(published.revisions, today());
    if (base == nullptr) continue;
    procedure::Card card = base->card;
    if (!published.overlays.empty()) {
      const auto laid = resolved(next, code, around_.home, today());
      if (laid && *laid != nullptr) card = procedure::card_of(**laid);
      if (!laid) next.troubles.push_back(code + ": " + laid.error().message);
    }
    auto kept = std::make_shared<const procedure::Card>(std::move(card));
    next.cards[code] = kept;
    cards.push_back(std::move(kept));
  }
  next.index = procedure::SearchIndex(std::move(cards));
  auto whole = std::make_shared<const InForce>(std::move(next));
  const std::scoped_lock lock(mutex_);
  in_force_ = std::move(whole);
}

base::Outcome<bool> Publications::refresh(Store& store) {
  const std::int64_t sequence = TRY(store.definitions_sequence());
  const InForcePtr before = now_in_force();
  const bool same_day = !around_.today || before->on == today();
  if (before->sequence == sequence && same_day) return false;
  InForce next;
  next.sequence = sequence;
  for (const Publication& one : shipped_revisions_) {
    next.published[one.code].revisions.push_back(one);
  }
  for (std::string after;;) {
    const auto rows = TRY(store.definitions(
        {.kind = definition::kPackage, .key_prefix = {}, .after_key = after, .limit = kPage}));
    for (const DefinitionRow& row : rows) {
      auto revisions = TRY(read_publications(row.key, row.body));
      auto& all = next.published[row.key].revisions;
      all.insert(all.end(), std::make_move_iterator(revisions.begin()),
                 std::make_move_iterator(revisions.end()));
    }
    if (rows.size() < static_cast<std::size_t>(kPage)) break;
    after = rows.back().key;
  }
  procedure::Overlays overlays;
  for (std::string after;;) {
    const auto rows = TRY(store.definitions(
        {.kind = definition::kOverlay, .key_prefix = {}, .after_key = after, .limit = kPage}));
    for (const DefinitionRow& row : rows) {
      auto revisions = TRY(read_overlay_publications(row.body));
      if (revisions.empty()) continue;
      for (const OverlayPublication& one : each_in_its_time(revisions)) {
        auto overlay = procedure::read_overlay(one.text, row.key);
        if (!overlay) return base::Failure{unreadable(row.key, overlay.error())};
        overlay.value().effective_from = one.from.value_or(overlay->effective_from);
        overlay.value().effective_to = one.to;
        overlays.push_back(std::make_shared<const procedure::Overlay>(std::move(overlay).value()));
      }
      const std::string code = revisions.front().code;
      next.published[code].overlays.push_back(std::move(revisions));
    }
    if (rows.size() < static_cast<std::size_t>(kPage)) break;
    after = rows.back().key;
  }
  next.overlays = procedure::OverlayIndex(overlays);
  put_in_force(std::move(next));
  return true;
}

void Publications::hold(const std::string& digest, const ProcedurePtr& procedure) {
  const std::scoped_lock lock(mutex_);
  if (by_digest_.contains(digest)) return;
  recent_.emplace_front(digest, procedure);
  by_digest_[digest] = recent_.begin();
  if (recent_.size() <= kHeldMax) return;
  by_digest_.erase(recent_.back().first);
  recent_.pop_back();
}

ProcedurePtr Publications::held(const std::string& digest) {
  if (const auto shipped = shipped_.find(digest); shipped != shipped_.end()) {
    return shipped->second;
  }
  const std::scoped_lock lock(mutex_);
  const auto found = by_digest_.find(digest);
  if (found == by_digest_.end()) return nullptr;
  recent_.splice(recent_.begin(), recent_, found->second);
  return found->second->second;
}

base::Outcome<ProcedurePtr> Publications::pinned(const std::string& digest) {
  if (ProcedurePtr known = held(digest)) return known;
  if (const auto pin = procedure::RevisionPin::of(digest); pin.is_mixed()) {
    const ProcedurePtr law = TRY(pinned(pin.law));
    const ProcedurePtr process = TRY(pinned(pin.process));
    auto mixed =
        std::make_shared<const procedure::Procedure>(procedure::with_process_of(*law, *process));
    hold(digest, mixed);
    return ProcedurePtr{mixed};
  }
  const std::optional<std::string> text = TRY(find_revision_(digest));
  if (!text.has_value()) {
    return base::fault(base::FaultCode::corrupt, "no revision with digest " + digest);
  }
  const procedure::PackageFiles files = TRY(read_files(*text));
  // It has passed its checks when it was published, or nobody could pin it.
  const procedure::LoadOptions passed{.checks = procedure::LoadOptions::Checks::passed};
  auto loaded = procedure::load_package(files, dictionary_, passed);
  if (!loaded) return base::Failure{unreadable(digest, loaded.error())};
  loaded.value().digest = digest;
  auto kept = std::make_shared<const procedure::Procedure>(std::move(loaded).value());
  hold(digest, kept);
  return ProcedurePtr{kept};
}

base::Outcome<ProcedurePtr> Publications::lay_over(const Publication& base,
                                                   const procedure::Applicable& overlays) {
  const std::string key = procedure::resolution_key(base.digest, overlays);
  std::string digest;
  {
    const std::scoped_lock lock(mutex_);
    const auto known = laid_over_.find(key);
    if (known != laid_over_.end()) digest = known->second;
  }
  if (!digest.empty()) {
    if (auto kept = pinned(digest)) return kept;
  }
  const std::optional<std::string> text = TRY(find_revision_(base.digest));
  if (!text.has_value()) {
    return base::fault(base::FaultCode::corrupt, "no revision with digest " + base.digest);
  }
  procedure::PackageFiles files = TRY(read_files(*text));
  ProcedurePtr below = TRY(pinned(base.digest));
  const auto prepared = procedure::prepare(std::move(files), std::move(below));
  if (!prepared) return base::Failure{unreadable(base.digest, prepared.error())};
  const auto resolution = procedure::resolve(**prepared, overlays, around_.locks);
  if (!resolution) return base::Failure{unreadable(key, resolution.error())};
  auto loaded = procedure::load_resolved(**prepared, *resolution, dictionary_,
                                         procedure::LoadOptions::Checks::passed);
  if (!loaded) return base::Failure{unreadable(key, loaded.error())};
  auto kept = std::make_shared<const procedure::Procedure>(std::move(loaded).value());
  if (around_.keep) TRY(around_.keep(kept->digest, base.code, files_text(resolution->files)));
  hold(kept->digest, kept);
  const std::scoped_lock lock(mutex_);
  if (laid_over_.size() >= kLaidOverMax) laid_over_.clear();
  laid_over_[key] = kept->digest;
  return ProcedurePtr{kept};
}

base::Outcome<ProcedurePtr> Publications::resolved(const InForce& in_force_then,
                                                   const std::string& code,
                                                   const std::string& agency, calendar::Date on) {
  const auto found = in_force_then.published.find(code);
  if (found == in_force_then.published.end()) return ProcedurePtr{};
  const Publication* base = in_force(found->second.revisions, on);
  if (base == nullptr) return ProcedurePtr{};
  if (found->second.overlays.empty()) return pinned(base->digest);
  procedure::AgencyChain chain;
  if (around_.chain && !agency.empty()) chain = around_.chain(agency);
  const auto laid = in_force_then.overlays.applicable(code, chain, on);
  if (!laid) return base::Failure{unreadable(base->digest, laid.error())};
  if (laid->overlays.empty()) return pinned(base->digest);
  return lay_over(*base, *laid);
}

base::Outcome<ProcedurePtr> Publications::find(const std::string& code, const std::string& agency,
                                               calendar::Date on) {
  const InForcePtr in_force_then = now_in_force();
  return resolved(*in_force_then, code, agency, on);
}

base::Outcome<ProcedurePtr> Publications::find_here(const std::string& code) {
  return find(code, around_.home, today());
}

ProcedurePtr Publications::find(const std::string& code) {
  auto found = find_here(code);
  return found ? std::move(found).value() : nullptr;
}

std::vector<std::string> Publications::troubles() const {
  return now_in_force()->troubles;
}

std::vector<procedure::CardPtr> Publications::search(std::string_view words) const {
  return now_in_force()->index.search(words);
}

std::vector<procedure::CardPtr> Publications::all() const {
  const InForcePtr in_force_then = now_in_force();
  std::vector<procedure::CardPtr> cards;
  for (const auto& [code, card] : in_force_then->cards) cards.push_back(card);
  return cards;
}

std::vector<Publication> Publications::revisions(const std::string& code) const {
  const InForcePtr in_force_then = now_in_force();
  const auto found = in_force_then->published.find(code);
  return found == in_force_then->published.end() ? std::vector<Publication>{}
                                                 : found->second.revisions;
}

std::vector<OverlayPublication> Publications::overlays(const std::string& code) const {
  const InForcePtr in_force_then = now_in_force();
  std::vector<OverlayPublication> all;
  const auto found = in_force_then->published.find(code);
  if (found == in_force_then->published.end()) return all;
  for (const auto& revisions : found->second.overlays) {
    all.insert(all.end(), revisions.begin(), revisions.end());
  }
  return all;
}

std::string files_text(const procedure::PackageFiles& files) {
  base::json::object object;
  for (const auto& [name, text] : files) object[name] = text;
  return base::to_text(object);
}

base::Outcome<procedure::PackageFiles> read_files(std::string_view text) {
  const base::json::value value = TRY(base::parse_json(text));
  procedure::PackageFiles files;
  if (!value.is_object()) return base::fault(base::FaultCode::corrupt, "a revision is no object");
  for (const auto& entry : value.get_object()) {
    if (!entry.value().is_string()) {
      return base::fault(base::FaultCode::corrupt, "a revision's file is no text");
    }
    files.emplace(
        std::string{entry.key().data(), entry.key().size()},
        std::string{entry.value().get_string().data(), entry.value().get_string().size()});
  }
  return files;
}

}  // namespace casework
