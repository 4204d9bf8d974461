// clock_facts_text.cpp - the line in which a store keeps what a due date is computed from.
//
// "published|internal|cut-off|received|restart|extended to|extended
// at|from,to,reason;from,to,reason" with moments in milliseconds since 1970 and nothing where there
// is none.
#include <algorithm>
#include <array>
#include <charconv>

#include "dossier/dossier_clock.h"

namespace dossier {

namespace {

constexpr std::size_t kFields = 8;
constexpr std::size_t kPausesMax = 1000;

void put(std::string& text, std::int64_t number) {
  char digits[24];
  const auto end = std::to_chars(std::begin(digits), std::end(digits), number).ptr;
  text.append(std::begin(digits), end);
}

void put(std::string& text, const std::optional<Instant>& at) {
  if (at.has_value()) put(text, static_cast<std::int64_t>(at->time_since_epoch().count()));
}

bool read(std::string_view text, std::int64_t& number) {
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), number);
  return error == std::errc{} && end == text.data() + text.size();
}

bool read(std::string_view text, std::optional<Instant>& at) {
  at.reset();
  if (text.empty()) return true;
  std::int64_t number = 0;
  if (!read(text, number)) return false;
  at = Instant{Instant::duration{number}};
  return true;
}

// Cuts off what stands before the mark; without a mark, all of it.
std::string_view take(std::string_view& text, char mark) {
  const std::size_t at = text.find(mark);
  const std::string_view head = text.substr(0, at);
  text = at == std::string_view::npos ? std::string_view{} : text.substr(at + 1);
  return head;
}

bool read(std::string_view text, std::vector<calendar::Pause>& pauses) {
  while (!text.empty()) {
    std::string_view one = take(text, ';');
    std::optional<Instant> from;
    calendar::Pause pause;
    std::int64_t reason = 0;
    if (pauses.size() == kPausesMax || !read(take(one, ','), from) || !from ||
        !read(take(one, ','), pause.to) || !read(one, reason) || reason < 0 ||
        reason > static_cast<std::int64_t>(calendar::PauseReason::other)) {
      return false;
    }
    pause.from = *from;
    pause.reason = static_cast<calendar::PauseReason>(reason);
    pauses.push_back(pause);
  }
  return true;
}

}  // namespace

std::string to_text(const ClockFacts& facts) {
  std::string text = facts.limits.published + '|' + facts.limits.internal + '|';
  put(text, static_cast<std::int64_t>(facts.limits.cutoff_minutes));
  const std::array<std::optional<Instant>, 4> moments{facts.received_at, facts.restarted_at,
                                                      facts.extended_to, facts.extended_at};
  for (const std::optional<Instant>& at : moments) {
    text += '|';
    put(text, at);
  }
  text += '|';
  for (const calendar::Pause& pause : facts.pauses) {
    if (text.back() != '|') text += ';';
    put(text, std::optional{pause.from});
    text += ',';
    put(text, pause.to);
    text += ',';
    put(text, static_cast<std::int64_t>(pause.reason));
  }
  return text;
}

std::optional<ClockFacts> read_clock_facts(std::string_view text) {
  if (static_cast<std::size_t>(std::ranges::count(text, '|')) != kFields - 1) return std::nullopt;
  ClockFacts facts;
  facts.limits.published = take(text, '|');
  facts.limits.internal = take(text, '|');
  std::int64_t cutoff = -1;
  std::optional<Instant> received;
  const bool read_all = read(take(text, '|'), cutoff) && cutoff >= -1 && cutoff < 24 * 60 &&
                        read(take(text, '|'), received) && received.has_value() &&
                        read(take(text, '|'), facts.restarted_at) &&
                        read(take(text, '|'), facts.extended_to) &&
                        read(take(text, '|'), facts.extended_at) && read(text, facts.pauses);
  if (!read_all) return std::nullopt;
  facts.limits.cutoff_minutes = static_cast<int>(cutoff);
  facts.received_at = *received;
  return facts;
}

}  // namespace dossier
