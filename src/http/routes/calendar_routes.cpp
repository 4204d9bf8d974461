// calendar_routes.cpp - calendars of offices: read, tried out, changed; due dates worked out anew.
#include <charconv>

#include <boost/json.hpp>

#include "base/text.h"
#include "casework/calendar_changes.h"
#include "http/routes/api.h"

namespace http::routes {

namespace {

using base::json::object;
using casework::fail;
using casework::FailureKind;

constexpr int kMovedAtOnce = 500;

int number_in(const std::string& text) {
  int number = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), number);
  return error == std::errc{} && end == text.data() + text.size() ? number : -1;
}

std::string office_of(const Request& request) {
  return request.path_parameter("office");
}

// What is due at the end of a day would be due at the next day's midnight.  Asked of new calendars
// only: those that are kept are read as they were saved.
Answer<base::Done> check_ends(const calendar::OfficeSchedule& schedule) {
  casework::Failure failure{FailureKind::unprocessable,
                            "calendar-not-valid",
                            {"Giờ làm việc phải kết thúc trước nửa đêm: muộn nhất 23:59.",
                             "Working hours end before midnight: at 23:59 at the latest."},
                            {}};
  const auto look = [&](const std::string& path, const std::vector<calendar::Interval>& day) {
    for (std::size_t i = 0; i < day.size(); ++i) {
      if (day[i].to <= calendar::hour_minute(23, 59)) continue;
      failure.problems.push_back({.field = path + "/" + std::to_string(i),
                                  .page = {},
                                  .code = form::ProblemCode::bad_format,
                                  .severity = form::Severity::error,
                                  .message = failure.detail});
    }
  };
  for (std::size_t set = 0; set < schedule.hours.size(); ++set) {
    for (std::size_t day = 0; day < calendar::kWeekdays.size(); ++day) {
      const std::string path = "hours/" + std::to_string(set) + "/";
      const std::string name{calendar::kWeekdays[day]};
      look(path + "processing/" + name, schedule.hours[set].processing[day]);
      look(path + "reception/" + name, schedule.hours[set].reception[day]);
    }
  }
  for (std::size_t i = 0; i < schedule.extra_days.size(); ++i) {
    const std::string path = "extra_days/" + std::to_string(i) + "/";
    look(path + "processing", schedule.extra_days[i].processing);
    look(path + "reception", schedule.extra_days[i].reception);
  }
  if (!failure.problems.empty()) return base::Failure{std::move(failure)};
  return base::Done{};
}

// Every problem at its place, as forms tell theirs.
Answer<calendar::OfficeSchedule> schedule_of(const base::json::value& json) {
  auto schedule = calendar::read_schedule(json);
  if (schedule) {
    TRY(check_ends(*schedule));
    return std::move(schedule).value();
  }
  casework::Failure failure{FailureKind::unprocessable,
                            "calendar-not-valid",
                            {"Lịch làm việc chưa hợp lệ. Hãy sửa các mục được đánh dấu.",
                             "The calendar is not valid. Mend the marked places."},
                            {}};
  for (const calendar::ScheduleProblem& one : schedule.error()) {
    failure.problems.push_back({.field = one.path,
                                .page = {},
                                .code = form::ProblemCode::bad_format,
                                .severity = form::Severity::error,
                                .message = one.message});
  }
  return base::Failure{std::move(failure)};
}

Answer<Response> preview(Api& api, const Request& request) {
  const auto who = TRY(officer_of(api, request));
  TRY(casework::may_manage_calendar(api.workplace, who.account->officer, office_of(request),
                                    api.workplace.clock.now()));
  const object body = request.body.empty() ? object{} : TRY(body_object(request));
  std::optional<calendar::OfficeSchedule> proposed;
  const auto* schedule = body.if_contains("schedule");
  if (schedule != nullptr && !schedule->is_null()) proposed = TRY(schedule_of(*schedule));
  const calendar::Instant before = api.workplace.clock.now();
  const auto moves = TRY(casework::preview_calendar(api.workplace, office_of(request), proposed));
  object answer = casework::to_json(moves);
  answer["milliseconds"] = (api.workplace.clock.now() - before).count();
  return json(200, answer);
}

