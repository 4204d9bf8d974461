// tamper_test.cpp - a stored journal is changed in a thousand ways, and every one is found.
//
// Works on copies of one store that the product's own commands filled, with the indexes and
// triggers gone that would refuse some changes: whoever has the file has those, too.  What is not
// tried: a change behind the newest kept checkpoint, which nothing but the next checkpoint can
// show; and taking a signed head out of the store, which changes nothing that the tree says.
//
// MOTCUA_TAMPER: how many changes (1,000); MOTCUA_SEED: which.
#include <cstdlib>
#include <filesystem>
#include <iostream>
#include <map>

#include <boost/json.hpp>
#include <gtest/gtest.h>
#include <sqlite3.h>
#include <unistd.h>

#include "casework/journal_record.h"
#include "cli/demo_seed.h"
#include "cli/dossier_check.h"
#include "cli/journal_audit.h"
#include "journal/checkpoint.h"
#include "journal/compact_range.h"
#include "journal/line_reader.h"
#include "storage/sqlite/store_image.h"

namespace cli {
namespace {

namespace fs = std::filesystem;
using storage::sqlite::StoreImage;

constexpr const char* kOrigin = "motcua.example/H41";
constexpr int kDossiers = 120;

// ---------------------------------------------------------------- a store, and its keeper's copies

// A connection for whoever changes what he must not.
class Hand {
 public:
  explicit Hand(const fs::path& file) {
    EXPECT_EQ(sqlite3_open(file.c_str(), &database_), SQLITE_OK);
    run("PRAGMA synchronous = OFF; PRAGMA journal_mode = MEMORY");
  }
  ~Hand() { sqlite3_close(database_); }
  Hand(const Hand&) = delete;
  Hand& operator=(const Hand&) = delete;

  bool run(const std::string& sql) {
    return sqlite3_exec(database_, sql.c_str(), nullptr, nullptr, nullptr) == SQLITE_OK;
  }
  // One value of one row; what is no text comes as its text, a blob as its bytes.
  std::string value(const std::string& sql) {
    sqlite3_stmt* statement = nullptr;
    EXPECT_EQ(sqlite3_prepare_v2(database_, sql.c_str(), -1, &statement, nullptr), SQLITE_OK)
        << sql;
    std::string found;
    if (sqlite3_step(statement) == SQLITE_ROW) {
      const auto* bytes = static_cast<const char*>(sqlite3_column_blob(statement, 0));
      const auto size = static_cast<std::size_t>(sqlite3_column_bytes(statement, 0));
      if (bytes != nullptr) found.assign(bytes, size);
    }
    sqlite3_finalize(statement);
    return found;
  }
  std::int64_t number(const std::string& sql) {
    const std::string text = value(sql);
    return text.empty() ? -1 : std::strtoll(text.c_str(), nullptr, 10);
  }
  // `sql` has one ?1.
  bool put(const std::string& sql, const std::string& bytes, bool blob) {
    sqlite3_stmt* statement = nullptr;
    EXPECT_EQ(sqlite3_prepare_v2(database_, sql.c_str(), -1, &statement, nullptr), SQLITE_OK)
        << sql;
    const int size = static_cast<int>(bytes.size());
    if (blob) {
      sqlite3_bind_blob(statement, 1, bytes.data(), size, SQLITE_TRANSIENT);
    } else {
      sqlite3_bind_text(statement, 1, bytes.data(), size, SQLITE_TRANSIENT);
    }
    const bool done = sqlite3_step(statement) == SQLITE_DONE;
    sqlite3_finalize(statement);
    return done && sqlite3_changes(database_) == 1;
  }

