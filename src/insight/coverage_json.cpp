#include "insight/coverage_json.h"

#include <algorithm>
#include <set>

#include <boost/json.hpp>

#include "base/text.h"

namespace insight {

namespace {

using base::json::array;
using base::json::object;
using base::json::value;

object text_json(const calendar::Bilingual& text) {
  return {{"vi", text.vi}, {"en", text.en.empty() ? text.vi : text.en}};
}

object agency_json(const CoverageView& view, AgencyIndex index) {
  const party::AgencyId& id = view.coverage->agencies()[index];
  const party::Agency* agency = view.organisation->find(id);
  return {{"id", id.text()},
          {"name", agency == nullptr ? object{{"vi", id.text()}, {"en", id.text()}}
                                     : text_json(agency->name)}};
}

object procedure_json(const ProcedureDemand& procedure) {
  return {{"code", procedure.code}, {"name", text_json(procedure.name)}};
}

object role_json(party::Role role) {
  return {{"role", party::name(role)}, {"role_title", text_json(party::title(role))}};
}

object person_json(const StaffMember& member) {
  return {{"id", member.officer.id.text},
          {"name", member.officer.name},
          {"position", text_json(member.officer.position)},
          {"agency", member.officer.agency.text()}};
}

value instant_or_null(Instant at) {
  if (at == Instant::min() || at == Instant::max()) return nullptr;
  return value(calendar::to_iso(at));
}

array people_json(const std::vector<StaffMemberPtr>& people) {
  array items;
  for (const StaffMemberPtr& one : people) items.push_back(person_json(*one));
  return items;
}

array hindrances_json(const std::vector<Hindrance>& hindrances) {
  array items;
  for (const Hindrance& one : hindrances) {
    object item = person_json(*one.member);
    item["why"] = name(one.why);
    item["until"] = one.until ? instant_or_null(*one.until) : value(nullptr);
    items.push_back(std::move(item));
  }
  return items;
}

std::string_view name(CellState state) {
  switch (state) {
    case CellState::covered:
      return "covered";
    case CellState::thin:
      return "thin";
    case CellState::gap:
      return "gap";
  }
  return {};
}

std::string field_key(const ProcedureDemand& procedure) {
  return procedure.field.empty() ? std::string{"—"} : procedure.field;
}

// What the columns of a matrix are.
struct Columns {
  std::vector<object> shown;
  std::vector<int> of;  // by procedure; -1: none
  std::size_t left_out = 0;
};

Columns columns_of(const Coverage& coverage, const MatrixQuery& query) {
  Columns columns;
  columns.of.assign(coverage.procedures().size(), -1);
  const bool by_procedure = !query.field.empty() || !query.procedure_words.empty();
  std::map<std::string, std::pair<object, std::vector<std::uint32_t>>> found;
  for (std::uint32_t p = 0; p < coverage.procedures().size(); ++p) {
    const ProcedureDemand& one = *coverage.procedures()[p];
    if (!one.in_force.holds(query.at)) continue;
    if (!by_procedure) {
      auto& [column, of] = found[field_key(one)];
      if (of.empty()) {
        column = {{"id", field_key(one)},
                  {"name", one.field.empty() ? text_json({"Chưa phân lĩnh vực", "No field"})
                                             : text_json(one.field_name)}};
      }
      of.push_back(p);
      continue;
    }
    if (!query.field.empty() && field_key(one) != query.field) continue;
    if (!query.procedure_words.empty() &&
        base::fold_for_search(one.name.vi + ' ' + one.code).find(query.procedure_words) ==
            std::string::npos) {
      continue;
    }
    auto& [column, of] = found[one.code];
    if (of.empty()) column = {{"id", one.code}, {"name", text_json(one.name)}};
    of.push_back(p);
  }
  for (auto& [key, one] : found) {
    if (columns.shown.size() == kColumnsMax) {
      ++columns.left_out;
      continue;
    }
    for (const std::uint32_t p : one.second) columns.of[p] = static_cast<int>(columns.shown.size());
    columns.shown.push_back(std::move(one.first));
  }
  return columns;
}

// Asked once an agency instead of once a cell.
class ReachTable {
 public:
  ReachTable(const Coverage& coverage, const Reach& reach) {
    for (AgencyIndex i = 0; i < coverage.agencies().size(); ++i) {
      table_.push_back(reach(coverage.agencies()[i]));
    }
  }
  [[nodiscard]] bool reaches(const Place& place) const { return table_[place.agency]; }

