#include "catalogue/finding_text.h"

#include <array>

#include "base/sha256.h"
#include "catalogue/page_text.h"

namespace catalogue {
namespace {

using enum FindingKind;

struct Words {
  FindingKind kind;
  const char* why_vi;
  const char* why_en;
  const char* proposal_vi;
  const char* proposal_en;
};

constexpr std::array<Words, 30> kWords{{
    {record_unreadable, "Dòng này không phải là một thủ tục đọc được",
     "This line is no procedure that can be read", "Tải lại tệp hoặc sửa dòng này rồi nhập lại",
     "Fetch the file again, or mend the line, and import again"},
    {record_twice, "Cùng một mã, hai nội dung khác nhau trong một lần nhập; đã lấy bản đầu",
     "The same code with two contents in one import; the first was taken",
     "Chỉ giữ bản đúng trong các tệp nhập", "Keep only the right one in the files"},
    {code_malformed, "Mã thủ tục không có dạng một chữ số, dấu chấm và sáu chữ số",
     "The code is not one digit, a dot and six digits",
     "Tra mã đúng trên Cổng dịch vụ công quốc gia", "Look the code up on the national portal"},
    {text_not_understood, "Cột này không có dạng mà Cổng dịch vụ công vẫn công bố",
     "This column is not of the form that the portal publishes",
     "Đọc trang gốc và bổ sung bằng tay", "Read the page and add what it says by hand"},
    {limit_without_unit, "Thời hạn có số mà không có đơn vị: ngày, ngày làm việc hay giờ?",
     "The limit is a number without a unit: days, working days or hours?",
     "Lấy đơn vị ngày làm việc là đơn vị hay gặp nhất; đối chiếu với văn bản trước khi nhận",
     "Take working days, the most frequent unit; compare with the act before accepting"},
    {limit_placeholder, "Số 1 hoặc 0 không đơn vị: Cổng in như vậy khi không ai nhập thời hạn",
     "A 1 or 0 without a unit: the portal prints that where nobody entered a limit",
     "Tra thời hạn trong văn bản", "Look the limit up in the act"},
    {limit_missing, "Không chỗ nào nói thủ tục làm trong bao lâu",
     "Nothing says how long the procedure takes", "Tra thời hạn trong văn bản",
     "Look the limit up in the act"},
    {limit_in_words_only, "Cột thời gian để trống; thời hạn chỉ nằm trong câu chữ",
     "The column of times is empty; only a sentence says the limit",
     "Thời hạn đã lấy từ câu chữ; đọc lại câu đó",
     "The limit was taken from the sentence: read it again"},
    {limit_words_disagree, "Cột thời gian và phần mô tả nói hai thời hạn khác nhau",
     "The column of times and the description say different limits",
     "Lấy thời hạn trong phần mô tả", "Take the limit of the description"},
    {channels_as_cases,
     "Mỗi cách nộp một thời hạn khác nhau: thường là các trường hợp bị ghi vào cách nộp",
     "Each channel has another limit: mostly cases that were entered as channels",
     "Lập mỗi thời hạn thành một trường hợp", "Make each limit a case"},
    {channel_twice, "Một cách nộp có nhiều dòng với thời hạn khác nhau",
     "One channel has several lines with different limits", "Lập mỗi thời hạn thành một trường hợp",
     "Make each limit a case"},
    {cases_differ_in_limit, "Các trường hợp cần đúng những giấy tờ như nhau",
     "The cases need exactly the same papers", "Xem các trường hợp có khác nhau thật không",
     "See whether the cases really differ"},
    {fee_without_zeros, "Mức thu dưới 1.000 đồng: thiếu các số không",
     "Less than 1,000 dong: the zeros are missing", "Nhân với 1.000", "Multiply by 1,000"},
    {fee_free_with_amount, "Ghi “Miễn phí” mà chú thích lại nêu mức thu",
     "Says free of charge, and its note names an amount", "Lấy mức thu trong chú thích",
     "Take the amount of the note"},
    {fee_free_by_rule, "Ghi “Miễn phí” mà chú thích nói có biểu phí",
     "Says free of charge, and its note says that there is a tariff",
     "Đã hiểu là thu theo biểu phí; nhập mức thu của địa phương",
     "Read as charged by a tariff: enter the local amount"},
    {fee_disagrees_with_note, "Mức thu khác với mức trong chú thích của nó",
     "The amount is another than in its note", "Lấy mức thu trong chú thích",
     "Take the amount of the note"},
    {fee_unclear, "Số ngày và mức thu dính liền, hoặc mức thu viết sai dạng",
     "Time and amount run into each other, or the amount is malformed",
     "Đọc trang gốc và nhập mức thu", "Read the page and enter the amount"},
    {component_not_told_apart, "Không tách được tên giấy tờ và số lượng",
     "Name and number of copies could not be told apart", "Đọc trang gốc và nhập giấy tờ này",
     "Read the page and enter this paper"},
    {component_without_count, "Giấy tờ có 0 bản chính và 0 bản sao",
     "A paper of which 0 originals and 0 copies are asked", "Lấy 1 bản chính", "Take 1 original"},
    {instruction_as_paper, "Dòng này là hướng dẫn, không phải giấy tờ",
     "This line tells what to do; it is no paper", "Không đòi dòng này như một giấy tờ",
     "Do not ask for it as a paper"},
    {component_twice, "Một giấy tờ ghi hai lần", "The same paper twice", "Bỏ dòng sau",
     "Drop the later line"},
    {components_missing, "Không có giấy tờ nào", "There is no paper at all",
     "Xem thủ tục có đúng là không cần giấy tờ không", "See whether it really needs none"},
    {result_missing, "Không có kết quả nào", "There is no result at all",
     "Nhập kết quả của thủ tục", "Enter what the procedure results in"},
    {result_without_code, "Kết quả không có mã", "The result has no code",
     "Tra mã kết quả trong danh mục", "Look the code up in the register of results"},
    {result_code_unknown_form, "Mã kết quả không có dạng nào đã biết",
     "The code of the result is of no known form", "Tra mã kết quả trong danh mục",
     "Look the code up in the register of results"},
    {tiers_several, "Thủ tục ghi nhiều cấp thực hiện", "The procedure names several levels",
     "Chọn cấp khi lập gói thủ tục", "Choose the level when the package is made"},
    {tier_missing, "Không ghi cấp thực hiện", "No level carries it out", "Chọn cấp thực hiện",
     "Choose the level"},
    {agency_missing, "Không ghi cơ quan thực hiện", "No agency is named", "Chọn cơ quan thực hiện",
     "Choose the agency"},
    {list_disagrees, "Danh sách và trang thủ tục ghi khác nhau",
     "List and page say different things", "Lấy theo danh sách", "Take what the list says"},
    {page_missing, "Có trong danh sách, chưa có trang thủ tục", "In a list, but no page was read",
     "Tải trang thủ tục rồi nhập", "Fetch the page and import it"},
}};

void fill(Finding& finding, std::string_view published) {
  finding.severity = severity_of(finding.kind);
  finding.published = shortened(one_line(published), 300);
  for (const Words& words : kWords) {
    if (words.kind != finding.kind) continue;
    finding.why = {words.why_vi, words.why_en};
    finding.proposal = {words.proposal_vi, words.proposal_en};
  }
  const std::string kind{to_text(finding.kind)};
  const base::Digest digest = base::sha256(kind + "\n" + std::string{published});
  finding.id = kind + "-" + base::to_hex(digest).substr(0, 8);
}

}  // namespace

Finding finding_about(const Entry& entry, FindingKind kind, std::string where,
                      std::string_view published) {
  Finding finding;
  finding.kind = kind;
  finding.code = entry.code;
  finding.where = std::move(where);
  finding.source = entry.source;
  fill(finding, published);
  return finding;
}

Finding unreadable(const Source& source, std::string_view reason, std::string_view published) {
  Finding finding;
  finding.kind = FindingKind::record_unreadable;
  finding.source = source;
  fill(finding, published);
  finding.why.en += ": " + std::string{reason};
  finding.why.vi += " (" + std::string{reason} + ")";
  return finding;
}

Finding record_twice_in(const Source& second, const Entry& first) {
  Finding finding;
  finding.kind = FindingKind::record_twice;
  finding.code = first.code;
  finding.source = second;
  fill(finding, first.name);
  return finding;
}

}  // namespace catalogue
