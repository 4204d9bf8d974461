// competence_commands.cpp - motcua competence: who is competent and why, what is wrong with the
// province's table, and publishing another one.
#include <iostream>
#include <memory>
#include <optional>
#include <string>

#include <boost/json.hpp>

#include "calendar/clock.h"
#include "casework/competence_changes.h"
#include "cli/compose.h"
#include "cli/manners.h"
#include "cli/subcommand.h"

namespace cli {

namespace {

struct CompetenceOptions {
  std::string data = "motcua-data";
  std::string store;
  std::string file;
  std::string procedure;
  std::string place;
  std::string at;
  std::string on;
  std::string subject;
  bool apply = false;
  std::string by;
  std::string reason;
  std::string act;
  bool json = false;
};
using OptionsPtr = std::shared_ptr<CompetenceOptions>;

int refuse(const casework::Failure& failure) {
  std::cerr << "motcua: " << failure.detail.vi << "\n        " << failure.detail.en << '\n';
  for (const auto& one : failure.problems) {
    std::cerr << "  " << one.field << ": " << one.message.vi << "\n    " << one.message.en << '\n';
  }
  return failure.kind == casework::FailureKind::unavailable ? kFault : kFindings;
}

std::string vi(const base::json::value& value) {
  return base::string_or(value, "vi");
}

void print_preview(const base::json::object& seen) {
  for (const auto& one : seen.at("problems").as_array()) {
    std::cout << "dòng " << base::int_or(one, "line") << ": " << base::string_or(one, "message")
              << "\n    " << base::string_or(one, "remedy") << '\n';
  }
  for (const auto& one : seen.at("findings").as_array()) {
    std::cout << (base::bool_or(one.as_object(), "error") ? "lỗi: " : "lưu ý: ")
              << vi(one.as_object().at("message")) << '\n';
  }
  for (const char* change : {"added", "removed", "changed"}) {
    for (const auto& row : seen.at(change).as_array()) {
      std::cout << change << ": " << row.as_string().c_str() << '\n';
    }
  }
  for (const auto& one : seen.at("effects").as_array()) std::cout << vi(one) << '\n';
  if (base::bool_or(seen, "acceptable")) {
    std::cout << "Bảng thẩm quyền không có lỗi. / The table has no faults.\n";
  }
}

using Work = std::function<base::Outcome<int>(Office&, casework::Workplace&)>;

base::Outcome<int> with_office(const CompetenceOptions& options, bool writes, const Work& work) {
  const Shipped shipped = TRY(find_shipped());
  const DataFolder folder = TRY(DataFolder::open(options.data));
  calendar::SystemClock clock;
  // Definitions may be written beside a server: it takes them over within seconds.
  OfficeOptions how{.store_url = options.store};
  how.beside = writes;
  const auto office = TRY(Office::open(folder, shipped, clock, how));
  return work(*office, office->workplace());
}

// The text of a file, or that in force.
base::Outcome<std::string> text_of(const CompetenceOptions& options,
                                   const casework::Workplace& workplace) {
  if (options.file.empty()) return workplace.competence->text();
  return read_text(options.file);
}

base::Outcome<int> check(const CompetenceOptions& options) {
  return with_office(options, false,
                     [&](Office&, casework::Workplace& workplace) -> base::Outcome<int> {
                       const std::string text = TRY(text_of(options, workplace));
                       const auto preview = casework::preview_competence(workplace, text);
                       if (!preview) return refuse(preview.error());
                       const base::json::object seen = casework::to_json(*preview);
                       if (options.json) {
                         std::cout << base::to_text(seen) << '\n';
                       } else {
                         print_preview(seen);
                       }
                       return preview->acceptable() ? kDone : kFindings;
                     });
}

base::Outcome<int> explain(const CompetenceOptions& options) {
  std::optional<calendar::Date> on;
  if (!options.on.empty()) {
    on = calendar::parse_date(options.on);
    if (!on.has_value()) return report_usage("--on is a day, 2026-12-01");
  }
  casework::Subject subject = casework::Subject::any;
  if (options.subject == "person") subject = casework::Subject::person;
  if (options.subject == "organisation") subject = casework::Subject::organisation;
  return with_office(
      options, false, [&](Office&, casework::Workplace& workplace) -> base::Outcome<int> {
        const auto told = casework::explain_competence(workplace, {.procedure = options.procedure,
                                                                   .place = options.place,
                                                                   .at = options.at,
                                                                   .on = on,
                                                                   .subject = subject});
        if (!told) return refuse(told.error());
        if (options.json) {
          std::cout << base::to_text(*told) << '\n';
          return kDone;
        }
        const auto named = [&](const char* key) {
          const base::json::object& agency = told->at(key).as_object();
          return vi(agency.at("name")) + " (" + base::string_or(agency, "id") + ")";
        };
        const base::json::object& basis = told->at("basis").as_object();
        std::cout << "Cơ quan giải quyết: " << named("agency") << '\n'
                  << "Căn cứ: " << base::string_or(basis, "act") << ' '
                  << base::string_or(basis, "article") << '\n'
                  << "Vì sao: " << vi(basis.at("reason")) << '\n'
                  << "Bộ phận một cửa: " << named("centre") << '\n'
                  << "Tiếp nhận: "
                  << (base::bool_or(*told, "anywhere") ? "bất kỳ bộ phận một cửa nào trong tỉnh"
                                                       : "tại bộ phận một cửa nói trên")
                  << '\n';
        const auto* here = told->if_contains("received_here_reason");
        if (here != nullptr && here->is_object()) std::cout << vi(*here) << '\n';
        return kDone;
      });
}

base::Outcome<int> publish(const CompetenceOptions& options) {
  if (options.apply && (options.by.empty() || options.reason.empty() || options.act.empty())) {
    return report_usage("--apply needs --by, --reason and --act");
  }
  if (!options.apply) return check(options);
  return with_office(
      options, true, [&](Office&, casework::Workplace& workplace) -> base::Outcome<int> {
        const std::string text = TRY(text_of(options, workplace));
        const auto account = workplace.officers.find_username(options.by);
        if (account == nullptr || !account->active) {
          std::cerr << "motcua: Không có tài khoản đang hoạt động tên " << options.by
                    << ".\n        There is no active account " << options.by << ".\n";
          return kFindings;
        }
        const auto version =
            casework::import_competence(workplace, account->officer,
                                        {.text = text,
                                         .reason = options.reason,
                                         .act = options.act,
                                         .expected_version = workplace.competence->version()});
        if (!version) return refuse(version.error());
        std::cout << "Bảng thẩm quyền, phiên bản / table of competence, version " << *version
                  << '\n';
        return kDone;
      });
}

void common(CLI::App& command, const OptionsPtr& options) {
  command.add_option("--data", options->data, "Folder of the store")->capture_default_str();
  command.add_option("--store", options->store, "postgres://… of the store");
  command.add_flag("--json", options->json, "for programs");
}

}  // namespace

void add_competence(CLI::App& program, int& status) {
  CLI::App* competence = program.add_subcommand(
      "competence", "Who is competent for a procedure, where and when, and by which decision");
  competence->require_subcommand(1);
  const auto finish = [&status](const base::Outcome<int>& done) {
    status = done ? *done : report(done.error());
  };

  auto checked = std::make_shared<CompetenceOptions>();
  CLI::App* check_command = competence->add_subcommand(
      "check", "What is wrong with the table of competence: overlaps, gaps, unknown names");
  common(*check_command, checked);
  check_command->add_option("FILE", checked->file, "a table; without it, the one in force");
  check_command->callback([checked, finish] { finish(check(*checked)); });

  auto explained = std::make_shared<CompetenceOptions>();
  CLI::App* explain_command =
      competence->add_subcommand("explain", "Who is competent there and then, and why");
  common(*explain_command, explained);
  explain_command->add_option("--procedure", explained->procedure, "code")->required();
  explain_command->add_option("--place", explained->place, "commune (five digits) or agency");
  explain_command->add_option("--at", explained->at, "centre where somebody wants to file");
  explain_command->add_option("--on", explained->on, "day, 2026-12-01; without it, today");
  explain_command->add_option("--subject", explained->subject, "person or organisation")
      ->check(CLI::IsMember({"person", "organisation"}));
  explain_command->callback([explained, finish] { finish(explain(*explained)); });

  auto imported = std::make_shared<CompetenceOptions>();
  CLI::App* import_command = competence->add_subcommand(
      "import", "What another table would change; with --apply, publishes it");
  common(*import_command, imported);
  import_command->add_option("FILE", imported->file, "the table")->required();
  import_command->add_flag("--apply", imported->apply, "publish it");
  import_command->add_option("--by", imported->by, "username of the province's administrator");
  import_command->add_option("--reason", imported->reason, "why");
  import_command->add_option("--act", imported->act, "the decision");
  import_command->callback([imported, finish] { finish(publish(*imported)); });

  auto shown = std::make_shared<CompetenceOptions>();
  CLI::App* dmn_command =
      competence->add_subcommand("dmn", "The table in force as a DMN model, on stdout");
  common(*dmn_command, shown);
  dmn_command->callback([shown, finish] {
    finish(with_office(
        *shown, false, [](Office&, casework::Workplace& workplace) -> base::Outcome<int> {
          const auto model = workplace.competence->model();
          std::cout << casework::dmn_of(model == nullptr ? casework::CompetenceTable{}
                                                         : model->table());
          return kDone;
        }));
  });
}

}  // namespace cli
