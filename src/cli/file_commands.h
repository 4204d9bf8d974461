#pragma once
// file_commands.h - how the server looks at what strangers hand in, and motcua files list|rescan.
#include <stop_token>

#include "cli/compose.h"
#include "cli/log_file.h"
#include "documents/decoder_process.h"

namespace cli {

// This program, as the one that looks at a single file and ends.
[[nodiscard]] documents::DecoderProgram decoder_program(const documents::ProcessLimits& limits);

// Has files scanned that wait for it, until it is told to stop.  A scanner that is down is an error
// in the log when it goes down, and again every ten minutes, with the number of files that wait.
void judge_files(Office& office, LogFile& log, const std::stop_token& stop);

}  // namespace cli
