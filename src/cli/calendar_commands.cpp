// calendar_commands.cpp - motcua calendar due, motcua calendar show: the statutory clock on the
// command line.
#include <iostream>

#include <boost/json.hpp>

#include "calendar/deadline.h"
#include "calendar/deadline_json.h"
#include "cli/compose.h"
#include "cli/manners.h"
#include "cli/subcommand.h"

namespace cli {

namespace {

using calendar::Language;

struct DueOptions {
  std::string office;
  std::string from;
  std::string limit;
  std::string cutoff;
  std::string language = "vi";
  bool explain = false;
  bool json = false;
};

struct ShowOptions {
  std::string office;
  int year = 0;
  bool json = false;
};

// The office with its calendar; all offices keep the same one until they have their own.
struct OfficeOf {
  party::Agency agency;
  calendar::OfficeCalendar calendar;
};
base::Outcome<OfficeOf> find_office(const std::string& code) {
  const Shipped shipped = TRY(find_shipped());
  const party::Organisation organisation = TRY(read_organisation(shipped));
  const auto id = party::AgencyId::parse(code);
  const party::Agency* agency = id.has_value() ? organisation.find(*id) : nullptr;
  if (agency == nullptr) {
    return base::fault(base::FaultCode::not_found,
                       "no office " + code + " in the register (H41 is Nghệ An)");
  }
  return OfficeOf{*agency, TRY(read_calendar(shipped))};
}

int report_office(const base::Fault& fault) {
  // A wrong code is the caller's word; everything else is the world's.
  return fault.code == base::FaultCode::not_found ? report_usage(fault.message) : report(fault);
}

int run_due(const DueOptions& options) {
  const Language language = options.language == "en" ? Language::english : Language::vietnamese;
  const auto from = calendar::parse_instant(options.from);
  if (!from.has_value()) {
    return report_usage("--from wants a moment such as 2026-08-20T10:00 (+07:00 without a zone)");
  }
  const auto limit = calendar::Limit::parse(options.limit);
  if (!limit) {
    return report_usage("--limit " + options.limit + ": " +
                        calendar::explain(limit.error(), language));
  }
  calendar::DeadlineRequest request{.start = *from, .limit = *limit};
  if (!options.cutoff.empty()) {
    request.cutoff = calendar::parse_time_of_day(options.cutoff);
    if (!request.cutoff.has_value()) return report_usage("--cutoff wants a time such as 15:00");
  }
  const auto office = find_office(options.office);
  if (!office) return report_office(office.error());
  const auto deadline = calendar::deadline(request, office->calendar);
  if (!deadline) {
    std::cerr << "motcua: " << calendar::explain(deadline.error(), language) << '\n';
    return kUsage;
  }
  if (options.json) {
    base::json::object json{{"office", office->agency.id.text()},
                            {"from", calendar::to_iso(*from)},
                            {"limit", limit->text()}};
    json["deadline"] = calendar::to_json(*deadline);
    if (deadline->due.has_value()) json["due_at"] = calendar::to_iso(*deadline->due);
    std::cout << base::to_text(json) << '\n';
    return kDone;
  }
  // Without pauses there always is a due instant.
  std::cout << calendar::to_iso(*deadline->due) << "  "
            << calendar::day_in_words(calendar::local_date(*deadline->due), language) << ", "
            << calendar::to_words(*limit, language) << '\n';
  if (options.explain) {
    for (const calendar::DerivationStep& step : deadline->steps) {
      std::cout << "  " << calendar::explain(step, language) << '\n';
    }
    if (deadline->provisional) {
      std::cout << (language == Language::english
                        ? "  Provisional: rests on days off that may still change.\n"
                        : "  Tạm tính: còn phụ thuộc ngày nghỉ có thể thay đổi.\n");
    }
  }
  return kDone;
}

int run_show(const ShowOptions& options) {
  const auto office = find_office(options.office);
  if (!office) return report_office(office.error());
  const auto first = calendar::make_date(options.year, 1, 1);
  const auto after = calendar::make_date(options.year + 1, 1, 1);
  if (!first.has_value() || !after.has_value() || options.year < 2000 || options.year > 2099) {
    return report_usage("--year wants a year from 2000 to 2099");
  }
  const calendar::OfficeCalendar& days = office->calendar;
  base::json::array off;
  base::json::array make_up;
  int working = 0;
  int minutes = 0;
  std::string text;
  for (calendar::Date on = *first; on < *after; on += std::chrono::days{1}) {
    if (days.is_working_day(on)) {
      ++working;
      minutes += days.working_minutes(on);
      if (const auto worked = days.make_up_day(on); worked != nullptr) {
        make_up.push_back(base::json::object{{"date", calendar::to_iso(on)},
                                             {"instead_of", calendar::to_iso(worked->instead_of)},
                                             {"act", worked->act}});
        text += "+ " + calendar::day_in_words(on, Language::vietnamese) + ": làm bù cho " +
                calendar::day_in_words(worked->instead_of, Language::vietnamese) + " [" +
                worked->act + "]\n";
      }
      continue;
    }
    const auto why = days.why_off(on);
    if (why == nullptr || why->reason == calendar::OffReason::weekly_rest) continue;
    off.push_back(base::json::object{{"date", calendar::to_iso(on)},
                                     {"name", why->name.vi},
                                     {"act", why->act},
                                     {"provisional", why->provisional}});
    text += "- " + calendar::day_in_words(on, Language::vietnamese) + ": nghỉ, " + why->name.vi +
            " [" + why->act + "]" + (why->provisional ? " (tạm tính)" : "") + "\n";
  }
  const calendar::WeeklyHours& hours = days.weekly_hours(*first);
  base::json::array week;
  std::string week_text;
  for (const auto& intervals : hours.processing) {
    base::json::array one;
    std::string shown;
    for (const calendar::Interval& interval : intervals) {
      const std::string span =
          calendar::to_text(interval.from) + "-" + calendar::to_text(interval.to);
      one.push_back(base::json::value(span));
      shown += (shown.empty() ? "" : ", ") + span;
    }
    week.push_back(std::move(one));
    week_text += (week_text.empty() ? "" : " | ") + (shown.empty() ? std::string{"nghỉ"} : shown);
  }
  const bool published = days.national_days().is_published(options.year);
  if (options.json) {
    std::cout << base::to_text(base::json::object{{"office", office->agency.id.text()},
                                                  {"name", office->agency.name.vi},
                                                  {"year", options.year},
                                                  {"published", published},
                                                  {"working_days", working},
                                                  {"working_minutes", minutes},
                                                  {"hours_provisional", hours.provisional},
                                                  {"week", std::move(week)},
                                                  {"days_off", std::move(off)},
                                                  {"make_up_days", std::move(make_up)}})
              << '\n';
    return kDone;
  }
  std::cout << office->agency.id.text() << "  " << office->agency.name.vi << ", " << options.year
            << ": " << working << " ngày làm việc"
            << (published ? "" : " (tạm tính: chưa có danh sách công bố)") << '\n'
            << "Thứ Hai đến Chủ nhật: " << week_text
            << (hours.provisional ? " (giờ làm việc tạm tính)" : "") << '\n'
            << text;
  return kDone;
}

}  // namespace

void add_calendar(CLI::App& program, int& status) {
  CLI::App* group = program.add_subcommand("calendar", "Working days and due dates");
  group->require_subcommand(1);

  CLI::App* due = group->add_subcommand("due", "When a limit ends, and why");
  auto asked = std::make_shared<DueOptions>();
  due->add_option("--office", asked->office, "Agency code, e.g. H41")->required();
  due->add_option("--from", asked->from, "Moment of reception; +07:00 without a zone")->required();
  due->add_option("--limit", asked->limit, "3wd, 1.5wd, 30d, 168h, 2mo, 1y or same-day")
      ->required();
  due->add_option("--cutoff", asked->cutoff,
                  "Received later counts from the next working morning, e.g. 15:00");
  due->add_option("--lang", asked->language, "vi or en")->check(CLI::IsMember({"vi", "en"}));
  due->add_flag("--explain", asked->explain, "Each step with its article");
  due->add_flag("--json", asked->json, "For programs");
  due->callback([asked, &status] { status = run_due(*asked); });

  CLI::App* show = group->add_subcommand("show", "The days off and worked of a year");
  auto shown = std::make_shared<ShowOptions>();
  show->add_option("--office", shown->office, "Agency code, e.g. H41")->required();
  show->add_option("--year", shown->year, "2000 to 2099")->required();
  show->add_flag("--json", shown->json, "For programs");
  show->callback([shown, &status] { status = run_show(*shown); });
}

}  // namespace cli
