#pragma once
// subcommand.h - the subcommands of the program, one file each.
//
// Each adds itself to the command line and sets `status` when it was chosen and has run.
#include <CLI/CLI.hpp>

namespace cli {

void add_serve(CLI::App& program, int& status);
void add_demo(CLI::App& program, int& status);
void add_config(CLI::App& program, int& status);
void add_calendar(CLI::App& program, int& status);
// backup, restore and verify
void add_backup(CLI::App& program, int& status);
void add_journal(CLI::App& program, int& status);
void add_retention(CLI::App& program, int& status);
void add_organisation(CLI::App& program, int& status);
// may and signatures
void add_authority(CLI::App& program, int& status);
// inspect-file, and files list and rescan
void add_files(CLI::App& program, int& status);
void add_bpmn(CLI::App& program, int& status);
// Below `motcua bpmn`, called by add_bpmn.
void add_bpmn_analysis(CLI::App& bpmn, int& status);
void add_bpmn_run(CLI::App& bpmn, int& status);
void add_rules(CLI::App& program, int& status);
void add_procedure(CLI::App& program, int& status);
// Below `motcua procedure`, called by add_procedure.
void add_procedure_check(CLI::App& procedure, int& status);
void add_procedure_migrate(CLI::App& procedure, int& status);
void add_procedure_publishing(CLI::App& procedure, int& status);
void add_procedure_test(CLI::App& procedure, int& status);
void add_procedure_resolve(CLI::App& procedure, int& status);
void add_procedure_diff(CLI::App& procedure, int& status);
void add_procedure_merge(CLI::App& procedure, int& status);
void add_competence(CLI::App& program, int& status);
void add_catalogue(CLI::App& program, int& status);
// Below `motcua catalogue`, called by add_catalogue.
void add_catalogue_drafts(CLI::App& catalogue, int& status);
void add_catalogue_replacements(CLI::App& catalogue, int& status);
void add_catalogue_reconcile(CLI::App& catalogue, int& status);
void add_catalogue_import(CLI::App& catalogue, int& status);
// findings, accept and decline
void add_catalogue_findings(CLI::App& catalogue, int& status);
void add_catalogue_show(CLI::App& catalogue, int& status);

}  // namespace cli
