#pragma once
// masking.h - what identifies or reaches a citizen, with most of it covered: identity numbers,
// telephone numbers, addresses, e-mail addresses and sensitive answers.
//
// Enough stays to recognise what one knows already (the last three digits, the first letter);
// nothing is told that one does not know.  Names stay: without them officers cannot work.
#include <string>

#include "base/json.h"
#include "casework/failure.h"
#include "dossier/dossier.h"
#include "dossier/event.h"
#include "form/field.h"
#include "party/officer.h"
#include "procedure/procedure.h"

namespace casework {

struct Workplace;
struct OpenDossier;

// "*********123"; of fewer than six characters nothing stays.
[[nodiscard]] std::string masked_digits(const std::string& text);
// The tax code of a person is his identity number: covered then.  Of an enterprise it is public.
// Source: 86/2024/TT-BTC, article 5: twelve digits are a personal identification number.
[[nodiscard]] std::string masked_tax_code(const std::string& text);
// "***, phường Thành Vinh": what stands before the last comma is covered; all of it without one.
[[nodiscard]] std::string masked_place(const std::string& text);

// Is an answer to this field covered?
[[nodiscard]] bool is_masked(const form::Field& field);
[[nodiscard]] base::json::value masked_answer(const form::Field& field,
                                              const base::json::value& answer);

// Does a task of the dossier need its personal data of this officer: one that he has, or could
// take?
[[nodiscard]] bool needs_personal_data(Workplace& workplace, const party::Officer& officer,
                                       const OpenDossier& open);
// A leaf of the journal: what was covered is shown for a reason that the officer gives.
[[nodiscard]] Answer<base::Done> record_revealing(Workplace& workplace,
                                                  const party::Officer& officer,
                                                  const OpenDossier& open,
                                                  const std::string& reason);

// Does a printed form of the dossier go to him whole: he has a task in it, or has done something in
// it, or has had it shown for a reason within the last hour?
[[nodiscard]] Answer<bool> may_print_whole(Workplace& workplace, const party::Officer& officer,
                                           const OpenDossier& open);

// What forms are printed from: the dossier, and what happened to it.
void mask_persons_and_answers(dossier::Dossier& dossier, const procedure::Procedure& procedure);
void mask_event(dossier::Event& event, const procedure::Procedure& procedure);

// Covers the persons, answers and corrections of a dossier as dossier_json tells it.
void mask_dossier(base::json::object& dossier, const procedure::Procedure& procedure);

}  // namespace casework
