#include "rehearsal/publishing.h"

#include <algorithm>
#include <set>
#include <utility>

#include <boost/json.hpp>

#include "base/random.h"
#include "base/sha256.h"
#include "casework/definition_kinds.h"
#include "casework/execute.h"
#include "casework/publication.h"
#include "party/authority.h"
#include "procedure/card.h"
#include "procedure/package_tree.h"
#include "procedure/resolution.h"
#include "rehearsal/proposal_json.h"

namespace rehearsal {

namespace {

using casework::fail;
using casework::Failure;
using casework::FailureKind;
using casework::OverlayPublication;
using casework::Publication;
using form::Bilingual;

constexpr std::size_t kItemsMax = 10'000;
constexpr std::size_t kProblemsMax = 500;
constexpr int kProposalsMax = 1000;

// Problems of a definition as those of a request: where, what and what to do.
class Problems {
 public:
  void add(const std::string& where, const form::DefinitionProblems& problems) {
    for (const form::DefinitionProblem& one : problems) {
      std::string at = where;
      if (!one.file.empty()) at += (at.empty() ? "" : "/") + one.file;
      if (one.line > 0) at += ":" + std::to_string(one.line);
      const std::string text = one.message + (one.remedy.empty() ? "" : "; " + one.remedy);
      tell(at, {text, text});
    }
  }
  void tell(const std::string& where, Bilingual message) {
    if (all_.size() >= kProblemsMax) return;
    all_.push_back({.field = where,
                    .page = {},
                    .code = form::ProblemCode::check_failed,
                    .severity = form::Severity::error,
                    .message = std::move(message)});
  }
  [[nodiscard]] bool empty() const { return all_.empty(); }
  [[nodiscard]] base::Failure<Failure> refused() && {
    return base::Failure{Failure{
        FailureKind::unprocessable,
        "not-publishable",
        {"Chưa thể trình công bố: xem từng lỗi, sửa rồi trình lại. Chưa có gì thay đổi.",
         "This cannot be proposed: see each problem, mend it and propose again. Nothing changed."},
        std::move(all_)}};
  }

