#include "casework/uploads.h"

#include <algorithm>

#include "base/text.h"
#include "casework/file_address.h"

namespace casework {

dossier::Attachment attachment_of(const FileRow& row) {
  return {.id = row.id,
          .component = row.component,
          .name = row.name,
          .size = row.size,
          .media_type = row.media_type,
          .sha256 = row.sha256,
          .converted_from = row.converted_from,
          .uploaded_at = row.uploaded_at};
}

namespace {

Answer<dossier::Attachment> repeat(Workplace& workplace, const RequestRecord& record,
                                   const RequestKey& request) {
  if (record.hash != request.hash) return key_reused_failure();
  const auto row = TRY_AS_FAILURE(workplace.store.find_file(record.dossier_id));
  if (!row.has_value()) return key_reused_failure();
  return attachment_of(*row);
}

}  // namespace

Answer<dossier::Attachment> take_upload(Workplace& workplace, Upload upload,
                                        const RequestKey& request) {
  const InFlight in_flight(workplace.in_flight, request);
  if (!in_flight.mine()) return in_flight_failure();
  if (const auto before = TRY_AS_FAILURE(workplace.store.find_request(request))) {
    return repeat(workplace, *before, request);
  }
  const std::string original = upload.bytes;
  InspectedUpload inspected =
      TRY(workplace.inspector.inspect(std::move(upload.bytes), upload.name, upload.declared));
  if (!inspected.converted_from.empty()) {
    // The original is kept beside what it was converted to.
    const std::string sealed = TRY_AS_FAILURE(workplace.files.put(original));
    inspected.converted_from = converted_from_original(inspected.converted_from, sealed);
  }
  FileRow row{.id = base::random_hex(workplace.random, 12),
              .name = base::to_one_line(upload.name),
              .component = upload.component,
              .media_type = inspected.media_type,
              .converted_from = inspected.converted_from,
              .sha256 = TRY_AS_FAILURE(workplace.files.put(inspected.bytes)),
              .size = static_cast<std::int64_t>(inspected.bytes.size()),
              .owner = upload.owner,
              .uploaded_at = TRY(workplace.clock.next())};
  const auto saved = workplace.store.save_file(row, request);
  if (!saved && saved.error().code == base::FaultCode::conflict) {
    const auto before = TRY_AS_FAILURE(workplace.store.find_request(request));
    if (before.has_value()) return repeat(workplace, *before, request);
  }
  if (!saved) return base::Failure{failure_from(saved.error())};
  return attachment_of(row);
}

Answer<std::vector<dossier::Attachment>> attachments_by_id(Workplace& workplace,
                                                           const std::vector<std::string>& ids,
                                                           const std::vector<std::string>& owners) {
  std::vector<dossier::Attachment> attachments;
  if (ids.size() > 200) {
    return fail(FailureKind::unprocessable, "too-many-files",
                {"Một hồ sơ có tối đa 200 tệp.", "A dossier has at most 200 files."});
  }
  for (const std::string& id : ids) {
    const auto row = TRY_AS_FAILURE(workplace.store.find_file(id));
    if (!row.has_value() || std::ranges::find(owners, row->owner) == owners.end()) {
      return fail(FailureKind::unprocessable, "file-unknown",
                  {"Tệp " + id + " không tồn tại hoặc không thuộc hồ sơ này. Hãy tải lên lại.",
                   "File " + id + " does not exist or belongs elsewhere. Upload it again."});
    }
    attachments.push_back(attachment_of(*row));
  }
  return attachments;
}

}  // namespace casework
