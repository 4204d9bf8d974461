// catalogue_replacements_command.cpp - motcua catalogue replacements: papers that data replace.
#include <algorithm>
#include <iostream>
#include <map>
#include <memory>
#include <optional>
#include <set>

#include <boost/json.hpp>

#include "base/sha256.h"
#include "base/text.h"
#include "calendar/clock.h"
#include "casework/definition_kinds.h"
#include "casework/publications.h"
#include "casework/workplace.h"
#include "cli/catalogue_drafting.h"
#include "cli/catalogue_store.h"
#include "cli/compose.h"
#include "cli/manners.h"
#include "cli/subcommand.h"

namespace cli {

namespace {

using casework::definition::kReplacement;
using catalogue::Match;
using catalogue::MatchKind;
using catalogue::PaperName;

constexpr std::size_t kRowsAtOnce = 500;

struct Options {
  std::string data = "motcua-data";
  std::string store;
  std::string file;
  std::string act = "66.7/2025/NQ-CP";
  std::string from;
  std::string to;
  std::string code;
  std::string by;
  std::string note;
  std::vector<std::string> matches;
  bool all = false;
  bool json = false;
};

// ------------------------------------------------------------------ import

base::Outcome<int> import(const Options& options) {
  catalogue::ReplacementTerms terms{options.act, {}, {}};
  if (!options.from.empty()) terms.from = calendar::parse_date(options.from);
  if (!options.to.empty()) terms.to = calendar::parse_date(options.to);
  if ((!options.from.empty() && !terms.from) || (!options.to.empty() && !terms.to) ||
      (terms.from && terms.to && *terms.to < *terms.from)) {
    return report_usage(
        "--from and --to are days such as 2026-01-01, the first not after the last");
  }
  const std::string text = TRY(read_text(options.file));
  const catalogue::ReplacementList list = TRY(catalogue::read_replacements(text, terms));
  const OpenedStore opened =
      TRY(open_catalogue_store(options.data, options.store, StoreUse::write));
  std::map<std::string, std::int64_t> versions;
  std::map<std::string, std::string> digests;
  catalogue::ReplacementBook book;
  const auto take = [&](const casework::DefinitionRow& row) -> base::Outcome<base::Done> {
    versions[row.key] = row.version;
    digests[row.key] = row.digest;
    const base::json::value body = TRY(base::parse_json(row.body));
    return take_replacement(body, book);
  };
  TRY(each_definition(*opened.store, kReplacement, options.act + "/", true, take));
  calendar::SystemClock clock;
  std::int64_t written = 0;
  std::int64_t unchanged = 0;
  std::map<std::string, casework::DefinitionRow> rows;
  for (const catalogue::Replacement& one : list.rows) {
    const std::string key = catalogue::key_of(one);
    const std::string digest = base::to_hex(base::sha256(base::to_text(catalogue::to_json(one))));
    const auto known = digests.find(key);
    if (known != digests.end() && known->second == digest) {
      ++unchanged;
      continue;
    }
    rows[key] = {.kind = kReplacement,
                 .key = key,
                 .version = versions[key] + 1,
                 .at = clock.now(),
                 .actor = program_actor(),
                 .digest = digest,
                 .body = base::to_text(replacement_body(one, book))};
  }
  std::vector<casework::DefinitionRow> batch;
  for (auto& [key, row] : rows) {
    ++written;
    batch.push_back(std::move(row));
    if (batch.size() < kRowsAtOnce) continue;
    TRY(opened.store->save_definitions(batch));
    batch.clear();
  }
  if (!batch.empty()) TRY(opened.store->save_definitions(batch));
  if (options.json) {
    base::json::array problems;
    for (const catalogue::ReplacementProblem& one : list.problems) {
      problems.push_back({{"line", one.line}, {"message", one.message}});
    }
    std::cout << base::to_text(
                     base::json::object{{"rows", static_cast<std::int64_t>(list.rows.size())},
                                        {"written", written},
                                        {"unchanged", unchanged},
                                        {"problems", std::move(problems)}})
              << '\n';
  } else {
    std::cout << "Dòng / rows: " << list.rows.size() << ", ghi mới / written: " << written
              << ", không đổi / unchanged: " << unchanged << '\n';
    for (const catalogue::ReplacementProblem& one : list.problems) {
      std::cout << options.file << ":" << one.line << ": " << one.message << '\n';
    }
  }
  return list.problems.empty() ? kDone : kFindings;
}

// ------------------------------------------------------------------ matches

// What a person writes to name a match.
std::string id_of(const Match& match) {
  return catalogue::key_of(*match.replacement) + "/" +
         base::to_hex(base::sha256(base::fold_for_search(match.paper_name))).substr(0, 8);
}

// The papers of a procedure as the catalogue has them.
std::vector<PaperName> papers_of(const catalogue::Entry& entry) {
  std::vector<PaperName> papers;
  for (std::size_t i = 0; i < entry.components.size(); ++i) {
    const catalogue::StatedComponent& one = entry.components[i];
    if (one.instruction || base::fold_for_search(one.name).empty()) continue;
    papers.push_back({std::to_string(i), one.name});
  }
  return papers;
}

// All matches of the catalogue's entries, of one or of all.
base::Outcome<std::vector<Match>> matches_in(casework::Store& store,
                                             const DraftingMaterial& material,
                                             const std::string& code) {
  std::vector<Match> matches;
  for (const auto& [procedure, rows] : material.replacements.rows) {
    if (!code.empty() && procedure != code) continue;
    const auto stored = TRY(find_entry(store, procedure));
    if (!stored) continue;
    for (Match& match : catalogue::match_papers(rows, papers_of(stored->entry), material.policy)) {
      matches.push_back(std::move(match));
    }
  }
  return matches;
}

std::string decision_of(const Match& match, const catalogue::ReplacementBook& book) {
  const auto found =
      book.decisions.find(catalogue::decision_key(*match.replacement, match.paper_name));
  if (found != book.decisions.end()) return found->second.accepted ? "accepted" : "declined";
  return match.kind == MatchKind::review ? "open" : "";
}

base::Outcome<int> review(const Options& options) {
  const Shipped shipped = TRY(find_shipped());
  const OpenedStore opened = TRY(open_catalogue_store(options.data, options.store, StoreUse::read));
  const DraftingMaterial material = TRY(read_drafting_material(shipped, *opened.store));
  const std::vector<Match> matches = TRY(matches_in(*opened.store, material, options.code));
  std::map<std::string, std::int64_t> counts;
  base::json::array items;
  std::set<std::string> told;  // a page may name a paper once for each case
  for (const Match& match : matches) {
    if (!told.insert(id_of(match)).second) continue;
    ++counts[std::string{catalogue::to_text(match.kind)}];
    const std::string decision = decision_of(match, material.replacements);
    if (!options.all && decision != "open") continue;
    const auto score = static_cast<std::int64_t>(match.score * 100 + 0.5);
    if (options.json) {
      items.push_back({{"id", id_of(match)},
                       {"procedure", match.replacement->procedure},
                       {"published", match.replacement->paper},
                       {"paper", match.paper_name},
                       {"kind", catalogue::to_text(match.kind)},
                       {"score", score},
                       {"database", match.replacement->database},
                       {"decision", decision}});
    } else {
      std::cout << id_of(match) << "  " << match.replacement->procedure << "  "
                << catalogue::to_text(match.kind) << " " << score;
      if (!decision.empty()) std::cout << "  (" << decision << ")";
      std::cout << "\n  " << match.replacement->paper << " (" << match.replacement->database
                << ")\n  → " << (match.paper_name.empty() ? "?" : match.paper_name) << '\n';
    }
  }
  if (options.json) {
    base::json::object kinds;
    for (const auto& [kind, count] : counts) kinds[kind] = count;
    std::cout << base::to_text(
                     base::json::object{{"counts", std::move(kinds)}, {"items", std::move(items)}})
              << '\n';
  } else {
    for (const auto& [kind, count] : counts) std::cout << kind << ": " << count << '\n';
  }
  return kDone;
}

base::Outcome<int> decide(const Options& options, bool accept) {
  const Shipped shipped = TRY(find_shipped());
  const OpenedStore opened =
      TRY(open_catalogue_store(options.data, options.store, StoreUse::write));
  const auto account = TRY(opened.store->find_account(options.by));
  if (!account || !account->active) {
    return base::fault(base::FaultCode::not_found, "nobody signs in as " + options.by);
  }
  const base::json::value officer = TRY(base::parse_json(account->officer));
  DraftingMaterial material = TRY(read_drafting_material(shipped, *opened.store));
  const std::vector<Match> matches = TRY(matches_in(*opened.store, material, ""));
  std::map<std::string, const catalogue::Replacement*> changed;
  for (const std::string& id : options.matches) {
    bool known = false;
    for (const Match& match : matches) {
      if (match.paper_name.empty() || id_of(match) != id) continue;
      known = true;
      material.replacements
          .decisions[catalogue::decision_key(*match.replacement, match.paper_name)] = {
          accept, options.by, options.note};
      changed[catalogue::key_of(*match.replacement)] = match.replacement;
    }
    if (!known) {
      return base::fault(
          base::FaultCode::not_found,
          "there is no match " + id + " (any more): see `motcua catalogue replacements review`");
    }
  }
  calendar::SystemClock clock;
  std::vector<casework::DefinitionRow> rows;
  for (const auto& [key, row] : changed) {
    const auto before = TRY(opened.store->find_definition(kReplacement, key, 0));
    rows.push_back({.kind = kReplacement,
                    .key = key,
                    .version = before ? before->version + 1 : 1,
                    .at = clock.now(),
                    .actor = {.kind = dossier::ActorKind::officer,
                              .id = account->officer_id,
                              .name = base::string_or(officer, "name", options.by),
                              .agency = base::string_or(officer, "agency")},
                    .digest = before ? before->digest : std::string{},
                    .body = base::to_text(replacement_body(*row, material.replacements))});
  }
  TRY(opened.store->save_definitions(rows));
  std::cout << (accept ? "Đã nhận / accepted: " : "Đã bỏ qua / declined: ")
            << options.matches.size() << '\n';
  return kDone;
}

// ------------------------------------------------------------------ what is in force

// Papers that procedures in force still ask for although the appendix has data for them.
base::Outcome<int> missing(const Options& options) {
  const Shipped shipped = TRY(find_shipped());
  const DataFolder folder = TRY(DataFolder::open(options.data));
  calendar::SystemClock clock;
  const auto office = TRY(Office::open(folder, shipped, clock, {.store_url = options.store}));
  const OpenedStore opened = TRY(open_catalogue_store(options.data, options.store, StoreUse::read));
  const DraftingMaterial material = TRY(read_drafting_material(shipped, *opened.store));
  base::json::array items;
  std::int64_t count = 0;
  for (const auto& [code, rows] : material.replacements.rows) {
    if (!options.code.empty() && code != options.code) continue;
    const casework::ProcedurePtr procedure = office->workplace().publications.find(code);
    if (procedure == nullptr) continue;
    std::vector<PaperName> papers;
    for (const procedure::Component& one : procedure->components) {
      papers.push_back({one.id, one.name.vi});
    }
    for (const Match& match : catalogue::match_papers(rows, papers, material.policy)) {
      // A paper of another name may be replaced by the same data already.
      const std::string database =
          catalogue::database_name(match.replacement->database, material.policy).vi;
      const bool covered =
          match.kind == MatchKind::none &&
          std::ranges::any_of(procedure->components, [&](const procedure::Component& one) {
            return std::ranges::any_of(one.replaced_by, [&](const procedure::DataInstead& data) {
              return data.database.vi == database;
            });
          });
      if (covered) continue;
      const procedure::Component* paper = procedure->find_component(match.paper);
      if (paper != nullptr && !paper->replaced_by.empty()) continue;
      if (decision_of(match, material.replacements) == "declined") continue;
      ++count;
      if (options.json) {
        items.push_back(
            {{"procedure", code},
             {"published", match.replacement->paper},
             {"database", match.replacement->database},
             {"component", match.paper},
             {"kind", catalogue::to_text(match.kind)},
             {"replaced_by", catalogue::replaced_by_yaml(*match.replacement, material.policy)}});
      } else {
        std::cout << code << "  " << match.replacement->paper << " (" << match.replacement->database
                  << ")  → "
                  << (match.paper.empty()
                          ? "không thấy giấy tờ / no such paper"
                          : match.paper + " [" + std::string{catalogue::to_text(match.kind)} + "]")
                  << '\n';
        if (!match.paper.empty()) {
          std::cout << "  replaced_by: "
                    << catalogue::replaced_by_yaml(*match.replacement, material.policy) << '\n';
        }
      }
    }
  }
  if (options.json) {
    std::cout << base::to_text(base::json::object{{"count", count}, {"items", std::move(items)}})
              << '\n';
  } else {
    std::cout << "Chưa dùng dữ liệu thay / data not used yet: " << count << '\n';
  }
  return kDone;
}

CLI::App* add_one(CLI::App& group, int& status, const char* name, const char* about,
                  const std::shared_ptr<Options>& options,
                  const std::function<base::Outcome<int>(const Options&)>& run) {
  CLI::App* command = group.add_subcommand(name, about);
  command->add_option("--data", options->data, "Folder of the store")->capture_default_str();
  command->add_option("--store", options->store, "postgres://… of the store")
      ->envname("MOTCUA_STORE");
  command->callback([options, run, &status] {
    const auto done = run(*options);
    status = done ? *done : report(done.error());
  });
  return command;
}

void add_decision(CLI::App& group, int& status, const char* name, const char* about, bool accept) {
  auto options = std::make_shared<Options>();
  CLI::App* command = add_one(group, status, name, about, options,
                              [accept](const Options& said) { return decide(said, accept); });
  command->add_option("--by", options->by, "Username of who decides")->required();
  command->add_option("--note", options->note, "Why");
  command->add_option("MATCH", options->matches, "As `review` prints it")->required();
}

}  // namespace

void add_catalogue_replacements(CLI::App& catalogue, int& status) {
  CLI::App* group = catalogue.add_subcommand("replacements",
                                             "Papers that data of the national databases replace");
  group->require_subcommand(1);
  {
    auto options = std::make_shared<Options>();
    CLI::App* command =
        add_one(*group, status, "import", "Reads the published appendix (.tsv)", options, import);
    command->add_option("FILE", options->file, "The appendix, tab-separated")->required();
    command->add_option("--act", options->act, "The act it belongs to")->capture_default_str();
    command->add_option("--from", options->from, "First day it applies, 2026-01-01");
    command->add_option("--to", options->to, "Last day it applies, 2027-02-28");
    command->add_flag("--json", options->json, "One JSON object");
  }
  {
    auto options = std::make_shared<Options>();
    CLI::App* command =
        add_one(*group, status, "review", "Matches that a person has to decide", options, review);
    command->add_option("--code", options->code, "Of one procedure");
    command->add_flag("--all", options->all, "Sure ones and decided ones as well");
    command->add_flag("--json", options->json, "One JSON object");
  }
  add_decision(*group, status, "accept", "Takes data instead of these papers into new drafts",
               true);
  add_decision(*group, status, "decline", "Goes on asking for these papers", false);
  {
    auto options = std::make_shared<Options>();
    CLI::App* command = add_one(
        *group, status, "missing",
        "Papers that procedures in force ask for although data replace them", options, missing);
    command->add_option("--code", options->code, "Of one procedure");
    command->add_flag("--json", options->json, "One JSON object");
  }
}

}  // namespace cli
