#pragma once
// file_intake.h - papers from outside judged within this process: for tests, and for bytes that
// this program made itself.  A server that strangers reach uses decoder_process.h.
//
// Source: TT 01/2023/TT-VPCP, art. 8(2).
#include "documents/upload_judgement.h"

namespace documents {

class FileIntake final : public casework::FileInspector {
 public:
  explicit FileIntake(IntakePolicy policy = {}) : policy_(std::move(policy)) {}

  // As judge_upload().
  [[nodiscard]] casework::Answer<casework::InspectedUpload> inspect(
      casework::OfferedFile offered) override;

 private:
  IntakePolicy policy_;
};

}  // namespace documents
