#pragma once
// decide.h - what a command would make happen: events, or a refusal.  Pure.
//
// Whether the actor may ask is party::may, the use cases' gate; here are the rules of the dossier.
// Nothing has happened until the events are stored and applied.
#include <optional>
#include <string>
#include <vector>

#include "base/result.h"
#include "calendar/office_calendar.h"
#include "calendar/time_rules.h"
#include "dossier/command.h"
#include "dossier/dossier.h"
#include "dossier/refusal.h"

namespace dossier {

inline const calendar::TimeRules kUsualTimeRules{};

// What a command is decided with, besides the dossier.
struct Circumstances {
  const procedure::Procedure& procedure;
  calendar::OfficeCalendar calendar;  // of the agency whose time is counted
  Actor actor;
  Instant now;
  const calendar::TimeRules& time_rules = kUsualTimeRules;
  std::string calendar_versions{};  // what `calendar` is made of, for those who explain dates
};

// A number that the store allots in the transaction, without gaps: prefix, counter, suffix.
struct NumberSeries {
  std::string key;  // one counter per key
  std::string prefix;
  int width = 4;
  std::string suffix;

  friend bool operator==(const NumberSeries&, const NumberSeries&) = default;
};
[[nodiscard]] std::string format_number(const NumberSeries& series, std::int64_t counter);

struct NewEvent {
  Event event;
  std::optional<NumberSeries> number{};
};

using Decision = base::Result<std::vector<NewEvent>, Objection>;

[[nodiscard]] Decision decide(const Dossier&, const File&, const Circumstances&);
[[nodiscard]] Decision decide(const Dossier&, const Receive&, const Circumstances&);
[[nodiscard]] Decision decide(const Dossier&, const Refuse&, const Circumstances&);
[[nodiscard]] Decision decide(const Dossier&, const RequestSupplement&, const Circumstances&);
[[nodiscard]] Decision decide(const Dossier&, const Supplement&, const Circumstances&);
[[nodiscard]] Decision decide(const Dossier&, const CompleteTask&, const Circumstances&);
[[nodiscard]] Decision decide(const Dossier&, const Assign&, const Circumstances&);
[[nodiscard]] Decision decide(const Dossier&, const Recall&, const Circumstances&);
[[nodiscard]] Decision decide(const Dossier&, const SendBack&, const Circumstances&);
[[nodiscard]] Decision decide(const Dossier&, const Correct&, const Circumstances&);
[[nodiscard]] Decision decide(const Dossier&, const AttachFile&, const Circumstances&);
[[nodiscard]] Decision decide(const Dossier&, const IssueResult&, const Circumstances&);
[[nodiscard]] Decision decide(const Dossier&, const ReturnResult&, const Circumstances&);
[[nodiscard]] Decision decide(const Dossier&, const Withdraw&, const Circumstances&);
[[nodiscard]] Decision decide(const Dossier&, const Stop&, const Circumstances&);
[[nodiscard]] Decision decide(const Dossier&, const RecordPayment&, const Circumstances&);
[[nodiscard]] Decision decide(const Dossier&, const RecordRefund&, const Circumstances&);
[[nodiscard]] Decision decide(const Dossier&, const Rate&, const Circumstances&);
[[nodiscard]] Decision decide(const Dossier&, const PauseClock&, const Circumstances&);
[[nodiscard]] Decision decide(const Dossier&, const ResumeClock&, const Circumstances&);
[[nodiscard]] Decision decide(const Dossier&, const DraftApology&, const Circumstances&);
[[nodiscard]] Decision decide(const Dossier&, const SignApology&, const Circumstances&);
[[nodiscard]] Decision decide(const Dossier&, const AnswerEscalation&, const Circumstances&);
[[nodiscard]] Decision decide(const Dossier&, const EraseContent&, const Circumstances&);
[[nodiscard]] Decision decide(const Dossier&, const HandOver&, const Circumstances&);
[[nodiscard]] Decision decide(const Dossier&, const TakeOver&, const Circumstances&);
[[nodiscard]] Decision decide(const Dossier&, const CloseTransport&, const Circumstances&);
// Until there is a result.
[[nodiscard]] Decision decide(const Dossier&, const ChangeReturn&, const Circumstances&);
// No events where nothing is due: that is no refusal.
[[nodiscard]] Decision decide(const Dossier&, const PassTime&, const Circumstances&);
// No events where the date does not move.
[[nodiscard]] Decision decide(const Dossier&, const RecomputeDue&, const Circumstances&);
// Never for a closed dossier; refused with revision_not_carried where a token, a task or what it
// waits for has no place in the other process.
[[nodiscard]] Decision decide(const Dossier&, const ChangeRevision&, const Circumstances&);

}  // namespace dossier
