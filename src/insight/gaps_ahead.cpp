#include "insight/gaps_ahead.h"

#include <algorithm>
#include <set>

namespace insight {

namespace {

std::string key_of(const party::AgencyId& agency, const Gap& gap) {
  return agency.text() + '/' + std::string{procedure::to_text(gap.ask.action)} + '/' +
         std::string{party::name(gap.ask.role)} + '/' + std::string{name(gap.reason)};
}

}  // namespace

void GapsAhead::add(const CoverageViewPtr& view, std::shared_ptr<const Coverage> coverage,
                    std::vector<Gap> gaps, bool fresh) {
  const Instant begin = coverage->period().from;
  const auto before = std::exchange(open_, {});
  std::set<std::size_t> go_on;
  const auto open = [&](const std::string& key, std::size_t place) {
    if (seen_[place].gap.lasts) open_[key].push_back(place);
  };
  for (Gap& gap : gaps) {
    const std::string key = key_of(coverage->agencies()[gap.agency], gap);
    const auto known = gap.when.from <= begin ? before.find(key) : before.end();
    std::int64_t steps = 0;
    if (known != before.end()) {
      for (const std::size_t place : known->second) steps += seen_[place].gap.steps;
    }
    // More of it is another gap.
    if (known != before.end() && (gap.steps <= steps || !fresh)) {
      for (const std::size_t place : known->second) {
        Gap& told = seen_[place].gap;
        const bool first = go_on.insert(place).second;
        told.when.until = first ? gap.when.until : std::max(told.when.until, gap.when.until);
        told.lasts = gap.lasts || (!first && told.lasts);
      }
    } else if (fresh) {
      seen_.push_back({.view = view, .coverage = coverage, .gap = std::move(gap)});
      open(key, seen_.size() - 1);
    }
  }
  // What does not go on ends with the days it was found in.
  for (const auto& [key, places] : before) {
    for (const std::size_t place : places) {
      if (go_on.contains(place)) {
        open(key, place);
      } else {
        seen_[place].gap.lasts = false;
      }
    }
  }
}

std::vector<SeenGap> GapsAhead::take() {
  std::ranges::stable_sort(seen_, [](const SeenGap& one, const SeenGap& other) {
    const Gap& a = one.gap;
    const Gap& b = other.gap;
    return a.when.from != b.when.from ? a.when.from < b.when.from : a.steps > b.steps;
  });
  open_.clear();
  return std::move(seen_);
}

std::vector<SeenGap> gaps_over(const std::vector<CoverageViewPtr>& views, const AheadQuery& query) {
  GapsAhead ahead;
  for (const CoverageViewPtr& view : views) {
    const Coverage& coverage = *view->coverage;
    const Period& days = coverage.period();
    if (days.until <= query.within.from) continue;
    const bool fresh = days.from < query.within.until;
    std::vector<bool> shown;
    for (AgencyIndex i = 0; query.at && i < coverage.agencies().size(); ++i) {
      shown.push_back(query.at(coverage.agencies()[i]));
    }
    GapQuery asked{.within = fresh ? query.within
                                   : Period{days.from, days.from + std::chrono::milliseconds{1}},
                   .cells_max = query.cells_max};
    if (query.at) {
      asked.only = [&](const Cell& cell) { return shown[coverage.seat(cell).agency]; };
    }
    ahead.add(view, view->coverage, gaps(coverage, asked), fresh);
  }
  return ahead.take();
}

}  // namespace insight
