#pragma once
// mail_text.h - a mail as the text that travels (RFC 5322, MIME), safe whatever its fields hold.
#include <string>
#include <string_view>

#include "base/fault.h"
#include "connect/mail_sink.h"

namespace connectors {

// CRLF line ends, ASCII only: headers as encoded words, the text as quoted-printable UTF-8.  No
// field can add a header.  Fault `invalid`: an address that is none, or text that is not UTF-8.
[[nodiscard]] base::Outcome<std::string> mail_text(const Mail& mail);

// RFC 2047: "=?UTF-8?B?...?=", folded, cut between characters; plain ASCII stays as it is.
// `column` is where the text begins in its line.
[[nodiscard]] std::string encoded_words(std::string_view text, std::size_t column);
// RFC 2045, 6.7; line breaks become CRLF.
[[nodiscard]] std::string quoted_printable(std::string_view text);
// "Thu, 20 Aug 2026 10:05:00 +0700".
[[nodiscard]] std::string mail_date(calendar::Instant at);

}  // namespace connectors
