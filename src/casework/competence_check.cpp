#include "casework/competence_check.h"

#include <algorithm>
#include <chrono>
#include <set>

#include "base/text.h"

namespace casework {

namespace {

using std::chrono::days;

constexpr Date kBeginning{std::chrono::year{1900} / 1 / 1};
constexpr Date kEnd{std::chrono::year{9999} / 12 / 31};

Date first_of(const RowScope& scope) {
  return scope.from.value_or(kBeginning);
}
Date last_of(const RowScope& scope) {
  return scope.to.value_or(kEnd);
}

// Codes a row is about: its own, and those of its fields.
std::set<std::string> codes_of(const RowScope& scope,
                               const std::vector<KnownProcedure>& procedures) {
  std::set<std::string> codes{scope.procedures.begin(), scope.procedures.end()};
  for (const KnownProcedure& one : procedures) {
    const std::string field = base::fold_for_search(one.field);
    if (std::ranges::find(scope.fields, field) != scope.fields.end()) codes.insert(one.code);
  }
  return codes;
}

bool meet(const std::set<std::string>& a, const std::set<std::string>& b) {
  return std::ranges::any_of(a, [&](const std::string& one) { return b.contains(one); });
}

bool fields_meet(const RowScope& a, const RowScope& b) {
  return std::ranges::any_of(a.fields, [&](const std::string& one) {
    return std::ranges::find(b.fields, one) != b.fields.end();
  });
}

bool places_meet(const CompetenceRule& a, const CompetenceRule& b) {
  if (a.places.empty() || b.places.empty()) return true;
  return std::ranges::any_of(a.places, [&](const std::string& one) {
    return std::ranges::find(b.places, one) != b.places.end();
  });
}

// A row without a condition fits what is not known as well; rows with different conditions share
// nobody, as nobody is two things.
template <class Enum>
bool same_or_any(Enum a, Enum b) {
  return a == Enum::any || b == Enum::any || a == b;
}

bool ages_meet(const CompetenceRule& a, const CompetenceRule& b) {
  const int from = std::max(a.age_from.value_or(0), b.age_from.value_or(0));
  const int to = std::min(a.age_to.value_or(150), b.age_to.value_or(150));
  return from <= to;
}

bool overlap(const CompetenceRule& a, const CompetenceRule& b,
             const std::vector<KnownProcedure>& procedures) {
  if (std::max(first_of(a.scope), first_of(b.scope)) >
      std::min(last_of(a.scope), last_of(b.scope))) {
    return false;
  }
  if (!places_meet(a, b) || !same_or_any(a.subject, b.subject) ||
      !same_or_any(a.residence, b.residence) || !ages_meet(a, b)) {
    return false;
  }
  return fields_meet(a.scope, b.scope) ||
         meet(codes_of(a.scope, procedures), codes_of(b.scope, procedures));
}

// Wherever `b` fits, `a` fits.
bool swallows(const CompetenceRule& a, const CompetenceRule& b,
              const std::vector<KnownProcedure>& procedures) {
  if (first_of(a.scope) > first_of(b.scope) || last_of(a.scope) < last_of(b.scope)) return false;
  if (a.subject != Subject::any && a.subject != b.subject) return false;
  if (a.residence != Residence::any && a.residence != b.residence) return false;
  const bool any_age = !a.age_from.has_value() && !a.age_to.has_value();
  const bool b_any_age = !b.age_from.has_value() && !b.age_to.has_value();
  if (!any_age && (b_any_age || a.age_from.value_or(0) > b.age_from.value_or(0) ||
                   a.age_to.value_or(150) < b.age_to.value_or(150))) {
    return false;
  }
  if (!a.places.empty() &&
      (b.places.empty() || !std::ranges::all_of(b.places, [&](const std::string& one) {
         return std::ranges::find(a.places, one) != a.places.end();
       }))) {
    return false;
  }
  const auto ours = codes_of(a.scope, procedures);
  const bool codes = std::ranges::all_of(
      b.scope.procedures, [&](const std::string& one) { return ours.contains(one); });
  const bool fields = std::ranges::all_of(b.scope.fields, [&](const std::string& one) {
    return std::ranges::find(a.scope.fields, one) != a.scope.fields.end();
  });
  return codes && fields;
}

class Check {
 public:
  Check(const CompetenceTable& table, const party::Organisation& organisation,
        const std::vector<KnownProcedure>& procedures)
      : table_(table), organisation_(organisation), procedures_(procedures) {}

  std::vector<CompetenceFinding> run() {
    pairs();
    for (const CompetenceRule& rule : table_.rules) {
      names(rule);
      known(rule.id, rule.scope);
    }
    for (const ReceptionRule& rule : table_.reception) {
      centres(rule);
      known(rule.id, rule.scope);
    }
    return std::move(findings_);
  }

 private:
  void add(CompetenceFault fault, bool error, std::vector<std::string> rows, Bilingual message) {
    findings_.push_back({fault, error, std::move(rows), std::move(message)});
  }

