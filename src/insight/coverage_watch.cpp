#include "insight/coverage_watch.h"

#include "casework/definition_kinds.h"

namespace insight {

namespace {

Instant midnight(calendar::Date on) {
  return calendar::at_local(on, calendar::TimeOfDay{0});
}

// FNV-1a over everything about an officer that coverage reads.
class Fingerprint {
 public:
  void add(std::string_view text) {
    for (const char c : text) add_byte(static_cast<unsigned char>(c));
    add_byte(0xFF);
  }
  void add(std::int64_t number) {
    for (int i = 0; i < 8; ++i) {
      add_byte(static_cast<unsigned char>(static_cast<std::uint64_t>(number) >> (8 * i)));
    }
  }
  void add(Instant at) { add(at.time_since_epoch().count()); }
  [[nodiscard]] std::uint64_t value() const { return hash_; }

 private:
  void add_byte(unsigned char byte) { hash_ = (hash_ ^ byte) * 1099511628211ULL; }
  std::uint64_t hash_ = 14695981039346656037ULL;
};

std::uint64_t fingerprint_of(const casework::OfficerAccount& account) {
  Fingerprint print;
  const party::Officer& officer = account.officer;
  print.add(account.active ? 1 : 0);
  print.add(officer.name);
  print.add(officer.email);
  print.add(officer.agency.text());
  for (const party::Role role : officer.roles) print.add(static_cast<int>(role));
  print.add(officer.active_from ? midnight(*officer.active_from) : Instant::min());
  print.add(officer.active_to ? midnight(*officer.active_to) : Instant::max());
  for (const party::AgencyId& agency : officer.takes_over) print.add(agency.text());
  for (const party::Officer::Absence& away : officer.absences) {
    print.add(away.from);
    print.add(away.until);
  }
  for (const party::Mandate& mandate : officer.mandates) {
    print.add(mandate.id);
    print.add(static_cast<int>(mandate.role));
    print.add(mandate.agency.text());
    print.add(mandate.from);
    print.add(mandate.until);
    print.add(mandate.procedures.all ? 1 : 0);
    for (const std::string& code : mandate.procedures.codes) print.add(code);
    print.add(-1);
    for (const std::string& field : mandate.procedures.fields) print.add(field);
  }
  return print.value();
}

StaffMemberPtr member_of(const casework::OfficerAccount& account) {
  return std::make_shared<const StaffMember>(
      StaffMember{.officer = account.officer, .account_active = account.active});
}

std::string day_text(const std::optional<calendar::Date>& day) {
  return day ? calendar::to_iso(*day) : std::string{"-"};
}

}  // namespace

std::vector<StaffMemberPtr> staff_of(const casework::Workplace& workplace) {
  std::vector<StaffMemberPtr> staff;
  for (const casework::OfficerAccountPtr& account : workplace.officers.all()) {
    staff.push_back(member_of(*account));
  }
  return staff;
}

base::Outcome<CoverageViewPtr> CoverageWatch::now() {
  const std::scoped_lock lock(mutex_);
  TRY(refresh());
  return view_;
}

base::Outcome<CoverageViewPtr> CoverageWatch::on(calendar::Date day) {
  const std::scoped_lock lock(mutex_);
  TRY(refresh());
  const Period asked{midnight(day), midnight(day + std::chrono::days{1})};
  const Period& known = view_->coverage->period();
  if (known.from <= asked.from && asked.until <= known.until) return view_;
  auto other = std::make_shared<CoverageView>(*view_);
  std::vector<StaffMemberPtr> staff;
  for (const auto& [id, member] : view_->coverage->staff()) staff.push_back(member);
  other->coverage = std::make_shared<const Coverage>(
      reader_->agencies(), reader_->read(TRY(codes()), asked), staff, asked);
  return CoverageViewPtr{std::move(other)};
}

base::Outcome<base::Done> CoverageWatch::read_demands(const TakeDemands& take) {
  const std::scoped_lock lock(mutex_);
  TRY(refresh());
  take(*reader_, view_->coverage->period());
  return base::Done{};
}

base::Outcome<base::Done> CoverageWatch::refresh() {
  const auto begun = std::chrono::steady_clock::now();
  const calendar::Date today = calendar::local_date(workplace_.clock.now());
  const Period period{midnight(today), midnight(today + kForesight)};
  const party::Organisation& organisation = workplace_.organisation;
  TRY(workplace_.publications.refresh(workplace_.store));
  if (view_ == nullptr || seen_organisation_ != &organisation ||
      seen_table_ != workplace_.competence->model() || view_->coverage->period() != period ||
      seen_moves_ != moves_now()) {
    return begin_anew(period);
  }
  Changes changes;
  const bool procedures = TRY(take_procedures(changes));
  const bool staff = take_staff(changes);
  if (procedures || staff) put(view_->coverage->with(changes), begun);
  return base::Done{};
}

base::Outcome<base::Done> CoverageWatch::begin_anew(const Period& period) {
  const auto begun = std::chrono::steady_clock::now();
  const party::Organisation& organisation = workplace_.organisation;
  organisation_ = std::make_shared<const party::Organisation>(organisation);
  seen_organisation_ = &organisation;
  seen_table_ = workplace_.competence->model();
  seen_authority_ = workplace_.authority->now();
  seen_moves_ = moves_now();
  reader_ = std::make_unique<DemandReader>(workplace_.publications, *organisation_, seen_table_,
                                           seen_authority_, workplace_.clock.now());
  seen_sequence_ = TRY(workplace_.store.definitions_sequence());
  signatures_.clear();
  const std::set<std::string> known = TRY(codes());
  for (const std::string& code : known) signatures_[code] = signature_of(code);
  fingerprints_.clear();
  std::vector<StaffMemberPtr> staff;
  for (const casework::OfficerAccountPtr& account : workplace_.officers.all()) {
    fingerprints_[account->officer.id.text] = fingerprint_of(*account);
    staff.push_back(member_of(*account));
  }
  put(Coverage(reader_->agencies(), reader_->read(known, period), staff, period), begun);
  return base::Done{};
}

void CoverageWatch::put(Coverage coverage, std::chrono::steady_clock::time_point begun) {
  auto view = std::make_shared<CoverageView>();
  view->organisation = organisation_;
  view->coverage = std::make_shared<const Coverage>(std::move(coverage));
  view->number = view_ == nullptr ? 1 : view_->number + 1;
  view->troubles = reader_->troubles();
  view->took = std::chrono::duration_cast<std::chrono::microseconds>(
      std::chrono::steady_clock::now() - begun);
  view_ = std::move(view);
}

// Those in force today, and those that are published for later.
base::Outcome<std::set<std::string>> CoverageWatch::codes() const {
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

std::string CoverageWatch::signature_of(const std::string& code) const {
  std::string text;
  for (const auto& one : workplace_.publications.revisions(code)) {
    text += one.digest + day_text(one.from) + day_text(one.to) + one.origin + ';';
  }
  for (const auto& one : workplace_.publications.overlays(code)) {
    text += one.agency + one.digest + day_text(one.from) + day_text(one.to) + ';';
  }
  return text;
}

base::Outcome<bool> CoverageWatch::take_procedures(Changes& changes) {
  const std::int64_t sequence = TRY(workplace_.store.definitions_sequence());
  if (sequence == seen_sequence_) return false;
  std::map<std::string, std::string> signatures;
  for (const std::string& code : TRY(codes())) signatures[code] = signature_of(code);
  for (const auto& [code, signature] : signatures) {
    const auto seen = signatures_.find(code);
    if (seen != signatures_.end() && seen->second == signature) continue;
    changes.codes.push_back(code);
    for (auto& one : reader_->read(code, view_->coverage->period())) {
      changes.procedures.push_back(std::move(one));
    }
  }
  signatures_ = std::move(signatures);
  seen_sequence_ = sequence;
  return !changes.codes.empty();
}

std::string CoverageWatch::moves_now() const {
  const AuthorityPtr authority = workplace_.authority->now();
  const Instant now = workplace_.clock.now();
  std::string text;
  for (const party::AuthorityEntry* entry : authority->decentralisations()) {
    const party::Period period = authority->effective(*entry);
    text += entry->id + (period.has(now) ? '+' : '-') +
            std::to_string(period.until.time_since_epoch().count()) + ';';
  }
  return text;
}

bool CoverageWatch::take_staff(Changes& changes) {
  std::map<std::string, std::uint64_t> fingerprints;
  for (const casework::OfficerAccountPtr& account : workplace_.officers.all()) {
    const std::string& id = account->officer.id.text;
    const std::uint64_t print = fingerprint_of(*account);
    const auto seen = fingerprints_.find(id);
    if (seen == fingerprints_.end() || seen->second != print) {
      changes.staff.push_back({id, member_of(*account)});
    }
    fingerprints[id] = print;
  }
  for (const auto& [id, print] : fingerprints_) {
    if (!fingerprints.contains(id)) changes.staff.push_back({id, nullptr});
  }
  fingerprints_ = std::move(fingerprints);
  return !changes.staff.empty();
}

}  // namespace insight
