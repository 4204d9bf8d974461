// catalogue_drafts_command.cpp - motcua catalogue drafts: entries become packages that run.
#include <algorithm>
#include <filesystem>
#include <iostream>
#include <map>
#include <memory>
#include <set>

#include <boost/json.hpp>
#include <unistd.h>

#include "calendar/clock.h"
#include "casework/definition_kinds.h"
#include "catalogue/lint.h"
#include "cli/catalogue_drafting.h"
#include "cli/catalogue_store.h"
#include "cli/compose.h"
#include "cli/manners.h"
#include "cli/subcommand.h"

namespace cli {

namespace {

using casework::definition::kDraft;
using catalogue::Draft;
using catalogue::DraftReason;
using catalogue::Entry;

constexpr std::size_t kRowsAtOnce = 100;

struct DraftsOptions {
  std::string data = "motcua-data";
  std::string store;
  std::string agency = kTenant;
  std::string level;
  std::string code;
  std::string out;
  bool json = false;
};

struct Refused {
  std::string code;
  std::string name;
  std::vector<DraftReason> reasons;
};

struct Report {
  std::int64_t considered = 0;
  std::int64_t runnable = 0;  // drafted now, or kept because somebody made it by hand
  std::int64_t written = 0;
  std::int64_t unchanged = 0;
  std::int64_t kept = 0;  // by hand: shipped, or a draft that a person has changed
  std::int64_t held = 0;  // run, but somebody has to decide before they are published
  std::map<std::string, std::int64_t> doubts;
  std::map<std::string, std::int64_t> processes;
  std::vector<Refused> refused;
};

struct Known {
  std::string digest;
  std::int64_t version = 0;
  bool by_hand = false;
};

// Writes drafts in batches, and their files where somebody wants to look at them.
class Desk {
 public:
  Desk(const DraftsOptions& options, casework::Store& store, const DraftingMaterial& material,
       std::set<std::string> shipped)
      : options_(options), store_(store), material_(material), shipped_(std::move(shipped)) {}

  base::Outcome<base::Done> load_known() {
    return each_definition(
        store_, kDraft, options_.code, true,
        [&](const casework::DefinitionRow& row) -> base::Outcome<base::Done> {
          const base::json::value body = TRY(base::parse_json(row.body));
          const auto* origin = base::find(body, "origin");
          known_[row.key] = {row.digest, row.version,
                             origin == nullptr || base::string_or(*origin, "kind") != "catalogue"};
          return base::Done{};
        });
  }

  base::Outcome<base::Done> take(const Entry& entry, procedure::Level level) {
    ++report_.considered;
    const auto known = known_.find(entry.code);
    if (shipped_.contains(entry.code) || (known != known_.end() && known->second.by_hand)) {
      ++report_.kept;
      ++report_.runnable;
      return base::Done{};
    }
    const catalogue::DraftOptions wanted{level, options_.agency};
    auto draft = catalogue::draft_package(entry, wanted, material_.sources());
    if (!draft) {
      report_.refused.push_back({entry.code, entry.name, draft.error()});
      return base::Done{};
    }
    ++report_.runnable;
    ++report_.processes[std::string{catalogue::to_text(draft->process.variant)}];
    for (const catalogue::DraftDoubt doubt : draft->doubts) {
      ++report_.doubts[std::string{catalogue::to_text(doubt)}];
    }
    if (std::ranges::any_of(draft->doubts, catalogue::holds_publication)) ++report_.held;
    if (!options_.out.empty()) TRY(write_files(*draft));
    if (known != known_.end() && known->second.digest == draft->digest) {
      ++report_.unchanged;
      return base::Done{};
    }
    ++report_.written;
    rows_.push_back({.kind = kDraft,
                     .key = draft->code,
                     .version = known == known_.end() ? 1 : known->second.version + 1,
                     .at = clock_.now(),
                     .actor = program_actor(),
                     .digest = draft->digest,
                     .body = base::to_text(catalogue::to_json(*draft, entry, wanted))});
    return rows_.size() >= kRowsAtOnce ? save() : base::Done{};
  }

  base::Outcome<base::Done> save() {
    if (!rows_.empty()) TRY(store_.save_definitions(rows_));
    rows_.clear();
    return base::Done{};
  }

  [[nodiscard]] const Report& report() const { return report_; }

 private:
  base::Outcome<base::Done> write_files(const Draft& draft) const {
    for (const auto& [name, text] : draft.files) {
      const std::filesystem::path file = std::filesystem::path{options_.out} / draft.code / name;
      std::error_code error;
      std::filesystem::create_directories(file.parent_path(), error);
      if (error) {
        return base::fault(base::FaultCode::unavailable,
                           "cannot make " + file.parent_path().string() + ": " + error.message());
      }
      TRY(write_durably(file, text));
    }
    return base::Done{};
  }

