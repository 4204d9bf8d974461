// procedure_test_command.cpp - motcua procedure test: plays the scenarios of packages and says
// which branches they never took.
#include <algorithm>
#include <atomic>
#include <chrono>
#include <iostream>
#include <memory>
#include <optional>
#include <thread>

#include <boost/json.hpp>

#include "calendar/clock.h"
#include "casework/definition_kinds.h"
#include "cli/compose.h"
#include "cli/manners.h"
#include "cli/rehearsal_office.h"
#include "cli/subcommand.h"
#include "rehearsal/repertoire.h"
#include "rehearsal/run_record.h"
#include "storage/postgres/postgres_store.h"
#include "storage/sqlite/sqlite_store.h"

namespace cli {

namespace {

namespace fs = std::filesystem;

struct TestOptions {
  std::vector<std::string> folders;
  std::string only;
  std::string record;
  std::string data;
  std::string store;
  int floor = 100;
  bool json = false;
  bool verbose = false;
};

// A package with its scenarios, or what keeps it from being tested.
struct Tested {
  std::string folder{};
  form::DefinitionProblems problems{};
  casework::ProcedurePtr procedure{};
  procedure::PackageFiles files{};
  rehearsal::Repertoire repertoire{};
  std::vector<rehearsal::Outcome> outcomes{};  // of each scenario
  rehearsal::RunRecord record{};
};

base::Outcome<Tested> read_package(const std::string& folder, const TestOptions& options,
                                   const RehearsalSurroundings& around) {
  Tested tested;
  tested.folder = folder;
  tested.files = TRY(read_folder(folder));
  auto procedure = procedure::load_package(tested.files, around.dictionary);
  if (!procedure) {
    tested.problems = std::move(procedure).error();
    return tested;
  }
  auto repertoire = rehearsal::read_repertoire(tested.files, *procedure);
  tested.procedure = std::make_shared<const procedure::Procedure>(std::move(procedure).value());
  if (!repertoire) {
    tested.problems = std::move(repertoire).error();
    return tested;
  }
  tested.repertoire = std::move(repertoire).value();
  if (!options.only.empty()) {
    std::erase_if(tested.repertoire.scenarios,
                  [&](const rehearsal::Scenario& one) { return one.name != options.only; });
  }
  tested.outcomes.resize(tested.repertoire.scenarios.size());
  return tested;
}

// Every scenario in an office of its own, as many at once as the machine has cores; the result is
// the same in whatever order they end.
base::Outcome<base::Done> play_all(std::vector<Tested>& all, const RehearsalSurroundings& around) {
  struct Job {
    Tested* package;
    std::size_t scenario;
    std::chrono::milliseconds took{0};
  };
  std::vector<Job> jobs;
  for (Tested& one : all) {
    for (std::size_t i = 0; i < one.outcomes.size(); ++i) jobs.push_back({&one, i});
  }
  std::atomic<std::size_t> next{0};
  std::vector<std::optional<base::Fault>> faults(jobs.size());
  const auto work = [&] {
    for (std::size_t i = next++; i < jobs.size(); i = next++) {
      Job& job = jobs[i];
      const auto begun = std::chrono::steady_clock::now();
      auto played = play_alone(job.package->repertoire.scenarios[job.scenario],
                               job.package->procedure, around);
      job.took = std::chrono::duration_cast<std::chrono::milliseconds>(
          std::chrono::steady_clock::now() - begun);
      if (played) {
        job.package->outcomes[job.scenario] = std::move(played).value();
      } else {
        faults[i] = played.error();
      }
    }
  };
  {
    std::vector<std::jthread> threads;
    const std::size_t wanted = std::clamp<std::size_t>(std::thread::hardware_concurrency(), 1, 16);
    while (threads.size() + 1 < std::min(wanted, jobs.size())) threads.emplace_back(work);
    work();
  }
  for (const auto& fault : faults) {
    if (fault) return base::Failure{*fault};
  }
  for (const Job& job : jobs) job.package->record.milliseconds += job.took.count();
  return base::Done{};
}

void make_record(Tested& tested) {
  const std::int64_t took = tested.record.milliseconds;
  tested.record = rehearsal::record_of(*tested.procedure, tested.outcomes, tested.files);
  tested.record.milliseconds = took;
  tested.record.program = MOTCUA_VERSION;
  tested.record.at = calendar::SystemClock{}.now();
}

std::string place(const std::string& folder, const std::string& file, int line) {
  std::string text = (fs::path{folder} / file).string();
  if (line > 0) text += ":" + std::to_string(line);
  return text;
}

void print_steps(const rehearsal::Scenario& scenario) {
  for (const rehearsal::Step& step : scenario.steps) {
    std::cout << "      " << calendar::to_iso(step.on) << " " << calendar::to_text(step.at) << "  "
              << step.text << '\n';
  }
}

void print(const Tested& tested, const TestOptions& options) {
  if (tested.procedure != nullptr) {
    std::cout << tested.procedure->code << "  " << tested.procedure->name.vi << '\n';
  } else {
    std::cout << tested.folder << '\n';
  }
  for (const form::DefinitionProblem& one : tested.problems) {
    std::cout << "  " << place(tested.folder, one.file, one.line) << ": " << one.message << "; "
              << one.remedy << '\n';
  }
  if (!tested.problems.empty()) return;
  for (std::size_t i = 0; i < tested.outcomes.size(); ++i) {
    const rehearsal::Outcome& one = tested.outcomes[i];
    std::cout << (one.passed() ? "  passed  " : "  FAILED  ") << one.name << "  " << one.title
              << '\n';
    if (options.verbose) print_steps(tested.repertoire.scenarios[i]);
    for (const rehearsal::Miss& miss : one.misses) {
      std::cout << "    " << place(tested.folder, miss.file, miss.line) << ": expected "
                << miss.expected << "\n      got       " << miss.got << "\n      at        "
                << miss.step << '\n';
    }
  }
  if (!options.only.empty()) return;
  std::cout << "  branches " << tested.record.covered << " / " << tested.record.branches << " ("
            << tested.record.percent() << " %)\n";
  for (const rehearsal::Branch& branch : tested.record.missing) {
    std::cout << "    " << place(tested.folder, branch.file, branch.line) << ": " << branch.what
              << (branch.dead ? " can never be taken\n" : " is never taken\n");
  }
}

base::json::object problem_json(const form::DefinitionProblem& one) {
  return {{"file", one.file}, {"line", one.line}, {"message", one.message}, {"remedy", one.remedy}};
}

base::json::array records_json(const std::vector<Tested>& all) {
  base::json::array records;
  for (const Tested& one : all) {
    if (one.problems.empty()) {
      records.push_back(rehearsal::to_json(one.record));
      continue;
    }
    base::json::array problems;
    for (const form::DefinitionProblem& problem : one.problems) {
      problems.push_back(problem_json(problem));
    }
    records.push_back(
        base::json::object{{"folder", one.folder}, {"problems", std::move(problems)}});
  }
  return records;
}

// One package: its record; several: a list of them.  To read where the name ends in .md.
base::Outcome<base::Done> write_records(const std::string& file, const std::vector<Tested>& all) {
  if (file.ends_with(".md")) {
    std::string text;
    for (const Tested& one : all) text += rehearsal::to_markdown(one.record) + "\n";
    return write_durably(file, text);
  }
  base::json::array records = records_json(all);
  const base::json::value value =
      records.size() == 1 ? records.front() : base::json::value(std::move(records));
  return write_durably(file, base::to_text(value) + "\n");
}

base::Outcome<base::Done> keep_records(const TestOptions& options, const std::vector<Tested>& all) {
  const DataFolder folder = TRY(DataFolder::open(options.data));
  const std::optional<FolderHold> hold = TRY(folder.hold_if_free());
  const auto neighbours =
      hold ? storage::sqlite::Neighbours::none : storage::sqlite::Neighbours::beside;
  const auto store =
      options.store.empty()
          ? TRY(storage::sqlite::open_store(folder.store(), kTenant, neighbours))
          : TRY(storage::postgres::open_store(options.store, kTenant, {.connections = 1}));
  std::vector<casework::DefinitionRow> rows;
  for (const Tested& one : all) {
    const auto before =
        TRY(store->find_definition(casework::definition::kProcessTest, one.record.digest, 0));
    rows.push_back({.kind = casework::definition::kProcessTest,
                    .key = one.record.digest,
                    .version = before ? before->version + 1 : 1,
                    .at = one.record.at,
                    .actor = {.kind = dossier::ActorKind::system,
                              .id = {},
                              .name = "motcua procedure test",
                              .agency = {}},
                    .digest = one.record.digest,
                    .body = base::to_text(rehearsal::to_json(one.record))});
  }
  return store->save_definitions(rows);
}

base::Outcome<int> run(const TestOptions& options) {
  const Shipped shipped = TRY(find_shipped());
  const RehearsalSurroundings around = TRY(read_surroundings(shipped));
  std::vector<Tested> all;
  for (const std::string& folder : options.folders) {
    all.push_back(TRY(read_package(folder, options, around)));
  }
  TRY(play_all(all, around));
  std::size_t passed = 0;
  std::size_t failed = 0;
  bool enough = true;
  bool readable = true;
  for (Tested& one : all) {
    if (!one.problems.empty()) {
      readable = false;
      ++failed;
      continue;
    }
    make_record(one);
    failed += one.record.failed();
    passed += one.outcomes.size() - one.record.failed();
    if (one.record.percent() < options.floor) enough = false;
    if (one.outcomes.empty() && options.floor > 0) enough = false;
  }
  if (!options.only.empty()) {
    if (readable && passed + failed == 0) {
      return base::fault(base::FaultCode::not_found, "no scenario is called " + options.only);
    }
    enough = true;
  }
  if (options.json) {
    std::cout << base::to_text(base::json::object{{"passed", passed},
                                                  {"failed", failed},
                                                  {"floor", options.floor},
                                                  {"enough", enough && readable},
                                                  {"records", records_json(all)}})
              << '\n';
  } else {
    for (const Tested& one : all) print(one, options);
    std::cout << passed << " passed, " << failed << " failed\n";
  }
  if (readable && options.only.empty()) {
    if (!options.record.empty()) TRY(write_records(options.record, all));
    if (!options.data.empty()) TRY(keep_records(options, all));
  }
  return failed == 0 && enough ? kDone : kFindings;
}

}  // namespace

void add_procedure_test(CLI::App& procedure, int& status) {
  auto options = std::make_shared<TestOptions>();
  CLI::App* command = procedure.add_subcommand(
      "test", "Play the scenarios of procedure packages and tell the branches they never took");
  command->add_option("DIR", options->folders, "Folder of a procedure package")->required();
  command->add_option("--only", options->only, "Only the scenario of this name; covers nothing");
  command->add_option("--floor", options->floor, "Per cent of the branches that have to be taken")
      ->check(CLI::Range(0, 100))
      ->capture_default_str();
  command->add_option("--record", options->record,
                      "File for the run record: JSON, or Markdown where it ends in .md");
  command->add_option("--data", options->data, "Folder of the store that keeps the run records");
  command->add_option("--store", options->store, "postgres://… of that store")->needs("--data");
  command->add_flag("--json", options->json, "The run records as JSON");
  command->add_flag("--verbose", options->verbose, "Every step of every scenario");
  command->callback([options, &status] {
    const auto done = run(*options);
    status = done ? *done : report(done.error());
  });
}

}  // namespace cli
