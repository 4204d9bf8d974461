#include <gtest/gtest.h>

#include "party/email.h"
#include "party/partial_date.h"
#include "party/personal_id.h"
#include "party/phone.h"
#include "party/tax_code.h"

namespace party {
namespace {

using calendar::Language;

TEST(PersonalId, SaysPlaceSexAndYear) {
  const auto id = PersonalId::parse("040 190 000 123");
  ASSERT_TRUE(id);
  EXPECT_EQ(id->digits(), "040190000123");
  EXPECT_EQ(id->place_name(), "Nghệ An");
  EXPECT_EQ(id->sex(), Sex::female);
  EXPECT_EQ(id->birth_year(), 1990);
  EXPECT_EQ(PersonalId::parse("001205000001")->birth_year(), 2005);
  EXPECT_EQ(PersonalId::parse("001205000001")->sex(), Sex::male);
  const auto old = PersonalId::parse("186123456");
  ASSERT_TRUE(old);
  EXPECT_TRUE(old->is_old());
  EXPECT_FALSE(old->sex());
  EXPECT_FALSE(old->birth_year());
}

TEST(PersonalId, IsRefusedWithTheReason) {
  EXPECT_EQ(PersonalId::parse("").error(), PersonalIdRefusal::empty);
  EXPECT_EQ(PersonalId::parse("  ").error(), PersonalIdRefusal::empty);
  EXPECT_EQ(PersonalId::parse("04019000012").error(), PersonalIdRefusal::wrong_length);
  EXPECT_EQ(PersonalId::parse("0401900001234").error(), PersonalIdRefusal::wrong_length);
  EXPECT_EQ(PersonalId::parse("04019000012O").error(), PersonalIdRefusal::not_digits);
  EXPECT_EQ(PersonalId::parse("０40190000123").error(), PersonalIdRefusal::not_digits);
  EXPECT_EQ(PersonalId::parse(std::string(100000, '1')).error(), PersonalIdRefusal::wrong_length);
}

TEST(PersonalIdCheck, WarnsAndNeverBlocks) {
  const auto count = [](const char* id, std::optional<Sex> sex, std::optional<int> year) {
    const Findings findings = check(*PersonalId::parse(id), sex, year, 2026);
    for (const Finding& finding : findings) {
      EXPECT_EQ(finding.severity, Severity::warning);
      EXPECT_FALSE(finding.message.vi.empty());
      EXPECT_FALSE(finding.message.en.empty());
    }
    return findings.size();
  };
  EXPECT_EQ(count("040190000123", Sex::female, 1990), 0U);
  EXPECT_EQ(count("040190000123", std::nullopt, std::nullopt), 0U);
  EXPECT_EQ(count("040190000123", Sex::male, 1990), 1U);
  EXPECT_EQ(count("040190000123", Sex::male, 1991), 2U);
  EXPECT_EQ(count("999190000123", Sex::female, 1990), 1U);        // born abroad, or a mistake
  EXPECT_EQ(count("040299000123", Sex::male, std::nullopt), 1U);  // born in 2099
  EXPECT_EQ(count("186123456", Sex::male, 1990), 1U);
}

TEST(TaxCode, HasACheckDigit) {
  EXPECT_EQ(TaxCode::parse("0100109106")->text(), "0100109106");
  EXPECT_EQ(TaxCode::parse("0100109107").error(), TaxCodeRefusal::wrong_check_digit);
  EXPECT_EQ(TaxCode::parse("0100109106-001")->text(), "0100109106-001");
  EXPECT_EQ(TaxCode::parse("0100109106001")->text(), "0100109106-001");
  EXPECT_EQ(TaxCode::parse("0100109106001")->kind(), TaxCodeKind::dependent_unit);
  EXPECT_EQ(TaxCode::parse("0100109107-001").error(), TaxCodeRefusal::wrong_check_digit);
  EXPECT_EQ(TaxCode::parse("040190000123")->kind(), TaxCodeKind::individual);
}

TEST(TaxCode, IsRefusedWithTheReason) {
  EXPECT_EQ(TaxCode::parse("").error(), TaxCodeRefusal::empty);
  EXPECT_EQ(TaxCode::parse("01001091").error(), TaxCodeRefusal::wrong_length);
  EXPECT_EQ(TaxCode::parse("01001091061").error(), TaxCodeRefusal::wrong_length);
  EXPECT_EQ(TaxCode::parse("0100109106-").error(), TaxCodeRefusal::wrong_length);
  EXPECT_EQ(TaxCode::parse("0100109106-01").error(), TaxCodeRefusal::wrong_length);
  EXPECT_EQ(TaxCode::parse("01001-09106").error(), TaxCodeRefusal::not_digits);
  EXPECT_EQ(TaxCode::parse("MST0100109106").error(), TaxCodeRefusal::not_digits);
}

TEST(TaxCode, RefusesMostSingleTypingErrors) {
  const std::string right = "0100109106";
  for (std::size_t i = 0; i < right.size(); ++i) {
    for (char c = '0'; c <= '9'; ++c) {
      std::string wrong = right;
      if (wrong[i] == c) continue;
      wrong[i] = c;
      EXPECT_FALSE(TaxCode::parse(wrong)) << wrong;
    }
  }
}

TEST(Phone, HasOneNormalForm) {
  for (const char* text : {"0912345678", "0912 345 678", "+84 912 345 678", "84912345678",
                           "+84 (0) 912.345.678", "0084912345678"}) {
    const auto phone = Phone::parse(text);
    ASSERT_TRUE(phone) << text;
    EXPECT_EQ(phone->national(), "0912345678");
    EXPECT_EQ(phone->international(), "+84912345678");
    EXPECT_TRUE(phone->is_mobile());
  }
  EXPECT_EQ(Phone::parse("(0238) 3844 555")->national(), "02383844555");
  EXPECT_FALSE(Phone::parse("02383844555")->is_mobile());
}

TEST(Phone, IsRefusedWithTheReason) {
  EXPECT_EQ(Phone::parse("").error(), PhoneRefusal::empty);
  EXPECT_EQ(Phone::parse("091234567").error(), PhoneRefusal::wrong_number);
  EXPECT_EQ(Phone::parse("0112345678").error(), PhoneRefusal::wrong_number);
  EXPECT_EQ(Phone::parse("0612345678").error(), PhoneRefusal::wrong_number);
  EXPECT_EQ(Phone::parse("+85512345678").error(), PhoneRefusal::foreign);
  EXPECT_EQ(Phone::parse("0912x45678").error(), PhoneRefusal::not_digits);
  EXPECT_EQ(Phone::parse("+").error(), PhoneRefusal::not_digits);
  EXPECT_EQ(Phone::parse("09+12345678").error(), PhoneRefusal::not_digits);
}

TEST(Email, IsPlainlySane) {
  EXPECT_EQ(parse_email("  An.Nguyen@NgheAn.GOV.vn "), "An.Nguyen@nghean.gov.vn");
  EXPECT_EQ(parse_email("a+b@c.vn"), "a+b@c.vn");
  for (const char* text : {"", "@", "a@", "@b.vn", "a@b", "a@@b.vn", "a b@c.vn", "a@b..vn",
                           ".a@b.vn", "a..b@c.vn", "a@-b.vn", "a@b.v", "a@b.vn.", "<a@b.vn>",
                           "a@b.vn\r\nBcc: c@d.vn", "ân@b.vn", "a\"@b.vn"}) {
    EXPECT_FALSE(parse_email(text)) << text;
  }
  EXPECT_FALSE(parse_email(std::string(65, 'a') + "@b.vn"));
}

TEST(PartialDate, KeepsWhatIsKnown) {
  const auto iso = [](const char* text) {
    const auto date = parse_partial_date(text);
    return date ? to_iso(*date) : std::string("none");
  };
  EXPECT_EQ(iso("17051990"), "1990-05-17");
  EXPECT_EQ(iso("00051990"), "1990-05");
  EXPECT_EQ(iso("00001990"), "1990");
  EXPECT_EQ(iso("1990"), "1990");
  EXPECT_EQ(iso("1990-05"), "1990-05");
  EXPECT_EQ(iso("1990-05-17"), "1990-05-17");
  EXPECT_EQ(iso("17/5/1990"), "1990-05-17");
  EXPECT_EQ(iso("05/1990"), "1990-05");
  for (const char* text :
       {"", "31021990", "17001990", "1990-13", "1990-02-30", "30/2/1990", "0/5/1990", "13/1990",
        "5/90", "199", "1990-5-1", "17/05/1990x", "00000000"}) {
    EXPECT_EQ(iso(text), "none") << text;
  }
  EXPECT_EQ(to_vietnamese(*parse_partial_date("1990-05")), "05/1990");
  EXPECT_FALSE(full_date(*parse_partial_date("1990-05")));
  EXPECT_EQ(calendar::to_iso(*full_date(*parse_partial_date("17051990"))), "1990-05-17");
}

}  // namespace
}  // namespace party
