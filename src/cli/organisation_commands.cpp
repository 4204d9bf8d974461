// organisation_commands.cpp - motcua organisation show|history|head|export|import|merge.
#include <fstream>
#include <functional>
#include <iostream>
#include <map>
#include <memory>

#include <boost/json.hpp>

#include "casework/organisation_changes.h"
#include "casework/organisation_json.h"
#include "casework/organisation_view.h"
#include "cli/compose.h"
#include "cli/manners.h"
#include "cli/subcommand.h"
#include "documents/spreadsheet.h"

namespace cli {

namespace {

using calendar::Date;

struct Options {
  std::string data = "motcua-data";
  std::string store;
  std::string on;
  std::string code;
  std::string table;
  std::string file;
  std::string act_number, act_issuer, act_issued_on, act_title;
  std::string by = "motcua";
  std::string reason;
  std::string apply;  // digest of the preview
  std::vector<std::string> ends;
  std::string name, unit_code, address;
  bool json = false;
};

// The office over the data folder; beside a server too, which looks for changes by itself.
struct Desk {
  calendar::SystemClock clock;
  std::optional<FolderHold> hold;
  std::unique_ptr<Office> office;
  Date on{};

  [[nodiscard]] casework::Workplace& workplace() { return office->workplace(); }
  [[nodiscard]] casework::OrganisationRegister& organisations() {
    return *office->workplace().organisations;
  }
};

base::Failure<base::Fault> usage(const std::string& what) {
  return base::fault(base::FaultCode::invalid, what);
}

base::Outcome<std::unique_ptr<Desk>> open_desk(const Options& options) {
  auto desk = std::make_unique<Desk>();
  const Shipped shipped = TRY(find_shipped());
  const DataFolder folder = TRY(DataFolder::open(options.data));
  auto hold = TRY(folder.hold_if_free());
  if (hold) desk->hold.emplace(std::move(*hold));
  desk->office = TRY(Office::open(folder, shipped, desk->clock,
                                  {.store_url = options.store, .beside = !desk->hold}));
  desk->on = desk->organisations().date_of_today();
  if (!options.on.empty()) {
    const auto on = calendar::parse_date(options.on);
    if (!on) return usage("--on " + options.on + " is no day like 2027-01-01");
    desk->on = *on;
  }
  return desk;
}

int refuse(const casework::Failure& failure) {
  std::cerr << "motcua: " << failure.detail.vi << "\n        " << failure.detail.en << '\n';
  return failure.kind == casework::FailureKind::unavailable ? kFault : kFindings;
}

std::string day_or_dots(const std::optional<Date>& on) {
  return on ? calendar::to_iso(*on) : "…";
}

void print_tree(const party::Organisation& organisation) {
  std::map<std::string, std::vector<const party::Agency*>> below;
  for (const party::Agency& one : organisation.agencies()) {
    below[one.parent ? one.parent->text() : std::string{}].push_back(&one);
  }
  const std::function<void(const std::string&, int)> print = [&](const std::string& above,
                                                                 int depth) {
    const auto found = below.find(above);
    if (found == below.end() || depth > 32) return;
    for (const party::Agency* one : found->second) {
      std::cout << std::string(static_cast<std::size_t>(depth) * 2, ' ') << one->id.text() << "  "
                << one->name.vi;
      for (const party::AgencyId& before : organisation.takes_over(one->id)) {
        std::cout << "  ← " << before.text();
      }
      std::cout << '\n';
      print(one->id.text(), depth + 1);
    }
  };
  print({}, 0);
}

base::Outcome<int> show(const Options& options) {
  const auto desk = TRY(open_desk(options));
  if (options.json) {
    std::cout << base::to_text(casework::organisation_json(desk->organisations(), desk->on))
              << '\n';
  } else {
    print_tree(*desk->organisations().on(desk->on));
  }
  return kDone;
}

void print_post(const party::Post& post) {
  std::cout << "  " << calendar::to_iso(post.appointment->from) << " – " << day_or_dots(post.until)
            << "  " << post.person->name << "  " << post.position->title.vi
            << (post.appointment->concurrent ? " (kiêm nhiệm)" : "") << "  "
            << post.appointment->act.number << '\n';
}

base::Outcome<int> history(const Options& options) {
  const auto desk = TRY(open_desk(options));
  const auto shown = casework::agency_history_json(desk->organisations(), options.code, desk->on);
  if (!shown) return refuse(shown.error());
  if (options.json) {
    std::cout << base::to_text(*shown) << '\n';
    return kDone;
  }
  const auto state = desk->organisations().state();
  for (const party::AgencyState& one : state->history.states(options.code)) {
    std::cout << day_or_dots(one.from) << " – " << day_or_dots(one.to) << "  " << one.agency.name.vi
              << '\n';
  }
  for (const party::OrganisationChange* one : state->history.changes_of(options.code)) {
    std::cout << calendar::to_iso(one->on) << "  " << party::title(one->kind).vi << "  "
              << one->act.number << ", " << one->act.issuer << ": " << one->act.title << '\n';
  }
  for (const party::Post& post : state->roster.posts_at(options.code)) print_post(post);
  return kDone;
}

base::Outcome<int> head(const Options& options) {
  const auto desk = TRY(open_desk(options));
  const auto shown = casework::head_json(desk->organisations(), options.code, desk->on);
  if (!shown) return refuse(shown.error());
  if (options.json) {
    std::cout << base::to_text(*shown) << '\n';
    return kDone;
  }
  const auto found = desk->organisations().state()->roster.head(options.code, desk->on);
  if (found) {
    print_post(*found);
    return kDone;
  }
  std::cout << "Không có người đứng đầu được ghi nhận vào ngày " << calendar::to_iso(desk->on)
            << '\n';
  const auto& list = shown->at("successors").get_array();
  for (const base::json::value& one : list) {
    std::cout << "  → " << base::string_or(one, "id") << '\n';
  }
  return kFindings;
}

documents::Cell cell_of(const casework::SheetCell& cell) {
  if (const auto* text = std::get_if<std::string>(&cell)) return *text;
  if (const auto* number = std::get_if<std::int64_t>(&cell)) return *number;
  return std::monostate{};
}

base::Outcome<std::string> csv_of(const casework::SheetTable& table) {
  documents::Sheet sheet{.name = table.name, .columns = {}};
  for (const casework::SheetColumn& one : table.columns) sheet.columns.push_back({one.title, 16});
  std::string text;
  std::size_t next = 0;
  TRY(documents::write_csv(
      sheet,
      [&](documents::Row& row) {
        if (next == table.rows.size()) return false;
        for (const casework::SheetCell& one : table.rows[next]) row.push_back(cell_of(one));
        ++next;
        return true;
      },
      [&](std::string_view piece) {
        text += piece;
        return true;
      }));
  return text;
}

base::Outcome<int> export_table(const Options& options) {
  const auto table = casework::parse_organisation_table(options.table);
  if (!table) return usage("TABLE is agencies, counters, positions or officers");
  const auto desk = TRY(open_desk(options));
  const auto rows = casework::organisation_sheet(*desk->organisations().state(), *table, desk->on);
  const bool xlsx = options.file.ends_with(".xlsx");
  const std::string bytes =
      xlsx ? TRY(desk->workplace().printer.spreadsheet(rows)) : TRY(csv_of(rows));
  if (options.file.empty()) {
    std::cout << bytes;
    return kDone;
  }
  std::ofstream file(options.file, std::ios::binary);
  file << bytes;
  file.close();
  if (!file) return base::fault(base::FaultCode::unavailable, "cannot write " + options.file);
  return kDone;
}

void print_preview(const casework::ImportPreview& preview) {
  for (const casework::ImportLine& one : preview.lines) {
    std::cout << one.line << "\t" << casework::name(one.effect) << "\t" << one.item << "\t"
              << one.what.vi << '\n';
  }
  std::cout << "added " << preview.count(casework::ImportEffect::added) << ", changed "
            << preview.count(casework::ImportEffect::changed) << ", ended "
            << preview.count(casework::ImportEffect::ended) << ", refused "
            << preview.count(casework::ImportEffect::refused) << ", unchanged " << preview.unchanged
            << "\ndigest " << preview.digest << '\n';
}

int finish(Desk& desk, const casework::ImportPreview& preview, const Options& options) {
  if (options.apply.empty()) {
    if (options.json) {
      std::cout << base::to_text(casework::preview_json(preview)) << '\n';
    } else {
      print_preview(preview);
    }
    return preview.count(casework::ImportEffect::refused) > 0 ? kFindings : kDone;
  }
  const dossier::Actor by{
      .kind = dossier::ActorKind::system, .id = options.by, .name = options.by, .agency = {}};
  const auto done = casework::register_batch(desk.workplace(), by, preview,
                                             {.digest = options.apply, .reason = options.reason});
  if (!done) return refuse(done.error());
  // A server that is running does it within seconds.
  if (desk.hold) {
    const auto kept = casework::keep_accounts(desk.workplace());
    if (!kept) return refuse(kept.error());
  }
  std::cout << "version " << done->version << (done->anew ? "" : " (nothing to do)") << '\n';
  return kDone;
}

base::Outcome<party::LegalAct> act_of(const Options& options) {
  party::LegalAct act{
      .number = options.act_number, .issuer = options.act_issuer, .title = options.act_title};
  if (!options.act_issued_on.empty()) {
    act.issued_on = calendar::parse_date(options.act_issued_on);
    if (!act.issued_on) return usage("--act-issued-on is no day like 2026-11-16");
  }
  return act;
}

base::Outcome<int> import_table(const Options& options) {
  const auto table = casework::parse_organisation_table(options.table);
  if (!table) return usage("TABLE is agencies, counters, positions or officers");
  const std::string bytes = TRY(read_text(options.file));
  const party::LegalAct act = TRY(act_of(options));
  const auto desk = TRY(open_desk(options));
  const auto preview = casework::preview_import(desk->organisations(),
                                                {.table = *table,
                                                 .on = desk->on,
                                                 .act = act,
                                                 .accounts = &desk->workplace().officers,
                                                 .store = &desk->workplace().store},
                                                bytes);
  if (!preview) return refuse(preview.error());
  return finish(*desk, *preview, options);
}

base::Outcome<int> merge(const Options& options) {
  const party::LegalAct act = TRY(act_of(options));
  const auto desk = TRY(open_desk(options));
  const auto into = party::AgencyId::parse(options.code);
  if (!into) return usage("--into " + options.code + " is no agency code");
  party::Merger merger{.on = desk->on, .act = act, .into = {.id = *into}};
  merger.into.kind = party::AgencyKind::commune_committee;
  merger.into.name = {options.name, {}};
  merger.into.unit_code = options.unit_code;
  merger.into.address = options.address;
  for (const std::string& text : options.ends) {
    const auto id = party::AgencyId::parse(text);
    if (!id) return usage("--ends " + text + " is no agency code");
    merger.ends.push_back(*id);
    const party::Agency* before = desk->organisations().today().find(*id);
    if (!merger.into.parent && before != nullptr) merger.into.parent = before->parent;
  }
  const auto batch = casework::merger_batch(desk->organisations(), std::move(merger));
  return finish(*desk,
                casework::preview_batch(desk->organisations(), batch, &desk->workplace().officers,
                                        &desk->workplace().store),
                options);
}

int run(const std::shared_ptr<Options>& options, base::Outcome<int> (*what)(const Options&)) {
  const auto done = what(*options);
  return done ? *done : report(done.error());
}

void add_act(CLI::App& command, const std::shared_ptr<Options>& options) {
  command.add_option("--act-number", options->act_number, "Number of the decision");
  command.add_option("--act-issuer", options->act_issuer, "Who issued it");
  command.add_option("--act-issued-on", options->act_issued_on, "Its day, 2026-11-16");
  command.add_option("--act-title", options->act_title, "What it says");
  command.add_option("--apply", options->apply,
                     "Digest of the preview that was looked at; without it nothing is changed");
  command.add_option("--by", options->by, "Who registers it")->capture_default_str();
  command.add_option("--reason", options->reason, "Kept with the change");
}

}  // namespace

void add_organisation(CLI::App& program, int& status) {
  auto options = std::make_shared<Options>();
  CLI::App* group = program.add_subcommand(
      "organisation", "Agencies, counters, posts and people on every day; import and export");
  group->require_subcommand(1);
  const auto add = [&](const char* word, const char* says,
                       base::Outcome<int> (*what)(const Options&)) {
    CLI::App* command = group->add_subcommand(word, says);
    command->add_option("--data", options->data, "Folder of the store")->capture_default_str();
    command->add_option("--store", options->store, "postgres://… instead of the folder's store");
    command->add_option("--on", options->on, "The day, 2027-01-01; today unless said");
    command->add_flag("--json", options->json, "As JSON");
    command->callback([options, what, &status] { status = run(options, what); });
    return command;
  };
  add("show", "The tree of a day", show);
  CLI::App* told = add("history", "An agency as it was and will be, and who worked there", history);
  told->add_option("CODE", options->code, "Agency code")->required();
  CLI::App* headed = add("head", "Who headed an agency on a day", head);
  headed->add_option("CODE", options->code, "Agency code")->required();
  CLI::App* out = add("export", "A table as CSV or XLSX", export_table);
  out->add_option("TABLE", options->table, "agencies, counters, positions or officers")->required();
  out->add_option("--file", options->file, "FILE.csv or FILE.xlsx; CSV to stdout unless said");
  CLI::App* in =
      add("import", "What a table would change; with --apply DIGEST: change it", import_table);
  in->add_option("TABLE", options->table, "agencies, counters, positions or officers")->required();
  in->add_option("FILE", options->file, "CSV or XLSX")->required();
  add_act(*in, options);
  CLI::App* merged = add("merge", "Communes become one, with their centres and police", merge);
  merged->add_option("--ends", options->ends, "Committees that end, H41.101,H41.102")
      ->required()
      ->delimiter(',');
  merged->add_option("--into", options->code, "Code of the successor: new, or one that goes on")
      ->required();
  merged->add_option("--name", options->name, "Name of a new one");
  merged->add_option("--unit-code", options->unit_code, "Its five digits");
  merged->add_option("--address", options->address, "Its address");
  add_act(*merged, options);
}

}  // namespace cli
