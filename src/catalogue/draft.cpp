#include "catalogue/draft.h"

#include <algorithm>
#include <array>
#include <utility>

#include <boost/json.hpp>

#include "base/text.h"
#include "bpmn/analysis.h"
#include "bpmn/model_xml.h"
#include "catalogue/draft_scenarios.h"
#include "catalogue/draft_text.h"
#include "catalogue/draft_writer.h"

namespace catalogue {
namespace {

using procedure::Level;

bool is_code(std::string_view code) {
  const auto digit = [](char c) { return c >= '0' && c <= '9'; };
  return code.size() == 8 && digit(code[0]) && code[1] == '.' &&
         std::ranges::all_of(code.substr(2), digit);
}

Tier tier_of(Level level) {
  switch (level) {
    case Level::commune:
      return Tier::commune;
    case Level::province:
      return Tier::province;
    case Level::ministry:
      return Tier::ministry;
  }
  return Tier::other;
}

base::Failure<std::vector<DraftReason>> refuse(DraftRefusal refusal, std::string detail = {}) {
  return base::Failure{std::vector<DraftReason>{{refusal, in_words(refusal), std::move(detail)}}};
}

std::string told(const form::DefinitionProblems& problems) {
  std::string text;
  for (const form::DefinitionProblem& one : problems) {
    text +=
        (text.empty() ? "" : "\n") + one.file + ":" + std::to_string(one.line) + ": " + one.message;
  }
  return text;
}

// What the checks say of the files; empty: nothing.
std::string faults_of(const procedure::PackageFiles& files, const form::Dictionary& dictionary) {
  const auto loaded = procedure::load_package(files, dictionary);
  if (!loaded) return told(loaded.error());
  const auto found = files.find("process.bpmn");
  const auto model = bpmn::read_model(found->second);
  if (!model) return "process.bpmn: " + model.error().message;
  std::string text;
  for (const bpmn::AnalysisFinding& finding : bpmn::analyse(*model)) {
    if (finding.severity != bpmn::Severity::error) continue;
    text += (text.empty() ? "" : "\n") + std::string{"process.bpmn: "} + finding.message;
  }
  return text;
}

constexpr std::array kDoubts{
    DraftDoubt::limit_assumed,       DraftDoubt::limit_of_others, DraftDoubt::limit_of_several,
    DraftDoubt::agency_unregistered, DraftDoubt::fee_unknown,     DraftDoubt::fee_in_other_money,
    DraftDoubt::result_without_code, DraftDoubt::no_result,       DraftDoubt::no_legal_basis,
    DraftDoubt::instructions_noted,  DraftDoubt::texts_shortened};

}  // namespace

bool Draft::has(DraftDoubt doubt) const {
  return std::ranges::find(doubts, doubt) != doubts.end();
}

base::Result<Draft, std::vector<DraftReason>> draft_package(const Entry& entry,
                                                            const DraftOptions& options,
                                                            const DraftSources& sources) {
  if (!is_code(entry.code)) return refuse(DraftRefusal::bad_code, fitted(entry.code, 60));
  if (entry.list_only) return refuse(DraftRefusal::no_page);
  if (base::fold_for_search(entry.name).empty()) return refuse(DraftRefusal::no_name);
  if (std::ranges::find(entry.tiers, tier_of(options.level)) == entry.tiers.end()) {
    return refuse(DraftRefusal::other_tier);
  }
  if (entry.channels.empty()) return refuse(DraftRefusal::no_channel);
  Draft draft = write_draft(entry, options, sources);
  if (std::string faults = faults_of(draft.files, sources.dictionary); !faults.empty()) {
    return refuse(DraftRefusal::not_accepted, std::move(faults));
  }
  const auto loaded = procedure::load_package(draft.files, sources.dictionary,
                                              {.checks = procedure::LoadOptions::Checks::passed});
  if (!loaded) return refuse(DraftRefusal::not_accepted, told(loaded.error()));
  for (auto& [name, text] : draft_scenarios(*loaded, entry.decision)) {
    draft.files[name] = std::move(text);
  }
  draft.digest = procedure::digest_of(draft.files);
  return draft;
}

base::json::object to_json(const Draft& draft, const Entry& entry, const DraftOptions& options) {
  base::json::object files;
  for (const auto& [name, text] : draft.files) files[name] = text;
  base::json::array doubts;
  for (const DraftDoubt doubt : draft.doubts) doubts.emplace_back(to_text(doubt));
  return {{"files", std::move(files)},
          {"origin", base::json::object{{"kind", "catalogue"},
                                        {"entry", entry.content_hash},
                                        {"level", procedure::to_text(draft.level)},
                                        {"agency", options.agency},
                                        {"process", to_text(draft.process.variant)},
                                        {"inspection", draft.process.inspection},
                                        {"consultation", draft.process.consultation},
                                        {"doubts", std::move(doubts)}}}};
}

DraftVerdict judge_draft(const base::json::value& body, const form::Dictionary& dictionary,
                         bool also_doubtful) {
  DraftVerdict verdict;
  const auto* files = base::find(body, "files");
  if (files == nullptr || !files->is_object()) {
    verdict.reasons.emplace_back("the draft has no files");
    return verdict;
  }
  procedure::PackageFiles package;
  for (const auto& [name, text] : files->get_object()) {
    if (text.is_string()) package[name] = std::string{text.get_string()};
  }
  if (std::string faults = faults_of(package, dictionary); !faults.empty()) {
    verdict.reasons.push_back(std::move(faults));
  }
  const auto* origin = base::find(body, "origin");
  const auto* doubts = origin == nullptr ? nullptr : base::find(*origin, "doubts");
  if (doubts != nullptr && doubts->is_array() && !also_doubtful) {
    for (const base::json::value& one : doubts->get_array()) {
      const auto known = std::ranges::find_if(kDoubts, [&](DraftDoubt doubt) {
        return one.is_string() && to_text(doubt) == std::string_view{one.get_string()};
      });
      if (known != kDoubts.end() && holds_publication(*known)) {
        verdict.reasons.emplace_back(to_text(*known));
      }
    }
  }
  verdict.passes = verdict.reasons.empty();
  return verdict;
}

}  // namespace catalogue
