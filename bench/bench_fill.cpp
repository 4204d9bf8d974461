// bench_fill.cpp - makes the store of N dossiers that the other benchmarks read.
#include <iostream>

#include <CLI/CLI.hpp>
#include <unistd.h>

#include "cli/demo_people.h"
#include "figure.h"
#include "office_life.h"

namespace {

void fill(const std::string& data, const bench::OfficeLife& wanted) {
  const auto shipped = cli::find_shipped();
  if (!shipped) bench::give_up(shipped.error().message);
  const auto folder = cli::DataFolder::open(data);
  if (!folder) bench::give_up(folder.error().message);
  calendar::SystemClock system;
  const calendar::Instant until = system.now();
  calendar::ManualClock clock{until - std::chrono::days{wanted.days + 1}};
  const auto office =
      cli::Office::open(*folder, *shipped, clock, {.public_url = "http://127.0.0.1:8080"});
  if (!office) bench::give_up(office.error().message);
  const auto before = (*office)->workplace().store.dossier_count();
  if (!before || *before > 0) bench::give_up(data + " is not an empty store");
  for (const identity::OfficerForm& form : cli::demo_officers()) {
    if (!(*office)->accounts().put_account(form, cli::kDemoPassword, false)) {
      bench::give_up("no account for " + form.username);
    }
  }
  const auto start = bench::Stopwatch::now();
  double told = 0;
  const bench::OfficeLived lived =
      bench::live(**office, clock, until, wanted, [&](const bench::OfficeLived& now) {
        const double took = bench::seconds_since(start);
        if (took < told + 2) return;
        told = took;
        bench::note(bench::grouped(static_cast<double>(now.filed)) + " filed, " +
                    bench::grouped(static_cast<double>(now.closed)) + " closed, " +
                    bench::grouped(static_cast<double>(now.commands) / took) + " commands/s");
      });
  const double took = bench::seconds_since(start);
  bench::print({.what = "Filling a store: " + bench::grouped(static_cast<double>(lived.filed)) +
                        " dossiers filed, " + bench::grouped(static_cast<double>(lived.closed)) +
                        " of them closed, " + bench::grouped(static_cast<double>(lived.refused)) +
                        " commands refused",
                .goal = "",
                .measured = bench::grouped(static_cast<double>(lived.commands)) + " commands in " +
                            bench::fixed(took, 1) + " s, " +
                            bench::grouped(static_cast<double>(lived.commands) / took) + "/s"});
}

}  // namespace

int main(int argc, char** argv) {
  CLI::App program{"Fills a new data folder with dossiers at different points of their lives"};
  std::string data;
  bench::OfficeLife wanted;
  program.add_option("--data", data, "Folder of the store; must hold no dossiers")->required();
  program.add_option("--dossiers", wanted.dossiers)->capture_default_str();
  program.add_option("--days", wanted.days)->capture_default_str();
  program.add_option("--seed", wanted.seed)->capture_default_str();
  program.add_option("--threads", wanted.threads)->capture_default_str();
  CLI11_PARSE(program, argc, argv);
  fill(data, wanted);
  return 0;
}
