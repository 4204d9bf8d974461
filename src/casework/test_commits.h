#pragma once
// test_commits.h - small commits of made-up dossiers, for what tests stores.
#include <string>

#include "base/text.h"
#include "calendar/instant.h"
#include "casework/store.h"

namespace storage::contract {

using calendar::Instant;
using casework::Commit;
using casework::CommitFailure;

inline Instant moment(std::int64_t minutes = 0) {
  return *calendar::parse_instant("2026-08-20T10:00:00+07:00") + std::chrono::minutes{minutes};
}

// A dossier's first commit: two events, the first of which asks for the code, and one task.
inline Commit new_dossier(const std::string& id,
                          const std::string& series = "dossier/H41.101.01/260820",
                          std::int64_t minutes = 0) {
  Commit commit;
  commit.request = {.key = "file-" + id, .hash = "hash-" + id, .actor = "citizen"};
  const std::string code = casework::number_placeholder(id, 0);
  commit.row.id = id;
  commit.row.code = code;
  commit.row.version = 2;
  commit.row.procedure = "1.001193";
  commit.row.digest = "d1";
  commit.row.agency = "H41.101";
  commit.row.receiving_agency = "H41.101.01";
  commit.row.channel = "online";
  commit.row.applicant = "Nguyễn Văn " + id;
  commit.row.step = "receive";
  commit.row.filed_at = moment(minutes);
  commit.at = moment(minutes);
  commit.actor = {
      .kind = dossier::ActorKind::officer, .id = "o1", .name = "Bà Tư", .agency = "H41.101.01"};
  commit.events = {
      {.type = "filed",
       .payload = R"({"a":1})",
       .number =
           dossier::NumberSeries{
               .key = series, .prefix = "H41.101.01-260820-", .width = 4, .suffix = {}}},
      {.type = "work_moved", .payload = "{}", .number = {}}};
  commit.state = R"({"code":")" + code + R"("})";
  commit.tasks = {{.activity = 1,
                   .step = "receive",
                   .action = "receive",
                   .agency = "H41.101.01",
                   .role = "reception",
                   .assignee_id = {},
                   .assignee_name = {},
                   .opened_at = moment(minutes),
                   .due_at = moment(minutes + 30)}};
  commit.agencies = {"H41.101", "H41.101.01"};
  commit.search_text = base::fold_for_search(commit.row.applicant + " khai sinh");
  return commit;
}

// The next commit on it: one event more.
inline Commit next_of(const Commit& before, const std::string& key) {
  Commit commit = before;
  commit.request = {.key = key, .hash = "h-" + key, .actor = "o1"};
  commit.expected_version = before.row.version;
  commit.row.version = before.row.version + 1;
  commit.at = before.at + std::chrono::minutes{1};
  commit.events = {{.type = "task_completed", .payload = "{}", .number = {}}};
  commit.search_text.reset();
  commit.agencies = before.agencies;
  return commit;
}

}  // namespace storage::contract
