#include "http/response.h"

#include "base/json.h"
#include "base/percent_encoding.h"
#include "http/target.h"

namespace http {

Response json(int status, const boost::json::value& value) {
  Response response;
  response.status = status;
  response.headers.add("Content-Type", "application/json");
  response.body = base::to_text(value);
  return response;
}

Response text(int status, std::string body) {
  Response response;
  response.status = status;
  response.headers.add("Content-Type", "text/plain; charset=utf-8");
  response.body = std::move(body);
  return response;
}

Response bytes(std::string body, std::string_view media_type, std::string_view file_name,
               Disposition disposition) {
  Response response;
  response.headers.add("Content-Type", std::string{media_type});
  response.headers.add("Content-Disposition", content_disposition(file_name, disposition));
  response.body = std::move(body);
  return response;
}

Response file(std::filesystem::path path, std::string_view media_type, std::string_view file_name,
              Disposition disposition) {
  Response response = bytes({}, media_type, file_name, disposition);
  response.file = FileBody{std::move(path), false};
  return response;
}

Response no_content() {
  Response response;
  response.status = 204;
  return response;
}

Response redirect(std::string location) {
  Response response;
  response.status = 303;
  response.headers.add("Location", std::move(location));
  return response;
}

std::string content_disposition(std::string_view file_name, Disposition disposition) {
  std::string plain;
  for (const char c : file_name) {
    const bool safe = c >= 0x20 && c < 0x7f && c != '"' && c != '\\' && c != '/' && c != '%';
    plain.push_back(safe ? c : '_');
  }
  return std::string{disposition == Disposition::save ? "attachment" : "inline"} + "; filename=\"" +
         plain + "\"; filename*=UTF-8''" + base::percent_encode(file_name);
}

std::string_view reason_phrase(int status) {
  switch (status) {
    case 100:
      return "Continue";
    case 200:
      return "OK";
    case 201:
      return "Created";
    case 202:
      return "Accepted";
    case 204:
      return "No Content";
    case 303:
      return "See Other";
    case 304:
      return "Not Modified";
    case 400:
      return "Bad Request";
    case 401:
      return "Unauthorized";
    case 403:
      return "Forbidden";
    case 404:
      return "Not Found";
    case 405:
      return "Method Not Allowed";
    case 406:
      return "Not Acceptable";
    case 408:
      return "Request Timeout";
    case 409:
      return "Conflict";
    case 410:
      return "Gone";
    case 411:
      return "Length Required";
    case 412:
      return "Precondition Failed";
    case 413:
      return "Content Too Large";
    case 415:
      return "Unsupported Media Type";
    case 417:
      return "Expectation Failed";
    case 422:
      return "Unprocessable Content";
    case 423:
      return "Locked";
    case 428:
      return "Precondition Required";
    case 429:
      return "Too Many Requests";
    case 431:
      return "Request Header Fields Too Large";
    case 500:
      return "Internal Server Error";
    case 501:
      return "Not Implemented";
    case 502:
      return "Bad Gateway";
    case 503:
      return "Service Unavailable";
    case 505:
      return "HTTP Version Not Supported";
    default:
      return "Status";
  }
}

}  // namespace http
