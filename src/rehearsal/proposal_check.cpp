#include "rehearsal/proposal_check.h"

#include <algorithm>
#include <set>
#include <utility>

#include "procedure/overlay.h"
#include "procedure/package_check.h"
#include "rehearsal/laying_over.h"

namespace rehearsal {

namespace {

using casework::Failure;
using casework::FailureKind;
using casework::OverlayPublication;
using casework::Publication;
using form::Bilingual;

constexpr std::size_t kProblemsMax = 500;

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
                     const Gate& gate, CheckedProposal& into, Problems& problems) {
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
                     const Gate& gate, const ProposedBases& bases, CheckedProposal& into,
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
void look_at_every_day(casework::Workplace& workplace, const CheckedProposal& proposed,
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
                        CheckedProposal& into, Problems& problems) {
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

}  // namespace

Answer<CheckedProposal> check_proposal(casework::Workplace& workplace, const ToPropose& what,
                                       const Gate& gate) {
  Problems problems;
  CheckedProposal into;
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
  std::set<std::pair<std::string, std::string>> named;
  for (const ProposedItem& one : into.items) {
    if (named.emplace(one.code, one.agency).second) continue;
    problems.tell(one.code, {"Thủ tục này có hai lần trong đề nghị. Bỏ bớt một.",
                             "This procedure is in the proposal twice. Leave one out."});
  }
  if (!problems.empty()) return std::move(problems).refused();
  return into;
}

Answer<CheckedProposal> check_again(casework::Workplace& workplace, const Proposal& proposal,
                                    const Gate& gate) {
  CheckedProposal again;
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

}  // namespace rehearsal