  void pairs() {
    for (std::size_t i = 0; i < table_.rules.size(); ++i) {
      for (std::size_t j = i + 1; j < table_.rules.size(); ++j) {
        const CompetenceRule& a = table_.rules[i];
        const CompetenceRule& b = table_.rules[j];
        if (!overlap(a, b, procedures_)) continue;
        if (swallows(a, b, procedures_)) {
          add(CompetenceFault::never_decides, true, {a.id, b.id},
              {"Dòng " + b.id + " không bao giờ được áp dụng vì dòng " + a.id +
                   " đã bao trùm. Hãy đặt dòng riêng lên trước dòng chung, hoặc bỏ đi.",
               "Row " + b.id + " never decides: " + a.id +
                   " fits wherever it fits. Put the narrower row first, or take it out."});
        } else if (std::ranges::find(a.before, b.id) == a.before.end()) {
          add(CompetenceFault::overlap, true, {a.id, b.id},
              {"Hai dòng " + a.id + " và " + b.id +
                   " cùng nhận một việc. Hãy sửa phạm vi, ngày, hoặc ghi before: [" + b.id +
                   "] ở dòng " + a.id + ".",
               "Rows " + a.id + " and " + b.id +
                   " claim the same. Change scope or days, or write before: [" + b.id + "] at " +
                   a.id + "."});
        }
      }
    }
  }

  void names(const CompetenceRule& rule) {
    if (rule.target == Target::agency) agency_over(rule.id, rule.agency, rule.scope);
    for (const std::string& place : rule.places) {
      if (organisation_.commune(place) != nullptr) continue;
      add(CompetenceFault::unknown_place, true, {rule.id},
          {"Dòng " + rule.id + ": không có xã, phường mang mã " + place + ".",
           "Row " + rule.id + ": there is no commune " + place + "."});
    }
  }

  // The agency is there on the first and on the last day of the row.
  const party::Agency* agency_over(const std::string& row, const std::string& code,
                                   const RowScope& scope) {
    const party::Agency* agency = organisation_.find(code);
    const bool begins =
        agency != nullptr && (!scope.from.has_value() || agency->is_valid_on(*scope.from));
    const bool ends = agency != nullptr && (scope.to.has_value() ? agency->is_valid_on(*scope.to)
                                                                 : !agency->valid_to.has_value());
    if (!begins || !ends) {
      add(CompetenceFault::unknown_agency, true, {row},
          {"Dòng " + row + ": cơ quan " + code + " không có trong suốt thời gian của dòng.",
           "Row " + row + ": agency " + code + " is not there on all days of the row."});
    }
    return agency;
  }

  void centres(const ReceptionRule& rule) {
    for (const std::string& code : rule.centres) {
      const party::Agency* centre = agency_over(rule.id, code, rule.scope);
      if (centre == nullptr || centre->is_centre()) continue;
      add(CompetenceFault::no_centre, true, {rule.id},
          {"Dòng " + rule.id + ": " + code + " không phải là bộ phận một cửa.",
           "Row " + rule.id + ": " + code + " is no one-stop centre."});
    }
  }

  void known(const std::string& row, const RowScope& scope) {
    for (const std::string& code : scope.procedures) {
      if (std::ranges::find(procedures_, code, &KnownProcedure::code) != procedures_.end()) {
        continue;
      }
      add(CompetenceFault::unknown_procedure, false, {row},
          {"Dòng " + row + ": chưa có thủ tục " + code + " đang áp dụng.",
           "Row " + row + ": no procedure " + code + " is in force."});
    }
  }

  const CompetenceTable& table_;
  const party::Organisation& organisation_;
  const std::vector<KnownProcedure>& procedures_;
  std::vector<CompetenceFinding> findings_;
};

void add_days(std::set<Date>& all, const RowScope& scope) {
  if (scope.from.has_value()) all.insert(*scope.from);
  if (scope.to.has_value()) all.insert(*scope.to + days{1});
}

}  // namespace

std::string_view to_text(CompetenceFault fault) {
  switch (fault) {
    case CompetenceFault::overlap:
      return "overlap";
    case CompetenceFault::never_decides:
      return "never_decides";
    case CompetenceFault::unknown_agency:
      return "unknown_agency";
    case CompetenceFault::unknown_place:
      return "unknown_place";
    case CompetenceFault::no_centre:
      return "no_centre";
    case CompetenceFault::unknown_procedure:
      return "unknown_procedure";
  }
  return "";
}

std::vector<CompetenceFinding> check_competence(const CompetenceTable& table,
                                                const party::Organisation& organisation,
                                                const std::vector<KnownProcedure>& procedures) {
  return Check(table, organisation, procedures).run();
}

std::vector<Date> days_of_change(const CompetenceTable& table) {
  std::set<Date> all;
  for (const CompetenceRule& rule : table.rules) add_days(all, rule.scope);
  for (const ReceptionRule& rule : table.reception) add_days(all, rule.scope);
  return {all.begin(), all.end()};
}

}  // namespace casework
