#include "documents/spreadsheet_cell.h"

#include <array>
#include <cstdio>

#include "documents/text_block.h"

namespace documents::internal {
namespace {

constexpr std::size_t kCharactersMax = 32'000;  // Excel: 32,767 UTF-16 units in a cell

bool could_run(std::string_view text) {
  // Behind spaces too: some programs trim before they look.  Full-width signs are folded by others.
  const std::size_t first = text.find_first_not_of(" \u00a0");
  if (!text.empty() && (text[0] == '\t' || text[0] == '\r' || text[0] == '\n')) return true;
  if (first == std::string_view::npos) return false;
  text.remove_prefix(first);
  constexpr std::array<std::string_view, 11> kStarts = {"=",  "+",  "-",  "@",  "\t", "\r",
                                                        "\n", "＝", "＋", "－", "＠"};
  for (const std::string_view start : kStarts) {
    if (text.starts_with(start)) return true;
  }
  return false;
}

}  // namespace

std::string neutralised(std::string_view text) {
  // Looked at before and after cleaning: cleaning must not make a formula of it.
  const bool dangerous = could_run(text);
  std::string clean = printable(text, kCharactersMax);
  return dangerous || could_run(clean) ? "'" + clean : clean;
}

std::string iso_of(Day day) {
  std::array<char, 32> text{};
  std::snprintf(text.data(), text.size(), "%04d-%02u-%02u", static_cast<int>(day.year()),
                static_cast<unsigned>(day.month()), static_cast<unsigned>(day.day()));
  return text.data();
}

std::string iso_of(Moment moment) {
  const auto local = moment + std::chrono::hours{7};
  const auto day = std::chrono::floor<std::chrono::days>(local);
  const std::chrono::hh_mm_ss time{local - day};
  std::array<char, 16> text{};
  std::snprintf(text.data(), text.size(), " %02d:%02d:%02d", static_cast<int>(time.hours().count()),
                static_cast<int>(time.minutes().count()), static_cast<int>(time.seconds().count()));
  return iso_of(Day{day}) + text.data();
}

}  // namespace documents::internal
