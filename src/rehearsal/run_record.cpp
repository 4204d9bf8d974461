#include "rehearsal/run_record.h"

#include <algorithm>
#include <array>

#include <boost/json.hpp>

namespace rehearsal {
namespace {

namespace json = base::json;

constexpr std::size_t kScenariosMax = 1'000;
constexpr std::size_t kBranchesMax = 20'000;

constexpr std::array kKinds{BranchKind::flow,        BranchKind::boundary, BranchKind::outcome,
                            BranchKind::case_chosen, BranchKind::paper,    BranchKind::eligibility,
                            BranchKind::rule,        BranchKind::choice,   BranchKind::field};

int percent_of(std::size_t part, std::size_t whole) {
  return whole == 0 ? 100 : static_cast<int>(part * 100 / whole);
}

json::array misses_json(const std::vector<Miss>& misses) {
  json::array array;
  for (const Miss& one : misses) {
    array.push_back(json::object{{"file", one.file},
                                 {"line", one.line},
                                 {"step", one.step},
                                 {"expected", one.expected},
                                 {"got", one.got}});
  }
  return array;
}

// A cell of a table of Markdown, and text in a line of it.
std::string cell(std::string text) {
  std::string safe;
  for (const char c : text) {
    if (c == '|' || c == '\\' || c == '`' || c == '<' || c == '*' || c == '_') safe += '\\';
    safe += c == '\n' || c == '\r' ? ' ' : c;
  }
  return safe;
}

const json::array* array_at(const json::value& object, std::string_view key) {
  const json::value* found = base::find(object, key);
  return found == nullptr ? nullptr : found->if_array();
}

}  // namespace

int RunRecord::percent() const {
  return percent_of(covered, branches);
}

std::size_t RunRecord::failed() const {
  return static_cast<std::size_t>(
      std::ranges::count_if(scenarios, [](const Played& one) { return !one.passed(); }));
}

RunRecord record_of(const procedure::Procedure& procedure, const std::vector<Outcome>& outcomes,
                    const procedure::PackageFiles& files) {
  RunRecord record;
  record.procedure = procedure.code;
  record.name = procedure.name.vi;
  record.revision = procedure.revision;
  record.digest = procedure.digest;
  Taken taken;
  for (const Outcome& one : outcomes) {
    taken.insert(one.taken.begin(), one.taken.end());
    record.scenarios.push_back(
        {one.name, one.title, one.source, one.steps, one.expectations, one.misses});
  }
  Coverage coverage = coverage_of(procedure, taken, files);
  record.branches = coverage.all.size();
  record.covered = coverage.covered();
  record.missing = std::move(coverage.missing);
  return record;
}

base::json::object to_json(const RunRecord& record) {
  json::array scenarios;
  for (const RunRecord::Played& one : record.scenarios) {
    scenarios.push_back(json::object{{"name", one.name},
                                     {"title", one.title},
                                     {"source", one.source},
                                     {"steps", one.steps},
                                     {"expectations", one.expectations},
                                     {"passed", one.passed()},
                                     {"misses", misses_json(one.misses)}});
  }
  json::array missing;
  for (const Branch& one : record.missing) {
    missing.push_back(json::object{{"key", one.key},
                                   {"kind", to_text(one.kind)},
                                   {"what", one.what},
                                   {"file", one.file},
                                   {"line", one.line},
                                   {"dead", one.dead}});
  }
  return {{"procedure", record.procedure},
          {"name", record.name},
          {"revision", record.revision},
          {"digest", record.digest},
          {"program", record.program},
          {"at", calendar::to_iso(record.at)},
          {"milliseconds", record.milliseconds},
          {"passed", record.scenarios.size() - record.failed()},
          {"failed", record.failed()},
          {"scenarios", std::move(scenarios)},
          {"coverage", json::object{{"branches", record.branches},
                                    {"covered", record.covered},
                                    {"percent", record.percent()},
                                    {"missing", std::move(missing)}}}};
}

base::Outcome<RunRecord> read_run_record(std::string_view text) {
  const json::value value = TRY(base::parse_json(text));
  const auto invalid = [](const char* what) {
    return base::fault(base::FaultCode::invalid,
                       std::string{"no record of a process test: "} + what);
  };
  RunRecord record;
  record.procedure = base::string_or(value, "procedure");
  record.name = base::string_or(value, "name");
  record.revision = static_cast<int>(base::int_or(value, "revision"));
  record.digest = base::string_or(value, "digest");
  record.program = base::string_or(value, "program");
  const auto at = calendar::parse_instant(base::string_or(value, "at"));
  if (record.procedure.empty() || record.digest.empty() || !at) {
    return invalid("procedure, digest or moment is missing");
  }
  record.at = *at;
  record.milliseconds = base::int_or(value, "milliseconds");
  const json::array* scenarios = array_at(value, "scenarios");
  const json::value* coverage = base::find(value, "coverage");
  const json::array* missing = coverage == nullptr ? nullptr : array_at(*coverage, "missing");
  if (scenarios == nullptr || missing == nullptr || scenarios->size() > kScenariosMax ||
      missing->size() > kBranchesMax) {
    return invalid("scenarios or coverage are missing");
  }
  for (const json::value& one : *scenarios) {
    RunRecord::Played played{.name = base::string_or(one, "name"),
                             .title = base::string_or(one, "title"),
                             .source = base::string_or(one, "source"),
                             .steps = static_cast<int>(base::int_or(one, "steps")),
                             .expectations = static_cast<int>(base::int_or(one, "expectations")),
                             .misses = {}};
    const json::array* misses = array_at(one, "misses");
    if (misses == nullptr) return invalid("a scenario without its misses");
    for (const json::value& miss : *misses) {
      played.misses.push_back({base::string_or(miss, "file"),
                               static_cast<int>(base::int_or(miss, "line")),
                               base::string_or(miss, "step"), base::string_or(miss, "expected"),
                               base::string_or(miss, "got")});
    }
    // What it says of itself and what it lists agree, or it is no record.
    if (base::bool_or(one, "passed") != played.passed())
      return invalid("a scenario contradicts itself");
    record.scenarios.push_back(std::move(played));
  }
  const std::int64_t branches = base::int_or(*coverage, "branches", -1);
  const std::int64_t covered = base::int_or(*coverage, "covered", -1);
  if (branches < 0 || covered < 0 ||
      branches - covered != static_cast<std::int64_t>(missing->size())) {
    return invalid("the coverage contradicts itself");
  }
  record.branches = static_cast<std::size_t>(branches);
  record.covered = static_cast<std::size_t>(covered);
  for (const json::value& one : *missing) {
    Branch branch{.key = base::string_or(one, "key"),
                  .kind = BranchKind::flow,
                  .what = base::string_or(one, "what"),
                  .file = base::string_or(one, "file"),
                  .line = static_cast<int>(base::int_or(one, "line")),
                  .dead = base::bool_or(one, "dead")};
    const std::string kind = base::string_or(one, "kind");
    for (const BranchKind known : kKinds) {
      if (to_text(known) == kind) branch.kind = known;
    }
    record.missing.push_back(std::move(branch));
  }
  return record;
}

Verdict judge(const RunRecord& record, const std::string& digest, int floor) {
  const auto no = [](std::string vi, std::string en) {
    return Verdict{false, std::move(vi), std::move(en)};
  };
  if (record.digest != digest) {
    return no("Biên bản kiểm thử là của một phiên bản khác. Hãy chạy lại kiểm thử quy trình.",
              "The record is of another version. Run the process test again.");
  }
  if (record.scenarios.empty()) {
    return no("Chưa có kịch bản kiểm thử nào. Hãy viết ít nhất một kịch bản.",
              "There is no scenario. Write at least one.");
  }
  if (const std::size_t failed = record.failed(); failed > 0) {
    return no(std::to_string(failed) + " kịch bản không đạt. Hãy sửa gói thủ tục hoặc kịch bản.",
              std::to_string(failed) + " scenarios failed. Mend the package or the scenario.");
  }
  if (record.percent() < floor) {
    return no("Kịch bản mới đi qua " + std::to_string(record.percent()) + " % số nhánh, cần " +
                  std::to_string(floor) + " %. Hãy viết thêm kịch bản.",
              "The scenarios take " + std::to_string(record.percent()) + " % of the branches, " +
                  std::to_string(floor) + " % are needed. Write further ones.");
  }
  return {true, {}, {}};
}

std::string to_markdown(const RunRecord& record) {
  std::string text = "# Biên bản kiểm thử quy trình\n\n";
  const auto line = [&](const std::string& one) { text += one + "\n"; };
  line("| | |");
  line("|---|---|");
  line("| Thủ tục | " + cell(record.procedure) + " " + cell(record.name) + " |");
  line("| Phiên bản | " + std::to_string(record.revision) + ", mã băm " + record.digest + " |");
  line("| Thời điểm | " + calendar::to_vietnamese(record.at) + " |");
  line("| Chương trình | " + cell(record.program) + " |");
  line("| Kịch bản | " + std::to_string(record.scenarios.size() - record.failed()) + " đạt, " +
       std::to_string(record.failed()) + " không đạt |");
  line("| Nhánh đã đi qua | " + std::to_string(record.covered) + " trên " +
       std::to_string(record.branches) + " (" + std::to_string(record.percent()) + " %) |");
  line("| Thời gian chạy | " + std::to_string(record.milliseconds) + " ms |");
  text += "\n## Kịch bản\n\n";
  line("| Kịch bản | Nội dung kiểm thử | Căn cứ | Số bước | Số điều kiểm tra | Kết quả |");
  line("|---|---|---|---|---|---|");
  for (const RunRecord::Played& one : record.scenarios) {
    line("| " + cell(one.name) + " | " + cell(one.title) + " | " + cell(one.source) + " | " +
         std::to_string(one.steps) + " | " + std::to_string(one.expectations) + " | " +
         (one.passed() ? "Đạt" : "Không đạt") + " |");
  }
  for (const RunRecord::Played& one : record.scenarios) {
    if (one.passed()) continue;
    text += "\n### Không đạt: " + cell(one.name) + "\n\n";
    for (const Miss& miss : one.misses) {
      line("- " + cell(miss.file) + ":" + std::to_string(miss.line) + " " + cell(miss.step) +
           ": cần “" + cell(miss.expected) + "”, thực tế “" + cell(miss.got) + "”");
    }
  }
  if (!record.missing.empty()) {
    text += "\n## Nhánh chưa đi qua\n\n";
    for (const Branch& one : record.missing) {
      line("- " + one.file + (one.line > 0 ? ":" + std::to_string(one.line) : "") + " " +
           cell(one.what) + (one.dead ? " (không câu trả lời nào dẫn tới)" : ""));
    }
  }
  return text;
}

}  // namespace rehearsal
