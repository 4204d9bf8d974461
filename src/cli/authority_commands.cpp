// authority_commands.cpp - motcua may, motcua signatures: why somebody may do something, and
// whether what was signed was authorised.
#include <iostream>
#include <memory>

#include <boost/json.hpp>

#include "casework/actions.h"
#include "casework/authority_view.h"
#include "cli/compose.h"
#include "cli/manners.h"
#include "cli/subcommand.h"

namespace cli {

namespace {

struct AuthorityOptions {
  std::string data = "motcua-data";
  std::string store;
  std::string officer;
  std::string action;
  std::string dossier;
  std::string agency;
  std::string task;
  std::string at;
  std::string language = "vi";
  bool json = false;
};

int refuse(const std::string& message) {
  std::cerr << "motcua: " << message << '\n';
  return kUsage;
}

std::string text_of(const AuthorityOptions& options, const base::json::value& text) {
  return base::string_or(text, options.language == "en" ? "en" : "vi");
}

base::Outcome<std::unique_ptr<Office>> open_office(const AuthorityOptions& options,
                                                   calendar::Clock& clock) {
  const Shipped shipped = TRY(find_shipped());
  const DataFolder folder = TRY(DataFolder::open(options.data));
  return Office::open(folder, shipped, clock, {.store_url = options.store, .beside = true});
}

int tell(const AuthorityOptions& options, const casework::Failure& failure) {
  std::cerr << "motcua: " << (options.language == "en" ? failure.detail.en : failure.detail.vi)
            << '\n';
  return failure.kind == casework::FailureKind::unavailable ? kFault : kUsage;
}

base::Outcome<int> run_may(const AuthorityOptions& options) {
  const auto action = party::parse_action(options.action);
  if (!action.has_value()) return refuse("unknown action " + options.action);
  const auto at = calendar::parse_instant(options.at);
  if (!options.at.empty() && !at.has_value()) {
    return refuse("--at has to be a moment, for example 2026-08-20T08:00+07:00");
  }
  calendar::SystemClock clock;
  const auto office = TRY(open_office(options, clock));
  const auto answer =
      casework::explain_may(office->workplace(), {.officer = options.officer,
                                                  .action = *action,
                                                  .dossier = options.dossier,
                                                  .agency = options.agency,
                                                  .task = casework::task_number(options.task),
                                                  .at = at});
  if (!answer) return tell(options, answer.error());
  const bool allowed = answer->at("allowed").get_bool();
  if (options.json) {
    std::cout << base::to_text(*answer) << '\n';
    return allowed ? kDone : kFindings;
  }
  int number = 0;
  for (const base::json::value& step : answer->at("steps").get_array()) {
    std::cout << ++number << ". [" << (step.at("ok").get_bool() ? "+" : "-") << "] "
              << text_of(options, step.at("text")) << '\n';
  }
  const bool vietnamese = options.language != "en";
  std::cout << (allowed ? (vietnamese ? "ĐƯỢC PHÉP: " : "ALLOWED: ")
                        : (vietnamese ? "KHÔNG ĐƯỢC PHÉP: " : "NOT ALLOWED: "))
            << text_of(options, answer->at("reason").at("text")) << '\n';
  return allowed ? kDone : kFindings;
}

base::Outcome<int> run_signatures(const AuthorityOptions& options) {
  calendar::SystemClock clock;
  const auto office = TRY(open_office(options, clock));
  const auto open = casework::open_dossier(office->workplace(), options.dossier);
  if (!open) return tell(options, open.error());
  const auto answer = casework::signatures_json(office->workplace(), *open);
  if (!answer) return tell(options, answer.error());
  const bool all = answer->at("all_authorised").get_bool();
  if (options.json) {
    std::cout << base::to_text(*answer) << '\n';
    return all ? kDone : kFindings;
  }
  for (const base::json::value& one : answer->at("items").get_array()) {
    std::cout << "[" << (one.at("authorised").get_bool() ? "+" : "-") << "] "
              << base::string_or(one, "at") << "  " << text_of(options, one.at("what")) << "  "
              << base::string_or(one.at("officer"), "name") << "\n    "
              << text_of(options, one.at("text")) << '\n';
  }
  return all ? kDone : kFindings;
}

void add_common(CLI::App& command, const std::shared_ptr<AuthorityOptions>& options) {
  command.add_option("--data", options->data, "Folder of the store")->capture_default_str();
  command.add_option("--store", options->store, "postgres://… of the store")
      ->envname("MOTCUA_STORE");
  command.add_option("--language", options->language, "vi or en")
      ->check(CLI::IsMember({"vi", "en"}))
      ->capture_default_str();
  command.add_flag("--json", options->json, "One JSON object");
}

}  // namespace

void add_authority(CLI::App& program, int& status) {
  auto options = std::make_shared<AuthorityOptions>();
  CLI::App* may = program.add_subcommand(
      "may", "May this officer do this, and by what? Step by step; exit status 1: he may not");
  add_common(*may, options);
  may->add_option("--officer", options->officer, "User name or id of the officer")->required();
  may->add_option("--action", options->action, "approve, issue_result, receive …")->required();
  may->add_option("--dossier", options->dossier, "Code or id of the dossier");
  may->add_option("--agency", options->agency, "Without a dossier: about this agency");
  may->add_option("--task", options->task, "Task of the dossier; else its oldest open one");
  may->add_option("--at", options->at, "Moment, e.g. 2026-08-20T08:00+07:00; else now");
  may->callback([options, &status] {
    const auto done = run_may(*options);
    status = done ? *done : report(done.error());
  });
  auto which = std::make_shared<AuthorityOptions>();
  CLI::App* signatures = program.add_subcommand(
      "signatures",
      "Was every signature of a dossier authorised at its moment? Exit status 1: not every one");
  add_common(*signatures, which);
  signatures->add_option("--dossier", which->dossier, "Code or id of the dossier")->required();
  signatures->callback([which, &status] {
    const auto done = run_signatures(*which);
    status = done ? *done : report(done.error());
  });
}

}  // namespace cli
