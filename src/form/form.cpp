#include "form/form.h"

namespace form {

const Field* Form::find_field(std::string_view id) const {
  for (const Page& page : pages) {
    for (const Field& field : page.fields) {
      if (field.id == id) return &field;
    }
  }
  return nullptr;
}

std::optional<std::size_t> Form::find_page(std::string_view id) const {
  for (std::size_t i = 0; i < pages.size(); ++i) {
    if (pages[i].id == id) return i;
  }
  return std::nullopt;
}

}  // namespace form
