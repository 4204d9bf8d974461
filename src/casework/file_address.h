#pragma once
// file_address.h - where events and file rows name files of the file store.
#include <string>
#include <string_view>
#include <vector>

#include "base/json.h"

namespace casework {

// Adds every address that `payload` names, at any depth: members "sha256", and the originals in
// members "converted_from".  Each once.
void add_addresses_in(const base::json::value& payload, std::vector<std::string>& addresses);

// "image/heic;sha256=ab…", which names the original of a converted file.
[[nodiscard]] std::string converted_from_original(std::string_view media_type,
                                                  const std::string& address);
// The address in such a text; empty where it has none.
[[nodiscard]] std::string original_in(std::string_view converted_from);

}  // namespace casework
