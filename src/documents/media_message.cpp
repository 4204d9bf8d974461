#include "documents/media_type.h"

namespace documents {
namespace {

struct KindWords {
  std::string_view code, vi, en;
};

KindWords words_of(ContentKind kind) {
  switch (kind) {
    case ContentKind::empty:
      return {"empty", "tệp rỗng", "an empty file"};
    case ContentKind::pdf:
      return {"pdf", "tệp PDF", "a PDF"};
    case ContentKind::jpeg:
      return {"jpeg", "ảnh JPEG", "a JPEG picture"};
    case ContentKind::png:
      return {"png", "ảnh PNG", "a PNG picture"};
    case ContentKind::heic:
      return {"heic", "ảnh HEIC", "a HEIC picture"};
    case ContentKind::gif:
      return {"gif", "ảnh GIF", "a GIF picture"};
    case ContentKind::webp:
      return {"webp", "ảnh WebP", "a WebP picture"};
    case ContentKind::tiff:
      return {"tiff", "ảnh TIFF", "a TIFF picture"};
    case ContentKind::bitmap:
      return {"bitmap", "ảnh BMP", "a BMP picture"};
    case ContentKind::video:
      return {"video", "đoạn phim", "a video"};
    case ContentKind::word:
      return {"word", "văn bản Word", "a Word document"};
    case ContentKind::spreadsheet:
      return {"spreadsheet", "bảng tính Excel", "an Excel sheet"};
    case ContentKind::slides:
      return {"slides", "bài trình chiếu", "a slide show"};
    case ContentKind::open_document:
      return {"open_document", "văn bản OpenDocument", "an OpenDocument file"};
    case ContentKind::zip:
      return {"zip", "tệp nén ZIP", "a ZIP archive"};
    case ContentKind::archive:
      return {"archive", "tệp nén", "an archive"};
    case ContentKind::old_office:
      return {"old_office", "tài liệu Office đời cũ", "an old Office document"};
    case ContentKind::executable:
      return {"executable", "chương trình máy tính", "a program"};
    case ContentKind::script:
      return {"script", "tập lệnh", "a script"};
    case ContentKind::html:
      return {"html", "trang web", "a web page"};
    case ContentKind::svg:
      return {"svg", "ảnh SVG", "an SVG picture"};
    case ContentKind::xml:
      return {"xml", "tệp XML", "an XML file"};
    case ContentKind::text:
      return {"text", "tệp văn bản thuần", "plain text"};
    case ContentKind::unknown:
      return {"unknown", "loại tệp không rõ", "a file of unknown kind"};
  }
  return {"unknown", "loại tệp không rõ", "a file of unknown kind"};
}

}  // namespace

std::string_view code_of(ContentKind kind) {
  return words_of(kind).code;
}

std::string_view code_of(FileRefusal refusal) {
  switch (refusal) {
    case FileRefusal::empty:
      return "empty";
    case FileRefusal::type_not_accepted:
      return "type_not_accepted";
    case FileRefusal::damaged:
      return "damaged";
    case FileRefusal::truncated:
      return "truncated";
    case FileRefusal::encrypted:
      return "encrypted";
    case FileRefusal::no_pages:
      return "no_pages";
    case FileRefusal::too_many_pages:
      return "too_many_pages";
    case FileRefusal::too_many_pixels:
      return "too_many_pixels";
    case FileRefusal::hidden_content:
      return "hidden_content";
  }
  return "damaged";
}

std::string message_vi(const RefusedFile& refused) {
  const std::string kind(words_of(refused.seems).vi);
  switch (refused.refusal) {
    case FileRefusal::empty:
      return "Tệp không có nội dung. Vui lòng tải lên lại.";
    case FileRefusal::type_not_accepted:
      return "Đây là " + kind +
             ", hệ thống chỉ nhận PDF, JPEG, PNG và HEIC. Vui lòng lưu hoặc chụp lại theo một "
             "trong các định dạng này.";
    case FileRefusal::damaged:
      return "Tệp bị hỏng, không mở được như " + kind + ". Vui lòng quét hoặc chụp lại.";
    case FileRefusal::truncated:
      return "Tệp bị thiếu phần cuối. Vui lòng tải lên lại.";
    case FileRefusal::encrypted:
      return "Tệp PDF được đặt mật khẩu. Vui lòng lưu bản không có mật khẩu rồi tải lên.";
    case FileRefusal::no_pages:
      return "Tệp PDF không có trang nào.";
    case FileRefusal::too_many_pages:
      return "Tệp PDF có quá " + std::to_string(kPagesMax) +
             " trang. Vui lòng tách thành nhiều tệp.";
    case FileRefusal::too_many_pixels:
      return "Ảnh quá lớn (trên 60 triệu điểm ảnh). Vui lòng quét ở độ phân giải thấp hơn.";
    case FileRefusal::hidden_content:
      return "Trong tệp có ẩn một tệp khác nên không được nhận. Vui lòng quét hoặc chụp lại.";
  }
  return "Tệp không được nhận.";
}

std::string message_en(const RefusedFile& refused) {
  const std::string kind(words_of(refused.seems).en);
  switch (refused.refusal) {
    case FileRefusal::empty:
      return "The file is empty. Please upload it again.";
    case FileRefusal::type_not_accepted:
      return "This is " + kind +
             "; only PDF, JPEG, PNG and HEIC are taken. Please save or photograph it as one of "
             "these.";
    case FileRefusal::damaged:
      return "The file is damaged and does not open as " + kind + ". Please scan it again.";
    case FileRefusal::truncated:
      return "The end of the file is missing. Please upload it again.";
    case FileRefusal::encrypted:
      return "The PDF has a password. Please save it without one and upload that.";
    case FileRefusal::no_pages:
      return "The PDF has no page.";
    case FileRefusal::too_many_pages:
      return "The PDF has more than " + std::to_string(kPagesMax) + " pages. Please split it.";
    case FileRefusal::too_many_pixels:
      return "The picture is too large (over 60 million pixels). Please scan with fewer dpi.";
    case FileRefusal::hidden_content:
      return "Another file is hidden inside, so it is not taken. Please scan it again.";
  }
  return "The file is not taken.";
}

}  // namespace documents
