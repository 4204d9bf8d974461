#include "cli/procedure_source.h"

#include <algorithm>
#include <iostream>
#include <utility>

#include "casework/definition_kinds.h"
#include "casework/publication.h"
#include "casework/publications.h"
#include "cli/catalogue_store.h"
#include "cli/data_folder.h"
#include "form/dictionary_yaml.h"

namespace cli {
namespace {

namespace fs = std::filesystem;

base::Outcome<base::Done> refuse(const std::string& folder,
                                 const form::DefinitionProblems& problems) {
  const form::DefinitionProblem& first = problems.front();
  return base::fault(
      base::FaultCode::invalid,
      folder + "/" + first.file + ":" + std::to_string(first.line) + ": " + first.message);
}

}  // namespace

base::Outcome<ProcedureSource> ProcedureSource::open(const Places& places) {
  ProcedureSource source;
  const Shipped shipped = TRY(find_shipped());
  auto dictionary = form::read_dictionary(TRY(read_folder(shipped.data / "dictionary")));
  if (!dictionary) TRY(refuse("data/dictionary", dictionary.error()));
  source.dictionary_ = std::move(dictionary).value();
  auto policy = procedure::read_lock_policy(TRY(read_text(shipped.data / "policy" / "locks.yaml")));
  if (!policy) TRY(refuse("data/policy", policy.error()));
  source.policy_ = std::move(policy).value();
  source.packages_ =
      places.packages.empty() ? shipped.procedures / "national" : fs::path{places.packages};
  source.overlays_ =
      places.overlays.empty() ? shipped.procedures / "overlays" : fs::path{places.overlays};
  std::error_code error;
  // Shared parts lie beside the folder of the packages.
  const fs::path parts = source.packages_.parent_path() / "parts";
  if (fs::is_directory(parts, error)) {
    for (auto& [name, text] : TRY(read_folder(parts))) {
      if (name.ends_with(".yaml")) source.parts_[name.substr(0, name.size() - 5)] = text;
    }
  }
  if (!places.data.empty() || !places.store_url.empty()) {
    source.store_ = TRY(open_catalogue_store(places.data, places.store_url, StoreUse::read)).store;
  }
  return source;
}

ReadPackage ProcedureSource::prepared(std::string name, procedure::PackageFiles files) const {
  ReadPackage read{.name = std::move(name), .problems = {}, .package = nullptr};
  auto whole = procedure::include_parts(std::move(files), parts_);
  if (!whole) {
    read.problems = std::move(whole).error();
    return read;
  }
  // Loaded first: its problems say more than those of the tree.
  auto loaded = procedure::load_package(*whole, dictionary_);
  if (!loaded) {
    read.problems = std::move(loaded).error();
    return read;
  }
  auto package =
      procedure::prepare(std::move(whole).value(),
                         std::make_shared<const procedure::Procedure>(std::move(loaded).value()));
  if (package) {
    read.package = std::move(package).value();
  } else {
    read.problems = std::move(package).error();
  }
  return read;
}

base::Outcome<ReadPackage> ProcedureSource::package_in(const fs::path& folder) const {
  std::error_code error;
  if (!fs::is_directory(folder, error)) {
    return base::fault(base::FaultCode::not_found, "there is no folder " + folder.string());
  }
  return prepared(folder.string(), TRY(read_folder(folder)));
}

base::Outcome<ReadPackage> ProcedureSource::stored(const std::string& name,
                                                   const std::string& digest) const {
  const auto files = TRY(store_->find_revision(digest));
  if (!files) {
    return base::fault(base::FaultCode::not_found, "the store has no revision " + digest);
  }
  return prepared(name, TRY(casework::read_files(*files)));
}

base::Outcome<ReadPackage> ProcedureSource::package_of(const std::string& code,
                                                       calendar::Date on) const {
  if (store_ != nullptr) {
    const auto row = TRY(store_->find_definition(casework::definition::kPackage, code, 0));
    if (row) {
      const auto revisions = TRY(casework::read_publications(code, row->body));
      if (const casework::Publication* found = casework::in_force(revisions, on)) {
        return stored(code + "@" + found->digest, found->digest);
      }
    }
  }
  return package_in(packages_ / code);
}

base::Outcome<ReadPackage> ProcedureSource::package_named(const std::string& name) const {
  std::error_code error;
  const std::size_t at = name.find('@');
  if (at == std::string::npos || fs::is_directory(name, error)) return package_in(name);
  const std::string code = name.substr(0, at);
  std::string digest = name.substr(at + 1);
  if (store_ == nullptr) {
    return base::fault(base::FaultCode::invalid,
                       name + " is a revision in a store: say which with --data DIR");
  }
  if (digest.size() < 64) {
    const auto row = TRY(store_->find_definition(casework::definition::kPackage, code, 0));
    std::vector<casework::Publication> revisions;
    if (row) revisions = TRY(casework::read_publications(code, row->body));
    std::erase_if(revisions, [&](const casework::Publication& one) {
      return digest.size() < 6 || !one.digest.starts_with(digest);
    });
    if (revisions.empty()) {
      return base::fault(base::FaultCode::not_found,
                         "the store has no revision " + name + " (at least 6 digits)");
    }
    digest = revisions.front().digest;
  }
  return stored(name, digest);
}

base::Outcome<procedure::Overlays> ProcedureSource::overlays_of(
    const std::string& code, calendar::Date on, form::DefinitionProblems& problems) const {
  procedure::Overlays overlays;
  const auto add = [&](const std::string& text, const std::string& file) -> procedure::Overlay* {
    auto read = procedure::read_overlay(text, file, parts_);
    if (!read) {
      problems.insert(problems.end(), read.error().begin(), read.error().end());
      return nullptr;
    }
    auto overlay = std::make_shared<procedure::Overlay>(std::move(read).value());
    overlays.push_back(overlay);
    return overlay.get();
  };
  if (store_ != nullptr) {
    const auto rows = TRY(store_->definitions(
        {.kind = casework::definition::kOverlay, .key_prefix = code + "@", .limit = 10'000}));
    for (const casework::DefinitionRow& row : rows) {
      const auto all = TRY(casework::read_overlay_publications(row.body));
      for (const casework::OverlayPublication& one : casework::each_in_its_time(all)) {
        if ((one.from && on < *one.from) || (one.to && *one.to < on)) continue;
        procedure::Overlay* overlay = add(one.text, row.key);
        if (overlay == nullptr) continue;
        if (one.from) overlay->effective_from = *one.from;
        overlay->effective_to = one.to;
      }
    }
    return overlays;
  }
  std::error_code error;
  if (!fs::is_directory(overlays_, error)) return overlays;
  // AGENCY/CODE.yaml, or AGENCY/CODE-anything.yaml for what holds later.
  for (const auto& [name, text] : TRY(read_folder(overlays_))) {
    const std::string file = name.substr(name.find_last_of('/') + 1);
    if (!file.ends_with(".yaml") || !file.starts_with(code)) continue;
    const char next = file[code.size()];
    if (next == '.' || next == '-') add(text, (overlays_ / name).string());
  }
  return overlays;
}

void print_problems(const form::DefinitionProblems& problems, const std::string& within) {
  for (const form::DefinitionProblem& one : problems) {
    std::string place = one.file;
    if (!within.empty() && !one.file.empty()) place = (fs::path{within} / one.file).string();
    if (place.empty()) place = within;
    if (one.line > 0) place += ":" + std::to_string(one.line);
    std::cerr << place << ": " << one.message << '\n';
    if (!one.remedy.empty()) std::cerr << "    " << one.remedy << '\n';
  }
}

}  // namespace cli
