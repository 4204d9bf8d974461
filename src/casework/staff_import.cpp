// staff_import.cpp - rows of counters, positions and officers: what they say against what is.
#include <algorithm>

#include "base/text.h"
#include "casework/table_import.h"

namespace casework {

namespace {

using calendar::Date;

// The item as it is registered, or null.
template <typename Item>
const Item* registered(const std::vector<Item>& items, const Item& like) {
  const auto found =
      std::ranges::find_if(items, [&](const Item& one) { return party::is_same(one, like); });
  return found == items.end() ? nullptr : &*found;
}

// Said before in this very file.
template <typename Item>
bool is_said(const std::vector<Item>& items, const Item& like) {
  return registered(items, like) != nullptr;
}

void say_twice(ImportWork& work, int line, const std::string& item) {
  work.refuse(line, item,
              {"Mục này đã có ở một dòng trên. Hãy bỏ một dòng.",
               "A line above says this already. Remove one."});
}

// Notes what becomes of an item that is new or other than it is registered.
template <typename Item>
void take(ImportWork& work, const NamedRow& row, std::vector<Item>& batch, const Item* before,
          Item said, const std::string& item, const Bilingual& what, bool ends = false) {
  if (before != nullptr && *before == said) {
    ++work.preview.unchanged;
    return;
  }
  const ImportEffect effect = before == nullptr ? ImportEffect::added
                              : ends            ? ImportEffect::ended
                                                : ImportEffect::changed;
  work.note(row.line(), effect, item, what);
  batch.push_back(std::move(said));
}

base::Result<party::ServiceCounter, Bilingual> read_counter(const NamedRow& row) {
  const auto centre = party::AgencyId::parse(row["centre"]);
  if (!centre) {
    return base::Failure{Bilingual{"Cột centre: “" + row["centre"] + "” không phải mã cơ quan.",
                                   "Column centre: “" + row["centre"] + "” is no agency code."}};
  }
  return party::ServiceCounter{.centre = *centre,
                               .number = TRY(row.number("number")),
                               .name = {row["name_vi"], row["name_en"]},
                               .fields = row.list("fields"),
                               .from = TRY(row.date("from")),
                               .to = TRY(row.date("to"))};
}

base::Result<party::Position, Bilingual> read_position(const NamedRow& row) {
  party::Position position{.code = row["code"],
                           .title = {row["title_vi"], row["title_en"]},
                           .rank = TRY(row.number("rank")),
                           .holders = TRY(row.number("holders")),
                           .heads = row.flag("heads")};
  for (const std::string& text : row.list("roles")) {
    const auto role = party::parse_role(text);
    if (!role) {
      return base::Failure{Bilingual{"Cột roles: không có vai trò “" + text + "”.",
                                     "Column roles: there is no role “" + text + "”."}};
    }
    position.roles.push_back(*role);
  }
  return position;
}

struct SaidOfficer {
  party::StaffMember person;
  std::optional<party::Appointment> post;
};

base::Result<SaidOfficer, Bilingual> read_officer_row(const NamedRow& row,
                                                      const party::LegalAct& otherwise) {
  SaidOfficer said{.person = {.identity = row["identity"],
                              .name = row["name"],
                              .username = base::to_lower(row["username"]),
                              .email = row["email"],
                              .phone = row["phone"]},
                   .post = {}};
  if (row["agency"].empty() && row["position"].empty()) return said;
  const auto agency = party::AgencyId::parse(row["agency"]);
  if (!agency) {
    return base::Failure{Bilingual{"Cột agency: “" + row["agency"] + "” không phải mã cơ quan.",
                                   "Column agency: “" + row["agency"] + "” is no agency code."}};
  }
  const auto from = TRY(row.date("from"));
  if (!from) {
    return base::Failure{Bilingual{"Thiếu ngày bắt đầu giữ chức vụ (cột from).",
                                   "The first day in the post is missing (column from)."}};
  }
  said.post = party::Appointment{.identity = said.person.identity,
                                 .agency = *agency,
                                 .position = row["position"],
                                 .from = *from,
                                 .to = TRY(row.date("to")),
                                 .concurrent = row.flag("concurrent"),
                                 .act = TRY(row.act(otherwise))};
  return said;
}

}  // namespace

void import_counter(ImportWork& work, const NamedRow& row) {
  auto said = read_counter(row);
  if (!said) return work.refuse(row.line(), row["centre"], said.error());
  const std::string item = said->centre.text() + "/" + std::to_string(said->number);
  auto& batch = work.preview.batch.staff.counters;
  if (is_said(batch, *said)) return say_twice(work, row.line(), item);
  const auto* before = registered(work.state.record.staff.counters, *said);
  const bool ends = before != nullptr && said->to && before->to != said->to;
  const Bilingual what{"Quầy " + std::to_string(said->number) + ": " + said->name.vi,
                       "Counter " + std::to_string(said->number) + ": " + said->name.vi};
  take(work, row, batch, before, std::move(said).value(), item, what, ends);
}

void import_position(ImportWork& work, const NamedRow& row) {
  auto said = read_position(row);
  if (!said) return work.refuse(row.line(), row["code"], said.error());
  auto& batch = work.preview.batch.staff.positions;
  if (is_said(batch, *said)) return say_twice(work, row.line(), said->code);
  const auto* before = work.state.roster.find_position(said->code);
  const std::string item = said->code;
  const Bilingual what = said->title;
  take(work, row, batch, before, std::move(said).value(), item, what);
}

void import_officer(ImportWork& work, const NamedRow& row) {
  auto said = read_officer_row(row, work.request.act);
  if (!said) return work.refuse(row.line(), row["identity"], said.error());
  party::OrganisationStaff& batch = work.preview.batch.staff;
  const std::string item = said->person.identity;
  const auto* person = work.state.roster.find_person(item);
  const bool again = work.people.contains(item);
  if (again && work.people.find(item)->second != said->person) {
    return work.refuse(row.line(), item,
                       {"Một dòng trên ghi khác về cùng người này (họ tên, tài khoản, liên hệ).",
                        "A line above says otherwise of the same person."});
  }
  if (!again) {
    work.people.emplace(item, said->person);
    work.lines.emplace(item, row.line());
    const Bilingual who{"Cán bộ " + said->person.name, "Officer " + said->person.name};
    take(work, row, batch.people, person, said->person, item, who);
  }
  if (!said->post) return;
  const party::Appointment& post = *said->post;
  const std::string key =
      item + "|" + post.agency.text() + "|" + post.position + "|" + calendar::to_iso(post.from);
  if (!work.posts.insert(key).second) return say_twice(work, row.line(), item);
  const party::Appointment* before = nullptr;
  for (const party::Post& one : work.state.roster.posts_of(item)) {
    if (party::is_same(*one.appointment, post)) before = one.appointment;
  }
  const bool ends = before != nullptr && post.to && before->to != post.to;
  const std::string where = post.position + ", " + post.agency.text();
  const Bilingual what = ends ? Bilingual{"Thôi giữ chức vụ " + where, "Leaves " + where}
                              : Bilingual{"Giữ chức vụ " + where, "Appointed: " + where};
  take(work, row, batch.appointments, before, post, item, what, ends);
}

}  // namespace casework
