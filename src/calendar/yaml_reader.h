#pragma once
// yaml_reader.h - reads small YAML texts strictly: the tools of calendar_yaml.cpp.  Internal to
// this module.
//
// Readers throw Problem, with the line; load() is where exceptions end.
#include <set>
#include <string>
#include <string_view>

#include <yaml-cpp/yaml.h>

#include "base/fault.h"
#include "calendar/office_schedule.h"

namespace calendar::internal {

// How the readers say that the text is wrong.
struct Problem {
  std::string message;
};

[[noreturn]] void refuse(const YAML::Node& node, const std::string& what);

// The value at `key`, which has to be there.
[[nodiscard]] YAML::Node member(const YAML::Node& map, const char* key);
void allow_only(const YAML::Node& map, const std::set<std::string>& keys);
// One line of text of at most 1,000 bytes.
[[nodiscard]] std::string scalar(const YAML::Node& node, const char* what);
[[nodiscard]] std::string text_or_empty(const YAML::Node& map, const char* key);
[[nodiscard]] bool flag(const YAML::Node& map, const char* key, bool otherwise);
// A whole number from 0 to `most`.
[[nodiscard]] int number(const YAML::Node& map, const char* key, int otherwise, int most);
[[nodiscard]] Date date(const YAML::Node& node, const char* what);
[[nodiscard]] Bilingual bilingual(const YAML::Node& node);
// The node itself, which is a list of at most 5,000, or nothing.
[[nodiscard]] YAML::Node entries(const YAML::Node& node);
[[nodiscard]] Interval interval(const YAML::Node& node);
[[nodiscard]] std::vector<Interval> intervals(const YAML::Node& node);
[[nodiscard]] WeeklyIntervals week(const YAML::Node& node);

// Fault `invalid` unless `yaml` is a document of at most 256 KiB without aliases or anchors, not
// deeper than 16.
[[nodiscard]] base::Outcome<base::Done> inspect(std::string_view yaml);

// Checks the format line and the keys, and hands the root to `read`.
template <class Value, class Read>
base::Outcome<Value> load(std::string_view yaml, const std::string& format,
                          const std::set<std::string>& keys, Read read) {
  const auto invalid = [](std::string why) {
    return base::fault(base::FaultCode::invalid, std::move(why));
  };
  try {
    TRY(inspect(yaml));
    const YAML::Node root = YAML::Load(std::string(yaml));
    allow_only(root, keys);
    if (scalar(member(root, "format"), "format") != format) {
      return invalid("format must be " + format);
    }
    return read(root);
  } catch (const Problem& problem) {
    return invalid(problem.message);
  } catch (const YAML::Exception& error) {
    return invalid(error.what());
  }
}

}  // namespace calendar::internal
