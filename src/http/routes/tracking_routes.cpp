// tracking_routes.cpp - the applicant with the receipt: where is my dossier, and what may I do?
//
// Codes are guessable, so the receipt's secret is asked for with every request, in a header, and
// guessing is slowed down.  A wrong secret and an unknown code get the same answer.  Who has lost
// the secret proves himself by the last six digits of a number that he gave, and learns how the
// matter stands, no more.  A citizen who is signed in opens the dossiers filed in his number
// without either.
#include <boost/json.hpp>

#include "base/sha256.h"
#include "base/text.h"
#include "casework/actions.h"
#include "casework/printing.h"
#include "casework/view.h"
#include "http/address_block.h"
#include "http/routes/api.h"
#include "http/routes/journal_answers.h"
#include "http/routes/sign_in_routes.h"
#include "http/routes/upload_routes.h"
#include "identity/attempt_guard.h"
#include "party/dossier_code.h"

namespace http::routes {

namespace {

using base::json::object;
using casework::fail;
using casework::FailureKind;

base::Failure<casework::Failure> no_such_receipt() {
  return fail(FailureKind::not_found, "receipt-not-found",
              {"Mã hồ sơ hoặc mã tra cứu chưa đúng. Hãy xem lại trên giấy hẹn (không phân biệt chữ "
               "hoa, chữ thường).",
               "The dossier code or the secret is not right. See your receipt (capitals do not "
               "matter)."});
}

}  // namespace

namespace {

using Proof = std::function<bool(const casework::OpenDossier&)>;

base::Failure<casework::Failure> too_many_guesses(std::chrono::seconds wait) {
  const std::string seconds = std::to_string(wait.count());
  casework::Failure failure{FailureKind::throttled,
                            "too-many-attempts",
                            {"Đã thử quá nhiều lần. Hãy chờ " + seconds +
                                 " giây rồi thử lại, hoặc dùng mã tra cứu trên giấy hẹn.",
                             "Too many attempts. Wait " + seconds +
                                 " seconds and try again, or use the secret on your receipt."},
                            {}};
  failure.retry_after_seconds = static_cast<int>(wait.count());
  return base::Failure{std::move(failure)};
}

identity::Moment moment_of(Api& api) {
  return std::chrono::time_point_cast<std::chrono::seconds>(api.workplace.clock.now());
}

// Empty: no such dossier.
Answer<std::optional<casework::OpenDossier>> find_by_code(Api& api, const std::string& code) {
  auto open = casework::open_dossier(api.workplace, code);
  if (open) return std::optional{*std::move(open)};
  if (open.error().kind != FailureKind::not_found) return base::Failure{open.error()};
  return std::optional<casework::OpenDossier>{};
}

// The dossier of that code, where the receipt's secret is given.  The right one opens however much
// others have guessed: of 49 bits nobody finds one by asking, and asking is limited (x-authz).
Answer<casework::OpenDossier> proven_by_secret(Api& api, const Request& request) {
  const auto code = party::DossierCode::parse(header(request, "X-Dossier-Code"));
  if (!code) return no_such_receipt();
  auto open = TRY(find_by_code(api, code->text()));
  const bool right = open.has_value() && api.workplace.secrets.opens_dossier(
                                             open->id, header(request, "X-Receipt-Secret"));
  if (right || (open.has_value() && TRY(opens_for_citizen(api, request, *open)))) {
    return *std::move(open);
  }
  const identity::AttemptGuard::Whose whose{code->text(), address_block(request.remote_address)};
  identity::AttemptGuard attempt(api.guesses_mutex, api.secret_guesses, whose, moment_of(api));
  if (attempt.wait() > std::chrono::seconds{0}) return too_many_guesses(attempt.wait());
  attempt.was_wrong();
  return no_such_receipt();
}

// Six digits can be guessed: the attempt counts before anything is compared, for the code too.
Answer<casework::OpenDossier> proven_by_digits(Api& api, const Request& request,
                                               const Proof& proves) {
  const auto code = party::DossierCode::parse(header(request, "X-Dossier-Code"));
  if (!code) return no_such_receipt();
  auto open = TRY(find_by_code(api, code->text()));
  if (open.has_value() && TRY(opens_for_citizen(api, request, *open))) return *std::move(open);
  const identity::AttemptGuard::Whose whose{code->text(), address_block(request.remote_address)};
  identity::AttemptGuard attempt(api.guesses_mutex, api.digit_guesses, whose, moment_of(api));
  if (attempt.wait() > std::chrono::seconds{0}) return too_many_guesses(attempt.wait());
  if (!open.has_value() || !proves(*open)) {
    attempt.was_wrong();
    return no_such_receipt();
  }
  attempt.was_right(moment_of(api));
  return *std::move(open);
}

// Of whoever the matter is about, or files for him; every number is compared.
bool gave_number(const dossier::Dossier& dossier, const std::string& digits) {
  constexpr std::size_t kDigits = 6;
  if (digits.size() != kDigits) return false;
  bool found = false;
  const auto compare = [&](const dossier::Person& person) {
    for (const std::string* number : {&person.personal_id, &person.phone, &person.tax_code}) {
      if (number->size() <= kDigits) continue;
      const std::string end = number->substr(number->size() - kDigits);
      found = base::equal_in_constant_time(end, digits) || found;
    }
  };
  compare(dossier.applicant);
  if (dossier.on_behalf_of.has_value()) compare(*dossier.on_behalf_of);
  return found && !dossier.erased;
}

// How it stands: nothing about persons or papers.
Answer<Response> track_status(Api& api, const Request& request) {
  const std::string digits = header(request, "X-Identity-Digits");
  const auto open = TRY(proven_by_digits(api, request, [&](const casework::OpenDossier& one) {
    return gave_number(one.dossier, digits);
  }));
  object whole = TRY(casework::tracking_json(api.workplace, open));
  object told;
  for (const char* name : {"code", "procedure", "agency", "status", "filed_at", "received_at",
                           "due_at", "expected_due_at", "finished_at", "holder"}) {
    told[name] = whole[name];
  }
  told["supplement_wanted"] = open.dossier.stage == dossier::Stage::awaiting_supplement;
  return json(200, std::move(told));
}

}  // namespace

Answer<casework::OpenDossier> receipt_of(Api& api, const Request& request) {
  return proven_by_secret(api, request);
}

Answer<base::Done> check_supplement_open(const casework::OpenDossier& open) {
  if (open.dossier.stage == dossier::Stage::awaiting_supplement) return base::Done{};
  return base::Failure{
      casework::failure_from(dossier::Objection{dossier::Refusal::no_supplement_open, {}})};
}

namespace {

// A command by the applicant; the key is his receipt's own.
Answer<Response> command(Api& api, const Request& request,
                         const std::function<Answer<casework::CommandDone>(
                             const casework::CommandRequest&, const object& body)>& act) {
  const casework::OpenDossier open = TRY(receipt_of(api, request));
  const object body = TRY(body_object(request));
  const casework::CommandRequest asked{
      .dossier = open.id,
      .request = TRY(request_key(request, "receipt:" + open.id, request.body)),
      .if_match = TRY(if_match(request)),
      .officer = nullptr};
  const auto done = TRY(act(asked, body));
  return json(200, casework::command_json(done));
}

Answer<Response> pdf(Api& api, const Request& request, casework::Document document) {
  const casework::OpenDossier open = TRY(receipt_of(api, request));
  auto printed = TRY(casework::print_document(api.workplace, open, document));
  return bytes(std::move(printed.bytes), "application/pdf", printed.file_name, Disposition::show);
}

}  // namespace

void add_tracking_routes(Router& router, Api& api) {
  add(router, Method::get, "/api/v1/tracking", "track",
      [&api](const Request& request) -> Answer<Response> {
        const casework::OpenDossier open = TRY(receipt_of(api, request));
        Response response = json(200, TRY(casework::tracking_json(api.workplace, open)));
        response.headers.set("ETag", "\"" + std::to_string(open.dossier.version) + "\"");
        return response;
      });
  add(router, Method::get, "/api/v1/tracking/status", "track_status",
      [&api](const Request& request) { return track_status(api, request); });
  add(router, Method::get, "/api/v1/tracking/receipt.pdf", "track_receipt",
      [&api](const Request& request) -> Answer<Response> {
        const casework::OpenDossier open = TRY(receipt_of(api, request));
        return pdf(api, request,
                   open.dossier.received_at.has_value() ? casework::Document::slip
                                                        : casework::Document::filing);
      });
  add(router, Method::get, "/api/v1/tracking/result.pdf", "track_result",
      [&api](const Request& request) { return pdf(api, request, casework::Document::result); });
  add(router, Method::get, "/api/v1/tracking/apology.pdf", "track_apology",
      [&api](const Request& request) -> Answer<Response> {
        const casework::OpenDossier open = TRY(receipt_of(api, request));
        // A draft is the office's own paper.
        if (!open.dossier.apology.has_value() || !open.dossier.apology->signed_at.has_value()) {
          return fail(FailureKind::not_allowed_now, "document-not-there-yet",
                      {"Hồ sơ không có phiếu xin lỗi.", "There is no apology."});
        }
        return pdf(api, request, casework::Document::apology);
      });
  add(router, Method::get, "/api/v1/tracking/qr.svg", "track_qr",
      [&api](const Request& request) -> Answer<Response> {
        const casework::OpenDossier open = TRY(receipt_of(api, request));
        auto svg = TRY_AS_FAILURE(api.workplace.printer.qr_svg(
            casework::receipt_link(api.workplace, open), open.dossier.code));
        return bytes(std::move(svg), "image/svg+xml", open.dossier.code + ".svg",
                     Disposition::show);
      });
  add(router, Method::get, "/api/v1/tracking/proof", "track_proof",
      [&api](const Request& request) -> Answer<Response> {
        const casework::OpenDossier open = TRY(receipt_of(api, request));
        // Whoever holds a receipt sees the applicant masked, and gets no more by the proof.
        return proof_response(api, open, TRY(sequence_of(request)), /*opened=*/false);
      });
  add(router, Method::post, "/api/v1/tracking/files", "track_upload",
      [&api](const Request& request) -> Answer<Response> {
        const casework::OpenDossier open = TRY(receipt_of(api, request));
        TRY(check_supplement_open(open));
        const UploadSlot slot(api, stranger_of(request));
        TRY(slot.granted());
        casework::Upload upload;
        upload.bytes = TRY(body_bytes(request));
        upload.name = request.file_name().value_or("tep");
        upload.declared = request.media_type();
        upload.component = header(request, "X-Component");
        upload.owner = "dossier:" + open.id;
        upload.procedure = open.dossier.procedure;
        const auto key = TRY(request_key(request, "receipt:" + open.id, upload.bytes));
        const auto attachment = TRY(casework::take_upload(api.workplace, std::move(upload), key));
        return json(201, TRY(casework::taken_json(api.workplace, attachment)));
      },
      {.operation_id = {},
       .max_body_bytes = kUploadBytesMax,
       .streamed_body = true,
       .body_types = {}});
  add(router, Method::post, "/api/v1/tracking/supplement", "track_supplement",
      [&api](const Request& request) {
        return command(api, request, [&](const auto& asked, const object& body) {
          return [&]() -> Answer<casework::CommandDone> {
            auto supplement = TRY(read_supplement(api, body, {"dossier:" + asked.dossier}));
            return casework::supplement(api.workplace, asked, std::move(supplement));
          }();
        });
      });
  add(router, Method::post, "/api/v1/tracking/withdraw", "track_withdraw",
      [&api](const Request& request) {
        return command(api, request, [&](const auto& asked, const object& body) {
          return casework::withdraw(api.workplace, asked,
                                    {.reason = base::string_or(body, "reason")});
        });
      });
  add(router, Method::post, "/api/v1/tracking/change-return", "track_change_return",
      [&api](const Request& request) {
        return command(api, request, [&](const auto& asked, const object& body) {
          return casework::change_return(
              api.workplace, asked,
              {.agency = base::string_or(body, "agency"),
               .method = base::string_or(body, "method"),
               .reason = base::to_plain_text(base::string_or(body, "reason"))});
        });
      });
  add(router, Method::post, "/api/v1/tracking/rating", "track_rating",
      [&api](const Request& request) {
        return command(api, request, [&](const auto& asked, const object& body) {
          return casework::rate(api.workplace, asked,
                                {.score = static_cast<int>(base::int_or(body, "score")),
                                 .comment = base::string_or(body, "comment")});
        });
      });
}

}  // namespace http::routes
