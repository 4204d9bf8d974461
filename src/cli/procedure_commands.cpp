// procedure_commands.cpp - motcua procedure: packages and overlays checked, tried, published.
#include "cli/subcommand.h"

namespace cli {

void add_procedure(CLI::App& program, int& status) {
  CLI::App* procedure = program.add_subcommand(
      "procedure", "Procedure packages: check, test, resolve, compare, publish, migrate");
  procedure->require_subcommand(1);
  add_procedure_check(*procedure, status);
  add_procedure_migrate(*procedure, status);
  add_procedure_publishing(*procedure, status);
  add_procedure_test(*procedure, status);
  add_procedure_resolve(*procedure, status);
  add_procedure_diff(*procedure, status);
  add_procedure_merge(*procedure, status);
}

}  // namespace cli
