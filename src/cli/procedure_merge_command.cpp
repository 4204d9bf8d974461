// procedure_merge_command.cpp - motcua procedure merge: an overlay brought to the next base, or the
// conflicts that somebody has to decide.
#include <iostream>

#include <boost/json.hpp>

#include "cli/manners.h"
#include "cli/model_folder.h"
#include "cli/procedure_source.h"
#include "cli/subcommand.h"
#include "procedure/merge.h"

namespace cli {
namespace {

constexpr std::size_t kOverlayBytesMax = 1U << 20U;

struct MergeOptions {
  std::string before;
  std::string after;
  std::string overlay;
  ProcedureSource::Places places;
  bool json = false;
};

// Does the merged overlay hold together with the new base?  Its step limits may not add up now.
form::DefinitionProblems trial(const procedure::Merge& merged, const ReadPackage& after,
                               const ProcedureSource& source) {
  procedure::Applicable applicable;
  if (!merged.overlay.changes.empty()) {
    applicable.overlays.push_back(std::make_shared<procedure::Overlay>(merged.overlay));
  }
  const auto resolution = procedure::resolve(*after.package, applicable, source.policy());
  if (!resolution) return resolution.error();
  auto loaded = procedure::load_resolved(*after.package, *resolution, source.dictionary());
  return loaded ? form::DefinitionProblems{} : std::move(loaded).error();
}

base::Outcome<int> merge(const MergeOptions& options) {
  const ProcedureSource source = TRY(ProcedureSource::open(options.places));
  const ReadPackage before = TRY(source.package_named(options.before));
  const ReadPackage after = TRY(source.package_named(options.after));
  for (const ReadPackage* read : {&before, &after}) print_problems(read->problems, read->name);
  if (before.package == nullptr || after.package == nullptr) return kFindings;
  const std::string text = TRY(read_bounded(options.overlay, kOverlayBytesMax));
  const auto overlay = procedure::read_overlay(text, options.overlay, source.parts());
  if (!overlay) {
    print_problems(overlay.error());
    return kFindings;
  }
  if (overlay->code != after.package->code || overlay->code != before.package->code) {
    print_problems({{options.overlay, 0,
                     "the overlay is for " + overlay->code + ", the packages are " +
                         before.package->code + " and " + after.package->code,
                     "name the packages of the overlay's own procedure"}});
    return kFindings;
  }
  const procedure::Merge merged =
      procedure::merge(*before.package, *after.package, *overlay, source.policy());
  const form::DefinitionProblems problems = trial(merged, after, source);
  if (options.json) {
    base::json::object json = procedure::to_json(merged);
    base::json::array list;
    for (const form::DefinitionProblem& one : problems) {
      list.push_back(base::json::object{{"file", one.file},
                                        {"line", one.line},
                                        {"message", one.message},
                                        {"remedy", one.remedy}});
    }
    json["problems"] = std::move(list);
    std::cout << base::to_text(json) << '\n';
  } else {
    std::cout << procedure::write_overlay(merged.overlay);
    for (const procedure::Conflict& one : merged.conflicts) {
      std::cerr << options.overlay << ":" << one.line << ": " << one.text.vi << "\n    "
                << one.text.en << '\n';
    }
    print_problems(problems, "merged");
  }
  return merged.conflicts.empty() && problems.empty() ? kDone : kFindings;
}

}  // namespace

void add_procedure_merge(CLI::App& procedure, int& status) {
  auto options = std::make_shared<MergeOptions>();
  CLI::App* command = procedure.add_subcommand(
      "merge", "Bring an overlay from the base it was written against to the next one");
  command->add_option("OLD_BASE", options->before, "Folder, or CODE@DIGEST with --data")
      ->required();
  command->add_option("NEW_BASE", options->after, "Folder, or CODE@DIGEST with --data")->required();
  command->add_option("OVERLAY", options->overlay, "File of the overlay; - for stdin")->required();
  command->add_flag("--json", options->json, "As JSON, with the merged overlay as a text");
  command->add_option("--data", options->places.data, "Data folder with the revisions");
  command->add_option("--store", options->places.store_url, "PostgreSQL store of --data");
  command->callback([options, &status] {
    const auto result = merge(*options);
    status = result ? *result : report(result.error());
  });
}

}  // namespace cli
