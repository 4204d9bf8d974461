#pragma once
// server_parser.h - bytes of a connection into one request: HTTP/1.1 syntax, framing, limits.
//
// No socket and no clock: the connection feeds it, a test or a fuzzer can too.  What could be read
// in two ways by two servers (request smuggling) is refused.  Private to the server.
#include <cstddef>
#include <cstdint>
#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <string_view>

#include "http/message_headers.h"

namespace http {

struct RequestHead {
  std::string method;
  std::string target;
  int version = 11;
  MessageHeaders headers;
  bool keep_alive = true;
  bool chunked = false;
  std::optional<std::uint64_t> content_length;
  bool expects_continue = false;

  [[nodiscard]] bool has_body() const { return chunked || content_length.value_or(0) > 0; }
};

class RequestParser {
 public:
  enum class State { head, body, done, failed };
  // Takes a piece of the body; false ends the parse with State::failed and status 0.
  using BodySink = std::function<bool(std::string_view)>;

  explicit RequestParser(std::size_t header_limit_bytes);
  ~RequestParser();
  RequestParser(const RequestParser&) = delete;
  RequestParser& operator=(const RequestParser&) = delete;

  // Both return how many bytes were used up; the others must be offered again, with more.  Bytes of
  // the next request are left alone.
  // feed_head stops where the body begins.  Requires: state() == head.
  [[nodiscard]] std::size_t feed_head(std::string_view bytes);
  // Requires: state() == body.
  [[nodiscard]] std::size_t feed_body(std::string_view bytes, const BodySink& sink);

  [[nodiscard]] State state() const { return state_; }
  // After failed: 400, 417, 431, 501, 505; 0 where the sink refused.
  [[nodiscard]] int error_status() const { return error_status_; }
  // Whole once the state is no longer `head`.
  [[nodiscard]] RequestHead& head();

 private:
  struct Engine;
  void fail(int status);
  void check_head();

  std::unique_ptr<Engine> engine_;
  State state_ = State::head;
  int error_status_ = 0;
  bool has_begun_ = false;  // the request line was read
};

}  // namespace http
