#include "dossier/refusal.h"

namespace dossier {

namespace {

struct Wording {
  std::string_view name;
  const char* vi;
  const char* en;
};

Wording wording(Refusal refusal) {
  switch (refusal) {
    case Refusal::already_filed:
      return {"already_filed", "Hồ sơ này đã được nộp. Hãy mở hồ sơ thay vì nộp lại.",
              "This dossier has been filed. Open it instead of filing again."};
    case Refusal::channel_not_offered:
      return {"channel_not_offered",
              "Thủ tục này không nhận hồ sơ qua kênh đã chọn. Hãy chọn kênh khác.",
              "This procedure cannot be filed through that channel. Choose another one."};
    case Refusal::answers_incomplete:
      return {"answers_incomplete",
              "Thông tin kê khai còn thiếu hoặc chưa đúng. Hãy sửa các mục được đánh dấu.",
              "Some answers are missing or wrong. Mend the marked ones."};
    case Refusal::not_eligible:
      return {"not_eligible",
              "Chưa đáp ứng yêu cầu, điều kiện của thủ tục. Xem lý do và điều luật ở các mục được "
              "đánh dấu.",
              "A condition of the procedure is not met. See the reason and the article at the "
              "marked items."};
    case Refusal::components_missing:
      return {"components_missing", "Hồ sơ còn thiếu giấy tờ. Hãy bổ sung các giấy tờ được nêu.",
              "Papers are missing. Add those that are named."};
    case Refusal::applicant_missing:
      return {"applicant_missing", "Chưa có tên người nộp hồ sơ. Hãy nhập họ và tên.",
              "The applicant's name is missing. Enter it."};
    case Refusal::not_yet_received:
      return {"not_yet_received", "Hồ sơ chưa được tiếp nhận. Hãy tiếp nhận trước.",
              "The dossier has not been received. Receive it first."};
    case Refusal::already_received:
      return {"already_received", "Hồ sơ đã được tiếp nhận trước đó. Hãy xử lý bước tiếp theo.",
              "The dossier was received before. Go on with its next step."};
    case Refusal::already_closed:
      return {"already_closed", "Hồ sơ đã kết thúc nên không thể thực hiện thao tác này.",
              "The dossier is closed, so this can no longer be done."};
    case Refusal::result_already_issued:
      return {"result_already_issued",
              "Kết quả đã được ban hành. Bước còn lại là trả kết quả cho người dân.",
              "The result has been issued. What is left is to return it."};
    case Refusal::no_result_yet:
      return {"no_result_yet", "Chưa có kết quả. Hãy ban hành kết quả trước khi trả.",
              "There is no result yet. Issue it before returning it."};
    case Refusal::awaiting_supplement:
      return {"awaiting_supplement",
              "Hồ sơ đang chờ người dân bổ sung. Hãy ghi nhận bổ sung trước.",
              "The dossier waits for the applicant's supplement. Record that first."};
    case Refusal::no_supplement_open:
      return {"no_supplement_open", "Hồ sơ không có yêu cầu bổ sung nào đang mở.",
              "Nothing has been asked of the applicant."};
    case Refusal::supplement_empty:
      return {"supplement_empty",
              "Chưa có nội dung bổ sung. Hãy đính kèm giấy tờ, sửa thông tin hoặc ghi chú.",
              "The supplement is empty. Attach a paper, change an answer or write a note."};
    case Refusal::second_supplement:
      return {"second_supplement",
              "Hồ sơ đã được yêu cầu bổ sung một lần (Nghị định 118/2025/NĐ-CP chỉ cho phép một "
              "lần). Yêu cầu lần nữa phải do người giám sát thực hiện và nêu lý do.",
              "A supplement was requested before (Decree 118/2025/NĐ-CP allows one request). "
              "Another one needs a supervisor and a reason."};
    case Refusal::nothing_asked:
      return {"nothing_asked", "Hãy nêu ít nhất một giấy tờ hoặc thông tin cần bổ sung.",
              "Name at least one paper or answer that is to be supplied."};
    case Refusal::reason_missing:
      return {"reason_missing", "Hãy nêu lý do cụ thể (ít nhất 5 ký tự) để người dân hiểu.",
              "Give a reason (at least 5 characters) that the applicant can understand."};
    case Refusal::task_not_open:
      return {"task_not_open", "Công việc này đã được xử lý hoặc đã chuyển đi. Hãy tải lại hồ sơ.",
              "This task is done or has moved on. Reload the dossier."};
    case Refusal::wrong_action:
      return {"wrong_action", "Công việc này phải được hoàn thành bằng thao tác khác.",
              "This task is completed by another action."};
    case Refusal::unknown_outcome:
      return {"unknown_outcome", "Bước này không có kết quả xử lý đã chọn. Hãy chọn lại.",
              "This step does not have that outcome. Choose one that it offers."};
    case Refusal::nothing_before:
      return {"nothing_before", "Không có bước trước để chuyển lại.",
              "There is no earlier step to go back to."};
    case Refusal::already_taken_up:
      return {"already_taken_up",
              "Hồ sơ đã được người tiếp theo xử lý nên không thể thu hồi. Hãy đề nghị chuyển lại.",
              "The next officer has begun, so it cannot be recalled. Ask to have it sent back."};
    case Refusal::not_yours:
      return {"not_yours", "Chỉ người đã chuyển hồ sơ mới thu hồi được.",
              "Only the officer who passed it on can recall it."};
    case Refusal::already_assigned:
      return {"already_assigned", "Công việc đã có người nhận. Muốn giao lại, hãy nêu lý do.",
              "Somebody has this task. To reassign it, give a reason."};
    case Refusal::unknown_field:
      return {"unknown_field", "Tờ khai không có mục này.", "The form has no such field."};
    case Refusal::nothing_changed:
      return {"nothing_changed", "Giá trị mới giống giá trị cũ.",
              "The new value is the same as the old one."};
    case Refusal::value_not_accepted:
      return {"value_not_accepted", "Giá trị mới không hợp lệ. Hãy sửa theo hướng dẫn.",
              "The new value is not valid. Mend it as told."};
    case Refusal::nothing_to_pay:
      return {"nothing_to_pay", "Số tiền lớn hơn số còn phải nộp.",
              "The amount is more than what is outstanding."};
    case Refusal::refund_too_large:
      return {"refund_too_large", "Số tiền hoàn lớn hơn số còn lại của biên lai.",
              "The refund is more than what is left of that receipt."};
    case Refusal::unknown_receipt:
      return {"unknown_receipt", "Hồ sơ không có biên lai này.",
              "This dossier has no such receipt."};
    case Refusal::fee_outstanding:
      return {"fee_outstanding", "Phí, lệ phí chưa nộp đủ. Hãy thu phí trước khi trả kết quả.",
              "The fee has not been paid in full. Take it before returning the result."};
    case Refusal::bad_amount:
      return {"bad_amount", "Số tiền phải là số nguyên dương, tính bằng đồng.",
              "An amount is a positive whole number of dong."};
    case Refusal::bad_method:
      return {"bad_method", "Hình thức đã chọn không hợp lệ.", "That method is not offered."};
    case Refusal::bad_score:
      return {"bad_score", "Điểm đánh giá từ 1 đến 5.", "A rating is from 1 to 5."};
    case Refusal::already_rated:
      return {"already_rated", "Hồ sơ này đã được đánh giá.", "This dossier has been rated."};
    case Refusal::not_rateable_yet:
      return {"not_rateable_yet", "Có thể đánh giá sau khi hồ sơ kết thúc.",
              "You can rate once the dossier has ended."};
    case Refusal::no_deadline:
      return {
          "no_deadline",
          "Không tính được hạn trả với lịch làm việc hiện có. Hãy báo quản trị viên.",
          "The due date cannot be computed with the office's calendar. Tell the administrator."};
    case Refusal::process_stuck:
      return {"process_stuck",
              "Quy trình không có bước tiếp theo cho trường hợp này. Hãy báo quản trị viên.",
              "The process has no way on for this case. Tell the administrator."};
    case Refusal::clock_already_paused:
      return {"clock_already_paused",
              "Thời hạn của hồ sơ đang tạm dừng. Hãy cho tính tiếp thời hạn trước.",
              "The dossier's time stands. Let it go on first."};
    case Refusal::paused_too_often:
      return {"paused_too_often",
              "Hồ sơ đã tạm dừng quá nhiều lần (50 lần). Hãy giải quyết tiếp, hoặc dừng hồ sơ.",
              "The dossier has been paused too often (50 times). Go on with it, or stop it."};
    case Refusal::clock_not_paused:
      return {"clock_not_paused", "Thời hạn của hồ sơ không tạm dừng.",
              "The dossier's time is not paused."};
    case Refusal::basis_missing:
      return {"basis_missing", "Hãy ghi căn cứ pháp lý cho phép tạm dừng tính thời hạn.",
              "Name the article that lets the time stand."};
    case Refusal::pause_without_end:
      return {"pause_without_end",
              "Hãy ghi ngày dự kiến kết thúc tạm dừng, từ hôm nay trở đi và không quá ba năm; hết "
              "ngày đó hệ thống sẽ nhắc.",
              "Give the day on which the pause is expected to end, from today on and within three "
              "years; a reminder follows it."};
    case Refusal::already_extended:
      return {"already_extended",
              "Hồ sơ đã được xin lỗi và hẹn lại một lần; không được hẹn lại lần nữa.",
              "An apology with a new date was given before; a date is put off only once."};
    case Refusal::new_date_missing:
      return {"new_date_missing", "Hãy chọn ngày hẹn trả mới.", "Choose the new date of return."};
    case Refusal::new_date_not_later:
      return {"new_date_not_later",
              "Ngày hẹn mới phải sau hạn trả cũ, không trước hôm nay và không quá một năm.",
              "The new date has to lie after the old one, not before today, and within a year."};
    case Refusal::new_date_off:
      return {"new_date_off", "Cơ quan không làm việc vào ngày hẹn mới. Hãy chọn ngày làm việc.",
              "The office does not work on the new date. Choose a working day."};
    case Refusal::nothing_escalated:
      return {"nothing_escalated", "Hồ sơ không có việc quá hạn nào đang chờ lãnh đạo xử lý.",
              "Nothing has been escalated."};
    case Refusal::not_closed_yet:
      return {"not_closed_yet",
              "Chỉ xóa được nội dung của hồ sơ đã kết thúc. Hãy chờ đến khi trả kết quả, dừng, rút "
              "hoặc từ chối hồ sơ.",
              "Only what a closed dossier says can be erased. Wait until it is returned, stopped, "
              "withdrawn or refused."};
    case Refusal::kept_by_law:
      return {"kept_by_law", "Hồ sơ còn trong thời hạn bảo quản nên chưa được xóa nội dung.",
              "The law has this dossier kept for longer; nothing may be erased yet."};
    case Refusal::already_erased:
      return {"already_erased", "Nội dung hồ sơ đã được xóa.", "The content is erased already."};
    case Refusal::erasure_needs_basis:
      return {"erasure_needs_basis",
              "Hãy ghi văn bản hoặc quyết định làm căn cứ xóa nội dung (ít nhất 5 ký tự).",
              "Name the act or decision by which the content is erased (at least 5 characters)."};
    case Refusal::same_revision:
      return {"same_revision", "Hồ sơ đang theo đúng phiên bản quy trình này. Không cần chuyển.",
              "The dossier goes by that revision already. Nothing has to be done."};
    case Refusal::revision_not_carried:
      return {"revision_not_carried",
              "Việc đang làm của hồ sơ không có chỗ tương ứng trong quy trình mới. Hãy chỉ ra bước "
              "thay thế, hoặc để hồ sơ theo quy trình cũ.",
              "What is being done has no place in the new process. Name the step that replaces it, "
              "or leave the dossier with the old process."};
    case Refusal::no_such_transport:
      return {"no_such_transport", "Hồ sơ không có lượt bàn giao này. Hãy tải lại hồ sơ.",
              "The dossier has no such transport. Load it again."};
    case Refusal::not_to_hand_over:
      return {"not_to_hand_over",
              "Lượt bàn giao này đã được người khác bàn giao hoặc đã kết thúc. Hãy tải lại danh "
              "sách.",
              "Somebody has handed this over already, or nothing is to be carried any more. Load "
              "the list again."};
    case Refusal::not_on_its_way:
      return {"not_on_its_way",
              "Lượt này chưa được bàn giao, hoặc đã có người nhận bàn giao rồi. Hãy tải lại danh "
              "sách.",
              "Nobody has handed this over yet, or somebody has taken it over already. Load the "
              "list again."};
    case Refusal::carrier_missing:
      return {"carrier_missing", "Hãy ghi người hoặc đơn vị vận chuyển giấy tờ.",
              "Say who carries the papers."};
    case Refusal::piece_unknown:
      return {"piece_unknown",
              "Giấy tờ này không có trong danh sách của lượt bàn giao. Chỉ giấy tờ trong danh sách "
              "mới được bàn giao.",
              "This paper is not on the list of the transport. Only what is listed travels."};
    case Refusal::piece_left_behind:
      return {"piece_left_behind", "Chưa bàn giao đủ giấy tờ trong danh sách. Hãy ghi lý do.",
              "Not everything on the list is handed over. Say why."};
    case Refusal::discrepancy_untold:
      return {"discrepancy_untold", "Có giấy tờ còn thiếu khi nhận. Hãy ghi rõ tình trạng.",
              "Something is missing. Say what is known of it."};
    case Refusal::result_on_its_way:
      return {"result_on_its_way",
              "Kết quả giấy chưa về đến nơi trả. Hãy nhận bàn giao kết quả trước, hoặc kết thúc "
              "lượt bàn giao nếu trả bằng bản điện tử.",
              "The result on paper is not here yet. Take it over first, or close the transport if "
              "it is returned on line."};
    case Refusal::papers_not_there:
      return {"papers_not_there",
              "Thủ tục này chỉ giải quyết khi có hồ sơ giấy. Hãy nhận bàn giao giấy tờ trước.",
              "This procedure is worked on only with the papers at hand. Take them over first."};
    case Refusal::deemed_accepted:
      return {"deemed_accepted",
              "Đã quá thời hạn và theo quy định hồ sơ được coi là chấp thuận; không thể dừng giải "
              "quyết. Hãy ban hành kết quả.",
              "The time has run out and the law counts the request as granted; it cannot be "
              "stopped. Issue the result."};
  }
  return {"", "", ""};
}

}  // namespace

std::string_view to_text(Refusal refusal) {
  return wording(refusal).name;
}

calendar::Bilingual explain(Refusal refusal) {
  const Wording words = wording(refusal);
  return {words.vi, words.en};
}

}  // namespace dossier
