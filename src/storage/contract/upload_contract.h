#pragma once
// upload_contract.h - what every casework::Store keeps of uploads in pieces, and of who names which
// file, as one typed test suite.  `Stores` as for store_contract.h.
#include <algorithm>
#include <atomic>
#include <memory>
#include <string>
#include <thread>
#include <vector>

#include <gtest/gtest.h>

#include "casework/file_address.h"
#include "casework/store.h"
#include "casework/test_commits.h"

namespace storage::contract {

template <class Stores>
class UploadContract : public testing::Test {
 protected:
  UploadContract() : store_(stores_.open()) {}
  casework::Store& store() { return *store_; }
  void reopen() {
    store_.reset();
    store_ = stores_.open();
  }
  static casework::UploadRow upload(const std::string& id, std::int64_t size = 100) {
    return {.id = id,
            .owner = "draft:d",
            .name = "Giấy.pdf",
            .component = "c",
            .declared = "application/pdf",
            .size = size,
            .created_at = moment(0),
            .expires_at = moment(100)};
  }
  static casework::FileRow file(const std::string& id, const std::string& address,
                                const std::string& owner) {
    return {.id = id,
            .name = "a.pdf",
            .component = "c",
            .media_type = "application/pdf",
            .converted_from = {},
            .sha256 = address,
            .size = 1,
            .owner = owner,
            .uploaded_at = moment(0)};
  }
  static std::string address(char c) { return std::string(64, c); }
  std::string unnamed(const std::string& letters) {
    std::vector<std::string> asked;
    for (const char c : letters) asked.push_back(address(c));
    const auto found = store_->unnamed_addresses(asked);
    EXPECT_TRUE(found) << (found ? "" : found.error().message);
    std::string text;
    if (found) {
      for (const std::string& one : *found) text += one.front();
    }
    std::ranges::sort(text);
    return text;
  }
  void save_draft(const std::string& id) {
    ASSERT_TRUE(store_->save_draft({.id = id,
                                    .procedure = "p",
                                    .agency = {},
                                    .page = {},
                                    .answers = "{}",
                                    .attachments = "[]",
                                    .saved_at = moment(0),
                                    .expires_at = moment(1'000'000)},
                                   std::nullopt));
  }

