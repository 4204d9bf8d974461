#pragma once
// agency_id.h - the electronic identification code of an agency: "H41", "H41.2.15".
//
// id    := level1 ("." group)*      at most 35 characters
// level1 := letter A to Y, two digits
// group := one to six letters or digits
// A child's code is its parent's with groups appended on the right.
// Source: QĐ 20/2020/QĐ-TTg.
#include <compare>
#include <functional>
#include <optional>
#include <string>
#include <string_view>

namespace party {

class AgencyId {
 public:
  // Small letters become capitals.
  [[nodiscard]] static std::optional<AgencyId> parse(std::string_view text);

  [[nodiscard]] const std::string& text() const { return text_; }
  // "H41" of "H41.2.15".
  [[nodiscard]] std::string_view root() const { return std::string_view(text_).substr(0, 3); }
  // True for the agency itself and for everything below it by code.
  [[nodiscard]] bool is_within(const AgencyId& other) const;

  friend bool operator==(const AgencyId&, const AgencyId&) = default;
  friend auto operator<=>(const AgencyId&, const AgencyId&) = default;

 private:
  explicit AgencyId(std::string text) : text_(std::move(text)) {}
  std::string text_;
};

}  // namespace party

template <>
struct std::hash<party::AgencyId> {
  std::size_t operator()(const party::AgencyId& id) const noexcept {
    return std::hash<std::string>{}(id.text());
  }
};
