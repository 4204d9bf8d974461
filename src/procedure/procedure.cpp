#include "procedure/procedure.h"

#include <algorithm>

namespace procedure {

std::string_view to_text(Level level) {
  switch (level) {
    case Level::commune:
      return "commune";
    case Level::province:
      return "province";
    case Level::ministry:
      return "ministry";
  }
  return "";
}

std::string_view to_text(Channel channel) {
  switch (channel) {
    case Channel::online:
      return "online";
    case Channel::counter:
      return "counter";
    case Channel::post:
      return "post";
  }
  return "";
}

std::string_view to_text(Silence silence) {
  switch (silence) {
    case Silence::none:
      return "none";
    case Silence::accept:
      return "accept";
    case Silence::refuse:
      return "refuse";
    case Silence::escalate:
      return "escalate";
  }
  return "";
}

std::optional<Silence> find_silence(std::string_view text) {
  for (const Silence rule : {Silence::none, Silence::accept, Silence::refuse, Silence::escalate}) {
    if (to_text(rule) == text) return rule;
  }
  return std::nullopt;
}

std::optional<Level> find_level(std::string_view text) {
  for (const Level level : {Level::commune, Level::province, Level::ministry}) {
    if (to_text(level) == text) return level;
  }
  return std::nullopt;
}

std::optional<Channel> find_channel(std::string_view text) {
  for (const Channel channel : {Channel::online, Channel::counter, Channel::post}) {
    if (to_text(channel) == text) return channel;
  }
  return std::nullopt;
}

const Step* Procedure::find_step(std::string_view id) const {
  const auto found = std::ranges::find(steps, id, &Step::id);
  return found == steps.end() ? nullptr : &*found;
}

const Case* Procedure::find_case(std::string_view id) const {
  const auto found = std::ranges::find(cases, id, &Case::id);
  return found == cases.end() ? nullptr : &*found;
}

const Component* Procedure::find_component(std::string_view id) const {
  const auto found = std::ranges::find(components, id, &Component::id);
  return found == components.end() ? nullptr : &*found;
}

const Template* Procedure::find_template(std::string_view id) const {
  const auto found = std::ranges::find(templates, id, &Template::id);
  return found == templates.end() ? nullptr : &*found;
}

bool Procedure::takes(Channel channel) const {
  return std::ranges::find(channels, channel) != channels.end();
}

}  // namespace procedure
