// coverage_command.cpp - motcua coverage: is there somebody for every step, on a day?
#include "cli/coverage_command.h"

#include <algorithm>
#include <iostream>
#include <memory>

#include <boost/json.hpp>

#include "cli/compose.h"
#include "cli/manners.h"
#include "insight/alarm.h"
#include "insight/coverage_json.h"

namespace cli {

namespace {

struct CoverageOptions {
  std::string data = "motcua-data";
  std::string store;
  std::string on;
  std::string until;
  std::string agency;
  std::size_t limit = 200;
  bool json = false;
};

// What is wrong with the words of the call; empty: nothing.
std::string usage_of(const CoverageOptions& options) {
  for (const std::string& day : {options.on, options.until}) {
    if (!day.empty() && !calendar::parse_date(day)) {
      return "--on and --until want a day such as 2026-12-01, not " + day;
    }
  }
  if (!options.agency.empty() && !party::AgencyId::parse(options.agency)) {
    return "--agency wants a code such as H41.101, not " + options.agency;
  }
  return {};
}

base::Outcome<int> run(const CoverageOptions& options) {
  const auto on = calendar::parse_date(options.on);
  const auto last = calendar::parse_date(options.until);
  const auto within = party::AgencyId::parse(options.agency);
  const Shipped shipped = TRY(find_shipped());
  const DataFolder folder = TRY(DataFolder::open(options.data));
  calendar::SystemClock clock;
  const auto office =
      TRY(Office::open(folder, shipped, clock, {.store_url = options.store, .beside = true}));
  insight::CoverageWatch watch(office->workplace());
  const auto view = on ? TRY(watch.on(*on)) : TRY(watch.now());
  const calendar::Instant at =
      on ? calendar::at_local(*on, calendar::TimeOfDay{8 * 60}) : clock.now();
  const calendar::Instant until =
      last ? calendar::at_local(*last + std::chrono::days{1}, calendar::TimeOfDay{0})
           : at + std::chrono::milliseconds{1};
  const insight::Reach reach = [&](const party::AgencyId& one) {
    return !within || one.is_within(*within);
  };
  const auto found = insight::gaps_over(TRY(watch.since(view)),
                                        {.within = {at, until}, .cells_max = 20, .at = reach});
  base::json::object summary = insight::summary_json(*view, reach, at);
  if (options.json) {
    base::json::array items;
    for (const insight::SeenGap& gap : found) {
      if (items.size() == options.limit) break;
      items.push_back(insight::gap_json(gap, {}));
    }
    summary["gaps_total"] = found.size();
    summary["items"] = std::move(items);
    std::cout << base::to_text(summary) << '\n';
  } else {
    std::cout << calendar::to_vietnamese(at) << ": " << base::int_or(summary, "steps")
              << " bước của " << base::int_or(summary, "procedures") << " thủ tục tại "
              << base::int_or(summary, "agencies") << " cơ quan; " << base::int_or(summary, "gaps")
              << " bước chưa có người, " << base::int_or(summary, "thin")
              << " bước chỉ có một người.\n";
    std::size_t shown = 0;
    for (const insight::SeenGap& gap : found) {
      if (shown++ == options.limit) {
        std::cout << "… và " << found.size() - options.limit << " chỗ nữa (--limit)\n";
        break;
      }
      std::cout << "- " << insight::line_of(gap, at) << '\n';
    }
    for (const auto& [code, why] : view->troubles) {
      std::cerr << "không đọc được thủ tục / cannot read " << code << ": " << why << '\n';
    }
  }
  return found.empty() ? kDone : kFindings;
}

}  // namespace

void add_coverage(CLI::App& program, int& status) {
  auto options = std::make_shared<CoverageOptions>();
  CLI::App* command = program.add_subcommand(
      "coverage", "Is there somebody for every step of every procedure?  Status 1: not everywhere");
  command->add_option("--data", options->data, "Folder of the store")->capture_default_str();
  command->add_option("--store", options->store, "postgres://… of the store")
      ->envname("MOTCUA_STORE");
  command->add_option("--on", options->on, "The day, 2026-12-01; without it now");
  command->add_option("--until", options->until,
                      "Also gaps that begin later, up to the end of this day");
  command->add_option("--agency", options->agency, "Only steps at this agency and below it");
  command->add_option("--limit", options->limit, "Gaps listed at most")->capture_default_str();
  command->add_flag("--json", options->json, "As JSON");
  command->callback([options, &status] {
    if (const std::string wrong = usage_of(*options); !wrong.empty()) {
      status = report_usage(wrong);
      return;
    }
    const auto done = run(*options);
    status = done ? *done : report(done.error());
  });
}

}  // namespace cli
