#include "connect/message_texts.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace connectors {
namespace {

using testing::HasSubstr;
using testing::Not;

MessageTexts shipped() {
  auto loaded = load_message_texts(PROJECT_ROOT "/data/messages");
  EXPECT_TRUE(loaded) << (loaded ? "" : loaded.error().message);
  return loaded ? std::move(loaded).value() : MessageTexts{};
}

const MessageValues& full() {
  static const MessageValues values{{"code", "H41.101.01-260820-0001"},
                                    {"applicant", "Nguyễn Văn An"},
                                    {"procedure", "Đăng ký khai sinh"},
                                    {"due", "17:00 ngày 25/08/2026"},
                                    {"items", "- Giấy chứng sinh\n- Tờ khai"},
                                    {"reason", "Bản chụp bị mờ"},
                                    {"tracking_link", "https://motcua.example/theo-doi#A.B"},
                                    {"agency", "Ủy ban nhân dân phường Thành Vinh"}};
  return values;
}

TEST(MessageTexts, ShippedOnesExistInBothLanguages) {
  const MessageTexts texts = shipped();
  for (const char* name :
       {"filed", "received", "supplement", "refused", "ready", "arrived", "stopped"}) {
    const auto vi = texts.write(name, "vi", full());
    const auto en = texts.write(name, "en", full());
    ASSERT_TRUE(vi && en) << name;
    EXPECT_NE(vi->body, en->body);
    for (const auto& written : {*vi, *en}) {
      SCOPED_TRACE(name);
      EXPECT_THAT(written.subject, HasSubstr("H41.101.01-260820-0001"));
      EXPECT_THAT(written.body, HasSubstr("Nguyễn Văn An"));
      EXPECT_THAT(written.body, HasSubstr("https://motcua.example/theo-doi#A.B"));
      EXPECT_THAT(written.body, Not(HasSubstr("{{")));
      EXPECT_THAT(written.body, Not(HasSubstr("\n\n\n")));
    }
  }
}

TEST(MessageTexts, LeaveLinesWithoutValueOut) {
  MessageValues values = full();
  values["due"] = "";
  values.erase("reason");
  const auto written = shipped().write("received", "vi", values);
  ASSERT_TRUE(written);
  EXPECT_THAT(written->body, Not(HasSubstr("Hẹn trả kết quả:")));
}

TEST(MessageTexts, NeverReadValuesAsPlaceholders) {
  MessageValues values = full();
  values["reason"] = "{{tracking_link}} và {{";
  values["code"] = "A\r\nBcc: x";
  const auto written = shipped().write("refused", "vi", values);
  ASSERT_TRUE(written);
  EXPECT_THAT(written->body, HasSubstr("{{tracking_link}} và {{"));
  EXPECT_THAT(written->subject, Not(HasSubstr("\n")));
}

TEST(MessageTexts, FallBackToVietnameseAndSayWhatIsMissing) {
  const MessageTexts texts = shipped();
  const auto other = texts.write("ready", "fr", full());
  ASSERT_TRUE(other);
  EXPECT_THAT(other->body, HasSubstr("Kính gửi"));
  const auto none = texts.write("birthday", "vi", full());
  ASSERT_FALSE(none);
  EXPECT_EQ(none.error().code, base::FaultCode::not_found);
}

TEST(MessageTexts, RefuseTextsThatCannotBeSent) {
  MessageTexts texts;
  for (const char* text : {"", "Kính gửi", "Subject: \nx", "Subject: a\n{{name}}\n",
                           "Subject: a\n{{code\n", "Subject: {{Code}}\n", "Subject: \xff\n"}) {
    const auto added = texts.add("filed", "vi", text);
    ASSERT_FALSE(added) << text;
    EXPECT_EQ(added.error().code, base::FaultCode::invalid);
    EXPECT_THAT(added.error().message, HasSubstr("filed.vi"));
  }
  EXPECT_FALSE(texts.add("filed", "vi", "Subject: a\n" + std::string(70'000, 'x')));
  EXPECT_TRUE(texts.add("filed", "vi", "Subject: a\r\n\r\nbody {{code}}\r\n"));
  EXPECT_FALSE(load_message_texts("/nowhere/at/all"));
}

}  // namespace
}  // namespace connectors
