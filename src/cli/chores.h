#pragma once
// chores.h - what a server does by itself beside answering: raises what is due, follows what other
// programs changed, clears up, signs the journal.
//
// Each runs on a thread of its own and returns when it is told to stop.
#include <chrono>
#include <stop_token>

#include "calendar/clock.h"
#include "cli/compose.h"
#include "cli/log_file.h"
#include "connect/outbox_runner.h"
#include "connect/timestamp_authority.h"

namespace cli {

// Raises what is due: at once when the server starts, then when the next moment comes.
void let_time_pass(Office& office, LogFile& log, const std::stop_token& stop);

// What was published, recorded or moved, here or by another program, and what takes effect with the
// new day.
void follow_changes(Office& office, LogFile& log, const std::stop_token& stop);

struct ClearingUp {
  unsigned grace_hours = 24;  // that a file which nothing names is kept
  bool erase_by_schedule = false;
};
// Drafts, sessions and uploads that have run out, files nobody names; once an hour is soon enough.
void clear_up(Office& office, calendar::Clock& clock, const ClearingUp& what, LogFile& log,
              const std::stop_token& stop);

// Signs the journal's head at intervals, and once at the end.
void seal_journal(Office& office, LogFile& log, const std::stop_token& stop);

// Has the newest head stamped at intervals; beside the sealing, which an authority that hangs must
// not hold up.  One that fails is asked again after longer and longer pauses.
void stamp_heads(casework::Store& store, const connectors::TimestampAuthority& authority,
                 std::chrono::seconds interval, LogFile& log, const std::stop_token& stop);

// What went well goes without saying, but for what may have been done twice.
void log_delivery(LogFile& log, const connectors::DeliveryReport& report);

}  // namespace cli
