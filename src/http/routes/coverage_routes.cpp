#include "http/routes/coverage_routes.h"

#include <algorithm>
#include <charconv>

#include <boost/json.hpp>

#include "base/text.h"
#include "casework/authority_view.h"
#include "http/routes/query_values.h"
#include "insight/alarm.h"
#include "insight/what_if.h"

namespace http::routes {

namespace {

using base::json::array;
using base::json::object;
using casework::fail;
using casework::FailureKind;
using party::Action;

// Who looks after accounts, or answers for the work, somewhere.
struct Asking {
  party::Officer officer;
  insight::Reach reach;
  calendar::Instant now;
};

Answer<Asking> asking_of(Api& api, const Request& request) {
  const auto who = TRY(officer_of(api, request));
  const calendar::Instant now = api.workplace.clock.now();
  const party::Officer officer = api.workplace.officers.as_now(who.account->officer);
  insight::Reach reach = insight::reach_of(officer, now);
  if (!reach(officer.agency)) {
    return base::Failure{casework::failure_from(
        party::may(officer, Action::view_reports, party::Subject{.agency = officer.agency}, now))};
  }
  return Asking{officer, std::move(reach), now};
}

// The interface with what it counts by.
struct Counted {
  Api& api;
  insight::CoverageWatch& watch;
};

struct Looked {
  insight::CoverageViewPtr view;
  calendar::Instant at;
};

// The moment asked for: now, or eight in the morning of a day.
Answer<Looked> look(const Counted& on, const Request& request, calendar::Instant now) {
  const auto day = TRY(date_of(request, "on"));
  if (!day.has_value() || *day == calendar::local_date(now)) {
    return Looked{TRY_AS_FAILURE(on.watch.now()), now};
  }
  constexpr std::chrono::days kFar{3660};
  if (calendar::at_local(*day, {0}) > now + kFar || calendar::at_local(*day, {0}) < now - kFar) {
    return fail(FailureKind::unprocessable, "bad-date",
                {"Ngày quá xa. Hãy chọn một ngày trong vòng mười năm.",
                 "The day is too far away. Choose one within ten years."});
  }
  return Looked{TRY_AS_FAILURE(on.watch.on(*day)),
                calendar::at_local(*day, calendar::TimeOfDay{8 * 60})};
}

std::size_t cursor_of(const Request& request) {
  const std::string text = query(request, "cursor");
  std::size_t number = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), number);
  return error == std::errc{} && end == text.data() + text.size() ? number : 0;
}

bool flag(const Request& request, std::string_view name) {
  const std::string text = query(request, name);
  return text == "1" || text == "true";
}

Answer<Response> summary(const Counted& on, const Request& request) {
  const Asking asking = TRY(asking_of(on.api, request));
  const Looked looked = TRY(look(on, request, asking.now));
  return json(200, insight::summary_json(*looked.view, asking.reach, looked.at));
}

Answer<Response> matrix(const Counted& on, const Request& request) {
  const Asking asking = TRY(asking_of(on.api, request));
  const Looked looked = TRY(look(on, request, asking.now));
  return json(200, insight::matrix_json(
                       *looked.view, asking.reach,
                       {.at = looked.at,
                        .field = query(request, "field"),
                        .kind = query(request, "kind"),
                        .words = base::fold_for_search(query(request, "q")),
                        .procedure_words = base::fold_for_search(query(request, "procedure")),
                        .only_gaps = flag(request, "only_gaps"),
                        .after = cursor_of(request),
                        .limit = static_cast<std::size_t>(
                            std::clamp(int_query(request, "limit", 50), 1, 200))}));
}

// The agency of the path, which the caller has to answer for.
Answer<insight::AgencyIndex> agency_named(const Asking& asking, const insight::CoverageView& view,
                                          const std::string& code) {
  const auto id = party::AgencyId::parse(code);
  if (!id || !asking.reach(*id)) {
    return fail(FailureKind::forbidden, "other-agency",
                {"Cơ quan này không thuộc phạm vi của bạn.", "You do not answer for that agency."});
  }
  const insight::AgencyIndex index = view.coverage->agencies().index_of(*id);
  if (index == insight::kNoAgency) {
    return fail(FailureKind::not_found, "agency-unknown",
                {"Không có cơ quan " + code + ".", "There is no agency " + code + "."});
  }
  return index;
}

