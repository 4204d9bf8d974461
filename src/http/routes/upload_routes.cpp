// upload_routes.cpp - papers in pieces, by offset: tus 1.0 core, creation, expiration, termination.
//
// What tus leaves open: an upload is taken by an operation of its own (`finish`), which answers
// what an upload in one piece answers, and repeats safely.
#include "http/routes/upload_routes.h"

#include <charconv>
#include <fstream>
#include <memory>

#include <boost/json.hpp>

#include "casework/drafts.h"
#include "casework/view.h"
#include "http/target.h"
#include "journal/line_reader.h"

namespace http::routes {

namespace {

using casework::fail;
using casework::FailureKind;
using casework::UploadRow;

constexpr const char* kVersion = "1.0.0";
constexpr const char* kCitizen = "citizen";

base::Failure<casework::Failure> no_such_upload() {
  return fail(FailureKind::not_found, "upload-not-found",
              {"Không tìm thấy lượt tải lên này. Hãy tải tệp lên lại từ đầu.",
               "There is no such upload. Upload the file again from the beginning."});
}

Answer<base::Done> check_version(const Request& request) {
  const std::string version = header(request, "Tus-Resumable");
  if (version.empty() || version == kVersion) return base::Done{};
  return fail(FailureKind::stale, "tus-version",
              {"Máy chủ chỉ hỗ trợ phiên bản 1.0.0 của giao thức tus.",
               "The server speaks version 1.0.0 of tus only."});
}

Answer<std::int64_t> number_in(const Request& request, const char* name) {
  const std::string text = header(request, name);
  std::int64_t number = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), number);
  if (text.empty() || error != std::errc{} || end != text.data() + text.size() || number < 0) {
    return fail(FailureKind::invalid, "header-not-a-number",
                {"Tiêu đề " + std::string{name} + " phải là số byte.",
                 std::string{"Header "} + name + " must be a number of bytes."});
  }
  return number;
}

// The value of a key in "filename w6nwr…,component YQ==".
std::string metadata(const Request& request, std::string_view key) {
  const std::string all = header(request, "Upload-Metadata");
  std::string_view rest = all;
  while (!rest.empty()) {
    const auto comma = rest.find(',');
    std::string_view pair = rest.substr(0, comma);
    rest = comma == std::string_view::npos ? std::string_view{} : rest.substr(comma + 1);
    while (pair.starts_with(' ')) pair.remove_prefix(1);
    const auto space = pair.find(' ');
    if (space == std::string_view::npos || pair.substr(0, space) != key) continue;
    return journal::from_base64(pair.substr(space + 1)).value_or("");
  }
  return {};
}

// As the name of an upload in one piece is read.
std::string file_name_of(const Request& request) {
  static constexpr std::string_view kDigits = "0123456789ABCDEF";
  std::string encoded;
  for (const char c : metadata(request, "filename")) {
    const auto byte = static_cast<unsigned char>(c);
    encoded += '%';
    encoded += kDigits[byte >> 4U];
    encoded += kDigits[byte & 15U];
  }
  Request named;
  named.headers.set("X-File-Name", encoded);
  return named.file_name().value_or("tep");
}

casework::UploadPlan plan_of(const Request& request, std::int64_t size, std::string owner) {
  return {.size = size,
          .name = file_name_of(request),
          .declared = metadata(request, "filetype"),
          .component = metadata(request, "component"),
          .owner = std::move(owner)};
}

void add_state(Response& response, const UploadRow& upload) {
  response.headers.set("Tus-Resumable", kVersion);
  response.headers.set("Cache-Control", "no-store");
  response.headers.set("Upload-Offset", std::to_string(upload.received));
  response.headers.set("Upload-Length", std::to_string(upload.size));
}

base::json::object state_json(const UploadRow& upload) {
  return {{"id", upload.id},
          {"offset", upload.received},
          {"size", upload.size},
          {"expires_at", calendar::to_iso(upload.expires_at)}};
}

Answer<Response> begin(Api& api, const Request& request, const std::string& owner,
                       const std::string& actor,
                       const std::function<Answer<base::Done>(const std::string&)>& check) {
  TRY(check_version(request));
  const std::int64_t size = TRY(number_in(request, "Upload-Length"));
  const casework::UploadPlan plan = plan_of(request, size, owner);
  TRY(check(plan.component));
  const auto key = TRY(request_key(
      request, actor, std::to_string(size) + "\n" + header(request, "Upload-Metadata")));
  const UploadRow upload = TRY(casework::begin_upload(api.workplace, plan, key));
  Response response = json(201, state_json(upload));
  add_state(response, upload);
  response.headers.set("Location", "/api/v1/uploads/" + upload.id);
  return response;
}

