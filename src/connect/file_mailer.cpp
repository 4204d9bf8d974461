#include "connect/file_mailer.h"

#include <cerrno>
#include <cstring>

#include <fcntl.h>
#include <unistd.h>

#include "base/sha256.h"
#include "connect/mail_text.h"

namespace connectors {

namespace {

base::Failure<base::Fault> failed(const char* doing) {
  const int error = errno;
  return base::fault(error == ENOSPC || error == EDQUOT ? base::FaultCode::exhausted
                                                        : base::FaultCode::unavailable,
                     std::string{"mail folder, "} + doing + ": " + std::strerror(error));
}

base::Outcome<base::Done> write_durably(const std::filesystem::path& path,
                                        const std::string& text) {
  // Mails hold personal data: for the owner of the folder only.
  const int file = ::open(path.c_str(), O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0600);
  if (file < 0) return failed("open");
  std::size_t written = 0;
  while (written < text.size()) {
    const ssize_t count = ::write(file, text.data() + written, text.size() - written);
    if (count < 0 && errno == EINTR) continue;
    if (count <= 0) {
      auto fault = failed("write");
      ::close(file);
      return fault;
    }
    written += static_cast<std::size_t>(count);
  }
  if (::fsync(file) != 0) {
    auto fault = failed("sync");
    ::close(file);
    return fault;
  }
  if (::close(file) != 0) return failed("close");
  return base::Done{};
}

}  // namespace

base::Outcome<base::Done> FileMailer::send(const Mail& mail) {
  const std::string text = TRY(mail_text(mail));
  std::error_code error;
  std::filesystem::create_directories(folder_, error);
  if (error) {
    errno = error.value();
    return failed("create folder");
  }
  const std::string name = base::to_hex(base::sha256(mail.effect)).substr(0, 32);
  const std::filesystem::path place = folder_ / (name + ".eml");
  const std::filesystem::path beside = folder_ / (name + ".part");
  TRY(write_durably(beside, text));
  if (::rename(beside.c_str(), place.c_str()) != 0) return failed("rename");
  return base::Done{};
}

}  // namespace connectors
