#include "procedure/case_yaml.h"

#include <algorithm>
#include <string>
#include <utility>

#include "procedure/package_keys.h"

namespace procedure {
namespace {

using form::Need;

void read_limits(form::YamlReader& reader, const YAML::Node& node,
                 const std::vector<Channel>& channels, Case& one) {
  for (const YAML::Node& item : reader.list(node, "limits", Need::required, 10)) {
    if (!reader.only_keys(item, keys::kLimit)) continue;
    const auto published = read_limit(reader, item, "published", Need::required);
    const auto internal = read_limit(reader, item, "internal", Need::optional);
    std::optional<calendar::TimeOfDay> cutoff;
    if (const std::string text = reader.text(item, "cutoff"); !text.empty()) {
      cutoff = calendar::parse_time_of_day(text);
      if (!cutoff) {
        reader.problem(reader.at(item, "cutoff"), "`" + text + "` is no time of day",
                       "write it in quotes as \"15:00\"");
      }
    }
    if (!published) continue;
    std::vector<Channel> list = read_channels(reader, item, Need::optional);
    if (!reader.has(item, "channels")) list = channels;
    for (const Channel channel : list) {
      if (std::ranges::find(one.limits, channel, &ChannelLimit::channel) != one.limits.end()) {
        reader.problem(item, "two limits for one channel", "name every channel once");
      }
      one.limits.push_back({channel, *published, internal, cutoff});
    }
  }
}

// `silence: none`, or a rule with its legal basis.
SilenceRule read_silence(form::YamlReader& reader, const YAML::Node& node) {
  SilenceRule silence;
  if (!reader.has(node, "silence")) return silence;
  const YAML::Node said = node["silence"];
  const bool with_basis = said.IsMap();
  if (with_basis && !reader.only_keys(said, keys::kSilence)) return silence;
  const std::string rule = with_basis ? reader.text(said, "rule") : reader.text(node, "silence");
  const auto found = find_silence(rule);
  if (!found) {
    reader.problem(said, "`" + rule + "` is no rule of silence",
                   "write none, accept, refuse or escalate");
    return silence;
  }
  silence.rule = *found;
  if (with_basis) silence.basis = reader.text(said, "basis");
  const bool decides = silence.rule == Silence::accept || silence.rule == Silence::refuse;
  if (decides && silence.basis.empty()) {
    reader.problem(said, "silence that decides needs the article that says so",
                   "write silence: {rule: " + rule + ", basis: \"the article\"}");
  }
  return silence;
}

}  // namespace

std::vector<Channel> read_channels(form::YamlReader& reader, const YAML::Node& node, Need need) {
  std::vector<Channel> list;
  if (need == Need::required && !reader.has(node, "channels")) {
    reader.problem(node, "`channels` is missing", "add channels: [online, counter, post]");
  }
  for (const std::string& text : reader.texts(node, "channels")) {
    const auto channel = find_channel(text);
    if (!channel || std::ranges::find(list, *channel) != list.end()) {
      reader.problem(reader.at(node, "channels"),
                     "`" + text + "` is no channel, or stands here twice",
                     "write online, counter, post, each at most once");
      continue;
    }
    list.push_back(*channel);
  }
  return list;
}

std::optional<calendar::Limit> read_limit(form::YamlReader& reader, const YAML::Node& node,
                                          const char* key, Need need) {
  const std::string text = reader.text(node, key, need);
  if (text.empty()) return std::nullopt;
  const auto parsed = calendar::Limit::parse(text);
  if (!parsed) {
    reader.problem(reader.at(node, key),
                   "`" + text + "`: " + explain(parsed.error(), calendar::Language::english),
                   "write 3wd, 30d, 168h, 2mo or same-day");
    return std::nullopt;
  }
  return *parsed;
}

Case read_case(form::YamlReader& reader, const YAML::Node& node,
               const std::vector<Channel>& channels) {
  Case one{reader.id(node, "id"),          reader.bilingual(node, "name", Need::required),
           reader.condition(node, "when"), {},
           read_silence(reader, node),     reader.bilingual(node, "note")};
  read_limits(reader, node, channels, one);
  return one;
}

}  // namespace procedure
