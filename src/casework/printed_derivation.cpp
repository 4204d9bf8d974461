#include "casework/printed_derivation.h"

#include <algorithm>
#include <optional>

namespace casework {

namespace {

using calendar::Date;
using calendar::DerivationStep;
using calendar::Language;
using calendar::StepKind;

// A term of years meets more holidays than a receipt has room for.
constexpr std::size_t kNamedMax = 6;
constexpr std::size_t kRunsMax = 8;

// " (act, article).", or the full stop alone.
std::string cited(const DerivationStep& step) {
  const std::string act = calendar::citation(step);
  return act.empty() ? "." : " (" + act + ").";
}

std::string without_stop(std::string sentence) {
  if (sentence.ends_with('.')) sentence.pop_back();
  return sentence;
}

bool same_reason(const DerivationStep& a, const DerivationStep& b) {
  if (a.kind != b.kind) return false;
  if (a.kind == StepKind::skipped_paused) return a.pause == b.pause;
  if (a.off != b.off || (a.day_off == nullptr) != (b.day_off == nullptr)) return false;
  return a.day_off == nullptr ||
         (a.day_off->name == b.day_off->name && calendar::citation(a) == calendar::citation(b));
}

std::string day_and_month(Date on) {
  return calendar::to_vietnamese(on).substr(0, 5);
}
std::string year(Date on) {
  return calendar::to_vietnamese(on).substr(6);
}

// "22–23/08, 29–30/08/2026": the year stands where it changes and at the end.
std::string runs_in_words(const std::vector<std::pair<Date, Date>>& runs) {
  std::string text;
  for (std::size_t i = 0; i < runs.size(); ++i) {
    const auto& [first, last] = runs[i];
    if (!text.empty()) text += ", ";
    if (first != last) {
      const std::string begin = day_and_month(first);
      const bool same_month = begin.substr(3) == day_and_month(last).substr(3);
      text += (same_month ? begin.substr(0, 2) : begin) + "–";
    }
    text += day_and_month(last);
    if (i + 1 == runs.size() || year(runs[i + 1].second) != year(last)) text += "/" + year(last);
  }
  return text;
}

// Days one after the other that were counted or left out.
class Stretch {
 public:
  explicit Stretch(Language language) : language_(language) {}

  static bool takes(StepKind kind) {
    return kind == StepKind::counted || kind == StepKind::skipped_off ||
           kind == StepKind::skipped_paused;
  }

  void add(const DerivationStep& step) {
    if (step.kind == StepKind::counted) {
      if (step.make_up != nullptr || step.extra_day != nullptr) worked_.push_back(step);
      DerivationStep plain = step;
      plain.make_up.reset();
      plain.extra_day.reset();
      add_to(counted_, plain, !counted_.empty());
      pause_.reset();
    } else if (step.kind == StepKind::skipped_off && step.off == calendar::OffReason::weekly_rest) {
      if (!rest_.empty() && rest_.back().second + std::chrono::days{1} == step.first) {
        rest_.back().second = step.last;
      } else {
        rest_.emplace_back(step.first, step.last);
      }
      rest_days_ += (step.last - step.first).count() + 1;
      rest_step_ = step;
    } else if (step.kind == StepKind::skipped_paused) {
      // A pause goes on over the days off within it, but not over days that count.
      if (pause_.has_value() && same_reason(left_out_[*pause_], step)) {
        add(left_out_[*pause_], step);
        return;
      }
      pause_ = left_out_.size();
      left_out_.push_back(step);
    } else {
      const bool goes_on = !left_out_.empty() && same_reason(left_out_.back(), step) &&
                           left_out_.back().last + std::chrono::days{1} == step.first;
      add_to(left_out_, step, goes_on);
    }
  }

