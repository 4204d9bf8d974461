// Files are opened once the scanner has spoken, and not before; what it finds is put away.
#include "casework/file_inspection.h"

#include <functional>
#include <utility>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "base/sha256.h"
#include "casework/file_original.h"
#include "casework/file_seal.h"
#include "casework/test_workplace.h"
#include "casework/uploads.h"

namespace casework {
namespace {

using test::Commune;

// Finds a word, as long as it is up.
class WordScanner final : public FileScanner {
 public:
  base::Outcome<ScanVerdict> scan(std::string_view bytes) override {
    ++asked;
    if (meanwhile) std::exchange(meanwhile, nullptr)();
    if (is_down) return base::fault(base::FaultCode::unavailable, "clamd: it did not answer");
    ScanVerdict verdict;
    verdict.infected = bytes.find("MALICE") != std::string_view::npos;
    verdict.engine = "Words 1.0/" + std::to_string(signatures);
    if (bytes.find("NEWLY-KNOWN") != std::string_view::npos) verdict.infected = signatures > 1;
    if (verdict.infected) verdict.threat = "Test.Malice";
    return verdict;
  }
  std::function<void()> meanwhile;  // while it looks
  bool is_down = false;
  int asked = 0;
  int signatures = 1;
};

class FileInspections : public testing::Test {
 protected:
  FileInspections() { office.workplace->scanner = &scanner; }

  Answer<dossier::Attachment> upload(const std::string& bytes) {
    return take_upload(*office.workplace,
                       {.bytes = bytes,
                        .name = "giay.pdf",
                        .declared = {},
                        .component = "birth_paper",
                        .owner = "officer:reception@H41.101"},
                       office.key("reception@H41.101"));
  }
  std::optional<FileInspection> inspection(const std::string& address) {
    const auto found = find_inspection(*office.workplace, address);
    EXPECT_TRUE(found);
    return found ? *found : std::nullopt;
  }
  Judged judge() {
    const auto judged = judge_due(*office.workplace);
    EXPECT_TRUE(judged) << judged.error().message;
    return judged ? *judged : Judged{};
  }