Answer<Response> procedures(const Counted& on, const Request& request) {
  const Asking asking = TRY(asking_of(on.api, request));
  const Looked looked = TRY(look(on, request, asking.now));
  const auto agency =
      TRY(agency_named(asking, *looked.view, std::string{request.path_parameter("id")}));
  return json(
      200, insight::procedures_json(
               *looked.view, agency, query(request, "field"), flag(request, "only_gaps"), looked.at,
               cursor_of(request),
               static_cast<std::size_t>(std::clamp(int_query(request, "limit", 50), 1, 200))));
}

Answer<Response> steps(const Counted& on, const Request& request) {
  const Asking asking = TRY(asking_of(on.api, request));
  const Looked looked = TRY(look(on, request, asking.now));
  const auto agency =
      TRY(agency_named(asking, *looked.view, std::string{request.path_parameter("id")}));
  const std::string code{request.path_parameter("code")};
  object answer = insight::steps_json(*looked.view, agency, code, asking.reach, looked.at);
  if (answer["items"].get_array().empty()) {
    return fail(FailureKind::not_found, "procedure-not-found",
                {"Ngày này cơ quan không giải quyết thủ tục " + code + ".",
                 "That agency has no procedure " + code + " on that day."});
  }
  return json(200, std::move(answer));
}

Answer<Response> list_gaps(const Counted& on, const Request& request) {
  const Asking asking = TRY(asking_of(on.api, request));
  const Looked looked = TRY(look(on, request, asking.now));
  const auto until = TRY(date_of(request, "until"));
  const insight::Period within{looked.at,
                               until ? calendar::at_local(*until + std::chrono::days{1}, {0})
                                     : looked.at + std::chrono::milliseconds{1}};
  const auto id = party::AgencyId::parse(query(request, "agency"));
  const auto found =
      insight::gaps_over(TRY_AS_FAILURE(on.watch.since(looked.view)),
                         {.within = within, .cells_max = 20, .at = [&](const party::AgencyId& one) {
                            return asking.reach(one) && (!id || one.is_within(*id));
                          }});
  const std::size_t after = cursor_of(request);
  const auto limit = static_cast<std::size_t>(std::clamp(int_query(request, "limit", 50), 1, 200));
  array items;
  for (std::size_t i = after; i < found.size() && i < after + limit; ++i) {
    items.push_back(insight::gap_json(found[i], asking.reach));
  }
  const std::size_t next = after + items.size();
  return json(200,
              object{{"items", std::move(items)},
                     {"total", found.size()},
                     {"next_cursor", next < found.size() ? base::json::value(std::to_string(next))
                                                         : base::json::value(nullptr)}});
}

// What a proposal would put in force.
Answer<base::Done> add_proposal(Api& api, const std::string& id, calendar::Instant now,
                                std::vector<insight::Deed>& deeds) {
  const rehearsal::Proposal proposal = TRY(rehearsal::find_proposal(api.workplace, id));
  const calendar::Date today = calendar::local_date(now);
  for (const rehearsal::ProposedItem& item : proposal.items) {
    if (deeds.size() >= insight::kDeedsMax) break;
    const calendar::Date from = std::max(item.from.value_or(today), today);
    if (item.kind == rehearsal::ProposedKind::withdrawal) {
      // An overlay that goes leaves the procedure as those above have it.
      if (item.agency.empty()) deeds.emplace_back(insight::ProcedureWithdrawn{item.code, from});
      continue;
    }
    const auto procedure = TRY_AS_FAILURE(api.workplace.publications.pinned(item.tested_digest));
    deeds.emplace_back(
        insight::ProcedurePublished{.procedure = procedure, .from = from, .agency = item.agency});
  }
  return base::Done{};
}

const std::string* officer_in(const insight::Deed& deed) {
  if (const auto* one = std::get_if<insight::OfficerBecomes>(&deed)) return &one->officer;
  if (const auto* one = std::get_if<insight::OfficerAway>(&deed)) return &one->officer;
  if (const auto* one = std::get_if<insight::RoleGiven>(&deed)) return &one->officer;
  return nullptr;
}

