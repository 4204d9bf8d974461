#pragma once
// file_intake.h - papers from outside on their way in: judged by content, HEIC turned into JPEG.
//
// A wrong ending or a wrong declared type is no reason to send anyone home: phones and mail
// programs name files as they like.  What counts, and what is kept, is what the bytes are.
//
// Source: TT 01/2023/TT-VPCP, art. 8(2).
#include <string>
#include <string_view>

#include "casework/document_ports.h"

namespace documents {

class FileIntake final : public casework::FileInspector {
 public:
  // Failure `unsupported` ("file-type-not-accepted"), else `unprocessable` ("file-damaged",
  // "file-encrypted" …), with what the file seems to be and what to send.
  [[nodiscard]] casework::Answer<casework::InspectedUpload> inspect(
      std::string bytes, std::string_view name, std::string_view declared) override;
};

}  // namespace documents
