// mending.cpp - what lint.h proposes, applied.
#include <algorithm>
#include <charconv>
#include <set>

#include "catalogue/lint.h"
#include "catalogue/page_text.h"
#include "catalogue/result_text.h"

namespace catalogue {
namespace {

using Change = Mending::Change;

bool set_limit(Entry& entry, const Mending& mending) {
  const auto limit = calendar::Limit::parse(mending.to);
  if (!limit) return false;
  bool any = false;
  for (ChannelLine& line : entry.channels) {
    if (line.raw_time != mending.from) continue;
    line.limit = *limit;
    line.limit_stated = true;
    any = true;
  }
  return any;
}

bool set_amount(Entry& entry, const Mending& mending) {
  std::int64_t amount = 0;
  const char* end = mending.to.data() + mending.to.size();
  const auto [rest, error] = std::from_chars(mending.to.data(), end, amount);
  if (error != std::errc{} || rest != end || amount < 0) return false;
  bool any = false;
  for (ChannelLine& line : entry.channels) {
    for (StatedFee& fee : line.fees) {
      if (fee.raw != mending.from) continue;
      fee.kind = FeeKind::amount;
      fee.amount = amount;
      fee.currency = "VND";
      fee.understood = true;
      any = true;
    }
  }
  return any;
}

// A case for each limit; every channel then takes the longest, so that nobody is promised less
// time than the law gives the office before a case is chosen.
bool make_cases(Entry& entry, const Mending& mending) {
  if (!entry.cases.empty()) return false;
  std::vector<calendar::Limit> limits;
  std::string_view rest = mending.to;
  while (!rest.empty()) {
    const std::size_t bar = std::min(rest.find('|'), rest.size());
    const auto limit = calendar::Limit::parse(rest.substr(0, bar));
    if (!limit) return false;
    const bool published = std::ranges::any_of(
        entry.channels, [&](const ChannelLine& line) { return line.limit == *limit; });
    if (!published) return false;
    limits.push_back(*limit);
    rest.remove_prefix(std::min(bar + 1, rest.size()));
  }
  if (limits.size() < 2) return false;
  const auto longer = [](const calendar::Limit& a, const calendar::Limit& b) {
    // Only compared to choose a default: a month counts as thirty days, a working day as 1.4.
    const auto days = [](const calendar::Limit& limit) {
      const double n = limit.halves() / 2.0;
      switch (limit.unit()) {
        case calendar::LimitUnit::working_days:
          return n * 1.4;
        case calendar::LimitUnit::calendar_days:
          return n;
        case calendar::LimitUnit::working_hours:
          return n * 1.4 / 8;
        case calendar::LimitUnit::months:
          return n * 30;
        case calendar::LimitUnit::years:
          return n * 365;
        case calendar::LimitUnit::same_day:
          return 0.5;
      }
      return n;
    };
    return days(a) < days(b);
  };
  const calendar::Limit longest = *std::ranges::max_element(limits, longer);
  for (const calendar::Limit& limit : limits) {
    const auto line = std::ranges::find(entry.channels, limit, &ChannelLine::limit);
    std::string name = "Thời hạn " + calendar::to_words(limit, calendar::Language::vietnamese);
    if (line != entry.channels.end() && !line->note.empty()) {
      name += ": " + shortened(one_line(line->note), 200);
    }
    entry.cases.push_back({.name = std::move(name), .limit = limit});
  }
  for (ChannelLine& line : entry.channels) {
    if (line.limit) line.limit = longest;
  }
  return true;
}

StatedComponent* component_of(Entry& entry, const Mending& mending) {
  if (mending.index < 0 || static_cast<std::size_t>(mending.index) >= entry.components.size()) {
    return nullptr;
  }
  StatedComponent& component = entry.components[static_cast<std::size_t>(mending.index)];
  return component.name == mending.from ? &component : nullptr;
}

bool set_copies(StatedComponent& component, std::string_view to) {
  const std::size_t slash = to.find('/');
  if (slash == std::string_view::npos) return false;
  int originals = 0;
  int copies = 0;
  const auto first = std::from_chars(to.data(), to.data() + slash, originals);
  const auto second = std::from_chars(to.data() + slash + 1, to.data() + to.size(), copies);
  if (first.ec != std::errc{} || second.ec != std::errc{} || originals < 0 || copies < 0)
    return false;
  component.originals = originals;
  component.copies = copies;
  return true;
}

bool set_code(Entry& entry, const Mending& mending) {
  if (mending.index < 0 || static_cast<std::size_t>(mending.index) >= entry.results.size())
    return false;
  StatedResult& result = entry.results[static_cast<std::size_t>(mending.index)];
  if (result.code != mending.from) return false;
  result.code = mending.to;
  result.code_understood = is_result_code(mending.to);
  return true;
}

bool apply(Entry& entry, const Mending& mending) {
  switch (mending.change) {
    case Change::channel_limit:
      return set_limit(entry, mending);
    case Change::fee_amount:
      return set_amount(entry, mending);
    case Change::cases_by_limit:
      return make_cases(entry, mending);
    case Change::result_code:
      return set_code(entry, mending);
    case Change::component_instruction:
    case Change::component_drop:
    case Change::component_copies: {
      StatedComponent* component = component_of(entry, mending);
      if (component == nullptr) return false;
      if (mending.change == Change::component_copies) return set_copies(*component, mending.to);
      if (mending.change == Change::component_instruction) {
        component->instruction = true;
      } else {
        entry.components.erase(entry.components.begin() + mending.index);
      }
      return true;
    }
    case Change::name:
      if (entry.name != mending.from) return false;
      entry.name = mending.to;
      return true;
    case Change::field:
      if (entry.field != mending.from) return false;
      entry.field = mending.to;
      return true;
  }
  return false;
}

}  // namespace

base::Result<Entry, MendingRefusal> apply_mending(const Entry& entry, const Finding& finding) {
  if (!finding.mending) return base::Failure{MendingRefusal::no_mending};
  Entry changed = entry;
  if (!apply(changed, *finding.mending)) return base::Failure{MendingRefusal::outdated};
  return changed;
}

Entry mended(const Entry& entry, const std::vector<Decision>& decisions) {
  std::set<std::string> accepted;
  const std::string prefix = entry.code + "/";
  for (const Decision& decision : decisions) {
    if (!decision.finding.starts_with(prefix)) continue;
    if (decision.accepted) {
      accepted.insert(decision.finding);
    } else {
      accepted.erase(decision.finding);
    }
  }
  if (accepted.empty()) return entry;
  std::vector<Mending> mendings;
  for (const Finding& finding : lint(entry)) {
    if (finding.mending && accepted.contains(finding.key())) mendings.push_back(*finding.mending);
  }
  // Lines that are dropped go last, from the end, so that the others' indexes still hold; cases are
  // made of limits that are mended by then.
  const auto order = [](const Mending& mending) {
    if (mending.change == Change::cases_by_limit) return 1;
    return mending.change == Change::component_drop ? 2 : 0;
  };
  std::ranges::stable_sort(mendings, [&](const Mending& a, const Mending& b) {
    if (order(a) != order(b)) return order(a) < order(b);
    return order(a) == 2 && a.index > b.index;
  });
  Entry changed = entry;
  for (const Mending& mending : mendings) apply(changed, mending);
  return changed;
}

}  // namespace catalogue
