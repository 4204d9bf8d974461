#include "insight/alarm.h"

#include <algorithm>
#include <set>

#include <boost/json.hpp>

#include "base/sha256.h"

namespace insight {

namespace {

using base::json::array;
using base::json::object;
using base::json::value;

constexpr const char* kTold = "coverage_alarm";
constexpr std::size_t kLinesMax = 30;
constexpr std::size_t kSavedAtOnce = 200;

// What of an agency was told: by what is asked, how many steps, and whether it had come yet.
struct Told {
  std::int64_t steps = 0;
  bool begun = false;
};
using ToldByAsk = std::map<std::string, Told>;

std::string hash_of(const std::string& text) {
  return base::to_hex(base::sha256(text));
}

std::string key_of(const Ask& ask) {
  return std::string{procedure::to_text(ask.action)} + "/" + std::string{party::name(ask.role)};
}

ToldByAsk read_told(const casework::EntryRow& row) {
  ToldByAsk told;
  const auto json = base::parse_json(row.body);
  if (!json || !json->is_object()) return told;
  for (const auto& member : json->get_object()) {
    told[std::string{member.key()}] = {.steps = base::int_or(member.value(), "steps"),
                                       .begun = base::bool_or(member.value(), "begun")};
  }
  return told;
}

std::string body_of(const ToldByAsk& told) {
  object json;
  for (const auto& [ask, one] : told) {
    json[ask] = object{{"steps", one.steps}, {"begun", one.begun}};
  }
  return base::to_text(json);
}

std::string agency_name(const CoverageView& view, const party::AgencyId& id) {
  const party::Agency* agency = view.organisation->find(id);
  return agency == nullptr ? id.text() : agency->name.vi;
}

std::vector<SeenGap> told_ahead(const std::vector<CoverageViewPtr>& ahead, Instant now) {
  return gaps_over(ahead, {.within = {now, now + kToldAhead}, .cells_max = 1});
}

struct News {
  std::vector<std::string> lines;
  std::size_t left_out = 0;
  std::string agency;
  bool several = false;

