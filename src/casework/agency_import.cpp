// agency_import.cpp - rows of agencies: what they say against what is, as changes.
#include <algorithm>

#include <boost/json.hpp>

#include "base/json.h"
#include "base/sha256.h"
#include "casework/organisation_json.h"
#include "casework/table_import.h"

namespace casework {

namespace {

using calendar::Date;
using party::ChangeKind;

// What one row says of an agency.
struct SaidAgency {
  party::Agency agency;
  std::optional<Date> from{};
  std::optional<Date> to{};
  std::string successor{};
  party::LegalAct act{};
};

Bilingual not_of_form(const std::string& column, const std::string& text) {
  return {"Cột " + column + ": “" + text + "” không hợp lệ.",
          "Column " + column + ": “" + text + "” is not valid."};
}

base::Result<SaidAgency, Bilingual> read(const NamedRow& row, const party::LegalAct& otherwise) {
  const auto id = party::AgencyId::parse(row["code"]);
  if (!id) return base::Failure{not_of_form("code", row["code"])};
  SaidAgency said{.agency = {.id = *id}};
  const auto kind = party::parse_agency_kind(row["kind"]);
  if (!kind) return base::Failure{not_of_form("kind", row["kind"])};
  said.agency.kind = *kind;
  if (!row["parent"].empty()) {
    said.agency.parent = party::AgencyId::parse(row["parent"]);
    if (!said.agency.parent) return base::Failure{not_of_form("parent", row["parent"])};
  }
  said.agency.name = {row["name_vi"], row["name_en"]};
  if (said.agency.name.vi.empty()) return base::Failure{not_of_form("name_vi", {})};
  said.agency.unit_code = row["unit_code"];
  if (said.agency.unit_code.find_first_not_of("0123456789") != std::string::npos) {
    return base::Failure{not_of_form("unit_code", row["unit_code"])};
  }
  said.agency.address = row["address"];
  const std::string& status = row["code_status"];
  if (!status.empty() && status != "official" && status != "example") {
    return base::Failure{not_of_form("code_status", status)};
  }
  said.agency.code_is_example = status == "example";
  said.from = TRY(row.date("valid_from"));
  said.to = TRY(row.date("valid_to"));
  said.successor = row["successor"];
  if (!said.successor.empty() && !party::AgencyId::parse(said.successor)) {
    return base::Failure{not_of_form("successor", said.successor)};
  }
  said.act = TRY(row.act(otherwise));
  return said;
}

// The change of that kind, day and decision that is being put together.
party::OrganisationChange& change_for(ImportWork& work, ChangeKind kind, Date on,
                                      const party::LegalAct& act) {
  auto& changes = work.preview.batch.changes;
  const auto found = std::ranges::find_if(changes, [&](const party::OrganisationChange& one) {
    return one.kind == kind && one.on == on && one.act == act;
  });
  if (found != changes.end()) return *found;
  changes.push_back({.id = {}, .kind = kind, .on = on, .act = act});
  return changes.back();
}

std::string on_day(Date on) {
  return " (" + calendar::to_vietnamese(on) + ")";
}

void end(ImportWork& work, const NamedRow& row, const SaidAgency& said) {
  const std::string& code = said.agency.id.text();
  const Date day = *said.to + std::chrono::days{1};
  party::OrganisationChange& change = change_for(work, ChangeKind::dissolve, day, said.act);
  change.ends.push_back(said.agency.id);
  if (const auto heir = party::AgencyId::parse(said.successor)) {
    change.passes.push_back({.from = said.agency.id, .to = *heir});
  }
  work.note(row.line(), ImportEffect::ended, code,
            {"Chấm dứt từ" + on_day(day) + (said.successor.empty() ? "" : ", về " + said.successor),
             "Ends" + on_day(day) +
                 (said.successor.empty() ? "" : ", its work goes to " + said.successor)});
}

void found(ImportWork& work, const NamedRow& row, const SaidAgency& said) {
  const Date day = said.from.value_or(work.request.on);
  change_for(work, ChangeKind::establish, day, said.act).founds.push_back(said.agency);
  work.note(row.line(), ImportEffect::added, said.agency.id.text(),
            {"Thành lập " + said.agency.name.vi + on_day(day),
             "Established: " + said.agency.name.in(calendar::Language::english) + on_day(day)});
}

bool change(ImportWork& work, const NamedRow& row, const SaidAgency& said,
            const party::Agency& now) {
  const Date day = work.request.on;
  const std::string& code = said.agency.id.text();
  // Columns that the file does not have say nothing.
  party::Agency next = said.agency;
  if (!row.has("name_en")) next.name.en = now.name.en;
  if (!row.has("address")) next.address = now.address;
  if (!row.has("unit_code")) next.unit_code = now.unit_code;
  if (!row.has("code_status")) next.code_is_example = now.code_is_example;
  bool changed = false;
  const auto state = [&](ChangeKind kind, Bilingual what) {
    change_for(work, kind, day, said.act).states.push_back(next);
    work.note(row.line(), ImportEffect::changed, code, std::move(what));
    changed = true;
  };
  if (next.name != now.name) {
    state(ChangeKind::rename, {"Đổi tên: " + now.name.vi + " → " + next.name.vi,
                               "Renamed: " + now.name.vi + " → " + next.name.vi});
  }
  if (next.parent != now.parent) {
    const std::string above = next.parent ? next.parent->text() : "-";
    state(ChangeKind::move, {"Chuyển về trực thuộc " + above, "Moved below " + above});
  }
  if (next.address != now.address || next.unit_code != now.unit_code ||
      next.code_is_example != now.code_is_example) {
    state(ChangeKind::amend,
          {"Sửa địa chỉ, mã đơn vị hoặc tình trạng mã", "Address or codes amended"});
  }
  return changed;
}

}  // namespace

void import_agency(ImportWork& work, const NamedRow& row) {
  const auto read_row = read(row, work.request.act);
  if (!read_row) return work.refuse(row.line(), row["code"], read_row.error());
  const SaidAgency& said = *read_row;
  const std::string& code = said.agency.id.text();
  if (work.lines.contains(code)) {
    return work.refuse(
        row.line(), code,
        {"Mã này đã có ở dòng " + std::to_string(work.lines.find(code)->second) + ".",
         "The code stands in line " + std::to_string(work.lines.find(code)->second) + " already."});
  }
  work.lines.emplace(code, row.line());
  const auto states = work.state.history.states(code);
  const std::size_t before = work.preview.lines.size();
  if (states.empty()) {
    found(work, row, said);
    if (said.to) end(work, row, said);
    return;
  }
  const std::optional<Date>& last = states.back().to;
  const bool ends = said.to && (!last || *said.to != *last);
  const party::Agency* now = work.state.history.find(code, work.request.on);
  if (now == nullptr && said.to == last) {
    // Not there yet, or no more, and the row says nothing else.
    ++work.preview.unchanged;
    return;
  }
  if (now == nullptr || (last && ends)) {
    return work.refuse(
        row.line(), code,
        {"Cơ quan này không tồn tại vào ngày " + calendar::to_vietnamese(work.request.on) +
             " hoặc đã có ngày chấm dứt khác; lịch sử không viết lại.",
         "The agency does not exist on " + calendar::to_iso(work.request.on) +
             ", or ends on another day already; history is not rewritten."});
  }
  if (said.agency.kind != now->kind) {
    return work.refuse(row.line(), code,
                       {"Loại cơ quan không đổi được: hãy lập cơ quan mới và hợp nhất vào đó.",
                        "The kind of an agency cannot change: found a new one and merge into it."});
  }
  const bool changed = change(work, row, said, *now);
  if (ends) end(work, row, said);
  if (!changed && !ends && work.preview.lines.size() == before) ++work.preview.unchanged;
}

void finish_agencies(ImportWork& work) {
  for (party::OrganisationChange& one : work.preview.batch.changes) {
    one.id.clear();
    // The same file makes the same ids on the same register: it cannot be registered twice, and
    // what was changed and changed back may be changed again.
    one.id =
        "im-" + calendar::to_iso(one.on) + "-" +
        base::to_hex(base::sha256(std::to_string(work.state.version) + base::to_text(to_json(one))))
            .substr(0, 12);
    for (const party::AgencyId& id : one.ends) {
      const auto line = work.lines.find(id.text());
      if (line != work.lines.end()) work.lines.emplace(one.id, line->second);
    }
    for (const auto* list : {&one.founds, &one.states}) {
      for (const party::Agency& agency : *list) {
        const auto line = work.lines.find(agency.id.text());
        if (line != work.lines.end()) work.lines.emplace(one.id, line->second);
      }
    }
  }
}

}  // namespace casework
