#include "base/ensure.h"

#include <cstdio>
#include <cstdlib>

namespace base::internal {

void ensure_failed(const char* condition, const char* message, const char* file,
                   int line) noexcept {
  std::fprintf(stderr, "motcua: defect at %s:%d: %s (%s)\n", file, line, message, condition);
  std::abort();
}

}  // namespace base::internal
