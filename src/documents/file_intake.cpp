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

}  // namespace

casework::Answer<casework::InspectedUpload> FileIntake::inspect(std::string bytes,
                                                                std::string_view name,
                                                                std::string_view declared) {
  const auto inspected = inspect_file(bytes, name, declared);
  if (!inspected) return refused(inspected.error());
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
