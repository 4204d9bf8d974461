#pragma once
// server_exchange.h - one request and its answer, from the first byte to the last, without the
// socket: what is accepted, what is refused, where the body goes, what the handler said.  Private
// to the server.
#include <chrono>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "http/router.h"
#include "http/server_parser.h"
#include "http/server_shared.h"
#include "http/server_upload.h"

namespace http {

// Bodies of up to so many bytes take none of the budget.
inline constexpr std::uint64_t kFreeBodyBytes = 16 * 1024;

struct Exchange {
  Exchange(ServerShared& with, std::string trace_id);

  // Fills the request from the parsed head and finds its route; refuses it where it is not
  // acceptable.
  void prepare(const std::string& peer_address);
  // The answer is an error of the server's own.
  void refuse(int status, std::string allow = "");
  void refuse(Response answer);
  // False: it is refused, since whoever sends it has enough bodies on their way.
  [[nodiscard]] bool begin_body();
  // The parser's sink: into memory or the upload file.
  [[nodiscard]] bool take_body_piece(std::string_view piece);
  void finish_body();
  // After the handler: whoever reads his answer slowly holds nothing of what he sent.
  void forget_body();
  // So small that it costs nobody anything yet.
  [[nodiscard]] bool has_small_body() const { return body_received <= kFreeBodyBytes; }
  // Fills the answer.  On a thread of the pool, while the connection waits.
  void call_handler();
  void log() const;

  ServerShared& shared;
  RequestParser parser;
  Request request;
  const Route* route = nullptr;
  Lane lane = Lane::open;
  std::uint64_t body_limit = 0;
  std::uint64_t body_received = 0;
  std::optional<UploadFile> upload;
  Payer payer;
  std::optional<Budget::Share> place;
  std::optional<Budget::Share> memory;
  std::optional<Budget::Share> disk;
  int body_failure = 0;  // why the sink refused a piece
  bool refused = false;  // answered before a handler was asked
  bool keep_alive = false;
  Response response;
  std::optional<OutgoingFile> outgoing;
  std::chrono::steady_clock::time_point started_at = std::chrono::steady_clock::now();

 private:
  [[nodiscard]] bool keep_in_memory(std::string_view piece);
  [[nodiscard]] bool keep_in_file(std::string_view piece);
  [[nodiscard]] std::string client_address(const std::string& peer_address) const;
};

}  // namespace http