 private:
  sqlite3* database_ = nullptr;
};

journal::SigningKey key_of(std::uint64_t seed) {
  base::SeededRandom random{seed};
  return journal::SigningKey::generate(kOrigin, random);
}

// The store as it was, an older backup of it, and the checkpoints that a citizen kept.
class Kept {
 public:
  Kept() {
    // In memory where the system offers that: nothing here is about disks.
    const fs::path memory = "/dev/shm";
    std::string pattern =
        (fs::exists(memory) ? memory : fs::temp_directory_path()) / "motcua-tamper-XXXXXX";
    folder = ::mkdtemp(pattern.data());
    fill();
    Hand hand{whole()};
    for (const char* name : {"event_leaf", "access_leaf", "calendar_version_leaf"}) {
      EXPECT_TRUE(hand.run("DROP INDEX " + std::string{name}));
    }
    hand.run("DELETE FROM dossier_words; DELETE FROM request; DELETE FROM outbox; VACUUM");
    size = hand.number("SELECT count(*) FROM journal_leaf");
    keys.push_back(key_of(1).verifier());
  }
  ~Kept() {
    std::error_code ignored;
    fs::remove_all(folder, ignored);
  }
  Kept(const Kept&) = delete;
  Kept& operator=(const Kept&) = delete;

  [[nodiscard]] fs::path whole() const { return folder / "whole.db"; }
  [[nodiscard]] fs::path backup() const { return folder / "backup.db"; }
  [[nodiscard]] fs::path changed() const { return folder / "changed.db"; }
  // Leaves under the largest kept checkpoint that is over no more than `index` leaves.
  [[nodiscard]] std::int64_t covered_before(std::int64_t index) const {
    std::int64_t covered = 0;
    for (const auto& head : checkpoints) {
      const auto at = journal::parse_checkpoint(head.checkpoint)->head.size;
      if (at <= index) covered = std::max(covered, at);
    }
    return covered;
  }

  fs::path folder;
  std::vector<journal::AuditHead> checkpoints;
  std::vector<journal::VerifierKey> keys;
  std::int64_t size = 0;
  std::int64_t backup_size = 0;
  std::int64_t dossiers = 0;
  std::optional<DossierRules> rules;

 private:
  void fill() {
    const auto data = DataFolder::open(folder / "data");
    ASSERT_TRUE(data);
    const auto shipped = find_shipped();
    ASSERT_TRUE(shipped) << shipped.error().message;
    auto read = read_dossier_rules(*shipped);
    ASSERT_TRUE(read) << read.error().message;
    rules = std::move(*read);
    const calendar::Instant until{std::chrono::milliseconds{1'795'000'000'000}};
    calendar::ManualClock clock{until - std::chrono::days{61}};
    auto office = Office::open(*data, *shipped, clock, {});
    ASSERT_TRUE(office) << office.error().message;
    casework::Store& store = (*office)->workplace().store;
    casework::Sealing sealing(store, kTenant, key_of(1));
    const auto seal = [&] {
      const auto head = sealing.seal(clock.now());
      ASSERT_TRUE(head) << head.error().message;
      if (!head->has_value()) return;
      checkpoints.push_back({.name = "kept " + std::to_string((*head)->size),
                             .checkpoint = (*head)->checkpoint,
                             .size = -1,
                             .timestamp = {}});
    };
    const auto seeded =
        seed_demo(**office, clock, until, {.dossiers = kDossiers, .seed = 7, .days = 60}, [&](int) {
          for (int i = 0; i < 5; ++i) {
            ASSERT_TRUE(store.record_accesses(
                {{.at = clock.now(),
                  .actor = {dossier::ActorKind::officer, "cb-1", "Lê Văn Đức", "H41"},
                  .dossier = "d" + std::to_string(i),
                  .what = "dossier",
                  .why = "by_role"}}));
          }
          seal();
          copy(backup());
          backup_size = *store.journal_size();
        });
    ASSERT_TRUE(seeded) << seeded.error().message;
    dossiers = seeded->filed;
    seal();
    copy(whole());
  }
  void copy(const fs::path& to) const {
    fs::remove(to);
    Hand hand{folder / "data" / "motcua.db"};
    ASSERT_TRUE(hand.run("VACUUM INTO '" + to.string() + "'"));
  }
};

// ---------------------------------------------------------------- changes

// What was done, and where its beginning has to be found.
struct Change {
  std::string what;
  std::int64_t lowest = 0;
  std::int64_t highest = 0;
  bool of_row = false;  // only dossiers and events, held against each other, can tell
};
using Tried = std::optional<Change>;  // nothing: this one cannot be made here

class Tamperer {
 public:
  Tamperer(const Kept& kept, base::SeededRandom& random) : kept_(kept), random_(random) {}

