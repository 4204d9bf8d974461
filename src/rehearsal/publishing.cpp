#include "rehearsal/publishing.h"

#include <algorithm>
#include <map>
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
#include "procedure/overlay.h"
#include "procedure/package_check.h"
#include "rehearsal/laying_over.h"
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

// What a proposal comes to while it is looked at.
struct Items {
  std::vector<ProposedItem> items;
  std::vector<Kept> kept;
  std::map<std::string, std::vector<OverlayPublication>> overlays;  // proposed ones, by code
};

form::DefinitionProblems errors_of(const procedure::Findings& findings) {
  form::DefinitionProblems errors;
  for (const procedure::Finding& one : findings) {
    if (one.severity != procedure::Severity::error) continue;
    errors.push_back({one.file, one.line, one.message, one.remedy});
  }
  return errors;
}

void look_at_package_days(casework::Workplace& workplace, const ProposedItem& item,
                          Problems& problems) {
  if (item.to.has_value() && *item.to < *item.from) {
    problems.tell(item.code, {"Ngày hết hiệu lực đứng trước ngày có hiệu lực. Sửa lại hai ngày.",
                              "It ends before it begins. Correct the two days."});
  }
  const auto revisions = workplace.publications.revisions(item.code);
  if (!revisions.empty() && *item.from < today_of(workplace)) {
    problems.tell(item.code, {"Ngày có hiệu lực " + calendar::to_vietnamese(*item.from) +
                                  " đã qua. Chọn hôm nay hoặc ngày sau.",
                              "The day it takes effect, " + calendar::to_iso(*item.from) +
                                  ", is over. Choose today or later."});
  }
  const Publication* then = casework::in_force(revisions, *item.from);
  if (then != nullptr && then->digest == item.digest && then->to == item.to) {
    problems.tell(item.code, {"Bản này đã được công bố rồi. Sửa nội dung hoặc bỏ khỏi đề nghị.",
                              "Exactly this is published already. Change it, or leave it out."});
  } else if (then != nullptr && then->origin != "shipped" && then->from == item.from) {
    problems.tell(item.code, {"Đã có bản khác có hiệu lực từ " +
                                  calendar::to_vietnamese(*item.from) + ". Chọn ngày khác.",
                              "Another revision takes effect on " + calendar::to_iso(*item.from) +
                                  ". Choose another day."});
  }
}

