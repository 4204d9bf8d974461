#include "casework/printing.h"

#include <algorithm>
#include <array>

#include <boost/json.hpp>

#include "casework/file_inspection.h"
#include "casework/masking.h"
#include "casework/printing_context.h"
#include "casework/projection.h"
#include "casework/sealing.h"
#include "dossier/passing_time.h"
#include "journal/line_reader.h"

namespace casework {

namespace {

using dossier::EventRecord;

struct DocumentName {
  Document document;
  std::string_view text;
  std::string_view file;
};
constexpr std::array<DocumentName, 9> kNames{{
    {Document::slip, "slip", "giay-hen"},
    {Document::supplement, "supplement", "yeu-cau-bo-sung"},
    {Document::refusal, "refusal", "tu-choi-tiep-nhan"},
    {Document::apology, "apology", "xin-loi"},
    {Document::stop, "stop", "dung-giai-quyet"},
    {Document::control_slip, "control-slip", "phieu-kiem-soat"},
    {Document::filing, "filing", "ban-sao-ho-so"},
    {Document::payment, "payment", "phieu-thu"},
    {Document::result, "result", "ket-qua"},
}};

const DocumentName& name_of(Document document) {
  return *std::ranges::find(kNames, document, &DocumentName::document);
}

base::Failure<Failure> not_yet(std::string vi, std::string en) {
  return fail(FailureKind::not_allowed_now, "document-not-there-yet",
              {std::move(vi), std::move(en)});
}

Answer<Printing> open_printing(Workplace& workplace, const OpenDossier& open, PrintedSight sight) {
  if (open.dossier.erased) {
    return fail(FailureKind::not_allowed_now, "content-erased",
                {"Nội dung hồ sơ đã được xóa khi hết thời hạn bảo quản nên không in được nữa.",
                 "What the dossier said was erased when its retention was over; nothing can be "
                 "printed."});
  }
  Printing printing{.workplace = workplace, .open = open, .records = {}, .sight = sight};
  const auto stored = TRY_AS_FAILURE(workplace.store.events(open.id, open.dossier.version));
  printing.records.reserve(stored.size());
  for (const StoredEvent& one : stored) {
    dossier::EventRecord record = TRY_AS_FAILURE(read_record(one));
    if (sight == PrintedSight::covered) mask_event(record.event, *open.procedure);
    printing.records.push_back(std::move(record));
  }
  return printing;
}

Answer<DocumentContext> payment_of(const Printing& printing, const std::string& receipt) {
  const auto& payments = printing.dossier().payments;
  if (payments.empty()) {
    return not_yet("Hồ sơ này chưa thu phí, lệ phí nên chưa có phiếu thu. Thu phí trước rồi in.",
                   "No fee has been taken for this dossier. Record the payment first.");
  }
  const dossier::Payment* wanted = receipt.empty() ? &payments.back() : nullptr;
  for (const dossier::Payment& one : payments) {
    if (!receipt.empty() && one.receipt == receipt) wanted = &one;
  }
  // The slip of a refund is that of its payment, which tells what was given back.
  if (wanted != nullptr && wanted->refund) {
    const std::string paid = wanted->refunded_receipt;
    wanted = nullptr;
    for (const dossier::Payment& one : payments) {
      if (!one.refund && one.receipt == paid) wanted = &one;
    }
  }
  if (wanted == nullptr) {
    return fail(FailureKind::not_found, "receipt-not-found",
                {"Hồ sơ không có phiếu thu số " + receipt + ".",
                 "The dossier has no receipt " + receipt + "."});
  }
  return payment_context(printing, *wanted);
}

// The draft that waits comes first; else what was signed last.
Answer<DocumentContext> apology_of(const Printing& printing) {
  const EventRecord* signed_one = printing.last<dossier::ApologySigned>();
  if (dossier::pending_apology(printing.dossier()) != nullptr) {
    return apology_context(printing, nullptr);
  }
  if (signed_one != nullptr) return apology_context(printing, signed_one);
  return not_yet("Hồ sơ chưa có phiếu xin lỗi. Lập dự thảo phiếu xin lỗi và đề nghị gia hạn trước.",
                 "There is no apology for this dossier. Draft one first.");
}

Answer<DocumentContext> context_of(const Printing& printing, Document document,
                                   const std::string& receipt, calendar::Language language) {
  const dossier::Dossier& dossier = printing.dossier();
  switch (document) {
    case Document::slip:
      if (!dossier.received_at.has_value()) {
        return not_yet("Hồ sơ chưa được tiếp nhận nên chưa có giấy hẹn. Tiếp nhận hồ sơ trước.",
                       "The dossier has not been received yet. Receive it first.");
      }
      return slip_context(printing, language);
    case Document::supplement:
      if (const EventRecord* asked = printing.last<dossier::SupplementRequested>()) {
        return supplement_context(printing, *asked);
      }
      return not_yet("Hồ sơ chưa có yêu cầu bổ sung. Lập yêu cầu bổ sung trước.",
                     "No supplement has been requested. Request it first.");
    case Document::refusal:
      if (const EventRecord* refused = printing.last<dossier::Refused>()) {
        return refusal_context(printing, *refused);
      }
      return not_yet("Hồ sơ không bị từ chối tiếp nhận nên không có phiếu từ chối.",
                     "The dossier was not refused; there is no refusal to print.");
    case Document::apology:
      return apology_of(printing);
    case Document::control_slip:
      if (!dossier.received_at.has_value()) {
        return not_yet(
            "Hồ sơ chưa được tiếp nhận nên chưa có phiếu kiểm soát. Tiếp nhận hồ sơ trước.",
            "The dossier has not been received yet. Receive it first.");
      }
      return control_slip_context(printing);
    case Document::stop: {
      const EventRecord* ended = printing.last<dossier::Stopped>();
      if (ended == nullptr) ended = printing.last<dossier::Withdrawn>();
      if (ended != nullptr) return stop_context(printing, *ended);
      return not_yet("Hồ sơ chưa dừng giải quyết và chưa được rút. Dừng hoặc cho rút hồ sơ trước.",
                     "The dossier was neither stopped nor withdrawn. Do that first.");
    }
    case Document::filing:
      return filing_context(printing);
    case Document::payment:
      return payment_of(printing, receipt);
    case Document::result:
      if (!dossier.result.has_value()) {
        return not_yet("Hồ sơ chưa có kết quả. Ban hành kết quả trước.",
                       "There is no result yet. Issue it first.");
      }
      return result_context(printing);
  }
  return fail(FailureKind::not_found, "document-unknown", {});
}

// An attached result is handed out as it was signed.
Answer<PrintedDocument> attached(Workplace& workplace, const dossier::Attachment& file,
                                 const std::string& name) {
  PrintedDocument document;
  TRY(check_released(workplace, file.sha256));
  document.bytes = TRY_AS_FAILURE(workplace.files.get(file.sha256));
  document.media_type = file.media_type;
  std::string ending = ".pdf";
  if (file.media_type == "image/jpeg") ending = ".jpg";
  if (file.media_type == "image/png") ending = ".png";
  document.file_name = name + ending;
  return document;
}

}  // namespace

namespace {

// What proves the filing goes along with the receipt, once a signed head covers it.  That it was
// and when, not what it said: receipts are shown to many.
Answer<std::string> with_proof(Workplace& workplace, const OpenDossier& open, std::string pdf) {
  const auto proof = prove(workplace.store, workplace.journal.tenant, open.id, 1, false);
  if (!proof || !proof->has_value()) return pdf;
  return TRY_AS_FAILURE(workplace.printer.attach(
      pdf, {.name = "proof.motcua",
            .media_type = "application/vnd.motcua.proof",
            .description = "Bằng chứng thời điểm nộp hồ sơ / proof of the filing",
            .bytes = journal::proof_file_text(**proof)}));
}

}  // namespace

std::string_view to_text(Document document) {
  return name_of(document).text;
}

std::optional<Document> find_document(std::string_view text) {
  const auto found = std::ranges::find(kNames, text, &DocumentName::text);
  if (found == kNames.end()) return std::nullopt;
  return found->document;
}

std::string tracking_link(const Workplace& workplace, const OpenDossier& open) {
  return workplace.public_url + "/theo-doi#" + open.dossier.code + "." +
         workplace.secrets.of_dossier(open.id);
}

std::string receipt_link(const Workplace& workplace, const OpenDossier& open) {
  constexpr std::size_t kLongest = 120;
  constexpr std::size_t kHalf = 22;  // 16 bytes of the hash
  std::string link = tracking_link(workplace, open);
  const auto leaf = workplace.store.find_leaf(open.id, 1);
  if (!leaf || !leaf->has_value()) return link;
  std::string hash = journal::to_base64((*leaf)->hash);
  hash.erase(hash.find_last_not_of('=') + 1);
  std::ranges::replace(hash, '+', '-');
  std::ranges::replace(hash, '/', '_');
  const std::size_t room = link.size() + 1 < kLongest ? kLongest - link.size() - 1 : 0;
  if (room >= kHalf) link += "." + hash.substr(0, room >= hash.size() ? hash.size() : kHalf);
  return link;
}

namespace {

Answer<DocumentContext> seen_context(Workplace& workplace, const OpenDossier& open,
                                     Document document, const std::string& payment_receipt,
                                     calendar::Language language, PrintedSight sight) {
  const Printing printing = TRY(open_printing(workplace, open, sight));
  return context_of(printing, document, payment_receipt, language);
}

}  // namespace

Answer<DocumentContext> document_context(Workplace& workplace, const OpenDossier& open,
                                         Document document, const std::string& payment_receipt,
                                         calendar::Language language, PrintedSight sight) {
  if (sight == PrintedSight::whole) {
    return seen_context(workplace, open, document, payment_receipt, language, sight);
  }
  OpenDossier covered = open;
  mask_persons_and_answers(covered.dossier, *open.procedure);
  return seen_context(workplace, covered, document, payment_receipt, language, sight);
}

Answer<PrintedDocument> print_document(Workplace& workplace, const OpenDossier& open,
                                       Document document, const std::string& payment_receipt,
                                       calendar::Language language, PrintedSight sight) {
  const std::string name = std::string{name_of(document).file} + "-" + open.dossier.code;
  if (document == Document::result && open.dossier.result.has_value() &&
      open.dossier.result->file.has_value()) {
    return attached(workplace, *open.dossier.result->file, name);
  }
  DocumentContext context =
      TRY(document_context(workplace, open, document, payment_receipt, language, sight));
  PrintedDocument printed;
  printed.bytes = TRY_AS_FAILURE(workplace.printer.print(
      context.template_id, context.on, base::json::value(std::move(context.fields))));
  printed.file_name = name + ".pdf";
  if (document == Document::slip || document == Document::filing) {
    printed.bytes = TRY(with_proof(workplace, open, std::move(printed.bytes)));
  }
  return printed;
}

}  // namespace casework
