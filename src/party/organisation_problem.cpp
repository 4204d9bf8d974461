#include "party/organisation_problem.h"

#include <array>

namespace party {
namespace {

// "{}" is the subject.
struct Words {
  OrganisationTrouble trouble;
  std::string_view name;
  std::string_view vi;
  std::string_view en;
};
using enum OrganisationTrouble;
constexpr std::array<Words, 25> kWords{{
    {id_used_again, "id_used_again", "Mã thay đổi {} đã được dùng. Hãy đặt mã khác.",
     "The id {} was used before. Give another."},
    {act_missing, "act_missing",
     "Thiếu quyết định: cần số, cơ quan ban hành và ngày ban hành ({}).",
     "The decision is missing: number, issuer and date are needed ({})."},
    {name_missing, "name_missing", "Thiếu tên tiếng Việt của {}.",
     "{} needs a name in Vietnamese."},
    {shape, "shape", "Thay đổi chưa đủ hoặc thừa nội dung so với loại thay đổi ({}).",
     "The change lacks, or has too much of, what its kind takes ({})."},
    {nothing_changes, "nothing_changes", "{} đã đúng như vậy, không có gì thay đổi.",
     "{} is so already; nothing changes."},
    {agency_unknown, "agency_unknown", "Không có cơ quan mang mã {}. Hãy kiểm tra mã.",
     "There is no agency {}. Check the code."},
    {agency_not_there, "agency_not_there",
     "Cơ quan {} chưa thành lập hoặc đã chấm dứt vào ngày này.",
     "Agency {} does not exist on that day."},
    {code_used_again, "code_used_again",
     "Mã {} đã thuộc về một cơ quan; mã đã dùng không cấp lại. Hãy chọn mã khác.",
     "Code {} belonged to an agency; codes are never given again. Choose another."},
    {parent_not_there, "parent_not_there", "Cơ quan cấp trên của {} không tồn tại vào ngày này.",
     "The agency above {} does not exist on that day."},
    {below_itself, "below_itself", "{} sẽ trực thuộc chính mình hoặc cây tổ chức quá sâu.",
     "{} would stand below itself, or the tree is too deep."},
    {left_behind, "left_behind",
     "Cơ quan cấp trên của {} chấm dứt mà chưa nói {} đi về đâu. Hãy chuyển, hợp nhất hoặc giải "
     "thể.",
     "The agency above {} ends, and nothing is said of {}. Move, merge or dissolve it."},
    {unit_code_taken, "unit_code_taken", "Đơn vị hành chính {} đã có Ủy ban nhân dân vào ngày này.",
     "Commune {} has a committee already on that day."},
    {heir_missing, "heir_missing", "Chưa nói cơ quan nào kế thừa công việc của {}.",
     "It is not said who goes on with the work of {}."},
    {heir_not_there, "heir_not_there", "Cơ quan kế thừa {} không tồn tại vào ngày này.",
     "The heir {} does not exist on that day."},
    {heir_is_itself, "heir_is_itself", "{} không thể kế thừa chính mình.",
     "{} cannot be its own heir."},
    {heirs_overlap, "heirs_overlap", "Hai cơ quan cùng kế thừa một phần công việc của {}.",
     "Two agencies inherit the same work of {}."},
    {too_many, "too_many", "Quá nhiều mục ({}).", "Too many items ({})."},
    {person_unknown, "person_unknown", "Số định danh {} không có trong danh sách cán bộ.",
     "Identity number {} is not in the list of officers."},
    {position_unknown, "position_unknown", "Không có chức vụ mang mã {}.",
     "There is no position {}."},
    {bad_value, "bad_value", "Giá trị “{}” không đúng dạng.", "The value “{}” is not of its form."},
    {period_reversed, "period_reversed", "Ngày kết thúc trước ngày bắt đầu ({}).",
     "It ends before it begins ({})."},
    {two_main_posts, "two_main_posts",
     "Người này đã có một chức vụ chính trong thời gian đó ({}). Hãy ghi là kiêm nhiệm hoặc kết "
     "thúc chức vụ trước.",
     "The person has a main post at that time ({}). Make it concurrent, or end the other first."},
    {post_twice, "post_twice", "Chức vụ này đã ghi cho cùng người, cùng thời gian ({}).",
     "The same post is said twice of the same person and time ({})."},
    {post_full, "post_full", "Chức vụ {} đã đủ số người trong thời gian này.",
     "Position {} has all its holders at that time."},
    {account_shared, "account_shared",
     "Tài khoản {} đã thuộc về người khác; mỗi người một tài khoản.",
     "Account {} belongs to another person; one account each."},
}};

std::string filled(std::string_view words, const std::string& subject) {
  std::string text;
  for (std::size_t at = 0; at < words.size();) {
    if (words.substr(at).starts_with("{}")) {
      text += subject;
      at += 2;
    } else {
      text += words[at++];
    }
  }
  return text;
}

}  // namespace

std::string_view name(OrganisationTrouble trouble) {
  return kWords[static_cast<std::size_t>(trouble)].name;
}

OrganisationProblem problem_of(OrganisationTrouble trouble, std::string item, std::string subject) {
  const Words& words = kWords[static_cast<std::size_t>(trouble)];
  OrganisationProblem problem{.trouble = trouble, .item = std::move(item), .subject = {}};
  problem.message = {filled(words.vi, subject), filled(words.en, subject)};
  problem.subject = std::move(subject);
  return problem;
}

}  // namespace party
