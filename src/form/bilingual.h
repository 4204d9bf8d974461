#pragma once
// bilingual.h - a text for people, Vietnamese first: the type is calendar's, the name is used by
// forms and procedures all over.
#include "calendar/language.h"

namespace form {

using calendar::Bilingual;
using calendar::Language;

[[nodiscard]] inline bool is_empty(const Bilingual& text) {
  return text.vi.empty() && text.en.empty();
}

}  // namespace form
