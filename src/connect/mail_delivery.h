#pragma once
// mail_delivery.h - rows of kind "mail": writes the message from the dossier as it is at delivery.
#include <string>

#include "casework/workplace.h"
#include "connect/mail_sink.h"
#include "connect/message_texts.h"
#include "connect/outbox_runner.h"

namespace connectors {

struct MailSender {
  std::string name = "Một Cửa";
  std::string address = "khong-tra-loi@motcua.invalid";
};

class MailDelivery final : public Deliverer {
 public:
  MailDelivery(casework::Workplace& workplace, const MessageTexts& texts, Mailer& mailer,
               MailSender sender)
      : workplace_(workplace), texts_(texts), mailer_(mailer), sender_(std::move(sender)) {}

  [[nodiscard]] base::Outcome<base::Done> deliver(const casework::OutboxRow& row) override;

 private:
  casework::Workplace& workplace_;
  const MessageTexts& texts_;
  Mailer& mailer_;
  MailSender sender_;
};

}  // namespace connectors
