#include "cli/tck_folder.h"

#include <algorithm>
#include <map>
#include <optional>
#include <set>

#include <pugixml.hpp>

#include "base/text.h"
#include "cli/model_folder.h"
#include "rules/tck.h"

namespace cli {

namespace {

namespace fs = std::filesystem;

constexpr std::size_t kTestBytesMax = 64U << 20U;
constexpr std::size_t kMessageBytesMax = 400;

std::string_view local_name(const pugi::xml_node& node) {
  const std::string_view name = node.name();
  const std::size_t colon = name.rfind(':');
  return colon == std::string_view::npos ? name : name.substr(colon + 1);
}

// One line for a terminal, cut between characters.
std::string in_one_line(std::string_view message) {
  std::string line = base::to_one_line(message);
  if (line.size() <= kMessageBytesMax) return line;
  std::size_t end = kMessageBytesMax;
  while (end > 0 && (static_cast<unsigned char>(line[end]) & 0xC0U) == 0x80U) --end;
  return line.substr(0, end) + " …";
}

// Which elements of a model need a function in another language, by themselves or through what
// they require.
class ExternalCalls {
 public:
  explicit ExternalCalls(const std::string& xml) {
    document_.load_buffer(xml.data(), xml.size());
    for (const pugi::xml_node& node : document_.document_element().children()) {
      by_id_.emplace(node.attribute("id").value(), node);
      by_name_.emplace(base::to_nfc(node.attribute("name").value()), node);
    }
  }

  [[nodiscard]] bool needed_by(const std::string& name) const {
    const auto found = by_name_.find(base::to_nfc(name));
    if (found == by_name_.end()) return false;
    std::set<std::string> seen;
    std::vector<pugi::xml_node> open{found->second};
    while (!open.empty()) {
      const pugi::xml_node element = open.back();
      open.pop_back();
      if (!seen.insert(element.attribute("id").value()).second) continue;
      if (calls_itself(element)) return true;
      for (const std::string& id : required(element)) {
        const auto next = by_id_.find(id);
        if (next != by_id_.end()) open.push_back(next->second);
      }
    }
    return false;
  }

 private:
  [[nodiscard]] static bool calls_itself(const pugi::xml_node& element) {
    return !element
                .find_node([](const pugi::xml_node& node) {
                  const std::string_view kind = node.attribute("kind").value();
                  if (!kind.empty() && kind != "FEEL" && kind != "F") return true;
                  return local_name(node) == "text" && is_external(node.text().get());
                })
                .empty();
  }
  // function(…) external {…}
  [[nodiscard]] static bool is_external(std::string_view feel) {
    const std::size_t word = feel.find("external");
    if (word == std::string_view::npos) return false;
    const std::size_t next = feel.find_first_not_of(" \t\r\n", word + 8);
    return next != std::string_view::npos && feel[next] == '{' &&
           feel.substr(0, word).find("function") != std::string_view::npos;
  }
  [[nodiscard]] static std::vector<std::string> required(const pugi::xml_node& element) {
    std::vector<std::string> ids;
    element.find_node([&](const pugi::xml_node& node) {
      const std::string_view href = node.attribute("href").value();
      if (href.starts_with('#')) ids.emplace_back(href.substr(1));
      return false;
    });
    return ids;
  }

