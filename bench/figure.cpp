#include "figure.h"

#include <algorithm>
#include <array>
#include <charconv>
#include <cmath>
#include <cstdlib>
#include <iostream>

namespace bench {

double seconds_since(Stopwatch::time_point start) {
  return std::chrono::duration<double>(Stopwatch::now() - start).count();
}

void print(const Figure& figure) {
  std::cout << "| " << figure.what << " | " << figure.goal << " | " << figure.measured << " | "
            << figure.ratio << " |\n"
            << std::flush;
}

void note(const std::string& text) {
  std::cerr << text << std::endl;
}

void give_up(const std::string& why) {
  note("benchmark stopped: " + why);
  std::exit(3);
}

void Durations::add(Stopwatch::duration one) {
  const auto took = std::chrono::duration_cast<std::chrono::microseconds>(one).count();
  microseconds_.push_back(static_cast<std::uint32_t>(took));
}

double Durations::percentile(double share) const {
  if (microseconds_.empty()) return 0;
  std::vector<std::uint32_t> sorted = microseconds_;
  const double at = std::ceil(share * static_cast<double>(sorted.size())) - 1;
  const auto index = static_cast<std::size_t>(std::max(at, 0.0));
  const auto nth = sorted.begin() + static_cast<std::ptrdiff_t>(index);
  std::ranges::nth_element(sorted, nth);
  return static_cast<double>(*nth) / 1000.0;
}

std::string Durations::text() const {
  return "p50 " + fixed(percentile(0.5), 2) + " ms, p99 " + fixed(percentile(0.99), 2) +
         " ms, max " + fixed(max(), 1) + " ms";
}

std::string grouped(double number) {
  std::string digits = std::to_string(std::llround(number));
  const std::size_t first = digits.starts_with('-') ? 1 : 0;
  for (std::size_t at = digits.size(); at > first + 3;) {
    at -= 3;
    digits.insert(at, ",");
  }
  return digits;
}

std::string fixed(double number, int decimals) {
  std::array<char, 64> text{};
  const auto [end, error] = std::to_chars(text.data(), text.data() + text.size(), number,
                                          std::chars_format::fixed, decimals);
  return error == std::errc{} ? std::string(text.data(), end) : std::string("?");
}

}  // namespace bench
