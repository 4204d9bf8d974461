#pragma once
// envelope.h - the encrypted bodies of VNeID: {"data": base64, "key": base64}, where key is an AES
// key encrypted to us with RSA PKCS #1 v1.5 and data is encrypted with it by AES in ECB mode.
//
// Neither mode says who wrote the text or that it is whole, and PKCS #1 v1.5 tells whoever may ask
// often enough; so only what came over a TLS connection that we opened is ever handed in, and every
// failure is the same.
#include <string>
#include <string_view>

#include "oidc/rejection.h"

namespace oidc {

// The body itself where it is no envelope.  `envelope_unopened`.  `private_key` is PEM.
[[nodiscard]] Checked<std::string> open_envelope(std::string_view body,
                                                 std::string_view private_key);

}  // namespace oidc
