#include "http/server_exchange.h"

#include <algorithm>
#include <chrono>
#include <exception>
#include <filesystem>
#include <iterator>
#include <system_error>
#include <utility>
#include <variant>

#include "base/overloaded.h"
#include "http/address_block.h"
#include "http/list_value.h"
#include "http/problem.h"

namespace http {
namespace {

Method method_of(std::string_view text) {
  for (const Method method : {Method::get, Method::head, Method::post, Method::put, Method::patch,
                              Method::del, Method::options}) {
    if (to_text(method) == text) return method;
  }
  return Method::other;
}

}  // namespace

Exchange::Exchange(ServerShared& with, std::string trace_id)
    : shared(with), parser(with.options.header_limit_bytes) {
  request.trace_id = std::move(trace_id);
}

void Exchange::prepare(const std::string& peer_address) {
  RequestHead& head = parser.head();
  request.method = method_of(head.method);
  request.target = std::move(head.target);
  request.headers = std::move(head.headers);
  request.remote_address = client_address(peer_address);
  if (parser.state() == RequestParser::State::failed) return;
  keep_alive = head.keep_alive;

  auto target = parse_target(request.target);
  if (!target) {
    keep_alive = false;
    return refuse(400);
  }
  request.path = target->path;
  for (const auto& [name, value] : request.headers) {
    if (!equal_ignoring_case(name, "Cookie")) continue;
    auto more = parse_cookies(value);
    std::ranges::move(more, std::back_inserter(request.cookies));
  }

  Match match = shared.router.find(request.method, *target);
  request.query = std::move(target->query);
  std::visit(base::Overloaded{
                 [&](Found& found) {
                   route = found.route;
                   request.path_parameters = std::move(found.path_parameters);
                 },
                 [&](NotFound&) { refuse(404); },
                 [&](MethodNotAllowed& other) { refuse(405, std::move(other.allow)); },
             },
             match);
  if (route == nullptr) return;

  const RouteOptions& options = route->options;
  if (shared.options.admit) {
    Admission admission = shared.options.admit(request, options);
    lane = admission.lane;
    payer.officer = !admission.account.empty();
    payer.name = std::move(admission.account);
    if (admission.refusal) return refuse(std::move(*admission.refusal));
  }
  body_limit = options.max_body_bytes.value_or(shared.options.body_limit_bytes);
  if (!head.has_body()) return;
  if (!payer.officer) payer.name = address_block(request.remote_address);
  if (head.content_length.value_or(0) > body_limit) return refuse(413);
  if (!options.body_types.empty() &&
      std::ranges::find(options.body_types, request.media_type()) == options.body_types.end()) {
    refuse(415);
  }
}

// The address a trusted proxy names, else the peer's own.  Read from the right, where our proxies
// write; what a client wrote itself stands further left.
std::string Exchange::client_address(const std::string& peer_address) const {
  const auto is_trusted = [&](std::string_view address) { return shared.is_proxy(address); };
  if (!is_trusted(peer_address)) return peer_address;
  std::string_view list = request.headers.value_or("X-Forwarded-For");
  while (!list.empty()) {
    const auto comma = list.rfind(',');
    const std::string_view last =
        trim_spaces(comma == std::string_view::npos ? list : list.substr(comma + 1));
    list = comma == std::string_view::npos ? std::string_view{} : list.substr(0, comma);
    const bool is_address =
        !last.empty() && last.size() <= 45 &&
        last.find_first_not_of("0123456789abcdefABCDEF:.") == std::string_view::npos;
    if (!is_address) break;
    if (!is_trusted(last)) return std::string{last};
  }
  return peer_address;
}

void Exchange::refuse(Response answer) {
  refused = true;
  // A body nobody read would be taken for the next request.
  const bool between_requests = parser.state() == RequestParser::State::done;
  if (!between_requests) keep_alive = false;
  response = std::move(answer);
}

void Exchange::refuse(int status, std::string allow) {
  refuse(Response{});
  if (status == 405 && request.method == Method::options) {
    response = no_content();
  } else {
    response = error_response(request, standard_problem(status));
  }
  if (!allow.empty()) response.headers.add("Allow", std::move(allow));
  if (status == 503) response.headers.add("Retry-After", "2");
}

bool Exchange::begin_body() {
  place.emplace(shared.bodies, payer);
  if (place->raise_to(1)) return true;
  refuse(503);
  return false;
}

bool Exchange::take_body_piece(std::string_view piece) {
  body_received += piece.size();
  if (body_received > body_limit) {
    body_failure = 413;
    return false;
  }
  const bool to_file =
      route->options.streamed_body && body_received > shared.options.body_in_memory_bytes;
  return to_file ? keep_in_file(piece) : keep_in_memory(piece);
}

// Room is asked for as the bytes come, in steps that double: what was announced and never sent
// costs nothing.
bool Exchange::keep_in_memory(std::string_view piece) {
  constexpr std::uint64_t kBuffer = 64 * 1024;  // of the connection, which grows as well
  std::string& body = request.body;
  if (body_received > kFreeBodyBytes) {
    if (!memory) memory.emplace(shared.body_memory, payer);
    if (memory->amount() < body_received + kBuffer) {
      const std::uint64_t step = std::max(2 * body.capacity(), 4 * kFreeBodyBytes);
      const std::uint64_t room = std::max(body_received, std::min(step, body_limit));
      if (!memory->raise_to(room + kBuffer)) {
        body_failure = 503;
        return false;
      }
      body.reserve(room);
    }
  }
  body += piece;
  return true;
}

bool Exchange::keep_in_file(std::string_view piece) {
  constexpr std::uint64_t kStep = 1024 * 1024;
  if (!disk) disk.emplace(shared.body_files, payer);
  if (disk->amount() < body_received && !disk->raise_to((body_received / kStep + 1) * kStep)) {
    body_failure = 503;
    return false;
  }
  if (!upload) {
    auto created = UploadFile::create(shared.options.upload_folder, "upload-" + request.trace_id);
    if (!created) {
      shared.report_error(created.error().message, request.trace_id);
      body_failure = created.error().code == base::FaultCode::exhausted ? 507 : 503;
      return false;
    }
    upload.emplace(std::move(created).value());
    if (!upload->write(request.body)) body_failure = upload->no_room() ? 507 : 503;
    std::string{}.swap(request.body);
    if (memory) memory->lower_to(4 * kFreeBodyBytes);
  }
  if (body_failure == 0 && !upload->write(piece)) {
    body_failure = upload->no_room() ? 507 : 503;
  }
  if (body_failure != 0) {
    shared.report_error("an upload could not be written", request.trace_id);
    return false;
  }
  return true;
}

void Exchange::forget_body() {
  std::string{}.swap(request.body);
  upload.reset();
  disk.reset();
  memory.reset();
  place.reset();
}

void Exchange::finish_body() {
  if (!upload) return;
  if (!upload->close()) {
    shared.report_error("an upload could not be written", request.trace_id);
    return refuse(upload->no_room() ? 507 : 503);
  }
  request.body_file = BodyFile{upload->path(), upload->size()};
}

// On a thread of the pool, while the connection waits.
void Exchange::call_handler() {
  const std::string& trace_id = request.trace_id;
  try {
    response = route->handler(request);
    if (shared.options.on_answer) shared.options.on_answer(request, route->options, response);
    if (response.file) {
      auto opened = OutgoingFile::open(response.file->path);
      if (response.file->remove_after) {
        std::error_code ignored;
        std::filesystem::remove(response.file->path, ignored);  // it stays open
      }
      if (opened) {
        outgoing.emplace(std::move(opened).value());
      } else {
        shared.report_error(opened.error().message, trace_id);
        response = error_response(request, standard_problem(500));
      }
    }
    return;
  } catch (const std::exception& error) {
    shared.report_error(std::string{"a handler threw: "} + error.what(), trace_id);
  } catch (...) {
    shared.report_error("a handler threw something that is no exception", trace_id);
  }
  response = error_response(request, standard_problem(500));
}

void Exchange::log() const {
  if (!shared.options.on_request) return;
  const auto took = std::chrono::steady_clock::now() - started_at;
  AccessRecord record;
  record.method = to_text(request.method);
  record.path = request.path;
  record.status = response.status;
  record.microseconds = std::chrono::duration_cast<std::chrono::microseconds>(took).count();
  record.trace_id = request.trace_id;
  shared.options.on_request(record);
}

}  // namespace http
