#include "http/message_headers.h"

#include <algorithm>

namespace http {
namespace {

char lower(char c) {
  return c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c;
}

}  // namespace

bool equal_ignoring_case(std::string_view a, std::string_view b) {
  return std::ranges::equal(a, b, {}, lower, lower);
}

void MessageHeaders::add(std::string name, std::string value) {
  fields_.emplace_back(std::move(name), std::move(value));
}

void MessageHeaders::set(std::string_view name, std::string value) {
  std::erase_if(fields_, [&](const Field& f) { return equal_ignoring_case(f.first, name); });
  fields_.emplace_back(name, std::move(value));
}

std::optional<std::string_view> MessageHeaders::find(std::string_view name) const {
  for (const Field& field : fields_) {
    if (equal_ignoring_case(field.first, name)) return field.second;
  }
  return std::nullopt;
}

std::string_view MessageHeaders::value_or(std::string_view name, std::string_view otherwise) const {
  return find(name).value_or(otherwise);
}

std::size_t MessageHeaders::count(std::string_view name) const {
  return static_cast<std::size_t>(std::ranges::count_if(
      fields_, [&](const Field& f) { return equal_ignoring_case(f.first, name); }));
}

}  // namespace http
