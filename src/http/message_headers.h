#pragma once
// message_headers.h - the header fields of a request or a response, in order, names compared
// without regard to case.
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace http {

// ASCII only, which is all that header names and tokens may be.
[[nodiscard]] bool equal_ignoring_case(std::string_view a, std::string_view b);

class MessageHeaders {
 public:
  using Field = std::pair<std::string, std::string>;

  void add(std::string name, std::string value);
  // Replaces every field of that name.
  void set(std::string_view name, std::string value);

  // The first field of that name.
  [[nodiscard]] std::optional<std::string_view> find(std::string_view name) const;
  [[nodiscard]] std::string_view value_or(std::string_view name,
                                          std::string_view otherwise = "") const;
  [[nodiscard]] bool contains(std::string_view name) const { return find(name).has_value(); }
  [[nodiscard]] std::size_t count(std::string_view name) const;

  [[nodiscard]] auto begin() const { return fields_.begin(); }
  [[nodiscard]] auto end() const { return fields_.end(); }
  [[nodiscard]] bool empty() const { return fields_.empty(); }

 private:
  std::vector<Field> fields_;
};

}  // namespace http
