#pragma once
// bilingual.h - a text for people: Vietnamese first, English second.
#include <string>

namespace form {

struct Bilingual {
  std::string vi;
  std::string en;

  [[nodiscard]] bool empty() const { return vi.empty() && en.empty(); }
  friend bool operator==(const Bilingual&, const Bilingual&) = default;
};

}  // namespace form
