#include "cli/catalogue_import.h"

#include <filesystem>
#include <fstream>
#include <optional>

#include <gtest/gtest.h>
#include <unistd.h>

#include "base/json.h"
#include "casework/definition_kinds.h"
#include "cli/catalogue_store.h"

namespace cli {
namespace {

namespace fs = std::filesystem;

std::string page(const std::string& code, const std::string& time = "3 Ngày làm việc") {
  return base::to_text(base::json::object{
             {"ma_thu_tuc", code},
             {"ten_thu_tuc", "Cấp thẻ " + code},
             {"cap_thuc_hien", "Cấp xã"},
             {"cach_thuc_thuc_hien",
              "Hình thức nộpThời gianPhí, lệ phíMô tảTrực tiếp" + time + "Miễn phí"},
             {"thanh_phan_ho_so", "--Tên giấy tờMẫu đơn, tờ khaiSố lượngĐơn1 bản chính"},
             {"ket_qua_xu_ly", "ThẻMã: KQ.G15.000001"}}) +
         "\n";
}

class CatalogueImport : public testing::Test {
 protected:
  void SetUp() override {
    folder_ =
        fs::temp_directory_path() / ("motcua-catalogue-" + std::to_string(::getpid()) + "-" +
                                     testing::UnitTest::GetInstance()->current_test_info()->name());
    fs::remove_all(folder_);
    fs::create_directories(folder_);
    opened_.emplace(*open_catalogue_store((folder_ / "data").string(), "", StoreUse::write));
  }
  void TearDown() override {
    opened_.reset();
    fs::remove_all(folder_);
  }

  std::string file(const std::string& name, const std::string& text) {
    const fs::path path = folder_ / name;
    std::ofstream(path, std::ios::binary) << text;
    return path.string();
  }
  casework::Store& store() { return *opened_->store; }
  base::Outcome<ImportReport> import(const std::vector<std::string>& files) {
    return import_catalogue(store(), files, calendar::Instant{}, {});
  }

  fs::path folder_;
  std::optional<OpenedStore> opened_;
};

TEST_F(CatalogueImport, TheSecondTimeChangesNothing) {
  const std::string pages = file("a.jsonl", page("1.000001") + page("1.000002"));
  const auto first = import({pages});
  ASSERT_TRUE(first) << first.error().message;
  EXPECT_EQ(first->procedures, 2);
  EXPECT_EQ(first->unchanged, 0);
  EXPECT_EQ(first->tally.limits.structured, 2);
  const std::int64_t sequence = *store().definitions_sequence();
  const auto second = import({pages});
  ASSERT_TRUE(second);
  EXPECT_EQ(second->unchanged, 2);
  EXPECT_EQ(*store().definitions_sequence(), sequence);
}

TEST_F(CatalogueImport, AChangedPageIsANewVersion) {
  ASSERT_TRUE(import({file("a.jsonl", page("1.000001"))}));
  ASSERT_TRUE(import({file("b.jsonl", page("1.000001", "5 Ngày"))}));
  const auto entry = *find_entry(store(), "1.000001");
  ASSERT_TRUE(entry);
  EXPECT_EQ(entry->version, 2);
  EXPECT_EQ(entry->entry.channels[0].limit->text(), "5d");
}

TEST_F(CatalogueImport, OfTwoContentsInOneRunTheFirstStaysAndTheNextRunChangesNothing) {
  const std::string pages = file("a.jsonl", page("1.000001") + page("1.000001", "5 Ngày"));
  const auto first = import({pages});
  ASSERT_TRUE(first);
  ASSERT_EQ(first->not_read.size(), 1U);
  EXPECT_EQ(first->not_read[0].kind, catalogue::FindingKind::record_twice);
  EXPECT_EQ(first->not_read[0].source.row, 2);
  EXPECT_EQ(import({pages})->unchanged, 1);
}

TEST_F(CatalogueImport, ALineThatIsNoRecordIsAFindingAndTheRestIsRead) {
  const auto report = import({file("a.jsonl", "{\"x\": 1}\n\nnonsense\n" + page("1.000001"))});
  ASSERT_TRUE(report);
  EXPECT_EQ(report->procedures, 1);
  ASSERT_EQ(report->not_read.size(), 2U);
  EXPECT_EQ(report->not_read[1].source.file, "a.jsonl");
  EXPECT_EQ(report->not_read[1].source.row, 3);
}

TEST_F(CatalogueImport, AFileThatCannotBeReadLeavesTheStoreAsItWas) {
  const std::string good = file("a.jsonl", page("1.000001"));
  for (const std::string& bad :
       {file("long.jsonl", page("1.000002") + std::string(std::size_t{9} << 20, 'x')),
        file("bad.xlsx", "PK no spreadsheet"), file("bad.gz", "\x1f\x8b nothing"),
        (folder_ / "absent").string()}) {
    const auto report = import({good, bad});
    ASSERT_FALSE(report) << bad;
    EXPECT_NE(report.error().message.find(bad), std::string::npos) << report.error().message;
    EXPECT_EQ(*store().definitions_sequence(), 0) << bad;
  }
}

TEST_F(CatalogueImport, IsWrittenBesideAProgramThatHasTheFolder) {
  const auto second = open_catalogue_store((folder_ / "data").string(), "", StoreUse::write);
  ASSERT_TRUE(second) << second.error().message;
  EXPECT_FALSE(second->hold.has_value()) << "the first one has it";
  ASSERT_TRUE(second->store->save_definitions({{.kind = "draft",
                                                .key = "1.000001",
                                                .version = 1,
                                                .at = {},
                                                .actor = {},
                                                .digest = "d",
                                                .body = "{}"}}));
  EXPECT_TRUE(store().find_definition("draft", "1.000001", 0)->has_value());
}

}  // namespace
}  // namespace cli
