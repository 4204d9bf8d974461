#pragma once
// dictionary.h - the shared data dictionary: every datum that forms ask for, defined once.
//
// An entry is a Field without place: code, type, label, help, limits, options, the database that
// holds the truth.  A form refers to it by code and may narrow it, so that "full name" means the
// same in every procedure.
#include <map>
#include <string>
#include <string_view>

#include "form/field.h"

namespace form {

class Dictionary {
 public:
  // Adds an entry under its code.  False when the code is taken already.
  bool add(Field entry);

  // nullptr when the code is not in the dictionary.
  [[nodiscard]] const Field* find(std::string_view code) const;

  [[nodiscard]] const std::map<std::string, Field, std::less<>>& entries() const {
    return entries_;
  }

 private:
  std::map<std::string, Field, std::less<>> entries_;
};

}  // namespace form
