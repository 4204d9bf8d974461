#pragma once
// coverage_command.h - motcua coverage.
#include "cli/subcommand.h"

namespace cli {

void add_coverage(CLI::App& program, int& status);

}  // namespace cli
