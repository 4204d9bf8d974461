// upload_fuzz.cpp - any bytes as an upload of any type: judged within the limits, nothing crashes,
// and a picture that was drawn anew is one that is taken.
#include <cstdint>
#include <string_view>

#include "documents/image_redrawing.h"
#include "documents/media_type.h"
#include "unit_clock.h"

namespace {

using documents::MediaType;
using fuzz::must;

const documents::InspectionRules& everything() {
  static const documents::InspectionRules rules{
      .accepted = {MediaType::pdf, MediaType::jpeg, MediaType::png, MediaType::heic,
                   MediaType::docx, MediaType::xlsx, MediaType::odt, MediaType::zip},
      .archive = {.entries = 100,
                  .unpacked_bytes = 4'000'000,
                  .ratio = 100,
                  .depth = 2,
                  .member_bytes = 1'000'000}};
  return rules;
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const fuzz::UnitClock clock;
  const std::string_view bytes{reinterpret_cast<const char*>(data), size};
  const auto taken = documents::inspect_file(bytes, everything(), "a.pdf", "image/png");
  if (!taken) {
    must(!documents::message_vi(taken.error()).empty(), "a refusal says why");
    must(!documents::message_en(taken.error()).empty(), "in both languages");
    return 0;
  }
  if (taken->type != MediaType::jpeg && taken->type != MediaType::png) return 0;
  // A large empty picture costs more than a unit may, and says nothing new.
  if (std::uint64_t{taken->width} * taken->height > 200'000) return 0;
  const auto drawn = documents::redraw_image(bytes, taken->type, {.bytes = 2'000'000});
  if (!drawn) return 0;
  const auto again = documents::inspect_file(drawn->bytes);
  must(again.has_value(), "what was drawn anew is taken");
  must(again->width == drawn->width && again->height == drawn->height, "at its size");
  return 0;
}