  pugi::xml_document document_;
  std::map<std::string, pugi::xml_node> by_id_;
  std::map<std::string, pugi::xml_node> by_name_;
};

// A test file as far as its frame goes: the cases themselves are the engine's to read.
struct TestFile {
  std::string name;
  std::string xml;
  std::string model;
  std::vector<std::string> ids;
  std::vector<std::vector<std::string>> asks;  // of each case: the elements it names
  std::string fault;
};

// In a text that is no XML, what looks like the beginning of a case.
std::size_t cases_in_broken(std::string_view xml) {
  std::size_t count = 0;
  for (std::size_t at = xml.find("testCase"); at != std::string_view::npos;
       at = xml.find("testCase", at + 1)) {
    const std::size_t open = xml.rfind('<', at);
    const char after = at + 8 < xml.size() ? xml[at + 8] : '\0';
    const bool tag = open != std::string_view::npos && (open + 1 == at || xml[at - 1] == ':') &&
                     xml[open + 1] != '/' && at - open < 40;
    if (tag && (after == ' ' || after == '>' || after == '\n' || after == '\t' || after == '\r')) {
      ++count;
    }
  }
  return count;
}

void read_case(const pugi::xml_node& node, TestFile& test) {
  test.ids.emplace_back(node.attribute("id").value());
  if (test.ids.back().empty()) test.ids.back() = "#" + std::to_string(test.ids.size());
  std::vector<std::string> names{node.attribute("invocableName").value()};
  for (const pugi::xml_node& result : node.children()) {
    if (local_name(result) == "resultNode") names.emplace_back(result.attribute("name").value());
  }
  test.asks.push_back(std::move(names));
}

// Nothing where the file is no test file.
std::optional<TestFile> read_test(const fs::path& file) {
  TestFile test{
      .name = file.filename().string(), .xml = {}, .model = {}, .ids = {}, .asks = {}, .fault = {}};
  auto text = read_bounded(file.string(), kTestBytesMax);
  if (!text) {
    test.fault = text.error().message;
    return test;
  }
  test.xml = *std::move(text);
  pugi::xml_document document;
  const pugi::xml_parse_result parsed = document.load_buffer(test.xml.data(), test.xml.size());
  // Of a broken text the root is there too, where it was reached.
  const pugi::xml_node root = document.document_element();
  const bool names_tests = test.xml.find("testCases") != std::string::npos;
  if (root ? local_name(root) != "testCases" : parsed || !names_tests) return std::nullopt;
  if (!parsed) {
    const std::size_t count = std::max<std::size_t>(cases_in_broken(test.xml), 1);
    for (std::size_t i = 0; i < count; ++i) test.ids.push_back("#" + std::to_string(i + 1));
    test.fault = std::string{"not XML: "} + parsed.description();
    return test;
  }
  for (const pugi::xml_node& node : root.children()) {
    if (local_name(node) == "modelName") test.model = base::to_one_line(node.text().get());
    if (local_name(node) == "testCase") read_case(node, test);
  }
  return test;
}

base::Outcome<std::string> model_of(const TestFile& test, const ModelFolder& models) {
  if (!test.model.empty()) return models.file_called(test.model);
  const std::vector<std::string> files = models.files();
  if (files.size() == 1) return files.front();
  return base::fault(base::FaultCode::invalid, "the test file names no model");
}

base::Outcome<std::vector<rules::TckCase>> run(const TestFile& test, ModelFolder& models) {
  if (!test.fault.empty()) return base::fault(base::FaultCode::invalid, test.fault);
  const std::string model = TRY(model_of(test, models));
  const std::string xml = TRY(models.xml(model));
  auto cases = rules::run_tck(xml, test.xml, models.imports(model));
  if (cases) return *std::move(cases);
  return base::fault(base::FaultCode::invalid, model + ":" + std::to_string(cases.error().line) +
                                                   ": " + cases.error().message);
}

void run_into(const TestFile& test, ModelFolder& models, TckFolder& folder) {
  const auto cases = run(test, models);
  if (!cases) {
    const std::string why = in_one_line(cases.error().message);
    for (const std::string& id : test.ids)
      folder.cases.push_back({test.name, id, false, false, why});
    if (test.ids.empty()) folder.cases.push_back({test.name, "-", false, false, why});
    return;
  }
  const auto model = model_of(test, models);
  const auto xml = model ? models.xml(*model) : model;
  const ExternalCalls external{xml ? *xml : std::string{}};
  for (std::size_t i = 0; i < cases->size(); ++i) {
    const rules::TckCase& each = (*cases)[i];
    TckOutcome outcome{.file = test.name,
                       .id = i < test.ids.size() ? test.ids[i] : each.id,
                       .passed = each.passed,
                       .calls_external = false,
                       .message = in_one_line(each.message)};
    if (i < test.asks.size()) {
      outcome.calls_external = std::ranges::any_of(
          test.asks[i], [&](const std::string& name) { return external.needed_by(name); });
    }
    folder.cases.push_back(std::move(outcome));
  }
}

// Whether the file is worth reading whole: .xml in any case of letters.
bool may_be_test(const fs::directory_entry& entry) {
  std::error_code error;
  return base::to_lower(entry.path().extension().string()) == ".xml" &&
         entry.is_regular_file(error);
}

std::vector<TestFile> tests_in(const fs::path& folder) {
  std::vector<fs::path> files;
  std::error_code error;
  for (auto at = fs::directory_iterator(folder, error); !error && at != fs::directory_iterator();
       at.increment(error)) {
    if (may_be_test(*at)) files.push_back(at->path());
  }
  std::ranges::sort(files);
  std::vector<TestFile> tests;
  for (const fs::path& file : files) {
    if (auto test = read_test(file)) tests.push_back(*std::move(test));
  }
  return tests;
}

}  // namespace

int TckFolder::passed() const {
  return static_cast<int>(std::ranges::count(cases, true, &TckOutcome::passed));
}

base::Outcome<std::vector<fs::path>> find_tck_folders(const fs::path& root) {
  std::error_code error;
  if (!fs::is_directory(root, error)) {
    return base::fault(base::FaultCode::not_found, "there is no folder " + root.string());
  }
  std::set<fs::path> folders;
  const auto options = fs::directory_options::skip_permission_denied;
  for (auto at = fs::recursive_directory_iterator(root, options, error);
       !error && at != fs::recursive_directory_iterator(); at.increment(error)) {
    if (may_be_test(*at)) folders.insert(at->path().parent_path());
  }
  if (error) {
    return base::fault(base::FaultCode::not_found,
                       "cannot read " + root.string() + ": " + error.message());
  }
  return std::vector<fs::path>{folders.begin(), folders.end()};
}

TckFolder run_tck_folder(const fs::path& path) {
  TckFolder folder{.path = path, .cases = {}};
  ModelFolder models{path};
  for (const TestFile& test : tests_in(path)) run_into(test, models, folder);
  return folder;
}

}  // namespace cli
