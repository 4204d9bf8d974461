#pragma once
// journal_contract.h - what every casework::Store keeps of the journal, as one typed test suite.
//
// Stores are named as for store_contract.h; the tenant is "H41".
#include <algorithm>
#include <map>
#include <memory>
#include <set>
#include <string>
#include <thread>
#include <vector>

#include <gtest/gtest.h>

#include "base/random.h"
#include "casework/journal_record.h"
#include "casework/sealing.h"
#include "casework/store.h"
#include "casework/test_commits.h"
#include "journal/checkpoint.h"
#include "journal/compact_range.h"
#include "journal/proof.h"
#include "journal/proof_file.h"

namespace storage::contract {

template <class Stores>
class JournalContract : public testing::Test {
 protected:
  JournalContract() : store_(stores_.open()) {}
  casework::Store& store() { return *store_; }
  void reopen() {
    store_.reset();
    store_ = stores_.open();
  }
  void must(const Commit& commit) {
    const auto done = store_->commit(commit);
    ASSERT_TRUE(done) << done.error().fault.message;
  }
  std::vector<casework::JournalRecord> records() {
    std::vector<casework::JournalRecord> all;
    const auto done = store_->each_record([&](const casework::JournalRecord& record) {
      all.push_back(record);
      return true;
    });
    EXPECT_TRUE(done) << done.error().message;
    return all;
  }
  // Every record has the leaf it should have, indices are 0, 1, 2 … and each subject counts 1, 2 …
  void expect_whole(std::size_t size) {
    const auto integrated = store_->integrate_journal();
    ASSERT_TRUE(integrated) << integrated.error().message;
    EXPECT_EQ(*integrated, static_cast<std::int64_t>(size));
    EXPECT_EQ(*store_->journal_size(), *integrated);
    std::map<std::string, std::int64_t> last;
    std::int64_t next = 0;
    journal::CompactRange tree;
    for (const casework::JournalRecord& record : records()) {
      ASSERT_EQ(record.index, next++);
      const std::string subject = record.kind + record.subject;
      EXPECT_EQ(record.sequence, ++last[subject]) << subject;
      const journal::Hash hash = journal::leaf_hash(casework::leaf_of("H41", record));
      EXPECT_EQ(record.leaf_hash, casework::bytes_of(hash)) << subject << record.sequence;
      tree.append(hash);
      const auto leaf = store_->find_leaf(record.subject, record.sequence);
      ASSERT_TRUE(leaf && leaf->has_value());
      EXPECT_EQ((*leaf)->hash, casework::bytes_of(hash));
      EXPECT_EQ((*leaf)->index, record.index);
    }
    EXPECT_EQ(next, static_cast<std::int64_t>(size));
    EXPECT_EQ(store_->leaf_hashes(0, next + 10)->size(), size * 32);
  }
  static journal::SigningKey key() {
    base::SeededRandom random(7);
    return journal::SigningKey::generate("motcua.test/H41", random);
  }

