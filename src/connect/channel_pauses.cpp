#include "connect/channel_pauses.h"

#include <algorithm>

namespace connectors {

bool ChannelPauses::failed(const std::string& kind, const std::string& dossier,
                           calendar::Instant now) {
  const std::scoped_lock lock(mutex_);
  Channel& channel = channels_[kind];
  channel.probing = false;
  if (!channel.probe_at.has_value()) {
    channel.failures += 1;
    if (channel.dossiers.size() < kDossiers) channel.dossiers.insert(dossier);
    if (channel.failures < kFailures || channel.dossiers.size() < kDossiers) return false;
    channel.delay = kFirst;
  } else if (now >= *channel.probe_at) {
    channel.delay = std::min(channel.delay * 2, kLongest);
  } else {
    return true;  // begun before the pause
  }
  channel.probe_at = now + channel.delay;
  return true;
}

bool ChannelPauses::answered(const std::string& kind) {
  const std::scoped_lock lock(mutex_);
  const auto found = channels_.find(kind);
  if (found == channels_.end()) return false;
  const bool had_paused = found->second.probe_at.has_value();
  channels_.erase(found);
  return had_paused;
}

std::vector<std::string> ChannelPauses::paused() const {
  const std::scoped_lock lock(mutex_);
  std::vector<std::string> kinds;
  for (const auto& [kind, channel] : channels_) {
    if (channel.probe_at.has_value()) kinds.push_back(kind);
  }
  return kinds;
}

std::optional<std::string> ChannelPauses::begin_probe(calendar::Instant now) {
  const std::scoped_lock lock(mutex_);
  for (auto& [kind, channel] : channels_) {
    if (!channel.probe_at.has_value() || channel.probing || now < *channel.probe_at) continue;
    channel.probing = true;
    return kind;
  }
  return std::nullopt;
}

void ChannelPauses::end_probe(const std::string& kind) {
  const std::scoped_lock lock(mutex_);
  const auto found = channels_.find(kind);
  if (found != channels_.end()) found->second.probing = false;
}

}  // namespace connectors
