// clock_view.cpp - a dossier's time in words: due dates, why they are what they are, what stopped
// or moved them.
#include <boost/json.hpp>

#include "calendar/working_time.h"
#include "casework/view.h"
#include "dossier/dossier_clock.h"
#include "dossier/passing_time.h"
#include "procedure/procedure_json.h"

namespace casework {

namespace {

using base::json::array;
using base::json::object;
using base::json::value;
using calendar::Language;

std::string moment_in_words(Instant at, Language language) {
  const std::string time = calendar::to_text(calendar::local_time(at));
  const std::string day = calendar::day_in_words(calendar::local_date(at), language);
  return language == Language::vietnamese ? time + " " + day : time + " on " + day;
}

object line(Bilingual text, std::string article) {
  return object{{"text", text_json(text)}, {"article", std::move(article)}};
}

Bilingual cause_in_words(calendar::PauseReason cause) {
  switch (cause) {
    case calendar::PauseReason::supplement:
      return {"chờ người nộp bổ sung hồ sơ", "waiting for the applicant's supplement"};
    case calendar::PauseReason::financial_obligation:
      return {"chờ người nộp thực hiện nghĩa vụ tài chính",
              "waiting for the applicant's payment of fees or taxes"};
    case calendar::PauseReason::outside_consultation:
      return {"chờ ý kiến của cơ quan khác", "waiting for another body's opinion"};
    case calendar::PauseReason::citizen_confirmation:
      return {"chờ công dân xác nhận", "waiting for the citizen's confirmation"};
    case calendar::PauseReason::other:
      return {"tạm dừng theo quy định của pháp luật", "paused as the law provides"};
  }
  return {};
}

value paused_json(const dossier::Dossier& dossier) {
  if (dossier.supplement.has_value()) {
    return object{{"cause", calendar::name(calendar::PauseReason::supplement)},
                  {"label", text_json(cause_in_words(calendar::PauseReason::supplement))},
                  {"basis", "NĐ 118/2025/NĐ-CP"},
                  {"note", dossier.supplement->reason},
                  {"since", calendar::to_iso(dossier.supplement->requested_at)},
                  {"expected_until", nullptr},
                  {"by", dossier.supplement->by}};
  }
  if (!dossier.pause.has_value()) return nullptr;
  const dossier::OpenPause& pause = *dossier.pause;
  const auto cause =
      calendar::parse_pause_reason(pause.cause).value_or(calendar::PauseReason::other);
  return object{{"cause", pause.cause},
                {"label", text_json(cause_in_words(cause))},
                {"basis", pause.basis},
                {"note", pause.note},
                {"since", calendar::to_iso(pause.since)},
                {"expected_until", instant_json(pause.expected_until)},
                {"by", pause.by}};
}

Bilingual score_in_words(dossier::Score score, bool supplemented) {
  switch (score) {
    case dossier::Score::not_started:
      return {"Chưa tiếp nhận", "Not received yet"};
    case dossier::Score::running:
      return {"Đang trong hạn theo cách tính của Bộ chỉ số", "In time so far by the index"};
    case dossier::Score::on_time:
      return {"Đúng hạn theo cách tính của Bộ chỉ số", "On time by the index"};
    case dossier::Score::late:
      if (!supplemented) return {"Quá hạn theo cách tính của Bộ chỉ số", "Late by the index"};
      return {
          "Quá hạn theo cách tính của Bộ chỉ số: thời gian chờ bổ sung được trừ, nhưng thời "
          "hạn không tính lại từ đầu",
          "Late by the index: the time of the supplement is taken off, but the term does not "
          "begin anew"};
    case dossier::Score::second_supplement:
      return {"Tính là quá hạn vì yêu cầu bổ sung quá một lần",
              "Counts as late: a supplement was requested more than once"};
  }
  return {};
}

value silence_json(const procedure::Procedure& procedure, const dossier::Dossier& dossier) {
  if (dossier.time.silence.empty()) return nullptr;
  const procedure::Case* chosen = procedure.find_case(dossier.case_id);
  Bilingual text{"Quá hạn, đã báo lên lãnh đạo cơ quan", "Overdue; the agency's leader was told"};
  if (dossier.time.silence == "accept") {
    text = {"Quá hạn; theo quy định hồ sơ được coi là chấp thuận, cơ quan phải ban hành kết quả",
            "Overdue; the law counts the request as granted, the agency has to issue the result"};
  } else if (dossier.time.silence == "refuse") {
    text = {"Quá hạn; theo quy định hồ sơ được coi là bị từ chối giải quyết",
            "Overdue; the law counts the request as refused"};
  }
  return object{{"rule", dossier.time.silence},
                {"text", text_json(text)},
                {"basis", chosen == nullptr ? "" : chosen->silence.basis},
                {"at", instant_json(dossier.time.silence_at)},
                {"waiting", dossier.time.escalated}};
}

// The officer named the article that lets the clock stand; for supplements it is the decree's own.
std::string article_of(const dossier::Dossier& dossier, const calendar::DerivationStep& step) {
  if (step.kind == calendar::StepKind::skipped_paused) {
    for (const dossier::PauseBasis& one : dossier.pause_bases) {
      if (calendar::local_date(one.from) <= step.last && one.until_day() >= step.first) {
        return one.basis;
      }
    }
  }
  return calendar::citation(step);
}

const char* run_of(const dossier::Dossier& dossier) {
  if (dossier.finished_at.has_value()) return "ended";
  if (dossier.is_paused()) return "paused";
  return dossier.received_at.has_value() ? "running" : "not_started";
}

}  // namespace

array derivation_json(const dossier::Dossier& dossier, const dossier::Term& term) {
  array lines;
  for (const calendar::DerivationStep& step : term.promised.steps) {
    lines.push_back(line(
        {calendar::explain(step, Language::vietnamese), calendar::explain(step, Language::english)},
        article_of(dossier, step)));
  }
  // Two limits ran: say where the other one ends, and that the earlier counts.
  if (term.promised_is_internal && term.published_due.has_value()) {
    const Bilingual published = procedure::in_words(term.published_limit);
    lines.push_back(
        line({"Thời hạn công bố " + published.vi + " kết thúc " +
                  moment_in_words(*term.published_due, Language::vietnamese) +
                  "; hẹn trả theo ngày sớm hơn.",
              "The published limit of " + published.in(Language::english) + " ends at " +
                  moment_in_words(*term.published_due, Language::english) +
                  "; the earlier date is promised."},
             ""));
  }
  if (term.extended_due.has_value()) {
    const std::string number = dossier.apology.has_value() ? dossier.apology->number : "";
    lines.push_back(
        line({"Đã xin lỗi và hẹn lại một lần (phiếu số " + number + "): hạn trả mới là " +
                  moment_in_words(*term.extended_due, Language::vietnamese) + ".",
              "Put off once with an apology (no. " + number + "): the new date is " +
                  moment_in_words(*term.extended_due, Language::english) + "."},
             "NĐ 118/2025/NĐ-CP; TT 03/2025/TT-VPCP, mẫu 04"));
  }
  return lines;
}

value apology_json(Workplace& workplace, const dossier::Dossier& dossier) {
  if (!dossier.apology.has_value()) return nullptr;
  const dossier::Apology& apology = *dossier.apology;
  const bool is_signed = apology.signed_at.has_value();
  // A draft for a date that has moved since is nothing any more.
  if (!is_signed && dossier::pending_apology(dossier) == nullptr) return nullptr;
  object json{{"state", is_signed ? "signed" : "draft"},
              {"due_at", instant_json(apology.due_at)},
              {"new_due_at", instant_json(apology.new_due_at)},
              {"reason", apology.reason},
              {"drafted_by", apology.drafted_by},
              {"drafted_at", calendar::to_iso(apology.drafted_at)},
              {"sign_by", nullptr},
              {"number", apology.number},
              {"signed_at", instant_json(apology.signed_at)},
              {"signed_by", apology.signed_by},
              {"position", apology.position},
              {"in_time", apology.in_time}};
  if (apology.due_at.has_value()) {
    const auto& rules = workplace.time_rules.on(calendar::local_date(apology.drafted_at));
    json["sign_by"] = calendar::to_iso(calendar::notice_due(*apology.due_at, rules.apology_days,
                                                            workplace.calendar_of(dossier.agency)));
  }
  return json;
}

object clock_json(Workplace& workplace, const procedure::Procedure& procedure,
                  const dossier::Dossier& dossier, Instant now) {
  const calendar::OfficeCalendar office = workplace.calendar_of(dossier);
  const dossier::DueState state = dossier::due_state(dossier, now, office);
  object json{{"started_at", instant_json(dossier.received_at)},
              {"due_at", instant_json(dossier.due_at)},
              {"due_state", dossier::to_text(state)},
              {"remaining_minutes", nullptr},
              {"state", run_of(dossier)},
              {"paused_for", paused_json(dossier)},
              {"appointed_at", instant_json(dossier.appointed_at())},
              {"published_due_at", nullptr},
              {"extended", dossier.extended_to.has_value()},
              {"transfer_by", nullptr},
              {"punctuality", dossier::to_text(dossier::punctuality_of(dossier))},
              {"silence", silence_json(procedure, dossier)}};
  const dossier::Score score = dossier::score_of(dossier, now, office);
  json["scored"] =
      object{{"due_at", instant_json(dossier::scored_due(dossier, office))},
             {"score", dossier::to_text(score)},
             {"text", text_json(score_in_words(score, dossier.supplements_requested > 0))}};
  if (dossier.received_at.has_value()) {
    const auto& rules = workplace.time_rules.on(calendar::local_date(*dossier.received_at));
    json["transfer_by"] = calendar::to_iso(
        calendar::transfer_due(*dossier.received_at, rules.transfer_cutoff, office));
  }
  if (dossier.due_at.has_value() && !dossier.finished_at.has_value()) {
    json["remaining_minutes"] =
        *dossier.due_at > now ? calendar::working_minutes_between(now, *dossier.due_at, office)
                              : -calendar::working_minutes_between(*dossier.due_at, now, office);
  }
  const auto term =
      dossier.received_at.has_value()
          ? dossier::term_of(dossier, office)
          : dossier::term_of(dossier.limits, dossier.filed_at, {}, std::nullopt, office);
  if (term.has_value()) {
    json["limit"] = text_json(procedure::in_words(term->promised_limit));
    json["published_limit"] = text_json(procedure::in_words(term->published_limit));
    json["promised_is_internal"] = term->promised_is_internal;
    json["published_due_at"] = instant_json(term->published_due);
    json["explanation"] = derivation_json(dossier, *term);
  } else {
    json["explanation"] = array{};
  }
  return json;
}

}  // namespace casework