  Change change(int kind) {
    for (;;) {
      fs::copy_file(kept_.whole(), kept_.changed(), fs::copy_options::overwrite_existing);
      if (const Tried tried = attempt(kind)) return *tried;
    }
  }
  static constexpr int kKinds = 12;

 private:
  Tried attempt(int kind) {
    Hand hand{kept_.changed()};
    switch (kind) {
      case 0:
      case 1:
      case 2:
        return flip_bit(hand);
      case 3:
        return remove(hand);
      case 4:
        return insert(hand);
      case 5:
        return swap(hand);
      case 6:
        return truncate(hand);
      case 7:
        return rewrite(hand, key_of(1), "rewritten with the stolen key");
      case 8:
        return rewrite(hand, key_of(2), "rewritten with a new key");
      case 9:
        fs::copy_file(kept_.backup(), kept_.changed(), fs::copy_options::overwrite_existing);
        return Change{"rolled back to an old backup", kept_.backup_size, kept_.backup_size};
      case 10:
        return alter_row(hand);
      default:
        return pretend_erasure(hand);
    }
  }

  std::int64_t any_index() { return below(kept_.size); }
  std::int64_t below(std::int64_t bound) {
    return static_cast<std::int64_t>(random_.below(static_cast<std::uint64_t>(bound)));
  }
  static std::string text(std::int64_t number) { return std::to_string(number); }
  // The index of some event's leaf.
  std::int64_t any_event(Hand& hand) {
    return hand.number("SELECT leaf FROM event ORDER BY leaf LIMIT 1 OFFSET " +
                       text(below(hand.number("SELECT count(*) FROM event"))));
  }

  Tried flip_bit(Hand& hand) {
    struct Column {
      const char* table;
      const char* name;
      const char* index;   // column of the leaf's index, or ""
      bool moves = false;  // the index, or whose it is
    };
    static const std::vector<Column> columns = {{"event", "dossier", "leaf"},
                                                {"event", "sequence", "leaf"},
                                                {"event", "at", "leaf"},
                                                {"event", "actor_kind", "leaf"},
                                                {"event", "actor_id", "leaf"},
                                                {"event", "actor_name", "leaf"},
                                                {"event", "actor_agency", "leaf"},
                                                {"event", "type", "leaf"},
                                                {"event", "payload", "leaf"},
                                                {"event", "payload", "leaf"},
                                                {"event", "number", "leaf"},
                                                {"event", "salt", "leaf"},
                                                {"event", "leaf", "leaf", true},
                                                {"event", "tenant", "leaf", true},
                                                {"access", "subject", "leaf"},
                                                {"access", "at", "leaf"},
                                                {"access", "actor_name", "leaf"},
                                                {"access", "why", "leaf"},
                                                {"access", "salt", "leaf"},
                                                {"access", "leaf", "leaf", true},
                                                {"journal_leaf", "hash", "idx"},
                                                {"journal_leaf", "hash", "idx"},
                                                {"journal_leaf", "idx", "idx", true},
                                                {"journal_leaf", "tenant", "idx", true},
                                                {"journal_head", "checkpoint", ""},
                                                {"journal_head", "size", ""}};
    const Column& column = columns[random_.below(columns.size())];
    const std::string table = column.table;
    const std::string index = column.index;
    const std::string key = index.empty() ? "size" : index;
    const std::int64_t row =
        hand.number("SELECT " + key + " FROM " + table + " ORDER BY " + key + " LIMIT 1 OFFSET " +
                    text(below(hand.number("SELECT count(*) FROM " + table))));
    const std::string where = " WHERE " + key + " = " + text(row);
    const std::string select = std::string{column.name} + " FROM " + table + where;
    const std::string type = hand.value("SELECT typeof(" + select.substr(0, select.find(' ')) +
                                        ") FROM " + table + where);
    std::string value = hand.value("SELECT " + select);
    if (value.empty()) return std::nullopt;
    const std::string update =
        "UPDATE " + table + " SET " + std::string{column.name} + " = ?1" + where;
    bool done = false;
    if (type == "integer") {
      const std::int64_t turned =
          std::strtoll(value.c_str(), nullptr, 10) ^ (std::int64_t{1} << random_.below(40));
      done = hand.put(
          "UPDATE " + table + " SET " + std::string{column.name} + " = CAST(?1 AS INTEGER)" + where,
          text(turned), false);
    } else {
      const std::size_t bit = random_.below(value.size() * 8);
      value[bit / 8] = static_cast<char>(value[bit / 8] ^ (1 << (bit % 8)));
      done = hand.put(update, value, type == "blob");
    }
    if (!done) return std::nullopt;
    Change change{"bit of " + table + "." + column.name, row, row};
    if (column.moves) change.lowest = 0;
    if (index.empty()) change = {change.what, -1, -1};
    return change;
  }