 private:
  std::vector<bool> table_;
};

}  // namespace

Reach reach_of(const party::Officer& officer, Instant at) {
  return [officer, at](const party::AgencyId& agency) {
    const party::Subject subject{.agency = agency};
    return party::may(officer, party::Action::manage_officers, subject, at).allowed ||
           party::may(officer, party::Action::view_reports, subject, at).allowed;
  };
}

object to_json(const CellCount& count) {
  return {{"steps", count.steps}, {"gaps", count.gaps}, {"thin", count.thin}};
}

calendar::Bilingual sentence(const WhatIf& foresight) {
  if (foresight.steps == 0) {
    return {"Sau việc này mọi bước vẫn có người xử lý như trước.",
            "After this every step has somebody as before."};
  }
  const std::string steps = std::to_string(foresight.steps);
  const std::string procedures = std::to_string(foresight.procedures);
  return {"Nếu làm việc này, " + steps + " bước của " + procedures +
              " thủ tục sẽ không có người xử lý.",
          "If you do this, " + steps + (foresight.steps == 1 ? " step" : " steps") + " of " +
              procedures + (foresight.procedures == 1 ? " procedure has" : " procedures have") +
              " nobody."};
}

object gap_json(const SeenGap& seen, const Reach& reach, std::size_t cells_max) {
  const CoverageView& view = *seen.view;
  const Coverage& coverage = *seen.coverage;
  const Gap& gap = seen.gap;
  object json{{"agency", agency_json(view, gap.agency)},
              {"action", procedure::to_text(gap.ask.action)},
              {"from", instant_or_null(gap.when.from)},
              {"until", gap.lasts ? value(nullptr) : instant_or_null(gap.when.until)},
              {"reason", name(gap.reason)},
              {"explanation", text_json(explain(gap.reason))},
              {"hindrances", hindrances_json(gap.hindrances)},
              {"candidates",
               people_json(candidates(coverage, gap.agency, gap.ask, gap.when.from, 5, reach))},
              {"steps", gap.steps},
              {"procedures", gap.procedures}};
  for (auto& [key, member] : role_json(gap.ask.role)) json[key] = member;
  array cells;
  for (const Cell& cell : gap.cells) {
    if (cells.size() == cells_max) break;
    const StepDemand& step = coverage.step(cell);
    cells.push_back(object{{"procedure", procedure_json(*coverage.procedures()[cell.procedure])},
                           {"place", agency_json(view, coverage.place(cell).agency)},
                           {"step", step.id},
                           {"title", text_json(step.title)}});
  }
  json["cells"] = std::move(cells);
  return json;
}

object foresight_json(const WhatIf& foresight, const Reach& reach) {
  constexpr std::size_t kGapsMax = 100;
  array gaps;
  std::size_t total = 0;
  for (const SeenGap& seen : foresight.gaps) {
    if (!reach(seen.agency())) continue;
    if (++total <= kGapsMax) gaps.push_back(gap_json(seen, reach, 10));
  }
  return {{"steps", foresight.steps},       {"procedures", foresight.procedures},
          {"agencies", foresight.agencies}, {"text", text_json(sentence(foresight))},
          {"gaps", std::move(gaps)},        {"gaps_total", total}};
}

object summary_json(const CoverageView& view, const Reach& reach, Instant at) {
  const Coverage& coverage = *view.coverage;
  const Coverage::Snapshot snapshot(coverage, at);
  const ReachTable within(coverage, reach);
  CellCount whole;
  std::map<std::string, CellCount> by_kind;
  std::set<std::string> codes;
  std::set<AgencyIndex> agencies;
  std::set<std::string> codes_with_gaps;
  for (std::uint32_t p = 0; p < coverage.procedures().size(); ++p) {
    const ProcedureDemand& procedure = *coverage.procedures()[p];
    if (!procedure.in_force.holds(at)) continue;
    for (std::uint32_t i = 0; i < procedure.places->size(); ++i) {
      const Place& place = (*procedure.places)[i];
      if (!within.reaches(place)) continue;
      const CellCount count = coverage.count(snapshot, p, i);
      whole.add(count);
      const party::Agency* agency = view.organisation->find(coverage.agencies()[place.agency]);
      by_kind[agency == nullptr ? "" : std::string{party::name(agency->kind)}].add(count);
      codes.insert(procedure.code);
      agencies.insert(place.agency);
      if (count.gaps > 0) codes_with_gaps.insert(procedure.code);
    }
  }
  array kinds;
  for (const auto& [kind, count] : by_kind) {
    object item = to_json(count);
    item["kind"] = kind;
    kinds.push_back(std::move(item));
  }
  array troubles;
  for (const auto& [code, why] : view.troubles) {
    troubles.push_back(object{{"code", code}, {"message", why}});
  }
  object json = to_json(whole);
  json["at"] = calendar::to_iso(at);
  json["until"] = calendar::to_iso(coverage.period().until);
  json["procedures"] = static_cast<std::int64_t>(codes.size());
  json["procedures_with_gaps"] = static_cast<std::int64_t>(codes_with_gaps.size());
  json["agencies"] = static_cast<std::int64_t>(agencies.size());
  json["kinds"] = std::move(kinds);
  json["unreadable"] = std::move(troubles);
  json["computed_us"] = view.took.count();
  return json;
}

object matrix_json(const CoverageView& view, const Reach& reach, const MatrixQuery& query) {
  const Coverage& coverage = *view.coverage;
  const Coverage::Snapshot snapshot(coverage, query.at);
  const Columns columns = columns_of(coverage, query);
  const ReachTable within(coverage, reach);
  struct Row {
    AgencyIndex agency = kNoAgency;
    const party::Agency* known = nullptr;
    CellCount total{};
    std::vector<CellCount> cells;
  };
  // 0: not looked at yet, 1: shown, 2: not.
  std::vector<char> wanted(coverage.agencies().size(), 0);
  std::vector<Row> rows(coverage.agencies().size());
  for (std::uint32_t p = 0; p < coverage.procedures().size(); ++p) {
    if (columns.of[p] < 0) continue;
    const ProcedureDemand& procedure = *coverage.procedures()[p];
    for (std::uint32_t i = 0; i < procedure.places->size(); ++i) {
      const Place& place = (*procedure.places)[i];
      if (wanted[place.agency] == 0) {
        Row& row = rows[place.agency];
        row.agency = place.agency;
        row.known = view.organisation->find(coverage.agencies()[place.agency]);
        const bool fits =
            (query.kind.empty() ||
             (row.known != nullptr && party::name(row.known->kind) == query.kind)) &&
            (query.words.empty() ||
             (row.known != nullptr &&
              base::fold_for_search(row.known->name.vi).find(query.words) != std::string::npos));
        row.cells.resize(columns.shown.size());
        wanted[place.agency] = fits ? 1 : 2;
      }
      if (wanted[place.agency] == 2) continue;
      if (!within.reaches(place)) continue;
      const CellCount count = coverage.count(snapshot, p, i);
      Row& row = rows[place.agency];
      row.total.add(count);
      row.cells[static_cast<std::size_t>(columns.of[p])].add(count);
    }
  }
  std::erase_if(rows, [&](const Row& row) {
    return row.total.steps == 0 || (query.only_gaps && row.total.gaps == 0);
  });
  std::ranges::stable_sort(rows, [](const Row& a, const Row& b) {
    return a.total.gaps != b.total.gaps ? a.total.gaps > b.total.gaps : a.total.thin > b.total.thin;
  });
  array shown;
  for (std::size_t i = query.after; i < rows.size() && i < query.after + query.limit; ++i) {
    object item{{"agency", agency_json(view, rows[i].agency)},
                {"kind", rows[i].known == nullptr ? "" : party::name(rows[i].known->kind)},
                {"total", to_json(rows[i].total)}};
    array cells;
    for (const CellCount& one : rows[i].cells) {
      cells.push_back(one.steps == 0 ? value(nullptr) : value(to_json(one)));
    }
    item["cells"] = std::move(cells);
    shown.push_back(std::move(item));
  }
  array heads;
  for (const object& one : columns.shown) heads.push_back(one);
  const std::size_t next = query.after + shown.size();
  return {{"columns", std::move(heads)},
          {"columns_left_out", columns.left_out},
          {"rows", std::move(shown)},
          {"rows_total", rows.size()},
          {"next_cursor", next < rows.size() ? value(std::to_string(next)) : value(nullptr)}};
}

object procedures_json(const CoverageView& view, AgencyIndex agency, const std::string& field,
                       bool only_gaps, Instant at, std::size_t after, std::size_t limit) {
  const Coverage& coverage = *view.coverage;
  const Coverage::Snapshot snapshot(coverage, at);
  struct Row {
    const ProcedureDemand* procedure = nullptr;
    CellCount count{};
  };
  std::vector<Row> rows;
  for (std::uint32_t p = 0; p < coverage.procedures().size(); ++p) {
    const ProcedureDemand& procedure = *coverage.procedures()[p];
    if (!procedure.in_force.holds(at)) continue;
    if (!field.empty() && field_key(procedure) != field) continue;
    for (std::uint32_t i = 0; i < procedure.places->size(); ++i) {
      if ((*procedure.places)[i].agency != agency) continue;
      const CellCount count = coverage.count(snapshot, p, i);
      if (!only_gaps || count.gaps > 0) rows.push_back({&procedure, count});
    }
  }
  std::ranges::stable_sort(rows, [](const Row& a, const Row& b) {
    return a.count.gaps != b.count.gaps ? a.count.gaps > b.count.gaps
                                        : a.procedure->code < b.procedure->code;
  });
  array items;
  for (std::size_t i = after; i < rows.size() && i < after + limit; ++i) {
    object item = to_json(rows[i].count);
    item["procedure"] = procedure_json(*rows[i].procedure);
    items.push_back(std::move(item));
  }
  const std::size_t next = after + items.size();
  return {{"agency", agency_json(view, agency)},
          {"items", std::move(items)},
          {"total", rows.size()},
          {"next_cursor", next < rows.size() ? value(std::to_string(next)) : value(nullptr)}};
}

object steps_json(const CoverageView& view, AgencyIndex agency, const std::string& procedure,
                  const Reach& reach, Instant at) {
  const Coverage& coverage = *view.coverage;
  object json{{"agency", agency_json(view, agency)}, {"procedure", nullptr}};
  array items;
  for (std::uint32_t p = 0; p < coverage.procedures().size(); ++p) {
    const ProcedureDemand& demand = *coverage.procedures()[p];
    if (demand.code != procedure || !demand.in_force.holds(at)) continue;
    coverage.each_cell_of(p, [&](const Cell& cell) {
      if (coverage.place(cell).agency != agency) return;
      json["procedure"] = procedure_json(demand);
      const StepDemand& step = coverage.step(cell);
      const SeatPlace seat = coverage.seat(cell);
      const CellState state = coverage.state(cell, at);
      object item{{"step", step.id},
                  {"title", text_json(step.title)},
                  {"action", procedure::to_text(step.ask.action)},
                  {"agency", agency_json(view, seat.agency)},
                  {"state", name(state)},
                  {"people", people_json(people(coverage, cell, at))},
                  {"reason", nullptr},
                  {"explanation", nullptr},
                  {"hindrances", array{}},
                  {"candidates", array{}}};
      for (auto& [key, member] : role_json(step.ask.role)) item[key] = member;
      if (state != CellState::covered) {
        const Diagnosis why = diagnose(coverage, cell, at);
        item["hindrances"] = hindrances_json(why.hindrances);
        item["candidates"] = people_json(candidates(coverage, seat.agency, step.ask, at, 5, reach));
        if (state == CellState::gap) {
          item["reason"] = name(why.reason);
          item["explanation"] = text_json(explain(why.reason));
        }
      }
      // When that changes.
      array changes;
      const Timeline timeline = coverage.timeline(seat);
      for (const Stretch& one : timeline) {
        if (changes.size() == 20) break;
        changes.push_back(
            object{{"from", calendar::to_iso(one.from)}, {"people", std::int64_t{one.count}}});
      }
      item["course"] = std::move(changes);
      items.push_back(std::move(item));
    });
  }
  json["items"] = std::move(items);
  return json;
}

}  // namespace insight
