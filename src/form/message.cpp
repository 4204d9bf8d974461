#include "form/message.h"

#include <string>

namespace form::message {
namespace {

// 200000 -> "200.000" (vi), "200,000" (en).
std::string grouped(std::int64_t number, char separator) {
  std::string digits = std::to_string(number);
  const std::size_t first = digits.front() == '-' ? 1 : 0;
  for (std::size_t at = digits.size(); at > first + 3; at -= 3) digits.insert(at - 3, 1, separator);
  return digits;
}

std::string quoted(const Field& field, Language language) {
  return "“" + field.label.in(language) + "”";
}

std::string unit(const Field& field, Language language) {
  if (field.type != FieldType::money) return "";
  return language == Language::vietnamese ? " đồng" : " dong";
}

}  // namespace

Bilingual required(const Field& field) {
  const bool chooses = field.type == FieldType::choice || field.type == FieldType::multi_choice ||
                       field.type == FieldType::boolean || field.type == FieldType::commune;
  if (field.type == FieldType::table) {
    return {
        "Chưa có dòng nào. Thêm ít nhất một dòng vào " + quoted(field, Language::vietnamese) + ".",
        "No rows yet. Add at least one row to " + quoted(field, Language::english) + "."};
  }
  return {std::string{chooses ? "Chưa chọn. Chọn " : "Chưa nhập. Nhập "} +
              quoted(field, Language::vietnamese) + ".",
          std::string{chooses ? "Nothing chosen yet. Choose " : "Nothing entered yet. Enter "} +
              quoted(field, Language::english) + "."};
}

Bilingual unknown_field(std::string_view id) {
  const std::string name = std::string{id.substr(0, 80)};
  return {"Biểu mẫu không có mục “" + name + "”. Bỏ mục này rồi gửi lại.",
          "The form has no field “" + name + "”. Remove it and send again."};
}

Bilingual too_many_fields() {
  return {"Có quá nhiều mục không thuộc biểu mẫu. Tải lại trang rồi thử lại.",
          "Too many fields that are not part of the form. Reload the page and try again."};
}

Bilingual wrong_type(const Field& field) {
  return {"Nội dung không đúng kiểu. Nhập lại " + quoted(field, Language::vietnamese) + ".",
          "This is not the kind of answer expected. Enter " + quoted(field, Language::english) +
              " again."};
}

Bilingual whole_number(const Field& field) {
  if (field.type == FieldType::money) {
    return {"Số tiền chỉ gồm chữ số. Nhập số tiền bằng đồng, ví dụ 200000.",
            "An amount consists of digits only. Enter it in dong, for example 200000."};
  }
  return {"Cần một số nguyên. Nhập chỉ chữ số, ví dụ 2.",
          "A whole number is needed. Enter digits only, for example 2."};
}

Bilingual yes_or_no(const Field& field) {
  return {"Chọn Có hoặc Không cho " + quoted(field, Language::vietnamese) + ".",
          "Choose Yes or No for " + quoted(field, Language::english) + "."};
}

Bilingual list_of_options(const Field& field) {
  return {"Chọn các mục trong danh sách của " + quoted(field, Language::vietnamese) + ".",
          "Choose from the list of " + quoted(field, Language::english) + "."};
}

Bilingual unknown_option(const Field& field) {
  return {"Lựa chọn này không có trong danh sách. Chọn lại " + quoted(field, Language::vietnamese) +
              ".",
          "This choice is not in the list. Choose " + quoted(field, Language::english) + " again."};
}

Bilingual too_long(const Field& field, std::size_t length) {
  const std::string most = std::to_string(field.max_length.value_or(100));
  const std::string now = std::to_string(length);
  return {"Dài " + now + " ký tự, nhiều nhất là " + most + ". Rút ngắn lại.",
          "This has " + now + " characters, at most " + most + " are taken. Shorten it."};
}

Bilingual too_short(const Field& field) {
  const std::string least = std::to_string(field.min_length.value_or(1));
  return {"Quá ngắn. Nhập ít nhất " + least + " ký tự.",
          "Too short. Enter at least " + least + " characters."};
}

Bilingual too_small(const Field& field) {
  const std::int64_t least = field.minimum.value_or(0);
  return {"Nhỏ quá. Nhập số từ " + grouped(least, '.') + unit(field, Language::vietnamese) +
              " trở lên.",
          "Too small. Enter " + grouped(least, ',') + unit(field, Language::english) + " or more."};
}

Bilingual too_large(const Field& field) {
  const std::int64_t most = field.maximum.value_or(0);
  return {
      "Lớn quá. Nhập số không quá " + grouped(most, '.') + unit(field, Language::vietnamese) + ".",
      "Too large. Enter at most " + grouped(most, ',') + unit(field, Language::english) + "."};
}

Bilingual too_early(calendar::Date earliest) {
  const std::string day = calendar::to_vietnamese(earliest);
  return {"Ngày sớm quá. Nhập ngày từ " + day + " trở đi.",
          "Too early. Enter a day from " + day + " on."};
}

Bilingual too_late(calendar::Date latest) {
  const std::string day = calendar::to_vietnamese(latest);
  return {"Ngày muộn quá. Nhập ngày không sau " + day + ".",
          "Too late. Enter a day not after " + day + "."};
}

Bilingual twelve_digits() {
  return {
      "Nhập số định danh gồm 12 chữ số, ví dụ 040090000123; không dùng số chứng minh nhân dân cũ.",
      "Enter the personal ID number of 12 digits, for example 040090000123; the old 9-digit "
      "number is not taken here."};
}

Bilingual email() {
  return {"Địa chỉ thư điện tử chưa đúng. Nhập dạng ten@vidu.vn.",
          "Not an e-mail address. Enter it like name@example.com."};
}

Bilingual commune() {
  return {"Chọn xã, phường hoặc đặc khu trong danh sách (mã gồm 5 chữ số).",
          "Choose the commune, ward or special zone from the list (a code of 5 digits)."};
}

Bilingual date() {
  return {"Không có ngày này. Nhập ngày, tháng, năm, ví dụ 20/08/2026.",
          "There is no such day. Enter day, month and year, for example 20/08/2026."};
}

Bilingual partial_date() {
  return {"Nhập ngày, tháng, năm như 17/05/1987; nếu không nhớ đủ thì nhập 05/1987 hoặc 1987.",
          "Enter a day such as 17/05/1987; if not all of it is known, 05/1987 or 1987."};
}

Bilingual time() {
  return {"Nhập giờ và phút, ví dụ 07:30.", "Enter hour and minute, for example 07:30."};
}

Bilingual rows(const Field& field) {
  return {"Danh sách " + quoted(field, Language::vietnamese) +
              " không đúng cấu trúc. Xóa rồi nhập lại từng dòng.",
          "The rows of " + quoted(field, Language::english) +
              " are not as expected. Delete them and enter them again."};
}

Bilingual too_many_rows(const Field& field) {
  const std::string most = std::to_string(field.max_rows);
  return {"Nhiều nhất " + most + " dòng. Bỏ bớt dòng, hoặc đính kèm danh sách.",
          "At most " + most + " rows. Remove some, or attach a list."};
}

}  // namespace form::message
