#pragma once
// timestamp_authority.h - asks an RFC 3161 authority over HTTP to stamp a text.
#include <string>
#include <string_view>

#include "base/fault.h"
#include "base/random.h"

namespace connectors {

// Immutable; any thread.  `random` outlives it.
class TimestampAuthority {
 public:
  // `ca`: PEM of the certificates that vouch for it.
  TimestampAuthority(std::string url, std::string ca, base::RandomSource& random)
      : url_(std::move(url)), ca_(std::move(ca)), random_(random) {}

  // The token (DER) over the SHA-256 of `text`, checked.  Blocks, at most 20 seconds.  Faults:
  // `unavailable` where the authority cannot be reached or declines, `invalid` where its answer
  // does not prove what was asked.
  [[nodiscard]] base::Outcome<std::string> stamp(std::string_view text) const;

 private:
  std::string url_;
  std::string ca_;
  base::RandomSource& random_;
};

}  // namespace connectors
