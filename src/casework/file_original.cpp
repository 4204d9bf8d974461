#include "casework/file_original.h"

#include "base/text.h"
#include "casework/file_address.h"
#include "casework/file_inspection.h"
#include "casework/file_seal.h"
#include "casework/gate.h"
#include "casework/uploads.h"

namespace casework {

namespace {

constexpr std::size_t kReasonBytesMax = 1000;

// Scanned as it leaves: what is kept was scanned, this need not have been.
Answer<base::Done> check_harmless(Workplace& workplace, const std::string& bytes) {
  if (workplace.scanner == nullptr) return base::Done{};
  const auto verdict = workplace.scanner->scan(bytes);
  if (!verdict) {
    return fail(FailureKind::not_allowed_now, "file-being-checked",
                {"Chương trình quét mã độc không trả lời nên chưa mở được bản gốc. Hãy thử lại sau "
                 "ít phút.",
                 "The scanner for malicious code does not answer, so the original cannot be "
                 "opened. Please try again in a few minutes."});
  }
  if (!verdict->infected) return base::Done{};
  return fail(FailureKind::not_allowed_now, "file-held-back",
              {"Bản gốc có mã độc nên không mở được. Bản vẽ lại vẫn dùng được bình thường.",
               "The original carries malicious code and cannot be opened. The copy drawn from it "
               "is harmless."});
}

}  // namespace

Answer<OriginalFile> open_original(Workplace& workplace, const party::Officer& officer,
                                   const OpenDossier& open, const std::string& file,
                                   const std::string& reason) {
  TRY(require(may_at_any_part(officer, party::Action::assign_task, *open.procedure, open.dossier,
                              workplace.clock.now())));
  const dossier::Attachment* one = open.dossier.find_attachment(file);
  const std::string address = one == nullptr ? "" : original_in(one->converted_from);
  if (address.empty()) {
    return fail(
        FailureKind::not_found, "original-not-found",
        {"Tệp này không có bản gốc được giữ riêng.", "No original of this file is kept apart."});
  }
  const std::string why = base::to_one_line(reason);
  if (why.empty() || why.size() > kReasonBytesMax) {
    return fail(FailureKind::unprocessable, "reason-missing",
                {"Hãy ghi lý do mở bản gốc (tối đa 300 chữ).",
                 "Say why the original is opened (300 letters at most)."});
  }
  const std::string kept = TRY_AS_FAILURE(workplace.files.get(address));
  OriginalFile original;
  // Those from before originals were sealed are as they came.
  original.bytes = is_sealed(kept) ? TRY_AS_FAILURE(unseal_bytes(workplace.secrets, kept)) : kept;
  TRY(check_harmless(workplace, original.bytes));
  original.media_type = one->converted_from.substr(0, one->converted_from.find(';'));
  original.name = safe_file_name(one->name, original.media_type);
  TRY_AS_FAILURE(workplace.accesses->record(workplace.store, {.at = workplace.clock.now(),
                                                              .actor = actor_of(officer),
                                                              .dossier = open.id,
                                                              .what = "original:" + one->id,
                                                              .why = why}));
  return original;
}

}  // namespace casework
