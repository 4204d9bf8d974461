#include "casework/piecewise_upload.h"

#include "casework/test_workplace.h"

namespace casework {
namespace {

using test::Commune;
using namespace std::chrono_literals;

class PiecewiseUpload : public testing::Test {
 protected:
  Workplace& work() { return *office.workplace; }
  static UploadPlan plan(std::int64_t size, const std::string& owner = "draft:d") {
    return {.size = size,
            .name = "giấy.pdf",
            .declared = "application/pdf",
            .component = "c",
            .owner = owner};
  }
  UploadRow begun(std::int64_t size) {
    const auto row = begin_upload(work(), plan(size), office.key());
    EXPECT_TRUE(row) << row.error().code;
    return row.value_or(UploadRow{});
  }
  // As an edge does it: looks the upload up, then appends.
  Answer<std::int64_t> append(const std::string& id, std::int64_t offset, std::string bytes) {
    const auto row = find_upload(work(), id);
    if (!row) return base::Failure{row.error()};
    return append_to_upload(
        work(), *row, offset, [&]() -> Answer<std::string> { return std::exchange(bytes, {}); },
        ledger, stranger);
  }
  std::string code_of(const Answer<std::int64_t>& answer) {
    return answer ? "done" : answer.error().code;
  }

  Commune office;
  UploadLedger ledger;
  UploadSender stranger{.name = "203.0.113.0/24"};
};

TEST_F(PiecewiseUpload, IsTheSumOfItsPieces) {
  const std::string id = begun(10).id;
  EXPECT_EQ(*append(id, 0, "%PDF"), 4);
  EXPECT_EQ(*append(id, 4, ""), 4);
  const auto missing = gather_upload(work(), *find_upload(work(), id));
  EXPECT_EQ(missing.error().code, "upload-incomplete");
  EXPECT_EQ(*append(id, 4, "-12345"), 10);
  const auto whole = gather_upload(work(), *find_upload(work(), id));
  ASSERT_TRUE(whole);
  EXPECT_EQ(whole->bytes, "%PDF-12345");
  EXPECT_EQ(whole->name, "giấy.pdf");
  EXPECT_EQ(whole->owner, "draft:d");
  EXPECT_FALSE(taken_upload(work(), id)->has_value());
  const auto first = take_upload(work(), *whole, finish_key(id));
  const auto second = take_upload(work(), *whole, finish_key(id));
  ASSERT_TRUE(first && second);
  EXPECT_EQ(first->id, second->id) << "finished once, whoever asks how often";
  ASSERT_TRUE(drop_upload(work(), id));
  EXPECT_EQ((*taken_upload(work(), id))->id, first->id);
  EXPECT_EQ(find_upload(work(), id).error().kind, FailureKind::not_found);
}

TEST_F(PiecewiseUpload, TakesAPieceAtItsOffsetOnly) {
  const std::string id = begun(8).id;
  EXPECT_EQ(code_of(append(id, 4, "abcd")), "upload-offset");
  EXPECT_EQ(*append(id, 0, "abcd"), 4);
  EXPECT_EQ(code_of(append(id, 0, "abcd")), "upload-offset") << "sent twice";
  EXPECT_EQ(code_of(append(id, 4, "efghi")), "upload-too-long");
  EXPECT_EQ(find_upload(work(), id)->received, 4);
  // Two pieces for the same place at once: one wins.
  const auto seen = find_upload(work(), id);
  EXPECT_EQ(*append(id, 4, "ef"), 6);
  bool is_read = false;
  EXPECT_EQ(code_of(append_to_upload(
                work(), *seen, 4,
                [&]() -> Answer<std::string> {
                  return std::string{std::exchange(is_read, true) ? "" : "EF"};
                },
                ledger, stranger)),
            "upload-offset");
  EXPECT_EQ(*append(id, 6, "gh"), 8);
  EXPECT_EQ(gather_upload(work(), *find_upload(work(), id))->bytes, "abcdefgh");
}

TEST_F(PiecewiseUpload, BeginsOnceForARequest) {
  const RequestKey key = office.key();
  const auto first = begin_upload(work(), plan(5), key);
  const auto second = begin_upload(work(), plan(5), key);
  ASSERT_TRUE(first && second);
  EXPECT_EQ(first->id, second->id);
  ASSERT_TRUE(append(first->id, 0, "%PDF-"));
  EXPECT_EQ(begin_upload(work(), plan(5), key)->received, 5);
  const auto whole = gather_upload(work(), *find_upload(work(), first->id));
  ASSERT_TRUE(take_upload(work(), *whole, finish_key(first->id)));
  ASSERT_TRUE(drop_upload(work(), first->id));
  EXPECT_EQ(begin_upload(work(), plan(5), key)->received, 5) << "taken, and told so";
  const RequestKey other{.key = key.key, .hash = "other", .actor = key.actor};
  EXPECT_EQ(begin_upload(work(), plan(5), other).error().kind, FailureKind::key_reused);
}

TEST_F(PiecewiseUpload, IsBounded) {
  EXPECT_EQ(begin_upload(work(), plan(kUploadBytesMax + 1), office.key()).error().kind,
            FailureKind::too_large);
  EXPECT_TRUE(begin_upload(work(), plan(kUploadBytesMax, "draft:other"), office.key()));
  for (int i = 0; i < kOpenUploadsMax; ++i) static_cast<void>(begun(1));
  EXPECT_EQ(begin_upload(work(), plan(1), office.key()).error().code, "too-many-uploads");
  const auto row = begin_upload(work(), plan(5'000, "draft:third"), office.key());
  ASSERT_TRUE(row);
  UploadRow crumbs = *row;
  crumbs.pieces = kUploadPiecesMax;
  EXPECT_EQ(append_to_upload(
                work(), crumbs, 0, [] { return Answer<std::string>{"x"}; }, ledger, stranger)
                .error()
                .code,
            "too-many-pieces");
}

TEST_F(PiecewiseUpload, ExpiresAfterADay) {
  const std::string id = begun(5).id;
  office.clock.advance(23h);
  EXPECT_EQ(*append(id, 0, "ab"), 2);
  office.clock.advance(1h);
  EXPECT_EQ(find_upload(work(), id).error().kind, FailureKind::gone);
  EXPECT_EQ(*office.store->delete_uploads_expired_at(office.clock.now()), 1);
  EXPECT_EQ(find_upload(work(), id).error().kind, FailureKind::not_found);
  EXPECT_EQ(office.store->upload_pieces(id)->size(), 0U);
}

// A quota of a few bytes each, and uploads of several senders.
class UploadQuotas : public PiecewiseUpload {
 protected:
  UploadQuotas() : quotas({.all = 60, .strangers = 30, .block = 16, .owner = 10, .account = 25}) {}
  std::string add(const UploadSender& sender, const std::string& owner, std::string bytes,
                  const std::string& to = {}) {
    const auto begun = to.empty() ? begin_upload(work(), plan(1000, owner), office.key())
                                  : find_upload(work(), to);
    if (!begun) return begun.error().code;
    last = begun->id;
    return code_of(append_to_upload(
        work(), *begun, begun->received,
        [&]() -> Answer<std::string> { return std::exchange(bytes, {}); }, quotas, sender));
  }
  UploadLedger quotas;
  const UploadSender here{false, "203.0.113.0/24"};
  const UploadSender there{false, "198.51.100.0/24"};
  const UploadSender third{false, "192.0.2.0/24"};
  const UploadSender officer{true, "an"};
  std::string last;
};

TEST_F(UploadQuotas, AreOfADraftOfABlockAndOfStrangersTogether) {
  EXPECT_EQ(add(here, "draft:a", "12345678"), "done");
  EXPECT_EQ(add(here, "draft:a", "123"), "uploads-full-here") << "one draft";
  EXPECT_EQ(add(here, "draft:b", "12345678"), "done");
  EXPECT_EQ(add(here, "draft:c", "1"), "uploads-full-here") << "one block";
  EXPECT_EQ(add(there, "draft:d", "12345678"), "done");
  EXPECT_EQ(add(third, "draft:e", "1234567"), "uploads-full") << "strangers together";
  EXPECT_EQ(add(third, "draft:e", "123456"), "done");
  // The counter goes on, in the room that strangers cannot have.
  EXPECT_EQ(add(officer, "officer:an", std::string(20, 'x')), "done");
  EXPECT_EQ(add(officer, "officer:an", std::string(6, 'x')), "uploads-full-here");
}

TEST_F(UploadQuotas, ComeBackWithWhatIsDroppedOrWasNotAdded) {
  EXPECT_EQ(add(here, "draft:a", "12345678"), "done");
  const std::string first = last;
  // At an offset that is not the upload's nothing is added, nor counted.
  UploadRow stale = *find_upload(work(), first);
  for (int i = 0; i < 5; ++i) {
    bool read = false;
    const auto refused = append_to_upload(
        work(),
        [&] {
          UploadRow row = stale;
          row.received = 0;
          return row;
        }(),
        0,
        [&]() -> Answer<std::string> { return std::string{std::exchange(read, true) ? "" : "zz"}; },
        quotas, here);
    EXPECT_EQ(code_of(refused), "upload-offset");
  }
  EXPECT_EQ(add(here, "draft:a", "12", first), "done");
  EXPECT_EQ(add(here, "draft:a", "1"), "uploads-full-here");
  ASSERT_TRUE(drop_upload(work(), first));
  quotas.forget(first);
  EXPECT_EQ(add(here, "draft:a", "1234567890"), "done");
}

TEST_F(UploadQuotas, GiveUpWhatIsIdleWhenStrangersRoomIsShort) {
  EXPECT_EQ(add(officer, "officer:an", "12345"), "done");
  const std::string of_officer = last;
  EXPECT_EQ(add(here, "draft:a", "1234567890"), "done");
  const std::string oldest = last;
  office.clock.advance(10min);
  EXPECT_EQ(add(there, "draft:b", "1234567890"), "done");
  const std::string younger = last;
  EXPECT_EQ(add(third, "draft:c", "1234567890"), "uploads-full") << "nothing is idle yet";
  office.clock.advance(6min);
  EXPECT_EQ(add(third, "draft:c", "1234567890"), "done");
  EXPECT_FALSE(find_upload(work(), oldest));
  EXPECT_TRUE(find_upload(work(), younger)) << "no more than needed";
  EXPECT_TRUE(find_upload(work(), of_officer)) << "an officer's is left alone";
}

TEST_F(UploadQuotas, GiveUpAfterARestartWhatWasBegunLongAgo) {
  EXPECT_EQ(add(here, "draft:a", "1234567890"), "done");
  EXPECT_EQ(add(there, "draft:b", "1234567890"), "done");
  EXPECT_EQ(add(third, "draft:c", "1234567890"), "done");
  UploadLedger fresh({.all = 60, .strangers = 30, .block = 16, .owner = 10, .account = 25});
  const auto try_once = [&] {
    const auto begun = begin_upload(work(), plan(1000, "draft:d"), office.key());
    bool read = false;
    return code_of(append_to_upload(
        work(), *begun, 0,
        [&]() -> Answer<std::string> { return std::string{std::exchange(read, true) ? "" : "z"}; },
        fresh, here));
  };
  EXPECT_EQ(try_once(), "uploads-full");
  office.clock.advance(121min);
  EXPECT_EQ(try_once(), "done");
}

}  // namespace
}  // namespace casework
