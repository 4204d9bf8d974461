// calendar_commands.cpp - motcua calendar due, motcua calendar show: the statutory clock on the
// command line.
#include <filesystem>
#include <iostream>

#include <boost/json.hpp>

#include "calendar/deadline.h"
#include "calendar/deadline_json.h"
#include "calendar/schedule_json.h"
#include "calendar/year_json.h"
#include "casework/office_calendars.h"
#include "cli/compose.h"
#include "cli/manners.h"
#include "cli/subcommand.h"
#include "storage/sqlite/sqlite_store.h"

namespace cli {

namespace {

using calendar::Bilingual;
using calendar::Language;

struct OfficeOptions {
  std::string code;
  std::string data;
  std::string schedule;
  std::string language = "vi";

  [[nodiscard]] Language speaks() const {
    return language == "en" ? Language::english : Language::vietnamese;
  }
};

struct DueOptions {
  OfficeOptions office;
  std::string from;
  std::string limit;
  std::string cutoff;
  std::vector<std::string> pauses;
  std::string restart;
  bool explain = false;
  bool json = false;
};

struct ShowOptions {
  OfficeOptions office;
  int year = 0;
  bool json = false;
};

// Why there is no answer, already told on stderr; the exit status.
struct Refused {
  int status = kUsage;
};

base::Failure<Refused> refuse(const OfficeOptions& options, const Bilingual& message) {
  std::cerr << "motcua: " << message.in(options.speaks()) << '\n';
  return base::Failure{Refused{kUsage}};
}

struct OfficeOf {
  party::AgencyId code;
  std::string name;
  party::AgencyId keeps;  // the agency of the register whose calendar counts for `code`
  calendar::OfficeCalendar calendar;
};

// The agency of that code, or the nearest above it: units below a known agency keep its calendar.
const party::Agency* nearest(const party::Organisation& organisation, const party::AgencyId& id) {
  std::string text = id.text();
  while (true) {
    const auto code = party::AgencyId::parse(text);
    const party::Agency* agency = code.has_value() ? organisation.find(*code) : nullptr;
    const std::size_t dot = text.rfind('.');
    if (agency != nullptr || dot == std::string::npos) return agency;
    text.resize(dot);
  }
}

base::Result<calendar::OfficeCalendar, Refused> with_schedule(
    const OfficeOptions& options, const calendar::OfficeCalendar& kept) {
  const auto text = read_text(options.schedule);
  if (!text) return base::Failure{Refused{report(text.error())}};
  const auto json = base::parse_json(*text);
  if (!json) {
    return refuse(options,
                  {"--schedule " + options.schedule + " không phải JSON: " + json.error().message,
                   "--schedule " + options.schedule + " is not JSON: " + json.error().message});
  }
  const auto own = calendar::read_schedule(*json);
  if (!own) {
    for (const calendar::ScheduleProblem& problem : own.error()) {
      std::cerr << "motcua: " << options.schedule << (problem.path.empty() ? "" : " ")
                << problem.path << ": " << problem.message.in(options.speaks()) << '\n';
    }
    return base::Failure{Refused{kUsage}};
  }
  auto built = calendar::OfficeCalendar::build(
      std::make_shared<const calendar::NationalDays>(kept.national_days()),
      calendar::inherit(kept.schedule(), *own));
  if (!built) return base::Failure{Refused{report(built.error())}};
  return std::move(built).value();
}

base::Result<calendar::OfficeCalendar, Refused> shipped_calendar(const Shipped& shipped) {
  auto calendar = read_calendar(shipped);
  if (!calendar) return base::Failure{Refused{report(calendar.error())}};
  return std::move(calendar).value();
}

// What the office keeps by a store, its own or inherited.  A server may be at work there.
base::Result<calendar::OfficeCalendar, Refused> stored_calendar(const OfficeOptions& options,
                                                                const Shipped& shipped,
                                                                const party::AgencyId& id) {
  std::error_code error;
  if (!std::filesystem::exists(std::filesystem::path(options.data) / "motcua.db", error)) {
    return refuse(options,
                  {"Không có kho dữ liệu trong thư mục " + options.data + ": hãy kiểm tra --data.",
                   "There is no store in the folder " + options.data + ": check --data."});
  }
  const auto read = [&]() -> base::Outcome<calendar::OfficeCalendar> {
    const DataFolder folder = TRY(DataFolder::open(options.data));
    // Whoever holds the folder has already stored what is shipped, so that nothing is written here.
    const auto hold = folder.hold();
    const auto store = TRY(storage::sqlite::open_store(folder.store(), kTenant));
    const casework::CalendarTexts texts{
        .national = TRY(read_text(shipped.data / "calendars" / "vn.yaml")),
        .hours = TRY(read_text(shipped.data / "calendars" / "office-hours.yaml"))};
    calendar::SystemClock clock;
    const auto calendars = TRY(casework::OfficeCalendars::open(*store, texts, clock.now()));
    return calendars->of(id.text());
  };
  auto calendar = read();
  if (!calendar) return base::Failure{Refused{report(calendar.error())}};
  return std::move(calendar).value();
}

base::Result<OfficeOf, Refused> find_office(const OfficeOptions& options) {
  const auto failed = [](const base::Fault& fault) {
    return base::Failure{Refused{report(fault)}};
  };
  const auto shipped = find_shipped();
  if (!shipped) return failed(shipped.error());
  const auto organisation = read_organisation(*shipped);
  if (!organisation) return failed(organisation.error());
  const auto id = party::AgencyId::parse(options.code);
  const party::Agency* agency = id.has_value() ? nearest(*organisation, *id) : nullptr;
  if (agency == nullptr) {
    return refuse(options, {"Không có cơ quan mã “" + options.code +
                                "” trong danh mục: hãy kiểm tra mã (H41 là tỉnh Nghệ An).",
                            "No office " + options.code +
                                " in the register: check the code (H41 is Nghệ An)."});
  }
  calendar::OfficeCalendar calendar = TRY(
      options.data.empty() ? shipped_calendar(*shipped) : stored_calendar(options, *shipped, *id));
  if (!options.schedule.empty()) calendar = TRY(with_schedule(options, calendar));
  return OfficeOf{*id, agency->name.in(options.speaks()), agency->id, std::move(calendar)};
}

base::Result<calendar::Instant, Refused> read_moment(const OfficeOptions& options,
                                                     const std::string& name,
                                                     const std::string& text) {
  const auto moment = calendar::parse_instant(text);
  if (moment) return *moment;
  return refuse(options, {name + " “" + text +
                              "” không phải thời điểm: hãy viết như 2026-08-20T10:00 (giờ Việt Nam "
                              "nếu không ghi múi giờ).",
                          name + " \"" + text +
                              "\" is no moment: write it like 2026-08-20T10:00 (+07:00 without a "
                              "zone)."});
}

// FROM/TO, or FROM/ for one that has not ended; with ",REASON" after it where it matters.
base::Result<calendar::Pause, Refused> read_pause(const OfficeOptions& options, std::string text) {
  calendar::Pause pause;
  if (const std::size_t comma = text.find(','); comma != std::string::npos) {
    const auto reason = calendar::parse_pause_reason(std::string_view(text).substr(comma + 1));
    if (!reason) {
      return refuse(options, {"Lý do tạm dừng phải là supplement, financial_obligation, "
                              "outside_consultation, citizen_confirmation hoặc other.",
                              "The reason of a pause is supplement, financial_obligation, "
                              "outside_consultation, citizen_confirmation or other."});
    }
    pause.reason = *reason;
    text.resize(comma);
  }
  const std::size_t slash = text.find('/');
  if (slash == std::string::npos) {
    return refuse(options, {"--pause phải viết như 2026-08-21T10:00/2026-08-24T14:00.",
                            "--pause is written like 2026-08-21T10:00/2026-08-24T14:00."});
  }
  pause.from = TRY(read_moment(options, "--pause", text.substr(0, slash)));
  const std::string to = text.substr(slash + 1);
  if (!to.empty()) pause.to = TRY(read_moment(options, "--pause", to));
  return pause;
}

base::Result<calendar::DeadlineRequest, Refused> read_request(const DueOptions& options) {
  const OfficeOptions& office = options.office;
  const calendar::Instant from = TRY(read_moment(office, "--from", options.from));
  const auto limit = calendar::Limit::parse(options.limit);
  if (!limit) {
    const auto message = [&](Language language) {
      return "--limit " + options.limit + ": " + calendar::explain(limit.error(), language);
    };
    return refuse(office, {message(Language::vietnamese), message(Language::english)});
  }
  calendar::DeadlineRequest request{.start = from, .limit = *limit};
  if (!options.cutoff.empty()) {
    request.cutoff = calendar::parse_time_of_day(options.cutoff);
    if (!request.cutoff) {
      return refuse(office, {"--cutoff phải là giờ trong ngày như 15:00.",
                             "--cutoff wants a time of day such as 15:00."});
    }
  }
  for (const std::string& pause : options.pauses) {
    request.pauses.push_back(TRY(read_pause(office, pause)));
  }
  if (!options.restart.empty()) {
    request.restart = TRY(read_moment(office, "--restart", options.restart));
  }
  return request;
}

void print_json(const OfficeOf& office, const calendar::DeadlineRequest& request,
                const calendar::Deadline& deadline) {
  std::cout << base::to_text(base::json::object{{"due_at", calendar::to_iso(*deadline.due)},
                                                {"office", office.code.text()},
                                                {"calendar_of", office.keeps.text()},
                                                {"from", calendar::to_iso(request.start)},
                                                {"limit", request.limit.text()},
                                                {"deadline", calendar::to_json(deadline)}})
            << '\n';
}

base::Result<base::Done, Refused> due(const DueOptions& options) {
  const Language language = options.office.speaks();
  const calendar::DeadlineRequest request = TRY(read_request(options));
  const OfficeOf office = TRY(find_office(options.office));
  const auto deadline = calendar::deadline(request, office.calendar);
  if (!deadline) {
    return refuse(options.office, {calendar::explain(deadline.error(), Language::vietnamese),
                                   calendar::explain(deadline.error(), Language::english)});
  }
  if (!deadline->due) {
    const calendar::DerivationStep& left = deadline->steps.back();
    return refuse(
        options.office,
        {"Chưa có hạn khi còn tạm dừng. " + calendar::explain(left, Language::vietnamese) +
             " Hãy ghi thời điểm kết thúc tạm dừng: --pause TỪ/ĐẾN.",
         "There is no due date while a pause lasts. " + calendar::explain(left, Language::english) +
             " Give the moment at which it ended: --pause FROM/TO."});
  }
  if (options.json) {
    print_json(office, request, *deadline);
    return base::Done{};
  }
  std::cout << calendar::to_iso(*deadline->due) << "  "
            << calendar::day_in_words(calendar::local_date(*deadline->due), language) << ", "
            << calendar::to_words(request.limit, language) << '\n';
  if (!options.explain) return base::Done{};
  const bool english = language == Language::english;
  for (const calendar::DerivationStep& step : deadline->steps) {
    std::cout << "  " << calendar::explain(step, language) << '\n';
  }
  if (office.keeps != office.code) {
    std::cout << (english ? "  By the calendar of " : "  Theo lịch của ") << office.keeps.text()
              << ", " << office.name << ".\n";
  }
  if (deadline->provisional) {
    std::cout << (english ? "  Provisional: rests on days off that may still change.\n"
                          : "  Tạm tính: còn phụ thuộc ngày nghỉ có thể thay đổi.\n");
  }
  return base::Done{};
}

std::string week_in_words(const calendar::WeeklyIntervals& week, bool english) {
  std::string text;
  for (const auto& intervals : week) {
    std::string shown;
    for (const calendar::Interval& interval : intervals) {
      shown += (shown.empty() ? "" : ", ") + calendar::to_text(interval);
    }
    if (shown.empty()) shown = english ? "off" : "nghỉ";
    text += (text.empty() ? "" : " | ") + shown;
  }
  return text;
}

// Days off by name, or rest days that are worked.
base::json::array listed(const base::json::array& days, bool works) {
  base::json::array found;
  for (const base::json::value& day : days) {
    const std::string kind = base::string_or(day, "kind");
    const bool wanted = works ? kind == "make_up" || kind == "extra"
                              : kind != "weekly_rest" && !base::bool_or(day, "works");
    if (!wanted) continue;
    found.push_back(base::json::object{{"date", base::string_or(day, "on")},
                                       {"kind", kind},
                                       {"name", base::string_or(*base::find(day, "why"), "vi")},
                                       {"act", base::string_or(day, "act")},
                                       {"provisional", base::bool_or(day, "provisional")}});
  }
  return found;
}

// The sets of weekly hours in force during the year.
std::vector<calendar::WeeklyHours> hours_of(int year, const calendar::OfficeCalendar& office) {
  const calendar::Date first = *calendar::make_date(year, 1, 1);
  const calendar::Date last = *calendar::make_date(year, 12, 31);
  std::vector<calendar::WeeklyHours> sets{office.weekly_hours(first)};
  for (const calendar::WeeklyHours& set : office.schedule().hours) {
    if (set.valid_from > first && set.valid_from <= last) sets.push_back(set);
  }
  return sets;
}

void print_hours(int year, const calendar::OfficeCalendar& office, Language language) {
  const bool english = language == Language::english;
  const auto sets = hours_of(year, office);
  for (std::size_t i = 0; i < sets.size(); ++i) {
    if (i > 0) {
      std::cout << (english ? "From " : "Từ ")
                << calendar::day_in_words(sets[i].valid_from, language) << ":\n";
    }
    std::cout << (english ? "Monday to Sunday: " : "Thứ Hai đến Chủ nhật: ")
              << week_in_words(sets[i].processing, english);
    if (sets[i].provisional) {
      std::cout << (english ? " (hours not confirmed)" : " (giờ làm việc tạm tính)");
    }
    std::cout << '\n';
    if (sets[i].reception == sets[i].processing) continue;
    std::cout << (english ? "Reception: " : "Tiếp nhận: ")
              << week_in_words(sets[i].reception, english) << '\n';
  }
}

// One line for each day that is not what its weekday is: "-" off, "+" worked, "~" partly closed.
void print_days(const base::json::array& days, Language language) {
  const bool english = language == Language::english;
  for (const base::json::value& day : days) {
    const std::string kind = base::string_or(day, "kind");
    if (kind == "work" || kind == "weekly_rest") continue;
    const bool off = !base::bool_or(day, "works");
    const char* mark = off ? "- " : kind == "partly_closed" ? "~ " : "+ ";
    const auto on = calendar::parse_date(base::string_or(day, "on"));
    const std::string why = base::string_or(*base::find(day, "why"), english ? "en" : "vi");
    const std::string act = base::string_or(day, "act");
    std::cout << mark << calendar::day_in_words(*on, language) << ": "
              << (kind == "holiday" ? (english ? "off, " : "nghỉ, ") : "") << why
              << (act.empty() ? "" : " [" + act + "]");
    if (base::bool_or(day, "provisional"))
      std::cout << (english ? " (provisional)" : " (tạm tính)");
    std::cout << '\n';
  }
}

base::Result<base::Done, Refused> show(const ShowOptions& options) {
  const Language language = options.office.speaks();
  const OfficeOf office = TRY(find_office(options.office));
  if (options.year < calendar::NationalDays::kFirstYear ||
      options.year > calendar::NationalDays::kLastYear) {
    return refuse(options.office, {"--year phải là một năm từ 2000 đến 2099.",
                                   "--year wants a year from 2000 to 2099."});
  }
  const base::json::array days = calendar::year_json(options.year, office.calendar);
  int working = 0;
  int minutes = 0;
  for (const base::json::value& day : days) {
    const auto on = calendar::parse_date(base::string_or(day, "on"));
    working += base::bool_or(day, "works") ? 1 : 0;
    minutes += office.calendar.working_minutes(*on);
  }
  const bool published = office.calendar.national_days().is_published(options.year);
  if (options.json) {
    const calendar::OfficeSchedule kept{.hours = hours_of(options.year, office.calendar)};
    std::cout << base::to_text(base::json::object{{"office", office.code.text()},
                                                  {"calendar_of", office.keeps.text()},
                                                  {"name", office.name},
                                                  {"year", options.year},
                                                  {"published", published},
                                                  {"working_days", working},
                                                  {"working_minutes", minutes},
                                                  {"hours", calendar::to_json(kept)["hours"]},
                                                  {"days_off", listed(days, false)},
                                                  {"worked_rest_days", listed(days, true)},
                                                  {"days", days}})
              << '\n';
    return base::Done{};
  }
  const bool english = language == Language::english;
  std::cout << office.code.text() << "  " << office.name << ", " << options.year << ": " << working
            << (english ? " working days" : " ngày làm việc");
  if (!published) {
    std::cout << (english ? " (provisional: the year's list is not published)"
                          : " (tạm tính: chưa có danh sách công bố)");
  }
  std::cout << '\n';
  print_hours(options.year, office.calendar, language);
  print_days(days, language);
  return base::Done{};
}

int status_of(const base::Result<base::Done, Refused>& result) {
  return result.has_value() ? kDone : result.error().status;
}

void add_office_options(CLI::App& command, OfficeOptions& options) {
  command.add_option("--office", options.code, "Agency code, e.g. H41")->required();
  command.add_option(
      "--data", options.data,
      "A data folder, for calendars of offices with their own; else the shipped ones");
  command.add_option("--schedule", options.schedule,
                     "A JSON file with an office's own schedule, to try it before it is saved");
  command.add_option("--lang", options.language, "vi or en")->check(CLI::IsMember({"vi", "en"}));
}

}  // namespace

void add_calendar(CLI::App& program, int& status) {
  CLI::App* group = program.add_subcommand("calendar", "Working days and due dates");
  group->require_subcommand(1);

  CLI::App* due_command = group->add_subcommand("due", "When a limit ends, and why");
  auto asked = std::make_shared<DueOptions>();
  add_office_options(*due_command, asked->office);
  due_command->add_option("--from", asked->from, "Moment of reception; +07:00 without a zone")
      ->required();
  due_command
      ->add_option("--limit", asked->limit,
                   "3wd or 1.5wd (working days), 30d (days), 168h (working hours), 2mo, 1y, "
                   "same-day")
      ->required();
  due_command->add_option("--cutoff", asked->cutoff,
                          "Received later counts from the next working morning, e.g. 15:00");
  due_command
      ->add_option("--pause", asked->pauses,
                   "FROM/TO, or FROM/ while it lasts; may be given again; \",REASON\" may follow")
      ->take_all();
  due_command->add_option("--restart", asked->restart,
                          "The whole term runs again from this moment");
  due_command->add_flag("--explain", asked->explain, "Each step with its article");
  due_command->add_flag("--json", asked->json, "For programs, with each step");
  due_command->callback([asked, &status] { status = status_of(due(*asked)); });

  CLI::App* show_command = group->add_subcommand("show", "The days off and worked of a year");
  auto shown = std::make_shared<ShowOptions>();
  add_office_options(*show_command, shown->office);
  show_command->add_option("--year", shown->year, "2000 to 2099")->required();
  show_command->add_flag("--json", shown->json, "For programs, with every day");
  show_command->callback([shown, &status] { status = status_of(show(*shown)); });
}

}  // namespace cli
