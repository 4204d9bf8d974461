// journal_routes.cpp - what anybody needs to hold us to the journal: keys, newest signed head,
// proofs.
#include <charconv>

#include "casework/sealing.h"
#include "http/routes/api.h"
#include "http/routes/journal_answers.h"

namespace http::routes {

using casework::fail;
using casework::FailureKind;

Answer<std::int64_t> sequence_of(const Request& request) {
  const std::string text = query(request, "sequence");
  if (text.empty()) return std::int64_t{1};
  std::int64_t sequence = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), sequence);
  if (error != std::errc{} || end != text.data() + text.size() || sequence < 1) {
    return fail(FailureKind::invalid, "unknown-filter",
                {"Tham số sequence phải là số thứ tự của sự kiện: 1, 2 …",
                 "The parameter sequence has to be the number of an event: 1, 2 …"});
  }
  return sequence;
}

Answer<Response> proof_response(Api& api, const casework::OpenDossier& open, std::int64_t sequence,
                                bool opened) {
  const auto proof =
      casework::prove(api.workplace.store, api.workplace.journal.tenant, open.id, sequence, opened);
  if (!proof && proof.error().code == base::FaultCode::not_found) {
    return fail(FailureKind::not_found, "event-not-found",
                {"Hồ sơ không có sự kiện này.", "The dossier has no such event."});
  }
  if (!proof) return base::Failure{casework::failure_from(proof.error())};
  if (!proof->has_value()) {
    casework::Failure failure{FailureKind::not_allowed_now,
                              "proof-pending",
                              {"Bằng chứng đang được ký; hãy thử lại sau ít phút.",
                               "The proof is being signed; try again in a few minutes."}};
    failure.retry_after_seconds = static_cast<int>(api.workplace.journal.seal_interval.count()) + 1;
    return base::Failure{std::move(failure)};
  }
  std::string name = open.dossier.code;
  if (sequence != 1) name += "-" + std::to_string(sequence);
  return bytes(journal::proof_file_text(**proof), "application/vnd.motcua.proof", name + ".motcua",
               Disposition::save);
}

void add_journal_routes(Router& router, Api& api) {
  add(router, Method::get, "/api/v1/journal/keys", "journal_keys",
      [&api](const Request&) -> Answer<Response> { return text(200, api.workplace.journal.keys); });
  add(router, Method::get, "/api/v1/journal/checkpoint", "journal_checkpoint",
      [&api](const Request&) -> Answer<Response> {
        const auto head = TRY_AS_FAILURE(api.workplace.store.last_head());
        if (!head.has_value()) {
          return fail(
              FailureKind::not_found, "no-checkpoint",
              {"Nhật ký chưa có mốc nào được ký.", "No head of the journal is signed yet."});
        }
        return text(200, head->checkpoint);
      });
}

}  // namespace http::routes