 private:
  std::vector<form::FieldProblem> all_;
};

calendar::Date today_of(const casework::Workplace& workplace) {
  return calendar::local_date(workplace.clock.now());
}

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

void judge_evidence(casework::Store& store, const Gate& gate, const std::string& where,
                    ProposedItem& item, Problems& problems) {
  const auto record = find_record(store, item.tested_digest);
  if (!record || !record->has_value()) {
    problems.tell(where,
                  {"Chưa có biên bản kiểm thử đúng bản này (" + item.tested_digest.substr(0, 12) +
                       "). Chạy: motcua procedure test --data … rồi trình lại.",
                   "There is no record of a process test of exactly this (" +
                       item.tested_digest.substr(0, 12) +
                       "). Run: motcua procedure test --data …, then propose again."});
    return;
  }
  const Verdict verdict = judge(**record, item.tested_digest, gate.policy.coverage_floor);
  if (!verdict.enough) problems.tell(where, {verdict.why_vi, verdict.why_en});
  item.branches = static_cast<int>((*record)->branches);
  item.covered = static_cast<int>((*record)->covered);
  item.scenarios = static_cast<int>((*record)->scenarios.size());
}

struct Kept {
  std::string digest;
  std::string code;
  std::string files;
};

void look_at_package(casework::Workplace& workplace, const PackageToPropose& package,
                     const Gate& gate, std::vector<ProposedItem>& items, std::vector<Kept>& kept,
                     Problems& problems) {
  const auto loaded = procedure::load_package(package.files, workplace.publications.dictionary());
  if (!loaded) {
    const auto named = package.files.find("procedure.yaml");
    std::string where = "package";
    if (named != package.files.end()) {
      const std::size_t at = named->second.find("code:");
      if (at != std::string::npos) {
        where = named->second.substr(at + 5, named->second.find('\n', at) - at - 5);
        std::erase_if(where, [](char c) { return c == '"' || c == ' ' || c == '\r'; });
      }
    }
    problems.add(where, loaded.error());
    return;
  }
  const calendar::Date today = today_of(workplace);
  ProposedItem item{.kind = ProposedKind::package,
                    .code = loaded->code,
                    .agency = {},
                    .name = loaded->name.vi,
                    .digest = loaded->digest,
                    .tested_digest = loaded->digest,
                    .from = package.from.value_or(today),
                    .to = package.to,
                    .origin = package.origin};
  const auto revisions = workplace.publications.revisions(item.code);
  if (!revisions.empty() && *item.from < today) {
    problems.tell(item.code, {"Ngày có hiệu lực " + calendar::to_vietnamese(*item.from) +
                                  " đã qua. Chọn hôm nay hoặc ngày sau.",
                              "The day it takes effect, " + calendar::to_iso(*item.from) +
                                  ", is over. Choose today or later."});
  }
  for (const Publication& one : revisions) {
    if (one.digest == item.digest && one.to == item.to) {
      problems.tell(item.code, {"Bản này đã được công bố rồi. Sửa nội dung hoặc bỏ khỏi đề nghị.",
                                "Exactly this is published already. Change it, or leave it out."});
    } else if (one.origin != "shipped" && one.from == item.from) {
      problems.tell(item.code, {"Đã có bản khác có hiệu lực từ " +
                                    calendar::to_vietnamese(*item.from) + ". Chọn ngày khác.",
                                "Another revision takes effect on " + calendar::to_iso(*item.from) +
                                    ". Choose another day."});
    }
  }
  judge_evidence(workplace.store, gate, item.code, item, problems);
  kept.push_back({item.digest, item.code, casework::files_text(package.files)});
  items.push_back(std::move(item));
}

// The overlays in force on that day for that chain, with `fresh` in the place of its agency's own.
procedure::Overlays overlays_with(const std::vector<OverlayPublication>& published,
                                  const std::shared_ptr<const procedure::Overlay>& fresh,
                                  form::DefinitionProblems& problems) {
  procedure::Overlays all{fresh};
  for (const OverlayPublication& one : published) {
    if (one.agency == fresh->agency) continue;
    auto read = procedure::read_overlay(one.text, one.code + "@" + one.agency);
    if (!read) {
      problems.insert(problems.end(), read.error().begin(), read.error().end());
      continue;
    }
    all.push_back(std::make_shared<const procedure::Overlay>(std::move(read).value()));
  }
  return all;
}

// The digest of what the agency will work by on the overlay's first day.
form::Defined<procedure::Procedure> laid_over(casework::Workplace& workplace,
                                              const procedure::Overlay& overlay,
                                              const procedure::LockPolicy& locks) {
  const auto told = [&](std::string message, std::string remedy) {
    return base::Failure{
        form::DefinitionProblems{{overlay.file, 0, std::move(message), std::move(remedy)}}};
  };
  const auto revisions = workplace.publications.revisions(overlay.code);
  const Publication* base = casework::in_force(revisions, overlay.effective_from);
  if (base == nullptr) {
    return told("no procedure " + overlay.code + " is in force on " +
                    calendar::to_iso(overlay.effective_from),
                "publish the procedure first, or choose a day on which it is in force");
  }
  const auto text = workplace.store.find_revision(base->digest);
  if (!text || !text->has_value()) {
    return told("the base package " + base->digest + " cannot be read", "restore it from a backup");
  }
  auto files = casework::read_files(**text);
  if (!files) return told(files.error().message, "restore it from a backup");
  const auto prepared = TRY(procedure::prepare(std::move(files).value()));
  form::DefinitionProblems problems;
  const auto all = overlays_with(workplace.publications.overlays(overlay.code),
                                 std::make_shared<const procedure::Overlay>(overlay), problems);
  if (!problems.empty()) return base::Failure{std::move(problems)};
  procedure::AgencyChain chain;
  const party::Agency* agency = workplace.organisation.find(overlay.agency);
  if (agency == nullptr) {
    return told("there is no agency " + overlay.agency, "use a code of the organisation");
  }
  for (const party::Agency* above : workplace.organisation.ancestors(agency->id)) {
    chain.insert(chain.begin(), above->id);
  }
  chain.push_back(agency->id);
  const auto resolution =
      TRY(procedure::resolve(*prepared, all, chain, overlay.effective_from, locks));
  return procedure::load_resolved(*prepared, resolution, workplace.publications.dictionary());
}

void look_at_overlay(casework::Workplace& workplace, const OverlayToPropose& proposed,
                     const Gate& gate, std::vector<ProposedItem>& items, std::vector<Kept>& kept,
                     Problems& problems) {
  const auto overlay = procedure::read_overlay(proposed.text, proposed.file);
  if (!overlay) {
    problems.add({}, overlay.error());
    return;
  }
  const std::string agency = overlay->agency;
  const std::string where = overlay->code + "@" + agency;
  for (const OverlayPublication& one : workplace.publications.overlays(overlay->code)) {
    if (one.agency != agency) continue;
    if (one.from == overlay->effective_from) {
      problems.tell(proposed.file,
                    {"Đơn vị " + agency + " đã có bản riêng của thủ tục này có hiệu lực từ " +
                         calendar::to_vietnamese(overlay->effective_from) + ". Chọn ngày khác.",
                     "Agency " + agency + " has an overlay that takes effect on " +
                         calendar::to_iso(overlay->effective_from) + ". Choose another day."});
    }
  }
  if (overlay->effective_from < today_of(workplace)) {
    problems.tell(proposed.file, {"Ngày có hiệu lực đã qua. Chọn hôm nay hoặc ngày sau.",
                                  "The day it takes effect is over. Choose today or later."});
  }
  const auto loaded = laid_over(workplace, *overlay, gate.locks);
  if (!loaded) {
    problems.add({}, loaded.error());
    return;
  }
  ProposedItem item{.kind = ProposedKind::overlay,
                    .code = overlay->code,
                    .agency = agency,
                    .name = loaded->name.vi,
                    .digest = overlay->digest,
                    .tested_digest = loaded->digest,
                    .from = overlay->effective_from,
                    .to = overlay->effective_to,
                    .origin = "folder"};
  judge_evidence(workplace.store, gate, where, item, problems);
  kept.push_back({item.digest, where, casework::files_text({{"overlay.yaml", proposed.text}})});
  items.push_back(std::move(item));
}

void look_at_withdrawal(casework::Workplace& workplace, const WithdrawalToPropose& proposed,
                        std::vector<ProposedItem>& items, Problems& problems) {
  const auto revisions = workplace.publications.revisions(proposed.code);
  const Publication* base = casework::in_force(revisions, proposed.from);
  if (base == nullptr) {
    problems.tell(proposed.code, {"Thủ tục không còn hiệu lực vào ngày đó.",
                                  "The procedure is not in force on that day."});
    return;
  }
  if (proposed.from < today_of(workplace)) {
    problems.tell(proposed.code, {"Ngày bãi bỏ đã qua. Chọn hôm nay hoặc ngày sau.",
                                  "The day it ends is over. Choose today or later."});
  }
  items.push_back({.kind = ProposedKind::withdrawal,
                   .code = proposed.code,
                   .agency = {},
                   .name = base->card.name.vi,
                   .digest = base->digest,
                   .tested_digest = {},
                   .from = proposed.from,
                   .to = {},
                   .origin = base->origin});
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

// The row that puts `item` in force: all revisions of its key, one more than before.
template <class Revision>
Answer<casework::DefinitionRow> appended(casework::Workplace& workplace, const char* kind,
                                         const std::string& key, std::vector<Revision> before,
                                         std::vector<Revision> more, const dossier::Actor& actor,
                                         calendar::Instant at) {
  const auto newest = TRY_AS_FAILURE(workplace.store.find_definition(kind, key, 0));
  for (Revision& one : more) before.push_back(std::move(one));
  return casework::DefinitionRow{.kind = kind,
                                 .key = key,
                                 .version = newest.has_value() ? newest->version + 1 : 1,
                                 .at = at,
                                 .actor = actor,
                                 .digest = before.empty() ? std::string{} : before.back().digest,
                                 .body = casework::to_body(before)};
}

Answer<std::vector<Publication>> stored_publications(casework::Workplace& workplace,
                                                     const std::string& code) {
  const auto row =
      TRY_AS_FAILURE(workplace.store.find_definition(casework::definition::kPackage, code, 0));
  if (!row.has_value()) return std::vector<Publication>{};
  return TRY_AS_FAILURE(casework::read_publications(code, row->body));
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
  auto before = TRY(stored_publications(workplace, item.code));
  Publication publication{.code = item.code,
                          .digest = item.digest,
                          .from = item.from,
                          .to = item.to,
                          .origin = item.origin,
                          .approval = approval,
                          .card = procedure::card_of(*procedure)};
  return appended(workplace, casework::definition::kPackage, item.code, std::move(before),
                  std::vector{std::move(publication)}, actor, approval.at);
}

Answer<casework::DefinitionRow> publish_withdrawal(casework::Workplace& workplace,
                                                   const ProposedItem& item,
                                                   const casework::Approval& approval,
                                                   const dossier::Actor& actor) {
  // What was in force ends the day before; what was to come does not.  A shipped revision is
  // written down with its end, and stands before the shipped one from then on.
  const calendar::Date last = *item.from - std::chrono::days{1};
  auto before = TRY(stored_publications(workplace, item.code));
  std::vector<Publication> all = workplace.publications.revisions(item.code);
  const Publication* ending = casework::in_force(all, *item.from);
  if (ending == nullptr) {
    return fail(FailureKind::not_allowed_now, "not-in-force",
                {"Thủ tục " + item.code + " không còn hiệu lực vào ngày đó.",
                 "Procedure " + item.code + " is not in force on that day."});
  }
  Publication ended = *ending;
  ended.to = last;
  ended.approval = approval;
  std::erase_if(before, [&](const Publication& one) {
    return one.digest == ended.digest && one.from == ended.from;
  });
  return appended(workplace, casework::definition::kPackage, item.code, std::move(before),
                  std::vector{std::move(ended)}, actor, approval.at);
}

Answer<casework::DefinitionRow> publish_overlay(casework::Workplace& workplace,
                                                const ProposedItem& item,
                                                const casework::Approval& approval,
                                                const dossier::Actor& actor, const Gate& gate) {
  const auto kept = TRY_AS_FAILURE(workplace.store.find_revision(item.digest));
  if (!kept.has_value()) {
    return base::Failure{casework::failure_from(
        base::Fault{base::FaultCode::corrupt, "the overlay of " + item.agency + " is gone"})};
  }
  const auto files = TRY_AS_FAILURE(casework::read_files(*kept));
  const std::string key = item.code + "@" + item.agency;
  const auto overlay = procedure::read_overlay(files.at("overlay.yaml"), key);
  Problems problems;
  if (!overlay) {
    problems.add({}, overlay.error());
    return std::move(problems).refused();
  }
  const auto laid = laid_over(workplace, *overlay, gate.locks);
  if (!laid) {
    problems.add({}, laid.error());
    return std::move(problems).refused();
  }
  if (laid->digest != item.tested_digest) {
    problems.tell(key, {"Bản gốc đã thay đổi sau khi kiểm thử. Hợp nhất, kiểm thử và trình lại.",
                        "What it is laid over has changed since the test. Merge, test and propose "
                        "again."});
    return std::move(problems).refused();
  }
  std::vector<OverlayPublication> before;
  for (const OverlayPublication& one : workplace.publications.overlays(item.code)) {
    if (one.agency == item.agency) before.push_back(one);
  }
  return appended(workplace, casework::definition::kOverlay, key, std::move(before),
                  std::vector{OverlayPublication{.code = item.code,
                                                 .agency = item.agency,
                                                 .digest = item.digest,
                                                 .from = item.from,
                                                 .to = item.to,
                                                 .approval = approval,
                                                 .text = files.at("overlay.yaml")}},
                  actor, approval.at);
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
  Problems problems;
  std::vector<Kept> kept;
  Proposal proposal;
  for (const PackageToPropose& one : what.packages) {
    look_at_package(workplace, one, gate, proposal.items, kept, problems);
  }
  for (const OverlayToPropose& one : what.overlays) {
    look_at_overlay(workplace, one, gate, proposal.items, kept, problems);
  }
  for (const WithdrawalToPropose& one : what.withdrawals) {
    look_at_withdrawal(workplace, one, proposal.items, problems);
  }
  std::set<std::pair<std::string, std::string>> named;
  for (const ProposedItem& one : proposal.items) {
    if (named.emplace(one.code, one.agency).second) continue;
    problems.tell(one.code, {"Thủ tục này có hai lần trong đề nghị. Bỏ bớt một.",
                             "This procedure is in the proposal twice. Leave one out."});
  }
  if (!problems.empty()) return std::move(problems).refused();
  if (proposal.items.empty()) {
    return fail(FailureKind::unprocessable, "nothing-to-publish",
                {"Không có gì để công bố.", "There is nothing to publish."});
  }
  TRY(may_publish_all(workplace, by, proposal.items));
  for (const Kept& one : kept) {
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

Answer<Proposal> approve(casework::Workplace& workplace, const party::Officer& by,
                         const std::string& id, const std::string& reason, const Gate& gate) {
  TRY_AS_FAILURE(workplace.publications.refresh(workplace.store));
  Proposal proposal = TRY(load_open(workplace, id));
  TRY(may_publish_all(workplace, by, proposal.items));
  if (gate.policy.second_person && by.id.text == proposal.proposed_by) {
    return fail(FailureKind::forbidden, "second-person",
                {"Người trình không tự duyệt. Hãy nhờ một quản trị viên khác.",
                 "Whoever proposed it does not approve it. Ask another administrator."});
  }
  const dossier::Actor actor = casework::actor_of(by);
  const calendar::Instant now = workplace.clock.now();
  const casework::Approval approval{.proposed_by = proposal.proposed_by,
                                    .proposed_by_name = proposal.proposed_by_name,
                                    .approved_by = by.id.text,
                                    .approved_by_name = by.name,
                                    .at = now};
  std::vector<casework::DefinitionRow> rows;
  rows.reserve(proposal.items.size() + 1);
  for (ProposedItem& item : proposal.items) {
    // It takes effect when it is approved, not before.
    const calendar::Date today = today_of(workplace);
    const bool late = item.from.has_value() && *item.from < today;
    if (late && item.kind != ProposedKind::overlay) item.from = today;
    switch (item.kind) {
      case ProposedKind::package:
        rows.push_back(TRY(publish_package(workplace, item, approval, actor)));
        break;
      case ProposedKind::overlay:
        rows.push_back(TRY(publish_overlay(workplace, item, approval, actor, gate)));
        break;
      case ProposedKind::withdrawal:
        rows.push_back(TRY(publish_withdrawal(workplace, item, approval, actor)));
        break;
    }
  }
  proposal.state = ProposalState::approved;
  proposal.version += 1;
  proposal.decided_by = by.id.text;
  proposal.decided_by_name = by.name;
  proposal.decided_at = now;
  proposal.reason = reason;
  rows.push_back(row_of(proposal, actor, now));
  TRY_AS_FAILURE(workplace.store.save_definitions(rows));
  TRY_AS_FAILURE(workplace.publications.refresh(workplace.store));
  return proposal;
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
