#include "http/problem.h"

#include <algorithm>
#include <array>

#include "http/list_value.h"

namespace http {
namespace {

struct StandardText {
  int status;
  const char* type;
  const char* title;
  const char* detail;
  const char* title_en;
  const char* detail_en;
};

constexpr std::array kStandard = {
    StandardText{400, "malformed-request", "Yêu cầu không đúng định dạng",
                 "Máy chủ không hiểu yêu cầu này. Hãy tải lại trang rồi thử lại.",
                 "Malformed request",
                 "The server cannot read this request. Reload the page and try again."},
    StandardText{401, "sign-in-needed", "Cần đăng nhập",
                 "Hãy đăng nhập rồi thực hiện lại; nội dung đã nhập vẫn còn trên trang.",
                 "Sign-in needed", "Sign in and try again; what you typed is still on the page."},
    StandardText{403, "not-allowed", "Không có quyền",
                 "Tài khoản này không được làm việc đó. Hãy liên hệ người quản trị của cơ quan.",
                 "Not allowed",
                 "This account may not do that. Ask the administrator of your office."},
    StandardText{404, "not-found", "Không tìm thấy",
                 "Địa chỉ này không có trên hệ thống. Hãy kiểm tra lại đường dẫn hoặc mã.",
                 "Not found", "There is nothing at this address. Check the link or the code."},
    StandardText{405, "method-not-allowed", "Thao tác không được hỗ trợ",
                 "Địa chỉ này không nhận thao tác đó; các thao tác được nhận ở mục Allow.",
                 "Method not allowed",
                 "This address does not take that method; those it takes are in Allow."},
    StandardText{408, "request-timeout", "Gửi quá chậm",
                 "Yêu cầu chưa đến đủ trong thời gian cho phép. Hãy kiểm tra mạng rồi gửi lại.",
                 "Request timed out",
                 "The request did not arrive in time. Check the network and send it again."},
    StandardText{411, "length-required", "Thiếu độ dài nội dung",
                 "Yêu cầu phải có phần đầu Content-Length.", "Length required",
                 "The request must have a Content-Length header."},
    StandardText{
        413, "too-large", "Dữ liệu gửi lên quá lớn",
        "Hãy gửi ít dữ liệu hơn, hoặc giảm dung lượng tệp (ví dụ quét với độ phân giải thấp hơn).",
        "Too large",
        "Send less at once, or make the file smaller (for example scan at a lower resolution)."},
    StandardText{415, "unsupported-media-type", "Loại dữ liệu không được nhận",
                 "Địa chỉ này không nhận loại dữ liệu đã gửi (Content-Type).",
                 "Unsupported media type",
                 "This address does not take data of the type that was sent (Content-Type)."},
    StandardText{417, "expectation-failed", "Không đáp ứng được yêu cầu Expect",
                 "Máy chủ chỉ hỗ trợ Expect: 100-continue.", "Expectation failed",
                 "The server supports Expect: 100-continue only."},
    StandardText{429, "too-many-requests", "Quá nhiều yêu cầu",
                 "Hãy đợi một lát rồi thử lại; thời gian đợi ở mục Retry-After.",
                 "Too many requests", "Wait a moment and try again; Retry-After says how long."},
    StandardText{
        431, "header-too-large", "Phần đầu yêu cầu quá lớn",
        "Địa chỉ hoặc phần đầu của yêu cầu quá dài. Hãy xoá cookie của trang rồi thử lại.",
        "Header too large",
        "The address or the headers are too long. Clear this site's cookies and try again."},
    StandardText{500, "internal-error", "Lỗi của hệ thống",
                 "Có lỗi ngoài dự kiến, đã được ghi lại. Hãy thử lại; nếu còn lỗi, báo mã theo dõi "
                 "(trace_id) cho người quản trị.",
                 "Internal error",
                 "Something unexpected happened and was recorded. Try again; if it persists, tell "
                 "the administrator the trace_id."},
    StandardText{501, "not-implemented", "Chưa được hỗ trợ",
                 "Máy chủ không hỗ trợ cách truyền này.", "Not implemented",
                 "The server does not support this way of transfer."},
    StandardText{503, "busy", "Hệ thống đang bận", "Chưa có gì bị mất. Hãy thử lại sau vài giây.",
                 "Busy", "Nothing is lost. Try again in a few seconds."},
    StandardText{505, "version-not-supported", "Phiên bản HTTP không được hỗ trợ",
                 "Máy chủ hỗ trợ HTTP/1.0 và HTTP/1.1.", "HTTP version not supported",
                 "The server supports HTTP/1.0 and HTTP/1.1."},
    StandardText{507, "storage-full", "Hết dung lượng",
                 "Máy chủ đã hết dung lượng lưu trữ nên chưa nhận được tệp. Chưa có gì thay đổi; "
                 "hãy báo quản trị viên và thử lại sau.",
                 "No room left",
                 "The server has no room left for the file. Nothing changed; tell the "
                 "administrator and try again later."},
};

const std::string& in_language(Language language, const std::string& vi, const std::string& en) {
  return language == Language::en && !en.empty() ? en : vi;
}

std::string escape_html(std::string_view text) {
  std::string out;
  for (const char c : text) {
    switch (c) {
      case '&':
        out += "&amp;";
        break;
      case '<':
        out += "&lt;";
        break;
      case '>':
        out += "&gt;";
        break;
      case '"':
        out += "&quot;";
        break;
      default:
        out += c;
    }
  }
  return out;
}

bool wants_page(const Request& request) {
  if (request.path.empty() || request.path == "/api" || request.path.starts_with("/api/")) {
    return false;
  }
  return std::ranges::any_of(
      parse_weighted_list(request.headers.value_or("Accept")), [](const WeightedItem& item) {
        return item.weight > 0 && equal_ignoring_case(item.name, "text/html");
      });
}

}  // namespace

Response problem(const Request& request, const Problem& problem) {
  const Language language = request.language();
  base::json::object body;
  body["type"] = std::string{kProblemTypePrefix} + problem.type;
  body["title"] = in_language(language, problem.title, problem.title_en);
  body["status"] = problem.status;
  if (!problem.detail.empty()) {
    body["detail"] = in_language(language, problem.detail, problem.detail_en);
  }
  body["trace_id"] = request.trace_id;
  if (!problem.errors.empty()) {
    base::json::array errors;
    for (const FieldError& error : problem.errors) {
      errors.push_back(
          base::json::object{{"field", error.field},
                             {"code", error.code},
                             {"message", in_language(language, error.message, error.message_en)}});
    }
    body["errors"] = std::move(errors);
  }
  for (const auto& member : problem.extra) {
    if (!body.contains(member.key())) body[member.key()] = member.value();
  }

  Response response = json(problem.status, body);
  response.headers.set("Content-Type", "application/problem+json");
  response.headers.set("Content-Language", language == Language::en ? "en" : "vi");
  return response;
}

Problem standard_problem(int status) {
  const auto* found = std::ranges::find(kStandard, status, &StandardText::status);
  if (found == kStandard.end()) {
    found = std::ranges::find(kStandard, 500, &StandardText::status);
  }
  Problem problem;
  problem.status = found->status;
  problem.type = found->type;
  problem.title = found->title;
  problem.detail = found->detail;
  problem.title_en = found->title_en;
  problem.detail_en = found->detail_en;
  return problem;
}

Response error_response(const Request& request, const Problem& what) {
  if (!wants_page(request)) return problem(request, what);
  const Language language = request.language();
  const std::string title = escape_html(in_language(language, what.title, what.title_en));
  const std::string detail = escape_html(in_language(language, what.detail, what.detail_en));
  Response response;
  response.status = what.status;
  response.headers.add("Content-Type", "text/html; charset=utf-8");
  response.body =
      std::string{"<!doctype html><html lang=\""} + (language == Language::en ? "en" : "vi") +
      "\"><head><meta charset=\"utf-8\"><meta name=\"viewport\" "
      "content=\"width=device-width\"><title>" +
      title + "</title></head><body><main><h1>" + title + "</h1><p>" + detail + "</p><p><small>" +
      escape_html(request.trace_id) + "</small></p></main></body></html>\n";
  return response;
}

}  // namespace http
