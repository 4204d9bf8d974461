#pragma once
// timestamp.h - time-stamps of RFC 3161: what is asked of an authority, and what its answer proves.
//
// Bytes in, bytes out; who carries them is not known here.  Always over SHA-256 of a text.
#include <cstdint>
#include <string>
#include <string_view>

#include "base/fault.h"
#include "base/random.h"

namespace journal {

inline constexpr std::size_t kTimestampBytesMax = 65'536;

struct TimestampRequest {
  std::string der;    // body of the request, application/timestamp-query
  std::string nonce;  // 8 bytes, for token_of_reply
};
// Over SHA-256 of `text` (a checkpoint), asking for the authority's certificate.
[[nodiscard]] TimestampRequest timestamp_request(std::string_view text, base::RandomSource& random);

struct Timestamp {
  std::int64_t at = 0;        // milliseconds since 1970 UTC
  std::string authority;      // subject of the certificate that signed, RFC 2253
  std::string serial_number;  // of the stamp, hexadecimal
};

// The token (DER) of an authority's reply, checked against the request and `ca` (PEM, one or more
// trusted certificates).  Fault `unavailable`: the authority declined; `invalid`: not for this text
// or nonce, or not by somebody whom `ca` vouches for.
[[nodiscard]] base::Outcome<std::string> token_of_reply(std::string_view reply,
                                                        std::string_view text,
                                                        std::string_view nonce,
                                                        std::string_view ca);

// What a stored token proves of `text`.  Certificates have to be good at the time of the stamp.
[[nodiscard]] base::Outcome<Timestamp> verify_timestamp(std::string_view token,
                                                        std::string_view text, std::string_view ca);
// Without anybody who vouches: whether the token is over `text`, and when it says it is.
[[nodiscard]] base::Outcome<Timestamp> read_timestamp(std::string_view token,
                                                      std::string_view text);

}  // namespace journal
