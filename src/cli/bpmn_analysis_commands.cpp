// bpmn_analysis_commands.cpp - motcua bpmn analyse: what is wrong with a process before it runs, as
// text, for programs, and as marks on the drawing.
#include <filesystem>
#include <fstream>
#include <iostream>
#include <map>
#include <memory>

#include <boost/json.hpp>

#include "base/json.h"
#include "bpmn/analysis.h"
#include "bpmn/diagram.h"
#include "bpmn/diagram_svg.h"
#include "bpmn/model_xml.h"
#include "cli/manners.h"
#include "cli/subcommand.h"

namespace cli {

namespace {

namespace fs = std::filesystem;

struct AnalyseOptions {
  std::vector<std::string> files;
  std::string process;
  std::string svg;
  std::string language = "vi";
  bool json = false;
  bool notes = true;
  std::size_t states = 1'000'000;

  [[nodiscard]] bool english() const { return language == "en"; }
};

constexpr std::size_t kFileBytesMax = 8U << 20U;

base::Result<std::string, std::string> read_file(const std::string& path) {
  std::error_code error;
  if (fs::is_directory(path, error)) return base::Failure{std::string{"a folder"}};
  std::ifstream in(path, std::ios::binary);
  if (!in) return base::Failure{std::string{"no such file, or no permission"}};
  std::string bytes(kFileBytesMax + 1, '\0');
  in.read(bytes.data(), static_cast<std::streamsize>(bytes.size()));
  if (in.bad()) return base::Failure{std::string{"the disk failed"}};
  bytes.resize(static_cast<std::size_t>(in.gcount()));
  return bytes;
}

std::string severity_in(bpmn::Severity severity, bool english) {
  if (english) return std::string{to_string(severity)};
  switch (severity) {
    case bpmn::Severity::error:
      return "lỗi";
    case bpmn::Severity::warning:
      return "cảnh báo";
    case bpmn::Severity::note:
      break;
  }
  return "lưu ý";
}

// Nothing of a hostile file may steer the terminal.
std::string printable(const std::string& text) {
  std::string out;
  for (const char c : text) {
    const auto byte = static_cast<unsigned char>(c);
    out += byte < 0x20 || byte == 0x7F ? ' ' : c;
  }
  return out;
}

void print_text(const std::string& path, const std::vector<bpmn::AnalysisFinding>& findings,
                const AnalyseOptions& options) {
  const bool english = options.english();
  std::size_t shown = 0;
  for (const bpmn::AnalysisFinding& finding : findings) {
    if (finding.severity == bpmn::Severity::note && !options.notes) continue;
    ++shown;
    std::cout << path << ':' << finding.line << ": " << severity_in(finding.severity, english)
              << ": " << printable(finding.element) << ": "
              << printable(english ? finding.message : finding.vietnamese) << '\n';
  }
  if (shown == 0) {
    std::cout << path << ": " << (english ? "nothing found" : "không phát hiện vấn đề nào") << '\n';
  }
}

base::json::object to_json(const std::string& path, const bpmn::AnalysisFinding& finding) {
  base::json::array route;
  for (const bpmn::RouteStep& step : finding.route) {
    base::json::array flows;
    for (const std::string& flow : step.flows) flows.emplace_back(flow);
    route.push_back(base::json::object{{"element", step.node}, {"flows", std::move(flows)}});
  }
  return {{"file", path},
          {"line", finding.line},
          {"severity", to_string(finding.severity)},
          {"kind", to_string(finding.kind)},
          {"process", finding.process},
          {"element", finding.element},
          {"name", finding.name},
          {"related", finding.related},
          {"message", base::json::object{{"vi", finding.vietnamese}, {"en", finding.message}}},
          {"route", std::move(route)}};
}

// DIR/<name>.svg, with the number of the diagram where a file has several.  Names that files of
// different folders share are told apart by a number, too.
base::Outcome<base::Done> write_pictures(const std::string& path, const std::string& xml,
                                         const bpmn::Model& model,
                                         const std::vector<bpmn::AnalysisFinding>& findings,
                                         const AnalyseOptions& options,
                                         std::map<std::string, int>& used) {
  auto read = bpmn::read_diagrams(xml);
  std::vector<bpmn::Diagram> diagrams;
  if (read) diagrams = std::move(read).value();
  std::erase_if(diagrams, [](const bpmn::Diagram& diagram) { return diagram.shapes.empty(); });
  if (diagrams.empty()) {
    for (const bpmn::ProcessModel& process : model.processes) {
      if (!process.nodes.empty()) diagrams.push_back(bpmn::lay_out(process));
    }
  }
  bpmn::SvgOptions svg;
  if (options.english()) svg.language = bpmn::TextLanguage::english;
  for (const bpmn::Diagram& diagram : diagrams) {
    const std::string stem = fs::path(path).stem().string();
    const int number = ++used[stem];
    const fs::path target =
        fs::path(options.svg) / (stem + (number == 1 ? "" : "-" + std::to_string(number)) + ".svg");
    std::ofstream out(target, std::ios::binary | std::ios::trunc);
    out << draw_svg(model, diagram, findings, svg);
    out.close();
    if (!out) {
      return base::Failure{
          base::Fault{base::FaultCode::unavailable, "cannot write " + target.string()}};
    }
  }
  return base::Done{};
}

int analyse_files(const AnalyseOptions& options) {
  if (!options.svg.empty()) {
    std::error_code error;
    fs::create_directories(options.svg, error);
    if (error) return report_usage("--svg " + options.svg + ": " + error.message());
  }
  bool wrong = false;
  bool unread = false;
  base::json::array all;
  std::map<std::string, int> used;
  for (const std::string& path : options.files) {
    const auto xml = read_file(path);
    if (!xml) {
      std::cerr << "motcua: " << path << ": cannot be read: " << xml.error() << '\n';
      unread = true;
      continue;
    }
    std::vector<bpmn::AnalysisFinding> findings;
    const auto model = bpmn::read_model(*xml);
    if (model) {
      findings = bpmn::analyse(*model, options.process, {.states_max = options.states});
    } else {
      bpmn::AnalysisFinding& refused = findings.emplace_back();
      refused.kind = bpmn::FindingKind::not_decided;
      refused.severity = bpmn::Severity::error;
      refused.line = model.error().line;
      refused.message = "Not readable as BPMN: " + model.error().message;
      refused.vietnamese = "Không đọc được theo BPMN: " + model.error().message;
    }
    wrong = wrong || has_error(findings);
    if (options.json) {
      for (const bpmn::AnalysisFinding& finding : findings) all.push_back(to_json(path, finding));
    } else {
      print_text(path, findings, options);
    }
    if (options.svg.empty() || !model) continue;
    const auto written = write_pictures(path, *xml, *model, findings, options, used);
    if (!written) return report(written.error());
  }
  if (options.json) std::cout << base::to_text(base::json::value(all)) << '\n';
  if (unread) return kUsage;
  return wrong ? kFindings : kDone;
}

}  // namespace

void add_bpmn_analysis(CLI::App& bpmn, int& status) {
  CLI::App* command = bpmn.add_subcommand(
      "analyse", "Deadlocks, work done twice, gaps in conditions, timers, people: before it runs");
  auto options = std::make_shared<AnalyseOptions>();
  command->add_option("FILE", options->files, "BPMN 2.0 XML")->required();
  command->add_option("--process", options->process, "Only the process of this id");
  command->add_option("--svg", options->svg, "Folder for pictures with the findings marked");
  command->add_option("--states", options->states, "States to look at before giving up")
      ->check(CLI::Range(std::size_t{1}, std::size_t{10'000'000}));
  command->add_option("--lang", options->language, "vi or en")->check(CLI::IsMember({"vi", "en"}));
  command->add_flag("--json", options->json, "For programs, in both languages");
  command->add_flag("!--no-notes", options->notes, "Leave out what is only noted");
  command->callback([options, &status] { status = analyse_files(*options); });
}

}  // namespace cli
