#include "documents/file_intake.h"

#include <algorithm>
#include <utility>

#include "documents/image_conversion.h"
#include "documents/media_type.h"

namespace documents {

namespace {

using casework::FailureKind;

base::Failure<casework::Failure> refused(const RefusedFile& file) {
  std::string code = "file-" + std::string{code_of(file.refusal)};
  std::ranges::replace(code, '_', '-');
  return casework::fail(file.refusal == FileRefusal::type_not_accepted ? FailureKind::unsupported
                                                                       : FailureKind::unprocessable,
                        std::move(code), {message_vi(file), message_en(file)});
}

// What a name says of its file: phones name one picture like another, and that does no harm; a
// scan that claims to be a picture, a picture that claims to be a scan, or either that claims to be
// something else entirely would mislead whoever opens it later.
enum class Claim { nothing, picture, pdf, other };
Claim claim_of(std::string_view name) {
  const std::size_t dot = name.rfind('.');
  if (dot == std::string_view::npos || name.size() - dot > 6) return Claim::nothing;
  std::string ending{name.substr(dot + 1)};
  std::ranges::transform(ending, ending.begin(), [](char c) {
    return c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c;
  });
  for (const char* one : {"jpg", "jpeg", "jpe", "jfif", "png", "heic", "heif"}) {
    if (ending == one) return Claim::picture;
  }
  if (ending == "pdf") return Claim::pdf;
  for (const char* one : {"exe",  "com",  "bat",  "cmd", "msi",  "js",  "vbs", "ps1", "sh",
                          "jar",  "html", "htm",  "svg", "xml",  "zip", "rar", "7z",  "doc",
                          "docx", "xls",  "xlsx", "ppt", "pptx", "mp4", "mov"}) {
    if (ending == one) return Claim::other;
  }
  return Claim::nothing;
}

}  // namespace

casework::Answer<casework::InspectedUpload> FileIntake::inspect(std::string bytes,
                                                                std::string_view name,
                                                                std::string_view declared) {
  const auto inspected = inspect_file(bytes, name, declared);
  if (!inspected) return refused(inspected.error());
  const Claim claim = claim_of(name);
  const bool is_pdf = inspected->type == MediaType::pdf;
  if (claim == Claim::other || (claim == Claim::pdf && !is_pdf) ||
      (claim == Claim::picture && is_pdf)) {
    const std::string kind{is_pdf ? "PDF" : "ảnh"};
    const std::string kind_en{is_pdf ? "a PDF" : "a picture"};
    return casework::fail(
        FailureKind::unprocessable, "file-name-differs",
        {"Tên tệp không đúng với nội dung: bên trong là " + kind +
             ". Hãy đổi đuôi tên tệp cho đúng, hoặc kiểm tra xem có chọn nhầm tệp không.",
         "The file's name does not say what it is: inside is " + kind_en +
             ". Correct its ending, or see whether it is the wrong file."});
  }
  casework::InspectedUpload upload;
  if (inspected->type != MediaType::heic) {
    upload.media_type = mime_of(inspected->type);
    upload.bytes = std::move(bytes);
    return upload;
  }
  auto jpeg = heic_to_jpeg(bytes);
  if (!jpeg) {
    if (jpeg.error().code != base::FaultCode::invalid) {
      return base::Failure{casework::failure_from(jpeg.error())};
    }
    return refused({.refusal = FileRefusal::damaged, .seems = ContentKind::heic});
  }
  upload.bytes = std::move(jpeg).value();
  upload.media_type = mime_of(MediaType::jpeg);
  upload.converted_from = mime_of(MediaType::heic);
  return upload;
}

}  // namespace documents
