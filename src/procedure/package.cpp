#include "procedure/package.h"

#include <algorithm>
#include <utility>

#include "base/sha256.h"
#include "bpmn/model_xml.h"
#include "bpmn/process.h"
#include "form/form_yaml.h"
#include "procedure/check.h"
#include "procedure/procedure_yaml.h"
#include "procedure/result_layout.h"
#include "procedure/step_bpmn.h"
#include "rules/dmn_xml.h"

namespace procedure {
namespace {

constexpr std::size_t kFilesMax = 200;
constexpr std::size_t kBytesMax = std::size_t{16} << 20U;

const std::string* find_file(const PackageFiles& files, const std::string& name,
                             form::DefinitionProblems& problems) {
  const auto found = files.find(name);
  if (found != files.end()) return &found->second;
  problems.push_back({name, 0, "the package has no such file", "add it beside procedure.yaml"});
  return nullptr;
}

void read_process(const std::string& xml, Procedure& procedure,
                  form::DefinitionProblems& problems) {
  const std::string file = "process.bpmn";
  const auto model = bpmn::read_model(xml);
  if (!model) {
    problems.push_back({file, model.error().line, model.error().message,
                        "save it as BPMN 2.0 XML from a modeller"});
    return;
  }
  auto process = bpmn::compile(*model);
  if (!process) {
    for (const bpmn::Finding& finding : process.error()) {
      if (finding.severity != bpmn::Severity::error) continue;
      problems.push_back(
          {file, finding.line,
           finding.element.empty() ? finding.message : finding.element + ": " + finding.message,
           "correct the diagram at this element"});
    }
    return;
  }
  procedure.steps = read_steps(*process, file, problems);
  procedure.process = std::make_shared<const bpmn::Process>(std::move(process).value());
}

void read_rules(const PackageFiles& files, Procedure& procedure,
                form::DefinitionProblems& problems) {
  const std::string file = "rules.dmn";
  const auto found = files.find(file);
  if (found == files.end()) return;
  auto model = rules::read_dmn(found->second);
  if (!model) {
    problems.push_back(
        {file, model.error().line, model.error().message, "save it as DMN XML from a modeller"});
    return;
  }
  for (const rules::ModelFinding& finding : model->findings()) {
    problems.push_back({file, finding.line, finding.message, "correct the decision at this line"});
  }
  procedure.rules = std::make_shared<const rules::Model>(std::move(model).value());
}

void read_layouts(const PackageFiles& files, Procedure& procedure,
                  form::DefinitionProblems& problems) {
  const std::string file = "result.yaml";
  const auto found = files.find(file);
  if (found == files.end()) return;
  procedure.result_layouts = read_result_layouts(found->second, file, procedure.form, problems);
  for (const ResultLayout& layout : procedure.result_layouts) {
    if (std::ranges::find(procedure.results, layout.code, &ResultDocument::code) !=
        procedure.results.end()) {
      continue;
    }
    problems.push_back({file, 0, "`" + layout.code + "` is no result of procedure.yaml",
                        "use the code of one of its results"});
  }
}

// Is the file the one that is known already?
bool is_known(const PackageFiles& files, const std::string& name, const LoadOptions& options) {
  if (options.like == nullptr || options.like_files == nullptr) return false;
  const auto found = files.find(name);
  const auto known = options.like_files->find(name);
  if (found == files.end() || known == options.like_files->end()) {
    return found == files.end() && known == options.like_files->end();
  }
  return found->second == known->second;
}

bool within_bounds(const PackageFiles& files, form::DefinitionProblems& problems) {
  std::size_t bytes = 0;
  for (const auto& [name, text] : files) bytes += name.size() + text.size();
  if (files.size() <= kFilesMax && bytes <= kBytesMax) return true;
  problems.push_back({"", 0, "the package has more than 200 files, or more than 16 MiB",
                      "leave out what is not part of the procedure"});
  return false;
}

}  // namespace

form::Defined<Procedure> load_package(const PackageFiles& files, const form::Dictionary& dictionary,
                                      const LoadOptions& options) {
  form::DefinitionProblems problems;
  if (!within_bounds(files, problems)) return base::Failure{std::move(problems)};
  const std::string* yaml = find_file(files, "procedure.yaml", problems);
  const std::string* xml = find_file(files, "process.bpmn", problems);
  const std::string* form_text = find_file(files, "form.yaml", problems);
  Procedure procedure;
  if (yaml != nullptr) procedure = read_procedure_yaml(*yaml, "procedure.yaml", problems);
  if (form_text != nullptr && is_known(files, "form.yaml", options)) {
    procedure.form = options.like->form;
  } else if (form_text != nullptr) {
    auto form = form::read_form(*form_text, dictionary);
    if (form) {
      procedure.form = std::move(form).value();
    } else {
      problems.insert(problems.end(), form.error().begin(), form.error().end());
    }
  }
  if (xml != nullptr && is_known(files, "process.bpmn", options)) {
    procedure.steps = options.like->steps;
    procedure.process = options.like->process;
  } else if (xml != nullptr) {
    read_process(*xml, procedure, problems);
  }
  if (is_known(files, "rules.dmn", options)) {
    procedure.rules = options.like->rules;
  } else {
    read_rules(files, procedure, problems);
  }
  if (!procedure.form.pages.empty()) read_layouts(files, procedure, problems);
  if (problems.empty() && options.checks == LoadOptions::Checks::run) {
    problems = check(procedure, dictionary, files);
  }
  if (!problems.empty()) return base::Failure{std::move(problems)};
  procedure.digest = digest_of(files);
  return procedure;
}

std::string digest_of(const PackageFiles& files) {
  base::Sha256Stream stream;
  for (const auto& [name, text] : files) {
    std::string canonical;
    canonical.reserve(text.size());
    for (std::size_t i = 0; i < text.size(); ++i) {
      if (text[i] == '\r' && i + 1 < text.size() && text[i + 1] == '\n') continue;
      canonical.push_back(text[i]);
    }
    stream.update(std::to_string(name.size()) + ":" + name + std::to_string(canonical.size()) +
                  ":");
    stream.update(canonical);
  }
  const base::Digest digest = stream.finish();
  return base::to_hex(digest);
}

}  // namespace procedure
