#include "connect/smtp_mailer.h"

#include <algorithm>
#include <cstring>
#include <memory>
#include <string_view>
#include <utility>

#include <curl/curl.h>

#include "connect/mail_text.h"
#include "party/email.h"

namespace connectors {

namespace {

struct Unsent {
  std::string_view rest;
};

std::size_t read_on(char* buffer, std::size_t size, std::size_t count, void* user) {
  auto& unsent = *static_cast<Unsent*>(user);
  const std::size_t length = std::min(size * count, unsent.rest.size());
  std::memcpy(buffer, unsent.rest.data(), length);
  unsent.rest.remove_prefix(length);
  return length;
}

bool curl_is_ready() {
  // Once for the program; libcurl wants it before the first thread uses it.
  static const bool ready = curl_global_init(CURL_GLOBAL_DEFAULT) == CURLE_OK;
  return ready;
}

struct FreeHandle {
  void operator()(CURL* handle) const { curl_easy_cleanup(handle); }
};
struct FreeList {
  void operator()(curl_slist* list) const { curl_slist_free_all(list); }
};

// The server's replies 5yz say that this mail will never be taken; everything else may pass.
base::Failure<base::Fault> failed(CURL* handle, CURLcode result) {
  long reply = 0;
  curl_easy_getinfo(handle, CURLINFO_RESPONSE_CODE, &reply);
  const std::string code = reply > 0 ? ", reply " + std::to_string(reply) : "";
  const bool is_final = reply >= 500 && reply < 600 && result != CURLE_LOGIN_DENIED;
  return base::fault(is_final ? base::FaultCode::invalid : base::FaultCode::unavailable,
                     std::string{"mail server: "} + curl_easy_strerror(result) + code);
}

}  // namespace

SmtpMailer::SmtpMailer(SmtpOptions options) : options_(std::move(options)) {
  static_cast<void>(curl_is_ready());
}

base::Outcome<base::Done> SmtpMailer::send(const Mail& mail) {
  const std::string text = TRY(mail_text(mail));
  const std::unique_ptr<CURL, FreeHandle> handle(curl_is_ready() ? curl_easy_init() : nullptr);
  if (handle == nullptr) return base::fault(base::FaultCode::unavailable, "libcurl did not start");
  // mail_text() has held both to the form of an address.
  const std::string from = "<" + party::parse_email(mail.from).value_or("") + ">";
  const std::string to = "<" + party::parse_email(mail.to).value_or("") + ">";
  const std::unique_ptr<curl_slist, FreeList> receivers(curl_slist_append(nullptr, to.c_str()));
  Unsent unsent{text};
  CURL* const curl = handle.get();
  curl_easy_setopt(curl, CURLOPT_URL, options_.url.c_str());
  curl_easy_setopt(curl, CURLOPT_PROTOCOLS_STR, "smtp,smtps");
  curl_easy_setopt(curl, CURLOPT_NOSIGNAL, 1L);
  curl_easy_setopt(curl, CURLOPT_PROXY, "");
  curl_easy_setopt(curl, CURLOPT_TIMEOUT, static_cast<long>(options_.timeout.count()));
  curl_easy_setopt(curl, CURLOPT_CONNECTTIMEOUT, static_cast<long>(options_.timeout.count()));
  curl_easy_setopt(curl, CURLOPT_USE_SSL,
                   static_cast<long>(options_.require_tls ? CURLUSESSL_ALL : CURLUSESSL_TRY));
  if (!options_.user.empty()) {
    curl_easy_setopt(curl, CURLOPT_USERNAME, options_.user.c_str());
    curl_easy_setopt(curl, CURLOPT_PASSWORD, options_.password.c_str());
  }
  curl_easy_setopt(curl, CURLOPT_MAIL_FROM, from.c_str());
  curl_easy_setopt(curl, CURLOPT_MAIL_RCPT, receivers.get());
  curl_easy_setopt(curl, CURLOPT_UPLOAD, 1L);
  curl_easy_setopt(curl, CURLOPT_READFUNCTION, &read_on);
  curl_easy_setopt(curl, CURLOPT_READDATA, &unsent);
  const CURLcode result = curl_easy_perform(curl);
  if (result != CURLE_OK) return failed(curl, result);
  return base::Done{};
}

}  // namespace connectors
