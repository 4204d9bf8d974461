#pragma once
// coverage_json.h - coverage as pages and programs read it: the JSON of api/openapi.yaml.
//
// Aggregated here, so that a page over three thousand procedures and hundreds of agencies receives
// what it shows and no more.
#include <functional>
#include <string>
#include <vector>

#include "base/json.h"
#include "insight/coverage_watch.h"
#include "insight/gaps_ahead.h"
#include "insight/what_if.h"

namespace insight {

// Which agencies an officer answers for: those at which the gate lets him read reports or look
// after accounts.
[[nodiscard]] Reach reach_of(const party::Officer& officer, Instant at);

[[nodiscard]] base::json::object to_json(const CellCount& count);
// `reach`: of whose people the candidates are.
[[nodiscard]] base::json::object gap_json(const SeenGap& seen, const Reach& reach,
                                          std::size_t cells_max = 20);
// The counts are of all; the gaps those within reach.
[[nodiscard]] base::json::object foresight_json(const WhatIf& seen, const Reach& reach);
// "Nếu làm việc này, 14 bước của 6 thủ tục sẽ không có người xử lý."
[[nodiscard]] calendar::Bilingual sentence(const WhatIf& seen);

// Of the whole: counts, and by kind of agency.
[[nodiscard]] base::json::object summary_json(const CoverageView& view, const Reach& reach,
                                              Instant at);

struct MatrixQuery {
  Instant at{};
  std::string field{};            // columns are its procedures; empty: columns are fields
  std::string kind{};             // of agency
  std::string words{};            // folded, in the agency's name
  std::string procedure_words{};  // folded: columns are procedures whose name or code has them
  bool only_gaps = false;
  std::size_t after = 0;  // rows passed over
  std::size_t limit = 50;
};
inline constexpr std::size_t kColumnsMax = 60;
// Rows: competent agencies, those with most gaps first.
[[nodiscard]] base::json::object matrix_json(const CoverageView& view, const Reach& reach,
                                             const MatrixQuery& query);

// The procedures of one agency, by name, with their counts; of a field, or all.
[[nodiscard]] base::json::object procedures_json(const CoverageView& view, AgencyIndex agency,
                                                 const std::string& field, bool only_gaps,
                                                 Instant at, std::size_t after, std::size_t limit);
// The steps of one procedure at one agency: who could take each, or why nobody.
[[nodiscard]] base::json::object steps_json(const CoverageView& view, AgencyIndex agency,
                                            const std::string& procedure, const Reach& reach,
                                            Instant at);

}  // namespace insight
