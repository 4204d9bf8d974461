#pragma once
// eligibility.h - what the law asks of a person or a matter before it may be applied for.
//
// Judged on the answers by assessment.h.  A form's checks hold the answers to each other; these
// hold them to the law, and say which article.
#include <string>

#include "form/bilingual.h"
#include "form/condition.h"
#include "form/form.h"

namespace procedure {

struct Eligibility {
  std::string id;         // snake_case, unique in the procedure
  form::Condition holds;  // null, because an answer is missing, is silence
  form::Bilingual message;
  std::string basis;  // "Điều 8 Luật Hôn nhân và gia đình 52/2014/QH13"
  form::Severity severity = form::Severity::error;  // an error cannot be filed
  std::string field;  // id of the field where it is told; may be empty: told for the whole form
};

}  // namespace procedure
