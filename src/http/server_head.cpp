#include "http/server_head.h"

#include <algorithm>
#include <array>
#include <chrono>

namespace http {
namespace {

void append_padded(std::string& out, unsigned value, std::size_t width) {
  const std::string digits = std::to_string(value);
  if (digits.size() < width) out.append(width - digits.size(), '0');
  out += digits;
}

void append_value(std::string& out, std::string_view value) {
  for (const char c : value) {
    const auto byte = static_cast<unsigned char>(c);
    out.push_back((byte < 0x20 && c != '\t') || byte == 0x7f ? ' ' : c);
  }
}

// What the server alone decides.
bool is_framing(std::string_view name) {
  return equal_ignoring_case(name, "Content-Length") || equal_ignoring_case(name, "Connection") ||
         equal_ignoring_case(name, "Transfer-Encoding") || equal_ignoring_case(name, "Date");
}

}  // namespace

std::string response_head(const Response& response, const HeadFacts& facts) {
  std::string out;
  out.reserve(1024 + std::min<std::size_t>(response.body.size(), 4096));  // see write_answer
  out += "HTTP/1.1 ";
  append_padded(out, static_cast<unsigned>(response.status), 3);
  out += ' ';
  out += reason_phrase(response.status);
  out += "\r\n";
  for (const auto& [name, value] : response.headers) {
    if (is_framing(name)) continue;
    out += name;
    out += ": ";
    append_value(out, value);
    out += "\r\n";
  }
  if (!facts.date.empty()) {
    out += "Date: ";
    out += facts.date;
    out += "\r\n";
  }
  if (!facts.trace_id.empty()) {
    out += "X-Trace-Id: ";
    out += facts.trace_id;
    out += "\r\n";
  }
  if (facts.content_length) {
    out += "Content-Length: ";
    out += std::to_string(*facts.content_length);
    out += "\r\n";
  }
  if (!facts.keep_alive) {
    out += "Connection: close\r\n";
  } else if (facts.version == 10) {
    out += "Connection: keep-alive\r\n";
  }
  out += "\r\n";
  return out;
}

std::string http_date(std::time_t time) {
  constexpr std::array<const char*, 7> kDays = {"Sun", "Mon", "Tue", "Wed", "Thu", "Fri", "Sat"};
  constexpr std::array<const char*, 12> kMonths = {"Jan", "Feb", "Mar", "Apr", "May", "Jun",
                                                   "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"};
  namespace chr = std::chrono;
  const chr::sys_seconds moment{chr::seconds{time}};
  const auto days = chr::floor<chr::days>(moment);
  const chr::year_month_day date{days};
  const chr::hh_mm_ss clock{moment - days};
  std::string out = kDays[chr::weekday{days}.c_encoding()];
  out += ", ";
  append_padded(out, static_cast<unsigned>(date.day()), 2);
  out += ' ';
  out += kMonths[static_cast<unsigned>(date.month()) - 1];
  out += ' ';
  append_padded(out, static_cast<unsigned>(static_cast<int>(date.year())), 4);
  out += ' ';
  append_padded(out, static_cast<unsigned>(clock.hours().count()), 2);
  out += ':';
  append_padded(out, static_cast<unsigned>(clock.minutes().count()), 2);
  out += ':';
  append_padded(out, static_cast<unsigned>(clock.seconds().count()), 2);
  out += " GMT";
  return out;
}

}  // namespace http
