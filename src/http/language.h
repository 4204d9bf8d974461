#pragma once
// language.h - which of the two languages of the product a person reads.
#include <string_view>

namespace http {

enum class Language { vi, en };

// From an Accept-Language value, by its weights; Vietnamese where nothing better is said.
[[nodiscard]] Language preferred_language(std::string_view accept_language);

}  // namespace http
