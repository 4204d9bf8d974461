#include "catalogue/draft_competence.h"

#include <algorithm>

#include "base/text.h"
#include "catalogue/draft_text.h"

namespace catalogue {
namespace {

using procedure::Level;

constexpr std::size_t kAgencyTextMax = 300;

bool done_at(const Entry& entry, Tier tier) {
  return std::ranges::find(entry.tiers, tier) != entry.tiers.end();
}

// Names beside each other must not make a phrase: a sign that no phrase has stands between them.
std::string folded_agencies(const Entry& entry) {
  std::string text = base::fold_for_search(entry.competent_agency);
  for (const std::string& agency : entry.agencies) {
    text += (text.empty() ? "" : " | ") + base::fold_for_search(agency);
  }
  return text;
}

std::string published_agencies(const Entry& entry) {
  if (!entry.competent_agency.empty()) return fitted(entry.competent_agency, kAgencyTextMax);
  std::string text;
  for (const std::string& agency : entry.agencies) text += (text.empty() ? "" : ", ") + agency;
  return fitted(text, kAgencyTextMax);
}

const party::Agency* find_agency(const party::Organisation& organisation, const Bilingual& name,
                                 const std::string& within) {
  const std::string wanted = base::fold_for_search(name.vi);
  const auto root = party::AgencyId::parse(within);
  for (const party::Agency& agency : organisation.agencies()) {
    const bool provincial = agency.kind == party::AgencyKind::department ||
                            agency.kind == party::AgencyKind::department_unit ||
                            agency.kind == party::AgencyKind::provincial_insurance;
    if (!provincial || (root && !agency.id.is_within(*root))) continue;
    const std::string folded = base::fold_for_search(agency.name.vi);
    if (folded.starts_with(wanted) &&
        (folded.size() == wanted.size() || folded[wanted.size()] == ' ')) {
      return &agency;
    }
  }
  return nullptr;
}

struct Department {
  const party::Agency* agency = nullptr;  // null: not in the organisation
  Bilingual name;
};

// An agency that the page names goes before the one that its ministry suggests; of those named, one
// that the organisation has.
std::optional<Department> department_of(const Entry& entry, const std::string& agencies,
                                        const std::string& within, const DraftPolicy& policy,
                                        const party::Organisation& organisation) {
  std::optional<Department> missing;
  for (const DepartmentRow& row : policy.departments) {
    if (row.by_ministry || !says(agencies, row.key)) continue;
    if (const auto* agency = find_agency(organisation, row.agency, within)) {
      return Department{agency, agency->name};
    }
    if (!missing) missing = Department{nullptr, row.agency};
  }
  if (missing) return missing;
  const std::string ministry = base::fold_for_search(entry.ministry);
  for (const DepartmentRow& row : policy.departments) {
    if (!row.by_ministry || row.key != ministry) continue;
    const auto* agency = find_agency(organisation, row.agency, within);
    return Department{agency, agency != nullptr ? agency->name : row.agency};
  }
  return std::nullopt;
}

bool committee_decides(const Entry& entry, const std::string& agencies, const std::string& steps,
                       const DraftPolicy& policy) {
  const std::string competent =
      entry.competent_agency.empty() ? agencies : base::fold_for_search(entry.competent_agency);
  if (says(competent, policy.committee_words) && !says(competent, policy.under_committee_words)) {
    return true;
  }
  return says(steps, policy.submission_words);
}

void choose_province(const Entry& entry, const std::string& agency, const std::string& agencies,
                     const std::string& steps, const DraftPolicy& policy,
                     const party::Organisation& organisation, DraftCompetence& chosen) {
  const party::Agency* committee = organisation.find(agency);
  const std::string committee_name =
      committee != nullptr ? committee->name.vi : std::string{"Ủy ban nhân dân tỉnh"};
  const auto department = department_of(entry, agencies, agency, policy, organisation);
  const bool known = department && department->agency != nullptr;
  chosen.registered = known;
  if (!known) {
    chosen.missing =
        department ? department->name : Bilingual{"Cơ quan giải quyết", "The competent agency"};
  }
  chosen.lead = known ? department->agency->id.text() : agency;
  chosen.names.preparing = department ? department->name.vi : std::string{"Cơ quan chủ trì"};
  if (committee_decides(entry, agencies, steps, policy)) {
    chosen.process.variant = ProcessVariant::department_committee;
    chosen.committee = agency;
    chosen.names.deciding = committee_name;
  } else {
    chosen.process.variant = ProcessVariant::department;
    chosen.committee = chosen.lead;
    chosen.names.deciding = chosen.names.preparing;
  }
}

}  // namespace

DraftCompetence draft_competence(const Entry& entry, Level level, const std::string& agency,
                                 const DraftPolicy& policy,
                                 const party::Organisation& organisation) {
  DraftCompetence chosen;
  const std::string agencies = folded_agencies(entry);
  const std::string steps = base::fold_for_search(entry.steps);
  chosen.process.inspection = says(steps, policy.inspection_words);
  chosen.process.consultation = says(steps, policy.consultation_words);
  chosen.names.procedure = fitted(entry.name, 300);
  chosen.text = untranslated(published_agencies(entry));
  switch (level) {
    case Level::commune: {
      chosen.process.variant = ProcessVariant::commune;
      chosen.names.deciding = "Ủy ban nhân dân cấp xã";
      if (says(agencies, policy.police_words) && !says(agencies, policy.commune_words)) {
        chosen.police = true;
        chosen.names.deciding = "Công an cấp xã";
        break;
      }
      if (!says(agencies, policy.commune_words)) {
        const auto other = department_of(entry, agencies, agency, policy, organisation);
        if (!agencies.empty() && other && other->agency == nullptr) {
          chosen.registered = false;
          chosen.missing = other->name;
        }
      }
      if (form::is_empty(chosen.text)) {
        chosen.text = {"Ủy ban nhân dân cấp xã", "People's committee of the commune"};
      }
      break;
    }
    case Level::province:
      choose_province(entry, agency, agencies, steps, policy, organisation, chosen);
      if (form::is_empty(chosen.text)) chosen.text = untranslated(chosen.names.deciding);
      break;
    case Level::ministry: {
      chosen.process.variant = ProcessVariant::ministry;
      chosen.lead = chosen.committee = agency;
      const party::Agency* ministry = organisation.find(agency);
      const bool own = ministry != nullptr && ministry->kind == party::AgencyKind::department &&
                       !agency.starts_with('H');
      chosen.registered = own;
      if (!own) {
        chosen.missing =
            entry.ministry.empty() ? Bilingual{"Bộ", "The ministry"} : untranslated(entry.ministry);
      }
      chosen.names.preparing = "Đơn vị chuyên môn";
      chosen.names.deciding = "Lãnh đạo Bộ";
      if (form::is_empty(chosen.text)) chosen.text = {"Bộ", "The ministry"};
      break;
    }
  }
  return chosen;
}

std::optional<Level> natural_level(const Entry& entry, const DraftPolicy& policy) {
  const bool commune = done_at(entry, Tier::commune);
  const bool province = done_at(entry, Tier::province);
  if (commune && province) {
    const std::string agencies = folded_agencies(entry);
    return says(agencies, policy.province_words) && !says(agencies, policy.commune_words)
               ? Level::province
               : Level::commune;
  }
  if (commune) return Level::commune;
  if (province) return Level::province;
  return std::nullopt;
}

}  // namespace catalogue
