#include "dossier/dossier_json.h"

#include <utility>

#include <boost/json.hpp>

#include "bpmn/instance_json.h"
#include "dossier/event_fields.h"

namespace calendar {
template <class V>
void describe(V& v, Pause& p) {
  v("from", p.from), v("to", p.to), v("reason", p.reason);
}
}  // namespace calendar

namespace dossier {

template <class V>
void describe(V& v, Task& t) {
  v("activity", t.activity), v("step", t.step), v("agency", t.agency), v("role", t.role);
  v("assignee", t.assignee_id), v("assignee_name", t.assignee_name);
  v("opened_at", t.opened_at), v("due_at", t.due_at);
}
template <class V>
void describe(V& v, TrailEntry& t) {
  v("step", t.step), v("officer", t.officer_id), v("officer_name", t.officer_name);
  v("agency", t.agency), v("moved_at", t.moved_at);
  v("signature", t.signature);
}
template <class V>
void describe(V& v, Payment& p) {
  v("receipt", p.receipt), v("refund", p.refund), v("refunded_receipt", p.refunded_receipt);
  v("amount", p.amount), v("method", p.method), v("reference", p.reference);
  v("reason", p.reason), v("at", p.at), v("officer", p.officer_id);
  v("officer_name", p.officer_name);
}
template <class V>
void describe(V& v, Correction& c) {
  v("field", c.field), v("before", c.before), v("after", c.after), v("reason", c.reason);
  v("by", c.by), v("at", c.at);
}
template <class V>
void describe(V& v, IssuedResult& r) {
  v("code", r.code), v("number", r.number), v("file", r.file), v("template", r.template_id);
  v("issued_by", r.issued_by), v("issued_at", r.issued_at), v("returned_at", r.returned_at);
  v("method", r.method), v("received_by", r.received_by);
}
template <class V>
void describe(V& v, SupplementRequest& s) {
  v("items", s.items), v("reason", s.reason), v("requested_at", s.requested_at), v("by", s.by);
}
template <class V>
void describe(V& v, OpenPause& p) {
  v("cause", p.cause), v("basis", p.basis), v("note", p.note), v("since", p.since);
  v("expected_until", p.expected_until), v("by", p.by);
}
template <class V>
void describe(V& v, PauseBasis& p) {
  v("from", p.from), v("to", p.to), v("basis", p.basis);
}
template <class V>
void describe(V& v, Apology& a) {
  v("due_at", a.due_at), v("new_due_at", a.new_due_at), v("reason", a.reason);
  v("drafted_by", a.drafted_by), v("drafted_at", a.drafted_at), v("number", a.number);
  v("signed_at", a.signed_at), v("signed_by", a.signed_by), v("signer", a.signer_id);
  v("position", a.position), v("in_time", a.in_time);
  v("signature", a.signature);
}
template <class V>
void describe(V& v, TimeMarks& t) {
  v("warned_of", t.warned_of), v("passed", t.passed), v("pause_ended", t.pause_ended);
  v("drafted_for", t.drafted_for), v("silence", t.silence), v("silence_at", t.silence_at);
  v("escalated", t.escalated);
}
template <class V>
void describe(V& v, Transport& t) {
  v("n", t.number), v("state", t.state), v("cargo", t.cargo), v("from", t.from), v("to", t.to);
  v("pieces", t.pieces), v("missing", t.missing), v("opened_at", t.opened_at);
  v("due_at", t.due_at), v("late_of", t.late_of), v("handed_at", t.handed_at);
  v("handed_by", t.handed_by), v("handed_by_id", t.handed_by_id), v("carrier", t.carrier);
  v("slip", t.slip), v("taken_at", t.taken_at), v("taken_by", t.taken_by);
  v("taken_by_id", t.taken_by_id), v("note", t.note);
}
template <class V>
void describe(V& v, Rating& r) {
  v("score", r.score), v("comment", r.comment);
}
template <class V>
void describe(V& v, Dossier& d) {
  v("version", d.version), v("changed_at", d.changed_at), v("procedure", d.procedure);
  v("digest", d.digest), v("agency", d.agency), v("receiving_agency", d.receiving_agency);
  v("agencies", d.agencies), v("channel", d.channel), v("case", d.case_id);
  v("applicant", d.applicant), v("on_behalf_of", d.on_behalf_of), v("answers", d.answers);
  v("acting", d.acting), v("assistance", d.assistance);
  v("attachments", d.attachments), v("shown", d.shown_components);
  v("return_method", d.return_method), v("stage", d.stage);
  v("stage_before", d.stage_before_supplement), v("filed_at", d.filed_at);
  v("received_at", d.received_at), v("finished_at", d.finished_at);
  v("received_by", d.received_by), v("end_reason", d.end_reason), v("limits", d.limits);
  v("expected_due_at", d.expected_due_at), v("due_at", d.due_at), v("pauses", d.pauses);
  v("restarted_at", d.restarted_at), v("tasks", d.tasks), v("trail", d.trail);
  v("outcomes", d.outcomes), v("supplements_requested", d.supplements_requested);
  v("supplement", d.supplement), v("fees", d.fees), v("payments", d.payments);
  v("corrections", d.corrections), v("result", d.result), v("rating", d.rating);
  v("control_number", d.control_number), v("book", d.book), v("book_year", d.book_year);
  v("book_number", d.book_number), v("clock_set_at", d.clock_set_at),
      v("clock_calendar", d.clock_calendar), v("pause", d.pause);
  v("pause_bases", d.pause_bases);
  v("apology", d.apology), v("extensions", d.extensions), v("extended_to", d.extended_to);
  v("extended_at", d.extended_at), v("time", d.time);
  v("supplement_number", d.supplement_number), v("end_number", d.end_number);
  v("erased", d.erased), v("returning_agency", d.returning_agency);
  v("competence", d.competence), v("work_waits", d.work_waits_for_papers);
  v("transports", d.transports);
}

std::string state_text(const procedure::Procedure& procedure, const Dossier& dossier) {
  Dossier copy = dossier;
  JsonWriter writer;
  describe(writer, copy);
  base::json::object object = writer.take();
  object["process"] = bpmn::to_json_text(*procedure.process, dossier.process);
  return base::to_text(object);
}

base::Outcome<Dossier> read_state(const procedure::Procedure& procedure, std::string_view text) {
  const base::json::value value = TRY(base::parse_json(text));
  if (!value.is_object()) {
    return base::fault(base::FaultCode::corrupt, "a dossier's state is not an object");
  }
  Dossier dossier;
  JsonReader reader{value.get_object()};
  describe(reader, dossier);
  if (!reader.ok()) {
    return base::fault(base::FaultCode::corrupt, "a dossier's state has members of other types");
  }
  dossier.process = TRY(bpmn::read_instance(*procedure.process, base::string_or(value, "process")));
  return dossier;
}

}  // namespace dossier
