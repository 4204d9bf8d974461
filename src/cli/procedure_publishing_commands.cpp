// procedure_publishing_commands.cpp - motcua procedure publish|approve|decline|proposals|history:
// what is in force, by whose decision.
#include <atomic>
#include <iostream>
#include <memory>
#include <mutex>
#include <thread>

#include <boost/json.hpp>
#include <unistd.h>

#include "casework/definition_kinds.h"
#include "casework/execute.h"
#include "cli/compose.h"
#include "cli/manners.h"
#include "cli/process_test.h"
#include "cli/subcommand.h"
#include "rehearsal/publishing.h"

namespace cli {

namespace {

namespace fs = std::filesystem;

struct PublishOptions {
  std::string data = "motcua-data";
  std::string store;
  std::vector<std::string> folders;
  std::vector<std::string> overlays;
  std::vector<std::string> withdraw;
  bool all_drafts = false;
  std::string agency;
  std::string from;
  std::string to;
  std::string by;
  std::string approved_by;
  std::string note;
  std::string id;
  std::string reason;
  std::string code;
  bool json = false;
};

// The office, and what a proposal is judged by.
struct Desk {
  Shipped shipped;
  calendar::SystemClock clock;
  std::optional<FolderHold> hold;  // none: beside a server
  std::unique_ptr<Office> office;

  [[nodiscard]] casework::Workplace& workplace() { return office->workplace(); }
  [[nodiscard]] const rehearsal::Gate& gate() const { return office->gate(); }
};

// Beside a running server, too: definitions have no clock of their own, and the server looks for
// new ones every few seconds.
base::Outcome<std::unique_ptr<Desk>> open_desk(const PublishOptions& options) {
  auto desk = std::make_unique<Desk>();
  desk->shipped = TRY(find_shipped());
  const DataFolder folder = TRY(DataFolder::open(options.data));
  auto hold = TRY(folder.hold_if_free());
  if (hold) desk->hold.emplace(std::move(*hold));
  desk->office = TRY(Office::open(folder, desk->shipped, desk->clock,
                                  {.store_url = options.store, .beside = !desk->hold}));
  return desk;
}

int refuse(const casework::Failure& failure) {
  std::cerr << "motcua: " << failure.detail.vi << "\n        " << failure.detail.en << '\n';
  for (const form::FieldProblem& one : failure.problems) {
    std::cerr << "  " << one.field << ": " << one.message.vi;
    if (one.message.en != one.message.vi) std::cerr << "\n    " << one.message.en;
    std::cerr << '\n';
  }
  return failure.kind == casework::FailureKind::unavailable ? kFault : kFindings;
}

casework::Answer<party::Officer> officer_named(casework::Workplace& workplace,
                                               const std::string& username) {
  const auto account = workplace.officers.find_username(username);
  if (account == nullptr || !account->active) {
    return casework::fail(casework::FailureKind::not_found, "account-not-found",
                          {"Không có tài khoản đang hoạt động tên " + username + ".",
                           "There is no active account " + username + "."});
  }
  return account->officer;
}

// A draft as the catalogue made it.
struct StoredDraft {
  std::string code;
  procedure::PackageFiles files;
};

// Those drafted for that agency; empty: all.
base::Outcome<std::vector<StoredDraft>> stored_drafts(casework::Store& store,
                                                      const std::string& agency) {
  constexpr int kPage = 200;
  std::vector<StoredDraft> drafts;
  for (std::string after;;) {
    const auto rows = TRY(store.definitions(
        {.kind = casework::definition::kDraft, .after_key = after, .limit = kPage}));
    for (const casework::DefinitionRow& row : rows) {
      const base::json::value body = TRY(base::parse_json(row.body));
      const base::json::value* files = base::find(body, "files");
      const base::json::value* origin = base::find(body, "origin");
      const std::string of = origin == nullptr ? "" : base::string_or(*origin, "agency");
      if (files == nullptr || (!agency.empty() && of != agency)) continue;
      drafts.push_back({row.key, TRY(casework::read_files(base::to_text(*files)))});
    }
    if (rows.size() < static_cast<std::size_t>(kPage)) return drafts;
    after = rows.back().key;
  }
}

struct Rejected {
  std::string code;
  std::string why;
};

// Tries drafts on as many cores as there are; what passes is kept with its record.
class DraftTrial {
 public:
  DraftTrial(Desk& desk, const RehearsalSurroundings& around, dossier::Actor by)
      : desk_(desk), around_(around), by_(std::move(by)) {}

