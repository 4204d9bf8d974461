#pragma once
// piecewise_upload.h - a paper that arrives in pieces, goes on after a lost line, and then is taken
// like any other.
//
// A piece is durable in the file store before its row is; the offset of an upload is what its rows
// add up to, so it survives a restart, and a piece that was sent twice is refused by its offset.
// Pieces of uploads that are finished or expired are named by nothing and collected
// (casework/garbage.h).  The finished upload is judged by content exactly as one sent at once.
#include <functional>
#include <string>

#include "casework/upload_ledger.h"
#include "casework/uploads.h"

namespace casework {

inline constexpr std::int64_t kUploadBytesMax = 20LL * 1024 * 1024;
inline constexpr std::chrono::hours kUploadLife{24};
inline constexpr std::int64_t kOpenUploadsMax = 10;  // of one owner
inline constexpr std::int64_t kUploadPiecesMax = 1024;

// What is begun; owner as of an Upload.
struct UploadPlan {
  std::int64_t size = 0;
  std::string name;
  std::string declared;
  std::string component;
  std::string owner;
};

// The same request begins one upload; answered whole where it was taken already.
[[nodiscard]] Answer<UploadRow> begin_upload(Workplace& workplace, const UploadPlan& plan,
                                             const RequestKey& request);
// Failure `not_found`; `gone` when it expired.
[[nodiscard]] Answer<UploadRow> find_upload(Workplace& workplace, const std::string& id);

// The bytes of one piece, bit by bit; empty: its end.
using PieceReader = std::function<Answer<std::string>()>;
// The new offset, durable.  `upload-offset` (not_allowed_now) when the upload is not at `offset`;
// nothing is read then.  `uploads-full`, `uploads-full-here` (full) where the sender has no room.
[[nodiscard]] Answer<std::int64_t> append_to_upload(Workplace& workplace, const UploadRow& upload,
                                                    std::int64_t offset, const PieceReader& next,
                                                    UploadLedger& ledger,
                                                    const UploadSender& sender);

// What it amounts to; `upload-incomplete` (not_allowed_now) while bytes are missing.
[[nodiscard]] Answer<Upload> gather_upload(Workplace& workplace, const UploadRow& upload);
// The key under which the finished upload is taken, whoever asks and how often.
[[nodiscard]] RequestKey finish_key(const std::string& upload);
// What became of an upload that was taken already, by its id; nothing when it was not.
[[nodiscard]] Answer<std::optional<FileRow>> taken_upload(Workplace& workplace,
                                                          const std::string& id);
[[nodiscard]] Answer<base::Done> drop_upload(Workplace& workplace, const std::string& id);

}  // namespace casework
