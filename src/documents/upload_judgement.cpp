#include "documents/upload_judgement.h"

#include <algorithm>
#include <array>
#include <utility>

#include "documents/image_redrawing.h"

namespace documents {

namespace {

using casework::FailureKind;

// What a name says of its file: phones name one picture like another, and that does no harm; a
// scan that claims to be a picture, a picture that claims to be a scan, or either that claims to be
// something else entirely would mislead whoever opens it later.
enum class Claim { nothing, picture, document, other };
struct Claimed {
  Claim claim = Claim::nothing;
  std::string ending{};
};
Claimed claim_of(std::string_view name) {
  const std::size_t dot = name.rfind('.');
  if (dot == std::string_view::npos || name.size() - dot > 6) return {};
  std::string ending{name.substr(dot + 1)};
  std::ranges::transform(ending, ending.begin(), [](char c) {
    return c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c;
  });
  for (const char* one : {"jpg", "jpeg", "jpe", "jfif", "png", "heic", "heif"}) {
    if (ending == one) return {Claim::picture, ending};
  }
  for (const char* one : {"pdf", "docx", "xlsx", "odt", "zip"}) {
    if (ending == one) return {Claim::document, ending};
  }
  for (const char* one : {"exe",  "com",  "bat", "cmd", "msi", "js",  "vbs", "ps1",  "sh",  "jar",
                          "html", "htm",  "svg", "xml", "rar", "7z",  "doc", "docm", "xls", "xlsm",
                          "ppt",  "pptx", "mp4", "mov", "scr", "lnk", "hta", "iso",  "php"}) {
    if (ending == one) return {Claim::other, ending};
  }
  return {};
}

bool is_picture(MediaType type) {
  return type == MediaType::jpeg || type == MediaType::png || type == MediaType::heic;
}

bool name_misleads(std::string_view name, MediaType type) {
  const Claimed claimed = claim_of(name);
  switch (claimed.claim) {
    case Claim::nothing:
      return false;
    case Claim::picture:
      return !is_picture(type);
    case Claim::document:
      return claimed.ending != extension_of(type).substr(1);
    case Claim::other:
      return true;
  }
  return true;
}

casework::Failure name_differs(MediaType type) {
  const std::string kind{is_picture(type) ? std::string{"ảnh"} : std::string{name_of(type)}};
  const std::string kind_en{is_picture(type) ? "a picture" : "a file of type " + kind};
  return {FailureKind::unprocessable,
          "file-name-differs",
          {"Tên tệp không đúng với nội dung: bên trong là " + kind +
               ". Hãy đổi đuôi tên tệp cho đúng, hoặc kiểm tra xem có chọn nhầm tệp không.",
           "The file's name does not say what it is: inside is " + kind_en +
               ". Correct its ending, or see whether it is the wrong file."}};
}

}  // namespace

casework::Failure failure_of(const RefusedFile& refused) {
  std::string code = "file-" + std::string{code_of(refused.refusal)};
  std::ranges::replace(code, '_', '-');
  return {refused.refusal == FileRefusal::type_not_accepted ? FailureKind::unsupported
                                                            : FailureKind::unprocessable,
          std::move(code),
          {message_vi(refused), message_en(refused)}};
}

casework::Answer<casework::InspectedUpload> judge_upload(JudgementQuestion question) {
  const auto inspected =
      inspect_file(question.bytes, question.rules, question.name, question.declared);
  if (!inspected) return base::Failure{failure_of(inspected.error())};
  if (name_misleads(question.name, inspected->type)) {
    return base::Failure{name_differs(inspected->type)};
  }
  casework::InspectedUpload upload;
  if (!is_picture(inspected->type)) {
    upload.media_type = mime_of(inspected->type);
    upload.bytes = std::move(question.bytes);
    return upload;
  }
  auto redrawn = redraw_image(question.bytes, inspected->type, question.picture);
  if (!redrawn) {
    return base::Failure{
        failure_of({.refusal = redrawn.error(), .seems = kind_of_content(question.bytes)})};
  }
  upload.bytes = std::move(redrawn->bytes);
  upload.media_type = mime_of(redrawn->type);
  upload.converted_from = mime_of(inspected->type);
  return upload;
}

}  // namespace documents
