// calendar_view.cpp - calendars, their versions and what a change moves: the JSON of
// api/openapi.yaml.
#include <algorithm>

#include <boost/json.hpp>

#include "calendar/year_json.h"
#include "casework/calendar_changes.h"
#include "casework/view.h"

namespace casework {

namespace {

using base::json::array;
using base::json::object;
using base::json::value;

object version_json(const CalendarVersion& version) {
  return object{{"version", version.version},
                {"at", calendar::to_iso(version.at)},
                {"by", version.actor.name},
                {"reason", version.readable ? version.reason
                                            : version.reason + " (phiên bản này không đọc được)"},
                {"act", version.act}};
}

object office_json(const Workplace& workplace, const std::string& office) {
  const auto versions = workplace.calendars.versions(office);
  object json{{"office", office},
              {"name", agency_json(workplace, office)["name"]},
              {"version", versions.empty() ? 0 : versions.back().version},
              {"changed_at", nullptr},
              {"changed_by", ""}};
  if (!versions.empty()) {
    json["changed_at"] = calendar::to_iso(versions.back().at);
    json["changed_by"] = versions.back().actor.name;
  }
  return json;
}

}  // namespace

object calendars_json(const Workplace& workplace) {
  std::vector<std::string> offices = workplace.calendars.offices();
  for (const party::Agency& agency : workplace.organisation.agencies()) {
    if (!agency.parent.has_value()) offices.push_back(agency.id.text());
  }
  std::ranges::sort(offices);
  offices.erase(std::ranges::unique(offices).begin(), offices.end());
  array list;
  for (const std::string& office : offices) list.push_back(office_json(workplace, office));
  return object{{"calendars", std::move(list)}};
}

Answer<object> calendar_json(const Workplace& workplace, const std::string& office) {
  TRY(find_office(workplace, office));
  object json = office_json(workplace, office);
  const auto versions = workplace.calendars.versions(office);
  json["own"] =
      versions.empty() ? value(nullptr) : value(calendar::to_json(versions.back().schedule));
  json["effective"] = calendar::to_json(workplace.calendar_of(office).schedule());
  array inherits;
  for (const std::string& other : workplace.calendars.offices()) {
    if (office.starts_with(other + ".")) inherits.push_back(office_json(workplace, other));
  }
  json["inherits"] = std::move(inherits);
  array history;
  for (auto one = versions.rbegin(); one != versions.rend(); ++one) {
    history.push_back(version_json(*one));
  }
  json["history"] = std::move(history);
  return json;
}

Answer<object> calendar_version_json(const Workplace& workplace, const std::string& office,
                                     std::int64_t version) {
  TRY(find_office(workplace, office));
  for (const CalendarVersion& one : workplace.calendars.versions(office)) {
    if (one.version != version) continue;
    object json = version_json(one);
    json["schedule"] = calendar::to_json(one.schedule);
    return json;
  }
  return fail(FailureKind::not_found, "calendar-version-not-found",
              {"Lịch của cơ quan không có phiên bản này.",
               "The calendar of this office has no such version."});
}

Answer<object> calendar_year_json(const Workplace& workplace, const std::string& office, int year) {
  TRY(find_office(workplace, office));
  if (year < 2000 || year > 2099) {
    return fail(
        FailureKind::unprocessable, "year-out-of-range",
        {"Lịch làm việc có từ năm 2000 đến năm 2099.", "Calendars reach from 2000 to 2099."});
  }
  return object{{"office", office},
                {"year", year},
                {"days", calendar::year_json(year, workplace.calendar_of(office))}};
}

object to_json(const CalendarPreview& preview) {
  array sample;
  for (const MovedDate& one : preview.sample) {
    sample.push_back(object{{"id", one.dossier},
                            {"code", one.code},
                            {"from", calendar::to_iso(one.from)},
                            {"to", calendar::to_iso(one.to)}});
  }
  return object{{"checked", preview.checked},       {"standing", preview.standing},
                {"moved", preview.moved},           {"earlier", preview.earlier},
                {"later", preview.later},           {"newly_overdue", preview.newly_overdue},
                {"unreadable", preview.unreadable}, {"sample", std::move(sample)}};
}

object to_json(const DatesMoved& moved) {
  array failed;
  for (const auto& one : moved.failed) {
    failed.push_back(object{{"code", one.code}, {"reason", text_json(one.reason)}});
  }
  return object{
      {"moved", moved.moved}, {"remaining", moved.remaining}, {"failed", std::move(failed)}};
}

}  // namespace casework
