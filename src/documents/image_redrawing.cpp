#include "documents/image_redrawing.h"

#include "documents/image_conversion.h"

namespace documents {

namespace internal {

base::Result<RedrawnImage, FileRefusal> redraw_heic(std::string_view bytes,
                                                    const RedrawLimits& limits) {
  const auto facts = inspect_file(bytes);
  if (!facts) return base::Failure{facts.error().refusal};
  if (std::uint64_t{facts->width} * facts->height > limits.heic_pixels) {
    return base::Failure{FileRefusal::too_many_pixels};
  }
  auto jpeg = heic_to_jpeg(bytes, limits.quality);
  if (!jpeg) return base::Failure{FileRefusal::damaged};
  const auto made = inspect_file(*jpeg);
  if (!made) return base::Failure{FileRefusal::damaged};
  return RedrawnImage{std::move(jpeg).value(), MediaType::jpeg, made->width, made->height};
}

}  // namespace internal

base::Result<RedrawnImage, FileRefusal> redraw_image(std::string_view bytes, MediaType type,
                                                     const RedrawLimits& limits) {
  if (type == MediaType::png) return internal::redraw_png(bytes, limits);
  if (type == MediaType::heic) return internal::redraw_heic(bytes, limits);
  if (type == MediaType::jpeg) return internal::redraw_jpeg(bytes, limits);
  return base::Failure{FileRefusal::type_not_accepted};
}

}  // namespace documents
