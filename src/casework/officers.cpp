#include "casework/officers.h"

#include <boost/json.hpp>

#include "casework/former_posts.h"

namespace casework {

namespace {

// Two changes of one account at the same moment happen, ten do not.
constexpr int kAttempts = 10;
constexpr const char* kOnlyUnused = "only_unused";

bool is_only_unused(const AccountRow& row) {
  if (row.active) return false;
  const auto json = base::parse_json(row.officer);
  return json && base::bool_or(*json, kOnlyUnused);
}

}  // namespace

std::string account_text(const party::Officer& officer, bool only_unused) {
  base::json::object json = officer_json(officer);
  if (only_unused) json[kOnlyUnused] = true;
  return base::to_text(json);
}

base::json::object officer_json(const party::Officer& officer) {
  base::json::array roles;
  for (const party::Role role : officer.roles)
    roles.push_back(base::json::value(party::name(role)));
  base::json::object json{{"id", officer.id.text},           {"name", officer.name},
                          {"agency", officer.agency.text()}, {"title", officer.position.vi},
                          {"roles", std::move(roles)},       {"email", officer.email},
                          {"phone", officer.phone}};
  if (!officer.identity_number.empty()) json["identity_number"] = officer.identity_number;
  if (officer.active_from.has_value()) json["active_from"] = calendar::to_iso(*officer.active_from);
  if (officer.active_to.has_value()) json["active_to"] = calendar::to_iso(*officer.active_to);
  return json;
}

base::Outcome<party::Officer> read_officer(const base::json::value& json) {
  const auto agency = party::AgencyId::parse(base::string_or(json, "agency"));
  if (!agency.has_value()) {
    return base::fault(base::FaultCode::invalid, "an officer needs an agency code");
  }
  party::Officer officer{.id = party::OfficerId{base::string_or(json, "id")}, .agency = *agency};
  officer.name = base::string_or(json, "name");
  officer.position = {base::string_or(json, "title"), {}};
  officer.email = base::string_or(json, "email");
  officer.phone = base::string_or(json, "phone");
  officer.identity_number = base::string_or(json, "identity_number");
  officer.active_from = calendar::parse_date(base::string_or(json, "active_from"));
  officer.active_to = calendar::parse_date(base::string_or(json, "active_to"));
  if (const auto* roles = base::find(json, "roles"); roles != nullptr && roles->is_array()) {
    for (const base::json::value& one : roles->get_array()) {
      if (!one.is_string()) return base::fault(base::FaultCode::invalid, "a role is a text");
      const auto role = party::parse_role({one.get_string().data(), one.get_string().size()});
      if (!role.has_value()) return base::fault(base::FaultCode::invalid, "unknown role");
      officer.roles.push_back(*role);
    }
  }
  return officer;
}

base::Outcome<std::unique_ptr<Officers>> Officers::load(Store& store) {
  auto officers = std::make_unique<Officers>();
  for (const AccountRow& row : TRY(store.accounts())) {
    const base::json::value json = TRY(base::parse_json(row.officer));
    officers->remember(row, TRY(read_officer(json)));
  }
  return officers;
}

OfficerAccountPtr Officers::seen(const OfficerAccountPtr& account) const {
  if (account == nullptr || looks_.empty()) return account;
  auto now = std::make_shared<OfficerAccount>(*account);
  for (const Look& look : looks_) look(now->officer);
  return now;
}

OfficerAccountPtr Officers::find_as_written(const std::string& officer_id) const {
  const std::scoped_lock lock(mutex_);
  const auto found = by_id_.find(officer_id);
  return found == by_id_.end() ? nullptr : found->second;
}
OfficerAccountPtr Officers::find(const std::string& officer_id) const {
  return seen(find_as_written(officer_id));
}
OfficerAccountPtr Officers::find_username(const std::string& username) const {
  OfficerAccountPtr account;
  {
    const std::scoped_lock lock(mutex_);
    const auto found = by_username_.find(username);
    if (found != by_username_.end()) account = found->second;
  }
  return seen(account);
}
std::vector<OfficerAccountPtr> Officers::all_as_written() const {
  std::vector<OfficerAccountPtr> all;
  const std::scoped_lock lock(mutex_);
  all.reserve(by_username_.size());
  for (const auto& [username, one] : by_username_) all.push_back(one);
  return all;
}
std::vector<OfficerAccountPtr> Officers::all() const {
  std::vector<OfficerAccountPtr> all = all_as_written();
  for (OfficerAccountPtr& one : all) one = seen(one);
  return all;
}

party::Officer Officers::as_now(const party::Officer& officer) const {
  if (const OfficerAccountPtr account = find(officer.id.text)) {
    party::Officer now = account->officer;
    if (!account->active) now.active_to = calendar::Date::min();
    return now;
  }
  party::Officer now = officer;
  for (const Look& look : looks_) look(now);
  return now;
}

void Officers::remember(const AccountRow& row, party::Officer officer) {
  auto account = std::make_shared<const OfficerAccount>(
      OfficerAccount{std::move(officer), row.username, row.active, is_only_unused(row)});
  const std::scoped_lock lock(mutex_);
  by_id_[account->officer.id.text] = account;
  by_username_[row.username] = account;
}

base::Outcome<AccountRow> Officers::change(Store& store, const std::string& username,
                                           const AccountChange& by, const RowChange& change) {
  const std::scoped_lock lock(changing_);
  for (int attempt = 1;; ++attempt) {
    const auto found = TRY(store.find_account(username));
    if (!found.has_value()) return base::fault(base::FaultCode::not_found, "account " + username);
    AccountRow row = *found;
    if (!TRY(change(row)) || row == *found) return *found;
    const base::json::value said = TRY(base::parse_json(row.officer));
    party::Officer officer = TRY(read_officer(said));
    auto written = keep_former_post(store, *found, row, by);
    if (written) written = store.replace_account(*found, row);
    if (written) {
      remember(row, std::move(officer));
      return row;
    }
    if (written.error().code != base::FaultCode::conflict || attempt == kAttempts) {
      return base::Failure{written.error()};
    }
  }
}

}  // namespace casework
