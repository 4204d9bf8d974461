#pragma once
// dossier.h - the state of one dossier: what its events so far mean.
//
// Only apply() changes it, so that it can be rebuilt from its events at any later date.  What is
// decided, and what may be done next, is decide.h; the ten national statuses are status.h.
#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <vector>

#include "base/json.h"
#include "bpmn/instance.h"
#include "calendar/deadline.h"
#include "dossier/event.h"
#include "procedure/procedure.h"

namespace dossier {

enum class Stage {
  none,                 // nothing filed yet
  filed,                // arrived, not taken in
  processing,           // taken in, work is going on
  awaiting_supplement,  // the applicant has to complete it; the clock stands
  refused,              // not taken in
  withdrawn,            // by the applicant
  stopped,              // ended without a result
  finished,             // the result is issued and waits to be returned
  returned,             // the result is with the applicant
};

// A task that waits for somebody.
struct Task {
  std::uint32_t activity = 0;
  std::string step;
  std::string agency;
  std::string role;
  std::string assignee_id;  // empty: nobody has taken it yet
  std::string assignee_name;
  Instant opened_at{};
  std::optional<Instant> due_at;

  friend bool operator==(const Task&, const Task&) = default;
};

// A task that was completed, for "send back", "recall" and assigning to who did it before.
struct TrailEntry {
  std::string step;
  std::string officer_id;
  std::string officer_name;
  std::string agency;
  std::int64_t moved_at = 0;  // sequence of the WorkMoved that followed
  std::optional<Signature> signature{};

  friend bool operator==(const TrailEntry&, const TrailEntry&) = default;
};

struct Payment {
  std::string receipt;
  bool refund = false;
  std::string refunded_receipt;  // of a refund
  std::int64_t amount = 0;       // dong, positive in both directions
  std::string method;
  std::string reference;
  std::string reason;
  Instant at{};
  std::string officer_id;
  std::string officer_name;

  friend bool operator==(const Payment&, const Payment&) = default;
};

struct Correction {
  std::string field;
  base::json::value before;
  base::json::value after;
  std::string reason;
  std::string by;
  Instant at{};

  friend bool operator==(const Correction&, const Correction&) = default;
};

struct IssuedResult {
  std::string code;
  std::string number;
  std::optional<Attachment> file;
  std::string template_id;
  std::string issued_by;
  Instant issued_at{};
  std::optional<Instant> returned_at;
  std::string method;
  std::string received_by;

  friend bool operator==(const IssuedResult&, const IssuedResult&) = default;
};

struct SupplementRequest {
  std::vector<SupplementItem> items;
  std::string reason;
  Instant requested_at{};
  std::string by;

  friend bool operator==(const SupplementRequest&, const SupplementRequest&) = default;
};

// Why the clock stands, other than for a supplement.
struct OpenPause {
  std::string cause;  // calendar::name(PauseReason)
  std::string basis;
  std::string note;
  Instant since{};
  std::optional<Instant> expected_until;
  std::string by;

  friend bool operator==(const OpenPause&, const OpenPause&) = default;
};

// The article by which the clock stood, for its derivation.
struct PauseBasis {
  Instant from{};
  std::optional<Instant> to;  // nothing while it lasts
  std::string basis;

  [[nodiscard]] calendar::Date until_day() const {
    return to.has_value() ? calendar::local_date(*to) : calendar::Date::max();
  }
  friend bool operator==(const PauseBasis&, const PauseBasis&) = default;
};

// Form 04: drafted, then signed.
struct Apology {
  std::optional<Instant> due_at;  // the date that is not kept
  std::optional<Instant> new_due_at;
  std::string reason;
  std::string drafted_by;  // empty: by the passing of time
  Instant drafted_at{};
  std::string number;  // once signed
  std::optional<Instant> signed_at;
  std::string signed_by;
  std::string signer_id;
  std::string position;
  bool in_time = false;  // signed early enough to put the due date off
  std::optional<Signature> signature{};

  friend bool operator==(const Apology&, const Apology&) = default;
};

// What the passing of time has already brought about, so that it does so once.
struct TimeMarks {
  std::optional<Instant> warned_of;    // the due date that was warned of
  std::optional<Instant> passed;       // the due date that was marked as passed
  std::optional<Instant> pause_ended;  // the expected end of a pause that was reminded of
  std::optional<Instant> drafted_for;  // the due date for which an apology was drafted
  std::string silence;                 // the rule that took effect
  std::optional<Instant> silence_at;
  bool escalated = false;  // and nobody has answered yet

