#include "cli/demo_people.h"

#include <array>

#include "base/text.h"

namespace cli {

namespace {

using party::Role;

struct DemoOfficer {
  const char* username;
  const char* name;
  const char* agency;
  const char* position;
  std::vector<Role> roles;
};

const std::vector<DemoOfficer>& table() {
  static const std::vector<DemoOfficer> officers{
      {"tiepnhan.thanhvinh",
       "Phạm Thị Mỹ Duyên",
       "H41.101.01",
       "Công chức tiếp nhận",
       {Role::reception, Role::cashier}},
      {"hotich.thanhvinh",
       "Trần Thị Khuê",
       "H41.101",
       "Công chức tư pháp - hộ tịch",
       {Role::specialist}},
      {"vanthu.thanhvinh", "Hồ Thị Thùy", "H41.101", "Văn thư", {Role::clerk}},
      {"chutich.thanhvinh",
       "Lê Quang Vịnh",
       "H41.101",
       "Chủ tịch UBND phường",
       {Role::leader, Role::head, Role::supervisor}},
      {"tiepnhan.truongvinh",
       "Đặng Văn Đức",
       "H41.102.01",
       "Công chức tiếp nhận",
       {Role::reception, Role::cashier}},
      {"hotich.truongvinh",
       "Nguyễn Hữu Ước",
       "H41.102",
       "Công chức tư pháp - hộ tịch",
       {Role::specialist, Role::clerk}},
      {"chutich.truongvinh",
       "Ngô Thị Thúy Hằng",
       "H41.102",
       "Chủ tịch UBND phường",
       {Role::leader, Role::head, Role::supervisor}},
      {"congan.thanhvinh",
       "Lô Văn Hải",
       "H41.016.101",
       "Cán bộ cư trú",
       {Role::specialist, Role::clerk}},
      {"truongca.thanhvinh",
       "Võ Trọng Kiên",
       "H41.016.101",
       "Trưởng Công an phường",
       {Role::leader}},
      {"congan.truongvinh",
       "Thái Thị Bích Oanh",
       "H41.016.102",
       "Cán bộ cư trú",
       {Role::specialist, Role::clerk}},
      {"truongca.truongvinh",
       "Hồ Quang Phúc",
       "H41.016.102",
       "Trưởng Công an phường",
       {Role::leader}},
      {"baohiem.tinh",
       "Chu Thị Thu Giang",
       "H41.017",
       "Chuyên viên, Bảo hiểm xã hội tỉnh",
       {Role::specialist}},
      {"chuyenvien.sxd",
       "Dương Minh Quân",
       "H41.005",
       "Chuyên viên, Sở Xây dựng",
       {Role::specialist}},
      {"tiepnhan.tinh",
       "Hoàng Thị Ngọc Quỳnh",
       "H41.001.01",
       "Công chức tiếp nhận, TTPVHCC tỉnh",
       {Role::reception, Role::cashier}},
      {"truongphong.stc",
       "Bùi Thị Kỳ Duyên",
       "H41.002",
       "Trưởng phòng, Sở Tài chính",
       {Role::head}},
      {"chuyenvien.stc",
       "Vũ Đình Thưởng",
       "H41.002",
       "Chuyên viên, Sở Tài chính",
       {Role::specialist}},
      {"giamdoc.stc",
       "Phan Đăng Khoa",
       "H41.002",
       "Giám đốc Sở Tài chính",
       {Role::leader, Role::head, Role::supervisor}},
      {"chutich.tinh", "Nguyễn Hữu Thưởng", "H41", "Chủ tịch UBND tỉnh", {Role::leader}},
      {"vanthu.tinh", "Cao Thị Ánh", "H41", "Văn thư UBND tỉnh", {Role::clerk}},
      {"giamsat.tinh",
       "Đinh Công Tráng",
       "H41",
       "Kiểm soát thủ tục hành chính",
       {Role::supervisor}},
      {"quantri", "Tô Minh Hiển", "H41", "Quản trị hệ thống", {Role::administrator}},
      {"duyet.thutuc",
       "Phan Thị Lựu",
       "H41",
       "Trưởng phòng Kiểm soát thủ tục hành chính",
       {Role::administrator}},
  };
  return officers;
}

template <std::size_t N>
const char* pick(base::SeededRandom& random, const std::array<const char*, N>& from) {
  return from.at(random.below(N));
}

constexpr std::array kFamilyNames{"Nguyễn", "Trần", "Lê",   "Phạm", "Hoàng", "Phan",  "Vũ",
                                  "Đặng",   "Bùi",  "Đỗ",   "Hồ",   "Ngô",   "Dương", "Đinh",
                                  "Võ",     "Cao",  "Thái", "Chu",  "Lô",    "Vi"};
constexpr std::array kMaleMiddle{"Văn", "Hữu", "Đình", "Quang", "Minh", "Công", "Đức", "Xuân"};
constexpr std::array kFemaleMiddle{"Thị", "Thị Ngọc", "Thị Thu", "Thùy", "Khánh", "Mỹ", "Thị Kim"};
constexpr std::array kMaleGiven{"An",   "Bình", "Cường", "Dũng", "Đạt", "Hải", "Hùng", "Khoa",
                                "Long", "Nam",  "Phúc",  "Quân", "Sơn", "Tài", "Ưởng", "Vượng"};
constexpr std::array kFemaleGiven{"Ánh", "Bích", "Châu", "Dung",   "Giang", "Hà",   "Huệ",  "Lan",
                                  "Mai", "Ngọc", "Oanh", "Phương", "Quỳnh", "Thảo", "Uyên", "Yến"};
constexpr std::array kStreets{"Đặng Thái Thân", "Trường Thi",  "Lê Lợi",          "Quang Trung",
                              "Nguyễn Du",      "Hồ Tùng Mậu", "Phan Đình Phùng", "Đại lộ Lê-nin"};

std::string digits(base::SeededRandom& random, int count) {
  std::string text;
  for (int i = 0; i < count; ++i) text += static_cast<char>('0' + random.below(10));
  return text;
}

}  // namespace

std::vector<identity::OfficerForm> demo_officers() {
  std::vector<identity::OfficerForm> forms;
  for (const DemoOfficer& one : table()) {
    const auto agency = party::AgencyId::parse(one.agency);
    if (!agency.has_value()) continue;
    forms.push_back(
        {.username = one.username,
         .officer = party::Officer{.id = party::OfficerId{std::string{"demo-"} + one.username},
                                   .name = one.name,
                                   .agency = *agency,
                                   .position = {one.position, {}},
                                   .roles = one.roles},
         .active = true});
  }
  return forms;
}

std::string demo_accounts_text() {
  std::string text =
      "Dữ liệu trình diễn, mọi người và hồ sơ đều là hư cấu / demonstration data, all invented.\n"
      "Tài khoản, mật khẩu chung / accounts, one password: ";
  text += kDemoPassword;
  text += '\n';
  for (const DemoOfficer& one : table()) {
    std::string line = std::string{"  "} + one.username;
    line.resize(std::max<std::size_t>(line.size() + 1, 24), ' ');
    text += line + one.position + '\n';
  }
  return text;
}

DemoCitizen demo_citizen(base::SeededRandom& random) {
  DemoCitizen citizen;
  citizen.female = random.below(2) == 1;
  citizen.birth_year = 1960 + static_cast<int>(random.below(45));
  citizen.name = std::string{pick(random, kFamilyNames)} + ' ' +
                 (citizen.female ? pick(random, kFemaleMiddle) : pick(random, kMaleMiddle)) + ' ' +
                 (citizen.female ? pick(random, kFemaleGiven) : pick(random, kMaleGiven));
  const int century = citizen.birth_year < 2000 ? 0 : 2;
  std::string year = std::to_string(citizen.birth_year % 100);
  if (year.size() == 1) year.insert(0, "0");
  citizen.personal_id =
      "040" + std::to_string(century + (citizen.female ? 1 : 0)) + year + digits(random, 6);
  citizen.phone = "09" + digits(random, 8);
  std::string mailbox = base::fold_for_search(citizen.name);
  for (char& c : mailbox) {
    if (c == ' ') c = '.';
  }
  citizen.email = mailbox + std::to_string(citizen.birth_year) + "@example.vn";
  citizen.address = "Số " + std::to_string(1 + random.below(200)) + ", đường " +
                    pick(random, kStreets) + ", tỉnh Nghệ An";
  return citizen;
}

std::string demo_child_name(base::SeededRandom& random, const std::string& parent, bool female) {
  const std::string family = parent.substr(0, parent.find(' '));
  return family + ' ' + (female ? pick(random, kFemaleMiddle) : pick(random, kMaleMiddle)) + ' ' +
         (female ? pick(random, kFemaleGiven) : pick(random, kMaleGiven));
}

}  // namespace cli
