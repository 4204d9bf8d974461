#pragma once
// coverage_mail.h - the mails to administrators that nobody is there for a step: messages of our
// own source "coverage" in the outbox, each sent once.
#include "casework/workplace.h"
#include "connect/inbound_delivery.h"
#include "connect/mail_delivery.h"

namespace connectors {

class CoverageMail final : public InboundHandler {
 public:
  CoverageMail(casework::Workplace& workplace, const MessageTexts& texts, Mailer& mailer,
               MailSender sender)
      : workplace_(workplace), texts_(texts), mailer_(mailer), sender_(std::move(sender)) {}

  // Body: {"to", "recipient", "agency", "items"}.
  [[nodiscard]] base::Outcome<std::string> handle(const InboundMessageView& message) override;

 private:
  casework::Workplace& workplace_;
  const MessageTexts& texts_;
  Mailer& mailer_;
  MailSender sender_;
};

}  // namespace connectors
