// bpmn_run_commands.cpp - motcua bpmn run: plays one instance of a process by a script.
#include <filesystem>
#include <iostream>
#include <memory>

#include <boost/json.hpp>

#include "bpmn/event_json.h"
#include "bpmn/instance_json.h"
#include "bpmn/model_xml.h"
#include "bpmn/scripted_run.h"
#include "cli/manners.h"
#include "cli/model_folder.h"
#include "cli/subcommand.h"

namespace cli {

namespace {

constexpr std::size_t kModelBytesMax = 64U << 20U;
constexpr std::size_t kScriptBytesMax = 1U << 20U;

struct RunOptions {
  std::string file;
  std::string script;
  std::string process;
  std::vector<std::string> library;
  bool json = false;
};

base::Outcome<bpmn::Model> model_in(const std::string& file) {
  const std::string xml = TRY(read_bounded(file, kModelBytesMax));
  auto model = bpmn::read_model(xml);
  if (model) return std::move(*model);
  return base::fault(base::FaultCode::invalid, file + ":" + std::to_string(model.error().line) +
                                                   ": " + model.error().message);
}

// "task_opened  approveInvoice  "Approve Invoice"": what happened, where, and what people call it.
void print(const bpmn::Process& process, const bpmn::Event& event) {
  const base::json::value json = bpmn::to_json(event);
  const base::json::object& members = json.as_object();
  std::string line;
  for (const char* name : {"type", "node", "flow", "state", "code"}) {
    const base::json::value* member = members.if_contains(name);
    if (member == nullptr || !member->is_string()) continue;
    line += (line.empty() ? "" : "  ") + std::string{member->as_string()};
    if (std::string_view{name} != "node") continue;
    const bpmn::ProcessNode* node = process.find_node(std::string_view{member->as_string()});
    if (node != nullptr && !node->name.empty()) line += "  \"" + node->name + "\"";
  }
  for (char& c : line) c = c == '\n' || c == '\r' ? ' ' : c;
  std::cout << line << '\n';
}

base::Outcome<int> run(const RunOptions& options) {
  const bpmn::Model model = TRY(model_in(options.file));
  std::vector<bpmn::Model> others;
  for (const std::string& file : options.library) others.push_back(TRY(model_in(file)));
  bpmn::CompileOptions with;
  for (const bpmn::Model& other : others) with.library.push_back(&other);
  const auto process = bpmn::compile(model, options.process, with);
  if (!process) {
    for (const bpmn::Finding& finding : process.error()) {
      if (finding.severity != bpmn::Severity::error) continue;
      std::cerr << options.file << ":" << bpmn::to_text(finding) << '\n';
    }
    return kFindings;
  }
  const std::string script = TRY(read_bounded(options.script, kScriptBytesMax));
  const auto played = bpmn::run_script(*process, script);
  if (!played) {
    std::cerr << options.script << ":" << played.error().line << ": " << played.error().message
              << '\n';
    return kFindings;
  }
  if (options.json) {
    base::json::array events;
    for (const bpmn::Event& event : played->events) events.push_back(bpmn::to_json(event));
    std::cout << R"({"events":)" << base::to_text(events) << R"(,"instance":)"
              << bpmn::to_json_text(*process, played->instance) << "}\n";
  } else {
    for (const bpmn::Event& event : played->events) print(*process, event);
    std::cout << bpmn::to_string(played->instance.state) << '\n';
  }
  return kDone;
}

}  // namespace

void add_bpmn_run(CLI::App& bpmn, int& status) {
  auto options = std::make_shared<RunOptions>();
  CLI::App* command = bpmn.add_subcommand("run", "Play one instance by a script, in memory");
  command->add_option("file", options->file, "Diagram, BPMN 2.0 XML")->required();
  command
      ->add_option(
          "script", options->script,
          "Lines such as: start | complete \"Task\" | with x = 1 | expect completed; - for "
          "stdin")
      ->required();
  command->add_option("--process", options->process, "Id, where there are several");
  command->add_option("--with", options->library, "Diagrams of called processes");
  command->add_flag("--json", options->json, "Events and the instance as JSON");
  command->footer(
      "Nothing is stored, nothing is sent. Exit status: 0 played to the script's end, 1 the "
      "process\n"
      "cannot run or the script's line cannot be done or expected something else.");
  command->callback([options, &status] {
    const auto ran = run(*options);
    status = ran ? *ran : report(ran.error());
  });
}

}  // namespace cli
