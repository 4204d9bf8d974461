// procedure_check_command.cpp - motcua procedure check: what is wrong with packages before they are
// published, with file, line and remedy.
#include <iostream>
#include <memory>
#include <string>
#include <vector>

#include <boost/json.hpp>

#include "base/json.h"
#include "cli/data_folder.h"
#include "cli/manners.h"
#include "cli/subcommand.h"
#include "form/dictionary_yaml.h"
#include "procedure/package_check.h"

namespace cli {

namespace {

struct CheckOptions {
  std::vector<std::string> folders;
  std::string dictionary;
  bool json = false;
};

// Nothing of a hostile file may steer the terminal.
std::string printable(const std::string& text) {
  std::string out;
  for (const char c : text) {
    const auto byte = static_cast<unsigned char>(c);
    out += byte < 0x20 || byte == 0x7F ? ' ' : c;
  }
  return out;
}

base::json::object to_json(const std::string& folder, const procedure::CheckedPackage& checked) {
  base::json::array findings;
  for (const procedure::Finding& one : checked.findings) {
    findings.push_back(base::json::object{{"severity", procedure::to_text(one.severity)},
                                          {"file", one.file},
                                          {"line", one.line},
                                          {"message", one.message},
                                          {"remedy", one.remedy}});
  }
  base::json::object json{{"folder", folder},
                          {"publishable", checked.publishable()},
                          {"findings", std::move(findings)}};
  if (checked.procedure.has_value()) {
    json["code"] = checked.procedure->code;
    json["revision"] = checked.procedure->revision;
    json["digest"] = checked.procedure->digest;
  }
  return json;
}

void print(const std::string& folder, const procedure::CheckedPackage& checked) {
  for (const procedure::Finding& one : checked.findings) {
    std::cout << folder << '/' << printable(one.file) << ':' << one.line << ": "
              << procedure::to_text(one.severity) << ": " << printable(one.message) << "\n    "
              << printable(one.remedy) << '\n';
  }
  if (!checked.procedure.has_value()) return;
  std::cout << folder << ": " << checked.procedure->code << ' ' << checked.procedure->digest << ", "
            << (checked.findings.empty() ? "nothing found"
                : checked.publishable()  ? "warnings only"
                                         : "cannot be published")
            << '\n';
}

base::Outcome<form::Dictionary> read_dictionary(const std::string& folder) {
  const std::filesystem::path place =
      folder.empty() ? TRY(find_shipped()).data / "dictionary" : std::filesystem::path{folder};
  auto dictionary = form::read_dictionary(TRY(read_folder(place)));
  if (dictionary) return std::move(dictionary).value();
  const form::DefinitionProblem& first = dictionary.error().front();
  return base::fault(
      base::FaultCode::invalid,
      place.string() + "/" + first.file + ":" + std::to_string(first.line) + ": " + first.message);
}

int run(const CheckOptions& options) {
  const auto dictionary = read_dictionary(options.dictionary);
  if (!dictionary) return report(dictionary.error());
  bool in_order = true;
  base::json::array packages;
  for (const std::string& folder : options.folders) {
    const auto files = read_folder(folder);
    if (!files) return report(files.error());
    const procedure::CheckedPackage checked = procedure::check_package(*files, *dictionary);
    in_order = in_order && checked.publishable();
    if (options.json) {
      packages.push_back(to_json(folder, checked));
    } else {
      print(folder, checked);
    }
  }
  if (options.json) {
    std::cout << base::json::serialize(base::json::object{{"packages", std::move(packages)}})
              << '\n';
  }
  return in_order ? kDone : kFindings;
}

}  // namespace

void add_procedure_check(CLI::App& procedure, int& status) {
  auto options = std::make_shared<CheckOptions>();
  CLI::App* check = procedure.add_subcommand(
      "check", "What is wrong with packages before they are published; exit 1 on errors");
  check->add_option("DIR", options->folders, "folders of packages")->required();
  check->add_option("--dictionary", options->dictionary,
                    "folder of the dictionary; by default the shipped one");
  check->add_flag("--json", options->json, "for programs");
  check->callback([options, &status] { status = run(*options); });
}

}  // namespace cli
