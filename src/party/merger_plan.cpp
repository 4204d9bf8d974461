#include "party/merger_plan.h"

#include <algorithm>

namespace party {
namespace {

constexpr std::string_view kCommittee = "Ủy ban nhân dân ";

// "phường Thành Vinh" of "Ủy ban nhân dân phường Thành Vinh".
std::string place_of(const std::string& committee) {
  return committee.starts_with(kCommittee) ? committee.substr(kCommittee.size()) : committee;
}

std::string renamed(std::string name, const std::string& from, const std::string& to) {
  const std::size_t at = from.empty() ? std::string::npos : name.find(from);
  if (at != std::string::npos) return name.replace(at, from.size(), to);
  return name + " " + to;
}

class Planner {
 public:
  Planner(const Organisation& before, const Merger& merger)
      : before_(before),
        into_(merger.into),
        change_{.id = merger.id, .kind = ChangeKind::merge, .on = merger.on, .act = merger.act} {
    if (const Agency* there = before.find(into_.id);
        there != nullptr && !before.is_former(into_.id.text())) {
      into_ = *there;
      into_exists_ = true;
    } else {
      change_.founds.push_back(into_);
    }
  }

  OrganisationChange plan(const std::vector<AgencyId>& ends) {
    for (const AgencyId& id : ends) {
      pass(id, into_.id);
      const Agency* ending = before_.find(id);
      if (ending == nullptr) continue;
      below(*ending, *ending);
      for (const Agency& one : before_.agencies()) {
        const bool police =
            one.kind == AgencyKind::commune_police && one.unit_code == ending->unit_code;
        if (police && !one.unit_code.empty() && one.parent != id) follow(*ending, one);
      }
    }
    return std::move(change_);
  }

 private:
  void pass(const AgencyId& from, const AgencyId& to) {
    change_.ends.push_back(from);
    change_.passes.push_back({.from = from, .to = to});
  }

  void below(const Agency& committee, const Agency& above) {
    for (const Agency* child : before_.children(above.id)) {
      follow(committee, *child);
      below(committee, *child);
    }
  }

  // "H41.231.01" of "H41.101.01"; of police "H41.016.231" of "H41.016.101".
  std::string code_at_heir(const Agency& committee, const Agency& one) const {
    if (one.id.is_within(committee.id)) {
      return into_.id.text() + one.id.text().substr(committee.id.text().size());
    }
    const std::string& code = into_.id.text();
    const std::string above = one.parent ? one.parent->text() : std::string{};
    return above + code.substr(code.rfind('.'));
  }

  const Agency* counterpart(const Agency& one) const {
    if (!into_exists_) return nullptr;
    for (const Agency& other : before_.agencies()) {
      const bool at_heir = one.kind == AgencyKind::commune_police
                               ? other.unit_code == into_.unit_code
                               : before_.is_within(other.id, into_.id);
      if (other.kind == one.kind && at_heir && one.kind != AgencyKind::department_unit) {
        return &other;
      }
    }
    return nullptr;
  }

  void follow(const Agency& committee, const Agency& one) {
    if (const Agency* there = counterpart(one)) return pass(one.id, there->id);
    const auto code = AgencyId::parse(code_at_heir(committee, one));
    if (!code) return;
    pass(one.id, *code);
    const bool planned = std::ranges::any_of(
        change_.founds, [&](const Agency& founded) { return founded.id == *code; });
    if (planned || (before_.find(*code) != nullptr && !before_.is_former(code->text()))) return;
    Agency founded = one;
    founded.id = *code;
    founded.valid_from.reset();
    founded.valid_to.reset();
    founded.address = into_.address;
    if (!founded.unit_code.empty()) founded.unit_code = into_.unit_code;
    founded.name.vi = renamed(one.name.vi, place_of(committee.name.vi), place_of(into_.name.vi));
    founded.name.en.clear();
    if (one.parent && one.parent->is_within(committee.id)) {
      founded.parent =
          AgencyId::parse(into_.id.text() + one.parent->text().substr(committee.id.text().size()));
    }
    change_.founds.push_back(std::move(founded));
  }

  const Organisation& before_;
  Agency into_;
  bool into_exists_ = false;
  OrganisationChange change_;
};

}  // namespace

OrganisationChange plan_merger(const Organisation& before, const Merger& merger) {
  return Planner(before, merger).plan(merger.ends);
}

}  // namespace party
