#pragma once
// event.h - what can have happened to a dossier, in the past tense.
//
// Events are stored for ever: a member is never renamed or given another meaning; a new meaning is
// a new event.  Moment, actor and allotted number stand in the EventRecord around the event.
#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <variant>
#include <vector>

#include "base/json.h"
#include "bpmn/event.h"
#include "calendar/instant.h"
#include "calendar/language.h"
#include "dossier/actor.h"
#include "dossier/party_of_dossier.h"
#include "procedure/assessment.h"

namespace dossier {

using calendar::Instant;

// The limits that the receipt is made from, as they stood at the filing.
struct AgreedLimits {
  std::string published;    // calendar::Limit text, "30d"
  std::string internal;     // or empty
  int cutoff_minutes = -1;  // minutes after midnight; -1: no cut-off

  friend bool operator==(const AgreedLimits&, const AgreedLimits&) = default;
};

// Why that agency is competent, where more than the procedure's own rule says so.
struct CompetenceNote {
  std::string rule;     // id of the row in the table of competence
  std::string act;      // "01/2026/QĐ-UBND"
  std::string article;  // or empty
  calendar::Bilingual reason;

  friend bool operator==(const CompetenceNote&, const CompetenceNote&) = default;
};

// The number allotted is the dossier code.
struct Filed {
  std::string procedure;
  std::string digest;
  std::string agency;                           // competent (or leading) agency
  std::string receiving_agency;                 // the one-stop unit that takes it in
  std::map<std::string, std::string> agencies;  // agency part of the process -> agency code
  std::string channel;
  std::string case_id;
  Person applicant;
  std::optional<Person> on_behalf_of;
  base::json::object answers;
  std::vector<Attachment> attachments;
  std::vector<std::string> shown_components;
  std::string return_method;
  AgreedLimits limits;
  std::vector<procedure::FeeLine> fees;
  std::optional<Instant> expected_due_at;  // if it is received at once
  std::string returning_agency{};  // where the result is handed out; empty: receiving_agency
  std::optional<CompetenceNote> competence{};
  bool work_waits_for_papers = false;  // the competent agency begins when it has the papers
  std::optional<ActingFor> acting{};   // with on_behalf_of; older dossiers have none
  std::optional<Assistance> assistance{};
};

// The clock starts.  The number allotted is that of the appointment slip (form 01).
struct Received {
  std::optional<Instant> due_at;
  std::string note;
  std::vector<std::string> checked_components;
  std::string calendar{};  // the versions that the due date was worked out by
};

struct Refused {
  std::string reason;
};

struct TaskOpening {
  std::uint32_t activity = 0;
  std::string step;
  std::string agency;
  std::string role;
  std::optional<Instant> due_at;
  std::string assignee_id;
  std::string assignee_name;
};

// By what whoever did it was entitled at that moment, as it is printed and can be verified later.
struct Signature {
  std::string position;  // of the person, as it stood
  std::string role;      // in which he acted: party::name(Role)
  std::string agency;    // for which he acted
  // Beyond his post: the record it rests on, and what that said; empty where it was his post.
  std::string mandate{};
  std::string kind{};  // party::name(MandateKind)
  std::string act{};
  std::string act_issuer{};
  std::string act_on{};        // "2026-07-01"
  std::string on_behalf_of{};  // officer id; empty: an agency's, or his own
  std::string for_name{};      // of that officer or agency
  std::string for_position{};  // of that officer

