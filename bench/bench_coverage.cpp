// bench_coverage.cpp - coverage of a province: 130 communes, 20 departments, 6,000 officers, 3,000
// procedures; after a change; and the gate itself.  Beside the obvious way, which asks the gate
// about everybody at the agency for every step, on a part of the same province in the same run.
//
// The province is synthetic: every commune has all procedures of the communes' level, every
// department its own.  One officer in ten is away within the period, one in five holds something by
// grant or delegation, half of those for some procedures only.  Processor time of this thread
// counts, whatever else the machine is at.
#include <ctime>
#include <fstream>
#include <random>

#include "figure.h"
#include "insight/entitlement.h"
#include "insight/foresight.h"

namespace {

using namespace insight;
using party::AgencyId;
using party::Role;
using procedure::AgencyPart;
using procedure::StepAction;

constexpr int kCommunes = 130;
constexpr int kDepartments = 20;
constexpr int kOfficers = 6'000;
constexpr int kProcedures = 3'000;
constexpr int kFields = 40;

AgencyId agency(const std::string& code) {
  const auto id = AgencyId::parse(code);
  if (!id) bench::give_up("not an agency code: " + code);
  return *id;
}

struct Province {
  AgencyTablePtr table;
  std::vector<ProcedureDemandPtr> procedures;
  std::vector<StaffMemberPtr> staff;
  Period period{Instant{std::chrono::sys_days{std::chrono::year{2026} / 11 / 1}},
                Instant{std::chrono::sys_days{std::chrono::year{2027} / 1 / 30}}};
};

Place place_at(const AgencyTable& table, const std::string& competent,
               const std::string& receiving) {
  Place place{.agency = table.index_of(competent)};
  place.parts.fill(place.agency);
  place.parts[static_cast<std::size_t>(AgencyPart::receiving)] = table.index_of(receiving);
  return place;
}

std::string commune(int number) {
  return "H41." + std::to_string(100 + number);
}
std::string department(int number) {
  return "H41.0" + std::to_string(10 + number);
}
std::string field(int number) {
  return "Lĩnh vực " + std::to_string(number);
}
std::string code(int number) {
  return "1." + std::to_string(100'000 + number);
}

std::vector<StepDemand> steps_of(int number) {
  std::vector<StepDemand> steps{{.id = "receive",
                                 .ask = {StepAction::receive, Role::reception},
                                 .part = AgencyPart::receiving},
                                {.id = "assign", .ask = {StepAction::assign, Role::head}},
                                {.id = "examine", .ask = {StepAction::process, Role::specialist}},
                                {.id = "sign", .ask = {StepAction::approve, Role::leader}},
                                {.id = "number", .ask = {StepAction::issue, Role::clerk}},
                                {.id = "return",
                                 .ask = {StepAction::return_result, Role::reception},
                                 .part = AgencyPart::receiving}};
  if (number % 3 == 0) {
    steps.push_back({.id = "consult", .ask = {StepAction::consult, Role::specialist}});
  }
  return steps;
}

// `everywhere`: every procedure at every commune and department, the hardest case there can be.
Province province(unsigned seed, bool everywhere) {
  Province made;
  std::mt19937 random(seed);
  const auto pick = [&](int below) {
    return std::uniform_int_distribution<int>{0, below - 1}(random);
  };
  std::vector<AgencyId> ids{agency("H41"), agency("H41.001")};
  for (int i = 0; i < kDepartments; ++i) ids.push_back(agency(department(i)));
  for (int i = 0; i < kCommunes; ++i) {
    ids.push_back(agency(commune(i)));
    ids.push_back(agency(commune(i) + ".1"));
  }
  made.table = std::make_shared<const AgencyTable>(ids);
  std::vector<Place> communes;
  std::vector<Place> departments;
  for (int i = 0; i < kCommunes; ++i) {
    communes.push_back(place_at(*made.table, commune(i), commune(i) + ".1"));
  }
  for (int i = 0; i < kDepartments; ++i) {
    departments.push_back(place_at(*made.table, department(i), "H41.001"));
  }
  std::vector<Place> all = communes;
  all.insert(all.end(), departments.begin(), departments.end());
  const auto everybody = std::make_shared<const std::vector<Place>>(all);
  const auto every_commune = std::make_shared<const std::vector<Place>>(communes);
  for (int i = 0; i < kProcedures; ++i) {
    Places places = everybody;
    if (!everywhere && i % 6 == 0) places = every_commune;
    if (!everywhere && i % 6 != 0) {
      places = std::make_shared<const std::vector<Place>>(
          std::vector<Place>{departments[static_cast<std::size_t>(i % kDepartments)]});
    }
    made.procedures.push_back(
        std::make_shared<const ProcedureDemand>(ProcedureDemand{.code = code(i),
                                                                .field = field(i % kFields),
                                                                .steps = steps_of(i),
                                                                .places = std::move(places)}));
  }
  const auto some_moment = [&] { return made.period.from + std::chrono::hours{pick(24 * 90)}; };
  constexpr std::array kRoles{Role::specialist, Role::specialist, Role::specialist,
                              Role::head,       Role::leader,     Role::clerk};
  for (int i = 0; i < kOfficers; ++i) {
    const int unit = i % (kCommunes + kDepartments);
    const bool in_commune = unit < kCommunes;
    const std::string where = in_commune ? commune(unit) : department(unit - kCommunes);
    const bool counter = in_commune && pick(5) == 0;
    StaffMember one{.officer = {.id = party::OfficerId{"o" + std::to_string(i)},
                                .name = "Cán bộ " + std::to_string(i),
                                .agency = agency(counter ? where + ".1" : where),
                                .roles = {counter ? Role::reception
                                                  : kRoles[static_cast<std::size_t>(
                                                        pick(static_cast<int>(kRoles.size())))]}}};
    if (pick(10) == 0) {
      const Instant from = some_moment();
      one.officer.absences.push_back({from, from + std::chrono::days{14}});
    }
    if (pick(5) == 0) {
      party::Mandate given{.id = "m" + std::to_string(i),
                           .role = kRoles[static_cast<std::size_t>(pick(6))],
                           .agency = one.officer.agency,
                           .from = some_moment(),
                           .until = Instant::max()};
      given.procedures.all = pick(2) == 0;
      if (!given.procedures.all) {
        for (int n = 0; n < 3; ++n) given.procedures.fields.push_back(field(pick(kFields)));
        for (int n = 0; n < 5; ++n) given.procedures.codes.push_back(code(pick(kProcedures)));
      }
      one.officer.mandates.push_back(std::move(given));
    }
    one.account_active = pick(50) != 0;
    made.staff.push_back(std::make_shared<const StaffMember>(std::move(one)));
  }
  return made;
}

bench::Stopwatch::duration cpu_now() {
  timespec now{};
  clock_gettime(CLOCK_THREAD_CPUTIME_ID, &now);
  return std::chrono::duration_cast<bench::Stopwatch::duration>(
      std::chrono::seconds{now.tv_sec} + std::chrono::nanoseconds{now.tv_nsec});
}

double seconds_of(const std::function<void()>& work) {
  const auto begun = cpu_now();
  work();
  return std::chrono::duration<double>(cpu_now() - begun).count();
}

// Nanoseconds each of a million.
double each(const std::function<void(std::size_t)>& work) {
  constexpr std::size_t kTimes = 1'000'000;
  work(1000);
  return seconds_of([&] { work(kTimes); }) * 1e9 / static_cast<double>(kTimes);
}

double resident_mib() {
  std::ifstream status("/proc/self/status");
  for (std::string line; std::getline(status, line);) {
    if (line.starts_with("VmHWM:")) return std::stod(line.substr(6)) / 1024;
  }
  return 0;
}

// Everybody of the agency is asked, for every step of every procedure at one moment.
std::int64_t asked_one_by_one(const Province& province, std::size_t procedures,
                              std::int64_t& steps) {
  std::int64_t gaps = 0;
  std::vector<std::vector<const StaffMember*>> there(province.table->size());
  for (const StaffMemberPtr& one : province.staff) {
    there[province.table->index_of(one->officer.agency)].push_back(one.get());
  }
  for (std::size_t p = 0; p < procedures; ++p) {
    const ProcedureDemand& procedure = *province.procedures[p];
    for (const Place& place : *procedure.places) {
      for (const StepDemand& step : procedure.steps) {
        const AgencyIndex where = agency_of(place, step);
        const Occasion occasion{step.ask, (*province.table)[where], procedure.code,
                                procedure.field};
        bool any = false;
        for (const StaffMember* one : there[where]) {
          if (is_available(*one, occasion, province.period.from)) {
            any = true;
            break;
          }
        }
        ++steps;
        gaps += any ? 0 : 1;
      }
    }
  }
  return gaps;
}

void measure(const std::string& what, bool everywhere) {
  const Province made = province(20'261'123, everywhere);
  std::optional<Coverage> coverage;
  CellCount counted;
  std::size_t gap_count = 0;
  const double took = seconds_of([&] {
    coverage.emplace(made.table, made.procedures, made.staff, made.period);
    counted = coverage->count(made.period.from);
    gap_count = gaps(*coverage, {.within = made.period}).size();
  });
  std::int64_t steps = 0;
  std::int64_t found = 0;
  const std::size_t part = everywhere ? 100 : made.procedures.size();
  const double slow = seconds_of([&] { found = asked_one_by_one(made, part, steps); });
  bench::keep(found);
  const double slow_whole = slow * static_cast<double>(counted.steps) /
                            static_cast<double>(std::max<std::int64_t>(1, steps));
  bench::note(what + ": " + std::to_string(counted.gaps) + " steps without anybody at the first " +
              "moment, " + std::to_string(gap_count) + " gaps over 90 days");
  bench::print(
      {.what = "Coverage, " + what + ": " + bench::grouped(static_cast<double>(counted.steps)) +
               " steps over 90 days, with all gaps and reasons",
       .goal = "< 2 s",
       .measured = bench::fixed(took, 3) + " s",
       .ratio = bench::fixed(slow_whole / took, 1) +
                " times as fast as asking about everybody, for one moment of the 90 days"});

  bench::Durations officer;
  bench::Durations grant;
  bench::Durations procedure;
  bench::Durations foreseen;
  std::mt19937 random(1);
  for (int round = 0; round < 60; ++round) {
    const StaffMemberPtr& old = made.staff[random() % made.staff.size()];
    const std::string id = old->officer.id.text;
    StaffMember changed = *old;
    changed.account_active = !changed.account_active;
    const auto timed = [](bench::Durations& into, const std::function<void()>& work) {
      const auto begun = cpu_now();
      work();
      into.add(cpu_now() - begun);
    };
    timed(officer, [&] {
      bench::keep(coverage->with({.staff = {{id, std::make_shared<const StaffMember>(changed)}}}));
    });
    changed.officer.mandates.push_back(
        {.id = "new",
         .role = Role::leader,
         .agency = changed.officer.agency,
         .procedures = {.all = false, .fields = {field(round % kFields)}, .codes = {code(round)}},
         .from = made.period.from + std::chrono::days{3}});
    timed(grant, [&] {
      bench::keep(coverage->with({.staff = {{id, std::make_shared<const StaffMember>(changed)}}}));
    });
    ProcedureDemand next = *made.procedures[random() % made.procedures.size()];
    next.steps.pop_back();
    timed(procedure, [&] {
      bench::keep(coverage->with(
          {.codes = {next.code}, .procedures = {std::make_shared<const ProcedureDemand>(next)}}));
    });
    timed(foreseen, [&] {
      const Coverage after = coverage->with({.staff = {{id, nullptr}}});
      bench::keep(foresee(*coverage, after, made.period));
    });
  }
  const auto print = [&](const std::string& of, const bench::Durations& times) {
    bench::print(
        {.what = "Coverage, " + what + ", after " + of,
         .goal = "< 50 ms",
         .measured = times.text(),
         .ratio = bench::fixed(took * 1000 / times.percentile(0.5), 0) + " times as fast as anew"});
  };
  print("a change of one officer", officer);
  print("a grant by field and code", grant);
  print("another revision of one procedure", procedure);
  print("a deactivation, foreseen: all it leaves without anybody", foreseen);
}

void measure_gate() {
  const Province made = province(7, false);
  std::vector<const party::Officer*> officers;
  for (const StaffMemberPtr& one : made.staff) {
    if (!one->officer.mandates.empty()) officers.push_back(&one->officer);
  }
  // Ten mandates each, the one that counts last.
  std::vector<party::Officer> laden;
  for (std::size_t i = 0; i < 200; ++i) {
    party::Officer one = *officers[i];
    while (one.mandates.size() < 10)
      one.mandates.insert(one.mandates.begin(), one.mandates.front());
    laden.push_back(std::move(one));
  }
  const auto ask = [&](const auto& of) {
    return each([&](std::size_t times) {
      for (std::size_t i = 0; i < times; ++i) {
        const party::Officer& one = of(i);
        const party::Subject subject{.agency = one.agency,
                                     .role = Role::clerk,
                                     .procedure = made.procedures[i % 3'000]->code,
                                     .field = made.procedures[i % 3'000]->field};
        bench::keep(party::may(one, party::Action::issue_result, subject, made.period.from));
      }
    });
  };
  const double plain = ask([&](std::size_t i) -> const party::Officer& {
    return made.staff[i % made.staff.size()]->officer;
  });
  const double heavy =
      ask([&](std::size_t i) -> const party::Officer& { return laden[i % laden.size()]; });
  // Copying the two texts that the subject names.
  const double copying = each([&](std::size_t times) {
    for (std::size_t i = 0; i < times; ++i) {
      const party::Subject subject{.agency = made.staff[i % 6'000]->officer.agency,
                                   .role = Role::clerk,
                                   .procedure = made.procedures[i % 3'000]->code,
                                   .field = made.procedures[i % 3'000]->field};
      bench::keep(subject);
    }
  });
  bench::print({.what = "party::may, officers of a province, subject made anew",
                .goal = "< 2 us",
                .measured = bench::fixed(plain / 1000, 3) + " us",
                .ratio = bench::fixed(plain / copying, 1) + " times making the subject"});
  bench::print({.what = "party::may, ten mandates by field and code each",
                .goal = "< 2 us",
                .measured = bench::fixed(heavy / 1000, 3) + " us",
                .ratio = bench::fixed(heavy / copying, 1) + " times making the subject"});
}

}  // namespace

int main() {
  measure("procedures where they belong", false);
  measure("every procedure everywhere", true);
  bench::print({.what = "Memory of it all, at the most",
                .goal = "< 200 MiB",
                .measured = bench::fixed(resident_mib(), 0) + " MiB"});
  measure_gate();
  return 0;
}
