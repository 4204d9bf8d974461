#include "insight/coverage_stretch.h"

#include "casework/definition_kinds.h"
#include "casework/organisation_register.h"

namespace insight {

namespace {

std::string day_text(const std::optional<calendar::Date>& day) {
  return day ? calendar::to_iso(*day) : std::string{"-"};
}

}  // namespace

CoverageStretch::CoverageStretch(casework::Workplace& workplace, CoverageGround ground)
    : workplace_(workplace), ground_(std::move(ground)) {
  const calendar::Date first = calendar::local_date(ground_.period.from);
  if (workplace_.organisations != nullptr) {
    day_ = std::make_unique<const casework::OrganisationDay>(workplace_.organisations->day(first));
    organisation_ = day_->organisation();
  } else {
    organisation_ = std::make_shared<const party::Organisation>(workplace_.organisation.now());
  }
}

base::Outcome<base::Done> CoverageStretch::refresh() {
  if (view_ == nullptr) return count();
  const auto begun = std::chrono::steady_clock::now();
  Changes changes;
  const bool procedures = TRY(take_procedures(changes));
  const bool staff = take_staff(changes);
  if (procedures || staff) put(view_->coverage->with(changes), begun);
  return base::Done{};
}

std::vector<StaffMemberPtr> CoverageStretch::staff_by(const StaffSources& sources) const {
  return staff_over(sources, day_.get(), ground_.period);
}

base::Outcome<base::Done> CoverageStretch::count() {
  const auto begun = std::chrono::steady_clock::now();
  reader_ = std::make_unique<DemandReader>(workplace_.publications, *organisation_, ground_.table,
                                           workplace_.authority->now(), workplace_.clock.now());
  seen_sequence_ = TRY(workplace_.store.definitions_sequence());
  signatures_.clear();
  const std::set<std::string> known = TRY(codes());
  for (const std::string& code : known) signatures_[code] = signature_of(code);
  fingerprints_.clear();
  const std::vector<StaffMemberPtr> all = staff_by(sources_of(workplace_));
  for (const StaffMemberPtr& one : all) fingerprints_[one->key()] = fingerprint_of(*one);
  put(Coverage(reader_->agencies(), reader_->read(known, ground_.period), all, ground_.period),
      begun);
  return base::Done{};
}

void CoverageStretch::put(Coverage coverage, std::chrono::steady_clock::time_point begun) {
  auto view = std::make_shared<CoverageView>();
  view->organisation = organisation_;
  view->coverage = std::make_shared<const Coverage>(std::move(coverage));
  view->troubles = reader_->troubles();
  view->took = std::chrono::duration_cast<std::chrono::microseconds>(
      std::chrono::steady_clock::now() - begun);
  view_ = std::move(view);
}

// Those in force today, and those that are published for later.
base::Outcome<std::set<std::string>> CoverageStretch::codes() const {
  std::set<std::string> codes;
  for (const procedure::CardPtr& card : workplace_.publications.all()) codes.insert(card->code);
  casework::DefinitionQuery query{.kind = std::string{casework::definition::kPackage},
                                  .with_body = false};
  for (;;) {
    const auto rows = TRY(workplace_.store.definitions(query));
    for (const casework::DefinitionRow& row : rows) codes.insert(row.key);
    if (static_cast<int>(rows.size()) < query.limit) break;
    query.after_key = rows.back().key;
  }
  return codes;
}

std::string CoverageStretch::signature_of(const std::string& code) const {
  std::string text;
  for (const auto& one : workplace_.publications.revisions(code)) {
    text += one.digest + day_text(one.from) + day_text(one.to) + one.origin + ';';
  }
  for (const auto& one : workplace_.publications.overlays(code)) {
    text += one.agency + one.digest + day_text(one.from) + day_text(one.to) + ';';
  }
  return text;
}

base::Outcome<bool> CoverageStretch::take_procedures(Changes& changes) {
  const std::int64_t sequence = TRY(workplace_.store.definitions_sequence());
  if (sequence == seen_sequence_) return false;
  std::map<std::string, std::string> signatures;
  for (const std::string& code : TRY(codes())) signatures[code] = signature_of(code);
  for (const auto& [code, signature] : signatures) {
    const auto seen = signatures_.find(code);
    if (seen != signatures_.end() && seen->second == signature) continue;
    changes.codes.push_back(code);
    for (auto& one : reader_->read(code, ground_.period)) {
      changes.procedures.push_back(std::move(one));
    }
  }
  signatures_ = std::move(signatures);
  seen_sequence_ = sequence;
  return !changes.codes.empty();
}

bool CoverageStretch::take_staff(Changes& changes) {
  StaffSources sources = sources_of(workplace_);
  // Of the same people and papers the staff is the same: most questions come while nothing changes.
  if (sources.accounts == seen_accounts_ && sources.entries == seen_entries_) return false;
  std::map<std::string, std::uint64_t> fingerprints;
  for (const StaffMemberPtr& one : staff_by(sources)) {
    const std::string key = one->key();
    const std::uint64_t print = fingerprint_of(*one);
    const auto seen = fingerprints_.find(key);
    if (seen == fingerprints_.end() || seen->second != print) changes.staff.push_back({key, one});
    fingerprints[key] = print;
  }
  for (const auto& [key, print] : fingerprints_) {
    if (!fingerprints.contains(key)) changes.staff.push_back({key, nullptr});
  }
  fingerprints_ = std::move(fingerprints);
  seen_accounts_ = std::move(sources.accounts);
  seen_entries_ = std::move(sources.entries);
  return !changes.staff.empty();
}

}  // namespace insight
