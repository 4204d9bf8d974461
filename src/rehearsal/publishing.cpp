#include "rehearsal/publishing.h"

#include <algorithm>
#include <utility>

#include <boost/json.hpp>

#include "base/random.h"
#include "casework/definition_kinds.h"
#include "casework/execute.h"
#include "party/authority.h"
#include "rehearsal/proposal_check.h"
#include "rehearsal/proposal_json.h"
#include "rehearsal/publication_rows.h"

namespace rehearsal {

namespace {

using casework::fail;
using casework::FailureKind;

constexpr std::size_t kItemsMax = 10'000;
constexpr int kProposalsMax = 1000;

bool is_of_a_commune(const casework::Workplace& workplace, const party::AgencyId& id) {
  const party::Agency* at = workplace.organisation.find(id);
  while (at != nullptr) {
    if (at->kind == party::AgencyKind::commune_committee) return true;
    at = at->parent.has_value() ? workplace.organisation.find(*at->parent) : nullptr;
  }
  return false;
}

// Procedures of the whole installation are the province's; an overlay is its agency's or of one
// above it.
Answer<base::Done> may_publish(casework::Workplace& workplace, const party::Officer& by,
                               const std::string& agency) {
  const auto verdict = party::may(by, party::Action::manage_procedures,
                                  party::Subject{.agency = by.agency}, workplace.clock.now());
  if (!verdict.allowed) return base::Failure{casework::failure_from(verdict)};
  if (!is_of_a_commune(workplace, by.agency)) return base::Done{};
  const auto own = party::AgencyId::parse(agency);
  if (own.has_value() && workplace.organisation.is_within(*own, by.agency)) return base::Done{};
  return fail(FailureKind::forbidden, "other-agency",
              {"Việc công bố này thuộc cấp trên đơn vị của bạn. Hãy chuyển quản trị viên cấp tỉnh.",
               "This is published by an agency above yours. Ask the provincial administrator."});
}

Answer<base::Done> may_publish_all(casework::Workplace& workplace, const party::Officer& by,
                                   const std::vector<ProposedItem>& items) {
  for (const ProposedItem& one : items) TRY(may_publish(workplace, by, one.agency));
  return base::Done{};
}

casework::DefinitionRow row_of(const Proposal& proposal, const dossier::Actor& actor,
                               calendar::Instant at) {
  return {.kind = casework::definition::kProposal,
          .key = proposal.id,
          .version = proposal.version,
          .at = at,
          .actor = actor,
          .digest = {},
          .body = base::to_text(to_json(proposal))};
}

Answer<Proposal> load_open(casework::Workplace& workplace, const std::string& id) {
  Proposal proposal = TRY(find_proposal(workplace, id));
  if (proposal.state != ProposalState::open) {
    return fail(FailureKind::not_allowed_now, "proposal-decided",
                {"Đề nghị này đã được quyết định. Tải lại để xem kết quả.",
                 "This proposal has been decided. Reload to see how."});
  }
  return proposal;
}

}  // namespace

Answer<Proposal> propose(casework::Workplace& workplace, const party::Officer& by,
                         const ToPropose& what, const Gate& gate) {
  if (what.packages.size() + what.overlays.size() + what.withdrawals.size() > kItemsMax) {
    return fail(FailureKind::too_large, "too-many",
                {"Một đề nghị có nhiều nhất 10.000 thủ tục. Hãy chia nhỏ.",
                 "A proposal holds at most 10,000 procedures. Split it."});
  }
  TRY_AS_FAILURE(workplace.publications.refresh(workplace.store));
  CheckedProposal checked = TRY(check_proposal(workplace, what, gate));
  Proposal proposal;
  proposal.items = std::move(checked.items);
  if (proposal.items.empty()) {
    return fail(FailureKind::unprocessable, "nothing-to-publish",
                {"Không có gì để công bố.", "There is nothing to publish."});
  }
  TRY(may_publish_all(workplace, by, proposal.items));
  for (const KeptFiles& one : checked.kept) {
    TRY_AS_FAILURE(workplace.store.save_revision(one.digest, one.code, one.files));
  }
  proposal.id = "P" + base::random_hex(workplace.random, 6);
  proposal.version = 1;
  proposal.note = what.note;
  proposal.proposed_by = by.id.text;
  proposal.proposed_by_name = by.name;
  proposal.proposed_at = workplace.clock.now();
  TRY_AS_FAILURE(workplace.store.save_definitions(
      {row_of(proposal, casework::actor_of(by), proposal.proposed_at)}));
  return proposal;
}

namespace {

Answer<Proposal> approve_once(casework::Workplace& workplace, const party::Officer& by,
                              const std::string& id, const std::string& reason, const Gate& gate,
                              bool& overtaken) {
  TRY_AS_FAILURE(workplace.publications.refresh(workplace.store));
  Proposal proposal = TRY(load_open(workplace, id));
  TRY(may_publish_all(workplace, by, proposal.items));
  if (gate.policy.second_person && by.id.text == proposal.proposed_by) {
    return fail(FailureKind::forbidden, "second-person",
                {"Người trình không tự duyệt. Hãy nhờ một quản trị viên khác.",
                 "Whoever proposed it does not approve it. Ask another administrator."});
  }
  const CheckedProposal checked = TRY(check_again(workplace, proposal, gate));
  proposal.items = checked.items;
  const dossier::Actor actor = casework::actor_of(by);
  const calendar::Instant now = workplace.clock.now();
  const casework::Approval approval{.proposed_by = proposal.proposed_by,
                                    .proposed_by_name = proposal.proposed_by_name,
                                    .approved_by = by.id.text,
                                    .approved_by_name = by.name,
                                    .at = now};
  std::vector<casework::DefinitionRow> rows;
  rows.reserve(proposal.items.size() + 1);
  for (const ProposedItem& item : proposal.items) {
    rows.push_back(TRY(row_in_force(workplace, item, checked, approval, actor)));
  }
  proposal.state = ProposalState::approved;
  proposal.version += 1;
  proposal.decided_by = by.id.text;
  proposal.decided_by_name = by.name;
  proposal.decided_at = now;
  proposal.reason = reason;
  rows.push_back(row_of(proposal, actor, now));
  const auto saved = workplace.store.save_definitions(rows);
  if (!saved) {
    overtaken = saved.error().code == base::FaultCode::conflict;
    return base::Failure{casework::failure_from(saved.error())};
  }
  // It is published; whoever asks next finds it, even if this program cannot read it just now.
  [[maybe_unused]] const auto seen = workplace.publications.refresh(workplace.store);
  return proposal;
}

}  // namespace

Answer<Proposal> approve(casework::Workplace& workplace, const party::Officer& by,
                         const std::string& id, const std::string& reason, const Gate& gate) {
  constexpr int kAttempts = 5;
  for (int attempt = 1;; ++attempt) {
    bool overtaken = false;
    auto approved = approve_once(workplace, by, id, reason, gate, overtaken);
    // Somebody else has published in between: looked at again with what he has published.
    if (approved || !overtaken || attempt == kAttempts) return approved;
  }
}

Answer<Proposal> decline(casework::Workplace& workplace, const party::Officer& by,
                         const std::string& id, const std::string& reason) {
  Proposal proposal = TRY(load_open(workplace, id));
  TRY(may_publish_all(workplace, by, proposal.items));
  if (reason.empty()) {
    return fail(FailureKind::unprocessable, "reason-missing",
                {"Hãy ghi lý do không duyệt.", "Say why it is declined."});
  }
  proposal.state = ProposalState::declined;
  proposal.version += 1;
  proposal.decided_by = by.id.text;
  proposal.decided_by_name = by.name;
  proposal.decided_at = workplace.clock.now();
  proposal.reason = reason;
  TRY_AS_FAILURE(workplace.store.save_definitions(
      {row_of(proposal, casework::actor_of(by), *proposal.decided_at)}));
  return proposal;
}

Answer<Proposal> find_proposal(casework::Workplace& workplace, const std::string& id) {
  const auto row =
      TRY_AS_FAILURE(workplace.store.find_definition(casework::definition::kProposal, id, 0));
  if (!row.has_value()) {
    return fail(FailureKind::not_found, "proposal-not-found",
                {"Không có đề nghị công bố này.", "There is no such proposal."});
  }
  return TRY_AS_FAILURE(read_proposal(row->body, row->version));
}

Answer<std::vector<Proposal>> proposals(casework::Workplace& workplace) {
  const auto rows = TRY_AS_FAILURE(workplace.store.definitions(
      {.kind = casework::definition::kProposal, .limit = kProposalsMax}));
  std::vector<Proposal> all;
  for (const auto& row : rows) all.push_back(TRY_AS_FAILURE(read_proposal(row.body, row.version)));
  std::ranges::sort(all, [](const Proposal& a, const Proposal& b) {
    const bool a_open = a.state == ProposalState::open;
    const bool b_open = b.state == ProposalState::open;
    return a_open != b_open ? a_open : a.proposed_at > b.proposed_at;
  });
  return all;
}

base::Outcome<base::Done> keep_record(casework::Store& store, const RunRecord& record,
                                      const dossier::Actor& by) {
  const auto before =
      TRY(store.find_definition(casework::definition::kProcessTest, record.digest, 0));
  return store.save_definitions({{.kind = casework::definition::kProcessTest,
                                  .key = record.digest,
                                  .version = before.has_value() ? before->version + 1 : 1,
                                  .at = record.at,
                                  .actor = by,
                                  .digest = record.digest,
                                  .body = base::to_text(to_json(record))}});
}

base::Outcome<std::optional<RunRecord>> find_record(casework::Store& store,
                                                    const std::string& digest) {
  const auto row = TRY(store.find_definition(casework::definition::kProcessTest, digest, 0));
  std::optional<RunRecord> record;
  if (row.has_value()) record = TRY(read_run_record(row->body));
  return record;
}

}  // namespace rehearsal
