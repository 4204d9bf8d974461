#pragma once
// test_images.h - pictures and PDFs made for the tests, whole and broken.
#include <cstdint>
#include <string>
#include <string_view>

namespace documents::test_images {

// Left half red, right half blue.
[[nodiscard]] std::string png(std::uint32_t width, std::uint32_t height, bool with_alpha = false);
[[nodiscard]] std::string jpeg(std::uint32_t width, std::uint32_t height, int orientation = 1);
// "" where the library has no encoder.
[[nodiscard]] std::string heic(int width, int height);
// A PNG whose header claims a size; its check sum is right.
[[nodiscard]] std::string png_claiming(std::uint32_t width, std::uint32_t height);
[[nodiscard]] std::string jpeg_claiming(std::uint16_t width, std::uint16_t height);
// Pages of text; `catalog` is put into the root dictionary.
[[nodiscard]] std::string pdf(int pages, const std::string& catalog = "");
[[nodiscard]] std::string encrypted_pdf();

}  // namespace documents::test_images
