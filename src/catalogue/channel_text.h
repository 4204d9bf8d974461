#pragma once
// channel_text.h - the column "cách thức thực hiện": channels, each with time, fees and a
// description, written without anything between them.
//
//   page    := "Hình thức nộpThời gianPhí, lệ phíMô tả" row*
//   row     := channel time fee+ description
//   channel := "Trực tuyến" | "Dịch vụ bưu chính" | "Trực tiếp"
//   time    := number [unit] | "Không có thông tin" | a few words
//   fee     := "Miễn phí" | "Không có thông tin" | amount currency, each with ["(" note ")"]
//
// Where a number without a unit runs into an amount ("1100,000 VNĐ"), the border is the one that
// leaves a well-formed amount; if several do, the other rows and the note decide, or nobody.
#include <string>
#include <string_view>
#include <vector>

#include "catalogue/entry.h"

namespace catalogue {

struct ChannelTable {
  std::vector<ChannelLine> lines;
  std::string not_understood;  // what stands before the first row
};

// `text` as legible() gives it; `steps` may say how long it takes where the table does not.
[[nodiscard]] ChannelTable read_channels(std::string_view text, std::string_view steps);

}  // namespace catalogue
