#include "party/organisation_record.h"

#include <algorithm>
#include <map>
#include <tuple>

namespace party {
namespace {

auto key_of(const Position& one) {
  return std::tie(one.code);
}
auto key_of(const StaffMember& one) {
  return std::tie(one.identity);
}
auto key_of(const Appointment& one) {
  return std::tie(one.identity, one.agency, one.position, one.from);
}
auto key_of(const ServiceCounter& one) {
  return std::tie(one.centre, one.number, one.from);
}

// Six thousand at a time come in one batch: found by key, not by looking through them all.
template <typename Item>
void replace(std::vector<Item>& there, const std::vector<Item>& said) {
  using Key = decltype(key_of(std::declval<const Item&>()));
  struct Less {
    bool operator()(const std::size_t a, const std::size_t b) const {
      return Key{key_of((*items)[a])} < Key{key_of((*items)[b])};
    }
    const std::vector<Item>* items;
  };
  if (said.empty()) return;
  there.reserve(there.size() + said.size());
  std::map<std::size_t, std::size_t, Less> places(Less{&there});
  for (std::size_t i = 0; i < there.size(); ++i) places.emplace(i, i);
  for (const Item& one : said) {
    there.push_back(one);
    const auto [place, fresh] = places.emplace(there.size() - 1, there.size() - 1);
    if (fresh) continue;
    there[place->second] = one;
    there.pop_back();
  }
}

}  // namespace

bool OrganisationBatch::is_empty() const {
  return *this == OrganisationBatch{};
}

bool is_same(const Position& one, const Position& other) {
  return key_of(one) == key_of(other);
}
bool is_same(const StaffMember& one, const StaffMember& other) {
  return key_of(one) == key_of(other);
}
bool is_same(const Appointment& one, const Appointment& other) {
  return key_of(one) == key_of(other);
}
bool is_same(const ServiceCounter& one, const ServiceCounter& other) {
  return key_of(one) == key_of(other);
}

void add(OrganisationRecord& record, const OrganisationBatch& batch) {
  std::erase_if(record.changes, [&](const OrganisationChange& one) {
    return std::ranges::find(batch.withdrawn, one.id) != batch.withdrawn.end();
  });
  record.changes.insert(record.changes.end(), batch.changes.begin(), batch.changes.end());
  replace(record.staff.positions, batch.staff.positions);
  replace(record.staff.people, batch.staff.people);
  replace(record.staff.appointments, batch.staff.appointments);
  replace(record.staff.counters, batch.staff.counters);
}

}  // namespace party
