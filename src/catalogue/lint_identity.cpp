// lint_identity.cpp - code, levels, agencies, and what a list says beside the page.
#include <algorithm>
#include <set>

#include <re2/re2.h>

#include "base/text.h"
#include "catalogue/finding_text.h"
#include "catalogue/lint_rules.h"
#include "catalogue/page_text.h"

namespace catalogue {
namespace {

std::string joined_words(const std::vector<std::string>& parts) {
  std::string text;
  for (const std::string& part : parts) text += (text.empty() ? "" : ", ") + part;
  return text;
}

std::set<std::string> folded(const std::vector<std::string>& parts) {
  std::set<std::string> all;
  for (const std::string& part : parts) all.insert(base::fold_for_search(part));
  return all;
}

void compare(const Entry& entry, std::string_view what, const std::string& page,
             const std::string& list, Mending::Change change, std::vector<Finding>& found) {
  if (page.empty() || list.empty()) return;
  if (base::fold_for_search(page) == base::fold_for_search(list)) return;
  Finding finding =
      finding_about(entry, FindingKind::list_disagrees, std::string{what}, page + " ≠ " + list);
  finding.mending = Mending{.change = change, .from = page, .to = list};
  found.push_back(std::move(finding));
}

}  // namespace

void lint_identity(const Entry& entry, std::vector<Finding>& found) {
  // Source: joint circulars and the portal itself: one digit, a dot, six digits (domain facts 1.3).
  static const RE2 code(R"(\d\.\d{6})");
  if (!RE2::FullMatch(entry.code, code)) {
    found.push_back(finding_about(entry, FindingKind::code_malformed, "code", entry.code));
  }
  if (entry.list_only) {
    found.push_back(finding_about(entry, FindingKind::page_missing, "", entry.name));
    return;
  }
  if (entry.tiers.empty()) {
    found.push_back(finding_about(entry, FindingKind::tier_missing, "tiers", ""));
  } else if (entry.tiers.size() > 1) {
    found.push_back(finding_about(entry, FindingKind::tiers_several, "tiers",
                                  std::to_string(entry.tiers.size())));
  }
  if (entry.agencies.empty()) {
    found.push_back(finding_about(entry, FindingKind::agency_missing, "agencies", ""));
  }
  if (!entry.listed) return;
  compare(entry, "name", entry.name, entry.listed->name, Mending::Change::name, found);
  compare(entry, "field", entry.field, entry.listed->field, Mending::Change::field, found);
  if (!entry.agencies.empty() && !entry.listed->agencies.empty() &&
      folded(entry.agencies) != folded(entry.listed->agencies)) {
    Finding finding =
        finding_about(entry, FindingKind::list_disagrees, "agencies",
                      joined_words(entry.agencies) + " ≠ " + joined_words(entry.listed->agencies));
    finding.proposal = {"Xem cơ quan nào thực hiện", "See which agency carries it out"};
    found.push_back(std::move(finding));
  }
}

}  // namespace catalogue
