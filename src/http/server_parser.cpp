// The one file that includes Beast: it costs 20 s and 690 MB to compile.
#include "http/server_parser.h"

#include <algorithm>
#include <limits>

#include <boost/asio/buffer.hpp>
#include <boost/beast/http/basic_parser.hpp>
#include <boost/beast/http/error.hpp>

namespace http {
namespace {

namespace beast = boost::beast;

std::string_view view(beast::string_view text) {
  return {text.data(), text.size()};
}

bool is_token_character(char c) {
  constexpr std::string_view kOthers = "!#$%&'*+-.^_`|~";
  return (c >= '0' && c <= '9') || (c >= 'A' && c <= 'Z') || (c >= 'a' && c <= 'z') ||
         kOthers.find(c) != std::string_view::npos;
}

// "Name: value", not folded over two lines, nothing between name and colon.
// Source: RFC 9112, sections 5.1 and 5.2.
bool is_field_line(std::string_view line) {
  const auto colon = line.find(':');
  if (colon == std::string_view::npos || colon == 0) return false;
  return std::ranges::all_of(line.substr(0, colon), is_token_character);
}

// A name or an address, and perhaps a port; empty where the address has no authority.
// Source: RFC 9110, section 7.2; RFC 9112, section 3.2.
bool is_host(std::string_view value) {
  constexpr std::string_view kOthers = "-._~!$&'()*+,;=%:[]";
  return std::ranges::all_of(value, [&](char c) {
    return (c >= '0' && c <= '9') || (c >= 'A' && c <= 'Z') || (c >= 'a' && c <= 'z') ||
           kOthers.find(c) != std::string_view::npos;
  });
}

// The library reads some heads in which a proxy in front of us may see another request than we do;
// what is not written exactly as the standard says is refused.  Of whole lines.
bool is_strictly_written(std::string_view lines, bool begins_request) {
  while (!lines.empty()) {
    const auto end = lines.find("\r\n");
    if (end == std::string_view::npos) return false;
    const std::string_view line = lines.substr(0, end);
    lines.remove_prefix(end + 2);
    const bool readable = std::ranges::all_of(line, [](char c) {
      const auto byte = static_cast<unsigned char>(c);
      return byte == '\t' || (byte >= 0x20 && byte != 0x7f);
    });
    if (!readable) return false;
    if (!begins_request && !line.empty() && !is_field_line(line)) return false;
    if (begins_request && line.find('\t') != std::string_view::npos) return false;
    begins_request = false;
  }
  return true;
}

}  // namespace

struct RequestParser::Engine final : beast::http::basic_parser<true> {
  RequestHead head;
  const BodySink* sink = nullptr;
  bool sink_refused = false;

