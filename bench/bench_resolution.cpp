// bench_resolution.cpp - 6,000 procedures for 34 provinces with 130 communes each, resolved only
// where somebody asks, beside reading one package as it stands in the same run.
//
// The country is synthetic: the shipped packages under 6,000 codes, ten provinces with an overlay
// of their own for each, one commune in some.  Processor time of this thread counts, whatever else
// the machine is at.
#include <array>
#include <ctime>
#include <filesystem>
#include <fstream>
#include <memory>
#include <sstream>
#include <string>
#include <unordered_map>
#include <vector>

#include "base/random.h"
#include "cli/data_folder.h"
#include "figure.h"
#include "form/dictionary_yaml.h"
#include "procedure/resolver.h"

namespace {

namespace fs = std::filesystem;

constexpr std::size_t kProcedures = 6'000;
constexpr std::size_t kProvinces = 34;
constexpr std::size_t kCommunes = 130;
constexpr std::size_t kOwnProvinces = 10;  // of them with an overlay for a procedure
constexpr std::size_t kColdRuns = 400;
constexpr double kColdGoal = 5.0;    // ms
constexpr double kCachedGoal = 200;  // us

using procedure::BasePackage;
using procedure::PackageFiles;

bench::Stopwatch::duration cpu_now() {
  timespec now{};
  clock_gettime(CLOCK_THREAD_CPUTIME_ID, &now);
  return std::chrono::duration_cast<bench::Stopwatch::duration>(
      std::chrono::seconds{now.tv_sec} + std::chrono::nanoseconds{now.tv_nsec});
}

template <class Work>
void timed(bench::Durations& durations, Work work) {
  const auto begun = cpu_now();
  work();
  durations.add(cpu_now() - begun);
}

template <class T>
T or_give_up(base::Outcome<T> outcome, const char* what) {
  if (!outcome) bench::give_up(std::string{what} + ": " + outcome.error().message);
  return std::move(outcome).value();
}

template <class T>
T or_give_up(form::Defined<T> defined, const char* what) {
  if (!defined) {
    const form::DefinitionProblem& first = defined.error().front();
    bench::give_up(std::string{what} + ": " + first.file + ":" + std::to_string(first.line) + " " +
                   first.message);
  }
  return std::move(defined).value();
}

std::string code_of(std::size_t number) {
  std::string digits = std::to_string(100'000 + number);
  return "9." + digits;
}

std::string province_of(std::size_t number) {
  return "H" + std::to_string(10 + number);
}

// The shipped packages.
struct Templates {
  std::vector<PackageFiles> files;
  std::vector<std::string> codes;
};

Templates read_templates(const fs::path& national) {
  Templates templates;
  for (const auto& entry : fs::directory_iterator(national)) {
    if (!entry.is_directory()) continue;
    templates.files.push_back(or_give_up(cli::read_folder(entry.path()), "a package"));
    templates.codes.push_back(entry.path().filename().string());
  }
  if (templates.files.empty()) bench::give_up("there are no packages");
  return templates;
}

PackageFiles package(const Templates& templates, std::size_t number) {
  const std::size_t of = number % templates.files.size();
  PackageFiles files = templates.files[of];
  std::string& yaml = files.at("procedure.yaml");
  const std::size_t at = yaml.find(templates.codes[of]);
  if (at != std::string::npos) yaml.replace(at, 8, code_of(number));
  return files;
}

std::shared_ptr<const procedure::Overlay> overlay(const std::string& code, const std::string& layer,
                                                  const std::string& agency) {
  const std::string text = "code: \"" + code + "\"\nlayer: " + layer + "\nagency: " + agency +
                           R"(
effective_from: 2026-01-01
legal_basis:
  - {act: "12/2026/QĐ-UBND", article: "Điều 2", title: {vi: "Quyết định", en: "Decision"}}
changes:
  - set: summary.vi
    to: "Như trên, tại )" + agency +
                           R"("
  - add: keywords
    value: ")" + agency + " " +
                           layer + R"("
)";
  return std::make_shared<const procedure::Overlay>(
      or_give_up(procedure::read_overlay(text, agency + "/" + code + ".yaml"), "an overlay"));
}

procedure::Overlays country() {
  procedure::Overlays overlays;
  overlays.reserve(kProcedures * (kOwnProvinces + 1));
  // Reading 66,000 texts is not what is measured here: one is read, the others are like it.
  const auto province = overlay("9.100000", "province", "H10");
  const auto commune = overlay("9.100000", "commune", "H10.101");
  const auto like = [](const procedure::Overlay& pattern, std::size_t number,
                       const std::string& agency) {
    auto copy = std::make_shared<procedure::Overlay>(pattern);
    copy->code = code_of(number);
    copy->agency = agency;
    copy->file = agency + "/" + copy->code + ".yaml";
    copy->digest.replace(0, 16, std::to_string(1'000'000'000'000'000 + number));
    copy->digest.replace(16, agency.size(), agency);
    return copy;
  };
  for (std::size_t i = 0; i < kProcedures; ++i) {
    for (std::size_t p = 0; p < kOwnProvinces; ++p) {
      overlays.push_back(like(*province, i, province_of((i + p) % kProvinces)));
    }
    overlays.push_back(like(*commune, i, province_of(i % kProvinces) + ".101"));
  }
  return overlays;
}

void measure(const Templates& templates, const form::Dictionary& dictionary,
             const procedure::LockPolicy& policy) {
  const calendar::Date on = *calendar::parse_date("2026-08-20");
  const auto overlays = country();
  const auto indexed = bench::Stopwatch::now();
  const procedure::OverlayIndex index(overlays);
  bench::print({"Index of " + bench::grouped(static_cast<double>(overlays.size())) +
                    " overlays of 6,000 procedures",
                "", bench::fixed(bench::seconds_since(indexed) * 1e3, 0) + " ms"});

  base::SeededRandom random(20'260'820);
  const auto asked = [&] {
    const std::size_t number = random.below(kProcedures);
    const std::string agency =
        province_of(random.below(kProvinces)) + "." + std::to_string(101 + random.below(kCommunes));
    return std::pair{number, agency};
  };

  bench::Durations yardstick;
  bench::Durations cold;
  bench::Durations warm;
  for (std::size_t run = 0; run < kColdRuns; ++run) {
    const std::size_t number = random.below(kProcedures);
    // An agency below a province that has an overlay.
    const std::string agency = province_of((number + random.below(kOwnProvinces)) % kProvinces) +
                               "." + std::to_string(101 + random.below(kCommunes));
    const PackageFiles files = package(templates, number);
    timed(yardstick, [&] {
      bench::keep(or_give_up(procedure::load_package(files, dictionary), "a package"));
    });
    const auto resolve_with = [&](const std::shared_ptr<const BasePackage>& base,
                                  const std::string& code) {
      const auto applicable = or_give_up(
          index.applicable(code, procedure::chain_of(*party::AgencyId::parse(agency)), on),
          "overlays");
      const auto resolution =
          or_give_up(procedure::resolve(*base, applicable, policy), "a resolution");
      bench::keep(or_give_up(procedure::load_resolved(*base, resolution, dictionary,
                                                      procedure::LoadOptions::Checks::passed),
                             "a resolved package"));
    };
    timed(cold, [&] {
      resolve_with(or_give_up(procedure::prepare(files), "a package"), code_of(number));
    });
    const auto loaded = std::make_shared<const procedure::Procedure>(
        or_give_up(procedure::load_package(files, dictionary), "a package"));
    const auto base = or_give_up(procedure::prepare(files, loaded), "a package");
    timed(warm, [&] { resolve_with(base, code_of(number)); });
  }
  const auto ratio = [&](const bench::Durations& of) {
    return bench::fixed(of.percentile(0.5) / yardstick.percentile(0.5), 2) +
           " times reading a package";
  };
  bench::print({"Reading one package and its checks (the yardstick)", "", yardstick.text()});
  bench::print({"Resolving one, cold: base and result read from their texts",
                "< " + bench::fixed(kColdGoal, 0) + " ms", cold.text(), ratio(cold)});
  bench::print({"Resolving one, the base in memory", "< " + bench::fixed(kColdGoal, 0) + " ms",
                warm.text(), ratio(warm)});

  // Cached: the digests of bases are known, the values are there.
  std::vector<std::string> digests;
  for (std::size_t i = 0; i < kProcedures; ++i) {
    std::string digest(64, '0');
    digest.replace(0, 8, code_of(i));
    digests.push_back(std::move(digest));
  }
  std::unordered_map<std::string, std::shared_ptr<const int>> values;
  std::size_t calls = 0;
  const double cached = bench::nanoseconds_each([&](std::size_t n) {
    for (std::size_t i = 0; i < n; ++i) {
      const auto [number, agency] = asked();
      const auto applicable = index.applicable(
          code_of(number), procedure::chain_of(*party::AgencyId::parse(agency)), on);
      auto& value = values[procedure::resolution_key(digests[number], *applicable)];
      if (value == nullptr) value = std::make_shared<const int>(0);
      bench::keep(value);
      ++calls;
    }
  });
  const std::string key = values.begin()->first;
  const double look_up = bench::nanoseconds_each([&](std::size_t n) {
    for (std::size_t i = 0; i < n; ++i) bench::keep(values.find(key));
  });
  bench::print({"Resolving one, cached: any of 26,520,000 pairs of procedure and commune",
                "< " + bench::fixed(kCachedGoal, 0) + " us", bench::fixed(cached / 1e3, 2) + " us",
                bench::fixed(cached / look_up, 0) + " times the bare look-up (" +
                    bench::fixed(look_up, 0) + " ns)"});
  bench::print({"Values kept after " + bench::grouped(static_cast<double>(calls)) + " such calls",
                "", bench::grouped(static_cast<double>(values.size())) + " of 26,520,000"});
}

}  // namespace

int main() {
  const cli::Shipped shipped = or_give_up(cli::find_shipped(), "what is shipped");
  const auto dictionary = or_give_up(
      form::read_dictionary(or_give_up(cli::read_folder(shipped.data / "dictionary"), "data")),
      "the dictionary");
  const auto policy =
      or_give_up(procedure::read_lock_policy(or_give_up(
                     cli::read_text(shipped.data / "policy" / "locks.yaml"), "the policy")),
                 "the lock policy");
  measure(read_templates(shipped.procedures / "national"), dictionary, policy);
  return 0;
}
