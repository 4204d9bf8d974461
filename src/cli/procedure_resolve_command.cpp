// procedure_resolve_command.cpp - motcua procedure resolve: what counts for an agency on a day, and
// which layer said it.
#include <filesystem>
#include <fstream>
#include <iostream>

#include <boost/json.hpp>

#include "calendar/clock.h"
#include "cli/manners.h"
#include "cli/procedure_source.h"
#include "cli/subcommand.h"
#include "procedure/resolution.h"

namespace cli {
namespace {

namespace fs = std::filesystem;

struct ResolveOptions {
  std::string code;
  std::string agency;
  std::string on;
  std::string out;
  ProcedureSource::Places places;
  bool explain = false;
  bool json = false;
};

std::string day_or(const std::optional<calendar::Date>& day, const char* otherwise) {
  return day ? calendar::to_iso(*day) : otherwise;
}

void print_text(const procedure::Resolution& resolution, const ResolveOptions& options) {
  std::cout << options.code << "  " << resolution.digest << "\n"
            << "hiệu lực / in force: " << day_or(resolution.from, "…") << " – "
            << day_or(resolution.to, "…") << "\n";
  for (std::size_t i = 0; i < resolution.origins.size(); ++i) {
    const procedure::Origin& origin = resolution.origins[i];
    std::cout << "[" << i << "] " << procedure::in_words(origin).vi << "\n";
  }
  for (const std::string& name : resolution.written_against_another) {
    std::cout << "viết cho bản khác của cấp trên, cần hợp nhất / written against another base, "
                 "merge it: "
              << name << "\n";
  }
  if (!options.explain) return;
  for (const procedure::ExplainedValue& value : procedure::explain(resolution)) {
    std::cout << "[" << value.origin - resolution.origins.data() << "] " << value.path << " = "
              << value.value << "\n";
  }
}

base::Outcome<base::Done> write_files(const procedure::PackageFiles& files, const fs::path& out) {
  for (const auto& [name, text] : files) {
    const fs::path file = out / name;
    std::error_code error;
    fs::create_directories(file.parent_path(), error);
    std::ofstream stream(file, std::ios::binary | std::ios::trunc);
    stream << text;
    stream.close();
    if (!stream) {
      return base::fault(base::FaultCode::unavailable, "cannot write " + file.string());
    }
  }
  return base::Done{};
}

base::Outcome<int> resolve(const ResolveOptions& options) {
  const auto agency = party::AgencyId::parse(options.agency);
  if (!agency) return report_usage("--agency takes a code such as H41 or H41.101");
  calendar::Date on = calendar::local_date(calendar::SystemClock{}.now());
  if (!options.on.empty()) {
    const auto day = calendar::parse_date(options.on);
    if (!day) return report_usage("--on takes a day such as 2026-08-20");
    on = *day;
  }
  const ProcedureSource source = TRY(ProcedureSource::open(options.places));
  const ReadPackage base = TRY(source.package_of(options.code, on));
  if (base.package == nullptr) {
    print_problems(base.problems, base.name);
    return kFindings;
  }
  form::DefinitionProblems problems;
  const procedure::Overlays overlays = TRY(source.overlays_of(options.code, on, problems));
  if (!problems.empty()) {
    print_problems(problems);
    return kFindings;
  }
  const auto resolution = procedure::resolve(*base.package, overlays, procedure::chain_of(*agency),
                                             on, source.policy());
  if (!resolution) {
    print_problems(resolution.error());
    return kFindings;
  }
  const auto loaded = procedure::load_resolved(*base.package, *resolution, source.dictionary());
  if (!loaded) {
    // The resolved package says where; which overlay brought it, the explanation does.
    print_problems(loaded.error(), options.code + "@" + agency->text());
    return kFindings;
  }
  if (!options.out.empty()) TRY(write_files(resolution->files, options.out));
  if (options.json) {
    base::json::object json = procedure::explanation_json(*resolution);
    json["agency"] = agency->text();
    json["on"] = calendar::to_iso(on);
    if (!options.explain) json.erase("values");
    std::cout << base::to_text(json) << '\n';
  } else {
    print_text(*resolution, options);
  }
  return kDone;
}

}  // namespace

void add_procedure_resolve(CLI::App& procedure, int& status) {
  auto options = std::make_shared<ResolveOptions>();
  CLI::App* command = procedure.add_subcommand(
      "resolve", "The package that counts for an agency on a day, and who said what");
  command->add_option("CODE", options->code, "Code of the procedure")->required();
  command->add_option("--agency", options->agency, "Code of the agency, such as H41.101")
      ->required();
  command->add_option("--on", options->on, "Day, such as 2026-08-20; left out: today");
  command->add_flag("--explain", options->explain, "Every value with the layer it came from");
  command->add_flag("--json", options->json, "As JSON");
  command->add_option("--out", options->out, "Write the resolved package into this folder");
  command->add_option("--packages", options->places.packages, "Folder of the packages");
  command->add_option("--overlays", options->places.overlays,
                      "Folder of the overlays: AGENCY/CODE.yaml");
  command->add_option("--data", options->places.data, "Data folder: take what is published there");
  command->add_option("--store", options->places.store_url, "PostgreSQL store of --data");
  command->callback([options, &status] {
    const auto result = resolve(*options);
    status = result ? *result : report(result.error());
  });
}

}  // namespace cli
