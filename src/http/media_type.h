#pragma once
// media_type.h - the media type of a file of the web faces, by its ending.
#include <string_view>

namespace http {

// "application/octet-stream" for an ending we do not serve by purpose.
[[nodiscard]] std::string_view media_type_of(std::string_view file_name);

}  // namespace http
