#include "casework/failure.h"

#include <algorithm>
#include <utility>

namespace casework {

base::Failure<Failure> fail(FailureKind kind, std::string code, Bilingual detail) {
  return base::Failure{Failure{kind, std::move(code), std::move(detail), {}, 0, 0}};
}

Failure failure_from(const base::Fault& fault) {
  switch (fault.code) {
    case base::FaultCode::not_found:
      return {FailureKind::not_found,
              "not-found",
              {"Không tìm thấy nội dung được yêu cầu.", "What was asked for does not exist."}};
    case base::FaultCode::exhausted:
      return {
          FailureKind::full,
          "storage-full",
          {"Máy chủ đã hết dung lượng lưu trữ nên chưa ghi được. Chưa có gì thay đổi; hãy báo "
           "quản trị viên và thử lại sau.",
           "The server has no room left, so nothing was written. Tell the administrator and try "
           "again later."}};
    case base::FaultCode::unavailable:
    case base::FaultCode::deadline_exceeded:
    case base::FaultCode::conflict:
      return {FailureKind::unavailable,
              "busy",
              {"Hệ thống đang bận nên chưa ghi được. Chưa có gì thay đổi; hãy thử lại sau ít giây.",
               "The system is busy and nothing was written. Try again in a few seconds."},
              {},
              0,
              2};
    case base::FaultCode::invalid:
    case base::FaultCode::corrupt:
    case base::FaultCode::internal:
      break;
  }
  return {
      FailureKind::unavailable,
      "internal",
      {"Hệ thống gặp lỗi nên chưa thực hiện được. Lỗi đã được ghi lại; hãy thử lại, nếu vẫn lỗi "
       "hãy báo quản trị viên.",
       "The system failed and did nothing. The fault was logged; try again, and tell the "
       "administrator if it happens again."},
      {},
      0,
      5};
}

Failure failure_from(const dossier::Objection& objection) {
  using dossier::Refusal;
  std::string slug{dossier::to_text(objection.why)};
  std::ranges::replace(slug, '_', '-');
  FailureKind kind = FailureKind::not_allowed_now;
  switch (objection.why) {
    case Refusal::answers_incomplete:
    case Refusal::not_eligible:
    case Refusal::components_missing:
    case Refusal::applicant_missing:
    case Refusal::channel_not_offered:
    case Refusal::supplement_empty:
    case Refusal::nothing_asked:
    case Refusal::reason_missing:
    case Refusal::unknown_outcome:
    case Refusal::unknown_field:
    case Refusal::value_not_accepted:
    case Refusal::nothing_changed:
    case Refusal::bad_amount:
    case Refusal::bad_method:
    case Refusal::bad_score:
    case Refusal::unknown_receipt:
    case Refusal::carrier_missing:
    case Refusal::piece_unknown:
    case Refusal::piece_left_behind:
    case Refusal::discrepancy_untold:
      kind = FailureKind::unprocessable;
      break;
    default:
      break;
  }
  return {kind, std::move(slug), dossier::explain(objection.why), objection.problems};
}

Failure failure_from(const party::Verdict& verdict) {
  return {FailureKind::forbidden,
          "forbidden",
          {party::explain(verdict.reason, calendar::Language::vietnamese),
           party::explain(verdict.reason, calendar::Language::english)}};
}

}  // namespace casework
