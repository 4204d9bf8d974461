#include "form/dictionary.h"

#include <utility>

namespace form {

bool Dictionary::add(Field entry) {
  std::string code = entry.code;
  return entries_.emplace(std::move(code), std::move(entry)).second;
}

const Field* Dictionary::find(std::string_view code) const {
  const auto found = entries_.find(code);
  return found == entries_.end() ? nullptr : &found->second;
}

}  // namespace form