  static bool remove_record(Hand& hand, std::int64_t index) {
    const std::string where = " WHERE leaf = " + text(index);
    return hand.run("DELETE FROM event" + where + "; DELETE FROM access" + where +
                    "; DELETE FROM calendar_version" + where);
  }
  Tried remove(Hand& hand) {
    const std::int64_t index = any_index();
    const auto which = random_.below(3);
    bool done = true;
    if (which != 1) done = remove_record(hand, index);
    if (which != 0) done = done && hand.run("DELETE FROM journal_leaf WHERE idx = " + text(index));
    if (!done) return std::nullopt;
    return Change{which == 0   ? "record deleted"
                  : which == 1 ? "leaf deleted"
                               : "record and leaf deleted",
                  index, index};
  }

  // Another filing that never was, in the place of `index`.
  Tried insert(Hand& hand) {
    const std::int64_t index = any_event(hand);
    const auto which = random_.below(3);
    const std::string columns =
        "tenant, dossier, sequence, at, actor_kind, actor_id, actor_name, actor_agency, type, "
        "payload, number, salt, content";
    const auto copy = [&](const std::string& leaf) {
      return hand.run("INSERT INTO event (" + columns +
                      ", leaf) SELECT tenant, dossier || 'x', sequence, at, actor_kind, actor_id, "
                      "actor_name, actor_agency, type, payload, number, salt, content, " +
                      leaf + " FROM event WHERE leaf = " + text(index));
    };
    if (which == 0) {
      return copy("NULL") ? Tried{Change{"record inserted without a leaf", -1, -1}} : std::nullopt;
    }
    if (which == 1) {
      return copy(text(index)) ? Tried{Change{"record inserted twice", index, index}}
                               : std::nullopt;
    }
    bool done = true;
    for (const char* table : {"event", "access", "calendar_version"}) {
      done = done && hand.run("UPDATE " + std::string{table} +
                              " SET leaf = leaf + 1 WHERE leaf >= " + text(index));
    }
    done = done &&
           hand.run("UPDATE journal_leaf SET idx = -idx - 1 WHERE idx >= " + text(index) +
                    "; UPDATE journal_leaf SET idx = -idx WHERE idx < 0") &&
           hand.run("INSERT INTO event (" + columns +
                    ", leaf) SELECT tenant, dossier || 'x', sequence, at, actor_kind, actor_id, "
                    "actor_name, actor_agency, type, payload, number, salt, content, " +
                    text(index) + " FROM event WHERE leaf = " + text(index + 1)) &&
           put_leaf(hand, index);
    if (!done) return std::nullopt;
    return Change{"record inserted with a leaf of its own", kept_.covered_before(index), index};
  }

