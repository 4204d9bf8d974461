#include "cli/chores.h"

#include <algorithm>
#include <condition_variable>
#include <mutex>

#include "casework/competence_book.h"
#include "casework/garbage.h"
#include "casework/officer_watch.h"
#include "casework/organisation_changes.h"
#include "casework/organisation_register.h"
#include "casework/retention.h"
#include "casework/sweep.h"

namespace cli {

namespace {

// Told to administrators on the page of officers, with the day.
void disable_unused(Office& office, LogFile& log) {
  const auto disabled = office.accounts().disable_unused();
  if (!disabled) return log.error("accounts: " + disabled.error().message, "");
  for (const std::string& username : *disabled) {
    log.info("accounts: " + username + " was not used for " +
             std::to_string(office.accounts().policy().unused_days) + " days and is disabled");
  }
}

void erase_by_schedule(Office& office, LogFile& log) {
  constexpr std::size_t kAtOnce = 1000;
  const auto due = casework::due_erasures(office.workplace(), kAtOnce);
  if (!due) return log.error("retention: " + due.error().detail.en, "");
  if (due->empty()) return;
  const auto erased = casework::erase_due(office.workplace(), *due);
  if (!erased) return log.error("retention: " + erased.error().detail.en, "");
  log.info("retention: " + std::to_string(*erased) + " dossiers erased");
}

// What was done is kept for a month: whoever asks after a mail asks within days, and the rows hold
// addresses.
void purge_outbox(casework::Store& store, casework::Instant now) {
  constexpr std::chrono::days kKept{30};
  constexpr int kAtOnce = 1000;
  while (store.outbox_purge(now - kKept, kAtOnce).value_or(0) == kAtOnce) {
  }
}

// Grants and delegations that another program recorded count here within two seconds, and what
// rested on a post ends with it.
void watch_authority(casework::Workplace& workplace, LogFile& log) {
  const auto fresh = workplace.authority->refresh(workplace.store);
  if (!fresh) return log.error("authority: " + fresh.error().message, "");
  const auto ended = casework::end_what_lost_its_post(workplace);
  if (!ended) return log.error("authority: " + ended.error().message, "");
  if (*ended > 0) {
    log.info("authority: " + std::to_string(*ended) + " ended with the post they rested on");
  }
}

}  // namespace

void let_time_pass(Office& office, LogFile& log, const std::stop_token& stop) {
  constexpr std::chrono::seconds kLongest{30};
  std::mutex mutex;
  std::condition_variable_any wake;
  std::unique_lock lock(mutex);
  if (office.workplace().calendars.shipped_changed()) {
    const auto looked = casework::look_again(office.workplace(), "");
    if (!looked) log.error("time: " + looked.error().detail.en, "");
  }
  while (!stop.stop_requested()) {
    const auto done = casework::sweep(office.workplace());
    if (!done) {
      log.error("time: " + done.error().detail.en, "");
    } else if (done->warnings + done->apologies + done->overdue + done->silences + done->reminders >
               0) {
      log.info("time: " + std::to_string(done->warnings) + " warnings, " +
               std::to_string(done->apologies) + " apologies drafted, " +
               std::to_string(done->overdue) + " due dates passed, " +
               std::to_string(done->silences) + " silences, " + std::to_string(done->reminders) +
               " reminders");
    }
    if (done && done->more) continue;
    auto pause = std::chrono::duration_cast<std::chrono::milliseconds>(kLongest);
    const auto next = office.workplace().store.next_wake_at();
    if (done && next && next->has_value()) {
      pause = std::clamp(**next - office.workplace().clock.now(), std::chrono::milliseconds{100},
                         pause);
    }
    wake.wait_for(lock, stop, pause, [] { return false; });
  }
}

void follow_changes(Office& office, LogFile& log, const std::stop_token& stop) {
  std::mutex mutex;
  std::condition_variable_any wake;
  std::unique_lock lock(mutex);
  std::string told;
  casework::OfficerWatch officers;
  while (!wake.wait_for(lock, stop, std::chrono::seconds{1}, [] { return false; }) &&
         !stop.stop_requested()) {
    casework::Workplace& workplace = office.workplace();
    // First: what is ended below may rest on the posts they say.
    if (std::chrono::steady_clock::now() >= officers.next()) {
      const auto seen = officers.refresh(workplace.store, workplace.officers);
      if (!seen) log.error("officers: " + seen.error().message, "");
    }
    watch_authority(workplace, log);
    const auto fresh = workplace.publications.refresh(workplace.store);
    std::string trouble = fresh ? std::string{} : fresh.error().message;
    const auto competence = workplace.competence->refresh(workplace.store);
    if (!competence) trouble += "; " + competence.error().message;
    const auto changed = workplace.organisations->refresh(workplace.store);
    if (!changed) trouble += "; " + changed.error().message;
    if (changed && *changed) {
      log.info("organisation: version " +
               std::to_string(workplace.organisations->state()->version) + " as of " +
               calendar::to_iso(workplace.organisations->date_of_today()));
      const auto kept = casework::keep_accounts(workplace);
      if (!kept) trouble += "; " + kept.error().detail.en;
    }
    for (const std::string& one : workplace.publications.troubles()) trouble += "; " + one;
    if (!trouble.empty() && trouble != told) log.error("publications: " + trouble, "");
    told = trouble;
  }
}

void clear_up(Office& office, calendar::Clock& clock, const ClearingUp& what, LogFile& log,
              const std::stop_token& stop) {
  std::mutex mutex;
  std::condition_variable_any wake;
  std::unique_lock lock(mutex);
  int rounds = 0;
  do {
    casework::Store& store = office.workplace().store;
    const auto collected = casework::collect_garbage(office.workplace(), clock.now(),
                                                     std::chrono::hours{what.grace_hours});
    if (!collected) {
      log.error("garbage: " + collected.error().message, "");
    } else if (collected->files > 0) {
      log.info("garbage: " + std::to_string(collected->files) + " files, " +
               std::to_string(collected->bytes) + " bytes removed");
    }
    [[maybe_unused]] const auto drafts = store.delete_drafts_expired_at(clock.now());
    [[maybe_unused]] const auto entries = store.delete_entries_expired_at(clock.now());
    [[maybe_unused]] const auto sessions =
        store.delete_sessions_seen_before(clock.now() - std::chrono::hours{24});
    purge_outbox(store, clock.now());
    disable_unused(office, log);
    if (what.erase_by_schedule && rounds++ % 24 == 0) erase_by_schedule(office, log);
  } while (!wake.wait_for(lock, stop, std::chrono::hours{1}, [] { return false; }) &&
           !stop.stop_requested());
}

void seal_journal(Office& office, LogFile& log, const std::stop_token& stop) {
  std::mutex mutex;
  std::condition_variable_any wake;
  std::unique_lock lock(mutex);
  casework::Workplace& workplace = office.workplace();
  for (bool last = false; !last;) {
    last = wake.wait_for(lock, stop, workplace.journal.seal_interval, [] { return false; }) ||
           stop.stop_requested();
    // Readings that a full disk has kept waiting.
    const auto flushed = workplace.accesses->flush(workplace.store);
    if (!flushed) {
      log.error("journal: " + std::to_string(workplace.accesses->waiting()) +
                    " readings wait to be recorded: " + flushed.error().message,
                "");
    }
    const auto sealed = office.sealing().seal(workplace.clock.now());
    if (!sealed) log.error("journal: " + sealed.error().message, "");
  }
}

void stamp_heads(casework::Store& store, const connectors::TimestampAuthority& authority,
                 std::chrono::seconds interval, LogFile& log, const std::stop_token& stop) {
  constexpr std::chrono::seconds kSoon{5};
  std::mutex mutex;
  std::condition_variable_any wake;
  std::unique_lock lock(mutex);
  std::chrono::seconds after_failure = kSoon;
  for (std::chrono::seconds pause = kSoon; !stop.stop_requested();) {
    wake.wait_for(lock, stop, pause, [] { return false; });
    if (stop.stop_requested()) return;
    pause = kSoon;
    const auto head = store.last_head();
    if (!head || !head->has_value() || !(*head)->timestamp.empty()) continue;
    const auto token = authority.stamp((*head)->checkpoint);
    const auto saved = token ? store.save_timestamp((*head)->size, *token)
                             : base::Outcome<base::Done>{base::Failure{token.error()}};
    if (saved) {
      after_failure = kSoon;
      pause = interval;
      continue;
    }
    log.error("journal: no time-stamp: " + saved.error().message, "");
    pause = after_failure;
    after_failure = std::min(after_failure * 2, std::max(interval, kSoon));
  }
}

void log_delivery(LogFile& log, const connectors::DeliveryReport& report) {
  const std::string row = "outbox row " + std::to_string(report.row) + " (" + report.kind + ")";
  if (report.in_doubt) {
    log.error(row +
                  ": the attempt before ended nobody knows how; this one is marked as a possible "
                  "repetition",
              "");
  }
  if (report.state == connectors::DeliveryState::done) return;
  log.error(row +
                (report.state == connectors::DeliveryState::set_aside
                     ? " is set aside for the administrator after attempt "
                     : ", attempt ") +
                std::to_string(report.attempt) + ": " + report.fault.message,
            "");
}

}  // namespace cli
