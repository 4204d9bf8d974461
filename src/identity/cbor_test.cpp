#include "identity/cbor.h"

#include <gtest/gtest.h>

#include "journal/line_reader.h"

namespace identity {
namespace {

std::string hex(std::string_view text) {
  const auto bytes = journal::from_hex(text);
  EXPECT_TRUE(bytes.has_value()) << text;
  return bytes.value_or("");
}

CborRefusal refusal(std::string_view text) {
  const auto read = read_cbor(hex(text));
  EXPECT_FALSE(read) << text;
  return read ? CborRefusal{} : read.error();
}

// Source: RFC 8949, appendix A.
TEST(Cbor, ReadsTheExamplesOfTheStandard) {
  struct Row {
    const char* bytes;
    std::int64_t value;
  };
  for (const Row& row : {Row{"00", 0}, Row{"17", 23}, Row{"1818", 24}, Row{"1903e8", 1000},
                         Row{"1a000f4240", 1000000}, Row{"1b000000e8d4a51000", 1000000000000},
                         Row{"20", -1}, Row{"29", -10}, Row{"3863", -100}, Row{"3903e7", -1000}}) {
    const auto read = read_cbor(hex(row.bytes));
    ASSERT_TRUE(read) << row.bytes;
    EXPECT_EQ(read->item.integer, row.value);
    EXPECT_EQ(write_cbor(read->item), hex(row.bytes));
  }
  for (const char* same :
       {"f4", "f5", "f6", "40", "4401020304", "60", "6449455446", "62c3bc", "80", "83010203", "a0",
        "a201020304", "a26161016162820203", "8301820203820405"}) {
    const auto read = read_cbor(hex(same));
    ASSERT_TRUE(read) << same;
    EXPECT_EQ(write_cbor(read->item), hex(same));
    EXPECT_EQ(read->length, hex(same).size());
  }
}

TEST(Cbor, FindsMembersByKey) {
  const auto read = read_cbor(hex("a3010203262140"));
  ASSERT_TRUE(read);
  ASSERT_NE(read->item.find(3), nullptr);
  EXPECT_EQ(read->item.find(3)->integer, -7);
  EXPECT_EQ(read->item.find(-2)->kind, CborKind::bytes);
  EXPECT_EQ(read->item.find("fmt"), nullptr);
}

TEST(Cbor, RefusesWhatHasASecondSpelling) {
  for (const char* loose : {"1817", "190017", "1900ff", "1a0000ffff", "1b00000000ffffffff",
                            "5801aa", "7f616100ff", "5f4101ff", "9f01ff", "bf0102ff", "c001",
                            "f97e00", "fa47c35000", "f7", "f814", "1c", "1bffffffffffffffff"}) {
    EXPECT_EQ(refusal(loose), CborRefusal::not_strict) << loose;
  }
  EXPECT_EQ(refusal("a201020103"), CborRefusal::key_twice);
  EXPECT_EQ(refusal("a1410101"), CborRefusal::not_strict);
  EXPECT_EQ(refusal("61ff"), CborRefusal::not_text);
}

TEST(Cbor, RefusesWhatIsCutShort) {
  const std::string whole = hex("a26161016162820203");
  for (std::size_t length = 0; length < whole.size(); ++length) {
    const auto read = read_cbor(std::string_view{whole}.substr(0, length));
    ASSERT_FALSE(read) << length;
    EXPECT_EQ(read.error(), CborRefusal::cut_short);
  }
  EXPECT_EQ(refusal("5affffffff00"), CborRefusal::cut_short);
  EXPECT_EQ(refusal("5b7fffffffffffffff"), CborRefusal::cut_short);
  EXPECT_EQ(refusal("9a00ffffff"), CborRefusal::cut_short);
}

TEST(Cbor, IsBoundedInDepthAndNumber) {
  EXPECT_TRUE(read_cbor(hex("81818100")));
  EXPECT_EQ(refusal("8181818100"), CborRefusal::too_much);
  std::string many = hex("990200");
  many.append(512, '\0');
  const auto read = read_cbor(many);
  ASSERT_FALSE(read);
  EXPECT_EQ(read.error(), CborRefusal::too_much);
}

TEST(Cbor, LeavesWhatFollows) {
  const auto read = read_cbor(hex("0102"));
  ASSERT_TRUE(read);
  EXPECT_EQ(read->length, 1U);
}

}  // namespace
}  // namespace identity