  friend bool operator==(const TimeMarks&, const TimeMarks&) = default;
};

enum class TransportState {
  waiting,     // to be handed over
  travelling,  // handed over, not taken over
  arrived,     // taken over
  closed,      // nothing is to be carried any more
};

// Papers or the result on their way between two agencies.
struct Transport {
  std::uint32_t number = 0;
  TransportState state = TransportState::waiting;
  std::string cargo;
  std::string from;
  std::string to;
  std::vector<Piece> pieces;
  std::vector<Piece> missing;  // told at the taking over
  Instant opened_at{};
  std::optional<Instant> due_at;   // of the next thing to happen to it
  std::optional<Instant> late_of;  // the due date that went by
  std::optional<Instant> handed_at;
  std::string handed_by;
  std::string handed_by_id;
  std::string carrier;
  std::string slip;
  std::optional<Instant> taken_at;
  std::string taken_by;
  std::string taken_by_id;
  std::string note;  // of what happened last

  [[nodiscard]] bool is_open() const {
    return state == TransportState::waiting || state == TransportState::travelling;
  }
  friend bool operator==(const Transport&, const Transport&) = default;
};

struct Rating {
  int score = 0;
  std::string comment;

  friend bool operator==(const Rating&, const Rating&) = default;
};

// More than any procedure of the law needs; the clock could not be worked out without an end.
inline constexpr std::size_t kPausesMax = 50;

struct Dossier {
  std::int64_t version = 0;  // sequence of the last event
  Instant changed_at{};      // moment of the last event
  std::string code;
  std::string slip_number;     // of form 01
  std::string control_number;  // of form 06
  std::string book;            // of form 07: the field's name
  std::string book_year;
  std::string book_number;  // the order in it

  std::string procedure;
  std::string digest;
  std::string agency;
  std::string receiving_agency;
  std::string returning_agency;  // where the result is handed out
  std::optional<CompetenceNote> competence;
  bool work_waits_for_papers = false;
  std::map<std::string, std::string> agencies;
  std::string channel;
  std::string case_id;
  Person applicant;
  std::optional<Person> on_behalf_of;
  std::optional<ActingFor> acting;
  std::optional<Assistance> assistance;
  base::json::object answers;
  std::vector<Attachment> attachments;
  std::vector<std::string> shown_components;
  std::string return_method;

  Stage stage = Stage::none;
  Stage stage_before_supplement = Stage::none;
  Instant filed_at{};
  std::optional<Instant> received_at;
  std::optional<Instant> finished_at;  // result issued, refused, withdrawn or stopped
  std::string received_by;
  std::string end_reason;

  AgreedLimits limits;
  std::optional<Instant> expected_due_at;
  std::optional<Instant> due_at;  // nothing while the clock has not started or stands
  std::vector<calendar::Pause> pauses;
  std::optional<Instant> restarted_at;
  std::optional<Instant> clock_set_at;  // when due_at was last worked out
  std::string clock_calendar;           // and by which versions of the calendar
  std::optional<OpenPause> pause;
  std::vector<PauseBasis> pause_bases;
  std::optional<Apology> apology;      // the last one
  int extensions = 0;                  // apologies that put the date off
  std::optional<Instant> extended_to;  // by an apology in time
  std::optional<Instant> extended_at;
  TimeMarks time;

  bpmn::Instance process;
  std::vector<Task> tasks;  // open ones, oldest first
  std::vector<TrailEntry> trail;
  std::map<std::string, std::string> outcomes;  // "outcome" and "<step>_outcome"

  int supplements_requested = 0;
  std::string supplement_number;                // of the last form 02
  std::string end_number;                       // of form 03 or 05
  std::optional<SupplementRequest> supplement;  // the open one
  std::vector<procedure::FeeLine> fees;
  std::vector<Payment> payments;
  std::vector<Correction> corrections;
  std::optional<IssuedResult> result;
  std::vector<Transport> transports;  // oldest first
  std::optional<Rating> rating;
  bool erased = false;  // who it was about and what it said is gone

  [[nodiscard]] const Task* find_task(std::uint32_t activity) const;
  [[nodiscard]] std::int64_t fee_total() const;
  [[nodiscard]] std::int64_t paid() const;  // less refunds
  [[nodiscard]] const Attachment* find_attachment(std::string_view id) const;
  [[nodiscard]] const Transport* find_transport(std::uint32_t number) const;
  // That is not at its end, of that cargo.
  [[nodiscard]] const Transport* open_transport(std::string_view cargo) const;
  // The clock stands, for a supplement or another reason.
  [[nodiscard]] bool is_paused() const;
  // The date that the applicant was last told.
  [[nodiscard]] std::optional<Instant> appointed_at() const;
  // Refused, withdrawn, stopped or returned: nothing further is decided.
  [[nodiscard]] bool is_closed() const;

  friend bool operator==(const Dossier&, const Dossier&) = default;
};

// Total: an event that was accepted once always applies, to the state before it.  `procedure` is
// the revision that the dossier pins with that event: of RevisionChanged the one it changes to.
void apply(const procedure::Procedure& procedure, Dossier& dossier, const EventRecord& record);

}  // namespace dossier