  friend bool operator==(const Signature&, const Signature&) = default;
};

// Tokens moved in the process; `opened` says what each new task asks of whom.
struct WorkMoved {
  std::vector<bpmn::Event> moves;
  std::vector<TaskOpening> opened;
};

struct TaskCompleted {
  std::uint32_t activity = 0;
  std::string step;
  std::string outcome;
  std::string note;
  base::json::object data;
  std::optional<Signature> signature{};  // of an approval, and of whatever is not done by post
};

struct TaskAssigned {
  std::uint32_t activity = 0;
  std::string step;
  std::string officer_id;
  std::string officer_name;
  std::string reason;
};

struct TaskSentBack {
  std::uint32_t activity = 0;
  std::string from_step;
  std::string to_step;
  std::string reason;
};

struct TaskRecalled {
  std::uint32_t activity = 0;
  std::string from_step;
  std::string to_step;
  std::string reason;
};

// The clock pauses.
struct SupplementRequested {
  std::vector<SupplementItem> items;
  std::string reason;
  std::string repeat_reason;  // why a second time; empty for the first
};

// The clock goes on, or the term begins anew where `restarts` says so.
struct Supplemented {
  base::json::object answers;  // changed ones only; null: no longer answered
  std::vector<Attachment> attachments;
  std::string note;
  bool restarts = false;
  std::optional<Instant> due_at;
  std::map<std::string, std::optional<Instant>> task_due;  // activity -> when that step is due now
  std::string calendar{};
};

// A typing error was mended by an officer.
struct Corrected {
  std::string field;
  base::json::value before;
  base::json::value after;
  std::string reason;
};

struct FeeAssessed {
  std::vector<procedure::FeeLine> fees;
};

struct FileAttached {
  Attachment attachment;
};

// The number allotted is that of the result document, unless `number` was given by hand.
struct ResultIssued {
  std::string code;  // "KQ.G15.000031"
  std::string number;
  std::optional<Attachment> file;  // absent: generated from the template on demand
  std::string template_id;
  std::string note;
  std::optional<Signature> signature{};
};

struct ResultReturned {
  std::string method;
  std::string received_by;
  std::string note;
};

struct Withdrawn {
  std::string reason;
};

struct Stopped {
  std::string reason;
};

// The number allotted is that of the receipt.
struct PaymentRecorded {
  std::int64_t amount = 0;
  std::string method;
  std::string reference;
  std::string reason;
};

// The number allotted is that of the refund slip.
struct RefundRecorded {
  std::string receipt;
  std::int64_t amount = 0;
  std::string reason;
};

struct Rated {
  int score = 0;
  std::string comment;
};

// The number allotted is that of the control slip (form 06).
struct ControlSlipOpened {};

// The number allotted is the order in that follow-up book (form 07).
struct BookEntered {
  std::string book;  // "hộ tịch": the field whose book it is, in words
  std::string year;
};

// The clock stands for another reason than a supplement.
struct ClockPaused {
  std::string cause;  // calendar::name(PauseReason)
  std::string basis;  // the article that lets the clock stand
  std::string note;
  std::optional<Instant> expected_until;
};

struct ClockResumed {
  std::string note;
  std::optional<Instant> due_at;
  std::map<std::string, std::optional<Instant>> task_due;  // activity -> when that step is due now
  std::string calendar{};
};

// The text of form 04 waits for the signature of the agency's head.
struct ApologyDrafted {
  std::optional<Instant> due_at;      // the date that will not be kept
  std::optional<Instant> new_due_at;  // proposed
  std::string reason;
};

// Form 04 is signed; the number allotted is its own.  In time, it puts the due date off, once;
// later than that it tells the applicant a new date and the dossier stays late.
struct ApologySigned {
  std::optional<Instant> due_at;
  std::optional<Instant> new_due_at;
  std::string reason;
  std::string position;  // of who signed, as printed
  bool in_time = false;
  std::string calendar{};
  std::optional<Signature> signature{};
};

// Time has passed; each is recorded once for a due date.
struct DueSoon {
  std::optional<Instant> due_at;
};
struct DuePassed {
  std::optional<Instant> due_at;
};
// A pause or a supplement lasts longer than was expected.
struct PauseOverran {
  std::string cause;
  std::optional<Instant> expected_until;
};

// What the procedure says silence of the office means, once the due date has passed.
struct SilenceTookEffect {
  std::string rule;  // "accept", "refuse", "escalate"
  std::string basis;
};
struct EscalationAnswered {
  std::string note;
};

// A calendar was changed and somebody decided that running dossiers follow it.
struct DueRecomputed {
  std::optional<Instant> from;
  std::optional<Instant> to;
  std::string reason;
  std::string act;
  std::map<std::string, std::optional<Instant>> task_due;
  std::string calendar{};
};

// What an open task is in the process that the dossier goes on with.
struct TaskCarried {
  std::uint32_t activity = 0;
  std::string step;
  std::string agency;
  std::string role;
  std::optional<Instant> due_at;
};

// The dossier goes on with another revision of its procedure.  `process` is where its tokens stand
// in the process of `to`, which events from here on mean.  The law stays that of the filing: case,
// limits, fees and papers are as they were.
struct RevisionChanged {
  std::string from;  // revision pin, procedure/revision_pin.h
  std::string to;
  std::map<std::string, std::string> mapping;  // renamed steps: old id -> new id
  std::string process;                         // bpmn/instance_json.h
  std::vector<TaskCarried> tasks;
  std::string reason;
  std::string act;
  std::string migration;  // the migration that it belongs to; may be empty
};

// Who the dossier was about and what it said is gone: the time for which the law has it kept is
// over, or somebody who may has decided so.
struct ContentErased {
  std::string basis;
};

// The applicant wants the result elsewhere, or in another way.
struct ReturnPlaceChanged {
  std::string agency;
  std::string method;
  std::string reason;
};

// One thing that is carried: a paper of the dossier, or the result.
struct Piece {
  std::string component;  // of the procedure; "result"
  std::string name;       // in words, as the slip lists it
  int count = 1;          // sheets or copies
  bool original = false;

