// procedure_publishing_commands.cpp - motcua procedure publish, approve, history: what is in force.
#include "cli/subcommand.h"

namespace cli {

void add_procedure_publishing(CLI::App& procedure, int& status) {
  (void)procedure;
  (void)status;
}

}  // namespace cli
