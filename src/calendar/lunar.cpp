// Source of the astronomy: J. Meeus, Astronomical Algorithms, 2nd edition, chapters 25 (solar
// longitude), 49 (new moons); the difference between dynamical and universal time after Espenak and
// Meeus.  Source of the rules: the month begins on the day of the new moon; month 11 holds the
// winter solstice; where 13 months lie between two solstices, the first without a major solar term
// is the leap month.
#include "calendar/lunar.h"

#include <array>
#include <cmath>
#include <numbers>
#include <vector>

#include "base/ensure.h"

namespace calendar {
namespace {

constexpr double kJulianDayOfUnixEpoch = 2440587.5;
constexpr double kVietnamDays = 7.0 / 24.0;

double sin_of_degrees(double degrees) {
  return std::sin(std::fmod(degrees, 360.0) * std::numbers::pi / 180.0);
}

// Dynamical minus universal time, in days.
double delta_t_days(double julian_day) {
  const double year = 2000.0 + (julian_day - 2451545.0) / 365.25;
  double seconds = 0;
  if (year < 1920) {
    const double t = year - 1900;
    seconds = -2.79 + t * (1.494119 + t * (-0.0598939 + t * (0.0061966 - t * 0.000197)));
  } else if (year < 1941) {
    const double t = year - 1920;
    seconds = 21.20 + t * (0.84493 + t * (-0.076100 + t * 0.0020936));
  } else if (year < 1961) {
    const double t = year - 1950;
    seconds = 29.07 + 0.407 * t - t * t / 233 + t * t * t / 2547;
  } else if (year < 1986) {
    const double t = year - 1975;
    seconds = 45.45 + 1.067 * t - t * t / 260 - t * t * t / 718;
  } else if (year < 2005) {
    const double t = year - 2000;
    seconds =
        63.86 +
        t * (0.3345 + t * (-0.060374 + t * (0.0017275 + t * (0.000651814 + t * 0.00002373599))));
  } else if (year < 2050) {
    const double t = year - 2000;
    seconds = 62.92 + t * (0.32217 + t * 0.005589);
  } else {
    const double u = (year - 1820) / 100;
    seconds = -20 + 32 * u * u;
    if (year < 2150) seconds -= 0.5628 * (2150 - year);
  }
  return seconds / 86400.0;
}

// Terms of the new moon: amplitude in days, multiples of M (sun), M' (moon), F, and the power of E.
struct MoonTerm {
  double amplitude;
  int sun;
  int moon;
  int node;
};
constexpr std::array<MoonTerm, 24> kMoonTerms{{
    {-0.40720, 0, 1, 0}, {0.17241, 1, 0, 0},    {0.01608, 0, 2, 0},  {0.01039, 0, 0, 2},
    {0.00739, -1, 1, 0}, {-0.00514, 1, 1, 0},   {0.00208, 2, 0, 0},  {-0.00111, 0, 1, -2},
    {-0.00057, 0, 1, 2}, {0.00056, 1, 2, 0},    {-0.00042, 0, 3, 0}, {0.00042, 1, 0, 2},
    {0.00038, 1, 0, -2}, {-0.00024, -1, 2, 0},  {-0.00007, 2, 1, 0}, {0.00004, 0, 2, -2},
    {0.00004, 3, 0, 0},  {0.00003, 1, 1, -2},   {0.00003, 0, 2, 2},  {-0.00003, 1, 1, 2},
    {0.00003, -1, 1, 2}, {-0.00002, -1, 1, -2}, {-0.00002, 1, 3, 0}, {0.00002, 0, 4, 0},
}};
struct PlanetTerm {
  double amplitude;
  double phase;
  double rate;
};
constexpr std::array<PlanetTerm, 14> kPlanetTerms{{
    {0.000325, 299.77, 0.107408},
    {0.000165, 251.88, 0.016321},
    {0.000164, 251.83, 26.651886},
    {0.000126, 349.42, 36.412478},
    {0.000110, 84.66, 18.206239},
    {0.000062, 141.74, 53.303771},
    {0.000060, 207.14, 2.453732},
    {0.000056, 154.84, 7.306860},
    {0.000047, 34.52, 27.261239},
    {0.000042, 207.19, 0.121824},
    {0.000040, 291.34, 1.844379},
    {0.000037, 161.72, 24.198154},
    {0.000035, 239.56, 25.513099},
    {0.000023, 331.55, 3.592518},
}};

// The local day of new moon number k (0 is that of 6 January 2000).
Date new_moon_day(int k) {
  const double n = k;
  const double t = n / 1236.85;
  const double e = 1 - t * (0.002516 + t * 0.0000074);
  const double sun = 2.5534 + 29.10535670 * n - t * t * (0.0000014 + t * 0.00000011);
  const double moon =
      201.5643 + 385.81693528 * n + t * t * (0.0107582 + t * (0.00001238 - t * 0.000000058));
  const double node =
      160.7108 + 390.67050284 * n - t * t * (0.0016118 + t * (0.00000227 - t * 0.000000011));
  const double omega = 124.7746 - 1.56375588 * n + t * t * (0.0020672 + t * 0.00000215);
  double day = 2451550.09766 + 29.530588861 * n +
               t * t * (0.00015437 - t * (0.000000150 - t * 0.00000000073));
  for (const MoonTerm& term : kMoonTerms) {
    const double size = std::pow(e, std::abs(term.sun));
    day += term.amplitude * size *
           sin_of_degrees(term.sun * sun + term.moon * moon + term.node * node);
  }
  day -= 0.00017 * sin_of_degrees(omega);
  for (const PlanetTerm& term : kPlanetTerms) {
    const double bend = &term == &kPlanetTerms.front() ? -0.009173 * t * t : 0;
    day += term.amplitude * sin_of_degrees(term.phase + term.rate * n + bend);
  }
  const double local = day - delta_t_days(day) + kVietnamDays - kJulianDayOfUnixEpoch;
  return Date{std::chrono::days{static_cast<int>(std::floor(local))}};
}

// Apparent longitude of the sun, in twelfths of the circle, when the local day `on` begins.
int solar_sector(Date on) {
  const double universal =
      kJulianDayOfUnixEpoch + static_cast<double>(on.time_since_epoch().count()) - kVietnamDays;
  const double t = (universal + delta_t_days(universal) - 2451545.0) / 36525.0;
  const double mean = 280.46646 + t * (36000.76983 + t * 0.0003032);
  const double anomaly = 357.52911 + t * (35999.05029 - t * 0.0001537);
  const double centre = (1.914602 - t * (0.004817 + t * 0.000014)) * sin_of_degrees(anomaly) +
                        (0.019993 - 0.000101 * t) * sin_of_degrees(2 * anomaly) +
                        0.000289 * sin_of_degrees(3 * anomaly);
  const double omega = 125.04 - 1934.136 * t;
  double longitude = mean + centre - 0.00569 - 0.00478 * sin_of_degrees(omega);
  longitude = std::fmod(longitude, 360.0);
  if (longitude < 0) longitude += 360.0;
  return static_cast<int>(longitude / 30.0);
}

// Number of the last new moon whose day is not after `on`.
int moon_on_or_before(Date on) {
  const double days_after_epoch =
      static_cast<double>(on.time_since_epoch().count()) - 10962.0;  // 2000-01-06
  int k = static_cast<int>(std::floor(days_after_epoch / 29.530588861)) + 1;
  while (new_moon_day(k) > on) --k;
  return k;
}

// The new moon that opens month 11 of `year`: the month that holds the winter solstice.
int moon_of_month_11(int year) {
  const Date last = *make_date(year, 12, 31);
  const int k = moon_on_or_before(last);
  return solar_sector(new_moon_day(k)) >= 9 ? k - 1 : k;
}

struct Month {
  Date first;
  int number;
  bool leap;
  int year;
};

// The months from month 11 of `year - 1` to the one before month 11 of `year`, and the next first.
std::vector<Month> months_between_solstices(int year) {
  const int begin = moon_of_month_11(year - 1);
  const int end = moon_of_month_11(year);
  const bool has_leap = end - begin == 13;
  bool leap_found = false;
  std::vector<Month> months;
  int number = 11;
  int of_year = year - 1;
  for (int k = begin; k < end; ++k) {
    const Date first = new_moon_day(k);
    const bool leap = has_leap && !leap_found && k > begin &&
                      solar_sector(first) == solar_sector(new_moon_day(k + 1));
    if (k > begin && !leap) {
      number = number % 12 + 1;
      if (number == 1) of_year = year;
    }
    leap_found = leap_found || leap;
    months.push_back({first, number, leap, of_year});
  }
  months.push_back({new_moon_day(end), 11, false, year});
  return months;
}

}  // namespace

std::optional<Date> from_lunar(const LunarDate& lunar) {
  if (lunar.year < kLunarYearMin || lunar.year > kLunarYearMax || lunar.day < 1) {
    return std::nullopt;
  }
  // Months 11 and 12 lie after the solstice of the year, the others before it.
  for (const int sui : {lunar.year, lunar.year + 1}) {
    const std::vector<Month> months = months_between_solstices(sui);
    for (std::size_t i = 0; i + 1 < months.size(); ++i) {
      const Month& month = months[i];
      if (month.year != lunar.year || month.number != lunar.month || month.leap != lunar.leap) {
        continue;
      }
      const Date on = month.first + std::chrono::days{lunar.day - 1};
      if (on < months[i + 1].first) return on;
      return std::nullopt;
    }
  }
  return std::nullopt;
}

std::optional<LunarDate> to_lunar(Date on) {
  const int year = year_of(on);
  if (year <= kLunarYearMin || year > kLunarYearMax) return std::nullopt;
  for (const int sui : {year, year + 1}) {
    const std::vector<Month> months = months_between_solstices(sui);
    for (std::size_t i = months.size() - 1; i-- > 0;) {
      const Month& month = months[i];
      if (month.first > on || months[i + 1].first <= on) continue;
      return LunarDate{month.year, month.number, static_cast<int>((on - month.first).count()) + 1,
                       month.leap};
    }
  }
  return std::nullopt;
}

Date lunar_new_year(int year) {
  const auto on = from_lunar({year, 1, 1, false});
  ENSURE(on.has_value(), "every lunar year has a first day");
  return *on;
}

}  // namespace calendar
