// former post := {name, agency, title, roles, active, active_from?, active_to?, identity_number?}
//
// The moment of the version is the one until which it was so.
#include "casework/former_posts.h"

#include <boost/json.hpp>

#include "casework/definition_kinds.h"
#include "casework/organisation_register.h"
#include "casework/workplace.h"

namespace casework {

namespace {

using base::json::object;

object post_json(const party::Officer& officer, bool active) {
  object json = officer_json(officer);
  json.erase("id");
  json.erase("email");
  json.erase("phone");
  json["active"] = active;
  return json;
}

// What nobody's authority hangs on.
object authority_of(object post) {
  post.erase("name");
  post.erase("title");
  return post;
}

base::Outcome<object> post_of(const AccountRow& row) {
  const base::json::value said = TRY(base::parse_json(row.officer));
  const party::Officer officer = TRY(read_officer(said));
  return post_json(officer, row.active);
}

party::Officer closed_unless(bool active, party::Officer officer) {
  if (!active) officer.active_to = calendar::Date::min();
  return officer;
}

}  // namespace

base::Outcome<base::Done> keep_former_post(Store& store, const AccountRow& before,
                                           const AccountRow& after, const AccountChange& by) {
  const object was = TRY(post_of(before));
  const object becomes = TRY(post_of(after));
  if (authority_of(was) == authority_of(becomes)) return base::Done{};
  const auto last = TRY(store.find_definition(definition::kFormerPost, before.officer_id, 0));
  DefinitionRow row;
  row.kind = definition::kFormerPost;
  row.key = before.officer_id;
  row.version = last.has_value() ? last->version + 1 : 1;
  row.at = by.at;
  row.actor = by.by;
  row.body = base::to_text(was);
  return store.save_definitions({std::move(row)});
}

base::Outcome<party::Officer> officer_at(Store& store, const OfficerAccount& today, Instant at) {
  const auto former = TRY(store.definition_history(definition::kFormerPost, today.officer.id.text));
  for (const DefinitionRow& row : former) {
    if (row.at <= at) continue;
    const base::json::value said = TRY(base::parse_json(row.body));
    party::Officer officer = TRY(read_officer(said));
    officer.id = today.officer.id;
    return closed_unless(base::bool_or(said, "active", true), std::move(officer));
  }
  // Of one that was closed before such things were kept it is not known since when.
  return closed_unless(today.active || former.empty(), today.officer);
}

base::Outcome<std::optional<party::Officer>> officer_then(const Workplace& workplace,
                                                          const std::string& id, Instant at) {
  const OfficerAccountPtr account = workplace.officers.find_as_written(id);
  if (account == nullptr) return std::optional<party::Officer>{};
  party::Officer officer = TRY(officer_at(workplace.store, *account, at));
  const auto entrust = [entries = workplace.authority->now()](party::Officer& one) {
    entries->entrust(one);
  };
  if (workplace.organisations != nullptr) {
    workplace.organisations->dress_at(officer, at, entrust);
  } else {
    entrust(officer);
  }
  return std::optional{std::move(officer)};
}

}  // namespace casework
