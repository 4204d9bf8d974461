// organisation_sheet.cpp - the register's tables, out.
#include <algorithm>
#include <array>

#include "casework/organisation_columns.h"
#include "casework/organisation_tables.h"

namespace casework {

namespace {

using calendar::Date;

SheetCell day_of(const std::optional<Date>& on) {
  return on ? SheetCell{calendar::to_iso(*on)} : SheetCell{};
}

std::string joined(const std::vector<std::string>& parts) {
  std::string text;
  for (const std::string& one : parts) text += (text.empty() ? "" : "; ") + one;
  return text;
}

void add_act(std::vector<SheetCell>& row, const party::LegalAct& act) {
  row.emplace_back(act.number);
  row.emplace_back(act.issuer);
  row.push_back(day_of(act.issued_on));
  row.emplace_back(act.title);
}

// By which it came to be what it is.
party::LegalAct act_of(const party::OrganisationHistory& history, const std::string& code,
                       Date on) {
  party::LegalAct act;
  for (const party::OrganisationChange* change : history.changes_of(code)) {
    if (change->on <= on) act = change->act;
  }
  return act;
}

std::string successor_of(const party::OrganisationHistory& history, const std::string& code) {
  for (const party::OrganisationChange* change : history.changes_of(code)) {
    for (const party::Passing& one : change->passes) {
      if (one.from.text() == code && one.procedures.all) return one.to.text();
    }
  }
  return {};
}

void add_agencies(SheetTable& sheet, const OrganisationState& state, Date on) {
  const party::Organisation organisation = state.history.at(on);
  for (const party::Agency& one : organisation.agencies()) {
    const std::string& code = one.id.text();
    std::vector<SheetCell> row{code,
                               std::string{party::name(one.kind)},
                               one.parent ? one.parent->text() : std::string{},
                               one.name.vi,
                               one.name.en,
                               one.unit_code,
                               one.address,
                               day_of(one.valid_from),
                               day_of(one.valid_to),
                               std::string{one.code_is_example ? "example" : "official"},
                               one.valid_to ? successor_of(state.history, code) : std::string{}};
    add_act(row, act_of(state.history, code, on));
    sheet.rows.push_back(std::move(row));
  }
}

void add_counters(SheetTable& sheet, const OrganisationState& state, Date on) {
  for (const party::ServiceCounter& one : state.record.staff.counters) {
    if (one.to && *one.to < on) continue;
    sheet.rows.push_back({one.centre.text(), std::int64_t{one.number}, one.name.vi, one.name.en,
                          joined(one.fields), day_of(one.from), day_of(one.to)});
  }
}

void add_positions(SheetTable& sheet, const OrganisationState& state) {
  for (const party::Position& one : state.record.staff.positions) {
    std::vector<std::string> roles;
    for (const party::Role role : one.roles) roles.emplace_back(party::name(role));
    sheet.rows.push_back({one.code, one.title.vi, one.title.en, std::int64_t{one.rank},
                          joined(roles), std::int64_t{one.holders},
                          std::string{one.heads ? "yes" : ""}});
  }
}

std::string shown(const std::string& identity, IdentityNumbers identities) {
  if (identities == IdentityNumbers::shown || identity.size() < 4) return identity;
  return std::string(identity.size() - 3, '*') + identity.substr(identity.size() - 3);
}

void add_officers(SheetTable& sheet, const OrganisationState& state, Date on,
                  IdentityNumbers identities) {
  for (const party::StaffMember& person : state.record.staff.people) {
    const std::vector<SheetCell> who{shown(person.identity, identities), person.name,
                                     person.username, person.email, person.phone};
    bool posted = false;
    for (const party::Post& post : state.roster.posts_of(person.identity)) {
      if (post.until && *post.until < on) continue;
      std::vector<SheetCell> row = who;
      row.emplace_back(post.appointment->agency.text());
      row.emplace_back(post.appointment->position);
      row.emplace_back(calendar::to_iso(post.appointment->from));
      row.push_back(day_of(post.appointment->to));
      row.emplace_back(std::string{post.appointment->concurrent ? "yes" : ""});
      add_act(row, post.appointment->act);
      sheet.rows.push_back(std::move(row));
      posted = true;
    }
    if (posted) continue;
    std::vector<SheetCell> row = who;
    row.resize(sheet.columns.size());
    sheet.rows.push_back(std::move(row));
  }
}

constexpr std::array<std::string_view, 4> kNames{"agencies", "counters", "positions", "officers"};

}  // namespace

std::string_view name(OrganisationTable table) {
  return kNames[static_cast<std::size_t>(table)];
}

std::optional<OrganisationTable> parse_organisation_table(std::string_view text) {
  const auto found = std::ranges::find(kNames, text);
  if (found == kNames.end()) return std::nullopt;
  return static_cast<OrganisationTable>(found - kNames.begin());
}

SheetTable organisation_sheet(const OrganisationState& state, OrganisationTable table, Date on,
                              IdentityNumbers identities) {
  SheetTable sheet{.name = std::string{name(table)}, .columns = {}, .rows = {}};
  for (const std::string_view title : columns_of(table)) {
    sheet.columns.push_back({.title = std::string{title}, .width = 18});
  }
  switch (table) {
    case OrganisationTable::agencies:
      add_agencies(sheet, state, on);
      break;
    case OrganisationTable::counters:
      add_counters(sheet, state, on);
      break;
    case OrganisationTable::positions:
      add_positions(sheet, state);
      break;
    case OrganisationTable::officers:
      add_officers(sheet, state, on, identities);
      break;
  }
  return sheet;
}

}  // namespace casework
