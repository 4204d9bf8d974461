#pragma once
// figure.h - how benchmarks say what they measured: a row of the table in README.md per figure.
#include <chrono>
#include <cstddef>
#include <cstdint>
#include <string>
#include <vector>

namespace bench {

using Stopwatch = std::chrono::steady_clock;

// Seconds since `start`.
[[nodiscard]] double seconds_since(Stopwatch::time_point start);

struct Figure {
  std::string what;
  std::string goal;      // empty: none was set
  std::string measured;  // with its unit
  std::string ratio{};   // to the yardstick of the same run, or empty
};

// One Markdown table row on stdout, at once, so that a run that ends early has shown its figures.
void print(const Figure& figure);
// Progress and details for whoever watches; on stderr.
void note(const std::string& text);
// Ends the program with status 3: a benchmark that cannot run has no figures.
[[noreturn]] void give_up(const std::string& why);

// How long each of many things took.
class Durations {
 public:
  void add(Stopwatch::duration one);
  void add_all(const Durations& others) {
    microseconds_.insert(microseconds_.end(), others.microseconds_.begin(),
                         others.microseconds_.end());
  }
  [[nodiscard]] std::size_t count() const { return microseconds_.size(); }
  // Milliseconds that `share` (0.5, 0.99) of them did not exceed; 0 without any.
  [[nodiscard]] double percentile(double share) const;
  [[nodiscard]] double max() const { return percentile(1.0); }
  // "p50 1.20 ms, p99 4.10 ms, max 9.00 ms"
  [[nodiscard]] std::string text() const;

 private:
  std::vector<std::uint32_t> microseconds_;
};

// "12,345"
[[nodiscard]] std::string grouped(double number);
[[nodiscard]] std::string fixed(double number, int decimals);

// Runs `work(n)` (n repetitions) with growing n until it takes about `seconds`; nanoseconds each.
template <class Work>
[[nodiscard]] double nanoseconds_each(Work work, double seconds = 1.0) {
  work(1);  // caches and lazy set-up
  for (std::size_t n = 16;; n *= 2) {
    const auto start = Stopwatch::now();
    work(n);
    const double took = seconds_since(start);
    if (took >= seconds) return took * 1e9 / static_cast<double>(n);
  }
}

// Keeps the optimiser from dropping a result nobody reads.
template <class T>
void keep(const T& value) {
  asm volatile("" : : "r"(&value) : "memory");
}

}  // namespace bench