  base::Outcome<base::Done> run(const std::vector<StoredDraft>& drafts) {
    std::atomic<std::size_t> next{0};
    std::atomic<std::size_t> done{0};
    const bool watched = ::isatty(STDERR_FILENO) != 0;
    const auto work = [&] {
      for (std::size_t i = next++; i < drafts.size(); i = next++) {
        try_one(drafts[i]);
        if (const std::size_t so_far = ++done; watched && so_far % 10 == 0) {
          std::cerr << '\r' << so_far << " / " << drafts.size() << std::flush;
        }
      }
    };
    {
      std::vector<std::jthread> threads;
      for (unsigned i = 1; i < std::thread::hardware_concurrency(); ++i) threads.emplace_back(work);
      work();
    }
    if (watched) std::cerr << '\r' << drafts.size() << " / " << drafts.size() << '\n';
    if (fault_.has_value()) return base::Failure{*fault_};
    return base::Done{};
  }

  [[nodiscard]] std::vector<rehearsal::PackageToPropose>& passed() { return passed_; }
  [[nodiscard]] const std::vector<Rejected>& rejected() const { return rejected_; }
  [[nodiscard]] std::size_t published_before() const { return published_before_; }

 private:
  void reject(const std::string& code, std::string why) {
    const std::scoped_lock lock(mutex_);
    rejected_.push_back({code, std::move(why)});
  }
  void fail(const base::Fault& fault) {
    const std::scoped_lock lock(mutex_);
    if (!fault_.has_value()) fault_ = fault;
  }

  void try_one(const StoredDraft& draft) {
    casework::Workplace& workplace = desk_.workplace();
    auto loaded = procedure::load_package(draft.files, around_.dictionary);
    if (!loaded) {
      const auto& problems = loaded.error();
      reject(draft.code, problems.empty() ? "cannot be read" : problems.front().message);
      return;
    }
    const auto procedure = std::make_shared<const procedure::Procedure>(std::move(loaded).value());
    for (const casework::Publication& one : workplace.publications.revisions(draft.code)) {
      // Published as it is, or replaced by something a person has made.
      if (one.digest != procedure->digest && one.origin == "draft") continue;
      const std::scoped_lock lock(mutex_);
      ++published_before_;
      return;
    }
    const auto known = rehearsal::find_record(workplace.store, procedure->digest);
    if (!known) return fail(known.error());
    rehearsal::RunRecord record;
    if (known->has_value()) {
      record = **known;
    } else {
      auto run = run_process_test(procedure, draft.files, around_);
      if (!run) return reject(draft.code, run.error().message);
      record = std::move(run).value();
      if (const auto kept = rehearsal::keep_record(workplace.store, record, by_); !kept) {
        return fail(kept.error());
      }
    }
    const auto verdict =
        rehearsal::judge(record, procedure->digest, desk_.gate().policy.coverage_floor);
    if (!verdict.enough) return reject(draft.code, verdict.why_en);
    const std::scoped_lock lock(mutex_);
    passed_.push_back({.files = draft.files, .from = {}, .to = {}, .origin = "draft"});
  }

