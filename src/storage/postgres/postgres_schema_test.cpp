// postgres_schema_test.cpp - migrations, the wall between tenants, and what the statements of the
// hot path look at.
#include <atomic>
#include <fstream>
#include <set>
#include <sstream>
#include <thread>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "casework/test_commits.h"
#include "storage/postgres/connection.h"
#include "storage/postgres/postgres_store.h"
#include "storage/postgres/test_cluster.h"

namespace storage::postgres {
namespace {

using casework::Commit;
using casework::CommitFailure;
using contract::moment;
using contract::new_dossier;
using contract::next_of;

TestCluster& cluster() {
  return *TestCluster::get();
}
std::unique_ptr<casework::Store> open(const std::string& url, const std::string& tenant = "H41") {
  auto store = open_store(url, tenant);
  EXPECT_TRUE(store) << store.error().message;
  return std::move(store).value();
}
std::string name_of(const std::string& url) {
  return url.substr(url.rfind('/') + 1);
}

TEST(PostgresSchema, OfANewerProgramIsRefusedWithTheWayBack) {
  const std::string url = cluster().new_database();
  ASSERT_TRUE(open(url));
  cluster().admin("INSERT INTO motcua.schema_version VALUES (999, now())", name_of(url));
  const auto store = open_store(url, "H41");
  ASSERT_FALSE(store);
  EXPECT_EQ(store.error().code, base::FaultCode::invalid);
  EXPECT_THAT(store.error().message, testing::HasSubstr("newer program"));
}

TEST(PostgresSchema, IsMadeOnceWhenSeveralOpenAtOnce) {
  const std::string url = cluster().new_database();
  std::vector<std::thread> threads;
  std::atomic<int> opened{0};
  for (int i = 0; i < 6; ++i) {
    threads.emplace_back([&] {
      const auto store = open_store(url, "H41");
      EXPECT_TRUE(store) << store.error().message;
      if (store) ++opened;
    });
  }
  for (std::thread& thread : threads) thread.join();
  EXPECT_EQ(opened, 6);
  EXPECT_EQ(cluster().admin("SELECT count(*) FROM motcua.schema_version", name_of(url)), "6");
}

// How often a migration was killed on its way.
int kill_and_migrate() {
  const std::string url = cluster().new_database();
  std::atomic<bool> made{false};
  int killed = 0;
  std::thread migrating{[&] {
    while (!made) {
      const auto store = open_store(url, "H41");
      if (store) {
        EXPECT_TRUE((*store)->commit(new_dossier("a")));
        made = true;
      } else {
        EXPECT_EQ(store.error().code, base::FaultCode::unavailable) << store.error().message;
      }
    }
  }};
  // Inside the server, so that it is quick enough to meet one.
  cluster().admin(
      "CREATE OR REPLACE FUNCTION reap(name text, age interval) RETURNS bigint LANGUAGE plpgsql "
      "AS $$ DECLARE reaped bigint := 0; BEGIN FOR i IN 1..200 LOOP "
      "PERFORM pg_stat_clear_snapshot(); "
      "SELECT count(pg_terminate_backend(pid)) INTO reaped FROM pg_stat_activity "
      "WHERE datname = name AND pid <> pg_backend_pid() "
      "AND xact_start < clock_timestamp() - age; "
      "EXIT WHEN reaped > 0; PERFORM pg_sleep(0.001); END LOOP; RETURN reaped; END $$");
  for (int i = 0; i < 6 && !made; ++i) {
    // Each lives a little longer than the one before.
    killed += std::stoi(cluster().admin("SELECT reap('" + name_of(url) + "', interval '" +
                                        std::to_string(i * 4) + " ms')"));
  }
  migrating.join();
  EXPECT_EQ(cluster().admin("SELECT max(version) FROM motcua.schema_version", name_of(url)), "11");
  return killed;
}

TEST(PostgresSchema, AMigrationThatWasKilledIsDoneAgain) {
  // Where the machine is fast, most migrations are over before they are found.
  int killed = 0;
  for (int i = 0; i < 60 && killed < 3; ++i) killed += kill_and_migrate();
  EXPECT_GT(killed, 0);
}

TEST(PostgresWall, ARoleThatItDoesNotBindIsRefused) {
  const std::string url = cluster().new_database();
  cluster().admin(
      "DROP ROLE IF EXISTS almighty; CREATE ROLE almighty LOGIN BYPASSRLS PASSWORD 'x'");
  std::string as_almighty = url;
  as_almighty.replace(as_almighty.find("motcua:"),
                      as_almighty.find('@') - as_almighty.find("motcua:"), "almighty:x");
  const auto store = open_store(as_almighty, "H41");
  ASSERT_FALSE(store);
  EXPECT_EQ(store.error().code, base::FaultCode::invalid);
  EXPECT_FALSE(open_store(url, "")) << "nobody's store";
}

TEST(PostgresWall, ATenantNeitherSeesNorChangesTheOthersRowsEvenByForgetfulStatements) {
  const std::string url = cluster().new_database();
  const auto ours = open(url, "H41");
  const auto theirs = open(url, "H42");
  Commit theirs_first = new_dossier("x");
  theirs_first.payments = {{.receipt = "r",
                            .kind = "payment",
                            .amount = 1,
                            .method = "cash",
                            .reason = "",
                            .cashier_id = "c",
                            .cashier_name = "C",
                            .agency = "H41.101.01",
                            .at = moment(0)}};
  theirs_first.outbox = {{.kind = "mail", .payload = "{}", .effect = "x/1"}};
  theirs_first.wake_at = moment(1);
  ASSERT_TRUE(theirs->commit(theirs_first));
  ASSERT_TRUE(theirs->integrate_journal());
  ASSERT_TRUE(theirs->save_setting("demo", "yes"));
  // The same ids and keys mean something else here.
  ASSERT_TRUE(ours->commit(new_dossier("x")));
  EXPECT_EQ(*ours->dossier_count(), 1);
  EXPECT_FALSE(ours->setting("demo")->has_value());
  EXPECT_EQ(ours->outbox_due(moment(100), 10)->size(), 0U);

  const std::string tables = cluster().admin(
      "SELECT string_agg(relname, ' ' ORDER BY relname) FROM pg_class WHERE relkind = 'r' "
      "AND relnamespace = 'motcua'::regnamespace AND relname <> 'schema_version'",
      name_of(url));
  std::istringstream names(tables);
  const std::string as_ours = "SET motcua.tenant = 'H41'; SET search_path = motcua; ";
  int seen = 0;
  for (std::string table; names >> table; ++seen) {
    const std::string total = cluster().admin("SELECT count(*) FROM motcua." + table, name_of(url));
    EXPECT_EQ(
        TestCluster::ask(url, as_ours + "SELECT count(*) FROM " + table + " WHERE tenant <> 'H41'"),
        "0")
        << table;
    EXPECT_EQ(TestCluster::ask(url, "SELECT count(*) FROM motcua." + table), "0")
        << table << ": who says no tenant sees nothing";
    TestCluster::ask(url, as_ours + "UPDATE " + table + " SET tenant = 'H42'");
    TestCluster::ask(url, as_ours + "UPDATE " + table + " SET tenant = tenant");
    EXPECT_EQ(cluster().admin("SELECT count(*) FROM motcua." + table, name_of(url)), total);
    EXPECT_EQ(cluster().admin("SELECT relrowsecurity AND relforcerowsecurity FROM pg_class WHERE "
                              "oid = 'motcua." +
                                  table + "'::regclass",
                              name_of(url)),
              "t")
        << table;
    EXPECT_EQ(cluster().admin(
                  "SELECT attname FROM pg_index i JOIN pg_attribute a ON a.attrelid = i.indrelid "
                  "AND a.attnum = i.indkey[0] WHERE i.indisprimary AND i.indrelid = 'motcua." +
                      table + "'::regclass",
                  name_of(url)),
              "tenant")
        << table;
  }
  EXPECT_GT(seen, 20);
  const std::string before = cluster().admin(
      "SELECT count(*) FROM motcua.event WHERE tenant = 'H42' AND dossier = 'x'", name_of(url));
  for (const char* forgetful :
       {"DELETE FROM event", "DELETE FROM dossier", "DELETE FROM dossier_words",
        "UPDATE dossier SET applicant = ''", "DELETE FROM journal_leaf", "DELETE FROM payment"}) {
    TestCluster::ask(url, as_ours + forgetful);
  }
  EXPECT_EQ(
      cluster().admin("SELECT count(*) FROM motcua.event WHERE tenant = 'H42' AND dossier = 'x'",
                      name_of(url)),
      before);
  EXPECT_EQ((*theirs->load("x"))->row.applicant, "Nguyễn Văn x");
  casework::SearchQuery query;
  query.words = "nguyen";
  EXPECT_EQ(theirs->search(query)->rows.size(), 1U);
  EXPECT_EQ(theirs->payments("", moment(0), moment(1))->size(), 1U);
  EXPECT_THAT(TestCluster::ask(url, as_ours + "INSERT INTO setting VALUES ('H42', 'a', 'b')"),
              testing::HasSubstr("row-level security"));
}

// ---------------------------------------------------------------- plans

constexpr const char* kFill = R"sql(
SET search_path = motcua;
INSERT INTO dossier SELECT t, 'd' || n, 'c' || n, 2, 'p' || n % 50, 'd1', 'H41.' || n % 100,
  'H41.' || n % 100, 4, 'online', 'Nguyễn ' || n, '', 'nguyen ' || n, 'receive', '', n * 1000, NULL,
  NULL, NULL, false, false, '', '{}' FROM generate_series(1, 20000) n, unnest(ARRAY['H41','H42']) t;
INSERT INTO dossier_words SELECT tenant, id, filed_at, ARRAY[agency], array_to_tsvector(
  lexemes_of(tenant, code, ARRAY['nguyen', 'van', 'n' || id], ARRAY[agency])) FROM dossier;
INSERT INTO event SELECT tenant, id, s, filed_at, 1, 'o', 'O', agency, 'filed', '{}', '', '\x00'
  FROM dossier, generate_series(1, 2) s;
INSERT INTO request SELECT tenant, 'a', id, 'h', id, 2, filed_at FROM dossier;
INSERT INTO task SELECT tenant, agency, filed_at, id, 1, 'reception', '', '', 'receive', 'receive',
  filed_at, NULL, NULL, false, false, procedure FROM dossier;
INSERT INTO running SELECT tenant, agency, id, code, 2, NULL, filed_at, 'clock' FROM dossier;
INSERT INTO outbox (tenant, dossier, kind, payload, effect, attempts, due_at, done_at, error,
  written_at) SELECT tenant, id, 'mail', '{}', id || '/1', 0, filed_at,
  CASE WHEN filed_at % 7000 = 0 THEN NULL ELSE filed_at END, '', filed_at FROM dossier;
INSERT INTO journal_leaf SELECT tenant, row_number() OVER (PARTITION BY tenant ORDER BY filed_at) - 1,
  'event', id, 1, '\x00' FROM dossier;
INSERT INTO session SELECT tenant, id, 'u' || id, 'c', 1, 1 FROM dossier;
INSERT INTO entry SELECT tenant, 'k', id, 1, 1, '{}', ARRAY[id], NULL FROM dossier;
INSERT INTO entry_word SELECT tenant, 'k', id, id FROM dossier;
INSERT INTO draft SELECT tenant, id, 'p', 'a', '1', '{}', '[]', 1, 1 FROM dossier;
INSERT INTO file SELECT tenant, id, 'n', 'c', 'm', '', id, 1, 'dossier:' || id, 1, '', NULL
  FROM dossier;
INSERT INTO inbound SELECT tenant, 's', id, 'h', id, 1, NULL FROM dossier;
INSERT INTO number_series SELECT tenant, id, 1 FROM dossier;
INSERT INTO payment SELECT tenant, agency, filed_at, id, 'payment', id, 1, '', '', '', '' FROM dossier;
INSERT INTO access SELECT tenant, 'access/' || id, 1, 1, 1, '', '', '', '', '', '\x00' FROM dossier;
INSERT INTO revision SELECT tenant, id, 'c', 'f' FROM dossier;
INSERT INTO journal_tile SELECT tenant, 1, 1000 + row_number() OVER (), '\x00' FROM dossier;
INSERT INTO journal_head SELECT tenant, -row_number() OVER (), 1, 'c', NULL FROM dossier;
INSERT INTO upload_piece SELECT tenant, id, 0, 1, id FROM dossier;
VACUUM ANALYZE;
)sql";

void use_everything(casework::Store& store, int round) {
  const std::string id = "new" + std::to_string(round);
  const casework::RequestKey key{.key = id, .hash = "h", .actor = "z"};
  Commit first = new_dossier(id, "series", 100'000'000 + 10 * round);
  first.wake_at = moment(1);
  first.outbox = {{.kind = "mail", .payload = "{}", .effect = id}};
  EXPECT_TRUE(store.commit(first));
  Commit second = next_of(first, "next-" + id);
  second.search_text = "tran thi";
  second.outbox.clear();
  EXPECT_TRUE(store.commit(second));
  EXPECT_FALSE(store.commit(second));
  EXPECT_TRUE(store.commit_all({next_of(second, "third-" + id)})[0]);
  EXPECT_TRUE(store.find_request(first.request)->has_value());
  EXPECT_TRUE(store.load(id)->has_value());
  EXPECT_TRUE(store.find_by_code("c7")->has_value());
  EXPECT_TRUE(store.events(id, 0));
  EXPECT_TRUE(store.last_event_at());
  casework::InboxQuery inbox{.officer = "o1",
                             .agency = "H41.7",
                             .roles = {"reception", "clerk"},
                             .state = "all",
                             .procedure = {},
                             .now = moment(0),
                             .soon = moment(1),
                             .cursor = {},
                             .limit = 25};
  const auto page = store.inbox(inbox);
  ASSERT_TRUE(page);
  EXPECT_EQ(page->rows.size(), 25U);
  inbox.cursor = page->next_cursor;
  EXPECT_TRUE(store.inbox(inbox));
  inbox.places = {{.agency = "H41.8", .role = "leader", .procedures = {"p1"}}};
  EXPECT_TRUE(store.inbox(inbox));
  const casework::EntryRow entry{
      .kind = "person", .key = id, .version = 1, .at = moment(0), .body = "{}", .found_by = {id}};
  EXPECT_TRUE(store.save_entries({entry}, std::nullopt));
  EXPECT_TRUE(store.find_entry("person", id)->has_value());
  EXPECT_EQ(store.entries_found_by("person", id, 10)->size(), 1U);
  EXPECT_TRUE(store.delete_entries({{.kind = "person", .key = id}}));
  EXPECT_TRUE(store.sessions("nobody")->empty());
  casework::SearchQuery search;
  for (const char* words : {"", "nguyen van", "nd777", "khong co ai", "0"}) {
    for (const char* agency : {"", "H41.7"}) {
      search.words = words;
      search.agency_prefix = agency;
      EXPECT_TRUE(store.search(search)) << words;
    }
  }
  search.code = "c8";
  EXPECT_TRUE(store.search(search));
  EXPECT_TRUE(store.open_work());
  EXPECT_TRUE(store.open_twins("p1", "0401", "Nguyen"));
  EXPECT_TRUE(store.open_twins("p1", "", "Nguyen 7"));
  EXPECT_EQ(store.wakes_due(moment(0), 50)->size(), 50U);
  EXPECT_TRUE(store.next_wake_at());
  const auto due = store.outbox_due(moment(0), 20);
  EXPECT_EQ(due->size(), 20U);
  const auto claimed = store.outbox_claim(
      {.now = moment(0), .until = moment(1), .limit = 5, .only_kind = {}, .except_kinds = {}});
  ASSERT_EQ(claimed->size(), 5U);
  EXPECT_TRUE(store.outbox_done(claimed->at(0).id, moment(0)));
  EXPECT_TRUE(store.outbox_retry(claimed->at(1).id, 1, moment(0), "x"));
  EXPECT_TRUE(store.accept_inbound(
      {.source = "t", .key = id, .hash = "h", .subject = "s", .body = "{}", .at = moment(0)}));
  EXPECT_TRUE(store.find_inbound("t", id)->has_value());
  EXPECT_TRUE(store.answer_inbound("t", id, "{}"));
  EXPECT_TRUE(store.save_draft({.id = id,
                                .procedure = "p",
                                .agency = "a",
                                .page = "1",
                                .answers = "{}",
                                .attachments = "[]",
                                .saved_at = moment(0),
                                .expires_at = moment(0)},
                               key));
  EXPECT_TRUE(store.load_draft(id));
  EXPECT_TRUE(store.delete_draft(id));
  EXPECT_TRUE(store.save_file({.id = id,
                               .name = "n",
                               .component = "c",
                               .media_type = "m",
                               .converted_from = "",
                               .sha256 = "s",
                               .size = 1,
                               .owner = "draft:x",
                               .uploaded_at = moment(0)},
                              std::nullopt));
  EXPECT_TRUE(store.find_file(id));
  EXPECT_TRUE(store.save_upload({.id = id,
                                 .owner = "draft:x",
                                 .name = "n",
                                 .component = "c",
                                 .declared = "m",
                                 .size = 2,
                                 .created_at = moment(0),
                                 .expires_at = moment(0)},
                                std::nullopt));
  EXPECT_TRUE(store.append_upload(id, {.start = 0, .size = 1, .address = "b"}));
  EXPECT_TRUE(store.find_upload(id));
  EXPECT_TRUE(store.upload_pieces(id));
  EXPECT_TRUE(store.open_uploads("draft:x"));
  EXPECT_TRUE(store.delete_upload(id));
  EXPECT_TRUE(store.save_session({.token_hash = id,
                                  .username = "u",
                                  .csrf = "c",
                                  .created_at = moment(0),
                                  .seen_at = moment(0)}));
  EXPECT_TRUE(store.find_session(id));
  EXPECT_TRUE(store.delete_session(id));
  const casework::AccountRow account{.username = id,
                                     .officer = "{}",
                                     .officer_id = id,
                                     .password_hash = "x",
                                     .must_change = false,
                                     .active = true};
  EXPECT_TRUE(store.create_account(account));
  EXPECT_TRUE(store.save_account(account));
  EXPECT_TRUE(store.replace_account(account, account));
  EXPECT_TRUE(store.find_account(id));
  EXPECT_TRUE(store.save_setting("s", "1"));
  EXPECT_TRUE(store.setting("s"));
  EXPECT_TRUE(store.save_revision(id, "c", "f"));
  EXPECT_TRUE(store.find_revision(id));
  EXPECT_TRUE(store.save_definitions({{.kind = "draft",
                                       .key = id,
                                       .version = 1,
                                       .at = moment(0),
                                       .actor = first.actor,
                                       .digest = "d",
                                       .body = "{}"}}));
  EXPECT_TRUE(store.find_definition("draft", id, 0)->has_value());
  EXPECT_TRUE(store.definitions({.kind = "draft"}));
  EXPECT_TRUE(store.definition_history("draft", id));
  EXPECT_TRUE(store.definitions_sequence());
  EXPECT_TRUE(store.record_accesses(
      {{.at = moment(0), .actor = first.actor, .dossier = id, .what = "dossier", .why = "w"}}));
  EXPECT_TRUE(store.accesses(id, 10));
  EXPECT_TRUE(store.find_leaf(id, 1)->has_value());
  EXPECT_TRUE(store.find_leaf("access/" + id, 1)->has_value());
  EXPECT_TRUE(store.find_leaf("calendar/x", 1));
  EXPECT_TRUE(store.integrate_journal());
  EXPECT_TRUE(store.journal_size());
  EXPECT_TRUE(store.leaf_hashes(0, 256));
  EXPECT_TRUE(store.save_head({.size = round, .checkpoint = "c", .at = moment(0), .timestamp = ""},
                              {{.level = 1, .number = round, .hashes = "h"}}));
  EXPECT_TRUE(store.save_timestamp(round, "t"));
  EXPECT_TRUE(store.heads(0, 10));
  EXPECT_TRUE(store.last_head());
  EXPECT_TRUE(store.tile(1, 0));
}

// Blanks as one space, so that a statement is found in the log however it was wrapped.
std::string squeezed(const std::string& text) {
  std::string out;
  for (const char c : text) {
    const bool blank = c == ' ' || c == '\n' || c == '\t';
    if (!blank) out += c;
    if (blank && !out.empty() && out.back() != ' ') out += ' ';
  }
  return out;
}

TEST(PostgresPlans, TheHotPathLooksAtOneTenantByIndexAndNeverAtAWholeTable) {
  const std::string url = cluster().new_database();
  ASSERT_TRUE(open(url));
  const std::string name = name_of(url);
  cluster().admin(std::string{kFill}.substr(0, std::string{kFill}.find("VACUUM")), name);
  cluster().admin("VACUUM ANALYZE", name);
  cluster().admin("ALTER DATABASE " + name + " SET session_preload_libraries = 'auto_explain'");
  cluster().admin("LOAD 'auto_explain'; ALTER DATABASE " + name +
                  " SET auto_explain.log_min_duration = 0");
  cluster().admin("LOAD 'auto_explain'; ALTER DATABASE " + name +
                  " SET auto_explain.log_nested_statements = on");
  const std::size_t before = cluster().log().size();
  {
    const auto store = open(url);
    for (int round = 1; round <= 8; ++round) use_everything(*store, round);
  }
  cluster().admin("ALTER DATABASE " + name + " RESET ALL");
  const std::string log = cluster().log().substr(before);

  // Every table that grows, wherever a plan touches it: by an index, and with the tenant.
  const std::set<std::string> small{"pg_authid",      "flushed",          "upload",
                                    "schema_version", "setting",          "account",
                                    "journal_queue",  "calendar_version", "definition"};
  std::istringstream lines(log);
  std::string scanned;
  std::string statement;
  std::string line;
  int scans = 0;
  while (std::getline(lines, line)) {
    if (line.find("Query Text:") != std::string::npos) statement = line;
    const std::size_t on = line.find(" on ");
    const bool scan = line.find(" Scan") != std::string::npos && on != std::string::npos &&
                      line.find("(cost=") != std::string::npos;
    if (!scan) continue;
    std::istringstream rest(line.substr(on + 4));
    rest >> scanned;
    const bool bitmap_index = line.find("Bitmap Index Scan") != std::string::npos;
    const std::string rows = line.substr(line.find("(cost="));
    if (small.contains(scanned) || line.find("CTE Scan") != std::string::npos ||
        line.find("Function Scan") != std::string::npos ||
        line.find("Subquery Scan") != std::string::npos) {
      continue;
    }
    ++scans;
    EXPECT_EQ(line.find("Seq Scan"), std::string::npos) << line << "\n" << statement;
    std::string condition;
    const auto here = lines.tellg();
    std::getline(lines, condition);
    lines.seekg(here);
    const bool named = condition.find("tenant") != std::string::npos ||
                       scanned == "dossier_words_words" || !bitmap_index;
    EXPECT_TRUE(named) << line << condition << "\n" << statement;
    if (line.find("Index") != std::string::npos && !bitmap_index) {
      EXPECT_NE(condition.find("tenant"), std::string::npos) << line << condition << statement;
    }
  }
  EXPECT_GT(scans, 300);
  EXPECT_NE(log.find("dossier_words_words"), std::string::npos) << "words are found by their index";

  const std::string all = squeezed(log);
  for (const Sql* sql = Sql::first(); sql != nullptr; sql = sql->next()) {
    const std::string text = sql->text();
    const bool about_tenant = text.find("tenant = $1") != std::string::npos ||
                              text.find("(tenant,") != std::string::npos ||
                              text.find("($1,") != std::string::npos;
    const std::string which = sql->name();
    if (which == "role" || which == "schema_exists" || which == "schema_version" ||
        which == "record_schema_version" || which == "set_up" || which == "lock_journal") {
      continue;
    }
    EXPECT_TRUE(about_tenant) << which << " does not say whose rows";
    if (sql->path() != Path::hot || which == "numbers_of_commit") continue;
    EXPECT_NE(all.find(squeezed(text)), std::string::npos)
        << which << " was not used, so that nobody looked at its plan";
  }
}

}  // namespace
}  // namespace storage::postgres