  void tell(std::vector<std::string>& lines) {
    for (const DerivationStep& step : counted_) lines.push_back(calendar::explain(step, language_));
    for (const DerivationStep& step : worked_) lines.push_back(including(step));
    if (!rest_.empty()) lines.push_back(rest_in_words());
    if (left_out_.size() <= kNamedMax) {
      for (const DerivationStep& step : left_out_) {
        lines.push_back(calendar::explain(step, language_));
      }
    } else {
      lines.push_back(many_in_words());
    }
    *this = Stretch(language_);
  }

 private:
  [[nodiscard]] bool vi() const { return language_ == Language::vietnamese; }

  static void add(DerivationStep& sum, const DerivationStep& step) {
    sum.last = step.last;
    sum.halves += step.halves;
    sum.minutes += step.minutes;
  }
  static void add_to(std::vector<DerivationStep>& steps, const DerivationStep& step, bool merge) {
    if (merge) {
      add(steps.back(), step);
    } else {
      steps.push_back(step);
    }
  }
  // A rest day among those counted above: "Kể cả thứ Bảy ..., ngày làm bù cho ...".
  [[nodiscard]] std::string including(const DerivationStep& step) const {
    const std::string sentence = calendar::explain(step, language_);
    const std::size_t colon = sentence.find(": ");
    if (colon == std::string::npos) return sentence;
    return (vi() ? "Kể cả " : "Including ") + sentence.substr(colon + 2);
  }
  [[nodiscard]] std::string rest_in_words() const {
    if (rest_.size() == 1 && rest_.front().first == rest_.front().second) {
      return calendar::explain(rest_step_, language_);
    }
    const std::string days = std::to_string(rest_days_);
    std::string text = vi() ? "Không tính " + days + " ngày nghỉ hằng tuần"
                            : "Not counted: " + days + " days of weekly rest";
    if (rest_.size() <= kRunsMax) text += ": " + runs_in_words(rest_);
    return text + cited(rest_step_);
  }
  [[nodiscard]] std::string many_in_words() const {
    std::int64_t days = 0;
    for (const DerivationStep& step : left_out_) days += (step.last - step.first).count() + 1;
    const std::string count = std::to_string(days);
    return vi() ? "Không tính " + count + " ngày nghỉ lễ, nghỉ bù, cơ quan nghỉ hoặc tạm dừng."
                : "Not counted: " + count + " days of holidays, closures and pauses.";
  }

  Language language_;
  std::vector<DerivationStep> counted_, worked_, left_out_;
  std::vector<std::pair<Date, Date>> rest_;
  std::optional<std::size_t> pause_;  // in left_out_, while no day has counted since
  std::int64_t rest_days_ = 0;
  DerivationStep rest_step_;
};

}  // namespace

std::vector<std::string> printed_derivation(const calendar::Deadline& deadline, Language language) {
  const bool vi = language == Language::vietnamese;
  std::vector<std::string> lines;
  Stretch stretch(language);
  for (std::size_t i = 0; i < deadline.steps.size(); ++i) {
    const DerivationStep& step = deadline.steps[i];
    if (Stretch::takes(step.kind)) {
      stretch.add(step);
      continue;
    }
    stretch.tell(lines);
    std::string line = calendar::explain(step, language);
    const bool begins = step.kind == StepKind::received || step.kind == StepKind::restarted;
    const DerivationStep* next = i + 1 < deadline.steps.size() ? &deadline.steps[i + 1] : nullptr;
    if (begins && next != nullptr && next->kind == StepKind::event_day &&
        next->first == calendar::local_date(step.from)) {
      line = without_stop(std::move(line));
      line += vi ? "; không tính ngày này" : "; that day does not count";
      lines.push_back(line + cited(*next));
      ++i;
      continue;
    }
    lines.push_back(std::move(line));
  }
  stretch.tell(lines);
  if (deadline.provisional) {
    lines.push_back(
        vi ? "Lịch nghỉ của năm liên quan chưa công bố đủ: phần còn thiếu tính theo luật."
           : "Some days off are not published yet: they were worked out from the law.");
  }
  return lines;
}

}  // namespace casework
