// lint_components.cpp - papers that are none, that are there twice, that nobody counted.
#include <algorithm>
#include <map>
#include <tuple>

#include "base/text.h"
#include "catalogue/finding_text.h"
#include "catalogue/lint_rules.h"
#include "catalogue/paper_text.h"

namespace catalogue {
namespace {

std::string at_component(std::size_t index) {
  return "components/" + std::to_string(index);
}

bool counted(const StatedComponent& component) {
  return component.originals > 0 || component.copies > 0;
}

}  // namespace

void lint_components(const Entry& entry, std::vector<Finding>& found) {
  using Key = std::tuple<int, std::string, std::string>;  // case, group, folded name
  std::map<Key, std::size_t> seen;
  std::size_t advice = 0;
  std::size_t first_advice = 0;
  bool any_paper = false;
  for (std::size_t i = 0; i < entry.components.size(); ++i) {
    const StatedComponent& component = entry.components[i];
    const int index = static_cast<int>(i);
    if (!component.understood) {
      found.push_back(finding_about(entry, FindingKind::component_not_told_apart, at_component(i),
                                    component.raw));
      continue;
    }
    if (component.instruction) {
      if (advice++ == 0) first_advice = i;
      continue;
    }
    any_paper = true;
    if (is_instruction(component.name, counted(component))) {
      Finding finding =
          finding_about(entry, FindingKind::instruction_as_paper, at_component(i), component.raw);
      finding.mending = Mending{.change = Mending::Change::component_instruction,
                                .index = index,
                                .from = component.name,
                                .to = "true"};
      found.push_back(std::move(finding));
    } else if (!counted(component) && component.kind == procedure::ComponentKind::submit) {
      Finding finding = finding_about(entry, FindingKind::component_without_count, at_component(i),
                                      component.raw);
      finding.mending = Mending{.change = Mending::Change::component_copies,
                                .index = index,
                                .from = component.name,
                                .to = "1/0"};
      found.push_back(std::move(finding));
    }
    const Key key{component.case_index, component.group, base::fold_for_search(component.name)};
    if (const auto [first, fresh] = seen.emplace(key, i); !fresh) {
      Finding finding =
          finding_about(entry, FindingKind::component_twice, at_component(i), component.raw);
      finding.mending = Mending{.change = Mending::Change::component_drop,
                                .index = index,
                                .from = component.name,
                                .to = ""};
      found.push_back(std::move(finding));
    }
  }
  if (advice > 0) {
    Finding finding = finding_about(entry, FindingKind::instruction_as_paper,
                                    at_component(first_advice), entry.components[first_advice].raw);
    const std::string n = std::to_string(advice);
    finding.proposal = {n + " dòng không có số lượng đã được hiểu là hướng dẫn",
                        n + " lines without numbers were read as advice"};
    found.push_back(std::move(finding));
  }
  if (!any_paper) {
    found.push_back(finding_about(entry, FindingKind::components_missing, "components", ""));
  }
}

}  // namespace catalogue
