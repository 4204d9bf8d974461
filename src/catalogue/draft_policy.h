#pragma once
// draft_policy.h - what drafting decides by data rather than by code: data/policy.
//
// step-shares.yaml              how a limit is split over the steps, and why
// draft-words.yaml              by which words of a page a draft is given its shape
// departments-by-ministry.csv   which agency of a province does what a ministry publishes
// replacement-matching.yaml     when two names of a paper are the same; databases; the fallback
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "calendar/instant.h"
#include "calendar/limit.h"
#include "form/bilingual.h"
#include "form/definition_problem.h"

namespace catalogue {

using form::Bilingual;

// One step's part of a limit.
struct StepShare {
  int weight = 0;      // parts
  int halves_max = 0;  // never more than so many half hours; 0: no bound
  int rank = 0;        // where there are fewer half hours than steps, the lowest go without
};
using StepShares = std::map<std::string, StepShare, std::less<>>;  // by step id

struct DepartmentRow {
  bool by_ministry = false;  // else by words among the agencies of the page
  std::string key;           // folded
  Bilingual agency;          // whose name the organisation is searched for
};

struct DatabaseRow {
  std::string words;  // folded; within the published name
  Bilingual name;
  std::vector<std::string> fields;  // dictionary codes of the data that stand in
};

using Phrases = std::vector<std::string>;  // folded

struct DraftPolicy {
  std::map<std::string, StepShares, std::less<>> processes;  // by variant
  Bilingual shares_reason;
  std::optional<calendar::Limit> assumed_limit;
  Bilingual assumed_limit_reason;
  std::optional<calendar::TimeOfDay> same_day_cutoff;

  // Of the steps of a page: an inspection, a consultation, something submitted to the committee.
  Phrases inspection_words;
  Phrases consultation_words;
  Phrases submission_words;
  // Of its agencies.
  Phrases committee_words;
  Phrases under_committee_words;  // "thuộc Ủy ban nhân dân cấp tỉnh": not the committee itself
  Phrases commune_words;
  Phrases police_words;  // of a commune
  Phrases province_words;
  // Of its subjects.
  Phrases person_words;
  Phrases foreigner_words;
  Phrases organisation_words;
  // Of the name of a paper that not everybody has to bring.
  Phrases optional_words;

  std::vector<DepartmentRow> departments;  // in the order of the file

  // Of replacement.h.
  double match_accept = 1;
  double match_review = 1;
  Phrases weak_words;
  std::vector<std::pair<std::string, std::string>> synonyms;  // folded, longest first
  std::vector<DatabaseRow> databases;
  Bilingual fallback;
};

// `files`: name within data/policy -> text; others than the four are not read.  All problems at
// once.
[[nodiscard]] form::Defined<DraftPolicy> read_draft_policy(
    const std::map<std::string, std::string>& files);

// Whether one of the phrases stands in `folded`, from the beginning of a word to the end of one.
[[nodiscard]] bool says(std::string_view folded, const Phrases& phrases);
[[nodiscard]] bool says(std::string_view folded, std::string_view phrase);

}  // namespace catalogue
