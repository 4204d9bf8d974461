// bench_rules.cpp - FEEL conditions and a decision table, evaluated again and again, beside npm
// feelin in the same run.
//
// Both count their own processor time: what one core does, whatever else the machine is at.
#include <array>
#include <cstdio>
#include <ctime>
#include <filesystem>
#include <fstream>
#include <optional>
#include <string>
#include <vector>

#include <boost/json.hpp>
#include <unistd.h>

#include "base/json.h"
#include "figure.h"
#include "rules/dmn_model.h"
#include "rules/dmn_xml.h"
#include "rules/expression.h"

namespace {

namespace fs = std::filesystem;

constexpr const char* kCondition = "age < 18 and amount > 100";
constexpr double kConditionGoal = 5e6;
constexpr double kTableGoal = 5e5;

// What certifying copies costs: 20 rules over three inputs, of which one hits.
struct FeeRule {
  const char* kind;
  const char* pages;
  const char* online;
  int fee;
};
constexpr std::array<FeeRule, 20> kFees{{
    {"\"bản sao\"", "[1..2]", "true", 1'000},
    {"\"bản sao\"", "[1..2]", "false", 2'000},
    {"\"bản sao\"", "[3..10]", "-", 3'000},
    {"\"bản sao\"", "(10..50]", "true", 5'000},
    {"\"bản sao\"", "(10..50]", "false", 6'000},
    {"\"bản sao\"", "> 50", "-", 20'000},
    {"\"chữ ký\"", "<= 2", "-", 10'000},
    {"\"chữ ký\"", "(2..20]", "true", 12'000},
    {"\"chữ ký\"", "(2..20]", "false", 14'000},
    {"\"chữ ký\"", "> 20", "-", 30'000},
    {"\"hợp đồng\", \"giao dịch\"", "[1..5]", "true", 40'000},
    {"\"hợp đồng\", \"giao dịch\"", "[1..5]", "false", 50'000},
    {"\"hợp đồng\", \"giao dịch\"", "[6..20]", "-", 60'000},
    {"\"hợp đồng\", \"giao dịch\"", "> 20", "-", 80'000},
    {"\"bản dịch\"", "< 3", "-", 15'000},
    {"\"bản dịch\"", "[3..30]", "true", 25'000},
    {"\"bản dịch\"", "[3..30]", "false", 27'000},
    {"\"bản dịch\"", "> 30", "-", 45'000},
    {"not(\"bản sao\", \"chữ ký\", \"hợp đồng\", \"giao dịch\", \"bản dịch\")", "< 10", "-", 7'000},
    {"not(\"bản sao\", \"chữ ký\", \"hợp đồng\", \"giao dịch\", \"bản dịch\")", ">= 10", "-",
     9'000},
}};
// The inputs that each rule decides, in their order.
struct FeeInputs {
  const char* kind;
  int pages;
  bool online;
};
constexpr std::array<FeeInputs, 20> kAsked{{
    {"bản sao", 2, true},   {"bản sao", 1, false},  {"bản sao", 7, true},   {"bản sao", 11, true},
    {"bản sao", 50, false}, {"bản sao", 51, false}, {"chữ ký", 1, true},    {"chữ ký", 3, true},
    {"chữ ký", 20, false},  {"chữ ký", 21, true},   {"hợp đồng", 4, true},  {"giao dịch", 5, false},
    {"giao dịch", 6, true}, {"hợp đồng", 40, true}, {"bản dịch", 2, false}, {"bản dịch", 30, true},
    {"bản dịch", 3, false}, {"bản dịch", 31, true}, {"xác minh", 9, false}, {"xác minh", 10, true},
}};

std::string escaped(std::string_view feel) {
  std::string xml;
  for (const char c : feel) xml += c == '<' ? "&lt;" : std::string{c};
  return xml;
}

std::string input_xml(const std::string& name, const std::string& type) {
  return "<inputData id=\"i-" + type + "\" name=\"" + name + "\"><variable name=\"" + name +
         "\" typeRef=\"" + type + "\"/></inputData>";
}
std::string column_xml(const std::string& name, const std::string& type) {
  return "<input><inputExpression typeRef=\"" + type + "\"><text>" + name +
         "</text></inputExpression></input>";
}

std::string fee_table() {
  std::string xml =
      R"(<definitions xmlns="https://www.omg.org/spec/DMN/20191111/MODEL/" id="d" name="fees" )"
      R"(namespace="bench">)" +
      input_xml("loại", "string") + input_xml("số trang", "number") +
      input_xml("trực tuyến", "boolean") +
      R"(<decision id="fee" name="phí"><variable name="phí" typeRef="number"/>)";
  for (const char* input : {"string", "number", "boolean"}) {
    xml += std::string{R"(<informationRequirement><requiredInput href="#i-)"} + input +
           "\"/></informationRequirement>";
  }
  xml += "<decisionTable hitPolicy=\"UNIQUE\">" + column_xml("loại", "string") +
         column_xml("số trang", "number") + column_xml("trực tuyến", "boolean") +
         "<output typeRef=\"number\"/>";
  for (const FeeRule& rule : kFees) {
    xml += "<rule>";
    for (const char* cell : {rule.kind, rule.pages, rule.online}) {
      xml += "<inputEntry><text>" + escaped(cell) + "</text></inputEntry>";
    }
    xml += "<outputEntry><text>" + std::to_string(rule.fee) + "</text></outputEntry></rule>";
  }
  return xml + "</decisionTable></decision></definitions>";
}

// ---------------------------------------------------------------- feelin

struct Yardstick {
  std::string version;
  double condition = 0;  // evaluations a second
  double table = 0;
};

fs::path node_program(const fs::path& root) {
  const fs::path fetched = root / "build" / "node" / "node_modules" / "node" / "bin" / "node";
  return fs::exists(fetched) ? fetched : fs::path{"node"};
}

std::string task() {
  base::json::array cells;
  for (const FeeRule& rule : kFees) {
    cells.push_back(base::json::array{rule.kind, rule.pages, rule.online});
  }
  base::json::array inputs;
  for (const FeeInputs& asked : kAsked) {
    inputs.push_back(base::json::array{asked.kind, asked.pages, asked.online});
  }
  return base::to_text(
      base::json::object{{"condition", kCondition},
                         {"context", base::json::object{{"age", 17}, {"amount", 120}}},
                         {"cells", std::move(cells)},
                         {"inputs", std::move(inputs)}});
}

// Nothing where feelin or node is not there.
std::optional<Yardstick> ask_feelin() {
  const fs::path root = PROJECT_ROOT;
  const fs::path feelin = root / "web" / "node_modules" / "feelin";
  if (!fs::exists(feelin / "package.json")) return std::nullopt;
  const fs::path file =
      fs::temp_directory_path() / ("motcua-feelin-" + std::to_string(::getpid()) + ".json");
  std::ofstream{file} << task();
  const std::string command = "'" + node_program(root).string() + "' '" +
                              (root / "bench" / "feelin_yardstick.mjs").string() + "' '" +
                              feelin.string() + "' <'" + file.string() + "'";
  FILE* pipe = ::popen(command.c_str(), "r");
  std::string answer;
  char buffer[4096];
  while (const std::size_t size = std::fread(buffer, 1, sizeof buffer, pipe)) {
    answer.append(buffer, size);
  }
  const int ended = ::pclose(pipe);
  fs::remove(file);
  const auto json = base::parse_json(answer);
  if (ended != 0 || !json) return std::nullopt;
  return Yardstick{base::string_or(*json, "version"), json->at("condition").to_number<double>(),
                   json->at("table").to_number<double>()};
}

std::string beside(const std::optional<Yardstick>& feelin, double figure, double Yardstick::* of) {
  if (!feelin) return "feelin: not there";
  return bench::grouped(figure / ((*feelin).*of)) + " times feelin " + feelin->version + " (" +
         bench::grouped((*feelin).*of) + "/s)";
}

// ---------------------------------------------------------------- figures

double processor_seconds() {
  timespec time{};
  ::clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &time);
  return static_cast<double>(time.tv_sec) + static_cast<double>(time.tv_nsec) / 1e9;
}

// Runs `work(n)` with growing n until it takes a second; nanoseconds each.
template <class Work>
double nanoseconds_each(Work work) {
  work(1);
  for (std::size_t n = 16;; n *= 2) {
    const double start = processor_seconds();
    work(n);
    const double took = processor_seconds() - start;
    if (took >= 1.0) return took * 1e9 / static_cast<double>(n);
  }
}

std::string measured(double nanoseconds) {
  return bench::grouped(1e9 / nanoseconds) + "/s, " + bench::grouped(nanoseconds) + " ns";
}

double evaluation_of(const std::string& text, const rules::Value& context) {
  const auto expression = rules::Expression::parse(text);
  if (!expression) bench::give_up(expression.error().message);
  if (!rules::evaluate(*expression, context).problems.empty()) bench::give_up("FEEL problems");
  return nanoseconds_each([&](std::size_t n) {
    for (std::size_t i = 0; i < n; ++i) bench::keep(rules::evaluate(*expression, context));
  });
}

void print_conditions(const std::optional<Yardstick>& feelin) {
  const rules::Value person{rules::Context{{"age", 17}, {"amount", 120}}};
  const double each = evaluation_of(kCondition, person);
  bench::print({.what = std::string{"FEEL `"} + kCondition + "`, parsed once",
                .goal = bench::grouped(kConditionGoal) + "/s",
                .measured = measured(each),
                .ratio = beside(feelin, 1e9 / each, &Yardstick::condition)});
  const double anew = nanoseconds_each([&](std::size_t n) {
    for (std::size_t i = 0; i < n; ++i) {
      bench::keep(rules::evaluate(*rules::Expression::parse(kCondition), person));
    }
  });
  bench::print({.what = "The same, parsed anew each time as feelin does",
                .goal = "",
                .measured = measured(anew),
                .ratio = beside(feelin, 1e9 / anew, &Yardstick::condition)});
  const char* fee = "if pages > 2 then 4000 + 1000 * (pages - 2) else 2000 * pages";
  const rules::Value pages{rules::Context{{"pages", 5}}};
  bench::print({.what = std::string{"FEEL `"} + fee + "`",
                .goal = "",
                .measured = measured(evaluation_of(fee, pages))});
}

void print_table(const std::optional<Yardstick>& feelin) {
  const auto model = rules::read_dmn(fee_table());
  if (!model) bench::give_up(model.error().message);
  for (const rules::ModelFinding& one : model->findings()) bench::give_up(one.message);
  std::vector<rules::Value> asked;
  for (const FeeInputs& each : kAsked) {
    asked.emplace_back(
        rules::Context{{"loại", each.kind}, {"số trang", each.pages}, {"trực tuyến", each.online}});
    const auto fee = rules::decide(*model, "phí", asked.back());
    if (!fee || fee->if_integer() != kFees[asked.size() - 1].fee) {
      bench::give_up("the table decides something else");
    }
  }
  const double each = nanoseconds_each([&](std::size_t n) {
    for (std::size_t i = 0; i < n; ++i) {
      bench::keep(rules::decide(*model, "phí", asked[i % asked.size()]));
    }
  });
  bench::print({.what = "Decision table of 20 rules and 3 inputs, hit policy unique, each rule in "
                        "turn",
                .goal = bench::grouped(kTableGoal) + "/s",
                .measured = measured(each),
                .ratio = beside(feelin, 1e9 / each, &Yardstick::table)});
}

}  // namespace

int main() {
  const std::optional<Yardstick> feelin = ask_feelin();
  print_conditions(feelin);
  print_table(feelin);
  return 0;
}
