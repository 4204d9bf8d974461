#pragma once
// response.h - what a handler answers: a plain value; the server adds length, date and the security
// headers.  A header set here wins over the server's own of that name.
#include <cstdint>
#include <filesystem>
#include <memory>
#include <optional>
#include <string>
#include <string_view>

#include <boost/json/fwd.hpp>

#include "http/message_headers.h"

namespace http {

// Bytes streamed from a file.  It must stay in place until the answer is sent.
struct FileBody {
  std::filesystem::path path;
  bool remove_after = false;  // an export made for this answer alone
};

// The body is the first that is set: file, shared_body, body.
struct Response {
  int status = 200;
  MessageHeaders headers;
  std::string body;
  std::shared_ptr<const std::string> shared_body;  // bytes kept in memory for many answers
  std::optional<FileBody> file;
};

// application/json
[[nodiscard]] Response json(int status, const boost::json::value& value);
// text/plain in UTF-8
[[nodiscard]] Response text(int status, std::string body);
// Bytes made in memory (a PDF, a spreadsheet), shown or saved under `file_name` (UTF-8).
enum class Disposition { show, save };
[[nodiscard]] Response bytes(std::string body, std::string_view media_type,
                             std::string_view file_name, Disposition disposition);
[[nodiscard]] Response file(std::filesystem::path path, std::string_view media_type,
                            std::string_view file_name, Disposition disposition);
[[nodiscard]] Response no_content();
[[nodiscard]] Response redirect(std::string location);  // 303 See Other

// Content-Disposition with a plain ASCII name and the true one (RFC 6266).
[[nodiscard]] std::string content_disposition(std::string_view file_name, Disposition disposition);

[[nodiscard]] std::string_view reason_phrase(int status);

}  // namespace http