  Desk& desk_;
  const RehearsalSurroundings& around_;
  dossier::Actor by_;
  std::mutex mutex_;
  std::vector<rehearsal::PackageToPropose> passed_;
  std::vector<Rejected> rejected_;
  std::size_t published_before_ = 0;
  std::optional<base::Fault> fault_;
};

base::Outcome<std::optional<calendar::Date>> date_option(const std::string& text,
                                                         const char* option) {
  if (text.empty()) return std::optional<calendar::Date>{};
  const auto date = calendar::parse_date(text);
  if (!date.has_value()) {
    return base::fault(base::FaultCode::invalid,
                       std::string{option} + " " + text + ": write a day as 2026-12-31");
  }
  return date;
}

base::Outcome<rehearsal::ToPropose> gather(const PublishOptions& options) {
  rehearsal::ToPropose what{.note = options.note};
  const auto from = TRY(date_option(options.from, "--from"));
  const auto to = TRY(date_option(options.to, "--to"));
  for (const std::string& folder : options.folders) {
    what.packages.push_back(
        {.files = TRY(read_folder(folder)), .from = from, .to = to, .origin = "folder"});
  }
  for (const std::string& file : options.overlays) {
    what.overlays.push_back({.text = TRY(read_text(file)), .file = file});
  }
  for (const std::string& code : options.withdraw) {
    if (!from.has_value()) {
      return base::fault(base::FaultCode::invalid,
                         "--withdraw needs --from, the first day without the procedure");
    }
    const std::size_t at = code.find('@');
    what.withdrawals.push_back(
        {.code = code.substr(0, at),
         .agency = at == std::string::npos ? std::string{} : code.substr(at + 1),
         .from = *from});
  }
  return what;
}

void print(const rehearsal::Proposal& proposal) {
  std::cout << proposal.id << "  " << rehearsal::to_text(proposal.state) << "  "
            << calendar::to_iso(proposal.proposed_at) << "  " << proposal.proposed_by_name;
  if (!proposal.decided_by_name.empty()) std::cout << " -> " << proposal.decided_by_name;
  std::cout << "  " << proposal.items.size() << "\n";
}

void print_items(const rehearsal::Proposal& proposal) {
  for (const rehearsal::ProposedItem& one : proposal.items) {
    std::cout << "  " << rehearsal::to_text(one.kind) << "  " << one.code;
    if (!one.agency.empty()) std::cout << "@" << one.agency;
    if (one.from.has_value()) std::cout << "  " << calendar::to_iso(*one.from);
    std::cout << "  " << one.scenarios << " scenarios, " << one.covered << "/" << one.branches
              << " branches  " << one.name << '\n';
  }
}

base::Outcome<int> publish(const PublishOptions& options) {
  rehearsal::ToPropose what = TRY(gather(options));
  const auto desk = TRY(open_desk(options));
  casework::Workplace& workplace = desk->workplace();
  const auto by = officer_named(workplace, options.by);
  if (!by) return refuse(by.error());
  std::vector<Rejected> rejected;
  std::size_t before = 0;
  if (options.all_drafts) {
    const auto around = TRY(read_surroundings(desk->shipped));
    DraftTrial trial(*desk, around, casework::actor_of(*by));
    const std::vector<StoredDraft> drafts = TRY(stored_drafts(workplace.store, options.agency));
    TRY(trial.run(drafts));
    for (auto& one : trial.passed()) {
      one.from = TRY(date_option(options.from, "--from"));
      one.to = TRY(date_option(options.to, "--to"));
      what.packages.push_back(std::move(one));
    }
    rejected = trial.rejected();
    before = trial.published_before();
    if (what.packages.empty() && rejected.empty()) {
      std::cout << (options.json ? "{\"published\":0,\"unchanged\":" + std::to_string(before) +
                                       ",\"rejected\":[]}\n"
                                 : "Không có gì mới / nothing new; " + std::to_string(before) +
                                       " đã công bố / published before\n");
      return kDone;
    }
  }
  std::optional<rehearsal::Proposal> proposal;
  if (!options.all_drafts || !what.packages.empty()) {
    auto proposed = rehearsal::propose(workplace, *by, what, desk->gate());
    if (!proposed) return refuse(proposed.error());
    proposal = std::move(proposed).value();
    if (!options.approved_by.empty()) {
      const auto second = officer_named(workplace, options.approved_by);
      if (!second) return refuse(second.error());
      auto approved =
          rehearsal::approve(workplace, *second, proposal->id, options.note, desk->gate());
      if (!approved) return refuse(approved.error());
      proposal = std::move(approved).value();
    }
  }
  if (options.json) {
    base::json::array not_passed;
    for (const Rejected& one : rejected) {
      not_passed.push_back(base::json::object{{"code", one.code}, {"why", one.why}});
    }
    base::json::object answer{
        {"proposed", proposal.has_value() ? proposal->items.size() : 0},
        {"published", proposal.has_value() && proposal->state == rehearsal::ProposalState::approved
                          ? proposal->items.size()
                          : 0},
        {"unchanged", before},
        {"rejected", std::move(not_passed)}};
    if (proposal.has_value()) answer["proposal"] = rehearsal::to_json(*proposal, false);
    std::cout << base::to_text(answer) << '\n';
    return kDone;
  }
  for (const Rejected& one : rejected) std::cout << one.code << "  " << one.why << '\n';
  if (proposal.has_value()) {
    print(*proposal);
    if (proposal->items.size() <= 50) print_items(*proposal);
    if (proposal->state == rehearsal::ProposalState::open) {
      std::cout << "Chờ người thứ hai duyệt / a second person approves: motcua procedure approve "
                << proposal->id << " --by …\n";
    }
  }
  return kDone;
}

base::Outcome<int> decide(const PublishOptions& options, bool approves) {
  const auto desk = TRY(open_desk(options));
  casework::Workplace& workplace = desk->workplace();
  const auto by = officer_named(workplace, options.by);
  if (!by) return refuse(by.error());
  const auto decided =
      approves ? rehearsal::approve(workplace, *by, options.id, options.reason, desk->gate())
               : rehearsal::decline(workplace, *by, options.id, options.reason);
  if (!decided) return refuse(decided.error());
  if (options.json) {
    std::cout << base::to_text(rehearsal::to_json(*decided)) << '\n';
  } else {
    print(*decided);
  }
  return kDone;
}

base::Outcome<int> list_proposals(const PublishOptions& options) {
  const auto desk = TRY(open_desk(options));
  const auto all = rehearsal::proposals(desk->workplace());
  if (!all) return refuse(all.error());
  base::json::array items;
  for (const rehearsal::Proposal& one : *all) {
    if (options.json) {
      items.push_back(rehearsal::to_json(one));
    } else {
      print(one);
      if (one.items.size() <= 50) print_items(one);
    }
  }
  if (options.json) std::cout << base::to_text(items) << '\n';
  return kDone;
}

base::Outcome<int> history(const PublishOptions& options) {
  const auto desk = TRY(open_desk(options));
  const casework::Publications& publications = desk->workplace().publications;
  const auto revisions = publications.revisions(options.code);
  if (revisions.empty()) {
    std::cerr << "motcua: no procedure " << options.code << " is or was in force\n";
    return kFindings;
  }
  const auto days = [](const auto& one) {
    return (one.from.has_value() ? calendar::to_iso(*one.from) : std::string{"          "}) +
           " - " + (one.to.has_value() ? calendar::to_iso(*one.to) : std::string{"          "});
  };
  base::json::array items;
  const auto tell = [&](const auto& one, const std::string& layer) {
    if (options.json) {
      base::json::object json{{"layer", layer},
                              {"digest", one.digest},
                              {"proposed_by", one.approval.proposed_by_name},
                              {"approved_by", one.approval.approved_by_name}};
      if (one.from.has_value()) json["from"] = calendar::to_iso(*one.from);
      if (one.to.has_value()) json["to"] = calendar::to_iso(*one.to);
      items.push_back(std::move(json));
    } else {
      std::cout << days(one) << "  " << layer << "  " << one.digest.substr(0, 12) << "  "
                << one.approval.proposed_by_name << " -> " << one.approval.approved_by_name << '\n';
    }
  };
  for (const auto& one : revisions) tell(one, one.origin);
  for (const auto& one : publications.overlays(options.code)) tell(one, one.agency);
  if (options.json) std::cout << base::to_text(items) << '\n';
  return kDone;
}

template <class Run>
void run_as(CLI::App* command, int& status, const std::shared_ptr<PublishOptions>& options,
            Run run) {
  command->add_option("--data", options->data, "Folder of the store")->capture_default_str();
  command->add_option("--store", options->store, "postgres://… of the store");
  command->add_flag("--json", options->json, "The answer as JSON");
  command->callback([options, &status, run] {
    const auto done = run(*options);
    status = done ? *done : report(done.error());
  });
}

}  // namespace

void add_procedure_publishing(CLI::App& procedure, int& status) {
  {
    auto options = std::make_shared<PublishOptions>();
    CLI::App* command = procedure.add_subcommand(
        "publish", "Propose packages, overlays or all drafts that pass, with their process tests");
    command->add_option("folders", options->folders, "Package folders");
    command->add_option("--overlay", options->overlays, "Overlay files");
    command->add_option("--withdraw", options->withdraw,
                        "Codes that end, with --from; CODE@AGENCY: its overlay");
    command->add_flag("--all-drafts", options->all_drafts, "Every draft that passes its tests");
    command->add_option("--agency", options->agency, "Whose drafts");
    command->add_option("--from", options->from, "First day in force; today if left out");
    command->add_option("--to", options->to, "Last day in force");
    command->add_option("--by", options->by, "User name of who proposes")->required();
    command->add_option("--approved-by", options->approved_by,
                        "User name of the second person, who approves at once");
    command->add_option("--note", options->note, "Why, for those who decide");
    run_as(command, status, options, publish);
  }
  for (const bool approves : {true, false}) {
    auto options = std::make_shared<PublishOptions>();
    CLI::App* command = procedure.add_subcommand(
        approves ? "approve" : "decline",
        approves ? "Put a proposal in force, as its second person" : "Decline a proposal");
    command->add_option("id", options->id, "Of the proposal")->required();
    command->add_option("--by", options->by, "User name of who decides")->required();
    CLI::Option* reason = command->add_option("--reason", options->reason, "Why");
    if (!approves) reason->required();
    run_as(command, status, options,
           [approves](const PublishOptions& said) { return decide(said, approves); });
  }
  {
    auto options = std::make_shared<PublishOptions>();
    CLI::App* command = procedure.add_subcommand("proposals", "What is proposed and was decided");
    run_as(command, status, options, list_proposals);
  }
  {
    auto options = std::make_shared<PublishOptions>();
    CLI::App* command =
        procedure.add_subcommand("history", "Every revision and overlay of a procedure");
    command->add_option("code", options->code, "Of the procedure")->required();
    run_as(command, status, options, history);
  }
}

}  // namespace cli