Answer<Response> begin_for_draft(Api& api, const Request& request) {
  const std::string& id = request.path_parameter("id");
  const auto filing =
      TRY(casework::filing_from_draft(api.workplace, id, header(request, "X-Draft-Secret")));
  return begin(api, request, "draft:" + id, kCitizen,
               [&](const std::string& component) -> Answer<base::Done> {
                 const auto procedure = api.workplace.publications.find(filing.procedure);
                 if (procedure == nullptr || procedure->find_component(component) == nullptr) {
                   return fail(FailureKind::unprocessable, "component-unknown",
                               {"Thủ tục không có thành phần hồ sơ này.",
                                "The procedure has no such paper."});
                 }
                 return base::Done{};
               });
}

Answer<Response> begin_for_receipt(Api& api, const Request& request) {
  const auto open = TRY(receipt_of(api, request));
  TRY(check_supplement_open(open));
  return begin(api, request, "dossier:" + open.id, "receipt:" + open.id,
               [](const std::string&) -> Answer<base::Done> { return base::Done{}; });
}

Answer<Response> begin_for_dossier(Api& api, const Request& request) {
  const auto who = TRY(officer_of(api, request));
  const party::Officer& officer = who.account->officer;
  const auto open = TRY(dossier_for(api, officer, request.path_parameter("id")));
  TRY(may_attach(api, officer, open));
  return begin(api, request, "dossier:" + open.id, officer.id.text,
               [&](const std::string& component) { return check_component(open, component); });
}

Answer<Response> begin_at_intake(Api& api, const Request& request) {
  const auto who = TRY(officer_of(api, request));
  const std::string& officer = who.account->officer.id.text;
  return begin(api, request, "officer:" + officer, officer,
               [](const std::string&) -> Answer<base::Done> { return base::Done{}; });
}

// Who asks: told before the upload is looked for, so that the answer does not depend on whether
// there is one.
struct Claim {
  std::optional<identity::SignedIn> who;
  std::optional<casework::OpenDossier> receipt;
};
Answer<Claim> claim_of(Api& api, const Request& request) {
  Claim claim;
  if (!header(request, "X-Dossier-Code").empty()) {
    claim.receipt = TRY(receipt_of(api, request));
  } else if (header(request, "X-Draft-Secret").empty()) {
    claim.who = TRY(officer_of(api, request));
  }
  return claim;
}

// Who asks is whom the upload belongs to.  What is somebody else's does not exist.
Answer<base::Done> check_owner(Api& api, const Request& request, const Claim& claim,
                               const std::string& owner) {
  const auto colon = owner.find(':');
  const std::string kind = owner.substr(0, colon);
  const std::string id = owner.substr(colon + 1);
  bool theirs = false;
  if (kind == "draft") {
    theirs = api.workplace.secrets.opens_draft(id, header(request, "X-Draft-Secret"));
  } else if (kind == "dossier" && claim.receipt.has_value()) {
    theirs = claim.receipt->id == id;
  } else if (claim.who.has_value()) {
    const party::Officer& officer = claim.who->account->officer;
    theirs = kind == "dossier" ? dossier_for(api, officer, id).has_value() : officer.id.text == id;
  }
  if (!theirs) return no_such_upload();
  return base::Done{};
}

struct ClaimedUpload {
  UploadRow upload;
  casework::UploadSender sender;
};
Answer<ClaimedUpload> claimed_upload(Api& api, const Request& request) {
  TRY(check_version(request));
  const Claim claim = TRY(claim_of(api, request));
  UploadRow upload = TRY(casework::find_upload(api.workplace, request.path_parameter("id")));
  TRY(check_owner(api, request, claim, upload.owner));
  casework::UploadSender sender = stranger_of(request);
  if (claim.who.has_value()) sender = {.officer = true, .name = claim.who->username};
  return ClaimedUpload{.upload = std::move(upload), .sender = std::move(sender)};
}

Answer<UploadRow> upload_of(Api& api, const Request& request) {
  return std::move(TRY(claimed_upload(api, request)).upload);
}

Answer<Response> show(Api& api, const Request& request) {
  const UploadRow upload = TRY(upload_of(api, request));
  Response response = json(200, state_json(upload));
  add_state(response, upload);
  return response;
}

casework::PieceReader reader_of(const Request& request) {
  if (!request.body_file.has_value()) {
    return [rest = request.body]() mutable -> Answer<std::string> {
      return std::exchange(rest, std::string{});
    };
  }
  auto file = std::make_shared<std::ifstream>(request.body_file->path, std::ios::binary);
  return [file]() -> Answer<std::string> {
    std::string bytes(64UL * 1024, '\0');
    file->read(bytes.data(), static_cast<std::streamsize>(bytes.size()));
    if (file->bad() || !file->is_open()) {
      return base::Failure{casework::failure_from(
          base::Fault{base::FaultCode::internal, "an upload's file is gone"})};
    }
    bytes.resize(static_cast<std::size_t>(file->gcount()));
    return bytes;
  };
}

