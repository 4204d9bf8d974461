#include "casework/uploads.h"

#include <algorithm>
#include <array>

#include <boost/json.hpp>

#include "base/text.h"
#include "casework/file_address.h"
#include "casework/file_inspection.h"
#include "casework/file_seal.h"
#include "casework/view.h"

namespace casework {

namespace {

struct Ending {
  std::string_view media_type, ending;
};
constexpr std::array<Ending, 8> kEndings{
    {{"application/pdf", ".pdf"},
     {"image/jpeg", ".jpg"},
     {"image/png", ".png"},
     {"image/heic", ".heic"},
     {"application/zip", ".zip"},
     {"application/vnd.openxmlformats-officedocument.wordprocessingml.document", ".docx"},
     {"application/vnd.openxmlformats-officedocument.spreadsheetml.sheet", ".xlsx"},
     {"application/vnd.oasis.opendocument.text", ".odt"}}};

std::string_view ending_of(std::string_view media_type) {
  const auto found = std::ranges::find(kEndings, media_type, &Ending::media_type);
  return found == kEndings.end() ? std::string_view{} : found->ending;
}
bool is_known_ending(std::string_view ending) {
  return ending == ".jpeg" || ending == ".jpe" || ending == ".jfif" || ending == ".heif" ||
         std::ranges::find(kEndings, ending, &Ending::ending) != kEndings.end();
}

}  // namespace

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

std::string safe_file_name(std::string_view name, std::string_view media_type) {
  constexpr std::size_t kLongest = 180;
  // No folder, no character that another system takes for one, none that cannot be seen or that
  // turns the direction of reading.
  std::string safe = base::to_one_line(name);
  safe = safe.substr(safe.find_last_of("/\\") + 1);
  std::ranges::replace_if(
      safe, [](char c) { return std::string_view{"<>:\"|?*"}.find(c) != std::string_view::npos; },
      '_');
  const std::size_t dot = safe.rfind('.');
  std::string ending = dot == std::string::npos ? "" : safe.substr(dot);
  std::string stem = dot == std::string::npos ? safe : safe.substr(0, dot);
  // What is kept opens as what it is.
  const std::string_view right = ending_of(media_type);
  std::string lower = ending;
  std::ranges::transform(lower, lower.begin(), [](char c) {
    return c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c;
  });
  const bool fits = lower == right || (right == ".jpg" && lower == ".jpeg");
  if (!fits && is_known_ending(lower)) ending = right;
  if (!fits && !is_known_ending(lower)) {
    stem += ending;
    ending = right;
  }
  if (stem.size() > kLongest) stem.resize(kLongest);
  while (!stem.empty() && (!base::is_utf8(stem) || stem.back() == '.' || stem.back() == ' ')) {
    stem.pop_back();
  }
  stem.erase(0, std::min(stem.find_first_not_of(". "), stem.size()));
  return (stem.empty() ? std::string{"tep"} : stem) + ending;
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
  InspectedUpload inspected = TRY(workplace.inspector.inspect({.bytes = std::move(upload.bytes),
                                                               .name = upload.name,
                                                               .declared = upload.declared,
                                                               .procedure = upload.procedure,
                                                               .component = upload.component}));
  const bool is_remade = !inspected.converted_from.empty();
  const KeptUpload kept = TRY(keep_upload(
      workplace, inspected.bytes, is_remade ? std::string_view{original} : std::string_view{}));
  if (is_remade) {
    // The original may say where it was photographed: kept, but sealed.
    const std::string sealed =
        TRY_AS_FAILURE(seal_bytes(workplace.secrets, workplace.random, original));
    inspected.converted_from = converted_from_original(inspected.converted_from,
                                                       TRY_AS_FAILURE(workplace.files.put(sealed)));
  }
  FileRow row{.id = base::random_hex(workplace.random, 12),
              .name = safe_file_name(upload.name, inspected.media_type),
              .component = upload.component,
              .media_type = inspected.media_type,
              .converted_from = inspected.converted_from,
              .sha256 = kept.address,
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

Answer<base::json::object> taken_json(Workplace& workplace, const dossier::Attachment& attachment) {
  base::json::object json = attachment_json(attachment);
  json["inspection"] =
      inspection_json(TRY_AS_FAILURE(find_inspection(workplace, attachment.sha256)));
  return json;
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
  TRY(check_none_held(workplace, attachments));
  return attachments;
}

}  // namespace casework
