#include "storage/fault/image_file.h"

#include <fstream>

namespace storage::fault {

// Of each file a line with its length and name, and then its bytes.
void write_image(const std::string& path, const Image& image) {
  std::ofstream file(path, std::ios::binary | std::ios::trunc);
  for (const auto& [name, bytes] : image) file << bytes.size() << ' ' << name << '\n' << bytes;
}

Image read_image(const std::string& path) {
  Image image;
  std::ifstream file(path, std::ios::binary);
  std::size_t size = 0;
  std::string name;
  while (file >> size >> name) {
    file.get();
    std::string& bytes = image[name];
    bytes.resize(size);
    file.read(bytes.data(), static_cast<std::streamsize>(size));
  }
  return image;
}

}  // namespace storage::fault