Answer<Response> append(Api& api, const Request& request) {
  auto [upload, sender] = TRY(claimed_upload(api, request));
  const std::int64_t offset = TRY(number_in(request, "Upload-Offset"));
  const auto appended = casework::append_to_upload(api.workplace, upload, offset,
                                                   reader_of(request), api.upload_ledger, sender);
  if (!appended) {
    Response response = failure_response(request, appended.error());
    // Where it is now, so that the sender need not ask.
    if (const auto now = casework::find_upload(api.workplace, upload.id)) add_state(response, *now);
    return response;
  }
  upload.received = *appended;
  Response response = no_content();
  add_state(response, upload);
  return response;
}

Answer<dossier::Attachment> take(Api& api, const Request& request, casework::Upload whole,
                                 const casework::RequestKey& key) {
  const std::string id = whole.owner.substr(whole.owner.find(':') + 1);
  if (whole.owner.starts_with("draft:")) {
    return casework::add_draft_file(api.workplace, id, header(request, "X-Draft-Secret"),
                                    std::move(whole), key);
  }
  if (whole.owner.starts_with("dossier:") && header(request, "X-Dossier-Code").empty()) {
    const auto who = TRY(officer_of(api, request));
    const auto open = TRY(dossier_for(api, who.account->officer, id));
    return take_for_dossier(api, who.account->officer, open, std::move(whole), key);
  }
  if (whole.owner.starts_with("dossier:")) {
    whole.procedure = TRY(receipt_of(api, request)).dossier.procedure;
  }
  return casework::take_upload(api.workplace, std::move(whole), key);
}

Answer<Response> finish(Api& api, const Request& request) {
  TRY(require_key(request));
  const std::string& id = request.path_parameter("id");
  const auto claimed = claimed_upload(api, request);
  if (!claimed) {
    // Taken already, and the answer did not arrive.
    const auto taken = TRY(casework::taken_upload(api.workplace, id));
    if (!taken.has_value()) return base::Failure{claimed.error()};
    const auto claim = TRY(claim_of(api, request));
    TRY(check_owner(api, request, claim, taken->owner));
    return json(201, TRY(casework::taken_json(api.workplace, casework::attachment_of(*taken))));
  }
  const UploadSlot slot(api, claimed->sender);
  TRY(slot.granted());
  casework::Upload whole = TRY(casework::gather_upload(api.workplace, claimed->upload));
  const auto attachment = TRY(take(api, request, std::move(whole), casework::finish_key(id)));
  TRY(casework::drop_upload(api.workplace, id));
  api.upload_ledger.forget(id);
  return json(201, TRY(casework::taken_json(api.workplace, attachment)));
}

Answer<Response> drop(Api& api, const Request& request) {
  const UploadRow upload = TRY(upload_of(api, request));
  TRY(casework::drop_upload(api.workplace, upload.id));
  api.upload_ledger.forget(upload.id);
  return no_content();
}

}  // namespace

void add_upload_routes(Router& router, Api& api) {
  add(router, Method::post, "/api/v1/drafts/{id}/uploads", "begin_draft_upload",
      [&api](const Request& request) { return begin_for_draft(api, request); });
  add(router, Method::post, "/api/v1/tracking/uploads", "begin_tracking_upload",
      [&api](const Request& request) { return begin_for_receipt(api, request); });
  add(router, Method::post, "/api/v1/dossiers/{id}/uploads", "begin_dossier_upload",
      [&api](const Request& request) { return begin_for_dossier(api, request); });
  add(router, Method::post, "/api/v1/uploads", "begin_upload",
      [&api](const Request& request) { return begin_at_intake(api, request); });
  add(router, Method::get, "/api/v1/uploads/{id}", "get_upload",
      [&api](const Request& request) { return show(api, request); });
  add(router, Method::patch, "/api/v1/uploads/{id}", "append_to_upload",
      [&api](const Request& request) { return append(api, request); },
      {.operation_id = {},
       .max_body_bytes = kUploadBytesMax,
       .streamed_body = true,
       .body_types = {"application/offset+octet-stream"}});
  add(router, Method::post, "/api/v1/uploads/{id}/finish", "finish_upload",
      [&api](const Request& request) { return finish(api, request); });
  add(router, Method::del, "/api/v1/uploads/{id}", "drop_upload",
      [&api](const Request& request) { return drop(api, request); });
}

}  // namespace http::routes