  void add(const std::string& where, std::string line) {
    if (agency.empty()) agency = where;
    several = several || agency != where;
    if (lines.size() < kLinesMax) {
      lines.push_back(std::move(line));
    } else {
      ++left_out;
    }
  }
};

// By the officer who is told.
using NewsByOfficer = std::map<std::string, std::pair<StaffMemberPtr, News>>;

void tell(NewsByOfficer& news, const CoverageView& view, const party::AgencyId& agency, Instant now,
          const std::string& line) {
  for (const StaffMemberPtr& one : administrators_of(view, agency, now)) {
    auto& [member, his] = news[one->officer.id.text];
    member = one;
    his.add(agency_name(view, agency), line);
  }
}

Answer<std::int64_t> send(casework::Workplace& workplace, const NewsByOfficer& news,
                          const std::string& round, Instant now) {
  std::int64_t mails = 0;
  for (const auto& [id, one] : news) {
    const auto& [member, his] = one;
    if (member->officer.email.empty()) continue;
    std::string items;
    for (const std::string& line : his.lines) items += (items.empty() ? "- " : "\n- ") + line;
    if (his.left_out > 0) {
      items += "\n- … và " + std::to_string(his.left_out) + " mục nữa";
    }
    const std::string body =
        base::to_text(object{{"to", member->officer.email},
                             {"recipient", member->officer.name},
                             {"agency", his.several ? his.agency + " và nơi khác" : his.agency},
                             {"items", items}});
    // The same news of the same round is one message, however often it is sent.
    const std::string key = hash_of(id + '\n' + round + '\n' + items);
    TRY_AS_FAILURE(workplace.store.accept_inbound({.source = kAlarmSource,
                                                   .key = key,
                                                   .hash = hash_of(body),
                                                   .subject = id,
                                                   .body = body,
                                                   .at = now}));
    ++mails;
  }
  return mails;
}

}  // namespace

std::vector<StaffMemberPtr> administrators_of(const CoverageView& view,
                                              const party::AgencyId& agency, Instant now) {
  std::vector<party::AgencyId> chain{agency};
  for (const party::Agency* above : view.organisation->ancestors(agency)) {
    chain.push_back(above->id);
  }
  std::vector<StaffMemberPtr> found;
  for (const party::AgencyId& at : chain) {
    const AgencyIndex index = view.coverage->agencies().index_of(at);
    if (index == kNoAgency) continue;
    for (const StaffMemberPtr& one : view.coverage->seats(index).members()) {
      if (one->officer.agency == at && one->officer.has_role(party::Role::administrator) &&
          is_there(*one, now)) {
        found.push_back(one);
      }
    }
    if (!found.empty()) break;
  }
  return found;
}

std::string line_of(const SeenGap& seen, Instant now) {
  const Gap& gap = seen.gap;
  std::string line = agency_name(*seen.view, seen.agency()) + ": " + party::title(gap.ask.role).vi +
                     " — " + std::to_string(gap.steps) + " bước của " +
                     std::to_string(gap.procedures) + " thủ tục";
  if (gap.when.from > now) line += ", từ " + calendar::to_vietnamese(gap.when.from);
  if (!gap.lasts) line += ", đến " + calendar::to_vietnamese(gap.when.until);
  return line + ". " + explain(gap.reason).vi;
}

Answer<AlarmRound> raise_alarms(casework::Workplace& workplace,
                                const std::vector<CoverageViewPtr>& ahead, const DutyRound& round,
                                Instant now) {
  AlarmRound done;
  std::map<std::string, casework::EntryRow> known;
  casework::EntryQuery query{.kind = kTold};
  for (;;) {
    const auto rows = TRY_AS_FAILURE(workplace.store.entries(query));
    for (const casework::EntryRow& row : rows) known.emplace(row.key, row);
    if (static_cast<int>(rows.size()) < query.limit) break;
    query.after_key = rows.back().key;
  }
  NewsByOfficer news;
  std::map<std::string, ToldByAsk> now_told;
  std::string versions;
  for (const SeenGap& seen : told_ahead(ahead, now)) {
    const Gap& gap = seen.gap;
    const party::AgencyId& agency = seen.agency();
    Told& one = now_told[agency.text()][key_of(gap.ask)];
    one.steps += gap.steps;
    one.begun = one.begun || gap.when.from <= now;
    const auto before = known.find(agency.text());
    const ToldByAsk told = before == known.end() ? ToldByAsk{} : read_told(before->second);
    const auto same = told.find(key_of(gap.ask));
    const bool is_news =
        same == told.end() || one.steps > same->second.steps || (one.begun && !same->second.begun);
    if (!is_news) continue;
    ++done.told;
    versions += agency.text() + ":" +
                std::to_string(before == known.end() ? 0 : before->second.version) + ",";
    tell(news, *seen.view, agency, now, line_of(seen, now));
  }
  for (const casework::DutyCall& call : round.called) {
    const auto agency = party::AgencyId::parse(call.agency);
    if (!agency) continue;
    versions += call.code;
    tell(news, *ahead.front(), *agency, now,
         "Hồ sơ " + call.code + " chưa ai nhận được, " +
             (call.officer.empty() ? std::string{"chưa có người trực để chuyển"}
                                   : "đã chuyển người trực " + call.officer_name));
  }
  done.mails = TRY(send(workplace, news, hash_of(versions), now));

  std::vector<casework::EntryRow> rows;
  const auto save = [&]() -> Answer<base::Done> {
    if (rows.empty()) return base::Done{};
    const auto saved = workplace.store.save_entries(rows, std::nullopt);
    rows.clear();
    // Another program was first: it has told the same.
    if (!saved && saved.error().code != base::FaultCode::conflict) {
      return base::Failure{casework::failure_from(saved.error())};
    }
    return base::Done{};
  };
  for (const auto& [agency, told] : now_told) {
    const auto before = known.find(agency);
    std::string body = body_of(told);
    if (before != known.end() && before->second.body == body) continue;
    rows.push_back({.kind = kTold,
                    .key = agency,
                    .version = before == known.end() ? 1 : before->second.version + 1,
                    .at = now,
                    .body = std::move(body)});
    if (rows.size() == kSavedAtOnce) TRY(save());
  }
  TRY(save());
  std::vector<casework::EntryKey> over;
  for (const auto& [agency, row] : known) {
    if (!now_told.contains(agency)) over.push_back({kTold, agency});
  }
  if (!over.empty()) TRY_AS_FAILURE(workplace.store.delete_entries(over));
  done.ended = static_cast<std::int64_t>(over.size());
  return done;
}

object alarms_json(const std::vector<CoverageViewPtr>& ahead, const Reach& reach,
                   const std::vector<casework::DutyCall>& calls, Instant now) {
  constexpr std::size_t kShown = 5;
  std::int64_t steps = 0;
  std::int64_t soon = 0;
  std::set<AgencyIndex> agencies;
  std::optional<Instant> next;
  array shown;
  for (const SeenGap& seen : told_ahead(ahead, now)) {
    const Gap& gap = seen.gap;
    if (!reach(seen.agency())) continue;
    if (gap.when.from <= now) {
      steps += gap.steps;
      agencies.insert(gap.agency);
    } else {
      soon += gap.steps;
      next = std::min(next.value_or(gap.when.from), gap.when.from);
    }
    if (shown.size() < kShown) shown.push_back(gap_json(seen, reach, 1));
  }
  const auto waiting = std::ranges::count_if(calls, [&](const casework::DutyCall& call) {
    const auto id = party::AgencyId::parse(call.agency);
    return id && reach(*id);
  });
  return {
      {"steps", steps},      {"agencies", agencies.size()},
      {"soon", soon},        {"next_at", next ? value(calendar::to_iso(*next)) : value(nullptr)},
      {"dossiers", waiting}, {"gaps", std::move(shown)}};
}

object calls_json(const CoverageView& view, const Reach& reach,
                  const std::vector<casework::DutyCall>& calls) {
  array items;
  for (const casework::DutyCall& call : calls) {
    const auto id = party::AgencyId::parse(call.agency);
    if (!id || !reach(*id)) continue;
    const auto role = party::parse_role(call.role);
    const calendar::Bilingual title = role ? party::title(*role) : calendar::Bilingual{};
    items.push_back(object{{"code", call.code},
                           {"procedure", call.procedure},
                           {"step", call.step},
                           {"agency", object{{"id", call.agency},
                                             {"name", object{{"vi", agency_name(view, *id)},
                                                             {"en", agency_name(view, *id)}}}}},
                           {"role", call.role},
                           {"role_title", object{{"vi", title.vi}, {"en", title.en}}},
                           {"officer", call.officer},
                           {"officer_name", call.officer_name},
                           {"reason", call.reason},
                           {"since", calendar::to_iso(call.since)}});
  }
  return {{"items", std::move(items)}};
}

}  // namespace insight
