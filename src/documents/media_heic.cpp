#include "documents/media_heic.h"

#include <memory>
#include <optional>

#include <libheif/heif.h>

namespace documents::internal {
namespace {

// Where the last top-level box ends; nullopt when a box reaches beyond the file.
//
// Source: ISO/IEC 14496-12, 4.2 (a size of 1 is followed by one of 64 bits, 0 reaches to the end).
std::optional<std::size_t> end_of_boxes(std::string_view bytes) {
  std::size_t at = 0;
  while (bytes.size() - at >= 8) {
    std::uint64_t size = u32_at(bytes, at);
    if (size == 0) return bytes.size();
    if (size == 1) {
      if (bytes.size() - at < 16) return std::nullopt;
      size = (std::uint64_t{u32_at(bytes, at + 8)} << 32U) | u32_at(bytes, at + 12);
    }
    if (size < 8) return at;  // no box any more: what follows is something else
    if (size > bytes.size() - at) return std::nullopt;
    at += static_cast<std::size_t>(size);
  }
  return at;
}

}  // namespace

base::Result<ImageFacts, FileRefusal> inspect_heic(std::string_view bytes) {
  const auto end = end_of_boxes(bytes);
  if (!end) return base::Failure{FileRefusal::truncated};
  const std::unique_ptr<heif_context, decltype(&heif_context_free)> context(heif_context_alloc(),
                                                                            &heif_context_free);
  heif_context_set_max_decoding_threads(context.get(), 0);
  heif_error problem = heif_context_read_from_memory_without_copy(context.get(), bytes.data(),
                                                                  bytes.size(), nullptr);
  if (problem.code != heif_error_Ok) return base::Failure{FileRefusal::damaged};
  heif_image_handle* raw = nullptr;
  problem = heif_context_get_primary_image_handle(context.get(), &raw);
  if (problem.code != heif_error_Ok) return base::Failure{FileRefusal::damaged};
  const std::unique_ptr<heif_image_handle, decltype(&heif_image_handle_release)> handle(
      raw, &heif_image_handle_release);
  const int width = heif_image_handle_get_width(raw);
  const int height = heif_image_handle_get_height(raw);
  if (width <= 0 || height <= 0) return base::Failure{FileRefusal::damaged};
  ImageFacts facts{static_cast<std::uint32_t>(width), static_cast<std::uint32_t>(height), *end};
  if (is_too_large(facts.width, facts.height)) return base::Failure{FileRefusal::too_many_pixels};
  return facts;
}

}  // namespace documents::internal