 private:
  void on_request_impl(beast::http::verb /*method*/, beast::string_view method,
                       beast::string_view target, int version,
                       beast::error_code& /*error*/) override {
    head.method = view(method);
    head.target = view(target);
    head.version = version;
  }
  void on_response_impl(int /*code*/, beast::string_view /*reason*/, int /*version*/,
                        beast::error_code& /*error*/) override {}
  void on_field_impl(beast::http::field /*field*/, beast::string_view name,
                     beast::string_view value, beast::error_code& /*error*/) override {
    head.headers.add(std::string{view(name)}, std::string{view(value)});
  }
  void on_header_impl(beast::error_code& /*error*/) override {}
  void on_body_init_impl(const boost::optional<std::uint64_t>& /*length*/,
                         beast::error_code& /*error*/) override {}
  std::size_t take(beast::string_view piece, beast::error_code& error) {
    if (!(*sink)(view(piece))) {
      sink_refused = true;
      error = beast::http::error::body_limit;
    }
    return piece.size();
  }
  std::size_t on_body_impl(beast::string_view piece, beast::error_code& error) override {
    return take(piece, error);
  }
  void on_chunk_header_impl(std::uint64_t /*size*/, beast::string_view /*extensions*/,
                            beast::error_code& /*error*/) override {}
  std::size_t on_chunk_body_impl(std::uint64_t /*remain*/, beast::string_view piece,
                                 beast::error_code& error) override {
    return take(piece, error);
  }
  void on_finish_impl(beast::error_code& /*error*/) override {}
};

RequestParser::RequestParser(std::size_t header_limit_bytes) : engine_(std::make_unique<Engine>()) {
  engine_->header_limit(static_cast<std::uint32_t>(header_limit_bytes));
  engine_->body_limit(boost::none);  // the connection counts, since the route decides
  engine_->eager(false);
}

RequestParser::~RequestParser() = default;

RequestHead& RequestParser::head() {
  return engine_->head;
}

void RequestParser::fail(int status) {
  state_ = State::failed;
  error_status_ = status;
}

std::size_t RequestParser::feed_head(std::string_view bytes) {
  std::size_t used = 0;
  while (!engine_->is_header_done()) {
    beast::error_code error;
    const std::string_view rest = bytes.substr(used);
    if (rest.empty()) return used;
    const std::size_t step = engine_->put(boost::asio::buffer(rest.data(), rest.size()), error);
    const bool begins_request = !has_begun_;
    has_begun_ = has_begun_ || step > 0;
    used += step;
    if (step > 0 && !is_strictly_written(rest.substr(0, step), begins_request)) {
      fail(400);
      return used;
    }
    if (error == beast::http::error::need_more) return used;
    if (error) {
      if (error == beast::http::error::header_limit ||
          error == beast::http::error::buffer_overflow) {
        fail(431);
      } else {
        fail(error == beast::http::error::bad_version ? 505 : 400);
      }
      return used;
    }
  }
  check_head();
  return used;
}

void RequestParser::check_head() {
  RequestHead& head = engine_->head;
  head.keep_alive = engine_->keep_alive();
  head.chunked = engine_->chunked();
  if (const auto length = engine_->content_length()) head.content_length = *length;

  if (head.version != 10 && head.version != 11) return fail(505);
  // Source: RFC 9112, section 3.2 (one Host, or none in HTTP/1.0).
  const std::size_t hosts = head.headers.count("Host");
  if (hosts > 1 || (hosts == 0 && head.version == 11)) return fail(400);
  if (hosts == 1 && !is_host(*head.headers.find("Host"))) return fail(400);
  if (head.headers.count("Content-Length") > 1) return fail(400);
  // The library takes "0,0" for one length.
  if (const auto length = head.headers.find("Content-Length")) {
    const bool digits = !length->empty() &&
                        std::ranges::all_of(*length, [](char c) { return c >= '0' && c <= '9'; });
    if (!digits) return fail(400);
  }
  if (const auto encoding = head.headers.find("Transfer-Encoding")) {
    // Source: RFC 9112, section 6.1 (both lengths is an attack; HTTP/1.0 has no such header).
    if (head.headers.contains("Content-Length") || head.version == 10) return fail(400);
    if (head.headers.count("Transfer-Encoding") > 1) return fail(400);
    if (!equal_ignoring_case(*encoding, "chunked")) return fail(501);
  }
  if (const auto expected = head.headers.find("Expect")) {
    if (!equal_ignoring_case(*expected, "100-continue")) return fail(417);
    head.expects_continue = head.version == 11;
  }
  engine_->eager(true);
  state_ = engine_->is_done() || !head.has_body() ? State::done : State::body;
}

std::size_t RequestParser::feed_body(std::string_view bytes, const BodySink& sink) {
  engine_->sink = &sink;
  beast::error_code error;
  const std::size_t used = engine_->put(boost::asio::buffer(bytes.data(), bytes.size()), error);
  engine_->sink = nullptr;
  if (engine_->sink_refused) {
    fail(0);
  } else if (error && error != beast::http::error::need_more) {
    fail(400);
  } else if (engine_->is_done()) {
    state_ = State::done;
  }
  return used;
}

}  // namespace http
