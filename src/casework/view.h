#pragma once
// view.h - a dossier as the desk, lists and the applicant see it: the JSON of api/openapi.yaml.
#include "base/json.h"
#include "casework/actions.h"
#include "casework/execute.h"
#include "casework/store.h"
#include "dossier/dossier_clock.h"

namespace casework {

[[nodiscard]] base::json::object text_json(const Bilingual& text);
[[nodiscard]] base::json::value instant_json(const std::optional<Instant>& at);
[[nodiscard]] base::json::object status_json(int national);
// {"code", "name"}
[[nodiscard]] base::json::object procedure_ref(const procedure::Procedure& procedure);
[[nodiscard]] base::json::array attachments_json(const dossier::Dossier& dossier);
[[nodiscard]] base::json::object attachment_json(const dossier::Attachment& attachment);
[[nodiscard]] base::json::object person_json(const dossier::Person& person);
[[nodiscard]] base::json::object fee_json(const std::vector<procedure::FeeLine>& lines);
[[nodiscard]] base::json::object agency_json(const Workplace& workplace, const std::string& id);

// CommandResult.
[[nodiscard]] base::json::object command_json(const CommandDone& done);
// Filed.
[[nodiscard]] base::json::object filed_json(const Workplace& workplace, const CommandDone& done,
                                            const std::vector<DossierRow>& twins);
// DossierRow.
[[nodiscard]] base::json::object row_json(Workplace& workplace, const DossierRow& row, Instant now);
// "3", "apology" or "escalation": as the API names a task.
[[nodiscard]] std::string task_id(std::uint32_t activity);
// Task, as an inbox row or a dossier page shows it.
[[nodiscard]] base::json::object task_json(Workplace& workplace,
                                           const procedure::Procedure& procedure,
                                           const dossier::Task& task, bool paused, Instant now);
// Dossier.
[[nodiscard]] Answer<base::json::object> dossier_json(Workplace& workplace, const OpenDossier& open,
                                                      const party::Officer& officer);
// Tracking: what the holder of the receipt sees.
[[nodiscard]] Answer<base::json::object> tracking_json(Workplace& workplace,
                                                       const OpenDossier& open);
// Clock: the legal due date with its derivation and, apart from it, the scored one.
[[nodiscard]] base::json::object clock_json(Workplace& workplace,
                                            const procedure::Procedure& procedure,
                                            const dossier::Dossier& dossier, Instant now);
// Apology, drafted or signed; null where there is none.
[[nodiscard]] base::json::value apology_json(Workplace& workplace, const dossier::Dossier& dossier);
// The derivation of a due date as [{"text", "article"}].
[[nodiscard]] base::json::array derivation_json(const dossier::Dossier& dossier,
                                                const dossier::Term& term);
// "Nguyễn V** A*": enough to recognise oneself, not enough to learn a name.
[[nodiscard]] std::string masked_name(const std::string& name);

}  // namespace casework
