// The sentences of a derivation, in both languages.
#include <array>

#include "calendar/deadline.h"

namespace calendar {
namespace {

constexpr std::array<std::string_view, 7> kDaysVi{"thứ Hai", "thứ Ba",  "thứ Tư",  "thứ Năm",
                                                  "thứ Sáu", "thứ Bảy", "Chủ nhật"};
constexpr std::array<std::string_view, 7> kDaysEn{"Monday", "Tuesday",  "Wednesday", "Thursday",
                                                  "Friday", "Saturday", "Sunday"};

struct PauseText {
  PauseReason reason;
  std::string_view name;
  std::string_view vi;
  std::string_view en;
};
constexpr std::array<PauseText, 5> kPauses{{
    {PauseReason::supplement, "supplement", "chờ bổ sung hồ sơ", "waiting for the supplement"},
    {PauseReason::financial_obligation, "financial_obligation", "chờ thực hiện nghĩa vụ tài chính",
     "waiting for the payment that is due"},
    {PauseReason::outside_consultation, "outside_consultation", "chờ ý kiến cơ quan khác",
     "waiting for another body's opinion"},
    {PauseReason::citizen_confirmation, "citizen_confirmation", "chờ người nộp xác nhận",
     "waiting for the applicant's confirmation"},
    {PauseReason::other, "other", "tạm dừng theo quy định", "paused by law"},
}};

const PauseText& text_of(PauseReason reason) {
  for (const PauseText& text : kPauses) {
    if (text.reason == reason) return text;
  }
  return kPauses.back();
}

std::string moment(Instant at, Language language) {
  return to_text(local_time(at)) + " " + day_in_words(local_date(at), language);
}

// "thứ Hai 24/08/2026", or "từ ... đến ...".
std::string days_of(const DerivationStep& step, bool vi) {
  const Language language = vi ? Language::vietnamese : Language::english;
  if (step.first == step.last) return day_in_words(step.first, language);
  return (vi ? "từ " : "from ") + day_in_words(step.first, language) + (vi ? " đến " : " to ") +
         day_in_words(step.last, language);
}

std::string halves_in_words(std::int64_t halves, LimitUnit unit, bool vi) {
  std::string text = std::to_string(halves / 2);
  if (halves % 2 != 0) text += vi ? ",5" : ".5";
  const bool of_wall =
      unit == LimitUnit::calendar_days || unit == LimitUnit::months || unit == LimitUnit::years;
  if (vi) return text + (of_wall ? " ngày" : " ngày làm việc");
  return text + (of_wall ? " day" : " working day") + (halves == 2 ? "" : "s");
}

std::string off_in_words(const DerivationStep& step, bool vi) {
  const auto named = [&](const char* vietnamese, const char* english) {
    std::string text = vi ? vietnamese : english;
    if (step.day_off && !step.day_off->name.vi.empty()) {
      text += " " + step.day_off->name.in(vi ? Language::vietnamese : Language::english);
    }
    return text;
  };
  switch (step.off) {
    case OffReason::weekly_rest:
      return vi ? "ngày nghỉ hằng tuần" : "weekly rest";
    case OffReason::holiday:
      return named("nghỉ lễ", "public holiday:");
    case OffReason::swapped:
      return named("nghỉ hoán đổi:", "swapped day off:");
    case OffReason::compensation:
      return named("nghỉ bù:", "compensatory day off:");
    case OffReason::closure:
      return named("cơ quan nghỉ:", "the office is closed:");
  }
  return {};
}

std::string counted_in_words(const DerivationStep& step, bool vi) {
  const Language language = vi ? Language::vietnamese : Language::english;
  const std::string amount = step.unit == LimitUnit::working_hours
                                 ? working_time_in_words(step.minutes, language)
                                 : halves_in_words(step.halves, step.unit, vi);
  std::string text = (vi ? "Tính " : "Counted ") + amount + ": " + days_of(step, vi);
  if (step.make_up) {
    text += vi ? ", ngày làm bù cho " : ", worked in place of ";
    text += day_in_words(step.make_up->instead_of, language);
  } else if (step.extra_day) {
    text +=
        vi ? ", ngày nghỉ nhưng cơ quan làm việc: " : ", a rest day on which the office works: ";
    text += step.extra_day->reason.in(language);
  }
  return text;
}

std::string sentence(const DerivationStep& step, bool vi) {
  const Language language = vi ? Language::vietnamese : Language::english;
  switch (step.kind) {
    case StepKind::received:
      return (vi ? "Tiếp nhận hồ sơ lúc " : "Received at ") + moment(step.from, language);
    case StepKind::restarted:
      return (vi ? "Thời hạn tính lại từ đầu kể từ "
                 : "The term runs again from the beginning at ") +
             moment(step.from, language);
    case StepKind::rolled_over:
      return (vi ? "Nhận sau giờ chốt hoặc vào ngày nghỉ, tính như nhận lúc "
                 : "Received after the cut-off or on a day off: counts as received at ") +
             moment(step.to, language);
    case StepKind::event_day:
      if (step.from != Instant{}) {
        return (vi ? "Không tính ngày bắt đầu tính lại: "
                   : "The day of the new beginning does not count: ") +
               day_in_words(step.first, language);
      }
      return (vi ? "Không tính ngày tiếp nhận: " : "The day of receipt does not count: ") +
             day_in_words(step.first, language);
    case StepKind::counted:
      return counted_in_words(step, vi);
    case StepKind::skipped_off:
      return (vi ? "Không tính " : "Not counted: ") + days_of(step, vi) + ": " +
             off_in_words(step, vi);
    case StepKind::skipped_paused: {
      std::string text = (vi ? "Không tính " : "Not counted: ") + days_of(step, vi) + ": ";
      text += vi ? text_of(step.pause).vi : text_of(step.pause).en;
      if (step.minutes > 0) text += ", " + working_time_in_words(step.minutes, language);
      return text;
    }
    case StepKind::calendar_end:
      return (vi ? "Ngày tương ứng cuối thời hạn: " : "The corresponding last day: ") +
             day_in_words(step.last, language);
    case StepKind::moved:
      return (vi ? "Ngày cuối " : "The last day, ") + day_in_words(step.first, language) +
             (vi ? " là " : ", is off (") + off_in_words(step, vi) +
             (vi ? ", chuyển sang hết ngày làm việc tiếp theo: "
                 : "): it moves to the end of the next working day, ") +
             day_in_words(step.last, language);
    case StepKind::due:
      return (vi ? "Hạn trả kết quả: " : "Due: ") + moment(step.to, language);
    case StepKind::remaining:
      return (vi ? "Đang tạm dừng, còn lại " : "The clock stands; left: ") +
             (step.unit == LimitUnit::working_hours ? working_time_in_words(step.minutes, language)
                                                    : halves_in_words(step.halves, step.unit, vi));
  }
  return {};
}

}  // namespace

std::string day_in_words(Date on, Language language) {
  const auto weekday = static_cast<std::size_t>(iso_weekday(on) - 1);
  const auto& names = language == Language::vietnamese ? kDaysVi : kDaysEn;
  return std::string(names[weekday]) + " " + to_vietnamese(on);
}

std::string citation(const DerivationStep& step) {
  switch (step.article) {
    case Article::none:
      return {};
    case Article::civil_code_147_1:
      return "Bộ luật Dân sự 2015, điều 147 khoản 1";
    case Article::civil_code_147_2:
      return "Bộ luật Dân sự 2015, điều 147 khoản 2";
    case Article::civil_code_148_1:
      return "Bộ luật Dân sự 2015, điều 148 khoản 1";
    case Article::civil_code_148_3:
      return "Bộ luật Dân sự 2015, điều 148 khoản 3";
    case Article::civil_code_148_4:
      return "Bộ luật Dân sự 2015, điều 148 khoản 4";
    case Article::civil_code_148_5:
      return "Bộ luật Dân sự 2015, điều 148 khoản 5";
    case Article::transfer_cutoff:
      return "Nghị định 118/2025/NĐ-CP, điều 18";
    case Article::pause_excluded:
    case Article::term_restarts:
      return "Nghị định 118/2025/NĐ-CP";
    case Article::weekly_rest:
      return "Quyết định 188/1999/QĐ-TTg";
    case Article::day_off_act:
      return step.day_off ? step.day_off->act : std::string{};
  }
  return {};
}

std::string explain(const DerivationStep& step, Language language) {
  std::string text = sentence(step, language == Language::vietnamese);
  std::string source = citation(step);
  if (step.make_up && !step.make_up->act.empty()) source = step.make_up->act;
  if (step.extra_day && !step.extra_day->act.empty()) source = step.extra_day->act;
  if (!source.empty()) text += " (" + source + ")";
  return text + ".";
}

std::string explain(DeadlineRefusal refusal, Language language) {
  const bool vi = language == Language::vietnamese;
  switch (refusal) {
    case DeadlineRefusal::pause_ends_before_it_begins:
      return vi ? "Thời gian tạm dừng kết thúc trước khi bắt đầu: hãy sửa lại."
                : "A pause ends before it begins: correct it.";
    case DeadlineRefusal::pauses_overlap:
      return vi ? "Các khoảng tạm dừng chồng lên nhau: hãy gộp lại."
                : "Pauses overlap: merge them.";
    case DeadlineRefusal::pause_never_ends:
      return vi ? "Một khoảng tạm dừng dài quá 10 năm: hãy ghi thời điểm kết thúc đúng, hoặc dừng "
                  "giải quyết hồ sơ."
                : "A pause lasts longer than ten years: record its right end, or stop the dossier.";
    case DeadlineRefusal::too_many_pauses:
      return vi ? "Quá 1.000 lần tạm dừng: hãy kiểm tra lại hồ sơ."
                : "More than 1,000 pauses: check the dossier.";
    case DeadlineRefusal::restart_before_start:
      return vi ? "Thời điểm tính lại ở trước thời điểm tiếp nhận: hãy sửa lại một trong hai."
                : "The term cannot run again before it began: correct one of the two moments.";
    case DeadlineRefusal::outside_calendar:
      return vi ? "Thời hạn vượt ra ngoài lịch làm việc (năm 2000 đến 2099): hãy kiểm tra ngày "
                  "tiếp "
                  "nhận và thời hạn."
                : "The term leaves the calendar (2000 to 2099): check the moment of receipt and "
                  "the "
                  "limit.";
    case DeadlineRefusal::no_working_time:
      return vi ? "Lịch của cơ quan không có ngày làm việc nào trong 10 năm: hãy khai báo giờ làm "
                  "việc "
                  "của cơ quan."
                : "The office's calendar has no working day in ten years: give the office its "
                  "working hours.";
  }
  return {};
}

std::string_view name(StepKind kind) {
  switch (kind) {
    case StepKind::received:
      return "received";
    case StepKind::restarted:
      return "restarted";
    case StepKind::rolled_over:
      return "rolled_over";
    case StepKind::event_day:
      return "event_day";
    case StepKind::counted:
      return "counted";
    case StepKind::skipped_off:
      return "skipped_off";
    case StepKind::skipped_paused:
      return "skipped_paused";
    case StepKind::calendar_end:
      return "calendar_end";
    case StepKind::moved:
      return "moved";
    case StepKind::due:
      return "due";
    case StepKind::remaining:
      return "remaining";
  }
  return {};
}

std::string_view name(OffReason reason) {
  switch (reason) {
    case OffReason::weekly_rest:
      return "weekly_rest";
    case OffReason::holiday:
      return "holiday";
    case OffReason::swapped:
      return "swapped";
    case OffReason::compensation:
      return "compensation";
    case OffReason::closure:
      return "closure";
  }
  return {};
}

std::string_view name(PauseReason reason) {
  return text_of(reason).name;
}

std::optional<PauseReason> parse_pause_reason(std::string_view text) {
  for (const PauseText& pause : kPauses) {
    if (pause.name == text) return pause.reason;
  }
  return std::nullopt;
}

}  // namespace calendar
