#pragma once
// file_mailer.h - writes mails as .eml files that any mail program opens: for demonstrations,
// tests, and offices without a mail server.
#include <filesystem>

#include "connect/mail_sink.h"

namespace connectors {

// Named by the hash of the mail's effect: the same message again overwrites itself.
class FileMailer final : public Mailer {
 public:
  // The folder is made when the first mail is written.
  explicit FileMailer(std::filesystem::path folder) : folder_(std::move(folder)) {}

  [[nodiscard]] base::Outcome<base::Done> send(const Mail& mail) override;

 private:
  std::filesystem::path folder_;
};

}  // namespace connectors
