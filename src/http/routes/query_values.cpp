#include "http/routes/query_values.h"

#include <charconv>

namespace http::routes {

using casework::FailureKind;

int int_query(const Request& request, std::string_view name, int otherwise) {
  const std::string text = query(request, name);
  int number = otherwise;
  std::from_chars(text.data(), text.data() + text.size(), number);
  return number;
}

Answer<std::optional<calendar::Date>> date_of(const Request& request, std::string_view name) {
  const std::string text = query(request, name);
  if (text.empty()) return std::optional<calendar::Date>{};
  const auto date = calendar::parse_date(text);
  if (!date.has_value()) {
    const std::string shown{name};
    casework::Failure failure{FailureKind::unprocessable,
                              "bad-date",
                              {"Ngày không hợp lệ. Hãy nhập theo dạng 2026-08-20.",
                               "The date is not valid. Write it as 2026-08-20."},
                              {}};
    failure.problems.push_back({.field = shown,
                                .page = {},
                                .code = form::ProblemCode::bad_format,
                                .severity = form::Severity::error,
                                .message = failure.detail});
    return base::Failure{std::move(failure)};
  }
  return date;
}

std::string asked_text(const Request& request) {
  const std::size_t at = request.target.find('?');
  return at == std::string::npos ? std::string{} : request.target.substr(at + 1, 1000);
}

}  // namespace http::routes