  // The leaf that the event there should have.
  static bool put_leaf(Hand& hand, std::int64_t index) {
    const std::string where = " FROM event WHERE leaf = " + text(index);
    const auto column = [&](const char* name) {
      return hand.value("SELECT " + std::string{name} + where);
    };
    const std::string subject = column("dossier");
    const std::string type = column("type");
    const std::string number = column("number");
    const std::string actor_id = column("actor_id");
    const std::string actor_name = column("actor_name");
    const std::string actor_agency = column("actor_agency");
    const std::string payload = column("payload");
    const journal::Hash content = journal::content_hash(
        column("salt"), {.actor_kind = static_cast<int>(hand.number("SELECT actor_kind" + where)),
                         .actor_id = actor_id,
                         .actor_name = actor_name,
                         .actor_agency = actor_agency,
                         .payload = payload});
    const journal::Hash hash =
        journal::leaf_hash({.tenant = kTenant,
                            .kind = "event",
                            .subject = subject,
                            .sequence = hand.number("SELECT sequence" + where),
                            .at = hand.number("SELECT at" + where),
                            .type = type,
                            .number = number,
                            .content = content});
    return hand.put("INSERT OR REPLACE INTO journal_leaf (tenant, idx, hash) VALUES ('H41', " +
                        text(index) + ", ?1)",
                    std::string{journal::bytes_of(hash)}, true);
  }

  Tried swap(Hand& hand) {
    const std::int64_t one = any_event(hand);
    const std::int64_t other = any_event(hand);
    if (one == other) return std::nullopt;
    const auto which = random_.below(3);
    bool done = false;
    if (which == 0) {
      const std::string leaf = "(SELECT hash FROM journal_leaf WHERE idx = ";
      hand.run("CREATE TEMP TABLE t AS SELECT " + leaf + text(one) + ") AS a, " + leaf +
               text(other) + ") AS b");
      done =
          hand.run("UPDATE journal_leaf SET hash = (SELECT b FROM t) WHERE idx = " + text(one) +
                   "; UPDATE journal_leaf SET hash = (SELECT a FROM t) WHERE idx = " + text(other));
    } else if (which == 1) {
      done = hand.run("UPDATE event SET leaf = -9 WHERE leaf = " + text(one) +
                      "; UPDATE event SET leaf = " + text(one) + " WHERE leaf = " + text(other) +
                      "; UPDATE event SET leaf = " + text(other) + " WHERE leaf = -9");
    } else {
      const auto part = [&](const char* name, std::int64_t at) {
        return hand.value("SELECT " + std::string{name} + " FROM event WHERE leaf = " + text(at));
      };
      const std::string payload = part("payload", one);
      const std::string salt = part("salt", one);
      const std::string to = " WHERE leaf = " + text(other);
      const std::string from = " WHERE leaf = " + text(one);
      done = hand.put("UPDATE event SET payload = ?1" + from, part("payload", other), false) &&
             hand.put("UPDATE event SET salt = ?1" + from, part("salt", other), true) &&
             hand.put("UPDATE event SET payload = ?1" + to, payload, false) &&
             hand.put("UPDATE event SET salt = ?1" + to, salt, true);
    }
    if (!done) return std::nullopt;
    return Change{which == 0   ? "leaves swapped"
                  : which == 1 ? "indices swapped"
                               : "contents swapped",
                  std::min(one, other), std::min(one, other)};
  }

  Tried truncate(Hand& hand) {
    const std::int64_t size = any_index();
    const std::string from = " >= " + text(size);
    const bool done =
        hand.run("DELETE FROM event WHERE leaf" + from + "; DELETE FROM access WHERE leaf" + from +
                 "; DELETE FROM calendar_version WHERE leaf" + from +
                 "; DELETE FROM journal_leaf WHERE idx" + from +
                 "; DELETE FROM journal_head WHERE size > " + text(size));
    if (!done) return std::nullopt;
    return Change{"tail cut off", size, size};
  }

  // Everything fits again: leaf, tree and all heads.
  Tried rewrite(Hand& hand, const journal::SigningKey& key, const char* what) {
    const std::int64_t index = any_event(hand);
    const std::string where = " WHERE leaf = " + text(index);
    const std::string payload = hand.value("SELECT payload FROM event" + where);
    if (!hand.put("UPDATE event SET payload = ?1" + where, payload + " ", false) ||
        !put_leaf(hand, index)) {
      return std::nullopt;
    }
    journal::CompactRange tree;
    for (std::int64_t i = 0; i < kept_.size; ++i) {
      const auto hash =
          journal::hash_from(hand.value("SELECT hash FROM journal_leaf WHERE idx = " + text(i)));
      if (!hash) return std::nullopt;
      tree.append(*hash);
      if (hand.number("SELECT count(*) FROM journal_head WHERE size = " + text(tree.size())) != 1) {
        continue;
      }
      if (!hand.put("UPDATE journal_head SET checkpoint = ?1 WHERE size = " + text(tree.size()),
                    journal::sign_checkpoint({kOrigin, tree.size(), tree.root()}, key), false)) {
        return std::nullopt;
      }
    }
    return Change{what, kept_.covered_before(index), index};
  }

