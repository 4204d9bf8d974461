#pragma once
// upload_judgement.h - judges one upload and makes what is kept of it: pure, so that it can run in
// a process of its own (decoder_process.h), to which question and answer travel as text.
#include <string>
#include <string_view>

#include "casework/document_ports.h"
#include "documents/intake_policy.h"

namespace documents {

struct JudgementQuestion {
  InspectionRules rules{};
  RedrawLimits picture{};
  std::string name;
  std::string declared;
  std::string bytes;
};

// Failure `unsupported` ("file-type-not-accepted"), else `unprocessable` ("file-damaged",
// "file-encrypted" …), with what the file seems to be, why it is not taken, and what to send.
[[nodiscard]] casework::Answer<casework::InspectedUpload> judge_upload(JudgementQuestion question);

[[nodiscard]] casework::Failure failure_of(const RefusedFile& refused);

//   question, answer := LENGTH ":" json bytes      (LENGTH: decimal, of the JSON text)
//
// An answer without bytes of its own keeps those of the question.
[[nodiscard]] std::string to_wire(const JudgementQuestion& question);
[[nodiscard]] base::Outcome<JudgementQuestion> question_from_wire(std::string wire);
[[nodiscard]] std::string to_wire(const casework::Answer<casework::InspectedUpload>& answer,
                                  std::string_view asked);
// Believes nothing: fault `corrupt` where it is not such an answer.
[[nodiscard]] base::Outcome<casework::Answer<casework::InspectedUpload>> answer_from_wire(
    std::string_view wire, std::string asked);

}  // namespace documents