  Stores stores_;
  std::unique_ptr<casework::Store> store_;
};
TYPED_TEST_SUITE_P(JournalContract);

inline casework::AccessRow reading_of(const std::string& dossier, const std::string& officer) {
  return {.at = moment(1),
          .actor = {.kind = dossier::ActorKind::officer,
                    .id = officer,
                    .name = "Bà Tư",
                    .agency = "H41.101.01"},
          .dossier = dossier,
          .what = "dossier",
          .why = "task:receive"};
}

TYPED_TEST_P(JournalContract, EveryEventReadingAndCalendarVersionIsALeaf) {
  this->expect_whole(0);
  const Commit first = new_dossier("a1");
  this->must(first);
  ASSERT_TRUE(this->store().record_accesses({reading_of("a1", "o1"), reading_of("a1", "o2")}));
  this->must(next_of(first, "k2"));
  ASSERT_TRUE(this->store().save_calendar({.office = "H41.101",
                                           .version = 0,
                                           .at = moment(2),
                                           .actor = first.actor,
                                           .kind = "schedule",
                                           .content = "{}",
                                           .reason = "Tết \"Đinh Mùi\"",
                                           .act = "1/QĐ"},
                                          0, std::nullopt));
  ASSERT_TRUE(this->store().record_accesses({reading_of("", "o1"), reading_of("a1", "o1")}));
  this->expect_whole(8);
  this->reopen();
  this->expect_whole(8);
}

TYPED_TEST_P(JournalContract, ALeafIsKnownBeforeItHasAnIndex) {
  this->must(new_dossier("a1"));
  const auto before = this->store().find_leaf("a1", 1);
  ASSERT_TRUE(before && before->has_value()) << "a receipt names it at once";
  ASSERT_TRUE(this->store().integrate_journal());
  const auto after = this->store().find_leaf("a1", 1);
  EXPECT_EQ((*before)->hash, (*after)->hash);
  EXPECT_TRUE((*after)->index.has_value());
  EXPECT_FALSE(this->store().find_leaf("a1", 3)->has_value());
  EXPECT_FALSE(this->store().find_leaf("nobody", 1)->has_value());
}

TYPED_TEST_P(JournalContract, SaltsAreLongAndDifferent) {
  this->must(new_dossier("a1"));
  this->must(new_dossier("a2"));
  ASSERT_TRUE(this->store().integrate_journal());
  std::set<std::string> salts;
  for (const casework::JournalRecord& record : this->records()) {
    EXPECT_EQ(record.salt.size(), 16U);
    salts.insert(record.salt);
  }
  EXPECT_EQ(salts.size(), 4U);
}

TYPED_TEST_P(JournalContract, TellsWhoReadADossierNewestFirst) {
  this->must(new_dossier("a1"));
  ASSERT_TRUE(this->store().record_accesses({reading_of("a1", "o1"), reading_of("a2", "o1")}));
  auto second = reading_of("a1", "o2");
  second.what = "file:f1";
  second.why = "Đơn khiếu nại";
  ASSERT_TRUE(this->store().record_accesses({second}));
  const auto rows = this->store().accesses("a1", 10);
  ASSERT_TRUE(rows);
  ASSERT_EQ(rows->size(), 2U);
  EXPECT_EQ((*rows)[0].actor.id, "o2");
  EXPECT_EQ((*rows)[0].what, "file:f1");
  EXPECT_EQ((*rows)[0].why, "Đơn khiếu nại");
  EXPECT_EQ((*rows)[0].dossier, "a1");
  EXPECT_EQ((*rows)[1].actor, reading_of("a1", "o1").actor);
  EXPECT_EQ(this->store().accesses("a1", 1)->size(), 1U);
  EXPECT_EQ(this->store().accesses("a3", 10)->size(), 0U);
}

TYPED_TEST_P(JournalContract, HasNoGapsWhileSixteenWriteAndSomeAreRefused) {
  std::vector<std::thread> threads;
  std::atomic<int> events{0};
  for (int t = 0; t < 16; ++t) {
    threads.emplace_back([&, t] {
      for (int i = 0; i < 8; ++i) {
        const std::string id = "d" + std::to_string(t) + "-" + std::to_string(i);
        const Commit commit = new_dossier(id);
        if (this->store().commit(commit)) events += 2;
        EXPECT_FALSE(this->store().commit(commit));
        if (this->store().commit(next_of(commit, "n" + id))) ++events;
        if (i % 4 == 0) {
          if (this->store().record_accesses({reading_of("d0-0", "o" + id)})) ++events;
        }
        if (i % 3 == 0) {
          EXPECT_TRUE(this->store().integrate_journal());
        }
      }
    });
  }
  for (std::thread& thread : threads) thread.join();
  this->expect_whole(static_cast<std::size_t>(events));
}

TYPED_TEST_P(JournalContract, HeadsAreAppendedAndGrow) {
  EXPECT_FALSE(this->store().last_head()->has_value());
  const casework::HeadRow one{.size = 3, .checkpoint = "một\n", .at = moment(1), .timestamp = {}};
  ASSERT_TRUE(this->store().save_head(
      one, {{.level = 1, .number = 2, .hashes = std::string(8192, '\x01')}}));
  const auto again = this->store().save_head(one, {});
  ASSERT_FALSE(again);
  EXPECT_EQ(again.error().code, base::FaultCode::conflict);
  casework::HeadRow two = one;
  two.size = 2;
  EXPECT_FALSE(this->store().save_head(two, {}));
  two.size = 9;
  two.timestamp = std::string("\0\xFFtoken", 7);
  ASSERT_TRUE(this->store().save_head(two, {}));
  ASSERT_TRUE(this->store().save_timestamp(3, "late"));
  ASSERT_TRUE(this->store().save_timestamp(9, "another"));
  this->reopen();
  const auto last = this->store().last_head();
  ASSERT_TRUE(last && last->has_value());
  EXPECT_EQ((*last)->size, 9);
  EXPECT_EQ((*last)->timestamp, two.timestamp) << "a token is never replaced";
  const auto heads = this->store().heads(0, 10);
  ASSERT_EQ(heads->size(), 2U);
  EXPECT_EQ((*heads)[0].checkpoint, "một\n");
  EXPECT_EQ((*heads)[0].at, moment(1));
  EXPECT_EQ((*heads)[0].timestamp, "late");
  EXPECT_EQ(this->store().heads(4, 10)->size(), 1U);
  EXPECT_EQ(this->store().heads(0, 1)->size(), 1U);
  EXPECT_EQ(*this->store().tile(1, 2), std::string(8192, '\x01'));
  EXPECT_FALSE(this->store().tile(1, 3)->has_value());
  EXPECT_FALSE(this->store().tile(0, 0)->has_value()) << "no 256 leaves yet";
}

TYPED_TEST_P(JournalContract, AProofOfEveryEventHoldsUnderTheSignedHead) {
  casework::Sealing sealing(this->store(), "H41", this->key());
  const std::vector<journal::VerifierKey> keys{this->key().verifier()};
  ASSERT_TRUE(sealing.seal(moment(0)));
  EXPECT_FALSE(this->store().last_head()->has_value()) << "nothing to vouch for";
  const Commit first = new_dossier("a1");
  this->must(first);
  const auto pending = casework::prove(this->store(), "H41", "a1", 1, true);
  ASSERT_TRUE(pending) << pending.error().message;
  EXPECT_FALSE(pending->has_value()) << "no head covers it yet";
  ASSERT_TRUE(sealing.seal(moment(1)));
  for (int i = 0; i < 300; ++i) this->must(new_dossier("b" + std::to_string(i)));
  ASSERT_TRUE(this->store().record_accesses({reading_of("a1", "o1")}));
  const auto head = sealing.seal(moment(2));
  ASSERT_TRUE(head) << head.error().message;
  ASSERT_TRUE(head->has_value());
  EXPECT_EQ((*head)->size, 603);
  const auto idle = sealing.seal(moment(3));
  EXPECT_FALSE(idle->has_value()) << "nothing new";
  for (const auto& [subject, sequence] : std::vector<std::pair<std::string, std::int64_t>>{
           {"a1", 1}, {"a1", 2}, {"b0", 1}, {"b254", 2}, {"b299", 2}, {"access/a1", 1}}) {
    const auto proof = casework::prove(this->store(), "H41", subject, sequence, true);
    ASSERT_TRUE(proof && proof->has_value()) << subject;
    const auto parsed = journal::parse_proof_file(journal::proof_file_text(**proof));
    ASSERT_TRUE(parsed) << parsed.error().message;
    const auto checks = journal::check_proof(*parsed, keys);
    EXPECT_TRUE(checks.ok()) << subject << ": " << checks.problem;
    EXPECT_EQ(checks.content, journal::Check::passed);
    EXPECT_EQ(checks.head.size, 603);
  }
  const auto none = casework::prove(this->store(), "H41", "a1", 9, false);
  ASSERT_FALSE(none);
  EXPECT_EQ(none.error().code, base::FaultCode::not_found);
  // A sealer that starts anew goes on from what is stored.
  this->reopen();
  casework::Sealing next(this->store(), "H41", this->key());
  this->must(next_of(first, "k9"));
  const auto grown = next.seal(moment(4));
  ASSERT_TRUE(grown) << grown.error().message;
  ASSERT_TRUE(grown->has_value());
  const auto heads = this->store().heads(0, 10);
  ASSERT_EQ(heads->size(), 3U);
  const auto old_head = journal::open_checkpoint((*heads)[0].checkpoint, keys);
  const auto new_head = journal::open_checkpoint((*heads)[2].checkpoint, keys);
  ASSERT_TRUE(old_head && new_head);
  journal::StoredTree tree(casework::tree_source(this->store()));
  const auto path = tree.consistency_proof(old_head->size, new_head->size);
  ASSERT_TRUE(path);
  EXPECT_TRUE(journal::verify_consistency(old_head->size, new_head->size, *path, old_head->root,
                                          new_head->root));
}

TYPED_TEST_P(JournalContract, AnErasedDossierLeavesItsLeavesAndNothingThatItSaid) {
  casework::Sealing sealing(this->store(), "H41", this->key());
  Commit first = new_dossier("a1");
  first.row.applicant_id = "040085000002";
  first.payments = {{.receipt = "R1",
                     .kind = "payment",
                     .amount = 5000,
                     .method = "cash",
                     .reason = "bà Đào xin hoàn",
                     .cashier_id = "o1",
                     .cashier_name = "Bà Tư",
                     .agency = "H41.101.01",
                     .at = moment(0)}};
  this->must(first);
  this->must(new_dossier("a2"));
  ASSERT_TRUE(this->store().save_file({.id = "f1",
                                       .name = "giấy chứng sinh của Đào.pdf",
                                       .component = "c",
                                       .media_type = "application/pdf",
                                       .converted_from = {},
                                       .sha256 = std::string(64, 'a'),
                                       .size = 3,
                                       .owner = "dossier:a1",
                                       .uploaded_at = moment(0)},
                                      std::nullopt));
  ASSERT_TRUE(sealing.seal(moment(1)));
  const auto leaf = this->store().find_leaf("a1", 1);
  const auto proof = casework::prove(this->store(), "H41", "a1", 1, true);
  ASSERT_TRUE(proof && proof->has_value());

  Commit erasing = next_of(first, "erase");
  erasing.erases = true;
  erasing.row.applicant = "";
  erasing.row.applicant_id = "";
  erasing.search_text = "";
  erasing.state = R"({"erased":true})";
  erasing.tasks.clear();
  erasing.payments.clear();
  erasing.events = {{.type = "content_erased", .payload = R"({"basis":"12"})", .number = {}}};
  this->must(erasing);

  for (const casework::JournalRecord& record : this->records()) {
    if (record.subject != "a1" || record.sequence > 2) continue;
    EXPECT_EQ(record.payload, "");
    EXPECT_EQ(record.salt, "") << "nobody can try what it was";
    EXPECT_EQ(record.actor.id + record.actor.name, "");
    EXPECT_EQ(record.content_hash.size(), 32U);
  }
  this->expect_whole(5);
  EXPECT_EQ(this->store().find_leaf("a1", 1)->value().hash, leaf->value().hash);
  EXPECT_TRUE(sealing.seal(moment(2)));
  const std::vector<journal::VerifierKey> keys{this->key().verifier()};
  EXPECT_TRUE(journal::check_proof(**proof, keys).ok()) << "proofs that were handed out hold";
  const auto later = casework::prove(this->store(), "H41", "a1", 1, true);
  ASSERT_TRUE(later && later->has_value());
  EXPECT_FALSE((*later)->opening.has_value());
  EXPECT_TRUE(journal::check_proof(**later, keys).ok());

  const auto loaded = this->store().load("a1");
  ASSERT_TRUE(loaded && loaded->has_value());
  EXPECT_EQ((*loaded)->row.applicant + (*loaded)->row.applicant_id, "");
  EXPECT_EQ((*loaded)->row.code, "H41.101.01-260820-0001") << "what happened is still counted";
  EXPECT_EQ((*loaded)->state, R"({"erased":true})");
  EXPECT_FALSE(this->store().find_file("f1")->has_value());
  const auto payments = this->store().payments("", moment(-1), moment(1));
  for (const auto& [code, payment] : *payments) {
    EXPECT_EQ(payment.amount, 5000);
    EXPECT_EQ(payment.reason, "");
  }
  casework::SearchQuery by_name;
  by_name.words = "nguyen";
  by_name.now = moment(9);
  EXPECT_EQ(this->store().search(by_name)->rows.size(), 1U);
  EXPECT_EQ(this->store().events("a1", 0)->at(1).type, "work_moved");
  EXPECT_EQ(this->store().events("a2", 0)->at(0).payload, R"({"a":1})");
}

REGISTER_TYPED_TEST_SUITE_P(JournalContract, EveryEventReadingAndCalendarVersionIsALeaf,
                            ALeafIsKnownBeforeItHasAnIndex, SaltsAreLongAndDifferent,
                            TellsWhoReadADossierNewestFirst,
                            HasNoGapsWhileSixteenWriteAndSomeAreRefused, HeadsAreAppendedAndGrow,
                            AProofOfEveryEventHoldsUnderTheSignedHead,
                            AnErasedDossierLeavesItsLeavesAndNothingThatItSaid);

}  // namespace storage::contract