  // Some text, number or truth somewhere in it becomes another.
  bool alter_json(base::json::value& json) {
    if (json.is_object()) {
      auto& object = json.get_object();
      if (object.empty()) return false;
      auto member = object.begin() + below(static_cast<std::int64_t>(object.size()));
      return alter_json(member->value());
    }
    if (json.is_array()) {
      auto& array = json.get_array();
      if (array.empty()) return false;
      return alter_json(array[random_.below(array.size())]);
    }
    if (json.is_string()) {
      if (json.get_string().empty()) return false;
      json.get_string().push_back('x');
      return true;
    }
    if (json.is_int64()) {
      json = json.get_int64() + 1;
      return true;
    }
    if (json.is_bool()) {
      json = !json.get_bool();
      return true;
    }
    return false;
  }

  Tried alter_row(Hand& hand) {
    static const std::vector<std::string> columns = {
        "applicant",   "applicant_id", "status", "due_at",      "step",  "code",  "slip_number",
        "received_at", "closed",       "paused", "finished_at", "state", "state", "state"};
    const std::string column = columns[random_.below(columns.size())];
    const std::string id = hand.value("SELECT id FROM dossier ORDER BY id LIMIT 1 OFFSET " +
                                      text(below(hand.number("SELECT count(*) FROM dossier"))));
    const std::string where = " WHERE id = '" + id + "'";
    std::string value = hand.value("SELECT " + column + " FROM dossier" + where);
    if (value.empty()) return std::nullopt;
    if (column == "state") {
      auto json = base::parse_json(value);
      if (!json || !alter_json(*json)) return std::nullopt;
      const std::string altered = base::to_text(*json);
      if (!hand.put("UPDATE dossier SET state = ?1" + where, altered, false)) return std::nullopt;
      return Change{"state of a dossier", -1, -1, true};
    }
    const bool number =
        hand.value("SELECT typeof(" + column + ") FROM dossier" + where) == "integer";
    const bool done =
        number ? hand.run("UPDATE dossier SET " + column + " = 1 - " + column + where)
               : hand.put("UPDATE dossier SET " + column + " = ?1" + where, value + "x", false);
    if (!done || hand.value("SELECT " + column + " FROM dossier" + where) == value) {
      return std::nullopt;
    }
    return Change{"row of a dossier", -1, -1, true};
  }

  // An event is said to be erased by law, to slip another content in or to lose the one it has.
  Tried pretend_erasure(Hand& hand) {
    const std::int64_t index = any_event(hand);
    const std::string where = " WHERE leaf = " + text(index);
    const auto column = [&](const char* name) {
      return hand.value("SELECT " + std::string{name} + " FROM event" + where);
    };
    const std::string id = column("actor_id");
    const std::string name = column("actor_name");
    const std::string agency = column("actor_agency");
    const std::string payload = column("payload");
    const journal::Hash content = journal::content_hash(
        column("salt"),
        {.actor_kind = static_cast<int>(hand.number("SELECT actor_kind FROM event" + where)),
         .actor_id = id,
         .actor_name = name,
         .actor_agency = agency,
         .payload = payload});
    const bool slips_in = random_.below(2) == 0;
    const bool done =
        hand.put("UPDATE event SET content = ?1" + where, std::string{journal::bytes_of(content)},
                 true) &&
        hand.run("UPDATE event SET salt = NULL, actor_id = '', actor_name = ''" + where) &&
        hand.put("UPDATE event SET payload = ?1" + where, slips_in ? payload + " " : "", false);
    if (!done) return std::nullopt;
    if (slips_in) return Change{"content slipped in as if erased", index, index};
    return Change{"content erased without a reason", -1, -1, true};
  }

