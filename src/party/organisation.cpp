#include "party/organisation.h"

#include <algorithm>
#include <array>
#include <utility>

namespace party {
namespace {

constexpr std::size_t kAgenciesMax = 100000;
constexpr int kDepthMax = 32;

constexpr std::array<std::pair<AgencyKind, std::string_view>, 8> kKinds{
    {{AgencyKind::province_committee, "province_committee"},
     {AgencyKind::department, "department"},
     {AgencyKind::department_unit, "department_unit"},
     {AgencyKind::provincial_centre, "provincial_centre"},
     {AgencyKind::commune_committee, "commune_committee"},
     {AgencyKind::commune_centre, "commune_centre"},
     {AgencyKind::commune_police, "commune_police"},
     {AgencyKind::provincial_insurance, "provincial_insurance"}}};

}  // namespace

std::string_view name(AgencyKind kind) {
  return kKinds[static_cast<std::size_t>(kind)].second;
}

int depth_of(AgencyKind kind) {
  switch (kind) {
    case AgencyKind::province_committee:
      return 0;
    case AgencyKind::department:
    case AgencyKind::department_unit:
    case AgencyKind::provincial_centre:
    case AgencyKind::provincial_insurance:
      return 1;
    case AgencyKind::commune_committee:
      return 2;
    case AgencyKind::commune_centre:
    case AgencyKind::commune_police:
      return 3;
  }
  return 0;
}

std::optional<AgencyKind> parse_agency_kind(std::string_view text) {
  for (const auto& [kind, word] : kKinds) {
    if (word == text) return kind;
  }
  return std::nullopt;
}

bool Agency::is_valid_on(calendar::Date on) const {
  return (!valid_from || *valid_from <= on) && (!valid_to || on <= *valid_to);
}

base::Outcome<Organisation> Organisation::build(std::vector<Agency> agencies) {
  return build(std::move(agencies), {}, {});
}

base::Outcome<Organisation> Organisation::build(std::vector<Agency> agencies,
                                                std::vector<Agency> former,
                                                std::vector<PassedWork> passed) {
  const auto refuse = [](const std::string& why) {
    return base::fault(base::FaultCode::invalid, why);
  };
  if (agencies.size() > kAgenciesMax || former.size() > kAgenciesMax) {
    return refuse("more than 100,000 agencies");
  }
  Organisation result;
  result.agencies_ = std::move(agencies);
  result.former_ = std::move(former);
  result.passed_ = std::move(passed);
  for (std::size_t i = 0; i < result.agencies_.size(); ++i) {
    const Agency& agency = result.agencies_[i];
    if (!result.index_.emplace(agency.id.text(), i).second) {
      return refuse("agency " + agency.id.text() + " is given twice");
    }
    if (agency.kind == AgencyKind::commune_committee &&
        !result.communes_.emplace(agency.unit_code, i).second) {
      return refuse("commune " + agency.unit_code + " has two committees");
    }
  }
  for (std::size_t i = 0; i < result.former_.size(); ++i) {
    const Agency& agency = result.former_[i];
    if (result.index_.contains(agency.id.text()) ||
        !result.former_index_.emplace(agency.id.text(), i).second) {
      return refuse("agency " + agency.id.text() + " is given twice");
    }
    // The one that had the code last has it here.
    if (agency.kind == AgencyKind::commune_committee) {
      result.former_communes_.insert_or_assign(agency.unit_code, i);
    }
  }
  for (std::size_t i = 0; i < result.passed_.size(); ++i) {
    result.passed_from_[result.passed_[i].from.text()].push_back(i);
  }
  for (const Agency& agency : result.former_) {
    if (const Agency* heir = result.heir(agency.id.text())) {
      result.takes_over_[heir->id.text()].push_back(agency.id);
    }
  }
  for (auto& [code, taken] : result.takes_over_) std::ranges::sort(taken);
  for (std::size_t i = 0; i < result.agencies_.size(); ++i) {
    const Agency& agency = result.agencies_[i];
    if (!agency.parent) continue;
    if (result.find(*agency.parent) == nullptr) {
      return refuse("agency " + agency.id.text() + " has an unknown parent " +
                    agency.parent->text());
    }
    result.children_[agency.parent->text()].push_back(i);
    int depth = 0;
    for (const Agency* above = &agency; above->parent; above = result.find(*above->parent)) {
      if (++depth > kDepthMax) {
        return refuse("agency " + agency.id.text() + " is its own ancestor or too deep");
      }
      if (result.find(*above->parent) == nullptr) break;  // reported at its own turn
    }
  }
  return result;
}

const Agency* Organisation::find(std::string_view code) const {
  const std::string key(code);
  const auto found = index_.find(key);
  if (found != index_.end()) return &agencies_[found->second];
  const auto before = former_index_.find(key);
  return before == former_index_.end() ? nullptr : &former_[before->second];
}

bool Organisation::is_former(std::string_view code) const {
  return former_index_.contains(std::string(code));
}

const Agency* Organisation::heir(std::string_view code) const {
  return heir(code, {}, {});
}

const Agency* Organisation::heir(std::string_view code, std::string_view procedure,
                                 std::string_view field) const {
  return walk(std::string(code), 0, procedure, field);
}

// Only what passed later counts for what has passed: work may come back to where it was.
const Agency* Organisation::walk(std::string at, std::size_t from, std::string_view procedure,
                                 std::string_view field) const {
  while (true) {
    const auto passed = passed_from_.find(at);
    if (passed == passed_from_.end()) break;
    std::optional<std::size_t> next;
    for (const std::size_t i : passed->second) {
      if (i < from) continue;
      const ProcedureScope& scope = passed_[i].procedures;
      if (scope.all && !next) next = i;
      if (!scope.all && !(procedure.empty() && field.empty()) && scope.covers(procedure, field)) {
        next = i;
        break;
      }
    }
    if (!next) break;
    at = passed_[*next].to.text();
    from = *next + 1;
  }
  const auto found = index_.find(at);
  return found == index_.end() ? nullptr : &agencies_[found->second];
}

std::vector<PassedWork> Organisation::shares(const AgencyId& id) const {
  std::vector<PassedWork> shares;
  for (std::size_t i = 0; i < passed_.size(); ++i) {
    if (passed_[i].procedures.all) continue;
    const Agency* heir = walk(passed_[i].to.text(), i + 1, {}, {});
    if (heir != nullptr && heir->id == id) shares.push_back(passed_[i]);
  }
  return shares;
}

const std::vector<AgencyId>& Organisation::takes_over(const AgencyId& id) const {
  static const std::vector<AgencyId> kNone;
  const auto found = takes_over_.find(id.text());
  return found == takes_over_.end() ? kNone : found->second;
}

const Agency* Organisation::find(const AgencyId& id) const {
  return find(id.text());
}

std::vector<const Agency*> Organisation::children(const AgencyId& id) const {
  std::vector<const Agency*> result;
  const auto found = children_.find(id.text());
  if (found == children_.end()) return result;
  for (const std::size_t i : found->second) result.push_back(&agencies_[i]);
  return result;
}

std::vector<const Agency*> Organisation::ancestors(const AgencyId& id) const {
  std::vector<const Agency*> result;
  const Agency* agency = find(id);
  while (agency != nullptr && agency->parent) {
    agency = find(*agency->parent);
    if (agency != nullptr) result.push_back(agency);
  }
  return result;
}

const Agency* Organisation::commune(std::string_view unit_code) const {
  const std::string key(unit_code);
  const auto found = communes_.find(key);
  if (found != communes_.end()) return &agencies_[found->second];
  const auto before = former_communes_.find(key);
  return before == former_communes_.end() ? nullptr : heir(former_[before->second].id.text());
}

const Agency* Organisation::commune_of_name(std::string_view unit_code) const {
  const std::string key(unit_code);
  const auto found = communes_.find(key);
  if (found != communes_.end()) return &agencies_[found->second];
  const auto before = former_communes_.find(key);
  return before == former_communes_.end() ? nullptr : &former_[before->second];
}

std::vector<const Agency*> Organisation::communes() const {
  std::vector<const Agency*> result;
  for (const Agency& agency : agencies_) {
    if (agency.kind == AgencyKind::commune_committee) result.push_back(&agency);
  }
  return result;
}

const Agency* Organisation::one_stop_centre(const AgencyId& id) const {
  const Agency* agency = heir(id.text());
  if (agency == nullptr) agency = find(id);
  if (agency != nullptr && agency->kind == AgencyKind::commune_police) {
    if (const Agency* committee = commune(agency->unit_code)) agency = committee;
  }
  while (agency != nullptr) {
    if (agency->is_centre()) return agency;
    for (const Agency* child : children(agency->id)) {
      if (child->is_centre()) return child;
    }
    if (agency->kind == AgencyKind::province_committee) break;
    agency = agency->parent ? find(*agency->parent) : nullptr;
  }
  if (agency == nullptr) return nullptr;
  // The provincial centre may hang below the committee's office.
  for (const Agency& other : agencies_) {
    if (other.kind == AgencyKind::provincial_centre && is_within(other.id, agency->id))
      return &other;
  }
  return nullptr;
}

bool Organisation::is_within(const AgencyId& id, const AgencyId& ancestor) const {
  const Agency* agency = find(id);
  while (agency != nullptr) {
    if (agency->id == ancestor) return true;
    agency = agency->parent ? find(*agency->parent) : nullptr;
  }
  return false;
}

}  // namespace party
