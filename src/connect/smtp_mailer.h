#pragma once
// smtp_mailer.h - hands mails to a mail server over SMTP (RFC 5321).
#include <chrono>
#include <string>

#include "connect/mail_sink.h"

namespace connectors {

struct SmtpOptions {
  std::string url;  // "smtp://host:25", "smtps://host:465"
  std::string user;
  std::string password;
  bool require_tls = false;  // refuse a server that does not offer STARTTLS
  std::chrono::seconds timeout{20};
};

class SmtpMailer final : public Mailer {
 public:
  explicit SmtpMailer(SmtpOptions options);

  [[nodiscard]] base::Outcome<base::Done> send(const Mail& mail) override;

 private:
  SmtpOptions options_;
};

}  // namespace connectors
