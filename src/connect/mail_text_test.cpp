#include "connect/mail_text.h"

#include <filesystem>
#include <fstream>
#include <sstream>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "base/random.h"
#include "connect/file_mailer.h"

namespace connectors {
namespace {

using testing::HasSubstr;
using testing::Not;

Mail mail() {
  return {.from_name = "Một Cửa",
          .from = "khong-tra-loi@motcua.example",
          .to = "an@example.vn",
          .subject = "Hồ sơ H41.101.01-260820-0001 đã được tiếp nhận",
          .text = "Kính gửi Nguyễn Văn An,\n\nHẹn trả kết quả: 17:00 ngày 25/08/2026.\n",
          .language = "vi",
          .effect = "d1/2",
          .at = *calendar::parse_instant("2026-08-20T10:05:07+07:00")};
}

std::string written(const Mail& one) {
  auto text = mail_text(one);
  EXPECT_TRUE(text) << (text ? "" : text.error().message);
  return text.value_or(std::string{});
}

std::string unquoted(std::string_view text) {
  std::string plain;
  for (std::size_t at = 0; at < text.size(); ++at) {
    if (text[at] != '=') {
      plain += text[at];
    } else if (text.substr(at, 3) == "=\r\n") {
      at += 2;
    } else {
      plain += static_cast<char>(std::stoi(std::string{text.substr(at + 1, 2)}, nullptr, 16));
      at += 2;
    }
  }
  return plain;
}

TEST(MailText, IsAsciiInShortLinesThatEndInCrlf) {
  const std::string text = written(mail());
  std::istringstream lines(text);
  for (std::string line; std::getline(lines, line);) {
    ASSERT_TRUE(line.ends_with('\r')) << line;
    EXPECT_LE(line.size(), 77U) << line;
    for (const char c : line) EXPECT_LT(static_cast<unsigned char>(c), 0x80U);
  }
  EXPECT_THAT(text, HasSubstr("Date: Thu, 20 Aug 2026 10:05:07 +0700\r\n"));
  EXPECT_THAT(text,
              HasSubstr("From: =?UTF-8?B?TeG7mXQgQ+G7rWE=?=\r\n <khong-tra-loi@motcua.example>"));
  EXPECT_THAT(text, HasSubstr("To: an@example.vn\r\n"));
  EXPECT_THAT(text, HasSubstr("Content-Language: vi\r\n"));
  EXPECT_THAT(text, HasSubstr("Auto-Submitted: auto-generated\r\n"));
  const std::size_t body = text.find("\r\n\r\n");
  EXPECT_EQ(unquoted(std::string_view{text}.substr(body + 4)),
            "Kính gửi Nguyễn Văn An,\r\n\r\nHẹn trả kết quả: 17:00 ngày 25/08/2026.\r\n");
}

TEST(MailText, LetsNoFieldAddAHeader) {
  Mail evil = mail();
  evil.subject = "Chào\r\nBcc: everyone@example.vn\r\n\r\nbody";
  evil.from_name = "\"A\r\nBcc: x@example.vn";
  const std::string text = written(evil);
  EXPECT_THAT(text.substr(0, text.find("\r\n\r\n")), Not(HasSubstr("\r\nBcc")));
  evil = mail();
  evil.subject = "plain\nBcc: everyone@example.vn";
  EXPECT_THAT(written(evil), HasSubstr("Subject: plain Bcc: everyone@example.vn\r\n"));
  for (const char* to : {"an@example.vn\r\nBcc: b@example.vn", "an@example.vn, b@example.vn", "",
                         "an", "<an@example.vn>", "an@example.vn\n", "a b@example.vn"}) {
    SCOPED_TRACE(to);
    Mail one = mail();
    one.to = to;
    const auto refused = mail_text(one);
    if (refused) {
      EXPECT_THAT(*refused, HasSubstr("\r\nTo: an@example.vn\r\n"));  // blanks around it are cut
      EXPECT_THAT(*refused, Not(HasSubstr("Bcc")));
    } else {
      EXPECT_EQ(refused.error().code, base::FaultCode::invalid);
      EXPECT_THAT(refused.error().message, Not(HasSubstr("example")));
    }
  }
  Mail bytes = mail();
  bytes.text = "\xff\xfe";
  EXPECT_FALSE(mail_text(bytes));
}

TEST(MailText, SameEffectIsTheSameMessage) {
  Mail later = mail();
  later.at += std::chrono::hours(3);
  const auto id = [](const std::string& text) {
    const std::size_t at = text.find("Message-ID:");
    return text.substr(at, text.find("\r\n", at) - at);
  };
  EXPECT_EQ(id(written(mail())), id(written(later)));
  later.effect = "d1/3";
  EXPECT_NE(id(written(mail())), id(written(later)));
}

TEST(MailText, PossibleRepetitionHasTheSameIdAndSaysSo) {
  Mail again = mail();
  again.repeated = true;
  const std::string first = written(mail());
  const std::string second = written(again);
  EXPECT_THAT(first, testing::Not(HasSubstr("X-Motcua-Repeat")));
  EXPECT_THAT(second, HasSubstr("X-Motcua-Repeat: possible\r\n"));
  const std::size_t at = first.find("Message-ID:");
  EXPECT_THAT(second, HasSubstr(first.substr(at, first.find("\r\n", at) - at)));
}

TEST(EncodedWords, AreCutBetweenCharacters) {
  std::string subject;
  for (int i = 0; i < 40; ++i) subject += "ế đ ";
  std::istringstream words(encoded_words(subject, 9));
  int count = 0;
  for (std::string word; words >> word; ++count) {
    EXPECT_LE(word.size(), 75U);
    EXPECT_TRUE(word.starts_with("=?UTF-8?B?") && word.ends_with("?=")) << word;
  }
  EXPECT_GT(count, 3);
  EXPECT_EQ(encoded_words("Ready", 9), "Ready");
  EXPECT_NE(encoded_words("=?UTF-8?B?x?=", 9), "=?UTF-8?B?x?=");
}

TEST(QuotedPrintable, ComesBackWhateverItHolds) {
  const std::uint64_t seed = 20260820;
  SCOPED_TRACE("seed " + std::to_string(seed));
  base::SeededRandom random(seed);
  for (int round = 0; round < 300; ++round) {
    std::string text;
    const std::uint64_t length = random.below(200);
    for (std::uint64_t i = 0; i < length; ++i) {
      constexpr std::string_view kAlphabet = "ab =.\t\nĐế";
      text += random.below(3) == 0 ? static_cast<char>(random.below(256))
                                   : kAlphabet[random.below(kAlphabet.size())];
    }
    std::string expected;
    for (std::size_t i = 0; i < text.size(); ++i) {
      if (text[i] == '\r' && i + 1 < text.size() && text[i + 1] == '\n') continue;
      expected += text[i] == '\n' ? std::string{"\r\n"} : std::string(1, text[i]);
    }
    const std::string quoted = quoted_printable(text);
    EXPECT_EQ(unquoted(quoted), expected);
    std::istringstream lines(quoted);
    for (std::string line; std::getline(lines, line);) EXPECT_LE(line.size(), 77U);
  }
}

class FileMailerTest : public testing::Test {
 protected:
  FileMailerTest()
      : folder(std::filesystem::temp_directory_path() /
               ("motcua-mail-" + base::random_hex(base::system_random(), 6))) {}
  ~FileMailerTest() override {
    std::error_code ignored;
    std::filesystem::remove_all(folder, ignored);
  }
  std::vector<std::filesystem::path> files() const {
    std::vector<std::filesystem::path> found;
    for (const auto& each : std::filesystem::directory_iterator(folder))
      found.push_back(each.path());
    return found;
  }
  std::filesystem::path folder;
};

TEST_F(FileMailerTest, WritesEachEffectOnce) {
  FileMailer mailer(folder / "mail");
  folder /= "mail";
  ASSERT_TRUE(mailer.send(mail()));
  ASSERT_TRUE(mailer.send(mail()));
  ASSERT_EQ(files().size(), 1U);
  EXPECT_EQ(files()[0].extension(), ".eml");
  std::ifstream in(files()[0], std::ios::binary);
  std::ostringstream text;
  text << in.rdbuf();
  EXPECT_EQ(text.str(), written(mail()));
  // For the owner of the folder only: mails hold personal data.
  EXPECT_EQ(std::filesystem::status(files()[0]).permissions() & std::filesystem::perms::others_all,
            std::filesystem::perms::none);
  Mail other = mail();
  other.effect = "../../d1/3";
  ASSERT_TRUE(mailer.send(other));
  EXPECT_EQ(files().size(), 2U);
  folder = folder.parent_path();
}

TEST_F(FileMailerTest, SaysWhenItCannotWrite) {
  std::filesystem::create_directories(folder);
  std::ofstream(folder / "mail") << "a file in the way";
  FileMailer mailer(folder / "mail");
  const auto sent = mailer.send(mail());
  ASSERT_FALSE(sent);
  EXPECT_EQ(sent.error().code, base::FaultCode::unavailable);
}

}  // namespace
}  // namespace connectors
