// draft_words.cpp - why there is no draft, and what a draft is not sure of, in words.
#include "catalogue/draft.h"

namespace catalogue {

std::string_view to_text(DraftRefusal refusal) {
  switch (refusal) {
    case DraftRefusal::no_page:
      return "no-page";
    case DraftRefusal::bad_code:
      return "bad-code";
    case DraftRefusal::no_name:
      return "no-name";
    case DraftRefusal::other_tier:
      return "other-tier";
    case DraftRefusal::no_channel:
      return "no-channel";
    case DraftRefusal::not_accepted:
      return "not-accepted";
  }
  return "";
}

std::string_view to_text(DraftDoubt doubt) {
  switch (doubt) {
    case DraftDoubt::limit_assumed:
      return "limit-assumed";
    case DraftDoubt::limit_of_others:
      return "limit-of-others";
    case DraftDoubt::limit_of_several:
      return "limit-of-several";
    case DraftDoubt::agency_unregistered:
      return "agency-unregistered";
    case DraftDoubt::fee_unknown:
      return "fee-unknown";
    case DraftDoubt::fee_in_other_money:
      return "fee-in-other-money";
    case DraftDoubt::result_without_code:
      return "result-without-code";
    case DraftDoubt::no_result:
      return "no-result";
    case DraftDoubt::no_legal_basis:
      return "no-legal-basis";
    case DraftDoubt::instructions_noted:
      return "instructions-noted";
    case DraftDoubt::texts_shortened:
      return "texts-shortened";
  }
  return "";
}

Bilingual in_words(DraftDoubt doubt) {
  switch (doubt) {
    case DraftDoubt::limit_assumed:
      return {"Không hiểu được thời hạn công bố; bản nháp dùng giá trị tạm.",
              "No published limit was understood; one stands in."};
    case DraftDoubt::limit_of_others:
      return {"Một cách nộp không nêu thời hạn; bản nháp dùng thời hạn của cách nộp khác.",
              "A channel states no limit; that of the others stands in."};
    case DraftDoubt::limit_of_several:
      return {"Một cách nộp nêu nhiều thời hạn; bản nháp hẹn theo thời hạn ngắn nhất.",
              "One channel states several limits; the shortest is promised."};
    case DraftDoubt::agency_unregistered:
      return {"Cơ quan giải quyết chưa có trong danh mục tổ chức; cơ quan khác tạm thay.",
              "Who decides is not in the register of agencies; another stands in."};
    case DraftDoubt::fee_unknown:
      return {"Chưa biết mức phí, lệ phí; 0 đồng là giá trị ví dụ cho đến khi ghi mức đúng.",
              "The fee is not known; 0 dong is an example value until the right one is entered."};
    case DraftDoubt::fee_in_other_money:
      return {
          "Phí công bố bằng ngoại tệ; 0 đồng là giá trị ví dụ cho đến khi quy đổi.",
          "The fee is published in another currency; 0 dong is an example value until converted."};
    case DraftDoubt::result_without_code:
      return {"Kết quả chưa có mã trong danh mục quốc gia; mã CHUA-CO-MA là mã tạm.",
              "A result has no code of the national list; CHUA-CO-MA stands in."};
    case DraftDoubt::no_result:
      return {"Trang công bố không nêu kết quả giải quyết.", "The page names no result."};
    case DraftDoubt::no_legal_basis:
      return {"Trang công bố không nêu căn cứ pháp lý; ghi tạm quyết định công bố.",
              "The page names no legal basis; the decision that published it stands in."};
    case DraftDoubt::instructions_noted:
      return {"Hướng dẫn đứng lẫn trong thành phần hồ sơ đã chuyển thành ghi chú.",
              "Instructions among the papers have become notes."};
    case DraftDoubt::texts_shortened:
      return {"Có văn bản công bố quá dài, đã rút ngắn.", "A published text was shortened."};
  }
  return {};
}

bool holds_publication(DraftDoubt doubt) {
  return doubt == DraftDoubt::limit_assumed || doubt == DraftDoubt::agency_unregistered;
}

Bilingual in_words(DraftRefusal refusal) {
  switch (refusal) {
    case DraftRefusal::no_page:
      return {"Chỉ có trong danh sách, chưa có trang thủ tục; hãy nhập trang chi tiết.",
              "Known from a list only; import its page."};
    case DraftRefusal::bad_code:
      return {"Mã thủ tục không đúng dạng 1.001193.", "The code is not of the form 1.001193."};
    case DraftRefusal::no_name:
      return {"Trang công bố không có tên thủ tục.", "The page has no name."};
    case DraftRefusal::other_tier:
      return {"Không thực hiện ở cấp này.", "Not done at this level."};
    case DraftRefusal::no_channel:
      return {"Trang công bố không nêu cách nộp hồ sơ.", "The page names no way to file."};
    case DraftRefusal::not_accepted:
      return {"Gói lập ra không qua được kiểm tra.", "The package made of it fails the checks."};
  }
  return {};
}

}  // namespace catalogue
