// rules_commands.cpp - motcua rules tck, eval, check, decide.
#include <algorithm>
#include <filesystem>
#include <iostream>

#include <boost/json.hpp>

#include "base/text.h"
#include "calendar/clock.h"
#include "cli/feel_answer.h"
#include "cli/manners.h"
#include "cli/model_folder.h"
#include "cli/refused.h"
#include "cli/subcommand.h"
#include "cli/tck_folder.h"
#include "rules/dmn_compiled.h"
#include "rules/type.h"

namespace cli {

namespace {

namespace fs = std::filesystem;

constexpr std::size_t kContextBytesMax = 64U << 20U;
constexpr std::size_t kExpressionBytesMax = 1U << 20U;

// ---------------------------------------------------------------- tck

struct TckOptions {
  std::vector<std::string> folders;
};

struct TckTotal {
  int passed = 0;
  int failed = 0;
  std::vector<std::string> external;
};

// Under one DIR by the way from there, else by the whole way.
std::string shown(const fs::path& folder, const fs::path& root, bool alone) {
  const fs::path way = folder.lexically_relative(root);
  if (!alone || way.empty() || way == ".") return folder.string();
  return way.string();
}

void print_folder(const std::string& name, const TckFolder& folder, TckTotal& total) {
  std::cout << name << "  " << folder.passed() << " passed, " << folder.failed() << " failed\n";
  const bool one_file = std::ranges::all_of(
      folder.cases, [&](const TckOutcome& each) { return each.file == folder.cases.front().file; });
  for (const TckOutcome& each : folder.cases) {
    const std::string id = one_file ? each.id : each.file + " " + each.id;
    if (each.calls_external) {
      total.external.push_back(name + " " + id + (each.passed ? "  passed" : "  failed"));
    }
    if (!each.passed) std::cout << "  " << id << ": " << each.message << '\n';
  }
  total.passed += folder.passed();
  total.failed += folder.failed();
}

Answer<int> tck(const TckOptions& options) {
  std::vector<std::vector<fs::path>> found;
  for (const std::string& root : options.folders) {
    auto folders = find_tck_folders(root);
    if (!folders) return refuse_words(folders.error().message);
    found.push_back(*std::move(folders));
  }
  TckTotal total;
  for (std::size_t i = 0; i < found.size(); ++i) {
    for (const fs::path& path : found[i]) {
      const TckFolder folder = run_tck_folder(path);
      if (folder.cases.empty()) continue;
      print_folder(shown(path, options.folders[i], found.size() == 1), folder, total);
    }
  }
  if (!total.external.empty()) {
    std::cout << "\nCalling functions in Java or PMML, which the engine refuses ("
              << total.external.size() << "):\n";
    for (const std::string& each : total.external) std::cout << "  " << each << '\n';
  }
  if (total.passed + total.failed == 0) {
    std::cerr << "motcua: no test file (XML whose root is testCases) was found\n";
  }
  std::cout << total.passed << " passed, " << total.failed << " failed\n";
  return total.failed == 0 ? kDone : kFindings;
}

// ---------------------------------------------------------------- eval

struct EvalOptions {
  std::string expression;
  std::string model;     // of decide, a file
  std::string decision;  // of decide
  std::string context;   // a JSON file, or "-"
  std::string now;
  bool lines = false;
  bool json = false;
};

Answer<rules::Bounds> bounds_of(const EvalOptions& options) {
  rules::Bounds bounds;
  if (options.now.empty()) {
    calendar::SystemClock clock;
    bounds.now = rules::DateTime::parse(calendar::to_iso(clock.now()));
    return bounds;
  }
  bounds.now = rules::DateTime::parse(options.now);
  if (!bounds.now) {
    return refuse_words("--now \"" + options.now +
                        "\" is no moment: write it like 2026-08-20T10:00:00+07:00");
  }
  return bounds;
}

Answer<base::json::value> context_of(const EvalOptions& options) {
  if (options.context.empty()) return base::json::value(base::json::object{});
  const std::string text = TRY(told(read_bounded(options.context, kContextBytesMax)));
  auto json = base::parse_json(text);
  if (!json) return refuse({json.error().code, options.context + ": " + json.error().message});
  if (json->is_object()) return *std::move(json);
  return refuse({base::FaultCode::invalid, options.context + ": no JSON object"});
}

void print_evaluation(const rules::Evaluation& evaluation, bool json) {
  for (const rules::Problem& problem : evaluation.problems) {
    std::cerr << "motcua: " << in_words(problem) << '\n';
  }
  std::cout << (json ? base::to_text(rules::to_json(evaluation.value))
                     : rules::to_text(evaluation.value))
            << '\n';
}

bool was_stopped(const rules::Evaluation& evaluation) {
  return std::ranges::any_of(evaluation.problems, [](const rules::Problem& problem) {
    return problem.code == rules::ProblemCode::bound_reached;
  });
}

Answer<int> eval(const EvalOptions& options) {
  const rules::Bounds bounds = TRY(bounds_of(options));
  if (options.lines) {
    if (!options.expression.empty() || !options.context.empty()) {
      return refuse_words("--lines reads expressions and contexts from stdin");
    }
    std::ios::sync_with_stdio(false);
    answer_feel_lines(std::cin, std::cout, bounds);
    return kDone;
  }
  if (options.expression.empty()) return refuse_words("which expression?");
  if (options.expression == "-" && options.context == "-") {
    return refuse_words("only one of the expression and the context can come from stdin");
  }
  const std::string text = options.expression == "-"
                               ? TRY(told(read_bounded("-", kExpressionBytesMax)))
                               : options.expression;
  const rules::Value context = rules::from_json(TRY(context_of(options)), rules::JsonForm::tagged);
  const auto evaluation = evaluate_feel(text, context, bounds);
  if (!evaluation) {
    std::cerr << "motcua: " << point_at(evaluation.error(), text) << '\n';
    return kFindings;
  }
  print_evaluation(*evaluation, options.json);
  return was_stopped(*evaluation) ? kFindings : kDone;
}

// ---------------------------------------------------------------- check, decide

struct CheckOptions {
  std::vector<std::string> files;
};

base::Outcome<rules::Model> read_model(const fs::path& file) {
  ModelFolder folder{file.has_parent_path() ? file.parent_path() : fs::path{"."}};
  return folder.model(file.filename().string());
}

int check_file(const std::string& file) {
  const auto model = read_model(file);
  if (!model) {
    std::cout << fs::path{file}.replace_filename(model.error().message).string() << '\n';
    return kFindings;
  }
  for (const rules::ModelFinding& finding : model->findings()) {
    std::cout << file << ':' << finding.line << ": " << finding.message << '\n';
  }
  if (!model->findings().empty()) return kFindings;
  std::cout << file << ": in order, " << model->decisions().size() << " decisions\n";
  return kDone;
}

Answer<int> check(const CheckOptions& options) {
  int status = kDone;
  for (const std::string& file : options.files) status = std::max(status, check_file(file));
  return status;
}

// Each input as its type asks: JSON has no dates.
rules::Value inputs_of(const rules::Model& model, const base::json::value& json) {
  rules::Context inputs;
  for (const auto& [key, value] : json.get_object()) {
    const std::string name = base::to_nfc(key);
    rules::Type type;
    for (const rules::CompiledModel::Element& element : model.compiled().elements) {
      if (element.kind == rules::CompiledModel::ElementKind::input && element.name == name) {
        type = element.type;
      }
    }
    inputs.set(name, rules::from_json(value, type));
  }
  return inputs;
}

Answer<int> decide(const EvalOptions& options) {
  const rules::Bounds bounds = TRY(bounds_of(options));
  const rules::Model model = TRY(told(read_model(options.model)));
  const base::json::value json = TRY(context_of(options));
  const auto decided = rules::decide_with_problems(model, base::to_nfc(options.decision),
                                                   inputs_of(model, json), bounds);
  if (decided) {
    print_evaluation(*decided, options.json);
    return kDone;
  }
  if (decided.error().refusal == rules::DecisionRefusal::bound_reached) {
    std::cerr << "motcua: " << decided.error().message << '\n';
    return kFindings;
  }
  std::string known;
  for (const rules::DecisionEntry& entry : model.decisions()) {
    known += (known.empty() ? "" : ", ") + ("'" + entry.name + "'");
  }
  return refuse_words(decided.error().message + "; the model has " +
                      (known.empty() ? "none" : known));
}

template <class Options>
std::pair<CLI::App*, std::shared_ptr<Options>> add_command(CLI::App& group, const char* name,
                                                           const char* about,
                                                           Answer<int> (*run)(const Options&),
                                                           int& status) {
  CLI::App* command = group.add_subcommand(name, about);
  auto options = std::make_shared<Options>();
  command->callback([options, run, &status] {
    const Answer<int> answer = run(*options);
    status = answer ? *answer : answer.error().status;
  });
  return {command, options};
}

void add_context(CLI::App& command, EvalOptions& options) {
  command.add_option("--context", options.context, "A JSON file with the variables; - is stdin");
  command.add_option("--now", options.now, "The moment of now(); else the present one");
  command.add_flag("--json", options.json, "The value as JSON");
}

}  // namespace

void add_rules(CLI::App& program, int& status) {
  CLI::App* group = program.add_subcommand("rules", "Rules by the standard: FEEL and DMN");
  group->require_subcommand(1);

  auto [tck_command, tested] = add_command<TckOptions>(
      *group, "tck", "Run test files of the DMN Technology Compatibility Kit", tck, status);
  tck_command->add_option("DIR", tested->folders, "Folders, searched with their sub-folders")
      ->required();

  auto [eval_command, evaluated] =
      add_command<EvalOptions>(*group, "eval", "The value of a FEEL expression", eval, status);
  eval_command->add_option("EXPRESSION", evaluated->expression,
                           "In quotes; - reads it from stdin; after -- where it begins with -");
  add_context(*eval_command, *evaluated);
  eval_command->add_flag("--lines", evaluated->lines,
                         "Read {\"expression\": \"…\", \"context\": {…}} from stdin, one a line, "
                         "and answer each with a line of JSON");

  auto [check_command, checked] = add_command<CheckOptions>(
      *group, "check", "What in a DMN model cannot be evaluated, with its line", check, status);
  check_command->add_option("FILE", checked->files, "DMN files")->required();

  auto [decide_command, decided] = add_command<EvalOptions>(
      *group, "decide", "Decide by a DMN model; models beside it can be imported", decide, status);
  decide_command->add_option("FILE", decided->model, "The DMN file")->required();
  decide_command->add_option("DECISION", decided->decision, "Its name or id")->required();
  add_context(*decide_command, *decided);
}

}  // namespace cli
