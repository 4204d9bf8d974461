#include "documents/image_redrawing.h"

#include <gtest/gtest.h>

#include "documents/media_jpeg.h"
#include "documents/test_hostile_files.h"
#include "documents/test_images.h"

namespace documents {
namespace {

std::string bytes_of(const std::string& id) {
  for (const auto& one : test_hostile::hostile_pictures()) {
    if (one.id == id) return one.bytes;
  }
  ADD_FAILURE() << id;
  return {};
}

TEST(ImageRedrawing, LeavesNothingOfTheUploadButWhatTheEyeSees) {
  const std::string with_position = bytes_of("jpeg-with-device");
  ASSERT_NE(with_position.find("Exif"), std::string::npos);
  ASSERT_NE(with_position.find("MotCuaPhone"), std::string::npos);
  const auto drawn = redraw_image(with_position, MediaType::jpeg);
  ASSERT_TRUE(drawn);
  for (const char* gone : {"Exif", "MotCuaPhone", "GPS", "\x88\x25"}) {
    EXPECT_EQ(drawn->bytes.find(gone), std::string::npos) << gone;
  }
  // Of segments only what a decoder needs.
  const auto again = inspect_file(drawn->bytes);
  ASSERT_TRUE(again);
  EXPECT_EQ(internal::shape_of_jpeg(drawn->bytes).orientation, 1);
}

TEST(ImageRedrawing, TurnsPicturesUpright) {
  for (int orientation = 1; orientation <= 8; ++orientation) {
    SCOPED_TRACE(orientation);
    const auto drawn = redraw_image(test_images::jpeg(64, 32, orientation), MediaType::jpeg);
    ASSERT_TRUE(drawn);
    const bool on_its_side = orientation >= 5;
    EXPECT_EQ(drawn->width, on_its_side ? 32U : 64U);
    EXPECT_EQ(drawn->height, on_its_side ? 64U : 32U);
    const auto facts = inspect_file(drawn->bytes);
    ASSERT_TRUE(facts);
    EXPECT_EQ(facts->width, drawn->width);
    // Turning twice changes nothing more: it stands upright.
    const auto twice = redraw_image(drawn->bytes, MediaType::jpeg);
    ASSERT_TRUE(twice);
    EXPECT_EQ(twice->width, drawn->width);
  }
}

TEST(ImageRedrawing, KeepsTransparencyOfPng) {
  const auto drawn = redraw_image(test_images::png(33, 7, true), MediaType::png);
  ASSERT_TRUE(drawn);
  EXPECT_EQ(drawn->type, MediaType::png);
  EXPECT_EQ(drawn->width, 33U);
  EXPECT_TRUE(inspect_file(drawn->bytes));
  EXPECT_EQ(drawn->bytes[25], 6);  // colour with transparency
}

TEST(ImageRedrawing, MakesJpegOfHeic) {
  const std::string heic = test_images::heic(64, 32);
  if (heic.empty()) GTEST_SKIP() << "no encoder for HEIC here";
  const auto drawn = redraw_image(heic, MediaType::heic);
  ASSERT_TRUE(drawn);
  EXPECT_EQ(drawn->type, MediaType::jpeg);
  EXPECT_EQ(drawn->width, 64U);
  RedrawLimits small;
  small.heic_pixels = 64 * 31;
  EXPECT_EQ(redraw_image(heic, MediaType::heic, small).error(), FileRefusal::too_many_pixels);
}

TEST(ImageRedrawing, DrawsSmallerWhatCannotBeTurnedAtItsSize) {
  RedrawLimits tight;
  tight.bytes = 400 * 300 * 3 / 2;
  const auto drawn = redraw_image(test_images::jpeg(400, 300, 6), MediaType::jpeg, tight);
  ASSERT_TRUE(drawn);
  EXPECT_EQ(drawn->width, 150U);
  EXPECT_EQ(drawn->height, 200U);
  tight.bytes = 400;
  EXPECT_EQ(redraw_image(test_images::jpeg(400, 300, 6), MediaType::jpeg, tight).error(),
            FileRefusal::too_many_pixels);
  // Upright it is drawn row by row.
  EXPECT_TRUE(redraw_image(test_images::jpeg(400, 300), MediaType::jpeg, tight));
}

}  // namespace
}  // namespace documents
