#include "cli/dossier_check.h"

#include <algorithm>

#include "casework/projection.h"
#include "casework/publications.h"
#include "dossier/event_json.h"
#include "storage/sqlite/dossier_image.h"

namespace cli {

namespace {

using casework::DossierRow;
using storage::sqlite::DossierImage;

// First column that differs; empty: none does.
std::string differing(const DossierRow& kept, const DossierRow& made) {
  if (kept.code != made.code) return "code";
  if (kept.version != made.version) return "version";
  if (kept.procedure != made.procedure) return "procedure";
  if (kept.digest != made.digest) return "digest";
  if (kept.agency != made.agency) return "agency";
  if (kept.receiving_agency != made.receiving_agency) return "receiving_agency";
  if (kept.returning_agency != made.returning_agency) return "returning_agency";
  if (kept.status != made.status) return "status";
  if (kept.channel != made.channel) return "channel";
  if (kept.applicant != made.applicant) return "applicant";
  if (kept.applicant_id != made.applicant_id) return "applicant_id";
  if (kept.step != made.step) return "step";
  if (kept.holder != made.holder) return "holder";
  if (kept.filed_at != made.filed_at) return "filed_at";
  if (kept.received_at != made.received_at) return "received_at";
  if (kept.due_at != made.due_at) return "due_at";
  if (kept.finished_at != made.finished_at) return "finished_at";
  if (kept.paused != made.paused) return "paused";
  if (kept.closed != made.closed) return "closed";
  return {};
}

// Content goes only with an event that says so.
bool says_erased(const DossierImage& image) {
  const std::string_view type = dossier::type_of(dossier::Event{dossier::ContentErased{}});
  return std::ranges::any_of(image.events, [&](const casework::StoredEvent& event) {
    return event.type == type && event.sequence > image.erased_through;
  });
}

// What does not follow from the events; empty: everything does.
base::Outcome<std::string> mismatch_of(const procedure::Procedure& procedure,
                                       const casework::RevisionOf& revisions,
                                       const calendar::OfficeCalendar& calendar,
                                       const DossierImage& image) {
  const auto kept = casework::read_loaded(procedure, image.loaded);
  if (!kept) return std::string{"state"};
  const auto erased = std::ranges::find_if(image.events, casework::is_erased);
  // Of erased events nothing can be folded; but somebody has to have erased them.
  const bool by_command = std::any_of(erased, image.events.end(), [](const auto& one) {
    return one.type == "content_erased" && !casework::is_erased(one);
  });
  if (erased != image.events.end() && !by_command) return std::string{"content"};
  const dossier::Dossier folded = by_command ? *kept : TRY(casework::fold(revisions, image.events));
  if (*kept != folded) return std::string{"state"};
  const dossier::Circumstances around{
      .procedure = procedure,
      .calendar = calendar,
      .actor = {},
      .now = image.events.empty() ? calendar::Instant{} : image.events.back().at};
  const casework::Commit commit =
      casework::project(image.loaded.row.id, {.before = folded, .events = {}}, around, {});
  return differing(image.loaded.row, commit.row);
}

}  // namespace

base::Outcome<DossierRules> read_dossier_rules(const Shipped& shipped) {
  Definitions definitions = TRY(read_definitions(shipped));
  return DossierRules{.definitions = std::move(definitions),
                      .calendar = TRY(read_calendar(shipped))};
}

base::Outcome<DossierCheck> check_dossiers(const std::string& store, const std::string& tenant,
                                           const DossierRules& rules,
                                           const std::function<void(std::int64_t done)>& progress) {
  casework::Publications publications(
      rules.definitions.procedures, rules.definitions.dictionary, [&](const std::string& digest) {
        return storage::sqlite::find_revision(store, tenant, digest);
      });
  const casework::RevisionOf revisions = [&](const std::string& pin) {
    return publications.pinned(pin);
  };
  DossierCheck check;
  TRY(storage::sqlite::each_dossier(store, tenant, [&](const DossierImage& image) {
    ++check.checked;
    if (progress) progress(check.checked);
    if (image.erased_through > 0) {
      ++check.erased;
      if (!says_erased(image)) check.mismatches.push_back({image.loaded.row.id, "erasure"});
      return true;
    }
    const auto procedure = publications.pinned(image.loaded.row.digest);
    if (!procedure || *procedure == nullptr) {
      check.mismatches.push_back({image.loaded.row.id, "digest"});
      return true;
    }
    const auto mismatch = mismatch_of(**procedure, revisions, rules.calendar, image);
    if (!mismatch || !mismatch->empty()) {
      check.mismatches.push_back(
          {image.loaded.row.id, mismatch ? *mismatch : std::string{"events"}});
    }
    return true;
  }));
  return check;
}

}  // namespace cli
