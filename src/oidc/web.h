#pragma once
// web.h - how a provider is asked: the port that the outside implements.
#include <string>
#include <utility>
#include <vector>

#include "base/fault.h"

namespace oidc {

struct WebRequest {
  std::string address;
  std::vector<std::pair<std::string, std::string>> headers{};
  // Sent as application/x-www-form-urlencoded by POST; GET without it.
  std::string form{};
};
struct WebReply {
  int status = 0;
  std::string media_type;  // lower case, without parameters
  std::string body;
};

// Thread-safe.  Blocks, at most ten seconds; follows no redirection; an answer of more than 256 KiB
// is a fault.  https with a certificate that holds, or plain http on the loopback interface.
class Web {
 public:
  virtual ~Web() = default;
  [[nodiscard]] virtual base::Outcome<WebReply> send(const WebRequest& request) = 0;
};

}  // namespace oidc
