// main.cpp - the command line of motcua.
#include <iostream>

#include "cli/coverage_command.h"
#include "cli/manners.h"
#include "cli/subcommand.h"

int main(int argc, char** argv) {
  CLI::App program{"Một Cửa: administrative procedures from filing to the returned result."};
  program.set_version_flag("--version", std::string{"motcua "} + MOTCUA_VERSION);
  program.require_subcommand(1);
  program.footer(
      "Exit status: 0 done, 1 findings, 2 usage, 3 fault.  stdout carries only the answer;\n"
      "logs go to DIR/log, or to stderr as well with -v.");
  int status = cli::kDone;
  cli::add_serve(program, status);
  cli::add_demo(program, status);
  cli::add_calendar(program, status);
  cli::add_backup(program, status);
  cli::add_journal(program, status);
  cli::add_retention(program, status);
  cli::add_organisation(program, status);
  cli::add_authority(program, status);
  cli::add_files(program, status);
  cli::add_bpmn(program, status);
  cli::add_rules(program, status);
  cli::add_procedure(program, status);
  cli::add_catalogue(program, status);
  cli::add_competence(program, status);
  cli::add_coverage(program, status);
  cli::add_config(program, status);
  try {
    program.parse(argc, argv);
  } catch (const CLI::ParseError& error) {
    const int code = program.exit(error, std::cout, std::cerr);
    return code == 0 ? cli::kDone : cli::kUsage;
  }
  return status;
}
