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
  PrintedSight sight = PrintedSight::whole;   // covered: so are `open` and `records` already

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

// With the derivation of its date, in English too where that is asked for or is the applicant's.
[[nodiscard]] DocumentContext slip_context(const Printing& printing, calendar::Language language);
[[nodiscard]] DocumentContext supplement_context(const Printing& printing,
                                                 const dossier::EventRecord& asked);
[[nodiscard]] DocumentContext refusal_context(const Printing& printing,
                                              const dossier::EventRecord& refused);
// `signed_one` null: the draft that waits for its signature.
[[nodiscard]] DocumentContext apology_context(const Printing& printing,
                                              const dossier::EventRecord* signed_one);
// Requires: received.
[[nodiscard]] DocumentContext control_slip_context(const Printing& printing);
// `ended` holds Stopped or Withdrawn.
[[nodiscard]] DocumentContext stop_context(const Printing& printing,
                                           const dossier::EventRecord& ended);
[[nodiscard]] DocumentContext filing_context(const Printing& printing);
// `paid` is no refund.
[[nodiscard]] DocumentContext payment_context(const Printing& printing,
                                              const dossier::Payment& paid);
// Requires: the result is issued.
[[nodiscard]] DocumentContext result_context(const Printing& printing);

// What all forms have: agency, date, code, QR code.
[[nodiscard]] DocumentContext begin_document(const Printing& printing, std::string template_id,
                                             const std::string& agency, Instant at);
// Leaves the key out for an empty text.
void put_text(base::json::object& target, const char* key, const std::string& text);
// "............/PXL" for what has no number: drafts, and events from before numbers were allotted.
[[nodiscard]] std::string number_or_dots(const std::string& number, std::string_view symbol);
// The date of return that the applicant was told last, also while the clock stands.
[[nodiscard]] std::optional<Instant> told_due(const Printing& printing);
// The owner of the matter: who is acted for, else the applicant.
[[nodiscard]] const dossier::Person& owner_of(const dossier::Dossier& dossier);
[[nodiscard]] std::string agency_name(const Printing& printing, const std::string& code);
// "motcua.example/theo-doi".
[[nodiscard]] std::string tracking_page(const Workplace& workplace);

// {"name", "id_number", "address", "phone", "email"}, without what is not known.
[[nodiscard]] base::json::object printed_person(const dossier::Person& person);
// The position of the officer who did it, as it is now; "" for others.
[[nodiscard]] std::string position_of(const Workplace& workplace, const std::string& officer_id);

}  // namespace casework