  friend bool operator==(const Piece&, const Piece&) = default;
};

// Papers or the result have to go from one agency to another.  Numbered within the dossier.
struct TransportOpened {
  std::uint32_t transport = 0;
  std::string cargo;  // "papers", "result", "papers_back", "found" (what was missing)
  std::string from;
  std::string to;
  std::vector<Piece> pieces;
  std::optional<Instant> due_at;  // to be handed over by then
};

// They are on their way.
struct HandedOver {
  std::uint32_t transport = 0;
  std::vector<Piece> pieces;
  std::string carrier;  // who carries them, in words
  std::string slip;     // number of the hand-over slip
  std::string note;
  std::optional<Instant> due_at;  // to be taken over by then
};

// They are there, except for what is missing.
struct TakenOver {
  std::uint32_t transport = 0;
  std::vector<Piece> missing;
  std::string note;
};

// Nothing is to be carried any more.
struct TransportClosed {
  std::uint32_t transport = 0;
  std::string reason;
};

// Time has passed; recorded once for a due date of a transport.
struct HandOverLate {
  std::uint32_t transport = 0;
  std::optional<Instant> due_at;
};

using Event = std::variant<Filed, Received, Refused, WorkMoved, TaskCompleted, TaskAssigned,
                           TaskSentBack, TaskRecalled, SupplementRequested, Supplemented, Corrected,
                           FeeAssessed, FileAttached, ResultIssued, ResultReturned, Withdrawn,
                           Stopped, PaymentRecorded, RefundRecorded, Rated, ControlSlipOpened,
                           BookEntered, ClockPaused, ClockResumed, ApologyDrafted, ApologySigned,
                           DueSoon, DuePassed, PauseOverran, SilenceTookEffect, EscalationAnswered,
                           DueRecomputed, ContentErased, RevisionChanged, ReturnPlaceChanged,
                           TransportOpened, HandedOver, TakenOver, TransportClosed, HandOverLate>;

// An event with the circumstances under which it was recorded.
struct EventRecord {
  std::int64_t sequence = 0;  // 1, 2, 3 … within the dossier
  Instant at{};
  Actor actor;
  std::string number;  // allotted by the store in the transaction; empty where none was asked for
  Event event;
};

// Stable name: "filed", "received", …
[[nodiscard]] const char* type_of(const Event& event);

}  // namespace dossier
