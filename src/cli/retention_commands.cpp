// retention_commands.cpp - motcua retention list|apply: dossiers that the law no longer has kept.
#include <iostream>
#include <memory>

#include <boost/json.hpp>
#include <unistd.h>

#include "casework/retention.h"
#include "cli/compose.h"
#include "cli/manners.h"
#include "cli/subcommand.h"

namespace cli {

namespace {

struct RetentionOptions {
  std::string data = "motcua-data";
  std::string store;
  unsigned limit = 1000;
  bool json = false;
};

base::Fault fault_of(const casework::Failure& failure) {
  return {base::FaultCode::internal, failure.detail.in(calendar::Language::vietnamese)};
}

base::Outcome<int> run(const RetentionOptions& options, bool apply) {
  const Shipped shipped = TRY(find_shipped());
  const DataFolder folder = TRY(DataFolder::open(options.data));
  // Who erases gives events their time: not beside a server on the same folder.
  std::optional<FolderHold> alone;
  if (apply) alone.emplace(TRY(folder.hold()));
  calendar::SystemClock clock;
  const auto office = TRY(Office::open(folder, shipped, clock, {.store_url = options.store}));
  casework::Workplace& workplace = office->workplace();
  const auto due = casework::due_erasures(workplace, options.limit);
  if (!due) return base::Failure{fault_of(due.error())};
  base::json::array items;
  for (const casework::DueErasure& one : *due) {
    if (options.json) {
      items.push_back(base::json::object{{"code", one.code},
                                         {"procedure", one.procedure},
                                         {"ended_at", calendar::to_iso(one.ended_at)},
                                         {"erasable_from", calendar::to_iso(one.erasable_from)},
                                         {"basis", one.basis}});
    } else if (!apply) {
      std::cout << one.code << "  " << one.procedure << "  "
                << calendar::to_iso(calendar::local_date(one.ended_at)) << "  " << one.basis
                << '\n';
    }
  }
  std::int64_t erased = 0;
  if (apply) {
    const bool watched = ::isatty(STDERR_FILENO) != 0;
    const auto done = casework::erase_due(workplace, *due, [&](std::int64_t so_far) {
      if (watched) std::cerr << '\r' << so_far << " / " << due->size() << std::flush;
    });
    if (watched) std::cerr << '\n';
    if (!done) return base::Failure{fault_of(done.error())};
    erased = *done;
  }
  if (options.json) {
    std::cout << base::to_text(base::json::object{{"due", static_cast<std::int64_t>(due->size())},
                                                  {"erased", erased},
                                                  {"items", std::move(items)}})
              << '\n';
  } else {
    std::cout << (apply ? "Đã xóa nội dung / erased: " + std::to_string(erased)
                        : "Hết thời hạn bảo quản / due: " + std::to_string(due->size()))
              << '\n';
  }
  return kDone;
}

void add_one(CLI::App& group, int& status, const char* name, const char* about, bool apply) {
  auto options = std::make_shared<RetentionOptions>();
  CLI::App* command = group.add_subcommand(name, about);
  command->add_option("--data", options->data, "Folder of the store")->capture_default_str();
  command->add_option("--store", options->store, "postgres://… of the store")
      ->envname("MOTCUA_STORE");
  command->add_option("--limit", options->limit, "At most so many dossiers")
      ->check(CLI::Range(1U, 1'000'000U))
      ->capture_default_str();
  command->add_flag("--json", options->json, "One JSON object");
  command->callback([options, apply, &status] {
    const auto done = run(*options, apply);
    status = done ? *done : report(done.error());
  });
}

}  // namespace

void add_retention(CLI::App& program, int& status) {
  CLI::App* group = program.add_subcommand(
      "retention", "Dossiers whose time of keeping, as their procedure states it, is over");
  group->require_subcommand(1);
  add_one(*group, status, "list", "Which they are", false);
  add_one(*group, status, "apply", "Erases what they said; the server must be stopped", true);
}

}  // namespace cli
