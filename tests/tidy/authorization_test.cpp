// Every operation of api/openapi.yaml says who may call it (docs/formats/x-authz.md), in words that
// the product knows; who may do what, as told there, is what party::may decides.
#include <algorithm>
#include <set>

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <yaml-cpp/yaml.h>

#include "party/authority.h"
#include "source_tree.h"

namespace tidy {
namespace {

using Names = std::set<std::string>;

const Names kCallers{"anonymous", "draft", "receipt", "setup", "citizen", "officer"};
const Names kForeign{"none", "missing", "refused", "left_out"};
// Besides the name of an action: what makes the object exist for that officer.
const Names kReach{"none", "everyone", "secret", "owner", "concerned", "own", "top"};
const Names kPlaces{"none", "part", "task", "work", "lead", "own", "named", "top"};
const Names kMethods{"get", "put", "post", "delete", "patch"};
const Names kMembers{"caller", "action", "object", "reach", "at", "foreign", "rate", "csrf", "key"};

struct Operation {
  std::string where;  // "POST /api/v1/dossiers (file_dossier)"
  bool changes = false;
  YAML::Node authz;
};

const YAML::Node& contract() {
  static const YAML::Node read = [] {
    const SourceFile* file = find_file("api/openapi.yaml");
    return file == nullptr ? YAML::Node{} : YAML::Load(file->text);
  }();
  return read;
}

std::vector<Operation> operations() {
  std::vector<Operation> all;
  for (const auto& path : contract()["paths"]) {
    for (const auto& member : path.second) {
      const auto method = member.first.as<std::string>();
      if (!kMethods.contains(method)) continue;
      all.push_back({.where = method + " " + path.first.as<std::string>() + " (" +
                              member.second["operationId"].as<std::string>("?") + ")",
                     .changes = method != "get",
                     .authz = member.second["x-authz"]});
    }
  }
  return all;
}

Names names_of(const YAML::Node& list) {
  Names names;
  for (const auto& one : list) names.insert(one.as<std::string>());
  return names;
}

// The rate classes are those of the table in docs/formats/x-authz.md.
Names rate_classes() {
  Names names;
  const SourceFile* page = find_file("docs/formats/x-authz.md");
  if (page == nullptr) return names;
  for (const TableRow& row : table_of(page->text, "rate")) {
    std::string name = row.front();
    std::erase(name, '`');
    names.insert(name);
  }
  return names;
}

TEST(Authorization, IsToldByEveryOperation) {
  const auto all = operations();
  ASSERT_GE(all.size(), 100U);
  for (const Operation& one : all) {
    ASSERT_TRUE(one.authz.IsMap())
        << one.where << " has no x-authz: say who may call it (docs/formats/x-authz.md)";
    Names members;
    for (const auto& member : one.authz) members.insert(member.first.as<std::string>());
    EXPECT_EQ(members, kMembers) << one.where;
  }
}

TEST(Authorization, NamesOnlyWhatExists) {
  const Names rates = rate_classes();
  ASSERT_FALSE(rates.empty());
  for (const Operation& one : operations()) {
    if (!one.authz.IsMap()) continue;
    const Names callers = names_of(one.authz["caller"]);
    EXPECT_FALSE(callers.empty()) << one.where;
    for (const auto& caller : callers) EXPECT_TRUE(kCallers.contains(caller)) << one.where;
    const Names actions = names_of(one.authz["action"]);
    for (const auto& action : actions) {
      EXPECT_TRUE(party::parse_action(action).has_value()) << one.where << ": " << action;
    }
    EXPECT_TRUE(actions.empty() || callers.contains("officer")) << one.where;
    const auto reach = one.authz["reach"].as<std::string>("");
    EXPECT_TRUE(kReach.contains(reach) || party::parse_action(reach).has_value())
        << one.where << ": " << reach;
    const auto place = one.authz["at"].as<std::string>("");
    EXPECT_TRUE(kPlaces.contains(place)) << one.where << ": " << place;
    EXPECT_FALSE(place == "none" && !actions.empty()) << one.where << ": say where";
    EXPECT_TRUE(kForeign.contains(one.authz["foreign"].as<std::string>(""))) << one.where;
    EXPECT_TRUE(rates.contains(one.authz["rate"].as<std::string>("")))
        << one.where << ": a row of docs/formats/x-authz.md is missing";
  }
}

TEST(Authorization, AsksForProofThatAnOfficerMeantTheChange) {
  for (const Operation& one : operations()) {
    if (!one.authz.IsMap()) continue;
    const auto callers = names_of(one.authz["caller"]);
    // A citizen who proves himself by his session alone needs it, too.
    const bool by_session =
        callers.contains("officer") || (callers.contains("citizen") && callers.size() == 1);
    EXPECT_EQ(one.authz["csrf"].as<bool>(), by_session && one.changes) << one.where;
    EXPECT_FALSE(!one.changes && one.authz["key"].as<bool>()) << one.where;
  }
}

// An object that not everybody may know of looks like a missing one.
TEST(Authorization, HidesWhatIsNotEverybodys) {
  for (const Operation& one : operations()) {
    if (!one.authz.IsMap()) continue;
    const auto reach = one.authz["reach"].as<std::string>("");
    const auto foreign = one.authz["foreign"].as<std::string>("");
    const bool guarded = reach == "secret" || reach == "owner" || reach == "concerned" ||
                         party::parse_action(reach) ||
                         (reach == "own" && one.authz["object"].as<std::string>("") != "none");
    if (guarded && reach != "own") {
      EXPECT_THAT(foreign, ::testing::AnyOf("missing", "left_out")) << one.where;
    }
    EXPECT_TRUE(guarded || foreign != "missing") << one.where;
  }
}

TEST(Authorization, AsToldIsWhatTheGateDecides) {
  const auto at = *calendar::parse_instant("2026-08-20T09:00:00+07:00");
  const auto province = *party::AgencyId::parse("H41.101");
  const auto below = *party::AgencyId::parse("H41.101.01");
  const auto elsewhere = *party::AgencyId::parse("H41.102");
  const YAML::Node told = contract()["x-actions"];
  ASSERT_TRUE(told.IsMap());
  Names known;
  for (const auto& row : told) {
    const auto name = row.first.as<std::string>();
    const auto action = party::parse_action(name);
    ASSERT_TRUE(action.has_value()) << name << " is no action";
    known.insert(name);
    const Names roles = names_of(row.second["roles"]);
    const Names reaching = names_of(row.second["below"]);
    for (int i = 0; i < party::kRoleCount; ++i) {
      const auto role = static_cast<party::Role>(i);
      const std::string called{party::name(role)};
      party::Officer officer{.id = {"one"}, .agency = province};
      officer.roles = {role};
      const auto may = [&](const party::AgencyId& agency) {
        return party::may(officer, *action, party::Subject{.agency = agency}, at).allowed;
      };
      EXPECT_EQ(may(province), roles.contains(called)) << name << " by " << called;
      EXPECT_EQ(may(below), reaching.contains(called)) << name << " below, by " << called;
      EXPECT_FALSE(may(elsewhere)) << name << " elsewhere, by " << called;
      if (!roles.contains(called)) continue;
      const party::Subject held{.agency = province, .assignee = party::OfficerId{"another"}};
      EXPECT_EQ(party::may(officer, *action, held, at).allowed,
                !row.second["on_task"].as<bool>(false))
          << name << " of what somebody else has, by " << called;
    }
  }
  EXPECT_EQ(known.size(), static_cast<std::size_t>(party::kActionCount))
      << "x-actions of api/openapi.yaml has one row for each action";
}

}  // namespace
}  // namespace tidy
