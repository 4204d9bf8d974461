#pragma once
// manners.h - how every subcommand behaves: stdout carries only the answer, stderr is empty on
// success, the exit status says how it went.
#include <string>

#include "base/fault.h"

namespace cli {

inline constexpr int kDone = 0;
inline constexpr int kFindings = 1;  // the answer is "not in order"
inline constexpr int kUsage = 2;     // the call's words are off
inline constexpr int kFault = 3;     // the world failed

// Writes "motcua: …" to stderr and returns kFault.
int report(const base::Fault& fault);
int report_usage(const std::string& message);

}  // namespace cli