void look_at_package(casework::Workplace& workplace, const PackageToPropose& package,
                     const Gate& gate, Items& into, Problems& problems) {
  const procedure::CheckedPackage checked =
      procedure::check_package(package.files, workplace.publications.dictionary());
  const std::optional<procedure::Procedure>& loaded = checked.procedure;
  if (!checked.publishable()) {
    const auto named = package.files.find("procedure.yaml");
    std::string where = "package";
    if (named != package.files.end()) {
      const std::size_t at = named->second.find("code:");
      if (at != std::string::npos) {
        where = named->second.substr(at + 5, named->second.find('\n', at) - at - 5);
        std::erase_if(where, [](char c) { return c == '"' || c == ' ' || c == '\r'; });
      }
    }
    problems.add(where, errors_of(checked.findings));
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
  look_at_package_days(workplace, item, problems);
  judge_evidence(workplace.store, gate, item.code, item, problems);
  into.kept.push_back({item.digest, item.code, casework::files_text(package.files)});
  into.items.push_back(std::move(item));
}

OverlayPublication proposed_publication(const procedure::Overlay& overlay,
                                        const std::string& text) {
  return {.code = overlay.code,
          .agency = overlay.agency,
          .digest = overlay.digest,
          .from = overlay.effective_from,
          .to = overlay.effective_to,
          .approval = {},
          .text = text};
}

// A day of its own, not over, and one on which it still ends later than it begins.
void look_at_overlay_days(casework::Workplace& workplace, const procedure::Overlay& overlay,
                          const std::string& where, Problems& problems) {
  const auto overlays = workplace.publications.overlays(overlay.code);
  for (const OverlayPublication& one : casework::each_in_its_time(overlays)) {
    if (one.agency != overlay.agency || one.from != overlay.effective_from) continue;
    problems.tell(where,
                  {"Đơn vị " + overlay.agency + " đã có bản riêng của thủ tục này có hiệu lực từ " +
                       calendar::to_vietnamese(overlay.effective_from) + ". Chọn ngày khác.",
                   "Agency " + overlay.agency + " has an overlay that takes effect on " +
                       calendar::to_iso(overlay.effective_from) + ". Choose another day."});
  }
  if (overlay.effective_from < today_of(workplace)) {
    problems.tell(where, {"Ngày có hiệu lực đã qua. Chọn hôm nay hoặc ngày sau.",
                          "The day it takes effect is over. Choose today or later."});
  }
}

void look_at_overlay(casework::Workplace& workplace, const OverlayToPropose& proposed,
                     const Gate& gate, const ProposedBases& bases, Items& into,
                     Problems& problems) {
  const auto overlay = procedure::read_overlay(proposed.text, proposed.file);
  if (!overlay) {
    problems.add({}, overlay.error());
    return;
  }
  const std::string where = overlay->code + "@" + overlay->agency;
  look_at_overlay_days(workplace, *overlay, proposed.file, problems);
  std::vector<OverlayPublication> overlays = workplace.publications.overlays(overlay->code);
  overlays.push_back(proposed_publication(*overlay, proposed.text));
  const auto loaded = laid_over({workplace, gate.locks, bases, overlays}, overlay->code,
                                overlay->agency, overlay->effective_from);
  if (!loaded) {
    form::DefinitionProblems told = loaded.error();
    for (form::DefinitionProblem& one : told) {
      if (one.file == where) one.file = proposed.file;
    }
    problems.add({}, told);
    return;
  }
  ProposedItem item{.kind = ProposedKind::overlay,
                    .code = overlay->code,
                    .agency = overlay->agency,
                    .name = loaded->procedure.name.vi,
                    .digest = overlay->digest,
                    .tested_digest = loaded->procedure.digest,
                    .from = overlay->effective_from,
                    .to = overlay->effective_to,
                    .origin = "folder"};
  judge_evidence(workplace.store, gate, where, item, problems);
  into.kept.push_back(
      {item.digest, where, casework::files_text({{"overlay.yaml", proposed.text}})});
  // Whoever decides can compare it with what is in force.
  into.kept.push_back({item.tested_digest, item.code, casework::files_text(loaded->files)});
  into.overlays[item.code].push_back(proposed_publication(*overlay, proposed.text));
  into.items.push_back(std::move(item));
}

// Whatever changes has to fit what is laid over it, below it and after it; who has an overlay
// merged proposes both together.
void look_at_every_day(casework::Workplace& workplace, const Items& proposed,
                       const ProposedBases& bases, const Gate& gate, Problems& problems) {
  std::map<std::string, calendar::Date> changed;
  for (const ProposedItem& item : proposed.items) {
    if (item.kind == ProposedKind::withdrawal && item.agency.empty()) continue;
    const calendar::Date from = std::max(*item.from, today_of(workplace));
    const auto [at, fresh] = changed.emplace(item.code, from);
    if (!fresh) at->second = std::min(at->second, from);
  }
  for (const auto& [code, from] : changed) {
    std::vector<OverlayPublication> overlays = workplace.publications.overlays(code);
    if (const auto more = proposed.overlays.find(code); more != proposed.overlays.end()) {
      overlays.insert(overlays.end(), more->second.begin(), more->second.end());
    }
    if (overlays.empty()) continue;
    for (const UnfitDay& one : unfit_days({workplace, gate.locks, bases, overlays}, code, from)) {
      problems.tell(
          code + "@" + one.agency,
          {"Bản riêng của đơn vị không ghép được từ ngày " + calendar::to_vietnamese(one.on) +
               ": hợp nhất (motcua procedure merge) rồi trình cùng.",
           "From " + calendar::to_iso(one.on) +
               " on this agency's overlay does not fit: merge it (motcua procedure "
               "merge) and propose both together."});
      problems.add({}, one.problems);
    }
  }
}

void look_at_withdrawal(casework::Workplace& workplace, const WithdrawalToPropose& proposed,
                        Items& into, Problems& problems) {
  const auto revisions = workplace.publications.revisions(proposed.code);
  const Publication* base = casework::in_force(revisions, proposed.from);
  if (base == nullptr) {
    problems.tell(proposed.code, {"Thủ tục không còn hiệu lực vào ngày đó.",
                                  "The procedure is not in force on that day."});
    return;
  }
  const auto overlays = casework::each_in_its_time(workplace.publications.overlays(proposed.code));
  if (!proposed.agency.empty() &&
      std::ranges::find(overlays, proposed.agency, &OverlayPublication::agency) == overlays.end()) {
    problems.tell(proposed.code + "@" + proposed.agency,
                  {"Đơn vị này không có bản riêng của thủ tục.",
                   "This agency has no overlay of the procedure."});
    return;
  }
  if (proposed.from < today_of(workplace)) {
    problems.tell(proposed.code, {"Ngày bãi bỏ đã qua. Chọn hôm nay hoặc ngày sau.",
                                  "The day it ends is over. Choose today or later."});
  }
  if (!proposed.agency.empty()) {
    into.overlays[proposed.code].push_back({.code = proposed.code,
                                            .agency = proposed.agency,
                                            .digest = {},
                                            .from = proposed.from,
                                            .to = {},
                                            .approval = {},
                                            .text = {}});
  }
  into.items.push_back({.kind = ProposedKind::withdrawal,
                        .code = proposed.code,
                        .agency = proposed.agency,
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

// What was proposed, looked at again on what is in force now.
Answer<Items> look_again(casework::Workplace& workplace, const Proposal& proposal,
                         const Gate& gate) {
  Items again;
  ProposedBases bases;
  Problems problems;
  for (ProposedItem item : proposal.items) {
    // A package takes effect when it is approved, not before.
    const calendar::Date today = today_of(workplace);
    if (item.kind != ProposedKind::overlay) item.from = std::max(item.from.value_or(today), today);
    if (item.kind == ProposedKind::withdrawal) {
      look_at_withdrawal(workplace, {.code = item.code, .agency = item.agency, .from = *item.from},
                         again, problems);
      continue;
    }
    const auto text = TRY_AS_FAILURE(workplace.store.find_revision(item.digest));
    if (!text.has_value()) {
      return base::Failure{casework::failure_from(
          base::Fault{base::FaultCode::corrupt, "the files of " + item.code + " are gone"})};
    }
    procedure::PackageFiles files = TRY_AS_FAILURE(casework::read_files(*text));
    if (item.kind == ProposedKind::package) {
      look_at_package_days(workplace, item, problems);
      judge_evidence(workplace.store, gate, item.code, item, problems);
      // Only where something is laid over it does its text matter once more.
      const bool alone =
          workplace.publications.overlays(item.code).empty() && proposal.items.size() == 1;
      if (!alone) bases[item.code] = {std::move(files), *item.from};
      again.items.push_back(std::move(item));
      continue;
    }
    const std::string tested = item.tested_digest;
    const std::string where = item.code + "@" + item.agency;
    look_at_overlay(workplace, {.text = files["overlay.yaml"], .file = where}, gate, bases, again,
                    problems);
    if (problems.empty() && again.items.back().tested_digest != tested) {
      problems.tell(where, {"Bản gốc đã thay đổi sau khi trình. Hợp nhất, kiểm thử và trình lại.",
                            "What it is laid over has changed since. Merge, test and propose "
                            "again."});
    }
  }
  if (problems.empty()) look_at_every_day(workplace, again, bases, gate, problems);
  if (!problems.empty()) return std::move(problems).refused();
  return again;
}

Answer<casework::DefinitionRow> publish(casework::Workplace& workplace, const ProposedItem& item,
                                        const Items& items, const casework::Approval& approval,
                                        const dossier::Actor& actor) {
  if (item.kind == ProposedKind::package) {
    return publish_package(workplace, item, approval, actor);
  }
  if (item.kind == ProposedKind::withdrawal) {
    return publish_withdrawal(workplace, item, approval, actor);
  }
  for (OverlayPublication one : items.overlays.at(item.code)) {
    if (one.agency != item.agency || one.text.empty()) continue;
    one.approval = approval;
    return append_overlay(workplace, std::move(one), actor);
  }
  return base::Failure{casework::failure_from(
      base::Fault{base::FaultCode::corrupt, "the overlay of " + item.agency + " is gone"})};
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
  Items into;
  Proposal proposal;
  ProposedBases bases;
  for (const PackageToPropose& one : what.packages) {
    const std::size_t before = into.items.size();
    look_at_package(workplace, one, gate, into, problems);
    if (into.items.size() == before) continue;
    const ProposedItem& item = into.items.back();
    const bool laid = !workplace.publications.overlays(item.code).empty() || !what.overlays.empty();
    if (laid) bases[item.code] = {one.files, *item.from};
  }
  for (const OverlayToPropose& one : what.overlays) {
    look_at_overlay(workplace, one, gate, bases, into, problems);
  }
  for (const WithdrawalToPropose& one : what.withdrawals) {
    look_at_withdrawal(workplace, one, into, problems);
  }
  if (problems.empty()) look_at_every_day(workplace, into, bases, gate, problems);
  proposal.items = into.items;
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
  for (const Kept& one : into.kept) {
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
  Items items = TRY(look_again(workplace, proposal, gate));
  proposal.items = items.items;
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
    rows.push_back(TRY(publish(workplace, item, items, approval, actor)));
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
