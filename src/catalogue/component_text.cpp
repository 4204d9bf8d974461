#include "catalogue/component_text.h"

#include <algorithm>

#include <re2/re2.h>

#include "base/text.h"
#include "catalogue/page_text.h"
#include "catalogue/paper_text.h"

namespace catalogue {
namespace {

constexpr std::string_view kHeader = "Tên giấy tờMẫu đơn, tờ khaiSố lượng";
constexpr std::size_t kComponentsMax = 1000;
constexpr std::size_t kNameMax = 4000;  // bytes
constexpr std::size_t kCasesMax = 100;

struct Group {
  std::string heading;
  HeadingKind kind = HeadingKind::none;
  int case_index = -1;
};

int index_of_case(std::vector<StatedCase>& cases, const std::string& heading) {
  std::string name = one_line(without_bullet(heading));
  while (name.ends_with(':') || name.ends_with(' ')) name.pop_back();
  name = shortened(name, 1000);
  const auto found = std::ranges::find(cases, name, &StatedCase::name);
  if (found != cases.end()) return static_cast<int>(found - cases.begin());
  if (cases.size() >= kCasesMax) return -1;
  cases.push_back({.name = name});
  return static_cast<int>(cases.size()) - 1;
}

Group group_of(std::string_view heading, std::vector<StatedCase>& cases) {
  Group group;
  group.kind = heading_kind(heading);
  if (group.kind == HeadingKind::none) return group;
  group.heading = shortened(one_line(heading), kNameMax);
  if (group.kind == HeadingKind::of_case) group.case_index = index_of_case(cases, group.heading);
  return group;
}

// Headings that name what is asked for, side by side ("a) Về cấp mới", "b) Về gia hạn"), are cases
// although no heading says so.
void cases_of_acts(ComponentTable& table) {
  static const RE2 act(
      R"(\b(?:cap moi|cap lai|cap doi|cap lan dau|gia han|dieu chinh|sua doi|bo sung|thu hoi|cham dut|tam ngung|khoi phuc|tra lai)\b)");
  std::vector<std::string> headings;
  for (const StatedComponent& component : table.components) {
    if (component.case_index >= 0 || component.group.empty()) continue;
    if (heading_kind(component.group) != HeadingKind::plain) continue;
    if (std::ranges::find(headings, component.group) != headings.end()) continue;
    if (RE2::PartialMatch(base::fold_for_search(component.group), act)) {
      headings.push_back(component.group);
    }
  }
  if (headings.size() < 2) return;
  for (StatedComponent& component : table.components) {
    if (component.case_index >= 0) continue;
    if (std::ranges::find(headings, component.group) == headings.end()) continue;
    component.case_index = index_of_case(table.cases, component.group);
  }
}

StatedComponent component_of(std::string_view text, const Count* count, const Group& group) {
  StatedComponent component;
  component.group = group.heading;
  component.case_index = group.case_index;
  component.raw = std::string{text};
  if (count != nullptr) {
    component.originals = count->originals;
    component.copies = count->copies;
    text = text.substr(0, count->at);
  }
  NameAndFiles split = split_files(text);
  component.templates = std::move(split.files);
  std::string name = one_line(without_bullet(split.name));
  while (name.ends_with(';') || name.ends_with(' ') || name.ends_with(',')) name.pop_back();
  // A line that is nothing but a blank form is named like it.
  if (name.empty() && !component.templates.empty()) name = component.templates.front();
  component.understood = count != nullptr && !name.empty() && name.size() <= kNameMax;
  component.name = shortened(name, kNameMax);
  const bool counted = component.originals > 0 || component.copies > 0;
  if (group.kind == HeadingKind::show || is_shown(component.name)) {
    component.kind = procedure::ComponentKind::show;
  }
  // Where somebody entered how many, it is asked for until a person says otherwise (lint.h).
  component.instruction =
      !counted && component.templates.empty() &&
      (group.kind == HeadingKind::advice || is_instruction(component.name, false));
  return component;
}

}  // namespace

ComponentTable read_components(std::string_view text) {
  ComponentTable table;
  std::size_t header = text.find(kHeader);
  if (header == std::string_view::npos) {
    // No table.  What stands there is kept as one line that was not understood.
    if (!says_nothing(text)) table.components.push_back(component_of(text, nullptr, {}));
    return table;
  }
  Group group = group_of(text.substr(0, header), table.cases);
  while (header != std::string_view::npos && table.components.size() < kComponentsMax) {
    const std::size_t start = header + kHeader.size();
    header = text.find(kHeader, start);
    const std::string_view part = text.substr(
        start, header == std::string_view::npos ? std::string_view::npos : header - start);
    std::size_t at = 0;
    for (const Count& count : counts_in(part)) {
      if (table.components.size() >= kComponentsMax) break;
      Count within = count;
      within.at -= at;
      within.end -= at;
      const std::string_view line = part.substr(at, count.end - at);
      table.components.push_back(component_of(line, &within, group));
      at = count.end;
    }
    const std::string_view left = trimmed(part.substr(at));
    if (header == std::string_view::npos) {
      if (!without_bullet(left).empty() && table.components.size() < kComponentsMax) {
        table.components.push_back(component_of(left, nullptr, group));
      }
    } else {
      group = group_of(left, table.cases);
    }
  }
  cases_of_acts(table);
  return table;
}

}  // namespace catalogue
