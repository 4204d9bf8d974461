#pragma once
// command.h - what somebody asks for.  decide.h says what comes of it.
#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <vector>

#include "base/json.h"
#include "calendar/deadline.h"
#include "dossier/event.h"
#include "procedure/procedure.h"

namespace dossier {

struct File {
  std::string agency;
  std::string receiving_agency;
  std::map<std::string, std::string> agencies;  // part -> code, for every part the process names
  procedure::Channel channel = procedure::Channel::online;
  Person applicant;
  std::optional<Person> on_behalf_of;
  std::optional<ActingFor> acting{};
  std::optional<Assistance> assistance{};
  base::json::object answers;
  std::vector<Attachment> attachments;
  std::vector<std::string> shown_components;
  std::string return_method;       // "counter", "online" or "post"
  std::string returning_agency{};  // empty: the receiving one
  std::optional<CompetenceNote> competence{};
  bool work_waits_for_papers = false;
};
struct Receive {
  std::string note;
  std::vector<std::string> checked_components;
  std::optional<Actor> next_assignee{};
};
struct Refuse {
  std::string reason;
};
struct RequestSupplement {
  std::vector<SupplementItem> items;
  std::string reason;
  std::string repeat_reason;
  bool by_supervisor = false;  // the actor may ask a second time
};
struct Supplement {
  base::json::object answers;
  std::vector<Attachment> attachments;
  std::string note;
};
// Completes a task of action assign, process, consult or approve.
struct CompleteTask {
  std::uint32_t activity = 0;
  std::string outcome;
  std::string note;
  base::json::object data;
  std::optional<Actor> next_assignee{};
};
struct Assign {
  std::uint32_t activity = 0;
  Actor officer;
  std::string reason;
};
struct Recall {
  std::string reason;
};
struct SendBack {
  std::uint32_t activity = 0;
  std::string reason;
};
struct Correct {
  std::string field;
  base::json::value value;  // null takes the answer out
  std::string reason;
};
struct AttachFile {
  Attachment attachment;
};
struct IssueResult {
  std::uint32_t activity = 0;
  std::optional<Attachment> file;  // absent: generated
  std::string number;              // absent: allotted
  std::string note;
};
struct ReturnResult {
  std::uint32_t activity = 0;
  std::string method;
  std::string received_by;
  std::string note;
};
struct Withdraw {
  std::string reason;
};
struct Stop {
  std::string reason;
};
struct RecordPayment {
  std::int64_t amount = 0;
  std::string method;  // "cash" or "transfer"
  std::string reference;
  std::string reason;
};
struct RecordRefund {
  std::string receipt;
  std::int64_t amount = 0;
  std::string reason;
};
struct Rate {
  int score = 0;
  std::string comment;
};
// The clock stands for a reason that the law takes out of the office's time.
struct PauseClock {
  calendar::PauseReason cause = calendar::PauseReason::other;
  std::string basis;  // the article that says so
  std::string note;
  std::optional<calendar::Date> expected_until;  // a reminder is raised after that day
};
struct ResumeClock {
  std::string note;
};
// Writes or rewrites form 04.
struct DraftApology {
  std::string reason;
  std::optional<calendar::Date> new_due_on;
};
// Without reason and day: those of the draft.
struct SignApology {
  std::string reason;
  std::optional<calendar::Date> new_due_on;
  std::string position;  // of the signer, as printed
};
// Erases what the dossier says, once it is closed and the law no longer has it kept.
struct EraseContent {
  std::string basis;  // the act or decision
};
struct AnswerEscalation {
  std::string note;  // what was done about it
};
// Whatever the passing of time makes due at `Circumstances::now`; nothing where nothing is.
struct PassTime {};
// The due date by the calendar as it is now.
struct RecomputeDue {
  std::string reason;
  std::string act;
};
// Papers or the result leave for the other agency.  `slip`: number of the hand-over slip.
struct HandOver {
  std::uint32_t transport = 0;
  std::vector<std::string> pieces;  // components; empty: all
  std::string carrier;
  std::string slip;
  std::string note;  // why something stays behind
};
// They are there, except for the components named.
struct TakeOver {
  std::uint32_t transport = 0;
  std::vector<std::string> missing;
  std::string note;
};
// Nothing will be carried any more: lost, or not needed on paper.
struct CloseTransport {
  std::uint32_t transport = 0;
  std::string reason;
};
// Where and how the applicant wants his result; `agency` is a centre that the caller has judged.
struct ChangeReturn {
  std::string agency;
  std::string method;
  std::string reason;
};
// The dossier goes on with the process of another revision.
struct ChangeRevision {
  // The law of the filing with the process to go on with; its digest is the pin to come.
  const procedure::Procedure* to = nullptr;
  std::map<std::string, std::string> mapping;  // renamed elements: old id -> new id
  std::string reason;
  std::string act;
  std::string migration;
};

}  // namespace dossier
