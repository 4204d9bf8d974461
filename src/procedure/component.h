#pragma once
// component.h - a paper of a dossier, and the data that may stand in for it.
#include <optional>
#include <string>
#include <vector>

#include "calendar/instant.h"
#include "form/bilingual.h"
#include "form/condition.h"

namespace procedure {

using form::Bilingual;

// A provision that something rests on.
struct LegalBasis {
  std::string act;      // "118/2025/NĐ-CP"
  std::string article;  // "Điều 15", may be empty
  Bilingual title;
  std::optional<calendar::Date> from;
  std::optional<calendar::Date> to;

  [[nodiscard]] bool in_force(calendar::Date on) const;
};

enum class ComponentKind {
  submit,  // goes into the dossier
  show,    // is shown, compared and given back
};

// Source: Resolution 66.7/2025/NQ-CP (data of national databases instead of papers).
struct DataInstead {
  Bilingual database;
  std::vector<std::string> fields;  // dictionary codes of the data used instead
  LegalBasis basis;                 // its dates say when the replacement applies
  Bilingual fallback;               // what is done when the data are not there; may be empty
};

struct Component {
  std::string id;
  Bilingual name;
  ComponentKind kind = ComponentKind::submit;
  int originals = 0;
  int copies = 0;
  std::optional<form::Condition> applies_when;
  bool required = true;
  Bilingual note;                        // may be empty
  std::string template_id;               // of a blank form to fill in, may be empty
  std::vector<DataInstead> replaced_by;  // any one that is in force stands in for the paper
  bool issued_by_state = false;          // an authority issued it, so an officer can look it up

  // The first that is in force on the day; nullptr: the paper itself is asked for.
  [[nodiscard]] const DataInstead* replacement_on(calendar::Date on) const;
};

}  // namespace procedure