  Stores stores_;
  std::unique_ptr<casework::Store> store_;
};
TYPED_TEST_SUITE_P(UploadContract);

TYPED_TEST_P(UploadContract, CountsWhatIsDurableAndNothingElse) {
  casework::Store& store = this->store();
  const casework::RequestKey key{.key = "k", .hash = "h", .actor = "x"};
  ASSERT_TRUE(store.save_upload(this->upload("u1"), key));
  EXPECT_EQ(store.save_upload(this->upload("u2"), key).error().code, base::FaultCode::conflict);
  EXPECT_FALSE(store.find_upload("u2")->has_value());
  EXPECT_EQ((*store.find_request(key))->dossier_id, "u1");
  const auto fault = [&](std::int64_t start, std::int64_t size) {
    const auto done =
        store.append_upload("u1", {.start = start, .size = size, .address = this->address('a')});
    return done ? base::FaultCode::internal : done.error().code;
  };
  EXPECT_EQ(*store.append_upload("u1", {.start = 0, .size = 60, .address = this->address('a')}),
            60);
  EXPECT_EQ(fault(0, 60), base::FaultCode::conflict);
  EXPECT_EQ(fault(59, 1), base::FaultCode::conflict);
  EXPECT_EQ(fault(61, 1), base::FaultCode::conflict);
  EXPECT_EQ(fault(60, 41), base::FaultCode::invalid);
  EXPECT_EQ(*store.append_upload("u1", {.start = 60, .size = 0, .address = {}}), 60);
  EXPECT_EQ(store.append_upload("none", {.start = 0, .size = 1, .address = this->address('a')})
                .error()
                .code,
            base::FaultCode::conflict);
  this->reopen();
  casework::Store& again = this->store();
  EXPECT_EQ(*again.append_upload("u1", {.start = 60, .size = 40, .address = this->address('b')}),
            100);
  const auto row = *again.find_upload("u1");
  ASSERT_TRUE(row.has_value());
  EXPECT_EQ(row->received, 100);
  EXPECT_EQ(row->pieces, 2);
  EXPECT_EQ(row->name, "Giấy.pdf");
  EXPECT_EQ(row->expires_at, moment(100));
  const auto pieces = *again.upload_pieces("u1");
  ASSERT_EQ(pieces.size(), 2U);
  EXPECT_EQ(pieces[1].start, 60);
  EXPECT_EQ(pieces[1].address, this->address('b'));
}

TYPED_TEST_P(UploadContract, OneOfManyPiecesForTheSamePlaceWins) {
  ASSERT_TRUE(this->store().save_upload(this->upload("u"), std::nullopt));
  std::atomic<int> won = 0;
  std::vector<std::thread> threads;
  for (int i = 0; i < 8; ++i) {
    threads.emplace_back([&] {
      const auto done =
          this->store().append_upload("u", {.start = 0, .size = 10, .address = this->address('a')});
      if (done) {
        ++won;
      } else {
        EXPECT_EQ(done.error().code, base::FaultCode::conflict) << done.error().message;
      }
    });
  }
  for (std::thread& thread : threads) thread.join();
  EXPECT_EQ(won.load(), 1);
  EXPECT_EQ((*this->store().find_upload("u"))->received, 10);
}

TYPED_TEST_P(UploadContract, ForgetsWhatIsDoneOrExpired) {
  casework::Store& store = this->store();
  for (const char* id : {"u1", "u2", "u3"}) {
    ASSERT_TRUE(store.save_upload(this->upload(id), std::nullopt));
    ASSERT_TRUE(store.append_upload(id, {.start = 0, .size = 7, .address = this->address('a')}));
  }
  auto other = this->upload("u4");
  other.owner = "officer:o";
  other.expires_at = moment(50);
  ASSERT_TRUE(store.save_upload(other, std::nullopt));
  EXPECT_EQ(store.open_uploads("draft:d")->of_owner, 3);
  EXPECT_EQ(store.open_uploads("officer:o")->of_owner, 1);
  EXPECT_EQ(store.open_uploads("nobody")->bytes, 21);
  ASSERT_TRUE(store.delete_upload("u1"));
  ASSERT_TRUE(store.delete_upload("u1"));
  EXPECT_EQ(store.open_uploads("draft:d")->bytes, 14);
  EXPECT_EQ(*store.delete_uploads_expired_at(moment(49)), 0);
  EXPECT_EQ(*store.delete_uploads_expired_at(moment(50)), 1);
  EXPECT_EQ(*store.delete_uploads_expired_at(moment(100)), 2);
  EXPECT_EQ(store.open_uploads("draft:d")->of_owner, 0);
  EXPECT_EQ(store.upload_pieces("u2")->size(), 0U);
  EXPECT_EQ(this->unnamed("a"), "a");
}

TYPED_TEST_P(UploadContract, KnowsWhichAddressesAreNamed) {
  casework::Store& store = this->store();
  EXPECT_EQ(this->unnamed("abcdef"), "abcdef");
  auto row = this->file("f1", this->address('a'), "dossier:x");
  row.converted_from = casework::converted_from_original("image/heic", this->address('b'));
  ASSERT_TRUE(store.save_file(row, std::nullopt));
  ASSERT_TRUE(store.save_upload(this->upload("u"), std::nullopt));
  ASSERT_TRUE(store.append_upload("u", {.start = 0, .size = 1, .address = this->address('c')}));
  Commit commit = new_dossier("x1");
  commit.addresses = {this->address('d'), this->address('a')};
  ASSERT_TRUE(store.commit(commit));
  EXPECT_EQ(this->unnamed("abcdef"), "ef");
  Commit more = next_of(commit, "k2");
  more.addresses = {this->address('e'), this->address('d')};
  ASSERT_TRUE(store.commit(more));
  EXPECT_EQ(this->unnamed("abcdef"), "f");
  EXPECT_EQ(this->unnamed(""), "");
  // A refused commit names nothing.
  Commit refused = next_of(commit, "k3");
  refused.addresses = {this->address('f')};
  EXPECT_FALSE(store.commit(refused));
  EXPECT_EQ(this->unnamed("f"), "f");
}

TYPED_TEST_P(UploadContract, DropsFileRowsNobodyCanComeBackToAfterAWhile) {
  casework::Store& store = this->store();
  this->save_draft("kept");
  ASSERT_TRUE(store.save_file(this->file("f1", this->address('a'), "draft:kept"), std::nullopt));
  ASSERT_TRUE(store.save_file(this->file("f2", this->address('b'), "draft:gone"), std::nullopt));
  ASSERT_TRUE(store.save_file(this->file("f3", this->address('c'), "officer:o"), std::nullopt));
  ASSERT_TRUE(store.save_file(this->file("f4", this->address('d'), "officer:o"), std::nullopt));
  ASSERT_TRUE(store.save_file(this->file("f5", this->address('e'), "dossier:x"), std::nullopt));
  Commit commit = new_dossier("x1");
  commit.addresses = {this->address('d')};
  ASSERT_TRUE(store.commit(commit));
  // Marked at 10; the officers' are not old enough yet.
  EXPECT_EQ(*store.delete_files_abandoned(moment(10), moment(0), moment(0)), 0);
  EXPECT_EQ(*store.delete_files_abandoned(moment(11), moment(9), moment(0)), 0);
  EXPECT_TRUE(store.find_file("f2")->has_value());
  EXPECT_EQ(*store.delete_files_abandoned(moment(20), moment(10), moment(5)), 1);
  EXPECT_FALSE(store.find_file("f2")->has_value());
  EXPECT_EQ(*store.delete_files_abandoned(moment(40), moment(30), moment(30)), 1);
  EXPECT_FALSE(store.find_file("f3")->has_value());
  EXPECT_TRUE(store.find_file("f4")->has_value()) << "a dossier names it: a repeat asks for it";
  EXPECT_TRUE(store.find_file("f1")->has_value());
  EXPECT_TRUE(store.find_file("f5")->has_value());
  EXPECT_EQ(this->unnamed("abcde"), "bc");
  ASSERT_TRUE(store.delete_draft("kept"));
  EXPECT_EQ(*store.delete_files_abandoned(moment(50), moment(40), moment(40)), 0);
  EXPECT_EQ(*store.delete_files_abandoned(moment(60), moment(50), moment(50)), 1);
  EXPECT_FALSE(store.find_file("f1")->has_value());
}

REGISTER_TYPED_TEST_SUITE_P(UploadContract, CountsWhatIsDurableAndNothingElse,
                            OneOfManyPiecesForTheSamePlaceWins, ForgetsWhatIsDoneOrExpired,
                            KnowsWhichAddressesAreNamed,
                            DropsFileRowsNobodyCanComeBackToAfterAWhile);

}  // namespace storage::contract
