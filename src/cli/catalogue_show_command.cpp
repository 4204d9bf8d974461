// catalogue_show_command.cpp - motcua catalogue show: what was understood beside what is published.
#include <iostream>
#include <memory>

#include "base/json.h"
#include "catalogue/entry_json.h"
#include "catalogue/lint.h"
#include "catalogue/page_text.h"
#include "cli/catalogue_store.h"
#include "cli/manners.h"
#include "cli/subcommand.h"

namespace cli {

namespace {

struct ShowOptions {
  std::string data = "motcua-data";
  std::string store;
  std::string code;
  bool json = false;
};

std::string fee_words(const catalogue::StatedFee& fee) {
  switch (fee.kind) {
    case catalogue::FeeKind::free:
      return "miễn phí";
    case catalogue::FeeKind::amount:
      return fee.understood ? std::to_string(fee.amount) + " " + fee.currency : "?";
    case catalogue::FeeKind::by_rule:
      return "theo biểu phí";
    case catalogue::FeeKind::unstated:
      return "không nêu";
  }
  return "?";
}

// The reading on one line, what is published below it.
void pair(const std::string& read, const std::string& published) {
  std::cout << "  " << read << "\n      « " << catalogue::one_line(published) << " »\n";
}

void print(const catalogue::Entry& entry) {
  std::cout << entry.code << "  " << entry.name << '\n'
            << entry.field << "  " << entry.decision << "  " << entry.source.file << ":"
            << entry.source.row << '\n';
  std::cout << "\nCách nộp, thời hạn, phí / channels\n";
  for (const catalogue::ChannelLine& line : entry.channels) {
    std::string read{procedure::to_text(line.channel)};
    read += ": ";
    read += line.limit ? calendar::to_words(*line.limit, calendar::Language::vietnamese)
                       : std::string{"thời hạn ?"};
    if (line.limit_from_words) read += " (từ câu chữ)";
    for (const catalogue::StatedFee& fee : line.fees) read += "; " + fee_words(fee);
    pair(read, line.raw);
  }
  std::cout << "\nGiấy tờ / components\n";
  for (const catalogue::StatedComponent& component : entry.components) {
    std::string read = component.instruction ? "(hướng dẫn) " : "";
    if (component.kind == procedure::ComponentKind::show) read += "(xuất trình) ";
    read += component.name + " — " + std::to_string(component.originals) + " bản chính, " +
            std::to_string(component.copies) + " bản sao";
    if (component.case_index >= 0) {
      read += "  [" +
              catalogue::shortened(entry.cases[static_cast<std::size_t>(component.case_index)].name,
                                   80) +
              "]";
    }
    for (const std::string& file : component.templates) read += "  {" + file + "}";
    pair(read, component.raw);
  }
  std::cout << "\nKết quả / results\n";
  for (const catalogue::StatedResult& result : entry.results) {
    std::cout << "  " << (result.code.empty() ? "—" : result.code)
              << (result.code_understood ? "  " : "?  ") << result.name << '\n';
  }
  std::cout << "\nCăn cứ pháp lý / legal basis\n";
  for (const catalogue::StatedBasis& basis : entry.legal_basis) {
    std::cout << "  " << (basis.number.empty() ? "—" : basis.number) << "  " << basis.title << '\n';
  }
  std::cout << "\nĐiểm cần xem / findings\n";
  for (const catalogue::Finding& finding : catalogue::lint(entry)) {
    std::cout << "  " << finding.key() << "  " << finding.why.vi << '\n';
  }
}

base::Outcome<int> run(const ShowOptions& options) {
  const OpenedStore opened = TRY(open_catalogue_store(options.data, options.store, StoreUse::read));
  const auto stored = TRY(find_entry(*opened.store, options.code));
  if (!stored) {
    return base::fault(base::FaultCode::not_found,
                       "the catalogue has no " + options.code + ": import it first");
  }
  if (!options.json) {
    print(stored->entry);
    return kDone;
  }
  base::json::object out = catalogue::to_json(stored->entry);
  base::json::array findings;
  for (const catalogue::Finding& finding : catalogue::lint(stored->entry)) {
    findings.push_back(catalogue::to_json(finding));
  }
  out["findings"] = std::move(findings);
  out["version"] = stored->version;
  std::cout << base::to_text(out) << '\n';
  return kDone;
}

}  // namespace

void add_catalogue_show(CLI::App& catalogue, int& status) {
  auto options = std::make_shared<ShowOptions>();
  CLI::App* command = catalogue.add_subcommand(
      "show", "One procedure: what was understood beside what is published");
  command->add_option("CODE", options->code, "Of the procedure")->required();
  command->add_option("--data", options->data, "Folder of the store")->capture_default_str();
  command->add_option("--store", options->store, "postgres://… of the store")
      ->envname("MOTCUA_STORE");
  command->add_flag("--json", options->json, "One JSON object");
  command->callback([options, &status] {
    const auto done = run(*options);
    status = done ? *done : report(done.error());
  });
}

}  // namespace cli
