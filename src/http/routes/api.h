#pragma once
// api.h - what every route of /api/v1 needs: who asks, under which key, with what body, and how a
// use case's answer becomes an HTTP answer.
#include <functional>
#include <limits>
#include <mutex>
#include <optional>
#include <string>

#include "base/json.h"
#include "casework/actions.h"
#include "casework/catalogue_review.h"
#include "casework/upload_ledger.h"
#include "casework/uploads.h"
#include "casework/workplace.h"
#include "http/request.h"
#include "http/response.h"
#include "http/router.h"
#include "http/upload_slots.h"
#include "identity/accounts.h"
#include "identity/login_throttle.h"
#include "rehearsal/publishing.h"

namespace identity {
class Federation;
}

namespace http::routes {

using casework::Answer;

inline constexpr std::uint64_t kUploadBytesMax = 20 * 1024 * 1024;
inline constexpr std::uint64_t kJsonBytesMax = 1024 * 1024;

struct Api {
  casework::Workplace& workplace;
  identity::Accounts& accounts;
  identity::Transport transport = identity::Transport::plain;
  std::string setup_agency;  // where the first administrator belongs

  // By what procedures are put in force; none: this server publishes nothing.
  const rehearsal::Gate* gate = nullptr;
  casework::CatalogueReading* catalogue = nullptr;
  // Identity providers; none: passwords alone, and no citizen signs in.
  identity::Federation* federation = nullptr;

  // Guesses of the last digits of a number, slowed down per code and per address; of receipt
  // secrets, which are too long to be guessed, per address alone, so that nobody who has his
  // receipt is kept out by others.
  std::mutex guesses_mutex{};
  identity::LoginThrottle digit_guesses{};
  identity::LoginThrottle secret_guesses{
      {.free_failures_of_account = std::numeric_limits<int>::max()}};
  casework::UploadLedger upload_ledger{};
  // An upload is in memory while it is judged.
  UploadSlots upload_slots{};
};

// Holds one of the upload slots; `busy` where there is none.
class UploadSlot {
 public:
  UploadSlot(Api& api, const casework::UploadSender& who)
      : api_(api), who_{who.officer, who.name}, mine_(api.upload_slots.enter(who_)) {}
  ~UploadSlot() {
    if (mine_) api_.upload_slots.leave(who_);
  }
  UploadSlot(const UploadSlot&) = delete;
  UploadSlot& operator=(const UploadSlot&) = delete;
  [[nodiscard]] Answer<base::Done> granted() const;

 private:
  Api& api_;
  Payer who_;
  bool mine_;
};
// Whoever sends it without a session of an officer, by his address block.
[[nodiscard]] casework::UploadSender stranger_of(const Request& request);

using Use = std::function<Answer<Response>(const Request&)>;

// Adds a route whose failures become problem bodies.
void add(Router& router, Method method, std::string_view pattern, std::string_view operation_id,
         Use use, RouteOptions options = {});

[[nodiscard]] Response failure_response(const Request& request, const casework::Failure& failure);

// The body as a JSON object; failure `malformed-json` says where it stops being JSON,
// `member-wrong-type` names every member that is not of the kind the contract gives it.
[[nodiscard]] Answer<base::json::object> body_object(const Request& request);
// Bytes of an upload, wherever the server put them.
[[nodiscard]] Answer<std::string> body_bytes(const Request& request);
// A member that must be there and be a text.
[[nodiscard]] Answer<std::string> text_member(const base::json::object& body,
                                              std::string_view name);

// The Idempotency-Key with a hash of the request; `actor` keeps keys of different people apart.
[[nodiscard]] Answer<casework::RequestKey> request_key(const Request& request,
                                                       const std::string& actor,
                                                       std::string_view body);
// The key has to be there, though nothing is remembered of it (replacing and deleting repeat
// safely).
[[nodiscard]] Answer<base::Done> require_key(const Request& request);
[[nodiscard]] Answer<std::optional<std::int64_t>> if_match(const Request& request);

// The officer of the session cookie; changes also need the session's X-CSRF-Token.  Failure
// `sign-in-required`, `session-locked`, or what has to be done before work
// (`password-change-required`, `second-factor-set-up-required`).
[[nodiscard]] Answer<identity::SignedIn> officer_of(Api& api, const Request& request);
// The same, and his second factor was given a moment ago: for what cannot be taken back.
[[nodiscard]] Answer<identity::SignedIn> confirmed_officer_of(Api& api, const Request& request);
// Also a session that waits for its second factor or is locked: for signing in, and out.
[[nodiscard]] Answer<identity::SignedIn> session_of(Api& api, const Request& request);
[[nodiscard]] identity::Visitor visitor_of(const Request& request);
[[nodiscard]] std::optional<identity::SignedIn> maybe_officer(Api& api, const Request& request);

[[nodiscard]] std::string header(const Request& request, std::string_view name);
[[nodiscard]] std::string query(const Request& request, std::string_view name);

[[nodiscard]] std::vector<std::string> text_list(const base::json::object& body,
                                                 std::string_view name);
[[nodiscard]] dossier::Person read_person(const base::json::value& json);
[[nodiscard]] Answer<dossier::Supplement> read_supplement(Api& api, const base::json::object& body,
                                                          const std::vector<std::string>& owners);

void add_public_routes(Router& router, Api& api);
void add_citizen_routes(Router& router, Api& api);
void add_tracking_routes(Router& router, Api& api);
void add_session_routes(Router& router, Api& api);
void add_sign_in_routes(Router& router, Api& api);
void add_security_routes(Router& router, Api& api);
void add_desk_routes(Router& router, Api& api);
void add_command_routes(Router& router, Api& api);
void add_time_routes(Router& router, Api& api);
void add_calendar_routes(Router& router, Api& api);
void add_follow_up_routes(Router& router, Api& api);
void add_upload_routes(Router& router, Api& api);
void add_transport_routes(Router& router, Api& api);
void add_competence_routes(Router& router, Api& api);
void add_file_check_routes(Router& router, Api& api);
void add_officer_routes(Router& router, Api& api);
void add_journal_routes(Router& router, Api& api);
void add_catalogue_routes(Router& router, Api& api);
void add_publishing_routes(Router& router, Api& api);
void add_person_routes(Router& router, Api& api);
// All of them.
void add_routes(Router& router, Api& api);

}  // namespace http::routes
