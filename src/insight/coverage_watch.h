#pragma once
// coverage_watch.h - coverage as it is now and as it will be, kept up with what changes.
//
// Whoever asks gets the answer of this moment: what has changed since (officers, what they hold,
// what is published, the organisation, the day) is taken in first.  The days ahead are counted by
// the organisation and the posts that are registered for them: from each day on which the
// organisation changes on there is another view.  Thread-safe; a view stays as it was.
#include <chrono>
#include <functional>
#include <memory>
#include <mutex>
#include <string>
#include <vector>

#include "insight/coverage_stretch.h"

namespace insight {

// How far ahead gaps are looked for.
inline constexpr std::chrono::days kForesight{90};
// Where the organisation changes more often within that time, the later changes are not foreseen.
inline constexpr std::size_t kStretchesMax = 12;

class CoverageWatch {
 public:
  explicit CoverageWatch(casework::Workplace& workplace) : workplace_(workplace) {}

  [[nodiscard]] base::Outcome<CoverageViewPtr> now();
  // One that holds the day.  Beyond the foresight, and in the past, it holds that day alone, by the
  // accounts, the posts and the organisation as they are registered now.
  [[nodiscard]] base::Outcome<CoverageViewPtr> on(calendar::Date day);
  // Of today and what follows, each from where the one before ends; those that begin before
  // `until`.
  [[nodiscard]] base::Outcome<std::vector<CoverageViewPtr>> ahead(Instant until = Instant::max());

  // Of the days of `view`, which one of the others gave, and of those that follow within the
  // foresight.
  [[nodiscard]] base::Outcome<std::vector<CoverageViewPtr>> since(const CoverageViewPtr& view);

  [[nodiscard]] const casework::Workplace& workplace() const { return workplace_; }

  // All stretches of days ahead, refreshed: under the watch's lock.
  using Visit = std::function<void(CoverageStretch& stretch)>;
  [[nodiscard]] base::Outcome<base::Done> each_ahead(const Visit& visit);

 private:
  // Finds out which stretches there are; each is counted when it is asked for.
  [[nodiscard]] base::Outcome<base::Done> lay_out();
  [[nodiscard]] CoverageGround ground_of(const Period& period) const;
  [[nodiscard]] std::vector<CoverageGround> grounds() const;
  [[nodiscard]] std::string moves_now() const;

  casework::Workplace& workplace_;
  std::mutex mutex_;
  std::vector<std::unique_ptr<CoverageStretch>> stretches_;  // in order; never empty once laid out
  std::unique_ptr<CoverageStretch> other_;  // of the last other day that was asked for
};

}  // namespace insight
