#pragma once
// confinement.h - gives up what a decoder of strangers' bytes does not need: files, network, other
// processes, memory and time without end.
//
// For a process that has nothing open but its standard streams, before it reads its input.  There
// is no way back.
#include "documents/intake_policy.h"

namespace documents {

struct Confinement {
  bool limits = false;  // memory, processor time, files that are written, core
  bool filter = false;  // system calls: only memory, the open streams, the clock
};
[[nodiscard]] Confinement confine_this_process(const ProcessLimits& limits);

}  // namespace documents
