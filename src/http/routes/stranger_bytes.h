#pragma once
// stranger_bytes.h - how what a stranger handed in leaves this server: as a file to be saved, of a
// type that no browser runs, in a sandbox if one shows it all the same.
#include <string>
#include <string_view>

#include "http/response.h"

namespace http::routes {

[[nodiscard]] Response stranger_bytes(std::string body, std::string_view media_type,
                                      std::string_view file_name);

}  // namespace http::routes
