#pragma once
// event_fields.h - the members of events and of their parts, by their stored names.
#include "base/json.h"
#include "dossier/event.h"
#include "dossier/fields.h"

// Parts that belong to other modules describe themselves in their own namespace, where argument
// look-up finds them.
namespace calendar {
template <class V>
void describe(V& v, Bilingual& b) {
  v("vi", b.vi), v("en", b.en);
}
}  // namespace calendar
namespace procedure {
template <class V>
void describe(V& v, FeeLine& l) {
  v("code", l.code), v("name", l.name), v("amount", l.amount), v("reason", l.reason);
  v("example_value", l.example_value);
}
}  // namespace procedure

namespace dossier {

template <class V>
void describe(V& v, Actor& a) {
  v("kind", a.kind), v("id", a.id), v("name", a.name), v("agency", a.agency);
}
template <class V>
void describe(V& v, Person& p) {
  v("name", p.name), v("personal_id", p.personal_id), v("tax_code", p.tax_code);
  v("phone", p.phone), v("email", p.email), v("address", p.address), v("language", p.language);
}
template <class V>
void describe(V& v, Attachment& a) {
  v("id", a.id), v("component", a.component), v("name", a.name), v("size", a.size);
  v("media_type", a.media_type), v("sha256", a.sha256), v("converted_from", a.converted_from);
  v("uploaded_at", a.uploaded_at);
}
template <class V>
void describe(V& v, ActingFor& a) {
  v("kind", a.kind), v("number", a.number), v("title", a.title), v("issuer", a.issuer);
  v("issued_on", a.issued_on), v("recorded", a.recorded), v("seen", a.seen);
}
template <class V>
void describe(V& v, Assistance& a) {
  v("consent", a.consent), v("witness", a.witness), v("note", a.note);
}
template <class V>
void describe(V& v, SupplementItem& i) {
  v("component", i.component), v("field", i.field), v("what", i.what);
}
template <class V>
void describe(V& v, AgreedLimits& l) {
  v("published", l.published), v("internal", l.internal), v("cutoff", l.cutoff_minutes);
}
template <class V>
void describe(V& v, TaskOpening& t) {
  v("activity", t.activity), v("step", t.step), v("agency", t.agency), v("role", t.role);
  v("due_at", t.due_at), v("assignee", t.assignee_id), v("assignee_name", t.assignee_name);
}

template <class V>
void describe(V& v, CompetenceNote& n) {
  v("rule", n.rule), v("act", n.act), v("article", n.article), v("reason", n.reason);
}
template <class V>
void describe(V& v, Piece& p) {
  v("component", p.component), v("name", p.name), v("count", p.count), v("original", p.original);
}
template <class V>
void describe(V& v, Filed& e) {
  v("procedure", e.procedure), v("digest", e.digest), v("agency", e.agency);
  v("receiving_agency", e.receiving_agency), v("agencies", e.agencies), v("channel", e.channel);
  v("case", e.case_id), v("applicant", e.applicant), v("on_behalf_of", e.on_behalf_of);
  v("answers", e.answers), v("attachments", e.attachments), v("shown", e.shown_components);
  v("return_method", e.return_method), v("limits", e.limits), v("fees", e.fees);
  v("expected_due_at", e.expected_due_at), v("returning_agency", e.returning_agency);
  v("competence", e.competence), v("work_waits", e.work_waits_for_papers);
  v("acting", e.acting), v("assistance", e.assistance);
}
template <class V>
void describe(V& v, Received& e) {
  v("due_at", e.due_at), v("note", e.note), v("checked", e.checked_components);
  v("calendar", e.calendar);
}
template <class V>
void describe(V& v, Refused& e) {
  v("reason", e.reason);
}
template <class V>
void describe(V& v, Signature& s) {
  v("position", s.position), v("role", s.role), v("agency", s.agency), v("mandate", s.mandate);
  v("kind", s.kind), v("act", s.act), v("act_issuer", s.act_issuer), v("act_on", s.act_on);
  v("on_behalf_of", s.on_behalf_of), v("for_name", s.for_name);
  v("for_position", s.for_position);
}
template <class V>
void describe(V& v, TaskCompleted& e) {
  v("activity", e.activity), v("step", e.step), v("outcome", e.outcome), v("note", e.note);
  v("data", e.data), v("signature", e.signature);
}
template <class V>
void describe(V& v, TaskAssigned& e) {
  v("activity", e.activity), v("step", e.step), v("officer", e.officer_id);
  v("officer_name", e.officer_name), v("reason", e.reason);
}
template <class V>
void describe(V& v, TaskSentBack& e) {
  v("activity", e.activity), v("from", e.from_step), v("to", e.to_step), v("reason", e.reason);
}
template <class V>
void describe(V& v, TaskRecalled& e) {
  v("activity", e.activity), v("from", e.from_step), v("to", e.to_step), v("reason", e.reason);
}
template <class V>
void describe(V& v, SupplementRequested& e) {
  v("items", e.items), v("reason", e.reason), v("repeat_reason", e.repeat_reason);
}
template <class V>
void describe(V& v, Supplemented& e) {
  v("answers", e.answers), v("attachments", e.attachments), v("note", e.note);
  v("restarts", e.restarts), v("due_at", e.due_at), v("task_due", e.task_due);
  v("calendar", e.calendar);
}
template <class V>
void describe(V& v, Corrected& e) {
  v("field", e.field), v("before", e.before), v("after", e.after), v("reason", e.reason);
}
template <class V>
void describe(V& v, FeeAssessed& e) {
  v("fees", e.fees);
}
template <class V>
void describe(V& v, FileAttached& e) {
  v("attachment", e.attachment);
}
template <class V>
void describe(V& v, ResultIssued& e) {
  v("code", e.code), v("number", e.number), v("file", e.file), v("template", e.template_id);
  v("note", e.note), v("signature", e.signature);
}
template <class V>
void describe(V& v, ResultReturned& e) {
  v("method", e.method), v("received_by", e.received_by), v("note", e.note);
}
template <class V>
void describe(V& v, Withdrawn& e) {
  v("reason", e.reason);
}
template <class V>
void describe(V& v, Stopped& e) {
  v("reason", e.reason);
}
template <class V>
void describe(V& v, PaymentRecorded& e) {
  v("amount", e.amount), v("method", e.method), v("reference", e.reference), v("reason", e.reason);
}
template <class V>
void describe(V& v, RefundRecorded& e) {
  v("receipt", e.receipt), v("amount", e.amount), v("reason", e.reason);
}
template <class V>
void describe(V& v, Rated& e) {
  v("score", e.score), v("comment", e.comment);
}
template <class V>
void describe(V& /*v*/, ControlSlipOpened& /*e*/) {}
template <class V>
void describe(V& v, BookEntered& e) {
  v("book", e.book), v("year", e.year);
}
template <class V>
void describe(V& v, ClockPaused& e) {
  v("cause", e.cause), v("basis", e.basis), v("note", e.note);
  v("expected_until", e.expected_until);
}
template <class V>
void describe(V& v, ClockResumed& e) {
  v("note", e.note), v("due_at", e.due_at), v("task_due", e.task_due);
  v("calendar", e.calendar);
}
template <class V>
void describe(V& v, ApologyDrafted& e) {
  v("due_at", e.due_at), v("new_due_at", e.new_due_at), v("reason", e.reason);
}
template <class V>
void describe(V& v, ApologySigned& e) {
  v("due_at", e.due_at), v("new_due_at", e.new_due_at), v("reason", e.reason);
  v("position", e.position), v("in_time", e.in_time), v("calendar", e.calendar);
  v("signature", e.signature);
}
template <class V>
void describe(V& v, DueSoon& e) {
  v("due_at", e.due_at);
}
template <class V>
void describe(V& v, DuePassed& e) {
  v("due_at", e.due_at);
}
template <class V>
void describe(V& v, PauseOverran& e) {
  v("cause", e.cause), v("expected_until", e.expected_until);
}
template <class V>
void describe(V& v, SilenceTookEffect& e) {
  v("rule", e.rule), v("basis", e.basis);
}
template <class V>
void describe(V& v, EscalationAnswered& e) {
  v("note", e.note);
}
template <class V>
void describe(V& v, DueRecomputed& e) {
  v("from", e.from), v("to", e.to), v("reason", e.reason), v("act", e.act);
  v("task_due", e.task_due);
  v("calendar", e.calendar);
}
template <class V>
void describe(V& v, TaskCarried& t) {
  v("activity", t.activity), v("step", t.step), v("agency", t.agency), v("role", t.role);
  v("due_at", t.due_at);
}
template <class V>
void describe(V& v, RevisionChanged& e) {
  v("from", e.from), v("to", e.to), v("mapping", e.mapping), v("process", e.process);
  v("tasks", e.tasks), v("reason", e.reason), v("act", e.act), v("migration", e.migration);
}
template <class V>
void describe(V& v, ContentErased& e) {
  v("basis", e.basis);
}
template <class V>
void describe(V& v, ReturnPlaceChanged& e) {
  v("agency", e.agency), v("method", e.method), v("reason", e.reason);
}
template <class V>
void describe(V& v, TransportOpened& e) {
  v("transport", e.transport), v("cargo", e.cargo), v("from", e.from), v("to", e.to);
  v("pieces", e.pieces), v("due_at", e.due_at);
}
template <class V>
void describe(V& v, HandedOver& e) {
  v("transport", e.transport), v("pieces", e.pieces), v("carrier", e.carrier), v("slip", e.slip);
  v("note", e.note), v("due_at", e.due_at);
}
template <class V>
void describe(V& v, TakenOver& e) {
  v("transport", e.transport), v("missing", e.missing), v("note", e.note);
}
template <class V>
void describe(V& v, TransportClosed& e) {
  v("transport", e.transport), v("reason", e.reason);
}
template <class V>
void describe(V& v, HandOverLate& e) {
  v("transport", e.transport), v("due_at", e.due_at);
}

}  // namespace dossier
