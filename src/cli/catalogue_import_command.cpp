// catalogue_import_command.cpp - motcua catalogue import: pages and lists into the store.
#include <algorithm>
#include <chrono>
#include <iostream>
#include <memory>

#include <unistd.h>

#include "base/json.h"
#include "calendar/clock.h"
#include "catalogue/entry_json.h"
#include "cli/catalogue_import.h"
#include "cli/catalogue_store.h"
#include "cli/manners.h"
#include "cli/subcommand.h"

namespace cli {

namespace {

struct ImportOptions {
  std::string data = "motcua-data";
  std::string store;
  std::vector<std::string> files;
  bool json = false;
};

// A bar on a person's terminal, drawn at most ten times a second.
class ProgressBar {
 public:
  void show(const ImportProgress& progress) {
    if (!watched_) return;
    const auto now = std::chrono::steady_clock::now();
    if (now - drawn_ < std::chrono::milliseconds(100)) return;
    drawn_ = now;
    const std::uint64_t all = std::max<std::uint64_t>(progress.bytes_all, 1);
    const std::size_t done = static_cast<std::size_t>(30 * progress.bytes / all);
    std::string bar(std::min<std::size_t>(done, 30), '#');
    bar.resize(30, '.');
    std::cerr << "\r[" << bar << "] " << 100 * progress.bytes / all << " %  " << progress.procedures
              << std::flush;
    begun_ = true;
  }
  ~ProgressBar() {
    if (begun_) std::cerr << "\r\033[K" << std::flush;
  }

 private:
  bool watched_ = ::isatty(STDERR_FILENO) != 0;
  bool begun_ = false;
  std::chrono::steady_clock::time_point drawn_{};
};

base::json::object rate(const catalogue::Rate& one) {
  return {{"stated", one.stated}, {"structured", one.structured}};
}

std::string percent(const catalogue::Rate& one) {
  std::string text = std::to_string(one.structured) + " / " + std::to_string(one.stated);
  if (one.stated > 0) {
    const std::int64_t tenths = 1000 * one.structured / one.stated;
    text += "  (" + std::to_string(tenths / 10) + "." + std::to_string(tenths % 10) + " %)";
  }
  return text;
}

void print_json(const ImportReport& report) {
  base::json::object out{{"procedures", report.procedures},
                         {"unchanged", report.unchanged},
                         {"limits", rate(report.tally.limits)},
                         {"fees", rate(report.tally.fees)},
                         {"components", rate(report.tally.components)},
                         {"results", rate(report.tally.results)},
                         {"findings", report.findings}};
  if (!report.not_read.empty()) {
    base::json::array records;
    for (const catalogue::Finding& finding : report.not_read) {
      records.push_back(catalogue::to_json(finding));
    }
    out["not_read"] = std::move(records);
  }
  std::cout << base::to_text(out) << '\n';
}

void print_words(const ImportReport& report) {
  std::cout << "Thủ tục / procedures: " << report.procedures << '\n'
            << "Không đổi / unchanged: " << report.unchanged << '\n'
            << "Thời hạn hiểu được / limits: " << percent(report.tally.limits) << '\n'
            << "Phí, lệ phí / fees: " << percent(report.tally.fees) << '\n'
            << "Dòng giấy tờ / components: " << percent(report.tally.components) << '\n'
            << "Mã kết quả / results: " << percent(report.tally.results) << '\n'
            << "Điểm cần xem / findings: " << report.findings << '\n';
  for (const catalogue::Finding& finding : report.not_read) {
    std::cout << finding.source.file << ":" << finding.source.row << ": " << finding.why.vi << " / "
              << finding.why.en << '\n';
  }
}

base::Outcome<int> run(const ImportOptions& options) {
  const OpenedStore opened =
      TRY(open_catalogue_store(options.data, options.store, StoreUse::write));
  calendar::SystemClock clock;
  base::Outcome<ImportReport> report = [&] {
    ProgressBar bar;
    return import_catalogue(*opened.store, options.files, clock.now(),
                            [&bar](const ImportProgress& progress) { bar.show(progress); });
  }();
  if (!report) return base::Failure{report.error()};
  if (options.json) {
    print_json(*report);
  } else {
    print_words(*report);
  }
  return kDone;
}

}  // namespace

void add_catalogue_import(CLI::App& catalogue, int& status) {
  auto options = std::make_shared<ImportOptions>();
  CLI::App* command = catalogue.add_subcommand(
      "import", "Reads pages (.jsonl, .jsonl.gz) and lists (.xlsx) of the national catalogue");
  command->add_option("--data", options->data, "Folder of the store")->capture_default_str();
  command->add_option("--store", options->store, "postgres://… of the store")
      ->envname("MOTCUA_STORE");
  command->add_option("FILE", options->files, "Pages and lists")->required();
  command->add_flag("--json", options->json, "One JSON object");
  command->callback([options, &status] {
    const auto done = run(*options);
    status = done ? *done : report(done.error());
  });
}

}  // namespace cli
