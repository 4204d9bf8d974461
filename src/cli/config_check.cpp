// config_check.cpp - motcua config check: is everything that is shipped and stored in order?
#include <iostream>

#include <boost/json.hpp>

#include "cli/compose.h"
#include "cli/manners.h"
#include "cli/subcommand.h"
#include "connect/message_texts.h"
#include "documents/document_template.h"
#include "storage/sqlite/sqlite_store.h"

namespace cli {

namespace {

struct CheckLine {
  std::string what;
  bool ok = true;
  std::string detail;
};

template <class T>
void note(std::vector<CheckLine>& lines, const std::string& what, const base::Outcome<T>& outcome,
          const std::string& detail = {}) {
  lines.push_back({what, outcome.has_value(), outcome ? detail : outcome.error().message});
}

std::vector<CheckLine> check(const std::string& data) {
  std::vector<CheckLine> lines;
  const auto shipped = find_shipped();
  note(lines, "shipped files", shipped,
       shipped ? shipped->data.parent_path().string() : std::string{});
  if (!shipped) return lines;
  const auto definitions = read_definitions(*shipped);
  note(lines, "procedures", definitions,
       definitions ? std::to_string(definitions->procedures.size()) + " packages" : "");
  note(lines, "calendar", read_calendar(*shipped));
  const auto organisation = read_organisation(*shipped);
  note(lines, "organisation", organisation,
       organisation ? std::to_string(organisation->agencies().size()) + " agencies" : "");
  const auto sign_in = read_sign_in_policy(*shipped, "");
  note(lines, "sign-in policy", sign_in, sign_in ? sign_in->profile : "");
  note(lines, "document templates", documents::load_templates(shipped->data / "templates"));
  note(lines, "messages", connectors::load_message_texts(shipped->data / "messages"));
  std::error_code error;
  const bool web = std::filesystem::exists(shipped->web / "portal" / "index.html", error) &&
                   std::filesystem::exists(shipped->web / "desk" / "index.html", error);
  lines.push_back({"web faces", web, web ? "" : "not built: run ./run --build-only"});
  if (!data.empty()) {
    const auto folder = DataFolder::open(data);
    note(lines, "data folder", folder);
    if (folder) note(lines, "store", storage::sqlite::open_store(folder->store(), kTenant));
  }
  return lines;
}

}  // namespace

void add_config(CLI::App& program, int& status) {
  CLI::App* config = program.add_subcommand("config", "Look at the configuration");
  config->require_subcommand(1);
  CLI::App* command =
      config->add_subcommand("check", "Read everything that is shipped, and a store if named");
  auto data = std::make_shared<std::string>();
  auto as_json = std::make_shared<bool>(false);
  command->add_option("--data", *data, "Folder of a store; created if absent");
  command->add_flag("--json", *as_json, "For programs");
  command->callback([data, as_json, &status] {
    bool all_ok = true;
    base::json::array items;
    for (const CheckLine& line : check(*data)) {
      all_ok = all_ok && line.ok;
      if (*as_json) {
        items.push_back(
            base::json::object{{"check", line.what}, {"ok", line.ok}, {"detail", line.detail}});
      } else {
        std::cout << (line.ok ? "ok      " : "WRONG   ") << line.what
                  << (line.detail.empty() ? "" : ": " + line.detail) << '\n';
      }
    }
    if (*as_json) std::cout << base::to_text(base::json::value(items)) << '\n';
    if (!all_ok) status = kFindings;
  });
}

}  // namespace cli
