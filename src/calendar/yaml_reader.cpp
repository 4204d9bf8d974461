#include "calendar/yaml_reader.h"

#include <sstream>

#include <yaml-cpp/eventhandler.h>

#include "base/text.h"
#include "calendar/digits.h"

namespace calendar::internal {
namespace {

constexpr std::size_t kBytesMax = 256 * 1024;
constexpr std::size_t kEntriesMax = 5000;

// Refuses what a calendar never needs and an attacker might: aliases, depth.
class Inspection final : public YAML::EventHandler {
 public:
  [[nodiscard]] const char* problem() const { return problem_; }

  void OnDocumentStart(const YAML::Mark&) override {}
  void OnDocumentEnd() override {}
  void OnNull(const YAML::Mark&, YAML::anchor_t anchor) override { see(anchor); }
  void OnAlias(const YAML::Mark&, YAML::anchor_t) override { problem_ = "aliases are not allowed"; }
  void OnScalar(const YAML::Mark&, const std::string&, YAML::anchor_t anchor,
                const std::string&) override {
    see(anchor);
  }
  void OnSequenceStart(const YAML::Mark&, const std::string&, YAML::anchor_t anchor,
                       YAML::EmitterStyle::value) override {
    see(anchor);
    deepen();
  }
  void OnSequenceEnd() override { --depth_; }
  void OnMapStart(const YAML::Mark&, const std::string&, YAML::anchor_t anchor,
                  YAML::EmitterStyle::value) override {
    see(anchor);
    deepen();
  }
  void OnMapEnd() override { --depth_; }

 private:
  void see(YAML::anchor_t anchor) {
    if (anchor != 0) problem_ = "anchors are not allowed";
  }
  void deepen() {
    if (++depth_ > 16) problem_ = "nested too deeply";
  }
  const char* problem_ = nullptr;
  int depth_ = 0;
};

}  // namespace

void refuse(const YAML::Node& node, const std::string& what) {
  const YAML::Mark mark = node.Mark();
  std::string place;
  if (!mark.is_null()) place = "line " + std::to_string(mark.line + 1) + ": ";
  throw Problem{place + what};
}

YAML::Node member(const YAML::Node& map, const char* key) {
  if (!map.IsMap()) refuse(map, "expected a map");
  const YAML::Node found = map[key];
  if (!found) refuse(map, std::string(key) + " is missing");
  return found;
}

void allow_only(const YAML::Node& map, const std::set<std::string>& keys) {
  if (!map.IsMap()) refuse(map, "expected a map");
  for (const auto& entry : map) {
    if (!entry.first.IsScalar() || !keys.contains(entry.first.Scalar())) {
      refuse(entry.first, "unknown key");
    }
  }
}

std::string scalar(const YAML::Node& node, const char* what) {
  if (!node.IsScalar()) refuse(node, std::string(what) + " must be a single value");
  if (node.Scalar().size() > 1000) refuse(node, std::string(what) + " is too long");
  return base::to_one_line(node.Scalar());
}

std::string text_or_empty(const YAML::Node& map, const char* key) {
  const YAML::Node found = map[key];
  return found ? scalar(found, key) : std::string{};
}

bool flag(const YAML::Node& map, const char* key, bool otherwise) {
  const YAML::Node found = map[key];
  if (!found) return otherwise;
  const std::string text = scalar(found, key);
  if (text == "true") return true;
  if (text != "false") refuse(found, std::string(key) + " must be true or false");
  return false;
}

int number(const YAML::Node& map, const char* key, int otherwise, int most) {
  const YAML::Node found = map[key];
  if (!found) return otherwise;
  const std::string text = scalar(found, key);
  std::string_view rest = text;
  const auto read = take_number(rest, 1, 9);
  if (!read || !rest.empty() || *read > most) {
    refuse(found, std::string(key) + " must be a number from 0 to " + std::to_string(most));
  }
  return *read;
}

Date date(const YAML::Node& node, const char* what) {
  const auto read = parse_date(scalar(node, what));
  if (!read) refuse(node, std::string(what) + " is not a date like 2026-01-31");
  return *read;
}

Bilingual bilingual(const YAML::Node& node) {
  allow_only(node, {"vi", "en"});
  Bilingual text{scalar(member(node, "vi"), "vi"), text_or_empty(node, "en")};
  if (text.vi.empty()) refuse(node, "vi is empty");
  return text;
}

YAML::Node entries(const YAML::Node& node) {
  if (node && !node.IsNull()) {
    if (!node.IsSequence()) refuse(node, "expected a list");
    if (node.size() > kEntriesMax) refuse(node, "too many entries");
  }
  return node;
}

Interval interval(const YAML::Node& node) {
  const auto read = parse_interval(scalar(node, "hours"));
  if (!read) refuse(node, "hours are written 07:30-11:30");
  return *read;
}

std::vector<Interval> intervals(const YAML::Node& node) {
  std::vector<Interval> read;
  for (const auto& item : entries(node)) read.push_back(interval(item));
  return read;
}

WeeklyIntervals week(const YAML::Node& node) {
  if (!node.IsMap()) refuse(node, "expected days of the week");
  WeeklyIntervals result;
  for (const auto& entry : node) {
    const std::string name = scalar(entry.first, "weekday");
    const std::vector<Interval> read = intervals(entry.second);
    bool known = false;
    for (std::size_t day = 0; day < 7; ++day) {
      if (name != kWeekdays[day] && !(name == "mon-fri" && day < 5)) continue;
      known = true;
      result[day] = read;
    }
    if (!known) refuse(entry.first, "weekdays are mon, tue, wed, thu, fri, sat, sun or mon-fri");
  }
  return result;
}

base::Outcome<base::Done> inspect(std::string_view yaml) {
  const auto invalid = [](std::string why) {
    return base::fault(base::FaultCode::invalid, std::move(why));
  };
  if (yaml.size() > kBytesMax) return invalid("the text is longer than 256 KiB");
  if (!base::is_utf8(yaml)) return invalid("the text is not UTF-8");
  std::istringstream stream{std::string(yaml)};
  YAML::Parser parser(stream);
  Inspection inspection;
  if (!parser.HandleNextDocument(inspection)) return invalid("the text is empty");
  if (inspection.problem() != nullptr) return invalid(inspection.problem());
  return base::Done{};
}

}  // namespace calendar::internal
