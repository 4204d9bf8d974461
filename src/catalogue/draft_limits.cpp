#include "catalogue/draft_limits.h"

#include <algorithm>
#include <utility>

#include "base/ensure.h"
#include "catalogue/draft_text.h"
#include "procedure/assessment.h"

namespace catalogue {
namespace {

using calendar::Limit;
using procedure::Channel;

bool shorter(const Limit& a, const Limit& b) {
  return procedure::nominal_working_minutes(a) < procedure::nominal_working_minutes(b);
}

// The smallest number that stands alone, as calendar days.
std::optional<Limit> bare_number(const Entry& entry) {
  std::optional<Limit> smallest;
  for (const ChannelLine& line : entry.channels) {
    const bool digits = !line.raw_time.empty() && line.raw_time.size() <= 3 &&
                        line.raw_time.find_first_not_of("0123456789") == std::string::npos;
    if (!digits) continue;
    const auto limit = Limit::parse(line.raw_time + "d");
    if (limit && (!smallest || limit->halves() < smallest->halves())) smallest = *limit;
  }
  return smallest;
}

void assume(const Entry& entry, const DraftPolicy& policy, DraftLimits& read) {
  if (read.shortest) {
    read.of_others = true;
    read.notes.push_back(
        {"Có cách nộp không nêu thời hạn; bản nháp dùng thời hạn ngắn nhất của các cách nộp khác.",
         "One channel states no limit; the shortest one of the others stands in."});
    return;
  }
  read.assumed = true;
  read.shortest = bare_number(entry);
  if (!read.shortest) {
    read.shortest = policy.assumed_limit;
    read.notes.push_back(policy.assumed_limit_reason);
    return;
  }
  const std::string number = std::to_string(read.shortest->halves() / 2);
  read.notes.push_back(
      {"Trang công bố ghi thời hạn “" + number +
           "” mà không có đơn vị; bản nháp tạm hiểu là ngày, cơ quan phải ghi đúng trước khi công"
           " bố.",
       "The published page says “" + number +
           "” without a unit; this draft reads calendar days, and the agency has to enter the right"
           " limit before publishing."});
}

}  // namespace

DraftLimits draft_limits(const Entry& entry, const DraftPolicy& policy) {
  DraftLimits read;
  std::vector<std::optional<Limit>> stated;
  for (const Channel channel : {Channel::online, Channel::counter, Channel::post}) {
    std::optional<Limit> limit;
    bool offered = false;
    for (const ChannelLine& line : entry.channels) {
      if (line.channel != channel) continue;
      offered = true;
      if (!line.limit) continue;
      read.of_several = read.of_several || (limit && *limit != *line.limit);
      if (!limit || shorter(*line.limit, *limit)) limit = line.limit;
    }
    if (!offered) continue;
    read.channels.push_back(channel);
    stated.push_back(limit);
    if (limit && (!read.shortest || shorter(*limit, *read.shortest))) read.shortest = limit;
  }
  ENSURE(!stated.empty(), "an entry that is drafted names a channel");
  if (read.of_several) {
    read.notes.push_back(
        {"Trang công bố nêu nhiều thời hạn cho cùng một cách nộp; bản nháp hẹn theo thời hạn ngắn"
         " nhất.",
         "The published page states several limits for one channel; this draft promises the"
         " shortest."});
  }
  const bool all = std::ranges::all_of(stated, [](const auto& one) { return one.has_value(); });
  if (!all) assume(entry, policy, read);
  ENSURE(read.shortest.has_value(), "the policy has a limit for what states none");
  for (const std::optional<Limit>& limit : stated) {
    read.limits.push_back(limit ? *limit : *read.shortest);
  }
  return read;
}

std::string limits_yaml(const DraftLimits& limits, const DraftPolicy& policy,
                        const std::optional<Limit>& own) {
  if (own) return "      - {published: " + own->text() + "}\n";
  std::string yaml;
  std::vector<bool> done(limits.channels.size(), false);
  for (std::size_t i = 0; i < limits.channels.size(); ++i) {
    if (done[i]) continue;
    const Limit& limit = limits.limits[i];
    std::string names;
    for (std::size_t j = i; j < limits.channels.size(); ++j) {
      if (limits.limits[j] != limit) continue;
      done[j] = true;
      names += (names.empty() ? "" : ", ") + std::string{procedure::to_text(limits.channels[j])};
    }
    yaml += "      - {channels: [" + names + "], published: " + limit.text();
    if (limit.unit() == calendar::LimitUnit::same_day && policy.same_day_cutoff) {
      yaml += ", cutoff: " + yaml_quoted(calendar::to_text(*policy.same_day_cutoff));
    }
    yaml += "}\n";
  }
  return yaml;
}

}  // namespace catalogue
