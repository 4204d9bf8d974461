#pragma once
// http_call.h - one request after the other over a kept connection: what a benchmark asks besides
// its load.
#include <cstdint>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace bench {

using Headers = std::vector<std::pair<std::string, std::string>>;

// The bytes of a request.
[[nodiscard]] std::string request_bytes(std::string_view method, std::string_view target,
                                        const Headers& headers, std::string_view body);

struct HttpAnswer {
  int status = 0;
  std::string head;  // status line and headers
  std::string body;
  // The first header of that name (lower case), or empty.
  [[nodiscard]] std::string header(std::string_view name) const;
};

// How many bytes at the front of `bytes` are one whole answer; 0: it is not complete yet.
struct AnswerSize {
  std::size_t bytes = 0;
  std::size_t head = 0;
  int status = 0;
};
[[nodiscard]] AnswerSize measure_answer(std::string_view bytes);

// A socket connected to 127.0.0.1:port.
[[nodiscard]] int connect_to(std::uint16_t port);

class HttpCaller {
 public:
  explicit HttpCaller(std::uint16_t port);
  ~HttpCaller();
  HttpCaller(const HttpCaller&) = delete;
  HttpCaller& operator=(const HttpCaller&) = delete;

  [[nodiscard]] HttpAnswer call(std::string_view method, std::string_view target,
                                const Headers& headers = {}, std::string_view body = {});

 private:
  int socket_;
  std::string received_;
};

}  // namespace bench
