// catalogue_findings_command.cpp - motcua catalogue findings, accept, decline: the catalogue's own
// faults, and what people decide about them.
#include <iostream>
#include <map>
#include <memory>

#include "base/json.h"
#include "calendar/clock.h"
#include "casework/definition_kinds.h"
#include "catalogue/entry_json.h"
#include "catalogue/lint.h"
#include "cli/catalogue_store.h"
#include "cli/manners.h"
#include "cli/subcommand.h"

namespace cli {

namespace {

using casework::definition::kFindingDecision;
using catalogue::Finding;

struct FindingsOptions {
  std::string data = "motcua-data";
  std::string store;
  std::string code;
  std::string kind;
  bool json = false;
  bool csv = false;
};

struct DecisionOptions {
  std::string data = "motcua-data";
  std::string store;
  std::string by;
  std::vector<std::string> findings;
  bool accept = false;
};

// A field of a CSV file; a text that a spreadsheet would take for a formula is made plain.
std::string csv_field(std::string text) {
  if (!text.empty() && std::string_view("=+-@\t\r").find(text.front()) != std::string_view::npos) {
    text.insert(text.begin(), '\'');
  }
  if (text.find_first_of(",\"\r\n") == std::string::npos) return text;
  std::string quoted = "\"";
  for (const char c : text) {
    quoted += c;
    if (c == '"') quoted += '"';
  }
  return quoted + "\"";
}

void print_csv(const Finding& finding, const std::string& decision) {
  const std::string change =
      finding.mending ? finding.mending->from + " → " + finding.mending->to : std::string{};
  const std::string fields[] = {finding.key(),
                                std::string{catalogue::to_text(finding.kind)},
                                std::string{catalogue::to_text(finding.severity)},
                                finding.source.file,
                                std::to_string(finding.source.row),
                                finding.published,
                                finding.why.vi,
                                finding.proposal.vi,
                                change,
                                decision};
  std::string line;
  for (const std::string& field : fields) line += (line.empty() ? "" : ",") + csv_field(field);
  std::cout << line << "\r\n";
}

void print_words(const Finding& finding, const std::string& decision) {
  std::cout << finding.key() << "  [" << catalogue::to_text(finding.severity) << "]  "
            << finding.source.file << ":" << finding.source.row << '\n'
            << "  " << finding.published << '\n'
            << "  " << finding.why.vi << " / " << finding.why.en << '\n'
            << "  " << (finding.mending ? "→ " : "? ") << finding.proposal.vi << " / "
            << finding.proposal.en;
  if (finding.mending && !finding.mending->to.empty()) std::cout << ": " << finding.mending->to;
  if (!decision.empty()) std::cout << "  (" << decision << ")";
  std::cout << '\n';
}

base::Outcome<int> list(const FindingsOptions& options) {
  if (!options.kind.empty() && !catalogue::find_finding_kind(options.kind)) {
    return report_usage("there is no kind of finding " + options.kind);
  }
  const OpenedStore opened = TRY(open_catalogue_store(options.data, options.store, StoreUse::read));
  std::map<std::string, bool> decided;
  for (const catalogue::Decision& decision : TRY(decisions_about(*opened.store, options.code))) {
    decided[decision.finding] = decision.accepted;
  }
  base::json::array items;
  std::int64_t count = 0;
  if (options.csv) {
    std::cout << "\xEF\xBB\xBF"
                 "finding,kind,severity,file,row,published,why,proposal,change,decision\r\n";
  }
  TRY(each_entry(*opened.store, options.code, [&](const catalogue::Entry& entry) {
    if (!options.code.empty() && entry.code != options.code) return true;
    for (const Finding& finding : catalogue::lint(entry)) {
      if (!options.kind.empty() && catalogue::to_text(finding.kind) != options.kind) continue;
      ++count;
      const auto found = decided.find(finding.key());
      const std::string decision =
          found == decided.end() ? "" : (found->second ? "accepted" : "declined");
      if (options.json) {
        base::json::object item = catalogue::to_json(finding);
        item["decision"] = decision.empty() ? "open" : decision;
        items.push_back(std::move(item));
      } else if (options.csv) {
        print_csv(finding, decision);
      } else {
        print_words(finding, decision);
      }
    }
    return true;
  }));
  if (options.json) {
    std::cout << base::to_text(base::json::object{{"count", count}, {"items", std::move(items)}})
              << '\n';
  } else if (!options.csv) {
    std::cout << "Điểm cần xem / findings: " << count << '\n';
  }
  return kDone;
}

// The finding as the entry has it now.
base::Outcome<Finding> current(casework::Store& store, const std::string& key) {
  const std::size_t slash = key.find('/');
  if (slash == std::string::npos) {
    return base::fault(base::FaultCode::not_found,
                       key + " names no finding: copy it from `motcua catalogue findings`");
  }
  const auto stored = TRY(find_entry(store, key.substr(0, slash)));
  if (stored) {
    for (Finding& finding : catalogue::lint(stored->entry)) {
      if (finding.key() == key) return std::move(finding);
    }
  }
  return base::fault(base::FaultCode::not_found,
                     "there is no finding " + key + " (any more): see `motcua catalogue findings`");
}

base::Outcome<int> decide(const DecisionOptions& options) {
  const OpenedStore opened =
      TRY(open_catalogue_store(options.data, options.store, StoreUse::write));
  casework::Store& store = *opened.store;
  const auto account = TRY(store.find_account(options.by));
  if (!account || !account->active) {
    return base::fault(base::FaultCode::not_found, "nobody signs in as " + options.by);
  }
  const base::json::value officer = TRY(base::parse_json(account->officer));
  calendar::SystemClock clock;
  std::vector<casework::DefinitionRow> rows;
  for (const std::string& key : options.findings) {
    const Finding finding = TRY(current(store, key));
    const auto stored = TRY(find_entry(store, finding.code));
    if (options.accept && stored && !catalogue::apply_mending(stored->entry, finding)) {
      return base::fault(base::FaultCode::invalid,
                         key + " has no mending to accept: the source has to be changed");
    }
    for (const casework::DefinitionRow& row : rows) {
      if (row.key == key) return report_usage(key + " is named twice");
    }
    const auto before = TRY(store.find_definition(kFindingDecision, key, 0));
    const catalogue::Decision decision{key, options.accept, options.by};
    rows.push_back({.kind = kFindingDecision,
                    .key = key,
                    .version = before ? before->version + 1 : 1,
                    .at = clock.now(),
                    .actor = {.kind = dossier::ActorKind::officer,
                              .id = account->officer_id,
                              .name = base::string_or(officer, "name", options.by),
                              .agency = base::string_or(officer, "agency")},
                    .digest = {},
                    .body = base::to_text(catalogue::to_json(decision))});
  }
  TRY(store.save_definitions(rows));
  std::cout << (options.accept ? "Đã nhận / accepted: " : "Đã bỏ qua / declined: ") << rows.size()
            << '\n';
  return kDone;
}

void add_decision(CLI::App& catalogue, int& status, const char* name, const char* about,
                  bool accept) {
  auto options = std::make_shared<DecisionOptions>();
  options->accept = accept;
  CLI::App* command = catalogue.add_subcommand(name, about);
  command->add_option("--data", options->data, "Folder of the store")->capture_default_str();
  command->add_option("--store", options->store, "postgres://… of the store")
      ->envname("MOTCUA_STORE");
  command->add_option("--by", options->by, "Username of who decides")->required();
  command->add_option("FINDING", options->findings, "CODE/ID, as `findings` prints it")->required();
  command->callback([options, &status] {
    const auto done = decide(*options);
    status = done ? *done : report(done.error());
  });
}

}  // namespace

void add_catalogue_findings(CLI::App& catalogue, int& status) {
  auto options = std::make_shared<FindingsOptions>();
  CLI::App* command =
      catalogue.add_subcommand("findings", "The catalogue's own faults, and how to mend them");
  command->add_option("--data", options->data, "Folder of the store")->capture_default_str();
  command->add_option("--store", options->store, "postgres://… of the store")
      ->envname("MOTCUA_STORE");
  command->add_option("--code", options->code, "Of one procedure");
  command->add_option("--kind", options->kind, "Of one kind: limit_without_unit …");
  CLI::Option* json = command->add_flag("--json", options->json, "One JSON object");
  command->add_flag("--csv", options->csv, "A table for a spreadsheet")->excludes(json);
  command->callback([options, &status] {
    const auto done = list(*options);
    status = done ? *done : report(done.error());
  });
  add_decision(catalogue, status, "accept", "Takes the proposed mendings into new drafts", true);
  add_decision(catalogue, status, "decline", "Leaves what is published as it is", false);
}

}  // namespace cli
