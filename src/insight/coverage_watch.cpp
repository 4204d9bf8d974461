#include "insight/coverage_watch.h"

#include <algorithm>

#include "casework/organisation_register.h"

namespace insight {

namespace {

Instant midnight(calendar::Date on) {
  return calendar::at_local(on, calendar::TimeOfDay{0});
}

}  // namespace

base::Outcome<CoverageViewPtr> CoverageWatch::now() {
  const std::scoped_lock lock(mutex_);
  TRY(lay_out());
  TRY(stretches_.front()->refresh());
  return stretches_.front()->view();
}

base::Outcome<CoverageViewPtr> CoverageWatch::on(calendar::Date day) {
  const std::scoped_lock lock(mutex_);
  TRY(lay_out());
  for (const auto& stretch : stretches_) {
    if (!stretch->ground().period.holds(midnight(day))) continue;
    TRY(stretch->refresh());
    return stretch->view();
  }
  CoverageGround ground = ground_of({midnight(day), midnight(day + std::chrono::days{1})});
  if (other_ == nullptr || other_->ground() != ground) {
    other_ = std::make_unique<CoverageStretch>(workplace_, std::move(ground));
  }
  TRY(other_->refresh());
  return other_->view();
}

base::Outcome<std::vector<CoverageViewPtr>> CoverageWatch::ahead(Instant until) {
  const std::scoped_lock lock(mutex_);
  TRY(lay_out());
  std::vector<CoverageViewPtr> views;
  for (const auto& stretch : stretches_) {
    if (!views.empty() && stretch->ground().period.from >= until) break;
    TRY(stretch->refresh());
    views.push_back(stretch->view());
  }
  return views;
}

base::Outcome<std::vector<CoverageViewPtr>> CoverageWatch::since(const CoverageViewPtr& view) {
  std::vector<CoverageViewPtr> views = TRY(ahead());
  const Instant from = view->coverage->period().from;
  const bool within = views.front()->coverage->period().from <= from &&
                      from < views.back()->coverage->period().until;
  if (!within) return std::vector{view};
  std::erase_if(views,
                [&](const CoverageViewPtr& one) { return one->coverage->period().from < from; });
  return views;
}

base::Outcome<base::Done> CoverageWatch::each_ahead(const Visit& visit) {
  const std::scoped_lock lock(mutex_);
  TRY(lay_out());
  for (const auto& stretch : stretches_) {
    TRY(stretch->refresh());
    visit(*stretch);
  }
  return base::Done{};
}

base::Outcome<base::Done> CoverageWatch::lay_out() {
  TRY(workplace_.publications.refresh(workplace_.store));
  std::vector<std::unique_ptr<CoverageStretch>> stretches;
  for (CoverageGround& ground : grounds()) {
    const auto known = std::ranges::find_if(
        stretches_, [&](const auto& one) { return one != nullptr && one->ground() == ground; });
    if (known != stretches_.end()) {
      stretches.push_back(std::move(*known));
    } else {
      stretches.push_back(std::make_unique<CoverageStretch>(workplace_, std::move(ground)));
    }
  }
  stretches_ = std::move(stretches);
  return base::Done{};
}

CoverageGround CoverageWatch::ground_of(const Period& period) const {
  CoverageGround ground{
      .period = period, .table = workplace_.competence->model(), .moves = moves_now()};
  if (workplace_.organisations != nullptr) {
    ground.version = workplace_.organisations->state()->version;
  } else {
    ground.organisation_now = &workplace_.organisation.now();
  }
  return ground;
}

std::vector<CoverageGround> CoverageWatch::grounds() const {
  const calendar::Date today = calendar::local_date(workplace_.clock.now());
  std::vector<calendar::Date> begins{today};
  if (workplace_.organisations != nullptr) {
    for (const calendar::Date day : workplace_.organisations->state()->history.days()) {
      const bool ahead = today < day && day < today + kForesight;
      if (ahead && begins.size() < kStretchesMax) begins.push_back(day);
    }
  }
  std::vector<CoverageGround> all;
  for (std::size_t i = 0; i < begins.size(); ++i) {
    const calendar::Date end = i + 1 < begins.size() ? begins[i + 1] : today + kForesight;
    all.push_back(ground_of({midnight(begins[i]), midnight(end)}));
  }
  return all;
}

std::string CoverageWatch::moves_now() const {
  const AuthorityPtr authority = workplace_.authority->now();
  const Instant now = workplace_.clock.now();
  std::string text;
  for (const party::AuthorityEntry* entry : authority->decentralisations()) {
    const party::Period period = authority->effective(*entry);
    text += entry->id + (period.has(now) ? '+' : '-') +
            std::to_string(period.until.time_since_epoch().count()) + ';';
  }
  return text;
}

}  // namespace insight