  Commune office;
  WordScanner scanner;
};

TEST_F(FileInspections, ACleanFileIsReleasedWithTheVersionsThatSaidSo) {
  const auto taken = upload("%PDF clean");
  ASSERT_TRUE(taken);
  const auto said = inspection(taken->sha256);
  ASSERT_TRUE(said.has_value());
  EXPECT_EQ(said->state, FileState::released);
  EXPECT_EQ(said->engine, "Words 1.0/1");
  EXPECT_TRUE(check_released(*office.workplace, taken->sha256));
}

TEST_F(FileInspections, AFindIsRefusedSealedAndRemembered) {
  const std::string bytes = "%PDF MALICE";
  const auto refused = upload(bytes);
  ASSERT_FALSE(refused);
  EXPECT_EQ(refused.error().code, "file-held-back");
  EXPECT_FALSE(refused.error().detail.vi.empty());
  const std::string address = base::to_hex(base::sha256(bytes));
  EXPECT_EQ(office.files->get(address).error().code, base::FaultCode::not_found);
  const auto said = inspection(address);
  ASSERT_TRUE(said.has_value());
  EXPECT_EQ(said->state, FileState::held);
  EXPECT_EQ(said->threat, "Test.Malice");
  const auto sealed = office.files->get(said->sealed);
  ASSERT_TRUE(sealed);
  EXPECT_EQ(sealed->find("MALICE"), std::string::npos);
  EXPECT_EQ(*unseal_bytes(office.secrets, *sealed), bytes);
  // Nobody asks the scanner about it again, not even while it is down.
  scanner.is_down = true;
  EXPECT_EQ(upload(bytes).error().code, "file-held-back");
}

TEST_F(FileInspections, WhileTheScannerIsDownFilesWaitAndAreNeverClean) {
  scanner.is_down = true;
  const auto taken = upload("%PDF clean");
  ASSERT_TRUE(taken) << "the filing goes on";
  EXPECT_EQ(inspection(taken->sha256)->state, FileState::checking);
  EXPECT_EQ(check_released(*office.workplace, taken->sha256).error().code, "file-being-checked");
  EXPECT_TRUE(check_none_held(*office.workplace, {*taken}));
  // Longer and longer pauses; each round asks about one and leaves the others in peace.
  const auto second = upload("%PDF clean as well");
  ASSERT_TRUE(second);
  const int before = scanner.asked;
  std::vector<std::int64_t> pauses;
  for (int round = 0; round < 4; ++round) {
    office.clock.advance(std::chrono::minutes{11});
    const Judged judged = judge();
    EXPECT_EQ(judged.released, 0);
    EXPECT_NE(judged.trouble, "");
    for (const std::string& address : {taken->sha256, second->sha256}) {
      EXPECT_EQ(inspection(address)->state, FileState::checking);
    }
  }
  EXPECT_EQ(scanner.asked, before + 4);
  const auto told = inspection_json(inspection(taken->sha256));
  EXPECT_NE(base::to_text(told).find("không trả lời"), std::string::npos);
  // It is back: both are released.
  scanner.is_down = false;
  office.clock.advance(std::chrono::minutes{11});
  EXPECT_EQ(judge().released, 2);
  EXPECT_TRUE(check_released(*office.workplace, taken->sha256));
  EXPECT_EQ(inspection(taken->sha256)->attempts, 0);
}

TEST_F(FileInspections, WhatIsFoundLaterIsHeldBackFromEverybody) {
  scanner.is_down = true;
  const auto taken = upload("%PDF MALICE");
  ASSERT_TRUE(taken);
  scanner.is_down = false;
  office.clock.advance(std::chrono::minutes{1});
  EXPECT_EQ(judge().held, 1);
  EXPECT_EQ(check_released(*office.workplace, taken->sha256).error().code, "file-held-back");
  const auto refused = check_none_held(*office.workplace, {*taken});
  ASSERT_FALSE(refused);
  EXPECT_NE(refused.error().detail.vi.find("giay.pdf"), std::string::npos);
  EXPECT_EQ(office.files->get(taken->sha256).error().code, base::FaultCode::not_found);
  EXPECT_TRUE(office.files->get(inspection(taken->sha256)->sealed));
  // A scanner that is taken away opens nothing.
  office.workplace->scanner = nullptr;
  EXPECT_FALSE(check_released(*office.workplace, taken->sha256));
}

TEST_F(FileInspections, ARescanFindsWhatSignaturesDidNotKnowBefore) {
  const auto clean = upload("%PDF clean");
  const auto later = upload("%PDF NEWLY-KNOWN");
  ASSERT_TRUE(clean && later);
  // From before there was a scanner.
  office.workplace->scanner = nullptr;
  const auto old = upload("%PDF from before");
  ASSERT_TRUE(old);
  EXPECT_FALSE(inspection(old->sha256).has_value());
  office.workplace->scanner = &scanner;
  scanner.signatures = 2;
  const auto ordered = order_rescan(*office.workplace);
  ASSERT_TRUE(ordered) << ordered.error().message;
  EXPECT_EQ(*ordered, 3);
  EXPECT_TRUE(check_released(*office.workplace, later->sha256)) << "open until it is found";
  const Judged judged = judge();
  EXPECT_EQ(judged.released, 2);
  EXPECT_EQ(judged.held, 1);
  EXPECT_FALSE(check_released(*office.workplace, later->sha256));
  EXPECT_EQ(inspection(old->sha256)->engine, "Words 1.0/2");
  EXPECT_EQ(judge().released, 0) << "once";
}

TEST_F(FileInspections, AFindStandsAgainstWhatSomebodyElseWritesMeanwhile) {
  const std::string bytes = "%PDF NEWLY-KNOWN";
  const auto taken = upload(bytes);
  ASSERT_TRUE(taken);
  const auto order = [&] { ASSERT_TRUE(order_rescan(*office.workplace)); };
  order();
  scanner.signatures = 2;
  scanner.meanwhile = order;
  EXPECT_EQ(judge().held, 1);
  const auto said = inspection(taken->sha256);
  ASSERT_TRUE(said.has_value());
  EXPECT_EQ(said->state, FileState::held);
  EXPECT_FALSE(said->again);
  EXPECT_EQ(office.files->get(taken->sha256).error().code, base::FaultCode::not_found);
  const auto sealed = office.files->get(said->sealed);
  ASSERT_TRUE(sealed);
  EXPECT_EQ(*unseal_bytes(office.secrets, *sealed), bytes);
}

TEST_F(FileInspections, WhatIsForgottenIsCheckedAnewWhereItsBytesAreBack) {
  scanner.is_down = true;
  const auto taken = upload("%PDF clean");
  ASSERT_TRUE(taken);
  // As if the bytes had been gone, and were brought again between the look and the forgetting.
  ASSERT_TRUE(forget_inspection(*office.workplace, taken->sha256));
  EXPECT_EQ(check_released(*office.workplace, taken->sha256).error().code, "file-being-checked");
  ASSERT_TRUE(office.files->remove(taken->sha256));
  ASSERT_TRUE(forget_inspection(*office.workplace, taken->sha256));
  EXPECT_FALSE(inspection(taken->sha256).has_value());
}

TEST_F(FileInspections, WhatCannotBeReadIsNotReleased) {
  const auto taken = upload("%PDF clean");
  ASSERT_TRUE(taken);
  ASSERT_TRUE(office.store->save_entries({{.kind = kFileInspection,
                                           .key = taken->sha256,
                                           .version = 2,
                                           .at = office.clock.now(),
                                           .body = "{\"state\":\"fine\"}"}},
                                         std::nullopt));
  EXPECT_FALSE(check_released(*office.workplace, taken->sha256));
}

TEST(FileSeal, OpensOnlyForItsInstallationAndUnchanged) {
  base::SeededRandom random{7};
  const SecretKey key{"ours"};
  const std::string plain(100'000, 'p');
  const auto sealed = seal_bytes(key, random, plain);
  ASSERT_TRUE(sealed);
  EXPECT_TRUE(is_sealed(*sealed));
  EXPECT_EQ(*unseal_bytes(key, *sealed), plain);
  EXPECT_NE(*seal_bytes(key, random, plain), *sealed) << "never the same twice";
  EXPECT_FALSE(unseal_bytes(SecretKey{"theirs"}, *sealed));
  for (const std::size_t at : {0UL, 20UL, 40UL, 60UL, sealed->size() - 1}) {
    std::string changed = *sealed;
    changed[at] ^= 1;
    EXPECT_FALSE(unseal_bytes(key, changed)) << at;
  }
  EXPECT_FALSE(unseal_bytes(key, sealed->substr(0, 30)));
}

TEST(SafeFileName, KeepsTheNameAndNothingThatMisleads) {
  for (const auto& [given, kept] : {std::pair{"Giấy khai sinh.pdf", "Giấy khai sinh.pdf"},
                                    {"../../etc/passwd.pdf", "passwd.pdf"},
                                    {"C:\\a\\b.PDF", "b.PDF"},
                                    {"giay\xe2\x80\xae"
                                     "fdp.pdf",
                                     "giayfdp.pdf"},
                                    {"anh.jpg", "anh.pdf"},
                                    {"", "tep.pdf"},
                                    {"...", "tep.pdf"},
                                    {"a<b>.pdf", "a_b_.pdf"},
                                    {"bản 1.2", "bản 1.2.pdf"},
                                    {"a\r\nb.pdf", "a b.pdf"}}) {
    EXPECT_EQ(safe_file_name(given, "application/pdf"), kept) << given;
  }
  EXPECT_EQ(safe_file_name("anh.JPEG", "image/jpeg"), "anh.JPEG");
  EXPECT_LE(safe_file_name(std::string(5'000, 'a'), "image/png").size(), 200U);
}

}  // namespace
}  // namespace casework
