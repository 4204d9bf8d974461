#include "casework/piecewise_upload.h"

namespace casework {

namespace {

base::Failure<Failure> no_such_upload() {
  return fail(FailureKind::not_found, "upload-not-found",
              {"Không tìm thấy lượt tải lên này. Hãy tải tệp lên lại từ đầu.",
               "There is no such upload. Upload the file again from the beginning."});
}

base::Failure<Failure> too_long() {
  return fail(FailureKind::too_large, "upload-too-long",
              {"Tệp lớn hơn mức cho phép (tối đa 20 MB) hoặc dài hơn đã khai. Hãy giảm dung lượng "
               "rồi tải lên lại.",
               "The file is larger than allowed (20 MB at most) or longer than announced. Make it "
               "smaller and upload it again."});
}

base::Failure<Failure> at_another_offset() {
  return fail(FailureKind::not_allowed_now, "upload-offset",
              {"Phần gửi lên không nối tiếp phần đã có. Hãy hỏi lại vị trí rồi gửi tiếp từ đó.",
               "The piece does not follow what is there. Ask for the offset and go on from it."});
}

// The upload that was begun under that key before; whole, where it was taken meanwhile.
Answer<UploadRow> begun_before(Workplace& workplace, const UploadPlan& plan,
                               const RequestRecord& record, const RequestKey& request) {
  if (record.hash != request.hash) return key_reused_failure();
  auto row = find_upload(workplace, record.dossier_id);
  if (row || row.error().kind != FailureKind::not_found) return row;
  const auto taken = TRY(taken_upload(workplace, record.dossier_id));
  if (!taken.has_value()) return no_such_upload();
  return UploadRow{.id = record.dossier_id,
                   .owner = plan.owner,
                   .name = plan.name,
                   .component = plan.component,
                   .declared = plan.declared,
                   .size = plan.size,
                   .created_at = taken->uploaded_at,
                   .expires_at = taken->uploaded_at + kUploadLife,
                   .received = plan.size};
}

}  // namespace

Answer<UploadRow> begin_upload(Workplace& workplace, const UploadPlan& plan,
                               const RequestKey& request) {
  if (const auto before = TRY_AS_FAILURE(workplace.store.find_request(request))) {
    return begun_before(workplace, plan, *before, request);
  }
  if (plan.size > kUploadBytesMax) return too_long();
  const OpenUploads open = TRY_AS_FAILURE(workplace.store.open_uploads(plan.owner));
  if (open.of_owner >= kOpenUploadsMax) {
    return fail(FailureKind::unprocessable, "too-many-uploads",
                {"Đang có 10 tệp tải lên dở dang. Hãy hoàn tất hoặc bỏ bớt rồi thử lại.",
                 "Ten uploads are unfinished. Finish or drop some of them, then try again."});
  }
  const Instant now = TRY(workplace.clock.next());
  const UploadRow row{.id = base::random_hex(workplace.random, 16),
                      .owner = plan.owner,
                      .name = plan.name,
                      .component = plan.component,
                      .declared = plan.declared,
                      .size = plan.size,
                      .created_at = now,
                      .expires_at = now + kUploadLife};
  const auto saved = workplace.store.save_upload(row, request);
  if (!saved && saved.error().code == base::FaultCode::conflict) {
    const auto before = TRY_AS_FAILURE(workplace.store.find_request(request));
    if (before.has_value()) return begun_before(workplace, plan, *before, request);
  }
  if (!saved) return base::Failure{failure_from(saved.error())};
  return row;
}

Answer<UploadRow> find_upload(Workplace& workplace, const std::string& id) {
  const auto row = TRY_AS_FAILURE(workplace.store.find_upload(id));
  if (!row.has_value()) return no_such_upload();
  if (row->expires_at <= workplace.clock.now()) {
    return fail(FailureKind::gone, "upload-expired",
                {"Lượt tải lên đã quá 24 giờ nên không tiếp tục được. Hãy tải tệp lên lại từ đầu.",
                 "The upload is older than 24 hours and cannot go on. Upload the file again."});
  }
  return *row;
}

Answer<std::int64_t> append_to_upload(Workplace& workplace, const UploadRow& upload,
                                      std::int64_t offset, const PieceReader& next,
                                      UploadLedger& ledger, const UploadSender& sender) {
  if (offset != upload.received) return at_another_offset();
  if (upload.pieces >= kUploadPiecesMax) {
    return fail(FailureKind::unprocessable, "too-many-pieces",
                {"Tệp được gửi thành quá nhiều phần nhỏ. Hãy tải lên lại với các phần lớn hơn.",
                 "The file came in too many small pieces. Upload it again in larger ones."});
  }
  const auto sink = TRY_AS_FAILURE(workplace.files.open_sink());
  UploadPiece piece{.start = offset, .size = 0, .address = {}};
  for (;;) {
    const std::string bytes = TRY(next());
    if (bytes.empty()) break;
    piece.size += static_cast<std::int64_t>(bytes.size());
    if (offset + piece.size > upload.size) return too_long();
    TRY_AS_FAILURE(sink->append(bytes));
  }
  if (piece.size == 0) return offset;
  TRY(ledger.take(workplace, upload, sender, piece.size));
  const auto finish = [&]() -> base::Outcome<std::int64_t> {
    piece.address = TRY(sink->finish());
    return workplace.store.append_upload(upload.id, piece);
  };
  const auto appended = finish();
  if (appended) return *appended;
  ledger.give_back(upload.id, piece.size);
  if (appended.error().code == base::FaultCode::conflict) return at_another_offset();
  return base::Failure{failure_from(appended.error())};
}

Answer<Upload> gather_upload(Workplace& workplace, const UploadRow& upload) {
  if (upload.received != upload.size) {
    return fail(FailureKind::not_allowed_now, "upload-incomplete",
                {"Tệp chưa được gửi đủ. Hãy gửi tiếp phần còn thiếu.",
                 "The file is not complete. Send what is missing."});
  }
  Upload whole{.bytes = {},
               .name = upload.name,
               .declared = upload.declared,
               .component = upload.component,
               .owner = upload.owner};
  whole.bytes.reserve(static_cast<std::size_t>(upload.size));
  for (const UploadPiece& piece : TRY_AS_FAILURE(workplace.store.upload_pieces(upload.id))) {
    whole.bytes += TRY_AS_FAILURE(workplace.files.get(piece.address));
  }
  if (whole.bytes.size() != static_cast<std::size_t>(upload.size)) return no_such_upload();
  return whole;
}

RequestKey finish_key(const std::string& upload) {
  return {.key = "upload:" + upload, .hash = "upload:" + upload, .actor = "upload"};
}

Answer<std::optional<FileRow>> taken_upload(Workplace& workplace, const std::string& id) {
  const auto record = TRY_AS_FAILURE(workplace.store.find_request(finish_key(id)));
  if (!record.has_value()) return std::optional<FileRow>{};
  return TRY_AS_FAILURE(workplace.store.find_file(record->dossier_id));
}

Answer<base::Done> drop_upload(Workplace& workplace, const std::string& id) {
  TRY_AS_FAILURE(workplace.store.delete_upload(id));
  return base::Done{};
}

}  // namespace casework
