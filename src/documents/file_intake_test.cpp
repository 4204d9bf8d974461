#include "documents/file_intake.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "documents/image_conversion.h"
#include "documents/media_type.h"
#include "documents/test_images.h"

namespace documents {
namespace {

using casework::FailureKind;
using testing::HasSubstr;

casework::OfferedFile offered(std::string bytes, std::string name, std::string declared) {
  return {.bytes = std::move(bytes),
          .name = std::move(name),
          .declared = std::move(declared),
          .procedure = {},
          .component = {}};
}

TEST(FileIntake, KeepsDocumentsByteForByteAndDrawsPicturesAnew) {
  FileIntake intake;
  const std::string pdf = test_images::pdf(2);
  const auto taken = intake.inspect(offered(pdf, "giấy tờ", ""));
  ASSERT_TRUE(taken) << taken.error().detail.en;
  EXPECT_EQ(taken->bytes, pdf);
  EXPECT_EQ(taken->media_type, "application/pdf");
  EXPECT_EQ(taken->converted_from, "");
  for (const auto& [bytes, type] : {std::pair{test_images::jpeg(20, 10), "image/jpeg"},
                                    std::pair{test_images::png(20, 10), "image/png"}}) {
    const auto drawn = intake.inspect(offered(bytes, "giấy tờ", ""));
    ASSERT_TRUE(drawn) << drawn.error().detail.en;
    EXPECT_EQ(drawn->media_type, type);
    EXPECT_EQ(drawn->converted_from, type);
  }
}

TEST(IntakePolicy, SaysForEachPaperWhatIsTaken) {
  const auto policy = parse_intake_policy(
      "accepts: [pdf]\ncomponents: {\"1.2/plan\": [zip, docx]}\n"
      "archive: {entries: 7}\npdf_scripts: taken\n");
  ASSERT_TRUE(policy) << policy.error().message;
  EXPECT_EQ(policy->rules_for("1.2", "plan").accepted,
            (std::vector{MediaType::zip, MediaType::docx}));
  EXPECT_EQ(policy->rules_for("1.3", "plan").accepted, std::vector{MediaType::pdf});
  EXPECT_EQ(policy->rules.archive.entries, 7U);
  EXPECT_TRUE(policy->rules.takes_scripts);
  for (const char* wrong :
       {"accepts: [exe]", "accepts: []", "acepts: [pdf]", "- pdf", "archive: {entries: 0}",
        "archive: {deep: 3}", "pdf_scripts: yes", "process: {memory_bytes: 5}"}) {
    EXPECT_FALSE(parse_intake_policy(wrong)) << wrong;
  }
}

TEST(FileIntake, TurnsHeicIntoJpeg) {
  const std::string heic = test_images::heic(64, 32);
  if (heic.empty()) GTEST_SKIP() << "no encoder for HEIC here";
  const auto taken = FileIntake{}.inspect(offered(heic, "IMG_0001.HEIC", "image/heic"));
  ASSERT_TRUE(taken) << taken.error().detail.en;
  EXPECT_EQ(taken->media_type, "image/jpeg");
  EXPECT_EQ(taken->converted_from, "image/heic");
  EXPECT_EQ(kind_of_content(taken->bytes), ContentKind::jpeg);
}

TEST(FileIntake, DoesNotSendAnyoneHomeForTheNameOfAFile) {
  // A phone names a JPEG .png, a mail program declares nothing useful.
  const auto taken = FileIntake{}.inspect(
      offered(test_images::jpeg(20, 10), "giay-khai-sinh.png", "application/octet"));
  ASSERT_TRUE(taken);
  EXPECT_EQ(taken->media_type, "image/jpeg");
}

TEST(FileIntake, RefusesANameThatMisleads) {
  for (const char* name : {"giay-khai-sinh.pdf", "giấy.exe", "A.HTML", "anh.docx"}) {
    const auto refused =
        FileIntake{}.inspect(offered(test_images::jpeg(20, 10), name, "image/jpeg"));
    ASSERT_FALSE(refused) << name;
    EXPECT_EQ(refused.error().code, "file-name-differs") << name;
    EXPECT_FALSE(refused.error().detail.vi.empty());
  }
  for (const char* name : {"anh.JPG", "anh.png", "không có đuôi", "số 12.2026", "anh.heic"}) {
    EXPECT_TRUE(FileIntake{}.inspect(offered(test_images::jpeg(20, 10), name, "image/jpeg")))
        << name;
  }
}

TEST(FileIntake, RefusesOtherKindsWithWhatTheyAre) {
  const auto refused =
      FileIntake{}.inspect(offered("<!DOCTYPE html><html></html>", "don.pdf", "application/pdf"));
  ASSERT_FALSE(refused);
  EXPECT_EQ(refused.error().kind, FailureKind::unsupported);
  EXPECT_EQ(refused.error().code, "file-type-not-accepted");
  EXPECT_THAT(refused.error().detail.vi, HasSubstr("trang web"));
  EXPECT_THAT(refused.error().detail.en, HasSubstr("a web page"));
  const auto program = FileIntake{}.inspect(offered("MZ\x90", "don.pdf", "application/pdf"));
  ASSERT_FALSE(program);
  EXPECT_EQ(program.error().kind, FailureKind::unsupported);
}

TEST(FileIntake, TellsWhatIsWrongWithAFileOfAnAcceptedKind) {
  const std::string jpeg = test_images::jpeg(40, 40);
  const std::vector<std::pair<std::string, std::string>> cases{
      {"", "file-empty"},
      {jpeg.substr(0, jpeg.size() / 2), "file-truncated"},
      {test_images::encrypted_pdf(), "file-encrypted"},
      {test_images::png_claiming(40'000, 40'000), "file-too-many-pixels"},
      {test_images::png(8, 8) + "PK\x03\x04 hidden", "file-hidden-content"},
  };
  for (const auto& [bytes, code] : cases) {
    SCOPED_TRACE(code);
    const auto refused = FileIntake{}.inspect(offered(bytes, "a.pdf", ""));
    ASSERT_FALSE(refused);
    EXPECT_EQ(refused.error().code, code);
    EXPECT_EQ(refused.error().kind, FailureKind::unprocessable);
    EXPECT_FALSE(refused.error().detail.vi.empty());
    EXPECT_FALSE(refused.error().detail.en.empty());
  }
}

}  // namespace
}  // namespace documents
