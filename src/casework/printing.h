#pragma once
// printing.h - the printed documents of a dossier: the official forms, copy of the filing, result.
// The follow-up book (form 07) is about many dossiers: follow_up_book.h.
//
// Everything is made from the dossier as it is now; nothing printed is stored, so that a repeated
// print says the same as long as the dossier does.  Whether the asker may see the dossier is
// decided before (gate.h, receipt_secret.h).
#include <optional>
#include <string>
#include <string_view>

#include "base/json.h"
#include "calendar/language.h"
#include "casework/execute.h"
#include "casework/failure.h"
#include "casework/workplace.h"

namespace casework {

enum class Document {
  slip,          // form 01: receipt with the date of return
  supplement,    // form 02: request to supplement
  refusal,       // form 03: not taken in
  apology,       // form 04: a draft until it is signed
  stop,          // form 05: stopped or withdrawn
  control_slip,  // form 06: who had it and when, made from the events
  filing,        // copy of what was sent
  payment,       // counter fee slip of one receipt
  result,        // the result itself
};
// "slip", "supplement" …: as addresses and buttons name them.
[[nodiscard]] std::string_view to_text(Document document);
[[nodiscard]] std::optional<Document> find_document(std::string_view text);

// Covered: numbers, addresses and sensitive answers as on the screen (masking.h), and nothing that
// opens the tracking page.
enum class PrintedSight { whole, covered };

struct PrintedDocument {
  std::string bytes;
  std::string file_name;  // ASCII, "giay-hen-H41.99.01-260820-0126.pdf"
  std::string media_type =
      "application/pdf";  // another one for an attached result that is a picture
};

// Failure `not_allowed_now` ("document-not-there-yet") says what has to happen before; `not_found`
// ("receipt-not-found") for a payment that the dossier does not have.  `payment_receipt` is the
// number of the receipt or refund slip, for Document::payment only; empty: the last one.  Forms are
// Vietnamese; in English, and for an applicant who reads English, the slip also explains its date
// in English.
[[nodiscard]] Answer<PrintedDocument> print_document(
    Workplace& workplace, const OpenDossier& open, Document document,
    const std::string& payment_receipt = {},
    calendar::Language language = calendar::Language::vietnamese,
    PrintedSight sight = PrintedSight::whole);

// What print_document hands to the printer: template and fields.  For previews and tests.
struct DocumentContext {
  std::string template_id;
  calendar::Date on{};
  base::json::object fields;
};
[[nodiscard]] Answer<DocumentContext> document_context(
    Workplace& workplace, const OpenDossier& open, Document document,
    const std::string& payment_receipt = {},
    calendar::Language language = calendar::Language::vietnamese,
    PrintedSight sight = PrintedSight::whole);

// Where the holder of the receipt follows his dossier.  At most 120 bytes, so that a QR code with
// it reads at 2 cm; the secret stands behind the '#', which no server sees.
[[nodiscard]] std::string tracking_link(const Workplace& workplace, const OpenDossier& open);
// The same with the hash of the filing's leaf in the journal behind it: the content of the QR code.
// At least the first half of the hash, and as much of it as 120 bytes hold.
[[nodiscard]] std::string receipt_link(const Workplace& workplace, const OpenDossier& open);

}  // namespace casework
