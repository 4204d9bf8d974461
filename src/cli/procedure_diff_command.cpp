// procedure_diff_command.cpp - motcua procedure diff: what changes from one package to another, in
// the words of the law.
#include <iostream>

#include <boost/json.hpp>

#include "cli/manners.h"
#include "cli/procedure_source.h"
#include "cli/subcommand.h"
#include "procedure/difference.h"

namespace cli {
namespace {

struct DiffOptions {
  std::string before;
  std::string after;
  std::string language = "vi";
  ProcedureSource::Places places;
  bool json = false;
};

base::Outcome<int> diff(const DiffOptions& options) {
  const ProcedureSource source = TRY(ProcedureSource::open(options.places));
  const ReadPackage before = TRY(source.package_named(options.before));
  const ReadPackage after = TRY(source.package_named(options.after));
  for (const ReadPackage* read : {&before, &after}) print_problems(read->problems, read->name);
  if (before.package == nullptr || after.package == nullptr) return kFindings;
  const auto found = procedure::differences(*before.package->loaded, *after.package->loaded,
                                            {{}, before.package.get(), after.package.get()});
  if (options.json) {
    base::json::object json = procedure::to_json(found);
    json["before"] = before.package->digest;
    json["after"] = after.package->digest;
    std::cout << base::to_text(json) << '\n';
  } else {
    std::cout << procedure::to_text(found, options.language == "en"
                                               ? calendar::Language::english
                                               : calendar::Language::vietnamese);
  }
  return kDone;
}

}  // namespace

void add_procedure_diff(CLI::App& procedure, int& status) {
  auto options = std::make_shared<DiffOptions>();
  CLI::App* command = procedure.add_subcommand(
      "diff", "What changes for the citizen, the officer, the deadline, the fee and in the law");
  command->add_option("BEFORE", options->before, "Folder of a package, or CODE@DIGEST with --data")
      ->required();
  command->add_option("AFTER", options->after, "The same of the other one")->required();
  command->add_option("--lang", options->language, "vi or en")->check(CLI::IsMember({"vi", "en"}));
  command->add_flag("--json", options->json, "As JSON, in both languages");
  command->add_option("--packages", options->places.packages, "Folder of the packages");
  command->add_option("--data", options->places.data, "Data folder with the revisions");
  command->add_option("--store", options->places.store_url, "PostgreSQL store of --data");
  command->callback([options, &status] {
    const auto result = diff(*options);
    status = result ? *result : report(result.error());
  });
}

}  // namespace cli
