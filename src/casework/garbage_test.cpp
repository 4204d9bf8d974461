#include "casework/garbage.h"

#include <atomic>
#include <thread>

#include "base/sha256.h"
#include "casework/drafts.h"
#include "casework/file_address.h"
#include "casework/piecewise_upload.h"
#include "casework/test_workplace.h"

namespace casework {
namespace {

using test::Commune;
using namespace std::chrono_literals;

class Garbage : public testing::Test {
 protected:
  // The file store dates by the machine's clock, so the office lives today.
  Garbage() { office.clock.set(today); }
  Workplace& work() { return *office.workplace; }
  Collected collect(std::chrono::milliseconds later) {
    const auto done = collect_garbage(work(), today + later, kGarbageGrace);
    EXPECT_TRUE(done) << (done ? "" : done.error().message);
    return done.value_or(Collected{});
  }
  bool is_there(const std::string& address) { return office.files->size(address).has_value(); }
  Upload upload(const std::string& bytes, const std::string& owner) {
    return {.bytes = bytes,
            .name = "a.pdf",
            .declared = "application/pdf",
            .component = "birth_paper",
            .owner = owner};
  }

  const Instant today =
      std::chrono::floor<std::chrono::milliseconds>(std::chrono::system_clock::now());
  Commune office;
};

TEST_F(Garbage, GoesOnceItIsOlderThanTheGraceTime) {
  const std::string orphan = *office.files->put("orphan");
  EXPECT_EQ(collect(23h).files, 0);
  EXPECT_TRUE(is_there(orphan));
  const Collected done = collect(25h);
  EXPECT_EQ(done.files, 1);
  EXPECT_EQ(done.bytes, 6);
  EXPECT_FALSE(is_there(orphan));
}

TEST_F(Garbage, IsNothingThatARowNames) {
  const auto file = take_upload(work(), upload("%PDF-kept", "dossier:d1"), office.key());
  ASSERT_TRUE(file);
  // A photograph that was converted, with its original beside it.
  const std::string converted = *office.files->put("%PDF-of a photograph");
  const std::string original = *office.files->put("a photograph");
  ASSERT_TRUE(
      office.store->save_file({.id = "f",
                               .name = "a.heic",
                               .component = "c",
                               .media_type = "application/pdf",
                               .converted_from = converted_from_original("image/heic", original),
                               .sha256 = converted,
                               .size = 1,
                               .owner = "dossier:d1",
                               .uploaded_at = office.clock.now()},
                              std::nullopt));
  EXPECT_EQ(collect(24h * 400).files, 0);
  EXPECT_TRUE(is_there(file->sha256));
  EXPECT_TRUE(is_there(converted));
  EXPECT_TRUE(is_there(original));
}

TEST_F(Garbage, ThePapersOfADossierStayAndThoseOfADraftThatIsGoneGo) {
  office.clock.set(dossier::test::at(dossier::test::kThursday));
  const auto made = create_draft(
      work(),
      {.procedure = "1.001193", .agency = {}, .page = {}, .answers = test::answers_for("1.001193")},
      office.key());
  ASSERT_TRUE(made);
  const std::string id = base::string_or(*made, "id");
  const std::string secret = base::string_or(*made, "secret");
  const auto paper = add_draft_file(work(), id, secret, upload("%PDF-paper", ""), office.key());
  ASSERT_TRUE(paper) << paper.error().code;
  const auto unwanted =
      add_draft_file(work(), id, secret, upload("%PDF-unwanted", ""), office.key());
  ASSERT_TRUE(unwanted);
  ASSERT_TRUE(remove_draft_file(work(), id, secret, unwanted->id));
  EXPECT_EQ(collect(25h).files, 0) << "the draft is there, and so are its file rows";
  auto filing = filing_from_draft(work(), id, secret);
  ASSERT_TRUE(filing);
  filing->return_method = "online";
  const auto filed = office.file(*filing);
  ASSERT_TRUE(filed) << Commune::told(filed.error());

  // The first collection sees that the draft is gone, the second one, a grace time later, acts.
  EXPECT_EQ(collect(50h).rows, 0);
  EXPECT_TRUE(is_there(unwanted->sha256));
  EXPECT_EQ(collect(73h).rows, 0);
  const Collected done = collect(75h);
  EXPECT_EQ(done.rows, 2);
  EXPECT_EQ(done.files, 1);
  EXPECT_FALSE(is_there(unwanted->sha256));
  EXPECT_TRUE(is_there(paper->sha256)) << "the dossier's event names it";
  EXPECT_EQ(collect(24h * 400).files, 0);
}

TEST_F(Garbage, AnUploadOfAnOfficerWaitsAMonthForItsFiling) {
  const auto file = take_upload(work(), upload("%PDF-scan", "officer:o1"), office.key("o1"));
  ASSERT_TRUE(file);
  EXPECT_EQ(collect(24h * 29).files, 0);
  EXPECT_EQ(collect(24h * 31).rows, 0);
  EXPECT_TRUE(is_there(file->sha256));
  EXPECT_EQ(collect(24h * 33).rows, 1);
  EXPECT_FALSE(is_there(file->sha256));
}

TEST_F(Garbage, PiecesLiveWithTheirUpload) {
  const auto begun = begin_upload(
      work(), {.size = 100, .name = "a", .declared = {}, .component = "c", .owner = "draft:x"},
      office.key());
  ASSERT_TRUE(begun);
  bool is_read = false;
  UploadLedger ledger;
  ASSERT_TRUE(append_to_upload(
      work(), *begun, 0,
      [&]() -> Answer<std::string> {
        return std::exchange(is_read, true) ? std::string{} : std::string(10, 'p');
      },
      ledger, UploadSender{.name = "203.0.113.0/24"}));
  const std::string piece = base::to_hex(base::sha256(std::string(10, 'p')));
  const Collected before = collect(23h);
  EXPECT_EQ(before.uploads + before.files, 0);
  EXPECT_TRUE(is_there(piece));
  const Collected done = collect(25h);
  EXPECT_EQ(done.uploads, 1);
  EXPECT_EQ(done.files, 1);
  EXPECT_FALSE(is_there(piece));
}

// Papers that were put once and are old by now are taken while a collection goes round and round:
// whoever was told that his paper is stored finds it.
TEST_F(Garbage, IsNotWhatIsPutAtTheSameTime) {
  constexpr auto kGrace = 1500ms;
  constexpr int kTakers = 3;
  constexpr int kPapers = 40;
  const auto bytes_of = [](int taker, int paper) {
    return "%PDF-" + std::to_string(taker * 1000 + paper);
  };
  std::vector<std::string> orphans;
  for (int i = 0; i < 10; ++i) {
    orphans.push_back(*office.files->put("orphan " + std::to_string(i)));
  }
  for (int i = 0; i < kTakers * kPapers; ++i) {
    ASSERT_TRUE(office.files->put(bytes_of(i / kPapers, i % kPapers)));
  }
  const auto put_by = std::chrono::steady_clock::now();
  std::atomic<bool> is_over = false;
  std::thread collector([&] {
    while (!is_over) {
      const auto now =
          std::chrono::floor<std::chrono::milliseconds>(std::chrono::system_clock::now());
      const auto done = collect_garbage(work(), now, kGrace);
      EXPECT_TRUE(done) << (done ? "" : done.error().message);
    }
  });
  std::vector<std::thread> takers;
  std::atomic<int> lost = 0;
  for (int t = 0; t < kTakers; ++t) {
    takers.emplace_back([&, t] {
      // About when the papers become old: some are gone by then, some go this moment.
      std::this_thread::sleep_until(put_by + kGrace - 150ms);
      for (int i = 0; i < kPapers; ++i) {
        const RequestKey key{.key = bytes_of(t, i), .hash = "h", .actor = "taker"};
        const auto file = take_upload(work(), upload(bytes_of(t, i), "dossier:x"), key);
        EXPECT_TRUE(file);
        if (!file || !is_there(file->sha256)) ++lost;
      }
    });
  }
  for (std::thread& taker : takers) taker.join();
  std::this_thread::sleep_until(put_by + kGrace + 300ms);
  is_over = true;
  collector.join();
  EXPECT_EQ(lost.load(), 0);
  EXPECT_EQ(collect_garbage(work(), today + 1h, kGrace)->bytes, 0) << "nothing is left over";
  for (const std::string& orphan : orphans) EXPECT_FALSE(is_there(orphan));
  for (int i = 0; i < kTakers * kPapers; ++i) {
    EXPECT_TRUE(is_there(base::to_hex(base::sha256(bytes_of(i / kPapers, i % kPapers)))));
  }
}

TEST(FileAddresses, AreFoundInEventsAtAnyDepth) {
  const std::string a(64, 'a');
  const std::string b(64, 'b');
  const std::string c(64, 'c');
  std::vector<std::string> found;
  add_addresses_in({{"attachments",
                     {{{"sha256", a}, {"converted_from", converted_from_original("image/heic", b)}},
                      {{"sha256", a}, {"converted_from", "image/heic"}}}},
                    {"deep", {{"deeper", {{"sha256", c}}}}},
                    {"sha256", "not an address"},
                    {"note", a}},
                   found);
  EXPECT_EQ(found, (std::vector<std::string>{a, b, c}));
  EXPECT_EQ(original_in("image/heic;sha256=short"), "");
}

}  // namespace
}  // namespace casework