Answer<Response> foresight(const Counted& on, const Request& request) {
  const Asking asking = TRY(asking_of(on.api, request));
  const object body = TRY(body_object(request));
  const auto* changes = body.if_contains("changes");
  if (changes == nullptr || !changes->is_array() || changes->get_array().empty() ||
      changes->get_array().size() > insight::kDeedsMax) {
    return fail(FailureKind::unprocessable, "changes-missing",
                {"Hãy nêu từ 1 đến 200 thay đổi cần xem trước.",
                 "Name between 1 and 200 changes to be foreseen."});
  }
  std::vector<insight::Deed> deeds;
  for (const base::json::value& one : changes->get_array()) {
    if (base::string_or(one, "kind") == "proposal") {
      TRY(add_proposal(on.api, base::string_or(one, "id"), asking.now, deeds));
      continue;
    }
    if (!one.is_object()) {
      return fail(
          FailureKind::unprocessable, "change-not-valid",
          {"Mỗi thay đổi phải là một đối tượng JSON.", "Every change has to be an object."});
    }
    deeds.push_back(TRY(insight::read_deed(one.get_object(), asking.now)));
    // A record that he may not see is like one that is not there: nothing ends.
    const auto* ends = std::get_if<insight::MandateEnds>(&deeds.back());
    if (ends != nullptr &&
        !casework::authority_details(on.api.workplace, asking.officer, ends->mandate)) {
      deeds.pop_back();
      continue;
    }
    // Nobody learns anything of people he does not answer for.
    const std::string* officer = officer_in(deeds.back());
    const auto account = officer == nullptr ? nullptr : on.api.workplace.officers.find(*officer);
    if (officer != nullptr && (account == nullptr || !asking.reach(account->officer.agency))) {
      return fail(FailureKind::unprocessable, "officer-unknown",
                  {"Không có cán bộ này. Hãy chọn lại.", "There is no such officer."});
    }
  }
  const insight::WhatIf seen = TRY(insight::what_if(on.watch, deeds, asking.now));
  return json(200, insight::foresight_json(seen, asking.reach));
}

Answer<Response> alarms(const Counted& on, const Request& request) {
  const Asking asking = TRY(asking_of(on.api, request));
  const auto ahead = TRY_AS_FAILURE(on.watch.ahead(asking.now + insight::kToldAhead));
  const auto calls = TRY_AS_FAILURE(casework::duty_calls(on.api.workplace.store));
  return json(200, insight::alarms_json(ahead, asking.reach, calls, asking.now));
}

Answer<Response> waiting(const Counted& on, const Request& request) {
  const Asking asking = TRY(asking_of(on.api, request));
  const auto view = TRY_AS_FAILURE(on.watch.now());
  const auto calls = TRY_AS_FAILURE(casework::duty_calls(on.api.workplace.store));
  return json(200, insight::calls_json(*view, asking.reach, calls));
}

object holder_json(Api& api, const casework::DutyHolder& holder) {
  const auto account = api.workplace.officers.find(holder.officer);
  return {{"agency", holder.agency},
          {"officer", holder.officer},
          {"officer_name", account == nullptr ? holder.officer : account->officer.name},
          {"named_by", holder.named_by},
          {"at", calendar::to_iso(holder.at)}};
}

Answer<Response> list_holders(Api& api, const Request& request) {
  const Asking asking = TRY(asking_of(api, request));
  array items;
  for (const auto& holder : TRY_AS_FAILURE(casework::duty_holders(api.workplace.store))) {
    const auto id = party::AgencyId::parse(holder.agency);
    if (id && asking.reach(*id)) items.push_back(holder_json(api, holder));
  }
  return json(200, object{{"items", std::move(items)}});
}

Answer<Response> put_holder(Api& api, const Request& request) {
  const auto who = TRY(officer_of(api, request));
  TRY(require_key(request));
  const std::string code{request.path_parameter("agency")};
  const calendar::Instant now = api.workplace.clock.now();
  const party::Officer me = api.workplace.officers.as_now(who.account->officer);
  const auto id = party::AgencyId::parse(code);
  const party::Agency* agency = id ? api.workplace.organisation.find(*id) : nullptr;
  if (!id) {
    return fail(FailureKind::forbidden, "other-agency",
                {"Cơ quan này không thuộc phạm vi của bạn.", "You do not answer for that agency."});
  }
  const party::Verdict verdict =
      party::may(me, Action::manage_officers, party::Subject{.agency = *id}, now);
  if (!verdict) return base::Failure{casework::failure_from(verdict)};
  if (agency == nullptr) {
    return fail(FailureKind::not_found, "agency-unknown",
                {"Không có cơ quan " + code + ".", "There is no agency " + code + "."});
  }
  const object body = TRY(body_object(request));
  const std::string officer = TRY(text_member(body, "officer"));
  if (!officer.empty()) {
    const auto account = api.workplace.officers.find(officer);
    const bool fits =
        account != nullptr && account->active &&
        party::may(account->officer, Action::view_dossier, party::Subject{.agency = *id}, now)
            .allowed;
    if (!fits) {
      return fail(FailureKind::unprocessable, "duty-holder-not-fit",
                  {"Người trực phải có tài khoản đang dùng và được xem hồ sơ của cơ quan này. Hãy "
                   "chọn người khác.",
                   "A duty holder needs an active account and has to be able to see the dossiers "
                   "of that agency. Choose somebody else."});
    }
  }
  casework::DutyHolder holder{
      .agency = id->text(), .officer = officer, .named_by = me.name, .at = now};
  for (const auto& one : TRY_AS_FAILURE(casework::duty_holders(api.workplace.store))) {
    if (one.agency == holder.agency) holder.version = one.version;
  }
  TRY_AS_FAILURE(casework::name_duty_holder(api.workplace.store, holder));
  return json(200, holder_json(api, holder));
}

}  // namespace

