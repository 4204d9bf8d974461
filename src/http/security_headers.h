#pragma once
// security_headers.h - the headers every answer carries unless the handler set its own.
//
// Pages may run scripts and styles of this server only.  `style` elements written by a component
// library need the page's nonce (see static_files.h); style properties set by scripts go through
// the CSSOM, which the policy does not restrict, so no 'unsafe-inline' anywhere.  PDF previews are
// blob: frames.
#include <string>
#include <string_view>

#include "http/message_headers.h"

namespace http {

enum class Transport { plain, tls };

// Adds what `headers` does not have yet.  `path` decides the caching of API answers.
void add_security_headers(MessageHeaders& headers, std::string_view path, Transport transport);

// The policy of a page; `nonce` may be empty.
[[nodiscard]] std::string page_policy(std::string_view nonce);

}  // namespace http
