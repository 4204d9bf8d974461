#pragma once
// s3_listing.h - reads what an S3 service says: a page of a listing, and its times.  Private to the
// store.
#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "base/fault.h"
#include "calendar/instant.h"
#include "storage/s3_request.h"

namespace storage {

struct S3Listing {
  struct Object {
    std::string key;
    std::int64_t size = 0;
    calendar::Instant modified{};  // by the service's clock
  };
  std::vector<Object> objects;
  std::string following;  // continuation token of the next page; empty: this was the last
};

// An answer to ListObjectsV2.  Fault `unavailable` for what is none.
[[nodiscard]] base::Outcome<S3Listing> read_s3_listing(const std::string& xml);

// "Sun, 06 Nov 1994 08:49:37 GMT"
[[nodiscard]] std::optional<calendar::Instant> read_http_date(const std::string& text);

// The latest moment by our clock at which something can have been written that the service dates
// `modified`, in an answer that we have at `now`.  Both its times are whole seconds.
[[nodiscard]] calendar::Instant latest_put(const S3Answer& answer, calendar::Instant modified,
                                           calendar::Instant now);

}  // namespace storage