void add_coverage_routes(Router& router, Api& api, insight::CoverageWatch& watch) {
  const Counted on{api, watch};
  add(router, Method::get, "/api/v1/coverage", "coverage_summary",
      [on](const Request& request) { return summary(on, request); });
  add(router, Method::get, "/api/v1/coverage/matrix", "coverage_matrix",
      [on](const Request& request) { return matrix(on, request); });
  add(router, Method::get, "/api/v1/coverage/gaps", "coverage_gaps",
      [on](const Request& request) { return list_gaps(on, request); });
  add(router, Method::get, "/api/v1/coverage/agencies/{id}/procedures", "coverage_procedures",
      [on](const Request& request) { return procedures(on, request); });
  add(router, Method::get, "/api/v1/coverage/agencies/{id}/procedures/{code}", "coverage_steps",
      [on](const Request& request) { return steps(on, request); });
  add(router, Method::post, "/api/v1/coverage/foresight", "foresee_coverage",
      [on](const Request& request) { return foresight(on, request); });
  add(router, Method::get, "/api/v1/coverage/alarms", "coverage_alarms",
      [on](const Request& request) { return alarms(on, request); });
  add(router, Method::get, "/api/v1/coverage/waiting", "coverage_waiting",
      [on](const Request& request) { return waiting(on, request); });
  add(router, Method::get, "/api/v1/coverage/duty-holders", "list_duty_holders",
      [on](const Request& request) { return list_holders(on.api, request); });
  add(router, Method::put, "/api/v1/coverage/duty-holders/{agency}", "name_duty_holder",
      [on](const Request& request) { return put_holder(on.api, request); });
}

std::string metrics_text(casework::Workplace& workplace, insight::CoverageWatch& watch) {
  std::string text;
  const auto gauge = [&text](const char* name, const char* help, double value) {
    text +=
        std::string{"# HELP "} + name + ' ' + help + "\n# TYPE " + name + " gauge\n" + name + ' ';
    text += base::to_text(base::json::value(value)) + '\n';
  };
  const calendar::Instant now = workplace.clock.now();
  const auto ahead = watch.ahead(now + insight::kToldAhead);
  gauge("motcua_coverage_up", "1 when coverage could be counted", ahead ? 1 : 0);
  if (!ahead) return text;
  const insight::CoverageViewPtr& view = ahead->front();
  const insight::Coverage& coverage = *view->coverage;
  const insight::CellCount count = coverage.count(now);
  gauge("motcua_coverage_steps", "Steps of procedures at agencies",
        static_cast<double>(count.steps));
  gauge("motcua_coverage_steps_without_anybody", "Steps that nobody could take now",
        static_cast<double>(count.gaps));
  gauge("motcua_coverage_steps_with_one_person", "Steps that one person alone could take now",
        static_cast<double>(count.thin));
  double coming = 0;
  for (const insight::SeenGap& one :
       insight::gaps_over(*ahead, {.within = {now, now + insight::kToldAhead}, .cells_max = 1})) {
    if (one.gap.when.from > now) coming += static_cast<double>(one.gap.steps);
  }
  gauge("motcua_coverage_steps_losing_their_last_person",
        "Steps that nobody could take from some moment of the next seven days", coming);
  gauge("motcua_coverage_seconds", "How long the last counting took",
        static_cast<double>(view->took.count()) / 1e6);
  if (const auto calls = casework::duty_calls(workplace.store)) {
    gauge("motcua_dossiers_nobody_could_take", "Open tasks for which a duty holder was called",
          static_cast<double>(calls->size()));
  }
  return text;
}

}  // namespace http::routes
