#pragma once
// printing_context.h - what the official forms and slips say about a dossier.  Internal to
// casework.
//
// The shapes are those of the `example` of each template in data/templates.
#include <string>
#include <vector>

#include "base/json.h"
#include "casework/printing.h"
#include "dossier/event.h"

namespace casework {

// The dossier with what happened to it.
struct Printing {
  Workplace& workplace;
  const OpenDossier& open;
  std::vector<dossier::EventRecord> records;  // oldest first

  [[nodiscard]] const dossier::Dossier& dossier() const { return open.dossier; }
  [[nodiscard]] const procedure::Procedure& procedure() const { return *open.procedure; }
  // The last one of that kind, or null.
  template <class Event>
  [[nodiscard]] const dossier::EventRecord* last() const {
    for (auto at = records.rbegin(); at != records.rend(); ++at) {
      if (std::holds_alternative<Event>(at->event)) return &*at;
    }
    return nullptr;
  }
};

[[nodiscard]] DocumentContext slip_context(const Printing& printing);
[[nodiscard]] DocumentContext supplement_context(const Printing& printing,
                                                 const dossier::EventRecord& asked);
[[nodiscard]] DocumentContext refusal_context(const Printing& printing,
                                              const dossier::EventRecord& refused);
// `ended` holds Stopped or Withdrawn.
[[nodiscard]] DocumentContext stop_context(const Printing& printing,
                                           const dossier::EventRecord& ended);
[[nodiscard]] DocumentContext filing_context(const Printing& printing);
// `paid` is no refund.
[[nodiscard]] DocumentContext payment_context(const Printing& printing,
                                              const dossier::Payment& paid);
// Requires: the result is issued.
[[nodiscard]] DocumentContext result_context(const Printing& printing);

// {"name", "id_number", "address", "phone", "email"}, without what is not known.
[[nodiscard]] base::json::object printed_person(const dossier::Person& person);
// The position of the officer who did it, as it is now; "" for others.
[[nodiscard]] std::string position_of(const Workplace& workplace, const std::string& officer_id);

}  // namespace casework
