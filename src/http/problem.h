#pragma once
// problem.h - every error body of the API (RFC 9457, application/problem+json).
//
// Members: type (https://motcua.vn/problems/<slug>), title, status, detail, trace_id, errors (one
// for each field that is wrong, all at once), then what the problem itself adds.  Title and detail
// are in the language the person reads.
#include <string>
#include <string_view>
#include <vector>

#include "base/json.h"
#include "http/request.h"
#include "http/response.h"

namespace http {

inline constexpr std::string_view kProblemTypePrefix = "https://motcua.vn/problems/";

struct FieldError {
  std::string field;  // where: "applicant.personal_id"
  std::string code;   // stable, for programs: "required"
  std::string message;
  std::string message_en;  // empty: the Vietnamese one is used
};

struct Problem {
  int status = 500;
  std::string type;   // slug, stable: "already-closed"
  std::string title;  // Vietnamese
  std::string detail;
  std::string title_en;  // empty: the Vietnamese one is used
  std::string detail_en;
  std::vector<FieldError> errors;
  base::json::object extra;  // further members; may not replace the ones above
};

[[nodiscard]] Response problem(const Request& request, const Problem& problem);

// The problems the server itself knows: 400, 401, 403, 404, 405, 408, 411, 413, 415, 417, 429, 431,
// 500, 501, 503, 505, 507; any other status is answered as 500.  `detail` in both languages may say
// more than the usual sentence.
[[nodiscard]] Problem standard_problem(int status);

// A problem body; for a browser that asks for a page outside /api, a small page with the same text.
[[nodiscard]] Response error_response(const Request& request, const Problem& problem);

}  // namespace http
