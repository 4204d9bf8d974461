// catalogue_commands.cpp - motcua catalogue: the national catalogue read, judged, made to run.
#include "cli/subcommand.h"

namespace cli {

void add_catalogue(CLI::App& program, int& status) {
  CLI::App* catalogue = program.add_subcommand(
      "catalogue", "The national catalogue: import, findings, drafts, papers replaced, compare");
  catalogue->require_subcommand(1);
  add_catalogue_import(*catalogue, status);
  add_catalogue_findings(*catalogue, status);
  add_catalogue_show(*catalogue, status);
  add_catalogue_drafts(*catalogue, status);
  add_catalogue_replacements(*catalogue, status);
  add_catalogue_reconcile(*catalogue, status);
}

}  // namespace cli
