#include "http/security_headers.h"

namespace http {
namespace {

void add_unless_present(MessageHeaders& headers, const char* name, std::string value) {
  if (!headers.contains(name)) headers.add(name, std::move(value));
}

}  // namespace

std::string page_policy(std::string_view nonce) {
  const std::string with_nonce =
      nonce.empty() ? std::string{} : " 'nonce-" + std::string{nonce} + "'";
  return "default-src 'self'; script-src 'self'" + with_nonce + "; style-src 'self'" + with_nonce +
         "; img-src 'self' data: blob:; font-src 'self' data:; connect-src 'self'; "
         "frame-src 'self' blob:; worker-src 'self' blob:; object-src 'none'; base-uri 'none'; "
         "form-action 'self'; frame-ancestors 'none'";
}

void add_security_headers(MessageHeaders& headers, std::string_view path, Transport transport) {
  add_unless_present(headers, "X-Content-Type-Options", "nosniff");
  add_unless_present(headers, "Referrer-Policy", "same-origin");
  add_unless_present(headers, "X-Frame-Options", "DENY");
  add_unless_present(headers, "Cross-Origin-Opener-Policy", "same-origin");
  add_unless_present(headers, "Cross-Origin-Resource-Policy", "same-origin");
  const std::string_view type = headers.value_or("Content-Type");
  if (type.starts_with("text/html") || type.starts_with("text/javascript")) {
    // Of a script it holds when the script runs as a worker.
    add_unless_present(headers, "Content-Security-Policy", page_policy(""));
  } else if (type.starts_with("application/pdf")) {
    // A PDF opened on its own is shown by the browser's viewer, which a stricter one would break.
    add_unless_present(headers, "Content-Security-Policy",
                       "base-uri 'none'; frame-ancestors 'none'");
  } else {
    add_unless_present(headers, "Content-Security-Policy",
                       "default-src 'none'; base-uri 'none'; frame-ancestors 'none'");
  }
  if (path == "/api" || path.starts_with("/api/")) {
    add_unless_present(headers, "Cache-Control", "no-store");
  }
  if (transport == Transport::tls) {
    add_unless_present(headers, "Strict-Transport-Security", "max-age=31536000; includeSubDomains");
  }
}

}  // namespace http
