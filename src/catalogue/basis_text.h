#pragma once
// basis_text.h - the column "căn cứ pháp lý": titles of acts, each followed by its number.
#include <string_view>
#include <vector>

#include "catalogue/entry.h"

namespace catalogue {

[[nodiscard]] std::vector<StatedBasis> read_basis(std::string_view text);

}  // namespace catalogue
