#include "dossier/status.h"

#include "base/ensure.h"

namespace dossier {

NationalStatus status_of(const procedure::Procedure& procedure, const Dossier& dossier) {
  switch (dossier.stage) {
    case Stage::none:
      ENSURE(false, "a dossier that was not filed has no status");
      break;
    case Stage::filed:
      return NationalStatus::newly_registered;
    case Stage::processing: {
      if (dossier.pause.has_value() &&
          dossier.pause->cause == calendar::name(calendar::PauseReason::financial_obligation)) {
        return NationalStatus::financial_obligation;
      }
      // While nobody beyond the counter has it, it is "received"; the step says so.
      if (dossier.tasks.empty()) return NationalStatus::processing;
      const procedure::Step* step = procedure.find_step(dossier.tasks.front().step);
      if (step == nullptr) return NationalStatus::processing;
      if (step->national_status == 2) return NationalStatus::received;
      if (step->national_status == 6) return NationalStatus::financial_obligation;
      return NationalStatus::processing;
    }
    case Stage::awaiting_supplement:
      return NationalStatus::supplement_required;
    case Stage::refused:
      return NationalStatus::not_received;
    case Stage::withdrawn:
      return NationalStatus::withdrawn;
    case Stage::stopped:
      return NationalStatus::stopped;
    case Stage::finished:
      return NationalStatus::finished;
    case Stage::returned:
      return NationalStatus::returned;
  }
  return NationalStatus::processing;
}

std::string_view key_of(NationalStatus status) {
  switch (status) {
    case NationalStatus::newly_registered:
      return "newly_registered";
    case NationalStatus::received:
      return "received";
    case NationalStatus::not_received:
      return "not_received";
    case NationalStatus::processing:
      return "processing";
    case NationalStatus::supplement_required:
      return "supplement_required";
    case NationalStatus::financial_obligation:
      return "financial_obligation";
    case NationalStatus::withdrawn:
      return "withdrawn";
    case NationalStatus::stopped:
      return "stopped";
    case NationalStatus::finished:
      return "finished";
    case NationalStatus::returned:
      return "returned";
  }
  return "";
}

calendar::Bilingual label_of(NationalStatus status) {
  switch (status) {
    case NationalStatus::newly_registered:
      return {"Mới đăng ký", "Newly registered"};
    case NationalStatus::received:
      return {"Được tiếp nhận", "Received"};
    case NationalStatus::not_received:
      return {"Không được tiếp nhận", "Not accepted"};
    case NationalStatus::processing:
      return {"Đang xử lý", "Being processed"};
    case NationalStatus::supplement_required:
      return {"Yêu cầu bổ sung giấy tờ", "Supplement required"};
    case NationalStatus::financial_obligation:
      return {"Yêu cầu thực hiện nghĩa vụ tài chính", "Payment required"};
    case NationalStatus::withdrawn:
      return {"Công dân yêu cầu rút hồ sơ", "Withdrawn"};
    case NationalStatus::stopped:
      return {"Dừng xử lý", "Stopped"};
    case NationalStatus::finished:
      return {"Đã xử lý xong", "Result ready"};
    case NationalStatus::returned:
      return {"Đã trả kết quả", "Result returned"};
  }
  return {};
}

}  // namespace dossier
