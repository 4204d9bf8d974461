#pragma once
// gate.h - may this officer do this to this dossier?  The use cases' way to party::may.
//
// The procedure is the revision that the dossier pins: mandates are for all procedures, for some
// fields or for some codes.
#include <string>
#include <vector>

#include "casework/failure.h"
#include "casework/workplace.h"
#include "dossier/dossier.h"
#include "party/authority.h"

namespace casework {

// With a task: the task's agency, role and holder.  Without: the agency where the work lies (that
// of the oldest open task, else the competent one).
[[nodiscard]] party::Verdict may_act(const party::Officer& officer, party::Action action,
                                     const procedure::Procedure& procedure,
                                     const dossier::Dossier& dossier, const dossier::Task* task,
                                     Instant at);

// Any agency that takes part in the dossier will do: for seeing it, payments, printing.
[[nodiscard]] party::Verdict may_at_any_part(const party::Officer& officer, party::Action action,
                                             const procedure::Procedure& procedure,
                                             const dossier::Dossier& dossier, Instant at);

// Where it waits to be taken in; once it has been, any agency that takes part, to be told so.  Who
// is only to hand the result out, or to be asked, neither receives nor refuses.
// The agencies of which one has to be his.
[[nodiscard]] std::vector<std::string> agencies_that_take_in(const procedure::Procedure& procedure,
                                                             const dossier::Dossier& dossier);
[[nodiscard]] party::Verdict may_take_in(const party::Officer& officer, party::Action action,
                                         const procedure::Procedure& procedure,
                                         const dossier::Dossier& dossier, Instant at);

// The competent agency alone: for what its head signs.
[[nodiscard]] party::Verdict may_for_agency(const party::Officer& officer, party::Action action,
                                            const procedure::Procedure& procedure,
                                            const dossier::Dossier& dossier, Instant at);

[[nodiscard]] Answer<base::Done> require(const party::Verdict& verdict);

// What the three above ask about, for whoever explains it.
[[nodiscard]] party::Subject subject_of(const procedure::Procedure& procedure,
                                        const dossier::Dossier& dossier, const dossier::Task* task);

// How somebody whom `verdict` allows signs: in which role, for whom and by which decision.
// `subject` is what the verdict is about.
[[nodiscard]] dossier::Signature signature_of(const Workplace& workplace,
                                              const party::Officer& officer,
                                              const party::Verdict& verdict, party::Action action,
                                              const party::Subject& subject);
// "KT. Chủ tịch UBND phường\nPhó Chủ tịch": what stands above the name.
// Source: NĐ 30/2020/NĐ-CP, Phụ lục I, phần I, mục II, khoản 7.
[[nodiscard]] std::string printed_position(const dossier::Signature& signature);

}  // namespace casework