  const DraftsOptions& options_;
  casework::Store& store_;
  const DraftingMaterial& material_;
  std::set<std::string> shipped_;
  calendar::SystemClock clock_;
  std::map<std::string, Known> known_;
  std::vector<casework::DefinitionRow> rows_;
  Report report_;
};

base::json::array reasons_json(const std::vector<DraftReason>& reasons) {
  base::json::array list;
  for (const DraftReason& one : reasons) {
    list.push_back({{"reason", catalogue::to_text(one.refusal)},
                    {"vi", one.text.vi},
                    {"en", one.text.en},
                    {"detail", one.detail}});
  }
  return list;
}

base::json::object counts_json(const std::map<std::string, std::int64_t>& counts) {
  base::json::object json;
  for (const auto& [name, count] : counts) json[name] = count;
  return json;
}

void print(const DraftsOptions& options, const Report& report) {
  if (options.json) {
    base::json::array refused;
    for (const Refused& one : report.refused) {
      refused.push_back(
          {{"code", one.code}, {"name", one.name}, {"reasons", reasons_json(one.reasons)}});
    }
    std::cout << base::to_text(base::json::object{{"agency", options.agency},
                                                  {"considered", report.considered},
                                                  {"runnable", report.runnable},
                                                  {"written", report.written},
                                                  {"unchanged", report.unchanged},
                                                  {"kept", report.kept},
                                                  {"held", report.held},
                                                  {"doubts", counts_json(report.doubts)},
                                                  {"processes", counts_json(report.processes)},
                                                  {"refused", std::move(refused)}})
              << '\n';
    return;
  }
  std::cout << "Thủ tục xét / considered: " << report.considered << '\n'
            << "Chạy được / runnable: " << report.runnable << '\n'
            << "Ghi mới / written: " << report.written
            << ", không đổi / unchanged: " << report.unchanged
            << ", soạn tay / made by hand: " << report.kept << '\n'
            << "Cần người quyết định trước khi công bố / held: " << report.held << '\n';
  for (const auto& [name, count] : report.doubts) {
    std::cout << "  " << name << ": " << count << '\n';
  }
  if (!report.refused.empty()) {
    std::cout << "Chưa lập được / not drafted: " << report.refused.size() << '\n';
  }
  for (const Refused& one : report.refused) {
    for (const DraftReason& reason : one.reasons) {
      std::cout << "  " << one.code << "  " << catalogue::to_text(reason.refusal) << "  "
                << reason.text.vi << " / " << reason.text.en << '\n';
      if (!reason.detail.empty()) std::cout << "    " << reason.detail << '\n';
    }
  }
}

bool done_at(const Entry& entry, procedure::Level level) {
  const catalogue::Tier tier = level == procedure::Level::commune    ? catalogue::Tier::commune
                               : level == procedure::Level::province ? catalogue::Tier::province
                                                                     : catalogue::Tier::ministry;
  return std::ranges::find(entry.tiers, tier) != entry.tiers.end();
}

base::Outcome<int> run(const DraftsOptions& options) {
  const auto level = procedure::find_level(options.level);
  if (!options.level.empty() && !level) {
    return report_usage("--level takes commune, province or ministry");
  }
  const Shipped shipped = TRY(find_shipped());
  const OpenedStore opened =
      TRY(open_catalogue_store(options.data, options.store, StoreUse::write));
  const DraftingMaterial material = TRY(read_drafting_material(shipped, *opened.store));
  if (material.organisation.find(options.agency) == nullptr) {
    return report_usage("there is no agency " + options.agency);
  }
  std::set<std::string> by_hand;
  std::error_code error;
  for (const auto& folder :
       std::filesystem::directory_iterator(shipped.procedures / "national", error)) {
    by_hand.insert(folder.path().filename().string());
  }
  std::map<std::string, std::vector<catalogue::Decision>> decisions;
  for (catalogue::Decision& one : TRY(decisions_about(*opened.store, options.code))) {
    decisions[one.finding.substr(0, one.finding.find('/'))].push_back(std::move(one));
  }
  Desk desk(options, *opened.store, material, std::move(by_hand));
  TRY(desk.load_known());
  const bool watched = ::isatty(STDERR_FILENO) != 0;
  base::Outcome<base::Done> going{base::Done{}};
  TRY(each_entry(*opened.store, options.code, [&](const Entry& published) {
    if (!options.code.empty() && published.code != options.code) return true;
    const Entry entry = catalogue::mended(published, decisions[published.code]);
    const auto chosen = level && done_at(entry, *level) ? level
                        : level                         ? std::nullopt
                                : catalogue::natural_level(entry, material.policy);
    if (!chosen) return true;
    going = desk.take(entry, *chosen);
    if (watched) std::cerr << '\r' << desk.report().considered << std::flush;
    return going.has_value();
  }));
  if (watched) std::cerr << "\r\033[K" << std::flush;
  if (!going) return base::Failure{going.error()};
  TRY(desk.save());
  print(options, desk.report());
  return kDone;
}

}  // namespace

void add_catalogue_drafts(CLI::App& catalogue, int& status) {
  auto options = std::make_shared<DraftsOptions>();
  CLI::App* command = catalogue.add_subcommand(
      "drafts", "Makes packages that run out of the catalogue's entries, or renews them");
  command->add_option("--data", options->data, "Folder of the store")->capture_default_str();
  command->add_option("--store", options->store, "postgres://… of the store")
      ->envname("MOTCUA_STORE");
  command->add_option("--agency", options->agency, "Who they are drafted for")
      ->capture_default_str();
  command->add_option("--level", options->level,
                      "commune, province or ministry; else the level each page speaks of");
  command->add_option("--code", options->code, "Of one procedure");
  command->add_option("--out", options->out, "Writes the files into DIR/CODE/ as well");
  command->add_flag("--json", options->json, "One JSON object");
  command->callback([options, &status] {
    const auto done = run(*options);
    status = done ? *done : report(done.error());
  });
}

}  // namespace cli
