#include "documents/media_type.h"

#include <random>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "documents/test_images.h"

namespace documents {
namespace {

using namespace std::string_view_literals;
using testing::HasSubstr;

std::string refusal_of(std::string_view bytes) {
  const auto inspected = inspect_file(bytes);
  return inspected ? "taken" : std::string(code_of(inspected.error().refusal));
}

TEST(KindOfContent, TellsFilesByTheirBytes) {
  const struct {
    std::string_view bytes;
    ContentKind kind;
  } cases[] = {
      {"", ContentKind::empty},
      {"%PDF-1.7\n", ContentKind::pdf},
      {"\xff\xd8\xff\xe0", ContentKind::jpeg},
      {"\x89PNG\r\n\x1a\n", ContentKind::png},
      {"\0\0\0\x18"
       "ftypheic"sv,
       ContentKind::heic},
      {"\0\0\0\x18"
       "ftypqt  "sv,
       ContentKind::video},
      {"GIF89a", ContentKind::gif},
      {"RIFF....WEBP", ContentKind::webp},
      {"II*\0"sv, ContentKind::tiff},
      {"PK\x03\x04rest", ContentKind::zip},
      {"PK\x03\x04....[Content_Types].xml....word/document.xml", ContentKind::word},
      {"PK\x03\x04....xl/workbook.xml", ContentKind::spreadsheet},
      {"PK\x03\x04....ppt/presentation.xml", ContentKind::slides},
      {"PK\x03\x04....mimetypeapplication/vnd.oasis.opendocument.text", ContentKind::open_document},
      {"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", ContentKind::old_office},
      {"Rar!\x1a", ContentKind::archive},
      {"MZ\x90", ContentKind::executable},
      {"\x7f\x45LF\x02", ContentKind::executable},
      {"#!/bin/sh\n", ContentKind::script},
      {"<!DOCTYPE html><html>", ContentKind::html},
      {"\xef\xbb\xbf  <HTML>", ContentKind::html},
      {"<?xml version='1.0'?><svg xmlns='x'>", ContentKind::svg},
      {"<svg onload=alert(1)>", ContentKind::svg},
      {"<?xml version='1.0'?><a/>", ContentKind::xml},
      {"Kính gửi: Ủy ban nhân dân", ContentKind::text},
      {"\x01\x02\x03", ContentKind::unknown},
      {"\xff\xfe\xfd", ContentKind::unknown},
  };
  for (const auto& each : cases) {
    EXPECT_EQ(code_of(kind_of_content(each.bytes)), code_of(each.kind)) << each.bytes;
  }
}

TEST(InspectFile, TakesTheFourTypesWithTheirFacts) {
  const auto pdf = inspect_file(test_images::pdf(3));
  ASSERT_TRUE(pdf.has_value());
  EXPECT_EQ(pdf->pages, 3);
  EXPECT_FALSE(pdf->has_active_content);
  const auto png = inspect_file(test_images::png(7, 5));
  ASSERT_TRUE(png.has_value());
  EXPECT_EQ(png->width, 7U);
  EXPECT_EQ(png->height, 5U);
  const auto jpeg = inspect_file(test_images::jpeg(30, 20));
  ASSERT_TRUE(jpeg.has_value());
  EXPECT_EQ(jpeg->width, 30U);
  EXPECT_EQ(jpeg->height, 20U);
  EXPECT_EQ(refusal_of(test_images::png(1, 1)), "taken");
  EXPECT_EQ(refusal_of(test_images::jpeg(1, 1)), "taken");
  const std::string heic = test_images::heic(64, 48);
  if (heic.empty()) GTEST_SKIP() << "no HEVC encoder";
  const auto taken = inspect_file(heic, "IMG_0001.HEIC", "image/heic");
  ASSERT_TRUE(taken.has_value());
  EXPECT_EQ(taken->type, MediaType::heic);
  EXPECT_EQ(taken->width, 64U);
  EXPECT_FALSE(taken->name_differs || taken->declared_differs);
}

TEST(InspectFile, ReportsNamesAndDeclaredTypesThatDiffer) {
  const std::string png = test_images::png(2, 2);
  EXPECT_TRUE(inspect_file(png, "anh.pdf")->name_differs);
  EXPECT_TRUE(inspect_file(png, "anh")->name_differs);
  EXPECT_FALSE(inspect_file(png, "Ảnh.PNG")->name_differs);
  EXPECT_TRUE(inspect_file(png, "a.png", "application/pdf")->declared_differs);
  EXPECT_FALSE(inspect_file(png, "a.png", "IMAGE/PNG; q=1")->declared_differs);
  EXPECT_FALSE(inspect_file(png, "", "application/octet-stream")->declared_differs);
  EXPECT_FALSE(inspect_file(test_images::jpeg(2, 2), "a.JPG", "image/jpg")->declared_differs);
}

TEST(InspectFile, RefusesWhatIsNotOneOfThem) {
  EXPECT_EQ(refusal_of(""), "empty");
  EXPECT_EQ(refusal_of("PK\x03\x04word/document.xml"), "type_not_accepted");
  EXPECT_EQ(refusal_of("MZ..."), "type_not_accepted");
  EXPECT_EQ(refusal_of("<svg/>"), "type_not_accepted");
  const auto refused = inspect_file("PK\x03\x04word/document.xml", "don.pdf", "application/pdf");
  EXPECT_THAT(message_vi(refused.error()), HasSubstr("văn bản Word"));
  EXPECT_THAT(message_en(refused.error()), HasSubstr("a Word document"));
}

TEST(InspectFile, RefusesEveryTruncation) {
  for (const std::string& whole :
       {test_images::png(20, 20), test_images::jpeg(40, 40), test_images::pdf(2)}) {
    EXPECT_EQ(refusal_of(whole), "taken");
    for (std::size_t cut = 0; cut + 2 < whole.size(); cut += 1 + whole.size() / 97) {
      EXPECT_NE(refusal_of(whole.substr(0, cut)), "taken") << cut << " of " << whole.size();
    }
  }
  const std::string heic = test_images::heic(64, 64);
  for (std::size_t cut = 12; cut < heic.size(); cut += 1 + heic.size() / 37) {
    EXPECT_NE(refusal_of(heic.substr(0, cut)), "taken") << cut << " of " << heic.size();
  }
}

TEST(InspectFile, RefusesPixelBombsByTheirHeader) {
  EXPECT_EQ(refusal_of(test_images::png_claiming(60'000, 60'000)), "too_many_pixels");
  EXPECT_EQ(refusal_of(test_images::png_claiming(0x7fffffff, 1)), "too_many_pixels");
  EXPECT_EQ(refusal_of(test_images::png_claiming(0, 4)), "damaged");
  EXPECT_EQ(refusal_of(test_images::jpeg_claiming(65'500, 65'500)), "too_many_pixels");
  EXPECT_EQ(refusal_of(test_images::jpeg_claiming(10'000, 6'001)), "too_many_pixels");
}

TEST(InspectFile, RefusesFilesHiddenBehindPictures) {
  const std::string zip = "PK\x03\x04stuff" + std::string("PK\x05\x06") + std::string(18, '\0');
  for (const std::string& image : {test_images::png(4, 4), test_images::jpeg(8, 8)}) {
    EXPECT_EQ(refusal_of(image + zip), "hidden_content");
    EXPECT_EQ(refusal_of(image + "xxxx" + zip), "hidden_content");
    EXPECT_EQ(refusal_of(image + "<html><script>alert(1)</script>"), "hidden_content");
    EXPECT_EQ(refusal_of(image + test_images::pdf(1)), "hidden_content");
    EXPECT_EQ(refusal_of(image + "MZ\x90"), "hidden_content");
    // Cameras append previews of their own.
    EXPECT_EQ(refusal_of(image + std::string(500, '\0')), "taken");
    EXPECT_EQ(refusal_of(image + test_images::jpeg(4, 4)), "taken");
  }
  EXPECT_EQ(refusal_of(test_images::pdf(1) + zip), "hidden_content");
  EXPECT_EQ(refusal_of("GIF89a" + test_images::pdf(1)), "type_not_accepted");
}

TEST(InspectFile, LooksIntoPdfs) {
  EXPECT_EQ(refusal_of(test_images::pdf(0)), "no_pages");
  EXPECT_EQ(refusal_of(test_images::encrypted_pdf()), "encrypted");
  EXPECT_EQ(refusal_of("%PDF-1.7\nnothing\n%%EOF\n"), "damaged");
  EXPECT_EQ(refusal_of("%PDF-1.7\n"), "truncated");
  const std::string script =
      test_images::pdf(1, "/OpenAction << /S /JavaScript /JS (app.alert\\(1\\)) >>");
  EXPECT_EQ(refusal_of(script), "active_content");
  EXPECT_EQ(refusal_of(test_images::pdf(1, "/Names << /JavaScript << /Names [] >> >>")),
            "active_content");
  // Where the forms of an agency need it.
  InspectionRules lenient;
  lenient.takes_scripts = true;
  const auto taken = inspect_file(script, lenient, "", "");
  ASSERT_TRUE(taken);
  EXPECT_TRUE(taken->has_active_content);
  EXPECT_FALSE(inspect_file(test_images::pdf(1, "/OpenAction [ null /Fit ]"))->has_active_content);
}

TEST(InspectFile, SurvivesRandomDamage) {
  const unsigned seed = std::random_device{}();
  SCOPED_TRACE("seed " + std::to_string(seed));
  std::mt19937 random(seed);
  const std::string heic = test_images::heic(64, 64);
  for (const std::string& whole :
       {test_images::png(20, 20), test_images::jpeg(40, 40, 6), test_images::pdf(2), heic}) {
    if (whole.empty()) continue;
    for (int i = 0; i < 150; ++i) {
      std::string damaged = whole;
      for (int k = 0; k < 4; ++k) damaged[random() % damaged.size()] = static_cast<char>(random());
      static_cast<void>(inspect_file(damaged, "a.pdf", "image/png"));
    }
  }
}

}  // namespace
}  // namespace documents
