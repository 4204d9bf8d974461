#include "cli/file_commands.h"

#include <iostream>
#include <memory>

#include <boost/json.hpp>

#include "casework/file_inspection.h"
#include "cli/manners.h"
#include "cli/subcommand.h"

namespace cli {

namespace {

struct FileOptions {
  std::string data = "motcua-data";
  std::string store;
  std::string files;
  std::string s3_credentials;
  std::string clamd;
  std::string state = "checking";
  bool json = false;
};

base::Outcome<std::unique_ptr<Office>> open_office(const FileOptions& options,
                                                   const DataFolder& folder,
                                                   calendar::Clock& clock) {
  return Office::open(folder, TRY(find_shipped()), clock,
                      {.store_url = options.store,
                       .files_url = options.files,
                       .s3_credentials = options.s3_credentials,
                       .clamd = options.clamd});
}

base::Outcome<int> list(const FileOptions& options) {
  const DataFolder folder = TRY(DataFolder::open(options.data));
  const FolderHold alone = TRY(folder.hold());
  calendar::SystemClock clock;
  const auto office = TRY(open_office(options, folder, clock));
  casework::Workplace& workplace = office->workplace();
  constexpr int kMost = 100'000;
  base::json::array items;
  for (const casework::EntryRow& row :
       TRY(workplace.store.entries_found_by(casework::kFileInspection, options.state, kMost))) {
    const auto one = TRY(casework::find_inspection(workplace, row.key));
    if (!one.has_value()) continue;
    if (options.json) {
      base::json::object item = casework::inspection_json(one).as_object();
      item["sha256"] = one->address;
      item["trouble"] = one->trouble;
      item["attempts"] = one->attempts;
      items.push_back(std::move(item));
    } else {
      std::cout << one->address << "  " << calendar::to_iso(one->since) << "  "
                << (one->threat.empty() ? one->trouble : one->threat) << '\n';
    }
  }
  if (options.json) std::cout << base::to_text(items) << '\n';
  return kDone;
}

base::Outcome<int> rescan(const FileOptions& options) {
  const DataFolder folder = TRY(DataFolder::open(options.data));
  const FolderHold alone = TRY(folder.hold());
  calendar::SystemClock clock;
  const auto office = TRY(open_office(options, folder, clock));
  casework::Workplace& workplace = office->workplace();
  TRY(casework::order_rescan(workplace));
  base::json::object told{{"released", 0}, {"held", 0}, {"waiting", 0}, {"trouble", ""}};
  int released = 0;
  int held = 0;
  casework::Judged judged;
  do {
    judged = TRY(casework::judge_due(workplace));
    released += judged.released;
    held += judged.held;
  } while (judged.more && judged.trouble.empty());
  told["released"] = released;
  told["held"] = held;
  told["waiting"] = judged.waiting;
  told["trouble"] = judged.trouble;
  if (options.json) {
    std::cout << base::to_text(told) << '\n';
  } else {
    std::cout << "Đã quét, sạch / released: " << released << "\nBị giữ lại / held back: " << held
              << "\nChưa quét được / waiting: " << judged.waiting << '\n';
    if (!judged.trouble.empty()) std::cout << judged.trouble << '\n';
  }
  if (!judged.trouble.empty()) return kFault;
  return held > 0 ? kFindings : kDone;
}

void add_common(CLI::App& command, FileOptions& options) {
  command.add_option("--data", options.data, "Folder of the store")->capture_default_str();
  command.add_option("--store", options.store, "postgres://… of the store")
      ->envname("MOTCUA_STORE");
  command.add_option("--files", options.files, "s3://… of the papers");
  command.add_option("--s3-credentials", options.s3_credentials, "File of the key id and secret");
  command.add_flag("--json", options.json, "JSON");
}

void add_inspect(CLI::App& program, int& status) {
  // For the server alone: not shown.
  CLI::App* command = program.add_subcommand(
      "inspect-file", "Looks at one file in a process that has nothing (used by the server)");
  command->group("");
  auto limits = std::make_shared<documents::ProcessLimits>();
  command->add_option("--memory", limits->memory_bytes);
  command->add_option("--processor-seconds", limits->processor_seconds);
  command->callback([limits, &status] { status = documents::answer_as_decoder(*limits); });
}

}  // namespace

documents::DecoderProgram decoder_program(const documents::ProcessLimits& limits) {
  return {{"/proc/self/exe", "inspect-file", "--memory", std::to_string(limits.memory_bytes),
           "--processor-seconds", std::to_string(limits.processor_seconds)}};
}

void judge_files(Office& office, LogFile& log, const std::stop_token& stop) {
  constexpr std::chrono::seconds kLongest{15};
  constexpr std::chrono::minutes kTellAgain{10};
  casework::Workplace& workplace = office.workplace();
  if (workplace.scanner == nullptr) return;
  std::string told;
  casework::Instant told_at{};
  while (!stop.stop_requested()) {
    const auto judged = casework::judge_due(workplace);
    const std::string trouble = judged ? judged->trouble : judged.error().message;
    const casework::Instant now = workplace.clock.now();
    if (!trouble.empty() && (trouble != told || now - told_at >= kTellAgain)) {
      log.error("files: no verdict: " + trouble + "; " +
                    std::to_string(judged ? judged->waiting : 0) + " files wait to be released",
                "");
      told = trouble;
      told_at = now;
    }
    if (judged && judged->held > 0) {
      log.error("files: " + std::to_string(judged->held) + " held back by the scanner", "");
    }
    if (judged && trouble.empty()) told.clear();
    if (judged && judged->more && trouble.empty()) continue;
    // Seconds while something waits: the pauses are kept with each file.
    const bool waits = judged && judged->waiting > 0;
    workplace.file_checks->wait(stop, waits ? std::chrono::seconds{2} : kLongest);
  }
}

void add_files(CLI::App& program, int& status) {
  add_inspect(program, status);
  CLI::App* group = program.add_subcommand("files", "What the scanner says of the papers");
  group->require_subcommand(1);
  auto options = std::make_shared<FileOptions>();
  CLI::App* shown = group->add_subcommand("list", "Those that wait, or are held back");
  add_common(*shown, *options);
  shown->add_option("--state", options->state, "checking, held or released")
      ->check(CLI::IsMember({"checking", "held", "released"}))
      ->capture_default_str();
  shown->callback([options, &status] {
    const auto done = list(*options);
    status = done ? *done : report(done.error());
  });
  CLI::App* anew = group->add_subcommand(
      "rescan",
      "Has everything scanned anew; the server must be stopped (a running one: "
      "POST /api/v1/file-checks/rescan)");
  add_common(*anew, *options);
  anew->add_option("--clamd", options->clamd, "ClamAV's socket or HOST:PORT")
      ->envname("MOTCUA_CLAMD")
      ->required();
  anew->callback([options, &status] {
    const auto done = rescan(*options);
    status = done ? *done : report(done.error());
  });
}

}  // namespace cli
