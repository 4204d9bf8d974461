#include "identity/device_name.h"

#include <array>
#include <utility>

namespace identity {
namespace {

using Mark = std::pair<std::string_view, std::string_view>;

// The first that stands in the text counts: those that others carry along come last.
constexpr std::array<Mark, 8> kBrowsers{{{"Edg", "Edge"},
                                         {"coc_coc_browser", "Cốc Cốc"},
                                         {"OPR/", "Opera"},
                                         {"Firefox/", "Firefox"},
                                         {"HeadlessChrome", "Chrome"},
                                         {"Chrome/", "Chrome"},
                                         {"Safari/", "Safari"},
                                         {"curl/", "curl"}}};
constexpr std::array<Mark, 7> kSystems{{{"Android", "Android"},
                                        {"iPhone", "iPhone"},
                                        {"iPad", "iPad"},
                                        {"Windows", "Windows"},
                                        {"Macintosh", "macOS"},
                                        {"CrOS", "ChromeOS"},
                                        {"Linux", "Linux"}}};

template <std::size_t N>
std::string_view first_of(const std::array<Mark, N>& marks, std::string_view text) {
  for (const auto& [mark, name] : marks) {
    if (text.find(mark) != std::string_view::npos) return name;
  }
  return {};
}

}  // namespace

std::string device_name(std::string_view user_agent) {
  const std::string_view text = user_agent.substr(0, 512);
  std::string name{first_of(kBrowsers, text)};
  const std::string_view system = first_of(kSystems, text);
  if (!name.empty() && !system.empty()) name += " · ";
  return name.append(system);
}

}  // namespace identity
