#pragma once
// server_upload.h - the temporary file a large body goes to, and a file an answer is read from.
#include <cstddef>
#include <cstdint>
#include <filesystem>
#include <optional>
#include <span>
#include <string>
#include <string_view>

#include "base/fault.h"

namespace http {

// Removed with this object, unless a handler has renamed it.
class UploadFile {
 public:
  [[nodiscard]] static base::Outcome<UploadFile> create(const std::filesystem::path& folder,
                                                        const std::string& name);
  ~UploadFile();
  UploadFile(UploadFile&& other) noexcept;
  UploadFile& operator=(UploadFile&&) = delete;
  UploadFile(const UploadFile&) = delete;
  UploadFile& operator=(const UploadFile&) = delete;

  [[nodiscard]] bool write(std::string_view bytes);
  // After the last write; false where the system could not keep the bytes.
  [[nodiscard]] bool close();
  // Of a write or close that failed: for want of room.
  [[nodiscard]] bool no_room() const { return no_room_; }
  [[nodiscard]] const std::filesystem::path& path() const { return path_; }
  [[nodiscard]] std::uint64_t size() const { return size_; }

 private:
  UploadFile(int descriptor, std::filesystem::path path);
  int descriptor_ = -1;
  std::filesystem::path path_;
  std::uint64_t size_ = 0;
  bool no_room_ = false;
};

// An open regular file of known size.
class OutgoingFile {
 public:
  [[nodiscard]] static base::Outcome<OutgoingFile> open(const std::filesystem::path& path);
  ~OutgoingFile();
  OutgoingFile(OutgoingFile&& other) noexcept;
  OutgoingFile& operator=(OutgoingFile&&) = delete;
  OutgoingFile(const OutgoingFile&) = delete;
  OutgoingFile& operator=(const OutgoingFile&) = delete;

  [[nodiscard]] std::uint64_t size() const { return size_; }
  // The number of bytes read from `offset`; 0 at the end or on failure.
  [[nodiscard]] std::size_t read(std::uint64_t offset, std::span<char> into) const;

 private:
  OutgoingFile(int descriptor, std::uint64_t size) : descriptor_(descriptor), size_(size) {}
  int descriptor_ = -1;
  std::uint64_t size_ = 0;
};

}  // namespace http
