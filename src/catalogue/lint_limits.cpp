// lint_limits.cpp - how long it takes: numbers without a unit, channels that are cases.
#include <algorithm>
#include <map>
#include <set>

#include "base/json.h"
#include "catalogue/finding_text.h"
#include "catalogue/limit_text.h"
#include "catalogue/lint_rules.h"
#include "catalogue/page_text.h"

namespace catalogue {
namespace {

bool is_bare(const ChannelLine& line) {
  return !line.raw_time.empty() &&
         line.raw_time.find_first_not_of("0123456789.,") == std::string::npos;
}

std::string at_channel(std::size_t index) {
  return "channels/" + std::to_string(index);
}

std::string in_words(const calendar::Limit& limit, calendar::Language language) {
  return calendar::to_words(limit, language);
}

void without_unit(const Entry& entry, std::vector<Finding>& found) {
  std::set<std::string> seen;
  for (std::size_t i = 0; i < entry.channels.size(); ++i) {
    const ChannelLine& line = entry.channels[i];
    if (!is_bare(line) || line.limit || !seen.insert(line.raw_time).second) continue;
    if (!line.limit_stated) {
      found.push_back(
          finding_about(entry, FindingKind::limit_placeholder, at_channel(i), line.raw_time));
      continue;
    }
    Finding finding =
        finding_about(entry, FindingKind::limit_without_unit, at_channel(i), line.raw_time);
    if (const auto limit = limit_of(line.raw_time, "ngày làm việc")) {
      finding.mending = Mending{
          .change = Mending::Change::channel_limit, .from = line.raw_time, .to = limit->text()};
    }
    found.push_back(std::move(finding));
  }
}

void from_words(const Entry& entry, std::vector<Finding>& found) {
  std::set<std::string> seen;
  for (std::size_t i = 0; i < entry.channels.size(); ++i) {
    const ChannelLine& line = entry.channels[i];
    if (!line.limit) continue;
    if (line.limit_from_words) {
      if (!seen.insert("words " + line.raw_time + line.limit->text()).second) continue;
      Finding finding = finding_about(
          entry, FindingKind::limit_in_words_only, at_channel(i),
          line.raw_time + " → " + in_words(*line.limit, calendar::Language::vietnamese));
      found.push_back(std::move(finding));
      continue;
    }
    const auto words = limit_in_description(line.note);
    if (!words || words->limit == *line.limit) continue;
    if (!seen.insert("other " + line.raw_time + words->limit.text()).second) continue;
    Finding finding = finding_about(
        entry, FindingKind::limit_words_disagree, at_channel(i),
        line.raw_time + " ≠ " + in_words(words->limit, calendar::Language::vietnamese));
    finding.mending = Mending{
        .change = Mending::Change::channel_limit, .from = line.raw_time, .to = words->limit.text()};
    found.push_back(std::move(finding));
  }
}

void as_cases(const Entry& entry, std::vector<Finding>& found) {
  std::vector<calendar::Limit> limits;  // distinct, in order
  std::map<procedure::Channel, std::set<std::string>> by_channel;
  for (const ChannelLine& line : entry.channels) {
    if (!line.limit) continue;
    by_channel[line.channel].insert(line.limit->text());
    if (std::ranges::find(limits, *line.limit) == limits.end()) limits.push_back(*line.limit);
  }
  if (limits.size() < 2 || limits.size() > 20) return;
  const bool twice = std::ranges::any_of(
      by_channel, [](const auto& channel) { return channel.second.size() > 1; });
  std::string published;
  std::string to;
  for (const calendar::Limit& limit : limits) {
    published += (published.empty() ? "" : " / ") + in_words(limit, calendar::Language::vietnamese);
    to += (to.empty() ? "" : "|") + limit.text();
  }
  Finding finding =
      finding_about(entry, twice ? FindingKind::channel_twice : FindingKind::channels_as_cases,
                    "channels", published);
  if (entry.cases.empty()) {
    finding.mending = Mending{.change = Mending::Change::cases_by_limit, .from = to, .to = to};
  }
  found.push_back(std::move(finding));
}

// Cases whose papers are the same are told apart by nothing that the page shows.
void same_papers(const Entry& entry, std::vector<Finding>& found) {
  if (entry.cases.size() < 2) return;
  std::vector<std::multiset<std::string>> papers(entry.cases.size());
  for (const StatedComponent& component : entry.components) {
    const auto index = static_cast<std::size_t>(component.case_index);
    if (component.case_index >= 0 && index < papers.size()) papers[index].insert(component.name);
  }
  for (std::size_t i = 0; i < papers.size(); ++i) {
    for (std::size_t j = i + 1; j < papers.size(); ++j) {
      if (papers[i].empty() || papers[i] != papers[j]) continue;
      found.push_back(finding_about(entry, FindingKind::cases_differ_in_limit,
                                    "cases/" + std::to_string(j),
                                    entry.cases[i].name + " = " + entry.cases[j].name));
      break;
    }
  }
}

}  // namespace

void lint_limits(const Entry& entry, std::vector<Finding>& found) {
  if (entry.channels.empty()) {
    found.push_back(finding_about(entry, FindingKind::text_not_understood, "channels",
                                  base::string_or(entry.raw, "cach_thuc_thuc_hien")));
  }
  without_unit(entry, found);
  from_words(entry, found);
  const bool said = std::ranges::any_of(entry.channels, [](const ChannelLine& line) {
    return line.limit || line.limit_stated || is_bare(line);
  });
  if (!entry.channels.empty() && !said) {
    const std::string& words = entry.channels.front().raw_time;
    found.push_back(finding_about(entry, FindingKind::limit_missing, "channels", words));
  }
  as_cases(entry, found);
  same_papers(entry, found);
}

}  // namespace catalogue
