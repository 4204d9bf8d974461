#pragma once
// status.h - the ten national statuses as a function of the state.
//
// Source: the national portal's status list (TT 03/2025/TT-VPCP; classic codes TrangThaiHoSo 1-10).
#include <optional>
#include <string_view>

#include "calendar/language.h"
#include "dossier/dossier.h"

namespace dossier {

enum class NationalStatus {
  newly_registered = 1,      // Mới đăng ký
  received = 2,              // Được tiếp nhận
  not_received = 3,          // Không được tiếp nhận
  processing = 4,            // Đang xử lý
  supplement_required = 5,   // Yêu cầu bổ sung giấy tờ
  financial_obligation = 6,  // Yêu cầu thực hiện nghĩa vụ tài chính
  withdrawn = 7,             // Công dân yêu cầu rút hồ sơ
  stopped = 8,               // Dừng xử lý
  finished = 9,              // Đã xử lý xong
  returned = 10,             // Đã trả kết quả
};

// Requires: dossier.stage != Stage::none.
[[nodiscard]] NationalStatus status_of(const procedure::Procedure& procedure,
                                       const Dossier& dossier);

[[nodiscard]] std::string_view key_of(NationalStatus status);
[[nodiscard]] calendar::Bilingual label_of(NationalStatus status);

}  // namespace dossier
