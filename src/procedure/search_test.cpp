#include "procedure/search.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "procedure/test_packages.h"

namespace procedure {
namespace {

const SearchIndex& index() {
  static const SearchIndex built = [] {
    std::vector<CardPtr> all;
    for (const char* code : kShipped) {
      all.push_back(std::make_shared<const Card>(card_of(shipped(code))));
    }
    return SearchIndex(all);
  }();
  return built;
}

struct Row {
  const char* query;
  const char* first;  // code of the best match; empty: nothing found
};

class Search : public testing::TestWithParam<Row> {};

TEST_P(Search, FindsByEverydayWords) {
  const auto found = index().search(GetParam().query);
  if (std::string_view{GetParam().first}.empty()) {
    EXPECT_TRUE(found.empty()) << found.front()->code;
    return;
  }
  ASSERT_FALSE(found.empty()) << GetParam().query;
  EXPECT_EQ(found.front()->code, GetParam().first) << GetParam().query;
}

INSTANTIATE_TEST_SUITE_P(
    Table, Search,
    testing::Values(Row{"giấy khai sinh", "1.001193"}, Row{"giay khai sinh", "1.001193"},
                    Row{"GIẤY KHAI SINH", "1.001193"}, Row{"làm khai sinh cho con", "1.001193"},
                    Row{"dang ky khai sinh", "1.001193"}, Row{"chugn thuc ban sao", "2.000815"},
                    Row{"khai si", "1.001193"}, Row{"birth certificate", "1.001193"},
                    Row{"birht registration", "1.001193"}, Row{"1.001193", "1.001193"},
                    Row{"giấy độc thân", "1.004873"}, Row{"doc than", "1.004873"},
                    Row{"xac nhan tinh trang hon nhan", "1.004873"}, Row{"sao y", "2.000815"},
                    Row{"công chứng giấy tờ", "2.000815"}, Row{"chung thuc ban sao", "2.000815"},
                    Row{"mở cửa hàng", "1.001612"}, Row{"hộ kinh doanh", "1.001612"},
                    Row{"giải phóng mặt bằng", "1.012994"}, Row{"khau tru", "1.012994"},
                    Row{"khẩu trừ", "1.012994"}, Row{"tái định cư", "1.012994"},
                    Row{"đăng ký cho con mới sinh", "1.001193"}, Row{"khai sanh", "1.001193"},
                    Row{"làm giấy khai sinh cho bé ở đâu", "1.001193"},
                    Row{"tôi muốn mở quán cà phê", "1.001612"},
                    Row{"xin giấy độc thân để kết hôn", "1.004873"},
                    Row{"sao y công chứng bằng đại học", "2.000815"},
                    Row{"đăng ký kết hôn", "1.000894"}, Row{"lam giay ket hon", "1.000894"},
                    Row{"xin phép xây nhà", "1.013225"}, Row{"nhận con nuôi", "2.001263"},
                    Row{"nhap ho khau", "1.004222"}, Row{"đăng ký thường trú", "1.004222"},
                    Row{"thẻ bảo hiểm y tế cho con", "3.000722"}, Row{"hộ chiếu", ""},
                    Row{"xyz", ""}, Row{"khai sinh ngoài hành tinh", ""}));

TEST(Search, AnEmptyQueryYieldsAllByName) {
  EXPECT_EQ(index().search("").size(), std::size(kShipped));
  EXPECT_EQ(index().search("  ?! ").size(), std::size(kShipped));
}

TEST(Search, DecomposedTextFindsTheSame) {
  EXPECT_EQ(index().search("gia\u0302\u0301y khai sinh").front()->code, "1.001193");
}

TEST(Search, HostileQueriesAreBoundedAndHarmless) {
  (void)index().search(std::string(1'000'000, 'k'));
  (void)index().search("\xC3(\xFF\xFE");
  std::string many;
  for (int i = 0; i < 1000; ++i) many += "khai ";
  EXPECT_FALSE(index().search(many).empty());
  // Cut within a letter of three bytes.
  (void)index().search(std::string(399, 'a') + "ấ");
}

}  // namespace
}  // namespace procedure
