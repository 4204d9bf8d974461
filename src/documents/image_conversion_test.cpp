#include "documents/image_conversion.h"

#include <random>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "documents/media_type.h"
#include "documents/pdf_probe.h"
#include "documents/test_images.h"

namespace documents {
namespace {

TEST(HeicToJpeg, GivesAJpegOfTheSameSize) {
  const std::string heic = test_images::heic(96, 64);
  if (heic.empty()) GTEST_SKIP() << "no HEVC encoder";
  const auto jpeg = heic_to_jpeg(heic);
  ASSERT_TRUE(jpeg.has_value()) << jpeg.error().message;
  const auto facts = inspect_file(*jpeg);
  ASSERT_TRUE(facts.has_value());
  EXPECT_EQ(facts->type, MediaType::jpeg);
  EXPECT_EQ(facts->width, 96U);
  EXPECT_EQ(facts->height, 64U);
}

TEST(HeicToJpeg, RefusesWhatIsNotHeicAndSurvivesDamage) {
  EXPECT_FALSE(heic_to_jpeg("").has_value());
  EXPECT_FALSE(heic_to_jpeg(test_images::png(2, 2)).has_value());
  const std::string heic = test_images::heic(64, 64);
  if (heic.empty()) GTEST_SKIP() << "no HEVC encoder";
  const unsigned seed = std::random_device{}();
  SCOPED_TRACE("seed " + std::to_string(seed));
  std::mt19937 random(seed);
  for (int i = 0; i < 40; ++i) {
    std::string damaged = heic;
    for (int k = 0; k < 4; ++k) damaged[random() % damaged.size()] = static_cast<char>(random());
    static_cast<void>(heic_to_jpeg(damaged));
  }
}

TEST(ImagesToPdf, PutsEachImageOnAPageTurnedAsTheImage) {
  std::vector<std::string> images = {test_images::jpeg(300, 200), test_images::png(200, 300),
                                     test_images::png(50, 50, /*with_alpha=*/true)};
  if (auto heic = test_images::heic(96, 64); !heic.empty()) images.push_back(std::move(heic));
  const std::vector<std::string_view> views(images.begin(), images.end());
  const auto pdf = images_to_pdf(views);
  ASSERT_TRUE(pdf.has_value()) << pdf.error().message;
  EXPECT_EQ(probe::qpdf_check(*pdf), 0);
  const auto info = probe::info_of(*pdf);
  EXPECT_EQ(info.pages, static_cast<int>(images.size()));
  EXPECT_NEAR(info.width, 841.89, 0.1);  // the first is landscape
  EXPECT_EQ(inspect_file(*pdf)->pages, static_cast<int>(images.size()));
}

// Colours of a rendered page, in the middle of its four quarters around the picture's centre.
struct Corners {
  char left = '?', right = '?', top = '?', bottom = '?';
};

Corners corners_of(const std::string& pdf) {
  const probe::TemporaryFile file(pdf, ".pdf");
  std::string image;
  probe::run("pdftoppm -r 36 -singlefile " + file.path(), image);  // PPM on standard output
  int width = 0, height = 0, used = 0;
  if (std::sscanf(image.c_str(), "P6 %d %d 255%n", &width, &height, &used) != 2) return {};
  const auto color = [&](int x, int y) {
    const std::size_t at =
        static_cast<std::size_t>(used) + 1 + static_cast<std::size_t>((y * width + x) * 3);
    const auto part = [&](std::size_t i) { return static_cast<unsigned char>(image[at + i]); };
    if (part(0) > 150 && part(2) < 100) return 'r';
    if (part(2) > 150 && part(0) < 100) return 'b';
    return 'w';
  };
  const int x = width / 2, y = height / 2, step = 12;
  return {color(x - step, y), color(x + step, y), color(x, y - step), color(x, y + step)};
}

TEST(ImageToPdf, ObeysTheOrientationOfTheCamera) {
  const auto turned = [](int orientation) {
    return corners_of(*image_to_pdf(test_images::jpeg(200, 200, orientation)));
  };
  // Stored: left red, right blue.
  EXPECT_EQ(turned(1).left, 'r');
  EXPECT_EQ(turned(1).right, 'b');
  EXPECT_EQ(turned(2).left, 'b');
  EXPECT_EQ(turned(3).left, 'b');
  EXPECT_EQ(turned(4).left, 'r');
  // 5 and 6: the first column is the top; 7 and 8: it is the bottom.
  EXPECT_EQ(turned(5).top, 'r');
  EXPECT_EQ(turned(6).top, 'r');
  EXPECT_EQ(turned(6).bottom, 'b');
  EXPECT_EQ(turned(7).top, 'b');
  EXPECT_EQ(turned(8).top, 'b');
  EXPECT_EQ(turned(8).bottom, 'r');
}

TEST(ImageToPdf, KeepsColoursOfPlainAndTransparentPng) {
  EXPECT_EQ(corners_of(*image_to_pdf(test_images::png(200, 200))).left, 'r');
  EXPECT_EQ(corners_of(*image_to_pdf(test_images::png(200, 200))).right, 'b');
  // Half transparent on white paper: neither pure red nor black.
  EXPECT_EQ(corners_of(*image_to_pdf(test_images::png(200, 200, true))).left, 'w');
}

TEST(ImageToPdf, RefusesWhatIsNoImage) {
  EXPECT_FALSE(images_to_pdf({}).has_value());
  EXPECT_FALSE(image_to_pdf("").has_value());
  EXPECT_FALSE(image_to_pdf(test_images::pdf(1)).has_value());
  EXPECT_FALSE(image_to_pdf(test_images::png(20, 20).substr(0, 60)).has_value());
  EXPECT_FALSE(image_to_pdf(test_images::png_claiming(60'000, 60'000)).has_value());
}

}  // namespace
}  // namespace documents
