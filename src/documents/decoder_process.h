#pragma once
// decoder_process.h - looks at every upload in a process of its own, which has nothing, ends with
// the file, and may crash: `motcua inspect-file`.
//
// A file that breaks the process, or asks for more time or memory than it is given, is refused
// ("file-too-demanding").  Threads may ask at the same time; each gets a process.
#include <filesystem>
#include <string>
#include <vector>

#include "documents/upload_judgement.h"

namespace documents {

// A program that answers one question of upload_judgement.h on its standard streams.
struct DecoderProgram {
  std::vector<std::string> words;  // the path, then its arguments
};

enum class DecoderEnd {
  answered,
  broke,     // by a signal, or without an answer
  too_long,  // killed when its time was over
  absent,    // it could not be started
};
struct DecoderRun {
  DecoderEnd end = DecoderEnd::absent;
  std::string answer;
  std::int64_t peak_memory_bytes = 0;
  std::chrono::microseconds processor{0};
};
[[nodiscard]] DecoderRun run_decoder(const DecoderProgram& program, std::string_view question,
                                     const ProcessLimits& limits);

// For the program itself: reads the question, answers it, and returns the exit status.
[[nodiscard]] int answer_as_decoder(const ProcessLimits& limits);

class ConfinedIntake final : public casework::FileInspector {
 public:
  ConfinedIntake(IntakePolicy policy, DecoderProgram program)
      : policy_(std::move(policy)), program_(std::move(program)) {}

  // As judge_upload(); `unavailable` when the program cannot be started.
  [[nodiscard]] casework::Answer<casework::InspectedUpload> inspect(
      casework::OfferedFile offered) override;

 private:
  IntakePolicy policy_;
  DecoderProgram program_;
};

}  // namespace documents
