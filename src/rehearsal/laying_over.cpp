#include "rehearsal/laying_over.h"

#include <memory>
#include <set>

#include "procedure/package_tree.h"
#include "procedure/resolution.h"

namespace rehearsal {

namespace {

using casework::OverlayPublication;
using casework::Publication;

form::DefinitionProblems problem(const std::string& where, std::string message,
                                 std::string remedy) {
  return {{where, 0, std::move(message), std::move(remedy)}};
}

form::Defined<procedure::PackageFiles> base_on(const LaidOver& what, const std::string& code,
                                               calendar::Date on) {
  const auto proposed = what.bases.find(code);
  if (proposed != what.bases.end() && proposed->second.from <= on) return proposed->second.files;
  const auto revisions = what.workplace.publications.revisions(code);
  const Publication* base = casework::in_force(revisions, on);
  if (base == nullptr) {
    return base::Failure{
        problem(code, "no procedure " + code + " is in force on " + calendar::to_iso(on),
                "publish the procedure first, or choose a day on which it is in force")};
  }
  const auto text = what.workplace.store.find_revision(base->digest);
  if (!text || !text->has_value()) {
    return base::Failure{problem(code, "the base package " + base->digest + " cannot be read",
                                 "restore it from a backup")};
  }
  auto files = casework::read_files(**text);
  if (!files) {
    return base::Failure{problem(code, files.error().message, "restore it from a backup")};
  }
  return std::move(files).value();
}

}  // namespace

form::Defined<Laid> laid_over(const LaidOver& what, const std::string& code,
                              const std::string& agency, calendar::Date on) {
  const party::Agency* known = what.workplace.organisation.find(agency);
  if (known == nullptr) {
    return base::Failure{
        problem(code, "there is no agency " + agency, "use a code of the organisation")};
  }
  procedure::AgencyChain chain{known->id};
  for (const party::Agency* above : what.workplace.organisation.ancestors(known->id)) {
    chain.insert(chain.begin(), above->id);
  }
  procedure::Overlays overlays;
  for (const OverlayPublication& one : casework::each_in_its_time(what.overlays)) {
    auto read = procedure::read_overlay(one.text, one.code + "@" + one.agency);
    if (!read) return base::Failure{std::move(read).error()};
    read.value().effective_from = one.from.value_or(read->effective_from);
    read.value().effective_to = one.to;
    overlays.push_back(std::make_shared<const procedure::Overlay>(std::move(read).value()));
  }
  auto files = TRY(base_on(what, code, on));
  const auto prepared = TRY(procedure::prepare(std::move(files)));
  auto resolution = TRY(procedure::resolve(*prepared, overlays, chain, on, what.locks));
  auto loaded = TRY(
      procedure::load_resolved(*prepared, resolution, what.workplace.publications.dictionary()));
  return Laid{std::move(loaded), std::move(resolution.files)};
}

std::vector<UnfitDay> unfit_days(const LaidOver& what, const std::string& code,
                                 calendar::Date from) {
  constexpr std::chrono::days kDay{1};
  std::set<calendar::Date> days{from};
  const auto add = [&](const std::optional<calendar::Date>& day) {
    if (day.has_value() && from < *day) days.insert(*day);
  };
  const auto timed = casework::each_in_its_time(what.overlays);
  std::set<std::string> agencies;
  for (const OverlayPublication& one : timed) {
    agencies.insert(one.agency);
    add(one.from);
    if (one.to.has_value()) add(*one.to + kDay);
  }
  const auto revisions = what.workplace.publications.revisions(code);
  for (const Publication& one : revisions) add(one.from);
  if (const auto proposed = what.bases.find(code); proposed != what.bases.end()) {
    add(proposed->second.from);
  }
  std::vector<UnfitDay> unfit;
  for (const std::string& agency : agencies) {
    for (const calendar::Date day : days) {
      const auto proposed = what.bases.find(code);
      const bool there = casework::in_force(revisions, day) != nullptr ||
                         (proposed != what.bases.end() && proposed->second.from <= day);
      if (!there) continue;  // withdrawn: nothing is laid over anything
      const auto laid = laid_over(what, code, agency, day);
      if (laid) continue;
      unfit.push_back({agency, day, laid.error()});
      break;
    }
  }
  return unfit;
}

}  // namespace rehearsal
