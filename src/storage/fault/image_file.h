#pragma once
// image_file.h - a disk's image as one file, to hand it from one process to another.
#include <string>

#include "storage/fault/disk.h"

namespace storage::fault {

void write_image(const std::string& path, const Image& image);
// Empty where there is no such file.
[[nodiscard]] Image read_image(const std::string& path);

}  // namespace storage::fault
