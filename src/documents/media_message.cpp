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

// "PDF, JPEG và PNG".
std::string listed(std::vector<MediaType> types, std::string_view last) {
  if (types.empty()) types = InspectionRules{}.accepted;
  std::string text;
  for (std::size_t i = 0; i < types.size(); ++i) {
    if (i > 0) text += i + 1 == types.size() ? last : ", ";
    text += name_of(types[i]);
  }
  return text;
}

// " (“a/b.exe”)", for the place in a sentence after what it explains.
std::string quoted(const RefusedFile& refused) {
  return refused.detail.empty() ? std::string{} : " (“" + refused.detail + "”)";
}

struct RefusalWords {
  std::string_view code;
  std::string vi, en;
};

constexpr const char* kPrintVi =
    "Vui lòng mở tệp, chọn In rồi “Lưu thành PDF”, và tải bản PDF mới đó lên.";
constexpr const char* kPrintEn =
    "Please open it, choose Print and “Save as PDF”, and upload that new PDF.";

// What happened and why, then what to do.
RefusalWords words_of(const RefusedFile& refused) {
  const KindWords kind = words_of(refused.seems);
  const std::string vi(kind.vi);
  const std::string en(kind.en);
  switch (refused.refusal) {
    case FileRefusal::empty:
      return {"empty", "Tệp không có nội dung. Vui lòng tải lên lại.",
              "The file is empty. Please upload it again."};
    case FileRefusal::type_not_accepted:
      return {"type_not_accepted",
              "Đây là " + vi + ", giấy tờ này chỉ nhận " + listed(refused.accepted, " và ") +
                  ". Vui lòng lưu hoặc chụp lại theo một trong các định dạng này.",
              "This is " + en + "; only " + listed(refused.accepted, " and ") +
                  " are taken here. Please save or photograph it as one of these."};
    case FileRefusal::damaged:
      return {"damaged", "Tệp bị hỏng, không mở được như " + vi + ". Vui lòng quét hoặc chụp lại.",
              "The file is damaged and does not open as " + en + ". Please scan it again."};
    case FileRefusal::truncated:
      return {"truncated",
              "Tệp bị thiếu phần cuối, hoặc phía sau còn nội dung khác. Vui lòng tải lên lại.",
              "The end of the file is missing, or something else follows it. Please upload it "
              "again."};
    case FileRefusal::encrypted:
      return {"encrypted",
              "Tệp" + quoted(refused) +
                  " được đặt mật khẩu nên không kiểm tra được. Vui lòng lưu bản không có mật khẩu "
                  "rồi tải lên.",
              "The file" + quoted(refused) +
                  " has a password, so nobody can look at it. Please save it without one and "
                  "upload that."};
    case FileRefusal::no_pages:
      return {"no_pages", "Tệp PDF không có trang nào. Vui lòng quét lại.",
              "The PDF has no page. Please scan it again."};
    case FileRefusal::too_many_pages:
      return {
          "too_many_pages",
          "Tệp PDF có quá " + std::to_string(kPagesMax) + " trang. Vui lòng tách thành nhiều tệp.",
          "The PDF has more than " + std::to_string(kPagesMax) + " pages. Please split it."};
    case FileRefusal::too_many_pixels:
      return {"too_many_pixels",
              "Ảnh có quá nhiều điểm ảnh. Vui lòng quét ở độ phân giải thấp hơn (300 dpi là đủ), "
              "hoặc chụp lại ở cỡ thường.",
              "The picture has too many pixels. Please scan with fewer dpi (300 is enough), or "
              "photograph it in the ordinary size."};
    case FileRefusal::hidden_content:
      return {"hidden_content",
              "Trong tệp có ẩn nội dung khác" + quoted(refused) +
                  " nên không được nhận. Vui lòng quét hoặc chụp lại.",
              "Something else is hidden in the file" + quoted(refused) +
                  ", so it is not taken. Please scan it again."};
    case FileRefusal::active_content:
      return {"active_content",
              "Tệp PDF có phần tự chạy" + quoted(refused) +
                  ", có thể gây hại cho máy của người mở nên không được nhận. " + kPrintVi,
              "The PDF runs something" + quoted(refused) +
                  " that could harm whoever opens it, so it is not taken. " + kPrintEn};
    case FileRefusal::macros:
      return {"macros",
              "Trong tệp có macro (chương trình)" + quoted(refused) + " nên không được nhận. " +
                  kPrintVi,
              "The file has macros (a program)" + quoted(refused) + ", so it is not taken. " +
                  kPrintEn};
    case FileRefusal::remote_content:
      return {"remote_content",
              "Khi mở, tệp tự lấy nội dung từ nơi khác" + quoted(refused) +
                  " nên không được nhận. " + kPrintVi,
              "When opened, the file fetches something from elsewhere" + quoted(refused) +
                  ", so it is not taken. " + kPrintEn};
    case FileRefusal::too_demanding:
      return {"too_demanding",
              "Kiểm tra tệp cần quá nhiều bộ nhớ hoặc thời gian nên không được nhận; tệp có thể bị "
              "hỏng. Vui lòng quét hoặc chụp lại.",
              "Looking at the file takes too much memory or time, so it is not taken; it may be "
              "damaged. Please scan it again."};
    case FileRefusal::archive_inconsistent:
      return {"archive_inconsistent",
              "Tệp nén không nhất quán" + quoted(refused) +
                  ": mỗi chương trình sẽ mở ra một nội dung khác. Vui lòng nén lại bằng chương "
                  "trình khác, hoặc tải từng giấy tờ lên riêng.",
              "The archive contradicts itself" + quoted(refused) +
                  ": programs would open different things. Please make it anew with another "
                  "program, or upload the papers one by one."};
    case FileRefusal::archive_too_many_entries:
      return {"archive_too_many_entries",
              "Tệp nén chứa quá nhiều tệp. Vui lòng chia thành nhiều tệp nén nhỏ hơn.",
              "The archive holds too many files. Please split it."};
    case FileRefusal::archive_too_large:
      return {"archive_too_large",
              "Nội dung nén bên trong tệp quá lớn khi mở ra. Vui lòng chia nhỏ, hoặc tải từng giấy "
              "tờ lên riêng.",
              "What is packed in the file is too large when it is opened. Please split it, or "
              "upload the papers one by one."};
    case FileRefusal::archive_ratio:
      return {"archive_ratio",
              "Tệp nén mở ra lớn gấp quá nhiều lần kích thước của nó, giống như tệp dùng để làm "
              "treo máy, nên không được nhận. Vui lòng tải từng giấy tờ lên riêng.",
              "The archive opens to far more than its size, like files made to hang a computer, "
              "so it is not taken. Please upload the papers one by one."};
    case FileRefusal::archive_too_deep:
      return {"archive_too_deep",
              "Trong tệp nén có nhiều lớp tệp nén lồng nhau. Vui lòng mở ra và nén lại một lớp.",
              "There are archives within archives. Please unpack them and pack them once."};
    case FileRefusal::archive_unsafe_name:
      return {"archive_unsafe_name",
              "Trong tệp nén có tên tệp trỏ ra ngoài" + quoted(refused) +
                  " nên không được nhận. Vui lòng nén lại.",
              "The archive has a name that points outside of it" + quoted(refused) +
                  ", so it is not taken. Please pack it anew."};
    case FileRefusal::archive_link:
      return {"archive_link",
              "Trong tệp nén có liên kết thay cho tệp thật" + quoted(refused) +
                  " nên không được nhận. Vui lòng nén lại các tệp thật.",
              "The archive has a link in place of a file" + quoted(refused) +
                  ", so it is not taken. Please pack the files themselves."};
    case FileRefusal::archive_duplicate_name:
      return {"archive_duplicate_name",
              "Trong tệp nén có hai tệp trùng tên" + quoted(refused) +
                  ". Vui lòng đổi tên rồi nén lại.",
              "Two files in the archive have one name" + quoted(refused) +
                  ". Please rename one and pack it anew."};
    case FileRefusal::archive_member:
      return {"archive_member",
              "Bên trong có một tệp không được nhận" + quoted(refused) + ": " + vi +
                  ". Vui lòng bỏ tệp đó ra rồi tải lên lại.",
              "A file inside is not taken" + quoted(refused) + ": " + en +
                  ". Please remove it and upload again."};
  }
  return {"damaged", "Tệp không được nhận.", "The file is not taken."};
}

}  // namespace

std::string_view code_of(ContentKind kind) {
  return words_of(kind).code;
}

std::string_view code_of(FileRefusal refusal) {
  return words_of(RefusedFile{.refusal = refusal}).code;
}

std::string message_vi(const RefusedFile& refused) {
  return words_of(refused).vi;
}

std::string message_en(const RefusedFile& refused) {
  return words_of(refused).en;
}

}  // namespace documents
