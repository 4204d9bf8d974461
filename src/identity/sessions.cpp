#include "identity/sessions.h"

#include <algorithm>
#include <array>
#include <utility>

#include "base/sha256.h"
#include "identity/device_name.h"
#include "identity/network.h"

namespace identity {
namespace {

using casework::SessionRow;

constexpr std::array<std::pair<Strength, std::string_view>, 5> kStrengths{
    {{Strength::pending, "pending"},
     {Strength::enrolling, "enrolling"},
     {Strength::password, "password"},
     {Strength::two_factor, "two-factor"},
     {Strength::external, "external"}}};
constexpr std::string_view kLocked = "locked:";
// To find the telephone.
constexpr std::chrono::minutes kPendingLasts{10};

Moment moment_of(casework::Instant at) {
  return std::chrono::time_point_cast<std::chrono::seconds>(at);
}

Session session_of(const SessionRow& row) {
  return {.token_hash = row.token_hash,
          .account = row.username,
          .csrf_token = row.csrf,
          .created_at = moment_of(row.created_at),
          .last_seen_at = moment_of(row.seen_at)};
}

struct Stored {
  Strength strength = Strength::password;
  bool locked = false;
};
// Sessions from before strengths were kept have none: they were opened by password.
Stored read_strength(std::string_view text) {
  Stored stored;
  stored.locked = text.starts_with(kLocked);
  if (stored.locked) text.remove_prefix(kLocked.size());
  stored.strength = parse_strength(text).value_or(Strength::password);
  return stored;
}

bool is_over(const SessionRow& row, Moment now, const SessionLimits& limits) {
  const SessionState state = state_of(session_of(row), now, limits);
  const bool pending = read_strength(row.strength).strength == Strength::pending;
  return state == SessionState::idle_too_long || state == SessionState::too_old ||
         (pending && now - moment_of(row.created_at) >= kPendingLasts);
}

// What changes of a session that is there.  When it was ended since it was read, it is written
// anew: as one that began so long ago that it is over, opens nothing and is swept.
base::Outcome<base::Done> touch(casework::Store& store, SessionRow row) {
  row.created_at = casework::Instant{};
  return store.save_session(row);
}

}  // namespace

std::string_view name(Strength strength) {
  return std::ranges::find(kStrengths, strength, &decltype(kStrengths)::value_type::first)->second;
}
std::optional<Strength> parse_strength(std::string_view text) {
  const auto* found =
      std::ranges::find(kStrengths, text, &decltype(kStrengths)::value_type::second);
  return found == kStrengths.end() ? std::nullopt : std::optional{found->first};
}

base::Outcome<OpenedSession> Sessions::open(const std::string& subject, Strength strength,
                                            const Visitor& visitor, bool confirmed, Moment now) {
  NewSession fresh = start_session(subject, now, random_);
  SessionRow row{.token_hash = fresh.session.token_hash,
                 .username = subject,
                 .csrf = fresh.session.csrf_token,
                 .created_at = now,
                 .seen_at = now,
                 .device = device_name(visitor.user_agent),
                 .address = address_block(visitor.address),
                 .strength = std::string{name(strength)}};
  if (confirmed) row.confirmed_at = now;
  TRY(store_.save_session(row));
  return OpenedSession{.row = std::move(row), .token = std::move(fresh.token)};
}

base::Outcome<std::optional<OpenedSession>> Sessions::renew(const SessionRow& before,
                                                            Strength strength, bool confirmed,
                                                            Moment now) {
  NewSession fresh = start_session(before.username, now, random_);
  SessionRow row = before;
  row.token_hash = fresh.session.token_hash;
  row.csrf = fresh.session.csrf_token;
  row.seen_at = now;
  row.strength = name(strength);
  if (confirmed) row.confirmed_at = now;
  TRY(store_.save_session(row));
  // Ended meanwhile, with all of its kind: then this one came too late to be ended with them.
  if (!TRY(store_.find_session(before.token_hash)).has_value()) {
    TRY(store_.delete_session(row.token_hash));
    return std::optional<OpenedSession>{};
  }
  TRY(store_.delete_session(before.token_hash));
  return std::optional{OpenedSession{.row = std::move(row), .token = std::move(fresh.token)}};
}

base::Outcome<std::optional<LiveSession>> Sessions::find(std::string_view token, Moment now) {
  std::optional<LiveSession> live;
  const auto hash = hash_of_session_token(token);
  if (!hash.has_value()) return live;
  auto row = TRY(store_.find_session(*hash));
  if (!row.has_value()) return live;
  if (is_over(*row, now, limits_)) {
    end(*row);
    return live;
  }
  const Stored stored = read_strength(row->strength);
  const SessionState state = state_of(session_of(*row), now, limits_);
  live = LiveSession{.row = *std::move(row),
                     .strength = stored.strength,
                     .locked = stored.locked || state == SessionState::locked};
  // A locked one is not made younger by whoever asks.
  if (state == SessionState::live_touch && !live->locked) {
    live->row.seen_at = now;
    [[maybe_unused]] const auto saved = touch(store_, live->row);
  }
  return live;
}

base::Outcome<base::Done> Sessions::lock(const LiveSession& session, Moment now) {
  if (session.locked) return base::Done{};
  SessionRow row = session.row;
  row.seen_at = now;
  row.strength = std::string{kLocked}.append(name(session.strength));
  return touch(store_, std::move(row));
}

base::Outcome<std::vector<SessionRow>> Sessions::of(const std::string& subject, Moment now) {
  std::vector<SessionRow> rows = TRY(store_.sessions(subject));
  std::erase_if(rows, [&](const SessionRow& row) {
    return is_over(row, now, limits_) || read_strength(row.strength).strength == Strength::pending;
  });
  return rows;
}

void Sessions::end(const SessionRow& session) {
  [[maybe_unused]] const auto gone = store_.delete_session(session.token_hash);
}

base::Outcome<base::Done> Sessions::end_all(const std::string& subject, const std::string& except) {
  return store_.delete_sessions(subject, except);
}

std::string Sessions::public_id(const SessionRow& session) {
  return base::to_hex(base::sha256("session:" + session.token_hash)).substr(0, 32);
}

}  // namespace identity
