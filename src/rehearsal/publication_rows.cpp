#include "rehearsal/publication_rows.h"

#include <utility>

#include "casework/definition_kinds.h"
#include "casework/execute.h"
#include "procedure/card.h"

namespace rehearsal {

namespace {

using casework::fail;
using casework::FailureKind;
using casework::OverlayPublication;
using casework::Publication;

// The row that puts something in force: all revisions of its key, one more than `newest` has.
template <class Revision>
casework::DefinitionRow appended(const char* kind, const std::string& key,
                                 const std::optional<casework::DefinitionRow>& newest,
                                 std::vector<Revision> before, Revision more,
                                 const dossier::Actor& actor, calendar::Instant at) {
  before.push_back(std::move(more));
  return {.kind = kind,
          .key = key,
          .version = newest.has_value() ? newest->version + 1 : 1,
          .at = at,
          .actor = actor,
          .digest = before.back().digest,
          .body = casework::to_body(before)};
}

// Read once: its version is held against the store's when the next one is written, so that of two
// who approve at once none is lost.
Answer<casework::DefinitionRow> append_package(casework::Workplace& workplace, Publication more,
                                               const dossier::Actor& actor) {
  const std::string code = more.code;
  const calendar::Instant at = more.approval.at;
  const auto newest =
      TRY_AS_FAILURE(workplace.store.find_definition(casework::definition::kPackage, code, 0));
  std::vector<Publication> before;
  if (newest.has_value()) {
    before = TRY_AS_FAILURE(casework::read_publications(code, newest->body));
  }
  return appended(casework::definition::kPackage, code, newest, std::move(before), std::move(more),
                  actor, at);
}

Answer<casework::DefinitionRow> append_overlay(casework::Workplace& workplace,
                                               OverlayPublication more,
                                               const dossier::Actor& actor) {
  const std::string key = more.code + "@" + more.agency;
  const calendar::Instant at = more.approval.at;
  const auto newest =
      TRY_AS_FAILURE(workplace.store.find_definition(casework::definition::kOverlay, key, 0));
  std::vector<OverlayPublication> before;
  if (newest.has_value()) {
    before = TRY_AS_FAILURE(casework::read_overlay_publications(newest->body));
  }
  return appended(casework::definition::kOverlay, key, newest, std::move(before), std::move(more),
                  actor, at);
}

Answer<casework::DefinitionRow> publish_package(casework::Workplace& workplace,
                                                const ProposedItem& item,
                                                const casework::Approval& approval,
                                                const dossier::Actor& actor) {
  const auto text = TRY_AS_FAILURE(workplace.store.find_revision(item.digest));
  if (!text.has_value()) {
    return base::Failure{casework::failure_from(
        base::Fault{base::FaultCode::corrupt, "the files of " + item.code + " are gone"})};
  }
  const auto procedure = TRY_AS_FAILURE(workplace.publications.pinned(item.digest));
  return append_package(workplace,
                        Publication{.code = item.code,
                                    .digest = item.digest,
                                    .from = item.from,
                                    .to = item.to,
                                    .origin = item.origin,
                                    .approval = approval,
                                    .card = procedure::card_of(*procedure)},
                        actor);
}

Answer<casework::DefinitionRow> publish_withdrawal(casework::Workplace& workplace,
                                                   const ProposedItem& item,
                                                   const casework::Approval& approval,
                                                   const dossier::Actor& actor) {
  const std::vector<Publication> all = workplace.publications.revisions(item.code);
  const Publication* ending = casework::in_force(all, *item.from);
  if (ending == nullptr) {
    return fail(FailureKind::not_allowed_now, "not-in-force",
                {"Thủ tục " + item.code + " không còn hiệu lực vào ngày đó.",
                 "Procedure " + item.code + " is not in force on that day."});
  }
  if (!item.agency.empty()) {
    // An overlay without a text: nothing is laid over from that day on.
    return append_overlay(workplace,
                          OverlayPublication{.code = item.code,
                                             .agency = item.agency,
                                             .digest = {},
                                             .from = item.from,
                                             .to = {},
                                             .approval = approval,
                                             .text = {}},
                          actor);
  }
  // A row of its own, so that neither what was to come nor what a later version of the program
  // ships brings it back.
  Publication end = *ending;
  end.origin = "withdrawal";
  end.from = item.from;
  end.to = std::nullopt;
  end.approval = approval;
  return append_package(workplace, std::move(end), actor);
}

}  // namespace

Answer<casework::DefinitionRow> row_in_force(casework::Workplace& workplace,
                                             const ProposedItem& item,
                                             const CheckedProposal& checked,
                                             const casework::Approval& approval,
                                             const dossier::Actor& actor) {
  if (item.kind == ProposedKind::package) {
    return publish_package(workplace, item, approval, actor);
  }
  if (item.kind == ProposedKind::withdrawal) {
    return publish_withdrawal(workplace, item, approval, actor);
  }
  for (OverlayPublication one : checked.overlays.at(item.code)) {
    if (one.agency != item.agency || one.text.empty()) continue;
    one.approval = approval;
    return append_overlay(workplace, std::move(one), actor);
  }
  return base::Failure{casework::failure_from(
      base::Fault{base::FaultCode::corrupt, "the overlay of " + item.agency + " is gone"})};
}

}  // namespace rehearsal
