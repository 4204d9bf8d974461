#include "party/id_card_qr.h"

#include <gtest/gtest.h>

#include "base/random.h"
#include "party/typed_text.h"

namespace party {
namespace {

// Made-up people.
const std::string kPayload =
    "040190000123|186123456|Nguyễn Thị Hường|17051990|Nữ|Xóm 5, Kim Liên, Nghệ An|10052021";

TEST(IdCardQr, IsReadFieldByField) {
  const auto card = parse_id_card_qr(kPayload);
  ASSERT_TRUE(card);
  EXPECT_EQ(card->id.digits(), "040190000123");
  EXPECT_EQ(card->old_id->digits(), "186123456");
  EXPECT_EQ(card->name, "Nguyễn Thị Hường");
  EXPECT_EQ(to_iso(card->born), "1990-05-17");
  EXPECT_EQ(card->sex, Sex::female);
  EXPECT_EQ(card->residence, "Xóm 5, Kim Liên, Nghệ An");
  EXPECT_EQ(to_iso(*card->issued), "2021-05-10");
  EXPECT_FALSE(card->mended);
}

TEST(IdCardQr, ToleratesWhatScannersAdd) {
  const auto plain = parse_id_card_qr(kPayload);
  for (const std::string& text :
       {kPayload + "\r\n", "\n" + kPayload, kPayload + "|Bố|Mẹ||", "  " + kPayload + "\t"}) {
    const auto card = parse_id_card_qr(text);
    ASSERT_TRUE(card) << text;
    EXPECT_EQ(card->name, plain->name);
    EXPECT_EQ(card->issued, plain->issued);
    EXPECT_FALSE(card->mended);
  }
  // Decomposed letters, no old number, a year of birth only, no date of issue.
  const auto card =
      parse_id_card_qr("040090000123||Tra\u0302\u0300n Va\u0306n An|00001990|Nam|Vinh|");
  ASSERT_TRUE(card);
  EXPECT_EQ(card->name, "Trần Văn An");
  EXPECT_EQ(to_iso(card->born), "1990");
  EXPECT_FALSE(card->old_id);
  EXPECT_FALSE(card->issued);
}

TEST(IdCardQr, IsRefusedWithTheReason) {
  const auto refusal = [](const std::string& text) {
    const auto card = parse_id_card_qr(text);
    EXPECT_FALSE(card.has_value()) << text;
    return card.error();
  };
  EXPECT_EQ(refusal(""), IdCardQrRefusal::not_a_payload);
  EXPECT_EQ(refusal("040190000123"), IdCardQrRefusal::not_a_payload);
  EXPECT_EQ(refusal("a|b|c|d|e|f"), IdCardQrRefusal::not_a_payload);
  EXPECT_EQ(refusal(std::string(2000, '|')), IdCardQrRefusal::not_a_payload);
  EXPECT_EQ(refusal(std::string(100, '|')), IdCardQrRefusal::not_a_payload);
  EXPECT_EQ(refusal("\xff" + kPayload), IdCardQrRefusal::not_a_payload);
  EXPECT_EQ(refusal("04019||An|17051990|Nam|Vinh|10052021"), IdCardQrRefusal::bad_id);
  EXPECT_EQ(refusal("186123456||An|17051990|Nam|Vinh|10052021"), IdCardQrRefusal::bad_id);
  EXPECT_EQ(refusal("040090000123|||17051990|Nam|Vinh|10052021"), IdCardQrRefusal::no_name);
  EXPECT_EQ(refusal("040090000123||An|31021990|Nam|Vinh|10052021"), IdCardQrRefusal::bad_birth);
  EXPECT_EQ(refusal("040090000123||Nguy?n V?n An|17051990|Nam|Vinh|10052021"),
            IdCardQrRefusal::typed_beyond_repair);
  EXPECT_EQ(refusal("040090000123||Nguy\u1ec5n V2n|17051990|Nam|Vinh|10052021"),
            IdCardQrRefusal::typed_beyond_repair);
}

TEST(IdCardQr, MendsTheDigitRowOfTheVietnameseLayout) {
  // 040190000123 | 186123456 | 17051990 | 10052021 typed on that layout.
  const std::string typed =
      "đôđă\u0323đđđđăâê|ă\u0301\u0309ăâêô\u0300\u0309|Nguyễn Thị "
      "Hường|ă\u0303đ\u0300ă\u0323\u0323đ|Nữ|"
      "Kim Liên|ăđđ\u0300âđâă";
  const auto card = parse_id_card_qr(typed);
  ASSERT_TRUE(card);
  EXPECT_EQ(card->id.digits(), "040190000123");
  EXPECT_EQ(card->old_id->digits(), "186123456");
  EXPECT_EQ(to_iso(card->born), "1990-05-17");
  EXPECT_EQ(to_iso(*card->issued), "2021-05-10");
  EXPECT_TRUE(card->mended);
}

TEST(IdCardQr, MendsKeyStrokesOfTelexAndVni) {
  const auto telex = parse_id_card_qr(
      "040190000123||Nguyeenx Thij Huwowngf|17051990|Nuwx|Xoms 5, Kim Lieen, Ngheej An|10052021");
  ASSERT_TRUE(telex);
  EXPECT_EQ(telex->name, "Nguyễn Thị Hường");
  EXPECT_EQ(telex->residence, "Xóm 5, Kim Liên, Nghệ An");
  EXPECT_EQ(telex->sex, Sex::female);
  EXPECT_TRUE(telex->mended);
  const auto vni = parse_id_card_qr(
      "040190000123||Nguye6n4 Thi5 Huo7ng2|17051990|Nu74|Xom1 5, Kim Lie6n, Nghe65 An|10052021");
  ASSERT_TRUE(vni);
  EXPECT_EQ(vni->name, "Nguyễn Thị Hường");
  EXPECT_EQ(vni->residence, "Xóm 5, Kim Liên, Nghệ An");
  EXPECT_TRUE(vni->mended);
}

TEST(IdCardQr, LeavesForeignNamesAlone) {
  const auto card = parse_id_card_qr("040090000123||Alex Parker|17051990|Nam|Vinh|10052021");
  ASSERT_TRUE(card);
  EXPECT_EQ(card->name, "Alex Parker") << "one word that looks like key strokes is no evidence";
}

TEST(IdCardQr, MendsCapsLockAndADamagedSex) {
  const auto card =
      parse_id_card_qr("040190000123||nGUYỄN tHỊ hƯỜNG|17051990|nỮ|kIM lIÊN|10052021");
  ASSERT_TRUE(card);
  EXPECT_EQ(card->name, "Nguyễn Thị Hường");
  EXPECT_EQ(card->residence, "Kim Liên");
  EXPECT_TRUE(card->mended);
  const auto damaged = parse_id_card_qr("040190000123||Lê Hoa|17051990|N?|Vinh|10052021");
  ASSERT_TRUE(damaged);
  EXPECT_EQ(damaged->sex, Sex::female);
  EXPECT_TRUE(damaged->mended);
}

TEST(KeyStrokes, BecomeVietnamese) {
  const struct {
    const char* telex;
    const char* vni;
    const char* text;
  } kCases[] = {
      {"DDinhj", "D9inh5", "Định"},
      {"Hoaf", "Hoa2", "Hoà"},
      {"Thuyr", "Thuy3", "Thuỷ"},
      {"Quyf", "Quy2", "Quỳ"},
      {"Nghiax", "Nghia4", "Nghĩa"},
      {"Giangf", "Giang2", "Giàng"},
      {"Truwowngf", "Tru7o7ng2", "Trường"},
      {"Truowngf", "Truong72", "Trường"},
      {"Dungx", "Dung4", "Dũng"},
      {"Luwu", "Lu7u", "Lưu"},
      {"Vawn", "Va8n", "Văn"},
      {"Ngoais", "Ngoai1", "Ngoái"},
      {"An", "An", "An"},
  };
  for (const auto& given : kCases) {
    EXPECT_EQ(from_telex(given.telex), given.text);
    EXPECT_EQ(from_vni(given.vni), given.text);
  }
}

TEST(IdCardQr, SurvivesRandomDamage) {
  const std::uint64_t seed = 20260820;
  base::SeededRandom random(seed);
  for (int i = 0; i < 5000; ++i) {
    std::string text = kPayload;
    for (std::uint64_t n = random.below(4) + 1; n-- > 0;) {
      text[random.below(text.size())] = static_cast<char>(random.below(256));
    }
    if (const auto card = parse_id_card_qr(text)) {
      EXPECT_EQ(card->id.digits().size(), 12U) << "seed " << seed << " case " << i;
    }
  }
}

}  // namespace
}  // namespace party