Answer<Response> change(Api& api, const Request& request) {
  const auto who = TRY(officer_of(api, request));
  const auto& officer = who.account->officer;
  TRY(casework::may_manage_calendar(api.workplace, officer, office_of(request),
                                    api.workplace.clock.now()));
  const object body = TRY(body_object(request));
  casework::CalendarChange change{.office = office_of(request),
                                  .schedule = {},
                                  .reason = base::to_plain_text(TRY(text_member(body, "reason"))),
                                  .act = base::to_plain_text(base::string_or(body, "act")),
                                  .expected_version = TRY(if_match(request)).value_or(0)};
  const auto* schedule = body.if_contains("schedule");
  change.schedule = TRY(schedule_of(schedule == nullptr ? base::json::value{} : *schedule));
  const auto key = TRY(request_key(request, officer.id.text, request.body));
  const std::int64_t version = TRY(casework::change_calendar(api.workplace, officer, change, key));
  Response response = json(200, object{{"version", version}});
  response.headers.set("ETag", "\"" + std::to_string(version) + "\"");
  return response;
}

Answer<Response> recompute(Api& api, const Request& request) {
  const auto who = TRY(officer_of(api, request));
  const auto& officer = who.account->officer;
  TRY(casework::may_manage_calendar(api.workplace, officer, office_of(request),
                                    api.workplace.clock.now()));
  const object body = TRY(body_object(request));
  const auto key = TRY(request_key(request, officer.id.text, request.body));
  const dossier::RecomputeDue command{
      .reason = base::to_plain_text(TRY(text_member(body, "reason"))),
      .act = base::to_plain_text(base::string_or(body, "act"))};
  const auto done = TRY(casework::recompute_due_dates(api.workplace, officer, office_of(request),
                                                      command, kMovedAtOnce, key));
  return json(200, casework::to_json(done));
}

}  // namespace

void add_calendar_routes(Router& router, Api& api) {
  add(router, Method::get, "/api/v1/calendars", "list_calendars",
      [&api](const Request& request) -> Answer<Response> {
        TRY(officer_of(api, request));
        return json(200, casework::calendars_json(api.workplace));
      });
  add(router, Method::get, "/api/v1/calendars/{office}", "get_calendar",
      [&api](const Request& request) -> Answer<Response> {
        TRY(officer_of(api, request));
        const object calendar = TRY(casework::calendar_json(api.workplace, office_of(request)));
        Response response = json(200, calendar);
        response.headers.set("ETag",
                             "\"" + std::to_string(base::int_or(calendar, "version")) + "\"");
        return response;
      });
  add(router, Method::get, "/api/v1/calendars/{office}/versions/{version}", "get_calendar_version",
      [&api](const Request& request) -> Answer<Response> {
        TRY(officer_of(api, request));
        return json(200, TRY(casework::calendar_version_json(
                             api.workplace, office_of(request),
                             number_in(request.path_parameter("version")))));
      });
  add(router, Method::get, "/api/v1/calendars/{office}/years/{year}", "get_calendar_year",
      [&api](const Request& request) -> Answer<Response> {
        TRY(officer_of(api, request));
        return json(200,
                    TRY(casework::calendar_year_json(api.workplace, office_of(request),
                                                     number_in(request.path_parameter("year")))));
      });
  add(router, Method::post, "/api/v1/calendars/{office}/preview", "preview_calendar",
      [&api](const Request& request) { return preview(api, request); });
  add(router, Method::put, "/api/v1/calendars/{office}", "change_calendar",
      [&api](const Request& request) { return change(api, request); });
  add(router, Method::post, "/api/v1/calendars/{office}/recompute", "recompute_due_dates",
      [&api](const Request& request) { return recompute(api, request); });
}

}  // namespace http::routes
