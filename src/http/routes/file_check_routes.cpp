// file_check_routes.cpp - what the scanner holds back or has not judged yet, and the originals of
// pictures.
#include <boost/json.hpp>

#include "casework/file_checks_view.h"
#include "casework/file_original.h"
#include "http/routes/api.h"
#include "http/routes/stranger_bytes.h"
#include "http/routes/upload_routes.h"

namespace http::routes {

namespace {

Answer<Response> list(Api& api, const Request& request) {
  const auto who = TRY(officer_of(api, request));
  return json(200, TRY(casework::file_checks_json(api.workplace, who.account->officer)));
}

Answer<Response> rescan(Api& api, const Request& request) {
  const auto who = TRY(officer_of(api, request));
  TRY(require_key(request));
  const std::int64_t files = TRY(casework::order_file_rescan(api.workplace, who.account->officer));
  return json(202, base::json::object{{"files", files}});
}

Answer<Response> original(Api& api, const Request& request) {
  const auto who = TRY(officer_of(api, request));
  const party::Officer& officer = who.account->officer;
  const auto open = TRY(dossier_for(api, officer, request.path_parameter("id")));
  const auto body = TRY(body_object(request));
  TRY(require_key(request));
  const std::string reason = TRY(text_member(body, "reason"));
  auto found = TRY(casework::open_original(api.workplace, officer, open,
                                           request.path_parameter("file"), reason));
  return stranger_bytes(std::move(found.bytes), found.media_type, found.name);
}

}  // namespace

void add_file_check_routes(Router& router, Api& api) {
  add(router, Method::get, "/api/v1/file-checks", "list_file_checks",
      [&api](const Request& request) { return list(api, request); });
  add(router, Method::post, "/api/v1/file-checks/rescan", "rescan_files",
      [&api](const Request& request) { return rescan(api, request); });
  add(router, Method::post, "/api/v1/dossiers/{id}/files/{file}/original", "open_original_file",
      [&api](const Request& request) { return original(api, request); });
}

}  // namespace http::routes
