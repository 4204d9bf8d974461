#pragma once
// ensure.h - the third channel of failure: a defect of ours, never a matter of input.

namespace base::internal {
// Writes file, line and message to stderr and aborts.  The process restarts and replays.
[[noreturn]] void ensure_failed(const char* condition, const char* message, const char* file,
                                int line) noexcept;
}  // namespace base::internal

// On in release builds too.  Never for input, never caught.
#define ENSURE(condition, message)    \
  ((condition) ? static_cast<void>(0) \
               : ::base::internal::ensure_failed(#condition, message, __FILE__, __LINE__))
