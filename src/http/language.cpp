#include "http/language.h"

#include <algorithm>

#include "http/list_value.h"
#include "http/message_headers.h"

namespace http {

Language preferred_language(std::string_view accept_language) {
  int vi = 0;
  int en = 0;
  for (const WeightedItem& item : parse_weighted_list(accept_language)) {
    const std::string_view primary = item.name.substr(0, item.name.find('-'));
    if (equal_ignoring_case(primary, "vi")) vi = std::max(vi, item.weight);
    if (equal_ignoring_case(primary, "en")) en = std::max(en, item.weight);
  }
  return en > vi ? Language::en : Language::vi;
}

}  // namespace http
