#pragma once
// language.h - the two languages in which the system speaks, and text that exists in both.
#include <string>

namespace calendar {

enum class Language { vietnamese, english };

// Vietnamese is never empty; English may be, and Vietnamese then stands in for it.
struct Bilingual {
  std::string vi;
  std::string en;

  [[nodiscard]] const std::string& in(Language language) const {
    return language == Language::english && !en.empty() ? en : vi;
  }
  friend bool operator==(const Bilingual&, const Bilingual&) = default;
};

}  // namespace calendar
