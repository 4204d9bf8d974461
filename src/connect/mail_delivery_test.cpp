#include "connect/mail_delivery.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "casework/message.h"
#include "casework/printing.h"
#include "casework/test_history.h"

namespace connectors {
namespace {

using casework::OutboxRow;
using dossier::test::Life;
using testing::HasSubstr;
using testing::Not;

class KeepingMailer final : public Mailer {
 public:
  std::vector<Mail> sent;
  base::Outcome<base::Done> send(const Mail& mail) override {
    sent.push_back(mail);
    return base::Done{};
  }
};

class MailDeliveryTest : public testing::Test {
 protected:
  OutboxRow row(const std::string& name, const std::string& language = "vi") {
    return {.id = 1,
            .dossier_id = "d1",
            .kind = "mail",
            .payload = R"({"template":")" + name + R"(","to":"an@example.vn","language":")" +
                       language + "\"}",
            .effect = "d1/7",
            .attempts = 0};
  }
  // What goes out for the dossier as it is.
  Mail delivered(const Life& life, const std::string& name, const std::string& language = "vi") {
    office.keep(life);
    const auto done = delivery().deliver(row(name, language));
    EXPECT_TRUE(done) << (done ? "" : done.error().message);
    return mailer.sent.empty() ? Mail{} : mailer.sent.back();
  }
  MailDelivery delivery() {
    return MailDelivery(*office.workplace, texts, mailer,
                        {.name = "Một Cửa", .address = "khong-tra-loi@motcua.example"});
  }

  casework::test::TellingPrinter printer;
  casework::test::TestOffice office{printer};
  MessageTexts texts = *load_message_texts(PROJECT_ROOT "/data/messages");
  KeepingMailer mailer;
};

TEST_F(MailDeliveryTest, WritesEachMessageFromTheDossier) {
  const Life life = dossier::test::received("1.001193");
  const Mail mail = delivered(life, "received");
  EXPECT_EQ(mail.to, "an@example.vn");
  EXPECT_EQ(mail.from, "khong-tra-loi@motcua.example");
  EXPECT_EQ(mail.effect, "d1/7");
  EXPECT_THAT(mail.subject, HasSubstr(life.state().code));
  EXPECT_THAT(mail.text, HasSubstr("Đăng ký khai sinh"));
  EXPECT_THAT(mail.text, HasSubstr(calendar::to_vietnamese(*life.state().due_at)));
  EXPECT_THAT(mail.text, HasSubstr("Ủy ban nhân dân phường Thành Vinh"));
  EXPECT_THAT(mail.text, HasSubstr("https://motcua.nghean.example/theo-doi#" + life.state().code));
  const Mail english = delivered(life, "received", "en");
  EXPECT_THAT(english.text, HasSubstr("Dear Nguyễn Văn An"));
  EXPECT_THAT(english.text, HasSubstr("People's Committee of Thành Vinh Ward"));
}

TEST_F(MailDeliveryTest, RowInDoubtIsMarkedForTheReaderAsAPossibleRepetition) {
  office.keep(dossier::test::received("1.001193"));
  for (const bool in_doubt : {false, true}) {
    OutboxRow one = row("received");
    one.in_doubt = in_doubt;
    ASSERT_TRUE(delivery().deliver(one));
    EXPECT_EQ(mailer.sent.back().repeated, in_doubt);
    EXPECT_EQ(mailer.sent.back().text.find("có thể đến hai lần") != std::string::npos, in_doubt);
  }
}

TEST_F(MailDeliveryTest, FiledTellsWhatIsExpected) {
  const Life life = dossier::test::filed("1.001193");
  const Mail mail = delivered(life, "filed");
  EXPECT_THAT(mail.text, HasSubstr(calendar::to_vietnamese(*life.state().expected_due_at)));
}

TEST_F(MailDeliveryTest, SupplementListsTheItemsWhileItIsOpen) {
  Life life = dossier::test::received("1.001193");
  ASSERT_EQ(life.act(dossier::test::supplement_request("Giấy chứng sinh rõ hơn"),
                     dossier::test::officer("do-receive", "H41.101.01")),
            std::nullopt);
  const Mail mail = delivered(life, "supplement");
  EXPECT_THAT(mail.text, HasSubstr("- Giấy chứng sinh rõ hơn"));
  EXPECT_THAT(mail.text, HasSubstr("Bản chụp bị mờ"));
  ASSERT_EQ(life.act(dossier::Supplement{.answers = {},
                                         .attachments = {dossier::test::paper("birth_paper", "p9")},
                                         .note = {}},
                     dossier::test::citizen()),
            std::nullopt);
  office.keep(life);
  EXPECT_TRUE(delivery().deliver(row("supplement")));
  EXPECT_EQ(mailer.sent.size(), 1U) << "nobody is asked for what is there already";
}

TEST_F(MailDeliveryTest, EndsTellTheirReason) {
  Life refused = dossier::test::filed("1.001193");
  ASSERT_EQ(refused.act(dossier::Refuse{.reason = "Không thuộc thẩm quyền"},
                        dossier::test::officer("do-receive", "H41.101.01")),
            std::nullopt);
  EXPECT_THAT(delivered(refused, "refused").text, HasSubstr("Lý do: Không thuộc thẩm quyền"));
  Life stopped = dossier::test::received("1.001193");
  ASSERT_EQ(stopped.act(dossier::Stop{.reason = "Trùng hồ sơ"},
                        dossier::test::officer("do-sign", "H41.101")),
            std::nullopt);
  EXPECT_THAT(delivered(stopped, "stopped", "en").text, HasSubstr("Why: Trùng hồ sơ"));
  Life ready = dossier::test::received("1.001193");
  ready.go_to(procedure::StepAction::return_result);
  EXPECT_THAT(delivered(ready, "ready").subject, HasSubstr("đã có kết quả"));
}

TEST_F(MailDeliveryTest, EveryMessageOfCaseworkHasItsText) {
  dossier::Dossier state;
  state.applicant.email = "an@example.vn";
  for (const dossier::Event& event :
       {dossier::Event{dossier::Filed{}}, dossier::Event{dossier::Received{}},
        dossier::Event{dossier::Refused{}}, dossier::Event{dossier::SupplementRequested{}},
        dossier::Event{dossier::ResultIssued{}}, dossier::Event{dossier::Stopped{}}}) {
    const auto message = casework::message_for(state, event);
    ASSERT_TRUE(message.has_value());
    const auto payload = base::parse_json(message->payload);
    ASSERT_TRUE(payload);
    EXPECT_TRUE(texts.write(base::string_or(*payload, "template"), "vi", {{"code", "A"}}));
  }
}

TEST_F(MailDeliveryTest, WhatCannotBeDeliveredIsTold) {
  office.keep(dossier::test::filed("1.001193"));
  OutboxRow broken = row("filed");
  broken.payload = "{";
  const auto unreadable = delivery().deliver(broken);
  ASSERT_FALSE(unreadable);
  EXPECT_EQ(unreadable.error().code, base::FaultCode::invalid);
  const auto unknown = delivery().deliver(row("birthday"));
  ASSERT_FALSE(unknown);
  EXPECT_EQ(unknown.error().code, base::FaultCode::not_found);
  OutboxRow gone = row("filed");
  gone.dossier_id = "d2";
  const auto missing = delivery().deliver(gone);
  ASSERT_FALSE(missing);
  EXPECT_EQ(missing.error().code, base::FaultCode::not_found);
  EXPECT_THAT(missing.error().message, Not(HasSubstr("An")));
}

}  // namespace
}  // namespace connectors
