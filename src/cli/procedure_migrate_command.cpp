// procedure_migrate_command.cpp - motcua procedure migrate: what would become of running dossiers
// under the process of another revision, moving them, and taking that back.
#include <iostream>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include <boost/json.hpp>

#include "base/random.h"
#include "calendar/clock.h"
#include "casework/migration.h"
#include "cli/compose.h"
#include "cli/manners.h"
#include "cli/subcommand.h"

namespace cli {

namespace {

struct MigrateOptions {
  std::string data = "motcua-data";
  std::string store;
  std::string code;
  std::string from;
  std::string to;
  std::vector<std::string> map;
  bool apply = false;
  std::string id;
  std::string revert;
  std::string by;
  std::string reason;
  std::string act;
  bool json = false;
};

int refuse(const casework::Failure& failure) {
  std::cerr << "motcua: " << failure.detail.vi << "\n        " << failure.detail.en << '\n';
  return failure.kind == casework::FailureKind::unavailable ? kFault : kFindings;
}

void print(const std::vector<casework::MigratedDossier>& dossiers) {
  for (const casework::MigratedDossier& one : dossiers) {
    std::cout << one.code << "  " << one.agency << "  " << one.step << "  "
              << casework::to_text(one.effect) << '\n';
    for (const calendar::Bilingual& why : one.why) std::cout << "    " << why.vi << '\n';
  }
}

std::optional<casework::MigrationPlan> plan_of(const MigrateOptions& options) {
  casework::MigrationPlan plan{
      .procedure = options.code, .from = options.from, .to = options.to, .mapping = {}};
  for (const std::string& pair : options.map) {
    const std::size_t equals = pair.find('=');
    if (equals == 0 || equals == std::string::npos || equals + 1 == pair.size()) {
      return std::nullopt;
    }
    plan.mapping[pair.substr(0, equals)] = pair.substr(equals + 1);
  }
  return plan;
}

int preview(casework::Workplace& workplace, const MigrateOptions& options,
            const casework::MigrationPlan& plan) {
  const auto seen = casework::preview_migration(workplace, plan);
  if (!seen) return refuse(seen.error());
  if (options.json) {
    std::cout << base::to_text(casework::to_json(*seen)) << '\n';
  } else {
    if (seen->moves + seen->needs_human > 0) {
      std::cout << procedure::to_text(seen->differences, calendar::Language::vietnamese);
    }
    print(seen->dossiers);
    std::cout << "Giữ nguyên / unchanged: " << seen->unchanged
              << "; chuyển được / move: " << seen->moves
              << "; cần người xem / need a human: " << seen->needs_human << '\n';
  }
  return seen->needs_human == 0 ? kDone : kFindings;
}

int tell(const casework::Answer<casework::MigrationDone>& done, bool json) {
  if (!done) return refuse(done.error());
  if (json) {
    std::cout << base::to_text(casework::to_json(*done)) << '\n';
  } else {
    print(done->left);
    std::cout << "Đợt / migration " << done->id << ": đã chuyển / moved " << done->moved
              << ", giữ nguyên / unchanged " << done->unchanged << ", còn lại / left "
              << done->left.size() << '\n';
  }
  return done->left.empty() ? kDone : kFindings;
}

base::Outcome<int> run(const MigrateOptions& options) {
  const auto plan = plan_of(options);
  if (!plan) return report_usage("--map is written old_step=new_step");
  const bool reverts = !options.revert.empty();
  const bool writes = options.apply || reverts;
  if (!reverts && (options.from.empty() || options.to.empty())) {
    return report_usage("--from and --to name the two revisions by their digests");
  }
  if (writes && (options.by.empty() || options.reason.empty() || options.act.empty())) {
    return report_usage("--apply and --revert need --by, --reason and --act");
  }
  const Shipped shipped = TRY(find_shipped());
  const DataFolder folder = TRY(DataFolder::open(options.data));
  // Who moves dossiers gives events their time: not beside a server on the same folder.
  std::optional<FolderHold> alone;
  if (writes) alone.emplace(TRY(folder.hold()));
  calendar::SystemClock clock;
  const auto office = TRY(Office::open(folder, shipped, clock, {.store_url = options.store}));
  casework::Workplace& workplace = office->workplace();
  if (!writes) return preview(workplace, options, *plan);
  const auto account = workplace.officers.find_username(options.by);
  if (account == nullptr || !account->active) {
    std::cerr << "motcua: Không có tài khoản đang hoạt động tên " << options.by
              << ".\n        There is no active account " << options.by << ".\n";
    return kFindings;
  }
  if (reverts) {
    return tell(casework::revert_migration(workplace, account->officer, options.revert,
                                           options.reason, options.act),
                options.json);
  }
  const std::string id = options.id.empty() ? base::random_hex(workplace.random, 6) : options.id;
  return tell(casework::apply_migration(
                  workplace, account->officer,
                  {.plan = *plan, .id = id, .reason = options.reason, .act = options.act}),
              options.json);
}

}  // namespace

void add_procedure_migrate(CLI::App& procedure, int& status) {
  auto options = std::make_shared<MigrateOptions>();
  CLI::App* migrate = procedure.add_subcommand(
      "migrate",
      "What would become of running dossiers under another revision's process; with --apply, moves "
      "them; with --revert ID, moves them back");
  migrate->add_option("CODE", options->code, "the procedure")->required();
  migrate->add_option("--data", options->data, "Folder of the store")->capture_default_str();
  migrate->add_option("--store", options->store, "postgres://… of the store");
  migrate->add_option("--from", options->from, "digest of the revision they go by");
  migrate->add_option("--to", options->to, "digest of the revision to go on with");
  migrate->add_option("--map", options->map, "old_step=new_step, for a renamed step; repeatable");
  migrate->add_flag("--apply", options->apply, "move them");
  migrate->add_option("--id", options->id, "of the migration: to go on with one broken off");
  migrate->add_option("--revert", options->revert, "take that migration back");
  migrate->add_option("--by", options->by, "username of the administrator who orders it");
  migrate->add_option("--reason", options->reason, "why");
  migrate->add_option("--act", options->act, "the act or decision");
  migrate->add_flag("--json", options->json, "for programs");
  migrate->callback([options, &status] {
    const auto done = run(*options);
    status = done ? *done : report(done.error());
  });
}

}  // namespace cli