  const Kept& kept_;
  base::SeededRandom& random_;
};

// ---------------------------------------------------------------- the test

class Tamper : public testing::Test {
 protected:
  static void SetUpTestSuite() { kept_ = new Kept; }
  static void TearDownTestSuite() {
    delete kept_;
    kept_ = nullptr;
  }
  static inline Kept* kept_ = nullptr;

  static journal::AuditReport audit(const fs::path& store, bool with_checkpoints) {
    const auto report = audit_journal(
        {.store = store.string(),
         .tenant = kTenant,
         .keys = kept_->keys,
         .kept = with_checkpoints ? kept_->checkpoints : std::vector<journal::AuditHead>{},
         .ca = {},
         .progress = {}});
    EXPECT_TRUE(report) << report.error().message;
    return report ? *report : journal::AuditReport{};
  }
  static std::size_t mismatches(const fs::path& store) {
    const auto check = check_dossiers(store.string(), kTenant, *kept_->rules);
    EXPECT_TRUE(check) << check.error().message;
    return check ? check->mismatches.size() : 0;
  }
  static bool found(const journal::AuditReport& report) {
    return !report.whole() || report.records_waiting > 0;
  }
};

TEST_F(Tamper, LeavesAWholeStoreAlone) {
  const journal::AuditReport report = audit(kept_->whole(), true);
  EXPECT_TRUE(report.whole()) << report.findings.front().detail;
  EXPECT_EQ(report.covered, kept_->size);
  EXPECT_EQ(report.records_waiting, 0);
  EXPECT_GE(kept_->checkpoints.size(), 3U);
  EXPECT_GT(kept_->size, 500);
  const auto check = check_dossiers(kept_->whole().string(), kTenant, *kept_->rules);
  ASSERT_TRUE(check) << check.error().message;
  EXPECT_EQ(check->checked, kept_->dossiers);
  EXPECT_GT(check->checked, kDossiers * 9 / 10);
  for (const DossierMismatch& mismatch : check->mismatches) {
    ADD_FAILURE() << mismatch.id << " " << mismatch.part;
  }
}

TEST_F(Tamper, OfEveryKindIsFoundAndItsPlaceNamed) {
  const char* const given = std::getenv("MOTCUA_TAMPER");
  const long asked = given != nullptr ? std::strtol(given, nullptr, 10) : 0;
  const int changes = asked > 0 ? static_cast<int>(asked) : 1'000;
  const char* const seeded = std::getenv("MOTCUA_SEED");
  const std::uint64_t seed = seeded != nullptr ? std::strtoull(seeded, nullptr, 10) : 20'261'122;
  std::cout << "MOTCUA_SEED=" << seed << '\n';
  base::SeededRandom random{seed};
  Tamperer tamperer{*kept_, random};
  std::map<std::string, int> tally;
  for (int i = 0; i < changes; ++i) {
    const Change change = tamperer.change(i % Tamperer::kKinds);
    SCOPED_TRACE("change " + std::to_string(i) + ": " + change.what + " at " +
                 std::to_string(change.highest));
    const journal::AuditReport report = audit(kept_->changed(), true);
    const bool is_found = found(report) || (change.of_row && mismatches(kept_->changed()) > 0);
    EXPECT_TRUE(is_found);
    EXPECT_GE(report.first_bad_index, change.lowest);
    EXPECT_LE(report.first_bad_index, std::max<std::int64_t>(change.highest, change.lowest));
    ++tally[change.what];
  }
  for (const auto& [what, count] : tally) std::cout << count << "  " << what << '\n';
}

// What the test would say of a verifier that looks at less: the same changes go unseen.
TEST_F(Tamper, GoesUnseenByWhoHasNoOlderCheckpointOrDoesNotCompareRows) {
  base::SeededRandom random{3};
  Tamperer tamperer{*kept_, random};
  for (const int kind : {6, 7, 9, 10}) {
    const Change change = tamperer.change(kind);
    EXPECT_FALSE(found(audit(kept_->changed(), false))) << change.what;
  }
}

}  // namespace
}  // namespace cli
